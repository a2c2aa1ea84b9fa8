//! A programme of layers as a user writes it in TOML, and as the settlement understands it.
//!
//! `[[level]]` in order, each with `per` and terms of its own or in `[[level.terms]]`; then `[[layer]]`
//! (or several `[[policy]]` with their own levels and layers), `[[account]]` on what layers pay
//! together, and `[[reinsurance]]`. An amount is said in one of three ways: `…_yuan`,
//! `…_share_of_loss`, `…_share_of_value`.

mod reader;
mod terms;

use std::collections::BTreeSet;
use std::sync::Arc;

use toml::de::DeTable;

use crate::model::settlement::group_terms::GroupTerms;
use crate::model::settlement::portfolio::{Cover, Layer, Level, LevelTerms, Per, Programme, Scope};
use crate::model::settlement::terms::{Amount, LayerTerms};
use crate::scenario::declaration::nearest_of;
use crate::scenario::losses::Loss;
use crate::scenario::problem::{FileProblem, Problems, SettleProblem};
use crate::scenario::source::{self, Origin, Place, Source};
use reader::Node;

const PROGRAMME: [&str; 8] = [
    "name_zh",
    "name_en",
    "loading",
    "level",
    "policy",
    "layer",
    "account",
    "reinsurance",
];
const SCOPE: [&str; 3] = ["claimants", "groups", "coverages"];
const TERMS: [&str; 14] = [
    "deductible_yuan",
    "deductible_share_of_loss",
    "deductible_share_of_value",
    "least_deductible_yuan",
    "least_deductible_share_of_loss",
    "least_deductible_share_of_value",
    "greatest_deductible_yuan",
    "greatest_deductible_share_of_loss",
    "greatest_deductible_share_of_value",
    "limit_yuan",
    "limit_share_of_loss",
    "limit_share_of_value",
    "franchise",
    "share",
];
const LEVEL: [&str; 3] = ["name", "per", "terms"];
const POLICY: [&str; 3] = ["name", "level", "layer"];
const LAYER: [&str; 11] = [
    "name",
    "per",
    "attachment_yuan",
    "cession",
    "share",
    "deductible_yuan",
    "deductible_share_of_loss",
    "deductible_share_of_value",
    "limit_yuan",
    "limit_share_of_loss",
    "limit_share_of_value",
];
const REINSURANCE: [&str; 10] = [
    "name",
    "priority",
    "per",
    "ceded_share",
    "cession",
    "risk_attachment_yuan",
    "risk_limit_yuan",
    "event_attachment_yuan",
    "event_limit_yuan",
    "placed_share",
];
const PER: [(&str, Per); 4] = [
    ("coverage", Per::Coverage),
    ("claimant", Per::Claimant),
    ("group", Per::Group),
    ("event", Per::Event),
];

/// Most layers of a programme.
const MOST_LAYERS: usize = 100;
/// What the results call that which no layer pays.
pub const RETAINED: [&str; 2] = ["retained", "自担"];

/// A programme with what its file says besides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WrittenProgramme {
    /// The terms.
    pub programme: Programme,
    /// Names in Chinese and English; empty = none.
    pub name: [String; 2],
    /// Loading of premiums, as a ratio to the expected payment; `None` = no premiums are worked out.
    pub loading: Option<f64>,
    names: Vec<(&'static str, String, Place)>,
    share_of_value: bool,
}

/// Reads a programme.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(path: &str) -> Result<WrittenProgramme, Problems> {
    of_source(&source::open(path, &Origin::Option, None)?)
}

/// Reads a programme from its text.
///
/// # Errors
/// Everything that is wrong with it.
pub fn of_source(file: &Arc<Source>) -> Result<WrittenProgramme, Problems> {
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let offset = file.text.len() - text.len();
    let (table, errors) = DeTable::parse_recoverable(text);
    let root = Node {
        source: file,
        offset,
        table: table.get_ref(),
    };
    let mut reading = Reading::default();
    for error in &errors {
        reading.problems.push(FileProblem::Syntax {
            detail: error.message().to_owned(),
            place: root.place(error.span().unwrap_or(0..0)),
        });
    }
    if errors.is_empty() && root.table.is_empty() {
        let place = root.place(0..0);
        reading.problems.push(SettleProblem::NoTerms { place });
    } else if errors.is_empty() {
        reading.programme(&root);
    }
    reading.problems.unless_any(Some(reading.written))
}

impl WrittenProgramme {
    /// A programme without anything besides.
    pub fn of(programme: Programme) -> Self {
        WrittenProgramme {
            programme,
            ..WrittenProgramme::default()
        }
    }

    /// Holds the programme against the losses: names that the losses do not have, and shares of
    /// values that they do not tell.
    ///
    /// # Errors
    /// All of them.
    pub fn check(&self, losses: &[Loss]) -> Result<(), Problems> {
        let mut problems = Problems::default();
        for (key, name, place) in &self.names {
            let of = |loss: &'_ Loss| match *key {
                "claimants" => loss.claimant.clone(),
                "groups" => loss.group.clone(),
                _ => loss.coverage.clone(),
            };
            let present: Vec<String> = losses.iter().map(of).collect();
            if !present.contains(name) {
                let nearest = nearest_of(name, present.iter().map(String::as_str));
                problems.push(SettleProblem::NotInLosses {
                    key: (*key).to_owned(),
                    name: name.clone(),
                    nearest: nearest.map(str::to_owned),
                    place: place.clone(),
                });
            }
        }
        let unknown = losses
            .iter()
            .filter(|loss| loss.value.is_none() && loss.loss > 0);
        for loss in unknown.filter(|_| self.share_of_value) {
            problems.push(SettleProblem::ValueMissing {
                claimant: loss.claimant.clone(),
                place: loss.place.clone(),
            });
        }
        problems.unless_any(Some(()))
    }
}

#[derive(Default)]
struct Reading {
    written: WrittenProgramme,
    /// Names of layers and contracts so far.
    taken: BTreeSet<String>,
    problems: Problems,
}

impl Reading {
    fn programme(&mut self, root: &Node<'_>) {
        root.known(&PROGRAMME, &mut self.problems);
        let name = |key, problems: &mut Problems| root.text(key, problems).unwrap_or_default();
        self.written.name = [
            name("name_zh", &mut self.problems),
            name("name_en", &mut self.problems),
        ];
        self.written.loading = root.loading("loading", &mut self.problems);
        let levels = self.levels(root, "level");
        let covers = self.covers(root);
        let account = self.levels(root, "account");
        let treaties = root.tables("reinsurance", &mut self.problems);
        let treaties = treaties
            .iter()
            .enumerate()
            .map(|(number, node)| self.treaty(node, number + 1));
        let treaties = treaties.collect();
        self.written.programme = Programme {
            levels,
            covers,
            account,
            treaties,
        };
    }

    /// The policies, or one that holds the layers at the top; without any layer everything that the
    /// levels leave insured is paid.
    fn covers(&mut self, root: &Node<'_>) -> Vec<Cover> {
        let policies = root.tables("policy", &mut self.problems);
        if policies.is_empty() {
            return vec![Cover {
                scope: Scope::default(),
                levels: Vec::new(),
                layers: self.layers(root, "", 0),
            }];
        }
        if let Some(place) = root.place_of("layer") {
            self.problems.push(SettleProblem::LayersTwice { place });
        }
        let mut covers: Vec<Cover> = Vec::new();
        for node in &policies {
            node.known(&[&POLICY[..], &SCOPE].concat(), &mut self.problems);
            let before = covers.iter().map(|cover| cover.layers.len()).sum();
            let name = node.text("name", &mut self.problems).unwrap_or_default();
            covers.push(Cover {
                scope: self.scope(node),
                levels: self.levels(node, "level"),
                layers: self.layers(node, &name, before),
            });
        }
        covers
    }

    fn levels(&mut self, node: &Node<'_>, key: &str) -> Vec<Level> {
        let nodes = node.tables(key, &mut self.problems);
        nodes.iter().map(|level| self.level(level)).collect()
    }

    fn level(&mut self, node: &Node<'_>) -> Level {
        let per = self.per(node, Per::Claimant);
        let inner = node.tables("terms", &mut self.problems);
        let terms = if node.get("terms").is_none() {
            node.known(&[&LEVEL[..], &SCOPE, &TERMS].concat(), &mut self.problems);
            vec![self.level_terms(node)]
        } else {
            node.known(&LEVEL, &mut self.problems);
            let known = [&SCOPE[..], &TERMS].concat();
            let mut all = Vec::new();
            for terms in &inner {
                terms.known(&known, &mut self.problems);
                all.push(self.level_terms(terms));
            }
            all
        };
        Level { per, terms }
    }

    fn level_terms(&mut self, node: &Node<'_>) -> LevelTerms {
        LevelTerms {
            scope: self.scope(node),
            terms: GroupTerms {
                deductible: self.amount(node, "deductible").unwrap_or(Amount::Flat(0)),
                franchise: node.flag("franchise", &mut self.problems).unwrap_or(false),
                least_deductible: self.amount(node, "least_deductible"),
                greatest_deductible: self.amount(node, "greatest_deductible"),
                limit: self.amount(node, "limit"),
                share: node.share("share", &mut self.problems).unwrap_or(1.0),
            },
        }
    }

    fn layers(&mut self, node: &Node<'_>, policy: &str, before: usize) -> Vec<Layer> {
        let nodes = node.tables("layer", &mut self.problems);
        if nodes.is_empty() {
            let name = if policy.is_empty() {
                "insurance"
            } else {
                policy
            };
            self.name_once(node, name);
            return vec![Layer {
                name: name.to_owned(),
                per: Per::Event,
                terms: LayerTerms::FULL,
            }];
        }
        let mut layers = Vec::new();
        for (number, layer) in nodes.iter().enumerate() {
            layer.known(&LAYER, &mut self.problems);
            let default = format!("layer {}", before + number + 1);
            let name = layer.text("name", &mut self.problems).unwrap_or(default);
            let name = if policy.is_empty() {
                name
            } else {
                format!("{policy}: {name}")
            };
            self.name_once(layer, &name);
            if before + number == MOST_LAYERS {
                self.problems.push(SettleProblem::TooManyLayers {
                    greatest: MOST_LAYERS,
                    place: layer.own_place(),
                });
            }
            layers.push(Layer {
                name,
                per: self.per(layer, Per::Event),
                terms: self.layer_terms(layer),
            });
        }
        layers
    }

    /// Names are keys of the results: one layer each, and none that of what is retained.
    fn name_once(&mut self, node: &Node<'_>, name: &str) {
        let reserved = RETAINED.contains(&name);
        if reserved || !self.taken.insert(name.to_owned()) {
            self.problems.push(SettleProblem::LayerTwice {
                name: name.to_owned(),
                place: node.place_of("name").unwrap_or_else(|| node.own_place()),
            });
        }
    }

    fn layer_terms(&mut self, node: &Node<'_>) -> LayerTerms {
        LayerTerms {
            deductible: self.amount(node, "deductible").unwrap_or(Amount::Flat(0)),
            cession: node.share("cession", &mut self.problems).unwrap_or(1.0),
            attachment: node
                .money("attachment_yuan", &mut self.problems)
                .unwrap_or(0),
            limit: self.amount(node, "limit"),
            share: node.share("share", &mut self.problems).unwrap_or(1.0),
        }
    }
}
