//! Where a policy says things: for messages about what it says.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::scenario::acceptance::Acceptance;
use crate::scenario::checked::{CheckedPolicy, CheckedSociety};
use crate::scenario::declaration::Value;
use crate::scenario::matrix::MatrixPlaces;
use crate::scenario::resolve::Resolved;
use crate::scenario::source::{self, Origin, Place, Source};

/// The places of a policy's values, and the values as written: also of mechanisms that are not in force.
#[derive(Clone, Debug)]
pub struct Places {
    /// The policy's own text.
    pub source: Arc<Source>,
    /// What is written somewhere, by key without `policy.`.
    written: BTreeMap<String, (Value, Place)>,
    /// The matrix in force.
    pub matrix: Option<MatrixPlaces>,
    /// The matrix that the policy names, under the name by which it names it.
    named: Option<Arc<Source>>,
    /// Whether the policy's own text names the matrix in force.
    own_matrix: bool,
    /// Findings that the text declares as intended.
    pub accepted: Vec<Acceptance>,
}

impl Places {
    pub(super) fn of(resolved: &Resolved) -> Self {
        let written = resolved.settings.iter().filter_map(|(key, setting)| {
            let key = key.strip_prefix("policy.")?.to_owned();
            Some((key, (setting.value.clone(), setting.place.clone()?)))
        });
        let key = "policy.responsibility.matrix";
        let path = Some(resolved.text(key)).filter(|path| !path.is_empty());
        let named = path.and_then(|path| source::open(path, resolved.origin(key), None).ok());
        Places {
            named,
            source: Arc::clone(&resolved.source),
            written: written.collect(),
            matrix: None,
            own_matrix: false,
            accepted: resolved.accepted.clone(),
        }
    }

    /// Finds the rows of the matrix in force: the policy's, or the society's customary one.
    pub(super) fn find_matrix(&mut self, policy: &CheckedPolicy, society: &CheckedSociety) {
        let source = if policy.policy.responsibility.matrix.is_empty() {
            let customary = &society.society.tables.responsibility;
            source::open(customary, &Origin::Option, None).ok()
        } else {
            let place = self.place("responsibility.matrix");
            self.own_matrix = place.is_some_and(|place| self.is_own(place));
            self.named.clone()
        };
        self.matrix = source.map(|source| MatrixPlaces::read(&source));
    }

    /// Where a lever is written, if it is.
    pub fn place(&self, key: &str) -> Option<&Place> {
        self.written.get(key).map(|(_, place)| place)
    }

    /// The value that is written for a lever, whether or not its mechanism is in force.
    pub fn value(&self, key: &str) -> Option<&Value> {
        self.written.get(key).map(|(value, _)| value)
    }

    /// Levers that the policy's own text or an option states, with value and place.
    pub fn own(&self) -> impl Iterator<Item = (&str, &Value, &Place)> {
        let all = self.written.iter();
        all.filter(|(_, (_, place))| self.is_own(place))
            .map(|(key, (value, place))| (key.as_str(), value, place))
    }

    /// Whether a place lies in the policy's own text, in the matrix that it names, or in an option.
    pub fn is_own(&self, place: &Place) -> bool {
        let of_matrix = self.own_matrix
            && self
                .matrix
                .as_ref()
                .is_some_and(|matrix| matrix.source == place.source);
        place.source == self.source || place.source.origin == Origin::Option || of_matrix
    }
}
