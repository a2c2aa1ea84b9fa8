//! The command line: arguments → work → exit code. Results go to `out`, messages to `err`.

pub mod args;
pub mod attribute;
pub mod calibrate;
pub mod chart;
pub mod check;
mod clock;
pub mod compare;
mod disk;
mod estimate;
pub mod explain;
mod findings;
mod interrupt;
pub mod language;
mod layout;
pub mod list;
mod memory;
pub mod merge;
pub mod new;
mod numbers;
pub mod options;
pub mod prices;
pub mod progress;
mod region;
pub mod reproduce;
pub mod run;
mod scale;
pub mod schema;
pub mod seminar;
pub mod sensitivity;
pub mod settle;
pub mod show;
mod single_file;
pub mod story;
pub mod table;
mod usage;
pub mod verify;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::FromArgMatches;

use crate::cli::args::{Arguments, Command};
use crate::scenario::problem::Style;
use crate::scenario::{Problem, Problems};
use crate::verify::Refusal;
use crate::vocabulary::Language;

/// What every command is given.
pub struct Context<'a> {
    /// Language of everything that is written.
    pub language: Language,
    /// Whether messages are coloured.
    pub style: Style,
    /// Results.
    pub out: &'a mut dyn Write,
    /// Progress and messages.
    pub err: &'a mut dyn Write,
}

/// Why a command ends without having done its work.
#[derive(Debug)]
pub enum Failure {
    /// Inputs that are wrong.
    Input(Problems),
    /// Wrong use, in words of the user's language.
    Usage(String),
    /// The run failed a self-check, in words of the user's language.
    SelfCheck(String),
    /// A run made again gave something else, in words of the user's language.
    NotReproduced(String),
    /// A limit case that cannot be run.
    Verify(Refusal),
    /// The user stopped it.
    Interrupted,
    /// Output that cannot be written.
    Output(io::Error),
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Failure::Input(problems)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Failure::Input(problem.into())
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Failure::Verify(refusal)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

/// Runs the program; the arguments begin with its name. Returns the exit code: 0 done, 1 a self-check
/// failed or a run was not reproduced, 2 wrong input or usage, 130 interrupted.
pub fn run(arguments: &[OsString], context: &mut Context<'_>) -> u8 {
    let command = language::translated(args::command(), context.language);
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::report(&error, context),
    };
    let result = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => dispatch(&arguments.command, context),
        Err(error) => return usage::report(&error, context),
    };
    match result {
        Ok(()) => 0,
        Err(failure) => report(&failure, context),
    }
}

fn dispatch(command: &Command, context: &mut Context<'_>) -> Result<(), Failure> {
    match command {
        Command::Compare(args) => compare::run(args, context),
        Command::Run(args) => run::run(args, context),
        Command::Merge(args) => merge::run(args, context),
        Command::Reproduce(args) => reproduce::run(args, context),
        Command::Attribute(args) => attribute::run(args, context),
        Command::Sensitivity(args) => sensitivity::run(args, context),
        Command::Chart(args) => chart::run(args, context),
        Command::Story(args) => story::run(args, context),
        Command::List(args) => list::run(args, context),
        Command::Show(args) => show::run(args, context),
        Command::New(args) => new::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Prices(args) => prices::run(args, context),
        Command::Calibrate(args) => calibrate::run(args, context),
        Command::Schema(args) => schema::run(args, context),
        Command::Seminar(args) => seminar::run(args, context),
        Command::Settle(args) => settle::run(args, context),
        Command::Explain(args) => explain::run(args, context),
        Command::Verify(args) => verify::run(args, context),
    }
}

/// Tells the user and chooses the exit code. Messages that cannot be written are lost: there is no
/// other channel to say so.
fn report(failure: &Failure, context: &mut Context<'_>) -> u8 {
    let language = context.language;
    match failure {
        Failure::Input(problems) => {
            let _ = problems.render_as(language, context.style, context.err);
            2
        }
        Failure::Usage(text) => {
            let _ = writeln!(context.err, "{}{text}", language.pick("错误：", "error: "));
            2
        }
        Failure::SelfCheck(text) => {
            let _ = writeln!(
                context.err,
                "{}{text}",
                language.pick("自检未通过：", "self-check failed: ")
            );
            1
        }
        Failure::NotReproduced(text) => {
            let _ = writeln!(
                context.err,
                "{}{text}",
                language.pick("未能重现：", "not reproduced: ")
            );
            1
        }
        Failure::Verify(refusal) => {
            let text = refusal.text(language);
            let _ = writeln!(context.err, "{}{text}", language.pick("错误：", "error: "));
            if matches!(refusal, Refusal::SelfCheck(_)) {
                1
            } else {
                2
            }
        }
        Failure::Interrupted => {
            let _ = writeln!(context.err, "{}", language.pick("已中断", "interrupted"));
            130
        }
        // The reader of a pipe has seen enough.
        Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Failure::Output(error) => {
            let what = language.pick("无法写出结果", "the output cannot be written");
            let advice = language.pick(
                "检查磁盘空间和写权限。",
                "check disk space and permissions.",
            );
            let _ = writeln!(context.err, "{what}: {error}. {advice}");
            2
        }
    }
}
