//! The loss account: who caused × who owned the phase that failed × which layer paid × who bears.
//!
//! An event is opened with its loss, receives postings, and is closed: the postings must sum to the
//! loss, to the fen. One dense block of sums holds the current year; its rows leave in fixed order.

use serde::{Deserialize, Serialize};

use super::money::{Fen, too_great};
use crate::model::record::LedgerRow;
use crate::vocabulary::{Bearer, Category, Cause, Layer, Owner, Vocabulary};

/// Number of bearers.
pub const BEARERS: usize = Bearer::ALL.len();
/// Number of layers.
pub const LAYERS: usize = Layer::ALL.len();
const CATEGORIES: usize = Category::ALL.len();
const CAUSES: usize = Cause::ALL.len();
/// Owners, and nobody.
const OWNERS: usize = Owner::ALL.len() + 1;
const BLOCK: usize = LAYERS * BEARERS;

/// What all postings of one event share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Category of the event.
    pub category: Category,
    /// Who or what caused it.
    pub cause: Cause,
    /// Owner of the phase that failed; `None` = nobody.
    pub owner: Option<Owner>,
}

impl Labels {
    fn block(self) -> usize {
        let owner = self.owner.map_or(OWNERS - 1, Vocabulary::number);
        ((self.category.number() * CAUSES + self.cause.number()) * OWNERS + owner) * BLOCK
    }
}

/// How one event was borne (fen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventTotals {
    /// Loss: assets and bodily.
    pub direct: Fen,
    /// Paid by insurers, the pool and reinsurers.
    pub insured: Fen,
    /// Paid by social insurance (work injury, medical).
    pub social_insurance: Fen,
    /// Borne by governments.
    pub public: Fen,
    /// Left with enterprises.
    pub enterprises: Fen,
    /// Left with residents.
    pub uncompensated: Fen,
    /// The loss by who finally bears it, in the order of [`Bearer`].
    pub borne: [Fen; BEARERS],
}

/// The ledger of one run: the current year's sums, the open event, and what went wrong.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ledger {
    sums: Vec<Fen>,
    /// Blocks that received a posting this year: the others need not be read.
    touched: Vec<bool>,
    block: usize,
    category: Category,
    loss: Fen,
    open: bool,
    faulty: bool,
    borne: [Fen; BEARERS],
    /// This year, by bearer: all categories.
    pub year_borne: [Fen; BEARERS],
    /// This year, by bearer: natural disasters alone.
    pub year_borne_natural: [Fen; BEARERS],
    /// This year, by layer.
    pub year_paid: [Fen; LAYERS],
    /// Events over the run whose loss was not fully borne, or that had a negative posting.
    pub open_events: u64,
    /// Σ |loss − borne| of those events over the run (fen).
    pub loss_gap: Fen,
    /// Losses of events, and sums of a year when an event was closed, that were too great to be kept exactly.
    pub too_great: u64,
}

impl Default for Ledger {
    fn default() -> Self {
        Ledger {
            sums: vec![0; CATEGORIES * CAUSES * OWNERS * BLOCK],
            touched: vec![false; CATEGORIES * CAUSES * OWNERS],
            ..Ledger::of_nothing()
        }
    }
}

impl Ledger {
    /// One that takes no posting, in the place of another.
    pub fn of_nothing() -> Self {
        Ledger {
            sums: Vec::new(),
            touched: Vec::new(),
            block: 0,
            category: Category::Natural,
            loss: 0,
            open: false,
            faulty: false,
            borne: [0; BEARERS],
            year_borne: [0; BEARERS],
            year_borne_natural: [0; BEARERS],
            year_paid: [0; LAYERS],
            open_events: 0,
            loss_gap: 0,
            too_great: 0,
        }
    }

    /// Opens an event whose loss (fen) must find its bearers before it is closed.
    pub fn open_event(&mut self, labels: Labels, loss: Fen) {
        self.open_events += self.unfinished();
        self.open = true;
        self.block = labels.block();
        self.category = labels.category;
        self.loss = loss;
        self.faulty = loss < 0;
        self.borne = [0; BEARERS];
    }

    /// Posts a payment (fen ≥ 0) towards the loss of the open event: the only way money enters the
    /// loss account.
    #[inline]
    pub fn post(&mut self, layer: Layer, bearer: Bearer, fen: Fen) {
        self.faulty |= fen < 0 || !self.open;
        self.touched[self.block / BLOCK] |= fen != 0;
        self.sums[self.block + layer.number() * BEARERS + bearer.number()] += fen;
        self.borne[bearer.number()] += fen;
        self.year_paid[layer.number()] += fen;
    }

    /// Closes the open event: counts it if Σ loss ≠ Σ borne, and says how it was borne.
    pub fn close_event(&mut self) -> EventTotals {
        self.too_great += u64::from(too_great(self.loss));
        let gap = self.loss - self.borne.iter().sum::<Fen>();
        if gap != 0 || self.faulty || !self.open {
            self.open_events += 1;
            self.loss_gap += gap.abs();
        }
        self.open = false;
        self.faulty = false;
        for (sum, fen) in self.year_borne.iter_mut().zip(self.borne) {
            *sum += fen;
            self.too_great += u64::from(too_great(*sum));
        }
        if self.category == Category::Natural {
            for (sum, fen) in self.year_borne_natural.iter_mut().zip(self.borne) {
                *sum += fen;
            }
        }
        let borne = |bearer: Bearer| self.borne[bearer.number()];
        EventTotals {
            direct: self.loss,
            insured: borne(Bearer::Insurers) + borne(Bearer::Pool) + borne(Bearer::Reinsurers),
            social_insurance: borne(Bearer::SocialInsurance),
            public: public(&self.borne),
            enterprises: borne(Bearer::Enterprises),
            uncompensated: borne(Bearer::Residents),
            borne: self.borne,
        }
    }

    /// 1 if an event was opened and never closed, or money was posted outside any event.
    pub fn unfinished(&self) -> u64 {
        u64::from(self.open || self.faulty)
    }

    /// Ends a year: appends its rows that are not zero, in fixed order, and starts the next from zero.
    pub fn close_year(&mut self, year: u32, rows: &mut Vec<LedgerRow>) {
        for category in Category::ALL {
            for cause in Cause::ALL {
                for owner in Owner::ALL.iter().copied().map(Some).chain([None]) {
                    let labels = Labels {
                        category: *category,
                        cause: *cause,
                        owner,
                    };
                    self.drain_block(year, labels, rows);
                }
            }
        }
        self.year_borne = [0; BEARERS];
        self.year_borne_natural = [0; BEARERS];
        self.year_paid = [0; LAYERS];
    }

    fn drain_block(&mut self, year: u32, labels: Labels, rows: &mut Vec<LedgerRow>) {
        let start = labels.block();
        if !std::mem::take(&mut self.touched[start / BLOCK]) {
            return;
        }
        for (cell, sum) in self.sums[start..start + BLOCK].iter_mut().enumerate() {
            if *sum != 0 {
                rows.push(LedgerRow {
                    year,
                    category: labels.category,
                    cause: labels.cause,
                    owner: labels.owner,
                    layer: Layer::ALL[cell / BEARERS],
                    bearer: Bearer::ALL[cell % BEARERS],
                    amount_fen: *sum,
                });
                *sum = 0;
            }
        }
    }
}

/// The governments' part of sums by bearer.
pub fn public(sums: &[Fen; BEARERS]) -> Fen {
    [
        Bearer::Centre,
        Bearer::Province,
        Bearer::City,
        Bearer::County,
    ]
    .iter()
    .map(|bearer| sums[bearer.number()])
    .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settlement::money::MOST;

    const LABELS: Labels = Labels {
        category: Category::Accident,
        cause: Cause::Enterprise,
        owner: Some(Owner::CountySector),
    };

    #[test]
    fn an_event_closes_only_when_every_fen_is_borne() {
        let mut ledger = Ledger::default();
        ledger.open_event(LABELS, 100);
        ledger.post(Layer::Relief, Bearer::County, 30);
        ledger.post(Layer::Retained, Bearer::Residents, 70);
        let totals = ledger.close_event();
        assert_eq!(
            (totals.direct, totals.public, totals.uncompensated),
            (100, 30, 70)
        );
        assert_eq!((ledger.open_events, ledger.loss_gap), (0, 0));
    }

    #[test]
    fn a_broken_posting_is_caught() {
        let mut ledger = Ledger::default();
        ledger.open_event(LABELS, 100);
        ledger.post(Layer::Retained, Bearer::Residents, 99);
        ledger.close_event();
        assert_eq!((ledger.open_events, ledger.loss_gap), (1, 1));
        // One posting too many and one too few must not cancel, nor may a negative one hide.
        ledger.open_event(LABELS, 100);
        ledger.post(Layer::Retained, Bearer::Residents, 101);
        ledger.close_event();
        assert_eq!((ledger.open_events, ledger.loss_gap), (2, 2));
        ledger.open_event(LABELS, 100);
        ledger.post(Layer::Retained, Bearer::Residents, 110);
        ledger.post(Layer::Relief, Bearer::County, -10);
        ledger.close_event();
        assert_eq!(ledger.open_events, 3);
        // Money outside an event, and an event that is never closed.
        ledger.post(Layer::Relief, Bearer::County, 1);
        assert_eq!(ledger.unfinished(), 1);
        ledger.open_event(LABELS, 100);
        ledger.open_event(LABELS, 0);
        ledger.close_event();
        assert_eq!((ledger.open_events, ledger.unfinished()), (5, 0));
    }

    #[test]
    fn sums_that_are_too_great_are_counted_before_they_wrap() {
        let mut ledger = Ledger::default();
        let mut event = |fen| {
            ledger.open_event(LABELS, fen);
            ledger.post(Layer::Retained, Bearer::Residents, fen);
            ledger.close_event();
            (ledger.too_great, ledger.loss_gap)
        };
        assert_eq!(event(MOST), (0, 0));
        // The loss is as great as any may be, the year's sum is not.
        assert_eq!(event(MOST), (1, 0));
        assert_eq!(event(MOST + 1), (3, 0));
    }

    #[test]
    fn rows_leave_in_order_and_the_next_year_starts_empty() {
        let mut ledger = Ledger::default();
        for (labels, bearer) in [
            (
                Labels {
                    owner: None,
                    ..LABELS
                },
                Bearer::Residents,
            ),
            (LABELS, Bearer::Enterprises),
            (
                Labels {
                    category: Category::Natural,
                    cause: Cause::Nature,
                    owner: None,
                },
                Bearer::Centre,
            ),
        ] {
            ledger.open_event(labels, 5);
            ledger.post(Layer::Retained, bearer, 5);
            ledger.close_event();
        }
        assert_eq!(ledger.year_borne_natural.iter().sum::<Fen>(), 5);
        let mut rows = Vec::new();
        ledger.close_year(3, &mut rows);
        let seen: Vec<_> = rows
            .iter()
            .map(|row| (row.category, row.owner, row.bearer))
            .collect();
        assert_eq!(
            seen,
            [
                (Category::Natural, None, Bearer::Centre),
                (
                    Category::Accident,
                    Some(Owner::CountySector),
                    Bearer::Enterprises
                ),
                (Category::Accident, None, Bearer::Residents),
            ]
        );
        assert!(rows.iter().all(|row| row.year == 3 && row.amount_fen == 5));
        rows.clear();
        ledger.close_year(4, &mut rows);
        assert!(rows.is_empty());
    }
}
