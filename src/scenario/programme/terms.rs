//! Scopes, amounts and contracts of a programme, as written.

use super::reader::Node;
use super::{PER, REINSURANCE, Reading, SCOPE};
use crate::model::record::Fen;
use crate::model::settlement::portfolio::{Cession, Per, Scope, Treaty};
use crate::model::settlement::terms::{Amount, LayerTerms};
use crate::scenario::declaration::nearest_of;
use crate::scenario::problem::{Problems, SettleProblem};

impl Reading {
    /// A reinsurance contract, the `number`-th of the file.
    pub(super) fn treaty(&mut self, node: &Node<'_>, number: usize) -> Treaty {
        node.known(&[&REINSURANCE[..], &SCOPE].concat(), &mut self.problems);
        let inner = node.tables("cession", &mut self.problems);
        let cessions = if node.get("cession").is_none() {
            vec![Cession {
                scope: self.scope(node),
                share: node.share("ceded_share", &mut self.problems).unwrap_or(1.0),
            }]
        } else {
            let known = [&SCOPE[..], &["share"]].concat();
            let mut all = Vec::new();
            for cession in &inner {
                cession.known(&known, &mut self.problems);
                all.push(Cession {
                    scope: self.scope(cession),
                    share: cession.share("share", &mut self.problems).unwrap_or(1.0),
                });
            }
            all
        };
        let money = |key, problems: &mut Problems| node.money(key, problems);
        let limit = |fen: Option<Fen>| fen.map(Amount::Flat);
        let problems = &mut self.problems;
        let default = format!("reinsurance {number}");
        let name = node.text("name", problems).unwrap_or(default);
        let per_risk = LayerTerms {
            attachment: money("risk_attachment_yuan", problems).unwrap_or(0),
            limit: limit(money("risk_limit_yuan", problems)),
            ..LayerTerms::FULL
        };
        let per_event = LayerTerms {
            attachment: money("event_attachment_yuan", problems).unwrap_or(0),
            limit: limit(money("event_limit_yuan", problems)),
            share: node.share("placed_share", problems).unwrap_or(1.0),
            ..LayerTerms::FULL
        };
        let priority = node.count("priority", problems).unwrap_or(1);
        self.name_once(node, &name);
        Treaty {
            name,
            priority,
            cessions,
            risk: self.per(node, Per::Event),
            per_risk,
            per_event,
        }
    }

    /// Which losses terms act on.
    pub(super) fn scope(&mut self, node: &Node<'_>) -> Scope {
        let [claimants, groups, coverages] = SCOPE.map(|key| {
            let names = node.texts(key, &mut self.problems);
            let noted = names.iter();
            let noted = noted.map(|(name, place)| (key, name.clone(), place.clone()));
            self.written.names.extend(noted);
            names.into_iter().map(|(name, _)| name).collect()
        });
        Scope {
            claimants,
            groups,
            coverages,
        }
    }

    /// What losses are summed over.
    pub(super) fn per(&mut self, node: &Node<'_>, default: Per) -> Per {
        let Some(word) = node.text("per", &mut self.problems) else {
            return default;
        };
        let found = PER.iter().find(|(name, _)| *name == word);
        if let (None, Some(place)) = (found, node.place_of("per")) {
            let words = PER.map(|(name, _)| name);
            self.problems.push(SettleProblem::Word {
                key: "per".to_owned(),
                nearest: nearest_of(&word, words.into_iter()).map(str::to_owned),
                words: words.map(str::to_owned).to_vec(),
                value: word,
                place,
            });
        }
        found.map_or(default, |(_, per)| *per)
    }

    /// An amount in one of its three forms.
    pub(super) fn amount(&mut self, node: &Node<'_>, name: &str) -> Option<Amount> {
        let [flat, of_loss, of_value] =
            ["yuan", "share_of_loss", "share_of_value"].map(|form| format!("{name}_{form}"));
        let forms = [&flat, &of_loss, &of_value];
        let given: Vec<String> = forms
            .into_iter()
            .filter(|key| node.get(key).is_some())
            .cloned()
            .collect();
        if let Some(place) = given.get(1).and_then(|key| node.place_of(key)) {
            self.problems
                .push(SettleProblem::TwoForms { keys: given, place });
            return None;
        }
        let problems = &mut self.problems;
        let flat = node.money(&flat, problems).map(Amount::Flat);
        let of_loss = node.share(&of_loss, problems).map(Amount::ShareOfLoss);
        let of_value = node.share(&of_value, problems).map(Amount::ShareOfValue);
        self.written.share_of_value |=
            of_value.is_some_and(|amount| amount != Amount::ShareOfValue(0.0));
        flat.or(of_loss).or(of_value)
    }
}
