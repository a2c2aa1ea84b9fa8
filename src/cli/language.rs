//! The user's language: from `--lang` or the surroundings; and the help texts in Chinese.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

use crate::cli::{chart, merge, options, reproduce, story};
use crate::vocabulary::Language;

/// What the process is told by its environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The locale in force: `LC_ALL`, else `LC_MESSAGES`, else `LANG`.
    pub locale: String,
    /// Whether `NO_COLOR` is set.
    pub no_color: bool,
}

impl Surroundings {
    /// Reads the environment of the process.
    #[expect(
        clippy::disallowed_methods,
        reason = "language and colour of messages; no result depends on them"
    )]
    pub fn of_process() -> Self {
        let read = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(read);
        Surroundings {
            locale: locale.unwrap_or_default(),
            no_color: read("NO_COLOR").is_some(),
        }
    }
}

/// The language that the arguments ask for, before they are parsed (help is in it, too).
pub fn wanted(arguments: &[OsString], surroundings: &Surroundings) -> Language {
    let texts: Vec<&str> = arguments
        .iter()
        .filter_map(|argument| argument.to_str())
        .collect();
    let following = texts
        .windows(2)
        .find(|pair| pair[0] == "--lang")
        .map(|pair| pair[1]);
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    match following.or(joined) {
        Some("zh") => Language::Chinese,
        None if surroundings.locale.to_lowercase().starts_with("zh") => Language::Chinese,
        _ => Language::English,
    }
}

/// Chinese help by command, or by command and argument; `*` for arguments of every command.
const CHINESE: &[(&str, &str)] = &[
    (
        "riskweave",
        "谁对哪种安全风险负责，谁分担损失？织密社会安全风险防控网的多主体仿真",
    ),
    ("*.lang", "结果、消息和帮助的语言(缺省取自 LC_ALL 或 LANG)"),
    ("*.help", "显示帮助"),
    ("*.version", "显示版本"),
    ("list", "列出内置的社会、政策和实验"),
    ("list.kind", "只列一类"),
    ("show", "以 TOML 打印社会、政策或实验，供复制修改"),
    ("show.name", "内置名称，或文件路径"),
    ("show.kind", "类别；几类同名时需要"),
    ("show.resolved", "打印全部生效的值(含继承与默认值)"),
    ("show.society", "政策在哪个社会中生效(与 --resolved 合用)"),
    ("new", "写一个带注释的起始文件"),
    ("new.kind", "类别"),
    ("new.path", "要写的文件"),
    ("new.force", "覆盖已有文件"),
    (
        "new.province",
        "只用于 society：切出一个省(写中文或英文名)，连同相邻省份和待填的地市表",
    ),
    ("new.from", "从哪个社会切出(默认 china-2020)"),
    (
        "check",
        "检查输入文件；查找责任的缺位、重叠和脱节，落空的赔付层和无效的措施",
    ),
    ("check.files", "文件路径，或内置名称"),
    ("check.kind", "类别(缺省按内容判断)"),
    ("check.society", "政策在哪个社会中检查"),
    (
        "check.set",
        "先改一个值再检查，可重复，例如 policy.sharing.property.subsidy=0.5",
    ),
    ("prices", "逐项调节手段在边际上每亿元每年减少多少死亡和损失"),
    ("prices.society", "社会：内置名称或文件(默认 china-2020)"),
    ("prices.policy", "在哪项政策上变动(默认为社会的基准政策)"),
    (
        "prices.lever",
        "只看名称以此开头的调节手段，可重复，例如 remedy 或 budget.plan_yuan_per_head.train",
    ),
    (
        "prices.step",
        "变动幅度：原值的比例(原值为零时为取值范围的比例)",
    ),
    ("prices.out", "结果文件(CSV)，含区间和次数；表格总会打印"),
    ("prices.force", "覆盖已有文件"),
    (
        "check.no_lint",
        "只按规则检查文件，不查找可能并非有意的地方",
    ),
    (
        "check.deny",
        "把某一级别(或某一类)的发现当作错误，不写则为 warning",
    ),
    (
        "calibrate",
        "把社会的参数拟合到公开统计序列；预测留出的年份；检验未拟合的规律",
    ),
    ("calibrate.society", "社会：内置名称或文件(默认 china-2020)"),
    ("calibrate.targets", "公开统计序列表(默认用随社会内置的表)"),
    (
        "calibrate.parameters",
        "拟合哪些参数：基准事故率与严重程度；* 代表名称中任一段，如 trades.*.fatal_share",
    ),
    ("calibrate.replications", "每组取值的模拟次数"),
    ("calibrate.years", "每次模拟的年数"),
    (
        "calibrate.seed",
        "风险历史的随机数种子；种子相同，拟合结果相同",
    ),
    (
        "calibrate.out",
        "拟合结果文件(TOML)，或 --hindcast、--patterns 的表(CSV)；不给则输出到标准输出",
    ),
    ("calibrate.force", "覆盖已有文件"),
    (
        "calibrate.hindcast",
        "拟合后预测留出的年份，并与朴素预测比较",
    ),
    ("calibrate.patterns", "不拟合，只检验未拟合的规律"),
    (
        "attribute",
        "六项机制(或各层分担)对两项政策之差各贡献多少：沙普利值与交互作用",
    ),
    (
        "attribute.experiment",
        "实验：内置名称或文件(默认 china-2020)",
    ),
    (
        "attribute.policy",
        "分解哪项政策：内置名称或文件(默认为实验中的 network；实验只有一项政策时为该政策)",
    ),
    (
        "attribute.against",
        "与什么相比：baseline = 社会的基准政策，neutral = 同一政策停用全部机制",
    ),
    (
        "attribute.layers",
        "不按机制而按分担层分解：groups = 四组(不写值即此)，each = 逐层",
    ),
    (
        "attribute.years",
        "模拟年数(默认同实验，至多 5 年；有指定灾害时同实验)",
    ),
    (
        "attribute.replications",
        "模拟次数，越多区间越窄(默认同实验，至多 5 次，且两个处理器上约五分钟内可完成)",
    ),
    ("sensitivity", "两项政策之差取决于哪个不确定参数"),
    (
        "sensitivity.experiment",
        "实验：内置名称或文件(默认 china-2020)",
    ),
    (
        "sensitivity.policy",
        "考察哪项政策的差值：内置名称或文件(默认 network，没有则为第一项非基准政策)",
    ),
    (
        "sensitivity.against",
        "与哪项政策相比(默认为社会的基准政策)",
    ),
    (
        "sensitivity.parameters",
        "考察哪些不确定参数，名称同 scenarios/parameters.csv，* 代表任一段，可重复(默认 24 个，见 docs/sensitivity.md)",
    ),
    (
        "sensitivity.method",
        "morris = 筛选，sobol = 方差份额，both = 先筛选，再对少数要紧的参数求方差份额",
    ),
    (
        "sensitivity.trajectories",
        "筛选的轨迹数(默认为几分钟内可完成的数目，4–20)",
    ),
    (
        "sensitivity.samples",
        "方差份额的基础样本数(默认为几分钟内可完成的数目，8–256)",
    ),
    ("sensitivity.few", "少数要紧的参数取几个"),
    (
        "sensitivity.years",
        "模拟年数(默认同实验，至多 2 年，小社会至多 5 年)",
    ),
    (
        "sensitivity.replications",
        "每组取值的模拟次数(默认 1 次，小社会同实验，至多 10 次)",
    ),
    (
        "sensitivity.export_design",
        "把设计(各组取值)写成 CSV，不运行",
    ),
    (
        "sensitivity.import_design",
        "运行 CSV 文件中的各组取值：导出的设计，或带参数名表头的 SALib 样本",
    ),
    (
        "seminar",
        "生成课堂网页 seminar.html：离线单个文件，用事先算好的模拟即时作答(供研讨班使用)",
    ),
    ("seminar.years", "每段历史的年数(默认 5)"),
    (
        "seminar.replications",
        "历史的段数：每种组合都经历一遍，越多区间越窄(默认 100，至多 400，网页不超过 6 MB)",
    ),
    ("schema", "打印输入文件的 JSON Schema，供编辑器使用"),
    ("schema.kind", "类别"),
    (
        "settle",
        "把政策的分担安排(或一份分层方案)用于损失表：谁承担多少",
    ),
    ("settle.policy", "适用其分担安排的政策：内置名称或文件"),
    ("settle.layers", "不用政策，改用一份分层方案(TOML)"),
    (
        "settle.losses",
        "损失表：CSV，列为 年份、事件、受损方、分组、保险价值、损失(元)",
    ),
    ("settle.society", "政策在哪个社会中生效"),
    ("settle.hazard", "损失表未写灾种的事件按哪种自然灾害处理"),
    (
        "settle.province",
        "损失表未写省份的损失计入哪个省份(缺省为人口最多者)",
    ),
    ("settle.out", "结果目录(缺省为 output/settle-<损失表>)"),
    ("settle.force", "覆盖已有结果"),
    (
        "explain",
        "逐步解释一项损失：各阶段由谁负责，规则使多少安全投入合算，哪一层赔付多少",
    ),
    ("explain.policy", "在哪项政策下解释：内置名称或文件"),
    (
        "explain.loss",
        "财产损失：元数，或 500万元、\"5 million yuan\" 之类的文字",
    ),
    (
        "explain.on",
        "损失落在谁身上：enterprise:行业(该行业的事故)，或 资产:灾种(自然灾害)",
    ),
    ("explain.society", "政策在哪个社会中生效"),
    ("explain.province", "省份(缺省为人口最多者)"),
    (
        "explain.size",
        "企业规模：large、medium、small、micro，或 大型、中型、小型、微型",
    ),
    ("explain.deaths", "事故死亡人数：法定赔偿另计为损失"),
    ("explain.injured", "事故受伤人数：治疗费和误工另计为损失"),
    ("explain.intensity", "灾害强度，按巨灾指数保险的度量"),
    (
        "verify",
        "极限算例：让引擎计算理论已知答案的量，并与理论值比较",
    ),
    ("verify.case", "极限算例的名称(缺省为全部)"),
    ("verify.set", "设定算例的参数，可重复"),
    (
        "verify.replications",
        "样本量，代替算例自身的样本量(年数、路径数、事件数等)",
    ),
    ("verify.json", "打印 JSON，不打印表格"),
];

/// Examples at the end of each command's help.
const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "riskweave",
        &[
            "riskweave list",
            "riskweave show network",
            "riskweave new policy my-policy.toml",
        ],
    ),
    (
        "list",
        &["riskweave list", "riskweave list policy --lang zh"],
    ),
    (
        "show",
        &[
            "riskweave show network > my-policy.toml",
            "riskweave show china-2020 --kind society --resolved",
        ],
    ),
    (
        "new",
        &[
            "riskweave new policy my-policy.toml",
            "riskweave new experiment trial.toml --force",
            "riskweave new society shandong.toml --province 山东",
        ],
    ),
    (
        "check",
        &[
            "riskweave check my-policy.toml trial.toml",
            "riskweave check my-policy.toml --society seminar-county --deny",
            "riskweave check network --set policy.responsibility.coordination=0.9",
        ],
    ),
    (
        "prices",
        &[
            "riskweave prices",
            "riskweave prices seminar-city --lever remedy --lever intervention --replications 20",
            "riskweave prices --policy network --out prices.csv",
        ],
    ),
    (
        "calibrate",
        &[
            "riskweave calibrate --out fit.toml",
            "riskweave calibrate seminar-county --parameters trades.construction.base_rate_per_100k_worker_years",
            "riskweave calibrate --hindcast --out hindcast.csv",
            "riskweave calibrate --patterns --replications 8",
        ],
    ),
    (
        "attribute",
        &[
            "riskweave attribute",
            "riskweave attribute seminar-county --policy layered-sharing --replications 20",
            "riskweave attribute --against neutral --out output/neutral",
            "riskweave attribute seminar-county --layers --replications 20 --out output/layers",
        ],
    ),
    (
        "sensitivity",
        &[
            "riskweave sensitivity --dry-run",
            "riskweave sensitivity seminar-county --policy layered-sharing --trajectories 30",
            "riskweave sensitivity --parameters enterprise.care_kappa --parameters hazards.*.works_effect --method sobol",
            "riskweave sensitivity seminar-county --export-design design.csv",
            "riskweave sensitivity seminar-county --import-design design.csv --out output/own",
        ],
    ),
    ("schema", &["riskweave schema policy > policy.schema.json"]),
    (
        "seminar",
        &[
            "riskweave seminar",
            "riskweave seminar --replications 20 --out output/quick",
        ],
    ),
    (
        "settle",
        &[
            "riskweave settle --policy network --losses losses.csv",
            "riskweave settle --layers tower.toml --losses losses.csv --out output/tower",
        ],
    ),
    (
        "explain",
        &[
            "riskweave explain --policy network --loss 500万元 --on enterprise:chemicals",
            "riskweave explain --policy current-2020 --loss 200000 --on housing:flood --province 广东",
        ],
    ),
    (
        "verify",
        &[
            "riskweave verify",
            "riskweave verify compound-poisson-lognormal --set sigma=0.5 --json",
        ],
    ),
];

fn chinese(command: &str, argument: Option<&str>) -> Option<&'static str> {
    let own = argument.map_or_else(
        || command.to_owned(),
        |argument| format!("{command}.{argument}"),
    );
    let shared = argument.map(|argument| format!("*.{argument}"));
    let find = |key: &str| {
        CHINESE
            .iter()
            .chain(&options::CHINESE)
            .chain(&chart::CHINESE)
            .chain(&merge::CHINESE)
            .chain(&reproduce::CHINESE)
            .chain(&story::CHINESE)
            .find(|(name, _)| *name == key)
            .map(|(_, text)| *text)
    };
    find(&own).or_else(|| shared.and_then(|key| find(&key)))
}

/// The command line with help, headings and examples in a language.
pub fn translated(command: Command, language: Language) -> Command {
    let name = command.get_name().to_owned();
    let root = name == "riskweave";
    let mut command = command
        .disable_help_flag(true)
        .arg(flag("help", 'h', "Print help", ArgAction::Help))
        .after_help(examples(&name, language));
    if root {
        command = command.disable_version_flag(true).arg(flag(
            "version",
            'V',
            "Print version",
            ArgAction::Version,
        ));
    }
    if language == Language::Chinese {
        if let Some(about) = chinese(&name, None) {
            command = command.about(about).long_about(None);
        }
        command = command
            .help_template("{about}\n\n用法：{usage}\n\n{all-args}{after-help}")
            .subcommand_help_heading("命令")
            .mut_args(|argument| {
                let heading = if argument.is_positional() {
                    "参数"
                } else {
                    "选项"
                };
                let text = chinese(&name, Some(argument.get_id().as_str()));
                let with_value = argument.get_action().takes_values();
                let argument = argument
                    .help_heading(heading)
                    .hide_possible_values(with_value);
                match text {
                    Some(text) => argument.help(text).long_help(None),
                    None => argument,
                }
            });
    }
    command.mut_subcommands(|subcommand| translated(subcommand, language))
}

fn flag(name: &'static str, short: char, help: &'static str, action: ArgAction) -> Arg {
    Arg::new(name)
        .long(name)
        .short(short)
        .help(help)
        .action(action)
}

fn examples(command: &str, language: Language) -> String {
    let lines = EXAMPLES
        .iter()
        .chain(&options::EXAMPLES)
        .chain(&chart::EXAMPLES)
        .chain(&merge::EXAMPLES)
        .chain(&reproduce::EXAMPLES)
        .chain(&story::EXAMPLES)
        .find(|(name, _)| *name == command)
        .map_or(&[][..], |(_, lines)| lines);
    let indented: Vec<String> = lines.iter().map(|line| format!("  {line}")).collect();
    format!(
        "{}\n{}",
        language.pick("示例：", "Examples:"),
        indented.join("\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn untranslated(command: &Command, missing: &mut Vec<String>) {
        let name = command.get_name();
        if chinese(name, None).is_none() {
            missing.push(name.to_owned());
        }
        if !EXAMPLES
            .iter()
            .chain(&options::EXAMPLES)
            .chain(&chart::EXAMPLES)
            .chain(&merge::EXAMPLES)
            .chain(&reproduce::EXAMPLES)
            .chain(&story::EXAMPLES)
            .any(|(known, lines)| *known == name && !lines.is_empty())
        {
            missing.push(format!("{name}: examples"));
        }
        for argument in command.get_arguments() {
            if chinese(name, Some(argument.get_id().as_str())).is_none() {
                missing.push(format!("{name}.{}", argument.get_id()));
            }
        }
        command
            .get_subcommands()
            .for_each(|subcommand| untranslated(subcommand, missing));
    }

    #[test]
    fn every_command_and_argument_has_chinese_help_and_examples() {
        let mut missing = Vec::new();
        untranslated(&crate::cli::args::command(), &mut missing);
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn examples_parse() {
        let all = EXAMPLES
            .iter()
            .chain(&options::EXAMPLES)
            .chain(&chart::EXAMPLES)
            .chain(&merge::EXAMPLES)
            .chain(&reproduce::EXAMPLES)
            .chain(&story::EXAMPLES);
        for line in all.flat_map(|(_, lines)| *lines) {
            // What a shell makes of the line: blanks within quotes belong to the word.
            let command = line.split(" > ").next().unwrap();
            let words = command.split('"').enumerate().flat_map(|(number, part)| {
                let quoted = number % 2 == 1;
                let words = if quoted {
                    vec![part]
                } else {
                    part.split(' ').collect()
                };
                words.into_iter().filter(|word| !word.is_empty())
            });
            let parsed = translated(crate::cli::args::command(), Language::English)
                .try_get_matches_from(words);
            assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
        }
    }

    #[test]
    fn an_option_goes_before_the_locale() {
        let arguments = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        let locale = |text: &str| Surroundings {
            locale: text.to_owned(),
            no_color: false,
        };
        assert_eq!(
            wanted(&arguments(&["r", "list"]), &locale("zh_CN.UTF-8")),
            Language::Chinese
        );
        assert_eq!(
            wanted(&arguments(&["r", "list"]), &locale("C")),
            Language::English
        );
        assert_eq!(
            wanted(&arguments(&["r", "--lang", "en"]), &locale("zh_CN.UTF-8")),
            Language::English
        );
        assert_eq!(
            wanted(&arguments(&["r", "--lang=zh"]), &locale("de_DE")),
            Language::Chinese
        );
    }

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        for language in [Language::English, Language::Chinese] {
            translated(crate::cli::args::command(), language).debug_assert();
        }
    }
}
