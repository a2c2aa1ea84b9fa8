//! What the staff of each level can do of the duties it has.

use super::merged_seat;
use crate::scenario::policy::{Matrix, Responsibility};
use crate::scenario::society::{Assessment, Government, Society};
use crate::vocabulary::{Category, Level, Owner, Phase, Role, Vocabulary};

/// Staff against duties.
pub(super) struct Staffing<'a> {
    pub(super) government: &'a Government,
    pub(super) custom: &'a Matrix,
    pub(super) matrix: &'a Matrix,
    pub(super) grassroots_share: f64,
    pub(super) follow: f64,
    pub(super) assessed: Assessed,
}

/// What the duties of an owner take, and what it has for them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Workload {
    /// People whom the duties take.
    pub required: f64,
    /// People there are, without the time that assessment takes.
    pub staff: f64,
}

impl Workload {
    /// Share (0–1) of the duties for which there are people; 1 where there are no duties.
    pub fn met(self) -> f64 {
        if self.required > 0.0 {
            (self.staff / self.required).min(1.0)
        } else {
            1.0
        }
    }
}

/// What assessment makes of staff: time goes, effort comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Assessed {
    /// Share of staff time that tours, talks and listing take.
    time: f64,
    /// Share of the shortfall of capability that tours make good.
    effort: f64,
}

impl Assessed {
    /// Of a policy's levers.
    pub(super) fn of(levers: &Responsibility, facts: &Assessment) -> Self {
        Assessed {
            time: facts.tour_time * levers.assessment_tours
                + facts.talk_time * levers.talks
                + facts.listing_time * levers.listing,
            effort: facts.tour_effort * levers.assessment_tours,
        }
    }

    /// Capability of owners who are assessed: x + effort·(1 − x).
    fn raise(self, capability: f64) -> f64 {
        capability + self.effort * (1.0 - capability)
    }
}

impl<'a> Staffing<'a> {
    /// Of a policy's levers and matrix, against the society's customary one.
    pub(super) fn new(
        levers: &Responsibility,
        matrix: &'a Matrix,
        society: &'a Society,
        custom: &'a Matrix,
        grassroots_share: f64,
    ) -> Self {
        let government = &society.government;
        Staffing {
            government,
            custom,
            matrix,
            grassroots_share,
            follow: levers.staff_follow_duties,
            assessed: Assessed::of(levers, &government.assessment),
        }
    }

    /// Duties and staff of every owner; in a municipality the city's are the province's.
    pub(super) fn workloads(&self, merged: bool) -> [Workload; 18] {
        let mut workloads = [Workload::default(); 18];
        for level in Level::ALL.iter().copied() {
            for role in Role::ALL.iter().copied() {
                let owner = Owner::of(level, role);
                let seat = if merged { merged_seat(owner) } else { owner };
                let workload = &mut workloads[seat.number()];
                workload.required += self.required(level, role);
                workload.staff += self.available(level)
                    * self.role_share(level, role)
                    * (1.0 - self.assessed.time);
            }
        }
        workloads
    }

    /// Capability x_k = min(1, staff_k/required_k) × trained share of every owner, raised by assessment.
    pub(super) fn capabilities(&self, merged: bool) -> [f64; 18] {
        let workloads = self.workloads(merged);
        let mut capability = [0.0; 18];
        for (owner, x) in Owner::ALL.iter().zip(&mut capability) {
            *x = match owner.level() {
                Some(level) => {
                    let load = workloads[owner.number()].met();
                    self.assessed
                        .raise(load * self.government.staff[level].trained_share)
                }
                None => match owner {
                    Owner::Enterprise => self.government.enterprise_x,
                    Owner::Citizen => self.government.citizen_x,
                    _ => self.government.social_x,
                },
            };
        }
        capability
    }

    /// People that the duties of a level and role take:
    /// Σ_{c,p} r·workload, workload = required_level·a\[c,p\]/Σ a·r_custom.
    fn required(&self, level: Level, role: Role) -> f64 {
        let customary: f64 = Role::ALL
            .iter()
            .map(|r| self.duty(self.custom, level, *r))
            .sum();
        if customary <= 0.0 {
            return 0.0;
        }
        self.government.staff[level].required_people * self.duty(self.matrix, level, role)
            / customary
    }

    fn duty(&self, matrix: &Matrix, level: Level, role: Role) -> f64 {
        let owner = Owner::of(level, role);
        let mut duty = 0.0;
        for category in Category::ALL.iter().copied() {
            for phase in Phase::ALL.iter().copied() {
                duty += self.government.workload_share[category][phase]
                    * matrix.share[category][phase][owner];
            }
        }
        duty
    }

    /// Staff of a level after the criteria's shift of money towards county and grassroots: what the
    /// lower levels gain, the upper levels lose, and staff follows money.
    fn available(&self, level: Level) -> f64 {
        let money = &self.government.budget_share;
        let lower = money[Level::County] + money[Level::Grassroots];
        let upper = (1.0 - lower).max(1e-9);
        let shift = self.grassroots_share - self.government.grassroots_share;
        let scale = match level {
            Level::County | Level::Grassroots => 1.0 + shift / lower.max(1e-9),
            _ => 1.0 - shift / upper,
        };
        self.government.staff[level].available_people * scale.max(0.0)
    }

    /// Share of a level's staff in a role: as it is, or moved to where the duties are.
    fn role_share(&self, level: Level, role: Role) -> f64 {
        let as_it_is = self.government.staff[level].role_share[role];
        let duties: f64 = Role::ALL
            .iter()
            .map(|r| self.duty(self.matrix, level, *r))
            .sum();
        if duties <= 0.0 {
            return as_it_is;
        }
        let by_duty = self.duty(self.matrix, level, role) / duties;
        as_it_is + self.follow * (by_duty - as_it_is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_meets_what_there_are_people_for() {
        let met = |required, staff| Workload { required, staff }.met();
        assert_eq!(met(40.0, 10.0), 0.25);
        assert_eq!(met(40.0, 50.0), 1.0);
        assert_eq!(met(40.0, 0.0), 0.0);
        // Who owes nothing lacks nobody.
        assert_eq!(met(0.0, 0.0), 1.0);
    }
}
