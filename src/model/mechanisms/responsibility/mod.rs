//! Responsibility matching 风险责任: who owns which risk in which phase; clear, in place, connected.
//!
//! *What it does.* A matrix of shares r\[category, phase, owner\] becomes the execution Q of each cell,
//! the hours and messages lost where a risk changes hands, and the sanctions that can be pinned on
//! somebody.
//!
//! *Why it should work.* A duty that nobody has is not done (gap 缺位); a duty that several have
//! without coordination is left to the others (overlap 重叠; Diekmann 1985, volunteer's dilemma); a
//! duty that passes from hand to hand loses hours (disconnect 脱节); and every assigned duty takes
//! staff time, so that owning everything is not free.
//!
//! *Equation.* With shares r_k of the players (roles, after adding levels), s = Σr, r̂ = r/s:
//! gap = max(0, 1 − s), o = max(0, s − 1), j = min(1, o/(s − r_max)), m = max(1, 1/Σr̂²),
//! Q = (1 − gap)·{(1 − j)·Σ r̂_k x_k + j·[ζ(1 − Π(1 − r′_k x_k)) + (1 − ζ)(1 − Π(1 − v x_k))]},
//! r′ = max(r/r_max, v), v = 1 − ω^{1/(m − 1)} (1 when m = 1): who coordinates does no less than a
//! volunteer would.
//! Q scales execution only, never a rate, care or a payment.

mod staffing;

use crate::model::transcendental::{exp, log, pow};
use crate::scenario::policy::{LiabilityRule, Matrix, Responsibility};
use crate::scenario::society::{Government, Handover, Society};
use crate::vocabulary::{Category, Level, Owner, Phase, Role, Table, Vocabulary};
use staffing::Staffing;

/// What the mechanism hands to the engine.
#[derive(Clone, Debug)]
pub struct Effect {
    /// Execution Q in ordinary provinces and in municipalities (whose city owners merge into the province).
    pub execution: [Table<Category, Table<Phase, f64>>; 2],
    /// Execution of unregulated sources in the prevent and warn phases.
    pub novel_execution: [f64; 2],
    /// Hours lost before rescue starts, by category.
    pub handover_hours: Table<Category, f64>,
    /// Probability that a warning is lost on its way, by category.
    pub message_loss: Table<Category, f64>,
    /// Extra hours where an event crosses a provincial border.
    pub across_region_hours: f64,
    /// Hours lost between response and recovery, by category.
    pub recovery_hours: Table<Category, f64>,
    /// Sanctions that can be pinned on the owners of the prevent phase, by category (sanction units).
    pub pinned: Table<Category, f64>,
    /// Lead owner of each cell; `None` = nobody.
    pub lead: Table<Category, Table<Phase, Option<Owner>>>,
    /// When an injurer owes.
    pub liability_rule: LiabilityRule,
    /// Share of the harm that an injurer owes.
    pub liability_share: f64,
    /// Scale of sanctions against present practice.
    pub sanction_multiplier: f64,
    /// Scale of the probability that a concealment comes out.
    pub exposure_multiplier: f64,
    /// Aggravation f of a sanction for concealing.
    pub concealment_aggravation: f64,
    /// Share of sanctions waived where a listed duty was done.
    pub safe_harbour: f64,
    /// Deaths from which officials are sanctioned.
    pub official_sanction_threshold: u32,
    /// Public money for coordination and linkage above custom (yuan a county and year).
    pub coordination_yuan_per_county_year: f64,
}

impl Effect {
    /// Severity of sanctions as firms and officials expect them: multiplier × (1 − 0.4·safe harbour).
    pub fn sanction_severity(&self) -> f64 {
        self.sanction_multiplier * (1.0 - 0.4 * self.safe_harbour)
    }
}

/// Execution of a policy relative to the baseline's, by category and phase: a lever that was measured
/// under the baseline is already executed, so θ_eff = θ·Q/Q_baseline.
pub type Relative = Table<Category, Table<Phase, f64>>;

/// Execution relative to the baseline, blended over ordinary provinces and municipalities by people.
pub fn relative(policy: &Effect, baseline: &Effect, municipal_share: f64) -> Relative {
    let blend = |effect: &Effect, c: Category, p: Phase| {
        (1.0 - municipal_share) * effect.execution[0][c][p]
            + municipal_share * effect.execution[1][c][p]
    };
    Table::from_fn(|c| Table::from_fn(|p| ratio(blend(policy, c, p), blend(baseline, c, p))))
}

/// Ratio of two executions; 1 where the baseline does nothing.
pub fn ratio(policy: f64, baseline: f64) -> f64 {
    if baseline > 0.0 {
        policy / baseline
    } else {
        1.0
    }
}

/// One player of a cell: its share, and its capability x.
#[derive(Clone, Copy, Debug)]
pub struct Player {
    /// Share r of the duty.
    pub share: f64,
    /// Capability x in 0..1.
    pub capability: f64,
}

/// Execution Q of one cell (equation in the module's head).
pub fn execution(players: &[Player], zeta: f64, omega: f64) -> f64 {
    let total: f64 = players.iter().map(|p| p.share).sum();
    if total <= 0.0 {
        return 0.0;
    }
    let largest = players.iter().map(|p| p.share).fold(0.0, f64::max);
    let gap = (1.0 - total).max(0.0);
    let overlap = (total - 1.0).max(0.0);
    let rest = total - largest;
    let joint = if rest > 1e-12 {
        (overlap / rest).min(1.0)
    } else {
        0.0
    };
    let concentration: f64 = players
        .iter()
        .map(|p| (p.share / total) * (p.share / total))
        .sum();
    let effective_number = (1.0 / concentration).max(1.0);
    let volunteer = if effective_number - 1.0 < 1e-9 {
        1.0
    } else {
        1.0 - pow(omega, 1.0 / (effective_number - 1.0))
    };
    let divided: f64 = players.iter().map(|p| p.share / total * p.capability).sum();
    let missed = |effort: &dyn Fn(&Player) -> f64| -> f64 {
        players
            .iter()
            .filter(|p| p.share > 0.0)
            .map(|p| 1.0 - effort(p))
            .product()
    };
    let coordinated = 1.0 - missed(&|p| (p.share / largest).max(volunteer) * p.capability);
    let diluted = 1.0 - missed(&|p| volunteer * p.capability);
    (1.0 - gap) * ((1.0 - joint) * divided + joint * (zeta * coordinated + (1.0 - zeta) * diluted))
}

/// Coordination ζ that a sum of money buys: ζ_max(1 − e^{−spend/(price × pairs)}).
pub fn coordination_bought(zeta_max: f64, spend: f64, price: f64, pairs: f64) -> f64 {
    if pairs <= 0.0 {
        zeta_max
    } else {
        zeta_max * (1.0 - exp(-spend / (price * pairs)))
    }
}

/// Money for a degree of coordination: the inverse of [`coordination_bought`].
pub fn coordination_price(zeta_max: f64, zeta: f64, price: f64, pairs: f64) -> f64 {
    let share = (zeta / zeta_max).clamp(0.0, 0.999);
    -price * pairs * log(1.0 - share)
}

/// The effect of a policy's responsibility table and matrix.
///
/// `grassroots_share` is the criteria mechanism's share of staff at county and grassroots.
pub fn effect(
    levers: &Responsibility,
    matrix: &Matrix,
    society: &Society,
    custom: &Matrix,
    grassroots_share: f64,
) -> Effect {
    let government = &society.government;
    let staffing = Staffing {
        government,
        custom,
        matrix,
        grassroots_share,
        follow: levers.staff_follow_duties,
    };
    let ordinary = staffing.capabilities(false);
    let municipal = staffing.capabilities(true);
    let cell = |capability: &[f64; 18], shares: &Table<Owner, f64>, merged: bool| {
        execution(
            &players(shares, capability, merged),
            levers.coordination,
            government.volunteer_omega,
        )
    };
    let by_cell = |capability: &[f64; 18], merged: bool| {
        Table::from_fn(|c: Category| {
            Table::from_fn(|p: Phase| cell(capability, &matrix.share[c][p], merged))
        })
    };
    let novel = |phase: Phase| {
        let shares = matrix.novel_share[phase]
            .as_ref()
            .unwrap_or(&matrix.share[Category::Accident][phase]);
        cell(&ordinary, shares, false)
    };
    let unlinked = 1.0 - levers.linkage;
    let change = |c: Category, from: Phase, to: Phase, handover: Handover| -> (f64, f64) {
        handover_between(&matrix.lead[c], from, to, handover, government, unlinked)
    };
    let pairs = mean_pairs(matrix);
    let spend = coordination_price(
        government.coordination_zeta_max,
        levers.coordination,
        government.coordination_price_yuan_per_pair_county_year,
        pairs,
    );
    Effect {
        execution: [by_cell(&ordinary, false), by_cell(&municipal, true)],
        novel_execution: [novel(Phase::Prevent), novel(Phase::Warn)],
        handover_hours: Table::from_fn(|c| {
            change(c, Phase::Warn, Phase::Respond, Handover::WarnToRespond).0
        }),
        message_loss: Table::from_fn(|c| {
            let early = change(c, Phase::Prevent, Phase::Warn, Handover::PreventToWarn).1;
            let late = change(c, Phase::Warn, Phase::Respond, Handover::WarnToRespond).1;
            1.0 - (1.0 - early) * (1.0 - late)
        }),
        across_region_hours: government.handover[Handover::AcrossRegion].hours * unlinked,
        recovery_hours: Table::from_fn(|c| {
            change(
                c,
                Phase::Respond,
                Phase::Recover,
                Handover::RespondToRecover,
            )
            .0
        }),
        pinned: Table::from_fn(|c| {
            matrix.share[c][Phase::Prevent]
                .iter()
                .map(|(owner, share)| share * government.sanction_by_owner[owner])
                .sum()
        }),
        lead: matrix.lead.clone(),
        liability_rule: levers.liability_rule,
        liability_share: levers.liability_share,
        sanction_multiplier: levers.sanction_multiplier,
        exposure_multiplier: levers.exposure_multiplier,
        concealment_aggravation: levers.concealment_aggravation,
        safe_harbour: levers.safe_harbour,
        official_sanction_threshold: levers.official_sanction_threshold_deaths,
        coordination_yuan_per_county_year: spend
            + government.linkage_price_yuan_per_county_year * levers.linkage,
    }
}

/// Hours and message loss where the lead passes from one phase to the next.
///
/// Another role of the same level adds the hours between sectors; a cell that nobody leads counts as
/// a change.
fn handover_between(
    lead: &Table<Phase, Option<Owner>>,
    from: Phase,
    to: Phase,
    handover: Handover,
    government: &Government,
    unlinked: f64,
) -> (f64, f64) {
    if lead[from] == lead[to] && lead[from].is_some() {
        return (0.0, 0.0);
    }
    let facts = &government.handover[handover];
    let role = |phase: Phase| lead[phase].and_then(Owner::role);
    let across = &government.handover[Handover::AcrossSector];
    let (mut hours, mut kept) = (facts.hours, 1.0 - facts.loss * unlinked);
    if role(from) != role(to) {
        hours += across.hours;
        kept *= 1.0 - across.loss * unlinked;
    }
    (hours * unlinked, 1.0 - kept)
}

/// Pairs of roles that must talk, averaged over the cells.
fn mean_pairs(matrix: &Matrix) -> f64 {
    let mut pairs = 0.0;
    for phases in matrix.share.values() {
        for shares in phases.values() {
            let busy = players(shares, &[1.0; 18], false);
            let roles = busy.iter().filter(|player| player.share > 0.0).count() as f64;
            pairs += roles * (roles - 1.0) / 2.0;
        }
    }
    pairs / (Category::ALL.len() * Phase::ALL.len()) as f64
}

/// The players of a cell: three roles (levels divide labour within a role) and three others.
fn players(shares: &Table<Owner, f64>, capability: &[f64; 18], merged: bool) -> [Player; 6] {
    let mut players = [Player {
        share: 0.0,
        capability: 0.0,
    }; 6];
    for (owner, share) in shares.iter() {
        let player = owner
            .role()
            .map_or_else(|| owner.number() - 12, Role::number);
        let seat = if merged { merged_seat(owner) } else { owner };
        players[player].share += share;
        players[player].capability += share * capability[seat.number()];
    }
    for player in &mut players {
        if player.share > 0.0 {
            player.capability /= player.share;
        }
    }
    players
}

/// In a municipality the city's owners are the province's.
fn merged_seat(owner: Owner) -> Owner {
    match (owner.level(), owner.role()) {
        (Some(Level::City), Some(role)) => Owner::of(Level::Province, role),
        _ => owner,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn equal(n: usize, share: f64, capability: f64) -> Vec<Player> {
        vec![Player { share, capability }; n]
    }

    #[test]
    fn a_clean_division_of_labour_is_not_punished() {
        let q = execution(
            &[
                Player {
                    share: 0.6,
                    capability: 0.8,
                },
                Player {
                    share: 0.4,
                    capability: 0.5,
                },
            ],
            0.0,
            0.5,
        );
        assert!((q - (0.6 * 0.8 + 0.4 * 0.5)).abs() < 1e-12);
    }

    #[test]
    fn nobody_owns_nobody_acts() {
        assert_eq!(execution(&equal(3, 0.0, 1.0), 0.5, 0.5), 0.0);
        assert!(
            (execution(
                &[Player {
                    share: 0.5,
                    capability: 1.0
                }],
                0.5,
                0.5
            ) - 0.5)
                .abs()
                < 1e-12
        );
    }

    /// Volunteer's dilemma with m equal joint owners, full effort, ζ = 0: D(m) = 1 − ω^{m/(m−1)}.
    #[test]
    fn uncoordinated_overlap_is_the_volunteers_dilemma() {
        for (m, d) in [(2, 0.91), (3, 0.835_683_2), (10, 0.737_563_9)] {
            assert!(
                (execution(&equal(m, 1.0, 1.0), 0.0, 0.3) - d).abs() < 1e-6,
                "m = {m}"
            );
        }
        assert!((execution(&equal(3, 1.0, 1.0), 0.5, 0.3) - 0.917_841_6).abs() < 1e-6);
    }

    #[test]
    fn coordination_and_its_price_are_inverse() {
        let spend = coordination_price(0.8, 0.4, 60_000.0, 12.0);
        assert!((coordination_bought(0.8, spend, 60_000.0, 12.0) - 0.4).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn execution_is_a_share(shares in proptest::collection::vec(0.0..1.0_f64, 6), xs in proptest::collection::vec(0.0..1.0_f64, 6), zeta in 0.0..1.0_f64, omega in 0.0..0.99_f64) {
            let players: Vec<Player> = shares.iter().zip(&xs).map(|(s, x)| Player { share: *s, capability: *x }).collect();
            let q = execution(&players, zeta, omega);
            prop_assert!((0.0..=1.0 + 1e-12).contains(&q));
        }

        #[test]
        fn more_coordination_never_hurts_full_effort(m in 2_usize..8, zeta in 0.0..1.0_f64, omega in 0.05..0.95_f64) {
            let players = equal(m, 1.0, 1.0);
            prop_assert!(execution(&players, zeta, omega) + 1e-12 >= execution(&players, 0.0, omega));
        }
    }
}
