//! Figures of a run, computed from its record: losses, people, government, resilience, fairness.
//!
//! [`figures`] gives the same subjects in the same order for every record, so a run is one vector of
//! numbers. Sums are means a year over the horizon; shares are ratios of sums over the horizon; a
//! share without a denominator is not a number and is left out of the statistics.

pub mod attribution;
mod criteria;
pub mod facts;
mod fairness;
mod government;
pub mod indicators;
pub mod inequality;
pub mod list;
mod losses;
pub mod part;
pub mod payers;
mod people;
pub mod regional;
mod resilience;
pub mod rounding;
pub mod societal_risk;

use crate::model::record::{Fen, RunRecord, Series, YearRecord};
use crate::vocabulary::{Category, Kind, Table, Vocabulary};
pub use facts::Facts;
pub use list::{Better, Measure, Unit};
pub use part::{Part, Subject};

/// One number of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// What it is of.
    pub subject: Subject,
    /// Value in the measure's unit; not a number where it is not defined.
    pub value: f64,
}

/// All figures of one run.
pub fn figures(record: &RunRecord, facts: &Facts) -> Vec<Figure> {
    let mut figures = Figures {
        record,
        facts,
        list: Vec::new(),
    };
    people::add(&mut figures);
    losses::add(&mut figures);
    government::add(&mut figures);
    resilience::add(&mut figures);
    fairness::add(&mut figures);
    criteria::add(&mut figures);
    figures.list
}

/// The subjects of [`figures`], in their order.
pub fn subjects() -> Vec<Subject> {
    let facts = Facts {
        population: 1.0,
        gdp_yuan: 1.0,
        industry_workers: 1.0,
        fifth_income_yuan: Table::from_fn(|_| 1.0),
        value_of_life_yuan: 0.0,
        trade_workers: Table::from_fn(|_| 1.0),
        tolerable_worker_risk_per_year: 1.0,
        national_line_per_year: 1.0,
    };
    figures(&RunRecord::default(), &facts)
        .iter()
        .map(|figure| figure.subject)
        .collect()
}

/// The list of figures as it grows.
struct Figures<'a> {
    record: &'a RunRecord,
    facts: &'a Facts,
    list: Vec<Figure>,
}

impl Figures<'_> {
    fn push(&mut self, subject: Subject, value: f64) {
        self.list.push(Figure { subject, value });
    }

    fn whole(&mut self, measure: Measure, value: f64) {
        self.push(Subject::whole(measure), value);
    }

    fn part(&mut self, measure: Measure, part: Part, value: f64) {
        self.push(Subject::of_part(measure, part), value);
    }

    /// Mean a year of a figure of the years.
    fn yearly(&self, figure: impl Fn(&YearRecord) -> f64) -> f64 {
        self.sum(figure) / (self.record.years.len().max(1)) as f64
    }

    fn sum(&self, figure: impl Fn(&YearRecord) -> f64) -> f64 {
        self.record.years.iter().map(figure).sum()
    }

    /// Mean of a weekly series.
    fn weekly(&self, series: Series) -> f64 {
        let weeks = self.record.series(series);
        weeks.iter().sum::<f64>() / weeks.len() as f64
    }

    /// A count of kinds: all, by category, by kind.
    fn by_kind(&mut self, measure: Measure, table: impl Fn(&YearRecord) -> &Table<Kind, u64>) {
        self.by_category(measure, |year, category| of_category(table(year), category));
        for &kind in Kind::ALL {
            let value = self.yearly(|year| table(year)[kind] as f64);
            let category = Some(kind.category());
            self.push(
                Subject {
                    measure,
                    category,
                    part: Part::Kind(kind),
                },
                value,
            );
        }
    }

    /// A sum over categories: all, then each.
    fn by_category(&mut self, measure: Measure, of: impl Fn(&YearRecord, Category) -> f64) {
        let all = self.yearly(|year| {
            Category::ALL
                .iter()
                .map(|&category| of(year, category))
                .sum()
        });
        self.whole(measure, all);
        for &category in Category::ALL {
            let value = self.yearly(|year| of(year, category));
            self.push(Subject::of_category(measure, category), value);
        }
    }

    /// A table of money: all, then each part.
    fn by_part<K: Vocabulary>(
        &mut self,
        measure: Measure,
        part: impl Fn(K) -> Part,
        table: impl Fn(&YearRecord) -> &Table<K, Fen>,
    ) {
        let all = self.yearly(|year| yuan(table(year).values().iter().sum()));
        self.whole(measure, all);
        for &member in K::ALL {
            let value = self.yearly(|year| yuan(table(year)[member]));
            self.part(measure, part(member), value);
        }
    }
}

/// Fen to yuan.
pub fn yuan(fen: Fen) -> f64 {
    fen as f64 / 100.0
}

/// Sum over the kinds of a category.
pub fn of_category(table: &Table<Kind, u64>, category: Category) -> f64 {
    table
        .iter()
        .filter(|(kind, _)| kind.category() == category)
        .map(|(_, n)| *n as f64)
        .sum()
}

/// A ratio; not a number without a denominator.
fn ratio(numerator: f64, denominator: f64) -> f64 {
    if denominator > 0.0 {
        numerator / denominator
    } else {
        f64::NAN
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::synthetic;
    use crate::vocabulary::{Bearer, Grade};

    #[test]
    fn subjects_are_the_same_for_every_record_and_unique() {
        let expected = subjects();
        let facts = synthetic::facts();
        for replication in 0..3 {
            let record = synthetic::record(replication, 1, 4);
            let found: Vec<Subject> = figures(&record, &facts)
                .iter()
                .map(|figure| figure.subject)
                .collect();
            assert_eq!(found, expected);
        }
        for (index, subject) in expected.iter().enumerate() {
            assert!(
                !expected[..index].contains(subject),
                "{subject:?} appears twice"
            );
        }
    }

    /// What a bearer loses less what it receives, a year.
    #[test]
    fn net_loss_is_what_is_borne_less_what_is_received() {
        let mut record = synthetic::record(1, 1, 2);
        for (number, year) in record.years.iter_mut().enumerate() {
            year.borne_fen[Bearer::Insurers] = 1_000 + 200 * number as i64;
            year.transfer_fen[Bearer::Insurers] = 300;
        }
        let subject = Subject::of_part(Measure::LossBorneNet, Part::Bearer(Bearer::Insurers));
        let list = figures(&record, &synthetic::facts());
        let found = list.iter().find(|figure| figure.subject == subject);
        assert_eq!(found.unwrap().value, 8.0);
    }

    /// A thousand major accidents a year break the lines of at least 3 and of at least 10 dead, and say nothing
    /// of the line of 30.
    #[test]
    fn a_national_line_counts_accidents_of_its_grade_and_above() {
        let mut record = synthetic::record(1, 1, 2);
        for year in &mut record.years {
            let count = |grade| if grade == Grade::Major { 1000 } else { 0 };
            year.accidents_by_grade = Table::from_fn(count);
        }
        let list = figures(&record, &synthetic::facts());
        let verdict = |grade| {
            let subject = Subject::of_part(Measure::NationalLineVerdict, Part::Grade(grade));
            let found = list.iter().find(|figure| figure.subject == subject);
            found.unwrap().value
        };
        let grades = [Grade::Larger, Grade::Major, Grade::ParticularlyMajor];
        assert_eq!(grades.map(verdict), [-1.0, -1.0, 0.0]);
    }

    #[test]
    fn every_measure_has_a_figure() {
        let subjects = subjects();
        for measure in Measure::ALL {
            assert!(
                subjects.iter().any(|subject| subject.measure == *measure),
                "{measure:?}"
            );
        }
    }

    #[test]
    fn deaths_by_category_and_kind_add_up() {
        let facts = synthetic::facts();
        let list = figures(&synthetic::record(1, 2, 5), &facts);
        let sum = |by: &str, whole: bool| -> f64 {
            list.iter()
                .filter(|figure| figure.subject.measure == Measure::Deaths)
                .filter(|figure| figure.subject.part.dimension() == by)
                .filter(|figure| figure.subject.category.is_none() == whole)
                .map(|figure| figure.value)
                .sum()
        };
        assert!(sum("all", true) > 0.0);
        assert!((sum("all", true) - sum("all", false)).abs() < 1e-9);
        assert!((sum("all", true) - sum("kind", false)).abs() < 1e-9);
    }

    #[test]
    fn shares_without_denominator_are_not_numbers() {
        let list = figures(&RunRecord::default(), &synthetic::facts());
        let of = |measure| {
            list.iter()
                .find(|f| f.subject == Subject::whole(measure))
                .map(|f| f.value)
        };
        assert!(of(Measure::ConcealedShare).is_some_and(f64::is_nan));
        assert_eq!(of(Measure::Deaths), Some(0.0));
    }
}
