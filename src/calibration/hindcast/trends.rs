//! How accident rates and natural harm moved with time and drivers up to 2020.

use super::{since, target_of};
use crate::calibration::Refusal;
use crate::calibration::drivers::{Driver, Drivers};
use crate::calibration::lab::Lab;
use crate::calibration::moments::{Moment, Scale, is_industry};
use crate::calibration::regression::Line;
use crate::calibration::targets::{REFERENCE_YEAR, Target, Use};
use crate::model::random::Stream;
use crate::scenario::society::Society;
use crate::vocabulary::{Trade, Vocabulary};

/// Trends of deaths per exposure, and elasticities to the real product.
pub(super) struct Trends<'a> {
    drivers: &'a Drivers,
    coal: Line,
    industry: Line,
    transport: Line,
    natural_deaths: Line,
    natural_loss: Line,
}

/// Trades that share a trend and an exposure, by number of their draws.
#[derive(Clone, Copy)]
enum Group {
    Coal,
    Industry,
    Transport,
}

/// Numbers of the draws of elasticities, after those of the groups.
const DEATHS: u64 = 103;
const LOSS: u64 = 104;

impl<'a> Trends<'a> {
    /// From the fitted years of the targets and the drivers of those years.
    pub(super) fn of(targets: &[Target], drivers: &'a Drivers) -> Result<Self, Refusal> {
        let find = |moment, name| target_of(targets, moment, name);
        let industry = find(Moment::IndustryRate, "industry_deaths_per_100k_workers")?;
        Ok(Trends {
            coal: find(Moment::CoalRate, "coal_deaths_per_million_tonnes")?.trend(),
            industry: industry.trend(),
            transport: transport(
                find(Moment::Deaths, "deaths_reported.total")?,
                industry,
                drivers,
            )?,
            natural_deaths: elasticity(find(Moment::NaturalDeaths, "natural_deaths")?, drivers)?,
            natural_loss: elasticity(
                find(Moment::NaturalLossShare, "natural_loss_share_of_gdp")?,
                drivers,
            )?,
            drivers,
        })
    }

    fn group(trade: Trade) -> Group {
        match trade {
            Trade::CoalMine => Group::Coal,
            trade if is_industry(trade) => Group::Industry,
            _ => Group::Transport,
        }
    }

    fn line(&self, group: Group) -> (&Line, Driver) {
        match group {
            Group::Coal => (&self.coal, Driver::Coal),
            Group::Industry => (&self.industry, Driver::Workers),
            Group::Transport => (&self.transport, Driver::Vehicles),
        }
    }

    fn relative(&self, driver: Driver, year: i32) -> Result<f64, Refusal> {
        Ok(self.drivers.at(driver, year)? / self.drivers.at(driver, REFERENCE_YEAR)?)
    }

    /// Moves a society to a year, with draws of slopes (by draw) and shocks (by draw and year).
    pub(super) fn apply(
        &self,
        society: &mut Society,
        year: i32,
        stream: Stream,
    ) -> Result<(), Refusal> {
        for trade in Trade::ALL.iter().copied() {
            let group = Self::group(trade);
            let (line, driver) = self.line(group);
            let entity = 100 + group as u64;
            let slope = drawn(line, stream, entity);
            let shock = line.residual * stream.normal(entity, year as u32, 2);
            let factor = libm::exp(slope * since(year) + shock) * self.relative(driver, year)?;
            society.trades[trade].base_rate_per_100k_worker_years *= factor;
        }
        let growth = libm::log(self.relative(Driver::Gdp, year)?);
        let deaths = libm::exp(drawn(&self.natural_deaths, stream, DEATHS) * growth);
        let loss = libm::exp(drawn(&self.natural_loss, stream, LOSS) * growth);
        for hazard in society.hazards.values_mut() {
            hazard.death_rate_scale *= deaths;
            for ratio in hazard.damage_ratio.values_mut() {
                *ratio *= loss;
            }
        }
        Ok(())
    }

    /// What figures of a year are relative to: coal and workers of that year. Loss stays relative to
    /// the product of the society's own year, because damage was moved as a share of it.
    pub(super) fn scale(&self, lab: &Lab<'_>, year: i32) -> Result<Scale, Refusal> {
        let mut scale = lab.scale(Some(self.drivers.at(Driver::Coal, year)?));
        scale.industry_workers *= self.relative(Driver::Workers, year)?;
        Ok(scale)
    }
}

/// A slope with its t error.
fn drawn(line: &Line, stream: Stream, entity: u64) -> f64 {
    line.slope + line.slope_error() * line.student(stream.uniform(entity, 0, 1))
}

/// Deaths on road and water per million vehicles: the total less industry, mining and commerce.
fn transport(total: &Target, industry: &Target, drivers: &Drivers) -> Result<Line, Refusal> {
    let mut points = Vec::new();
    for row in total.of_use(Use::Fit) {
        let Some(rate) = industry
            .of_use(Use::Fit)
            .find(|other| other.year == row.year)
        else {
            continue;
        };
        // The rate is per 100,000 workers, the driver counts tens of thousands of them.
        let elsewhere = rate.value * drivers.at(Driver::Workers, row.year)? / 10.0;
        let rate = (row.value - elsewhere) / drivers.at(Driver::Vehicles, row.year)?;
        points.push((f64::from(row.year), libm::log(rate.max(f64::MIN_POSITIVE))));
    }
    Ok(Line::through(&points))
}

/// Log of a series on the log of the real product, without the years that are out of the trend.
fn elasticity(target: &Target, drivers: &Drivers) -> Result<Line, Refusal> {
    let points: Vec<(f64, f64)> = target
        .of_use(Use::Fit)
        .filter(|row| row.in_trend)
        .map(|row| {
            let product = drivers.at(Driver::Gdp, row.year)?;
            Ok((libm::log(product), libm::log(row.value)))
        })
        .collect::<Result<_, Refusal>>()?;
    Ok(Line::through(&points))
}
