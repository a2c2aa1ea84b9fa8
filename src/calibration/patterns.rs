//! Patterns that nobody fitted, measured through the engine under the baseline, each with an interval.

mod watch;

use rayon::prelude::*;

use super::lab::Lab;
use super::{Effort, Refusal, Step, Watch};
use crate::experiment::statistics::t_quantile;
use crate::scenario::{CheckedPolicy, CheckedSociety};
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

/// What a figure must be.
#[derive(Clone, Copy)]
enum Rule {
    Above(f64),
    Below(f64),
    /// Belongs to another figure.
    Shown,
}

/// Declared figures, in the order of [`Counts::ratios`]. Literature written from knowledge says so.
const DECLARED: [([&str; 2], [&str; 2], Rule); 11] = [
    (
        [
            "上报恰为 2 人的事故 / 实际恰为 2 人的事故",
            "accidents reported with just 2 dead / those with truly 2",
        ],
        [
            "大于 1：上报数在等级线(3 人)下聚集；考核指标下的聚集见 Fisman 与 Wang",
            "above 1: reports bunch below the grade's line (3); bunching under death ceilings: Fisman and Wang",
        ],
        Rule::Above(1.0),
    ),
    (
        [
            "上报恰为 9 人 / 实际恰为 9 人",
            "reported with just 9 dead / truly 9",
        ],
        ["大于 1(10 人线)", "above 1 (line at 10)"],
        Rule::Above(1.0),
    ),
    (
        [
            "上报恰为 29 人 / 实际恰为 29 人",
            "reported with just 29 dead / truly 29",
        ],
        ["大于 1(30 人线)", "above 1 (line at 30)"],
        Rule::Above(1.0),
    ),
    (
        [
            "重特大事故后同省同行业事故率指数：1 周",
            "rate of the same province and trade after an accident of ≥ 10 dead, before = 1: 1 week",
        ],
        [
            "低于 1：事故后下降(Madsen 2009)",
            "below 1: accidents fall (Madsen 2009)",
        ],
        Rule::Below(1.0),
    ),
    (
        ["同上：26 周", "the same: 26 weeks"],
        ["6–24 个月内回升", "relapse within 6–24 months"],
        Rule::Shown,
    ),
    (
        ["同上：52 周", "the same: 52 weeks"],
        ["6–24 个月内回升", "relapse within 6–24 months"],
        Rule::Shown,
    ),
    (
        ["同上：104 周", "the same: 104 weeks"],
        ["6–24 个月内回升", "relapse within 6–24 months"],
        Rule::Shown,
    ),
    (
        [
            "104 周后下降消失的份额",
            "share of the fall that is gone after 104 weeks",
        ],
        [
            "至少一半：24 个月内回升(遗忘半衰期 6–36 个月)",
            "at least half: relapse within 24 months (half-life of lessons 6–36 months)",
        ],
        Rule::Above(0.5),
    ),
    (
        [
            "小微企业事故率 / 大型企业(按行业标准化)",
            "accident rate of small and micro firms / large ones, standardised by trade",
        ],
        [
            "大于 1；欧盟小企业死亡事故率约为大企业的 2 倍(凭知识记录)",
            "above 1; in the EU about twice that of large firms (written from knowledge)",
        ],
        Rule::Above(1.0),
    ),
    (
        [
            "受灾县灾后 52 周参保率 / 未受灾时应有水平",
            "take-up in struck counties 52 weeks after / what it would have been",
        ],
        [
            "大于 1：洪灾后上升 7–9 %(Gallagher 2014；Kousky)",
            "above 1: +7–9 % after floods (Gallagher 2014; Kousky)",
        ],
        Rule::Above(1.0),
    ),
    (
        [
            "获救者中由现场人员救出的份额",
            "share of the rescued who were saved by people at the scene",
        ],
        [
            "过半；阪神地震 0.77(0.60–0.85)",
            "more than half; Kobe 1995: 0.77 (0.60–0.85)",
        ],
        Rule::Above(0.5),
    ),
];

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
    let pattern = |number: usize| {
        let pairs: Vec<Ratio> = columns.iter().map(|ratios| ratios[number]).collect();
        judged(number, &pairs)
    };
    Ok((0..DECLARED.len()).map(pattern).collect())
}

fn judged(number: usize, pairs: &[Ratio]) -> Pattern {
    let (name, beside, rule) = DECLARED[number];
    let (value, half) = ratio(pairs);
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
        assert_eq!(judged(2, &pairs).verdict, Some(Verdict::Undetermined));
    }

    #[test]
    fn every_ratio_is_declared() {
        assert_eq!(Counts::default().ratios().len(), DECLARED.len());
        assert_eq!((THRESHOLDS.len(), MARKS.len()), (3, 4));
    }
}
