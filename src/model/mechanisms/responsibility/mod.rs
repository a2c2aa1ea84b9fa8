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

mod duty;
mod linkage;
mod staffing;

use crate::model::transcendental::{exp, log};
use crate::scenario::policy::{LiabilityRule, Matrix, Responsibility};
use crate::scenario::society::{Government, Handover, Society};
use crate::vocabulary::{Category, Level, Owner, Phase, Role, Table, Vocabulary};
pub use duty::{Duty, Player, draw, volunteer_probability};
use linkage::Linkage;
use staffing::Staffing;
pub use staffing::Workload;

/// What the mechanism hands to the engine.
#[derive(Clone, Debug)]
pub struct Effect {
    /// Execution Q in ordinary provinces and in municipalities (whose city owners merge into the province).
    pub execution: [Table<Category, Table<Phase, f64>>; 2],
    /// Execution of unregulated sources in the prevent and warn phases.
    pub novel_execution: [f64; 2],
    /// Those duties with their players, for the draw of an event, in the same two kinds of provinces.
    pub duties: [Table<Category, Table<Phase, Duty>>; 2],
    /// The duties for unregulated sources.
    pub novel_duties: Table<Phase, Duty>,
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
    /// Capacity of the armed forces beyond what the general linkage brings, relative to professional teams.
    pub military_capacity: f64,
    /// Share of the trapped, not reached by people at the scene, whom mobilised volunteers reach.
    pub volunteer_reach: f64,
    /// Factor of talks on the penalty that a firm expects of a visit.
    pub talks: f64,
    /// Share of found hazards, not rectified otherwise, that listing mends.
    pub listing: f64,
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

/// Duties and staff of the owners in ordinary provinces: what their capability is made of.
pub fn workloads(
    levers: &Responsibility,
    matrix: &Matrix,
    society: &Society,
    custom: &Matrix,
    grassroots_share: f64,
) -> Table<Owner, Workload> {
    let workloads =
        Staffing::new(levers, matrix, society, custom, grassroots_share).workloads(false);
    Table::from_fn(|owner: Owner| workloads[owner.number()])
}

/// Hours and probability of a lost message where the lead of a category passes on from a phase.
pub fn handover(
    levers: &Responsibility,
    lead: &Table<Phase, Option<Owner>>,
    [from, to]: [Phase; 2],
    society: &Society,
) -> (f64, f64) {
    let handover = match from {
        Phase::Prevent => Handover::PreventToWarn,
        Phase::Warn => Handover::WarnToRespond,
        Phase::Respond | Phase::Recover => Handover::RespondToRecover,
    };
    handover_between(
        lead,
        from,
        to,
        handover,
        &society.government,
        Linkage::of(levers),
    )
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
    let staffing = Staffing::new(levers, matrix, society, custom, grassroots_share);
    let classes = [
        (staffing.capabilities(false), false),
        (staffing.capabilities(true), true),
    ];
    let duty = |capability: &[f64; 18], shares: &Table<Owner, f64>, merged: bool| {
        let players = players(shares, capability, merged).to_vec();
        Duty::new(players, levers.coordination, government.volunteer_omega)
    };
    let duties = classes.map(|(capability, merged)| {
        Table::from_fn(|c: Category| {
            Table::from_fn(|p: Phase| duty(&capability, &matrix.share[c][p], merged))
        })
    });
    let novel_duties = Table::from_fn(|phase: Phase| {
        let shares = matrix.novel_share[phase]
            .as_ref()
            .unwrap_or(&matrix.share[Category::Accident][phase]);
        duty(&classes[0].0, shares, false)
    });
    let linkage = Linkage::of(levers);
    let change = |c: Category, from: Phase, to: Phase, handover: Handover| -> (f64, f64) {
        handover_between(&matrix.lead[c], from, to, handover, government, linkage)
    };
    let pairs = mean_pairs(matrix);
    let spend = coordination_price(
        government.coordination_zeta_max,
        levers.coordination,
        government.coordination_price_yuan_per_pair_county_year,
        pairs,
    );
    Effect {
        execution: [0, 1].map(|class: usize| {
            duties[class].map(|_, phases| phases.map(|_, duty| duty.execution()))
        }),
        novel_execution: [Phase::Prevent, Phase::Warn].map(|p| novel_duties[p].execution()),
        duties,
        novel_duties,
        handover_hours: Table::from_fn(|c| {
            change(c, Phase::Warn, Phase::Respond, Handover::WarnToRespond).0
        }),
        message_loss: Table::from_fn(|c| {
            let early = change(c, Phase::Prevent, Phase::Warn, Handover::PreventToWarn).1;
            let late = change(c, Phase::Warn, Phase::Respond, Handover::WarnToRespond).1;
            1.0 - (1.0 - early) * (1.0 - late)
        }),
        across_region_hours: government.handover[Handover::AcrossRegion].hours
            * (1.0 - linkage.regions),
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
        military_capacity: government.military_capacity * (linkage.military - linkage.general),
        volunteer_reach: government.volunteer_reach * levers.volunteers_mobilised,
        talks: 1.0 + government.assessment.talk_weight * levers.talks,
        listing: government.assessment.listing_effect * levers.listing,
        coordination_yuan_per_county_year: spend
            + government.linkage_price_yuan_per_county_year * linkage.mean(),
    }
}

/// Hours and message loss where the lead passes from one phase to the next.
///
/// Another role of the same level adds the hours between sectors; a cell that nobody leads counts as
/// a change. Linkage of levels shortens the passage between levels, that of sectors the one between roles.
fn handover_between(
    lead: &Table<Phase, Option<Owner>>,
    from: Phase,
    to: Phase,
    handover: Handover,
    government: &Government,
    linkage: Linkage,
) -> (f64, f64) {
    if lead[from] == lead[to] && lead[from].is_some() {
        return (0.0, 0.0);
    }
    let facts = &government.handover[handover];
    let role = |phase: Phase| lead[phase].and_then(Owner::role);
    let level = |phase: Phase| lead[phase].and_then(Owner::level);
    let across = &government.handover[Handover::AcrossSector];
    let passage = if level(from) == level(to) && level(from).is_some() {
        linkage.sectors
    } else {
        linkage.levels
    };
    let (mut hours, mut saved) = (facts.hours, facts.hours * (passage - linkage.general));
    let mut kept = 1.0 - facts.loss * (1.0 - passage);
    if role(from) != role(to) {
        hours += across.hours;
        saved += across.hours * (linkage.sectors - linkage.general);
        kept *= 1.0 - across.loss * (1.0 - linkage.sectors);
    }
    (hours * (1.0 - linkage.general) - saved, 1.0 - kept)
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
    use crate::scenario::policy::LinkageAbove;

    #[test]
    fn coordination_and_its_price_are_inverse() {
        let spend = coordination_price(0.8, 0.4, 60_000.0, 12.0);
        assert!((coordination_bought(0.8, spend, 60_000.0, 12.0) - 0.4).abs() < 1e-12);
    }

    #[test]
    fn linkage_of_a_kind_is_above_the_general_one_and_within_its_range() {
        let levers = |linkage, levels| {
            let mut levers = Responsibility { linkage, ..NOTHING };
            levers.linkage_above.levels = levels;
            levers
        };
        let linkage = Linkage::of(&levers(0.4, 0.2));
        assert!((linkage.levels - 0.6).abs() < 1e-15 && linkage.sectors == 0.4);
        assert!((linkage.mean() - 0.45).abs() < 1e-15);
        assert_eq!(Linkage::of(&levers(0.9, 0.5)).levels, 1.0);
        assert_eq!(Linkage::of(&levers(0.2, -0.5)).levels, 0.0);
    }

    const NOTHING: Responsibility = Responsibility {
        enabled: true,
        matrix: String::new(),
        staff_follow_duties: 0.0,
        coordination: 0.0,
        linkage: 0.0,
        linkage_above: LinkageAbove {
            levels: 0.0,
            regions: 0.0,
            sectors: 0.0,
            military: 0.0,
        },
        volunteers_mobilised: 0.0,
        assessment_tours: 0.0,
        talks: 0.0,
        listing: 0.0,
        liability_rule: LiabilityRule::None,
        liability_share: 0.0,
        sanction_multiplier: 0.0,
        exposure_multiplier: 1.0,
        concealment_aggravation: 0.0,
        safe_harbour: 0.0,
        official_sanction_threshold_deaths: 10,
    };
}
