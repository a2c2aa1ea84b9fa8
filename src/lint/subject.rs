//! What is linted: a policy in its society, with the places at which it says things.

use serde_json::Value as Json;

use super::engine::Engine;
use super::finding::{Finding, Severity, Words};
use crate::scenario::acceptance::FindingKind;
use crate::scenario::declaration::{Value, declarations};
use crate::scenario::source::Place;
use crate::scenario::tree::json_of;
use crate::scenario::{CheckedPolicy, CheckedSociety, Places};

/// A policy under the lint.
pub(super) struct Subject<'a> {
    pub(super) society: &'a CheckedSociety,
    pub(super) baseline: &'a CheckedPolicy,
    pub(super) policy: &'a CheckedPolicy,
    pub(super) places: &'a Places,
    pub(super) engine: &'a Engine<'a>,
    /// Levers in force, as a tree.
    levers: Json,
    /// The baseline's.
    usual: Json,
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        society: &'a CheckedSociety,
        baseline: &'a CheckedPolicy,
        policy: &'a CheckedPolicy,
        places: &'a Places,
        engine: &'a Engine<'a>,
    ) -> Self {
        let tree =
            |policy: &CheckedPolicy| serde_json::to_value(&policy.policy).unwrap_or(Json::Null);
        Subject {
            society,
            baseline,
            policy,
            places,
            engine,
            levers: tree(policy),
            usual: tree(baseline),
        }
    }

    /// A number in force.
    pub(super) fn number(&self, key: &str) -> f64 {
        leaf(&self.levers, key)
            .and_then(Json::as_f64)
            .unwrap_or(0.0)
    }

    /// Whether a value is what the lever falls back to when nobody uses it.
    pub(super) fn is_neutral(key: &str, value: &Value) -> bool {
        let row = declarations().get(&format!("policy.{key}"));
        row.and_then(|row| row.neutral.as_ref()) == Some(value)
    }

    /// Whether a value is the baseline's, so that stating it changes nothing.
    pub(super) fn is_usual(&self, key: &str, value: &Value) -> bool {
        let (own, usual) = (json_of(value), leaf(&self.usual, key));
        match (own.as_f64(), usual.and_then(Json::as_f64)) {
            (Some(own), Some(usual)) => own == usual,
            _ => usual == Some(&own),
        }
    }

    /// Labels for those of these keys that are written somewhere.
    pub(super) fn labels(&self, keys: &[&str], word: &Words) -> Vec<(Place, Words)> {
        let places = keys.iter().filter_map(|key| self.places.place(key));
        places.map(|place| (place.clone(), word.clone())).collect()
    }

    /// A finding: the policy's own lines come first, and where there is none it is advice.
    pub(super) fn finding(
        &self,
        kind: FindingKind,
        about: impl Into<String>,
        severity: Severity,
        mut labels: Vec<(Place, Words)>,
        [what, remedy]: [Words; 2],
    ) -> Finding {
        labels.sort_by_key(|(place, _)| !self.places.is_own(place));
        let own = labels
            .first()
            .is_some_and(|(place, _)| self.places.is_own(place));
        if labels.is_empty() {
            let start = Place::new(&self.places.source, 0..0);
            labels.push((start, Words::fixed(["默认值", "a default"])));
        }
        Finding {
            kind,
            about: about.into(),
            severity: if own { severity } else { Severity::Advice },
            labels,
            what,
            remedy,
            accepted: None,
        }
    }
}

/// The value at a dotted path.
fn leaf<'a>(tree: &'a Json, key: &str) -> Option<&'a Json> {
    key.split('.').try_fold(tree, |node, name| node.get(name))
}
