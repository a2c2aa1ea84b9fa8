//! Premiums, computed and never typed: (1 + loading) × expected payment of every layer, by sending a
//! catalogue of events (at the initial state) down the same ladder with funds that can always pay.
//!
//! Who pays: enterprises work-injury contributions, work-safety liability and their property cover;
//! residents household, motor and agricultural cover, less the public subsidy; governments that
//! subsidy, resident cover, parametric cover, and the cover of public assets; residents and
//! enterprises half each of medical contributions and of the pool's; the pool its reinsurance, which
//! its contributions include.

use super::accident::{AccidentClaim, settle_accident};
use super::arrangement::{Arrangement, GOVERNMENTS, Levels};
use super::books::{Books, YearSums};
use super::capital::Fund;
use super::ledger::{BEARERS, LAYERS};
use super::money::{Fen, from_yuan, share, to_yuan};
use super::natural::{NaturalEvent, StrikeLoss, StrikeOutcome, settle_natural};
use super::person::{PersonClaim, settle_person};
use super::terms::Amount;
use crate::model::record::YearRecord;
use crate::vocabulary::{Bearer, Layer, Vocabulary, vocabulary};

vocabulary! {
    /// What is priced on its own.
    Cover {
        WorkInjury = "work_injury", "工伤保险", "work-injury insurance";
        Medical = "medical", "基本医疗保险", "basic medical insurance";
        SafetyLiability = "safety_liability", "安全生产责任保险", "work-safety liability insurance";
        Household = "household", "家庭财产保险", "household property insurance";
        Motor = "motor", "车辆保险(家庭财产)", "motor insurance (household goods)";
        Agricultural = "agricultural", "农业保险", "agricultural insurance";
        EnterpriseProperty = "enterprise_property", "企业财产保险", "enterprise property insurance";
        Infrastructure = "infrastructure", "公共设施保险", "insurance of public facilities";
        PublicCover = "public_cover", "政府投保的居民巨灾保险", "resident cover bought by a government";
        IndexCover = "index_cover", "巨灾指数保险", "parametric cover";
        Pool = "pool", "巨灾保险共同体", "catastrophe pool";
        Reinsurance = "reinsurance", "再保险", "reinsurance";
    }
}

const COVERS: usize = Cover::ALL.len();

/// The yearly premium of one cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Premium {
    /// Cover.
    pub cover: Cover,
    /// Expected payment (yuan a year).
    pub expected_yuan: f64,
    /// Premium by payer (fen a year).
    pub payers: [Fen; BEARERS],
    /// Who receives it.
    pub receiver: Bearer,
    /// Share of the premium that is loading (a resource).
    pub loading_share: f64,
    /// Share of the premium that is spent on prevention in enterprises (a resource).
    pub prevention_share: f64,
}

impl Premium {
    /// Premium of all payers (fen a year).
    pub fn total(&self) -> Fen {
        self.payers.iter().sum()
    }

    /// Governments' part (fen a year).
    pub fn public(&self) -> Fen {
        super::ledger::public(&self.payers)
    }
}

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
pub struct TariffBuilder<'a> {
    terms: &'a Arrangement,
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

impl<'a> TariffBuilder<'a> {
    /// Begins with an empty catalogue.
    pub fn new(terms: &'a Arrangement) -> Self {
        let books = Books::new(terms, Fund::unlimited(), Fund::unlimited());
        TariffBuilder {
            terms,
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
        settle_natural(
            self.terms,
            event,
            strikes,
            &mut self.natural,
            &mut self.outcomes,
        );
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
        self.natural
            .close_year(self.terms, 0, &mut YearRecord::default(), &mut Vec::new());
        self.natural.pool = Fund::unlimited();
        self.natural.insurers = Fund::unlimited();
    }

    /// Adds accidents like this one, so many a year.
    pub fn accidents(&mut self, claim: &AccidentClaim, per_year: f64) {
        settle_accident(self.terms, claim, &mut self.single);
        self.count_single(per_year);
    }

    /// Adds health or social events like this one, so many a year.
    pub fn persons(&mut self, claim: &PersonClaim, per_year: f64) {
        settle_person(self.terms, claim, &mut self.single);
        self.count_single(per_year);
    }

    fn count_single(&mut self, per_year: f64) {
        for (sum, yuan) in self.single_paid.iter_mut().zip(paid_by_cover(&self.single)) {
            *sum += per_year * yuan;
        }
        self.single_relief += per_year * relief_of(&self.single);
        self.single_rebuilding += per_year * to_yuan(self.single.year.public_rebuilding);
        self.single.ledger.year_paid = [0; LAYERS];
        self.single.year = YearSums::default();
        self.single.insurers = Fund::unlimited();
        self.single.pool = Fund::unlimited();
        self.single.renew_yearly_limits(self.terms);
    }

    /// The tariff for `people` residents.
    pub fn finish(mut self, people: f64) -> Tariff {
        let years = f64::from(self.years.max(1));
        let mut expected = self.single_paid;
        for (sum, paid) in expected.iter_mut().zip(self.natural_paid) {
            *sum += paid / years;
        }
        let premiums: Vec<Premium> = Cover::ALL
            .iter()
            .map(|cover| premium(self.terms, *cover, &expected))
            .collect();
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
            insurers_capital: (commercial as f64 * self.terms.pricing.capital_years) as Fen,
            pool_capital: self.terms.pool.capital,
            premiums,
        }
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
        });
    }
    sums
}

/// Relief and consolation of this year (yuan).
fn relief_of(books: &Books) -> f64 {
    to_yuan(books.ledger.year_paid[Layer::Relief.number()] + books.year.consolation)
}

/// premium = (1 + loading) × expected payment; the pool's contribution also carries its reinsurance.
fn premium(terms: &Arrangement, cover: Cover, expected: &[f64; COVERS]) -> Premium {
    let pricing = &terms.pricing;
    let loading = match cover {
        Cover::WorkInjury | Cover::Medical => pricing.statutory_loading,
        Cover::Reinsurance => pricing.reinsurance_loading,
        _ => pricing.insurer_loading,
    };
    let expected_yuan = expected[cover.number()];
    let mut yuan = (1.0 + loading) * expected_yuan;
    if cover == Cover::Pool {
        yuan += (1.0 + pricing.reinsurance_loading) * expected[Cover::Reinsurance.number()];
    }
    let prevention_share = if cover == Cover::SafetyLiability {
        terms.liability.prevention_fee
    } else {
        0.0
    };
    let loading_share = if yuan > 0.0 {
        loading * expected_yuan / yuan
    } else {
        0.0
    };
    Premium {
        cover,
        expected_yuan,
        payers: payers(terms, cover, from_yuan(yuan)),
        receiver: match cover {
            Cover::WorkInjury | Cover::Medical => Bearer::SocialInsurance,
            Cover::Pool => Bearer::Pool,
            Cover::Reinsurance => Bearer::Reinsurers,
            _ => Bearer::Insurers,
        },
        // The fee is paid out of the loading as far as that goes: never counted twice.
        loading_share: (loading_share - prevention_share).max(0.0),
        prevention_share,
    }
}

/// Who pays a premium (fen); see the head of this file.
fn payers(terms: &Arrangement, cover: Cover, fen: Fen) -> [Fen; BEARERS] {
    let pricing = &terms.pricing;
    let mut payers = [0; BEARERS];
    let mut governments = |levels: Levels, part: Fen| {
        for (government, part) in GOVERNMENTS.into_iter().zip(levels.split(part, false)) {
            payers[government.number()] = part;
        }
        fen - part
    };
    let (payer, rest, other) = match cover {
        Cover::WorkInjury | Cover::SafetyLiability | Cover::EnterpriseProperty => {
            (Bearer::Enterprises, fen, 0)
        }
        Cover::Medical | Cover::Pool => (Bearer::Enterprises, fen / 2, fen - fen / 2),
        Cover::Household => {
            let subsidy = share(fen, pricing.household_subsidy);
            (Bearer::Residents, governments(pricing.levels, subsidy), 0)
        }
        Cover::Agricultural => {
            let subsidy = share(fen, pricing.agricultural_subsidy);
            (Bearer::Residents, governments(pricing.levels, subsidy), 0)
        }
        Cover::Motor => (Bearer::Residents, fen, 0),
        Cover::PublicCover | Cover::IndexCover => {
            (Bearer::Residents, governments(pricing.levels, fen), 0)
        }
        Cover::Infrastructure => (Bearer::Residents, governments(terms.public_owner, fen), 0),
        Cover::Reinsurance => (Bearer::Pool, fen, 0),
    };
    payers[payer.number()] += rest;
    payers[Bearer::Residents.number()] += other;
    payers
}
