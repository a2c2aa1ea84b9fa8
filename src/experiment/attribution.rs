//! What each piece of a policy contributes to its difference from another: every coalition of the pieces
//! lives through the same dangers, and the Shapley values of each replication are averaged.
//!
//! The parts of a replication sum to its difference, so the means do; their spread over the replications
//! gives the intervals, as for every paired difference.

use super::chosen::Chosen;
use super::run::{Engine, Failure, Kept, Schedule, execute};
use super::sample::SelfChecks;
use super::simulator::Simulator;
use super::statistics::{Estimate, NEGLIGIBLE};
use crate::measures::attribution::{interactions, pairs, shapley};
use crate::measures::{Facts, Measure};
use crate::model::record::RunRecord;
use crate::scenario::CheckedExperiment;
use crate::scenario::pieces::Division;

/// What is attributed: who is hurt, what is lost, who bears it, what it costs.
pub const MEASURES: [Measure; 6] = [
    Measure::Deaths,
    Measure::DirectLoss,
    Measure::ResidentsShare,
    Measure::MoneyCost,
    Measure::SocialCost,
    Measure::ResilienceLoss,
];

/// A contribution over the replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// Mean.
    pub mean: f64,
    /// Lower end of the 95 % t interval; not a number with fewer than two replications.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Replications with a value.
    pub n: usize,
    /// Whether the interval leaves zero out.
    pub resolved: bool,
    /// Whether it is within a millionth of the level in every replication.
    pub nothing: bool,
}

impl Told {
    /// Of one value a replication, beside a level.
    fn of(values: &[f64], level: f64) -> Self {
        let Estimate {
            mean, low, high, n, ..
        } = Estimate::of(values);
        Told {
            mean,
            low,
            high,
            n,
            resolved: low > 0.0 || high < 0.0,
            nothing: n > 0 && values.iter().all(|value| value.abs() <= NEGLIGIBLE * level),
        }
    }

    /// Whether these runs tell it from zero, and it is more than rounding.
    pub fn stands_out(&self) -> bool {
        self.resolved && !self.nothing
    }

    /// Half the width of the interval.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// One measure, attributed.
#[derive(Clone, Debug, PartialEq)]
pub struct Attributed {
    /// Which.
    pub measure: Measure,
    /// Level of each coalition, in the order of their numbers.
    pub levels: Vec<Estimate>,
    /// Contribution of each piece (Shapley value).
    pub parts: Vec<Told>,
    /// The whole difference, which the parts sum to.
    pub whole: Told,
    /// What each piece does where it comes first, alone.
    pub alone: Vec<f64>,
    /// What each piece does where it comes last, on top of all others.
    pub last: Vec<f64>,
    /// Interaction of each pair of pieces, in the order of [`pairs`].
    pub pairs: Vec<Told>,
}

impl Attributed {
    /// Attributes a measure: for each coalition, one value a replication. Replications in which some
    /// coalition has no value (a share without a denominator) are left out.
    pub fn of(measure: Measure, pieces: usize, values: &[Vec<f64>]) -> Self {
        let replications = values.first().map_or(0, Vec::len);
        let games: Vec<Vec<f64>> = (0..replications)
            .map(|replication| values.iter().map(|own| own[replication]).collect())
            .filter(|game: &Vec<f64>| game.iter().all(|value| value.is_finite()))
            .collect();
        let levels: Vec<Estimate> = values.iter().map(|own| Estimate::of(own)).collect();
        let level = games
            .iter()
            .fold(0.0, |most: f64, game| most.max(game[0].abs()));
        let told = |of: &dyn Fn(&[f64]) -> f64| {
            let values: Vec<f64> = games.iter().map(|game| of(game)).collect();
            Told::of(&values, level)
        };
        let each = |of: fn(usize, &[f64]) -> Vec<f64>, count: usize| -> Vec<Told> {
            let all: Vec<Vec<f64>> = games.iter().map(|game| of(pieces, game)).collect();
            let column = |number: usize| all.iter().map(|row| row[number]).collect::<Vec<_>>();
            (0..count)
                .map(|number| Told::of(&column(number), level))
                .collect()
        };
        let all = (1 << pieces) - 1;
        let gain = |to: usize, from: usize| told(&|game| game[to] - game[from]);
        Attributed {
            measure,
            parts: each(shapley, pieces),
            pairs: each(interactions, pairs(pieces).len()),
            whole: gain(all, 0),
            alone: (0..pieces).map(|piece| gain(1 << piece, 0).mean).collect(),
            last: (0..pieces)
                .map(|piece| gain(all, all ^ 1 << piece).mean)
                .collect(),
            levels,
        }
    }
}

/// What came of the coalitions of a division.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// One for each of [`MEASURES`].
    pub measures: Vec<Attributed>,
    /// Replications that finished.
    pub replications: usize,
    /// Self-checks of each coalition.
    pub checked: Vec<SelfChecks>,
    /// Replications that broke off.
    pub failures: Vec<Failure>,
}

/// An experiment whose policies are all coalitions of a division, in the order of their numbers.
pub fn experiment_of(checked: &CheckedExperiment, division: &Division) -> CheckedExperiment {
    CheckedExperiment {
        policies: (0..division.coalitions())
            .map(|coalition| division.policy(coalition))
            .collect(),
        ..checked.clone()
    }
}

/// Runs every coalition of the pieces (policies of the simulator, see [`experiment_of`]) and attributes
/// the measures. `watch` is called after each run, by any worker.
pub fn attribute(
    simulator: &Simulator,
    facts: &Facts,
    pieces: usize,
    replications: u32,
    threads: usize,
    watch: &(dyn Fn() + Sync),
) -> Attribution {
    let engine = Kept {
        engine: simulator,
        keep: |record: RunRecord, _| Chosen::of(&record, facts, &MEASURES),
    };
    run(&engine, pieces, replications, threads, watch)
}

fn run<E: Engine<Record = Chosen>>(
    engine: &E,
    pieces: usize,
    replications: u32,
    threads: usize,
    watch: &(dyn Fn() + Sync),
) -> Attribution {
    let coalitions = 1 << pieces;
    let schedule = Schedule {
        replications: 0..replications,
        policies: coalitions,
        threads,
    };
    let mut values = vec![vec![Vec::new(); coalitions]; MEASURES.len()];
    let mut checked = vec![SelfChecks::default(); coalitions];
    let mut finished = 0;
    let done = execute(engine, schedule, watch, |replication, records| {
        finished += 1;
        for (coalition, record) in records.iter().enumerate() {
            checked[coalition].add(replication, &record.checks, record.candidates);
            for (own, value) in values.iter_mut().zip(&record.values) {
                own[coalition].push(*value);
            }
        }
        Ok::<(), std::convert::Infallible>(())
    });
    let Ok(failures) = done;
    let measures = MEASURES.iter().zip(&values);
    Attribution {
        measures: measures
            .map(|(measure, values)| Attributed::of(*measure, pieces, values))
            .collect(),
        replications: finished,
        checked,
        failures,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::Checks;

    /// The games of three replications: A 10, B 6, C 0, AB 20, AC 10, BC 9, ABC 26, and the same ± 1
    /// for whatever has A.
    fn games() -> Vec<Vec<f64>> {
        let usual = [0.0, 10.0, 6.0, 20.0, 0.0, 10.0, 9.0, 26.0];
        let with_a = |coalition: usize| (coalition & 1) as f64;
        let own = |(coalition, value): (usize, &f64)| {
            [-1.0, 0.0, 1.0]
                .map(|shift| 100.0 + value + shift * with_a(coalition))
                .to_vec()
        };
        usual.iter().enumerate().map(own).collect()
    }

    #[test]
    fn values_of_a_known_game_with_their_intervals() {
        let found = Attributed::of(Measure::Deaths, 3, &games());
        let means: Vec<f64> = found.parts.iter().map(|part| part.mean).collect();
        for (mean, expected) in means.iter().zip([13.0, 10.5, 2.5]) {
            assert!((mean - expected).abs() < 1e-9, "{means:?}");
        }
        assert!((found.whole.mean - 26.0).abs() < 1e-9);
        assert!((means.iter().sum::<f64>() - found.whole.mean).abs() < 1e-9 * 26.0);
        // A varies by 1 between replications: ± t(2)·1/√3; the others do not.
        assert!((found.parts[0].half_width() - 4.302_653 / 3f64.sqrt()).abs() < 1e-5);
        assert!(found.parts[1].half_width() < 1e-9 && found.parts[1].resolved);
        assert_eq!((found.alone[2], found.last[2]), (0.0, 6.0));
        let pairs: Vec<f64> = found.pairs.iter().map(|pair| pair.mean).collect();
        for (mean, expected) in pairs.iter().zip([5.5, 1.5, 4.5]) {
            assert!((mean - expected).abs() < 1e-9, "{pairs:?}");
        }
        assert_eq!(found.levels[7].mean, 126.0);
    }

    #[test]
    fn a_replication_without_a_value_is_left_out_whole() {
        let mut values = games();
        values[5][1] = f64::NAN;
        let found = Attributed::of(Measure::ResidentsShare, 3, &values);
        assert_eq!((found.whole.n, found.parts[1].n), (2, 2));
        assert!((found.parts[0].mean - 13.0).abs() < 1e-9);
    }

    #[test]
    fn a_contribution_below_a_millionth_is_nothing() {
        let told = Told::of(&[1e-5, 1.1e-5], 100.0);
        assert!(told.resolved && told.nothing && !told.stands_out());
        assert!(Told::of(&[1.0, 1.1], 100.0).stands_out());
        let one = Told::of(&[1.0], 100.0);
        assert!(!one.resolved && one.low.is_nan());
        let none = Told::of(&[], 0.0);
        assert!(none.mean.is_nan() && !none.nothing && !none.resolved);
    }

    /// Coalition c of replication r is worth r + the number of its pieces; it fails where asked.
    struct Counted {
        fails_at: Option<u32>,
    }

    impl Engine for Counted {
        type Start = u32;
        type Record = Chosen;

        fn prepare(&self, replication: u32) -> u32 {
            assert!(self.fails_at != Some(replication), "broken");
            replication
        }

        fn run(&self, start: &u32, policy: usize) -> Chosen {
            let value = f64::from(*start + policy.count_ones());
            Chosen {
                values: vec![value; MEASURES.len()],
                checks: Checks::default(),
                candidates: [2, 1],
            }
        }
    }

    #[test]
    fn every_coalition_is_run_once_a_replication_for_any_number_of_threads() {
        for threads in [1, 3] {
            let runs = std::sync::atomic::AtomicUsize::new(0);
            let watch = || {
                runs.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            };
            let found = run(&Counted { fails_at: Some(2) }, 4, 5, threads, &watch);
            assert_eq!(runs.into_inner(), 4 * 16);
            assert_eq!((found.replications, found.failures.len()), (4, 1));
            assert_eq!(found.checked[15].candidates, [8, 4]);
            assert_eq!(found.measures[0].whole.mean, 4.0);
            assert!(
                found.measures[5]
                    .parts
                    .iter()
                    .all(|part| (part.mean - 1.0).abs() < 1e-12)
            );
        }
    }
}
