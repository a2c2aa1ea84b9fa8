//! What care the rule of liability makes rational for an enterprise, at the society's rest.

use super::Question;
use crate::model::agents::enterprise::{Choice, rational_care};
use crate::model::hazards::accident::care_factor;
use crate::model::run::Run;
use crate::model::settlement::money::to_yuan;
use crate::model::stages::decide;
use crate::model::{Model, Regime};
use crate::vocabulary::{SizeClass, Trade};

/// Care of an enterprise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Care {
    /// What it weighs.
    pub choice: Choice,
    /// Care that costs it least, standard left aside.
    pub rational: f64,
    /// Care that it aims at: its own, or on the way to the standard where it complies.
    pub aimed: f64,
    /// The standard.
    pub standard: f64,
    /// Care that would be rational if an accident cost it the whole loss in question.
    pub whole_loss: f64,
    /// Rate of accidents at the care aimed at, relative to none.
    pub rate: f64,
    /// Rate of accidents at the rational care, relative to none.
    pub rational_rate: f64,
    /// Whether the care aimed at is below the standard.
    pub negligent: bool,
}

/// Care of an enterprise of a class in the province, or elsewhere if there is none there.
pub(super) fn care(
    model: &Model,
    baseline: &Regime,
    regime: &Regime,
    class: (Trade, SizeClass),
    question: &Question,
) -> Option<Care> {
    let agent = agent_of(model, class, question.province)?;
    let rules = &model.society.enterprise;
    let facts = model.enterprise(agent);
    // What is at rest needs a history to stand in, but nothing of it happens.
    let history = model.history(0, 0, 1);
    let state = model.burn_in(baseline, &history, 0);
    let mut run = Run::new(model, regime, &history, state, 0, false);
    run.common_factors();
    let municipal = usize::from(model.world.provinces[usize::from(facts.province)].municipality);
    let visits = model.planned_visit(facts.trade, facts.size) * regime.visit_volume[municipal];
    let choice = decide::choice(&run, agent, visits);
    let rational = choice.rational(rules).care;
    let aimed = decide::target_care(&run, agent, visits);
    let out_of_reach = model.society.trades[facts.trade].care_out_of_reach;
    let rate = |care: f64| care_factor(care, out_of_reach, rules.care_kappa);
    Some(Care {
        choice,
        rational,
        aimed,
        standard: rules.care_standard,
        whole_loss: rational_care(
            rules.care_kappa,
            choice.exposure,
            to_yuan(question.loss),
            choice.price_of_care,
            choice.most,
        ),
        rate: rate(aimed),
        rational_rate: rate(rational),
        negligent: aimed < rules.care_standard,
    })
}

/// The agent of a class that stands for most establishments, in the province if it has one.
fn agent_of(model: &Model, (trade, size): (Trade, SizeClass), province: u16) -> Option<usize> {
    let of_class = |agent: &usize| {
        let facts = model.enterprise(*agent);
        facts.trade == trade && facts.size == size
    };
    let weight = |agent: &usize| {
        let facts = model.enterprise(*agent);
        (facts.province == province, facts.establishments)
    };
    let agents = (0..model.enterprises.len()).filter(of_class);
    agents.reduce(|best, agent| {
        let (here, most) = weight(&best);
        let (there, more) = weight(&agent);
        if (there, more) > (here, most) {
            agent
        } else {
            best
        }
    })
}
