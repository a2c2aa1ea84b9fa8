//! Public series, and what each says of the society's own year.

use std::sync::Arc;

use super::moments::Moment;
use super::refusal::Refusal;
use super::regression::Line;
use crate::scenario::declaration::nearest_of;
use crate::scenario::problem::{CellRule, Problems, TableProblem};
use crate::scenario::source::{self, BUILTIN_PREFIX, Origin, Source};
use crate::scenario::table_file::{Row, TableFile};

/// The year that the default societies stand for.
pub const REFERENCE_YEAR: i32 = 2020;

const COLUMNS: [&str; 8] = [
    "target",
    "year",
    "value",
    "unit",
    "use",
    "trend",
    "level",
    "error_share",
];
const ALSO: [&str; 2] = ["definition", "authority"];

/// What a row is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It is fitted.
    Fit,
    /// It enters no fit and is predicted.
    HeldOut,
    /// It enters no fit and is shown beside the result.
    Compared,
}

/// How a series gives the level of the reference year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Height of the log trend; of a single year its value.
    Trend,
    /// Mean of the years.
    Mean,
    /// Mean of the logarithms after the log trend is taken out.
    LogMean,
}

/// One year of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Year.
    pub year: i32,
    /// Value in the target's unit.
    pub value: f64,
    /// What it is used for.
    pub used: Use,
    /// Whether the log trend is fitted to it.
    pub in_trend: bool,
}

/// One public series.
#[derive(Clone, Debug)]
pub struct Target {
    /// Name of the moment.
    pub name: String,
    /// The engine's figure.
    pub moment: Moment,
    /// How its level is taken.
    pub level: Level,
    /// Relative standard error of the definition or of a split (judgement), beside that of the series.
    pub error_share: f64,
    /// Unit.
    pub unit: String,
    /// What is counted.
    pub definition: String,
    /// Who publishes it.
    pub authority: String,
    /// Its years.
    pub rows: Vec<Observation>,
}

/// What a series says of the reference year, on the log scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Logarithm of the level.
    pub log_level: f64,
    /// Its standard error, from the series alone.
    pub error: f64,
    /// Years that it rests on.
    pub years: usize,
}

impl Target {
    /// The rows of a use, in order of years.
    pub fn of_use(&self, used: Use) -> impl Iterator<Item = &Observation> {
        self.rows.iter().filter(move |row| row.used == used)
    }

    /// The log trend over the fitted years, years as they are.
    pub fn trend(&self) -> Line {
        self.trend_of(Use::Fit)
    }

    fn trend_of(&self, used: Use) -> Line {
        let points: Vec<(f64, f64)> = self
            .of_use(used)
            .filter(|row| row.in_trend)
            .map(|row| (f64::from(row.year), libm::log(row.value)))
            .collect();
        Line::through(&points)
    }

    /// The level of the reference year by the rows of a use; `None` if there are none.
    pub fn reading(&self, used: Use) -> Option<Reading> {
        let values: Vec<(f64, f64)> = self
            .of_use(used)
            .map(|row| (f64::from(row.year), row.value))
            .collect();
        let n = values.len();
        if n == 0 {
            return None;
        }
        let at = f64::from(REFERENCE_YEAR);
        let trend = self.trend_of(used);
        let (log_level, error) = match self.level {
            Level::Trend => (trend.at(at), trend.error_at(at)),
            Level::Mean => {
                let (mean, error) = mean_and_error(values.iter().map(|v| v.1));
                (libm::log(mean), error / mean)
            }
            Level::LogMean => {
                let moved = values
                    .iter()
                    .map(|(x, v)| libm::log(*v) - trend.slope * (x - at));
                let (mean, error) = mean_and_error(moved);
                let centre = values.iter().map(|v| v.0).sum::<f64>() / n as f64;
                (
                    mean,
                    libm::hypot(error, trend.slope_error() * (at - centre)),
                )
            }
        };
        Some(Reading {
            log_level,
            error,
            years: n,
        })
    }
}

fn mean_and_error(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    let squares: f64 = values.map(|v| (v - mean) * (v - mean)).sum();
    let error = if n > 1.0 {
        (squares / (n - 1.0) / n).sqrt()
    } else {
        0.0
    };
    (mean, error)
}

/// Why targets cannot be had: what is wrong in a file, or what does not go together.
#[derive(Debug)]
pub enum Fault {
    /// In the file.
    File(Problems),
    /// Among the values.
    Refused(Refusal),
}

/// The targets of a file, or those that ship for a society.
///
/// # Errors
/// A file that cannot be read or is wrong; a society without targets of its own.
pub fn load(path: Option<&str>, society: &str) -> Result<Vec<Target>, Fault> {
    let shipped = format!("targets/{society}.csv");
    let source = match path {
        Some(path) => source::open(path, &Origin::Option, None),
        None if crate::scenario::builtin::file(&shipped).is_none() => {
            let society = society.to_owned();
            return Err(Fault::Refused(Refusal::NoTargets { society }));
        }
        None => source::open(&format!("{BUILTIN_PREFIX}{shipped}"), &Origin::Option, None),
    };
    read(&source.map_err(|problem| Fault::File(problem.into()))?)
}

/// Reads a table of targets.
///
/// # Errors
/// As [`load`].
pub fn read(source: &Arc<Source>) -> Result<Vec<Target>, Fault> {
    let mut problems = Problems::default();
    let table = TableFile::read(source, &COLUMNS, &ALSO, &mut problems);
    let Some(table) = table else {
        return Err(Fault::File(problems));
    };
    let mut targets: Vec<Target> = Vec::new();
    for row in &table.rows {
        let Some((observation, level)) = observation(&table, row, &mut problems) else {
            continue;
        };
        let name = table.text(row, "target");
        let number = targets.iter().position(|target| target.name == name);
        let number = if let Some(number) = number {
            number
        } else {
            targets.push(begun(&table, row, level, &mut problems).map_err(Fault::Refused)?);
            targets.len() - 1
        };
        let target = &mut targets[number];
        if target.level != level || target.rows.iter().any(|row| row.year == observation.year) {
            let rule = [
                "同一目标各行的 level 必须相同，每年只能有一行",
                "all its rows must state the same level, and each year once",
            ];
            return Err(Fault::Refused(Refusal::Target {
                name: name.to_owned(),
                rule,
            }));
        }
        target.rows.push(observation);
    }
    if table.rows.is_empty() {
        let place = table.header_place();
        problems.push(TableProblem::Empty { place });
    }
    if !problems.is_empty() {
        return Err(Fault::File(problems));
    }
    for target in &targets {
        sound(target).map_err(Fault::Refused)?;
    }
    Ok(targets)
}

fn observation(
    table: &TableFile,
    row: &Row,
    problems: &mut Problems,
) -> Option<(Observation, Level)> {
    let word = |column: &str, words: &[&str], problems: &mut Problems| {
        let found = words
            .iter()
            .position(|word| *word == table.text(row, column));
        if found.is_none() {
            table.not_a_word(row, column, words, problems);
        }
        found
    };
    let used = word("use", &["fit", "held_out", "compared"], problems)?;
    let trend = word("trend", &["yes", "no"], problems)?;
    let level = word("level", &["trend", "mean", "log_mean"], problems)?;
    let observation = Observation {
        year: table.number(row, "year", CellRule::PositiveCount, problems) as i32,
        value: table.number(row, "value", CellRule::NotNegative, problems),
        used: [Use::Fit, Use::HeldOut, Use::Compared][used],
        in_trend: trend == 0,
    };
    Some((
        observation,
        [Level::Trend, Level::Mean, Level::LogMean][level],
    ))
}

fn begun(
    table: &TableFile,
    row: &Row,
    level: Level,
    problems: &mut Problems,
) -> Result<Target, Refusal> {
    let name = table.text(row, "target").to_owned();
    let all = Moment::all();
    let Some((_, moment)) = all.iter().find(|(known, _)| *known == name) else {
        let nearest = nearest_of(&name, all.iter().map(|(known, _)| known.as_str()));
        let nearest = nearest.map(str::to_owned);
        return Err(Refusal::UnknownTarget { name, nearest });
    };
    let text = |column: &str| table.text(row, column).to_owned();
    Ok(Target {
        moment: *moment,
        level,
        error_share: table.number(row, "error_share", CellRule::NotNegative, problems),
        unit: text("unit"),
        definition: text("definition"),
        authority: text("authority"),
        rows: Vec::new(),
        name,
    })
}

fn sound(target: &Target) -> Result<(), Refusal> {
    let fitted: Vec<&Observation> = target.of_use(Use::Fit).collect();
    let refuse = |rule| {
        Err(Refusal::Target {
            name: target.name.clone(),
            rule,
        })
    };
    let logs = target.level != Level::Mean;
    if logs && fitted.iter().any(|row| row.value <= 0.0) {
        return refuse([
            "取对数的值必须大于零",
            "values of which logarithms are taken must be above zero",
        ]);
    }
    if fitted.iter().map(|row| row.value).sum::<f64>() <= 0.0 && !fitted.is_empty() {
        return refuse(["拟合年份的值全为零", "all years that are fitted are zero"]);
    }
    let in_trend = fitted.iter().filter(|row| row.in_trend).count();
    if logs && !fitted.is_empty() && in_trend != 1 && in_trend < 3 {
        return refuse([
            "趋势需要一年或至少三年的数据",
            "a trend needs one year or at least three",
        ]);
    }
    if fitted.iter().any(|row| row.year > REFERENCE_YEAR) {
        return refuse([
            "2020 年以后的年份不得用于拟合",
            "no year after 2020 may be fitted",
        ]);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "target,year,value,unit,use,trend,level,error_share\n";

    fn of(rows: &str) -> Result<Vec<Target>, Fault> {
        read(&Source::option("targets", &format!("{HEAD}{rows}")))
    }

    #[test]
    fn a_level_is_the_height_of_the_log_trend() {
        // Falls by half a year: 8, 4, 2 in 2018–2020, exactly on the line.
        let rows = "deaths_reported.total,2018,8,people,fit,yes,trend,0
\
                    deaths_reported.total,2019,4,people,fit,yes,trend,0
\
                    deaths_reported.total,2020,2,people,fit,yes,trend,0
";
        let target = of(rows).unwrap().remove(0);
        let reading = target.reading(Use::Fit).unwrap();
        assert!((libm::exp(reading.log_level) - 2.0).abs() < 1e-9 && reading.error < 1e-6);
        assert!((target.trend().slope + std::f64::consts::LN_2).abs() < 1e-9);
    }

    #[test]
    fn a_log_mean_moves_every_year_to_2020_by_a_trend_without_the_excluded_year() {
        let rows = "natural_deaths,2017,8,people,fit,yes,log_mean,0\n\
                    natural_deaths,2018,400,people,fit,no,log_mean,0\n\
                    natural_deaths,2019,2,people,fit,yes,log_mean,0\n\
                    natural_deaths,2020,1,people,fit,yes,log_mean,0\n";
        let reading = of(rows).unwrap()[0].reading(Use::Fit).unwrap();
        // Moved: 1, 100, 1, 1; the mean of their logarithms is ln 100/4.
        assert!((reading.log_level - libm::log(100.0) / 4.0).abs() < 1e-9);
        assert_eq!(reading.years, 4);
    }

    #[test]
    fn years_after_2020_cannot_be_fitted_and_names_are_checked() {
        let held = "deaths_reported.total,2021,5,people,fit,yes,trend,0\n";
        assert!(matches!(
            of(held),
            Err(Fault::Refused(Refusal::Target { .. }))
        ));
        let misspelt = of("deaths_reported.totl,2020,5,people,fit,yes,trend,0\n");
        assert!(
            matches!(misspelt, Err(Fault::Refused(Refusal::UnknownTarget { nearest: Some(name), .. }))
            if name == "deaths_reported.total")
        );
        assert!(matches!(
            of("deaths_reported.total,2020,5,people,fitted,yes,trend,0\n"),
            Err(Fault::File(_))
        ));
    }

    #[test]
    fn no_shipped_target_fits_a_year_after_2020() {
        for society in ["china-2020", "seminar-county"] {
            let targets = load(None, society).unwrap();
            assert!(targets.len() >= 7, "{society}");
            for target in &targets {
                assert!(
                    target
                        .rows
                        .iter()
                        .all(|row| (row.year > REFERENCE_YEAR) == (row.used == Use::HeldOut))
                );
            }
        }
    }
}
