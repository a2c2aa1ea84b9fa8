//! `new`: a commented starter file.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use crate::cli::args::KindArgument;
use crate::cli::{Context, Failure};
use crate::scenario::problem::say;
use crate::scenario::{InputKind, starter};

/// Arguments of `new`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Kind of input
    pub kind: KindArgument,
    /// File to write
    pub path: PathBuf,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
}

/// Writes the file; an existing one stays as it is unless `--force` is given.
///
/// # Errors
/// If the file exists or cannot be written.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let (language, path) = (context.language, args.path.display());
    let text = starter::text(InputKind::from(args.kind), language);
    let mut options = OpenOptions::new();
    options
        .write(true)
        .create(args.force)
        .create_new(!args.force)
        .truncate(args.force);
    let written = options
        .open(&args.path)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => {
            let line = say!(
                language,
                "已写入 {path};改好后运行 riskweave check {path}",
                "wrote {path}; when changed, run riskweave check {path}"
            );
            writeln!(context.err, "{line}")?;
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Failure::Usage(say!(
            language,
            "文件 `{path}` 已存在。换一个文件名，或加 --force 覆盖。",
            "the file `{path}` exists. Choose another name, or add --force to overwrite it."
        ))),
        Err(error) => Err(Failure::Usage(say!(
            language,
            "无法写入 `{path}`: {error}。检查文件夹是否存在、是否可写。",
            "cannot write `{path}`: {error}. Check that the folder exists and may be written to."
        ))),
    }
}
