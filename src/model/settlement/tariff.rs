//! Premiums, computed and never typed: (1 + loading) × expected payment of every layer, by sending a
//! catalogue of events (at the initial state) down the same ladder with funds that can always pay.
//!
//! Who pays: enterprises work-injury contributions, work-safety liability and their property cover;
//! residents household, motor and agricultural cover, less the public subsidy; governments that
//! subsidy, resident cover, parametric cover, and the cover of public assets; residents and
//! enterprises half each of medical contributions and of the pool's; the pool its reinsurance, which
//! its contributions include; insurers theirs, out of what they earn
//! ([`pricing`](super::reinsurance::pricing)).

mod premium;

use super::accident::{AccidentClaim, settle_accident};
use super::arrangement::Arrangement;
use super::books::{Books, YearSums};
use super::capital::Fund;
use super::ledger::LAYERS;
use super::money::{Fen, share, to_yuan};
use super::natural::{NaturalEvent, StrikeLoss, StrikeOutcome, settle_natural};
use super::person::{PersonClaim, settle_person};
use super::reinsurance::Treaties;
use super::reinsurance::pricing::{CededEvents, PricedTreaties};
use super::terms::Amount;
use crate::model::record::YearRecord;
use crate::vocabulary::{Bearer, Layer, Vocabulary};
use premium::{COVERS, OF_INSURERS, payers, premium};

pub use premium::{Cover, Premium};

/// What the pool is up against.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PoolOutlook {
    /// Greatest eligible loss of an event in a year, exceeded once in a hundred years (fen).
    pub eligible_1_in_100: Fen,
    /// Probability a year that an event attaches.
    pub attach_probability: f64,
    /// Probability a year that an event exhausts the limit.
    pub exhaust_probability: f64,
    /// There is a pool, and its limit is below the 1-in-100 eligible loss: the contract itself keeps
    /// the pool from the losses that could ruin it.
    pub ruin_excluded_by_contract: bool,
}

/// All premiums of an arrangement, and the expected public outlay behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tariff {
    /// Premiums, in the order of [`Cover`].
    pub premiums: Vec<Premium>,
    /// Expected relief and consolation (yuan a head and year).
    pub relief_yuan_per_head: f64,
    /// Expected rebuilding of public assets (yuan a head and year).
    pub rebuilding_yuan_per_head: f64,
    /// Premiums and subsidies that governments pay (yuan a head and year).
    pub public_premiums_yuan_per_head: f64,
    /// The pool.
    pub pool: PoolOutlook,
    /// Reinsurance of insurers, its stop loss in money.
    pub treaties: Treaties,
    /// Capital with which insurers start (fen).
    pub insurers_capital: Fen,
    /// Capital with which the pool starts (fen).
    pub pool_capital: Fen,
}

impl Tariff {
    /// The premium of a cover.
    pub fn premium(&self, cover: Cover) -> &Premium {
        &self.premiums[cover.number()]
    }

    /// The funds with which a run starts: insurers, pool.
    pub fn funds(&self) -> (Fund, Fund) {
        (
            Fund::new(self.insurers_capital),
            Fund::new(self.pool_capital),
        )
    }
}

/// Sends a catalogue down the ladder and gathers what every layer paid.
pub struct TariffBuilder {
    /// What is priced, without the reinsurance of insurers: covers are priced gross.
    terms: Arrangement,
    treaties: Treaties,
    ceded: CededEvents,
    /// Natural events, year by year.
    natural: Books,
    /// Accidents and other events, one by one, each with its yearly frequency.
    single: Books,
    years: u32,
    /// Natural payments over all years, and the expected payments of single events in a year (yuan).
    natural_paid: [f64; COVERS],
    single_paid: [f64; COVERS],
    relief: f64,
    rebuilding: f64,
    single_relief: f64,
    single_rebuilding: f64,
    eligible_by_year: Vec<Fen>,
    outcomes: Vec<StrikeOutcome>,
}

impl TariffBuilder {
    /// Begins with an empty catalogue.
    pub fn new(terms: &Arrangement) -> Self {
        let gross = Arrangement {
            treaties: Treaties::NONE,
            ..terms.clone()
        };
        let books = Books::new(&gross, Fund::unlimited(), Fund::unlimited());
        TariffBuilder {
            terms: gross,
            treaties: terms.treaties,
            ceded: CededEvents::default(),
            natural: books.clone(),
            single: books,
            years: 0,
            natural_paid: [0.0; COVERS],
            single_paid: [0.0; COVERS],
            relief: 0.0,
            rebuilding: 0.0,
            single_relief: 0.0,
            single_rebuilding: 0.0,
            eligible_by_year: Vec::new(),
            outcomes: Vec::new(),
        }
    }

    /// Adds a natural event to the current year of the catalogue.
    pub fn natural_event(&mut self, event: &NaturalEvent, strikes: &[StrikeLoss]) {
        let before = self.natural.insurers.capital;
        settle_natural(
            &self.terms,
            event,
            strikes,
            &mut self.natural,
            &mut self.outcomes,
        );
        let claims = before - self.natural.insurers.capital;
        self.ceded.natural(&self.treaties, claims);
    }

    /// Ends a year of the catalogue (also one without events).
    pub fn end_year(&mut self) {
        let paid = paid_by_cover(&self.natural);
        for (sum, yuan) in self.natural_paid.iter_mut().zip(paid) {
            *sum += yuan;
        }
        self.relief += relief_of(&self.natural);
        self.rebuilding += to_yuan(self.natural.year.public_rebuilding);
        self.eligible_by_year
            .push(self.natural.year.pool_eligible_greatest);
        self.years += 1;
        self.ceded.end_year();
        self.natural
            .close_year(&self.terms, 0, &mut YearRecord::default(), &mut Vec::new());
        self.natural.pool = Fund::unlimited();
        self.natural.insurers = Fund::unlimited();
    }

    /// Adds accidents like this one, so many a year.
    pub fn accidents(&mut self, claim: &AccidentClaim, per_year: f64) {
        settle_accident(&self.terms, claim, &mut self.single);
        self.count_single(per_year);
    }

    /// Adds what household cover of third parties pays after accidents like this one, so many a year; other
    /// covers price the accident without their property.
    pub fn own_cover(&mut self, claim: &AccidentClaim, per_year: f64) {
        let paid = settle_accident(&self.terms, claim, &mut self.single).own_cover;
        self.single_paid[Cover::Household.number()] += per_year * to_yuan(paid);
        self.ceded.single(&self.treaties, paid, per_year);
        self.renew_single();
    }

    /// Adds health or social events like this one, so many a year.
    pub fn persons(&mut self, claim: &PersonClaim, per_year: f64) {
        settle_person(&self.terms, claim, &mut self.single);
        self.count_single(per_year);
    }

    fn count_single(&mut self, per_year: f64) {
        for (sum, yuan) in self.single_paid.iter_mut().zip(paid_by_cover(&self.single)) {
            *sum += per_year * yuan;
        }
        self.single_relief += per_year * relief_of(&self.single);
        self.single_rebuilding += per_year * to_yuan(self.single.year.public_rebuilding);
        let claims = Fund::unlimited().capital - self.single.insurers.capital;
        self.ceded.single(&self.treaties, claims, per_year);
        self.renew_single();
    }

    fn renew_single(&mut self) {
        self.single.ledger.year_paid = [0; LAYERS];
        self.single.year = YearSums::default();
        self.single.insurers = Fund::unlimited();
        self.single.pool = Fund::unlimited();
        self.single.renew_yearly_limits(&self.terms);
    }

    /// The tariff for `people` residents.
    pub fn finish(mut self, people: f64) -> Tariff {
        let years = f64::from(self.years.max(1));
        let mut expected = self.single_paid;
        for (sum, paid) in expected.iter_mut().zip(self.natural_paid) {
            *sum += paid / years;
        }
        let mut premiums: Vec<Premium> = Cover::ALL
            .iter()
            .map(|cover| premium(&self.terms, *cover, &expected))
            .collect();
        let treaties = self.reinsure(&mut premiums, &mut expected);
        let to_insurers = premiums
            .iter()
            .filter(|line| line.receiver == Bearer::Insurers);
        let commercial: Fen = to_insurers.map(Premium::total).sum();
        let public: Fen = premiums.iter().map(Premium::public).sum();
        Tariff {
            relief_yuan_per_head: (self.relief / years + self.single_relief) / people,
            rebuilding_yuan_per_head: (self.rebuilding / years + self.single_rebuilding) / people,
            public_premiums_yuan_per_head: to_yuan(public) / people,
            pool: self.pool_outlook(),
            treaties,
            insurers_capital: (commercial as f64 * self.terms.pricing.capital_years) as Fen,
            pool_capital: self.terms.pool.capital,
            premiums,
        }
    }

    /// Prices the reinsurance of insurers, out of what they earn.
    fn reinsure(&self, premiums: &mut [Premium], expected: &mut [f64; COVERS]) -> Treaties {
        let (mut income, mut claims) = (0, 0.0);
        for line in premiums.iter() {
            if line.receiver == Bearer::Insurers {
                income += line.total() - share(line.total(), line.prevention_share);
                claims += line.expected_yuan;
            }
        }
        let loading = self.terms.pricing.reinsurance_loading;
        let PricedTreaties {
            treaties,
            expected_yuan,
            premiums: prices,
        } = self.ceded.price(&self.treaties, claims, income, loading);
        for ((cover, yuan), price) in OF_INSURERS.into_iter().zip(expected_yuan).zip(prices) {
            expected[cover.number()] = yuan;
            premiums[cover.number()] = Premium {
                payers: payers(&self.terms, cover, price),
                ..premium(&self.terms, cover, expected)
            };
        }
        treaties
    }

    fn pool_outlook(&mut self) -> PoolOutlook {
        let pool = &self.terms.pool;
        let Some(Amount::Flat(limit)) = pool.layer.limit else {
            return PoolOutlook::default();
        };
        if limit == 0 || pool.layer.share == 0.0 || self.eligible_by_year.is_empty() {
            return PoolOutlook::default();
        }
        self.eligible_by_year.sort_unstable();
        let years = self.eligible_by_year.len();
        let above = |loss: Fen| {
            let below = self
                .eligible_by_year
                .partition_point(|eligible| *eligible <= loss);
            (years - below) as f64 / years as f64
        };
        let eligible_1_in_100 = self.eligible_by_year[(years * 99 / 100).min(years - 1)];
        PoolOutlook {
            eligible_1_in_100,
            attach_probability: above(pool.layer.attachment),
            exhaust_probability: above(pool.layer.attachment.saturating_add(limit)),
            ruin_excluded_by_contract: limit < eligible_1_in_100,
        }
    }
}

/// What each cover paid this year (yuan).
fn paid_by_cover(books: &Books) -> [f64; COVERS] {
    let paid = &books.ledger.year_paid;
    let motor = books.year.goods_cover;
    let infrastructure = books.year.infrastructure_cover;
    let of = |layer: Layer| paid[layer.number()];
    let mut sums = [0.0; COVERS];
    for (sum, cover) in sums.iter_mut().zip(Cover::ALL) {
        *sum = to_yuan(match cover {
            Cover::WorkInjury => of(Layer::WorkInjury),
            Cover::Medical => of(Layer::Medical),
            Cover::SafetyLiability => of(Layer::SafetyLiability),
            Cover::Household => of(Layer::Property) - motor,
            Cover::Motor => motor,
            Cover::Agricultural => of(Layer::Agricultural),
            Cover::EnterpriseProperty => of(Layer::EnterpriseProperty) - infrastructure,
            Cover::Infrastructure => infrastructure,
            Cover::PublicCover => of(Layer::PublicCover),
            Cover::IndexCover => books.year.index_paid,
            Cover::Pool => of(Layer::Pool),
            Cover::Reinsurance => of(Layer::Reinsurance),
            Cover::QuotaShare | Cover::Excess | Cover::StopLoss => 0,
        });
    }
    sums
}

/// Relief and consolation of this year (yuan).
fn relief_of(books: &Books) -> f64 {
    to_yuan(books.ledger.year_paid[Layer::Relief.number()] + books.year.consolation)
}
