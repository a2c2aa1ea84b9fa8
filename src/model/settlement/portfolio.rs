//! A programme of cover over a portfolio of losses: which layer pays how much to which claimant.
//!
//! Order, within one event: common levels (coverage, place, group …) → the levels of each policy →
//! its layers side by side (attachment, limit, share after the limit) → the levels of the account,
//! which act on what all layers pay together → reinsurance, contracts of one priority side by side on
//! what is left after earlier ones. Every level splits what it takes over the losses under it in
//! proportion to what is insured of each, so that payments to claimants sum to what the layer pays and
//! nobody is paid more than the loss.

use std::collections::BTreeMap;

use super::group_terms::{GroupTerms, Moves, Position};
use super::money::{Fen, RunningSplit};
use super::terms::LayerTerms;

/// One loss in one event: a claimant's coverage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Who lost.
    pub claimant: String,
    /// Group of the claimant: a policy, an account, a place.
    pub group: String,
    /// What was covered (building, contents …); empty = everything.
    pub coverage: String,
    /// Value insured (fen).
    pub value: Fen,
    /// Loss (fen ≥ 0).
    pub loss: Fen,
}

/// Which losses terms act on; an empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Claimants.
    pub claimants: Vec<String>,
    /// Groups.
    pub groups: Vec<String>,
    /// Coverages.
    pub coverages: Vec<String>,
}

impl Scope {
    /// Whether a loss is within.
    pub fn holds(&self, item: &Item) -> bool {
        let within = |list: &[String], name: &String| list.is_empty() || list.contains(name);
        within(&self.claimants, &item.claimant)
            && within(&self.groups, &item.group)
            && within(&self.coverages, &item.coverage)
    }
}

/// What losses are summed over before terms act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Per {
    /// Each coverage of each claimant.
    Coverage,
    /// Each claimant.
    Claimant,
    /// Each group.
    Group,
    /// The whole event.
    #[default]
    Event,
}

/// Terms of a level for some of the losses.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelTerms {
    /// For which losses; where several fit, the first one counts.
    pub scope: Scope,
    /// Terms.
    pub terms: GroupTerms,
}

/// One level: losses are summed, and terms act on the sums.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// What losses are summed over.
    pub per: Per,
    /// Terms; losses that none fits pass.
    pub terms: Vec<LevelTerms>,
}

/// One layer of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Name.
    pub name: String,
    /// What losses are summed over.
    pub per: Per,
    /// Terms.
    pub terms: LayerTerms,
}

/// A policy of insurance on some of the losses.
#[derive(Clone, Debug, PartialEq)]
pub struct Cover {
    /// For which losses.
    pub scope: Scope,
    /// Its own levels.
    pub levels: Vec<Level>,
    /// Its layers.
    pub layers: Vec<Layer>,
}

/// The share of a risk that is ceded to a reinsurance contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Cession {
    /// For which losses; where several fit, the first one counts.
    pub scope: Scope,
    /// Share (0–1).
    pub share: f64,
}

/// One reinsurance contract:
/// placed × min(max(Σ min(max(ceded × risk − attachment, 0), limit) − event attachment, 0), event limit).
#[derive(Clone, Debug, PartialEq)]
pub struct Treaty {
    /// Name.
    pub name: String,
    /// Contracts of a lower number are applied first.
    pub priority: u32,
    /// What is ceded.
    pub cessions: Vec<Cession>,
    /// What a risk is.
    pub risk: Per,
    /// Attachment and limit of a risk (its cession is that of the risk).
    pub per_risk: LayerTerms,
    /// Attachment and limit of the event; its share is the placed one.
    pub per_event: LayerTerms,
}

/// A whole programme.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programme {
    /// Levels before the policies.
    pub levels: Vec<Level>,
    /// Policies.
    pub covers: Vec<Cover>,
    /// Levels on what all layers pay together.
    pub account: Vec<Level>,
    /// Reinsurance.
    pub treaties: Vec<Treaty>,
}

/// Who was paid what in one event (fen), by layer or contract and item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payments {
    /// Paid by each layer, reinsurance not deducted; layers in the order of the programme.
    pub layers: Vec<Vec<Fen>>,
    /// Ceded by each layer to reinsurers.
    pub ceded: Vec<Vec<Fen>>,
    /// Paid by each reinsurance contract.
    pub treaties: Vec<Vec<Fen>>,
    /// Left with the claimant.
    pub kept: Vec<Fen>,
}

impl Programme {
    /// All layers, in the order of payments.
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        self.covers.iter().flat_map(|cover| &cover.layers)
    }

    /// Settles the losses of one event.
    pub fn settle(&self, items: &[Item]) -> Payments {
        let mut positions: Vec<Position> =
            items.iter().map(|item| Position::of(item.loss)).collect();
        apply(&self.levels, items, &mut positions);
        let mut layers = Vec::new();
        // What the account's levels see: each layer carries the deductibles of its losses.
        let mut together = vec![Position::default(); items.len()];
        for cover in &self.covers {
            let mut covered = positions.clone();
            for (item, position) in items.iter().zip(&mut covered) {
                if !cover.scope.holds(item) {
                    *position = Position::default();
                }
            }
            apply(&cover.levels, items, &mut covered);
            for layer in &cover.layers {
                let paid = pay_layer(layer, items, &covered);
                for ((sum, position), fen) in together.iter_mut().zip(&covered).zip(&paid) {
                    *sum = sum.plus(Position {
                        insured: *fen,
                        ..*position
                    });
                }
                layers.push(paid);
            }
        }
        if !self.account.is_empty() {
            let before: Vec<Fen> = together.iter().map(|position| position.insured).collect();
            apply(&self.account, items, &mut together);
            rescale(&mut layers, &before, &together);
        }
        let kept = within_the_loss(items, &mut layers);
        let (ceded, treaties) = self.reinsure(items, &layers);
        Payments {
            layers,
            ceded,
            treaties,
            kept,
        }
    }

    /// What each layer cedes and each contract pays.
    fn reinsure(&self, items: &[Item], layers: &[Vec<Fen>]) -> (Vec<Vec<Fen>>, Vec<Vec<Fen>>) {
        let mut net: Vec<Fen> = (0..items.len())
            .map(|item| layers.iter().map(|paid| paid[item]).sum())
            .collect();
        let gross = net.clone();
        let mut treaties = vec![vec![0; items.len()]; self.treaties.len()];
        let mut priorities: Vec<u32> = self.treaties.iter().map(|treaty| treaty.priority).collect();
        priorities.sort_unstable();
        priorities.dedup();
        for priority in priorities {
            let subject = net.clone();
            for (treaty, paid) in self.treaties.iter().zip(&mut treaties) {
                if treaty.priority != priority {
                    continue;
                }
                for ((paid, due), net) in paid
                    .iter_mut()
                    .zip(treaty.pay(items, &subject))
                    .zip(&mut net)
                {
                    *paid = due.min(*net);
                    *net -= *paid;
                }
            }
        }
        let mut ceded = vec![vec![0; items.len()]; layers.len()];
        for item in 0..items.len() {
            let mut parts = RunningSplit::new(gross[item] - net[item], gross[item]);
            for (ceded, paid) in ceded.iter_mut().zip(layers) {
                ceded[item] = parts.next(paid[item]);
            }
        }
        (ceded, treaties)
    }
}

impl Treaty {
    /// What the contract pays of each item's loss to insurers (fen).
    fn pay(&self, items: &[Item], subject: &[Fen]) -> Vec<Fen> {
        let cession_of = |item: &Item| {
            self.cessions
                .iter()
                .position(|cession| cession.scope.holds(item))
        };
        let mut risks: BTreeMap<(usize, [&str; 2]), Vec<usize>> = BTreeMap::new();
        for (number, item) in items.iter().enumerate() {
            if let Some(cession) = cession_of(item) {
                let risk = (cession, key(self.risk, item));
                risks.entry(risk).or_default().push(number);
            }
        }
        let mut paid = vec![0; items.len()];
        for ((cession, _), members) in &risks {
            let sum: Fen = members.iter().map(|item| subject[*item]).sum();
            let terms = LayerTerms {
                cession: self.cessions[*cession].share,
                ..self.per_risk
            };
            let mut parts = RunningSplit::new(terms.pay(sum, sum), sum);
            for item in members {
                paid[*item] = parts.next(subject[*item]);
            }
        }
        let sum: Fen = paid.iter().sum();
        let mut parts = RunningSplit::new(self.per_event.pay(sum, sum), sum);
        for fen in &mut paid {
            *fen = parts.next(*fen);
        }
        paid
    }
}

/// By what an item is summed.
fn key(per: Per, item: &Item) -> [&str; 2] {
    match per {
        Per::Coverage => [&item.claimant, &item.coverage],
        Per::Claimant => [&item.claimant, ""],
        Per::Group => [&item.group, ""],
        Per::Event => ["", ""],
    }
}

/// Lets levels act one after the other.
fn apply(levels: &[Level], items: &[Item], positions: &mut [Position]) {
    for level in levels {
        let mut groups: BTreeMap<(usize, [&str; 2]), Vec<usize>> = BTreeMap::new();
        for (number, item) in items.iter().enumerate() {
            let fitting = level.terms.iter().position(|terms| terms.scope.holds(item));
            if let Some(terms) = fitting {
                let group = (terms, key(level.per, item));
                groups.entry(group).or_default().push(number);
            }
        }
        for ((terms, _), members) in &groups {
            let sum = members
                .iter()
                .map(|item| positions[*item])
                .fold(Position::default(), Position::plus);
            let value = members.iter().map(|item| items[*item].value).sum();
            let moves = level.terms[*terms].terms.moves(sum, value);
            spread(&moves, sum, members, positions);
        }
    }
}

/// Spreads what terms moved over the losses of the group, each move in proportion to what it takes from.
fn spread(moves: &Moves, sum: Position, members: &[usize], positions: &mut [Position]) {
    let insured = sum.insured + moves.given_back;
    let limited = insured - moves.deducted;
    let mut given_back = RunningSplit::new(moves.given_back, sum.room);
    let mut given_over = RunningSplit::new(moves.given_over, sum.deducted - moves.given_back);
    let mut deducted_over = RunningSplit::new(moves.deducted_over, sum.over);
    let mut deducted = RunningSplit::new(moves.deducted, insured);
    let mut limit = RunningSplit::new(moves.limited, limited);
    let mut not_shared = RunningSplit::new(moves.not_shared, limited - moves.limited);
    let room_before = sum.room - moves.given_back + moves.deducted;
    let mut room = RunningSplit::new(moves.room, room_before);
    for item in members {
        let position = &mut positions[*item];
        let back = given_back.next(position.room);
        position.insured += back;
        position.deducted -= back;
        position.room -= back;
        let over = given_over.next(position.deducted);
        position.deducted -= over;
        let from_over = deducted_over.next(position.over);
        position.over += over - from_over;
        let taken = deducted.next(position.insured);
        position.insured -= taken;
        position.deducted += from_over + taken;
        position.room += taken;
        let cut = limit.next(position.insured);
        position.insured -= cut;
        position.over += cut;
        position.insured -= not_shared.next(position.insured);
        position.room = room.next(position.room);
    }
}

/// What a layer pays of each item (fen), in proportion to what is insured of each.
fn pay_layer(layer: &Layer, items: &[Item], positions: &[Position]) -> Vec<Fen> {
    let mut groups: BTreeMap<[&str; 2], Vec<usize>> = BTreeMap::new();
    for (number, item) in items.iter().enumerate() {
        let group = groups.entry(key(layer.per, item)).or_default();
        group.push(number);
    }
    let mut paid = vec![0; items.len()];
    for members in groups.values() {
        let insured: Fen = members.iter().map(|item| positions[*item].insured).sum();
        let value = members.iter().map(|item| items[*item].value).sum();
        let mut parts = RunningSplit::new(layer.terms.pay(insured, value), insured);
        for item in members {
            paid[*item] = parts.next(positions[*item].insured);
        }
    }
    paid
}

/// Carries what the account's levels changed back into the layers' payments, in proportion to them.
fn rescale(layers: &mut [Vec<Fen>], before: &[Fen], after: &[Position]) {
    for (item, position) in after.iter().enumerate() {
        let (old, new) = (before[item], position.insured);
        if old == new {
            continue;
        }
        if old == 0 {
            if let Some(first) = layers.first_mut() {
                first[item] = new;
            }
            continue;
        }
        let mut parts = RunningSplit::new(new, old);
        for paid in layers.iter_mut() {
            paid[item] = parts.next(paid[item]);
        }
    }
}

/// Nobody is paid more than the loss: where policies overlap, the earlier layers pay first. Returns
/// what claimants keep.
fn within_the_loss(items: &[Item], layers: &mut [Vec<Fen>]) -> Vec<Fen> {
    let mut left: Vec<Fen> = items.iter().map(|item| item.loss).collect();
    for paid in layers {
        for (fen, left) in paid.iter_mut().zip(&mut left) {
            *fen = (*fen).min(*left);
            *left -= *fen;
        }
    }
    left
}

#[cfg(test)]
pub(crate) mod tests;
