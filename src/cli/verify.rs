//! `verify`: limit cases whose answer theory knows, run through the engine's own stages.

use comfy_table::{CellAlignment, LineStyle, Table, presets};
use serde_json::{Map, Value as Json, json};

use crate::cli::{Context, Failure};
use crate::scenario::problem::say;
use crate::verify::{self, Case, Effort, Judge, Outcome, Quantity, Values, family_wise_level};
use crate::vocabulary::Language;

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A limit case (all, if none is named)
    #[arg(value_name = "CASE")]
    pub case: Option<String>,
    /// Set a parameter of the case; repeatable
    #[arg(long, value_name = "NAME=VALUE", requires = "case")]
    pub set: Vec<String>,
    /// Size of the sample, in place of that of the case (years, paths, events …)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=1_000_000_000))]
    pub replications: Option<u64>,
    /// Seed of the dangers; the same seed gives the same figures
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

/// Runs one case or all.
///
/// # Errors
/// If names or values are wrong, or a quantity disagrees with theory.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let effort = Effort {
        seed: args.seed,
        replications: args.replications,
        ..Effort::default()
    };
    match &args.case {
        Some(name) => one(verify::case(name)?, args, &effort, context),
        None => all(args, &effort, context),
    }
}

fn one(
    case: &'static Case,
    args: &Args,
    effort: &Effort,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    let outcome = verify::run(case, &args.set, effort)?;
    if args.json {
        write_json(&json_of(&outcome), context)?;
    } else {
        write!(context.out, "{}", text_of(&outcome, context.language))?;
    }
    verdict(&[outcome], context.language)
}

fn all(args: &Args, effort: &Effort, context: &mut Context<'_>) -> Result<(), Failure> {
    let total = verify::cases().count();
    let mut outcomes = Vec::with_capacity(total);
    for (number, case) in verify::cases().enumerate() {
        writeln!(context.err, "[{}/{total}] {}", number + 1, case.name)?;
        let outcome = verify::run(case, &[], effort)?;
        if !args.json {
            write!(context.out, "{}", text_of(&outcome, context.language))?;
        }
        outcomes.push(outcome);
    }
    let quantities = || outcomes.iter().flat_map(|outcome| &outcome.quantities);
    let tests = quantities().count();
    let failed = quantities().filter(|quantity| !quantity.pass()).count();
    let level = family_wise_level(quantities());
    if args.json {
        let cases: Vec<Json> = outcomes.iter().map(json_of).collect();
        let object = json!({
            "cases": cases, "tests": tests, "failed": failed, "family_wise_level": level,
        });
        write_json(&object, context)?;
    } else {
        let level = format!("{level:.1e}");
        let line = say!(
            context.language,
            "{total} 个算例，{tests} 项检验，{failed} 项不合格。统计检验以 |z| ≤ 4 为界(另有说明者除外)；引擎正确时至少一项不合格的概率不超过 {level}(邦弗朗尼上界)。",
            "{total} cases, {tests} tests, {failed} failed. Statistical tests pass at |z| ≤ 4 unless a row says otherwise; a correct engine fails at least one with a chance of at most {level} (union bound)."
        );
        writeln!(context.out, "{line}")?;
    }
    verdict(&outcomes, context.language)
}

/// Fails if a quantity disagrees, and names it.
fn verdict(outcomes: &[Outcome], language: Language) -> Result<(), Failure> {
    let failing = outcomes.iter().flat_map(|outcome| {
        let failed = outcome.quantities.iter().filter(|q| !q.pass());
        failed.map(|q| format!("{}.{}", outcome.case.name, q.name))
    });
    let failing: Vec<String> = failing.collect();
    if failing.is_empty() {
        return Ok(());
    }
    let names = failing.join(language.pick("、", ", "));
    Err(Failure::SelfCheck(say!(
        language,
        "引擎与理论不符：{names}",
        "the engine disagrees with theory: {names}"
    )))
}

fn write_json(value: &Json, context: &mut Context<'_>) -> Result<(), Failure> {
    writeln!(context.out, "{value:#}")?;
    Ok(())
}

fn json_of(outcome: &Outcome) -> Json {
    let quantities: Vec<Json> = outcome.quantities.iter().map(json_of_quantity).collect();
    json!({
        "case": outcome.case.name,
        "parameters": parameters(&outcome.values),
        "quantities": quantities,
    })
}

fn parameters(values: &Values) -> Map<String, Json> {
    let number = |value: f64| {
        if value.fract() == 0.0 && value.abs() < 1e15 {
            json!(value as i64)
        } else {
            json!(value)
        }
    };
    let numbers = values
        .numbers()
        .iter()
        .map(|(parameter, value)| (parameter.name.to_owned(), number(*value)));
    let texts = values.texts().iter().map(|(name, text)| {
        let value = serde_json::from_str(text).unwrap_or_else(|_| json!(text));
        ((*name).to_owned(), value)
    });
    numbers.chain(texts).collect()
}

fn json_of_quantity(quantity: &Quantity) -> Json {
    json!({
        "name": quantity.name,
        "closed_form": quantity.closed_form,
        "estimate": quantity.estimate,
        "standard_error": quantity.standard_error,
        "z": z(quantity),
        "n": quantity.n,
        "pass": quantity.pass(),
    })
}

/// z, or D_n·√n; none where nothing is left to chance.
fn z(quantity: &Quantity) -> Option<f64> {
    match quantity.judge {
        Judge::Within { .. } | Judge::Kolmogorov => Some(quantity.z()),
        Judge::Relative(_) | Judge::Absolute(_) => None,
    }
}

fn text_of(outcome: &Outcome, language: Language) -> String {
    let case = outcome.case;
    let [english, chinese] = case.summary;
    let values = outcome.values.numbers().iter().map(|(parameter, value)| {
        let unit = verify::values::unit(parameter.unit, language).unwrap_or(parameter.unit);
        format!("{} = {value} {unit}", parameter.name)
            .trim_end()
            .to_owned()
    });
    let texts = outcome.values.texts().iter();
    let texts = texts.map(|(name, text)| format!("{name} = {text}"));
    let values: Vec<String> = values.chain(texts).collect();
    let colon = language.pick("：", ": ");
    let separator = language.pick("，", ", ");
    let title = language.pick(chinese, english);
    format!(
        "{}{colon}{title}\n  {}\n{}\n\n",
        case.name,
        values.join(separator),
        table(&outcome.quantities, language)
    )
}

fn table(quantities: &[Quantity], language: Language) -> String {
    let headings = match language {
        Language::English => [
            "quantity",
            "closed form",
            "estimate",
            "standard error",
            "z",
            "n",
            "verdict",
        ],
        Language::Chinese => ["量", "理论值", "估计值", "标准误", "z", "n", "结论"],
    };
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()));
    table.set_header(headings);
    for quantity in quantities {
        table.add_row(row(quantity, language));
    }
    for column in table.column_iter_mut().skip(1).take(5) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let text = table.to_string();
    let lines: Vec<String> = text.lines().map(|line| format!("  {line}")).collect();
    lines.join("\n")
}

fn row(quantity: &Quantity, language: Language) -> [String; 7] {
    let error = if quantity.standard_error > 0.0 {
        digits(quantity.standard_error, 2)
    } else {
        "–".to_owned()
    };
    let [z, allowed] = match quantity.judge {
        Judge::Within { standard_errors } => {
            let z = format!("{:.2}", quantity.z());
            let usual = standard_errors == verify::quantity::STANDARD_ERRORS;
            let allowed = format!(" (|z| ≤ {standard_errors:.1})");
            [z, if usual { String::new() } else { allowed }]
        }
        Judge::Kolmogorov => [format!("D√n {:.2}", quantity.z()), " (< 1.63)".to_owned()],
        Judge::Relative(most) => [
            "–".to_owned(),
            say!(
                language,
                " (相对误差 ≤ {most:e})",
                " (relative error ≤ {most:e})"
            ),
        ],
        Judge::Absolute(most) => [
            "–".to_owned(),
            say!(language, " (误差 ≤ {most})", " (error ≤ {most})"),
        ],
    };
    let pass = if quantity.pass() {
        language.pick("合格", "pass")
    } else {
        language.pick("不合格", "FAIL")
    };
    [
        quantity.name.clone(),
        digits(quantity.closed_form, 7),
        digits(quantity.estimate, 7),
        error,
        z.replace('-', "−"),
        quantity.n.to_string(),
        format!("{pass}{allowed}"),
    ]
}

/// So many significant digits; very small and very large numbers as powers of ten.
fn digits(value: f64, digits: usize) -> String {
    let size = value.abs();
    let text = if value == 0.0 || !value.is_finite() {
        format!("{value}")
    } else if (1e-4..1e9).contains(&size) {
        let whole = libm::floor(libm::log10(size)) as i32 + 1;
        let decimals = (digits as i32 - whole).max(0) as usize;
        format!("{value:.decimals$}")
    } else {
        format!("{value:.0$e}", digits - 1)
    };
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        assert_eq!(digits(4.946_163_9, 7), "4.946164");
        assert_eq!(digits(243.65, 7), "243.6500");
        assert_eq!(digits(-0.001_234, 2), "−0.0012");
        assert_eq!(digits(2.061_154e-8, 4), "2.061e−8");
        assert_eq!(digits(0.0, 7), "0");
    }
}
