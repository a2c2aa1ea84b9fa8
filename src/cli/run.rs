//! `run [SOCIETY] --policy P…`: policies without an experiment file.

use clap::Args;

use super::compare::run_checked;
use super::options::RunOptions;
use super::{Context, Failure};
use crate::scenario::{CheckedExperiment, Problems, without_file};
use crate::vocabulary::Language;

/// Arguments of `run`.
#[derive(Args, Clone, Debug)]
pub struct RunArguments {
    /// Society: a built-in key or a file (default: china-2020)
    pub society: Option<String>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "described by its own type")]
    pub options: RunOptions,
}

impl RunArguments {
    /// The experiment with further settings.
    pub(super) fn load(&self) -> impl Fn(Vec<String>) -> Result<CheckedExperiment, Problems> {
        let society = self.society.as_deref().unwrap_or("china-2020");
        move |settings| without_file(society, &self.options.overrides_with(settings))
    }

    /// What is wrong with the arguments, in a language; `None` if nothing is.
    pub fn fault(&self, language: Language) -> Option<&'static str> {
        self.options.policy.is_empty().then(|| {
            language.pick(
                "run 需要至少一个 --policy,如 riskweave run --policy network(riskweave list 列出全部)",
                "run needs at least one --policy, e.g. riskweave run --policy network (riskweave list names them)",
            )
        })
    }
}

/// Runs the command.
pub fn run(arguments: &RunArguments, context: &mut Context<'_>) -> Result<(), Failure> {
    if let Some(fault) = arguments.fault(context.language) {
        return Err(Failure::Usage(fault.to_owned()));
    }
    run_checked(&arguments.options, &arguments.load(), context)
}
