//! The file of a checkpoint.
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `RWCHKP\r\n` |
//! | 4 | version of the format, that of replications |
//! | 32 | digest of the identity of the run |
//! | 4 | replication, from 1 |
//! | 4 | policy, from 1; 0 for the burn-in that policies share |
//! | 4 | week of the history that comes next |
//! | 4 | how far: 0 in the burn-in, 1 in the years after it, 2 finished |
//! | 8 | length of the body |
//! | length | body in postcard's encoding: all but the columns of agents; of a finished part its record |
//! | 13 × (8 + …) | unless finished: the number of values of each column of agents, and the values |
//! | 16 | [checksum](crate::output::replications::checksum) of everything before |
//!
//! Numbers outside the body are little-endian. Columns are written and read one after the other, so that there is
//! no second copy of a state in memory.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use super::Place;
use crate::experiment::simulator::checkpointed::{Reached, Resumed};
use crate::model::columns::{Column, ColumnMut};
use crate::model::journey::{LaidDown, UnderWay};
use crate::output::OutputError;
use crate::output::file::PartialFile;
use crate::output::replications::checksum::{CHECKSUM, Summed, Summing};
use crate::output::replications::fault::Fault;
use crate::output::replications::format::FORMAT;

const MAGIC: &[u8; 8] = b"RWCHKP\r\n";
const HEAD: usize = 8 + 4 + 32 + 4 * 4 + 8;
/// Bytes that are written or read at once.
const TOGETHER: usize = 1 << 18;

/// Writes a checkpoint into a folder, which is made if need be; its file is there whole or not at all. Returns its size (bytes).
///
/// # Errors
/// If the system refuses.
pub fn write(
    folder: &Path,
    digest: &[u8; 32],
    place: Place,
    reached: Reached<'_>,
) -> Result<u64, OutputError> {
    let name = place.name();
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(OutputError::io(folder, error));
        }
        _ => {}
    }
    let refused = |error: io::Error| OutputError::io(&folder.join(&name), error);
    let mut file = Summed::new(PartialFile::create(folder, &name)?);
    write_into(&mut file, digest, place, reached).map_err(refused)?;
    let bytes = file.finish().map_err(refused)?.finish()?;
    // Older ones go next: the name of this one must be on the disk by then. Some systems open no folders.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(bytes)
}

fn write_into(
    file: &mut impl Write,
    digest: &[u8; 32],
    place: Place,
    reached: Reached<'_>,
) -> io::Result<()> {
    let of = |under_way: &UnderWay<'_>| postcard::to_stdvec(under_way);
    let (stage, body) = match &reached {
        Reached::BurnIn(under_way) => (0, of(under_way)),
        Reached::Years(under_way) => (1, of(under_way)),
        Reached::Finished(record) => (2, postcard::to_stdvec(record)),
    };
    let body = body.map_err(io::Error::other)?;
    let [replication, policy] = place.numbers();
    file.write_all(MAGIC)?;
    file.write_all(&FORMAT.to_le_bytes())?;
    file.write_all(digest)?;
    for number in [replication, policy, place.week, stage] {
        file.write_all(&number.to_le_bytes())?;
    }
    file.write_all(&(body.len() as u64).to_le_bytes())?;
    file.write_all(&body)?;
    match reached {
        Reached::BurnIn(under_way) | Reached::Years(under_way) => under_way
            .state
            .columns()
            .into_iter()
            .try_for_each(|column| write_column(file, column)),
        Reached::Finished(_) => Ok(()),
    }
}

fn write_column(file: &mut impl Write, column: Column<'_>) -> io::Result<()> {
    file.write_all(&(column.len() as u64).to_le_bytes())?;
    match column {
        Column::Bytes(values) => file.write_all(values),
        Column::Reals(values) => {
            let mut bytes = Vec::with_capacity(TOGETHER);
            for some in values.chunks(TOGETHER / 4) {
                bytes.clear();
                bytes.extend(some.iter().flat_map(|value| value.to_le_bytes()));
                file.write_all(&bytes)?;
            }
            Ok(())
        }
    }
}

/// Reads bytes as far as there are, and takes their checksum.
struct Checked<R> {
    source: R,
    left: u64,
    summing: Summing,
}

impl<R: Read> Checked<R> {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        let length = bytes.len() as u64;
        self.left = self.left.checked_sub(length).ok_or(Fault::Cut)?;
        self.source
            .read_exact(bytes)
            .map_err(|error| told(&error))?;
        self.summing.add(bytes);
        Ok(())
    }

    fn number(&mut self) -> Result<u64, Fault> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    /// So many bytes: no more are asked of the memory than there are.
    fn bytes(&mut self, length: u64) -> Result<Vec<u8>, Fault> {
        if length > self.left {
            return Err(Fault::Cut);
        }
        let mut bytes = vec![0; length as usize];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn reals(&mut self, number: u64) -> Result<Vec<f32>, Fault> {
        if number.saturating_mul(4) > self.left {
            return Err(Fault::Cut);
        }
        let mut values = Vec::with_capacity(number as usize);
        let mut bytes = vec![0; TOGETHER.min(number as usize * 4)];
        while values.len() < number as usize {
            let some = bytes.len().min((number as usize - values.len()) * 4);
            self.fill(&mut bytes[..some])?;
            let (read, _) = bytes[..some].as_chunks::<4>();
            values.extend(read.iter().map(|value| f32::from_le_bytes(*value)));
        }
        Ok(values)
    }

    /// The end: nothing but the checksum is left, and it is right.
    fn end(mut self) -> Result<(), Fault> {
        let mut checksum = [0; CHECKSUM];
        self.source
            .read_exact(&mut checksum)
            .map_err(|error| told(&error))?;
        if self.left == 0 && self.summing.sum() == checksum {
            return Ok(());
        }
        Err(Fault::Changed)
    }
}

fn told(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Fault::Cut,
        _ => Fault::Unreadable(error.to_string()),
    }
}

fn opened(file: File) -> Result<Checked<BufReader<File>>, Fault> {
    let length = file.metadata().map_err(|error| told(&error))?.len();
    Ok(Checked {
        source: BufReader::with_capacity(TOGETHER, file),
        left: length.checked_sub(CHECKSUM as u64).ok_or(Fault::Cut)?,
        summing: Summing::default(),
    })
}

/// Reads the head; returns how far the part had come.
fn head<R: Read>(
    source: &mut Checked<R>,
    digest: &[u8; 32],
    place: Place,
) -> Result<(u32, u64), Fault> {
    let mut head = [0; HEAD];
    source.fill(&mut head)?;
    let number = |at: usize| {
        let bytes = head[at..].first_chunk().copied().unwrap_or_default();
        u32::from_le_bytes(bytes)
    };
    let [replication, policy] = place.numbers();
    if head[..8] != MAGIC[..] {
        return Err(Fault::Foreign);
    }
    if number(8) != FORMAT {
        return Err(Fault::Format(number(8)));
    }
    if head[12..44] != digest[..] {
        return Err(Fault::OtherRun);
    }
    if number(44) != replication {
        return Err(Fault::OtherReplication(number(44)));
    }
    if [number(48), number(52)] != [policy, place.week] {
        return Err(Fault::OtherPart);
    }
    let length = head[60..].first_chunk().copied().unwrap_or_default();
    Ok((number(56), u64::from_le_bytes(length)))
}

/// Checks the head of a file: whether it is of a run, and of the part and week that its name says.
///
/// # Errors
/// If it is not.
pub fn check(file: File, digest: [u8; 32], place: Place) -> Result<(), Fault> {
    head(&mut opened(file)?, &digest, place).map(drop)
}

/// Whether a file ends with its checksum.
///
/// # Errors
/// If the system refuses.
pub fn is_whole(mut file: File) -> io::Result<bool> {
    let Some(mut left) = file.metadata()?.len().checked_sub(CHECKSUM as u64) else {
        return Ok(false);
    };
    let (mut summing, mut bytes) = (Summing::default(), vec![0; TOGETHER]);
    while left > 0 {
        let some = bytes.len().min(left as usize);
        file.read_exact(&mut bytes[..some])?;
        summing.add(&bytes[..some]);
        left -= some as u64;
    }
    let mut checksum = [0; CHECKSUM];
    file.read_exact(&mut checksum)?;
    Ok(summing.sum() == checksum)
}

/// What a file of a run holds.
///
/// # Errors
/// If it is not that, whole and unchanged.
pub fn read(file: File, digest: &[u8; 32], place: Place) -> Result<Resumed, Fault> {
    read_from(opened(file)?, digest, place)
}

/// The same of bytes.
///
/// # Errors
/// Likewise.
pub fn read_bytes(bytes: &[u8], digest: &[u8; 32], place: Place) -> Result<Resumed, Fault> {
    let left = (bytes.len() as u64).checked_sub(CHECKSUM as u64);
    let source = Checked {
        source: bytes,
        left: left.ok_or(Fault::Cut)?,
        summing: Summing::default(),
    };
    read_from(source, digest, place)
}

fn read_from<R: Read>(
    mut source: Checked<R>,
    digest: &[u8; 32],
    place: Place,
) -> Result<Resumed, Fault> {
    let (stage, length) = head(&mut source, digest, place)?;
    let body = source.bytes(length)?;
    // What cannot be understood was changed: the checksum would say so.
    let changed = |_| Fault::Changed;
    let resumed = match stage {
        0 => Resumed::BurnIn(Box::new(laid_down(&mut source, &body)?)),
        1 => Resumed::Years(Box::new(laid_down(&mut source, &body)?)),
        2 => Resumed::Finished(postcard::from_bytes(&body).map_err(changed)?),
        _ => return Err(Fault::Changed),
    };
    source.end()?;
    Ok(resumed)
}

fn laid_down<R: Read>(source: &mut Checked<R>, body: &[u8]) -> Result<LaidDown, Fault> {
    let mut laid_down: LaidDown = postcard::from_bytes(body).map_err(|_| Fault::Changed)?;
    for column in laid_down.state.columns_mut() {
        let number = source.number()?;
        match column {
            ColumnMut::Reals(values) => *values = source.reals(number)?,
            ColumnMut::Bytes(values) => *values = source.bytes(number)?,
        }
    }
    Ok(laid_down)
}
