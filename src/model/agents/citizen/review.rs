//! Who is reviewed on what terms: county by county, in parallel where many are due.

use std::ops::Range;

use super::Choices;
use super::kernel::{self, Columns, Moods, Terms};
use super::moods::Fading;
use super::odds::{ROUNDED_OFF, slope, steps};
use super::tally::Changes;
use crate::model::Model;
use crate::model::agents::citizen::{ALARM_STEP, APPRAISAL_STEP};
use crate::model::lanes::LANES;
use crate::model::random::Stream;
use crate::model::run::{Pace, Run};
use crate::model::state::Ring;
use crate::model::transcendental::exp;
use crate::scenario::society;

/// The middle of the alarm byte, from which the review counts it.
const MIDDLE: f64 = 128.0;

/// Citizens that are not worth dividing among threads: about a tenth of a millisecond of work.
const UNDIVIDED: usize = 1 << 16;

/// Reviews a block of citizens (contiguous, so that memory is read in order).
pub fn review(run: &mut Run, block: Range<usize>) {
    review_at(run, block, UNDIVIDED);
}

/// The same, where so many citizens are not worth dividing. The division changes no byte.
pub fn review_at(run: &mut Run, block: Range<usize>, undivided: usize) {
    let model = run.model;
    let spans = &model.world.counties.citizens;
    let first = spans.partition_point(|span| span.end as usize <= block.start);
    let last = spans.partition_point(|span| (span.start as usize) < block.end);
    if block.is_empty() || first >= last {
        return;
    }
    let citizens = &mut run.state.citizens;
    let counties = &mut run.state.counties;
    let facts = &model.world.citizens;
    let ground = Ground {
        model,
        choices: &run.regime.choices,
        stream: run.streams.citizens,
        week: run.state.week,
        expected_relief: &counties.expected_relief,
        struck: &counties.struck,
        trust_push: &counties.trust_push,
        grievance_push: &counties.grievance_push,
        news: &counties.news,
        pace: &run.pace,
        undivided,
    };
    let part = Part {
        counties: first..last,
        row: block.start,
        columns: Columns {
            person: &facts.person[block.clone()],
            threat: &facts.threat[block.clone()],
            coping: &facts.coping[block.clone()],
            measures: &mut citizens.measures[block.clone()],
            alarm: &mut citizens.alarm[block.clone()],
            trust: &mut citizens.trust[block.clone()],
            grievance: &mut citizens.grievance[block],
        },
        prepared: &mut counties.prepared[first..last],
        insured: &mut counties.insured[first..last],
        trust: &mut counties.trust[first..last],
        grievance: &mut counties.grievance[first..last],
    };
    ground.review(part);
}

/// Counties with the rows of theirs that are due, and what changes of both.
struct Part<'a> {
    counties: Range<usize>,
    /// Number of the first row in the nation.
    row: usize,
    columns: Columns<'a>,
    prepared: &'a mut [[u32; 5]],
    insured: &'a mut [[u32; 5]],
    trust: &'a mut [u64],
    grievance: &'a mut [u64],
}

impl<'a> Part<'a> {
    fn rows(&self) -> usize {
        self.columns.person.len()
    }

    /// Two parts: `counties` counties with `rows` rows, and the others.
    fn split(mut self, counties: usize, rows: usize) -> (Part<'a>, Part<'a>) {
        let head = self.columns.take(rows);
        let (prepared, prepared_after) = self.prepared.split_at_mut(counties);
        let (insured, insured_after) = self.insured.split_at_mut(counties);
        let (trust, trust_after) = self.trust.split_at_mut(counties);
        let (grievance, grievance_after) = self.grievance.split_at_mut(counties);
        let middle = self.counties.start + counties;
        (
            Part {
                counties: self.counties.start..middle,
                row: self.row,
                columns: head,
                prepared,
                insured,
                trust,
                grievance,
            },
            Part {
                counties: middle..self.counties.end,
                row: self.row + rows,
                columns: self.columns,
                prepared: prepared_after,
                insured: insured_after,
                trust: trust_after,
                grievance: grievance_after,
            },
        )
    }
}

impl<'a> Columns<'a> {
    /// The first `rows` rows, as far as there are so many; the others stay.
    fn take(&mut self, rows: usize) -> Columns<'a> {
        Columns {
            person: self.person.split_off(..rows).unwrap_or_default(),
            threat: self.threat.split_off(..rows).unwrap_or_default(),
            coping: self.coping.split_off(..rows).unwrap_or_default(),
            measures: self.measures.split_off_mut(..rows).unwrap_or_default(),
            alarm: self.alarm.split_off_mut(..rows).unwrap_or_default(),
            trust: self.trust.split_off_mut(..rows).unwrap_or_default(),
            grievance: self.grievance.split_off_mut(..rows).unwrap_or_default(),
        }
    }
}

/// What the citizens of all counties meet at a review, and nobody changes during it.
struct Ground<'a> {
    model: &'a Model,
    choices: &'a Choices,
    stream: Stream,
    week: u32,
    expected_relief: &'a [f32],
    struck: &'a Ring,
    trust_push: &'a Ring,
    grievance_push: &'a Ring,
    news: &'a Ring,
    pace: &'a Pace,
    undivided: usize,
}

impl Ground<'_> {
    /// Halves what is large, at the county nearest its middle; reviews what is not, or lies in one county, county by
    /// county.
    fn review(&self, part: Part<'_>) {
        if part.rows() > self.undivided && part.counties.len() > 1 {
            let spans = &self.model.world.counties.citizens;
            let middle = part.row + part.rows() / 2;
            let own = &spans[part.counties.clone()];
            let head = own.partition_point(|span| (span.start as usize) < middle);
            let counties = head.clamp(1, part.counties.len() - 1);
            let rows = own[counties].start as usize - part.row;
            let (left, right) = part.split(counties, rows);
            rayon::join(|| self.review(left), || self.review(right));
            return;
        }
        self.one_by_one(part);
    }

    /// Reviews the due citizens of one county after the other.
    fn one_by_one(&self, part: Part<'_>) {
        let (mut row, mut columns) = (part.row, part.columns);
        for (place, county) in part.counties.enumerate() {
            let span = self.model.world.counties.citizens[county].rows();
            let own = columns.take((span.end - row).min(columns.person.len()));
            let rows = own.person.len();
            if rows == 0 {
                continue;
            }
            let terms = self.terms(county, &part.prepared[place]);
            let changes = self.rows(&terms, row - span.start, own);
            for fifth in 0..5 {
                let prepared = &mut part.prepared[place][fifth];
                *prepared = prepared.wrapping_add_signed(changes.prepared[fifth]);
                let insured = &mut part.insured[place][fifth];
                *insured = insured.wrapping_add_signed(changes.insured[fifth]);
            }
            part.trust[place] = part.trust[place].wrapping_add_signed(changes.trust);
            part.grievance[place] = part.grievance[place].wrapping_add_signed(changes.grievance);
            row += rows;
        }
    }

    /// Reviews rows of a county, from its citizen `first` on. Halves what is large, where a block begins: citizens of
    /// a county do not look at each other during a review.
    fn rows(&self, terms: &Terms, first: usize, mut columns: Columns<'_>) -> Changes {
        let rows = columns.person.len();
        let middle = (first + rows / 2).next_multiple_of(LANES) - first;
        if rows <= self.undivided || middle >= rows {
            return kernel::review(terms, first, &mut columns);
        }
        let head = columns.take(middle);
        let (head, tail) = rayon::join(
            || self.rows(terms, first, head),
            || self.rows(terms, first + middle, columns),
        );
        head.plus(tail)
    }

    /// The terms of a county in which `prepared` measures are taken, by fifth.
    fn terms(&self, county: usize, prepared: &[u32; 5]) -> Terms {
        let model = self.model;
        let facts = &model.society.citizens;
        let choices = self.choices;
        let share = model.prepared_share(county, prepared);
        let social = facts.beta_social * (share - model.prepared_at_start[county]);
        let expected = f64::from(self.expected_relief[county]);
        let relief = facts.beta_expected_relief * (expected - choices.customary_relief);
        let alarm = f64::from(ALARM_STEP);
        let calm = MIDDLE * alarm - f64::from(model.alarm_at_start[county]);
        let fear = facts.beta_threat * calm;
        let measures = 4.0 * (1.0 - facts.keep_share_per_review);
        let of_1024 = |share: f64| (share * 1024.0 + 0.5) as u16;
        Terms {
            stream: self.stream,
            entity: (county as u64) << 32,
            week: self.week,
            measures_below: of_1024(measures),
            cover_below: of_1024(measures + facts.insurance_adjustment_per_review),
            sold: choices.sold,
            by_threat: slope(facts.beta_threat * APPRAISAL_STEP),
            by_alarm: slope(facts.beta_threat * alarm),
            by_coping: slope(facts.beta_coping * APPRAISAL_STEP),
            // Three bytes enter a measure, two a cover; each is rounded down.
            measure: choices
                .measure
                .map(|b| steps(b + social - relief + fear, 3.0 * ROUNDED_OFF)),
            cover: choices
                .cover
                .map(|b| steps(b - relief + fear, 2.0 * ROUNDED_OFF)),
            moods: self.moods(facts, county),
        }
    }

    /// Decay and pushes of the quarter, from the county's last thirteen weeks.
    fn moods(&self, facts: &society::Citizens, county: usize) -> Moods {
        let struck = 1.0 - exp(-f64::from(self.struck.sum(county)));
        let nearby = if struck > 0.0 {
            facts.threat_jump_county
        } else {
            0.0
        };
        let heard = nearby + f64::from(self.news.sum(county));
        let towards =
            |mean: f64, kept: f64, push: f32| 255.0 * (mean * (1.0 - kept) + f64::from(push));
        let in_steps = |sd: f64| sd / f64::from(ALARM_STEP);
        let Pace {
            alarm_kept: alarm,
            trust_kept: trust,
            grievance_kept: grievance,
            ..
        } = *self.pace;
        Moods {
            struck: (struck * 256.0 + 0.5) as u16,
            alarm: Fading::new(alarm, in_steps(heard)),
            alarm_struck: Fading::new(alarm, in_steps(facts.threat_jump_struck)),
            trust: Fading::new(
                trust,
                towards(facts.trust_mean, trust, self.trust_push.sum(county)),
            ),
            grievance: Fading::new(
                grievance,
                towards(
                    facts.grievance_mean,
                    grievance,
                    self.grievance_push.sum(county),
                ),
            ),
        }
    }
}
