//! The seminar kit against the program: every command of its pages is run again and must print what
//! stands below it, and the story that it tells must still be one of the seminar city's histories.
//!
//! `RISKWEAVE_REMINT=1 cargo test --test seminar_kit` writes the printed parts anew.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read the documents must fail"
)]

#[path = "common/program.rs"]
mod program;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use program::program;

/// Begins a block of what a command prints.
const BLOCK: &str = "```text\n$ riskweave ";
/// Ends it.
const END: &str = "```\n";

/// The pages, by the language of the commands on them.
const PAGES: [(&str, [&str; 2]); 2] = [
    ("blackboard", ["blackboard.en.md", "blackboard.zh.md"]),
    ("solutions", ["solutions.en.md", "solutions.zh.md"]),
];

fn kit() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/seminar")
}

#[expect(
    clippy::disallowed_methods,
    reason = "a switch of the tests, not of the program"
)]
fn remint() -> bool {
    std::env::var("RISKWEAVE_REMINT").is_ok()
}

/// A copy of the kit in which commands may write.
fn workshop() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let exercise = folder.path().join("exercise");
    fs::create_dir(&exercise).unwrap();
    for entry in fs::read_dir(kit().join("exercise")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, exercise.join(path.file_name().unwrap())).unwrap();
    }
    folder
}

/// What a command prints, cut as the `head` or `tail` behind it says.
fn printed(command: &str, folder: &Path) -> String {
    let (arguments, cut) = command.split_once(" | ").unwrap_or((command, ""));
    let output = program()
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.is_empty(), "{command} prints nothing");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let count = |word: &str| -> usize { cut.strip_prefix(word).unwrap().parse().unwrap() };
    let kept = match cut.split_once(' ').map(|(tool, _)| tool) {
        Some("head") => &lines[..count("head -n ").min(lines.len())],
        Some("tail") => &lines[lines.len().saturating_sub(count("tail -n "))..],
        _ => &lines[..],
    };
    kept.iter().fold(String::new(), |mut text, line| {
        writeln!(text, "{line}").unwrap();
        text
    })
}

/// A page with what its commands print now.
fn renewed(page: &str) -> String {
    let folder = workshop();
    let mut parts = page.split(BLOCK);
    let mut made = parts.next().unwrap().to_owned();
    for part in parts {
        let (command, rest) = part.split_once('\n').unwrap();
        let (_, after) = rest.split_once(END).unwrap();
        let shown = printed(command, folder.path());
        write!(made, "{BLOCK}{command}\n{shown}{END}{after}").unwrap();
    }
    made
}

fn commands(page: &str) -> Vec<String> {
    let blocks = page.split(BLOCK).skip(1);
    blocks
        .map(|block| block.lines().next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_command_of_the_kit_prints_what_stands_below_it() {
    for page in PAGES.iter().flat_map(|(_, pages)| pages) {
        let path = kit().join(page);
        let text = fs::read_to_string(&path).unwrap();
        let made = renewed(&text);
        if remint() {
            fs::write(&path, made).unwrap();
        } else {
            assert!(
                text == made,
                "{page}: stale; `RISKWEAVE_REMINT=1 cargo test --test seminar_kit` writes it anew"
            );
        }
    }
}

#[test]
fn both_languages_run_the_same_commands() {
    let plain = |command: &String| {
        let words = command.replace("--lang zh", "");
        let words = words.split(" | ").next().unwrap();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for (page, languages) in PAGES {
        let [english, chinese] = languages.map(|name| {
            let text = fs::read_to_string(kit().join(name)).unwrap();
            commands(&text)
        });
        assert!(!english.is_empty(), "{page} has commands");
        assert!(chinese.iter().all(|command| command.contains("--lang zh")));
        let [english, chinese] =
            [english, chinese].map(|all| all.iter().map(plain).collect::<Vec<_>>());
        assert_eq!(english, chinese, "{page}");
    }
}

/// An event as the table of events has it.
struct Event {
    policy: String,
    identity: String,
    parent: String,
    kind: String,
    contained: bool,
    deaths: u32,
}

/// The chain that the handout tells, under a policy: its first event is named by its identity.
fn chain<'a>(events: &'a [Event], policy: &str) -> Vec<&'a Event> {
    let own: Vec<&Event> = events
        .iter()
        .filter(|event| event.policy == policy)
        .collect();
    let mut chain: Vec<&Event> = own
        .iter()
        .copied()
        .filter(|event| event.identity == "1099511631427")
        .collect();
    let mut next = 0;
    while let Some(event) = chain.get(next).copied() {
        chain.extend(own.iter().filter(|child| child.parent == event.identity));
        next += 1;
    }
    chain
}

#[test]
fn the_story_of_the_handout_is_one_of_the_histories() {
    let folder = workshop();
    let out = folder.path().join("kit");
    let status = program()
        .args(["compare", "seminar-county", "--policy", "network"])
        .args(["--replications", "8", "--years", "10", "--events", "all"])
        .args(["--format", "csv", "--no-charts", "--quiet", "--out"])
        .arg(&out)
        .output()
        .unwrap();
    assert!(status.status.success());
    let mut reader = csv::Reader::from_path(out.join("events.csv")).unwrap();
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let at = [
        "policy",
        "event",
        "parent",
        "kind",
        "contained",
        "deaths",
        "replication",
    ]
    .map(column);
    let events: Vec<Event> = reader
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[at[6]] == "8")
        .map(|row| Event {
            policy: row[at[0]].to_owned(),
            identity: row[at[1]].to_owned(),
            parent: row[at[2]].to_owned(),
            kind: row[at[3]].to_owned(),
            contained: &row[at[4]] == "true",
            deaths: row[at[5]].parse().unwrap(),
        })
        .collect();
    let present = chain(&events, "current-2020");
    let kinds: Vec<&str> = present.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["road_transport", "chemicals", "fire", "fire"]);
    assert_eq!(present[0].deaths, 0, "nobody dies on the road");
    assert!(present.iter().map(|event| event.deaths).sum::<u32>() > 3);
    let network = chain(&events, "network");
    assert_eq!(network.len(), 1, "the chain ends with the lorry");
    assert!(network[0].contained);
}
