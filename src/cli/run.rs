//! `run [SOCIETY] --policy P…`: policies without an experiment file.

use clap::Args;

use super::options::RunOptions;
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
