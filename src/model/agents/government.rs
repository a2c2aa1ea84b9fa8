//! Governments: how a province splits its inspectors' visits between plan and reaction.
//!
//! *Equation.* Weight of a trade = attention^ρ × campaign multiple; attention jumps with the known
//! and attributed events of the trade, A += gain·√s(grade)·severity, and fades to one with a half-life
//! of weeks. The volume of visits is money × execution × the regulated share of activity, and fixed:
//! what reaction adds to one trade it takes from the others.
//!
//! Under the rule `reactive_campaign` 运动式 (Zhou Xueguang 2012) the volume itself follows known losses
//! that somebody answers for: effort = calm + (1 − calm)·(A − 1)/(A* − 1), at most a maximum, with A the
//! mean attention over trades and A* what it is at rest under the baseline; and every major accident
//! sets off a campaign. Over a long time a society at rest makes about as many visits as by plan.

use crate::model::lanes::{Numbers, filled_up};
use crate::model::state::TRADES;
use crate::model::transcendental::pow_each;
use crate::scenario::policy::Intervention;
use crate::scenario::society::{Government, GovernmentRule};

/// Weights of the trades in a province's visits before campaigns, in lanes by their numbers.
pub fn attention_weights(attention: &[f64; TRADES], reactive_exponent: f64) -> Numbers<f64> {
    let felt = attention.map(|attention| attention.max(0.0));
    pow_each(&filled_up(&felt, 1.0), reactive_exponent)
}

/// Effort of a province in inspection, relative to plan: `attention` and `usual` are means over trades.
pub fn effort(rules: &Government, attention: f64, usual: f64) -> f64 {
    if rules.rule == GovernmentRule::Plan {
        return 1.0;
    }
    let calm = rules.reactive_calm_share;
    let roused = if usual > 1.0 {
        (attention - 1.0) / (usual - 1.0)
    } else {
        0.0
    };
    (calm + (1.0 - calm) * roused).min(rules.reactive_effort_max)
}

/// Multiple and weeks of a campaign: the policy's, or the custom of reactive governments if that is more.
pub fn campaign(rules: &Government, levers: &Intervention) -> (f64, f64) {
    let (multiple, weeks) = (levers.campaign_multiplier, levers.campaign_weeks);
    match rules.rule {
        GovernmentRule::Plan => (multiple, weeks),
        GovernmentRule::ReactiveCampaign => (
            multiple.max(rules.reactive_campaign_multiplier),
            weeks.max(rules.reactive_campaign_weeks),
        ),
    }
}

/// Whether an event rouses attention: under the reactive rule somebody must answer for it.
pub fn heeds(rules: &Government, attributed: bool) -> bool {
    attributed || rules.rule == GovernmentRule::Plan
}

/// Visits for one weighted planned visit, so that the volume is met.
pub fn visit_scale(volume: f64, planned: f64, weighted: f64) -> f64 {
    if weighted > 0.0 {
        volume * planned / weighted
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overrides, load_experiment};

    #[test]
    fn reaction_moves_visits_and_adds_none() {
        let mut attention = [1.0; TRADES];
        attention[0] = 4.0;
        let weights = attention_weights(&attention, 0.5);
        assert_eq!(weights[..2], [2.0, 1.0]);
        let planned = [100.0, 300.0];
        let weighted = planned[0] * weights[0] + planned[1] * weights[1];
        let scale = visit_scale(1.1, 400.0, weighted);
        let visits: f64 = planned
            .iter()
            .zip(weights)
            .map(|(p, w)| p * w * scale)
            .sum();
        assert!((visits - 440.0).abs() < 1e-9);
    }

    /// The custom of governments that react is followed unless the policy asks for more.
    #[test]
    fn a_campaign_is_the_larger_of_custom_and_policy() {
        let checked = load_experiment("seminar-county", &Overrides::default()).unwrap();
        let mut rules = checked.society.society.government.clone();
        (
            rules.reactive_campaign_multiplier,
            rules.reactive_campaign_weeks,
        ) = (3.0, 8.0);
        let mut levers = checked.baseline.policy.intervention.clone();
        (levers.campaign_multiplier, levers.campaign_weeks) = (2.0, 12.0);
        rules.rule = GovernmentRule::Plan;
        assert_eq!(campaign(&rules, &levers), (2.0, 12.0));
        rules.rule = GovernmentRule::ReactiveCampaign;
        assert_eq!(campaign(&rules, &levers), (3.0, 12.0));
    }
}
