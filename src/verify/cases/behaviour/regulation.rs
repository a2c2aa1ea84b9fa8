//! Regulation and liability together, where firms differ and only they know their harm. Shavell 1984.

use super::firm::{Firm, choice, stake_with};
use super::{COST, EFFECTIVENESS, share};
use crate::model::agents::enterprise::Choice;
use crate::model::agents::stake::Stake;
use crate::model::transcendental::log;
use crate::scenario::society::Enterprise;
use crate::verify::closed_form::care::{Care, Hidden};
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};

/// The best standard with and without liability beside it.
pub(super) const CASE: Case = Case {
    name: "regulation-and-liability",
    summary: [
        "the best standard alone and beside liability, for firms whose harm differs",
        "企业损害各异时，单独采用标准与标准加赔偿责任的最优标准",
    ],
    parameters: &[
        COST,
        EFFECTIVENESS,
        Parameter::number("base_rate", "per year", 10.0, [1e-6, 1e6]),
        Parameter::number("least_harm", "money", 1.0, [1e-6, 1e12]),
        Parameter::number("greatest_harm", "money", 3.0, [1e-6, 1e12]),
        Parameter::number("assets", "money", 10.0, [0.0, 1e12]),
        share("suit_probability", 0.8),
    ],
    run,
};

/// Firms, with harms at the midpoints of equal intervals.
const FIRMS: u32 = 1000;
/// Standards of the first search.
const GRID: u32 = 200;
/// A fine that nobody risks (yuan).
const PROHIBITIVE: f64 = 1e30;
/// Relative error of the costs: the firms stand for a continuum.
const COST_ERROR: f64 = 1e-3;
/// Error of the standards.
const STANDARD_ERROR: f64 = 0.02;

fn run(values: &Values, _: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let (least, greatest) = (values["least_harm"], values["greatest_harm"]);
    if least >= greatest {
        return Err(Refusal::Rule {
            parameter: "least_harm",
            value: least.to_string(),
            rule: [
                format!("it must be below greatest_harm = {greatest}"),
                format!("应小于 greatest_harm = {greatest}"),
            ],
        });
    }
    let firm = Firm {
        cost: values["care_cost"],
        effectiveness: values["effectiveness"],
        base_rate: values["base_rate"],
        harm: greatest,
        assets: values["assets"],
        multiplier: 1.0,
    };
    let hidden = Hidden {
        care: Care {
            cost: firm.cost,
            effectiveness: firm.effectiveness,
            base_rate: firm.base_rate,
        },
        least,
        greatest,
        assets: firm.assets,
        suit: values["suit_probability"],
    };
    let firms = Firms::new(&firm, &hidden)?;
    // No firm would need more than what is best at the greatest harm.
    let most = hidden.care.best(greatest).max(1.0 / firm.effectiveness);
    let alone = firms.best_standard(most, false);
    let joint = firms.best_standard(most, true);
    let quantity = |name, closed_form, estimate, judge| {
        Quantity::exact(name, closed_form, estimate).judged(judge)
    };
    let (standard_alone, cost_alone) = hidden.alone();
    let (standard_joint, cost_joint) = hidden.joint();
    let (standard, cost) = (Judge::Absolute(STANDARD_ERROR), Judge::Relative(COST_ERROR));
    Ok(vec![
        quantity("standard_alone", standard_alone, alone.0, standard),
        quantity("standard_joint", standard_joint, joint.0, standard),
        quantity("cost_alone", cost_alone, alone.1, cost),
        quantity("cost_joint", cost_joint, joint.1, cost),
    ])
}

/// The firms as the engine has them: what each weighs, its stake under liability, its harm.
struct Firms {
    firm: Firm,
    weighs: Choice,
    rules: Enterprise,
    stakes: Vec<(f64, Stake)>,
}

impl Firms {
    /// A suit fails where an accident is never traced to the firm: it conceals with 1 − q and nobody tells.
    fn new(firm: &Firm, hidden: &Hidden) -> Result<Self, Refusal> {
        let mut stripped = firm.stripped()?;
        let society = stripped.facts();
        society.government.sanction_scale = crate::vocabulary::Table::default();
        society.reporting.exposure_per_witness = 0.0;
        society.reporting.moral_conceal = log(hidden.suit / (1.0 - hidden.suit));
        society.government.fine_inspection_yuan = PROHIBITIVE;
        let laboratory = Firm::laboratory(stripped);
        let width = (hidden.greatest - hidden.least) / f64::from(FIRMS);
        let stakes = (0..FIRMS).map(|number| {
            let harm = hidden.least + (f64::from(number) + 0.5) * width;
            let stake = stake_with(&laboratory, |society, _| {
                society.enterprise.nonfatal_harm_yuan = firm.yuan(harm);
            });
            (harm, stake)
        });
        Ok(Firms {
            stakes: stakes.collect(),
            firm: *firm,
            weighs: choice(&laboratory),
            rules: laboratory.model.society.enterprise.clone(),
        })
    }

    /// Mean social cost under a standard, with or without liability.
    fn cost(&self, standard: f64, liable: bool) -> f64 {
        let rules = Enterprise {
            care_standard: standard,
            ..self.rules.clone()
        };
        let costs = self.stakes.iter().map(|(harm, stake)| {
            let stake = if liable { *stake } else { Stake::default() };
            let choice = Choice {
                stake,
                ..self.weighs
            };
            let care = choice.with_standard(choice.rational(&rules), &rules);
            self.firm.social_cost(care, *harm)
        });
        costs.sum::<f64>() / f64::from(FIRMS)
    }

    /// The standard of least cost, the largest where several are: a grid, then golden section about its
    /// best point.
    fn best_standard(&self, most: f64, liable: bool) -> (f64, f64) {
        let step = most / f64::from(GRID);
        let cost = |standard: f64| self.cost(standard, liable);
        let grid = (0..=GRID).map(|k| f64::from(k) * step);
        let start = grid.map(|standard| (cost(standard), standard)).fold(
            (f64::INFINITY, 0.0),
            |best, next| {
                if next.0 < best.0 { next } else { best }
            },
        );
        let (mut low, mut high) = ((start.1 - step).max(0.0), start.1 + step);
        let golden = 0.5 * (libm::sqrt(5.0) - 1.0);
        while high - low > 1e-6 * most {
            let (left, right) = (high - golden * (high - low), low + golden * (high - low));
            if cost(left) <= cost(right) {
                high = right;
            } else {
                low = left;
            }
        }
        let best = cost(0.5 * (low + high)).min(start.0);
        let ties = |standard: f64| cost(standard) > best * (1.0 + 1e-9);
        let mut standard = 0.5 * (low + high);
        if ties(most * 1.5) {
            standard = super::firm::turning_point(standard, most * 1.5, ties);
        }
        (standard, best)
    }
}
