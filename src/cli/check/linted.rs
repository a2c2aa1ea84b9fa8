//! The policies of experiments and societies, each linted once in each society.

use std::collections::BTreeMap;

use super::Args;
use crate::cli::findings::{self, Denied};
use crate::cli::{Context, Failure};
use crate::lint::{Finding, Linter};
use crate::scenario::{self, CheckedSociety};
use crate::vocabulary::Language;

/// What was found in policies, by the society and the name of the policy.
pub(super) struct Linted<'a> {
    /// Whether anything is looked for.
    looks: bool,
    sets: &'a [String],
    denied: Denied,
    linters: BTreeMap<String, Linter>,
    found: BTreeMap<[String; 2], Report>,
}

/// A policy with what was found in it.
struct Report {
    /// Its name in Chinese and English.
    title: [String; 2],
    findings: Vec<Finding>,
}

impl<'a> Linted<'a> {
    /// Nothing yet, for the options of a call.
    pub(super) fn new(args: &'a Args) -> Self {
        Linted {
            looks: !args.no_lint,
            sets: &args.set,
            denied: Denied::of(&args.deny),
            linters: BTreeMap::new(),
            found: BTreeMap::new(),
        }
    }

    /// Lints policies in the society that is called `name`, and tells of those in which something is found.
    /// Returns how many findings count as errors.
    pub(super) fn tell(
        &mut self,
        name: &str,
        society: CheckedSociety,
        policies: &[String],
        context: &mut Context<'_>,
    ) -> Result<usize, Failure> {
        if !self.looks {
            return Ok(0);
        }
        self.lint(name, society, policies)?;
        let language = context.language;
        let mut refused = 0;
        for policy in policies {
            let report = &self.found[&[name.to_owned(), policy.clone()]];
            if self.denied.worst(&report.findings).is_some() {
                let title = match language {
                    Language::Chinese => &report.title[0],
                    Language::English => &report.title[1],
                };
                writeln!(context.out, "{policy}({title}):")?;
                findings::write(&report.findings, &self.denied, language, context.out)?;
            }
            refused += self.denied.count(&report.findings);
        }
        Ok(refused)
    }

    /// What is found in a policy in the society that is called `name`.
    pub(super) fn findings(
        &mut self,
        name: &str,
        society: CheckedSociety,
        policy: &str,
    ) -> Result<&[Finding], Failure> {
        if !self.looks {
            return Ok(&[]);
        }
        self.lint(name, society, &[policy.to_owned()])?;
        Ok(&self.found[&[name.to_owned(), policy.to_owned()]].findings)
    }

    /// Lints what was not linted in this society before.
    fn lint(
        &mut self,
        name: &str,
        society: CheckedSociety,
        policies: &[String],
    ) -> Result<(), Failure> {
        let key = |policy: &String| [name.to_owned(), policy.clone()];
        let new: Vec<&String> = policies
            .iter()
            .filter(|policy| !self.found.contains_key(&key(policy)))
            .collect();
        let placed: Vec<_> = new
            .iter()
            .map(|policy| scenario::load_placed_policy(policy, &society, self.sets))
            .collect::<Result<_, _>>()?;
        if !self.linters.contains_key(name) {
            let baseline = scenario::load_policy(&society.society.baseline, &society, &[])?;
            let linter = Linter::new(society, baseline);
            self.linters.insert(name.to_owned(), linter);
        }
        let linter = &self.linters[name];
        let found = placed.iter().zip(linter.findings(&placed));
        let reports = found.map(|((checked, _), findings)| Report {
            title: [
                checked.policy.name_zh.clone(),
                checked.policy.name_en.clone(),
            ],
            findings,
        });
        self.found.extend(new.into_iter().map(key).zip(reports));
        Ok(())
    }
}
