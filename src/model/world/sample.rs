//! A small society for tests: every number of the society file at one value, then set where it matters.

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::scenario::society::{Handover, Society, Spread};
use crate::scenario::tables::{ExposureRow, ProvinceRow, SocietyTables};
use crate::vocabulary::{
    AgeGroup, Asset, BudgetFunction, Category, Grade, Layer, Level, NaturalKind, Owner, Phase,
    Quintile, Role, SizeClass, Table, Trade, Vocabulary,
};

/// Three provinces, one of them a municipality; rates and shares of an ordinary country.
pub(crate) fn society() -> (Society, SocietyTables) {
    let mut society = made(Society::deserialize(Same(0.3)));
    society.seed = 7;
    society.natural.wetness_sigma_log = 0.2;
    society.natural.wetness_intensity_exponent = 0.2;
    society.natural.income_elasticity_loss = 0.25;
    society.natural.income_elasticity_death = 0.6;
    society.natural.aged_death_ratio = 1.8;
    society.natural.rural_death_ratio = 1.67;
    society.synthesis.county_income_sigma_log = 0.28;
    society.synthesis.county_population_sigma_log = 0.6;
    society.synthesis.county_urban_income_slope = 1.2;
    society.synthesis.county_gdp_income_exponent = 1.1;
    society.synthesis.chemical_park_concentration = 6.0;
    society.citizens.income_town_country_ratio = 2.56;
    society.citizens.income_sigma_log_town = 0.58;
    society.citizens.income_sigma_log_country = 0.62;
    society.citizens.wealth_over_income_median_years = 4.0;
    society.citizens.coping_mean = 0.45;
    society.citizens.coping_sd = 0.15;
    society.citizens.first_responder_share = 0.02;
    society.citizens.disabled_share = 0.06;
    society.stocks.housing_town_yuan_per_head = 60_000.0;
    society.stocks.housing_country_yuan_per_head = 42_000.0;
    society.stocks.goods_yuan_per_head = 20_000.0;
    society.stocks.crops_yuan_per_rural_head = 23_000.0;
    set_hazards(&mut society);
    set_sizes(&mut society);
    (society, tables())
}

fn set_hazards(society: &mut Society) {
    for &kind in NaturalKind::ALL {
        let hazard = &mut society.hazards[kind];
        hazard.events_per_year = 12.0;
        hazard.origin_index_exponent = 1.0;
        hazard.origin_population_exponent = 0.0;
        hazard.origin_area_exponent = 0.0;
        hazard.season_peak_week = if kind == NaturalKind::Cold { 3.0 } else { 28.0 };
        hazard.season_sd_weeks = 6.0;
        hazard.wetness_exponent = if kind == NaturalKind::Flood { 1.0 } else { 0.0 };
        hazard.spread = (kind != NaturalKind::Earthquake).then_some(Spread {
            severity_min: 2.4,
            severity_max: 14.0,
            severity_alpha: 3.2,
            decay_km: 100.0,
            exposure_exponent: 0.9,
            county_noise_sd: 0.45,
            damage_scale: 9.0,
            damage_power: 1.25,
        });
    }
    society.hazards[NaturalKind::Drought].wetness_exponent = -1.0;
    society.hazards[NaturalKind::Earthquake].damage_ratio[Asset::Housing] = 1.6;
    let earthquake = &mut society.earthquake;
    earthquake.magnitude_min = 5.3;
    earthquake.magnitude_max = 8.4;
    earthquake.b_value = 0.95;
    earthquake.intensity_per_magnitude = 1.4;
    earthquake.intensity_constant = 3.6;
    earthquake.intensity_attenuation = 3.6;
    earthquake.near_distance_km = 15.0;
    earthquake.rupture_log_slope = 0.62;
    earthquake.rupture_log_intercept = -2.57;
    earthquake.county_noise_sd = 0.35;
    earthquake.damage_ceiling = 0.6375;
    earthquake.damage_mid_intensity = 8.5;
    earthquake.damage_width = 0.5;
    earthquake.death_ceiling = 0.045;
    earthquake.death_mid_intensity = 10.3;
    earthquake.death_width = 0.4;
    earthquake.night_share = 0.33;
    earthquake.night_death_ratio = 1.5;
}

fn set_sizes(society: &mut Society) {
    let sizes = [
        (1680.0, 300.0, 200_000.0),
        (243.0, 100.0, 1000.0),
        (41.0, 10.0, 100.0),
        (5.0, 1.0, 10.0),
    ];
    for (facts, (mean, least, greatest)) in society.sizes.values_mut().iter_mut().zip(sizes) {
        facts.workers_mean = mean;
        facts.workers_min = least;
        facts.workers_max = greatest;
    }
    for trade in society.trades.values_mut() {
        for (size, share) in [0.2, 0.2, 0.3, 0.3].into_iter().enumerate() {
            trade.sizes.values_mut()[size].share_of_workers = share;
        }
    }
}

fn tables() -> SocietyTables {
    let province = |code: &str, population, counties, prefectures, urban| ProvinceRow {
        code: code.to_owned(),
        name_zh: format!("省{code}"),
        name_en: format!("Province {code}"),
        population,
        aged_share: 0.135,
        child_share: 0.18,
        urban_share: urban,
        gdp_yuan: population as f64 * 72_000.0,
        counties,
        prefectures,
        area_km2: 90_000.0,
        income_yuan: 30_000.0,
        beds_per_1000: 6.0,
        tile_row: 0,
        tile_col: 0,
    };
    SocietyTables {
        provinces: vec![
            province("A", 21_893_095, 16, 0, 0.87),
            province("B", 40_000_003, 60, 11, 0.55),
            province("C", 3_000_001, 9, 14, 0.35),
        ],
        prefectures: Vec::new(),
        neighbours: vec![(0, 1), (1, 2)],
        exposure: (0..3)
            .map(|p| ExposureRow {
                index: Table::from_fn(|_| 0.4 + 0.2 * f64::from(p)),
                landfalls: f64::from(p),
            })
            .collect(),
        workers: [8e6, 15e6, 1e6]
            .map(|all: f64| Table::from_fn(|trade: Trade| all * (trade as u8 as f64 + 1.0) / 45.0))
            .to_vec(),
        responsibility: made(Deserialize::deserialize(Same(0.3))),
        cascade: Vec::new(),
    }
}

/// The value, or a panic that says why the sample could not be made.
fn made<T>(result: Result<T, Error>) -> T {
    result.unwrap_or_else(|problem| panic!("{problem}"))
}

/// A deserializer that answers every question with the same number.
#[derive(Clone, Copy)]
struct Same(f64);

type Error = de::value::Error;

impl<'de> Deserializer<'de> for Same {
    type Error = Error;
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(self.0)
    }
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(true)
    }
    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u32(3)
    }
    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(3)
    }
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str("sample")
    }
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str("sample")
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_none()
    }
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(Nothing)
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Fields {
            names: fields.to_vec(),
            next: 0,
            value: self,
        })
    }
    /// A choice: its first word.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(de::value::StrDeserializer::new(variants[0]))
    }
    /// A table: its keys follow from the vocabulary named in its type.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let table = std::any::type_name::<V::Value>();
        let names = members(table)
            .ok_or_else(|| de::Error::custom(format!("no names known for {table}")))?;
        visitor.visit_map(Fields {
            names,
            next: 0,
            value: self,
        })
    }
    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u128 f32 f64 char bytes byte_buf unit unit_struct newtype_struct
        tuple tuple_struct identifier ignored_any
    }
}

/// The keys of the first vocabulary in a type's name.
fn members(table: &str) -> Option<Vec<&'static str>> {
    fn keys<K: Vocabulary>() -> Vec<&'static str> {
        K::ALL.iter().map(|member| member.key()).collect()
    }
    let first = table.split(['<', ',']).nth(1)?;
    Some(match first.rsplit("::").next()? {
        "AgeGroup" => keys::<AgeGroup>(),
        "Asset" => keys::<Asset>(),
        "BudgetFunction" => keys::<BudgetFunction>(),
        "Category" => keys::<Category>(),
        "Grade" => keys::<Grade>(),
        "Handover" => keys::<Handover>(),
        "Layer" => keys::<Layer>(),
        "Level" => keys::<Level>(),
        "NaturalKind" => keys::<NaturalKind>(),
        "Owner" => keys::<Owner>(),
        "Phase" => keys::<Phase>(),
        "Quintile" => keys::<Quintile>(),
        "Role" => keys::<Role>(),
        "SizeClass" => keys::<SizeClass>(),
        "Trade" => keys::<Trade>(),
        _ => return None,
    })
}

struct Fields {
    names: Vec<&'static str>,
    next: usize,
    value: Same,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Error;
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some(name) = self.names.get(self.next) else {
            return Ok(None);
        };
        self.next += 1;
        seed.deserialize(de::value::StrDeserializer::new(name))
            .map(Some)
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.value)
    }
}

struct Nothing;

impl<'de> SeqAccess<'de> for Nothing {
    type Error = Error;
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        _: T,
    ) -> Result<Option<T::Value>, Error> {
        Ok(None)
    }
}
