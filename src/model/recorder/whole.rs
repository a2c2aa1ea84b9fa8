//! The whole run: its checks, the works left at the end, recovery.

use super::Recorder;
use crate::model::Model;
use crate::model::lanes::{NUMBERS, Numbers};
use crate::model::mechanisms::remedy::works_factor;
use crate::model::record::RunRecord;
use crate::model::stages::recover::weeks_until;
use crate::model::state::State;
use crate::model::transcendental::{exp, exp_each};
use crate::vocabulary::BudgetFunction;

/// Weeks of the mean recovery curve.
const RECOVERY_WEEKS: usize = 105;

impl Recorder {
    /// Ends the run.
    pub fn finish(mut self, state: &State, model: &Model) -> RunRecord {
        state.books.check(&mut self.checks);
        self.record.checks = self.checks;
        let whole = &mut self.record.whole;
        whole.works_at_end = state.stocks.works;
        let credit = works_credit(model, self.works_at_start, state.stocks.works);
        [whole.works_credit_cost_yuan, whole.works_credit_loss_yuan] = credit;
        let weight: f64 = self.recovery.iter().sum::<f64>().max(1e-9);
        let taus = || {
            self.recovery
                .iter()
                .enumerate()
                .filter(|(_, lost)| **lost > 0.0)
                .map(|(step, lost)| (0.5 * (step as f64 + 0.5), *lost))
        };
        whole.weeks_to_90 = taus()
            .map(|(tau, lost)| lost * weeks_until(tau, 10.0))
            .sum::<f64>()
            / weight;
        whole.weeks_to_99 = taus()
            .map(|(tau, lost)| lost * weeks_until(tau, 100.0))
            .sum::<f64>()
            / weight;
        whole.recovery_curve = (0..RECOVERY_WEEKS)
            .step_by(NUMBERS)
            .flat_map(|first| still_lost(first, taus()))
            .take(RECOVERY_WEEKS)
            .map(|lost| 1.0 - lost / weight)
            .collect();
        self.record
    }
}

/// What is still lost so many weeks after onset, for weeks abreast from `first` on, of losses with their time constants
/// (weeks).
fn still_lost(first: usize, losses: impl Iterator<Item = (f64, f64)>) -> Numbers<f64> {
    let mut sums = [0.0; NUMBERS];
    for (tau, lost) in losses {
        let elapsed = std::array::from_fn(|lane| -((first + lane) as f64) / tau);
        for (sum, left) in sums.iter_mut().zip(exp_each(&elapsed)) {
            *sum += lost * left;
        }
    }
    sums
}

/// What the change of the stock of works is worth at the horizon (yuan): what it would cost to build,
/// and the natural loss it avoids from then on, as it decays, discounted.
fn works_credit(model: &Model, at_start: f64, at_end: f64) -> [f64; 2] {
    const YEARS: u32 = 100;
    let natural = &model.society.natural;
    let decay = natural.works_depreciation_per_year;
    let custom = model.society.government.budget_yuan_per_head[BudgetFunction::Works];
    let cost = (at_end - at_start) * custom * model.world.population as f64 / decay;
    let discount = model.society.evaluation.discount_rate_per_year;
    let mut avoided = 0.0;
    // Most policies leave the stock where it was.
    let years = if at_start == at_end { 0 } else { YEARS };
    for year in 0..years {
        let t = f64::from(year) + 0.5;
        let left = exp(-decay * t);
        let stock = |k: f64| 1.0 + (k - 1.0) * left;
        let [before, after] = [stock(at_start), stock(at_end)];
        let worth = exp(-discount * t);
        for (kind, loss) in model.expected_loss_yuan.iter() {
            let rho = model.society.hazards[kind].works_effect;
            let factor = |stock: f64| works_factor(stock, rho, natural.works_floor);
            avoided += loss * (factor(before) - factor(after)) * worth;
        }
    }
    [cost, avoided]
}
