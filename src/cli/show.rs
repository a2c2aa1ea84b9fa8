//! `show`: an input as TOML, as its author wrote it or with every value in force.

use crate::cli::args::KindArgument;
use crate::cli::{Context, Failure};
use crate::scenario::{self, InputKind, Overrides, builtin};

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of a built-in, or path of a file
    pub name: String,
    /// Kind, needed where several kinds have the name
    #[arg(long)]
    pub kind: Option<KindArgument>,
    /// Print every value in force, inherited and default ones included
    #[arg(long)]
    pub resolved: bool,
    /// Society in which a policy is in force (with --resolved)
    #[arg(long, value_name = "SOCIETY", default_value = "china-2020")]
    pub society: String,
}

/// Writes the TOML.
///
/// # Errors
/// If the name is unknown or ambiguous, the input is wrong, or the output cannot be written.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let kind = match args.kind {
        Some(kind) => kind.into(),
        None => scenario::kind_of(&args.name)?,
    };
    let text = if args.resolved {
        resolved(kind, &args.name, &args.society)?
    } else {
        builtin::portable_text(kind, &args.name)?
    };
    context.out.write_all(text.as_bytes())?;
    Ok(())
}

fn resolved(kind: InputKind, name: &str, society: &str) -> Result<String, Failure> {
    let text = match kind {
        InputKind::Society => scenario::load_society(name, &[])?.resolved_toml(),
        InputKind::Policy => {
            let (_, policy) = scenario::load_policy_in(society, name, &[])?;
            policy.resolved_toml()
        }
        InputKind::Experiment => {
            scenario::load_experiment(name, &Overrides::default())?.resolved_toml()
        }
    };
    text.map_err(|error| Failure::SelfCheck(error.to_string()))
}
