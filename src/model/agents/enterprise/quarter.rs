//! A quarter of enterprises: hazards accumulate and are removed, visits are forgotten, management grows; a row abreast
//! (equations in the head of [`super`]).

use multiversion::multiversion;

use super::{QUARTER, Quarterly, backlog_kept};
use crate::model::lanes::{ABREAST, Abreast};
use crate::model::transcendental::exps;

/// Enterprises before a quarter.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// Visits a year.
    pub visits: Abreast<f32>,
    /// Open hazards per 100 workers.
    pub backlog: Abreast<f32>,
    /// Remembered visits.
    pub remembered: Abreast<f32>,
    /// Management quality.
    pub quality: Abreast<f32>,
    /// Management quality at the start.
    pub own_quality: Abreast<f32>,
    /// Removal of open hazards (1/year).
    pub removal: Abreast<f64>,
}

/// What a quarter does to all of them.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Growth of open hazards where nothing is managed (per 100 workers and year).
    pub growth: f64,
    /// Target of management quality for an enterprise of the mean.
    pub quality_target: f64,
    /// Mean management quality at the start; what an enterprise's own lies above it, its target does.
    pub quality_mean: f64,
    /// Shares of a quarter.
    pub quarterly: Quarterly,
}

/// Enterprises after a quarter.
#[derive(Clone, Copy, Debug)]
pub struct After {
    /// Open hazards per 100 workers.
    pub backlog: Abreast<f32>,
    /// Remembered visits.
    pub remembered: Abreast<f32>,
    /// Management quality.
    pub quality: Abreast<f32>,
}

/// Lets a quarter pass in which visits come evenly.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn after_quarter(before: &Before, terms: &Terms) -> After {
    after_quarter_plainly(before, terms)
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of every compiled version")]
fn after_quarter_plainly(before: &Before, terms: &Terms) -> After {
    let quarterly = &terms.quarterly;
    let mut powers = [0.0; ABREAST];
    for (power, removal) in powers.iter_mut().zip(&before.removal) {
        *power = -removal * QUARTER;
    }
    let kept = exps(&powers);
    let mut after = After {
        backlog: [0.0; ABREAST],
        remembered: [0.0; ABREAST],
        quality: [0.0; ABREAST],
    };
    for (lane, kept) in kept.iter().enumerate() {
        let quality = f64::from(before.quality[lane]);
        let growth = terms.growth * (1.0 - quality);
        let flows = [growth, before.removal[lane]];
        let open = f64::from(before.backlog[lane]);
        after.backlog[lane] = backlog_kept(open, flows, QUARTER, *kept) as f32;
        let visits = f64::from(before.visits[lane]);
        let remembered = f64::from(before.remembered[lane]);
        after.remembered[lane] =
            (visits * quarterly.memory_per_visit + remembered * quarterly.memory_kept) as f32;
        let own_level = f64::from(before.own_quality[lane]) - terms.quality_mean;
        let grown = (terms.quality_target + own_level - quality) * quarterly.growth;
        after.quality[lane] = (quality + grown).clamp(0.01, 0.99) as f32;
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::{Purpose, Stream};
    use crate::model::transcendental::exp;
    use crate::model::world::sample::society as sample_society;

    #[multiversion(targets("x86_64+avx2"))]
    fn with_avx2(before: &Before, terms: &Terms) -> After {
        after_quarter_plainly(before, terms)
    }

    #[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl"))]
    fn with_avx512(before: &Before, terms: &Terms) -> After {
        after_quarter_plainly(before, terms)
    }

    /// The equations, one by one, give the bits of each compiled version.
    #[test]
    fn a_quarter_abreast_is_what_it_is_alone() {
        let terms = Terms {
            growth: 12.0,
            quality_target: 0.6,
            quality_mean: 0.5,
            quarterly: Quarterly::new(&sample_society().0),
        };
        let stream = Stream::new(4, 0, Purpose::Enterprises);
        let drawn = |round: u64, mark: u32, most: f64| -> Abreast<f64> {
            std::array::from_fn(|lane| most * stream.uniform(round, lane as u32, mark))
        };
        let single = |values: Abreast<f64>| values.map(|value| value as f32);
        for round in 0..200 {
            let mut removal = drawn(round, 5, 4.0);
            removal[round as usize % ABREAST] = 0.0;
            let before = Before {
                visits: single(drawn(round, 0, 6.0)),
                backlog: single(drawn(round, 1, 40.0)),
                remembered: single(drawn(round, 2, 8.0)),
                quality: single(drawn(round, 3, 1.0)),
                own_quality: single(drawn(round, 4, 1.0)),
                removal,
            };
            for after in [
                after_quarter(&before, &terms),
                with_avx2(&before, &terms),
                with_avx512(&before, &terms),
            ] {
                for lane in 0..ABREAST {
                    let of = |values: &Abreast<f32>| f64::from(values[lane]);
                    let flows = [
                        terms.growth * (1.0 - of(&before.quality)),
                        before.removal[lane],
                    ];
                    let kept = exp(-flows[1] * QUARTER);
                    let backlog = backlog_kept(of(&before.backlog), flows, QUARTER, kept);
                    assert_eq!(after.backlog[lane], backlog as f32);
                    let quarterly = &terms.quarterly;
                    let remembered = of(&before.visits) * quarterly.memory_per_visit
                        + of(&before.remembered) * quarterly.memory_kept;
                    assert_eq!(after.remembered[lane], remembered as f32);
                    let quality = of(&before.quality);
                    let aimed = 0.6 + (of(&before.own_quality) - 0.5);
                    let grown = quality + (aimed - quality) * quarterly.growth;
                    assert_eq!(after.quality[lane], grown.clamp(0.01, 0.99) as f32);
                }
            }
        }
    }
}
