//! The law of income within counties, and what it gives for the five fifths.

use super::Counties;
use super::apportion::crossing;
use crate::model::random::normal_probability;
use crate::model::transcendental::{exp, log};
use crate::scenario::society::Citizens;

/// The law of income within counties: lognormal in town and in country.
pub(super) struct IncomeLaw {
    sigma_town: f64,
    sigma_country: f64,
    /// Mean income in town over mean income in country within one county.
    ratio: f64,
}

/// Means of a county (relative to the county mean) that an income law gives.
#[derive(Clone, Copy)]
pub(super) struct CountyIncome {
    /// Share of people in towns.
    pub(super) urban: f64,
    /// Logarithms of the medians in town and in country.
    pub(super) median: [f64; 2],
    /// Standard deviations of ln(income) in town and in country.
    pub(super) sigma: [f64; 2],
}

impl IncomeLaw {
    /// The law whose town-to-country ratio *within* a county makes the nation's ratio the stated
    /// one: richer counties are more urban, which explains a part of the nation's gap already.
    pub(super) fn new(law: &Citizens, counties: &Counties) -> Self {
        let stated = law.income_town_country_ratio;
        let ratio = crossing(1.0, stated.max(1.0), |ratio| {
            national_ratio(counties, ratio) < stated
        });
        IncomeLaw {
            sigma_town: law.income_sigma_log_town,
            sigma_country: law.income_sigma_log_country,
            ratio,
        }
    }

    /// The law of a county with a share of people in towns.
    pub(super) fn of_county(&self, urban: f64) -> CountyIncome {
        let [town, country] = means(urban, self.ratio);
        let sigma = [self.sigma_town, self.sigma_country];
        CountyIncome {
            urban,
            median: [
                log(town) - 0.5 * sigma[0] * sigma[0],
                log(country) - 0.5 * sigma[1] * sigma[1],
            ],
            sigma,
        }
    }
}

/// Mean income in town and in country relative to the county mean.
fn means(urban: f64, ratio: f64) -> [f64; 2] {
    let country = 1.0 / (urban * ratio + 1.0 - urban);
    [ratio * country, country]
}

fn national_ratio(counties: &Counties, ratio: f64) -> f64 {
    let mut sums = [[0.0; 2]; 2];
    for c in 0..counties.len() {
        let people = f64::from(counties.population[c]);
        let urban = counties.urban[c];
        let income = means(urban, ratio);
        for (place, share) in [urban, 1.0 - urban].into_iter().enumerate() {
            sums[place][0] += people * share;
            sums[place][1] += people * share * income[place] * counties.income_yuan[c];
        }
    }
    (sums[0][1] / sums[0][0].max(1e-300)) / (sums[1][1] / sums[1][0].max(1e-300)).max(1e-300)
}

impl CountyIncome {
    /// Share of people with an income of at most exp(`x`) times the county mean.
    fn below(&self, x: f64) -> f64 {
        let part = |place: usize| normal_probability((x - self.median[place]) / self.sigma[place]);
        self.urban * part(0) + (1.0 - self.urban) * part(1)
    }

    /// Income of people below exp(`x`), as a share of all income of the county.
    fn income_below(&self, x: f64) -> f64 {
        let part = |place: usize| {
            let s = self.sigma[place];
            exp(self.median[place] + 0.5 * s * s)
                * normal_probability((x - self.median[place]) / s - s)
        };
        self.urban * part(0) + (1.0 - self.urban) * part(1)
    }

    /// Logarithms of relative income at which the fifths meet, by bisection.
    pub(super) fn cuts(&self) -> [f64; 4] {
        std::array::from_fn(|k| {
            let p = (k as f64 + 1.0) / 5.0;
            crossing(-6.0, 6.0, |x| self.below(x) < p)
        })
    }

    /// Mean income of each fifth relative to the county mean; their mean is one exactly.
    pub(super) fn fifths(&self, cuts: &[f64; 4]) -> [f64; 5] {
        let reached = cuts.map(|x| self.income_below(x));
        let total = self.income_below(60.0);
        let edge = [0.0, reached[0], reached[1], reached[2], reached[3], total];
        std::array::from_fn(|k| 5.0 * (edge[k + 1] - edge[k]) / total)
    }
}
