//! Options shared by `compare` and `run`, with their Chinese help.

use std::path::{Path, PathBuf};

use clap::{Args, Command, ValueEnum};

use crate::output::Format;
use crate::output::events::EventFilter;

/// Options of a run.
#[derive(Args, Clone, Debug, Default)]
pub struct RunOptions {
    /// Run only this policy beside the baseline (repeatable; a key or a policy file)
    #[arg(long, value_name = "POLICY")]
    pub policy: Vec<String>,
    /// Years of the horizon
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u32).range(1..=200))]
    pub years: Option<u32>,
    /// Replications: histories of dangers that every policy lives through
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=65_535))]
    pub replications: Option<u32>,
    /// Seed of the dangers; the same seed gives the same bytes
    #[arg(long, value_name = "SEED")]
    pub seed: Option<u64>,
    /// Worker threads (default: all processors); results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub threads: Option<u32>,
    /// People that a citizen agent stands for; 1 = everyone
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub people_per_agent: Option<u32>,
    /// Override any input, e.g. policy.sharing.insurance.share=0.4 (repeatable)
    #[arg(long, value_name = "TABLE.KEY=VALUE", value_parser = override_of)]
    pub set: Vec<(String, String)>,
    /// Folder of the results (default: output/<experiment>)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Overwrite results that are there
    #[arg(long)]
    pub force: bool,
    /// Format of the data files
    #[arg(long, value_enum, default_value = "parquet")]
    pub format: FormatArgument,
    /// Which events are written
    #[arg(long, value_enum, default_value = "notable")]
    pub events: EventsArgument,
    /// Draw no charts and write no report
    #[arg(long)]
    pub no_charts: bool,
    /// Show no progress
    #[arg(long)]
    pub quiet: bool,
}

/// `--format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FormatArgument {
    /// Parquet, for pandas, R and DuckDB
    #[default]
    Parquet,
    /// CSV, for spreadsheets
    Csv,
}

/// `--events`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum EventsArgument {
    /// Events of 3 dead or 10 million yuan and more, and all of replication 1
    #[default]
    Notable,
    /// Every event
    All,
    /// No event
    None,
}

impl From<FormatArgument> for Format {
    fn from(argument: FormatArgument) -> Self {
        match argument {
            FormatArgument::Parquet => Format::Parquet,
            FormatArgument::Csv => Format::Csv,
        }
    }
}

impl From<EventsArgument> for EventFilter {
    fn from(argument: EventsArgument) -> Self {
        match argument {
            EventsArgument::Notable => EventFilter::Notable,
            EventsArgument::All => EventFilter::All,
            EventsArgument::None => EventFilter::None,
        }
    }
}

impl RunOptions {
    /// Folder of the results for an experiment.
    pub fn folder(&self, experiment: &str) -> PathBuf {
        self.out
            .clone()
            .unwrap_or_else(|| Path::new("output").join(experiment))
    }

    /// Worker threads.
    pub fn worker_threads(&self) -> usize {
        self.threads.map_or_else(
            || std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            |threads| threads as usize,
        )
    }
}

/// Splits `table.key=value`.
fn override_of(text: &str) -> Result<(String, String), String> {
    let parts = text
        .split_once('=')
        .filter(|(path, value)| path.contains('.') && !value.is_empty());
    parts
        .map(|(path, value)| (path.trim().to_owned(), value.trim().to_owned()))
        .ok_or_else(|| {
            "write table.key=value, e.g. policy.sharing.insurance.share=0.4 (应写作 表.键=值)"
                .to_owned()
        })
}

const CHINESE: [(&str, &str); 13] = [
    ("policy", "除对照外只运行该政策(可重复；键名或政策文件)"),
    ("years", "模拟年数"),
    ("replications", "模拟次数：每项政策都经历同样的多组风险历史"),
    ("seed", "随机数种子；种子相同，结果逐字节相同"),
    ("threads", "线程数(默认用全部处理器)；结果与之无关"),
    (
        "people_per_agent",
        "每个居民主体代表的人数；1 = 每人一个主体",
    ),
    (
        "set",
        "改写任一输入，如 policy.sharing.insurance.share=0.4(可重复)",
    ),
    ("out", "结果目录(默认 output/<实验>)"),
    ("force", "覆盖已有结果"),
    ("format", "数据文件格式"),
    ("events", "写出哪些事件"),
    ("no_charts", "不画图、不写报告"),
    ("quiet", "不显示进度"),
];

/// Gives the shared options of a command their Chinese help.
pub fn chinese(command: Command) -> Command {
    CHINESE.iter().fold(command, |command, (name, help)| {
        command.mut_arg(name, |argument| argument.help(*help))
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Probe {
        #[command(flatten)]
        options: RunOptions,
    }

    #[test]
    fn every_option_has_chinese_help() {
        let command = Probe::augment(Command::new("probe"));
        let declared: Vec<String> = command
            .get_arguments()
            .map(|argument| argument.get_id().to_string())
            .collect();
        assert_eq!(declared, CHINESE.map(|(name, _)| name));
        let help = chinese(command).render_long_help().to_string();
        assert!(
            CHINESE
                .iter()
                .all(|(_, text)| help.contains(text.split(':').next().unwrap()))
        );
    }

    impl Probe {
        fn augment(command: Command) -> Command {
            <RunOptions as Args>::augment_args(command).disable_help_flag(true)
        }
    }

    #[test]
    fn options_are_checked_where_they_are_typed() {
        let parse = |arguments: &[&str]| {
            Probe::try_parse_from([&["probe"], arguments].concat()).map(|probe| probe.options)
        };
        let options = parse(&["--set", "a.b=0.4", "--threads", "3", "--events", "all"]).unwrap();
        assert_eq!(options.set, [("a.b".to_owned(), "0.4".to_owned())]);
        assert_eq!(
            (options.worker_threads(), options.events),
            (3, EventsArgument::All)
        );
        assert_eq!(options.folder("x"), Path::new("output/x"));
        for wrong in [
            ["--set", "a=1"],
            ["--set", "a.b="],
            ["--years", "0"],
            ["--format", "xls"],
        ] {
            assert!(parse(&wrong).is_err(), "{wrong:?}");
        }
    }
}
