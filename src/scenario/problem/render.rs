//! Problems as text for a terminal or a file.

use std::io::{self, Write};
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report,
    Severity,
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
    pub fn render(&self, language: Language, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        self.render_as(language, Style::Plain, out)
    }

    /// Writes all problems, each with its places in the source, and their number at the end.
    pub fn render_as(
        &self,
        language: Language,
        style: Style,
        out: &mut (impl Write + ?Sized),
    ) -> io::Result<()> {
        for problem in &self.problems {
            let text = problem.text(language);
            let shown = graphical(&text, Severity::Error, language, style);
            writeln!(out, "{shown}")?;
        }
        if self.more > 0 {
            let more = self.more;
            writeln!(
                out,
                "{}",
                say!(
                    language,
                    "另有 {more} 处同类问题未逐一列出。",
                    "{more} more are not listed."
                )
            )?;
        }
        let count = self.problems.len() + self.more;
        let line = match language {
            Language::Chinese => format!("共 {count} 处问题;未运行任何内容。"),
            Language::English if count == 1 => "1 problem; nothing was run.".to_owned(),
            Language::English => format!("{count} problems; nothing was run."),
        };
        writeln!(out, "{line}")
    }
}

/// One text with its marked lines and its remedy.
pub(crate) fn graphical(
    text: &Text,
    severity: Severity,
    language: Language,
    style: Style,
) -> String {
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
        .with_context_lines(1);
    let mut rendered = String::new();
    if handler
        .render_report(&mut rendered, report(text, severity).as_ref())
        .is_err()
    {
        rendered = format!("  × {}\n", text.what);
    }
    let last = rendered.trim_end().to_owned();
    let remedy = say!(language, "  办法: {advice}", "  remedy: {advice}");
    format!("{last}\n{remedy}\n")
}

/// The labels of the first source as marked lines; places in other sources join the message.
fn report(text: &Text, severity: Severity) -> Report {
    let mut what = text.what.clone();
    let Some((first, _)) = text.labels.first() else {
        return Report::new(MietteDiagnostic::new(what).with_severity(severity));
    };
    let source = &first.source;
    let mut marks = Vec::new();
    for (place, word) in &text.labels {
        if place.source == *source {
            marks.push((shown(source, place.span.clone()), word));
        } else {
            let line = line_of(&place.source, place.span.start);
            what = format!("{what} [{}:{line}: {word}]", place.source.name);
        }
    }
    let spans: Vec<Range<usize>> = marks.iter().map(|(span, _)| span.clone()).collect();
    let (clipped, spans) = clip(&source.text, &spans);
    let labels: Vec<LabeledSpan> = spans
        .into_iter()
        .zip(&marks)
        .enumerate()
        .map(|(number, (span, (_, word)))| {
            // The first label is the main one: its line is the one that the message names.
            let word = Some((*word).clone());
            if number == 0 {
                LabeledSpan::new_primary_with_span(word, span)
            } else {
                LabeledSpan::new_with_span(word, span)
            }
        })
        .collect();
    let named = NamedSource::new(&source.name, clipped);
    let diagnostic = MietteDiagnostic::new(what).with_severity(severity);
    Report::new(diagnostic.with_labels(labels)).with_source_code(named)
}

/// Cuts lines that are longer than a screen (rows of wide tables) behind the last mark in them, and
/// the text behind the last marked line.
fn clip(text: &str, spans: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let mut clipped = String::with_capacity(text.len());
    let mut moved = spans.to_vec();
    let last = spans.iter().map(|span| span.end).max().unwrap_or(0);
    let mut start = 0;
    let mut following = 0;
    for line in text.split_inclusive('\n') {
        // Two lines behind the last mark are context enough.
        following += usize::from(start > last);
        if following > 2 {
            break;
        }
        let end = start + line.len();
        // A mark behind the last byte belongs to the last line.
        let here = |span: &Range<usize>| {
            (start..end).contains(&span.start) || (span.start == end && end == text.len())
        };
        let last_mark = spans
            .iter()
            .filter(|span| here(span))
            .map(|span| span.end - start)
            .max();
        let body = line.trim_end_matches(['\n', '\r']);
        let keep = last_mark.unwrap_or(0).max(
            body.char_indices()
                .nth(WIDTH)
                .map_or(body.len(), |(at, _)| at),
        );
        for (old, new) in spans.iter().zip(&mut moved).filter(|(old, _)| here(old)) {
            *new = old.start + clipped.len() - start..old.end + clipped.len() - start;
        }
        if keep < body.len() {
            clipped.push_str(&body[..keep]);
            clipped.push_str(" …\n");
        } else {
            clipped.push_str(line);
        }
        start = end;
    }
    (clipped, moved)
}

/// A span that lies within the text and marks one line at most.
fn shown(source: &Source, span: Range<usize>) -> Range<usize> {
    let start = span.start.min(source.text.len());
    let end = span.end.clamp(start, source.text.len());
    let first_line = source.text[start..end]
        .find('\n')
        .map_or(end, |length| start + length);
    start..first_line.max(start)
}

/// Line number of a byte, from 1.
pub(crate) fn line_of(source: &Source, offset: usize) -> usize {
    source
        .text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_cut_behind_their_marks_and_marks_stay_on_their_text() {
        let long = "长".repeat(150);
        let text = format!("{long}\nab {long} cd {long}\nlast {long}");
        let cd = text.find("cd").unwrap();
        let last = text.find("last").unwrap();
        let spans = [cd..cd + 2, last..last + 4, text.len()..text.len()];
        let (clipped, moved) = clip(&text, &spans);
        assert_eq!(&clipped[moved[0].clone()], "cd");
        assert_eq!(&clipped[moved[1].clone()], "last");
        assert_eq!(moved[2], clipped.len()..clipped.len());
        assert!(clipped.lines().next().unwrap().ends_with('…'));
        assert_eq!(clipped.lines().count(), 3);
    }
}
