//! Citizens: protection, insurance, threat, trust and grievance.
//!
//! *Equations.* Protection motivation theory (Rogers 1975; Bamberg et al. 2017): at review a measure is
//! kept with probability 0.85 or drawn anew (one thing at a review: a measure, or cover) with logistic(β₀ + β_T·threat + β_C·coping + β_S·(share of
//! the county − share at start) − β_G·(expected relief − relief at start)). β₀ by income fifth is
//! solved so that the start is at rest. Cover is reconsidered by the same pattern, with price.
//! A draw compares ln(u/(1 − u)) with the sum. The event part of threat jumps when struck and halves
//! in 1.5 years; bytes fade with dithered rounding, so that small values do not stick.

use std::ops::Range;

use multiversion::multiversion;

use crate::model::random::normal_quantile;
use crate::model::run::Run;
use crate::model::state::Counties;
use crate::model::transcendental::{exp, log};
use crate::model::{LOGIT_BITS, Model};
use crate::scenario::policy::Policy;
use crate::scenario::society;
use crate::vocabulary::{Quintile, Table};

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
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// What the citizens of one county share at a review.
struct Place {
    county: usize,
    measure: [f32; 5],
    cover: [f32; 5],
    alarm_at_start: f32,
    moods: Moods,
}

/// How the bytes of a citizen's moods move in a quarter: value × kept + moved, in 1/65,536 of a step.
struct Moods {
    /// Share struck, of 256.
    struck: u32,
    alarm_kept: i32,
    alarm_struck: i32,
    alarm_others: i32,
    trust_kept: i32,
    trust_moved: i32,
    grievance_kept: i32,
    grievance_moved: i32,
}

/// One step of a byte in the arithmetic of moods.
const STEP: f64 = 65_536.0;

/// Reviews a block of citizens (contiguous, so that memory is read in order).
pub fn review(run: &mut Run, block: Range<usize>) {
    let model = run.model;
    let spans = &model.world.counties.citizens;
    let first = spans.partition_point(|span| span.end as usize <= block.start);
    let rule = Rule::new(
        &model.society.citizens,
        run.state.week,
        run.regime.choices.sold,
    );
    for (county, span) in spans.iter().enumerate().skip(first) {
        let span = span.rows();
        if span.start >= block.end {
            break;
        }
        let rows = span.start.max(block.start)..span.end.min(block.end);
        if !rows.is_empty() {
            let place = place(run, county);
            review_county(run, &rule, &place, rows);
        }
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
}

impl Rule {
    fn new(facts: &society::Citizens, week: u32, sold: bool) -> Self {
        let measures = 4.0 * (1.0 - facts.keep_share_per_review);
        Rule {
            measures: (measures * 1024.0 + 0.5) as u32,
            cover: ((measures + facts.insurance_adjustment_per_review) * 1024.0 + 0.5) as u32,
            sold,
            week,
            beta_threat: facts.beta_threat as f32,
            beta_coping: facts.beta_coping as f32,
        }
    }
}

fn place(run: &Run, county: usize) -> Place {
    let model = run.model;
    let facts = &model.society.citizens;
    let counties = &run.state.counties;
    let choices = &run.regime.choices;
    let social = facts.beta_social * (run.prepared_share(county) - model.prepared_at_start[county]);
    let expected = f64::from(counties.expected_relief[county]);
    let relief = facts.beta_expected_relief * (expected - choices.customary_relief);
    let shift = (social - relief) as f32;
    Place {
        county,
        measure: choices.measure.map(|b| b + shift),
        cover: choices.cover.map(|b| b - relief as f32),
        alarm_at_start: model.alarm_at_start[county],
        moods: moods(facts, counties, county),
    }
}

/// Decay and pushes of the quarter, from the county's last thirteen weeks.
fn moods(facts: &society::Citizens, counties: &Counties, county: usize) -> Moods {
    let kept = |half_life: f64| exp(-std::f64::consts::LN_2 * 0.25 / half_life);
    let fixed = |value: f64| (value * STEP + 0.5).clamp(-1e9, 1e9) as i32;
    let struck = 1.0 - exp(-f64::from(counties.struck.sum(county)));
    let nearby = if struck > 0.0 {
        facts.threat_jump_county
    } else {
        0.0
    };
    let heard = nearby + f64::from(counties.news.sum(county));
    let towards = |mean: f64, kept: f64, push: f32| 255.0 * (mean * (1.0 - kept) + f64::from(push));
    let trust = kept(facts.trust_half_life_years);
    let grievance = kept(facts.grievance_half_life_years);
    let in_steps = |sd: f64| sd / f64::from(ALARM_STEP);
    Moods {
        struck: (struck * 256.0 + 0.5) as u32,
        alarm_kept: fixed(kept(facts.threat_half_life_years)),
        alarm_struck: fixed(in_steps(facts.threat_jump_struck)),
        alarm_others: fixed(in_steps(heard)),
        trust_kept: fixed(trust),
        trust_moved: fixed(towards(
            facts.trust_mean,
            trust,
            counties.trust_push.sum(county),
        )),
        grievance_kept: fixed(grievance),
        grievance_moved: fixed(towards(
            facts.grievance_mean,
            grievance,
            counties.grievance_push.sum(county),
        )),
    }
}

/// Reviews the citizens of one county: one Philox word each, then decisions, then moods.
fn review_county(run: &mut Run, rule: &Rule, place: &Place, rows: Range<usize>) {
    let start = run.model.world.counties.citizens[place.county].start as usize;
    let (first, last) = (rows.start - start, rows.end - start);
    let entity = (place.county as u64) << 32;
    let mut words = std::mem::take(&mut run.scratch.words);
    let blocks = first / 4..last.div_ceil(4);
    words.resize(4 * blocks.len(), 0);
    run.streams
        .citizens
        .fill(entity, blocks.start as u32, rule.week, &mut words);
    let drawn = &words[first % 4..first % 4 + rows.len()];
    decide(run, rule, place, rows.clone(), drawn);
    let citizens = &mut run.state.citizens;
    let sums = feel(
        drawn,
        &place.moods,
        &mut citizens.alarm[rows.clone()],
        &mut citizens.trust[rows.clone()],
        &mut citizens.grievance[rows],
    );
    let counties = &mut run.state.counties;
    counties.trust[place.county] = counties.trust[place.county].wrapping_add_signed(sums[0]);
    counties.grievance[place.county] =
        counties.grievance[place.county].wrapping_add_signed(sums[1]);
    run.scratch.words = words;
}

/// Reconsiders a measure or cover. Bits of the word: 0–12 the draw, 16–17 which measure, 18–27 what.
fn decide(run: &mut Run, rule: &Rule, place: &Place, rows: Range<usize>, words: &[u32]) {
    let world = &run.model.world.citizens;
    let logits = &run.model.logits;
    let counties = &mut run.state.counties;
    let prepared = &mut counties.prepared[place.county];
    let insured = &mut counties.insured[place.county];
    let facts = world.person[rows.clone()]
        .iter()
        .zip(&world.threat[rows.clone()])
        .zip(&world.coping[rows.clone()]);
    let state = run.state.citizens.measures[rows.clone()]
        .iter_mut()
        .zip(&run.state.citizens.alarm[rows]);
    for ((word, ((person, threat), coping)), (measures, alarm)) in
        words.iter().zip(facts).zip(state)
    {
        let reconsidered = word >> 18 & 0x3FF;
        if reconsidered >= rule.cover {
            continue;
        }
        let alarm = f32::from(*alarm) * ALARM_STEP - place.alarm_at_start;
        let fear = rule.beta_threat * (f32::from(*threat) * APPRAISAL_STEP + alarm);
        let fifth = fifth(*person);
        let logit = logits[(word & ((1 << LOGIT_BITS) - 1)) as usize];
        let before = *measures;
        if reconsidered < rule.measures {
            let able = rule.beta_coping * f32::from(*coping) * APPRAISAL_STEP;
            let takes = logit < place.measure[fifth] + fear + able;
            let measure = word >> 16 & 3;
            *measures = (before & !(1 << measure)) | u8::from(takes) << measure;
            prepared[fifth] = prepared[fifth] + (*measures & MEASURES).count_ones()
                - (before & MEASURES).count_ones();
        } else {
            let takes = rule.sold && logit < place.cover[fifth] + fear;
            *measures = if takes {
                before | INSURED
            } else {
                before & !INSURED
            };
            insured[fifth] = insured[fifth] + u32::from(*measures & INSURED != 0)
                - u32::from(before & INSURED != 0);
        }
    }
}

/// Moves alarm, trust and grievance by a quarter, in whole numbers with dithered rounding (the bytes
/// of the word times an odd number), so that small values do not stick. Returns the changes of the
/// sums of trust and grievance.
#[multiversion(targets("x86_64+avx2+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn feel(
    words: &[u32],
    moods: &Moods,
    alarm: &mut [u8],
    trust: &mut [u8],
    grievance: &mut [u8],
) -> [i64; 2] {
    let mut changes = [0_i64; 2];
    let columns = alarm
        .iter_mut()
        .zip(trust.iter_mut())
        .zip(grievance.iter_mut());
    for (word, ((alarm, trust), grievance)) in words.iter().zip(columns) {
        let mixed = word.wrapping_mul(0x9E37_79B1);
        let dither = |byte: u32| (mixed >> (8 * byte) & 0xFF) as i32 * 256;
        let jump = if (mixed & 0xFF) < moods.struck {
            moods.alarm_struck
        } else {
            moods.alarm_others
        };
        *alarm = moved(*alarm, moods.alarm_kept, jump, dither(1));
        let trusting = moved(*trust, moods.trust_kept, moods.trust_moved, dither(2));
        let aggrieved = moved(
            *grievance,
            moods.grievance_kept,
            moods.grievance_moved,
            dither(3),
        );
        changes[0] += i64::from(trusting) - i64::from(*trust);
        changes[1] += i64::from(aggrieved) - i64::from(*grievance);
        *trust = trusting;
        *grievance = aggrieved;
    }
    changes
}

/// (byte × kept + moved + dither) in whole steps, within the byte.
#[inline]
fn moved(byte: u8, kept: i32, by: i32, dither: i32) -> u8 {
    ((i32::from(byte) * kept + by + dither) >> 16).clamp(0, 255) as u8
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
        let kept = (0.97 * STEP) as i32;
        let towards = (20.0 * 0.03 * STEP) as i32;
        let mut sum = 0.0;
        for step in 0..20_000 {
            let dither = (step * 37 % 256) * 256;
            byte = moved(byte, kept, towards, dither);
            sum += f64::from(byte) / 20_000.0;
        }
        assert!((17..=23).contains(&byte), "{byte}");
        assert!((sum - 20.0).abs() < 0.5, "{sum}");
    }
}
