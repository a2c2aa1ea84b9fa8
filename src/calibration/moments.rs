//! The figures of a simulated year that public series can be held against.

use crate::model::record::RunRecord;
use crate::vocabulary::{Asset, Category, Grade, Kind, Table, Trade, Vocabulary};

/// What a calibration keeps of a simulated year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct YearFigures {
    reported: Table<Trade, f64>,
    natural_deaths: f64,
    natural_loss_yuan: f64,
    by_grade: Table<Grade, f64>,
    /// Accidents reported with three or more deaths.
    three_and_more: Table<Trade, f64>,
}

/// What the figures are relative to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scale {
    /// Gross domestic product (yuan a year).
    pub gdp_yuan: f64,
    /// Workers of industry, mining and commerce (people).
    pub industry_workers: f64,
    /// Raw coal (million tonnes a year), where the society's drivers tell it.
    pub coal_output_million_tonnes: Option<f64>,
}

/// One figure that a target can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Reported work-safety deaths of all trades.
    Deaths,
    /// Reported deaths of a trade.
    DeathsOf(Trade),
    /// Reported deaths of industry, mining and commerce per 100,000 workers.
    IndustryRate,
    /// Deaths in coal mines per million tonnes of coal.
    CoalRate,
    /// Accidents by reported grade, this and above.
    Accidents(Grade),
    /// Accidents of a trade reported with three or more deaths.
    ThreeAndMore(Trade),
    /// Dead or missing in natural disasters.
    NaturalDeaths,
    /// Direct loss of natural disasters over gross domestic product.
    NaturalLossShare,
}

/// Whether a trade counts as industry, mining and commerce (official statistics leave transport out).
pub fn is_industry(trade: Trade) -> bool {
    !matches!(trade, Trade::RoadTransport | Trade::WaterTransport)
}

impl Moment {
    /// All of them with their names.
    pub fn all() -> Vec<(String, Moment)> {
        let mut all = vec![
            ("deaths_reported.total".to_owned(), Moment::Deaths),
            (
                "industry_deaths_per_100k_workers".to_owned(),
                Moment::IndustryRate,
            ),
            (
                "coal_deaths_per_million_tonnes".to_owned(),
                Moment::CoalRate,
            ),
            (
                "accidents_reported.larger_and_above".to_owned(),
                Moment::Accidents(Grade::Larger),
            ),
            (
                "accidents_reported.major_and_above".to_owned(),
                Moment::Accidents(Grade::Major),
            ),
            (
                "accidents_reported.particularly_major".to_owned(),
                Moment::Accidents(Grade::ParticularlyMajor),
            ),
            ("natural_deaths".to_owned(), Moment::NaturalDeaths),
            (
                "natural_loss_share_of_gdp".to_owned(),
                Moment::NaturalLossShare,
            ),
        ];
        for trade in Trade::ALL {
            all.push((
                format!("deaths_reported.{}", trade.key()),
                Moment::DeathsOf(*trade),
            ));
            let name = format!("accidents_reported_3plus.{}", trade.key());
            all.push((name, Moment::ThreeAndMore(*trade)));
        }
        all
    }

    /// The figure in a simulated year.
    pub fn of(self, year: &YearFigures, scale: &Scale) -> f64 {
        let industry = Trade::ALL.iter().filter(|trade| is_industry(**trade));
        match self {
            Moment::Deaths => year.reported.values().iter().sum(),
            Moment::DeathsOf(trade) => year.reported[trade],
            Moment::IndustryRate => {
                industry.map(|trade| year.reported[*trade]).sum::<f64>() / scale.industry_workers
                    * 1e5
            }
            Moment::CoalRate => {
                year.reported[Trade::CoalMine]
                    / scale.coal_output_million_tonnes.unwrap_or(f64::NAN)
            }
            Moment::Accidents(least) => Grade::ALL
                .iter()
                .filter(|grade| grade.number() >= least.number())
                .map(|grade| year.by_grade[*grade])
                .sum(),
            Moment::ThreeAndMore(trade) => year.three_and_more[trade],
            Moment::NaturalDeaths => year.natural_deaths,
            Moment::NaturalLossShare => year.natural_loss_yuan / scale.gdp_yuan,
        }
    }
}

/// What a run's years were.
pub fn years_of(record: &RunRecord) -> Vec<YearFigures> {
    let mut years: Vec<YearFigures> = record
        .years
        .iter()
        .map(|year| {
            let natural = year
                .deaths
                .iter()
                .filter(|(kind, _)| kind.category() == Category::Natural);
            YearFigures {
                reported: Table::from_fn(|trade| year.deaths_reported[Kind::from(trade)] as f64),
                natural_deaths: natural.map(|(_, deaths)| *deaths as f64).sum(),
                natural_loss_yuan: Asset::ALL
                    .iter()
                    .map(|asset| year.damage_fen[Category::Natural][*asset] as f64 / 100.0)
                    .sum(),
                by_grade: Table::from_fn(|grade| year.accidents_by_reported_grade[grade] as f64),
                three_and_more: Table::default(),
            }
        })
        .collect();
    for event in record
        .events
        .iter()
        .filter(|event| event.deaths_reported >= 3)
    {
        let year = (event.week / crate::model::hazards::candidates::WEEKS_PER_YEAR) as usize;
        if let (Some(trade), Some(year)) = (event.kind.trade(), years.get_mut(year)) {
            year.three_and_more[trade] += 1.0;
        }
    }
    years
}
