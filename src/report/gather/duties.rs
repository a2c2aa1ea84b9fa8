//! The responsibility matrices of the policies.

use super::label;
use crate::experiment::plan::Plan;
use crate::experiment::sample::Sample;
use crate::experiment::statistics::Estimate;
use crate::lint::{DutyCell, DutyMap, Lead};
use crate::measures::{Measure, Part, Subject};
use crate::report::charts::{Words, responsibility};
use crate::vocabulary::{Category, Owner, Phase, Vocabulary};

/// The matrices, where the plan knows them.
pub(super) fn duties(plan: &Plan, sample: &Sample) -> Option<responsibility::Data> {
    let known = plan
        .policies
        .iter()
        .any(|policy| !policy.duties.cells.is_empty());
    let matrices = (0..plan.policies.len()).map(|policy| responsibility::Matrix {
        policy: label(plan, policy),
        rows: categories(&plan.policies[policy].duties, sample, policy),
    });
    known.then(|| responsibility::Data {
        source: super::source(plan, sample),
        matrices: matrices.collect(),
    })
}

fn categories(map: &DutyMap, sample: &Sample, policy: usize) -> Vec<responsibility::Row> {
    let subjects = Category::ALL.iter().copied().map(Some).chain([None]);
    let row = |category: Option<Category>| {
        let name = category.map_or_else(
            || Words::new("四新(无专门规定)", "novel, unregulated"),
            |category| Words::new(category.zh(), category.en()),
        );
        let duty = |phase: &Phase| {
            let cell = map
                .cells
                .iter()
                .find(|cell| (cell.category, cell.phase) == (category, *phase))?;
            Some(duty(map, cell, execution(sample, policy, cell)))
        };
        responsibility::Row {
            category: name,
            cells: Phase::ALL.iter().map(duty).collect(),
        }
    };
    let rows = subjects.map(row);
    rows.filter(|row| row.cells.iter().any(Option::is_some))
        .collect()
}

/// Execution of a duty; of unregulated sources the runs do not say it.
fn execution(sample: &Sample, policy: usize, cell: &DutyCell) -> Option<f64> {
    let subject = Subject {
        measure: Measure::Execution,
        category: Some(cell.category?),
        part: Part::Phase(cell.phase),
    };
    let values = sample.values(policy, subject)?;
    Some(Estimate::of(values).mean).filter(|mean| mean.is_finite())
}

fn duty(map: &DutyMap, cell: &DutyCell, execution: Option<f64>) -> responsibility::Duty {
    let change = map
        .changes
        .iter()
        .find(|change| Some(change.category) == cell.category && change.phases[1] == cell.phase);
    responsibility::Duty {
        lead: cell.lead.map(owner),
        gap: cell.judgement.gap,
        overlap: cell.judgement.overlap,
        leaderless: cell.judgement.lead == Lead::Nobody,
        idle_lead: cell.judgement.lead == Lead::WithoutDuty,
        execution,
        handover: change.map(|change| (change.hours, change.lost)),
    }
}

/// An owner without the explanation in its brackets.
pub(crate) fn owner(owner: Owner) -> Words {
    match owner {
        Owner::Enterprise => Words::new("生产经营单位", "enterprise"),
        Owner::Citizen => Words::new("公民", "citizen"),
        _ => Words::new(owner.zh(), owner.en()),
    }
}
