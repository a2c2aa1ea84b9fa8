//! An epidemic among people who meet at random.

use crate::model::hazards::candidates::{Candidate, Class, CountySource};
use crate::model::hazards::natural::NaturalHistory;
use crate::verify::closed_form::epidemic::{Epidemic, LARGE};
use crate::verify::laboratory::{Laboratory, each, sound};
use crate::verify::quantity::STANDARD_ERRORS;
use crate::verify::stripped::Stripped;
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};

pub(super) const CASE: Case = Case {
    name: "epidemic",
    summary: [
        "final size of an epidemic and the chance that it becomes large",
        "疫情的最终规模与大规模暴发概率",
    ],
    parameters: &[
        Parameter::number("reproduction", "ratio", 2.0, [1.05, 20.0]),
        Parameter::whole("initial_infected", "people", 1.0, [1.0, 1_000_000.0]),
        Parameter::whole("people", "people", 10_000.0, [100.0, 100_000_000.0]),
        Parameter::number("removal_per_step", "ratio", 1.0, [0.001, 20.0]),
    ],
    run,
};

/// Epidemics by default.
const EPIDEMICS: u64 = 4000;
/// People by which a mean of finite epidemics may differ from that of infinitely many people.
const FINITE: f64 = 3.0;
/// Days of a step of the engine.
const STEP_DAYS: f64 = 7.0;

fn run(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let law = Epidemic {
        reproduction: values["reproduction"],
        infected: values["initial_infected"],
        people: values["people"],
        removal: values["removal_per_step"],
    };
    check(&law)?;
    let laboratory = laboratory(&law)?;
    let n = effort.replications(EPIDEMICS);
    let sizes = each(n, |number| size(&laboratory, &law, effort.seed, number))?;
    let shares: Vec<f64> = sizes.iter().map(|cases| cases / law.people).collect();
    let large: Vec<f64> = shares.into_iter().filter(|share| *share > LARGE).collect();
    let major = large.len() as u64;
    let mut quantities = Vec::new();
    if major > 0 {
        let mut size = Quantity::mean("final_size", law.final_size(), law.variance(), &large);
        let finite = FINITE / law.people + law.excess_of_infected();
        size.judge = Judge::Within {
            standard_errors: STANDARD_ERRORS + finite / size.standard_error,
        };
        quantities.push(size);
    }
    quantities.push(Quantity::probability(
        "probability_major",
        law.probability_major(),
        major,
        n,
    ));
    Ok(quantities)
}

fn check(law: &Epidemic) -> Result<(), Refusal> {
    if law.infected > 0.05 * law.people {
        return Err(Refusal::rule(
            "initial_infected",
            law.infected,
            "it must not exceed a twentieth of the people: theory has few among many",
            "不得超过人口的二十分之一：理论以众多人口中的少数病例为前提",
        ));
    }
    if !law.is_clear() {
        return Err(Refusal::rule(
            "people",
            law.people,
            "too few at this reproduction for small and large epidemics to be told apart",
            "在此再生数下人口过少，无法区分小规模与大规模疫情",
        ));
    }
    Ok(())
}

/// A county that nobody leaves, with a disease of which nobody dies and to which nobody responds.
fn laboratory(law: &Epidemic) -> Result<Laboratory, Refusal> {
    let mut stripped = Stripped::new()?;
    stripped.inhabit(law.people as u64);
    let health = &mut stripped.facts().health;
    health.pandemic_reproduction = law.reproduction;
    health.index_cases = law.infected as u32;
    health.generation_days = STEP_DAYS / law.removal;
    health.stay_share = 1.0;
    health.neighbour_share = 0.0;
    health.capital_share = 0.0;
    health.infection_fatality = 0.0;
    health.contact_cut_by_response = 0.0;
    Ok(stripped.laboratory())
}

/// Cases of the epidemic of this number.
fn size(laboratory: &Laboratory, law: &Epidemic, seed: u64, number: u32) -> Result<f64, Refusal> {
    let start = Candidate {
        number,
        source: 0,
        threshold: -1.0,
        class: Class::County(CountySource::Pandemic),
    };
    let natural = NaturalHistory::default();
    let history = laboratory.stated(seed, 1, vec![(0.0, start)], natural);
    let mut run = laboratory.begin(&history);
    let mut cases = law.infected;
    run.weeks(1);
    // In the week in which it ends nobody is infected any more.
    while let Some(outbreak) = run.state.outbreaks.first() {
        cases = outbreak.cases as f64;
        run.weeks(1);
    }
    sound(run.finish())?;
    Ok(cases)
}
