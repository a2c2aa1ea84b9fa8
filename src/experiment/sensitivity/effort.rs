//! How large a study is unless the user says it: what fits into a few minutes.

use crate::experiment::cost::Cost;

/// Processor seconds that a study may take unless the user says how large it is: five minutes on two cores.
const USUAL_SECONDS: f64 = 600.0;
/// Part of it for the screening.
const SCREENING: f64 = 0.55;
/// A year of a policy below this is cheap enough for five years and ten replications (seconds).
const CHEAP_YEAR: f64 = 0.05;
/// Trajectories and base samples at least and at most, unless the user says how many.
const TRAJECTORIES: [f64; 2] = [4.0, 20.0];
const SAMPLES: [f64; 2] = [8.0, 256.0];

/// Years and replications of a study that nobody says the size of, from those of the experiment.
pub fn usual_effort(cost: &Cost, years: u32, replications: u32) -> (u32, u32) {
    if cost.year_seconds < CHEAP_YEAR {
        (years.min(5), replications.clamp(2, 10))
    } else {
        (years.min(2), 1)
    }
}

/// Trajectories of so many factors that fit into the usual time.
pub fn usual_trajectories(factors: usize, point_seconds: f64) -> usize {
    let points = USUAL_SECONDS * SCREENING / point_seconds;
    (points / (factors + 1) as f64).clamp(TRAJECTORIES[0], TRAJECTORIES[1]) as usize
}

/// Base samples of so many factors that fit into the usual time.
pub fn usual_samples(factors: usize, point_seconds: f64) -> usize {
    let points = USUAL_SECONDS * (1.0 - SCREENING) / point_seconds;
    (points / (factors + 2) as f64).clamp(SAMPLES[0], SAMPLES[1]) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overrides, load_experiment};

    /// Ten minutes of two cores are 1,200 processor seconds.
    #[test]
    fn the_usual_study_fits_in_ten_minutes_on_two_cores() {
        for name in ["china-2020", "seminar-county", "seminar-city"] {
            let cost = Cost::of(&load_experiment(name, &Overrides::default()).unwrap());
            let (years, replications) = usual_effort(&cost, 10, 6);
            let point = cost.point_seconds(1, years, replications);
            let screening = 25 * usual_trajectories(24, point);
            let decomposition = 5 * usual_samples(3, point);
            let seconds = (screening + decomposition) as f64 * point;
            assert!(seconds < 800.0, "{name}: {seconds} s");
            assert!(screening >= 100 && decomposition >= 40, "{name}");
        }
    }
}
