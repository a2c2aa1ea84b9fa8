//! What one event did: harm to people, loss, and the hardship that follows.

use super::Recorder;
use crate::model::Model;
use crate::model::lanes::Numbers;
use crate::model::record::{Fen, Series};
use crate::model::settlement::ledger::EventTotals;
use crate::model::settlement::money::to_yuan;
use crate::model::settlement::natural::{StrikeLoss, StrikeOutcome};
use crate::model::stages::{Event, Harm, Response};
use crate::model::transcendental::{log, pow};
use crate::model::world::GROUPS;
use crate::vocabulary::{Category, Grade, Kind, Quintile, Trade, Vocabulary};

impl Recorder {
    /// People struck and relocated in one county.
    pub fn struck(&mut self, affected: u64, relocated: u64, warned: bool) {
        self.year.affected += affected;
        self.year.relocated += relocated;
        self.year.strikes += 1;
        self.year.strikes_warned += u64::from(warned);
        self.add(Series::Relocated, relocated as f64);
    }

    /// Victims in a province, by group.
    pub fn buried(&mut self, kind: Kind, province: u16, victims: &[u32; GROUPS]) {
        let all: u32 = victims.iter().sum();
        let province = usize::from(province);
        self.year.provinces[province].deaths[kind.category()] += u64::from(all);
        self.province_week[province][0] += f64::from(all);
        let struck = victims.iter().enumerate().filter(|(_, count)| **count > 0);
        for (group, count) in struck {
            let count = u64::from(*count);
            self.buried += count;
            self.deaths_week += count;
            self.year.deaths[kind] += count;
            if kind.category() != Category::Accident {
                self.year.deaths_reported[kind] += count;
            }
            self.year.deaths_by_quintile[Quintile::ALL[group % 5]] += count;
            if group >= 10 && kind.category() == Category::Natural {
                self.year.deaths_aged_natural += count;
            }
            let series = match kind.category() {
                Category::Natural => Series::DeathsNatural,
                Category::Accident => Series::DeathsAccident,
                Category::Health => Series::DeathsHealth,
                Category::Social => Series::DeathsSocial,
            };
            self.add(series, count as f64);
        }
    }

    /// Saved people, and how long help took.
    pub fn saved(&mut self, at_scene: u32, by_teams: u32, hurt: bool, response: &Response) {
        self.year.saved_by_first_responders += u64::from(at_scene);
        self.year.saved_by_professionals += u64::from(by_teams);
        self.year.responders_hurt += u64::from(hurt);
        if response.potential > 0 {
            self.year.hours_to_reach_sum += response.hours;
            self.year.hours_to_reach_count += 1;
        }
    }

    /// The trapped who were rescued in a natural event: the savable share of those who would have died
    /// without rescue, times the shares that people at the scene and teams save.
    pub fn rescued_natural(&mut self, deaths: u32, savable: f64, response: &Response) {
        let saved = response.saved_at_scene + response.saved_by_teams;
        let trapped = f64::from(deaths) * savable / (1.0 - savable * saved).max(1e-9);
        self.year.rescued_natural_at_scene += trapped * response.saved_at_scene;
        self.year.rescued_natural_by_teams += trapped * response.saved_by_teams;
    }

    /// How an accident was reported.
    pub fn reported(
        &mut self,
        trade: Trade,
        harm: &Harm,
        conceals: bool,
        understates: bool,
        late: bool,
    ) {
        let year = &mut self.year;
        year.deaths_reported[Kind::from(trade)] += u64::from(harm.reported);
        year.worker_deaths[trade] += u64::from(harm.deaths - harm.third_party_deaths);
        if harm.deaths > 0 {
            year.accidents_by_grade[Grade::of_deaths(harm.deaths)] += 1;
            year.fatal_accidents_outside_road += u64::from(trade != Trade::RoadTransport);
            year.accidents_late += u64::from(late && harm.known);
            year.accidents_missed += u64::from(harm.missed);
            let hidden = conceals && !harm.exposed;
            year.accidents_concealed += u64::from(hidden);
            year.accidents_concealed_outside_road +=
                u64::from(hidden && trade != Trade::RoadTransport);
        }
        if harm.reported > 0 {
            year.accidents_by_reported_grade[Grade::of_deaths(harm.reported)] += 1;
        }
        year.accidents_understated += u64::from(understates && !harm.exposed);
        year.concealments_exposed += u64::from(harm.exposed);
        self.add(Series::DeathsAccidentReported, f64::from(harm.reported));
    }

    /// Sums of one event.
    pub fn event(
        &mut self,
        model: &Model,
        event: &Event,
        response: &Response,
        harm: &Harm,
        totals: &EventTotals,
        province: u16,
    ) {
        let category = event.kind.category();
        let year = &mut self.year;
        year.events[event.kind] += 1;
        year.injuries[event.kind] += u64::from(harm.injuries);
        year.cascade_children += u64::from(event.parent != 0);
        year.absorbed += u64::from(event.parent == 0 && response.children == 0);
        year.events_without_owner += u64::from(matches!(response.failed, Some((_, None))));
        year.events_neglected += u64::from(response.neglected);
        if harm.deaths >= model.society.evaluation.great_event_deaths {
            year.deaths_great_events += u64::from(harm.deaths);
        }
        let largest = &mut year.largest[category];
        largest.direct_fen = largest.direct_fen.max(totals.direct);
        largest.insured_fen = largest.insured_fen.max(totals.insured);
        largest.public_fen = largest.public_fen.max(totals.public);
        largest.uncompensated_fen = largest.uncompensated_fen.max(totals.uncompensated);
        largest.deaths = largest.deaths.max(u64::from(harm.deaths));
        self.add(Series::Injuries, f64::from(harm.injuries));
        self.add(Series::Uncompensated, to_yuan(totals.uncompensated));
        self.add(loss_series(category), to_yuan(totals.direct));
        // A natural event's loss lies where it struck: see `damage_natural`.
        if category != Category::Natural {
            self.lost(province, category, totals.direct, totals.uncompensated);
        }
    }

    /// Loss and what residents keep of it (fen), in the province where it fell.
    pub(super) fn lost(
        &mut self,
        province: u16,
        category: Category,
        direct: Fen,
        uncompensated: Fen,
    ) {
        let province = usize::from(province);
        let sums = &mut self.year.provinces[province];
        sums.direct_fen[category] += direct;
        sums.uncompensated_fen += uncompensated;
        self.province_week[province][1] += to_yuan(direct);
    }

    /// One week of an outbreak, in the province where it began.
    pub fn outbreak_week(&mut self, province: u16, cases: u32, totals: &EventTotals) {
        let category = Category::Health;
        self.lost(province, category, totals.direct, totals.uncompensated);
        self.year.injuries[Kind::RespiratoryOutbreak] += u64::from(cases);
        self.add(Series::Injuries, f64::from(cases));
        self.add(Series::LossHealth, to_yuan(totals.direct));
        self.add(Series::Uncompensated, to_yuan(totals.uncompensated));
    }

    /// Injuries of a province that are not followed one by one, in lanes by the numbers of their trades.
    pub fn small_harm(&mut self, province: u16, injuries: &Numbers<u32>, totals: &EventTotals) {
        let category = Category::Accident;
        self.lost(province, category, totals.direct, totals.uncompensated);
        for (trade, injuries) in Trade::ALL.iter().zip(injuries) {
            self.year.injuries[Kind::from(*trade)] += u64::from(*injuries);
        }
        self.add(Series::Injuries, f64::from(injuries.iter().sum::<u32>()));
        self.add(Series::LossAccident, to_yuan(totals.direct));
        self.add(Series::Uncompensated, to_yuan(totals.uncompensated));
    }

    /// Hardship of uncompensated loss: persons·y·h·\[(1 − x)^{1−η} − 1\]/(η − 1), x ≤ 0.95 the loss of
    /// those hit over h years' income; a stated share of the affected bears a stated share of the loss.
    pub fn hardship(&mut self, model: &Model, strikes: &[StrikeLoss], outcomes: &[StrikeOutcome]) {
        let facts = &model.society.evaluation;
        for (strike, outcome) in strikes.iter().zip(outcomes) {
            let county = strike.county as usize;
            for fifth in 0..5 {
                let loss =
                    to_yuan(outcome.unpaid_by_fifth[fifth]) * facts.hardship_struck_loss_share;
                let homes =
                    f64::from(strike.homes[fifth].max(1)) * 3.0 * facts.hardship_struck_share;
                let income = model.relative_income[county][fifth] * model.world.mean_income_yuan;
                let years = facts.hardship_income_years * income;
                let x = (loss / homes / years).min(0.95);
                let eta = facts.hardship_eta;
                let worth = if (eta - 1.0).abs() < 1e-9 {
                    -log(1.0 - x)
                } else {
                    (pow(1.0 - x, 1.0 - eta) - 1.0) / (eta - 1.0)
                };
                self.year.hardship_yuan += homes * years * worth;
            }
        }
    }
}

fn loss_series(category: Category) -> Series {
    match category {
        Category::Natural => Series::LossNatural,
        Category::Accident => Series::LossAccident,
        Category::Health => Series::LossHealth,
        Category::Social => Series::LossSocial,
    }
}
