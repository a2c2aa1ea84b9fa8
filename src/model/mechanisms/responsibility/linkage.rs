//! Linkage 联动 by kind.

use crate::scenario::policy::Responsibility;

/// How well owners are linked: 0 = not at all, 1 = nothing is lost where a risk changes hands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Linkage {
    /// Of all kinds alike.
    pub(super) general: f64,
    /// Between levels of government.
    pub(super) levels: f64,
    /// Between regions.
    pub(super) regions: f64,
    /// Between departments.
    pub(super) sectors: f64,
    /// Between the armed forces and civil owners.
    pub(super) military: f64,
}

impl Linkage {
    /// Of a policy: the general lever, and what a kind is above it.
    pub(super) fn of(levers: &Responsibility) -> Self {
        let above = &levers.linkage_above;
        let kind = |above: f64| (levers.linkage + above).clamp(0.0, 1.0);
        Linkage {
            general: levers.linkage,
            levels: kind(above.levels),
            regions: kind(above.regions),
            sectors: kind(above.sectors),
            military: kind(above.military),
        }
    }

    /// Mean over the four kinds, which is what is paid for.
    pub(super) fn mean(self) -> f64 {
        let above = [self.levels, self.regions, self.sectors, self.military];
        self.general + above.map(|kind| kind - self.general).iter().sum::<f64>() / 4.0
    }
}
