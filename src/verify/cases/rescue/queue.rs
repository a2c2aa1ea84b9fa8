//! Calls that wait for teams.

use libm::sqrt;

use crate::model::record::RunRecord;
use crate::verify::closed_form::queue::Queue;
use crate::verify::laboratory::Laboratory;
use crate::verify::losses::{ANY_SEVERITY, Losses};
use crate::verify::quantity::{STANDARD_ERRORS, count_limit, mean, variance};
use crate::verify::stripped::Stripped;
use crate::verify::{Case, Effort, Judge, Parameter, Quantity, Refusal, Values};
use crate::vocabulary::Category;

pub(super) const CASE: Case = Case {
    name: "queue",
    summary: [
        "waits of Poisson calls for teams with exponential times",
        "泊松到达、指数出警时间的报警等待",
    ],
    parameters: &[
        Parameter::whole("servers", "teams", 2.0, [1.0, 200.0]),
        Parameter::number("arrivals_per_hour", "per hour", 1.6, [1e-6, 1e6]),
        Parameter::number("services_per_hour", "per hour", 1.0, [1e-6, 1e6]),
        Parameter::number("wait_hours", "hours", 1.0, [0.0, 1e6]),
    ],
    run,
};

/// Calls an hour of the engine: the case's time is stretched so that seconds do not matter and years are
/// short.
const AN_HOUR: f64 = 2.0;
/// Calls a year of 52 weeks.
const A_YEAR: f64 = AN_HOUR * 8736.0;
/// Greatest load at which waits can be averaged.
const LOAD: f64 = 0.95;
/// Relaxation times of a batch, whose mean is then nearly independent of the next; and of the start.
const BATCH: f64 = 30.0;
/// Calls by default.
const CALLS: u64 = 2_000_000;
/// Batches at least and at most.
const BATCHES: [u64; 2] = [100, 2000];
/// Groups of calls that wait above which the spread of batches tells the error.
const MANY: f64 = 600.0;
/// Calls of a run, about.
const OF_A_RUN: f64 = 50_000.0;

fn run(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let law = Queue {
        servers: values.whole("servers") as u32,
        arrivals: values["arrivals_per_hour"],
        services: values["services_per_hour"],
    };
    if law.load() > LOAD {
        return Err(Refusal::rule(
            "arrivals_per_hour",
            law.arrivals,
            "it must not exceed 0.95·servers·services_per_hour, or waits vary too slowly for their mean to be tested",
            "不得超过 0.95·servers·services_per_hour，否则等待时间变化过慢，均值无法检验",
        ));
    }
    let longer = values["wait_hours"];
    let waits = Batches::of(&law, longer, effort)?;
    let (wait, late) = (law.probability_wait(), law.probability_longer(longer));
    let share = |share: f64| [share, share * (1.0 - share), share];
    let known = [
        ("probability_wait", share(wait)),
        (
            "mean_wait_hours",
            [law.mean_wait(), law.variance_of_wait(), wait],
        ),
        ("probability_wait_longer", share(late)),
    ];
    let quantities = known.iter().zip(&waits.means);
    Ok(quantities
        .map(|((name, known), means)| waits.quantity(&law, name, *known, means))
        .collect())
}

/// Means of batches of calls in order: share that waits, wait (hours), share that waits longer.
struct Batches {
    means: [Vec<f64>; 3],
    /// Calls of a batch.
    calls: u64,
}

impl Batches {
    fn of(law: &Queue, longer: f64, effort: &Effort) -> Result<Self, Refusal> {
        let calls = (BATCH * law.relaxation() * law.arrivals).max(100.0) as usize;
        let [fewest, most] = BATCHES;
        let wanted = (effort.replications(CALLS) / calls as u64).clamp(fewest, most);
        let of_a_run = (OF_A_RUN / calls as f64).max(1.0) as u64;
        let years = libm::ceil((of_a_run + 1) as f64 * calls as f64 / A_YEAR) as u32 + 1;
        let hours = AN_HOUR / law.arrivals;
        let read = |record: &RunRecord| {
            let waits: Vec<f64> = record
                .events
                .iter()
                .map(|row| row.hours_to_reach * hours)
                .collect();
            let batches = waits.chunks_exact(calls).skip(1).take(of_a_run as usize);
            batches
                .map(|batch| of_batch(batch, longer))
                .collect::<Vec<_>>()
        };
        let runs = wanted.div_ceil(of_a_run);
        let found = laboratory(law)?.replications(effort.seed, runs, years, read)?;
        let batches: Vec<[f64; 3]> = found.into_iter().flatten().collect();
        let column = |which: usize| batches.iter().map(|batch| batch[which]).collect();
        Ok(Batches {
            means: [0, 1, 2].map(column),
            calls: calls as u64,
        })
    }

    /// The waits of a batch depend on each other: the error is that of the batches' means. Known are mean and
    /// variance of the figure of one call, and the share of calls of which it is not zero.
    fn quantity(
        &self,
        law: &Queue,
        name: &str,
        [known, variance_of_one, share]: [f64; 3],
        means: &[f64],
    ) -> Quantity {
        let batches = means.len() as f64;
        let n = self.calls * means.len() as u64;
        // Where hardly anybody waits the batches tell nothing: waits then come in groups of 1/(1 − ρ) calls.
        let group = 1.0 / (1.0 - law.load());
        let least = 2.0 * group * variance_of_one / n as f64;
        let spread = variance(means) / batches;
        let error = sqrt(if share * n as f64 > MANY * group {
            spread
        } else {
            spread.max(least)
        });
        // Student's quantile at the same chance as four standard errors: z + (z³ + z)/(4ν).
        let z = STANDARD_ERRORS;
        let student = z + (z * z * z + z) / (4.0 * (batches - 1.0));
        let groups = count_limit(share * n as f64 / group);
        Quantity::estimate(name, known, mean(means), error, n).judged(Judge::Within {
            standard_errors: student.max(groups),
        })
    }
}

/// Share that waits, mean wait, share that waits longer.
fn of_batch(waits: &[f64], longer: f64) -> [f64; 3] {
    let share = |than: f64| waits.iter().filter(|wait| **wait > than).count() as f64;
    let n = waits.len() as f64;
    [share(0.0) / n, mean(waits), share(longer) / n]
}

/// Accidents without casualties, each a routine call.
fn laboratory(law: &Queue) -> Result<Laboratory, Refusal> {
    let losses = Losses::new(A_YEAR, ANY_SEVERITY);
    let mut stripped = Stripped::new()?;
    losses.put(&mut stripped);
    let society = stripped.facts();
    society.reporting.late_share = 0.0;
    let rescue = &mut society.rescue;
    rescue.detect_hours = 0.0;
    rescue.travel_hours_town = 0.0;
    rescue.travel_hours_country = 0.0;
    rescue.teams_per_county = f64::from(law.servers);
    rescue.hours_bound_per_call = law.arrivals / law.services / AN_HOUR;
    let mut laboratory = stripped.laboratory();
    losses.thin(&mut laboratory);
    laboratory.regime.effects.intervention.response_capacity[Category::Accident] = 1.0;
    Ok(laboratory)
}
