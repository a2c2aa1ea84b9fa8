//! Risk intervention 风险干预: thresholds before the critical point.
//!
//! *What it does.* Early signs 苗头: monitoring, warning, the alarm threshold, removal of what shows a
//! sign, shelters and stocks. Escalation 恶化: how
//! fast rescue arrives, whether an event is contained. Recurrence 再犯: how much is learnt.
//!
//! *Why it should work.* Sooner is cheaper; but every alarm threshold trades misses against false
//! alarms, and false alarms cost heed.
//!
//! *Equations.* Hit rate Φ(d′/2 − c), false-alarm rate Φ(−d′/2 − c) (equal-variance signal detection;
//! Green & Swets 1966). Coverage with money m (relative to custom): 1 − (1 − c₀)^√m. Survival of the
//! trapped after t hours: exp(−(t/η)^k) (Weibull). Containment decays with delay: C·e^{−Δt/τ}. Open hazards
//! that show signs at the rate η and are detected with probability Φ(d′/2 − c) are removed at the rate
//! s·η·Φ(d′/2 − c)·Q where the share s of what shows a sign is removed. Of the warned who would stay, the
//! share aS leaves where a share S of people has a place in a shelter. Stocks K beyond the customary multiply
//! the hazard of being reached at the scene by 1 + gK and bridge the share b(1 − e^{−K}) of a lost function.

use libm::sqrt;

use super::{Money, responsibility};
use crate::model::agents::government::campaign;
use crate::model::random::normal_probability;
use crate::model::transcendental::{exp, log, pow};
use crate::scenario::policy::Intervention;
use crate::scenario::society::{Accident, Hazard, Natural, Society, TradeFacts};
use crate::vocabulary::{BudgetFunction, Category, NaturalKind, Phase, Table, Trade};

/// How much of the people beyond public messages a village call reaches (assumption).
const CALL_REACH: f64 = 0.5;
/// Time in which a shelter near by is reached (hours, assumption).
pub const SHELTER_REACHED_HOURS: f64 = 1.0;
/// Largest share of would-be accidents that monitoring can stop (bound, enters no majorant).
const HIT_MAX: f64 = 0.5;

/// What the mechanism hands to the engine.
#[derive(Clone, Debug)]
pub struct Effect {
    /// Warning of each natural hazard.
    pub warning: Table<NaturalKind, Warning>,
    /// Share of would-be accidents that monitoring stops, by trade.
    pub monitoring_hit: Table<Trade, f64>,
    /// False alarms of monitors at work, per 100 workers and year, by trade.
    pub work_false_alarms: Table<Trade, f64>,
    /// The same where the criterion is the customary one.
    pub usual_work_false_alarms: Table<Trade, f64>,
    /// Capacity of professional response, relative to custom, by category.
    pub response_capacity: Table<Category, f64>,
    /// Share of events contained when rescue comes as fast as it customarily does, by category.
    pub containment_share: Table<Category, f64>,
    /// Open hazards removed because they showed an early sign (1/year), by trade.
    pub removed_at_signs: Table<Trade, f64>,
    /// Factor on the rates of disputes and violence of which early signs are removed.
    pub unrest_left: f64,
    /// Effect of rescue gear at the scene, relative to the customary.
    pub rescue_gear: f64,
    /// Share of a lost function that supplies leave lost.
    pub function_unbridged: f64,
    /// Depth of learning from known events.
    pub learning_depth: f64,
    /// Inspection effort in a campaign, as a multiple.
    pub campaign_multiplier: f64,
    /// Length of a campaign (weeks).
    pub campaign_weeks: f64,
}

/// Warning of one hazard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Warning {
    /// Probability that a danger is forecast.
    pub hit: f64,
    /// Probability of an alarm in a monitored county-week without danger.
    pub false_alarm: f64,
    /// Share of people whom the message reaches in time.
    pub reach: f64,
    /// Share of the reached who act (before heed).
    pub compliance: f64,
}

impl Warning {
    /// Expected share of people warned and moved, at full heed.
    pub fn expected_share(&self) -> f64 {
        self.hit * self.reach * self.compliance
    }
}

/// Hit and false-alarm rates of a detector of sensitivity `d_prime` at criterion `c`.
pub fn detection(d_prime: f64, criterion: f64) -> (f64, f64) {
    (
        normal_probability(d_prime / 2.0 - criterion),
        normal_probability(-d_prime / 2.0 - criterion),
    )
}

/// Survival of the trapped after `hours` (Weibull).
pub fn survival(hours: f64, scale: f64, shape: f64) -> f64 {
    if hours <= 0.0 {
        1.0
    } else {
        exp(-pow(hours / scale, shape))
    }
}

/// Hours until teams reach the struck where the usual ones take `usual` hours: h·Q^−ε at the capacity Q.
pub fn team_hours(usual: f64, capacity: f64, exponent: f64) -> f64 {
    usual * pow(capacity.max(1e-3), -exponent)
}

/// Mean wait of a batch of casualties at `teams` teams that treat `rate` an hour each:
/// the k-th waits (k − c)⁺/(cμ).
pub fn batch_wait_hours(casualties: u32, teams: f64, rate: f64) -> f64 {
    let (n, c) = (f64::from(casualties), teams.max(0.1));
    if n <= c {
        return 0.0;
    }
    let waiting = n - c;
    waiting * (waiting + 1.0) / 2.0 / (n * c * rate)
}

/// The effect of a policy's intervention table, its money and its execution.
pub fn effect(
    levers: &Intervention,
    society: &Society,
    money: &Money,
    executed: &responsibility::Relative,
) -> Effect {
    let government = &society.government;
    let watch = money.relative(BudgetFunction::MonitorWarn);
    let drill = money.relative(BudgetFunction::Train);
    let forces = money.relative(BudgetFunction::Respond);
    let followed = Followed {
        money: pow(watch, government.monitor_money_exponent),
        execution: executed[Category::Accident][Phase::Warn],
    };
    let watched = society
        .trades
        .map(|_, trade| monitoring(levers, society, trade, followed));
    let drilled = pow(drill, government.drill_money_exponent);
    let (campaign_multiplier, campaign_weeks) = campaign(government, levers);
    Effect {
        warning: society.hazards.map(|_, hazard| {
            let stay = stay_for_want_of_shelter(levers, &society.natural, hazard);
            warning(hazard, levers, watch, drilled, stay, executed)
        }),
        monitoring_hit: watched.map(|_, own| own.hit),
        work_false_alarms: watched.map(|_, own| own.false_alarms),
        usual_work_false_alarms: watched.map(|_, own| own.usual_false_alarms),
        response_capacity: Table::from_fn(|c| forces * executed[c][Phase::Respond]),
        containment_share: Table::from_fn(|c| {
            (society.rescue.containment_share
                * levers.containment_multiplier
                * executed[c][Phase::Respond])
                .min(0.95)
        }),
        removed_at_signs: watched.map(|_, own| {
            levers.source_removal
                * society.accident.signs_per_hazard_year
                * own.seen
                * followed.execution
        }),
        unrest_left: 1.0
            - society.social.mediation_effect
                * (levers.source_removal * executed[Category::Social][Phase::Warn]).min(1.0),
        rescue_gear: 1.0 + society.natural.rescue_gear_effect * levers.stocks,
        function_unbridged: 1.0
            - society.recovery.supplies_bridge_share * (1.0 - exp(-levers.stocks)),
        learning_depth: levers.after_action_depth,
        campaign_multiplier,
        campaign_weeks,
    }
}

/// Monitoring at work in one trade.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Monitoring {
    /// Probability that it sees what it watches.
    seen: f64,
    /// Share of would-be accidents that it stops.
    hit: f64,
    /// False alarms per 100 workers and year.
    false_alarms: f64,
    /// The same at the customary criterion.
    usual_false_alarms: f64,
}

/// What monitoring is made of: coverage by money, and how far alarms are acted upon.
#[derive(Clone, Copy, Debug)]
struct Followed {
    money: f64,
    execution: f64,
}

/// Monitoring at work: the customary share times the hit rate at the criterion over the customary one,
/// and heed likewise. What is watched and would not become an accident raises false alarms.
fn monitoring(
    levers: &Intervention,
    society: &Society,
    trade: &TradeFacts,
    followed: Followed,
) -> Monitoring {
    let accident = &society.accident;
    let custom = accident.alarm_criterion;
    let criterion = work_criterion(levers, accident, trade);
    let (usual_hit, usual_false) = detection(accident.sensor_d_prime, custom);
    let (hit, false_alarm) = detection(accident.sensor_d_prime, criterion);
    let covered = (trade.monitoring_hit_share / usual_hit).min(1.0);
    let watched = covered * accident.non_events_per_100_worker_years;
    let heed = |alarms: f64| {
        heed_at_rest(
            watched * alarms,
            accident.heed_loss_per_false_alarm,
            accident.heed_half_life_years,
        )
    };
    let stopped = trade.monitoring_hit_share
        * followed.money
        * followed.execution
        * (hit / usual_hit)
        * (heed(false_alarm) / heed(usual_false));
    Monitoring {
        seen: hit,
        hit: stopped.min(HIT_MAX),
        false_alarms: watched * followed.money * false_alarm,
        usual_false_alarms: watched * followed.money * usual_false,
    }
}

/// Criterion of the monitors of a trade: customary and shifted, or where the expected cost is least.
fn work_criterion(levers: &Intervention, accident: &Accident, trade: &TradeFacts) -> f64 {
    if levers.alarm_cost_ratio <= 0.0 {
        return accident.alarm_criterion + levers.accident_alarm_shift;
    }
    let events = trade.base_rate_per_100k_worker_years / 1e3;
    let prior = events / (events + accident.non_events_per_100_worker_years);
    least_cost_criterion(accident.sensor_d_prime, prior, levers.alarm_cost_ratio)
        + levers.accident_alarm_shift
}

/// Criterion of least expected cost at the prior probability of an event and the cost of a false alarm
/// over that of a miss: c* = ln[(1 − π)/π · C_fa/C_miss]/d′ (Green & Swets 1966).
pub fn least_cost_criterion(d_prime: f64, prior: f64, cost_ratio: f64) -> f64 {
    let odds = (1.0 - prior) / prior * cost_ratio;
    log(odds) / d_prime
}

/// Heed at rest where each of `false_alarms` a year takes a share `loss` and half of what is lost returns
/// in a half-life: dh/dt = (1 − h)·ln 2/T − loss·a·h = 0.
pub fn heed_at_rest(false_alarms: f64, loss: f64, half_life_years: f64) -> f64 {
    let back = std::f64::consts::LN_2 / half_life_years;
    back / (back + loss * false_alarms)
}

/// Share that is left of those who stay though they are warned, where shelters have places: 1 − aS, if there
/// is the time to reach one.
fn stay_for_want_of_shelter(levers: &Intervention, natural: &Natural, hazard: &Hazard) -> f64 {
    if hazard.lead_time_hours < SHELTER_REACHED_HOURS {
        return 1.0;
    }
    1.0 - natural.shelter_effect * levers.shelter_places
}

fn warning(
    hazard: &Hazard,
    levers: &Intervention,
    watch: f64,
    drill: f64,
    stay: f64,
    executed: &responsibility::Relative,
) -> Warning {
    let (hit, false_alarm) = detection(
        hazard.sensor_d_prime,
        hazard.alarm_criterion + levers.alarm_shift,
    );
    let public = 1.0 - pow(1.0 - hazard.warning_coverage, sqrt(watch));
    let called = 1.0 - (1.0 - public) * (1.0 - CALL_REACH * levers.village_call_share);
    Warning {
        hit,
        false_alarm,
        reach: (called * executed[Category::Natural][Phase::Warn]).min(1.0),
        compliance: 1.0 - pow(1.0 - hazard.warning_compliance, drill) * stay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_policy_in;

    #[test]
    fn detection_by_hand() {
        let (hit, false_alarm) = detection(2.0, 0.5);
        assert!((hit - 0.691_462_461).abs() < 1e-8);
        assert!((false_alarm - 0.066_807_201).abs() < 1e-8);
    }

    /// d′ = 2, π = 0.1, costs 100 and 5: c* = ln(9/20)/2 = −0.3992538; sixteen false alarms a year that
    /// take 4 % each and a half-life of one year leave ln 2/(ln 2 + 0.64) of heed.
    #[test]
    fn least_cost_and_heed_by_hand() {
        assert!((least_cost_criterion(2.0, 0.1, 0.05) + 0.399_253_8).abs() < 1e-7);
        let left = std::f64::consts::LN_2 / (std::f64::consts::LN_2 + 0.64);
        assert!((heed_at_rest(16.0, 0.04, 1.0) - left).abs() < 1e-15);
        assert_eq!(heed_at_rest(0.0, 0.04, 1.0), 1.0);
    }

    /// Four in ten stay though warned; shelters for half of the people move 0.3 × 0.5 of them: 0.4 × 0.85 = 0.34
    /// stay. Where the warning leaves no hour, none is moved.
    #[test]
    fn shelters_by_hand() {
        let (checked, policy) = load_policy_in("seminar-county", "current-2020", &[]).unwrap();
        let society = checked.society;
        let mut hazard = society.hazards[NaturalKind::Flood].clone();
        let mut levers = policy.policy.intervention;
        levers.shelter_places = 0.5;
        hazard.lead_time_hours = 6.0;
        let stay = |hazard: &Hazard| {
            let mut natural = society.natural.clone();
            natural.shelter_effect = 0.3;
            stay_for_want_of_shelter(&levers, &natural, hazard)
        };
        assert!((0.4 * stay(&hazard) - 0.34).abs() < 1e-12);
        hazard.lead_time_hours = 0.5;
        assert_eq!(stay(&hazard), 1.0);
    }

    #[test]
    fn survival_by_hand() {
        assert!((survival(52.0, 52.0, 1.07) - exp(-1.0)).abs() < 1e-15);
        assert_eq!(survival(0.0, 52.0, 1.07), 1.0);
    }

    /// Ten casualties, two teams, one an hour: the waiting eight wait 0.5, 1.0 … 4.0 hours.
    #[test]
    fn batch_wait_by_hand() {
        assert!((batch_wait_hours(10, 2.0, 1.0) - 18.0 / 10.0).abs() < 1e-12);
        assert_eq!(batch_wait_hours(2, 5.0, 1.0), 0.0);
    }
}
