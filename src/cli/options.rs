//! Options shared by `compare` and `run`, with the Chinese help and the examples of both.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::output::Format;
use crate::output::events::EventFilter;
use crate::scenario::Overrides;

/// Options of a run.
#[derive(Args, Clone, Debug, Default)]
pub struct RunOptions {
    /// Run only this policy beside the baseline (repeatable; a built-in key, or the path of a policy file, which joins the experiment)
    #[arg(long, value_name = "POLICY")]
    pub policy: Vec<String>,
    /// Years of the horizon
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u32).range(1..=200))]
    pub years: Option<u32>,
    /// Replications: histories of dangers that every policy lives through
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=65_535))]
    pub replications: Option<u32>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "described by its own type")]
    pub inputs: InputOptions,
    /// Go on until a difference to the baseline is known so precisely: the half-width of its paired 95 % interval over the baseline's mean, looked at whenever the replications double, e.g. "deaths network < 5%" (repeatable: all of them)
    #[arg(long, value_name = "MEASURE POLICY < PERCENT%")]
    pub until: Vec<String>,
    /// Replications at which --until gives up (default: 16 times those of the experiment)
    #[arg(long, value_name = "N", requires = "until", value_parser = clap::value_parser!(u32).range(2..=65_535))]
    pub max_replications: Option<u32>,
    /// Format of the data files
    #[arg(long, value_enum, default_value = "parquet")]
    pub format: FormatArgument,
    /// Which events are written
    #[arg(long, value_enum, default_value = "notable")]
    pub events: EventsArgument,
    /// Sets of values of the uncertain parameters (Latin hypercube over their ranges) in which the differences are looked at again, in short runs; 0 = none
    #[arg(long, value_name = "K", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub parameter_sets: u32,
    /// Natural years besides those of the runs, natural dangers alone: losses and public outlay up to once in about YEARS/5 years; 0 = none
    #[arg(long, value_name = "YEARS", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub tail: u32,
    /// Go on with a run that was broken off: the replications that it kept are read, only the others are run
    #[arg(long, conflicts_with = "force")]
    pub resume: bool,
    /// Lay unfinished replications down every so many weeks of their history, burn-in included, so that --resume goes on in the middle of one; 52 = every year
    #[arg(long, value_name = "WEEKS", value_parser = clap::value_parser!(u32).range(1..=20_000))]
    pub checkpoint_every: Option<u32>,
    /// Run only the i-th of every n replications and keep them for `riskweave merge`; writes no results
    #[arg(long, value_name = "i/n")]
    pub shard: Option<String>,
    /// Draw no charts (by default SVG and PNG go to `charts/` in the folder of the results)
    #[arg(long)]
    pub no_charts: bool,
    /// Also the figures of one province, by its Chinese or English name, e.g. 山东
    #[arg(long, value_name = "PROVINCE")]
    pub region: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "described by its own type")]
    pub work: WorkOptions,
}

/// Where results go, whether the work is begun and what is shown of it: options of every command that runs an
/// experiment.
#[derive(Args, Clone, Debug, Default)]
pub struct WorkOptions {
    /// Folder of the results; without it, one named after command and experiment under `output/`.
    #[arg(
        long,
        value_name = "DIR",
        help = "Folder of the results (default: output/<experiment>; of attribute and sensitivity output/<command>-<experiment>, of seminar output/seminar)"
    )]
    pub out: Option<PathBuf>,
    /// Overwrite results that are there
    #[arg(long)]
    pub force: bool,
    /// Say runs, time and memory, and run nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Show no progress
    #[arg(long)]
    pub quiet: bool,
}

/// What dangers, for what inputs, on how many threads: options of every command that runs an experiment.
#[derive(Args, Clone, Debug, Default)]
pub struct InputOptions {
    /// Seed of the dangers; the same seed gives the same bytes
    #[arg(long, value_name = "SEED")]
    pub seed: Option<u64>,
    /// Worker threads (default: all processors); results do not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub threads: Option<u32>,
    /// People that a citizen agent stands for; 1 = everyone
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub people_per_agent: Option<u32>,
    /// Override any input, e.g. policy.sharing.property.subsidy=0.5 (repeatable)
    #[arg(long, value_name = "TABLE.KEY=VALUE")]
    pub set: Vec<String>,
}

impl InputOptions {
    /// Worker threads.
    pub fn worker_threads(&self) -> usize {
        worker_threads(self.threads)
    }

    /// What these and the options of a command change in an experiment.
    pub fn overrides(
        &self,
        policies: Vec<String>,
        years: Option<u32>,
        replications: Option<u32>,
    ) -> Overrides {
        Overrides {
            policies,
            years,
            replications,
            seed: self.seed,
            people_per_agent: self.people_per_agent,
            sets: self.set.clone(),
        }
    }
}

/// `--format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FormatArgument {
    /// Parquet, for pandas, R and DuckDB
    #[default]
    Parquet,
    /// CSV, for spreadsheets
    Csv,
    /// Parquet, and the summary tables as one Excel workbook (tables.xlsx)
    Xlsx,
}

/// `--events`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum EventsArgument {
    /// Events that with what they set off kill 3 or cost 10 million yuan, and all of replication 1
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
            FormatArgument::Parquet | FormatArgument::Xlsx => Format::Parquet,
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
    /// What the options change in an experiment.
    pub fn overrides(&self) -> Overrides {
        self.inputs
            .overrides(self.policy.clone(), self.years, self.replications)
    }

    /// The same with further settings.
    pub fn overrides_with(&self, settings: Vec<String>) -> Overrides {
        let mut overrides = self.overrides();
        overrides.sets.extend(settings);
        overrides
    }

    /// Folder of the results for an experiment.
    pub fn folder(&self, experiment: &str) -> PathBuf {
        self.work
            .out
            .clone()
            .unwrap_or_else(|| Path::new("output").join(experiment))
    }

    /// Worker threads.
    pub fn worker_threads(&self) -> usize {
        self.inputs.worker_threads()
    }
}

/// Worker threads: as many as are asked for, else one for each processor. As many work inside a
/// replication of a large society.
pub(super) fn worker_threads(asked: Option<u32>) -> usize {
    let threads = asked.map_or_else(
        || std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        |threads| threads as usize,
    );
    // A program that runs several commands keeps the threads of the first.
    let _ = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global();
    threads
}

/// Chinese help by command, or by argument of any command (`*`).
pub const CHINESE: [(&str, &str); 26] = [
    (
        "compare",
        "各项政策经历同样的风险历史，并行模拟并比较(主要命令)",
    ),
    (
        "compare.experiment",
        "实验：内置名称或文件(默认 china-2020)",
    ),
    ("run", "不用实验文件，直接运行一项或多项政策"),
    ("run.society", "社会：内置名称或文件(默认 china-2020)"),
    (
        "*.policy",
        "除基准外只运行该政策，可重复；内置名称，或政策文件的路径(文件会加入实验)",
    ),
    ("*.years", "模拟年数"),
    (
        "*.replications",
        "模拟次数：每次是一组风险历史，各项政策都经历一遍",
    ),
    ("*.seed", "风险历史的随机数种子；种子相同，结果逐字节相同"),
    ("*.threads", "线程数(默认用全部处理器)；结果与之无关"),
    (
        "*.people_per_agent",
        "每个居民主体代表的人数；1 = 每人一个主体",
    ),
    (
        "*.set",
        "改写任一输入，可重复，例如 policy.sharing.property.subsidy=0.5",
    ),
    (
        "*.until",
        "一直模拟到与基准的差值达到这一精度：配对95%区间的半宽占基准均值的比例，次数每翻一番检查一次，例如 \"deaths network < 5%\"(可重复，须全部达到)",
    ),
    (
        "*.max_replications",
        "--until 至多模拟多少次(默认为实验次数的16倍)",
    ),
    (
        "*.format",
        "数据文件格式：parquet、csv，或 xlsx(数据为 parquet，汇总表另存为一个 Excel 工作簿 tables.xlsx)",
    ),
    (
        "*.events",
        "写出哪些事件：notable(连同次生事件死亡3人以上或损失1000万元以上，及第1次模拟全部)、all、none",
    ),
    (
        "*.parameter_sets",
        "不确定参数在各自范围内的取值组数(拉丁超立方)，以短期模拟检验差值是否稳健；0 = 不检验",
    ),
    (
        "*.tail",
        "另外模拟的自然年数，其中只有自然灾害：损失和财政承担可给到约 YEARS/5 年一遇；0 = 不模拟",
    ),
    (
        "*.resume",
        "接着运行中断的一次运行：已保存的模拟直接读取，只运行其余的",
    ),
    (
        "*.checkpoint_every",
        "未完成的模拟每隔多少周(含预热)存一个检查点，--resume 可从一次模拟的中途接着运行；52 = 每年",
    ),
    (
        "*.shard",
        "每 n 次模拟只运行第 i 次并保存，供 riskweave merge 合并；不写结果",
    ),
    (
        "*.no_charts",
        "不画图(默认把 SVG 和 PNG 写入结果目录下的 charts/)",
    ),
    (
        "*.region",
        "另列一省(地区)的数字，写中文或英文名，例如 山东",
    ),
    (
        "*.out",
        "结果目录(默认 output/<实验>；attribute 和 sensitivity 为 output/<命令>-<实验>，seminar 为 output/seminar)",
    ),
    ("*.force", "覆盖已有结果"),
    ("*.dry_run", "只报告模拟次数、时间和内存，不运行"),
    ("*.quiet", "不显示进度"),
];

/// Examples at the end of each command's help.
pub const EXAMPLES: [(&str, &[&str]); 2] = [
    (
        "compare",
        &[
            "riskweave compare",
            "riskweave compare china-2020 --policy network --replications 40",
            "riskweave compare --region 山东",
            "riskweave compare --policy network --tail 5000",
            "riskweave compare seminar-county --until \"deaths network < 5%\"",
            "riskweave compare --replications 40 --dry-run",
            "riskweave compare --resume",
            "riskweave run --policy network --people-per-agent 1 --replications 1 --checkpoint-every 52",
            "riskweave compare --replications 40 --shard 2/8 --out shards/2",
            "riskweave compare my-experiment.toml --out results --format csv",
        ],
    ),
    (
        "run",
        &[
            "riskweave run --policy network",
            "riskweave run seminar-county --policy layered-sharing --policy fiscal-backstop --years 5",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[derive(Parser)]
    #[command(disable_help_flag = true)]
    struct Probe {
        #[command(flatten)]
        options: RunOptions,
    }

    #[test]
    fn every_option_has_chinese_help() {
        let command = Probe::command();
        let declared = command
            .get_arguments()
            .map(|argument| format!("*.{}", argument.get_id()));
        let translated = CHINESE.iter().map(|(name, _)| (*name).to_owned());
        assert!(declared.eq(translated.filter(|name| name.starts_with('*'))));
    }

    #[test]
    fn options_are_checked_where_they_are_typed() {
        let parse = |arguments: &[&str]| {
            Probe::try_parse_from([&["probe"], arguments].concat()).map(|probe| probe.options)
        };
        let options = parse(&["--set", "a.b=0.4", "--threads", "3", "--events", "all"]).unwrap();
        assert_eq!(options.inputs.set, ["a.b=0.4"]);
        assert_eq!(
            (options.worker_threads(), options.events),
            (3, EventsArgument::All)
        );
        assert_eq!(options.folder("x"), Path::new("output/x"));
        for wrong in [["--threads", "0"], ["--years", "0"], ["--format", "xls"]] {
            assert!(parse(&wrong).is_err(), "{wrong:?}");
        }
    }
}
