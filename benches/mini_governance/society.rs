//! A stripped society with the elements of the mini-governance workload, run through the real engine.
//!
//! One province; 1,000 people to a county, one agent a person; in each county and week a flood with
//! probability 0.02, whose severity is exponential with mean one. Nothing else happens: no accidents,
//! outbreaks, incidents or other hazards, no cascades. Households prepare and insure themselves, floods
//! destroy what they own, insurers, relief and the households themselves bear it, people die.
//!
//! What differs from the workload: a citizen is a logistic decision about four measures and a cover and
//! three moods (alarm, trust, grievance) rather than one number that drifts; a county's loss falls on
//! income fifths rather than on single citizens; deaths are drawn for the county at once; and all ten
//! stages of a week are passed, with recovery, learning, the ledger and the weekly series.

#![expect(
    clippy::expect_used,
    reason = "a bench whose built-in society does not load must stop"
)]

use riskweave::model::History;
use riskweave::model::agents::citizen;
use riskweave::model::hazards::natural::{NaturalEvent, NaturalHistory, Strike};
use riskweave::model::random::{Purpose, Stream};
use riskweave::model::run::Run;
use riskweave::model::transcendental::log;
use riskweave::model::world::Span;
use riskweave::scenario::load_policy;
use riskweave::verify::laboratory::{Laboratory, sound};
use riskweave::verify::stripped::Stripped;
use riskweave::vocabulary::{Asset, Bearer, Kind, NaturalKind, Table, Vocabulary};

use serde_json::{Value, json};

use crate::rules::WEEKS;

/// People of a county.
const COUNTY: usize = 1000;
/// Capital of the insurers: a hundred thousand billion yuan.
const INSURERS_FEN: i64 = 10_000_000_000_000_000;
/// Probability that a county is struck in a week.
const HAZARD: f64 = 0.02;
/// Levels of government that bear losses.
const GOVERNMENTS: [Bearer; 4] = [
    Bearer::Centre,
    Bearer::Province,
    Bearer::City,
    Bearer::County,
];
/// No mechanism but the sharing of losses: cover of 80 % without deductible, relief of 30 % of need.
const SHARING: [&str; 4] = [
    "policy.sharing.enabled=true",
    "policy.sharing.property.coverage=0.8",
    "policy.sharing.relief.share_ordinary=0.3",
    "policy.sharing.relief.share_catastrophe=0.3",
];

/// The society, and what happens in it.
pub(crate) struct Society {
    laboratory: Laboratory,
    history: History,
}

impl Society {
    pub(crate) fn new(citizens: usize, seed: u64) -> Self {
        let laboratory = laboratory(citizens);
        let floods = floods(citizens / COUNTY, seed);
        let history = laboratory.stated(seed, 1, Vec::new(), floods);
        Society {
            laboratory,
            history,
        }
    }

    /// A run that stands before its first week.
    pub(crate) fn ready(&self) -> Run<'_> {
        let mut run = self.laboratory.begin(&self.history);
        run.state.books = self.laboratory.regime.books();
        run
    }

    pub(crate) fn citizens(&self) -> usize {
        self.laboratory.model.world.citizens.len()
    }

    /// Who bore what the floods destroyed (fen), and how many died; the engine's own checks must pass.
    pub(crate) fn account(&self, run: Run<'_>) -> Value {
        let record = sound(run.finish()).expect("every loss is borne to the fen");
        let borne = |bearers: &[Bearer]| -> i64 {
            let rows = record.ledger.iter();
            let own = rows.filter(|row| bearers.contains(&row.bearer));
            own.map(|row| row.amount_fen).sum()
        };
        let year = &record.years[0];
        let named = [Bearer::Insurers, Bearer::Residents];
        let others: Vec<Bearer> = Bearer::ALL
            .iter()
            .copied()
            .filter(|bearer| !named.contains(bearer) && !GOVERNMENTS.contains(bearer))
            .collect();
        let deaths: u64 = Kind::ALL.iter().map(|kind| year.deaths[*kind]).sum();
        json!({
            "events": self.history.candidates.len(),
            "loss_fen": borne(Bearer::ALL),
            "insurer_fen": borne(&[Bearer::Insurers]),
            "government_fen": borne(&GOVERNMENTS),
            "residents_fen": borne(&[Bearer::Residents]),
            "others_fen": borne(&others),
            "deaths": deaths,
        })
    }
}

/// A year in which every citizen is reviewed once a quarter, as the model has it.
pub(crate) fn year(run: &mut Run<'_>) {
    run.weeks(WEEKS);
}

/// A year in which every citizen is reviewed every week, as the workload has it.
pub(crate) fn year_of_weekly_reviews(run: &mut Run<'_>) {
    let everybody = run.model.world.citizens.len();
    for _ in 0..WEEKS {
        citizen::review(run, 0..everybody);
        run.weeks(1);
    }
}

fn laboratory(citizens: usize) -> Laboratory {
    let mut stripped = Stripped::new().expect("the built-in society is sound");
    for province in &mut stripped.society.tables.provinces {
        province.population = citizens as u64;
        province.counties = (citizens / COUNTY) as u32;
        province.gdp_yuan = 70_000.0 * citizens as f64;
    }
    let sets = SHARING.map(String::from);
    stripped.policy = load_policy("builtin:limit-cases/nothing.toml", &stripped.society, &sets)
        .expect("the built-in policy is sound");
    stripped.facts().citizens.insured_initial = Table::default().map(|_, _: &f64| 0.3);
    let flood = &mut stripped.facts().hazards[NaturalKind::Flood];
    flood.damage_ratio[Asset::Housing] = 1.0;
    flood.damage_ratio[Asset::HouseholdGoods] = 1.0;
    flood.death_rate_scale = 1e-3;
    flood.death_exponent = 1.0;
    let mut laboratory = stripped.laboratory_of_single_agents();
    // Premiums know of no floods here, which are stated one by one: insurers start rich enough to pay.
    laboratory.regime.tariff.insurers_capital = INSURERS_FEN;
    laboratory
}

/// Floods of one county each: severity s destroys about a tenth of s.
fn floods(counties: usize, seed: u64) -> NaturalHistory {
    let stream = Stream::new(seed, 0, Purpose::NaturalCandidates);
    let mut natural = NaturalHistory::default();
    for week in 0..WEEKS {
        for county in 0..counties as u32 {
            let [struck, drawn] = stream.pair(u64::from(county), week, 0);
            if struck >= HAZARD {
                continue;
            }
            let severity = -log(drawn);
            let number = natural.events.len() as u32;
            let within = (f64::from(county) + 0.5) / counties as f64;
            natural.strikes.push(Strike {
                county,
                intensity: (1.0 + severity) as f32,
                damage: (0.1 * severity).min(1.0) as f32,
            });
            natural.events.push(NaturalEvent {
                identity: u64::from(number) + 1,
                week,
                time: (f64::from(week) + within) / f64::from(WEEKS),
                kind: NaturalKind::Flood,
                magnitude: 1.0 + severity,
                origin: county,
                strikes: Span {
                    start: number,
                    end: number + 1,
                },
                death_factor: 1.0,
                lead_factor: 1.0,
            });
        }
    }
    natural
}
