//! Stage 10, measure: the week is written down, and what must always hold is checked.

use crate::model::record::{Resource, Series};
use crate::model::run::Run;
use crate::model::state::{BLOCKS, Totals};
use crate::vocabulary::{BudgetFunction, Vocabulary};

/// Writes the week and moves on to the next.
pub fn measure(run: &mut Run) {
    let totals = run.state.blocks.all();
    money(run, &totals);
    series(run, &totals);
    run.state.week += 1;
    if run.state.week.is_multiple_of(BLOCKS as u32) {
        run.make_room();
    }
    if run.state.week.is_multiple_of(52) {
        run.close_year();
    }
}

/// The week's share of planned public money and of what levers cost, private care, premiums.
fn money(run: &mut Run, totals: &Totals) {
    let people = run.model.world.population as f64;
    let money = &run.regime.money;
    for function in BudgetFunction::ALL.iter().copied() {
        let yuan = (money.planned[function] + money.levers[function]) * people / 52.0;
        match function {
            BudgetFunction::Relief | BudgetFunction::Subsidy => {}
            BudgetFunction::Respond => run.record.spend(function, yuan, Resource::Response),
            _ => run.record.spend(function, yuan, Resource::Prevention),
        }
    }
    run.record.resource(Resource::Care, totals.care_yuan / 52.0);
    run.record
        .resource(Resource::Suspension, totals.suspension_yuan / 52.0);
    run.record.enterprises(totals);
    run.pay_premiums();
}

/// One value of every series.
fn series(run: &mut Run, totals: &Totals) {
    if run.record.recording {
        write(run, totals);
    }
    run.record.next_week();
}

fn write(run: &mut Run, totals: &Totals) {
    let model = run.model;
    let state = &run.state;
    let people = model.world.population as f64;
    let agents = model.world.citizens.len().max(1) as f64;
    let counties = &state.counties;
    let sum = |bytes: &[u64]| bytes.iter().sum::<u64>() as f64 / 255.0 / agents;
    let count = |column: &[[u32; 5]]| {
        let all: u64 = column.iter().flatten().map(|n| u64::from(*n)).sum();
        all as f64 / agents
    };
    let function = counties
        .functionality
        .iter()
        .zip(&model.world.counties.population);
    let functionality = function.map(|(f, n)| f * f64::from(*n)).sum::<f64>() / people;
    let trust = sum(&counties.trust);
    let workers = totals.workers.max(1.0);
    let infected = counties.infected.iter().map(|n| f64::from(*n)).sum();
    let deaths_per_million = run.record.deaths_this_week() / people * 1e6;
    let levels = [
        (Series::Functionality, functionality),
        (Series::Infected, infected),
        (Series::Backlog, totals.backlog / workers),
        (Series::Care, totals.care / workers),
        (Series::Suspended, totals.suspended / workers),
        (Series::Preparedness, count(&counties.prepared) / 4.0),
        (Series::TakeUp, count(&counties.insured)),
        (Series::Trust, trust),
        (
            Series::PerceivedSafety,
            perceived_safety(trust, deaths_per_million),
        ),
        (Series::Grievance, sum(&counties.grievance)),
        (Series::Works, state.stocks.works),
    ];
    // The other series are sums of the week.
    let mut row = *run.record.sums_of_week();
    for (series, level) in levels {
        row[series.number()] = level;
    }
    let mut provinces = std::mem::take(&mut run.scratch.provinces);
    run.provinces_this_week(&mut provinces);
    run.record.close_week(&row, &provinces);
    run.scratch.provinces = provinces;
}

/// Perceived safety: trust less what the week's deaths per million take away (assumption: 0.02 each).
fn perceived_safety(trust: f64, deaths_per_million: f64) -> f64 {
    (0.6 + 0.4 * trust - 0.02 * deaths_per_million).clamp(0.0, 1.0)
}
