//! What a rule about idle levers is. The rules are in `society.rs`, `hazards.rs` and `policy.rs`.

use super::super::subject::Subject;

/// Where the thing is missing that a lever acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lacking {
    /// In the society: whatever the lever says, it says it in vain.
    Society,
    /// In the policy: another lever leaves nothing. Terms that are the baseline's state no wish.
    Lever,
}

/// Levers that act on one thing.
pub(super) struct Rule {
    /// The levers.
    pub(super) keys: &'static [&'static str],
    /// Where the thing may be missing.
    pub(super) lacking: Lacking,
    /// Whether the levers act on anything here.
    pub(super) acts: fn(&Subject<'_>) -> bool,
    /// Why they do not (Chinese, English).
    pub(super) why: [&'static str; 2],
    /// What to do.
    pub(super) remedy: [&'static str; 2],
}
