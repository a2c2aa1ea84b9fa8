//! `explain --policy P --loss 500万元 --on enterprise:chemicals`: one loss under a policy, step by step.

mod rules;
mod text;

use super::settle::{PEOPLE_PER_AGENT, no_such, province_of};
use super::{Context, Failure};
use crate::experiment::explain::{Question, Struck, explain};
use crate::model::Model;
use crate::scenario::losses::named;
use crate::scenario::money_text;
use crate::scenario::problem::{Problems, say};
use crate::scenario::{load_policy, load_society};
use crate::vocabulary::{Asset, Language, NaturalKind, SizeClass, Trade, Vocabulary};
use text::Told;

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Policy under which the loss is explained: a built-in key or a file
    #[arg(long, value_name = "POLICY")]
    pub policy: String,
    /// Loss of assets: yuan, or a text such as 500万元 or "5 million yuan"
    #[arg(long, value_name = "MONEY")]
    pub loss: String,
    /// What it strikes: enterprise:TRADE (an accident there), or ASSET:HAZARD (a natural hazard)
    #[arg(long, value_name = "WHAT")]
    pub on: String,
    /// Society in which the policy is in force
    #[arg(long, value_name = "SOCIETY", default_value = "china-2020")]
    pub society: String,
    /// Province (default: the one with most people)
    #[arg(long, value_name = "PROVINCE")]
    pub province: Option<String>,
    /// Size of the enterprise: large, medium, small or micro
    #[arg(long, value_name = "SIZE", default_value = "medium")]
    pub size: String,
    /// Dead in the accident: their statutory compensation is a loss besides
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub deaths: u32,
    /// Injured in the accident: treatment and lost earnings are a loss besides
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub injured: u32,
    /// Intensity of the hazard, as parametric cover measures it
    #[arg(long, value_name = "X", default_value_t = 0.0)]
    pub intensity: f64,
}

/// Runs the command.
///
/// # Errors
/// Everything that is wrong with the arguments and inputs.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    let loss = money_text::parse(&args.loss).ok_or_else(|| no_money(&args.loss, language))?;
    let struck = struck(args, language)?;
    let mut problems = Problems::default();
    let mut keep = |found: Problems| problems.extend(found);
    let inputs = load_society(&args.society, &[]).map_err(&mut keep).ok();
    let inputs = inputs.and_then(|society| {
        let baseline = load_policy(&society.society.baseline, &society, &[]);
        let policy = load_policy(&args.policy, &society, &[]);
        let baseline = baseline.map_err(&mut keep).ok();
        let policy = policy.map_err(&mut keep).ok();
        Some((society, baseline?, policy?))
    });
    let Some((society, baseline, policy)) = inputs else {
        return Err(problems.into());
    };
    let province = province_of(args.province.as_deref(), &society.tables, language)?;
    let model = Model::new(society, PEOPLE_PER_AGENT);
    let prices = model.baseline(&baseline);
    let [at_rest, regime] = [&baseline, &policy].map(|policy| prices.regime(policy, true));
    let question = Question {
        loss,
        struck,
        province,
    };
    let told = Told {
        model: &model,
        regime: &regime,
        question: &question,
        explained: &explain(&model, &at_rest, &regime, &question),
        language,
    };
    write!(context.out, "{}", told.text())?;
    Ok(())
}

/// What the words of `--on` mean.
fn struck(args: &Args, language: Language) -> Result<Struck, Failure> {
    let size = named::<SizeClass>(&args.size).ok_or_else(|| {
        let what = language.pick("规模", "size");
        Failure::Usage(no_such(what, &args.size, &keys::<SizeClass>(), language))
    })?;
    if !(0.0..=1e6).contains(&args.intensity) {
        let text = language.pick(
            "--intensity 应为 0 至 1000000 的数",
            "--intensity must be a number from 0 to 1000000",
        );
        return Err(Failure::Usage(text.to_owned()));
    }
    let (what, danger) = args
        .on
        .split_once([':', '：'])
        .ok_or_else(|| needs_two(&args.on, language))?;
    let asset = named::<Asset>(what).ok_or_else(|| {
        let kind = language.pick("资产类别", "kind of asset");
        Failure::Usage(no_such(kind, what, &keys::<Asset>(), language))
    })?;
    if let (Asset::Enterprise, Some(trade)) = (asset, named::<Trade>(danger)) {
        return Ok(Struck::Accident {
            trade,
            size,
            deaths: args.deaths,
            injured: args.injured,
        });
    }
    let hazard = named::<NaturalKind>(danger).ok_or_else(|| {
        let (mut known, mut kind) = (keys::<NaturalKind>(), language.pick("灾种", "hazard"));
        if asset == Asset::Enterprise {
            known = [keys::<Trade>(), known].concat();
            kind = language.pick("行业或灾种", "trade or hazard");
        }
        Failure::Usage(no_such(kind, danger, &known, language))
    })?;
    if args.deaths > 0 || args.injured > 0 {
        let text = language.pick(
            "--deaths 和 --injured 只用于事故(--on enterprise:行业)",
            "--deaths and --injured belong to accidents (--on enterprise:TRADE)",
        );
        return Err(Failure::Usage(text.to_owned()));
    }
    Ok(Struck::Natural {
        asset,
        hazard,
        intensity: args.intensity,
    })
}

fn keys<K: Vocabulary>() -> Vec<&'static str> {
    K::ALL.iter().map(|member| member.key()).collect()
}

fn no_money(text: &str, language: Language) -> Failure {
    Failure::Usage(say!(
        language,
        "--loss 的值 `{text}` 不是金额。写 0 至 10 万亿元的金额，如 5000000、500万元。",
        "`{text}` of --loss is no sum of money. Write 0 to 10 trillion yuan, e.g. 5000000 or 500万元."
    ))
}

fn needs_two(text: &str, language: Language) -> Failure {
    let trades = keys::<Trade>().join(language.pick("、", ", "));
    let assets = keys::<Asset>().join(language.pick("、", ", "));
    let hazards = keys::<NaturalKind>().join(language.pick("、", ", "));
    Failure::Usage(say!(
        language,
        "--on 的值 `{text}` 应写成 enterprise:行业(事故)或 资产:灾种。行业：{trades}。资产：{assets}。灾种：{hazards}。",
        "`{text}` of --on must be enterprise:TRADE (an accident) or ASSET:HAZARD. Trades: {trades}. Assets: {assets}. Hazards: {hazards}."
    ))
}
