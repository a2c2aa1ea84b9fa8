//! The program as a user runs it.

use std::process::Command;

/// The program, in English unless a test says otherwise, whatever the language of the machine.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_riskweave"));
    command.env_remove("LC_ALL").env("LANG", "C");
    command
}
