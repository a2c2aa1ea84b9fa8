//! The page's data from the runs of the societies.

use plotters::style::RGBColor;

use super::data::{Bearing, Card, Data, Dimension, Duty, Event, Named, Side, Society, Story};
use crate::experiment::Plan;
use crate::experiment::seminar::story::Story as Told;
use crate::experiment::seminar::{Found, MEASURES, Policies, curve_weeks};
use crate::experiment::statistics::{Estimate, t_quantile};
use crate::lint::DutyMap;
use crate::measures::yuan;
use crate::model::record::EventRow;
use crate::report::base64::numbers;
use crate::report::charts::Words;
use crate::report::gather::{owner_words, words};
use crate::report::palette::{self, Hatch};
use crate::scenario::CheckedPolicy;
use crate::scenario::cards::{Enforcement, Prevention};
use crate::scenario::society::Society as Inputs;
use crate::vocabulary::{Bearer, Category, Mechanism, Phase, Vocabulary};

/// One society with all that came of it.
#[derive(Clone, Copy, Debug)]
pub struct Ran<'a> {
    /// The plan; its first two policies are the present arrangement and the network.
    pub plan: &'a Plan,
    /// Inputs.
    pub inputs: &'a Inputs,
    /// Policies that were run.
    pub policies: &'a Policies,
    /// What came of them.
    pub found: &'a Found,
}

/// The data of the page. `cards` are the policies of the cards of allocation and of sharing, in their order.
pub fn data(ran: &[Ran<'_>], cards: [&[CheckedPolicy]; 2]) -> Data {
    let plan = ran.first().map(|ran| ran.plan);
    let histories = ran.iter().map(|ran| ran.found.histories.len());
    let most = histories.max().unwrap_or(0);
    let quantile = |n: usize| Some(t_quantile(n)).filter(|t| t.is_finite());
    let colours = palette::policies(["current-2020", "network"]);
    Data {
        version: env!("CARGO_PKG_VERSION"),
        years: plan.map_or(0, |plan| plan.years),
        burn_in_years: plan.map_or(0, |plan| plan.burn_in_years),
        seed: plan.map_or(0, |plan| plan.seed),
        quantiles: (0..=most).map(quantile).collect(),
        weeks: curve_weeks().collect(),
        measures: MEASURES.iter().map(named).collect(),
        bearers: Bearer::ALL.iter().map(|bearer| bearing(*bearer)).collect(),
        colours: [0, 1].map(|place| hexadecimal(colours[place].colour)),
        mechanisms: Mechanism::ALL.iter().map(named).collect(),
        dimensions: dimensions(cards),
        phases: Phase::ALL.iter().map(named).collect(),
        societies: ran.iter().map(society).collect(),
    }
}

fn named<K: Vocabulary>(member: &K) -> Named {
    Named {
        key: member.key(),
        name: Words::new(member.zh(), member.en()),
    }
}

fn bearing(bearer: Bearer) -> Bearing {
    let fill = palette::bearer(bearer);
    Bearing {
        named: named(&bearer),
        colour: hexadecimal(fill.colour),
        hatch: match fill.hatch {
            Hatch::Plain => "plain",
            Hatch::Rising => "rising",
            Hatch::Falling => "falling",
            Hatch::Upright => "upright",
            Hatch::Level => "level",
        },
        dark: palette::lightness(fill.colour) < 0.5,
    }
}

fn hexadecimal(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The dimensions in the order of the digits of a hand: see `Hand::all`.
fn dimensions([allocations, sharings]: [&[CheckedPolicy]; 2]) -> Vec<Dimension> {
    let policies = |key, policies: &[CheckedPolicy]| Dimension {
        key,
        cards: policies.iter().map(policy_card).collect(),
    };
    vec![
        policies("allocation", allocations),
        levels("prevention", Prevention::ALL),
        levels("enforcement", Enforcement::ALL),
        policies("sharing", sharings),
    ]
}

fn policy_card(checked: &CheckedPolicy) -> Card {
    let policy = &checked.policy;
    Card {
        key: checked.key.clone(),
        name: Words::new(policy.name_zh.clone(), policy.name_en.clone()),
        text: Words::new(
            full_width(&policy.description_zh),
            policy.description_en.clone(),
        ),
    }
}

fn levels<K: Vocabulary>(key: &'static str, all: &[K]) -> Dimension {
    let card = |level: &K| Card {
        key: level.key().to_owned(),
        name: named(level).name,
        text: Words::new("", ""),
    };
    Dimension {
        key,
        cards: all.iter().map(card).collect(),
    }
}

/// Chinese text with the punctuation of print.
fn full_width(text: &str) -> String {
    let printed = |character| match character {
        ',' => '，',
        ':' => '：',
        ';' => '；',
        other => other,
    };
    text.chars().map(printed).collect()
}

fn society(ran: &Ran<'_>) -> Society {
    let (plan, found) = (ran.plan, ran.found);
    let positions = ran.policies.positions();
    let all = || positions.iter().map(|position| &found.policies[*position]);
    let mean = |values: &Vec<f64>| Estimate::of(values).mean;
    let point = |values: &Vec<f64>| {
        let estimate = Estimate::of(values);
        [estimate.mean, estimate.half_width()]
    };
    Society {
        key: plan.society.clone(),
        name: words(&plan.society_name),
        people: plan.facts.population,
        identity: plan.identity().to_owned(),
        histories: found.histories.iter().map(|number| number + 1).collect(),
        values: numbers(all().flat_map(|own| own.values.iter().flatten().copied())),
        borne: numbers(all().flat_map(|own| own.borne.iter().map(mean))),
        curves: numbers(all().flat_map(|own| own.curve.iter().flat_map(point))),
        story: found.story.as_ref().and_then(|told| story(ran, told)),
    }
}

fn story(ran: &Ran<'_>, told: &Told) -> Option<Story> {
    let category = told.present.first()?.kind.category();
    let division = &ran.policies.division;
    let side = |policy: &CheckedPolicy, events: &[EventRow]| Side {
        name: Words::new(policy.policy.name_zh.clone(), policy.policy.name_en.clone()),
        duties: duties(&DutyMap::of(policy, ran.inputs), category),
        events: events.iter().map(event).collect(),
    };
    Some(Story {
        history: told.replication + 1,
        category: named(&category).name,
        sides: [
            side(&division.off, &told.present),
            side(&division.on, &told.network),
        ],
    })
}

/// The duties of a category, phase by phase.
fn duties(map: &DutyMap, category: Category) -> Vec<Duty> {
    let cells = map
        .cells
        .iter()
        .filter(|cell| cell.category == Some(category));
    let duty = |cell: &crate::lint::DutyCell| {
        let mut changes = map.changes.iter();
        let change =
            changes.find(|change| (change.category, change.phases[1]) == (category, cell.phase));
        Duty {
            lead: cell.lead.map(owner_words),
            gap: cell.judgement.gap,
            overlap: cell.judgement.overlap,
            handover_hours: change.map_or(0.0, |change| change.hours),
            message_loss: change.map_or(0.0, |change| change.lost),
        }
    };
    cells.map(duty).collect()
}

fn event(row: &EventRow) -> Event {
    Event {
        week: row.week,
        kind: named(&row.kind).name,
        generation: row.generation,
        counties: row.counties,
        warned: row.warned_share,
        hours_to_reach: row.hours_to_reach,
        contained: row.contained,
        deaths: row.deaths,
        deaths_reported: row.deaths_reported,
        injuries: row.injuries,
        loss: yuan(row.loss_fen),
        insured: yuan(row.insured_fen()),
        public: yuan(row.public_fen()),
        residents: yuan(row.uncompensated_fen()),
        failed_owner: row.failed_owner.map(owner_words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_texts_have_the_punctuation_of_print() {
        assert_eq!(full_width("甲,乙:丙;丁(戊)"), "甲，乙：丙；丁(戊)");
    }

    #[test]
    fn a_bearer_keeps_its_colour() {
        let residents = bearing(Bearer::Residents);
        assert_eq!(
            (residents.colour.as_str(), residents.dark),
            ("#b83a26", true)
        );
        assert!(!bearing(Bearer::County).dark);
    }
}
