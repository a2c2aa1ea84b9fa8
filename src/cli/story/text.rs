//! A story in words: a table of the policies, then the decision points, each with a question.

use std::fmt::Write as _;

use crate::cli::compare::terminal_width;
use crate::cli::layout::{Figures, laid_out};
use crate::report::charts::Quantity;
use crate::report::charts::story::{Data, Happened, hours};
use crate::report::numbers::{Scale, grouped};
use crate::scenario::problem::say;
use crate::vocabulary::{Bearer, Category, Language, Vocabulary};

/// Columns of a terminal that a line of text may take, beyond which it is read no better.
const WIDEST: u16 = 110;

/// All stories, one below the other; those that were not asked for with the rule that chose them.
pub(super) fn whole(stories: &[Data], asked: bool, language: Language) -> String {
    let width = terminal_width();
    let mut text = String::new();
    if !asked {
        let count = stories.len();
        let rule = say!(
            language,
            "最能说明政策差异的 {count} 起风险：在两种以上政策下都发生、死亡(其次损失)相差最大者；各类突发事件先各取一起。",
            "The {count} dangers that tell most of how the policies differ: those that happened under two policies or more and lie furthest apart in deaths, then in loss; first one of each category of emergencies."
        );
        text += &wrapped(&rule, width, 0);
        text.push('\n');
    }
    for (number, data) in stories.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        text += &one(data, width, language);
    }
    text
}

fn one(data: &Data, width: u16, language: Language) -> String {
    let Data {
        replication, event, ..
    } = data;
    let (kind, category) = (data.kind.word(language), data.category().word(language));
    let (place, week) = (data.place.pick(language), data.week + 1);
    let reason = data.reason.pick(language);
    let heading = say!(
        language,
        "■ {place}，{kind}({category})，第 {week} 周〔第 {replication} 次模拟，事件 {event}〕\n{reason}。",
        "■ {kind} ({category}), {place}, week {week} [event {event} of replication {replication}]\n{reason}."
    );
    let mut text = String::new();
    for line in heading.lines() {
        text += &wrapped(line, width, 0);
    }
    text += &table(data, width, language);
    text += "\n";
    text += &points(data, width, language);
    text
}

/// The policies side by side.
fn table(data: &Data, width: u16, language: Language) -> String {
    let names: Vec<&str> = data
        .lanes
        .iter()
        .map(|lane| lane.policy.name.pick(language))
        .collect();
    let column = |zh: &str, en: &str, cell: &dyn Fn(&Happened) -> String| Figures {
        heading: language.pick(zh, en).to_owned(),
        cells: data
            .lanes
            .iter()
            .map(|lane| lane.happened.as_ref().map_or_else(|| "–".to_owned(), cell))
            .collect(),
    };
    let share = |of: f64| {
        if of.is_finite() {
            format!("{} %", grouped(of * 100.0, 0))
        } else {
            "–".to_owned()
        }
    };
    let losses = data
        .lanes
        .iter()
        .filter_map(|lane| Some(lane.happened.as_ref()?.loss_yuan));
    let scale = Scale::of(&Quantity::Yuan, losses.fold(0.0, f64::max), language);
    let mut columns = Vec::new();
    if data.category() == Category::Natural {
        columns.push(column("得到预警", "warned in time", &|h| {
            share(h.warned_share)
        }));
    }
    columns.push(column("救援到达", "rescue after", &|h| {
        hours(h.hours_to_reach, language)
    }));
    columns.push(column("引发(起)", "events set off", &|h| {
        h.set_off.len().to_string()
    }));
    columns.push(column("死亡(人)", "dead (people)", &|h| {
        h.deaths.to_string()
    }));
    columns.push(column("受伤(人)", "injured (people)", &|h| {
        h.injuries.to_string()
    }));
    let unit = &scale.unit;
    let loss = say!(language, "损失({unit})", "loss ({unit})");
    columns.push(Figures {
        heading: loss,
        ..column("", "", &|h| scale.show(h.loss_yuan))
    });
    let payers: [(&str, &str, &[Bearer]); 4] = [
        ("居民自担", "residents bear", &[Bearer::Residents]),
        ("企业承担", "enterprises bear", &[Bearer::Enterprises]),
        (
            "财政承担",
            "governments bear",
            &[
                Bearer::Centre,
                Bearer::Province,
                Bearer::City,
                Bearer::County,
            ],
        ),
        (
            "保险承担",
            "insurance bears",
            &[
                Bearer::SocialInsurance,
                Bearer::Insurers,
                Bearer::Pool,
                Bearer::Reinsurers,
            ],
        ),
    ];
    for (zh, en, bearers) in payers {
        columns.push(column(zh, en, &|h| share(h.share(bearers))));
    }
    laid_out(language.pick("政策", "policy"), &names, &columns, width)
}

/// The decision points: what each policy made of it, equal texts once, and a question.
fn points(data: &Data, width: u16, language: Language) -> String {
    let mut text = String::new();
    for (number, point) in data.points.iter().enumerate() {
        let name = point.name.pick(language);
        let _ = writeln!(text, "{}. {name}", number + 1);
        for (told, policies) in data.told(number, language) {
            let policies = if policies.len() == data.lanes.len() && policies.len() > 2 {
                language.pick("各政策", "every policy").to_owned()
            } else {
                policies.join(language.pick("、", ", "))
            };
            let line = say!(language, "· {policies}：{told}", "· {policies}: {told}");
            text += &wrapped(&line, width, 3);
        }
        let question = point.question.pick(language);
        let line = say!(language, "？ {question}", "? {question}");
        text += &wrapped(&line, width, 3);
    }
    let absent = data.lanes.iter().filter(|lane| lane.happened.is_none());
    for lane in absent {
        let (name, fate) = (lane.policy.name.pick(language), lane.fate.pick(language));
        text += &wrapped(
            &say!(language, "{name}：{fate}", "{name}: {fate}"),
            width,
            0,
        );
    }
    text
}

/// A text in lines of a width, further lines indented by two more; a Chinese character takes two columns.
fn wrapped(text: &str, width: u16, indent: usize) -> String {
    let room = usize::from(width.min(WIDEST))
        .saturating_sub(indent + 2)
        .max(20);
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    let taken = |text: &str| text.chars().map(columns_of).sum::<usize>();
    for piece in pieces(text) {
        if used > 0 && used + taken(piece.trim_end()) > room {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        used += taken(&piece);
        line.push_str(&piece);
    }
    lines.push(line);
    let mut out = String::new();
    for (number, line) in lines.iter().enumerate() {
        let more = if number > 0 { 2 } else { 0 };
        let _ = writeln!(out, "{:more$}{:indent$}{}", "", "", line.trim_end());
    }
    out
}

/// A text cut where a line may break: after spaces, and around Chinese characters, but not before a
/// closing sign nor after an opening one.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut previous = ' ';
    for character in text.chars() {
        let wide = |c: char| columns_of(c) == 2;
        let breaks = (previous == ' ' || wide(previous) || wide(character))
            && !" ，。；：？、)〕”%".contains(character)
            && !"(〔“".contains(previous);
        match pieces.last_mut() {
            Some(last) if !breaks => last.push(character),
            _ => pieces.push(character.to_string()),
        }
        previous = character;
    }
    pieces
}

fn columns_of(character: char) -> usize {
    if matches!(character, '\u{2e80}'..='\u{ffef}') {
        2
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width_and_signs_to_their_words() {
        let text = "县级综合监管牵头，缺位 30%；救援在发生后两个半小时到达，已无法控制，于是引发一起火灾。".repeat(4);
        for line in wrapped(&text, 60, 3).lines() {
            let taken: usize = line.chars().map(columns_of).sum();
            assert!(taken <= 60, "{taken}: {line}");
            let first = line.trim_start().chars().next().unwrap();
            assert!(!"，。；%".contains(first), "{line}");
        }
        let english = wrapped(&"rescue came after two hours and more ".repeat(8), 50, 0);
        assert!(english.lines().count() > 5 && english.lines().all(|line| line.len() <= 50));
        assert_eq!(
            english
                .replace("\n  ", " ")
                .trim_end()
                .matches("rescue")
                .count(),
            8
        );
    }
}
