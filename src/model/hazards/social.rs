//! Social incidents: crowd crush, extreme individual violence, escalated dispute.
//!
//! *Equations.* Rate × (g/g₀)^η with the grievance g of the county, the multiplier within
//! \[1/bound, bound\]; sizes Pareto, P(N ≥ n) = n^{−α} (deaths) or (n/n₀)^{−α} (people), with caps.

use libm::floor;

use crate::model::transcendental::pow;

/// Multiplier of grievance: (g/g₀)^elasticity within \[1/bound, bound\].
pub fn grievance_multiplier(grievance: f64, at_start: f64, elasticity: f64, bound: f64) -> f64 {
    if elasticity == 0.0 || at_start <= 0.0 {
        return 1.0;
    }
    pow(grievance.max(1e-6) / at_start, elasticity).clamp(1.0 / bound, bound)
}

/// Size of an incident at uniform `u`: Pareto from `least`, at most `cap`.
pub fn size(u: f64, least: f64, alpha: f64, cap: f64) -> u32 {
    floor((least * pow(u, -1.0 / alpha)).min(cap)) as u32
}

/// People who join in the end in a crowd of these thresholds (shares of the crowd that must have joined
/// before), in ascending order: the smallest share r at which no more than r are ready. Who waits for
/// nobody instigates (Granovetter 1978, American Journal of Sociology 83:1420).
pub fn joined(thresholds: &[f64]) -> usize {
    let people = thresholds.len() as f64;
    let waiting = |(before, threshold): &(usize, &f64)| **threshold > *before as f64 / people;
    let first = thresholds.iter().enumerate().find(waiting);
    first.map_or(thresholds.len(), |(joined, _)| joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiplier_is_bounded() {
        assert_eq!(grievance_multiplier(0.08, 0.08, 0.8, 4.0), 1.0);
        assert_eq!(grievance_multiplier(0.9, 0.01, 2.0, 4.0), 4.0);
        assert_eq!(grievance_multiplier(0.0, 0.08, 2.0, 4.0), 0.25);
    }

    /// Thresholds 0, 1/5, 2/5, 4/5, 4/5: the third joins after two, the fourth waits for four.
    #[test]
    fn crowds_by_hand() {
        assert_eq!(joined(&[0.0, 0.2, 0.4, 0.8, 0.8]), 3);
        assert_eq!(joined(&[0.0, 0.2, 0.4, 0.6, 0.8]), 5);
        assert_eq!(joined(&[0.01, 0.01]), 0);
        assert_eq!(joined(&[-0.5, 0.6]), 1);
    }

    #[test]
    fn sizes_by_hand() {
        assert_eq!(size(0.5, 100.0, 1.0, 1e5), 200);
        assert_eq!(size(1e-9, 100.0, 1.0, 5e4), 50_000);
    }
}
