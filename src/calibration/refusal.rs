//! Why a calibration cannot be done, in words of the user's language.

use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// Why a calibration cannot be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// No parameter that can be fitted has this name.
    UnknownParameter {
        /// As typed.
        name: String,
        /// The nearest that can be fitted.
        nearest: Option<String>,
    },
    /// Two names move the same value.
    Overlap {
        /// The value.
        key: String,
    },
    /// No such moment.
    UnknownTarget {
        /// As written.
        name: String,
        /// The nearest that there is.
        nearest: Option<String>,
    },
    /// A target whose rows do not go together.
    Target {
        /// Name of the target.
        name: String,
        /// What it needs, Chinese and English.
        rule: [&'static str; 2],
    },
    /// No parameter or no target is left to be fitted.
    NothingToFit,
    /// The targets say less than the parameters ask.
    TooFewTargets {
        /// Targets that are fitted.
        targets: usize,
        /// Parameters.
        parameters: usize,
    },
    /// The society names no table of drivers.
    NoDrivers,
    /// The table of drivers lacks a value.
    MissingDriver {
        /// Column.
        column: &'static str,
        /// Year.
        year: i32,
    },
    /// There are no targets for the society.
    NoTargets {
        /// The society.
        society: String,
    },
    /// A run failed a self-check of the engine.
    SelfCheck,
    /// The optimiser found no way.
    NotSolved(String),
}

impl Refusal {
    /// What is wrong and what to do.
    pub fn text(&self, language: Language) -> String {
        let zh = language == Language::Chinese;
        let hint = |nearest: &Option<String>| match nearest {
            Some(name) if zh => format!("；是否指 {name}？"),
            Some(name) => format!("; did you mean {name}?"),
            None => String::new(),
        };
        match self {
            Refusal::UnknownParameter { name, nearest } => {
                let hint = hint(nearest);
                say!(
                    language,
                    "参数 {name} 不能校准：只有基准事故率与严重程度可由公开数据识别，名称中可用 *{hint}",
                    "{name} cannot be calibrated: only base rates and severities are identified by public series, and * stands for any part of a name{hint}"
                )
            }
            Refusal::Overlap { key } => say!(
                language,
                "{key} 被两个参数名同时包含：请只保留一个",
                "{key} is moved by two of the names: keep one of them"
            ),
            Refusal::UnknownTarget { name, nearest } => {
                let hint = hint(nearest);
                say!(
                    language,
                    "目标表中没有名为 {name} 的指标{hint}",
                    "the engine has no figure called {name} to hold a target against{hint}"
                )
            }
            Refusal::Target { name, rule } => {
                let [chinese, english] = rule;
                say!(
                    language,
                    "目标 {name}：{chinese}",
                    "target {name}: {english}"
                )
            }
            Refusal::TooFewTargets {
                targets,
                parameters,
            } => say!(
                language,
                "只有 {targets} 个目标，却要拟合 {parameters} 个参数：请减少参数或增加目标",
                "{targets} targets cannot fit {parameters} parameters: name fewer parameters or add targets"
            ),
            Refusal::NothingToFit => say!(
                language,
                "没有可拟合的内容：目标表中至少一行的 use 写 fit，并用 --parameters 指明参数",
                "there is nothing to fit: write fit under use in one row of the targets at least, and name the parameters with --parameters"
            ),
            Refusal::NoDrivers => say!(
                language,
                "该社会没有驱动因素表：在社会文件中写 tables.drivers(如 china-2020)",
                "the society has no table of drivers: state tables.drivers in its file (as china-2020 does)"
            ),
            Refusal::MissingDriver { column, year } => say!(
                language,
                "驱动因素表缺少 {year} 年的 {column}",
                "the table of drivers lacks {column} of {year}"
            ),
            Refusal::NoTargets { society } => say!(
                language,
                "没有为社会 {society} 内置目标：请用 --targets 给出目标表",
                "no targets ship for the society {society}: give a table with --targets"
            ),
            Refusal::SelfCheck => say!(
                language,
                "有一次模拟未通过引擎自检",
                "a run failed a self-check of the engine"
            ),
            Refusal::NotSolved(reason) => say!(
                language,
                "优化未收敛：{reason}；请增加 --replications 或减少参数",
                "the optimiser did not finish: {reason}; raise --replications or name fewer parameters"
            ),
        }
    }
}
