//! Pieces of a policy that can be exchanged one by one: the six mechanisms, or the layers of sharing. Any
//! set of pieces of one policy over the rest of another is a policy too: a coalition.

use crate::scenario::checked::CheckedPolicy;
use crate::scenario::neutral::functions_of;
use crate::scenario::policy::{PlannedFunctions, Policy};
use crate::vocabulary::{BudgetFunction, Language, Layer, Mechanism, Vocabulary, vocabulary};

vocabulary! {
    /// Layers of sharing that answer the same question.
    LayerGroup {
        Owners = "owners_cover", "居民与农业保险", "household and agricultural cover";
        Enterprises = "enterprises_cover", "企业财产险与安责险", "enterprises' property and liability cover";
        Catastrophe = "catastrophe_cover", "巨灾保险(政府投保、共同体、指数)", "catastrophe cover (bought by governments, pool, parametric)";
        Aid = "aid", "救助、支援与捐赠", "relief, counterpart aid and charity";
    }
}

impl LayerGroup {
    /// The layers of the group.
    pub fn layers(self) -> &'static [Layer] {
        match self {
            LayerGroup::Owners => &[Layer::Property, Layer::Agricultural],
            LayerGroup::Enterprises => &[Layer::EnterpriseProperty, Layer::SafetyLiability],
            LayerGroup::Catastrophe => &[Layer::PublicCover, Layer::Pool, Layer::IndexCover],
            LayerGroup::Aid => &[Layer::Relief, Layer::Counterpart, Layer::Charity],
        }
    }
}

/// A piece of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A mechanism: its table, the matrix with responsibility, and the plan of its functions of the budget.
    Mechanism(Mechanism),
    /// The size of the budget and its split in time, which belong to no mechanism.
    Budget,
    /// A layer of sharing.
    Layer(Layer),
    /// Several layers of sharing.
    Group(LayerGroup),
    /// Everything but the ten layers of sharing.
    Rest,
}

/// Into which pieces a policy is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The six mechanisms, and the budget as a whole.
    Mechanisms,
    /// The layers of sharing in four groups, and the rest of the policy.
    LayerGroups,
    /// Each layer of sharing, and the rest of the policy.
    Layers,
}

impl Cut {
    /// The pieces, which together are the whole policy.
    pub fn pieces(self) -> Vec<Piece> {
        match self {
            Cut::Mechanisms => {
                let six = Mechanism::ALL.iter().map(|m| Piece::Mechanism(*m));
                six.chain([Piece::Budget]).collect()
            }
            Cut::LayerGroups => {
                let groups = LayerGroup::ALL.iter().map(|group| Piece::Group(*group));
                groups.chain([Piece::Rest]).collect()
            }
            Cut::Layers => {
                let layers = layers().map(Piece::Layer);
                layers.chain([Piece::Rest]).collect()
            }
        }
    }
}

/// The ten layers of sharing that a policy arranges, in the order of the groups.
fn layers() -> impl Iterator<Item = Layer> {
    LayerGroup::ALL
        .iter()
        .flat_map(|group| group.layers().iter().copied())
}

impl Piece {
    /// The name in files.
    pub fn key(self) -> &'static str {
        match self {
            Piece::Mechanism(mechanism) => mechanism.key(),
            Piece::Budget => "budget",
            Piece::Layer(layer) => layer.key(),
            Piece::Group(group) => group.key(),
            Piece::Rest => "rest",
        }
    }

    /// The word in a language.
    pub fn word(self, language: Language) -> &'static str {
        match self {
            Piece::Mechanism(mechanism) => mechanism.word(language),
            Piece::Budget => language.pick("预算总额与事前占比", "size and timing of the budget"),
            Piece::Layer(layer) => layer.word(language),
            Piece::Group(group) => group.word(language),
            Piece::Rest => language.pick(
                "其余(其他机制与培训)",
                "all else (other mechanisms, training)",
            ),
        }
    }

    /// Puts this piece of one policy into another.
    pub fn put(self, from: &CheckedPolicy, into: &mut CheckedPolicy) {
        match self {
            Piece::Mechanism(mechanism) => put_mechanism(mechanism, from, into),
            Piece::Budget => {
                let (own, other) = (&mut into.policy.budget, &from.policy.budget);
                own.returned_share = other.returned_share;
                own.multiplier = other.multiplier;
                own.share_before_events = other.share_before_events;
            }
            Piece::Layer(layer) => put_layer(layer, &from.policy, &mut into.policy),
            Piece::Group(group) => {
                for layer in group.layers() {
                    put_layer(*layer, &from.policy, &mut into.policy);
                }
            }
            Piece::Rest => {
                let own = std::mem::replace(into, from.clone());
                for layer in layers() {
                    put_layer(layer, &own.policy, &mut into.policy);
                }
            }
        }
    }

    /// Whether two policies differ in this piece.
    pub fn differs(self, one: &CheckedPolicy, other: &CheckedPolicy) -> bool {
        let mut exchanged = one.clone();
        self.put(other, &mut exchanged);
        exchanged.policy.name_zh.clone_from(&one.policy.name_zh);
        exchanged.policy.name_en.clone_from(&one.policy.name_en);
        let text = (&one.policy.description_zh, &one.policy.description_en);
        exchanged.policy.description_zh.clone_from(text.0);
        exchanged.policy.description_en.clone_from(text.1);
        // The name of the matrix's file says nothing about its content.
        let name = &one.policy.responsibility.matrix;
        exchanged.policy.responsibility.matrix.clone_from(name);
        exchanged.policy != one.policy || exchanged.matrix != one.matrix
    }
}

fn put_mechanism(mechanism: Mechanism, from: &CheckedPolicy, into: &mut CheckedPolicy) {
    let (own, other) = (&mut into.policy, &from.policy);
    match mechanism {
        Mechanism::Criteria => own.criteria = other.criteria.clone(),
        Mechanism::Avoidance => own.avoidance = other.avoidance.clone(),
        Mechanism::Intervention => own.intervention = other.intervention.clone(),
        Mechanism::Remedy => own.remedy = other.remedy.clone(),
        Mechanism::Responsibility => {
            own.responsibility = other.responsibility.clone();
            into.matrix = from.matrix.clone();
        }
        Mechanism::Sharing => own.sharing = other.sharing.clone(),
    }
    let plan = &from.policy.budget.plan_yuan_per_head;
    for &function in functions_of(mechanism) {
        if let Some(planned) = planned(&mut into.policy.budget.plan_yuan_per_head, function) {
            *planned = plan.get(function);
        }
    }
}

/// The planned amount of a function, to change; relief and subsidy have none.
fn planned(plan: &mut PlannedFunctions, function: BudgetFunction) -> Option<&mut f64> {
    match function {
        BudgetFunction::Works => Some(&mut plan.works),
        BudgetFunction::Inspect => Some(&mut plan.inspect),
        BudgetFunction::MonitorWarn => Some(&mut plan.monitor_warn),
        BudgetFunction::Respond => Some(&mut plan.respond),
        BudgetFunction::Train => Some(&mut plan.train),
        BudgetFunction::Remedy => Some(&mut plan.remedy),
        BudgetFunction::Report => Some(&mut plan.report),
        BudgetFunction::Relief | BudgetFunction::Subsidy => None,
    }
}

/// Puts a layer of one policy into another; experience rating goes with liability insurance. Layers
/// that no table of a policy arranges (statutory insurance, what is retained) have nothing to put.
fn put_layer(layer: Layer, from: &Policy, into: &mut Policy) {
    let (own, other) = (&mut into.sharing, &from.sharing);
    match layer {
        Layer::Property => own.property = other.property.clone(),
        Layer::Agricultural => own.agricultural = other.agricultural.clone(),
        Layer::EnterpriseProperty => own.enterprise_property = other.enterprise_property.clone(),
        Layer::SafetyLiability => {
            own.safety_liability = other.safety_liability.clone();
            own.experience_rating = other.experience_rating;
        }
        Layer::PublicCover => own.public_cover = other.public_cover.clone(),
        Layer::Pool => own.pool = other.pool.clone(),
        Layer::IndexCover => own.index_cover = other.index_cover.clone(),
        Layer::Relief => own.relief = other.relief.clone(),
        Layer::Counterpart => own.counterpart = other.counterpart.clone(),
        Layer::Charity => own.charity = other.charity.clone(),
        Layer::WorkInjury
        | Layer::Medical
        | Layer::Injurer
        | Layer::Reinsurance
        | Layer::Retained => {}
    }
}

/// Two policies with the pieces in which they differ: the players, and all policies between the two.
#[derive(Clone, Debug)]
pub struct Division {
    /// The policy of nobody.
    pub off: CheckedPolicy,
    /// The policy of all.
    pub on: CheckedPolicy,
    /// Pieces in which the two differ: bit i of a coalition is piece i.
    pub pieces: Vec<Piece>,
    /// Pieces in which they agree.
    pub same: Vec<Piece>,
}

impl Division {
    /// Cuts the difference between two policies.
    pub fn new(off: CheckedPolicy, on: CheckedPolicy, cut: Cut) -> Self {
        let (pieces, same) = cut
            .pieces()
            .into_iter()
            .partition(|piece| piece.differs(&off, &on));
        Division {
            off,
            on,
            pieces,
            same,
        }
    }

    /// Coalitions: 2 to the number of pieces.
    pub fn coalitions(&self) -> usize {
        1 << self.pieces.len()
    }

    /// The pieces of a coalition.
    pub fn members(&self, coalition: usize) -> impl Iterator<Item = Piece> {
        let numbered = self.pieces.iter().enumerate();
        numbered
            .filter(move |(number, _)| coalition >> number & 1 == 1)
            .map(|(_, piece)| *piece)
    }

    /// The name of a coalition in files: its pieces, or `none`.
    pub fn key(&self, coalition: usize) -> String {
        let keys: Vec<&str> = self.members(coalition).map(Piece::key).collect();
        if keys.is_empty() {
            "none".to_owned()
        } else {
            keys.join("+")
        }
    }

    /// The policy of a coalition; that of nobody and that of all are the two policies themselves.
    pub fn policy(&self, coalition: usize) -> CheckedPolicy {
        if coalition + 1 == self.coalitions() && coalition > 0 {
            return self.on.clone();
        }
        let mut policy = self.off.clone();
        for piece in self.members(coalition) {
            piece.put(&self.on, &mut policy);
        }
        if coalition > 0 {
            policy.key = self.key(coalition);
        }
        policy
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::builtin;
    use crate::scenario::{InputKind, load_policy, load_society};

    fn policies() -> Vec<CheckedPolicy> {
        let society = load_society("seminar-county", &[]).unwrap();
        let names = builtin::list(InputKind::Policy);
        let budget = "policy.budget.multiplier=1.2".to_owned();
        let load = |name: &str, sets: &[String]| load_policy(name, &society, sets).unwrap();
        let mut all: Vec<_> = names.iter().map(|name| load(name, &[])).collect();
        all.push(load("network", &[budget]));
        all
    }

    const CUTS: [Cut; 3] = [Cut::Mechanisms, Cut::LayerGroups, Cut::Layers];

    /// Levers and matrix, without what only names them.
    fn levers(policy: &CheckedPolicy) -> (Policy, crate::scenario::policy::Matrix) {
        let mut levers = policy.policy.clone();
        let texts = [
            &mut levers.name_zh,
            &mut levers.name_en,
            &mut levers.description_zh,
            &mut levers.description_en,
            &mut levers.responsibility.matrix,
        ];
        for text in texts {
            text.clear();
        }
        (levers, policy.matrix.clone())
    }

    #[test]
    fn all_pieces_together_are_the_whole_policy() {
        let all = policies();
        for cut in CUTS {
            for on in &all {
                let mut made = all[0].clone();
                for piece in cut.pieces() {
                    piece.put(on, &mut made);
                }
                assert!(levers(&made) == levers(on), "{cut:?} {}", on.key);
            }
        }
    }

    #[test]
    fn pieces_do_not_touch_each_other() {
        let all = policies();
        let (off, on) = (&all[0], &all[all.len() - 1]);
        for cut in CUTS {
            for piece in cut.pieces() {
                let mut made = off.clone();
                piece.put(on, &mut made);
                for other in cut.pieces().into_iter().filter(|other| *other != piece) {
                    assert!(!other.differs(&made, off), "{piece:?} moves {other:?}");
                }
                assert!(!piece.differs(&made, on), "{piece:?}");
            }
        }
    }

    #[test]
    fn coalitions_are_numbered_by_the_pieces_in_which_the_policies_differ() {
        let society = load_society("seminar-county", &[]).unwrap();
        let load = |sets: &[&str]| {
            let sets: Vec<String> = sets.iter().map(|set| format!("policy.{set}")).collect();
            load_policy("current-2020", &society, &sets).unwrap()
        };
        let on = load(&[
            "remedy.quality_target=0.6",
            "budget.plan_yuan_per_head.inspect=12",
        ]);
        let division = Division::new(load(&[]), on.clone(), Cut::Mechanisms);
        let two = [Mechanism::Intervention, Mechanism::Remedy].map(Piece::Mechanism);
        assert_eq!(division.pieces, two);
        assert_eq!((division.same.len(), division.coalitions()), (5, 4));
        let keys: Vec<String> = (0..4).map(|number| division.key(number)).collect();
        assert_eq!(
            keys,
            ["none", "intervention", "remedy", "intervention+remedy"]
        );
        let inspected = division.policy(1).policy;
        assert_eq!(inspected.budget.plan_yuan_per_head.inspect, 12.0);
        assert_eq!(inspected.remedy.quality_target, 0.5);
        assert_eq!(division.policy(3), on);
        assert_eq!(division.policy(0), division.off);
    }

    #[test]
    fn equal_policies_have_one_coalition() {
        let society = load_society("seminar-county", &[]).unwrap();
        let one = load_policy("network", &society, &[]).unwrap();
        let division = Division::new(one.clone(), one, Cut::Layers);
        assert_eq!((division.coalitions(), division.same.len()), (1, 11));
    }
}
