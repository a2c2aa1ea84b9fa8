//! The week under way: its sums, and what the end of a week does to them.

use super::{RECOVERY_STEPS, Recorder, SERIES};
use crate::model::record::{PROVINCE_SERIES, Series, WHOLE};
use crate::vocabulary::Vocabulary;

impl Recorder {
    /// Recovery of one strike: lost people at onset and time constant (weeks).
    pub fn recovery(&mut self, lost_people: f64, tau: f64) {
        let step = ((tau * 2.0) as usize).min(RECOVERY_STEPS - 1);
        self.recovery[step] += lost_people;
        self.lost_at_onset += lost_people;
        self.struck_people += 1.0;
    }

    /// Lost function of the week (person-years), lost at its beginning (people), lost output (yuan).
    pub fn function(&mut self, person_years: f64, lost_at_onset: f64, output: f64) {
        self.year.lost_function_person_years += person_years;
        self.add(Series::LostOutput, output);
        let level = 1.0 - lost_at_onset / self.people;
        if !(0.0..=WHOLE).contains(&level) {
            self.checks.out_of_range += 1;
        }
        self.year.lowest_functionality = self.year.lowest_functionality.min(level);
    }

    /// Deaths of the week.
    pub fn deaths_this_week(&self) -> f64 {
        self.deaths_week as f64
    }

    /// Sums of the week, by the number of their series; nothing where a series is a level.
    pub fn sums_of_week(&self) -> &[f64; SERIES] {
        &self.week
    }

    /// Deaths and direct loss (yuan) of a province this week.
    pub fn province_this_week(&self, province: usize) -> [f64; 2] {
        self.province_week[province]
    }

    /// Ends a week.
    pub fn close_week(&mut self, row: &[f64; SERIES], provinces: &[[f64; PROVINCE_SERIES]]) {
        let within = |series: Series| series.range().contains(&row[series.number()]);
        let provinces_stand = provinces.iter().all(|[function, deaths, loss]| {
            (0.0..=WHOLE).contains(function) && deaths.is_finite() && loss.is_finite()
        });
        if !provinces_stand || !Series::ALL.iter().copied().all(within) {
            self.checks.out_of_range += 1;
        }
        self.record.weeks.push(row);
        self.record.province_weeks.push(provinces.as_flattened());
    }

    /// Forgets the sums of the week.
    pub fn next_week(&mut self) {
        self.week = [0.0; SERIES];
        self.deaths_week = 0;
        self.province_week.fill([0.0; 2]);
    }
}
