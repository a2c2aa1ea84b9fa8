//! A crowd of thresholds: who joins when enough others have.

use crate::model::hazards::candidates::{Candidate, Class, CountySource};
use crate::model::hazards::natural::NaturalHistory;
use crate::scenario::society::DisputeGrowth;
use crate::verify::closed_form::crowd::Crowd;
use crate::verify::laboratory::{Laboratory, each};
use crate::verify::quantity::{count_limit, mean};
use crate::verify::stripped::Stripped;
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};

pub(super) const CASE: Case = Case {
    name: "threshold-crowd",
    summary: [
        "share of a crowd that joins, each once enough others have",
        "门槛各异的人群中最终参与的比例",
    ],
    parameters: &[
        Parameter::number("mean", "share", 0.25, [-1.0, 2.0]),
        Parameter::number("sd", "share", 0.1, [0.001, 10.0]),
        Parameter::whole("people", "people", 1_000_000.0, [10_000.0, 10_000_000.0]),
    ],
    run,
};

/// People of all crowds by default.
const PEOPLE: u64 = 10_000_000;

fn run(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let crowd = Crowd {
        mean: values["mean"],
        sd: values["sd"],
        people: values["people"],
    };
    let known = crowd.final_share();
    if !crowd.is_clear(known) {
        return Err(Refusal::rule(
            "sd",
            crowd.sd,
            "at this mean a crowd of so many people may go either way; take more people, or a mean or sd further from the tipping point",
            "在此均值下，该人数的人群可能走向两种结局；请增加人数，或使均值、离散度离临界点更远",
        ));
    }
    let laboratory = laboratory(values)?;
    let crowds = (effort.replications(PEOPLE) / values.whole("people")).max(2);
    let shares = each(crowds, |number| {
        Ok(joined(&laboratory, effort.seed, number)? / crowd.people)
    })?;
    let n = crowds as f64;
    let error = crowd.error(known) / libm::sqrt(n);
    // Few who join come in groups: each of the first brings others.
    let count = n * crowd.people * known.min(1.0 - known);
    let judge = Judge::Within {
        standard_errors: count_limit(count),
    };
    let quantity = Quantity::estimate("final_share", known, mean(&shares), error, crowds);
    Ok(vec![if error > 0.0 {
        quantity.judged(judge)
    } else {
        quantity.judged(Judge::EXACT)
    }])
}

/// The social incident alone, with a crowd that mixes completely.
fn laboratory(values: &Values) -> Result<Laboratory, Refusal> {
    let mut stripped = Stripped::new()?;
    let social = &mut stripped.facts().social;
    social.dispute_growth = DisputeGrowth::Thresholds;
    social.crowd_people = values.whole("people") as u32;
    social.crowd_threshold_mean = values["mean"];
    social.crowd_threshold_sd = values["sd"];
    social.dispute_death_probability = 0.0;
    Ok(stripped.laboratory())
}

/// People who join in the dispute of this number.
fn joined(laboratory: &Laboratory, seed: u64, number: u32) -> Result<f64, Refusal> {
    let dispute = Candidate {
        number,
        source: 0,
        threshold: -1.0,
        class: Class::County(CountySource::Dispute),
    };
    let natural = NaturalHistory::default();
    let history = laboratory.stated(seed, 1, vec![(0.0, dispute)], natural);
    let record = laboratory.run(&history, 1)?;
    Ok(record.events.iter().map(|row| row.magnitude).sum())
}
