//! Inputs beyond every size: refused before they are read, or before anything is built of them.

use std::fmt::Write;

use super::{Case, case};

const SOCIETY: &str = "extends = \"seminar-county\"\nname_zh = \"甲\"\nname_en = \"a\"\nbaseline = \"current-2020\"\n";
const PROVINCES: &str = "code,name_zh,name_en,population,aged_share,child_share,urban_share,gdp_yuan,counties,prefectures,area_km2,income_yuan,beds_per_1000,tile_row,tile_col\n";
const TEN_GIGABYTES: u64 = 10_000_000_000;

fn rows(number: usize) -> String {
    let mut text = PROVINCES.to_owned();
    for code in 0..number {
        // Writing into a String cannot fail.
        let _ = writeln!(
            text,
            "{code},甲{code},a{code},1000,0.1,0.1,0.6,1e9,1,1,10,30000,5,1,1"
        );
    }
    text
}

/// A policy with so many keys that there are not.
fn keys(number: usize) -> String {
    let mut text = "extends = \"current-2020\"\nname_zh = \"甲\"\nname_en = \"a\"\n".to_owned();
    for key in 0..number {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "key_{key} = 1");
    }
    text
}

fn society(name: &'static str) -> Case {
    case(name, &["check", "@/s.toml", "--kind", "society"]).file(
        "s.toml",
        format!("{SOCIETY}[tables]\nprovinces = \"r.csv\"\n"),
    )
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        case("size: a policy of 10 GB", &["check", "@/p.toml"])
            .hole("p.toml", TEN_GIGABYTES)
            .says(&["p.toml", "9537 MB", "16 MB"]),
        case("size: an experiment of 10 GB", &["compare", "@/e.toml"])
            .hole("e.toml", TEN_GIGABYTES)
            .says(&["e.toml", "9537 MB"]),
        society("size: a table of regions of 10 GB")
            .hole("r.csv", TEN_GIGABYTES)
            .says(&["r.csv", "9537 MB", "s.toml:6:"]),
        case(
            "size: losses of 10 GB",
            &[
                "settle", "--policy", "network", "--losses", "@/l.csv", "--out", "@/o",
            ],
        )
        .hole("l.csv", TEN_GIGABYTES)
        .says(&["l.csv", "9537 MB"]),
        case(
            "size: a manifest of 10 GB",
            &["reproduce", "@/manifest.json"],
        )
        .hole("manifest.json", TEN_GIGABYTES)
        .remedy("检查", "check")
        .says(&["manifest.json", "9537 MB"]),
        case(
            "size: a design of 10 GB",
            &[
                "sensitivity",
                "seminar-county",
                "--import-design",
                "@/d.csv",
                "--dry-run",
            ],
        )
        .hole("d.csv", TEN_GIGABYTES)
        .says(&["d.csv", "9537 MB"]),
        case(
            "size: observed values of 10 GB",
            &["calibrate", "seminar-county", "--targets", "@/t.csv"],
        )
        .hole("t.csv", TEN_GIGABYTES)
        .says(&["t.csv", "9537 MB"]),
        case("size: data of charts of 10 GB", &["chart", "@/m"])
            .file("m/manifest.json", "{ \"program\": \"riskweave\" }")
            .hole("m/charts.json", TEN_GIGABYTES)
            .remedy("重新运行", "run compare again")
            .says(&["charts.json"]),
        // A million rows take more than a file may have; a hundred thousand fit, and are counted.
        society("size: a million provinces")
            .file("r.csv", rows(1_000_000))
            .says(&["r.csv", "16 MB"]),
        society("size: a hundred thousand provinces")
            .file("r.csv", rows(100_000))
            .says(&["r.csv:", "100000"]),
        case(
            "size: a hundred thousand unknown keys",
            &["check", "@/p.toml", "--kind", "policy"],
        )
        .file("p.toml", keys(100_000))
        .says(&["p.toml:4:", "100000"]),
        case(
            "size: endless device",
            &["check", "/dev/zero", "--kind", "policy"],
        )
        .says(&["/dev/zero", "16 MB"]),
        crowded(),
    ]
}

/// Two hundred provinces of four billion people, each of whom is an agent: no memory holds them.
fn crowded() -> Case {
    const NUMBER: usize = 200;
    let table = |header: &str, row: &dyn Fn(usize) -> String| {
        let rows = (0..NUMBER).map(row);
        rows.fold(header.to_owned(), |text, row| text + "\n" + &row) + "\n"
    };
    let provinces = table(PROVINCES.trim_end(), &|code| {
        format!("{code},甲{code},a{code},4000000000,0.1,0.1,0.6,1e13,9,1,9000,30000,5,1,1")
    });
    let exposure = table(
        "code,flood,typhoon,earthquake,drought,geological,cold,hail_wind,wildfire,landfalls",
        &|code| format!("{code},0.1,0,0.1,0,0,0,0,0,0"),
    );
    let workers = table(
        "code,coal_mine,other_mine,construction,chemicals,manufacturing,road_transport,water_transport,fire,town_gas",
        &|code| format!("{code},0,0,1000,1000,1000,1000,0,1000,1000"),
    );
    case(
        "size: more agents than any memory holds",
        &[
            "run",
            "@/s.toml",
            "--policy",
            "network",
            "--people-per-agent",
            "1",
            "--out",
            "@/o",
        ],
    )
    .file(
        "s.toml",
        format!(
            "{SOCIETY}[tables]\nprovinces = \"r.csv\"\nexposure = \"x.csv\"\nworkers = \"w.csv\"\n"
        ),
    )
    .file("r.csv", provinces)
    .file("x.csv", exposure)
    .file("w.csv", workers)
    .remedy("--people-per-agent", "--people-per-agent")
    .says(&["GB"])
}
