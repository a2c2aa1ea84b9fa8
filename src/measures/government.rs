//! Public money, resources used up, and responsibility.

use super::{Figures, Measure, Part, Subject, ratio, yuan};
use crate::model::record::{Resource, YearRecord};
use crate::vocabulary::{BudgetFunction, Category, Phase, Table, Vocabulary};

/// Functions that are paid for before an event.
const BEFORE_EVENTS: [BudgetFunction; 6] = [
    BudgetFunction::Works,
    BudgetFunction::Inspect,
    BudgetFunction::MonitorWarn,
    BudgetFunction::Train,
    BudgetFunction::Remedy,
    BudgetFunction::Report,
];

/// Parts of the resource account that are damage or interruption rather than resources.
const DAMAGE_AND_INTERRUPTION: [Resource; 3] =
    [Resource::Damage, Resource::LostOutput, Resource::Suspension];

pub(super) fn add(figures: &mut Figures) {
    public_money(figures);
    resources(figures);
    responsibility(figures);
}

fn public_money(figures: &mut Figures) {
    figures.by_part(Measure::PublicMoney, Part::Function, |year| &year.spent_fen);
    figures.by_part(Measure::PublicLoss, Part::Level, |year| {
        &year.public_loss_fen
    });
    let returned = figures.yearly(|year| yuan(year.returned_fen));
    figures.whole(Measure::Returned, returned);
    let borrowed = figures.yearly(|year| yuan(year.borrowed_fen));
    figures.whole(Measure::Borrowed, borrowed);
    let before = figures.sum(|year| {
        BEFORE_EVENTS
            .iter()
            .map(|&function| yuan(year.spent_fen[function]))
            .sum()
    });
    let spent = figures.sum(|year| yuan(year.spent_fen.values().iter().sum()));
    figures.whole(Measure::PreventionShare, ratio(before, spent));
}

fn all(year: &YearRecord) -> f64 {
    year.resource_yuan.values().iter().sum()
}

fn resources(figures: &mut Figures) {
    let money = figures.yearly(all);
    let damage = figures.yearly(|year| {
        DAMAGE_AND_INTERRUPTION
            .iter()
            .map(|&part| year.resource_yuan[part])
            .sum()
    });
    figures.whole(Measure::ResourceCost, money - damage);
    for &resource in Resource::ALL {
        let value = figures.yearly(|year| year.resource_yuan[resource]);
        figures.part(Measure::ResourceCost, Part::Resource(resource), value);
    }
    figures.whole(Measure::MoneyCost, money);
    let deaths = figures.yearly(|year| year.deaths.values().iter().sum::<u64>() as f64);
    let social = money + figures.facts.value_of_life_yuan * deaths;
    figures.whole(Measure::SocialCost, social);
}

fn responsibility(figures: &mut Figures) {
    let execution: &Table<Category, Table<Phase, f64>> = &figures.record.whole.execution;
    for &category in Category::ALL {
        for &phase in Phase::ALL {
            let subject = Subject {
                measure: Measure::Execution,
                category: Some(category),
                part: Part::Phase(phase),
            };
            figures.push(subject, execution[category][phase]);
        }
    }
    let unowned = figures.yearly(|year| year.events_without_owner as f64);
    figures.whole(Measure::EventsWithoutOwner, unowned);
    let neglected = figures.yearly(|year| year.events_neglected as f64);
    figures.whole(Measure::EventsNeglected, neglected);
    let reported = figures.yearly(|year| year.hazards_reported);
    figures.whole(Measure::HazardsReported, reported);
    let works = figures.record.whole.works_at_end;
    figures.whole(Measure::WorksAtEnd, works);
    figures.whole(
        Measure::WorksCreditCost,
        figures.record.whole.works_credit_cost_yuan,
    );
    figures.whole(
        Measure::WorksCreditLoss,
        figures.record.whole.works_credit_loss_yuan,
    );
}
