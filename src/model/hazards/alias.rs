//! Walker's alias table.

/// One of many in constant time, with given weights.
#[derive(Clone, Debug, Default)]
pub struct Alias {
    total: f64,
    threshold: Vec<f64>,
    other: Vec<u32>,
}

impl Alias {
    /// Builds the table (Vose 1991).
    pub fn new(weights: &[f64]) -> Self {
        let total: f64 = weights.iter().sum();
        let n = weights.len();
        let mut threshold: Vec<f64> = weights
            .iter()
            .map(|w| {
                if total > 0.0 {
                    w * n as f64 / total
                } else {
                    1.0
                }
            })
            .collect();
        let mut other: Vec<u32> = (0..n as u32).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) =
            (0..n).partition(|i| threshold[*i] < 1.0);
        while let (Some(less), Some(more)) = (small.pop(), large.last().copied()) {
            other[less] = more as u32;
            threshold[more] -= 1.0 - threshold[less];
            if threshold[more] < 1.0 {
                large.pop();
                small.push(more);
            }
        }
        for rest in small.into_iter().chain(large) {
            threshold[rest] = 1.0;
        }
        Alias {
            total,
            threshold,
            other,
        }
    }

    /// Sum of the weights.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// The member at uniform `u`.
    #[inline]
    pub fn pick(&self, u: f64) -> usize {
        let scaled = u * self.threshold.len() as f64;
        let column = (scaled as usize).min(self.threshold.len().saturating_sub(1));
        // Both are read: nobody can foresee which it will be.
        let other = self.other[column] as usize;
        let own = scaled - (column as f64) < self.threshold[column];
        if own { column } else { other }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::random::{Purpose, Stream};

    #[test]
    fn alias_table_meets_its_weights() {
        let weights = [1.0, 3.0, 0.0, 6.0];
        let alias = Alias::new(&weights);
        let stream = Stream::new(7, 0, Purpose::AccidentCandidates);
        let n = 40_000;
        let mut counts = [0_u32; 4];
        for i in 0..n {
            counts[alias.pick(stream.uniform(i, 0, 0))] += 1;
        }
        for (count, weight) in counts.iter().zip(weights) {
            let p = weight / 10.0;
            let sd = libm::sqrt(f64::from(n as u32) * p * (1.0 - p)).max(1e-9);
            assert!(
                (f64::from(*count) - f64::from(n as u32) * p).abs() <= 4.0 * sd,
                "{counts:?}"
            );
        }
    }
}
