//! The CSV tables of a society, read and held against each other.

use std::collections::BTreeMap;

use crate::scenario::declaration::nearest_of;
use crate::scenario::matrix;
use crate::scenario::prefectures;
use crate::scenario::problem::{CellRule, Many, Problems, TableProblem};
use crate::scenario::relations;
use crate::scenario::resolve::Resolved;
use crate::scenario::source;
use crate::scenario::table_file::{Row, TableFile};
use crate::scenario::tables::{CascadeRow, ExposureRow, ProvinceRow, SocietyTables, Trigger};
use crate::vocabulary::{Kind, NaturalKind, Table, Trade, Vocabulary};

const PROVINCE_COLUMNS: [&str; 15] = [
    "code",
    "name_zh",
    "name_en",
    "population",
    "aged_share",
    "child_share",
    "urban_share",
    "gdp_yuan",
    "counties",
    "prefectures",
    "area_km2",
    "income_yuan",
    "beds_per_1000",
    "tile_row",
    "tile_col",
];

/// Provinces of a society at most.
const PROVINCES_LIMIT: usize = 5_000;
/// Counties of a society at most: the nation has 2,844.
const COUNTIES_LIMIT: u64 = 100_000;

/// Unit of cascade rows per event, and per source that lies in the footprint of a natural event.
const UNITS: [&str; 2] = [
    "per uncontained triggering event",
    "per exposed source in the footprint",
];

/// Triggers that are no kind of danger.
const SPECIAL_TRIGGERS: [(&str, Trigger); 3] = [
    ("accident>=10_deaths", Trigger::MajorAccident),
    ("concealment_exposed", Trigger::ConcealmentExposed),
    ("foodborne>=30_cases", Trigger::LargeFoodborne),
];

/// Reads all tables that a society names; `None` if one cannot be opened.
pub(crate) fn read(society: &Resolved, problems: &mut Problems) -> Option<SocietyTables> {
    let mut open = |name: &str, columns: &[&str], also: &[&str]| {
        let key = format!("society.tables.{name}");
        if society.faulty.contains(&key) {
            return None;
        }
        let opened = source::open(
            society.text(&key),
            society.origin(&key),
            society.place(&key),
        );
        let source = opened.map_err(|problem| problems.push(problem)).ok()?;
        TableFile::read(&source, columns, also, problems)
    };
    let names = ["name_zh", "name_en"];
    let with_code = |keys: Vec<&'static str>, more: &[&'static str]| {
        [vec!["code"], keys, more.to_vec()].concat()
    };
    let exposure_columns = with_code(
        NaturalKind::ALL.iter().map(|kind| kind.key()).collect(),
        &["landfalls"],
    );
    let workers_columns = with_code(Trade::ALL.iter().map(|trade| trade.key()).collect(), &[]);
    let pair_names = ["name_zh_a", "name_zh_b", "name_en_a", "name_en_b", "link"];
    let files = (
        open("provinces", &PROVINCE_COLUMNS, &[]),
        open("neighbours", &["code_a", "code_b"], &pair_names),
        open("exposure", &exposure_columns, &names),
        open("workers", &workers_columns, &names),
        open("responsibility", &matrix::COLUMNS, &matrix::ALSO),
        open(
            "cascade",
            &["trigger", "to", "expected_children", "unit"],
            &[],
        ),
        (!society.text("society.tables.prefectures").is_empty())
            .then(|| open("prefectures", &prefectures::COLUMNS, &[])),
    );
    let responsibility = files.4.as_ref().map(|file| matrix::read(file, problems));
    let cascade = files
        .5
        .as_ref()
        .map(|file| cascade(file, society, problems));
    let index = Provinces::read(files.0.as_ref()?, problems)?;
    let neighbours = files
        .1
        .as_ref()
        .map(|file| neighbours(file, &index, problems));
    let exposure = files
        .2
        .as_ref()
        .map(|file| exposure(file, &index, problems));
    let workers = files.3.as_ref().map(|file| workers(file, &index, problems));
    let prefectures = match &files.6 {
        None => Some(Vec::new()),
        Some(file) => file.as_ref().map(|file| {
            let position =
                |row: &Row, problems: &mut Problems| index.position(file, row, "code", problems);
            prefectures::read(file, &index.rows, position, problems)
        }),
    };
    Some(SocietyTables {
        provinces: index.rows,
        prefectures: prefectures?,
        neighbours: neighbours?,
        exposure: exposure?,
        workers: workers?,
        responsibility: responsibility?,
        cascade: cascade?,
    })
}

/// The provinces with their positions by code.
struct Provinces {
    rows: Vec<ProvinceRow>,
    by_code: BTreeMap<String, usize>,
}

impl Provinces {
    /// Reads them; `None` if they are too many to be held against anything.
    fn read(file: &TableFile, problems: &mut Problems) -> Option<Self> {
        if let Some(row) = file.rows.get(PROVINCES_LIMIT) {
            problems.push(TableProblem::TooMany {
                what: Many::Provinces,
                count: file.rows.len() as u64,
                limit: PROVINCES_LIMIT as u64,
                place: file.place(row, "code"),
            });
            return None;
        }
        let mut all = Provinces {
            rows: Vec::new(),
            by_code: BTreeMap::new(),
        };
        let mut places = Vec::new();
        let mut counties = 0;
        if file.rows.is_empty() {
            problems.push(TableProblem::Empty {
                place: file.header_place(),
            });
        }
        for row in &file.rows {
            let province = province(file, row, problems);
            let place = file.place(row, "code");
            if let Some(&first) = all.by_code.get(&province.code) {
                let (what, first) = (province.code, places[first]);
                problems.push(TableProblem::Duplicate {
                    what,
                    first: file.place(first, "code"),
                    second: place,
                });
                continue;
            }
            if province.aged_share + province.child_share >= 1.0 {
                problems.push(TableProblem::NoAdults {
                    code: province.code.clone(),
                    place: file.place(row, "aged_share"),
                });
            }
            if province.prefectures > province.counties {
                problems.push(TableProblem::TooMany {
                    what: Many::Prefectures,
                    count: u64::from(province.prefectures),
                    limit: u64::from(province.counties),
                    place: file.place(row, "prefectures"),
                });
            }
            let before = counties;
            counties += u64::from(province.counties);
            if before <= COUNTIES_LIMIT && counties > COUNTIES_LIMIT {
                problems.push(TableProblem::TooMany {
                    what: Many::Counties,
                    count: counties,
                    limit: COUNTIES_LIMIT,
                    place: file.place(row, "counties"),
                });
            }
            all.by_code.insert(province.code.clone(), all.rows.len());
            all.rows.push(province);
            places.push(row);
        }
        Some(all)
    }

    fn position(
        &self,
        file: &TableFile,
        row: &Row,
        column: &str,
        problems: &mut Problems,
    ) -> Option<usize> {
        let code = file.text(row, column);
        let found = self.by_code.get(code).copied();
        if found.is_none() {
            problems.push_with(|| {
                let known = self.by_code.keys().map(String::as_str);
                TableProblem::UnknownCode {
                    code: code.to_owned(),
                    nearest: nearest_of(code, known).map(str::to_owned),
                    place: file.place(row, column),
                }
            });
        }
        found
    }

    /// One value for each province, in the order of the provinces: every one once.
    fn each<T>(
        &self,
        file: &TableFile,
        problems: &mut Problems,
        mut value: impl FnMut(&Row, &mut Problems) -> T,
    ) -> Vec<T> {
        let mut found: Vec<Option<(&Row, T)>> = self.rows.iter().map(|_| None).collect();
        for row in &file.rows {
            let Some(position) = self.position(file, row, "code", problems) else {
                continue;
            };
            let value = value(row, problems);
            if let Some((first, _)) = &found[position] {
                let (first, second) = (file.place(first, "code"), file.place(row, "code"));
                let what = self.rows[position].code.clone();
                problems.push(TableProblem::Duplicate {
                    what,
                    first,
                    second,
                });
            } else {
                found[position] = Some((row, value));
            }
        }
        let missing = self
            .rows
            .iter()
            .zip(&found)
            .filter(|(_, found)| found.is_none());
        let codes: Vec<(String, String, String)> = missing
            .map(|(row, _)| (row.code.clone(), row.name_zh.clone(), row.name_en.clone()))
            .collect();
        if !codes.is_empty() {
            problems.push(TableProblem::MissingProvinces {
                codes,
                place: file.header_place(),
            });
        }
        found
            .into_iter()
            .flatten()
            .map(|(_, value)| value)
            .collect()
    }
}

fn province(file: &TableFile, row: &Row, problems: &mut Problems) -> ProvinceRow {
    let code = file.filled(row, "code", problems);
    let name_zh = file.filled(row, "name_zh", problems);
    let name_en = file.filled(row, "name_en", problems);
    let mut number = |column: &str, rule: CellRule| file.number(row, column, rule, problems);
    ProvinceRow {
        code,
        name_zh,
        name_en,
        population: number("population", CellRule::PositiveCount) as u64,
        aged_share: number("aged_share", CellRule::Share),
        child_share: number("child_share", CellRule::Share),
        urban_share: number("urban_share", CellRule::Share),
        gdp_yuan: number("gdp_yuan", CellRule::Positive),
        counties: number("counties", CellRule::PositiveCount) as u32,
        prefectures: number("prefectures", CellRule::Count) as u32,
        area_km2: number("area_km2", CellRule::Positive),
        income_yuan: number("income_yuan", CellRule::Positive),
        beds_per_1000: number("beds_per_1000", CellRule::NotNegative),
        tile_row: number("tile_row", CellRule::Tile) as u32,
        tile_col: number("tile_col", CellRule::Tile) as u32,
    }
}

fn neighbours(
    file: &TableFile,
    provinces: &Provinces,
    problems: &mut Problems,
) -> Vec<(usize, usize)> {
    let mut first_rows: BTreeMap<(usize, usize), &Row> = BTreeMap::new();
    let mut pairs = Vec::new();
    for row in &file.rows {
        let a = provinces.position(file, row, "code_a", problems);
        let b = provinces.position(file, row, "code_b", problems);
        let Some((a, b)) = a.zip(b) else { continue };
        let pair = (a.min(b), a.max(b));
        let place = file.place(row, "code_b");
        if a == b {
            let code = provinces.rows[a].code.clone();
            problems.push(TableProblem::SelfNeighbour { code, place });
        } else if let Some(first) = first_rows.get(&pair) {
            let what = format!(
                "{}–{}",
                provinces.rows[pair.0].code, provinces.rows[pair.1].code
            );
            let first = file.place(first, "code_b");
            problems.push(TableProblem::Duplicate {
                what,
                first,
                second: place,
            });
        } else {
            first_rows.insert(pair, row);
            pairs.push(pair);
        }
    }
    pairs
}

fn exposure(file: &TableFile, provinces: &Provinces, problems: &mut Problems) -> Vec<ExposureRow> {
    provinces.each(file, problems, |row, problems| ExposureRow {
        index: Table::from_fn(|kind: NaturalKind| {
            file.number(row, kind.key(), CellRule::Share, problems)
        }),
        landfalls: file.number(row, "landfalls", CellRule::NotNegative, problems),
    })
}

fn workers(
    file: &TableFile,
    provinces: &Provinces,
    problems: &mut Problems,
) -> Vec<Table<Trade, f64>> {
    provinces.each(file, problems, |row, problems| {
        Table::from_fn(|trade: Trade| {
            file.number(row, trade.key(), CellRule::NotNegative, problems)
        })
    })
}

fn cascade(file: &TableFile, society: &Resolved, problems: &mut Problems) -> Vec<CascadeRow> {
    let before = problems.problems.len();
    let mut firsts: BTreeMap<(String, String), &Row> = BTreeMap::new();
    let mut rows = Vec::new();
    for row in &file.rows {
        let trigger = trigger(file, row, problems);
        let to = file.member::<Kind>(row, "to", problems);
        let expected_children =
            file.number(row, "expected_children", CellRule::NotNegative, problems);
        let names = (
            file.text(row, "trigger").to_owned(),
            file.text(row, "to").to_owned(),
        );
        if let Some(first) = firsts.get(&names) {
            let (first, second) = (file.place(first, "trigger"), file.place(row, "trigger"));
            problems.push(TableProblem::Duplicate {
                what: format!("{} → {}", names.0, names.1),
                first,
                second,
            });
        }
        firsts.insert(names, row);
        if let Some((trigger, to)) = trigger.zip(to) {
            rows.push(CascadeRow {
                trigger,
                to,
                expected_children,
            });
        }
    }
    if problems.problems.len() == before {
        relations::check_cascade(society, &rows, &file.header_place(), problems);
    }
    rows
}

fn trigger(file: &TableFile, row: &Row, problems: &mut Problems) -> Option<Trigger> {
    let name = file.text(row, "trigger");
    if let Some((_, trigger)) = SPECIAL_TRIGGERS
        .iter()
        .find(|(special, _)| *special == name)
    {
        return Some(*trigger);
    }
    let Some(kind) = Kind::from_key(name) else {
        let kinds = Kind::ALL.iter().map(|kind| kind.key());
        let words: Vec<&str> = kinds
            .chain(SPECIAL_TRIGGERS.iter().map(|(special, _)| *special))
            .collect();
        file.not_a_word(row, "trigger", &words, problems);
        return None;
    };
    let unit = file.text(row, "unit");
    match UNITS.iter().position(|known| *known == unit) {
        Some(0) => Some(Trigger::Event(kind)),
        Some(_) if kind.natural().is_some() => Some(Trigger::Footprint(kind)),
        Some(_) => {
            file.not_a_word(row, "unit", &UNITS[..1], problems);
            None
        }
        None => {
            file.not_a_word(row, "unit", &UNITS, problems);
            None
        }
    }
}
