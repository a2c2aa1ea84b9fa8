//! The file of one replication.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `RWREPL\r\n` |
//! | 4 | version of the format |
//! | 32 | digest of the identity of the run |
//! | 4 | replication, from 1 |
//! | the rest | content: the records in postcard's encoding, reals by their bits |
//! | 16 | [checksum](super::checksum) of everything before |
//! | 8 | `\r\nRWEND.`: the end is there |
//!
//! Numbers of the head are little-endian.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::Replication;
use super::checksum::{CHECKSUM, Summed, checksum};
use super::fault::Fault;
use crate::output::OutputError;
use crate::output::file::{AT_ONCE, PartialFile};

/// Version of the format; another one is not read.
pub const FORMAT: u32 = 4;

const MAGIC: &[u8; 8] = b"RWREPL\r\n";
const HEAD: usize = 8 + 4 + 32 + 4;
const END: &[u8; 8] = b"\r\nRWEND.";

/// Name of the file of a replication (from 0) that finished or broke off.
pub fn name(replication: u32, finished: bool) -> String {
    let number = replication + 1;
    if finished {
        format!("{number:05}.replication")
    } else {
        format!("{number:05}.broken")
    }
}

/// The replication (from 0) that a name is of, and whether it finished; nothing if it is no such name.
pub fn named(file: &str) -> Option<(u32, bool)> {
    let (number, ending) = file.split_once('.')?;
    let number: u32 = number.parse().ok()?;
    let replication = number.checked_sub(1)?;
    let finished = ending == "replication";
    (file == name(replication, finished)).then_some((replication, finished))
}

/// Writes a replication (from 0) into a folder; its file is there whole or not at all, once it is finished.
///
/// # Errors
/// If the system refuses.
pub fn write(
    folder: &Path,
    digest: &[u8; 32],
    replication: u32,
    kept: &Replication,
) -> Result<PartialFile, OutputError> {
    let name = name(replication, kept.is_ok());
    let file = PartialFile::create(folder, &name)?;
    let write = || {
        let mut sink = Sink {
            buffered: BufWriter::with_capacity(AT_ONCE, Summed::new(file)),
            refused: None,
        };
        sink.write_all(MAGIC)?;
        sink.write_all(&FORMAT.to_le_bytes())?;
        sink.write_all(digest)?;
        sink.write_all(&(replication + 1).to_le_bytes())?;
        if let Err(error) = postcard::to_io(kept, &mut sink) {
            return Err(sink.refused.unwrap_or_else(|| io::Error::other(error)));
        }
        let summed = sink.buffered.into_inner();
        let mut file = summed.map_err(io::IntoInnerError::into_error)?.finish()?;
        file.write_all(END)?;
        Ok(file)
    };
    write().map_err(|error| OutputError::io(&folder.join(&name), error))
}

/// Where a replication is written to. What the system said when it refused is kept: the encoder does not pass it on.
struct Sink {
    buffered: BufWriter<Summed<PartialFile>>,
    refused: Option<io::Error>,
}

impl Sink {
    fn noted<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        done.map_err(|error| {
            let kind = error.kind();
            self.refused = Some(error);
            kind.into()
        })
    }
}

impl Write for Sink {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let done = self.buffered.write(data);
        self.noted(done)
    }

    fn write_all(&mut self, data: &[u8]) -> io::Result<()> {
        let done = self.buffered.write_all(data);
        self.noted(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.buffered.flush();
        self.noted(done)
    }
}

/// The replication (from 0) that a file of a run holds.
///
/// # Errors
/// If it is not that, whole and unchanged.
pub fn read(file: &[u8], digest: &[u8; 32], replication: u32) -> Result<Replication, Fault> {
    let begins = file.len().min(MAGIC.len());
    if file[..begins] != MAGIC[..begins] {
        return Err(Fault::Foreign);
    }
    let (head, rest) = file.split_at_checked(HEAD).ok_or(Fault::Cut)?;
    let number = |at: usize| {
        let bytes = head[at..].first_chunk().copied().unwrap_or_default();
        u32::from_le_bytes(bytes)
    };
    match number(8) {
        FORMAT => {}
        other => return Err(Fault::Format(other)),
    }
    let Some(rest) = rest.strip_suffix(END) else {
        // Where the end is there, something was put behind it.
        let ends = rest.windows(END.len()).any(|bytes| bytes == END);
        return Err(if ends { Fault::Changed } else { Fault::Cut });
    };
    let (content, sum) = rest.split_last_chunk::<CHECKSUM>().ok_or(Fault::Cut)?;
    if checksum(&file[..HEAD + content.len()]) != *sum {
        return Err(Fault::Changed);
    }
    if head[12..44] != digest[..] {
        return Err(Fault::OtherRun);
    }
    if number(44) != replication + 1 {
        return Err(Fault::OtherReplication(number(44)));
    }
    postcard::from_bytes(content).map_err(|error| Fault::Unreadable(error.to_string()))
}
