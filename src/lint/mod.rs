//! Lint of a policy in its society: what its author may not have meant.
//!
//! Each rule has a file and judges by the model's own figures: execution, staff and handovers from the
//! responsibility mechanism, what a layer pays from the tariff that prices it. Nothing here runs a
//! year. A finding lies at a line; one on a line that the policy only takes over (from a file that it
//! extends, or from its society) is advice at most.

mod accept;
mod criteria;
mod disconnect;
mod duties;
mod engine;
mod finding;
mod layers;
mod levers;
mod map;
mod staff;
mod subject;

pub use crate::scenario::acceptance::FindingKind;
pub use disconnect::Change;
pub use duties::{Judgement, Lead};
pub use finding::{Finding, Severity, Words};
pub use map::{DutyCell, DutyMap};

use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{Model, Regime};
use crate::scenario::{CheckedPolicy, CheckedSociety, Places};
use engine::{Engine, Ground, small_model};
use subject::Subject;

/// The lint of one society: its model is made once for all policies.
pub struct Linter {
    society: CheckedSociety,
    baseline: CheckedPolicy,
    ground: Ground,
}

impl Linter {
    /// Makes the society ready; `baseline` is the policy under which it is calibrated.
    pub fn new(society: CheckedSociety, baseline: CheckedPolicy) -> Self {
        let model = small_model(&society);
        Linter::of(society, baseline, model)
    }

    /// Of a society whose model is there.
    pub fn of(society: CheckedSociety, baseline: CheckedPolicy, model: Arc<Model>) -> Self {
        let ground = Ground::new(model);
        Linter {
            society,
            baseline,
            ground,
        }
    }

    /// Everything there is to say about each of some policies, gravest first, then by file and line. The baseline
    /// is worked out once for all of them.
    pub fn findings(&self, policies: &[(CheckedPolicy, Places)]) -> Vec<Vec<Finding>> {
        let all: Vec<&CheckedPolicy> = policies.iter().map(|(policy, _)| policy).collect();
        let regimes = self.ground.regimes(&all, &self.baseline);
        let regimes = regimes.par_iter().zip(policies);
        regimes
            .map(|(regime, (policy, places))| self.findings_under(regime, policy, places))
            .collect()
    }

    /// The same of a policy whose regime under an equal budget is known.
    pub fn findings_under(
        &self,
        regime: &Regime,
        policy: &CheckedPolicy,
        places: &Places,
    ) -> Vec<Finding> {
        let own = (policy, regime);
        let engine = Engine::new(&self.ground, &self.society, &self.baseline, own);
        let subject = Subject::new(&self.society, &self.baseline, policy, places, &engine);
        let mut found = all(&subject);
        accept::apply(&subject, &mut found);
        found.sort_by_key(|finding| {
            let place = &finding.labels[0].0;
            (
                std::cmp::Reverse(finding.severity),
                place.source != places.source,
                place.source.name.clone(),
                place.span.start,
            )
        });
        found
    }
}

/// The findings of all rules.
fn all(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = duties::findings(subject);
    found.extend(disconnect::findings(subject));
    found.extend(staff::findings(subject));
    found.extend(criteria::findings(subject));
    let idle = levers::findings(subject);
    found.extend(layers::findings(subject, &idle));
    found.extend(idle);
    found
}
