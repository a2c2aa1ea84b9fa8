//! The pages of a run: a report with everything in both languages, and a brief of one sheet in each.
//!
//! Both are made from plain data ([`data`] and that of the charts), hold all that they show and load
//! nothing. The finding on top follows rules ([`finding`]).

mod alternatives;
mod brief;
mod chart;
pub mod data;
mod figures;
pub mod finding;
pub mod liability;
mod limits;
mod measures;
mod page;
mod policies;
mod slim;
mod stories;
mod table;
mod text;
mod xlrm;

#[cfg(test)]
mod samples;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub use brief::brief;
pub use data::Data;
pub use page::report;

use crate::output::OutputError;
use crate::output::file::write_whole;
use crate::report::charts::Charts;
use crate::report::pictures::PictureError;
use crate::vocabulary::Language;

/// The file of a run with what the pages say besides the charts, in no language.
pub const DATA: &str = "report.json";

/// Writes the data of the pages into a run's folder; names the file.
///
/// # Errors
/// If it cannot be written.
pub fn keep(data: &Data, folder: &Path) -> Result<PathBuf, OutputError> {
    let path = folder.join(DATA);
    let mut text = serde_json::to_vec(data).map_err(|error| OutputError::io(&path, error))?;
    text.push(b'\n');
    write_whole(folder, DATA, &text)?;
    Ok(PathBuf::from(DATA))
}

/// What the lint found in each policy, by its key; none = not linted.
pub type FindingsByPolicy = BTreeMap<String, Option<Vec<data::Finding>>>;

/// What the lint found in the policies of a finished run, from the data that its folder keeps, if it keeps any.
pub fn kept_findings(folder: &Path) -> Option<FindingsByPolicy> {
    let text = fs::read(folder.join(DATA)).ok()?;
    let data: Data = serde_json::from_slice(&text).ok()?;
    let policies = data.policies.into_iter();
    Some(
        policies
            .map(|policy| (policy.label.key, policy.findings))
            .collect(),
    )
}

/// Writes the report, which opens in a language, and both briefs into a folder; names the files.
///
/// # Errors
/// If a chart cannot be drawn or a file not be written.
pub fn write(
    charts: &Charts,
    data: &Data,
    folder: &Path,
    language: Language,
) -> Result<Vec<PathBuf>, PictureError> {
    let mut pages = vec![("report.html".to_owned(), report(charts, data, language)?)];
    for language in [Language::Chinese, Language::English] {
        let name = format!("brief.{}.html", language.code());
        pages.push((name, brief(charts, data, language)?));
    }
    let mut files = Vec::new();
    for (name, page) in pages {
        write_whole(folder, &name, page.as_bytes())?;
        files.push(PathBuf::from(name));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::summary::Summary;
    use crate::experiment::synthetic;
    use crate::report::gather;

    /// A run of three synthetic policies, one with a name that HTML would take for its own.
    fn run() -> (Charts, Data) {
        let numbers = [0, 3, 1];
        let mut plan = synthetic::plan(&numbers, 12, 2);
        "<b>own & other</b>".clone_into(&mut plan.policies[1].name.en);
        "<b>自拟</b>".clone_into(&mut plan.policies[1].name.zh);
        let sample = synthetic::sample(&plan, &numbers, 0..12);
        let summary = Summary::of(&plan, &sample, &[]);
        let asked = gather::Asked::default();
        (
            gather::charts(&plan, &sample),
            gather::pages(&plan, &sample, &summary, &asked),
        )
    }

    #[test]
    fn pages_are_whole_escaped_and_the_same_each_time() {
        let (charts, data) = run();
        let pages = || {
            let mut pages = vec![report(&charts, &data, Language::English).unwrap()];
            for language in [Language::Chinese, Language::English] {
                pages.push(brief(&charts, &data, language).unwrap());
            }
            pages
        };
        let (first, again) = (pages(), pages());
        assert!(first == again);
        for page in &first {
            assert!(page.len() < 3_000_000 && page.ends_with("</html>\n"));
            assert!(!page.contains("<b>") && !page.contains("{{"));
            let (_, body) = page.split_once("</style>").unwrap();
            let told = body.split_once("<script>").map_or(body, |(told, _)| told);
            assert!(!told.contains("NaN") && told.contains(&data.run.identity));
        }
        assert!(first[0].contains("&lt;b&gt;own &amp; other&lt;/b&gt;"));
    }

    #[test]
    fn the_data_of_the_pages_are_read_again_as_they_were_written() {
        let (_, data) = run();
        let text = serde_json::to_string(&data).unwrap();
        let again: Data = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), text);
    }

    #[test]
    fn a_run_of_the_baseline_alone_says_that_nothing_is_compared() {
        let plan = synthetic::plan(&[0], 3, 2);
        let sample = synthetic::sample(&plan, &[0], 0..3);
        let summary = Summary::of(&plan, &sample, &[]);
        let data = gather::pages(&plan, &sample, &summary, &gather::Asked::default());
        let charts = gather::charts(&plan, &sample);
        let page = brief(&charts, &data, Language::English).unwrap();
        assert!(page.contains(finding::nothing(Language::English)));
        let page = report(&charts, &data, Language::Chinese).unwrap();
        assert!(page.contains(finding::nothing(Language::Chinese)));
    }
}
