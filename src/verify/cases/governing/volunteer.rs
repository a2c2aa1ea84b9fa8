//! Several owners of one duty, without coordination: each leaves it to the others.

use crate::model::mechanisms::responsibility::{Duty, Player, volunteer_probability};
use crate::model::record::YearRecord;
use crate::verify::closed_form::volunteer::{each_acts, nobody_acts};
use crate::verify::laboratory::YEARS;
use crate::verify::losses::{ANY_SEVERITY, Losses};
use crate::verify::{Case, Effort, Parameter, Quantity, Refusal, Values};
use crate::vocabulary::{Category, Phase};

/// The case.
pub(super) const CASE: Case = Case {
    name: "volunteer",
    summary: [
        "equal owners of one duty: the more they are, the likelier that nobody acts",
        "责任主体越多，越可能无人履责（志愿者困境）",
    ],
    parameters: &[
        Parameter {
            name: "cost_benefit_ratio",
            unit: "1",
            default: 0.3,
            least: 0.0,
            greatest: 0.999_999,
            integer: false,
        },
        Parameter {
            name: "owners",
            unit: "owners",
            default: 3.0,
            least: 1.0,
            greatest: 10_000.0,
            integer: true,
        },
        Parameter {
            name: "coordination",
            unit: "share",
            default: 0.0,
            least: 0.0,
            greatest: 1.0,
            integer: false,
        },
    ],
    run,
};

/// Accidents by default, each a duty to prevent it.
const ACCIDENTS: u64 = 200_000;
/// Accidents a year.
const RATE: f64 = 200.0;

fn run(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let (omega, owners) = (values["cost_benefit_ratio"], values["owners"]);
    let coordination = values["coordination"];
    let player = Player {
        share: 1.0,
        capability: 1.0,
    };
    let duty = Duty::new(vec![player; owners as usize], coordination, omega);
    let [neglected, accidents] = neglect(&duty, effort)?;
    let nobody = nobody_acts(owners, omega, coordination);
    Ok(vec![
        Quantity::probability("probability_nobody_acts", nobody, neglected, accidents),
        Quantity::exact(
            "probability_each_acts",
            each_acts(owners, omega),
            volunteer_probability(owners, omega),
        ),
        Quantity::exact("execution", 1.0 - nobody, duty.execution()),
    ])
}

/// Accidents of which nobody acted to prevent them, and all, in runs whose only duty this is.
fn neglect(duty: &Duty, effort: &Effort) -> Result<[u64; 2], Refusal> {
    let mut laboratory = Losses::new(RATE, ANY_SEVERITY).laboratory()?;
    let owned = &mut laboratory.regime.effects.responsibility;
    for class in &mut owned.duties {
        class[Category::Accident][Phase::Prevent] = duty.clone();
    }
    owned.novel_duties[Phase::Prevent] = duty.clone();
    let years = (effort.replications(ACCIDENTS) as f64 / RATE).max(1.0) as u64;
    let runs = years.div_ceil(u64::from(YEARS));
    let length = years.div_ceil(runs) as u32;
    let counts = laboratory.replications(effort.seed, runs, length, |record| {
        let sum = |of: &dyn Fn(&YearRecord) -> u64| record.years.iter().map(of).sum::<u64>();
        [
            sum(&|year| year.events_neglected),
            sum(&|year| year.events.values().iter().sum()),
        ]
    })?;
    let total = |column: usize| counts.iter().map(|count| count[column]).sum();
    Ok([total(0), total(1)])
}
