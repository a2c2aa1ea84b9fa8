//! Faults on demand, so that tests of the whole program can show what it does about them. Without the environment
//! variable `RISKWEAVE_FAULT` nothing here does anything.
//!
//! | value | what goes wrong |
//! |---|---|
//! | `full NAME` | the disk is full for files whose name contains NAME |
//! | `denied NAME` | such files cannot be made |
//! | `kill NAME` | the process ends as soon as such a file is there |
//! | `panic R` | replication R (from 1) breaks off at its beginning |
//! | `panic R P` | the same under the policy at position P (from 1) |
//! | `memory BYTES` | so much memory is available |
//! | `disk BYTES` | so much of the disk is free |

use std::io;
use std::path::Path;
use std::sync::OnceLock;

/// The variable.
const VARIABLE: &str = "RISKWEAVE_FAULT";

#[derive(Clone, Debug, PartialEq, Eq)]
enum Fault {
    Full(String),
    Denied(String),
    Kill(String),
    Panic(u32, Option<usize>),
    Memory(u64),
    Disk(u64),
}

impl Fault {
    fn parse(text: &str) -> Option<Self> {
        let (kind, of) = text.split_once(' ')?;
        match kind {
            "full" => Some(Fault::Full(of.to_owned())),
            "denied" => Some(Fault::Denied(of.to_owned())),
            "kill" => Some(Fault::Kill(of.to_owned())),
            "memory" => of.parse().ok().map(Fault::Memory),
            "disk" => of.parse().ok().map(Fault::Disk),
            "panic" => {
                let mut numbers = of.split(' ').map(str::parse::<u32>);
                let replication = numbers.next()?.ok()?.checked_sub(1)?;
                let policy = match numbers.next() {
                    Some(policy) => Some(policy.ok()?.checked_sub(1)? as usize),
                    None => None,
                };
                Some(Fault::Panic(replication, policy))
            }
            _ => None,
        }
    }
}

/// What is asked for, if anything.
#[expect(
    clippy::disallowed_methods,
    reason = "asks for a fault; no result depends on it"
)]
fn asked() -> Option<&'static Fault> {
    static ASKED: OnceLock<Option<Fault>> = OnceLock::new();
    let read = || std::env::var(VARIABLE).ok().and_then(|t| Fault::parse(&t));
    ASKED.get_or_init(read).as_ref()
}

/// Before a file is made.
///
/// # Errors
/// If that is the fault.
pub(crate) fn make(path: &Path) -> io::Result<()> {
    match asked() {
        Some(Fault::Denied(name)) if named(path, name) => {
            Err(io::ErrorKind::PermissionDenied.into())
        }
        _ => Ok(()),
    }
}

/// Before something is written to a file.
///
/// # Errors
/// If that is the fault.
pub(crate) fn write(path: &Path) -> io::Result<()> {
    match asked() {
        Some(Fault::Full(name)) if named(path, name) => Err(io::ErrorKind::StorageFull.into()),
        _ => Ok(()),
    }
}

/// Once a file is there.
pub(crate) fn made(path: &Path) {
    if matches!(asked(), Some(Fault::Kill(name)) if named(path, name)) {
        std::process::abort();
    }
}

/// Before a replication (from 0) begins, or a policy (position in the plan) in it.
///
/// # Panics
/// If that is the fault.
pub(crate) fn replication(replication: u32, policy: Option<usize>) {
    let fault = Fault::Panic(replication, policy);
    assert!(asked() != Some(&fault), "injected by {VARIABLE}");
}

/// Memory that is available (bytes), if that is the fault.
pub(crate) fn memory() -> Option<u64> {
    match asked() {
        Some(Fault::Memory(bytes)) => Some(*bytes),
        _ => None,
    }
}

/// Room on the disk (bytes), if that is the fault.
pub(crate) fn disk() -> Option<u64> {
    match asked() {
        Some(Fault::Disk(bytes)) => Some(*bytes),
        _ => None,
    }
}

fn named(path: &Path, name: &str) -> bool {
    let file = path.file_name();
    file.is_some_and(|file| file.to_string_lossy().contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_read_and_none_is_asked_for_by_accident() {
        let read = |text| Fault::parse(text);
        assert_eq!(read("full 3.repl"), Some(Fault::Full("3.repl".to_owned())));
        assert_eq!(read("denied x y"), Some(Fault::Denied("x y".to_owned())));
        assert_eq!(read("panic 3"), Some(Fault::Panic(2, None)));
        assert_eq!(read("panic 3 1"), Some(Fault::Panic(2, Some(0))));
        assert_eq!(read("disk 12"), Some(Fault::Disk(12)));
        assert_eq!(read("memory 5"), Some(Fault::Memory(5)));
        for none in [
            "", "full", "panic", "panic 0", "panic x", "disk -1", "other 3",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
        assert!(named(Path::new("a/.weekly.csv.partial"), "weekly.csv"));
        assert!(!named(Path::new("weekly.csv/other"), "weekly.csv"));
        assert!(asked().is_none(), "{VARIABLE} is set");
    }
}
