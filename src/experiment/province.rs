//! A province cut out of a larger society, with its neighbours as donors and receivers.
//!
//! What a society states for the whole is scaled to what is kept: staff, outbreaks, incidents and the
//! loss at which the whole country gives by people; natural events of a kind by the weights with
//! which the larger society draws their origin. What it states a head, a county or an enterprise stays.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::model::hazards::origin_weight;
use crate::scenario::CheckedSociety;
use crate::scenario::prefectures;
use crate::scenario::problem::Problem;
use crate::scenario::source::{Origin, open};
use crate::scenario::tables::ProvinceRow;
use crate::vocabulary::{Language, Level, NaturalKind, Vocabulary};

/// Files of a society that was cut out.
#[derive(Clone, Debug)]
pub struct Cut {
    /// The society file.
    pub society: String,
    /// Names and contents of its tables.
    pub tables: Vec<(&'static str, String)>,
}

/// The provinces that are kept: the one asked for (position) first, then those that it borders on.
pub fn kept(society: &CheckedSociety, province: usize) -> Vec<usize> {
    let borders = society.tables.neighbours.iter();
    let beside: BTreeSet<usize> = borders
        .filter_map(|&(a, b)| match (a == province, b == province) {
            (true, _) => Some(b),
            (_, true) => Some(a),
            _ => None,
        })
        .collect();
    [province].into_iter().chain(beside).collect()
}

/// Cuts a province (position) out of a society; `folder` is where its tables will lie, relative to its
/// file.
///
/// # Errors
/// If a table of the society cannot be opened.
pub fn cut(
    society: &CheckedSociety,
    province: usize,
    folder: &str,
    language: Language,
) -> Result<Cut, Problem> {
    let kept = kept(society, province);
    let files = &society.society.tables;
    let codes: BTreeSet<&str> = kept
        .iter()
        .map(|&number| society.tables.provinces[number].code.as_str())
        .collect();
    let own = &society.tables.provinces[province];
    let mut tables = Vec::new();
    for (name, path, columns) in [
        ("provinces.csv", &files.provinces, &["code"][..]),
        ("neighbours.csv", &files.neighbours, &["code_a", "code_b"]),
        ("exposure.csv", &files.exposure, &["code"]),
        ("workers.csv", &files.workers, &["code"]),
    ] {
        let source = open(path, &Origin::Option, None)?;
        tables.push((name, rows_of(&source.text, columns, &codes)));
    }
    tables.push(("prefectures.csv", blank_prefectures(own)));
    Ok(Cut {
        society: file(society, &kept, folder, language),
        tables,
    })
}

/// The rows of a table whose codes are all kept, as written.
fn rows_of(text: &str, columns: &[&str], codes: &BTreeSet<&str>) -> String {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let headers = reader.headers().cloned().unwrap_or_default();
    let at: Vec<usize> = columns
        .iter()
        .filter_map(|column| headers.iter().position(|header| header.trim() == *column))
        .collect();
    // The tables were read before: rows are sound, and writing to memory cannot fail.
    let _ = writer.write_record(&headers);
    for record in reader.records().flatten() {
        let code = |position: &usize| record.get(*position).unwrap_or_default().trim().to_owned();
        if at
            .iter()
            .all(|position| codes.contains(code(position).as_str()))
        {
            let _ = writer.write_record(&record);
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// One row to fill in for each prefecture.
fn blank_prefectures(province: &ProvinceRow) -> String {
    let blanks = ",".repeat(prefectures::COLUMNS.len() - 1);
    let row = format!("{}{blanks}\n", province.code);
    let count = province.prefectures.max(1) as usize;
    format!("{}\n{}", prefectures::COLUMNS.join(","), row.repeat(count))
}

fn file(society: &CheckedSociety, kept: &[usize], folder: &str, language: Language) -> String {
    let tables = &society.tables;
    let own = &tables.provinces[kept[0]];
    let mut text = head(society, kept, language);
    let _ = write!(
        text,
        "\nextends = \"{}\"\nname_zh = \"{}\"\nname_en = \"{}\"\n\n[tables]\n",
        society.key, own.name_zh, own.name_en
    );
    for name in ["provinces", "neighbours", "exposure", "workers"] {
        let _ = writeln!(text, "{name} = \"{folder}/{name}.csv\"");
    }
    let fill = language.pick(
        "各地市的数字填好后,去掉行首的 #",
        "fill in the prefectures, then remove the # of this line",
    );
    let _ = writeln!(
        text,
        "# prefectures = \"{folder}/prefectures.csv\"  # {fill}"
    );
    for &kind in NaturalKind::ALL {
        let rate =
            society.society.hazards[kind].events_per_year * origin_share(society, kind, kept);
        let _ = write!(
            text,
            "\n[hazards.{}]\nevents_per_year = {}\n",
            kind.key(),
            rounded(rate)
        );
    }
    by_people(&mut text, society, people_share(society, kept));
    text
}

fn head(society: &CheckedSociety, kept: &[usize], language: Language) -> String {
    let names: Vec<&str> = kept
        .iter()
        .map(|&number| {
            let row = &society.tables.provinces[number];
            language.pick(&row.name_zh, &row.name_en)
        })
        .collect();
    let (own, beside) = (names[0], names[1..].join(language.pick("、", ", ")));
    match language {
        Language::Chinese => format!(
            "# 从 {} 中切出的省级社会:{own},以及与它相邻的{beside}(支援与受援)。\n\
             # 全社会合计的数字已按保留部分折算:人员、疫情和社会事件按人口,自然灾害按其发生地权重。\n\
             # 只看本省:riskweave run 本文件 --policy network --region {own}\n",
            society.key
        ),
        Language::English => format!(
            "# A province cut out of {}: {own}, with its neighbours {beside} as donors and receivers.\n\
             # What was stated of the whole is scaled to what is kept: staff, outbreaks and incidents by people,\n\
             # natural events by the weights of their origin.\n\
             # The province alone: riskweave run THIS-FILE --policy network --region {own}\n",
            society.key
        ),
    }
}

fn by_people(text: &mut String, society: &CheckedSociety, share: f64) {
    let facts = &society.society;
    for &level in Level::ALL {
        let staff = &facts.government.staff[level];
        let _ = write!(
            text,
            "\n[government.staff.{}]\nrequired_people = {}\navailable_people = {}\n",
            level.key(),
            rounded(staff.required_people * share),
            rounded(staff.available_people * share)
        );
    }
    let (health, social) = (&facts.health, &facts.social);
    let tables: [(&str, &[(&str, f64)]); 3] = [
        (
            "health",
            &[
                (
                    "cluster_arrivals_per_year",
                    health.cluster_arrivals_per_year,
                ),
                (
                    "pandemic_arrivals_per_year",
                    health.pandemic_arrivals_per_year,
                ),
                (
                    "home_meal_events_per_year",
                    health.home_meal_events_per_year,
                ),
                ("canteen_events_per_year", health.canteen_events_per_year),
            ],
        ),
        (
            "social",
            &[
                ("crush_events_per_year", social.crush_events_per_year),
                ("violence_events_per_year", social.violence_events_per_year),
                ("dispute_events_per_year", social.dispute_events_per_year),
            ],
        ),
        (
            "sharing",
            &[(
                "charity_famous_loss_yuan",
                facts.sharing.charity_famous_loss_yuan,
            )],
        ),
    ];
    for (table, values) in tables {
        let _ = write!(text, "\n[{table}]\n");
        for (key, value) in values {
            let _ = writeln!(text, "{key} = {}", rounded(value * share));
        }
    }
}

fn people_share(society: &CheckedSociety, kept: &[usize]) -> f64 {
    let provinces = &society.tables.provinces;
    let all: u64 = provinces.iter().map(|row| row.population).sum();
    let own: u64 = kept
        .iter()
        .map(|&number| provinces[number].population)
        .sum();
    own as f64 / all as f64
}

/// Share of the events of a kind that arise in the provinces that are kept.
fn origin_share(society: &CheckedSociety, kind: NaturalKind, kept: &[usize]) -> f64 {
    let tables = &society.tables;
    let hazard = &society.society.hazards[kind];
    let weight = |number: usize| {
        let (row, exposure) = (&tables.provinces[number], &tables.exposure[number]);
        origin_weight(hazard, kind, row.population as f64, row.area_km2, exposure)
    };
    let all: f64 = (0..tables.provinces.len()).map(weight).sum();
    let own: f64 = kept.iter().map(|&number| weight(number)).sum();
    if all > 0.0 {
        own / all
    } else {
        kept.len() as f64 / tables.provinces.len() as f64
    }
}

/// Four significant digits: what a person would write.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_society;

    fn china() -> CheckedSociety {
        load_society("china-2020", &[]).unwrap()
    }

    #[test]
    fn a_province_is_kept_with_those_that_it_borders_on() {
        let china = china();
        let of = |name: &str| china.tables.province_named(name).unwrap();
        let mut expected = [of("河北"), of("江苏"), of("安徽"), of("河南")].to_vec();
        expected.sort_unstable();
        let kept = kept(&china, of("山东"));
        assert_eq!((kept[0], &kept[1..]), (of("山东"), &expected[..]));
    }

    #[test]
    fn shares_of_all_provinces_sum_to_one() {
        let china = china();
        let count = china.tables.provinces.len();
        for &kind in NaturalKind::ALL {
            let sum: f64 = (0..count).map(|n| origin_share(&china, kind, &[n])).sum();
            assert!((sum - 1.0).abs() < 1e-12);
        }
        let people: f64 = (0..count).map(|n| people_share(&china, &[n])).sum();
        assert!((people - 1.0).abs() < 1e-12);
    }

    #[test]
    fn tables_hold_the_kept_rows_alone_and_a_blank_for_each_prefecture() {
        let china = china();
        let shandong = china.tables.province_named("山东").unwrap();
        let cut = cut(&china, shandong, "x", Language::English).unwrap();
        let lines = |name: &str| {
            let table = cut.tables.iter().find(|(own, _)| *own == name).unwrap();
            table.1.lines().count() - 1
        };
        assert_eq!((lines("provinces.csv"), lines("workers.csv")), (5, 5));
        assert_eq!(lines("neighbours.csv"), 7);
        assert_eq!(lines("prefectures.csv"), 16);
        assert!(cut.society.contains("extends = \"china-2020\""));
    }

    #[test]
    fn four_digits_are_kept() {
        assert_eq!(rounded(12_345.6), 12_350.0);
        assert_eq!(rounded(0.001_234_56), 0.001_235);
        assert_eq!(rounded(0.0), 0.0);
    }
}
