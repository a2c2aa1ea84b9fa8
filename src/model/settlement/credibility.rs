//! Credibility: how far a group's own record counts against that of all groups.
//!
//! *Equation.* Premium Z·own mean + (1 − Z)·overall mean, Z = n/(n + k), k = `E[s²]`/`Var[m]`; the expected
//! variance within groups is the mean of the sample variances, that of the means is their sample variance
//! less `E[s²]`/n, and nothing where that is negative (Bühlmann 1967, ASTIN Bulletin 4:199).

/// What the records of groups say.
#[derive(Clone, Debug, PartialEq)]
pub struct Credibility {
    /// Mean over all groups.
    pub mean: f64,
    /// Weight Z of a group's own record.
    pub weight: f64,
    /// Mean of each group.
    own: Vec<f64>,
}

impl Credibility {
    /// Of groups observed over equally many periods; `None` with fewer than two groups or periods.
    pub fn of(groups: &[Vec<f64>]) -> Option<Self> {
        let periods = groups.first()?.len();
        if groups.len() < 2 || periods < 2 || groups.iter().any(|group| group.len() != periods) {
            return None;
        }
        let own: Vec<f64> = groups.iter().map(|group| mean(group)).collect();
        let within = mean(
            &groups
                .iter()
                .map(|group| variance(group))
                .collect::<Vec<_>>(),
        );
        let n = periods as f64;
        let between = (variance(&own) - within / n).max(0.0);
        Some(Credibility {
            mean: mean(&own),
            weight: credibility(n, within, between),
            own,
        })
    }

    /// Premium of each group.
    pub fn premiums(&self) -> Vec<f64> {
        let blend = |own: &f64| self.weight * own + (1.0 - self.weight) * self.mean;
        self.own.iter().map(blend).collect()
    }
}

/// Weight Z = n/(n + within/between) of a record of n periods; nothing where groups do not differ.
pub fn credibility(periods: f64, within: f64, between: f64) -> f64 {
    if between > 0.0 {
        periods / (periods + within / between)
    } else {
        0.0
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (values.len() as f64 - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn premiums_by_hand() {
        let rows = [
            [3.0, 5.0, 4.0, 4.0],
            [8.0, 6.0, 7.0, 9.0],
            [1.0, 2.0, 3.0, 2.0],
        ];
        let groups: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
        let found = Credibility::of(&groups).unwrap();
        assert!((found.mean - 4.5).abs() < 1e-12);
        assert!((found.weight - 0.967_741_935_5).abs() < 1e-9);
        for (premium, expected) in found
            .premiums()
            .iter()
            .zip([4.016_129, 7.403_226, 2.080_645])
        {
            assert!((premium - expected).abs() < 1e-6, "{premium}");
        }
    }

    /// Poisson–gamma(2, rate 4): within 1/2, between 1/8; three years with five claims give Z·5/3 +
    /// (1 − Z)/2 = 1, the exact posterior mean.
    #[test]
    fn the_posterior_of_poisson_and_gamma() {
        let z = credibility(3.0, 0.5, 0.125);
        assert!((z - 0.428_571_428_6).abs() < 1e-9);
        assert!((z * 5.0 / 3.0 + (1.0 - z) * 0.5 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn groups_that_do_not_differ_have_no_credibility() {
        let same = vec![vec![1.0, 3.0], vec![3.0, 1.0]];
        assert_eq!(Credibility::of(&same).map(|found| found.weight), Some(0.0));
        assert_eq!(Credibility::of(&same[..1]), None);
    }
}
