//! `settle --policy P --losses FILE`: a table of losses under a policy or a programme of layers.

use std::path::{Path, PathBuf};

use super::compare::terminal_width;
use super::layout::{Figures, laid_out};
use super::{Context, Failure};
use crate::cli::numbers::{money, number};
use crate::experiment::settle::{Assumed, Settled, figures, under_policy, under_programme, years};
use crate::model::Model;
use crate::output::settlement::{self, FILES};
use crate::output::{OutputError, folder};
use crate::scenario::losses::{self, Loss, named};
use crate::scenario::problem::{Problems, offered, say};
use crate::scenario::programme;
use crate::scenario::tables::SocietyTables;
use crate::scenario::{declaration, load_policy, load_society};
use crate::vocabulary::{Asset, Language, NaturalKind, Vocabulary};

/// People that an agent stands for: settlement needs no more than the premium and take-up at the start.
pub(super) const PEOPLE_PER_AGENT: u32 = 10_000;

/// Arguments of `settle`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Policy whose sharing arrangement is applied: a built-in key or a file
    #[arg(long, value_name = "POLICY")]
    pub policy: Option<String>,
    /// Programme of layers instead of a policy (TOML)
    #[arg(long, value_name = "FILE", conflicts_with = "policy")]
    pub layers: Option<String>,
    /// Table of losses: CSV with year, event, claimant, group, insured_value, loss (yuan)
    #[arg(long, value_name = "FILE")]
    pub losses: String,
    /// Society in which the policy is in force
    #[arg(long, value_name = "SOCIETY", default_value = "china-2020")]
    pub society: String,
    /// Natural hazard of events whose hazard the table does not say
    #[arg(long, value_name = "HAZARD", default_value = "flood")]
    pub hazard: String,
    /// Province of losses whose province the table does not say (default: the one with most people)
    #[arg(long, value_name = "PROVINCE")]
    pub province: Option<String>,
    /// Folder of the results; without it, one named after the table under `output/`.
    #[arg(
        long,
        value_name = "DIR",
        help = "Folder of the results (default: output/settle-<losses>)"
    )]
    pub out: Option<PathBuf>,
    /// Overwrite results that are there
    #[arg(long)]
    pub force: bool,
}

/// Runs the command: every input is checked, and the folder, before anything is worked out.
///
/// # Errors
/// Everything that is wrong with the inputs; a folder that may not be written to.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let language = context.language;
    if args.policy.is_none() && args.layers.is_none() {
        return Err(Failure::Usage(needs_one(language)));
    }
    let folder = args
        .out
        .clone()
        .unwrap_or_else(|| default_folder(&args.losses));
    let refused = |error: OutputError| Failure::Usage(error.word(language));
    folder::check(&folder, args.force).map_err(refused)?;
    let losses = losses::read(&args.losses);
    let (name, settled, losses, notes) = match (&args.layers, &args.policy) {
        (Some(layers), _) => by_programme(layers, losses)?,
        (None, Some(policy)) => by_policy(args, policy, losses, language)?,
        (None, None) => return Err(Failure::Usage(needs_one(language))),
    };
    let _held = folder::make(&folder, args.force).map_err(refused)?;
    settlement::write(&folder, &name, &losses, &settled, language).map_err(refused)?;
    for note in notes {
        writeln!(context.err, "{note}")?;
    }
    let text = render(&name, &settled, &losses, &folder, language);
    write!(context.out, "{text}")?;
    Ok(())
}

type Worked = (String, Settled, Vec<Loss>, Vec<String>);

fn by_programme(layers: &str, losses: Result<Vec<Loss>, Problems>) -> Result<Worked, Failure> {
    let mut problems = Problems::default();
    let mut keep = |found: Problems| problems.extend(found);
    let written = programme::read(layers).map_err(&mut keep).ok();
    let losses = losses.map_err(&mut keep).ok();
    let (Some(written), Some(losses)) = (written, losses) else {
        return Err(problems.into());
    };
    written.check(&losses)?;
    let settled = under_programme(&written, &losses);
    let stem = Path::new(layers).file_stem();
    let name = stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    Ok((name, settled, losses, Vec::new()))
}

fn by_policy(
    args: &Args,
    policy: &str,
    losses: Result<Vec<Loss>, Problems>,
    language: Language,
) -> Result<Worked, Failure> {
    let mut problems = Problems::default();
    let mut keep = |found: Problems| problems.extend(found);
    let losses = losses.map_err(&mut keep).ok();
    let society = load_society(&args.society, &[]).map_err(&mut keep).ok();
    let inputs = society.and_then(|society| {
        let baseline = load_policy(&society.society.baseline, &society, &[]);
        let policy = load_policy(policy, &society, &[]);
        let baseline = baseline.map_err(&mut keep).ok();
        let policy = policy.map_err(&mut keep).ok();
        Some((society, baseline?, policy?))
    });
    let (Some(losses), Some((society, baseline, policy))) = (losses, inputs) else {
        return Err(problems.into());
    };
    let assumed = assumed(args, &society.tables, language)?;
    let tables = society.tables.clone();
    let unknown = unknown_province(&losses, &tables, language);
    if let Some(text) = unknown {
        return Err(Failure::Usage(text));
    }
    let notes = notes(&losses, assumed, &tables, language);
    let model = Model::new(society, PEOPLE_PER_AGENT);
    let regime = model.regime(&policy, &baseline, true);
    let settled = under_policy(
        &regime.arrangement,
        regime.take_up_in_tariff,
        &losses,
        assumed,
        |word| position(word, &tables),
    );
    Ok((policy.key, settled, losses, notes))
}

/// What is assumed where the table is silent.
fn assumed(args: &Args, tables: &SocietyTables, language: Language) -> Result<Assumed, Failure> {
    let hazard = named::<NaturalKind>(&args.hazard).ok_or_else(|| {
        let words: Vec<&str> = NaturalKind::ALL.iter().map(|kind| kind.key()).collect();
        Failure::Usage(no_such(
            language.pick("灾种", "hazard"),
            &args.hazard,
            &words,
            language,
        ))
    })?;
    let province = province_of(args.province.as_deref(), tables, language)?;
    Ok(Assumed { hazard, province })
}

/// The province that the user names, or the one with most people.
pub(super) fn province_of(
    named: Option<&str>,
    tables: &SocietyTables,
    language: Language,
) -> Result<u16, Failure> {
    let Some(word) = named else {
        return Ok(most_people(tables));
    };
    position(word, tables).ok_or_else(|| {
        let what = language.pick("省份", "province");
        Failure::Usage(no_such(what, word, &province_names(tables), language))
    })
}

fn province_names(tables: &SocietyTables) -> Vec<&str> {
    let names = tables.provinces.iter();
    names
        .flat_map(|province| [province.name_zh.as_str(), province.name_en.as_str()])
        .collect()
}

/// The province that a word names: code or name in either language.
fn position(word: &str, tables: &SocietyTables) -> Option<u16> {
    let fits = |province: &crate::scenario::tables::ProvinceRow| {
        [&province.code, &province.name_zh, &province.name_en].contains(&&word.to_owned())
    };
    let found = tables.provinces.iter().position(fits);
    found.map(|position| position as u16)
}

fn most_people(tables: &SocietyTables) -> u16 {
    let people = |position: &usize| tables.provinces[*position].population;
    (0..tables.provinces.len()).max_by_key(people).unwrap_or(0) as u16
}

/// What to say of a province that the society does not have.
fn unknown_province(losses: &[Loss], tables: &SocietyTables, language: Language) -> Option<String> {
    let unknown = losses
        .iter()
        .find(|loss| !loss.province.is_empty() && position(&loss.province, tables).is_none())?;
    let names = province_names(tables);
    Some(no_such(
        language.pick("省份", "province"),
        &unknown.province,
        &names,
        language,
    ))
}

/// "there is no … `word`", with what may have been meant.
pub(super) fn no_such(what: &str, word: &str, known: &[&str], language: Language) -> String {
    let nearest = declaration::nearest_of(word, known.iter().copied());
    let (near, known) = offered(nearest, known, language);
    say!(
        language,
        "没有{what} `{word}`。{near}可选: {known}。",
        "there is no {what} `{word}`. {near}Choose one of: {known}."
    )
}

fn needs_one(language: Language) -> String {
    let text = language.pick(
        "settle 需要 --policy(政策)或 --layers(分层方案文件)之一。",
        "settle needs one of --policy (a policy) and --layers (a file with a programme of layers).",
    );
    text.to_owned()
}

/// What was assumed, for the user.
fn notes(
    losses: &[Loss],
    assumed: Assumed,
    tables: &SocietyTables,
    language: Language,
) -> Vec<String> {
    let mut notes = Vec::new();
    if losses.iter().any(|loss| loss.hazard.is_none()) {
        let hazard = assumed.hazard.word(language);
        notes.push(say!(
            language,
            "说明：损失表未写灾种的事件按{hazard}处理(列 hazard 或 --hazard 可改)",
            "note: events without a hazard are taken as {hazard} (change with the column hazard, or --hazard)"
        ));
    }
    if losses.iter().any(|loss| loss.province.is_empty()) {
        let province = &tables.provinces[usize::from(assumed.province)];
        let province = language.pick(&province.name_zh, &province.name_en);
        notes.push(say!(
            language,
            "说明：未写省份的损失计入{province}(列 province 或 --province 可改)",
            "note: losses without a province are counted in {province} (change with the column province, or --province)"
        ));
    }
    let silent = |loss: &&Loss| loss.asset.is_none() && named::<Asset>(&loss.group).is_none();
    if losses.iter().any(|loss| silent(&loss)) {
        notes.push(
            language
                .pick(
                    "说明：未写资产类别的损失按住房处理(列 asset 可改)；每个受损方代表按社会现有投保率投保的一类业主",
                    "note: losses without a kind of asset are taken as housing (change with the column asset); a claimant stands for owners insured as the society is",
                )
                .to_owned(),
        );
    }
    notes
}

fn default_folder(losses: &str) -> PathBuf {
    let stem = Path::new(losses).file_stem();
    let stem = stem.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    Path::new("output").join(format!("settle-{stem}"))
}

/// The text on the terminal: who bears what, and the layers.
fn render(
    name: &str,
    settled: &Settled,
    losses: &[Loss],
    folder: &Path,
    language: Language,
) -> String {
    let (_, count) = years(losses);
    let all = losses.iter().map(|loss| loss.loss).sum();
    let (rows, total) = (losses.len(), money(all));
    let several =
        |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    let (losses, years) = (
        several(rows, "loss", "losses"),
        several(count, "year", "years"),
    );
    let title = say!(
        language,
        "{name}：{rows} 项损失共 {total} 元，{count} 年",
        "{name}: {losses} of {total} yuan in all, {years}"
    );
    let files = FILES.join(language.pick("、", ", "));
    let place = folder.display();
    let end = say!(
        language,
        "文件：{place} 中的 {files}",
        "Files: {files} in {place}"
    );
    let tables = [
        bearer_table(settled, all, language),
        layer_table(settled, language),
    ];
    format!("{title}\n{}\n{}\n{end}\n", tables[0], tables[1])
}

fn bearer_table(settled: &Settled, all: i64, language: Language) -> String {
    let sums = settled.by_bearer();
    let borne: Vec<(&str, i64)> = settled
        .bearers
        .iter()
        .zip(sums)
        .filter(|(_, fen)| *fen > 0)
        .map(|(bearer, fen)| (language.pick(&bearer.zh, &bearer.en), fen))
        .collect();
    let names: Vec<&str> = borne.iter().map(|(name, _)| *name).collect();
    let amounts = borne.iter().map(|(_, fen)| money(*fen)).collect();
    let share = |fen: i64| format!("{:.2} %", 100.0 * fen as f64 / all.max(1) as f64);
    let shares = borne.iter().map(|(_, fen)| share(*fen)).collect();
    let columns = [
        Figures {
            heading: language.pick("承担(元)", "bears (yuan)").to_owned(),
            cells: amounts,
        },
        Figures {
            heading: language.pick("占比", "share").to_owned(),
            cells: shares,
        },
    ];
    let heading = language.pick("承担者", "bearer");
    laid_out(heading, &names, &columns, terminal_width())
}

fn layer_table(settled: &Settled, language: Language) -> String {
    let used: Vec<usize> = (0..settled.layers.len())
        .filter(|layer| settled.tallies[*layer].paid.iter().any(|fen| *fen > 0))
        .collect();
    let names: Vec<&str> = used
        .iter()
        .map(|layer| language.pick(&settled.layers[*layer].zh, &settled.layers[*layer].en))
        .collect();
    let column = |heading: &str, cell: &dyn Fn(usize) -> String| Figures {
        heading: heading.to_owned(),
        cells: used.iter().map(|layer| cell(*layer)).collect(),
    };
    let figure = |layer: usize| figures(&settled.tallies[layer]);
    let or_none = |value: Option<f64>| {
        value.map_or_else(
            || language.pick("不可得", "not available").to_owned(),
            number,
        )
    };
    let columns = [
        column(
            language.pick("期望赔付(元/年)", "expected loss\n(yuan a year)"),
            &|layer| number(figure(layer).expected),
        ),
        column(
            language.pick("标准差(元)", "standard deviation\n(yuan)"),
            &|layer| or_none(figure(layer).deviation),
        ),
        column(
            language.pick("触发年份占比", "years in which\nit pays"),
            &|layer| format!("{:.1} %", 100.0 * figure(layer).attach),
        ),
        column(
            language.pick("保费(元/年)", "premium\n(yuan a year)"),
            &|layer| or_none(figure(layer).premium),
        ),
    ];
    let heading = language.pick("分担层", "layer");
    laid_out(heading, &names, &columns, terminal_width())
}
