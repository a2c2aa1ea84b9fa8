//! `schema`: the JSON Schema of an input file.

use crate::cli::args::KindArgument;
use crate::cli::{Context, Failure};
use crate::scenario::schema;

/// Arguments of `schema`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Kind of input
    pub kind: KindArgument,
}

/// Writes the schema.
///
/// # Errors
/// If the output cannot be written.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    context
        .out
        .write_all(schema::text(args.kind.into()).as_bytes())?;
    Ok(())
}
