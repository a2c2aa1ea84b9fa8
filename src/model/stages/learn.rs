//! Stage 9, learn: lessons of the week's known events; attention, campaigns, trust, heed.
//!
//! *Equations.* Learning L += depth × increment(grade) in the province and trade, a share of it
//! nationally from ten deaths on; attention += gain·√scale(grade)·severity; what is concealed teaches
//! nobody, and what is reported late teaches late. Madsen 2009 for the size of learning.

use libm::sqrt;

use crate::model::agents::government::heeds;
use crate::model::run::{Lesson, Run};
use crate::model::stages::false_alarms::false_alarms;
use crate::vocabulary::{Category, Grade, Trade, Vocabulary};

/// Severity of accidents for which no official is sanctioned, against those for which one is
/// (assumption).
pub const UNPRESSED: f64 = 0.5;

/// Draws the lessons of the week.
pub fn learn(run: &mut Run) {
    late(run);
    let lessons = std::mem::take(&mut run.scratch.lessons);
    for lesson in &lessons {
        if let Some(trade) = lesson.trade.filter(|_| lesson.known) {
            if lesson.late {
                let due = run.state.week + run.model.society.reporting.late_weeks;
                run.state.late_lessons.push((due, *lesson));
            } else {
                from_accident(run, lesson, trade);
            }
        }
        news(run, lesson);
    }
    run.scratch.lessons = lessons;
    run.scratch.lessons.clear();
    false_alarms(run);
}

/// Draws the lessons of accidents that were reported late and are due.
fn late(run: &mut Run) {
    if run.state.late_lessons.is_empty() {
        return;
    }
    let (week, waiting) = (run.state.week, std::mem::take(&mut run.state.late_lessons));
    let (due, later) = waiting.into_iter().partition(|(due, _)| *due <= week);
    run.state.late_lessons = later;
    let due: Vec<(u32, Lesson)> = due;
    for (_, lesson) in due {
        if let Some(trade) = lesson.trade {
            from_accident(run, &lesson, trade);
        }
    }
}

fn from_accident(run: &mut Run, lesson: &Lesson, trade: Trade) {
    let society = &run.model.society;
    let effects = &run.regime.effects;
    let grade = Grade::of_deaths(lesson.reported);
    let learnt = society.learning.log_rate[grade] * effects.intervention.learning_depth;
    let province = lesson.province as usize;
    let trade = trade.number();
    if lesson.reported < Grade::Larger.threshold() {
        return;
    }
    run.state.provinces[province].learning[trade] += learnt;
    let scale = sqrt(society.government.sanction_scale[grade]);
    let pressed = lesson.reported >= effects.responsibility.official_sanction_threshold;
    let severity = if pressed {
        run.regime.official_severity[Category::Accident]
    } else {
        UNPRESSED
    };
    if heeds(&society.government, lesson.attributed) {
        run.state.provinces[province].attention[trade] +=
            society.government.attention_gain * scale * severity;
    }
    if lesson.reported >= Grade::Major.threshold() {
        for state in &mut run.state.provinces {
            state.learning[trade] += learnt * society.learning.spread_national;
        }
        campaign(run, province, trade);
    }
}

/// A campaign in the province of a major accident and next to it.
fn campaign(run: &mut Run, province: usize, trade: usize) {
    let intervention = &run.regime.effects.intervention;
    if intervention.campaign_multiplier <= 1.0 {
        return;
    }
    let weeks = intervention.campaign_weeks;
    run.state.provinces[province].campaign[trade] = weeks;
    for neighbour in &run.model.world.provinces[province].neighbours {
        run.state.provinces[*neighbour as usize].campaign[trade] = weeks;
    }
}

/// What people hear: threat in the province, trust after an exposed concealment.
fn news(run: &mut Run, lesson: &Lesson) {
    let citizens = &run.model.society.citizens;
    let week = run.state.week;
    if lesson.exposed {
        run.state.counties.trust_push.add(
            week,
            lesson.county,
            -(citizens.trust_loss_per_exposed_concealment as f32),
        );
        run.state.counties.grievance_push.add(
            week,
            lesson.county,
            citizens.grievance_per_exposed_concealment as f32,
        );
    }
    if lesson.natural && lesson.deaths >= Grade::Major.threshold() {
        let counties = run.model.world.provinces[lesson.province as usize].counties;
        for county in counties.rows() {
            run.state
                .counties
                .news
                .add(week, county as u32, citizens.threat_jump_province as f32);
        }
    }
}
