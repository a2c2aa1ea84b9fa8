//! Small harm: injuries that are not followed one by one – one weekly count for a province and trade,
//! by inversion, with a fixed mean loss. Part of stage 4.

use crate::model::random::poisson_quantile;
use crate::model::record::Resource;
use crate::model::run::Run;
use crate::model::settlement::accident::settle_accident;
use crate::model::start::small_harm as claim;
use crate::model::state::TRADES;
use crate::vocabulary::{SizeClass, Table, Trade, Vocabulary};

/// Counts and settles the small injuries of the week: as many per accident as there are recognised
/// injuries per worker death.
pub fn small_harm(run: &mut Run) {
    let model = run.model;
    let accident = &model.society.accident;
    if accident.small_injuries_per_worker_death == 0.0 {
        return;
    }
    let rates = run.state.blocks.accidents_by_place();
    let by_trade = Table::from_fn(|trade| accidents_of_the_week(run, trade, &rates));
    let deaths = Table::from_fn(|trade| worker_deaths_per_accident(run, trade));
    for province in 0..model.world.provinces.len() {
        for trade in Trade::ALL.iter().copied() {
            let number = trade.number();
            let accidents = by_trade[trade][province];
            let mean = accidents * deaths[trade] * accident.small_injuries_per_worker_death;
            let entity = (province as u64) << 8 | number as u64;
            let count =
                poisson_quantile(mean, run.streams.small.uniform(entity, run.state.week, 0));
            if count > 0 {
                let each =
                    accident.small_injury_treatment_yuan + accident.small_injury_earnings_yuan;
                run.record
                    .resource(Resource::Treatment, f64::from(count) * each);
                let outcome = settle_accident(
                    &run.regime.arrangement,
                    &claim(model, f64::from(count)),
                    &mut run.state.books,
                );
                run.record
                    .small_harm(province as u16, trade, count, &outcome.totals);
            }
        }
    }
}

/// Worker deaths per accident of a trade, over its size classes.
fn worker_deaths_per_accident(run: &Run, trade: Trade) -> f64 {
    let facts = &run.regime.trades[trade].worker_deaths_per_accident;
    let sizes = &run.model.society.trades[trade].sizes;
    let of_size = |size: &SizeClass| sizes[*size].share_of_workers * facts[*size];
    SizeClass::ALL.iter().map(of_size).sum()
}

/// Expected accidents of a trade this week by province, where its plant stands now; from the `rates` a year of every
/// province and trade.
fn accidents_of_the_week(run: &Run, trade: Trade, rates: &[f64]) -> Vec<f64> {
    let number = trade.number();
    let in_province = |province: usize| {
        rates[province * TRADES + number] * run.scratch.week_factor[province][number] / 52.0
    };
    let mut accidents: Vec<f64> = (0..run.model.world.provinces.len())
        .map(in_province)
        .collect();
    let moved = run.scratch.relocated_risk[trade];
    if moved > 0.0 {
        run.model.relocation.moved(trade, moved, &mut accidents);
    }
    accidents
}
