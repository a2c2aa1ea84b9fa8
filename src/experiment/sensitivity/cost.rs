//! What a study costs: stated, not timed, so that the usual size of a study is the same on every machine.
//!
//! Processor seconds were measured on one core of an Intel Xeon at 1,000 people an agent: `china-2020` takes 2.5 s to
//! build (world, budgets, premiums of two policies) and 0.42 s a year and policy, `seminar-county` 0.03 s and
//! 0.0022 s. Dangers go with the people of the society, reviews with the agents.

use crate::scenario::CheckedExperiment;

/// Processor seconds that a study may take unless the user says how large it is: five minutes on two cores.
const USUAL_SECONDS: f64 = 600.0;
/// Part of it for the screening.
const SCREENING: f64 = 0.55;
/// A year of a policy below this is cheap enough for five years and ten replications (seconds).
const CHEAP_YEAR: f64 = 0.05;
/// Trajectories and base samples at least and at most, unless the user says how many.
const TRAJECTORIES: [f64; 2] = [4.0, 20.0];
const SAMPLES: [f64; 2] = [8.0, 256.0];

/// What the parts of a run cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Building a society with two policies (processor seconds).
    pub build_seconds: f64,
    /// A year of a policy (processor seconds).
    pub year_seconds: f64,
    /// A run under way (bytes).
    pub run_bytes: f64,
}

impl Cost {
    /// For an experiment.
    pub fn of(checked: &CheckedExperiment) -> Self {
        let provinces = checked.society.tables.provinces.iter();
        let people: f64 = provinces.map(|province| province.population as f64).sum();
        let agents = people / f64::from(checked.experiment.people_per_agent.max(1));
        Cost {
            build_seconds: 0.03 + 1.75e-9 * people,
            year_seconds: 0.0017 + 2.3e-10 * people + 7e-8 * agents,
            run_bytes: 15e6 + 0.06 * people + 50.0 * agents,
        }
    }

    /// One set of values: the society is built, and each replication is run under two policies after its
    /// burn-in (processor seconds).
    pub fn point_seconds(&self, burn_in_years: u32, years: u32, replications: u32) -> f64 {
        let years = f64::from(replications) * f64::from(burn_in_years + 2 * years);
        self.build_seconds + years * self.year_seconds
    }

    /// Years and replications of a study that nobody says the size of, from those of the experiment.
    pub fn usual_effort(&self, years: u32, replications: u32) -> (u32, u32) {
        if self.year_seconds < CHEAP_YEAR {
            (years.min(5), replications.clamp(2, 10))
        } else {
            (years.min(2), 1)
        }
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

    fn cost(name: &str) -> Cost {
        Cost::of(&load_experiment(name, &Overrides::default()).unwrap())
    }

    /// Ten minutes of two cores are 1,200 processor seconds.
    #[test]
    fn the_usual_study_fits_in_ten_minutes_on_two_cores() {
        for name in ["china-2020", "seminar-county", "seminar-city"] {
            let cost = cost(name);
            let (years, replications) = cost.usual_effort(10, 6);
            let point = cost.point_seconds(1, years, replications);
            let screening = 25 * usual_trajectories(24, point);
            let decomposition = 5 * usual_samples(3, point);
            let seconds = (screening + decomposition) as f64 * point;
            assert!(seconds < 800.0, "{name}: {seconds} s");
            assert!(screening >= 100 && decomposition >= 40, "{name}");
        }
    }

    #[test]
    fn stated_costs_are_those_measured() {
        let near = |found: f64, stated: f64| (found / stated - 1.0).abs() < 0.15;
        let (nation, city) = (cost("china-2020"), cost("seminar-county"));
        assert!(near(nation.build_seconds, 2.5) && near(nation.year_seconds, 0.42));
        assert!(
            near(city.build_seconds, 0.035) && city.year_seconds < 0.004,
            "{city:?}"
        );
    }
}
