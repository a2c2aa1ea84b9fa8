//! Terms over a group of losses: one place, one group, one policy, one account.
//!
//! A deductible and a limit act on the sum of what is still insured of the group. A least and a
//! greatest deductible look at everything that deductibles took from the group's losses, here and on
//! earlier levels: what is missing to the least is taken, first from what earlier limits cut off
//! anyway and then from the loss; what was taken beyond the greatest is given back before the limit,
//! as far as earlier limits allow. These are the rules of the open loss modelling standard (order of
//! its terms, and its reference cases, in `tests/market_cases.rs`), with one deviation: there a flat
//! deductible beside a binding least one is forgotten where an earlier limit covers the difference,
//! so that a lower deductible could pay less; here payment only grows.

use super::money::{Fen, share};
use super::terms::Amount;

/// Terms that act on the losses of a group together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupTerms {
    /// Kept by the insured out of the group's loss.
    pub deductible: Amount,
    /// Whether a loss above the deductible is insured whole (a franchise).
    pub franchise: bool,
    /// Deductibles take at least this from the group's loss.
    pub least_deductible: Option<Amount>,
    /// Deductibles take at most this.
    pub greatest_deductible: Option<Amount>,
    /// Most that stays insured after the deductible; a share of loss is one of the loss before it.
    pub limit: Option<Amount>,
    /// Share (0–1) of what stays insured.
    pub share: f64,
}

impl GroupTerms {
    /// Leaves every loss insured.
    pub const FULL: GroupTerms = GroupTerms {
        deductible: Amount::Flat(0),
        franchise: false,
        least_deductible: None,
        greatest_deductible: None,
        limit: None,
        share: 1.0,
    };
}

/// What has become of a loss on its way through the terms (fen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Still insured.
    pub insured: Fen,
    /// Taken by deductibles.
    pub deducted: Fen,
    /// Cut off by limits.
    pub over: Fen,
    /// What could be given back of the deductibles without breaking a limit.
    pub room: Fen,
}

impl Position {
    /// A loss that no terms have touched.
    pub fn of(loss: Fen) -> Self {
        Position {
            insured: loss,
            ..Position::default()
        }
    }

    /// Two losses together.
    #[must_use]
    pub fn plus(self, other: Position) -> Position {
        Position {
            insured: self.insured + other.insured,
            deducted: self.deducted + other.deducted,
            over: self.over + other.over,
            room: self.room + other.room,
        }
    }
}

/// What terms move in a group (fen ≥ 0), in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// From what deductibles took back to the insured loss.
    pub given_back: Fen,
    /// From what deductibles took to what limits cut off: given back, but there is no room.
    pub given_over: Fen,
    /// From what limits cut off to what deductibles take.
    pub deducted_over: Fen,
    /// From the insured loss to what deductibles take.
    pub deducted: Fen,
    /// From the insured loss to what limits cut off.
    pub limited: Fen,
    /// From the insured loss to those who take no part.
    pub not_shared: Fen,
    /// Room afterwards.
    pub room: Fen,
}

impl GroupTerms {
    /// What the terms move in a group of losses with a value at risk (fen).
    pub fn moves(&self, group: Position, value: Fen) -> Moves {
        let Position {
            insured,
            deducted,
            over,
            mut room,
        } = group;
        let mut moves = Moves::default();
        let amount = |terms: Option<Amount>| terms.map(|amount| amount.of(insured, value));
        let own = self.own_deductible(insured, value);
        let greatest = amount(self.greatest_deductible).unwrap_or(Fen::MAX);
        let least = amount(self.least_deductible).unwrap_or(0).min(greatest);
        if deducted > greatest {
            let back = deducted - greatest;
            moves.given_back = back.min(room);
            moves.given_over = back - moves.given_back;
            room -= moves.given_back;
        } else if own.saturating_add(deducted) > greatest {
            moves.deducted = (greatest - deducted).min(insured);
        } else if own + deducted < least {
            let missing = least - deducted - own;
            moves.deducted_over = missing.min(over);
            moves.deducted = (own + missing - moves.deducted_over).min(insured);
        } else {
            moves.deducted = own.min(insured);
        }
        let rest = insured + moves.given_back - moves.deducted;
        moves.room = room + moves.deducted;
        if let Some(limit) = amount(self.limit) {
            moves.limited = (rest - limit).max(0);
            moves.room = moves.room.min((limit - rest).max(0));
        }
        let limited = rest - moves.limited;
        moves.not_shared = limited - share(limited, self.share);
        moves
    }

    /// The deductible of this level alone (fen).
    fn own_deductible(&self, insured: Fen, value: Fen) -> Fen {
        let deductible = self.deductible.of(insured, value);
        if self.franchise && insured > deductible {
            0
        } else {
            deductible
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: GroupTerms = GroupTerms::FULL;

    fn left(terms: GroupTerms, group: Position) -> Fen {
        let moves = terms.moves(group, 0);
        group.insured + moves.given_back - moves.deducted - moves.limited - moves.not_shared
    }

    #[test]
    fn what_deductibles_took_beyond_the_greatest_is_given_back_before_the_limit() {
        let group = Position {
            insured: 900,
            deducted: 100,
            over: 0,
            room: 100,
        };
        let terms = GroupTerms {
            greatest_deductible: Some(Amount::Flat(30)),
            ..FULL
        };
        assert_eq!(left(terms, group), 970);
        let limited = GroupTerms {
            limit: Some(Amount::Flat(950)),
            ..terms
        };
        assert_eq!(left(limited, group), 950);
        // An earlier limit leaves room for 20 only; the other 50 are above it.
        let moves = terms.moves(Position { room: 20, ..group }, 0);
        assert_eq!((moves.given_back, moves.given_over), (20, 50));
    }

    #[test]
    fn what_is_missing_to_the_least_is_taken_first_from_what_limits_cut_off() {
        let group = Position {
            insured: 500,
            deducted: 10,
            over: 30,
            room: 0,
        };
        let terms = GroupTerms {
            least_deductible: Some(Amount::Flat(60)),
            ..FULL
        };
        let moves = terms.moves(group, 0);
        assert_eq!((moves.deducted_over, moves.deducted), (30, 20));
        assert_eq!(left(terms, group), 480);
    }

    #[test]
    fn the_share_of_loss_limit_is_one_of_the_loss_before_the_deductible() {
        let terms = GroupTerms {
            deductible: Amount::ShareOfLoss(0.1),
            limit: Some(Amount::ShareOfLoss(0.8)),
            ..FULL
        };
        assert_eq!(left(terms, Position::of(1000)), 800);
    }

    #[test]
    fn a_franchise_keeps_small_losses_and_pays_large_ones_whole() {
        let terms = GroupTerms {
            deductible: Amount::Flat(100),
            franchise: true,
            ..FULL
        };
        assert_eq!(
            [100, 101].map(|loss| left(terms, Position::of(loss))),
            [0, 101]
        );
    }
}
