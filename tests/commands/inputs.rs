//! Broken inputs: each is told clearly in both languages, with exit code 2 and nothing written.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files must fail"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::program::program;
use tempfile::TempDir;

const POLICY: &str = "name_zh = \"甲\"\nname_en = \"a\"\nextends = \"current-2020\"\n";
const EXPERIMENT: &str = "name_zh = \"甲\"\nname_en = \"a\"\nsociety = \"seminar-county\"\n";
const SOCIETY: &str = "name_zh = \"甲\"\nname_en = \"a\"\nbaseline = \"current-2020\"\nextends = \"seminar-county\"\n";

fn riskweave(folder: &Path, arguments: &[&str]) -> Output {
    program()
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

/// What the program says to these files and arguments in both languages; it must refuse them.
fn refused(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    refused_in(folder.path(), arguments)
}

fn refused_in(folder: &Path, arguments: &[&str]) -> String {
    let before = fs::read_dir(folder).unwrap().count();
    let mut said = String::new();
    for language in ["zh", "en"] {
        let output = riskweave(folder, &[arguments, &["--lang", language]].concat());
        assert_eq!(
            output.status.code(),
            Some(2),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(
            output.stdout.is_empty(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(!message.contains('\u{1b}'), "colour without a terminal");
        said = format!("{said}――― {language}\n{message}");
    }
    assert!(!folder.join("output").exists());
    assert_eq!(
        fs::read_dir(folder).unwrap().count(),
        before,
        "a file was written"
    );
    said
}

macro_rules! refusals {
    ($($name:ident: [$($file:expr => $text:expr),*], $arguments:expr;)+) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(refused(&[$(($file, $text.as_ref())),*], &$arguments));
        })+
    };
}

/// A policy file with more lines.
fn policy(more: &str) -> String {
    format!("{POLICY}{more}")
}

/// A society file with more lines.
fn society(more: &str) -> String {
    format!("{SOCIETY}{more}")
}

/// An experiment file with more lines.
fn experiment(more: &str) -> String {
    format!("{EXPERIMENT}{more}")
}

/// A society file that names its own table.
fn with_table(name: &str) -> String {
    society(&format!("[tables]\n{name} = \"{name}.csv\"\n"))
}

const PROVINCES: &str = "code,name_zh,name_en,population,aged_share,child_share,urban_share,gdp_yuan,counties,prefectures,area_km2,income_yuan,beds_per_1000,tile_row,tile_col";
const EXPOSURE: &str =
    "code,flood,typhoon,earthquake,drought,geological,cold,hail_wind,wildfire,landfalls";

refusals! {
    // Files and names.
    syntax: ["p.toml" => policy("[criteria\nweight_on_life = \nweight_on_life = 1\n")], ["check", "p.toml"];
    duplicate_key: ["p.toml" => policy("[criteria]\nweight_on_life = 1\nweight_on_life = 2\n")], ["check", "p.toml"];
    missing_file: [], ["check", "none.toml"];
    directory_instead_of_file: [], ["check", "./"];
    unknown_name: [], ["check", "netwrok"];
    unknown_name_of_a_kind: [], ["check", "chna-2020", "--kind", "experiment"];
    unknown_parent: ["p.toml" => "extends = \"curent-2020\"\nname_zh = \"甲\"\nname_en = \"a\"\n[criteria]\nwieght_on_life = 1\n"], ["check", "p.toml", "--kind", "policy"];
    missing_parent_file: ["p.toml" => "extends = \"./q.toml\"\n[criteria]\n"], ["check", "p.toml"];
    circular_extends: ["p.toml" => "extends = \"./q.toml\"\n[criteria]\n", "q.toml" => "extends = \"p.toml\"\n"], ["check", "p.toml"];
    name_of_several_kinds: [], ["show", "china-2020"];
    kind_cannot_be_told: ["x.toml" => "name_zh = \"甲\"\nname_en = \"a\"\n"], ["check", "x.toml"];

    // Keys and values.
    unknown_keys: ["p.toml" => policy("[criteria]\nwieght_on_life = 1\n[critera]\nx = 1\n[sharing.pol]\nshare = 0.5\n[xyzzy]\n")], ["check", "p.toml"];
    wrong_types: ["p.toml" => policy("[criteria]\nenabled = \"yes\"\nweight_on_life = \"two\"\nsuspension_weeks = 2020-01-01\n[responsibility]\nofficial_sanction_threshold_deaths = 9.5\nmatrix = 3\n")], ["check", "p.toml"];
    value_for_a_table_and_table_for_a_value: ["p.toml" => policy("criteria = 3\n[remedy.quality_target]\nx = 1\n")], ["check", "p.toml", "--kind", "policy"];
    out_of_range: ["p.toml" => policy("[sharing.property]\nsubsidy = 1.5\n[sharing.relief]\ndays_to_payment = -3\n")], ["check", "p.toml"];
    not_finite: ["p.toml" => policy("[sharing.relief]\ndays_to_payment = inf\nshare_ordinary = nan\n")], ["check", "p.toml"];
    unknown_choice: ["p.toml" => policy("[responsibility]\nliability_rule = \"stict\"\n")], ["check", "p.toml"];
    missing_names: ["p.toml" => "[criteria]\nweight_on_life = 1\n"], ["check", "p.toml"];
    society_without_tables: ["s.toml" => "name_zh = \"甲\"\nname_en = \"a\"\nbaseline = \"current-2020\"\n[citizens]\n"], ["check", "s.toml"];
    problems_of_a_file_and_of_its_parent: ["p.toml" => "extends = \"./q.toml\"\n[remedy]\nquality_target = 7\n", "q.toml" => policy("[criteria]\nweight_on_lif = 2\n")], ["check", "p.toml"];

    // Values that do not go together.
    unknown_baseline: ["s.toml" => "name_zh = \"甲\"\nname_en = \"a\"\nbaseline = \"curent-2020\"\nextends = \"seminar-county\"\n"], ["check", "s.toml"];
    shares_do_not_add_up: ["s.toml" => society("[stocks.public_owner_share]\ncentre = 0.9\n[trades.chemicals.sizes.micro]\nshare_of_workers = 0.99\n[government.staff.county.role_share]\nsector = 0.9\n")], ["check", "s.toml"];
    cascade_too_strong: ["s.toml" => with_table("cascade"), "cascade.csv" => "trigger,to,expected_children,unit\nchemicals,fire,0.9,per uncontained triggering event\nfire,chemicals,0.9,per uncontained triggering event\n"], ["check", "s.toml"];

    // Tables.
    negative_population: ["s.toml" => with_table("provinces"), "provinces.csv" => format!("{PROVINCES}\n01,临澜,Linlan,-5,0.1,1.2,half,NaN,0,2.5,-1,inf,5,1,1\n")], ["check", "s.toml"];
    no_adults_and_a_duplicate: ["s.toml" => with_table("provinces"), "provinces.csv" => format!("{PROVINCES}\n91,临澜,Linlan,3000000,0.6,0.5,0.6,2e11,5,1,9000,30000,5,1,1\n91,临澜,Linlan,3000000,0.1,0.1,0.6,2e11,5,1,9000,30000,5,1,1\n")], ["check", "s.toml"];
    province_missing_and_unknown: ["s.toml" => with_table("exposure"), "exposure.csv" => format!("{EXPOSURE}\nX1,0,0,0,0,0,0,0,0,0\n")], ["check", "s.toml"];
    columns_missing_and_unknown: ["s.toml" => with_table("exposure"), "exposure.csv" => "code,flod,typhoon,earthquake,drought,geological,cold,hail_wind,wildfire,landfalls,source\n"], ["check", "s.toml"];
    ragged_rows: ["s.toml" => with_table("cascade"), "cascade.csv" => "trigger,to,expected_children,unit\nfire,chemicals\n"], ["check", "s.toml"];
    unknown_words_in_the_cascade: ["s.toml" => with_table("cascade"), "cascade.csv" => "trigger,to,expected_children,unit\nfoodborne,fire,0.1,per uncontained triggering event\nfire,chemical,0.1,per uncontained triggering event\nfire,town_gas,0.1,per exposed source in the footprint\nfire,fire,0.1,each\n"], ["check", "s.toml"];
    province_as_its_own_neighbour: ["s.toml" => with_table("neighbours"), "neighbours.csv" => "code_a,code_b\n1,1\n9Z,9Z\n"], ["check", "s.toml"];
    faulty_matrix: ["p.toml" => policy("[responsibility]\nmatrix = \"m.csv\"\n"), "m.csv" => "category,phase,owner,share,lead\naccident,prevent,county.sectr,0.5,1\naccident,prevent,county.sector,1.5,1\naccident,prevent,county.sector,0.5,1\naccident,prepare,county.sector,0.5,yes\n"], ["check", "p.toml"];
    missing_table_file: ["s.toml" => with_table("workers")], ["check", "s.toml"];

    // Experiments.
    policy_listed_twice: ["e.toml" => experiment("policies = [\"network\", \"sector-led\", \"network\"]\n")], ["check", "e.toml"];
    no_policies: ["e.toml" => experiment("policies = []\n")], ["check", "e.toml"];
    half_a_grid: ["e.toml" => experiment("[grid]\nallocation = [\"sector-led\"]\n")], ["check", "e.toml"];
    unknown_names_in_a_grid: ["e.toml" => experiment("[grid]\nallocation = [\"sectr-led\"]\nsharing = [\"fiscal-backstop\", \"nothing\"]\n")], ["check", "e.toml"];
    unknown_society: ["e.toml" => "name_zh = \"甲\"\nname_en = \"a\"\nsociety = \"seminar-country\"\npolicies = [\"network\", 5]\n"], ["check", "e.toml"];
    too_many_years: ["e.toml" => experiment("policies = [\"network\"]\nyears = 200\nreplications = 100000\n")], ["check", "e.toml"];
    numbers_too_large: ["e.toml" => experiment("policies = [\"network\"]\nyears = 4294967296\nreplications = 99999999999999999999999\nseed = -1\n")], ["check", "e.toml"];

    malformed_variant: ["e.toml" => experiment("policies = [\"network[budget.multiplier]\", \"network[remedy.qualty_target=0.6]\"]\n")], ["check", "e.toml"];
    variant_listed_twice: ["e.toml" => experiment("policies = [\"network[budget.multiplier=1.2]\", \"network[ budget.multiplier = 1.2 ]\"]\n")], ["check", "e.toml"];
    forced_event_without_its_province: ["e.toml" => experiment("policies = [\"network\"]\n[forced_event]\nkind = \"flood\"\nprovince = \"临兰\"\n")], ["check", "e.toml"];
    forced_event_after_the_end: ["e.toml" => experiment("policies = [\"network\"]\nyears = 1\n[forced_event]\nkind = \"flood\"\nprovince = \"临澜市\"\nweek = 53\n")], ["check", "e.toml"];

    // Options.
    faulty_settings: [], ["check", "network", "--set", "years", "--set", "polcy.criteria.enabled=true", "--set", "policy.criteria.weight_on_lif=1", "--set", "policy.criteria.weight_on_life=much", "--set", "policy.sharing.property.subsidy=2", "--set", "policy.responsibility.liability_rule=sometimes"];
    unknown_option: [], ["check", "network", "--sett", "x"];
    missing_argument: [], ["check"];
    unknown_command: [], ["lsit"];
}

#[test]
fn not_utf8() {
    let folder = TempDir::new().unwrap();
    let mut bytes = POLICY.as_bytes().to_vec();
    bytes.extend_from_slice(b"description_zh = \"\xd6\xd0\xb9\xfa\"\n");
    fs::write(folder.path().join("gbk.toml"), bytes).unwrap();
    insta::assert_snapshot!(refused_in(folder.path(), &["check", "gbk.toml"]));
}

#[test]
fn too_big() {
    let folder = TempDir::new().unwrap();
    fs::File::create(folder.path().join("big.toml"))
        .unwrap()
        .set_len(17 * 1024 * 1024)
        .unwrap();
    insta::assert_snapshot!(refused_in(folder.path(), &["check", "big.toml"]));
}

#[test]
fn a_file_is_not_overwritten() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("p.toml"), "mine").unwrap();
    insta::assert_snapshot!(refused_in(folder.path(), &["new", "policy", "p.toml"]));
    assert_eq!(
        fs::read_to_string(folder.path().join("p.toml")).unwrap(),
        "mine"
    );
    let forced = riskweave(folder.path(), &["new", "policy", "p.toml", "--force"]);
    assert_eq!(forced.status.code(), Some(0));
    let checked = riskweave(folder.path(), &["check", "p.toml"]);
    assert_eq!(
        checked.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&checked.stderr)
    );
}

#[test]
fn what_is_sound_is_called_so_in_both_languages() {
    let folder = TempDir::new().unwrap();
    for (language, word) in [("zh", "无问题"), ("en", "no problems")] {
        for (kind, name) in [
            ("society", "seminar-county"),
            ("policy", "network"),
            ("experiment", "seminar-county"),
        ] {
            let output = riskweave(
                folder.path(),
                &["check", name, "--kind", kind, "--lang", language],
            );
            assert_eq!(output.status.code(), Some(0));
            assert!(String::from_utf8(output.stdout).unwrap().contains(word));
            assert!(output.stderr.is_empty());
        }
    }
}

#[test]
fn a_shown_built_in_is_a_sound_file_elsewhere() {
    let folder = TempDir::new().unwrap();
    for kind in ["society", "policy", "experiment"] {
        let name = if kind == "policy" {
            "network"
        } else {
            "seminar-county"
        };
        for resolved in [&[][..], &["--resolved"]] {
            let shown = riskweave(
                folder.path(),
                &[&["show", name, "--kind", kind][..], resolved].concat(),
            );
            assert_eq!(shown.status.code(), Some(0));
            fs::write(folder.path().join("copy.toml"), shown.stdout).unwrap();
            let checked = riskweave(folder.path(), &["check", "copy.toml"]);
            assert_eq!(
                checked.status.code(),
                Some(0),
                "{}",
                String::from_utf8_lossy(&checked.stderr)
            );
        }
    }
}

#[test]
fn help_and_lists_are_in_the_language_of_the_locale() {
    let folder = TempDir::new().unwrap();
    let chinese = Command::new(env!("CARGO_BIN_EXE_riskweave"))
        .current_dir(folder.path())
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "zh_CN.UTF-8")
        .arg("--help")
        .output()
        .unwrap();
    assert_eq!(chinese.status.code(), Some(0));
    assert!(String::from_utf8(chinese.stdout).unwrap().contains("用法"));
    let english = riskweave(folder.path(), &["--help"]);
    assert!(String::from_utf8(english.stdout).unwrap().contains("Usage"));
    let list = riskweave(folder.path(), &["list", "policy", "--lang", "zh"]);
    assert!(
        String::from_utf8(list.stdout)
            .unwrap()
            .contains("六项机制协同")
    );
}
