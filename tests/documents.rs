//! The documentation against the code: the table of parameters and the schedule of a week are made from
//! the code, and the list of concepts names only levers, facts and measures that exist, and every lever.
//!
//! `RISKWEAVE_REMINT=1 cargo test --test documents` writes the made parts anew.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read the documents must fail"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use riskweave::measures::Measure;
use riskweave::scenario::InputKind;
use riskweave::scenario::declaration::{Declaration, ParameterType, Value, declarations};
use riskweave::scenario::units;
use riskweave::vocabulary::{Language, Vocabulary};

fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(at(path)).unwrap()
}

/// Whether the made parts are written anew rather than compared.
#[expect(
    clippy::disallowed_methods,
    reason = "a switch of the tests, not of the program"
)]
fn remint() -> bool {
    std::env::var("RISKWEAVE_REMINT").is_ok()
}

/// Holds the part of a document between its marks against what the code says.
fn require_made(document: &str, part: &str, made: &str) {
    let (begin, end) = (
        format!("<!-- generated: {part} -->\n"),
        format!("<!-- end: {part} -->\n"),
    );
    let whole = text(document);
    let (before, rest) = whole.split_once(&begin).unwrap();
    let (written, after) = rest.split_once(&end).unwrap();
    if remint() {
        fs::write(at(document), format!("{before}{begin}{made}{end}{after}")).unwrap();
    } else {
        assert!(
            written == made,
            "{document}, {part}: stale; `RISKWEAVE_REMINT=1 cargo test --test documents` writes it anew"
        );
    }
}

/// Text as it may stand in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn shown(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Integer(number)) => number.to_string(),
        Some(Value::Boolean(yes)) => yes.to_string(),
        Some(Value::Text(word)) => cell(word),
        Some(Value::List(list)) => cell(&list.join(", ")),
    }
}

fn range(row: &Declaration) -> String {
    match (&row.kind, row.low, row.high) {
        (ParameterType::Choice(words), ..) => words.join(", "),
        (ParameterType::Boolean, ..) => "true, false".to_owned(),
        (_, Some(low), Some(high)) => format!("{low} … {high}"),
        _ => String::new(),
    }
}

fn unit(row: &Declaration) -> String {
    let [en, zh] = [Language::English, Language::Chinese].map(|l| units::word(&row.unit, l));
    if en.is_empty() || en == zh {
        en.to_owned()
    } else {
        format!("{en} {zh}")
    }
}

/// The parameters of one kind of input, group by group.
fn parameters(kind: InputKind) -> String {
    let mut made = String::new();
    let mut group = "";
    for row in declarations().of(kind) {
        let path = row.key.split_once('.').unwrap().1;
        let own = path.split_once('.').map_or("", |(group, _)| group);
        if made.is_empty() || own != group {
            group = own;
            let title = if own.is_empty() { kind.key() } else { own };
            let _ = write!(
                made,
                "\n### {title}\n\n| key 键 | name 名称 | unit 单位 | default 默认 | neutral 对照 | range 范围 | grade 证据 | source 来源 |\n|---|---|---|---|---|---|---|---|\n"
            );
        }
        let _ = writeln!(
            made,
            "| `{path}` | {} {} | {} | {} | {} | {} | {} | {} |",
            cell(&row.name_en),
            cell(&row.name_zh),
            cell(&unit(row)),
            shown(row.default.as_ref()),
            shown(row.neutral.as_ref()),
            range(row),
            row.grade,
            cell(&row.source),
        );
    }
    made.push('\n');
    made
}

#[test]
fn tables_of_parameters_are_those_of_the_code() {
    for kind in InputKind::ALL {
        require_made("docs/parameters.md", kind.key(), &parameters(kind));
    }
}

/// How many parameters there are, and how well they are known.
#[test]
fn the_count_of_parameters_is_that_of_the_code() {
    let mut made = String::from(
        "| file | parameters | measured | literature | judgement |\n|---|---|---|---|---|\n",
    );
    for kind in InputKind::ALL {
        let rows: Vec<&Declaration> = declarations().of(kind).collect();
        let of = |grade: &str| rows.iter().filter(|row| row.grade == grade).count();
        let _ = writeln!(
            made,
            "| {} | {} | {} | {} | {} |",
            kind.key(),
            rows.len(),
            of("measured"),
            of("literature"),
            of("judgement")
        );
    }
    require_made("docs/odd.md", "parameters", &made);
}

/// The schedule: the calls of one week in their order, each with the first sentence of its stage.
#[test]
fn the_schedule_is_that_of_the_code() {
    let step = text("src/model/step.rs");
    let body = step.split_once("pub fn week").unwrap().1;
    let stages = body.lines().filter_map(|line| {
        let call = line.trim().trim_start_matches("let response = ");
        let call = call.trim_start_matches("let harm = ");
        let (name, arguments) = call.split_once("(run")?;
        let plain = name.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        (plain && !name.is_empty() && arguments.ends_with(';')).then(|| name.to_owned())
    });
    let mut made = String::from("| # | stage (`stages/`) | what happens |\n|---|---|---|\n");
    for (number, stage) in stages.enumerate() {
        let file = [
            format!("src/model/stages/{stage}.rs"),
            format!("src/model/stages/{stage}/mod.rs"),
        ]
        .into_iter()
        .find(|path| at(path).exists())
        .unwrap();
        let source = text(&file);
        let head: Vec<&str> = source
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .map(str::trim)
            .take_while(|line| !line.is_empty())
            .collect();
        let head = head.join(" ");
        let title = format!("Stage {}, {stage}: ", number + 1);
        let what = head.strip_prefix(&title);
        let what = what.unwrap_or_else(|| panic!("{file} does not begin with `{title}`"));
        let _ = writeln!(made, "| {} | `{stage}` | {} |", number + 1, cell(what));
    }
    assert_eq!(made.lines().count(), 12, "ten stages");
    require_made("docs/odd.md", "schedule", &made);
}

/// What a document names in backquotes in a column of its tables.
fn named(row: &str, column: usize) -> Vec<&str> {
    let cell = row.split('|').nth(column).unwrap_or("");
    cell.split('`').skip(1).step_by(2).collect()
}

fn concepts() -> Vec<String> {
    let document = text("docs/concepts.md");
    let rows = document.lines().filter(|line| line.starts_with('|'));
    rows.skip(2).map(str::to_owned).collect()
}

#[test]
fn concepts_name_levers_facts_and_measures_that_exist() {
    let declared = declarations();
    let exists = |key: &str| {
        let full = if key.starts_with("society.") {
            key.to_owned()
        } else {
            format!("policy.{key}")
        };
        declared.get(&full).is_some() || declared.is_table(&full)
    };
    for row in concepts() {
        for key in named(&row, 3) {
            assert!(exists(key), "{key}: no lever or fact, in {row}");
        }
        for key in named(&row, 4) {
            let measure = Measure::ALL.iter().any(|measure| measure.key() == key);
            assert!(measure || key == "check", "{key}: no measure, in {row}");
        }
    }
}

#[test]
fn concepts_name_every_lever() {
    let rows = concepts();
    let listed: Vec<&str> = rows.iter().flat_map(|row| named(row, 3)).collect();
    let missing: Vec<&str> = declarations()
        .of(InputKind::Policy)
        .filter_map(|row| row.key.strip_prefix("policy."))
        .filter(|key| key.contains('.') && !key.ends_with(".enabled"))
        .filter(|key| !listed.contains(key))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}
