//! What the measures need to know of the society.

use crate::model::world::{World, group};
use crate::scenario::society::Evaluation;
use crate::vocabulary::{AgeGroup, Quintile, Table, Trade, Vocabulary};

/// Trades of industry and commerce 工矿商贸, as the plan indicator counts them.
pub const INDUSTRY: [Trade; 5] = [
    Trade::CoalMine,
    Trade::OtherMine,
    Trade::Construction,
    Trade::Chemicals,
    Trade::Manufacturing,
];

/// Denominators and weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Residents (people).
    pub population: f64,
    /// Gross domestic product (yuan a year).
    pub gdp_yuan: f64,
    /// Workers in industry and commerce 工矿商贸 (people).
    pub industry_workers: f64,
    /// Income of all people of each fifth (yuan a year).
    pub fifth_income_yuan: Table<Quintile, f64>,
    /// Value of a statistical life (yuan), for the academic social cost only.
    pub value_of_life_yuan: f64,
    /// Workers of each trade (people).
    pub trade_workers: Table<Trade, f64>,
    /// Tolerable yearly risk of death of a worker.
    pub tolerable_worker_risk_per_year: f64,
    /// Line C of criteria for all people: F(N) ≤ C/N (events × deaths a year).
    pub national_line_per_year: f64,
}

impl Facts {
    /// Of a world.
    pub fn of(world: &World, evaluation: &Evaluation) -> Self {
        let cells = || world.cells.trade.iter().zip(&world.cells.workers);
        let workers = |of: &dyn Fn(Trade) -> bool| {
            let counted = cells().filter(|(trade, _)| of(**trade));
            counted.map(|(_, workers)| workers).sum()
        };
        let millions = world.population as f64 / 1e6;
        Facts {
            population: world.population as f64,
            gdp_yuan: world
                .provinces
                .iter()
                .map(|province| province.gdp_yuan)
                .sum(),
            industry_workers: workers(&|trade| INDUSTRY.contains(&trade)),
            fifth_income_yuan: Table::from_fn(|fifth| fifth_income(world, fifth)),
            value_of_life_yuan: evaluation.value_of_statistical_life_yuan,
            trade_workers: Table::from_fn(|own| workers(&|trade| trade == own)),
            tolerable_worker_risk_per_year: evaluation.tolerable_worker_risk_per_year,
            national_line_per_year: evaluation.national_line_per_million_year * millions,
        }
    }
}

/// Σ over counties of people of the fifth × their income.
fn fifth_income(world: &World, fifth: Quintile) -> f64 {
    let counties = &world.counties;
    (0..counties.len())
        .map(|county| {
            let groups = AgeGroup::ALL.iter().map(|&age| group(age, fifth));
            let people: u32 = groups.map(|group| counties.people[county][group]).sum();
            let relative = counties.quintile_income[county][fifth.number()];
            f64::from(people) * counties.income_yuan[county] * relative
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::world::{
        Cells, CitizenFacts, Counties, EnterpriseFacts, GROUPS, Province, Span,
    };

    fn world() -> World {
        let province = Province {
            name_zh: "东".to_owned(),
            name_en: "east".to_owned(),
            population: 450,
            gdp_yuan: 7e6,
            radius_km: 1.0,
            municipality: false,
            neighbours: Vec::new(),
            cities: Span::default(),
            counties: Span { start: 0, end: 2 },
            capital: 0,
        };
        World {
            provinces: vec![province.clone(), province],
            cities: Vec::new(),
            counties: Counties {
                population: vec![150, 300],
                people: vec![[10; GROUPS], [20; GROUPS]],
                income_yuan: vec![1000.0, 2000.0],
                quintile_income: vec![[0.5, 0.8, 1.0, 1.2, 1.5]; 2],
                ..Counties::default()
            },
            cells: Cells {
                trade: vec![Trade::CoalMine, Trade::RoadTransport, Trade::Construction],
                workers: vec![5.0, 70.0, 20.0],
                ..Cells::default()
            },
            enterprises: EnterpriseFacts::default(),
            citizens: CitizenFacts::default(),
            province_distance_km: Vec::new(),
            people_per_agent: 1,
            mean_income_yuan: 1500.0,
            population: 900,
        }
    }

    #[test]
    fn facts_are_sums_over_the_world() {
        let evaluation = Evaluation {
            value_of_statistical_life_yuan: 5e6,
            discount_rate_per_year: 0.0,
            hardship_eta: 1.0,
            hardship_income_years: 1.0,
            hardship_struck_share: 1.0,
            hardship_struck_loss_share: 1.0,
            great_event_deaths: 1000,
            tolerable_worker_risk_per_year: 1e-3,
            national_line_per_million_year: 0.1,
        };
        let facts = Facts::of(&world(), &evaluation);
        assert_eq!(facts.trade_workers[Trade::RoadTransport], 70.0);
        assert!((facts.national_line_per_year - 9e-5).abs() < 1e-18);
        assert_eq!(
            (facts.population, facts.gdp_yuan, facts.industry_workers),
            (900.0, 1.4e7, 25.0)
        );
        assert_eq!(
            facts.fifth_income_yuan[Quintile::Poorest],
            30.0 * 500.0 + 60.0 * 1000.0
        );
        assert_eq!(
            facts.fifth_income_yuan[Quintile::Richest],
            30.0 * 1500.0 + 60.0 * 3000.0
        );
    }
}
