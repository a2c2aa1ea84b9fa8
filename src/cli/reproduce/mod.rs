//! `reproduce MANIFEST`: a finished run made again from its manifest, and every file held against what the manifest
//! says of it.

mod held;
mod repeat;

use std::fs;
use std::path::{Path, PathBuf};

use super::{Context, Failure};
use crate::output::recorded::Recorded;
use crate::scenario::problem::say;
use crate::vocabulary::Language;
use held::{Held, Verdict};
use repeat::{Basis, Repeat};

/// Chinese help of the command and its arguments.
pub const CHINESE: [(&str, &str); 3] = [
    (
        "reproduce",
        "按清单重新运行一次已完成的运行，逐个文件比较是否逐字节相同",
    ),
    (
        "reproduce.manifest",
        "清单文件 manifest.json，或其所在的结果目录",
    ),
    (
        "reproduce.out",
        "重新运行的结果目录，保留(默认 output/reproduce-<实验>-<标识>，全部相同时删去)",
    ),
];

/// Examples at the end of the command's help.
pub const EXAMPLES: [(&str, &[&str]); 1] = [(
    "reproduce",
    &[
        "riskweave reproduce output/china-2020/manifest.json",
        "riskweave reproduce output/seminar-county --out again --threads 1",
    ],
)];

/// Arguments of `reproduce`.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The manifest.json of a finished run, or the folder that holds it
    pub manifest: PathBuf,
    /// Folder in which the run is made again; without it, one that goes when all is equal.
    #[arg(
        long,
        value_name = "DIR",
        help = "Folder in which the run is made again, which stays (default: output/reproduce-<experiment>-<identity>, which goes when all is equal)"
    )]
    pub out: Option<PathBuf>,
    /// Worker threads (default: all processors); results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub threads: Option<u32>,
    /// Overwrite results that are there
    #[arg(long)]
    pub force: bool,
    /// Show no progress
    #[arg(long)]
    pub quiet: bool,
}

/// Runs the command.
///
/// # Errors
/// If the manifest cannot be used, the run cannot be made again, or a file differs.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    let recorded =
        Recorded::read(&args.manifest).map_err(|refusal| Failure::Usage(refusal.text(language)))?;
    let folder = args.out.clone().unwrap_or_else(|| usual(&recorded));
    if same_folder(&folder, recorded.folder()) {
        return Err(Failure::Usage(say!(
            language,
            "--out 是这次运行自己的结果目录：请另选一个",
            "--out is the folder of the run itself: name another"
        )));
    }
    let repeat = Repeat::new(&recorded, args, folder.clone(), language)?;
    let strange = strange(&recorded, language);
    writeln!(context.err, "{}", told(&recorded, &repeat, language))?;
    for line in &strange {
        writeln!(context.err, "{line}")?;
    }
    repeat.run(context)?;
    let held = held::hold(&recorded, &folder).map_err(Failure::Output)?;
    write!(context.out, "{}", held.text(language))?;
    if held.differing() == 0 {
        if args.out.is_none() {
            fs::remove_dir_all(&folder)?;
        }
        return Ok(());
    }
    Err(Failure::NotReproduced(failed(
        &held,
        &repeat,
        &folder,
        !strange.is_empty(),
        language,
    )))
}

/// The folder unless one is named.
fn usual(recorded: &Recorded) -> PathBuf {
    let keys: Vec<&str> = recorded
        .runs
        .iter()
        .map(|run| run.experiment.as_str())
        .collect();
    let hash = recorded.runs.first().map_or("", |run| run.hash.as_str());
    let name: String = keys
        .join("+")
        .chars()
        .map(|letter| {
            if letter.is_alphanumeric() || "-_+.".contains(letter) {
                letter
            } else {
                '_'
            }
        })
        .collect();
    let identity: String = hash.chars().take(8).collect();
    Path::new("output").join(format!("reproduce-{name}-{identity}"))
}

fn same_folder(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| {
        let path = if path.as_os_str().is_empty() {
            Path::new(".")
        } else {
            path
        };
        fs::canonicalize(path).ok()
    };
    whole(one).is_some_and(|one| whole(other) == Some(one))
}

/// What is made again, and from what.
fn told(recorded: &Recorded, repeat: &Repeat, language: Language) -> String {
    let command = recorded.arguments.join(" ");
    let basis = match repeat.basis() {
        Basis::Files => language.pick(
            "输入与当时相同(逐项核对)",
            "its inputs are there as they were (checked value by value)",
        ),
        Basis::Manifest => language.pick(
            "命令所指的输入文件已不同或不在，取用清单中保存的输入",
            "the files of inputs that it names are changed or gone: the inputs kept in the manifest are used",
        ),
        Basis::Command => language.pick(
            "按命令读取输入，运行后与清单核对",
            "its inputs are read as the command names them, and held against the manifest afterwards",
        ),
    };
    say!(
        language,
        "重新运行：riskweave {command}；{basis}",
        "running again: riskweave {command}; {basis}"
    )
}

/// What may make the bytes differ though nothing is wrong: another version or another kind of machine.
fn strange(recorded: &Recorded, language: Language) -> Vec<String> {
    let own = env!("CARGO_PKG_VERSION");
    let version = &recorded.version;
    let mut lines = Vec::new();
    if version != own {
        lines.push(say!(
            language,
            "注意：清单由 {version} 版写出，本程序是 {own} 版；版本不同，结果可能不同（见 CHANGELOG.md）",
            "note: version {version} wrote the manifest, this is version {own}; another version may give other results (see CHANGELOG.md)"
        ));
    }
    let here = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
    let platform = &recorded.platform;
    if *platform != here {
        lines.push(say!(
            language,
            "注意：当时在 {platform} 上运行，现在是 {here}",
            "note: the run was made on {platform}, this is {here}"
        ));
    }
    lines
}

fn failed(
    held: &Held,
    repeat: &Repeat,
    folder: &Path,
    strange: bool,
    language: Language,
) -> String {
    let (differing, all, folder) = (held.differing(), held.count(), folder.display());
    let mut text = say!(
        language,
        "{all} 个文件中有 {differing} 个不同；重新运行的结果在 {folder}",
        "{differing} of {all} files differ; the run made again is in {folder}"
    );
    let only_here = held.all_are(Verdict::is_changed_here);
    let why = if held.other_inputs() && repeat.basis() == Basis::Command {
        language.pick(
            "输入已不是当时的：请在输入文件未改动之处重新运行",
            "the inputs are no longer those of then: run where the input files are as they were",
        )
    } else if only_here {
        language.pick(
            "重新运行得到的正是清单所记的内容：是目录中的文件后来被改动",
            "the run gives just what the manifest says: files in the folder were changed afterwards",
        )
    } else if strange {
        language.pick(
            "请用写出清单的版本、在同类机器上再试",
            "try with the version that wrote the manifest, on a machine of its kind",
        )
    } else {
        language.pick(
            "同一版本理应逐字节相同：请附上两个清单报告此事",
            "the same version must give the same bytes: please report this with both manifests",
        )
    };
    text.push_str(language.pick("；", "; "));
    text + why
}
