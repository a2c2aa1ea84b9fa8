//! `settle` from files to files: what it says and writes in both languages, and what it refuses.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files must fail"
)]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Output;

use crate::program::program;
use tempfile::TempDir;

const HEADER: &str = "year,event,claimant,group,insured_value,loss\n";
const LOSSES: &str = "year,event,claimant,group,insured_value,loss\n\
    2019,typhoon,a,housing,500000,200000\n\
    2019,typhoon,b,enterprise,20000000,8000000.55\n\
    2021,flood,c,crops_livestock,,30000\n\
    2021,flood,d,infrastructure,1亿元,1200万元\n";
const TOWER: &str = "loading = 0.3\n\
    [[level]]\nper = \"claimant\"\ndeductible_share_of_loss = 0.1\n\
    [[layer]]\nname = \"primary\"\nlimit_yuan = \"300万元\"\n\
    [[layer]]\nname = \"excess\"\nattachment_yuan = 3000000\nlimit_yuan = 5000000\nshare = 0.8\n\
    [[reinsurance]]\nname = \"quota\"\nceded_share = 0.2\n";

fn riskweave(folder: &Path, arguments: &[&str]) -> Output {
    program()
        .current_dir(folder)
        .env("COLUMNS", "100")
        .args(arguments)
        .output()
        .unwrap()
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// What the program says and writes in a language; it must succeed.
fn settled(folder: &Path, arguments: &[&str], language: &str) -> String {
    let out = format!("out-{language}");
    let options = ["--losses", "l.csv", "--out", &out, "--lang", language];
    let output = riskweave(folder, &[&["settle"], arguments, &options].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    let mut text = format!("{said}{}", String::from_utf8(output.stdout).unwrap());
    for file in ["settlement.csv", "bearers.csv", "layers.csv"] {
        let content = fs::read_to_string(folder.join(&out).join(file)).unwrap();
        write!(text, "――― {file}\n{content}").unwrap();
    }
    text
}

/// What the program says in both languages; it must refuse and write nothing.
fn refused(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let folder = folder(files);
    let mut said = String::new();
    for language in ["zh", "en"] {
        let output = riskweave(
            folder.path(),
            &[&["settle"], arguments, &["--lang", language]].concat(),
        );
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        let message = String::from_utf8(output.stderr).unwrap();
        said = format!("{said}――― {language}\n{message}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), files.len());
    said
}

#[test]
fn a_programme_of_layers() {
    let folder = folder(&[("l.csv", LOSSES), ("t.toml", TOWER)]);
    let arguments = ["--layers", "t.toml"];
    insta::assert_snapshot!(settled(folder.path(), &arguments, "en"));
    insta::assert_snapshot!(settled(folder.path(), &arguments, "zh"));
}

#[test]
fn a_policy() {
    let folder = folder(&[("l.csv", LOSSES)]);
    let arguments = ["--policy", "network", "--society", "seminar-county"];
    insta::assert_snapshot!(settled(folder.path(), &arguments, "en"));
    insta::assert_snapshot!(settled(folder.path(), &arguments, "zh"));
}

/// Sum of a column of money, in fen.
fn sum(csv: &str, column: usize) -> i64 {
    let fen = |line: &str| line.split(',').nth(column).unwrap().replace('.', "");
    csv.lines()
        .skip(1)
        .map(|line| fen(line).parse::<i64>().unwrap())
        .sum()
}

#[test]
fn every_policy_bears_the_whole_loss_to_the_fen() {
    let folder = folder(&[("l.csv", LOSSES)]);
    for policy in [
        "current-2020",
        "loss-lies-where-it-falls",
        "layered-sharing",
    ] {
        let options = [
            "--losses",
            "l.csv",
            "--society",
            "seminar-county",
            "--out",
            policy,
        ];
        let output = riskweave(
            folder.path(),
            &[&["settle", "--policy", policy], &options[..]].concat(),
        );
        assert!(output.status.success());
        for (file, column) in [("settlement.csv", 8), ("bearers.csv", 2)] {
            let text = fs::read_to_string(folder.path().join(policy).join(file)).unwrap();
            assert_eq!(sum(&text, column), 2_023_000_055, "{policy} {file}");
        }
    }
}

#[test]
fn nothing_is_overwritten_without_force() {
    let folder = folder(&[("l.csv", LOSSES), ("t.toml", TOWER)]);
    let arguments = [
        "settle", "--layers", "t.toml", "--losses", "l.csv", "--out", "o",
    ];
    let status = |more: &[&str]| riskweave(folder.path(), &[&arguments[..], more].concat()).status;
    assert_eq!(status(&[]).code(), Some(0));
    assert_eq!(status(&[]).code(), Some(2));
    assert_eq!(status(&["--force"]).code(), Some(0));
}

#[test]
fn faulty_losses() {
    let rows =
        "x,,a,g,100,-5\n2020,e,a,g,100,abc\n2020,e,a,g,100,abc\n2020,e,b,g,100,200\n2020,e,c\n";
    let losses = format!("{HEADER}{rows}");
    insta::assert_snapshot!(refused(
        &[("l.csv", &losses), ("t.toml", TOWER)],
        &["--layers", "t.toml", "--losses", "l.csv"]
    ));
}

#[test]
fn faulty_headers_and_programme_are_told_together() {
    let programme = "loadng = 1\n[[level]]\nper = \"claiment\"\nlimit_yuan = 5\nlimit_share_of_loss = 0.5\nshare = 2\n[[layer]]\nattachment_yuan = \"five\"\n[[policy]]\nname = 3\n";
    let losses = "year,event,claimant,group,insured_valu,loss\n2020,e,a,g,100,5\n";
    insta::assert_snapshot!(refused(
        &[("l.csv", losses), ("t.toml", programme)],
        &["--layers", "t.toml", "--losses", "l.csv"]
    ));
}

#[test]
fn a_programme_that_does_not_fit_the_losses() {
    let programme = "[[level]]\nclaimants = [\"place-1\"]\ndeductible_share_of_value = 0.1\n";
    let losses = format!("{HEADER}2020,e,place-l,g,,5\n");
    insta::assert_snapshot!(refused(
        &[("l.csv", &losses), ("t.toml", programme)],
        &["--layers", "t.toml", "--losses", "l.csv"]
    ));
}

#[test]
fn names_that_are_not_there() {
    let mut said = String::new();
    for more in [
        ["--hazard", "flod"],
        ["--province", "Linlam"],
        ["--policy", "netwrk"],
    ] {
        let policy: &[&str] = if more[0] == "--policy" {
            &[]
        } else {
            &["--policy", "network"]
        };
        let options = ["--losses", "l.csv", "--society", "seminar-county"];
        let arguments = [policy, &more[..], &options[..]].concat();
        said.push_str(&refused(&[("l.csv", LOSSES)], &arguments));
    }
    let empty = refused(
        &[("l.csv", HEADER)],
        &["--policy", "network", "--losses", "l.csv"],
    );
    insta::assert_snapshot!(said + &empty);
}

/// A table as other programs write it: byte-order mark, Windows line ends, Chinese headers with units,
/// quoted cells, rows in another order.
const ELSEWHERE: &str = "\u{feff}年份,事件,受损方,分组,保险价值(元),损失(元)\r\n\
    2021,flood,d,infrastructure,1亿元,\"12,000,000\"\r\n\
    2019,typhoon,b,enterprise,2000万元,8000000.55\r\n\
    2021,flood,c,crops_livestock,,3万\r\n\
    2019,typhoon,\"a\",housing,50万元,20万元\r\n";

#[test]
fn the_same_table_from_another_program_is_settled_alike() {
    let folder = folder(&[("l.csv", LOSSES), ("m.csv", ELSEWHERE), ("t.toml", TOWER)]);
    let sorted = |losses: &str, out: &str| {
        let options = [
            "settle", "--layers", "t.toml", "--losses", losses, "--out", out,
        ];
        assert!(riskweave(folder.path(), &options).status.success());
        let read = |file: &str| fs::read_to_string(folder.path().join(out).join(file)).unwrap();
        let mut rows: Vec<String> = read("settlement.csv").lines().map(str::to_owned).collect();
        rows.sort();
        (rows, read("bearers.csv"), read("layers.csv"))
    };
    assert_eq!(sorted("l.csv", "one"), sorted("m.csv", "two"));
}

/// Lines numbered from 0.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().concat()
}

#[test]
fn tables_that_cannot_be_reckoned_with() {
    let table = |rows: &str| format!("{HEADER}{rows}");
    let hazards = "year,event,claimant,group,insured_value,loss,hazard\n\
        2020,e,a,,,5,flood\n2020,e,b,,,5,earthquake\n";
    let mut said = String::new();
    for losses in [
        String::new(),
        table("4000000000,e,a,,,5\n"),
        table(&lines(1000, |n| format!("2020,e,c{n},,,10万亿\n"))),
        table("2020,e,a,,,99999999999999999999999\n"),
        table("2020,e,a,,,5\n2020,e,a,,,6\n"),
        hazards.to_owned(),
    ] {
        let files = [("l.csv", losses.as_str()), ("t.toml", TOWER)];
        said += &refused(&files, &["--layers", "t.toml", "--losses", "l.csv"]);
    }
    insta::assert_snapshot!(said);
}

#[test]
fn a_table_in_gbk_is_told_to_be_saved_as_utf_8() {
    let folder = folder(&[("t.toml", TOWER)]);
    fs::write(
        folder.path().join("l.csv"),
        b"\xc4\xea\xb7\xdd,\xca\xc2\xbc\xfe\n",
    )
    .unwrap();
    let output = riskweave(
        folder.path(),
        &["settle", "--layers", "t.toml", "--losses", "l.csv"],
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("not UTF-8")
    );
}

#[test]
fn faulty_names_of_layers() {
    let twice =
        "[[layer]]\nname = \"x\"\n[[layer]]\nname = \"x\"\n[[reinsurance]]\nname = \"retained\"\n";
    let many = lines(101, |n| format!("[[layer]]\nname = \"l{n}\"\n"));
    let mut said = String::new();
    for programme in [twice, &many, "loading = 1e308\n"] {
        said += &refused(
            &[("l.csv", LOSSES), ("t.toml", programme)],
            &["--layers", "t.toml", "--losses", "l.csv"],
        );
    }
    insta::assert_snapshot!(said);
}

#[test]
fn help_in_both_languages() {
    let help = |language: &str| {
        let output = riskweave(Path::new("."), &["settle", "--help", "--lang", language]);
        String::from_utf8(output.stdout).unwrap()
    };
    insta::assert_snapshot!(help("en") + &help("zh"));
}
