//! Findings of the lint as text: errors and warnings with their lines, advice in short.

use std::io::{self, Write};

use clap::builder::PossibleValuesParser;

use crate::cli::Failure;
use crate::lint::{Finding, FindingKind, Severity};
use crate::scenario::problem::{Style, Text, graphical, line_of, say};
use crate::vocabulary::{Language, Vocabulary};

/// What counts as an error besides errors.
#[derive(Clone, Debug, Default)]
pub(super) struct Denied {
    severity: Option<Severity>,
    kinds: Vec<FindingKind>,
}

impl Denied {
    /// What can be denied.
    pub(super) fn names() -> PossibleValuesParser {
        let severities = [Severity::Warning, Severity::Advice].map(Vocabulary::key);
        let kinds = FindingKind::ALL.iter().map(|kind| kind.key());
        PossibleValuesParser::new(severities.into_iter().chain(kinds))
    }

    /// Of names from the command line.
    pub(super) fn of(names: &[String]) -> Self {
        let severities = names.iter().filter_map(|name| Severity::from_key(name));
        Denied {
            severity: severities.min(),
            kinds: names
                .iter()
                .filter_map(|name| FindingKind::from_key(name))
                .collect(),
        }
    }

    /// The severity that a finding has here; what is declared as intended is never denied.
    fn severity(&self, finding: &Finding) -> Severity {
        let denied = self.severity.is_some_and(|least| finding.severity >= least)
            || finding.severity == Severity::Warning && self.kinds.contains(&finding.kind);
        if denied {
            Severity::Error
        } else {
            finding.severity
        }
    }

    /// The gravest severity of what is not declared as intended.
    pub(super) fn worst(&self, found: &[Finding]) -> Option<Severity> {
        let open = found.iter().filter(|finding| finding.accepted.is_none());
        open.map(|finding| self.severity(finding)).max()
    }

    /// How many findings count as errors.
    pub(super) fn count(&self, found: &[Finding]) -> usize {
        let open = found.iter().filter(|finding| finding.accepted.is_none());
        open.filter(|finding| self.severity(finding) == Severity::Error)
            .count()
    }
}

/// Writes what was found, and in one line how much of which severity.
pub(super) fn write(
    found: &[Finding],
    denied: &Denied,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let open = || found.iter().filter(|finding| finding.accepted.is_none());
    for finding in open() {
        match denied.severity(finding) {
            Severity::Advice => writeln!(out, "{}", short(finding, language))?,
            severity => writeln!(out, "{}", full(finding, severity, language))?,
        }
    }
    let accepted = found.len() - open().count();
    let mut counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Advice]
        .into_iter()
        .filter_map(|severity| {
            let number = open()
                .filter(|finding| denied.severity(finding) == severity)
                .count();
            (number > 0).then(|| counted(number, severity, language))
        })
        .collect();
    if accepted > 0 {
        counts.push(say!(
            language,
            "{accepted} 处已声明为有意安排",
            "{accepted} accepted"
        ));
    }
    if !counts.is_empty() {
        writeln!(out, "  {}", counts.join(language.pick("、", ", ")))?;
    }
    Ok(())
}

/// Refuses the input when findings count as errors.
pub(super) fn refuse(errors: usize, language: Language) -> Result<(), Failure> {
    match (errors, language) {
        (0, _) => Ok(()),
        (1, Language::English) => Err(Failure::Usage(
            "1 finding counts as an error (see above)".into(),
        )),
        _ => Err(Failure::Usage(say!(
            language,
            "{errors} 处发现按错误处理(见上)",
            "{errors} findings count as errors (see above)"
        ))),
    }
}

fn counted(number: usize, severity: Severity, language: Language) -> String {
    let word = severity.word(language);
    match (language, severity) {
        (Language::Chinese, _) => format!("{number} 处{word}"),
        (_, Severity::Advice) => format!("{number} advice"),
        _ if number == 1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    }
}

/// `warning[gap]`, `警告[gap 缺位]`.
fn head(finding: &Finding, severity: Severity, language: Language) -> String {
    let (word, key) = (severity.word(language), finding.kind.key());
    match language {
        Language::Chinese => format!("{word}[{key} {}]", finding.kind.zh()),
        Language::English => format!("{word}[{key}]"),
    }
}

/// With the marked lines.
fn full(finding: &Finding, severity: Severity, language: Language) -> String {
    let labels = finding.labels.iter();
    let text = Text {
        what: format!(
            "{}: {}",
            head(finding, severity, language),
            finding.what.pick(language)
        ),
        labels: labels
            .map(|(place, word)| (place.clone(), word.pick(language).to_owned()))
            .collect(),
        advice: finding.remedy.pick(language).to_owned(),
    };
    let shown = match severity {
        Severity::Error => miette::Severity::Error,
        _ => miette::Severity::Warning,
    };
    graphical(&text, shown, language, Style::Plain)
}

/// In two lines.
fn short(finding: &Finding, language: Language) -> String {
    let place = &finding.labels[0].0;
    let (file, line) = (&place.source.name, line_of(&place.source, place.span.start));
    let (head, what) = (
        head(finding, Severity::Advice, language),
        finding.what.pick(language),
    );
    let remedy = finding.remedy.pick(language);
    let advice = say!(language, "办法: {remedy}", "remedy: {remedy}");
    format!("  {head} {file}:{line}: {what}\n    {advice}")
}
