//! The lint finds every planted defect of a corpus at its line, and is silent on the clean ones.
//!
//! A defect is marked where it lies: `# <- kind` behind a line of a policy, `<- kind` in the note of a row
//! of its matrix. A policy is checked in the society that its second line names (`# society: …`), else in
//! the seminar city.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own files must fail"
)]

#[path = "common/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use program::program;
use riskweave::lint::{Finding, FindingKind, Linter, Severity};
use riskweave::model::Model;
use riskweave::model::record::RunRecord;
use riskweave::scenario::builtin;
use riskweave::scenario::source::Place;
use riskweave::scenario::{InputKind, load_placed_policy, load_policy, load_society};
use riskweave::vocabulary::{Language, Layer, Vocabulary};

const CORPUS: &str = "tests/data/lint";

/// Linters by society, made once.
#[derive(Default)]
struct Linters(BTreeMap<String, (riskweave::scenario::CheckedSociety, Linter)>);

impl Linters {
    fn findings(&mut self, society: &str, policy: &str) -> Vec<Finding> {
        let (checked, linter) = self.0.entry(society.to_owned()).or_insert_with(|| {
            let checked = load_society(society, &[]).unwrap();
            let baseline = load_policy(&checked.society.baseline, &checked, &[]).unwrap();
            (checked.clone(), Linter::new(checked, baseline))
        });
        let (policy, places) = load_placed_policy(policy, checked, &[]).unwrap();
        linter.findings(&policy, &places)
    }
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
    let mut linters = Linters::default();
    let paths = policies("planted");
    assert!(paths.len() >= 25, "{} planted defects", paths.len());
    for path in &paths {
        let wanted = expected(path);
        assert!(!wanted.is_empty(), "{} has no mark", path.display());
        let findings = linters.findings(&society_of(path), &path.display().to_string());
        assert_eq!(told(&findings), wanted, "{}", path.display());
    }
    for kind in FindingKind::ALL {
        let planted = paths.iter().flat_map(|path| expected(path));
        let mut kinds = planted.filter(|mark| mark.ends_with(&format!(" {}", kind.key())));
        assert!(
            kinds.next().is_some(),
            "no defect of the kind {kind:?} is planted"
        );
    }
}

#[test]
fn the_lint_is_silent_on_clean_policies() {
    let mut linters = Linters::default();
    let paths = policies("clean");
    assert!(paths.len() >= 8, "{} clean policies", paths.len());
    for path in paths {
        let findings = linters.findings(&society_of(&path), &path.display().to_string());
        assert_eq!(told(&findings), Vec::<String>::new(), "{}", path.display());
    }
}

/// In the nation, what the lint finds in a policy that ships is declared there as intended; in the seminar
/// city, terms of national size are out of reach, which is a warning and no error.
#[test]
fn shipped_policies_are_clean() {
    let mut linters = Linters::default();
    for name in builtin::list(InputKind::Policy) {
        let findings = linters.findings("china-2020", name);
        assert_eq!(told(&findings), Vec::<String>::new(), "{name}");
        let findings = linters.findings("seminar-county", name);
        let errors = findings
            .iter()
            .any(|finding| finding.severity == Severity::Error);
        assert!(!errors, "{name} in the seminar city");
    }
}

/// Every text exists in both languages and says what to do; every finding has a line.
#[test]
fn every_finding_has_words_a_remedy_and_a_line() {
    let mut linters = Linters::default();
    for path in policies("planted") {
        for finding in linters.findings(&society_of(&path), &path.display().to_string()) {
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

/// Levers that cost money as such: without effect, they still take what others would have spent.
const PAID_FOR: [&str; 7] = [
    "avoidance.crowd_limit",
    "budget.plan_yuan_per_head.inspect",
    "budget.plan_yuan_per_head.works",
    "intervention.shelter_places",
    "intervention.stocks",
    "remedy.digital_supervision",
    "responsibility.coordination",
];

/// The lint's claims hold in the engine: what it calls an idle lever changes no run when it is set back to
/// the baseline's value, and a layer that its own terms keep from paying pays nothing.
#[test]
fn the_engine_bears_the_lint_out() {
    let mut linters = Linters::default();
    let mut tried = 0;
    for path in policies("planted") {
        let (society, name) = (society_of(&path), path.display().to_string());
        if society == "china-2020" {
            continue;
        }
        for finding in linters.findings(&society, &name) {
            let loud = finding.severity > Severity::Advice;
            if !loud || PAID_FOR.contains(&finding.about.as_str()) {
                continue;
            }
            let own_terms = finding.severity == Severity::Error;
            match finding.kind {
                FindingKind::IdleLever => {
                    let usual = usual_value(&society, &finding.about);
                    let back = format!("policy.{}={usual}", finding.about);
                    let runs = run(&society, &name, &[vec![], vec![back]]);
                    assert!(
                        runs[0] == runs[1],
                        "{name}: {} does something",
                        finding.about
                    );
                    tried += 1;
                }
                // A pool without capital lives on its contributions until its first claim.
                FindingKind::DeadLayer if own_terms && !name.contains("capital") => {
                    // The layer of enterprises also carries cover of public facilities.
                    let facilities = "infrastructure_insured_share";
                    let only = vec![format!("policy.sharing.enterprise_property.{facilities}=0")];
                    let paid = paid(&run(&society, &name, &[only])[0], &finding.about);
                    assert_eq!(paid, 0, "{name}: {} pays", finding.about);
                    tried += 1;
                }
                _ => {}
            }
        }
    }
    assert!(tried >= 15, "{tried} claims were tried");
}

/// The baseline's value of a lever, as TOML.
fn usual_value(society: &str, key: &str) -> String {
    let checked = load_society(society, &[]).unwrap();
    let baseline = load_policy(&checked.society.baseline, &checked, &[]).unwrap();
    let tree = serde_json::to_value(&baseline.policy).unwrap();
    let leaf = key.split('.').fold(&tree, |node, name| &node[name]);
    leaf.to_string()
}

/// Two years of a policy, once for each list of options, through the same dangers.
fn run(society: &str, policy: &str, sets: &[Vec<String>]) -> Vec<RunRecord> {
    let checked = load_society(society, &[]).unwrap();
    let baseline = load_policy(&checked.society.baseline, &checked, &[]).unwrap();
    let model = Model::new(checked.clone(), 1000);
    let history = model.history(7, 0, 3 * 52);
    let usual = model.regime(&baseline, &baseline, true);
    let start = model.burn_in(&usual, &history, 52);
    let one = |sets: &Vec<String>| {
        let policy = load_policy(policy, &checked, sets).unwrap();
        let regime = model.regime(&policy, &baseline, true);
        model.run(&regime, &history, &start, 52, 2)
    };
    sets.iter().map(one).collect()
}

/// What the layer of a switch paid (fen).
fn paid(record: &RunRecord, switch: &str) -> i64 {
    let layer = match switch.rsplit_once('.').unwrap() {
        ("sharing.pool", "reinsurance_limit_yuan") => Layer::Reinsurance,
        ("sharing.pool", _) => Layer::Pool,
        (table, _) => Layer::from_key(table.trim_start_matches("sharing.")).unwrap(),
    };
    record.years.iter().map(|year| year.paid_fen[layer]).sum()
}

/// An experiment and a society are linted with the policies that they name.
#[test]
fn experiments_and_societies_are_linted_with_their_policies() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let planted = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(CORPUS)
        .join("planted/gap.toml");
    let text = format!(
        "name_zh = \"我的\"\nname_en = \"mine\"\nsociety = \"seminar-city\"\npolicies = [{:?}, \"network\"]\n",
        planted.display().to_string()
    );
    fs::write(&path, text).unwrap();
    let path = path.display().to_string();
    let told = |arguments: &[&str]| {
        let output = riskweave(arguments);
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (status, text) = told(&["check", &path]);
    assert!(status == Some(0) && text.contains("warning[gap]"), "{text}");
    let (status, _) = told(&["check", &path, "--deny=gap"]);
    assert_eq!(status, Some(2));
    let (status, text) = told(&["check", "seminar-city", "--kind", "society"]);
    assert!(status == Some(0) && text.contains("current-2020"), "{text}");
}

fn riskweave(arguments: &[&str]) -> Output {
    program().args(arguments).output().unwrap()
}

/// What `check` says to a policy of the corpus, warnings and above.
fn said(policy: &str, language: &str) -> String {
    let path = format!("{CORPUS}/planted/{policy}.toml");
    let society = society_of(Path::new(&path));
    let output = riskweave(&["check", &path, "--society", &society, "--lang", language]);
    let text = String::from_utf8(output.stdout).unwrap();
    let advice = ["  advice[", "  提示[", "    办法", "    remedy"];
    let lines = text
        .lines()
        .filter(|line| !advice.iter().any(|start| line.starts_with(start)));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn findings_are_told_in_both_languages() {
    let chosen = [
        "gap",
        "overlap",
        "two-departments",
        "two-handovers",
        "lead-without-duty",
        "everything-to-one",
        "staff-moved",
        "pool-share-zero",
        "pool-terms-alone",
        "pool-out-of-reach",
        "counterpart-out-of-reach",
        "switched-off",
        "works-without-floods",
        "coordination-of-nothing",
        "limit-without-suspension",
        "acceptance-of-nothing",
    ];
    let mut all = String::new();
    for policy in chosen {
        for language in ["zh", "en"] {
            all.extend([
                "――― ",
                policy,
                " (",
                language,
                ")\n",
                &said(policy, language),
            ]);
        }
    }
    insta::assert_snapshot!(all);
}

#[test]
fn advice_is_told_in_short() {
    for language in ["zh", "en"] {
        let output = riskweave(&[
            "check",
            "current-2020",
            "--society",
            "seminar-county",
            "--lang",
            language,
        ]);
        let text = String::from_utf8(output.stdout).unwrap();
        let word = if language == "zh" {
            "提示[gap 缺位]"
        } else {
            "advice[gap]"
        };
        let short = text.lines().filter(|line| line.contains(word));
        assert!(
            short.clone().count() > 5
                && short
                    .clone()
                    .all(|line| line.contains("responsibility.csv:")),
            "{text}"
        );
    }
}

#[test]
fn what_is_denied_counts_as_an_error() {
    let code = |arguments: &[&str]| riskweave(arguments).status.code();
    let warned = format!("{CORPUS}/planted/gap.toml");
    let dead = format!("{CORPUS}/planted/pool-share-zero.toml");
    let accepted = format!("{CORPUS}/clean/accepted.toml");
    let in_city = |path, deny: &[&str]| {
        let arguments = ["check", path, "--society", "seminar-county"];
        code(&[&arguments[..], deny].concat())
    };
    assert_eq!(in_city(&warned, &[]), Some(0));
    assert_eq!(in_city(&warned, &["--deny"]), Some(2));
    assert_eq!(in_city(&warned, &["--deny=gap"]), Some(2));
    assert_eq!(in_city(&warned, &["--deny=overlap,dead-layer"]), Some(0));
    assert_eq!(in_city(&warned, &["--deny=gaps"]), Some(2));
    assert_eq!(in_city(&dead, &[]), Some(2));
    assert_eq!(in_city(&accepted, &["--deny"]), Some(0));
    assert_eq!(in_city("fiscal-backstop", &["--deny=advice"]), Some(2));
}

#[test]
fn a_denied_finding_is_told_with_its_line_and_the_end_says_how_many() {
    let path = format!("{CORPUS}/planted/gap.toml");
    let output = riskweave(&["check", &path, "--society", "seminar-county", "--deny"]);
    let (out, err) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    );
    assert!(
        out.contains("error[gap]") && out.contains("gap.csv:14:"),
        "{out}"
    );
    assert!(err.contains("1 finding counts as an error"), "{err}");
}

/// What is wrong with an acceptance is a problem of the file.
#[test]
fn faulty_acceptances_are_refused() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("p.toml");
    let text = "extends = \"current-2020\"\nname_zh = \"甲\"\nname_en = \"a\"\n[lint]\naccpt = 1\n[lint.accept]\ngaps = \"why\"\noverlap = \"\"\ndisconnect = true\n";
    fs::write(&path, text).unwrap();
    let mut all = String::new();
    for language in ["zh", "en"] {
        let output = program()
            .current_dir(folder.path())
            .args(["check", "p.toml", "--lang", language])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        all += &String::from_utf8(output.stderr).unwrap();
    }
    insta::assert_snapshot!(all);
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

/// An option is a line of its own, and its findings are the user's.
#[test]
fn an_option_is_linted_as_the_users_own() {
    let output = riskweave(&[
        "check",
        "layered-sharing",
        "--society",
        "seminar-county",
        "--set",
        "policy.sharing.pool.share=0",
    ]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(
        text.contains("error[dead-layer]") && text.contains("policy.sharing.pool.share=0"),
        "{text}"
    );
}
