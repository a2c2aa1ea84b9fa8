//! From the resolved inputs that a manifest holds back to a checked experiment.
//!
//! Nothing of it is trusted: values go through the rules of the files that a user writes, and the tables are held
//! against each other.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use crate::scenario::InputKind;
use crate::scenario::checked::{CheckedExperiment, CheckedPolicy, CheckedSociety};
use crate::scenario::design::{check_forced, check_size};
use crate::scenario::neutral;
use crate::scenario::policy::Matrix;
use crate::scenario::problem::{FileProblem, Problems};
use crate::scenario::relations;
use crate::scenario::resolve::{Resolved, resolve};
use crate::scenario::source::{Origin, Place, Source};
use crate::scenario::tables::{CascadeRow, ProvinceRow, SocietyTables, Trigger};
use crate::vocabulary::Table;

/// An experiment from the resolved inputs of a manifest ([`CheckedExperiment::resolved`]), of which `file` says where
/// they stand. `sets` are `society.…=value` options over it.
///
/// # Errors
/// What is missing or wrong, by its key within the inputs.
pub fn recorded_experiment(
    file: &str,
    inputs: &Json,
    sets: &[String],
) -> Result<CheckedExperiment, Problems> {
    let mut problems = Problems::default();
    let recorded = Recorded { file, inputs };
    let checked = recorded.experiment(sets, &mut problems);
    problems.unless_any(checked)
}

struct Recorded<'a> {
    file: &'a str,
    inputs: &'a Json,
}

impl Recorded<'_> {
    fn experiment(&self, sets: &[String], problems: &mut Problems) -> Option<CheckedExperiment> {
        let society = self.society(sets, problems);
        let key: Option<String> = self.typed("/key", problems);
        let baseline: Option<String> = self.typed("/baseline", problems);
        let policies: Option<Vec<Json>> = self.typed("/policies", problems);
        let (society, key, baseline, policies) = (society?, key?, baseline?, policies?);
        let read = (0..policies.len()).map(|number| self.policy(number, &society, sets, problems));
        let policies: Vec<CheckedPolicy> = read.collect::<Option<_>>()?;
        let keys: Vec<&str> = policies.iter().map(|policy| policy.key.as_str()).collect();
        let own = policies.iter().find(|policy| policy.key == baseline);
        let Some(baseline) = own.cloned() else {
            self.unfit("/baseline", "none of the policies", problems);
            return None;
        };
        let design = self.values(
            "/experiment",
            &[
                ("society", json!(society.key)),
                ("policies", json!(keys)),
                ("grid", json!({ "allocation": [], "sharing": [] })),
            ],
            problems,
        )?;
        let resolved = self.resolve(
            InputKind::Experiment,
            "/experiment",
            &design,
            sets,
            problems,
        );
        check_size(&resolved, problems);
        check_forced(&resolved, &society, problems);
        let experiment = problems
            .is_empty()
            .then(|| resolved.typed(problems))
            .flatten()?;
        Some(CheckedExperiment {
            key,
            experiment,
            society,
            policies,
            baseline,
        })
    }

    fn society(&self, sets: &[String], problems: &mut Problems) -> Option<CheckedSociety> {
        let key: String = self.typed("/society/key", problems)?;
        let baseline: Json = self.typed("/society/baseline", problems)?;
        let files = [
            "provinces",
            "neighbours",
            "exposure",
            "workers",
            "responsibility",
            "cascade",
        ];
        let files: serde_json::Map<String, Json> = files
            .iter()
            .map(|name| ((*name).to_owned(), json!(format!("{name}.csv"))))
            .collect();
        let added = [("baseline", baseline), ("tables", Json::Object(files))];
        let values = self.values("/society/society", &added, problems)?;
        let resolved = self.resolve(
            InputKind::Society,
            "/society/society",
            &values,
            sets,
            problems,
        );
        relations::check(&resolved, problems);
        let tables: SocietyTables = self.typed("/society/tables", problems)?;
        for fault in faults(&tables) {
            self.unfit("/society/tables", fault, problems);
        }
        let place = Place::new(&resolved.source, 0..0);
        relations::check_cascade(&resolved, &tables.cascade, &place, problems);
        let society = problems
            .is_empty()
            .then(|| resolved.typed(problems))
            .flatten()?;
        Some(CheckedSociety {
            key,
            society,
            tables,
        })
    }

    fn policy(
        &self,
        number: usize,
        society: &CheckedSociety,
        sets: &[String],
        problems: &mut Problems,
    ) -> Option<CheckedPolicy> {
        let at = format!("/policies/{number}");
        let key: String = self.typed(&format!("{at}/key"), problems)?;
        let place = format!("{at}/policy");
        let values = self.values(&place, &[], problems)?;
        let mut resolved = self.resolve(InputKind::Policy, &place, &values, sets, problems);
        neutral::neutralise(&mut resolved, &society.society);
        let matrix: Matrix = self.typed(&format!("{at}/matrix"), problems)?;
        if !is_matrix(&matrix) {
            self.unfit(
                &format!("{at}/matrix"),
                "a share out of its range",
                problems,
            );
        }
        let policy = problems
            .is_empty()
            .then(|| resolved.typed(problems))
            .flatten()?;
        Some(CheckedPolicy {
            key,
            policy,
            matrix,
        })
    }

    /// A table of values with those that name files, which the manifest leaves out.
    fn values(&self, at: &str, added: &[(&str, Json)], problems: &mut Problems) -> Option<Json> {
        let mut table: serde_json::Map<String, Json> = self.typed(at, problems)?;
        for (name, value) in added {
            table.insert((*name).to_owned(), value.clone());
        }
        Some(Json::Object(table))
    }

    /// Values under the rules of a file of their kind.
    fn resolve(
        &self,
        kind: InputKind,
        at: &str,
        values: &Json,
        sets: &[String],
        problems: &mut Problems,
    ) -> Resolved {
        let text = toml::to_string(&without_absent(values)).unwrap_or_else(|error| {
            self.unfit(at, &error.to_string(), problems);
            String::new()
        });
        let source = Arc::new(Source {
            name: format!("{} inputs{}", self.file, at.replace('/', ".")),
            text,
            origin: Origin::Option,
        });
        resolve(kind, &source, sets, problems)
    }

    fn typed<T: DeserializeOwned>(&self, at: &str, problems: &mut Problems) -> Option<T> {
        let Some(value) = self.inputs.pointer(at) else {
            self.unfit(at, "missing", problems);
            return None;
        };
        T::deserialize(value)
            .map_err(|error| self.unfit(at, &error.to_string(), problems))
            .ok()
    }

    fn unfit(&self, at: &str, detail: &str, problems: &mut Problems) {
        problems.push(FileProblem::Recorded {
            path: self.file.to_owned(),
            key: format!("inputs{}", at.replace('/', ".")),
            detail: detail.to_owned(),
        });
    }
}

/// A value without what is absent in it, for which TOML has no word.
fn without_absent(value: &Json) -> Json {
    match value {
        Json::Object(table) => {
            let present = table.iter().filter(|(_, value)| !value.is_null());
            Json::Object(
                present
                    .map(|(key, value)| (key.clone(), without_absent(value)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// What in the tables does not fit together: a file's tables are held against each other by name, these by position.
fn faults(tables: &SocietyTables) -> Vec<&'static str> {
    let provinces = tables.provinces.len();
    let mut faults = Vec::new();
    let mut require = |holds: bool, fault| {
        if !holds {
            faults.push(fault);
        }
    };
    require(provinces > 0, "no provinces");
    require(
        tables.provinces.iter().all(is_province),
        "a fact of a province out of its range",
    );
    require(
        tables.exposure.len() == provinces && tables.workers.len() == provinces,
        "exposure and workers must have one row a province",
    );
    let pairs = tables.neighbours.iter();
    require(
        pairs
            .clone()
            .all(|(one, other)| one < other && *other < provinces),
        "a pair of neighbours that are not two provinces",
    );
    let prefectures = tables.prefectures.iter();
    require(
        prefectures.clone().all(|row| {
            let facts = [row.urban_share, row.gdp_yuan, row.income_yuan];
            row.province < provinces && row.counties > 0 && facts.into_iter().all(is_sound)
        }),
        "a fact of a prefecture out of its range",
    );
    require(
        tables
            .exposure
            .iter()
            .all(|row| row.index.values().iter().copied().all(is_share) && is_sound(row.landfalls)),
        "an exposure out of its range",
    );
    let workers = tables.workers.iter().flat_map(Table::values);
    require(
        workers.copied().all(is_sound),
        "a number of workers out of its range",
    );
    require(
        tables.cascade.iter().all(is_cascade),
        "a row of the cascade out of its range",
    );
    require(
        is_matrix(&tables.responsibility),
        "a share of responsibility out of its range",
    );
    faults
}

fn is_sound(number: f64) -> bool {
    number.is_finite() && number >= 0.0
}

fn is_share(number: f64) -> bool {
    (0.0..=1.0).contains(&number)
}

fn is_province(row: &ProvinceRow) -> bool {
    let positive = [row.gdp_yuan, row.area_km2, row.income_yuan];
    row.population > 0
        && row.counties > 0
        && positive
            .into_iter()
            .all(|fact| is_sound(fact) && fact > 0.0)
        && is_sound(row.beds_per_1000)
        && [row.aged_share, row.child_share, row.urban_share]
            .into_iter()
            .all(is_share)
        && row.aged_share + row.child_share < 1.0
}

fn is_cascade(row: &CascadeRow) -> bool {
    let known = match row.trigger {
        Trigger::Footprint(kind) => kind.natural().is_some(),
        _ => true,
    };
    known && is_sound(row.expected_children)
}

fn is_matrix(matrix: &Matrix) -> bool {
    let shares = matrix.share.values().iter().flat_map(Table::values);
    let novel = matrix.novel_share.values().iter().flatten();
    shares
        .chain(novel)
        .flat_map(Table::values)
        .copied()
        .all(is_share)
}
