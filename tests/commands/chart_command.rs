//! `chart DIR` as a user runs it: the charts of a finished run again, in another language, size and
//! format, from its files alone; a folder that is no run is refused in words.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files must fail"
)]

use std::fs;
use std::path::Path;

use crate::said::run;
use tempfile::TempDir;

fn names(folder: &Path, ending: &str) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<String> = files
        .map(|file| file.file_name().into_string().unwrap())
        .filter(|name| name.ends_with(ending))
        .collect();
    names.sort();
    names
}

/// A short run of the fictional city under two policies.
fn city(folder: &Path, more: &[&str]) {
    let options = [
        "run",
        "seminar-county",
        "--policy",
        "network",
        "--replications",
        "2",
        "--years",
        "2",
        "--people-per-agent",
        "1000",
        "--out",
        "city",
        "--quiet",
    ];
    let (code, _, said) = run(folder, &[&options[..], more].concat());
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn charts_of_a_run_are_drawn_again() {
    let folder = TempDir::new().unwrap();
    city(folder.path(), &[]);
    let own = folder.path().join("city/charts");
    let drawn = names(&own, ".csv");
    assert!(drawn.len() >= 8, "{drawn:?}");
    assert_eq!(
        (names(&own, ".svg").len(), names(&own, ".png").len()),
        (drawn.len(), drawn.len())
    );

    let (code, told, said) = run(folder.path(), &["chart", "city"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        told.contains(&format!("{} files", 3 * drawn.len() + 3)),
        "{told}"
    );
    let again = folder.path().join("city/charts-en");
    for name in fs::read_dir(&own)
        .unwrap()
        .flatten()
        .map(|file| file.file_name())
    {
        let [before, after] = [&own, &again].map(|folder| fs::read(folder.join(&name)).unwrap());
        assert!(before == after, "{name:?} differs");
    }
    for name in ["report.html", "brief.en.html", "brief.zh.html"] {
        let [before, after] = [folder.path().join("city").join(name), again.join(name)]
            .map(|page| fs::read(page).unwrap());
        assert!(before == after, "{name} differs");
        assert!(before.len() < 3_000_000, "{name}: {} bytes", before.len());
    }

    let slides = [
        "chart", "city", "--lang", "zh", "--slides", "--format", "png",
    ];
    let (code, _, said) = run(folder.path(), &slides);
    assert_eq!(code, Some(0), "{said}");
    let wide = folder.path().join("city/charts-zh-1920x1080");
    assert_eq!(
        (names(&wide, ".svg").len(), names(&wide, ".png").len()),
        (0, drawn.len())
    );
    let png = fs::read(wide.join("fn-curve.png")).unwrap();
    assert_eq!(
        (&png[16..20], &png[20..24]),
        (&1920_u32.to_be_bytes()[..], &1080_u32.to_be_bytes()[..])
    );
    let table = fs::read_to_string(wide.join("fn-curve.csv")).unwrap();
    assert!(table.starts_with("\u{feff}类别,政策"), "{table}");

    let (code, _, said) = run(folder.path(), &slides);
    assert_eq!(code, Some(2));
    assert!(said.contains("--force"), "{said}");
    let (code, _, said) = run(folder.path(), &[&slides[..], &["--force"]].concat());
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn a_run_without_charts_has_their_data() {
    let folder = TempDir::new().unwrap();
    city(folder.path(), &["--no-charts"]);
    assert!(!folder.path().join("city/charts").exists());
    let manifest = fs::read_to_string(folder.path().join("city/manifest.json")).unwrap();
    assert!(manifest.contains("\"charts.json\"") && manifest.contains("\"report.json\""));
    assert!(!folder.path().join("city/report.html").exists());
    let (code, _, said) = run(
        folder.path(),
        &["chart", "city", "--format", "svg", "--out", "pictures"],
    );
    assert_eq!(code, Some(0), "{said}");
    assert!(names(&folder.path().join("pictures"), ".svg").len() >= 8);
    assert_eq!(names(&folder.path().join("pictures"), ".html").len(), 3);

    fs::write(folder.path().join("city/charts.json"), "{}").unwrap();
    let (code, _, said) = run(folder.path(), &["chart", "city", "--lang", "zh"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("读不懂") && said.contains("compare"),
        "{said}"
    );
}

#[test]
fn a_folder_that_is_no_run_is_refused() {
    let folder = TempDir::new().unwrap();
    for (arguments, words) in [
        (&["chart", "."][..], "no manifest.json"),
        (
            &["chart", "nowhere"][..],
            "not the folder of a finished run",
        ),
        (
            &["chart", "nowhere", "--lang", "zh"][..],
            "不是一次已完成模拟的结果目录",
        ),
        (&["chart", ".", "--size", "12x12"][..], "200 to 10000"),
    ] {
        let (code, told, said) = run(folder.path(), arguments);
        assert_eq!((code, told.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
