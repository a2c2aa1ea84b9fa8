//! `list`: the built-in societies, policies and experiments.

use crate::cli::args::KindArgument;
use crate::cli::{Context, Failure};
use crate::scenario::{InputKind, builtin};

/// Arguments of `list`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this kind
    pub kind: Option<KindArgument>,
}

/// Writes a table of keys and names for each kind.
///
/// # Errors
/// If the output cannot be written.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let only = args.kind.map(InputKind::from);
    for kind in InputKind::ALL
        .into_iter()
        .filter(|kind| only.is_none_or(|only| only == *kind))
    {
        writeln!(context.out, "{}", kind.word(context.language))?;
        let names = builtin::list(kind);
        let width = names.iter().map(|name| name.len()).max().unwrap_or(0);
        for name in names {
            writeln!(
                context.out,
                "  {name:width$}  {}",
                builtin::title(kind, name, context.language)
            )?;
        }
    }
    Ok(())
}
