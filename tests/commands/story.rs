//! `story DIR [EVENT]` as a user runs it: the dangers that tell most and any other of the events table, in
//! both languages, with the figures of that table; what cannot be told is refused in words.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files must fail"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::said::run;
use serde_json::Value;
use tempfile::TempDir;

/// What the program prints; it must succeed.
fn told(folder: &Path, arguments: &[&str]) -> String {
    let (code, told, said) = run(folder, arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {said}");
    told
}

/// A short run of the fictional city under three policies.
fn city(folder: &Path, more: &[&str]) {
    let options = [
        "run",
        "seminar-county",
        "--policy",
        "network",
        "--policy",
        "fiscal-backstop",
        "--replications",
        "3",
        "--years",
        "3",
        "--people-per-agent",
        "1000",
        "--out",
        "city",
        "--no-charts",
        "--quiet",
    ];
    told(folder, &[&options[..], more].concat());
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn stories(folder: &Path) -> Vec<Value> {
    let kept = json(&folder.join("city/story.json"));
    kept["stories"].as_array().unwrap().clone()
}

/// A row of the events table: policy, replication, event, parent, and some figures by their column.
struct Table {
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(path: &Path) -> Self {
        let mut reader = csv::Reader::from_path(path).unwrap();
        let own = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        let headers = own(reader.headers().unwrap());
        let rows = reader
            .records()
            .map(|record| own(&record.unwrap()))
            .collect();
        Table { headers, rows }
    }

    fn cell<'a>(&self, row: &'a [String], column: &str) -> &'a str {
        let place = self.headers.iter().position(|header| header == column);
        &row[place.unwrap_or_else(|| panic!("no column {column}"))]
    }

    /// The rows of an event and all that it set off, under a policy.
    fn cascade(&self, policy: &str, replication: &str, event: &str) -> Vec<&Vec<String>> {
        let mut known = BTreeSet::from([event.to_owned()]);
        let mut found = Vec::new();
        for row in &self.rows {
            let own =
                self.cell(row, "policy") == policy && self.cell(row, "replication") == replication;
            let event = self.cell(row, "event");
            if own && (known.contains(event) || known.contains(self.cell(row, "parent"))) {
                known.insert(event.to_owned());
                found.push(row);
            }
        }
        found
    }

    fn sum(&self, rows: &[&Vec<String>], column: &str) -> i64 {
        rows.iter()
            .map(|row| self.cell(row, column).parse::<i64>().unwrap())
            .sum()
    }
}

#[test]
fn stories_have_the_figures_of_the_events_table() {
    let folder = TempDir::new().unwrap();
    city(folder.path(), &["--format", "csv"]);
    let manifest = json(&folder.path().join("city/manifest.json"));
    let listed = manifest["outputs"].as_array().unwrap();
    assert!(listed.iter().any(|output| output["file"] == "story.json"));
    let table = Table::read(&folder.path().join("city/events.csv"));
    let stories = stories(folder.path());
    assert!(
        !stories.is_empty() && stories.len() <= 3,
        "{}",
        stories.len()
    );
    let text = told(folder.path(), &["story", "city", "--no-charts"]);
    for story in &stories {
        let (replication, event) = (
            story["replication"].to_string(),
            story["event"].as_str().unwrap(),
        );
        assert!(
            text.contains(&format!("event {event} of replication {replication}")),
            "{text}"
        );
        let lanes = story["lanes"].as_array().unwrap();
        assert_eq!(lanes.len(), 3);
        let mut deaths = BTreeSet::new();
        for lane in lanes {
            let policy = lane["policy"]["key"].as_str().unwrap();
            let rows = table.cascade(policy, &replication, event);
            let happened = &lane["happened"];
            assert_eq!(happened.is_null(), rows.is_empty(), "{policy} {event}");
            if rows.is_empty() {
                continue;
            }
            assert_eq!(happened["deaths"], table.sum(&rows, "deaths"));
            assert_eq!(happened["injuries"], table.sum(&rows, "injuries"));
            let fen = table.sum(&rows, "loss");
            assert!((happened["loss_yuan"].as_f64().unwrap() - fen as f64 / 100.0).abs() < 1e-3);
            let borne: i64 = table
                .headers
                .iter()
                .filter(|header| header.starts_with("borne_"))
                .map(|column| table.sum(&rows, column))
                .sum();
            assert_eq!(borne, fen, "every fen has its bearer");
            let county = table.sum(&rows, "borne_county") as f64 / 100.0;
            assert!((happened["borne_yuan"]["county"].as_f64().unwrap() - county).abs() < 1e-3);
            assert_eq!(
                happened["set_off"].as_array().unwrap().len() + 1,
                rows.len()
            );
            assert_eq!(
                lane["moments"].as_array().unwrap().len(),
                story["points"].as_array().unwrap().len()
            );
            deaths.insert(table.sum(&rows, "deaths"));
        }
        let apart = deaths.last().unwrap() - deaths.first().unwrap();
        assert!(text.contains(&format!("{apart} deaths")), "{text}");
        for point in story["points"].as_array().unwrap() {
            let question = point["question"]["zh"].as_str().unwrap();
            assert!(question.ends_with('？'), "{question}");
        }
    }
}

#[test]
fn an_event_that_is_named_is_told_as_the_run_told_it_and_drawn() {
    let folder = TempDir::new().unwrap();
    city(folder.path(), &[]);
    let stories = stories(folder.path());
    for language in ["zh", "en"] {
        let whole = told(folder.path(), &["story", "city", "--lang", language]);
        let target = folder.path().join(format!("city/charts-story-{language}"));
        for number in 1..=stories.len() {
            for ending in ["svg", "png", "csv"] {
                let file = target.join(format!("story-{number}.{ending}"));
                assert!(
                    fs::metadata(&file).unwrap().len() > 300,
                    "{}",
                    file.display()
                );
            }
        }
        for story in &stories {
            let name = format!(
                "{}:{}",
                story["replication"],
                story["event"].as_str().unwrap()
            );
            let one = told(
                folder.path(),
                &["story", "city", &name, "--lang", language, "--no-charts"],
            );
            assert!(one.starts_with('■'), "{one}");
            assert!(whole.contains(one.trim_end()), "{one}\n is not in\n{whole}");
        }
    }
    // What is drawn is left alone unless it is to be drawn again.
    let (code, _, said) = run(folder.path(), &["story", "city"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("--force"), "{said}");
    let told = told(folder.path(), &["story", "city", "--force"]);
    assert!(
        told.contains(&format!("{} files", 3 * stories.len())),
        "{told}"
    );
    let (code, _, said) = run(folder.path(), &["story", "city", "--out", "city"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("--force"), "{said}");
}

#[test]
fn what_cannot_be_told_is_refused_in_words() {
    let folder = TempDir::new().unwrap();
    for (arguments, words) in [
        (&["story", "."][..], "not the folder of a finished run"),
        (
            &["story", "nowhere", "--lang", "zh"][..],
            "不是一次已完成模拟的结果目录",
        ),
    ] {
        let (code, told, said) = run(folder.path(), arguments);
        assert_eq!((code, told.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    city(folder.path(), &["--events", "none"]);
    let kept = stories(folder.path());
    let event = kept[0]["event"].as_str().unwrap();
    let name = format!("{}:{event}", kept[0]["replication"]);
    // The most telling ones are kept whatever the table holds.
    assert!(told(folder.path(), &["story", "city", "--no-charts"]).contains(event));
    for (event, language, words) in [
        (name.as_str(), "en", "--events none"),
        (name.as_str(), "zh", "事件表是空的"),
        ("flood", "en", "is no event"),
        ("flood", "zh", "不是事件编号"),
    ] {
        let (code, told, said) = run(folder.path(), &["story", "city", event, "--lang", language]);
        assert_eq!((code, told.as_str()), (Some(2), ""), "{event}");
        assert!(said.contains(words), "{event}: {said}");
    }
    fs::remove_file(folder.path().join("city/events.parquet")).unwrap();
    let (code, _, said) = run(folder.path(), &["story", "city", &name]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("no events table") && said.contains("holds"),
        "{said}"
    );
    fs::write(folder.path().join("city/story.json"), "{}").unwrap();
    let (code, _, said) = run(folder.path(), &["story", "city", "--lang", "zh"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("story.json") && said.contains("重新运行"),
        "{said}"
    );
}
