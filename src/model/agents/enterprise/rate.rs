//! What the accidents of enterprises come from: a row abreast, figure by figure.
//!
//! *Equation.* λ = λ₀·f_b(b)·f_τ·e^{−deterrence(m)}·(φ + (1 − φ)e^{−κe})·f_monitoring, but for unregulated activity
//! (factors in [`crate::model::hazards::accident`]).

use multiversion::multiversion;

use crate::model::hazards::accident;
use crate::model::lanes::{ABREAST, Abreast};
use crate::model::transcendental::exps;
use crate::scenario::society::Society;

/// What the rates of enterprises come from.
#[derive(Clone, Copy, Debug)]
pub struct Sources {
    /// Accidents a worker-year where nothing raises or lowers them.
    pub base_rate: Abreast<f64>,
    /// Open hazards per 100 workers.
    pub backlog: Abreast<f64>,
    /// Greatest factor of open hazards.
    pub backlog_ceiling: Abreast<f64>,
    /// Factor of old plant.
    pub plant: Abreast<f64>,
    /// Remembered visits.
    pub remembered: Abreast<f64>,
    /// Care (units of e).
    pub care: Abreast<f64>,
    /// Share of the rate that care cannot reach.
    pub out_of_reach: Abreast<f64>,
    /// Factor of monitoring.
    pub unmonitored: Abreast<f64>,
}

/// Accidents a worker-year of enterprises that are open, but for unregulated activity.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn rates_of(sources: &Sources, society: &Society) -> Abreast<f64> {
    rates_plainly(sources, society)
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn rates_plainly(own: &Sources, society: &Society) -> Abreast<f64> {
    let (government, rules) = (&society.government, &society.accident);
    let kappa = society.enterprise.care_kappa;
    let (mut deterrence, mut averted) = ([0.0; ABREAST], [0.0; ABREAST]);
    for lane in 0..ABREAST {
        deterrence[lane] = -accident::deterrence(
            own.remembered[lane],
            government.deterrence_max,
            government.deterrence_half_visits,
            rules.deterrence_bound,
        );
        averted[lane] = -kappa * own.care[lane];
    }
    let (deterred, left) = (exps(&deterrence), exps(&averted));
    let mut rates = [0.0; ABREAST];
    for lane in 0..ABREAST {
        rates[lane] = own.base_rate[lane]
            * accident::backlog_factor(
                own.backlog[lane],
                own.backlog_ceiling[lane],
                rules.backlog_half_per_100_workers,
            )
            * own.plant[lane]
            * deterred[lane]
            * accident::care_factor_of(left[lane], own.out_of_reach[lane])
            * own.unmonitored[lane];
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::{Purpose, Stream};
    use crate::model::transcendental::exp;
    use crate::model::world::sample::society as sample_society;

    #[multiversion(targets("x86_64+avx2"))]
    fn with_avx2(sources: &Sources, society: &Society) -> Abreast<f64> {
        rates_plainly(sources, society)
    }

    #[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl"))]
    fn with_avx512(sources: &Sources, society: &Society) -> Abreast<f64> {
        rates_plainly(sources, society)
    }

    /// The equation, one by one, gives the bits of each compiled version.
    #[test]
    fn rates_abreast_are_what_they_are_alone() {
        let society = sample_society().0;
        let stream = Stream::new(3, 0, Purpose::Enterprises);
        let drawn = |round: u64, mark: u32, most: f64| -> Abreast<f64> {
            std::array::from_fn(|lane| most * stream.uniform(round, lane as u32, mark))
        };
        for round in 0..200 {
            let own = Sources {
                base_rate: drawn(round, 0, 1e-3),
                backlog: drawn(round, 1, 40.0),
                backlog_ceiling: drawn(round, 2, 6.0),
                plant: drawn(round, 3, 2.0),
                remembered: drawn(round, 4, 8.0),
                care: drawn(round, 5, 3.0),
                out_of_reach: drawn(round, 6, 0.9),
                unmonitored: drawn(round, 7, 1.2),
            };
            let (government, rules) = (&society.government, &society.accident);
            let alone: Abreast<f64> = std::array::from_fn(|lane| {
                let deterrence = accident::deterrence(
                    own.remembered[lane],
                    government.deterrence_max,
                    government.deterrence_half_visits,
                    rules.deterrence_bound,
                );
                let half = rules.backlog_half_per_100_workers;
                own.base_rate[lane]
                    * accident::backlog_factor(own.backlog[lane], own.backlog_ceiling[lane], half)
                    * own.plant[lane]
                    * exp(-deterrence)
                    * accident::care_factor(
                        own.care[lane],
                        own.out_of_reach[lane],
                        society.enterprise.care_kappa,
                    )
                    * own.unmonitored[lane]
            });
            assert_eq!(rates_of(&own, &society), alone);
            assert_eq!(with_avx2(&own, &society), alone);
            assert_eq!(with_avx512(&own, &society), alone);
        }
    }
}
