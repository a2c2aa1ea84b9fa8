//! The lint finds every planted defect of a corpus at its line, and is silent on the clean ones.
//!
//! A defect is marked where it lies: `# <- kind` behind a line of a policy, `<- kind` in the note of a row
//! of its matrix. A policy is checked in the society that its second line names (`# society: …`), else in
//! the seminar city.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own files must fail"
)]

mod engine;
#[path = "../common/program.rs"]
mod program;
mod terminal;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use riskweave::lint::{Finding, FindingKind, Linter, Severity};
use riskweave::scenario::source::Place;
use riskweave::scenario::{
    CheckedSociety, InputKind, builtin, load_placed_policy, load_policy, load_society,
};
use riskweave::vocabulary::{Language, Vocabulary};

const CORPUS: &str = "tests/data/lint";

/// A society with its linter.
type Ready = Arc<(CheckedSociety, Linter)>;

/// What is found in policies of a society, whose linter is made once for all tests.
fn findings(society: &str, policies: &[String]) -> Vec<Vec<Finding>> {
    static READY: Mutex<BTreeMap<String, Ready>> = Mutex::new(BTreeMap::new());
    let make = || {
        let checked = load_society(society, &[]).unwrap();
        let baseline = load_policy(&checked.society.baseline, &checked, &[]).unwrap();
        Arc::new((checked.clone(), Linter::new(checked, baseline)))
    };
    let mut all = READY.lock().unwrap();
    let ready = Arc::clone(all.entry(society.to_owned()).or_insert_with(make));
    drop(all);
    let (checked, linter) = &*ready;
    let placed = |policy: &String| load_placed_policy(policy, checked, &[]).unwrap();
    linter.findings(&policies.iter().map(placed).collect::<Vec<_>>())
}

/// What is found in every policy of a folder of the corpus, in the order of their paths.
fn of_folder(folder: &str) -> Vec<(PathBuf, Vec<Finding>)> {
    let mut by_society: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for path in policies(folder) {
        by_society.entry(society_of(&path)).or_default().push(path);
    }
    let of = |(society, paths): (String, Vec<PathBuf>)| {
        let names: Vec<String> = paths
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        paths.into_iter().zip(findings(&society, &names))
    };
    let mut all: Vec<_> = by_society.into_iter().flat_map(of).collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

/// The planted defects with what is found in them, looked at once for all tests.
fn planted() -> &'static [(PathBuf, Vec<Finding>)] {
    static PLANTED: OnceLock<Vec<(PathBuf, Vec<Finding>)>> = OnceLock::new();
    PLANTED.get_or_init(|| of_folder("planted"))
}

fn policies(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(CORPUS).join(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The society in which a policy of the corpus is checked.
fn society_of(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let named = text
        .lines()
        .find_map(|line| line.strip_prefix("# society: "));
    match named {
        Some(name) if name.starts_with("../") => {
            path.parent().unwrap().join(name).display().to_string()
        }
        Some(name) => name.to_owned(),
        None => "seminar-county".to_owned(),
    }
}

/// `file:line kind` of each mark in a text.
fn marks(path: &Path) -> Vec<String> {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let text = fs::read_to_string(path).unwrap();
    let marked = text.lines().enumerate().filter_map(|(number, line)| {
        let (_, kind) = line.split_once("<- ")?;
        Some(format!("{name}:{} {}", number + 1, kind.trim()))
    });
    marked.collect()
}

/// What must be found in a policy of the corpus: its marks and those of the matrix that it names.
fn expected(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let mut all = marks(path);
    let matrix = text
        .lines()
        .find_map(|line| line.strip_prefix("matrix = \""));
    if let Some(matrix) = matrix {
        all.extend(marks(
            &path.parent().unwrap().join(matrix.trim_end_matches('"')),
        ));
    }
    all.sort();
    all
}

fn line(place: &Place) -> usize {
    place.source.text[..place.span.start].matches('\n').count() + 1
}

/// What is found at warning level or above and not declared as intended, as [`marks`] say it.
fn told(findings: &[Finding]) -> Vec<String> {
    let loud = findings
        .iter()
        .filter(|finding| finding.severity >= Severity::Warning && finding.accepted.is_none());
    let mut all: Vec<String> = loud
        .map(|finding| {
            let place = &finding.labels[0].0;
            let name = Path::new(&place.source.name).file_name().unwrap();
            format!(
                "{}:{} {}",
                name.to_string_lossy(),
                line(place),
                finding.kind.key()
            )
        })
        .collect();
    all.sort();
    all
}

#[test]
fn every_planted_defect_is_found_at_its_line_and_nothing_else_is() {
    let all = planted();
    assert!(all.len() >= 25, "{} planted defects", all.len());
    for (path, findings) in all {
        let wanted = expected(path);
        assert!(!wanted.is_empty(), "{} has no mark", path.display());
        assert_eq!(told(findings), wanted, "{}", path.display());
    }
    for kind in FindingKind::ALL {
        let planted = all.iter().flat_map(|(path, _)| expected(path));
        let mut kinds = planted.filter(|mark| mark.ends_with(&format!(" {}", kind.key())));
        assert!(
            kinds.next().is_some(),
            "no defect of the kind {kind:?} is planted"
        );
    }
}

#[test]
fn the_lint_is_silent_on_clean_policies() {
    let all = of_folder("clean");
    assert!(all.len() >= 8, "{} clean policies", all.len());
    for (path, findings) in all {
        assert_eq!(told(&findings), Vec::<String>::new(), "{}", path.display());
    }
}

/// In the nation, what the lint finds in a policy that ships is declared there as intended; in the seminar
/// city, terms of national size are out of reach, which is a warning and no error.
#[test]
fn shipped_policies_are_clean() {
    let names: Vec<String> = builtin::list(InputKind::Policy)
        .into_iter()
        .map(str::to_owned)
        .collect();
    for (name, findings) in names.iter().zip(findings("china-2020", &names)) {
        assert_eq!(told(&findings), Vec::<String>::new(), "{name}");
    }
    for (name, findings) in names.iter().zip(findings("seminar-county", &names)) {
        let errors = findings
            .iter()
            .any(|finding| finding.severity == Severity::Error);
        assert!(!errors, "{name} in the seminar city");
    }
}

/// Every text exists in both languages and says what to do; every finding has a line.
#[test]
fn every_finding_has_words_a_remedy_and_a_line() {
    for (_, findings) in planted() {
        for finding in findings {
            let (zh, en) = (Language::Chinese, Language::English);
            for text in [&finding.what, &finding.remedy] {
                assert!(
                    text.pick(en).is_ascii()
                        || text.pick(en).contains('→')
                        || text.pick(en).contains('×'),
                    "{}",
                    text.pick(en)
                );
                assert!(!text.pick(zh).is_ascii(), "{}", text.pick(zh));
            }
            assert!(!finding.about.is_empty() && !finding.labels.is_empty());
        }
    }
}

/// The page of the documentation names every finding, in both languages.
#[test]
fn the_page_names_every_finding() {
    let page = fs::read_to_string("docs/lint.md").unwrap();
    for kind in FindingKind::ALL {
        let row = page
            .lines()
            .find(|line| line.starts_with(&format!("| `{}`", kind.key())));
        assert!(row.is_some_and(|row| row.contains(kind.zh())), "{kind:?}");
    }
}
