//! The year under way: budget against outlay, the books, the row.

use super::{Recorder, fresh_year};
use crate::model::record::{Fen, LedgerRow, Resource};
use crate::model::regime::Regime;
use crate::model::settlement::books::Books;
use crate::model::settlement::money::{from_yuan, to_yuan};
use crate::model::state::State;
use crate::vocabulary::{Bearer, BudgetFunction, Layer, Level, Vocabulary};

impl Recorder {
    /// Ends a year: budget against outlay, the books, the row.
    pub fn close_year(&mut self, state: &mut State, regime: &Regime) {
        let number = self.record.years.len() as u32;
        self.budget(state, regime);
        let mut rows: Vec<LedgerRow> = Vec::new();
        state
            .books
            .close_year(&regime.arrangement, number, &mut self.year, &mut rows);
        let provinces = self.year.provinces.len();
        let year = std::mem::replace(&mut self.year, fresh_year(provinces));
        if self.recording {
            self.record.ledger.append(&mut rows);
            self.record.years.push(year);
            let pool = &state.books.pool;
            if pool.ruined && self.record.whole.pool_ruined_week.is_none() {
                self.record.whole.pool_ruined_week = Some(self.record.weeks.len() as u32);
            }
        }
    }

    /// Relief and rebuilding against their appropriation: what is over is borrowed, what is left goes
    /// back to taxpayers. Taxes and returns are transfers of residents and governments.
    fn budget(&mut self, state: &mut State, regime: &Regime) {
        let books = &mut state.books;
        let relief = to_yuan(relief_and_rebuilding(books));
        let subsidy = to_yuan(books.year.public_premiums);
        self.year.spent_fen[BudgetFunction::Relief] = from_yuan(relief);
        self.year.spent_fen[BudgetFunction::Subsidy] = from_yuan(subsidy);
        let planned = &regime.money.planned;
        let left = |function: BudgetFunction, used: f64| planned[function] * self.people - used;
        let free = left(BudgetFunction::Relief, relief)
            + left(BudgetFunction::Subsidy, subsidy)
            + regime.money.returned * self.people;
        let borrowed = (-free).max(0.0);
        let returned = free.max(0.0);
        self.year.appropriated_fen = from_yuan(self.appropriated_yuan);
        self.year.returned_fen = from_yuan(returned);
        self.year.borrowed_fen = from_yuan(borrowed);
        let spent = self.appropriated_yuan - returned + borrowed;
        self.resource(Resource::PublicFunds, self.cost_of_public_funds * spent);
        for (level, share) in self.budget_share.iter() {
            let bearer = match level {
                Level::Centre => Bearer::Centre,
                Level::Province => Bearer::Province,
                Level::City => Bearer::City,
                Level::County | Level::Grassroots => Bearer::County,
            };
            let tax = from_yuan((self.appropriated_yuan - returned) * share);
            books.accounts.transfer(Bearer::Residents, bearer, tax);
        }
    }
}

/// Relief, consolation and rebuilding of public assets that governments paid this year (fen), less
/// what parametric cover gave them.
pub(super) fn relief_and_rebuilding(books: &Books) -> Fen {
    let relief = books.ledger.year_paid[Layer::Relief.number()];
    (relief + books.year.consolation + books.year.public_rebuilding - books.year.index_excess)
        .max(0)
}
