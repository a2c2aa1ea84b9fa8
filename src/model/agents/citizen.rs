//! Citizens: protection, insurance, threat, trust and grievance.
//!
//! *Equations.* Protection motivation theory (Rogers 1975; Bamberg et al. 2017): at review a measure is
//! kept with probability 0.85 or drawn anew (one thing at a review: a measure, or cover) with logistic(β₀ + β_T·threat + β_C·coping + β_S·(share of
//! the county − share at start) − β_G·(expected relief − relief at start)). β₀ by income fifth is
//! solved so that the start is at rest. Cover is reconsidered by the same pattern, with price.
//! A draw compares ln(u/(1 − u)) with the sum. The event part of threat jumps when struck and halves
//! in 1.5 years; bytes fade with dithered rounding, so that small values do not stick.

use std::ops::Range;

use crate::model::transcendental::{exp, log};

use crate::model::Model;
use crate::model::random::normal_quantile;
use crate::model::run::Run;
use crate::scenario::policy::Policy;
use crate::scenario::society;
use crate::vocabulary::{Quintile, Table, Vocabulary};

/// Bit of household cover in the byte of measures.
pub const INSURED: u8 = 1 << 4;
/// Bits of the four protective measures.
pub const MEASURES: u8 = 0b1111;
/// Income fifth of a citizen from its byte.
pub fn fifth(person: u8) -> usize {
    ((person >> 2) & 7) as usize
}
/// Standard deviations of perception for one step of the alarm byte.
pub const ALARM_STEP: f32 = 3.0 / 255.0;
/// Standard deviations for one step of the threat and coping bytes.
const APPRAISAL_STEP: f32 = 1.0 / 40.0;

/// A policy as citizens meet it.
#[derive(Clone, Debug)]
pub struct Choices {
    /// β₀ of a protective measure by fifth.
    pub measure: [f32; 5],
    /// β₀ of household cover by fifth, with promotion and price.
    pub cover: [f32; 5],
    /// Whether household cover is sold.
    pub sold: bool,
    /// Take-up at the start, for which premiums are computed.
    pub expected_take_up: f64,
    /// Announced relief, against the baseline's.
    pub announced_relief: f64,
    /// The baseline's announced relief.
    pub customary_relief: f64,
}

impl Choices {
    /// Solves the constants of choice at the start of a society, and shifts them by a policy.
    pub fn new(model: &Model, policy: &Policy, baseline: &Policy) -> Self {
        let facts = &model.society.citizens;
        let spread = libm::sqrt(
            facts.beta_threat * facts.beta_threat + facts.beta_coping * facts.beta_coping,
        );
        let solve = |table: &Table<Quintile, f64>, spread: f64, shift: &dyn Fn(f64) -> f64| {
            let mut constants = [0.0; 5];
            for (constant, p) in constants.iter_mut().zip(table.values()) {
                *constant = (constant_for(*p, spread) + shift(*p)) as f32;
            }
            constants
        };
        let paid = |policy: &Policy| (1.0 - policy.sharing.property.subsidy).max(0.05);
        let price = log(paid(policy) / paid(baseline));
        let elasticity = facts.insurance_price_elasticity;
        let promotion = policy.sharing.property.promotion;
        let initial = facts.insured_initial.values();
        Choices {
            measure: solve(&facts.preparedness_initial, spread, &|_| 0.0),
            // Cover depends on threat alone: coping does not enter its draw.
            cover: solve(&facts.insured_initial, facts.beta_threat, &|p| {
                promotion + elasticity * price / (1.0 - p)
            }),
            sold: policy.sharing.property.coverage > 0.0,
            expected_take_up: initial.iter().sum::<f64>() / initial.len() as f64,
            announced_relief: policy.sharing.relief.share_ordinary,
            customary_relief: baseline.sharing.relief.share_ordinary,
        }
    }
}

/// β₀ at which the mean of logistic(β₀ + σZ) is `p` (bisection over a grid of quantiles of Z).
pub fn constant_for(p: f64, sigma: f64) -> f64 {
    const POINTS: usize = 41;
    let mean = |constant: f64| {
        let value = |k: usize| constant + sigma * normal_quantile((k as f64 + 0.5) / POINTS as f64);
        (0..POINTS)
            .map(|k| 1.0 / (1.0 + exp(-value(k))))
            .sum::<f64>()
            / POINTS as f64
    };
    let (mut low, mut high) = (-20.0, 20.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if mean(middle) < p {
            low = middle
        } else {
            high = middle
        }
    }
    0.5 * (low + high)
}

/// What the citizens of one county share at a review.
struct Place {
    county: usize,
    measure: [f32; 5],
    cover: [f32; 5],
    struck: u32,
    jump_struck: f32,
    jump_others: f32,
    alarm_at_start: f32,
    trust_push: f32,
    grievance_push: f32,
}

/// Reviews a block of citizens (contiguous, so that memory is read in order).
pub fn review(run: &mut Run, block: Range<usize>) {
    let model = run.model;
    let spans = &model.world.counties.citizens;
    let first = spans.partition_point(|span| span.end as usize <= block.start);
    let facts = &model.society.citizens;
    let rule = Rule::new(facts, run.state.week, run.regime.choices.sold);
    for county in first..spans.len() {
        let span = spans[county].rows();
        let rows = span.start.max(block.start)..span.end.min(block.end);
        if span.start >= block.end {
            break;
        }
        if rows.is_empty() {
            continue;
        }
        let place = place(run, county);
        review_county(run, &rule, &place, rows);
    }
}

/// What all citizens share in a week.
struct Rule {
    /// Below this a measure is reconsidered …
    measures: u32,
    /// … below this household cover, above it nothing (of 2¹⁰).
    cover: u32,
    sold: bool,
    week: u32,
    beta_threat: f32,
    beta_coping: f32,
    alarm_kept: f32,
    trust_kept: f32,
    trust_mean: f32,
    grievance_kept: f32,
    grievance_mean: f32,
}

impl Rule {
    fn new(facts: &society::Citizens, week: u32, sold: bool) -> Self {
        let kept = |half_life: f64| exp(-std::f64::consts::LN_2 * 0.25 / half_life) as f32;
        let measures = 4.0 * (1.0 - facts.keep_share_per_review);
        Rule {
            measures: (measures * 1024.0 + 0.5) as u32,
            cover: ((measures + facts.insurance_adjustment_per_review) * 1024.0 + 0.5) as u32,
            sold,
            week,
            beta_threat: facts.beta_threat as f32,
            beta_coping: facts.beta_coping as f32,
            alarm_kept: kept(facts.threat_half_life_years),
            trust_kept: kept(facts.trust_half_life_years),
            trust_mean: (facts.trust_mean * 255.0) as f32,
            grievance_kept: kept(facts.grievance_half_life_years),
            grievance_mean: (facts.grievance_mean * 255.0) as f32,
        }
    }
}

fn place(run: &Run, county: usize) -> Place {
    let model = run.model;
    let facts = &model.society.citizens;
    let counties = &run.state.counties;
    let choices = &run.regime.choices;
    let social = facts.beta_social * (run.prepared_share(county) - model.prepared_at_start[county]);
    let relief = facts.beta_expected_relief
        * (f64::from(counties.expected_relief[county]) - choices.customary_relief);
    let shift = (social - relief) as f32;
    let struck = 1.0 - exp(-f64::from(counties.struck.sum(county)));
    let event = if struck > 0.0 {
        facts.threat_jump_county
    } else {
        0.0
    };
    Place {
        county,
        measure: choices.measure.map(|b| b + shift),
        cover: choices.cover.map(|b| b - relief as f32),
        struck: (struck * 256.0 + 0.5) as u32,
        jump_struck: facts.threat_jump_struck as f32,
        jump_others: event as f32 + counties.news.sum(county),
        alarm_at_start: model.alarm_at_start[county],
        trust_push: counties.trust_push.sum(county) * 255.0,
        grievance_push: counties.grievance_push.sum(county) * 255.0,
    }
}

/// Reviews the citizens of one county and keeps its counts. One Philox word a citizen, one block for
/// four: bits 0–15 the draw, 16–17 which measure, 18–27 what is reconsidered; the dithers are the
/// bytes of the word times an odd number.
fn review_county(run: &mut Run, rule: &Rule, place: &Place, rows: Range<usize>) {
    let world = &run.model.world.citizens;
    let start = run.model.world.counties.citizens[place.county].start as usize;
    let entity = (place.county as u64) << 32;
    let mut block = usize::MAX;
    let mut words = [0; 4];
    let citizens = &mut run.state.citizens;
    let counties = &mut run.state.counties;
    let trust_sum = &mut counties.trust[place.county];
    let grievance_sum = &mut counties.grievance[place.county];
    let columns = world.person[rows.clone()]
        .iter()
        .zip(&world.threat[rows.clone()])
        .zip(&world.coping[rows.clone()]);
    let state = citizens.measures[rows.clone()]
        .iter_mut()
        .zip(&mut citizens.alarm[rows.clone()]);
    let moods = citizens.trust[rows.clone()]
        .iter_mut()
        .zip(&mut citizens.grievance[rows.clone()]);
    let citizens = columns.zip(state).zip(moods).enumerate();
    for (number, ((((person, threat), coping), (measures, alarm)), (trust, grievance))) in citizens
    {
        let index = rows.start - start + number;
        if index / 4 != block {
            block = index / 4;
            words = run
                .streams
                .citizens
                .block(entity | block as u64, rule.week, 0);
        }
        let word = words[index % 4];
        let felt = f32::from(*alarm) * ALARM_STEP;
        let fear =
            rule.beta_threat * (f32::from(*threat) * APPRAISAL_STEP + felt - place.alarm_at_start);
        let reconsidered = word >> 18 & 0x3FF;
        if reconsidered < rule.cover {
            let fifth = fifth(*person);
            let logit = run.model.logits[(word & 0xFFFF) as usize];
            let before = *measures;
            if reconsidered < rule.measures {
                let takes = logit
                    < place.measure[fifth]
                        + fear
                        + rule.beta_coping * f32::from(*coping) * APPRAISAL_STEP;
                let measure = word >> 16 & 3;
                *measures = (before & !(1 << measure)) | u8::from(takes) << measure;
                let prepared = &mut counties.prepared[place.county][fifth];
                *prepared = *prepared + (*measures & MEASURES).count_ones()
                    - (before & MEASURES).count_ones();
            } else {
                let takes = rule.sold && logit < place.cover[fifth] + fear;
                *measures = if takes {
                    before | INSURED
                } else {
                    before & !INSURED
                };
                let insured = &mut counties.insured[place.county][fifth];
                *insured = *insured + u32::from(*measures & INSURED != 0)
                    - u32::from(before & INSURED != 0);
            }
        }
        let mixed = word.wrapping_mul(0x9E37_79B1);
        let struck = (mixed & 0xFF) < place.struck;
        let jump = if struck {
            place.jump_struck
        } else {
            place.jump_others
        };
        let dither = |byte: u32| ((mixed >> (8 * byte)) & 0xFF) as f32 / 256.0;
        *alarm = ((felt * rule.alarm_kept + jump) / ALARM_STEP + dither(1)).min(255.0) as u8;
        fade(
            trust,
            rule.trust_mean,
            rule.trust_kept,
            place.trust_push,
            dither(2),
            trust_sum,
        );
        fade(
            grievance,
            rule.grievance_mean,
            rule.grievance_kept,
            place.grievance_push,
            dither(3),
            grievance_sum,
        );
    }
}

/// Moves a byte towards its mean and pushes it, with dithered rounding; keeps the county's sum.
fn fade(byte: &mut u8, mean: f32, kept: f32, push: f32, dither: f32, sum: &mut u64) {
    let value = mean + (f32::from(*byte) - mean) * kept + push;
    let now = (value + dither).clamp(0.0, 255.0) as u8;
    *sum = *sum + u64::from(now) - u64::from(*byte);
    *byte = now;
}

/// Mean of a quintile table.
pub fn mean(table: &Table<Quintile, f64>) -> f64 {
    table.values().iter().sum::<f64>() / Quintile::ALL.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constant_meets_its_share() {
        assert!((constant_for(0.5, 0.74)).abs() < 1e-9);
        let constant = constant_for(0.2, 0.0);
        assert!((1.0 / (1.0 + exp(-constant)) - 0.2).abs() < 1e-9);
        // Spread pulls the mean towards one half, so the constant lies further out.
        assert!(constant_for(0.2, 1.0) < constant);
    }

    #[test]
    fn bytes_fade_without_sticking() {
        let mut byte = 100_u8;
        let mut sum = 100_u64;
        for step in 0..4000 {
            let dither = (step * 37 % 100) as f32 / 100.0;
            fade(&mut byte, 20.0, 0.97, 0.0, dither, &mut sum);
        }
        assert!((17..=23).contains(&byte), "{byte}");
        assert_eq!(u64::from(byte), sum);
    }
}
