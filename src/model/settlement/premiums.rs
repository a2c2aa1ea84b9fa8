//! Premiums are earned as time goes by, so that a claim meets what was earned up to its instant.

use super::books::Books;
use super::ledger::BEARERS;
use super::money::{Fen, share, to_yuan};
use super::tariff::{Cover, Premium, Tariff};
use crate::model::record::Resource;
use crate::vocabulary::{Bearer, Vocabulary};

/// Seconds in a year of 52 weeks.
pub const SECONDS_PER_YEAR: u32 = 52 * SECONDS_PER_WEEK;
/// Seconds in a week.
pub const SECONDS_PER_WEEK: u32 = 168 * 3600;

/// What was paid in premiums and contributions over a span of time (fen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PremiumsPaid {
    /// By residents.
    pub residents: Fen,
    /// By enterprises.
    pub enterprises: Fen,
    /// By governments.
    pub public: Fen,
}

/// What is due of the premiums of a tariff, and from whom: those who owe nothing are left out.
#[derive(Clone, Debug)]
pub struct Dues {
    /// In the tariff's order.
    premiums: Vec<Due>,
    /// Share of what insurers earn that they owe their reinsurers.
    quota_share: f64,
}

/// What is due of one premium.
#[derive(Clone, Debug)]
struct Due {
    cover: Cover,
    receiver: Bearer,
    loading_share: f64,
    prevention_share: f64,
    /// Who owes, and how much (fen a year).
    payers: Vec<(Bearer, Fen)>,
}

impl Dues {
    /// Of a tariff.
    pub fn of(tariff: &Tariff) -> Self {
        let due = |premium: &Premium| {
            let owed = Bearer::ALL.iter().zip(premium.payers);
            let owed = owed.map(|(bearer, yearly)| (*bearer, yearly));
            Due {
                cover: premium.cover,
                receiver: premium.receiver,
                loading_share: premium.loading_share,
                prevention_share: premium.prevention_share,
                payers: owed
                    .filter(|(bearer, yearly)| {
                        // What insurers owe of their quota share hangs on what they earn.
                        let quota = premium.cover == Cover::QuotaShare;
                        *yearly != 0 || quota && *bearer == Bearer::Insurers
                    })
                    .collect(),
            }
        };
        let premiums = tariff.premiums.iter().map(due);
        Dues {
            premiums: premiums.filter(|due| !due.payers.is_empty()).collect(),
            quota_share: tariff.treaties.quota_share,
        }
    }
}

/// Pays premiums from where the year's payments stand up to `second` (0–[`SECONDS_PER_YEAR`]) of the year.
///
/// `household_take_up` is the present take-up of household cover relative to that of the tariff: its
/// premium moves with it. A ruined fund earns nothing: its cover has ended. The premium goes whole
/// into the fund's capital (Cramér–Lundberg), less the prevention fee, which is spent.
pub fn pay_premiums(
    dues: &Dues,
    books: &mut Books,
    second: u32,
    household_take_up: f64,
) -> PremiumsPaid {
    let mut paid = [0; BEARERS];
    let insurers_before = books.insurers.capital;
    let from = books.premium_second;
    let to = second.clamp(from, SECONDS_PER_YEAR.max(from));
    books.premium_second = to;
    books.insurers.accrued = 0;
    books.pool.accrued = 0;
    for premium in &dues.premiums {
        let mut total = 0;
        for (bearer, yearly) in &premium.payers {
            let due = span(*yearly, from, to);
            let due = match premium.cover {
                Cover::Household => (due as f64 * household_take_up + 0.5) as Fen,
                // Their premiums come before it.
                Cover::QuotaShare if *bearer == Bearer::Insurers => {
                    let earned = (books.insurers.capital - insurers_before).max(0);
                    share(earned, dues.quota_share)
                }
                _ => due,
            };
            if due > 0 {
                let taken = take(books, premium, *bearer, due);
                paid[bearer.number()] += taken;
                total += taken;
            }
        }
        let yuan = to_yuan(total);
        books
            .accounts
            .use_up(Resource::Loading, yuan * premium.loading_share);
        books
            .accounts
            .use_up(Resource::Care, yuan * premium.prevention_share);
    }
    let public = super::ledger::public(&paid);
    books.year.public_premiums += public;
    PremiumsPaid {
        residents: paid[Bearer::Residents.number()],
        enterprises: paid[Bearer::Enterprises.number()],
        public,
    }
}

/// Tells both funds what they have earned since the last posting, up to a second of the year: a claim at
/// that instant may draw on it. Nothing is posted.
pub fn accrue(income: &Income, books: &mut Books, second: u32, household_take_up: f64) {
    let from = books.premium_second;
    let to = second.clamp(from, SECONDS_PER_YEAR.max(from));
    let household = (income.household as f64 * household_take_up) as Fen;
    books.insurers.accrued = span((income.insurers + household).max(0), from, to);
    books.pool.accrued = span(income.pool, from, to);
}

/// What the funds earn in a year (fen), net of what is spent on prevention and on their reinsurance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Income {
    /// Insurers, without household cover; below zero if their reinsurance costs more than that.
    pub insurers: Fen,
    /// Household cover, at the take-up of the tariff.
    pub household: Fen,
    /// The pool, less its reinsurance.
    pub pool: Fen,
}

impl Income {
    /// The yearly income from a tariff.
    pub fn of(tariff: &Tariff) -> Self {
        let mut income = Income::default();
        let mut reinsurance = 0;
        for premium in &tariff.premiums {
            let total = premium.total();
            match (premium.cover, premium.receiver) {
                (Cover::Household, _) => income.household += total,
                (Cover::Reinsurance, _) => income.pool -= total,
                (Cover::Excess | Cover::StopLoss, _) => reinsurance += total,
                (_, Bearer::Insurers) => {
                    income.insurers += total - share(total, premium.prevention_share);
                }
                (_, Bearer::Pool) => income.pool += total,
                _ => {}
            }
        }
        income.pool = income.pool.max(0);
        let quota_share = tariff.treaties.quota_share;
        income.household -= share(income.household, quota_share);
        income.insurers -= share(income.insurers, quota_share) + reinsurance;
        income
    }
}

/// The part of a yearly amount (fen) that falls between two instants; the parts of a year sum to it.
fn span(yearly: Fen, from: u32, to: u32) -> Fen {
    if yearly == 0 {
        return 0;
    }
    // ⌊yearly·t/year⌋ in 64 bits: whole amounts a second, and what they leave over.
    let year = Fen::from(SECONDS_PER_YEAR);
    let (each, over) = (yearly / year, yearly % year);
    let until = |second: u32| Fen::from(second) * each + Fen::from(second) * over / year;
    until(to) - until(from)
}

/// Takes a premium from its payer to its receiver; returns what was taken (fen).
fn take(books: &mut Books, premium: &Due, payer: Bearer, due: Fen) -> Fen {
    let taken = match premium.receiver {
        Bearer::Insurers => {
            let spent = share(due, premium.prevention_share);
            if books.insurers.ruined {
                books.insurers.earn(due - spent)
            } else {
                books.insurers.earn(due - spent);
                due
            }
        }
        Bearer::Pool => books.pool.earn(due),
        Bearer::Reinsurers if payer == Bearer::Insurers => books.insurers.spend(due),
        Bearer::Reinsurers => books.pool.spend(due),
        _ => due,
    };
    books.accounts.transfer(payer, premium.receiver, taken);
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settlement::accident::{AccidentClaim, settle_accident};
    use crate::model::settlement::arrangement::Arrangement;
    use crate::model::settlement::capital::Fund;
    use crate::model::settlement::fixtures::all;
    use crate::model::settlement::natural::{NaturalEvent, StrikeLoss, settle_natural};
    use crate::model::settlement::reinsurance::{Treaties, layer};
    use crate::model::settlement::tariff::TariffBuilder;
    use crate::vocabulary::NaturalKind;

    const FLOOD: NaturalEvent = NaturalEvent {
        kind: NaturalKind::Flood,
        owner: None,
    };

    fn strikes() -> [StrikeLoss; 1] {
        [StrikeLoss {
            housing: [10_000; 5],
            crops: [1_000; 5],
            enterprise: 40_000,
            infrastructure: 20_000,
            insured_share: [0.2; 5],
            relative_income: [1.0; 5],
            intensity: 3.0,
            ..StrikeLoss::default()
        }]
    }

    fn accident() -> AccidentClaim {
        AccidentClaim {
            workers_dead: 1,
            worker_treatment: 5_000,
            own_damage: 20_000,
            negligent: true,
            liability_insured: true,
            property_insured: true,
            ..AccidentClaim::default()
        }
    }

    /// One flood every second year, three accidents a year.
    fn tariff(terms: &Arrangement) -> Tariff {
        let mut builder = TariffBuilder::new(terms);
        for year in 0..100 {
            if year % 2 == 0 {
                builder.natural_event(&FLOOD, &strikes());
            }
            builder.end_year();
        }
        builder.accidents(&accident(), 3.0);
        builder.finish(200.0)
    }

    #[test]
    fn the_spans_of_a_year_are_floors_of_its_amount() {
        let year = i128::from(SECONDS_PER_YEAR);
        for yearly in [
            0,
            1,
            7_919,
            31_449_599,
            31_449_601,
            123_456_789_012,
            1 << 58,
        ] {
            for (from, to) in [
                (0, 1),
                (5, 604_800),
                (604_800, 31_449_599),
                (9, SECONDS_PER_YEAR),
            ] {
                let until = |second: u32| i128::from(yearly) * i128::from(second) / year;
                let known = until(to) - until(from);
                assert_eq!(i128::from(span(yearly, from, to)), known, "{yearly}");
            }
        }
    }

    #[test]
    fn a_premium_is_the_loaded_expected_payment() {
        let terms = all();
        let tariff = tariff(&terms);
        let premium = |cover: Cover| tariff.premium(cover);
        // Agricultural: 0.1 × 5,000 fen every second year; 0.75 of it paid by governments.
        assert_eq!(premium(Cover::Agricultural).expected_yuan, 2.5);
        assert_eq!(premium(Cover::Agricultural).total(), 338);
        assert_eq!(premium(Cover::Agricultural).public(), 254);
        // Liability: workers' rest 60,000 + 3,200, limited to 40,000; three a year.
        assert_eq!(premium(Cover::SafetyLiability).expected_yuan, 1_200.0);
        assert_eq!(
            premium(Cover::SafetyLiability).payers[Bearer::Enterprises.number()],
            162_000
        );
        assert_eq!(premium(Cover::Motor).total(), 0);
        // Enterprises: floods 10,000 every second year, accidents 10,000 three times a year.
        assert_eq!(premium(Cover::EnterpriseProperty).expected_yuan, 350.0);
        assert_eq!(tariff.pool.attach_probability, 0.5);
        assert_eq!(tariff.pool.exhaust_probability, 0.0);
        assert!(!tariff.pool.ruin_excluded_by_contract);
        assert!(tariff.relief_yuan_per_head > 0.0 && tariff.rebuilding_yuan_per_head > 0.0);
    }

    #[test]
    fn the_weeks_of_a_year_pay_the_whole_premium_and_transfers_sum_to_zero() {
        let mut terms = all();
        terms.pool.reinsurance_attachment = 15_000;
        let tariff = tariff(&terms);
        let mut books = Books::new(&terms, Fund::new(0), Fund::new(0));
        let mut paid = PremiumsPaid::default();
        for week in 1..=52 {
            let now = pay_premiums(&Dues::of(&tariff), &mut books, week * SECONDS_PER_WEEK, 1.0);
            paid.residents += now.residents;
            paid.enterprises += now.enterprises;
            paid.public += now.public;
        }
        let reinsurance = tariff.premium(Cover::Reinsurance).total();
        assert!(reinsurance > 0);
        let all: Fen = tariff.premiums.iter().map(Premium::total).sum();
        assert_eq!(
            paid.residents + paid.enterprises + paid.public,
            all - reinsurance
        );
        assert_eq!(books.accounts.transfer.iter().sum::<Fen>(), 0);
        assert_eq!(books.year.public_premiums, paid.public);
        let pool = tariff.premium(Cover::Pool).total();
        assert_eq!(books.pool.capital, pool - reinsurance);
        assert_eq!(
            pay_premiums(&Dues::of(&tariff), &mut books, SECONDS_PER_YEAR, 1.0),
            PremiumsPaid::default()
        );
    }

    /// What insurers have earned after two years of which the first has a flood, as they expect, with the
    /// premiums due to them and the prevention fee.
    fn cycle(terms: &Arrangement) -> (Fen, Fen, f64) {
        let tariff = tariff(terms);
        let start = 10_000_000;
        let mut books = Books::new(terms, Fund::new(start), Fund::new(start));
        let (mut due, mut fee) = (0, 0.0);
        for year in 0..2 {
            pay_premiums(&Dues::of(&tariff), &mut books, SECONDS_PER_YEAR, 1.0);
            if year == 0 {
                settle_natural(terms, &FLOOD, &strikes(), &mut books, &mut Vec::new());
            }
            for _ in 0..3 {
                settle_accident(terms, &accident(), &mut books);
            }
            let insurers = tariff
                .premiums
                .iter()
                .filter(|line| line.receiver == Bearer::Insurers);
            for line in insurers {
                due += line.total();
                fee += line.total() as f64 * line.prevention_share;
            }
            books.premium_second = 0;
        }
        (books.insurers.capital - start, due, fee)
    }

    #[test]
    fn over_a_cycle_funds_earn_their_loading() {
        let (earned, due, fee) = cycle(&all());
        let earned = earned as f64;
        let loading = due as f64 * 0.35 / 1.35;
        assert!(
            (earned - (loading - fee)).abs() < 20.0,
            "{earned} {loading} {fee}"
        );
    }

    #[test]
    fn insurers_buy_reinsurance_out_of_what_they_earn() {
        let gross = tariff(&all());
        let mut terms = all();
        terms.treaties = Treaties {
            quota_share: 0.25,
            excess: layer(10_000, 5_000),
            stop_attachment: 0.5,
            stop_limit: 0.2,
            ..Treaties::NONE
        };
        let net = tariff(&terms);
        for (before, after) in gross.premiums.iter().zip(&net.premiums) {
            if after.receiver != Bearer::Reinsurers {
                assert_eq!(before, after, "covers are priced gross");
            }
        }
        // After the quota share three accidents a year leave 37,500 fen each and a flood every second year
        // 19,875: the layer pays 5,000 each time.
        let excess = net.premium(Cover::Excess);
        assert_eq!((excess.expected_yuan, excess.total()), (175.0, 35_000));
        assert!(net.premium(Cover::StopLoss).total() > 0);
        let earn = |tariff: &Tariff| {
            let mut books = Books::new(&terms, Fund::new(0), Fund::new(0));
            for week in 1..=52 {
                pay_premiums(&Dues::of(tariff), &mut books, week * SECONDS_PER_WEEK, 1.0);
            }
            assert_eq!(books.accounts.transfer.iter().sum::<Fen>(), 0);
            books.insurers.capital
        };
        let reinsurance: Fen = [Cover::Excess, Cover::StopLoss]
            .map(|cover| net.premium(cover).total())
            .iter()
            .sum();
        let kept = earn(&gross) - share(earn(&gross), 0.25) - reinsurance;
        // A share is rounded every week.
        assert!((earn(&net) - kept).abs() <= 52, "{} {kept}", earn(&net));
        let income = Income::of(&net);
        assert!((income.insurers + income.household - kept).abs() <= 52);
    }

    #[test]
    fn reinsurance_costs_its_loading() {
        let mut terms = all();
        let before = cycle(&terms).0;
        // Seven payments of 5,000 fen; twice as much is paid for them.
        terms.treaties.excess = layer(15_000, 5_000);
        assert_eq!(before - cycle(&terms).0, 35_000);
        // A quarter on original terms costs a quarter of what insurers earn.
        terms.treaties = Treaties {
            quota_share: 0.25,
            ..Treaties::NONE
        };
        let kept = (before as f64 * 0.75 - cycle(&terms).0 as f64).abs();
        assert!(kept < 20.0, "{kept}");
    }

    #[test]
    fn a_ruined_fund_earns_nothing() {
        let terms = all();
        let tariff = tariff(&terms);
        let ruined = Fund {
            ruined: true,
            ..Fund::default()
        };
        let mut books = Books::new(&terms, ruined, ruined);
        let paid = pay_premiums(&Dues::of(&tariff), &mut books, SECONDS_PER_YEAR, 1.0);
        assert_eq!(
            (books.insurers.capital, books.pool.capital, paid.public),
            (0, 0, 0)
        );
        assert!(paid.enterprises > 0, "statutory contributions go on");
    }
}
