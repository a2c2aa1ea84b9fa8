//! `merge DIR…`: shards of a run put together; the files are those that the whole run would have written.

use std::path::{Path, PathBuf};

use clap::FromArgMatches;

use super::args::{Arguments, Command, command};
use super::compare::shard::{Shard, ShardFile};
use super::compare::{Repeated, run_or_merge};
use super::options::{RunOptions, WorkOptions};
use super::{Context, Failure};
use crate::output::OutputError;
use crate::output::replications::fault::Difference;
use crate::output::replications::identity::Identity;
use crate::output::replications::{FOLDER, Found};
use crate::scenario::problem::say;
use crate::scenario::{CheckedExperiment, Problems};
use crate::vocabulary::Language;

/// Chinese help of the command and its arguments that it does not share.
pub const CHINESE: [(&str, &str); 3] = [
    ("merge", "合并一次运行的各分片，写出整次运行的结果"),
    ("merge.dirs", "各分片的目录，次序不限"),
    (
        "merge.out",
        "结果目录(默认同不分片的命令，即 output/<实验>)",
    ),
];

/// Examples at the end of the command's help.
pub const EXAMPLES: [(&str, &[&str]); 1] = [(
    "merge",
    &[
        "riskweave merge output/china-2020-shard-1-of-2 output/china-2020-shard-2-of-2",
        "riskweave merge shards/1 shards/2 shards/3 --out output/whole",
    ],
)];

/// Arguments of `merge`.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Folders of the shards, in any order
    #[arg(required = true, value_name = "DIR")]
    pub dirs: Vec<PathBuf>,
    /// Folder of the results; without it, that of the command without --shard.
    #[arg(
        long,
        value_name = "DIR",
        help = "Folder of the results (default: that of the command without --shard, output/<experiment>)"
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

/// A shard in its folder.
struct Part {
    folder: PathBuf,
    file: ShardFile,
    identity: Identity,
    found: Found,
}

/// Runs the command.
///
/// # Errors
/// If the folders are not the shards of one run, all of them once and whole; if its inputs are no longer there as
/// they were; or as the command itself.
pub fn run(arguments: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let parts = arguments
        .dirs
        .iter()
        .map(|folder| Part::read(folder, context.language));
    let parts: Vec<Part> = parts.collect::<Result<_, _>>()?;
    let language = context.language;
    let told = |refusal: Refusal| Failure::Usage(refusal.text(language));
    check(&parts).map_err(told)?;
    let first = &parts[0];
    let mut whole = command_of(first).map_err(told)?;
    if let Some(options) = options(&mut whole) {
        options.work.out.clone_from(&arguments.out);
        options.work.force = arguments.force;
        options.work.quiet = arguments.quiet;
        options.inputs.threads = arguments.threads;
    }
    let mut found = Found::default();
    for part in &parts {
        found.join(part.found.clone());
    }
    let merged = Some(Repeated {
        arguments: first.file.arguments.clone(),
        found: Some(found),
        findings: None,
    });
    // The headers of the tables are in the language of the run.
    context.language = match first.file.language.as_str() {
        "zh" => Language::Chinese,
        _ => Language::English,
    };
    match &whole {
        Command::Run(run) => {
            let load = run.load();
            same_inputs(first, &load, run.options.tail, context.language)?;
            run_or_merge(&run.options, &load, merged, context)
        }
        Command::Compare(compare) => {
            let load = compare.load();
            same_inputs(first, &load, compare.options.tail, context.language)?;
            run_or_merge(&compare.options, &load, merged, context)
        }
        _ => Err(told(Refusal::Command(first.folder.clone()))),
    }
}

impl Part {
    fn read(folder: &Path, language: Language) -> Result<Self, Failure> {
        let file = ShardFile::read(folder).map_err(|said| {
            let folder = folder.display();
            Failure::Usage(say!(
                language,
                "{folder} 中没有运行完毕的分片({said})：请先让该分片的命令运行完毕",
                "{folder} holds no finished shard ({said}): let the command of the shard end first"
            ))
        })?;
        let refused = |error: OutputError| Failure::Usage(error.word(language));
        let identity = Identity::read(&folder.join(FOLDER)).map_err(refused)?;
        let found = Found::in_folder(folder).map_err(refused)?;
        let own = file.shard.replications(file.replications);
        Ok(Part {
            folder: folder.to_owned(),
            identity,
            found: found.of(&own),
            file,
        })
    }
}

/// Why shards are not put together.
#[derive(Debug)]
enum Refusal {
    /// Two are of other numbers of parts.
    Number([PathBuf; 2], [u32; 2]),
    /// Two are of other runs.
    OtherRun([PathBuf; 2], Vec<Difference>),
    /// Two were asked for otherwise.
    Arguments([PathBuf; 2], [Vec<String>; 2]),
    /// One is there twice.
    Twice([PathBuf; 2], Shard),
    /// Some are not there.
    Missing(Vec<u32>, u32),
    /// One lacks replications (from 1).
    Lacks(PathBuf, Vec<u32>),
    /// What is written in it is no command of a shard.
    Command(PathBuf),
}

impl Refusal {
    fn text(&self, language: Language) -> String {
        let pair =
            |[one, other]: &[PathBuf; 2]| [one.display().to_string(), other.display().to_string()];
        match self {
            Refusal::Number(folders, [a, b]) => {
                let [one, other] = pair(folders);
                say!(
                    language,
                    "{one} 是 {a} 个分片之一，{other} 是 {b} 个分片之一，不属于同一次运行",
                    "{one} is one of {a} shards and {other} one of {b}: they are not of one run"
                )
            }
            Refusal::OtherRun(folders, differences) => {
                let [one, other] = pair(folders);
                let line = Difference::line(differences, language);
                say!(
                    language,
                    "{one} 与 {other} 不属于同一次运行，不同之处(前者为已保存)：{line}",
                    "{one} and {other} are not of one run; they differ in {line}, the first of them being called kept"
                )
            }
            Refusal::Arguments(folders, arguments) => {
                let [one, other] = pair(folders);
                let [a, b] = arguments.each_ref().map(|words| words.join(" "));
                say!(
                    language,
                    "{one} 与 {other} 的命令不同：\n  {a}\n  {b}\n请用相同的选项重新运行其中之一(已保存的模拟不会重跑)",
                    "{one} and {other} were made by different commands:\n  {a}\n  {b}\nRun one of them again with the options of the other (what it kept is not run again)"
                )
            }
            Refusal::Twice(folders, Shard { number, of }) => {
                let [one, other] = pair(folders);
                say!(
                    language,
                    "分片 {number}/{of} 有两个：{one} 和 {other}；请去掉一个",
                    "shard {number}/{of} is there twice: {one} and {other}; leave one out"
                )
            }
            Refusal::Missing(numbers, of) => {
                let list: Vec<String> = numbers
                    .iter()
                    .map(|number| format!("{number}/{of}"))
                    .collect();
                let list = list.join(language.pick("、", ", "));
                say!(
                    language,
                    "缺少分片 {list}：请一并给出其目录，尚未运行的先运行",
                    "missing: shard {list}; give the folders of all shards, and run those that have not been run"
                )
            }
            Refusal::Lacks(folder, replications) => {
                let folder = folder.display();
                let list: Vec<String> = replications.iter().map(u32::to_string).collect();
                let list = list.join(language.pick("、", ", "));
                say!(
                    language,
                    "{folder} 缺少第 {list} 次模拟：请再运行一次该分片的命令(只补缺少的)",
                    "{folder} lacks replication {list}: run the command of this shard again (only what is missing is run)"
                )
            }
            Refusal::Command(folder) => {
                let folder = folder.display();
                say!(
                    language,
                    "{folder}/shard.json 中的命令本程序无法执行：请用写出它的程序版本，或重新运行该分片",
                    "the command in {folder}/shard.json is none of this program: use the version that wrote it, or run the shard again"
                )
            }
        }
    }
}

/// Whether the parts are all shards of one run, each once and whole.
fn check(parts: &[Part]) -> Result<(), Refusal> {
    let first = &parts[0];
    let asked = format!("{:?}", command_of(first)?);
    for (number, part) in parts.iter().enumerate() {
        let with = |other: &Part| [other.folder.clone(), part.folder.clone()];
        let of = [first.file.shard.of, part.file.shard.of];
        if of[0] != of[1] {
            return Err(Refusal::Number(with(first), of));
        }
        let differences = first.identity.differences(&part.identity);
        if !differences.is_empty() {
            return Err(Refusal::OtherRun(with(first), differences));
        }
        let language = part.file.language == first.file.language;
        if format!("{:?}", command_of(part)?) != asked || !language {
            let arguments = [first, part].map(|part| part.file.arguments.clone());
            return Err(Refusal::Arguments(with(first), arguments));
        }
        let same = |other: &&Part| other.file.shard == part.file.shard;
        if let Some(twin) = parts[..number].iter().find(same) {
            return Err(Refusal::Twice(with(twin), part.file.shard));
        }
    }
    let of = first.file.shard.of;
    let given: Vec<u32> = parts.iter().map(|part| part.file.shard.number).collect();
    let missing: Vec<u32> = (1..=of).filter(|number| !given.contains(number)).collect();
    if !missing.is_empty() {
        return Err(Refusal::Missing(missing, of));
    }
    parts.iter().try_for_each(|part| {
        let own = part.file.shard.replications(first.file.replications);
        let lacking = own.into_iter().filter(|one| !part.found.holds(*one));
        let lacking: Vec<u32> = lacking.map(|one| one + 1).collect();
        if lacking.is_empty() {
            return Ok(());
        }
        Err(Refusal::Lacks(part.folder.clone(), lacking))
    })
}

/// The command of a shard, as it would have been without one, with what changes no result left out.
fn command_of(part: &Part) -> Result<Command, Refusal> {
    let refused = || Refusal::Command(part.folder.clone());
    let words = std::iter::once("riskweave").chain(part.file.arguments.iter().map(String::as_str));
    let matches = command()
        .try_get_matches_from(words)
        .map_err(|_| refused())?;
    let mut command = Arguments::from_arg_matches(&matches)
        .map_err(|_| refused())?
        .command;
    let options = options(&mut command).ok_or_else(refused)?;
    let shard = options.shard.take();
    if shard.and_then(|text| Shard::parse(&text)) != Some(part.file.shard) {
        return Err(refused());
    }
    options.resume = false;
    options.checkpoint_every = None;
    options.work = WorkOptions::default();
    options.inputs.threads = None;
    Ok(command)
}

/// The options of a command that can be run in shards.
fn options(command: &mut Command) -> Option<&mut RunOptions> {
    match command {
        Command::Compare(arguments) => Some(&mut arguments.options),
        Command::Run(arguments) => Some(&mut arguments.options),
        _ => None,
    }
}

/// Whether the inputs and the program are still those of the shards.
fn same_inputs(
    part: &Part,
    load: &dyn Fn(Vec<String>) -> Result<CheckedExperiment, Problems>,
    tail: u32,
    language: Language,
) -> Result<(), Failure> {
    let now = Identity::of(&load(Vec::new())?, tail).map_err(std::io::Error::other)?;
    let differences = part.identity.differences(&now);
    if differences.is_empty() {
        return Ok(());
    }
    let line = Difference::line(&differences, language);
    Err(Failure::Usage(say!(
        language,
        "输入或程序已不是各分片运行时的：{line}；请在输入文件未改动之处、用当时的程序版本合并",
        "the inputs or the program are no longer those of the shards: {line}; merge where the input files are as they were, with the program version of then"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(number: u32, of: u32, kept: &[u32], more: &[&str]) -> Part {
        let shard = format!("{number}/{of}");
        let words = ["compare", "seminar-county", "--shard", &shard];
        let arguments = words.iter().chain(more).map(|&word| word.to_owned());
        Part {
            folder: PathBuf::from(format!("s{number}")),
            file: ShardFile {
                shard: Shard { number, of },
                replications: 5,
                language: "en".to_owned(),
                arguments: arguments.collect(),
                broken: Vec::new(),
            },
            identity: Identity::new(serde_json::json!({ "seed": 1 }), "a".to_owned(), 0),
            found: Found::of_finished(kept),
        }
    }

    fn refused(parts: &[Part]) -> [String; 2] {
        let refusal = check(parts).unwrap_err();
        [Language::English, Language::Chinese].map(|language| refusal.text(language))
    }

    #[test]
    fn shards_of_one_run_each_once_and_whole_are_put_together() {
        let (one, two) = (
            || part(1, 2, &[0, 2, 4], &[]),
            || part(2, 2, &[1, 3], &["--threads", "7"]),
        );
        assert!(check(&[one(), two()]).is_ok());
        assert!(check(&[two(), one()]).is_ok());
        let says = |parts: &[Part], words: &[&str]| {
            for text in refused(parts) {
                for word in words {
                    assert!(text.contains(word), "{text}");
                }
            }
        };
        says(&[one()], &["2/2"]);
        says(&[one(), two(), part(1, 2, &[0, 2, 4], &[])], &["1/2", "s1"]);
        says(&[one(), part(2, 3, &[1, 4], &[])], &["s1", "s2", "3"]);
        says(&[one(), part(2, 2, &[3], &[])], &["s2", "2"]);
        says(
            &[one(), part(2, 2, &[1, 3], &["--format", "csv"])],
            &["s1", "s2", "--format csv"],
        );
        let mut other = two();
        other.identity = Identity::new(serde_json::json!({ "seed": 2 }), "b".to_owned(), 0);
        says(&[one(), other], &["seed", "1", "2"]);
        let mut foreign = two();
        foreign.file.arguments = vec!["list".to_owned()];
        says(&[one(), foreign], &["s2"]);
    }
}
