//! `calibrate [SOCIETY]`: parameters fitted to public series; held-out years; patterns not fitted.

mod tables;

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use super::progress::Progress;
use super::{Context, Failure};
use crate::calibration::drivers::Drivers;
use crate::calibration::fit::{self, Fit, Task};
use crate::calibration::report::{self, Head};
use crate::calibration::targets::{self, Fault, Target};
use crate::calibration::{Effort, Refusal, Step, hindcast, parameters, patterns};
use crate::scenario::{CheckedPolicy, CheckedSociety, load_policy, load_society};
use crate::vocabulary::Language;

/// Arguments of `calibrate`.
#[derive(clap::Args, Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own on the command line"
)]
pub struct Args {
    /// Society: a built-in key or a file (default: china-2020)
    pub society: Option<String>,
    /// Table of public series (default: the one that ships for the society)
    #[arg(long, value_name = "FILE")]
    pub targets: Option<String>,
    /// What is fitted: base rates and severities, * for any part of a name, e.g. trades.*.fatal_share
    #[arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ',')]
    pub parameters: Vec<String>,
    /// Replications of every set of values
    #[arg(long, value_name = "N", default_value = "4", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub replications: u32,
    /// Years of a replication
    #[arg(long, value_name = "YEARS", default_value = "5", value_parser = clap::value_parser!(u32).range(1..=200))]
    pub years: u32,
    /// Seed of the dangers; the same seed gives the same fit
    #[arg(long, value_name = "SEED", default_value = "20201124")]
    pub seed: u64,
    /// People that a citizen agent stands for
    #[arg(long, value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u32).range(1..))]
    pub people_per_agent: u32,
    /// File of the fit (TOML), or of the table of --hindcast or --patterns (CSV); without it, standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Overwrite the file
    #[arg(long)]
    pub force: bool,
    /// Fit, then predict the years that were held out, beside naive forecasts
    #[arg(long, conflicts_with = "patterns")]
    pub hindcast: bool,
    /// Measure patterns that were not fitted, instead of fitting
    #[arg(long, conflicts_with_all = ["targets", "parameters"])]
    pub patterns: bool,
    /// Show no progress
    #[arg(long)]
    pub quiet: bool,
}

/// Runs the command.
///
/// # Errors
/// Inputs that are wrong, a calibration that cannot be done, output that cannot be written.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    let name = args.society.as_deref().unwrap_or("china-2020");
    let society = load_society(name, &[])?;
    let baseline = load_policy(&society.society.baseline, &society, &[])?;
    check_out(args, language)?;
    let effort = Effort {
        replications: args.replications,
        years: args.years,
        burn_in_years: 1,
        seed: args.seed,
        people_per_agent: args.people_per_agent,
    };
    let job = Job {
        args,
        society,
        baseline,
        effort,
        language,
    };
    if args.patterns {
        job.patterns(context)
    } else {
        job.fit(context)
    }
}

/// Nothing is overwritten without `--force`; said before the work.
fn check_out(args: &Args, language: Language) -> Result<(), Failure> {
    match &args.out {
        Some(path) if path.exists() && !args.force => {
            let path = path.display();
            Err(Failure::Usage(match language {
                Language::Chinese => format!("{path} 已存在：加 --force 覆盖，或换一个文件名"),
                Language::English => {
                    format!("{path} exists: add --force to overwrite it, or name another file")
                }
            }))
        }
        _ => Ok(()),
    }
}

struct Job<'a> {
    args: &'a Args,
    society: CheckedSociety,
    baseline: CheckedPolicy,
    effort: Effort,
    language: Language,
}

impl Job<'_> {
    fn fit(&self, context: &mut Context<'_>) -> Result<(), Failure> {
        let failed = |fault| failure(fault, self.language);
        let targets =
            targets::load(self.args.targets.as_deref(), &self.society.key).map_err(failed)?;
        let drivers = Drivers::of(&self.society).map_err(failed)?;
        let names = if self.args.parameters.is_empty() {
            parameters::customary(&targets)
        } else {
            self.args.parameters.clone()
        };
        let parameters = parameters::named(&names, &self.society.society)
            .map_err(|refusal| failed(Fault::Refused(refusal)))?;
        let held_out = if self.args.hindcast {
            hindcast::runs(self.effort)
        } else {
            0
        };
        // Two Jacobians and about ten sets of values between them.
        let sets = 2 * parameters.len() as u64 + 10;
        let total = sets * u64::from(self.effort.replications) + held_out;
        let task = Task {
            society: &self.society,
            baseline: &self.baseline,
            parameters: &parameters,
            targets: &targets,
            drivers: drivers.as_ref(),
            effort: self.effort,
            watch: &|_| {},
        };
        let fit = self.watched(total, |watch| {
            let task = Task { watch, ..task };
            let fit = fit::fit(&task)?;
            let predicted = self
                .args
                .hindcast
                .then(|| hindcast::run(&task, &fit))
                .transpose()?;
            Ok((fit, predicted))
        });
        let (fit, predicted) = fit?;
        match predicted {
            Some(predicted) => {
                tables::hindcast(&predicted, context)?;
                self.keep(&predicted.csv(), context, false)
            }
            None => self.report(&fit, &targets, context),
        }
    }

    fn report(
        &self,
        fit: &Fit,
        targets: &[Target],
        context: &mut Context<'_>,
    ) -> Result<(), Failure> {
        let head = Head {
            society: &self.society.key,
            baseline: &self.baseline.key,
        };
        let text = report::toml(fit, targets, head)
            .map_err(|error| Failure::Output(io::Error::other(error)))?;
        if self.args.out.is_some() {
            tables::fit(fit, context)?;
        }
        self.keep(&text, context, true)
    }

    fn patterns(&self, context: &mut Context<'_>) -> Result<(), Failure> {
        let measured = self.watched(u64::from(self.effort.replications), |watch| {
            patterns::measure(&self.society, &self.baseline, self.effort, watch)
        })?;
        tables::patterns(&measured, context)?;
        self.keep(&patterns::csv(&measured), context, false)
    }

    /// Does some work with progress on standard error.
    fn watched<T>(
        &self,
        total: u64,
        work: impl FnOnce(&(dyn Fn(Step) + Sync)) -> Result<T, Refusal>,
    ) -> Result<T, Failure> {
        let progress = Progress::new(total, self.args.quiet, self.language);
        let spoken = !self.args.quiet && !io::stderr().is_terminal();
        let result = work(&|step| match step {
            Step::Run => progress.advance(),
            Step::Judged(number, objective) if spoken => {
                // Nobody reads a closed standard error; the work goes on.
                let _ = writeln!(io::stderr(), "{}", judged(number, objective, self.language));
            }
            Step::Judged(..) => {}
        });
        progress.finish();
        result.map_err(|refusal| failure(Fault::Refused(refusal), self.language))
    }

    /// Writes a text to the file, whole or not at all; to standard output if there is no file and it is
    /// not shown otherwise.
    fn keep(&self, text: &str, context: &mut Context<'_>, shown: bool) -> Result<(), Failure> {
        if let Some(path) = &self.args.out {
            let part = path.with_extension("part");
            fs::write(&part, text)?;
            fs::rename(&part, path)?;
            let written = self.language.pick("已写入", "written to");
            writeln!(context.err, "{written} {}", path.display())?;
        } else if shown {
            context.out.write_all(text.as_bytes())?;
        }
        Ok(())
    }
}

fn judged(number: usize, objective: f64, language: Language) -> String {
    match language {
        Language::Chinese => format!("第 {number} 组取值：加权残差平方和 {objective:.2}"),
        Language::English => {
            format!("set of values {number}: weighted sum of squares {objective:.2}")
        }
    }
}

fn failure(fault: Fault, language: Language) -> Failure {
    match fault {
        Fault::File(problems) => Failure::Input(problems),
        Fault::Refused(Refusal::SelfCheck) => Failure::SelfCheck(Refusal::SelfCheck.text(language)),
        Fault::Refused(refusal) => Failure::Usage(refusal.text(language)),
    }
}
