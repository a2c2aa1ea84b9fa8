//! Problems as text for a terminal or a file.

use std::io::{self, Write};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report,
};

use super::{Problems, Text, say};
use crate::scenario::source::Source;
use crate::vocabulary::Language;

/// How problems look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Without colour: files, pipes, `NO_COLOR`.
    #[default]
    Plain,
    /// With colour: a terminal.
    Coloured,
}

/// Columns of a message; long lines of a source are shown in full all the same.
const WIDTH: usize = 100;

impl Problems {
    /// Writes all problems without colour.
    pub fn render(&self, language: Language, out: &mut impl Write) -> io::Result<()> {
        self.render_as(language, Style::Plain, out)
    }

    /// Writes all problems, each with its places in the source, and their number at the end.
    pub fn render_as(
        &self,
        language: Language,
        style: Style,
        out: &mut impl Write,
    ) -> io::Result<()> {
        for problem in &self.problems {
            let text = problem.text(language);
            writeln!(out, "{}", graphical(&text, language, style))?;
        }
        let count = self.problems.len();
        let line = match language {
            Language::Chinese => format!("共 {count} 处问题;未运行任何内容。"),
            Language::English if count == 1 => "1 problem; nothing was run.".to_owned(),
            Language::English => format!("{count} problems; nothing was run."),
        };
        writeln!(out, "{line}")
    }
}

fn graphical(text: &Text, language: Language, style: Style) -> String {
    let theme = match style {
        Style::Plain => GraphicalTheme::unicode_nocolor(),
        Style::Coloured => GraphicalTheme::unicode(),
    };
    let advice = &text.advice;
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(WIDTH)
        .with_links(false)
        .without_cause_chain()
        .with_wrap_lines(false)
        .with_context_lines(0);
    let mut rendered = String::new();
    if handler
        .render_report(&mut rendered, report(text).as_ref())
        .is_err()
    {
        rendered = format!("  × {}\n", text.what);
    }
    let last = rendered.trim_end().to_owned();
    let remedy = say!(language, "  办法: {advice}", "  remedy: {advice}");
    format!("{last}\n{remedy}\n")
}

/// The labels of the first source as marked lines; places in other sources join the message.
fn report(text: &Text) -> Report {
    let mut what = text.what.clone();
    let Some((first, _)) = text.labels.first() else {
        return Report::new(MietteDiagnostic::new(what));
    };
    let source = &first.source;
    let mut marks = Vec::new();
    for (place, word) in &text.labels {
        if place.source == *source {
            let span = shown(source, place.span.clone());
            marks.push(LabeledSpan::at(span, word));
        } else {
            let line = line_of(&place.source, place.span.start);
            what.push_str(&format!(" [{}:{line}: {word}]", place.source.name));
        }
    }
    let named = NamedSource::new(&source.name, source.text.clone());
    Report::new(MietteDiagnostic::new(what).with_labels(marks)).with_source_code(named)
}

/// A span that lies within the text and marks one line at most.
fn shown(source: &Source, span: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let start = span.start.min(source.text.len());
    let end = span.end.clamp(start, source.text.len());
    let first_line = source.text[start..end]
        .find('\n')
        .map_or(end, |length| start + length);
    start..first_line.max(start)
}

/// Line number of a byte, from 1.
fn line_of(source: &Source, offset: usize) -> usize {
    source
        .text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}
