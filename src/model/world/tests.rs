//! What must hold of every world that is built.

use super::build::build;
use super::geography::{UNREACHABLE_KM, distance_km};
use super::sample::society;
use super::{World, citizens, group};
use crate::model::transcendental::{log, pow};
use crate::vocabulary::{AgeGroup, Asset, Quintile, SizeClass, Table, Trade, Vocabulary};

fn sample(people_per_agent: u32) -> World {
    let (society, tables) = society();
    build(&society, &tables, people_per_agent)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + b.abs())
}

#[test]
fn counties_add_up_to_their_province() {
    let (_, tables) = society();
    let world = sample(1000);
    let counties = &world.counties;
    for (province, row) in world.provinces.iter().zip(&tables.provinces) {
        let people = |c: usize| f64::from(counties.population[c]);
        let rows = || province.counties.rows();
        let total = |value: &dyn Fn(usize) -> f64| rows().map(value).sum::<f64>();
        assert_eq!(
            rows()
                .map(|c| u64::from(counties.population[c]))
                .sum::<u64>(),
            row.population
        );
        let population = row.population as f64;
        assert!(close(total(&|c| counties.gdp_yuan[c]), row.gdp_yuan));
        assert!(close(
            total(&|c| people(c) * counties.income_yuan[c]) / population,
            row.income_yuan
        ));
        assert!(close(
            total(&|c| people(c) * counties.urban[c]) / population,
            row.urban_share
        ));
        assert!(close(
            total(&|c| counties.beds[c]),
            population * row.beds_per_1000 / 1000.0
        ));
        let of_age = |age: AgeGroup| {
            total(&|c| {
                Quintile::ALL
                    .iter()
                    .map(|&q| f64::from(counties.people[c][group(age, q)]))
                    .sum()
            })
        };
        assert!((of_age(AgeGroup::Aged) - population * row.aged_share).abs() <= 1.0);
        assert!((of_age(AgeGroup::Child) - population * row.child_share).abs() <= 1.0);
    }
}

#[test]
fn groups_are_all_people_and_fifths_are_level() {
    let world = sample(1000);
    for (people, &population) in world.counties.people.iter().zip(&world.counties.population) {
        assert_eq!(people.iter().sum::<u32>(), population);
        let fifth = |q: usize| (0..3).map(|age| people[age * 5 + q]).sum::<u32>();
        assert!((0..5).all(|q| fifth(q).abs_diff(population / 5) <= 1));
    }
    for fifths in &world.counties.quintile_income {
        assert!(close(fifths.iter().sum::<f64>(), 5.0));
        assert!(fifths.windows(2).all(|pair| pair[0] < pair[1]));
    }
}

#[test]
fn cities_partition_the_counties_and_a_municipality_is_one_city() {
    let world = sample(1000);
    let mut next = 0;
    for (number, city) in world.cities.iter().enumerate() {
        assert_eq!(city.counties.start, next);
        assert!(!city.counties.is_empty());
        next = city.counties.end;
        for c in city.counties.rows() {
            assert_eq!(usize::from(world.counties.city[c]), number);
            assert_eq!(world.counties.province[c], city.province);
        }
    }
    assert_eq!(next as usize, world.counties.len());
    assert!(world.provinces[0].municipality && world.provinces[0].cities.len() == 1);
    // More prefectures than counties are named than exist: each county is then its own city.
    assert_eq!(world.provinces[2].cities.len(), 9);
    for province in &world.provinces {
        assert!(
            province
                .counties
                .rows()
                .contains(&(province.capital as usize))
        );
    }
}

#[test]
fn workers_of_a_province_and_trade_are_all_placed() {
    let (_, tables) = society();
    let world = sample(1000);
    let mut placed = vec![Table::<Trade, f64>::default(); world.provinces.len()];
    for cell in 0..world.cells.county.len() {
        let county = world.cells.county[cell] as usize;
        let province = usize::from(world.counties.province[county]);
        placed[province][world.cells.trade[cell]] += world.cells.workers[cell];
        assert!(world.cells.establishments[cell] > 0 && world.cells.workers[cell] > 0.0);
        let agents = world.cells.enterprises[cell].rows();
        let establishments = &world.enterprises.establishments[agents.clone()];
        assert_eq!(
            establishments.iter().sum::<u32>(),
            world.cells.establishments[cell]
        );
        assert!(close(
            world.enterprises.workers[agents.clone()].iter().sum(),
            world.cells.workers[cell]
        ));
        assert!(close(
            world.enterprises.cumulative_workers[agents.end - 1],
            world.cells.workers[cell]
        ));
        let county = &world.counties.cells[county];
        assert!(county.rows().contains(&cell));
    }
    for (found, stated) in placed.iter().zip(&tables.workers) {
        for (trade, &workers) in stated.iter() {
            assert!(
                close(found[trade], workers),
                "{trade:?}: {} {workers}",
                found[trade]
            );
        }
    }
}

#[test]
fn cells_are_the_same_at_every_scale() {
    let (coarse, fine) = (sample(5000), sample(100));
    assert_eq!(coarse.cells.county, fine.cells.county);
    assert_eq!(coarse.cells.establishments, fine.cells.establishments);
    assert_eq!(coarse.cells.workers, fine.cells.workers);
    assert_eq!(coarse.counties.population, fine.counties.population);
    assert_eq!(coarse.counties.log_exposure, fine.counties.log_exposure);
    assert!(coarse.enterprises.len() < fine.enterprises.len());
    let large = |world: &World| -> Vec<(u32, u64)> {
        (0..world.enterprises.len())
            .filter(|&e| world.cells.size[world.enterprises.cell[e] as usize] == SizeClass::Large)
            .map(|e| {
                (
                    world.enterprises.establishments[e],
                    world.enterprises.workers[e].to_bits(),
                )
            })
            .collect()
    };
    assert_eq!(large(&coarse), large(&fine));
    assert!(
        large(&fine)
            .iter()
            .all(|&(establishments, _)| establishments == 1)
    );
}

#[test]
fn sizes_of_large_establishments_are_heavy_tailed() {
    let world = sample(1000);
    let mut sizes: Vec<f64> = (0..world.enterprises.len())
        .filter(|&e| {
            let cell = world.enterprises.cell[e] as usize;
            world.cells.size[cell] == SizeClass::Large && world.cells.trade[cell] == Trade::TownGas
        })
        .map(|e| world.enterprises.workers[e])
        .collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let (total, n) = (sizes.iter().sum::<f64>(), sizes.len());
    assert!(n > 300);
    // Of a Pareto law with exponent 1.06 the largest tenth holds about 0.1^(1 − 1/1.06) = 0.88 of
    // all; the upper bound takes some of that, an exponential law would leave it a third.
    let top: f64 = sizes[..n / 10].iter().sum();
    assert!(top / total > 0.5, "{}", top / total);
    // Hill's estimate of the exponent, from the largest tenth.
    let k = n / 10;
    let hill = sizes[..k].iter().map(|x| log(x / sizes[k])).sum::<f64>() / k as f64;
    assert!((0.8..1.4).contains(&(1.0 / hill)), "{}", 1.0 / hill);
}

#[test]
fn citizens_stand_for_their_county_and_follow_the_stated_shares() {
    let (society, _) = society();
    let world = sample(1000);
    let counties = &world.counties;
    let facts = &world.citizens;
    let n = facts.len() as f64;
    assert!((n - world.population as f64 / 1000.0).abs() < counties.len() as f64);
    assert!(counties.citizens.iter().all(|span| !span.is_empty()));
    let share =
        |flag: &dyn Fn(usize) -> bool| (0..facts.len()).filter(|&i| flag(i)).count() as f64 / n;
    let near = |found: f64, stated: f64| (found - stated).abs() < 4.5 * (stated / n).sqrt();
    for fifth in 0..5_u8 {
        assert!(
            near(share(&|i| facts.person[i] >> 2 & 7 == fifth), 0.2),
            "fifth {fifth}"
        );
    }
    assert!(near(share(&|i| facts.person[i] & 3 == 2), 0.135), "aged");
    assert!(near(
        share(&|i| facts.vulnerability[i] & 1 > 0),
        society.citizens.disabled_share
    ));
    assert!(
        near(share(&|i| facts.measures[i] >> 5 & 1 > 0), 0.02),
        "first responders"
    );
    assert!(
        near(share(&|i| facts.measures[i] & 1 > 0), 0.3),
        "first measure"
    );
    assert!(facts.person.iter().all(|&p| p & 3 < 3 && (p >> 2 & 7) < 5));
    let coping =
        facts.coping.iter().map(|&x| f64::from(x)).sum::<f64>() / n / citizens::CODES_PER_SD;
    assert!(coping.abs() < 0.05, "{coping}");
    // Coded incomes give back the mean income within coding and sampling error.
    let income = facts
        .income
        .iter()
        .map(|&k| citizens::INCOME_LEAST_YUAN * pow(citizens::INCOME_RATIO, f64::from(k)))
        .sum::<f64>()
        / n;
    assert!(
        (income / world.mean_income_yuan - 1.0).abs() < 0.02,
        "{income}"
    );
}

#[test]
fn town_and_country_incomes_have_the_stated_ratio() {
    let world = sample(200);
    let mut sums = [[0.0; 2]; 2];
    for (&person, &code) in world.citizens.person.iter().zip(&world.citizens.income) {
        let place = usize::from(person >> 5 & 1);
        sums[place][0] += 1.0;
        sums[place][1] +=
            citizens::INCOME_LEAST_YUAN * pow(citizens::INCOME_RATIO, f64::from(code));
    }
    let ratio = sums[1][1] / sums[1][0] / (sums[0][1] / sums[0][0]);
    assert!((ratio / 2.56 - 1.0).abs() < 0.05, "{ratio}");
}

#[test]
fn the_same_society_gives_the_same_world() {
    let (a, b) = (sample(1000), sample(1000));
    assert_eq!(a.citizens.income, b.citizens.income);
    assert_eq!(a.enterprises.quality, b.enterprises.quality);
    let (mut other, tables) = society();
    other.seed += 1;
    assert_ne!(
        build(&other, &tables, 1000).citizens.income,
        a.citizens.income
    );
}

#[test]
fn distances_are_symmetric_between_counties_and_grow_along_the_graph() {
    let world = sample(1000);
    let of = |p: usize| world.provinces[p].counties.start;
    for (a, b) in [(of(0), of(1)), (of(0), of(0) + 1), (of(1), of(2))] {
        assert!(close(distance_km(&world, a, b), distance_km(&world, b, a)));
    }
    // R = √(90,000/π) = 169.3 km, an edge is 1.5 R.
    let edge = 1.5 * (90_000.0 / std::f64::consts::PI).sqrt();
    assert!(close(world.province_distance_km[1], edge));
    assert!(close(world.province_distance_km[2], 2.0 * edge));
    assert!(distance_km(&world, of(1), of(1)) < world.counties.radius_km[of(1) as usize]);
    let (society, mut tables) = society();
    tables.neighbours.pop();
    let parted = build(&society, &tables, 1000);
    assert_eq!(distance_km(&parted, of(0), of(2)), UNREACHABLE_KM);
}

#[test]
fn stocks_follow_their_definitions() {
    let (society, tables) = society();
    let world = sample(1000);
    let total = |asset: Asset| {
        world
            .counties
            .stock_yuan
            .iter()
            .map(|s| s[asset])
            .sum::<f64>()
    };
    let gdp: f64 = tables.provinces.iter().map(|p| p.gdp_yuan).sum();
    assert!(close(
        total(Asset::Enterprise),
        society.stocks.enterprise_per_gdp * gdp
    ));
    assert!(close(
        total(Asset::Infrastructure),
        society.stocks.infrastructure_per_gdp * gdp
    ));
    let rural: f64 = tables
        .provinces
        .iter()
        .map(|p| p.population as f64 * (1.0 - p.urban_share))
        .sum();
    assert!(close(
        total(Asset::CropsLivestock),
        rural * society.stocks.crops_yuan_per_rural_head
    ));
}

#[test]
fn known_prefectures_are_cities_with_their_own_people_product_and_income() {
    use crate::scenario::prefectures::PrefectureRow;
    let (society, mut tables) = society();
    let prefecture = |population, counties, income_yuan| PrefectureRow {
        province: 1,
        name_zh: "市".to_owned(),
        name_en: "City".to_owned(),
        population,
        urban_share: 0.5,
        gdp_yuan: population as f64 * 70_000.0,
        counties,
        income_yuan,
    };
    tables.prefectures = vec![
        prefecture(30_000_000, 40, 25_000.0),
        prefecture(10_000_003, 20, 45_000.0),
    ];
    let world = build(&society, &tables, 1000);
    let province = &world.provinces[1];
    assert_eq!((province.cities.len(), province.counties.len()), (2, 60));
    assert_eq!(province.population, 40_000_003);
    for (city, known) in province.cities.rows().zip(&tables.prefectures) {
        let counties = world.cities[city].counties.rows();
        let people: u64 = counties
            .clone()
            .map(|c| u64::from(world.counties.population[c]))
            .sum();
        assert_eq!(
            (people, counties.len()),
            (known.population, known.counties as usize)
        );
        let income: f64 = counties
            .map(|c| world.counties.income_yuan[c] * f64::from(world.counties.population[c]))
            .sum();
        assert!(close(income / people as f64, known.income_yuan));
    }
}
