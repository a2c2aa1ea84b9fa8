//! The program `riskweave`: arguments in, exit code out.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use mimalloc::MiMalloc;
use riskweave::cli::{self, Context};
use riskweave::scenario::problem::Style;

/// Memory is taken in large pages where the system has them: a nation's columns are read all over.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let surroundings = cli::language::Surroundings::of_process();
    let coloured = io::stderr().is_terminal() && !surroundings.no_color;
    let mut context = Context {
        language: cli::language::wanted(&arguments, &surroundings),
        style: if coloured {
            Style::Coloured
        } else {
            Style::Plain
        },
        out: &mut io::stdout(),
        err: &mut io::stderr(),
    };
    ExitCode::from(cli::run(&arguments, &mut context))
}
