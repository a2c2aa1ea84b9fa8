//! The most telling dangers in the report: each as a drawing, and its decision points with their questions.

use std::fmt::Write;

use super::chart::drawing;
use super::text::{escape, tag};
use crate::report::charts::story::{self, Data};
use crate::report::svg::ChartError;
use crate::vocabulary::{Language, Vocabulary};

/// All stories, one below the other; empty if there is none.
///
/// # Errors
/// If one cannot be drawn.
pub(super) fn stories(all: &[Data], language: Language) -> Result<String, ChartError> {
    all.iter().map(|data| told(data, language)).collect()
}

fn told(data: &Data, language: Language) -> Result<String, ChartError> {
    let alternative = alternative(data, language);
    let svg = drawing(&story::svg(data, language)?, &alternative);
    let points: String = (0..data.points.len())
        .map(|point| decision(data, point, language))
        .collect();
    let more = language.pick(
        "决策点与研讨题",
        "Decision points, with questions for a seminar",
    );
    Ok(format!(
        "<details class=\"long\"><summary>{}</summary><figure class=\"chart\"><div class=\"drawing\" tabindex=\"0\">{svg}</div><figcaption>{}</figcaption></figure>\n{}<ol>\n{points}</ol></details>\n",
        escape(&title(data, language)),
        escape(&alternative),
        tag("h3", more)
    ))
}

fn title(data: &Data, language: Language) -> String {
    let (kind, place, week) = (
        data.kind.word(language),
        data.place.pick(language),
        data.week + 1,
    );
    match language {
        Language::Chinese => format!("{place}，{kind}，第 {week} 周"),
        Language::English => format!("{kind}, {place}, week {week}"),
    }
}

/// What the drawing shows: why it is told, and what became of it under each policy.
pub(super) fn alternative(data: &Data, language: Language) -> String {
    let fates: Vec<String> = data
        .lanes
        .iter()
        .map(|lane| {
            let (name, fate) = (lane.policy.name.pick(language), lane.fate.pick(language));
            match language {
                Language::Chinese => format!("{name}：{fate}"),
                Language::English => format!("{name}: {fate}"),
            }
        })
        .collect();
    let (stop, join) = (language.pick("。", ". "), language.pick("；", "; "));
    format!("{}{stop}{}", data.reason.pick(language), fates.join(join))
}

fn decision(data: &Data, point: usize, language: Language) -> String {
    let colon = language.pick("：", ": ");
    let mut lines = String::new();
    for (told, policies) in data.told(point, language) {
        let who = policies.join(language.pick("、", ", "));
        // Writing into a string cannot fail.
        let _ = write!(lines, "<li>{}{colon}{}</li>", escape(&who), escape(told));
    }
    let own = &data.points[point];
    format!(
        "<li><strong>{}</strong><ul>{lines}</ul><p><em>{}</em></p></li>\n",
        escape(own.name.pick(language)),
        escape(own.question.pick(language))
    )
}
