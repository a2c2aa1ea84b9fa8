//! The books of one run: ledger, accounts, funds, and the sums of the current year.

use serde::{Deserialize, Serialize};

use super::accounts::Accounts;
use super::arrangement::{Arrangement, GOVERNMENTS, PoolTerms};
use super::capital::Fund;
use super::ledger::{Labels, Ledger};
use super::money::Fen;
use super::natural::Workspace;
use super::reinsurance::{Cessions, Treaties};
use crate::model::record::{Checks, LedgerRow, YearRecord};
use crate::scenario::society::level_of;
use crate::vocabulary::{Bearer, Category, Layer, Vocabulary};

/// Sums of the current year that the ledger does not hold (fen).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct YearSums {
    /// Residents' uncompensated loss by income fifth.
    pub uncompensated: [Fen; 5],
    /// Loss by category: assets and bodily.
    pub direct: [Fen; 4],
    /// Bodily loss by category: treatment, earnings, death tariff.
    pub bodily: [Fen; 4],
    /// Paid by motor cover (part of household property).
    pub goods_cover: Fen,
    /// Paid by cover of infrastructure (part of enterprise property).
    pub infrastructure_cover: Fen,
    /// Public assets' loss that stays with their public owners: rebuilding to be funded.
    pub public_rebuilding: Fen,
    /// Consolation paid by governments (a transfer).
    pub consolation: Fen,
    /// Fines paid by enterprises (a transfer).
    pub fines: Fen,
    /// Parametric payments beyond the need they met (a transfer to governments).
    pub index_excess: Fen,
    /// Parametric payments in all.
    pub index_paid: Fen,
    /// Public need of counties in which parametric cover did not trigger (basis risk).
    pub index_missed: Fen,
    /// Greatest loss of an event that was eligible for the pool.
    pub pool_eligible_greatest: Fen,
    /// Premiums and contributions that governments paid.
    pub public_premiums: Fen,
}

/// All money of one run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Books {
    /// Loss account.
    pub ledger: Ledger,
    /// Transfer and resource accounts.
    pub accounts: Accounts,
    /// Commercial insurers together.
    pub insurers: Fund,
    /// The catastrophe pool.
    pub pool: Fund,
    /// What insurers' reinsurance looks at.
    pub cessions: Cessions,
    /// What the pool's layer on events paid, or would have paid without yearly terms, this year (fen).
    pub pool_layer_of_year: Fen,
    /// What is left of this year's reinsurance of the pool (fen).
    pub reinsurance_left: Fen,
    /// What is left of this year's parametric cover, by province (fen).
    pub index_left: Vec<Fen>,
    /// Sums of this year.
    pub year: YearSums,
    /// Second of the year up to which premiums are paid.
    pub(super) premium_second: u32,
    #[serde(skip)]
    pub(super) workspace: Workspace,
}

impl Books {
    /// Empty books; insurers and pool start with the given funds.
    pub fn new(terms: &Arrangement, insurers: Fund, pool: Fund) -> Self {
        let mut books = Books {
            ledger: Ledger::default(),
            accounts: Accounts::default(),
            insurers,
            pool,
            cessions: Cessions::default(),
            pool_layer_of_year: 0,
            reinsurance_left: 0,
            index_left: vec![0; terms.provinces.len()],
            year: YearSums::default(),
            premium_second: 0,
            workspace: Workspace::default(),
        };
        books.renew_yearly_limits(terms);
        books
    }

    /// Insurers pay a claim of the open event (fen) for a cover, their reinsurers what is ceded of it; returns
    /// what both paid.
    pub(super) fn pay_from_insurers(
        &mut self,
        treaties: &Treaties,
        cover: Layer,
        claim: Fen,
    ) -> Fen {
        let ceded = self.cede(treaties, claim);
        let own = self.insurers.pay(claim - ceded);
        self.ledger.post(cover, Bearer::Insurers, own);
        self.ledger
            .post(Layer::Reinsurance, Bearer::Reinsurers, ceded);
        own + ceded
    }

    /// What reinsurers pay of a claim on insurers in the open event (fen).
    pub(super) fn cede(&mut self, treaties: &Treaties, claim: Fen) -> Fen {
        if self.insurers.ruined {
            return 0;
        }
        self.cessions.cede(treaties, claim)
    }

    /// The pool and its reinsurers pay for an event of the open ledger with this eligible loss (fen): the
    /// layer on the event, then the terms of the calendar year. Returns what the pool and what its reinsurers
    /// paid. A ruined pool's reinsurance has lapsed with it.
    pub(super) fn pay_from_pool(&mut self, pool: &PoolTerms, eligible: Fen) -> (Fen, Fen) {
        let before = self.pool_layer_of_year;
        self.pool_layer_of_year += pool.layer.pay(eligible, eligible);
        let due = pool.annual(self.pool_layer_of_year) - pool.annual(before);
        let reinsured = if self.pool.ruined {
            0
        } else {
            let above = (due - pool.reinsurance_attachment).max(0);
            above.min(self.reinsurance_left)
        };
        self.reinsurance_left -= reinsured;
        let paid = self.pool.pay(due - reinsured);
        self.ledger.post(Layer::Pool, Bearer::Pool, paid);
        self.ledger
            .post(Layer::Reinsurance, Bearer::Reinsurers, reinsured);
        (paid, reinsured)
    }

    pub(super) fn renew_yearly_limits(&mut self, terms: &Arrangement) {
        self.cessions.begin_year();
        self.pool_layer_of_year = 0;
        self.reinsurance_left = terms.pool.reinsurance_limit;
        for (left, province) in self.index_left.iter_mut().zip(&terms.provinces) {
            *left = terms.index.limit_per_head * province.people as Fen;
        }
    }

    pub(super) fn open_event(&mut self, labels: Labels, loss: Fen, bodily: Fen) {
        self.year.direct[labels.category.number()] += loss;
        self.year.bodily[labels.category.number()] += bodily;
        self.cessions.begin_event();
        self.ledger.open_event(labels, loss);
    }

    pub(super) fn keep_with_residents(&mut self, unpaid: &[Fen; 5]) {
        for (sum, fen) in self.year.uncompensated.iter_mut().zip(unpaid) {
            *sum += fen;
        }
    }

    /// Public assets' loss (fen) stays with the public owners, by level.
    pub(super) fn keep_with_governments(
        &mut self,
        terms: &Arrangement,
        fen: Fen,
        municipality: bool,
    ) {
        if fen == 0 {
            return;
        }
        self.year.public_rebuilding += fen;
        for (government, part) in GOVERNMENTS
            .into_iter()
            .zip(terms.public_owner.split(fen, municipality))
        {
            self.ledger.post(Layer::Retained, government, part);
        }
    }

    /// Consolation (fen, by [`GOVERNMENTS`]) goes from governments to residents.
    pub(super) fn console(&mut self, parts: &[Fen; 4]) {
        for (government, part) in GOVERNMENTS.into_iter().zip(parts) {
            self.accounts.transfer(government, Bearer::Residents, *part);
            self.year.consolation += part;
        }
    }

    /// Ends a year: writes its money into the record, appends the ledger's rows, and begins the next
    /// (yearly limits renewed; capital, ruin and checks carry over).
    pub fn close_year(
        &mut self,
        terms: &Arrangement,
        year: u32,
        record: &mut YearRecord,
        rows: &mut Vec<LedgerRow>,
    ) {
        self.write_year(record);
        self.ledger.close_year(year, rows);
        self.accounts.close_year();
        self.insurers.unpaid = 0;
        self.pool.unpaid = 0;
        self.year = YearSums::default();
        self.premium_second = 0;
        self.renew_yearly_limits(terms);
    }

    fn write_year(&self, record: &mut YearRecord) {
        let ledger = &self.ledger;
        record
            .borne_fen
            .values_mut()
            .copy_from_slice(&ledger.year_borne);
        record
            .borne_natural_fen
            .values_mut()
            .copy_from_slice(&ledger.year_borne_natural);
        record
            .paid_fen
            .values_mut()
            .copy_from_slice(&ledger.year_paid);
        record
            .transfer_fen
            .values_mut()
            .copy_from_slice(&self.accounts.transfer);
        record
            .uncompensated_fen
            .values_mut()
            .copy_from_slice(&self.year.uncompensated);
        for (sum, yuan) in record
            .resource_yuan
            .values_mut()
            .iter_mut()
            .zip(self.accounts.resource)
        {
            *sum += yuan;
        }
        for category in Category::ALL {
            record.bodily_fen[*category] = self.year.bodily[category.number()];
        }
        for bearer in Bearer::ALL {
            if let Some(level) = level_of(*bearer) {
                record.public_loss_fen[level] = ledger.year_borne[bearer.number()];
            }
        }
        record.pool_unpaid_fen = self.pool.unpaid;
        record.insurers_unpaid_fen = self.insurers.unpaid;
    }

    /// Writes the run's money checks.
    pub fn check(&self, checks: &mut Checks) {
        checks.open_events = self.ledger.open_events + self.ledger.unfinished();
        checks.loss_gap_fen = self.ledger.loss_gap;
        let open: Fen = self.accounts.transfer.iter().sum();
        checks.transfer_gap_fen = self.accounts.transfer_gap + open.abs();
        checks.too_great = self.ledger.too_great + self.accounts.too_great;
    }
}
