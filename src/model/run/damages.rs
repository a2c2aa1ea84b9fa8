//! What a loss leaves behind: damages to recover from, grievance, trust, premiums.

use super::Run;
use crate::model::record::Fen;
use crate::model::settlement::natural::{StrikeLoss, StrikeOutcome};
use crate::model::settlement::premiums::{SECONDS_PER_WEEK, accrue, pay_premiums};
use crate::model::stages::{Event, recover};
use crate::vocabulary::NaturalKind;

impl Run<'_> {
    /// Uncompensated loss (fen) feeds grievance in its county.
    pub fn grieve(&mut self, county: u32, unpaid: Fen) {
        if unpaid <= 0 {
            return;
        }
        let place = county as usize;
        let income = self.model.world.counties.income_yuan[place]
            * f64::from(self.model.world.counties.population[place]);
        let rate = self
            .model
            .society
            .citizens
            .grievance_per_uncompensated_income_year;
        let push = rate * unpaid as f64 / 100.0 / income.max(1.0);
        self.state
            .counties
            .grievance_push
            .add(self.state.week, county, push as f32);
    }

    /// Work lost to suspensions in a county (person-years each) is counted, and feeds grievance there.
    pub fn lose_work(&mut self, county: u32, person_years: &[f64]) {
        let lost = || person_years.iter().copied().filter(|own| *own > 0.0);
        self.record.work_lost(lost());
        let rate = self.model.society.citizens.grievance_per_lost_work_year;
        if rate > 0.0 {
            let people = f64::from(self.model.world.counties.population[county as usize]);
            let pushes = lost().map(|own| (rate * own / people.max(1.0)) as f32);
            self.state
                .counties
                .grievance_push
                .add_each(self.state.week, county, pushes);
        }
    }

    /// Opens the damages of a natural event, and what people make of who paid.
    pub fn open_damages(
        &mut self,
        kind: NaturalKind,
        strikes: &[StrikeLoss],
        outcomes: &[StrikeOutcome],
    ) {
        let citizens = &self.model.society.citizens;
        for (strike, outcome) in strikes.iter().zip(outcomes) {
            let (damage, tau) = recover::damage(self, kind, strike, outcome);
            let people = f64::from(self.model.world.counties.population[strike.county as usize]);
            self.record.recovery(damage.lost * people, tau);
            self.state.damages.push(damage);
            self.grieve(strike.county, outcome.unpaid_by_fifth.iter().sum());
            let sum = |values: &[Fen; 5]| values.iter().sum::<Fen>() as f64;
            let private = sum(&strike.housing) + sum(&strike.goods) + sum(&strike.crops);
            if private > 0.0 {
                let observed = (outcome.relief as f64 / private) as f32;
                let expected = &mut self.state.counties.expected_relief[strike.county as usize];
                *expected += citizens.expected_relief_learning as f32 * (observed - *expected);
                let prompt =
                    outcome.mean_days_to_payment() > 0.0 && outcome.mean_days_to_payment() <= 30.0;
                if prompt {
                    let gain = citizens.trust_gain_prompt_relief * f64::from(observed);
                    self.state
                        .counties
                        .trust_push
                        .add(self.state.week, strike.county, gain as f32);
                }
            }
        }
        self.record.hardship(self.model, strikes, outcomes);
    }

    /// Premiums of the week.
    pub fn pay_premiums(&mut self) {
        let second = (self.week_of_year() + 1) * SECONDS_PER_WEEK;
        let relative = self.relative_take_up();
        pay_premiums(&self.dues, &mut self.state.books, second, relative);
    }

    /// Lets the funds know what they have earned up to an event, so that its claims meet it.
    pub fn accrue_premiums(&mut self, event: &Event) {
        let relative = self.scratch.relative_take_up;
        accrue(
            &self.regime.income,
            &mut self.state.books,
            event.second,
            relative,
        );
    }

    /// Take-up of household cover relative to that of the tariff.
    pub fn relative_take_up(&self) -> f64 {
        let agents = self.model.world.citizens.len().max(1) as f64;
        let insured = self.state.counties.insured.as_flattened();
        let insured: u64 = insured.iter().map(|n| u64::from(*n)).sum();
        insured as f64 / agents / self.regime.take_up_in_tariff.max(1e-9)
    }
}
