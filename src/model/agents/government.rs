//! Governments: how a province splits its inspectors' visits between plan and reaction.
//!
//! *Equation.* Weight of a trade = attention^ρ × campaign multiple; attention jumps with the known
//! and attributed events of the trade, A += gain·√s(grade)·severity, and fades to one with a half-life
//! of weeks. The volume of visits is money × execution × the regulated share of activity, and fixed:
//! what reaction adds to one trade it takes from the others.

use crate::model::transcendental::pow;

/// Weight of a trade in a province's visits.
pub fn attention_weight(attention: f64, reactive_exponent: f64, campaign: f64) -> f64 {
    if attention == 1.0 {
        return campaign;
    }
    pow(attention.max(0.0), reactive_exponent) * campaign
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

    #[test]
    fn reaction_moves_visits_and_adds_none() {
        let weights = [
            attention_weight(4.0, 0.5, 1.0),
            attention_weight(1.0, 0.5, 1.0),
        ];
        assert_eq!(weights, [2.0, 1.0]);
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
}
