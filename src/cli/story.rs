//! `story DIR [EVENT]`: one danger of a finished run followed through every policy, as text and picture.
//!
//! Without an event those are told that `compare` kept as the most telling ones (`story.json`; the rule is
//! in `experiment::story`); any other is read from the events table. Nothing is run.

mod text;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::{Context, Failure, chart};
use crate::experiment::Name;
use crate::experiment::story::{Case, Fate};
use crate::model::record::EventRow;
use crate::output::events::EventFilter;
use crate::output::events::read::{Found, ReadError, read};
use crate::output::{OutputError, folder};
use crate::report::charts::story::{self, Data};
use crate::report::charts::{Charts, Drawn};
use crate::report::gather::story::Setting;
use crate::report::pictures::{PictureError, STORIES, Stories, Style, write_drawn};
use crate::scenario::problem::say;
use crate::vocabulary::{Language, Vocabulary};

/// Chinese help of the command and its arguments.
pub const CHINESE: [(&str, &str); 6] = [
    (
        "story",
        "把一起风险在各政策下的经过并排讲出来：谁得到预警、谁负责、何时救到、是否蔓延、谁伤亡、谁付钱",
    ),
    ("story.dir", "已完成模拟的结果目录，例如 output/china-2020"),
    (
        "story.event",
        "事件：编号，或 模拟序号:编号(如 3:123456)，见 events 表(缺省为最能说明问题的三起)",
    ),
    (
        "story.out",
        "图片目录(缺省为结果目录下的 charts-story-<语言>)",
    ),
    ("story.force", "覆盖已有图片"),
    ("story.no_charts", "只打印文字，不画图"),
];

/// Examples at the end of the command's help.
pub const EXAMPLES: [(&str, &[&str]); 1] = [(
    "story",
    &[
        "riskweave story output/china-2020",
        "riskweave story output/seminar-county --lang zh --no-charts",
        "riskweave story output/seminar-county 3:9223372036854775809 --out pictures",
    ],
)];

/// Names of the pictures of the most telling dangers.
const NAMES: [&str; crate::experiment::story::STORIES] = ["story-1", "story-2", "story-3"];
/// Name of the picture of an event that was asked for.
const ASKED: &str = "story";

/// Arguments of `story`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of a finished run, e.g. output/china-2020
    pub dir: PathBuf,
    /// Event: its identity, or REPLICATION:IDENTITY, from the events table (default: the three that tell most)
    pub event: Option<String>,
    /// Folder of the pictures; without it, one for the language in the folder of the run.
    #[arg(
        long,
        value_name = "FOLDER",
        help = "Folder of the pictures (default: charts-story-<language> in the folder of the run)"
    )]
    pub out: Option<PathBuf>,
    /// Overwrite pictures that are there
    #[arg(long)]
    pub force: bool,
    /// Print the text only
    #[arg(long, conflicts_with_all = ["out", "force"])]
    pub no_charts: bool,
}

/// Tells the stories and draws them.
///
/// # Errors
/// If the folder holds no finished run or not what the story needs, or if nothing can be written.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    let charts = chart::read(&args.dir, language)?;
    let kept = kept(&args.dir, &charts, language)?;
    let stories = match &args.event {
        None => kept.stories,
        Some(asked) => vec![one(args, asked, &charts, kept.scene_hours, language)?],
    };
    if stories.is_empty() {
        return Err(Failure::Usage(nothing_to_tell(&args.dir, language)));
    }
    let suffix = args
        .event
        .as_ref()
        .map(|_| stories[0].name().replace(':', "-"));
    let target = args
        .out
        .clone()
        .unwrap_or_else(|| args.dir.join(name(suffix, language)));
    let refused = |error: OutputError| Failure::Usage(error.word(language));
    let free = folder::check(&target, args.force);
    // Pictures that are there are kept; only a folder that was asked for must be free.
    let draw = !args.no_charts && (args.out.is_some() || args.force || free.is_ok());
    if draw {
        free.map_err(refused)?;
    }
    write!(
        context.out,
        "{}",
        text::whole(&stories, args.event.is_some(), language)
    )?;
    let shown = target.display();
    if draw {
        let _held = folder::make(&target, args.force).map_err(refused)?;
        let count = draw_into(&target, &stories, args.event.is_some(), language)?;
        let told = say!(
            language,
            "已写入 {count} 个文件：{shown}",
            "{count} files written to {shown}"
        );
        writeln!(context.out, "{told}")?;
    } else if !args.no_charts {
        let told = say!(
            language,
            "图已在 {shown}，未重画(--force 重画，--out 另选目录)",
            "pictures are in {shown} already and were not drawn again (--force draws them, --out chooses another folder)"
        );
        writeln!(context.err, "{told}")?;
    }
    Ok(())
}

/// Name of the folder of the pictures.
fn name(event: Option<String>, language: Language) -> String {
    let code = language.code();
    match event {
        Some(event) => format!("charts-story-{event}-{code}"),
        None => format!("charts-story-{code}"),
    }
}

fn draw_into(
    target: &Path,
    stories: &[Data],
    asked: bool,
    language: Language,
) -> Result<usize, Failure> {
    let drawn = stories.iter().zip(NAMES).map(|(data, name)| Drawn {
        name: if asked { ASKED } else { name },
        svg: story::svg(data, language),
        table: story::table(data, language),
    });
    let files = write_drawn(drawn.collect(), target, Style::usual(language));
    match files {
        Ok(files) => Ok(files.len()),
        Err(PictureError::Output(error)) => Err(Failure::Usage(error.word(language))),
        Err(PictureError::Chart(error)) => Err(Failure::Usage(error.to_string())),
    }
}

/// The stories that the run kept.
fn kept(dir: &Path, charts: &Charts, language: Language) -> Result<Stories, Failure> {
    let shown = dir.display();
    let text = fs::read(dir.join(STORIES)).ok();
    let stories: Option<Stories> = text.and_then(|text| serde_json::from_slice(&text).ok());
    stories.filter(|kept| kept.run == charts.bearers.source.run).ok_or_else(|| {
        Failure::Usage(say!(
            language,
            "{shown} 里没有可读的 {STORIES}：该次模拟出自另一版本，或文件已被改动；请用 compare 重新运行",
            "{shown} holds no {STORIES} that can be read: the run is of another version, or the file was changed; run compare again"
        ))
    })
}

fn nothing_to_tell(dir: &Path, language: Language) -> String {
    let shown = dir.display();
    say!(
        language,
        "{shown} 里没有可讲的风险：没有一起至少死亡 3 人或损失 1000 万元、在两种政策下都发生、结果又不同的事件。请用更多政策、年数或模拟次数重新运行 compare，或给出 events 表中的一个事件编号。",
        "{shown} has no danger to tell: no event of at least 3 dead or 10 million yuan happened under two policies and ended differently. Run compare with more policies, years or replications, or name an event of the events table."
    )
}

/// The story of an event that is asked for.
fn one(
    args: &Args,
    asked: &str,
    charts: &Charts,
    scene_hours: f64,
    language: Language,
) -> Result<Data, Failure> {
    let (replication, event) = identity(asked).ok_or_else(|| {
        Failure::Usage(say!(
            language,
            "`{asked}` 不是事件编号：请写 events 表中 event 列的数，或 模拟序号:编号，例如 3:123456",
            "`{asked}` is no event: give a number of the column `event` of the events table, or REPLICATION:IDENTITY, e.g. 3:123456"
        ))
    })?;
    let written = filter(&args.dir);
    let found = read(&args.dir, replication, event);
    let found = found.map_err(|error| Failure::Usage(unreadable(&args.dir, &error, language)))?;
    let replications: Vec<u32> = found
        .iter()
        .filter(|found| found.row.event == event)
        .map(|found| found.replication)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let replication = match replications[..] {
        [] => return Err(Failure::Usage(not_there(args, asked, written, language))),
        [only] => only,
        _ => return Err(Failure::Usage(several(event, &replications, language))),
    };
    let setting = Setting::new(charts, scene_hours);
    let place = found
        .iter()
        .find(|found| found.row.event == event)
        .map_or_else(Name::default, |found| found.place.clone());
    let baseline = charts.differences.baseline.key.as_str();
    let complete = written == Some(EventFilter::All)
        || replication == 1
        || found.iter().any(|found| found.policy == baseline);
    let case = case(&setting, found, (replication, event), complete);
    setting
        .tell(&case, &place)
        .ok_or_else(|| Failure::Usage(not_there(args, asked, written, language)))
}

/// What became of an event under every policy. `complete`: a policy without a row did not have it.
fn case(
    setting: &Setting<'_>,
    found: Vec<Found>,
    (replication, event): (u32, u64),
    complete: bool,
) -> Case {
    let mut rows: BTreeMap<String, Vec<EventRow>> = BTreeMap::new();
    for found in found
        .into_iter()
        .filter(|found| found.replication == replication)
    {
        rows.entry(found.policy).or_default().push(found.row);
    }
    let fate = |policy: &str| match rows.remove(policy) {
        Some(rows) => Fate::Happened(rows),
        None if complete => Fate::Prevented,
        None => Fate::Unrecorded,
    };
    Case {
        replication,
        event,
        fates: setting.policies().map(fate).collect(),
    }
}

/// `123` or `3:123`.
fn identity(text: &str) -> Option<(Option<u32>, u64)> {
    match text.split_once([':', '：']) {
        Some((replication, event)) => {
            let replication = replication
                .trim()
                .parse()
                .ok()
                .filter(|number| *number > 0)?;
            Some((Some(replication), event.trim().parse().ok()?))
        }
        None => Some((None, text.trim().parse().ok()?)),
    }
}

/// Which events the run wrote down.
fn filter(dir: &Path) -> Option<EventFilter> {
    let text = fs::read(dir.join("manifest.json")).ok()?;
    let manifest: Value = serde_json::from_slice(&text).ok()?;
    EventFilter::from_key(manifest["circumstances"]["options"]["events"].as_str()?)
}

fn unreadable(dir: &Path, error: &ReadError, language: Language) -> String {
    let shown = dir.display();
    match error {
        ReadError::Absent => say!(
            language,
            "{shown} 里没有事件表(events.parquet 或 events.csv)：请用 compare 重新运行，不要加 --events none",
            "{shown} holds no events table (events.parquet or events.csv): run compare again, without --events none"
        ),
        ReadError::Unreadable { path, detail } => {
            let path = path.display();
            say!(
                language,
                "读不懂 {path}({detail})：文件已被改动，或出自另一版本；请用 compare 重新运行",
                "{path} cannot be read ({detail}): it was changed, or is of another version; run compare again"
            )
        }
    }
}

fn not_there(args: &Args, asked: &str, written: Option<EventFilter>, language: Language) -> String {
    let shown = args.dir.display();
    match written {
        Some(EventFilter::None) => say!(
            language,
            "{shown} 的事件表是空的：该次模拟用了 --events none；请用 --events notable 或 all 重新运行 compare。不给事件编号时，可讲最能说明问题的三起",
            "the events table of {shown} is empty: the run was made with --events none; run compare again with --events notable or all. Without an event, the three that tell most are told"
        ),
        Some(EventFilter::All) => say!(
            language,
            "{shown} 的事件表里没有事件 {asked}",
            "there is no event {asked} in the events table of {shown}"
        ),
        _ => say!(
            language,
            "{shown} 的事件表里没有事件 {asked}。第 2 次模拟起只写连同次生事件死亡 3 人以上或损失 1000 万元以上的事件；用 --events all 重新运行 compare 可写出全部",
            "there is no event {asked} in the events table of {shown}. From replication 2 on only events are written that with what they set off kill 3 or cost 10 million yuan; compare with --events all writes every one"
        ),
    }
}

fn several(event: u64, replications: &[u32], language: Language) -> String {
    const SHOWN: usize = 6;
    let listed: Vec<String> = replications
        .iter()
        .take(SHOWN)
        .map(|replication| format!("{replication}:{event}"))
        .collect();
    let listed = listed.join(language.pick("、", ", "));
    let count = replications.len();
    say!(
        language,
        "编号 {event} 在 {count} 次模拟中各有一起事件：请写明是哪一次，例如 {listed}",
        "there is an event {event} in {count} replications: say which, e.g. {listed}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_named_with_or_without_its_replication() {
        assert_eq!(identity("17"), Some((None, 17)));
        assert_eq!(
            identity("3:18446744073709551615"),
            Some((Some(3), u64::MAX))
        );
        assert_eq!(identity("3：17"), Some((Some(3), 17)));
        for wrong in ["", "x", "0:5", "3:", "-1", "3:5:7"] {
            assert_eq!(identity(wrong), None, "{wrong}");
        }
    }
}
