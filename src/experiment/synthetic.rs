//! Records with the shape of a run's, for tests: candidates shared by all policies, thinned by the
//! policy's number, their losses borne to the fen.

use super::plan::{Name, Plan, PolicyPlan};
use super::run::Engine;
use super::sample::Sample;
use crate::lint::DutyMap;
use crate::measures::Facts;
use crate::model::random::{Purpose, Stream};
use crate::model::record::{
    EventRow, LedgerRow, ProvinceYear, Report, Resource, RunRecord, Series, WholeRecord, YearRecord,
};
use crate::model::settlement::ledger::BEARERS;
use crate::scenario::experiment::Start;
use crate::vocabulary::{
    Asset, Bearer, BudgetFunction, Category, Cause, Grade, Kind, Layer, Level, Quintile, Table,
    Vocabulary,
};

/// Provinces of the synthetic society.
pub(crate) const PROVINCES: usize = 3;

/// A sample of a plan for the policies of these numbers, in these replications.
pub(crate) fn sample(
    plan: &Plan,
    policies: &[usize],
    replications: impl IntoIterator<Item = u32>,
) -> Sample {
    let mut sample = Sample::new(plan);
    for replication in replications {
        let one = |policy: &usize| record(replication, *policy, plan.years);
        let records: Vec<_> = policies.iter().map(one).collect();
        sample.add(replication, &records);
    }
    sample
}

/// Facts of a society of ten million people.
pub(crate) fn facts() -> Facts {
    Facts {
        population: 1e7,
        gdp_yuan: 7e11,
        industry_workers: 2e6,
        fifth_income_yuan: Table::from_fn(|fifth: Quintile| 1e10 * (1.0 + fifth.number() as f64)),
        value_of_life_yuan: 5e6,
        trade_workers: Table::from_fn(|_| 5e5),
        tolerable_worker_risk_per_year: 1e-3,
        national_line_per_year: 1.0,
    }
}

/// A plan with the policies of these numbers; the first is the baseline.
pub(crate) fn plan(policies: &[usize], replications: u32, years: u32) -> Plan {
    let name = |text: &str| Name {
        zh: format!("{text}(中)"),
        en: text.to_owned(),
    };
    Plan {
        key: "synthetic".to_owned(),
        name: name("synthetic experiment"),
        society: "nowhere".to_owned(),
        society_name: name("nowhere"),
        provinces: ["east", "west", "north"].map(name).to_vec(),
        province_people: vec![5e6, 3e6, 2e6],
        policies: policies
            .iter()
            .map(|n| PolicyPlan {
                key: format!("policy-{n}"),
                name: name(&format!("policy {n}")),
                duties: DutyMap::default(),
            })
            .collect(),
        baseline: 0,
        years,
        burn_in_years: 1,
        start: Start::Baseline,
        replications,
        seed: 7,
        people_per_agent: 10_000,
        facts: facts(),
        inputs: serde_json::json!({ "society": "nowhere" }),
        hash: "0123456789abcdef".repeat(4),
    }
}

/// Runs the synthetic policies of these numbers.
pub(crate) struct Synthetic {
    pub(crate) policies: Vec<usize>,
    pub(crate) years: u32,
}

impl Engine for Synthetic {
    type Start = u32;
    type Record = RunRecord;
    fn prepare(&self, replication: u32) -> u32 {
        replication
    }
    fn run(&self, replication: &u32, policy: usize) -> RunRecord {
        record(*replication, self.policies[policy], self.years)
    }
}

/// A record of a replication under the policy of a number: the greater, the fewer events.
pub(crate) fn record(replication: u32, policy: usize, years: u32) -> RunRecord {
    let mut record = RunRecord::default();
    for year in 0..years {
        add_year(&mut record, replication, policy, year);
    }
    add_weeks(&mut record, policy, years);
    record.whole = WholeRecord {
        candidates: 60 * u64::from(years),
        accepted: record.events.len() as u64,
        works_at_end: 1.0,
        weeks_to_90: 30.0 - policy as f64 + f64::from(replication % 7),
        weeks_to_99: 60.0,
        recovery_curve: (0..=104)
            .map(|week| 1.0 - 0.2 / (1.0 + f64::from(week)))
            .collect(),
        ..WholeRecord::default()
    };
    record
}

fn add_year(record: &mut RunRecord, replication: u32, policy: usize, year: u32) {
    let mut sums = YearRecord {
        provinces: vec![ProvinceYear::default(); PROVINCES],
        lowest_functionality: 0.97,
        lost_function_person_years: 1e4,
        affected: 900_000,
        hardship_yuan: 1e8,
        ..YearRecord::default()
    };
    for number in 0..60 {
        if let Some(event) = event(replication, policy, year, number) {
            add_event(record, &mut sums, &event, year);
            record.events.push(&event);
        }
    }
    sums.spent_fen = Table::from_fn(|function: BudgetFunction| {
        1_000_000_000 * (1 + function.number() as i64) + 7 * policy as i64
    });
    sums.resource_yuan = Table::from_fn(|part: Resource| 1e8 * (1.0 + part.number() as f64));
    record.years.push(sums);
}

fn event(replication: u32, policy: usize, year: u32, number: u32) -> Option<EventRow> {
    let stream = Stream::new(7, replication, Purpose::AccidentMarks);
    let draw = |mark| stream.uniform(u64::from(number), year, mark);
    if draw(0) * 1.1 > 1.0 - 0.1 * policy as f64 {
        return None;
    }
    let kind = Kind::ALL[number as usize % Kind::ALL.len()];
    let deaths = (0.3 / draw(1)) as u64;
    let loss_fen = (3e8 / draw(2)) as i64;
    Some(EventRow {
        week: year * 52 + number * 52 / 60,
        event: u64::from(year) * 1000 + u64::from(number) + 1,
        parent: 0,
        generation: 0,
        kind,
        province: number % PROVINCES as u32,
        magnitude: draw(3),
        warned_share: 0.5,
        hours_to_reach: 2.0,
        contained: true,
        children: 0,
        deaths,
        deaths_reported: deaths - u64::from(deaths > 0 && kind.trade().is_some()),
        injuries: 2 * deaths,
        counties: 1,
        loss_fen,
        borne_fen: borne(loss_fen),
        failed_phase: None,
        failed_owner: None,
        neglected: false,
        lead_hours: 0.0,
        helped: false,
        below_standard: false,
        report: Report::NotApplicable,
    })
}

/// A quarter of a loss with insurers, a fifth with the county, the rest with residents.
fn borne(loss_fen: i64) -> [i64; BEARERS] {
    let mut borne = [0; BEARERS];
    borne[Bearer::Insurers.number()] = loss_fen / 4;
    borne[Bearer::County.number()] = loss_fen / 5;
    borne[Bearer::Residents.number()] = loss_fen - loss_fen / 4 - loss_fen / 5;
    borne
}

fn add_event(record: &mut RunRecord, sums: &mut YearRecord, event: &EventRow, year: u32) {
    let category = event.kind.category();
    sums.deaths[event.kind] += event.deaths;
    sums.deaths_reported[event.kind] += event.deaths_reported;
    sums.injuries[event.kind] += event.injuries;
    sums.events[event.kind] += 1;
    sums.absorbed += 1;
    if let Some(trade) = event.kind.trade() {
        sums.worker_deaths[trade] += event.deaths;
        if event.deaths > 0 {
            sums.accidents_by_grade[Grade::of_deaths(event.deaths as u32)] += 1;
            let reported = Grade::of_deaths(event.deaths_reported as u32);
            sums.accidents_by_reported_grade[reported] += u64::from(event.deaths_reported > 0);
            sums.fatal_accidents_outside_road += 1;
            sums.accidents_concealed_outside_road += u64::from(event.deaths_reported == 0);
        }
    }
    sums.damage_fen[category][Asset::Housing] += event.loss_fen;
    let province = &mut sums.provinces[event.province as usize];
    province.deaths[category] += event.deaths;
    province.direct_fen[category] += event.loss_fen;
    let largest = &mut sums.largest[category];
    largest.direct_fen = largest.direct_fen.max(event.loss_fen);
    largest.insured_fen = largest.insured_fen.max(event.insured_fen());
    largest.public_fen = largest.public_fen.max(event.public_fen());
    largest.uncompensated_fen = largest.uncompensated_fen.max(event.uncompensated_fen());
    largest.deaths = largest.deaths.max(event.deaths);
    for (bearer, layer, amount_fen) in [
        (Bearer::Insurers, Layer::Property, event.insured_fen()),
        (Bearer::County, Layer::Relief, event.public_fen()),
        (
            Bearer::Residents,
            Layer::Retained,
            event.uncompensated_fen(),
        ),
    ] {
        sums.borne_fen[bearer] += amount_fen;
        sums.paid_fen[layer] += amount_fen;
        if category == Category::Natural {
            sums.borne_natural_fen[bearer] += amount_fen;
        }
        let cause = Cause::Nature;
        record.ledger.push(LedgerRow {
            year,
            category,
            cause,
            owner: None,
            layer,
            bearer,
            amount_fen,
        });
    }
    sums.public_loss_fen[Level::County] += event.public_fen();
    sums.uncompensated_fen[Quintile::ALL[event.event as usize % 5]] += event.uncompensated_fen();
}

fn add_weeks(record: &mut RunRecord, policy: usize, years: u32) {
    for week in 0..years * 52 {
        let mut row = [0.5; Series::ALL.len()];
        let mut provinces = [[1.0, 0.0, 0.0]; PROVINCES];
        for event in record.events.iter().filter(|event| event.week == week) {
            let province = &mut provinces[event.province as usize];
            province[0] -= 0.01;
            province[1] += event.deaths as f64;
            province[2] += event.loss_fen as f64 / 100.0;
        }
        let mean = provinces.iter().map(|province| province[0]).sum::<f64>() / PROVINCES as f64;
        row[Series::Functionality.number()] = mean;
        row[Series::Trust.number()] = 0.6 + 0.01 * policy as f64;
        record.weeks.push(&row);
        record.province_weeks.push(provinces.as_flattened());
    }
}
