//! Losses at random whose repairs overlap: as many crews as there are damages.

use libm::sqrt;

use super::function;
use crate::model::History;
use crate::verify::closed_form::recovery::Repairs;
use crate::verify::damages::{self, DAMAGE};
use crate::verify::laboratory::{Laboratory, each, sound};
use crate::verify::{Case, Effort, Parameter, Quantity, Refusal, Values};
use crate::vocabulary::NaturalKind;

pub(super) const CASE: Case = Case {
    name: "overlapping-repairs",
    summary: [
        "function under losses at random whose repairs overlap",
        "随机受损、修复相互重叠时的功能",
    ],
    parameters: &[
        Parameter::number("rate_per_year", "per year", 3.0, [0.01, 200.0]),
        Parameter::number("mean_repair_years", "years", 0.25, [0.01, 10.0]),
        Parameter::number("loss_each", "share", 0.05, [0.001, 1.0]),
    ],
    run,
};

/// The danger: a local one, which strikes the county in which it arises.
const STRUCK: NaturalKind = NaturalKind::Geological;
/// Weeks counted by default, where few damages are open at a time.
const WEEKS: f64 = 400_000.0;
/// Damages in repair beyond which fewer weeks are counted: each takes its time.
const FEW: f64 = 10.0;
/// Repair times that are counted at least.
const TIMES: f64 = 100.0;
/// Weeks counted of one run at least.
const OF_A_RUN: u32 = 5200;
/// Repair times until a run has forgotten its start.
const FORGOTTEN: f64 = 20.0;
/// What counts as repaired, as a part of a loss: it changes no digit that is tested.
const REPAIRED: f64 = 1e-9;
/// Greatest variance of the logarithm of function at which its mean can be tested.
const SPREAD: f64 = 1.0;

fn run(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let law = Repairs {
        rate: values["rate_per_year"] / 52.0,
        time: values["mean_repair_years"] * 52.0,
        loss: values["loss_each"],
    };
    if law.log_variance() > SPREAD {
        return Err(Refusal::rule(
            "loss_each",
            law.loss,
            "with rate_per_year·mean_repair_years so great function varies too much for its mean to be tested; rate_per_year·mean_repair_years·loss_each² must not exceed 2",
            "rate_per_year·mean_repair_years 过大时，功能波动过大，均值无法检验；rate_per_year·mean_repair_years·loss_each² 不得超过 2",
        ));
    }
    let laboratory = damages::laboratory_of(&[(STRUCK, law.loss)], law.time, |society| {
        society.hazards[STRUCK].events_per_year = values["rate_per_year"];
        society.recovery.repaired_below = REPAIRED * law.loss;
    })?;
    let weeks = WEEKS * (FEW / law.in_repair()).min(1.0);
    let n = effort.replications(weeks.max(TIMES * law.time) as u64);
    let length = u64::from(OF_A_RUN.max(2 * warm_up(&law))).min(n) as u32;
    let runs = n.div_ceil(u64::from(length));
    let means = each(runs, |replication| {
        means(&laboratory, effort.seed, replication, &law, length)
    })?;
    let mean = |column: usize| means.iter().map(|row| row[column]).sum::<f64>() / runs as f64;
    let error = |variance: f64| sqrt(variance / runs as f64);
    let weeks = runs * u64::from(length);
    Ok(vec![
        Quantity::estimate(
            "mean_functionality",
            law.function(),
            mean(0),
            error(law.variance_of_function(length)),
            weeks,
        ),
        Quantity::estimate(
            "mean_in_repair",
            law.in_repair(),
            mean(1),
            error(law.variance_in_repair(length)),
            weeks,
        ),
    ])
}

/// Weeks until a run has forgotten its start.
fn warm_up(law: &Repairs) -> u32 {
    (FORGOTTEN * law.time) as u32 + 1
}

/// Mean function over the weeks of a run that are counted, and mean number of damages in repair, each
/// counted by the part of its loss that is still open.
fn means(
    laboratory: &Laboratory,
    seed: u64,
    replication: u32,
    law: &Repairs,
    length: u32,
) -> Result<[f64; 2], Refusal> {
    let warm = warm_up(law);
    let history = struck(laboratory, seed, replication, warm + length);
    let mut run = laboratory.begin(&history);
    run.weeks(warm);
    let mut in_repair = 0.0;
    for _ in 0..length {
        run.weeks(1);
        // What is open now has fallen since the week began.
        let open = run.state.damages.iter();
        in_repair += open
            .map(|damage| damage.lost / damage.decay * damage.week_mean / law.loss)
            .sum::<f64>();
    }
    let record = sound(run.finish())?;
    let levels = function(&record).skip(warm as usize).sum::<f64>();
    let weeks = f64::from(length);
    Ok([levels / weeks, in_repair / weeks])
}

/// A history of dangers that arise at random and all do the same damage.
fn struck(laboratory: &Laboratory, seed: u64, replication: u32, weeks: u32) -> History {
    let mut history = laboratory.history(seed, replication, weeks.div_ceil(52));
    for strike in &mut history.natural.strikes {
        strike.damage = DAMAGE;
    }
    history
}
