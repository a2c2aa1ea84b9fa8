//! Inputs that hold nothing optional and nothing invalid, and their resolved form for the manifest.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::scenario::experiment::Experiment;
use crate::scenario::policy::{Matrix, Policy};
use crate::scenario::resolve::Resolved;
use crate::scenario::society::Society;
use crate::scenario::source;
use crate::scenario::source::{Origin, Source};
use crate::scenario::tables::SocietyTables;

/// A society whose values and tables fit each other.
#[derive(Clone, Debug)]
pub struct CheckedSociety {
    /// Name of the built-in, or of the file without ending.
    pub key: String,
    /// The values.
    pub society: Society,
    /// The tables, in the order of the provinces.
    pub tables: SocietyTables,
}

/// A policy in force: disabled or absent mechanisms hold their neutral values.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedPolicy {
    /// Name of the built-in, of the file without ending, or `allocation+sharing` of a grid.
    pub key: String,
    /// The levers.
    pub policy: Policy,
    /// Who is responsible: the policy's own matrix, or the society's customary one.
    pub matrix: Matrix,
}

/// An experiment with everything that it names.
#[derive(Clone, Debug)]
pub struct CheckedExperiment {
    /// Name of the built-in, or of the file without ending.
    pub key: String,
    /// Horizon, replications, seed and scale.
    pub experiment: Experiment,
    /// The society in which all policies are tried.
    pub society: CheckedSociety,
    /// The policies, the baseline first.
    pub policies: Vec<CheckedPolicy>,
    /// The policy under which the society is calibrated.
    pub baseline: CheckedPolicy,
}

impl CheckedSociety {
    pub(crate) fn of(resolved: &Resolved, mut society: Society, tables: SocietyTables) -> Self {
        let files = &mut society.tables;
        for (name, path) in [
            ("provinces", &mut files.provinces),
            ("neighbours", &mut files.neighbours),
            ("exposure", &mut files.exposure),
            ("workers", &mut files.workers),
            ("responsibility", &mut files.responsibility),
            ("cascade", &mut files.cascade),
            ("prefectures", &mut files.prefectures),
            ("drivers", &mut files.drivers),
        ] {
            *path = anywhere(resolved, &format!("society.tables.{name}"), path);
        }
        let key = "society.baseline";
        society.baseline = anywhere_name(resolved, key, &society.baseline);
        CheckedSociety {
            key: resolved.key.clone(),
            society,
            tables,
        }
    }

    /// The resolved values as TOML that `check` accepts; tables stay files.
    ///
    /// # Errors
    /// If a value cannot be written as TOML, which no checked value causes.
    pub fn resolved_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(&self.society)
    }

    /// The resolved values and the content of the tables.
    ///
    /// # Errors
    /// If a value cannot be written as JSON, which no checked value causes.
    pub fn resolved(&self) -> Result<Json, serde_json::Error> {
        Ok(json!({
            "key": self.key,
            "society": portable(&self.society, &["tables", "baseline"])?,
            "baseline": stem(&self.society.baseline),
            "tables": serde_json::to_value(&self.tables)?,
        }))
    }

    /// SHA-256 of the canonical text of [`CheckedSociety::resolved`].
    ///
    /// # Errors
    /// As [`CheckedSociety::resolved`].
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        self.resolved().map(|value| hash(&value))
    }
}

impl CheckedPolicy {
    pub(crate) fn of(resolved: &Resolved, mut policy: Policy, matrix: Matrix) -> Self {
        let path = &mut policy.responsibility.matrix;
        if !path.is_empty() {
            *path = anywhere(resolved, "policy.responsibility.matrix", path);
        }
        CheckedPolicy {
            key: resolved.key.clone(),
            policy,
            matrix,
        }
    }

    /// The levers in force as TOML that `check` accepts.
    ///
    /// # Errors
    /// If a value cannot be written as TOML, which no checked value causes.
    pub fn resolved_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(&self.policy)
    }

    /// The levers in force and the content of the matrix.
    ///
    /// # Errors
    /// If a value cannot be written as JSON, which no checked value causes.
    pub fn resolved(&self) -> Result<Json, serde_json::Error> {
        let mut policy = serde_json::to_value(&self.policy)?;
        if let Some(Json::Object(table)) = policy.get_mut("responsibility") {
            table.remove("matrix");
        }
        Ok(
            json!({ "key": self.key, "policy": policy, "matrix": serde_json::to_value(&self.matrix)? }),
        )
    }

    /// SHA-256 of the canonical text of [`CheckedPolicy::resolved`].
    ///
    /// # Errors
    /// As [`CheckedPolicy::resolved`].
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        self.resolved().map(|value| hash(&value))
    }
}

impl CheckedExperiment {
    /// The design as TOML that `check` accepts.
    ///
    /// # Errors
    /// If a value cannot be written as TOML, which no checked value causes.
    pub fn resolved_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(&self.experiment)
    }

    /// The design with its society and policies.
    ///
    /// # Errors
    /// If a value cannot be written as JSON, which no checked value causes.
    pub fn resolved(&self) -> Result<Json, serde_json::Error> {
        let policies: Result<Vec<Json>, _> =
            self.policies.iter().map(CheckedPolicy::resolved).collect();
        Ok(json!({
            "key": self.key,
            "experiment": portable(&self.experiment, &["society", "policies", "grid"])?,
            "society": self.society.resolved()?,
            "policies": policies?,
            "baseline": self.baseline.key,
        }))
    }

    /// SHA-256 of the canonical text of [`CheckedExperiment::resolved`].
    ///
    /// # Errors
    /// As [`CheckedExperiment::resolved`].
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        self.resolved().map(|value| hash(&value))
    }
}

/// Key of an input that is named by name or path.
fn stem(name: &str) -> String {
    let path = name.trim_end_matches(".toml");
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// The values without the names of files, which say nothing about the content.
fn portable<T: Serialize>(values: &T, without: &[&str]) -> Result<Json, serde_json::Error> {
    let mut value = serde_json::to_value(values)?;
    if let Json::Object(table) = &mut value {
        for name in without {
            table.remove(*name);
        }
    }
    Ok(value)
}

/// A path that means the same file from anywhere.
fn anywhere(resolved: &Resolved, key: &str, path: &str) -> String {
    source::open(path, resolved.origin(key), None).map_or_else(
        |_| path.to_owned(),
        |source| Source::reference(&source.origin),
    )
}

/// A name of a built-in stays; a path of a file is made to mean the same from anywhere.
pub(crate) fn anywhere_name(resolved: &Resolved, key: &str, name: &str) -> String {
    match resolved.origin(key) {
        Origin::File(_) if source::looks_like_path(name) => anywhere(resolved, key, name),
        _ => name.to_owned(),
    }
}

/// SHA-256 of the canonical text of a value, in hexadecimal.
pub(crate) fn hash(value: &Json) -> String {
    let digest = Sha256::digest(canonical(value).as_bytes());
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// JSON without blanks and with sorted keys: equal values have equal texts.
fn canonical(value: &Json) -> String {
    let mut sorted = value.clone();
    sorted.sort_all_objects();
    sorted.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_text_ignores_the_order_of_keys() {
        let one: Json =
            serde_json::from_str(r#"{"b": [1.5, true], "a": {"y": "x", "x": null}}"#).unwrap();
        let other: Json =
            serde_json::from_str(r#"{"a": {"x": null, "y": "x"}, "b": [1.5, true]}"#).unwrap();
        assert_eq!(
            canonical(&one),
            r#"{"a":{"x":null,"y":"x"},"b":[1.5,true]}"#
        );
        assert_eq!(hash(&one), hash(&other));
        assert_ne!(hash(&one), hash(&Json::from(1)));
        assert_eq!(hash(&Json::from("")).len(), 64);
    }
}
