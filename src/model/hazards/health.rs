//! Public-health events: outbreaks that last, and poisonings.
//!
//! *Equations.* Chain binomial by inversion, weekly: infected ~ Bin(S, 1 − e^{−β′hI/N}), removed ~
//! Bin(I, 1 − e^{−γh}), with β′ = R₀(1 − e^{−γh})/h so that the final size of the weekly step is the
//! exact one (Kermack & McKendrick 1927). Contacts fall with the response. Some infections happen in
//! a neighbouring county or the provincial capital.

use serde::{Deserialize, Serialize};

use crate::model::random::{binomial_quantile, normal_quantile};
use crate::model::transcendental::{exp, log};

/// One outbreak under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outbreak {
    /// Identity of the event.
    pub identity: u64,
    /// Identity of its parent; 0 = none.
    pub parent: u64,
    /// Generation in a cascade.
    pub generation: u32,
    /// Reproduction number without response.
    pub reproduction: f64,
    /// Week of onset (of the history).
    pub onset_week: u32,
    /// Places with infected people.
    pub places: Vec<Place>,
    /// Cases so far.
    pub cases: u64,
    /// Whether it is of a strain that sustains itself.
    pub pandemic: bool,
}

/// One county in an outbreak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// County.
    pub county: u32,
    /// People who can still be infected.
    pub susceptible: u32,
    /// Infectious people.
    pub infected: u32,
}

/// Share of a week's infectious people who recover: 1 − e^{−γh} with γ = 1/generation time.
pub fn removed_share(generation_days: f64) -> f64 {
    1.0 - exp(-7.0 / generation_days)
}

/// New infections and removals of one place in one week.
pub fn week(
    place: &Place,
    people: u32,
    reproduction: f64,
    removed: f64,
    uniforms: [f64; 2],
) -> (u32, u32) {
    let force = reproduction * removed * f64::from(place.infected) / f64::from(people.max(1));
    let infected = binomial_quantile(place.susceptible, 1.0 - exp(-force), uniforms[0]);
    (
        infected,
        binomial_quantile(place.infected, removed, uniforms[1]),
    )
}

/// Reproduction number of a cluster: lognormal, cut below one.
pub fn cluster_reproduction(median: f64, sigma_log: f64, most: f64, u: f64) -> f64 {
    exp(log(median) + sigma_log * normal_quantile(u)).min(most)
}

/// Factor on fatality where the severely ill outnumber the free beds: up to twice (assumption).
pub fn overload(severe: f64, free_beds: f64) -> f64 {
    if free_beds <= 0.0 {
        return 2.0;
    }
    (severe / free_beds).clamp(1.0, 2.0)
}

/// Lognormal number of cases with a median, at least one.
pub fn canteen_cases(median: f64, sigma_log: f64, u: f64) -> u32 {
    exp(log(median) + sigma_log * normal_quantile(u)).clamp(1.0, 5000.0) as u32
}

/// Cases of a poisoning at home: geometric with the given mean, at least one.
pub fn home_cases(mean: f64, u: f64) -> u32 {
    let continues = 1.0 - 1.0 / mean.max(1.0);
    if continues <= 0.0 {
        1
    } else {
        (log(u) / log(continues)) as u32 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::{Purpose, Stream};

    /// Final size of R₀ = 2 in a large population: z = 0.79681.
    #[test]
    fn final_size_of_the_weekly_step_is_exact() {
        let stream = Stream::new(3, 0, Purpose::Outbreaks);
        let people = 4_000_000;
        let removed = removed_share(7.0);
        let mut place = Place {
            county: 0,
            susceptible: people - 4000,
            infected: 4000,
        };
        for week_number in 0..400 {
            let (infected, gone) =
                week(&place, people, 2.0, removed, stream.pair(9, week_number, 0));
            place.susceptible -= infected;
            place.infected = place.infected + infected - gone;
        }
        let attacked = 1.0 - f64::from(place.susceptible) / f64::from(people);
        assert_eq!(place.infected, 0);
        assert!((attacked - 0.7972).abs() < 0.002, "{attacked}");
    }

    #[test]
    fn home_poisonings_have_their_mean() {
        let stream = Stream::new(4, 0, Purpose::CountyMarks);
        let n = 20_000;
        let mean = (0..n)
            .map(|i| f64::from(home_cases(8.0, stream.uniform(i, 0, 0))))
            .sum::<f64>()
            / n as f64;
        assert!(
            (mean - 8.0).abs() < 4.0 * 7.5 / libm::sqrt(n as f64),
            "{mean}"
        );
    }
}
