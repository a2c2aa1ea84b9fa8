//! Small harm: injuries that are not followed one by one – one weekly count for a province and trade, by inversion,
//! with a fixed mean loss, and one claim for all of a province. Part of stage 4.

use crate::model::lanes::NUMBERS;
use crate::model::random::poisson_quantiles;
use crate::model::record::Resource;
use crate::model::run::Run;
use crate::model::settlement::accident::settle_accident;
use crate::model::start::small_harm as claim;
use crate::model::state::TRADES;
use crate::vocabulary::{Trade, Vocabulary};

/// Counts and settles the small injuries of the week: as many per accident as there are recognised
/// injuries per worker death.
pub fn small_harm(run: &mut Run) {
    let model = run.model;
    let accident = &model.society.accident;
    if accident.small_injuries_per_worker_death == 0.0 {
        return;
    }
    let each = accident.small_injury_treatment_yuan + accident.small_injury_earnings_yuan;
    let mut expected = std::mem::take(&mut run.scratch.expected_accidents);
    accidents_of_the_week(run, &mut expected);
    for (province, expected) in expected.iter().enumerate() {
        let [drawn, _] = run
            .streams
            .small
            .first_pairs((province as u64) << 8, run.state.week);
        let mut means = [0.0; NUMBERS];
        for trade in Trade::ALL.iter().copied() {
            let deaths = run.classes().worker_deaths_of_trade[trade];
            means[trade.number()] =
                expected[trade.number()] * deaths * accident.small_injuries_per_worker_death;
        }
        let counts = poisson_quantiles(&means, &drawn);
        let injuries = f64::from(counts.iter().sum::<u32>());
        if injuries > 0.0 {
            run.record.resource(Resource::Treatment, injuries * each);
            let outcome = settle_accident(
                &run.regime.arrangement,
                &claim(model, injuries),
                &mut run.state.books,
            );
            run.record
                .small_harm(province as u16, &counts, &outcome.totals);
        }
    }
    run.scratch.expected_accidents = expected;
}

/// Expected accidents of the week by province and trade, where plant stands now.
fn accidents_of_the_week(run: &Run, expected: &mut Vec<[f64; TRADES]>) {
    run.state.blocks.accidents_by_place(expected);
    for (expected, factors) in expected.iter_mut().zip(&run.scratch.week_factor) {
        for (rate, factor) in expected.iter_mut().zip(factors) {
            *rate = *rate * factor / 52.0;
        }
    }
    for (trade, moved) in run.scratch.relocated_risk.iter() {
        if *moved > 0.0 {
            run.model.relocation.moved(trade, *moved, expected);
        }
    }
}
