//! Risk criteria 风险准则: the hard rules that every other decision must respect.
//!
//! *What it does.* Weighs life in the split of public money, suspends establishments above a
//! tolerable individual risk or above a backlog of open hazards until they are mended, and moves
//! staff and money to the grassroots.
//!
//! *Why it should work.* A limit acts where incentives do not: the judgment-proof firm responds to
//! closure, not to damages.
//!
//! *Equations.* Within an agent's like establishments, backlogs are exponential around the agent's
//! mean b, so the share over a limit L is e^{−L/b}, and the mean excess of those is again b; rates
//! are lognormal with spread σ, so the share over a limit R is 1 − Φ(ln(R/λ)/σ). An installation breaks the
//! line F(N) ≤ C/N if the greatest N·F(N) of its own expected rate exceeds C (Health and Safety
//! Executive 2001; Jonkman and others 2003); its rate has the same spread.

use crate::model::lanes::{ABREAST, Abreast};
use crate::model::random::normal_probability;
use crate::model::transcendental::{exps, log};
use crate::scenario::policy::Criteria;

/// Spread of the logarithm of rates among like establishments (assumption).
const RATE_SIGMA_LOG: f64 = 0.8;
/// Where the limit is this many times the mean, nobody is over it (less than one in 10¹⁷).
const IGNORED: f64 = 40.0;

/// Below this share of the limit nobody is over it (less than one in 10⁸).
const RATE_IGNORED: f64 = 0.01;

/// What the mechanism hands to the engine.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// Decision weight on the life-saving functions of the budget.
    pub weight_on_life: f64,
    /// Tolerable risk of death of a worker (1/year).
    pub individual_risk_limit: f64,
    /// Line C of one installation: F(N) ≤ C/N (1/year).
    pub installation_line: f64,
    /// Open hazards per 100 workers that suspend an inspected establishment.
    pub suspension_backlog: f64,
    /// Length of a suspension (weeks).
    pub suspension_weeks: f64,
    /// Share of suspensions due that is waived for the sake of output.
    pub weight_on_development: f64,
    /// Share of staff and money at county and grassroots.
    pub grassroots_share: f64,
}

/// The effect of a policy's criteria table.
pub fn effect(levers: &Criteria) -> Effect {
    Effect {
        weight_on_life: levers.weight_on_life,
        individual_risk_limit: levers.individual_risk_limit_per_year,
        installation_line: levers.installation_line_per_year,
        suspension_backlog: levers.suspension_backlog_per_100_workers,
        suspension_weeks: levers.suspension_weeks,
        weight_on_development: levers.weight_on_development,
        grassroots_share: levers.grassroots_share,
    }
}

impl Effect {
    /// Share of agents' establishments suspended for their backlog in a quarter:
    /// those visited, times those over the limit.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn suspended_for_backlog(
        &self,
        backlog: &Abreast<f64>,
        visits_per_quarter: &Abreast<f64>,
    ) -> Abreast<f64> {
        if self.suspension_weeks <= 0.0 {
            return [0.0; ABREAST];
        }
        let mut over = [0.0; ABREAST];
        for lane in 0..ABREAST {
            over[lane] = -self.suspension_backlog / backlog[lane];
        }
        let mut over = exps(&over);
        for lane in 0..ABREAST {
            let visited = visits_per_quarter[lane].min(1.0) * over[lane];
            let nobody = self.suspension_backlog > IGNORED * backlog[lane];
            over[lane] = if nobody { 0.0 } else { visited };
        }
        over
    }

    /// Share suspended because their own expected individual risk is over the limit.
    pub fn suspended_for_risk(&self, worker_death_rate: f64) -> f64 {
        self.over(worker_death_rate, self.individual_risk_limit)
    }

    /// Share suspended because the greatest N·F(N) of their own expected rate is over the line.
    pub fn suspended_for_line(&self, greatest: f64) -> f64 {
        self.over(greatest, self.installation_line)
    }

    /// [`Effect::suspended_for_risk`] of agents abreast.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn each_suspended_for_risk(&self, worker_death_rate: &Abreast<f64>) -> Abreast<f64> {
        self.each_over(worker_death_rate, self.individual_risk_limit)
    }

    /// [`Effect::suspended_for_line`] of agents abreast.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn each_suspended_for_line(&self, greatest: &Abreast<f64>) -> Abreast<f64> {
        self.each_over(greatest, self.installation_line)
    }

    /// Share of like establishments whose own figure is over a limit; a limit of one is none.
    fn over(&self, median: f64, limit: f64) -> f64 {
        if self.suspension_weeks <= 0.0 || median <= RATE_IGNORED * limit || limit >= 1.0 {
            return 0.0;
        }
        normal_probability(log(median / limit) / RATE_SIGMA_LOG)
    }

    /// The same of agents abreast, most of whom lie far below.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    fn each_over(&self, median: &Abreast<f64>, limit: f64) -> Abreast<f64> {
        let mut over = [0.0; ABREAST];
        let mut most = 0.0_f64;
        for median in median {
            most = most.max(*median);
        }
        if most > RATE_IGNORED * limit {
            for (over, median) in over.iter_mut().zip(median) {
                *over = self.over(*median, limit);
            }
        }
        over
    }

    /// What of a share due for suspension is suspended in fact.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of every compiled version")]
    pub fn enforced(&self, due: f64) -> f64 {
        due * (1.0 - self.weight_on_development)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::transcendental::exp;

    fn rule(limit: f64, backlog: f64) -> Effect {
        Effect {
            weight_on_life: 1.0,
            individual_risk_limit: limit,
            installation_line: limit,
            suspension_backlog: backlog,
            suspension_weeks: 6.0,
            weight_on_development: 0.25,
            grassroots_share: 0.2,
        }
    }

    #[test]
    fn share_over_the_backlog_limit_is_exponential() {
        let mut backlog = [4.0; ABREAST];
        backlog[1] = 0.0;
        let share = rule(1e-3, 12.0).suspended_for_backlog(&backlog, &[0.5; ABREAST]);
        assert!((share[0] - 0.5 * exp(-3.0)).abs() < 1e-15);
        assert_eq!(share[1], 0.0);
        let mut never = rule(1e-3, 12.0);
        never.suspension_weeks = 0.0;
        let share = never.suspended_for_backlog(&backlog, &[0.5; ABREAST]);
        assert_eq!(share, [0.0; ABREAST]);
    }

    #[test]
    fn half_is_over_a_risk_limit_at_the_median() {
        assert!((rule(1e-4, 12.0).suspended_for_risk(1e-4) - 0.5).abs() < 1e-12);
        assert!(rule(1e-3, 12.0).suspended_for_risk(1e-4) < 0.01);
    }

    #[test]
    fn half_is_over_a_line_that_its_own_curve_touches() {
        assert!((rule(1e-2, 12.0).suspended_for_line(1e-2) - 0.5).abs() < 1e-12);
        assert_eq!(rule(1.0, 12.0).suspended_for_line(0.5), 0.0);
    }

    #[test]
    fn agents_abreast_are_suspended_as_they_are_alone() {
        let medians = std::array::from_fn(|lane| 1e-7 * libm::pow(4.0, lane as f64));
        for limit in [1e-4, 1e-2, 1.0] {
            let rule = rule(limit, 12.0);
            let alone = medians.map(|median| rule.suspended_for_risk(median));
            assert_eq!(rule.each_suspended_for_risk(&medians), alone);
            let alone = medians.map(|median| rule.suspended_for_line(median));
            assert_eq!(rule.each_suspended_for_line(&medians), alone);
        }
    }

    #[test]
    fn development_waives_its_share() {
        assert!((rule(1.0, 12.0).enforced(0.4) - 0.3).abs() < 1e-15);
    }

    #[test]
    fn no_limit_suspends_nobody() {
        assert_eq!(rule(1.0, 1e3).suspended_for_risk(0.5), 0.0);
    }
}
