//! The tables beside a society, as meant: rows in the order of the provinces file.

use serde::{Deserialize, Serialize};

use crate::scenario::policy::Matrix;
use crate::scenario::prefectures::PrefectureRow;
use crate::vocabulary::{Kind, NaturalKind, Table, Trade};

/// All tables of a society, checked against each other.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SocietyTables {
    /// Provinces in file order; every other table refers to this order.
    pub provinces: Vec<ProvinceRow>,
    /// Prefectures of the provinces of which they are known; none = drawn like their counties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prefectures: Vec<PrefectureRow>,
    /// Pairs of neighbouring provinces, as positions in `provinces`.
    pub neighbours: Vec<(usize, usize)>,
    /// Exposure to natural hazards, one row a province.
    pub exposure: Vec<ExposureRow>,
    /// Workers of each trade, one row a province (people).
    pub workers: Vec<Table<Trade, f64>>,
    /// The customary responsibility matrix.
    pub responsibility: Matrix,
    /// Expected children of events.
    pub cascade: Vec<CascadeRow>,
}

impl SocietyTables {
    /// Position of the province of a code, Chinese or English name.
    pub fn province_named(&self, name: &str) -> Option<usize> {
        // A name may be given without its remark in brackets.
        let bare = |name: &str| name.split('(').next().unwrap_or(name).trim().to_lowercase();
        let is_it = |row: &ProvinceRow| {
            let names = [&row.name_zh, &row.name_en];
            row.code == name || names.iter().any(|own| bare(own) == bare(name))
        };
        self.provinces.iter().position(is_it)
    }
}

/// Facts of one province.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProvinceRow {
    /// Code of the administrative division (GB/T 2260), or any unique code.
    pub code: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// Residents (people).
    pub population: u64,
    /// Share of people aged 65 and over.
    pub aged_share: f64,
    /// Share of people under 15.
    pub child_share: f64,
    /// Share of people in towns.
    pub urban_share: f64,
    /// Gross domestic product (yuan a year).
    pub gdp_yuan: f64,
    /// Number of county-level divisions.
    pub counties: u32,
    /// Number of prefecture-level units; 0 = a municipality, whose city owners merge into the province.
    pub prefectures: u32,
    /// Area (km²).
    pub area_km2: f64,
    /// Disposable income a head (yuan a year).
    pub income_yuan: f64,
    /// Hospital beds per 1,000 people.
    pub beds_per_1000: f64,
    /// Row of the province in the tile chart.
    pub tile_row: u32,
    /// Column of the province in the tile chart.
    pub tile_col: u32,
}

/// Relative exposure of a province to natural hazards (1 = the worst province).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExposureRow {
    /// Index by hazard.
    pub index: Table<NaturalKind, f64>,
    /// Weight as a landfall province of typhoons (counted landfalls).
    pub landfalls: f64,
}

/// What sets off a child event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trigger {
    /// Any uncontained event of a kind.
    Event(Kind),
    /// Each exposed source in the footprint of a natural event of this kind.
    Footprint(Kind),
    /// An accident with at least ten deaths.
    MajorAccident,
    /// A concealment that came out.
    ConcealmentExposed,
    /// A foodborne outbreak of at least thirty cases.
    LargeFoodborne,
}

/// One line of the cascade table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CascadeRow {
    /// What sets the child off.
    pub trigger: Trigger,
    /// Kind of the child.
    pub to: Kind,
    /// Expected number of children per trigger.
    pub expected_children: f64,
}
