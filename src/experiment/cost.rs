//! What running an experiment costs: stated, not timed, so that a plan is told the same on every machine.
//!
//! Processor seconds were measured on one core of an Intel Xeon at 1,000 people an agent: `china-2020` takes 2.5 s to
//! build (world, budgets, premiums of two policies) and 0.20 s a year and policy, `seminar-county` 0.03 s and
//! 0.0015 s; a natural year of a tail 8.8 ms and 0.5 ms a policy. Dangers go with the people of the society,
//! reviews with the agents (years are scaled from an AMD EPYC that is 1.7 times as fast and takes 15 s a year of everybody).
//! More than half of building is the same for any number of policies: on an AMD EPYC the nation takes 37 s with 64
//! of them.

use std::ops::Add;

use super::memory::{Keeping, plan_bytes};
use crate::scenario::CheckedExperiment;

/// What the parts of a run cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Building a society with two policies (processor seconds).
    pub build_seconds: f64,
    /// A year of a policy (processor seconds).
    pub year_seconds: f64,
    /// A natural year of a tail under a policy (processor seconds).
    pub tail_year_seconds: f64,
}

impl Cost {
    /// For an experiment.
    pub fn of(checked: &CheckedExperiment) -> Self {
        let people = people(checked) as f64;
        let agents = agents(checked) as f64;
        Cost {
            build_seconds: 0.03 + 1.75e-9 * people,
            year_seconds: 0.0011 + 1.2e-10 * people + 2.0e-8 * agents,
            tail_year_seconds: 0.0005 + 5.9e-12 * people,
        }
    }

    /// Building a society with so many policies (processor seconds).
    pub fn building_seconds(&self, policies: usize) -> f64 {
        self.build_seconds * (0.56 + 0.22 * policies as f64)
    }

    /// Every policy of an experiment in one replication, after the burn-in that they share (processor seconds).
    pub fn replication_seconds(&self, policies: usize, burn_in_years: u32, years: u32) -> f64 {
        let years = f64::from(burn_in_years) + policies as f64 * f64::from(years);
        years * self.year_seconds
    }

    /// One set of values: the society is built, and each replication is run under two policies after its
    /// burn-in (processor seconds).
    pub fn point_seconds(&self, burn_in_years: u32, years: u32, replications: u32) -> f64 {
        let years = f64::from(replications) * f64::from(burn_in_years + 2 * years);
        self.build_seconds + years * self.year_seconds
    }
}

/// People of the society.
pub fn people(checked: &CheckedExperiment) -> u64 {
    let provinces = checked.society.tables.provinces.iter();
    provinces.map(|province| province.population).sum()
}

/// Citizen agents, about: each county is rounded for itself.
pub fn agents(checked: &CheckedExperiment) -> u64 {
    people(checked).div_ceil(u64::from(checked.experiment.people_per_agent.max(1)))
}

/// A piece of work before it is begun.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work {
    /// Runs: one policy in one replication.
    pub runs: u64,
    /// Processor time (seconds).
    pub seconds: f64,
    /// Memory at its peak (bytes).
    pub bytes: f64,
}

impl Work {
    /// An experiment: its society is built once, and each replication is run under every policy after a
    /// burn-in that they share.
    pub fn of(checked: &CheckedExperiment, keeping: Keeping, threads: usize) -> Self {
        let cost = Cost::of(checked);
        let experiment = &checked.experiment;
        let policies = checked.policies.len();
        let replication =
            cost.replication_seconds(policies, experiment.burn_in_years, experiment.years);
        Work {
            runs: u64::from(experiment.replications) * policies as u64,
            seconds: cost.building_seconds(policies)
                + f64::from(experiment.replications) * replication,
            bytes: plan_bytes(checked, keeping, threads) as f64,
        }
    }

    /// Natural years of a tail under every policy of an experiment.
    pub fn of_tail(checked: &CheckedExperiment, years: u32) -> Self {
        let years = f64::from(years) * checked.policies.len() as f64;
        Work {
            runs: 0,
            seconds: years * Cost::of(checked).tail_year_seconds,
            bytes: 0.0,
        }
    }
}

/// One after the other.
impl Add for Work {
    type Output = Work;

    fn add(self, later: Work) -> Work {
        Work {
            runs: self.runs + later.runs,
            seconds: self.seconds + later.seconds,
            bytes: self.bytes.max(later.bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overrides, load_experiment};

    fn experiment(name: &str) -> CheckedExperiment {
        load_experiment(name, &Overrides::default()).unwrap()
    }

    #[test]
    fn stated_costs_are_those_measured() {
        let near = |found: f64, stated: f64| (found / stated - 1.0).abs() < 0.15;
        let [nation, county] =
            ["china-2020", "seminar-county"].map(|name| Cost::of(&experiment(name)));
        assert!(near(nation.build_seconds, 2.5) && near(nation.year_seconds, 0.20));
        assert!(near(nation.building_seconds(2), 2.5) && near(nation.building_seconds(64), 37.0));
        assert!(
            near(county.build_seconds, 0.035) && county.year_seconds < 0.004,
            "{county:?}"
        );
    }

    #[test]
    fn work_goes_with_runs_and_with_years() {
        let mut checked = experiment("china-2020");
        let once = Work::of(&checked, Keeping::Records, 2);
        checked.experiment.replications *= 2;
        let twice = Work::of(&checked, Keeping::Records, 2);
        assert_eq!((twice.runs, twice.bytes), (2 * once.runs, once.bytes));
        assert!(twice.seconds > 1.8 * once.seconds && twice.seconds < 2.0 * once.seconds);
        let tail = Work::of_tail(&checked, 5000);
        let years = 5000 * checked.policies.len();
        assert!((tail.seconds / (0.0088 * years as f64) - 1.0).abs() < 0.15);
        let both = once + twice;
        assert_eq!(both.runs, 3 * once.runs);
        assert_eq!(both.bytes, once.bytes);
        assert_eq!(both.seconds, once.seconds + twice.seconds);
    }
}
