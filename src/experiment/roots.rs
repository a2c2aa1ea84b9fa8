//! Identities of root events, asked for among the millions of a replication that are not among them.

use std::collections::BTreeSet;

/// Bits of the sieve.
const BITS: usize = 1 << 16;

/// A set of identities. A sieve tells most of those that are not in it without a search.
#[derive(Clone, Debug)]
pub struct Roots {
    identities: BTreeSet<u64>,
    sieve: Vec<u64>,
}

impl Roots {
    /// Whether an identity is among them.
    pub fn contains(&self, identity: u64) -> bool {
        let (word, bit) = place(identity);
        self.sieve[word] & bit != 0 && self.identities.contains(&identity)
    }
}

impl FromIterator<u64> for Roots {
    fn from_iter<I: IntoIterator<Item = u64>>(identities: I) -> Self {
        let identities: BTreeSet<u64> = identities.into_iter().collect();
        let mut sieve = vec![0; BITS / 64];
        for identity in &identities {
            let (word, bit) = place(*identity);
            sieve[word] |= bit;
        }
        Roots { identities, sieve }
    }
}

/// Word and bit of an identity in the sieve: by its lowest bits, for identities count up.
fn place(identity: u64) -> (usize, u64) {
    let number = identity as usize % BITS;
    (number / 64, 1 << (number % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_shares_a_bit_is_not_among_them() {
        let roots: Roots = [3, (9 << 40) + 70].into_iter().collect();
        let asked = [3, (9 << 40) + 70, 70, 3 + BITS as u64, 4];
        assert_eq!(
            asked.map(|identity| roots.contains(identity)),
            [true, true, false, false, false]
        );
    }
}
