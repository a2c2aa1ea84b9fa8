//! `new`: a commented starter file.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::cli::args::KindArgument;
use crate::cli::{Context, Failure, region};
use crate::experiment::province::cut;
use crate::scenario::problem::say;
use crate::scenario::{InputKind, Problems, load_society, starter};
use crate::vocabulary::Language;

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
    /// Of a society: a province cut out of a larger one, with its neighbours and a table of its prefectures to fill in
    #[arg(long, value_name = "NAME")]
    pub province: Option<String>,
    /// The society that it is cut out of
    #[arg(
        long,
        value_name = "SOCIETY",
        default_value = "china-2020",
        requires = "province"
    )]
    pub from: String,
}

/// Writes the file; an existing one stays as it is unless `--force` is given.
///
/// # Errors
/// If the file exists or cannot be written, or the province is not there.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let (language, kind) = (context.language, InputKind::from(args.kind));
    let files = match &args.province {
        None => vec![(args.path.clone(), starter::text(kind, language))],
        Some(name) if kind == InputKind::Society => province(args, name, language)?,
        Some(_) => {
            return Err(Failure::Usage(say!(
                language,
                "--province 只用于 society：riskweave new society 文件 --province 山东",
                "--province is for a society: riskweave new society FILE --province 山东"
            )));
        }
    };
    // Nothing is written if a file is in the way.
    let taken = files.iter().find(|(path, _)| !args.force && path.exists());
    if let Some((path, _)) = taken {
        return Err(refused(path, &ErrorKind::AlreadyExists.into(), language));
    }
    for (path, text) in &files {
        write(path, text, args.force).map_err(|error| refused(path, &error, language))?;
    }
    let path = args.path.display();
    let line = say!(
        language,
        "已写入 {path};改好后运行 riskweave check {path}",
        "wrote {path}; when changed, run riskweave check {path}"
    );
    writeln!(context.err, "{line}")?;
    Ok(())
}

/// The files of a province: its society, and the tables in a folder of the same name beside it.
fn province(
    args: &Args,
    name: &str,
    language: Language,
) -> Result<Vec<(PathBuf, String)>, Failure> {
    let society = load_society(&args.from, &[])?;
    let position = region::find(&society.tables, name, language)?;
    let folder = args.path.with_extension("");
    let stem = folder.file_name().map_or_else(
        || "tables".to_owned(),
        |stem| stem.to_string_lossy().into_owned(),
    );
    let cut = cut(&society, position, &stem, language).map_err(Problems::from)?;
    let tables = cut
        .tables
        .into_iter()
        .map(|(table, text)| (folder.join(table), text));
    Ok([(args.path.clone(), cut.society)]
        .into_iter()
        .chain(tables)
        .collect())
}

fn write(path: &Path, text: &str, force: bool) -> std::io::Result<()> {
    // The folder of a file of the user's own choice is not made: a slip would leave folders behind.
    if path.extension().is_some_and(|ending| ending == "csv")
        && let Some(folder) = path.parent()
    {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options
        .write(true)
        .create(force)
        .create_new(!force)
        .truncate(force);
    options.open(path)?.write_all(text.as_bytes())
}

fn refused(path: &Path, error: &std::io::Error, language: Language) -> Failure {
    let path = path.display();
    Failure::Usage(if error.kind() == ErrorKind::AlreadyExists {
        say!(
            language,
            "文件 `{path}` 已存在。换一个文件名，或加 --force 覆盖。",
            "the file `{path}` exists. Choose another name, or add --force to overwrite it."
        )
    } else {
        say!(
            language,
            "无法写入 `{path}`: {error}。检查文件夹是否存在、是否可写。",
            "cannot write `{path}`: {error}. Check that the folder exists and may be written to."
        )
    })
}
