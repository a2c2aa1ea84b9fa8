//! Care of an injurer: liability, assets, negligence, insurance, a floor that care cannot reach.
//! Shavell 1980, 1984, 1986; Brown 1973; Pauly 1968; Peltzman 1975.

use crate::model::transcendental::{exp, log};

/// A technology of care: rate λ₀e^{−κe} at a cost of c a unit of e.
#[derive(Clone, Copy, Debug)]
pub struct Care {
    /// Cost c of a unit of care.
    pub cost: f64,
    /// Effectiveness κ.
    pub effectiveness: f64,
    /// Rate λ₀ without care.
    pub base_rate: f64,
}

impl Care {
    /// Care of an injurer with a stake D: max(0, ln(κλ₀D/c)/κ).
    pub fn best(&self, stake: f64) -> f64 {
        let argument = self.effectiveness * self.base_rate * stake / self.cost;
        log(argument.max(1.0)) / self.effectiveness
    }

    /// Rate at a care: λ₀e^{−κe}.
    pub fn rate(&self, care: f64) -> f64 {
        self.base_rate * exp(-self.effectiveness * care)
    }

    /// Cost of care and of the harm that remains: ce + λ₀e^{−κe}H.
    pub fn social_cost(&self, care: f64, harm: f64) -> f64 {
        self.cost * care + self.rate(care) * harm
    }

    /// Care under negligence, with the stake D of an injurer at fault: the standard ē where e(D) ≥ ē or
    /// cē ≤ V(D) = min_e\[ce + λ₀e^{−κe}D\], else e(D).
    pub fn under_negligence(&self, stake: f64, standard: f64) -> f64 {
        let own = self.best(stake);
        if own >= standard || self.cost * standard <= self.social_cost(own, stake) {
            standard
        } else {
            own
        }
    }

    /// Least stake at which a standard is met: cē = V(A), with V(A) = λ₀A in the corner κλ₀A ≤ c and
    /// (c/κ)(1 + ln(κλ₀A/c)) beyond.
    pub fn least_stake_to_comply(&self, standard: f64) -> f64 {
        let scaled = self.effectiveness * standard;
        if scaled <= 1.0 {
            self.cost * standard / self.base_rate
        } else {
            self.cost / (self.effectiveness * self.base_rate) * exp(scaled - 1.0)
        }
    }

    /// Cover share from which no care is left: 1 − c/(κλ₀H), none if there is none without cover.
    pub fn cover_without_care(&self, harm: f64) -> f64 {
        (1.0 - self.cost / (self.effectiveness * self.base_rate * harm)).max(0.0)
    }
}

/// Harms that differ between firms and are known to them only, uniform on \[least, greatest\], suits with
/// a probability, and assets.
#[derive(Clone, Copy, Debug)]
pub struct Hidden {
    /// Care.
    pub care: Care,
    /// Least harm a.
    pub least: f64,
    /// Greatest harm b.
    pub greatest: f64,
    /// Assets y.
    pub assets: f64,
    /// Probability q of a suit.
    pub suit: f64,
}

impl Hidden {
    /// The standard that is best without liability, ln(κλ₀E\[h\]/c)/κ, and the mean social cost under it.
    pub fn alone(&self) -> (f64, f64) {
        let mean = 0.5 * (self.least + self.greatest);
        let standard = self.care.best(mean);
        (standard, self.care.social_cost(standard, mean))
    }

    /// The best standard beside liability and its cost. Inside, c = κλ₀e^{−κs}E\[h | bound\] with the bound
    /// those of h < h_s/q gives h_s = a/(2 − 1/q); else it binds all, or none (the largest idle one).
    pub fn joint(&self) -> (f64, f64) {
        let idle = self.care.best(self.suit * self.least.min(self.assets));
        let mut candidates = vec![0.0, idle, self.alone().0];
        if self.suit > 0.5 {
            candidates.push(self.care.best(self.least / (2.0 - 1.0 / self.suit)));
        }
        let costs = candidates.into_iter().map(|s| (s, self.joint_cost(s)));
        let best = costs
            .clone()
            .map(|(_, cost)| cost)
            .fold(f64::INFINITY, f64::min);
        let ties = costs.filter(|(_, cost)| *cost <= best * (1.0 + 1e-9));
        (ties.map(|(s, _)| s).fold(0.0, f64::max), best)
    }

    /// Mean social cost where each firm takes the standard or its own care, whichever is more.
    pub fn joint_cost(&self, standard: f64) -> f64 {
        let (c, kappa) = (self.care.cost, self.care.effectiveness);
        // Stake whose own care is the standard.
        let stake = c / (kappa * self.care.base_rate) * exp(kappa * standard);
        let bound = if self.suit * self.assets > stake {
            (stake / self.suit).clamp(self.least, self.greatest)
        } else {
            self.greatest
        };
        let of_bound = c * standard * (bound - self.least)
            + self.care.rate(standard) * 0.5 * (bound * bound - self.least * self.least);
        (of_bound + self.unbound(bound)) / (self.greatest - self.least)
    }

    /// ∫ of the social cost over the firms of h > `bound`, which choose by liability.
    fn unbound(&self, bound: f64) -> f64 {
        if bound >= self.greatest {
            return 0.0;
        }
        let (c, kappa) = (self.care.cost, self.care.effectiveness);
        let rich = self.assets.clamp(bound, self.greatest);
        let primitive = |h: f64| {
            c / kappa * h * (log(kappa * self.care.base_rate * self.suit * h / c) - 1.0)
                + c / (kappa * self.suit) * h
        };
        let solvent = if rich > bound {
            primitive(rich) - primitive(bound)
        } else {
            0.0
        };
        let own = self.care.best(self.suit * self.assets);
        let insolvent = c * own * (self.greatest - rich)
            + self.care.rate(own) * 0.5 * (self.greatest * self.greatest - rich * rich);
        solvent + insolvent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, right: f64) {
        assert!((found - right).abs() < 1e-5 * right, "{found} for {right}");
    }

    #[test]
    fn worked_numbers_of_liability() {
        let care = Care {
            cost: 1.0,
            effectiveness: 2.0,
            base_rate: 0.1,
        };
        near(care.best(100.0), 1.497_866);
        near(care.social_cost(care.best(100.0), 100.0), 1.997_866);
        near(care.social_cost(care.best(20.0), 100.0), 3.193_147);
        near(care.least_stake_to_comply(1.497_866), 36.787_94);
        near(care.under_negligence(40.0, 1.497_866), 1.497_866);
        near(care.under_negligence(100.0, 2.1), 1.497_866);
        near(care.under_negligence(30.0, 1.3), 1.3);
        near(care.cover_without_care(100.0), 0.95);
    }

    #[test]
    fn worked_numbers_of_joint_use() {
        let hidden = |assets, suit| Hidden {
            care: Care {
                cost: 1.0,
                effectiveness: 2.0,
                base_rate: 10.0,
            },
            least: 1.0,
            greatest: 3.0,
            assets,
            suit,
        };
        let rich = hidden(10.0, 0.8);
        near(rich.alone().0, 1.844_44);
        near(rich.alone().1, 2.344_44);
        near(rich.joint_cost(0.0), 2.335_254);
        near(rich.joint().0, 1.641_708);
        near(rich.joint().1, 2.332_547);
        let poor = hidden(0.5, 0.8);
        near(poor.joint_cost(0.0), 3.539_721);
        near(poor.joint().0, 1.844_44);
        let sued = hidden(10.0, 1.0);
        near(sued.joint().0, 1.497_866);
        near(sued.joint().1, 2.321_825);
    }
}
