//! Exceedance curves: the largest single event of a year (OEP), the year's sum (AEP), and the mean of
//! the years beyond each (TVaR).
//!
//! A value at a return period T is the 1 − 1/T quantile of the simulated years; its interval is that of
//! order statistics (ranks from the binomial distribution, no assumption on the tail; years of one
//! replication share slow states, which it leaves out). The interval of a TVaR is that of the means
//! of the tails that begin at the two ends. Where the years do not carry the interval, the value is
//! not available. Years are those of the runs, or those of the tail (see [`crate::model::tail`]), in which
//! natural dangers alone are met.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use statrs::distribution::{Binomial, DiscreteCDF};

use super::statistics::{quantile, tail_value_at_risk};
use crate::measures::{of_category, yuan};
use crate::model::record::{LedgerRow, YearRecord};
use crate::vocabulary::{Bearer, Category, Level, Table, Vocabulary, vocabulary};

/// Return periods of the table (years).
pub const RETURN_PERIODS: [u32; 14] = [2, 5, 10, 20, 25, 30, 50, 75, 100, 150, 200, 250, 500, 1000];

vocabulary! {
    /// What is exceeded.
    Exceeded {
        Direct = "direct", "直接损失(含人身损失)(元)", "direct loss with bodily loss (yuan)";
        Insured = "insured", "保险赔付(保险机构、共同体、再保险)(元)", "insured loss (insurers, pool, reinsurers) (yuan)";
        Public = "public", "财政承担(元)", "public loss (yuan)";
        Uncompensated = "uncompensated", "居民自担(元)", "loss left with residents (yuan)";
        Deaths = "deaths", "死亡(人)", "deaths (people)";
    }
}

vocabulary! {
    /// Kind of curve.
    Basis {
        Oep = "OEP", "年最大单次", "largest event of a year";
        Aep = "AEP", "年累计", "sum of a year";
        OepTvar = "OEP-TVaR", "年最大单次尾部期望", "mean beyond, largest event";
        AepTvar = "AEP-TVaR", "年累计尾部期望", "mean beyond, sum of a year";
    }
}

vocabulary! {
    /// Which years a figure is of.
    YearSource {
        Run = "run", "模拟各年(全部风险)", "years of the runs (all dangers)";
        Tail = "tail", "尾部各年(仅自然灾害)", "years of the tail (natural dangers alone)";
    }
}

/// What a series of years is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearSubject {
    /// What is exceeded.
    pub exceeded: Exceeded,
    /// Category; `None` = all.
    pub category: Option<Category>,
    /// Province (position); `None` = the nation.
    pub province: Option<usize>,
    /// Level of government whose outlay it is; `None` = all.
    pub level: Option<Level>,
    /// Whether the largest event of the year, rather than the sum.
    pub largest: bool,
}

impl YearSubject {
    /// Whether the natural years of a tail have a series of their own for it: the nation's natural disasters,
    /// levels and provinces. Other categories are not in them, and all of them together are the natural ones.
    pub fn in_tail(&self) -> bool {
        self.level.is_some() || self.province.is_some() || self.category == Some(Category::Natural)
    }

    fn nation(exceeded: Exceeded, category: Option<Category>, largest: bool) -> Self {
        YearSubject {
            exceeded,
            category,
            province: None,
            level: None,
            largest,
        }
    }
}

/// One value a simulated year, for each subject; years of one replication stand together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Years {
    /// What the series are of.
    pub subjects: Vec<YearSubject>,
    /// The series, in the order of the subjects.
    pub series: Vec<Vec<f64>>,
}

impl Years {
    /// Empty series for a society with so many provinces.
    pub fn new(provinces: usize) -> Self {
        let mut subjects = Vec::new();
        for largest in [true, false] {
            for &exceeded in Exceeded::ALL {
                subjects.push(YearSubject::nation(exceeded, None, largest));
                for &category in Category::ALL {
                    subjects.push(YearSubject::nation(exceeded, Some(category), largest));
                }
            }
        }
        for &level in Level::ALL {
            let nation = YearSubject::nation(Exceeded::Public, None, false);
            subjects.push(YearSubject {
                level: Some(level),
                ..nation
            });
        }
        for exceeded in [Exceeded::Direct, Exceeded::Deaths] {
            for province in 0..provinces {
                let nation = YearSubject::nation(exceeded, None, false);
                subjects.push(YearSubject {
                    province: Some(province),
                    ..nation
                });
            }
        }
        Years {
            series: vec![Vec::new(); subjects.len()],
            subjects,
        }
    }

    /// Takes in years of one run with the rows of its ledger.
    pub fn add(&mut self, years: &[YearRecord], ledger: &[LedgerRow]) {
        let mut borne = vec![Table::default(); years.len()];
        for row in ledger {
            if let Some(year) = borne.get_mut(row.year as usize) {
                add_borne(year, row);
            }
        }
        for (year, borne) in years.iter().zip(&borne) {
            for (subject, values) in self.subjects.iter().zip(&mut self.series) {
                values.push(value(*subject, year, borne));
            }
        }
    }

    /// Years that were taken in.
    pub fn len(&self) -> usize {
        self.series.first().map_or(0, Vec::len)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What governments bear in each year (yuan): at one level, or all of them together (`None`).
    pub fn public(&self, level: Option<Level>) -> &[f64] {
        let nation = YearSubject::nation(Exceeded::Public, None, false);
        self.of(YearSubject { level, ..nation }).unwrap_or_default()
    }

    /// The series of a subject.
    pub fn of(&self, subject: YearSubject) -> Option<&[f64]> {
        let index = self.subjects.iter().position(|other| *other == subject)?;
        Some(&self.series[index])
    }
}

/// Insured, public and residents' loss of a category in a year (yuan).
type Borne = Table<Category, [f64; 3]>;

fn add_borne(year: &mut Borne, row: &LedgerRow) {
    let column = match row.bearer {
        Bearer::Insurers | Bearer::Pool | Bearer::Reinsurers => 0,
        Bearer::Centre | Bearer::Province | Bearer::City | Bearer::County => 1,
        Bearer::Residents => 2,
        Bearer::Enterprises | Bearer::SocialInsurance | Bearer::Charity => return,
    };
    year[row.category][column] += yuan(row.amount_fen);
}

fn value(subject: YearSubject, year: &YearRecord, borne: &Borne) -> f64 {
    if let Some(level) = subject.level {
        return yuan(year.public_loss_fen[level]);
    }
    if let Some(province) = subject.province {
        return year
            .provinces
            .get(province)
            .map_or(0.0, |sums| match subject.exceeded {
                Exceeded::Deaths => sums.deaths.values().iter().sum::<u64>() as f64,
                _ => yuan(sums.direct_fen.values().iter().sum()),
            });
    }
    let of = |category| {
        if subject.largest {
            largest(subject.exceeded, year, category)
        } else {
            sum(subject.exceeded, year, borne, category)
        }
    };
    let categories = Category::ALL.iter().map(|&category| of(category));
    match subject.category {
        Some(category) => of(category),
        None if subject.largest => categories.fold(0.0, f64::max),
        None => categories.sum(),
    }
}

fn largest(exceeded: Exceeded, year: &YearRecord, category: Category) -> f64 {
    let event = &year.largest[category];
    match exceeded {
        Exceeded::Direct => yuan(event.direct_fen),
        Exceeded::Insured => yuan(event.insured_fen),
        Exceeded::Public => yuan(event.public_fen),
        Exceeded::Uncompensated => yuan(event.uncompensated_fen),
        Exceeded::Deaths => event.deaths as f64,
    }
}

fn sum(exceeded: Exceeded, year: &YearRecord, borne: &Borne, category: Category) -> f64 {
    match exceeded {
        Exceeded::Direct => {
            let assets: i64 = year.damage_fen[category].values().iter().sum();
            yuan(assets + year.bodily_fen[category])
        }
        Exceeded::Insured => borne[category][0],
        Exceeded::Public => borne[category][1],
        Exceeded::Uncompensated => borne[category][2],
        Exceeded::Deaths => of_category(&year.deaths, category),
    }
}

/// One point of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// Return period (years).
    pub return_period: u32,
    /// Quantile or mean beyond, with its 95 % interval: [value, low, high]; `None` = not available.
    pub value: Option<[f64; 3]>,
    /// Simulated years in the tail.
    pub years_in_tail: usize,
}

/// The quantile curve and the curve of means beyond it, for the values of simulated years.
pub fn curves(values: &[f64]) -> (Vec<Point>, Vec<Point>) {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    RETURN_PERIODS
        .into_iter()
        .zip(all_ranks(sorted.len()))
        .map(|(period, ranks)| points(&sorted, period, ranks))
        .unzip()
}

fn points(sorted: &[f64], return_period: u32, ranks: Option<(usize, usize)>) -> (Point, Point) {
    let n = sorted.len();
    let years_in_tail = n / return_period as usize;
    let probability = not_exceeded(return_period);
    let at = ranks.map(|(low, high)| [quantile(sorted, probability), sorted[low], sorted[high]]);
    let beyond = ranks.map(|(low, high)| [low, high].map(|from| mean(&sorted[from..])));
    let beyond = beyond.map(|[low, high]| [tail_value_at_risk(sorted, probability), low, high]);
    (
        Point {
            return_period,
            value: at,
            years_in_tail,
        },
        Point {
            return_period,
            value: beyond,
            years_in_tail,
        },
    )
}

/// Probability that a year stays below the value at a return period.
fn not_exceeded(return_period: u32) -> f64 {
    1.0 - 1.0 / f64::from(return_period)
}

/// The positions at each return period, in their order; worked out once for each number of values, of which the many
/// series of a comparison share one or two.
fn all_ranks(n: usize) -> Ranks {
    let mut known = KNOWN_RANKS.lock().unwrap_or_else(PoisonError::into_inner);
    let ranks = || RETURN_PERIODS.map(|period| interval_ranks(n, not_exceeded(period)));
    *known.entry(n).or_insert_with(ranks)
}

type Ranks = [Option<(usize, usize)>; RETURN_PERIODS.len()];

static KNOWN_RANKS: Mutex<BTreeMap<usize, Ranks>> = Mutex::new(BTreeMap::new());

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Positions (from 0) of the order statistics that hold the quantile with 95 %; `None` if the values
/// do not reach so far.
pub fn interval_ranks(n: usize, probability: f64) -> Option<(usize, usize)> {
    let below = Binomial::new(probability, n as u64).ok()?;
    let low = below.inverse_cdf(0.025) as usize;
    let high = below.inverse_cdf(0.975) as usize;
    (low >= 1 && high < n).then(|| (low - 1, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;

    #[test]
    fn ranks_cover_the_quantile_with_95_percent() {
        // Binomial(100, 0.5): P(X <= 39) = 0.0176, P(X <= 40) = 0.0284, P(X <= 60) = 0.9824.
        assert_eq!(interval_ranks(100, 0.5), Some((39, 60)));
        assert_eq!(interval_ranks(100, 0.95), Some((89, 99)));
        assert_eq!(interval_ranks(1000, 0.99), Some((982, 996)));
        assert_eq!(interval_ranks(50, 0.5), Some((17, 32)));
        let coverage = |n: u64, p: f64| {
            let (low, high) = interval_ranks(n as usize, p).unwrap();
            let below = Binomial::new(p, n).unwrap();
            below.cdf(high as u64) - below.cdf(low as u64)
        };
        for (n, p, expected) in [
            (100, 0.95, 0.982_607_1),
            (1000, 0.99, 0.976_094_8),
            (50, 0.5, 0.967_160_9),
        ] {
            assert!((coverage(n, p) - expected).abs() < 1e-6, "{n}");
        }
        assert_eq!(interval_ranks(100, 0.99), None);
        assert!(interval_ranks(1000, 0.99).is_some());
        assert_eq!(interval_ranks(0, 0.5), None);
    }

    #[test]
    fn curves_of_a_known_distribution() {
        let values: Vec<f64> = (1..=10_000).rev().map(f64::from).collect();
        let (at, beyond) = curves(&values);
        let hundred = at[8];
        assert_eq!((hundred.return_period, hundred.years_in_tail), (100, 100));
        let [value, low, high] = hundred.value.unwrap();
        assert!((value - 9900.0).abs() < 1.0 && low < value && value < high);
        assert!((9878.0..9882.0).contains(&low) && (9918.0..9922.0).contains(&high));
        let [tail, tail_low, tail_high] = beyond[8].value.unwrap();
        assert!((tail - 9950.5).abs() < 1e-9 && tail_low < tail && tail < tail_high);
    }

    #[test]
    fn what_the_years_do_not_carry_is_not_available() {
        let (at, beyond) = curves(&(0..100).map(f64::from).collect::<Vec<_>>());
        assert!(at[2].value.is_some(), "1 in 10 of 100 years");
        assert!(
            at[8].value.is_none() && beyond[8].value.is_none(),
            "1 in 100 of 100 years"
        );
        assert!(curves(&[]).0.iter().all(|point| point.value.is_none()));
    }

    #[test]
    fn sums_of_years_agree_with_the_record() {
        let record = synthetic::record(3, 1, 4);
        let mut years = Years::new(synthetic::PROVINCES);
        years.add(&record.years, &record.ledger);
        assert!(years.series.iter().all(|values| values.len() == 4));
        let deaths = years
            .of(YearSubject::nation(Exceeded::Deaths, None, false))
            .unwrap();
        for (value, year) in deaths.iter().zip(&record.years) {
            assert_eq!(*value, year.deaths.values().iter().sum::<u64>() as f64);
        }
        for &exceeded in Exceeded::ALL {
            let largest = years.of(YearSubject::nation(exceeded, None, true)).unwrap();
            let sum = years
                .of(YearSubject::nation(exceeded, None, false))
                .unwrap();
            assert!(largest.iter().zip(sum).all(|(l, s)| l <= s), "{exceeded:?}");
        }
    }
}
