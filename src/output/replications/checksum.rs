//! The checksum at the end of kept files: XXH3 of 128 bits, little-endian. It tells what a disk or a copy changed, and is
//! no seal against who changes a file on purpose.

use std::io::{self, Write};

use twox_hash::XxHash3_128;
use twox_hash::xxhash3_128::Hasher;

/// Bytes of a checksum.
pub const CHECKSUM: usize = 16;

/// The checksum of bytes.
pub fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    XxHash3_128::oneshot(bytes).to_le_bytes()
}

/// The checksum of what comes piece by piece.
#[derive(Default)]
pub struct Summing(Hasher);

impl Summing {
    /// Takes in the next piece.
    pub fn add(&mut self, piece: &[u8]) {
        self.0.write(piece);
    }

    /// The checksum of all pieces.
    pub fn sum(&self) -> [u8; CHECKSUM] {
        self.0.finish_128().to_le_bytes()
    }
}

/// Passes on what is written, and takes its checksum.
pub struct Summed<W> {
    sink: W,
    summing: Summing,
}

impl<W: Write> Summed<W> {
    /// Of all that is written from now on.
    pub fn new(sink: W) -> Self {
        Summed {
            sink,
            summing: Summing::default(),
        }
    }

    /// Writes the checksum.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn finish(mut self) -> io::Result<W> {
        self.sink.write_all(&self.summing.sum())?;
        Ok(self.sink)
    }
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let written = self.sink.write(data)?;
        self.summing.add(&data[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn piece_by_piece_as_at_once_and_as_published() {
        // The value that the XXH3 project gives for no bytes.
        let none = 0x99aa_06d3_0147_98d8_6001_c324_468d_497f_u128;
        assert_eq!(checksum(b""), none.to_le_bytes());
        let bytes: Vec<u8> = (0..3_000_u32).map(|n| ((n * n) >> 3) as u8).collect();
        let mut summed = Summed::new(Vec::new());
        for piece in bytes.chunks(77) {
            summed.write_all(piece).unwrap();
        }
        let written = summed.finish().unwrap();
        assert_eq!(written, [&bytes[..], &checksum(&bytes)].concat());
    }
}
