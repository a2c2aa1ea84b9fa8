//! Patterns that nobody fitted, measured through the engine under the baseline, each with an interval.

mod declared;
mod watch;

use rayon::prelude::*;

use super::lab::Lab;
use super::{Effort, Refusal, Step, Watch};
use crate::experiment::statistics::t_quantile;
use crate::scenario::{CheckedPolicy, CheckedSociety};
use declared::{DECLARED, Declared, Figure, Rule};
use watch::{Counts, Ratio};

/// Whether the engine shows a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The interval lies where the pattern says.
    Met,
    /// It lies elsewhere.
    NotMet,
    /// It holds both, or there were no cases.
    Undetermined,
}

/// One figure of a pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// What is measured: Chinese, English.
    pub name: [&'static str; 2],
    /// The figure.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Cases behind it.
    pub cases: f64,
    /// What literature or official practice says: Chinese, English.
    pub beside: [&'static str; 2],
    /// Whether the pattern is met; `None` if the figure only belongs to another.
    pub verdict: Option<Verdict>,
}

/// Measures all patterns over the replications of the effort.
///
/// # Errors
/// If a run fails a self-check of the engine.
pub fn measure(
    society: &CheckedSociety,
    baseline: &CheckedPolicy,
    effort: Effort,
    watch: Watch<'_>,
) -> Result<Vec<Pattern>, Refusal> {
    let lab = Lab::new(society, baseline, effort, watch);
    let ready = lab.ready(&society.society);
    let counts: Vec<Counts> = (1..=effort.replications)
        .into_par_iter()
        .map(|replication| {
            let counts = watch::replication(&ready, replication, effort);
            watch(Step::Run);
            counts
        })
        .collect::<Result<_, _>>()?;
    let columns: Vec<Vec<Ratio>> = counts.iter().map(Counts::ratios).collect();
    let column = |number: usize| {
        columns
            .iter()
            .map(|ratios| ratios[number])
            .collect::<Vec<_>>()
    };
    let pattern = |declared: &Declared| match declared.figure {
        Figure::Ratio(number) => {
            let pairs = column(number);
            judged(declared, ratio(&pairs), &pairs)
        }
        Figure::Step(above, below) => {
            let (above, below) = (column(above), column(below));
            judged(declared, step(&above, &below), &below)
        }
    };
    Ok(DECLARED.iter().map(pattern).collect())
}

fn judged(declared: &Declared, (value, half): (f64, f64), pairs: &[Ratio]) -> Pattern {
    let Declared {
        name, beside, rule, ..
    } = *declared;
    let (low, high) = (value - half, value + half);
    let decide = |met: bool, not: bool| {
        Some(match (met, not) {
            (true, _) => Verdict::Met,
            (_, true) => Verdict::NotMet,
            _ => Verdict::Undetermined,
        })
    };
    let verdict = match rule {
        Rule::Above(line) => decide(low > line, high < line),
        Rule::Below(line) => decide(high < line, low > line),
        Rule::Shown => None,
    };
    Pattern {
        name,
        value,
        low,
        high,
        cases: pairs.iter().map(|pair| pair.below).sum(),
        beside,
        verdict,
    }
}

/// Ratio of sums over replications with half its 95 % interval (Cochran 1977, section 2.11).
fn ratio(pairs: &[Ratio]) -> (f64, f64) {
    let n = pairs.len() as f64;
    let above: f64 = pairs.iter().map(|pair| pair.above).sum();
    let below: f64 = pairs.iter().map(|pair| pair.below).sum();
    let value = above / below;
    let squares: f64 = pairs
        .iter()
        .map(|pair| pair.above - value * pair.below)
        .map(|rest| rest * rest)
        .sum();
    let error = (squares / (n * (n - 1.0))).sqrt() / (below / n);
    (value, t_quantile(pairs.len()) * error)
}

/// One ratio of sums over another with half its 95 % interval, by the delta method.
fn step(above: &[Ratio], below: &[Ratio]) -> (f64, f64) {
    let n = above.len() as f64;
    let mean = |pairs: &[Ratio]| pairs.iter().map(|pair| pair.below).sum::<f64>() / n;
    let (first, second) = (ratio(above).0, ratio(below).0);
    let relative =
        |pair: &Ratio, value: f64, mean: f64| (pair.above - value * pair.below) / (value * mean);
    let (above_mean, below_mean) = (mean(above), mean(below));
    let squares: f64 = above
        .iter()
        .zip(below)
        .map(|(a, b)| relative(a, first, above_mean) - relative(b, second, below_mean))
        .map(|rest| rest * rest)
        .sum();
    let value = first / second;
    let error = value * (squares / (n * (n - 1.0))).sqrt();
    (value, t_quantile(above.len()) * error)
}

/// The table as CSV.
pub fn csv(patterns: &[Pattern]) -> String {
    let word = |verdict: Option<Verdict>| match verdict {
        Some(Verdict::Met) => "met",
        Some(Verdict::NotMet) => "not met",
        Some(Verdict::Undetermined) => "undetermined",
        None => "",
    };
    let head = "pattern,value,low_95,high_95,cases,beside,verdict\n".to_owned();
    patterns.iter().fold(head, |text, p| {
        let [_, name] = p.name;
        let [_, beside] = p.beside;
        let word = word(p.verdict);
        text + &format!(
            "\"{name}\",{},{},{},{},\"{beside}\",{word}\n",
            p.value, p.low, p.high, p.cases
        )
    })
}

#[cfg(test)]
mod tests {
    use super::watch::{MARKS, THRESHOLDS};
    use super::*;

    #[test]
    fn a_ratio_of_sums_worked_by_hand() {
        let pairs = [(3.0, 2.0), (5.0, 2.0)].map(|(above, below)| Ratio { above, below });
        // 8/4 = 2; residuals −1 and 1: s.e. √(2/2)/2 = ½; t with one degree of freedom 12.706.
        let (value, half) = ratio(&pairs);
        assert_eq!(value, 2.0);
        assert!((half - 12.706_2 * 0.5).abs() < 1e-3);
    }

    #[test]
    fn no_cases_leave_a_pattern_undetermined() {
        let pairs = [Ratio {
            above: 0.0,
            below: 0.0,
        }; 3];
        let pattern = judged(&DECLARED[2], ratio(&pairs), &pairs);
        assert_eq!(pattern.verdict, Some(Verdict::Undetermined));
    }

    #[test]
    fn a_step_of_equal_replications_has_no_spread() {
        let of = |above, below| vec![Ratio { above, below }; 3];
        let (value, half) = step(&of(6.0, 4.0), &of(3.0, 4.0));
        assert!((value - 2.0).abs() < 1e-12 && half.abs() < 1e-12);
    }

    #[test]
    fn every_ratio_is_declared() {
        let mut used: Vec<usize> = DECLARED
            .iter()
            .flat_map(|declared| match declared.figure {
                Figure::Ratio(number) => vec![number],
                Figure::Step(above, below) => vec![above, below],
            })
            .collect();
        used.sort_unstable();
        used.dedup();
        assert!(used.into_iter().eq(0..Counts::default().ratios().len()));
        assert_eq!((THRESHOLDS.len(), MARKS.len()), (3, 4));
    }
}
