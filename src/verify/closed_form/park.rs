//! Interdependent security: firms that can be hit by what happens at their unprotected neighbours.
//! Kunreuther & Heal 2003; Heal & Kunreuther 2005.

use crate::model::transcendental::pow;

/// Equal firms of one place, one period, at most one loss each.
#[derive(Clone, Copy, Debug)]
pub struct Park {
    /// Firms n.
    pub firms: u64,
    /// Own probability p of a loss without protection.
    pub own: f64,
    /// Loss L.
    pub loss: f64,
    /// Probability q of a loss from each unprotected other firm.
    pub contagion: f64,
    /// Cost c of protection.
    pub cost: f64,
}

impl Park {
    /// Firms that must protect for all others to follow: n − 1 − k with k the most unprotected others
    /// at which protection still pays, c < pL(1 − q)^k; n where it never pays.
    pub fn critical_coalition(&self) -> u64 {
        let pays = |others: u64| self.cost < self.own * self.loss * self.spared(others);
        match (0..self.firms).rev().find(|others| pays(*others)) {
            Some(tolerated) => self.firms - 1 - tolerated,
            None => self.firms,
        }
    }

    /// Expected loss of each firm if nobody protects: pL + (1 − p)(1 − (1 − q)^{n − 1})L.
    pub fn cost_none(&self) -> f64 {
        let hit = 1.0 - self.spared(self.firms - 1);
        self.own * self.loss + (1.0 - self.own) * hit * self.loss
    }

    fn spared(&self, others: u64) -> f64 {
        pow(1.0 - self.contagion, others as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_numbers() {
        let park = |firms, contagion, cost| Park {
            firms,
            own: 0.1,
            loss: 1000.0,
            contagion,
            cost,
        };
        assert_eq!(park(2, 0.3, 85.0).critical_coalition(), 1);
        assert!((park(2, 0.3, 85.0).cost_none() - 370.0).abs() < 1e-9);
        assert_eq!(park(10, 0.05, 80.0).critical_coalition(), 5);
        assert!((park(10, 0.05, 80.0).cost_none() - 432.7755).abs() < 1e-4);
        assert_eq!(park(10, 0.05, 60.0).critical_coalition(), 0);
        assert_eq!(park(10, 0.05, 120.0).critical_coalition(), 10);
    }
}
