//! A file that appears whole or not at all; one of results with its hash.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::OutputError;
use crate::fault_injection;

/// Bytes that are written at once: what a hash was taken of is still near when it is written.
pub const AT_ONCE: usize = 1 << 18;

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Name within the run's folder.
    pub file: String,
    /// Length (bytes).
    pub bytes: u64,
    /// SHA-256 of the content (hexadecimal).
    pub sha256: String,
}

/// A file under a temporary name beside its final one; [`PartialFile::finish`] gives it its name, and
/// dropping it before that removes it.
pub struct PartialFile {
    writer: Option<BufWriter<File>>,
    temporary: PathBuf,
    path: PathBuf,
    bytes: u64,
}

impl PartialFile {
    /// Opens the temporary file for `name` in a folder.
    pub fn create(folder: &Path, name: &str) -> Result<Self, OutputError> {
        let temporary = folder.join(format!(".{name}.partial"));
        let path = folder.join(name);
        let made = fault_injection::make(&temporary).and_then(|()| File::create(&temporary));
        let file = made.map_err(|error| OutputError::io(&temporary, error))?;
        let writer = Some(BufWriter::with_capacity(1 << 16, file));
        Ok(PartialFile {
            writer,
            temporary,
            path,
            bytes: 0,
        })
    }

    /// The final path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Flushes, waits for the disk and renames; returns how many bytes were written.
    pub fn finish(mut self) -> Result<u64, OutputError> {
        if let Err(error) = self.close() {
            // Best effort: the refusal is told already.
            let _ = fs::remove_file(&self.temporary);
            return Err(OutputError::io(&self.path, error));
        }
        Ok(self.bytes)
    }

    fn close(&mut self) -> io::Result<()> {
        if let Some(writer) = self.writer.take() {
            let file = writer
                .into_inner()
                .map_err(io::IntoInnerError::into_error)?;
            file.sync_all()?;
        }
        fs::rename(&self.temporary, &self.path)?;
        fault_injection::made(&self.path);
        Ok(())
    }
}

impl Write for PartialFile {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        fault_injection::write(&self.temporary)?;
        let writer = self
            .writer
            .as_mut()
            .ok_or_else(|| io::Error::other("file is closed"))?;
        let written = writer.write(data)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if self.writer.take().is_some() {
            // Best effort: a left-over temporary file harms nobody, and there is nobody to tell.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// A file of results: a [`PartialFile`] with its hash.
pub struct HashedFile {
    file: PartialFile,
    hash: Sha256,
}

impl HashedFile {
    /// Opens the temporary file for `name` in a folder.
    pub fn create(folder: &Path, name: &str) -> Result<Self, OutputError> {
        Ok(HashedFile {
            file: PartialFile::create(folder, name)?,
            hash: Sha256::new(),
        })
    }

    /// The final path.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Hands all that was written to the system.
    pub fn seal(mut self) -> Result<Sealed, OutputError> {
        let handed = self.file.flush();
        handed.map_err(|error| OutputError::io(self.path(), error))?;
        let name = self.path().file_name();
        Ok(Sealed {
            written: Written {
                file: name.map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
                bytes: self.file.bytes,
                sha256: hexadecimal(&self.hash.finalize()),
            },
            file: self.file,
        })
    }

    /// Flushes, renames, and says what was written.
    pub fn finish(self) -> Result<Written, OutputError> {
        self.seal()?.finish()
    }
}

/// A file of results of which the system has everything, but which may not be on the disk yet and has no name.
#[must_use = "a file without a name is removed"]
pub struct Sealed {
    file: PartialFile,
    written: Written,
}

impl Sealed {
    /// Waits until it is on the disk, and gives it its name.
    pub fn finish(self) -> Result<Written, OutputError> {
        self.file.finish()?;
        Ok(self.written)
    }
}

impl Write for HashedFile {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let written = self.file.write(&data[..data.len().min(AT_ONCE)])?;
        self.hash.update(&data[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes a whole file at once.
pub fn write_whole(folder: &Path, name: &str, content: &[u8]) -> Result<Written, OutputError> {
    seal_whole(folder, name, content)?.finish()
}

/// The same, without waiting for the disk.
pub fn seal_whole(folder: &Path, name: &str, content: &[u8]) -> Result<Sealed, OutputError> {
    let mut file = HashedFile::create(folder, name)?;
    file.write_all(content)
        .map_err(|error| OutputError::io(&folder.join(name), error))?;
    file.seal()
}

/// Describes a file that another part of the program wrote into the folder.
pub fn describe(folder: &Path, file: &Path) -> Result<Written, OutputError> {
    let path = folder.join(file);
    let content = fs::read(&path).map_err(|error| OutputError::io(&path, error))?;
    Ok(Written {
        file: file.to_string_lossy().into_owned(),
        bytes: content.len() as u64,
        sha256: hexadecimal(&Sha256::digest(&content)),
    })
}

/// The whole of a file that has not more than so many bytes.
///
/// # Errors
/// If it cannot be read, or is larger: then nothing of it is kept.
pub fn read_limited(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let mut content = Vec::new();
    // One byte beyond the limit tells a file that is too big, also where the length is unknown.
    if file.metadata()?.len() > limit
        || file.take(limit + 1).read_to_end(&mut content)? as u64 > limit
    {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    }
    Ok(content)
}

/// Bytes as hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = PartialFile::create(folder.path(), "a.txt").unwrap();
        file.write_all(b"abc").unwrap();
        assert!(!folder.path().join("a.txt").exists());
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let written = write_whole(folder.path(), "a.txt", b"abc").unwrap();
        assert_eq!((written.file.as_str(), written.bytes), ("a.txt", 3));
        assert!(written.sha256.starts_with("ba7816bf8f01cfea"));
        assert_eq!(
            describe(folder.path(), Path::new("a.txt")).unwrap(),
            written
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
