//! `show`: an input as TOML, as its author wrote it or with every value in force.

use crate::cli::args::KindArgument;
use crate::cli::{Context, Failure};
use crate::scenario::problem::say;
use crate::scenario::{self, InputKind, Overrides, builtin, source};
use crate::vocabulary::Language;

/// Arguments of `show`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of a built-in, or path of a file
    pub name: String,
    /// Kind, needed where several kinds have the name
    #[arg(long)]
    pub kind: Option<KindArgument>,
    /// Print every value in force, inherited and default ones included
    #[arg(long)]
    pub resolved: bool,
    /// Society in which a policy is in force (with --resolved)
    #[arg(long, value_name = "SOCIETY", default_value = "china-2020")]
    pub society: String,
}

/// Writes the TOML.
///
/// # Errors
/// If the name is unknown or ambiguous, the input is wrong, or the output cannot be written.
pub fn run(args: &Args, context: &mut Context<'_>) -> Result<(), Failure> {
    let kind = kind_of(&args.name, args.kind.map(InputKind::from), context.language)?;
    let text = if args.resolved {
        resolved(kind, &args.name, &args.society)?
    } else {
        builtin::portable_text(kind, &args.name)?
    };
    context.out.write_all(text.as_bytes())?;
    Ok(())
}

fn resolved(kind: InputKind, name: &str, society: &str) -> Result<String, Failure> {
    let text = match kind {
        InputKind::Society => scenario::load_society(name, &[])?.resolved_toml(),
        InputKind::Policy => {
            let society = scenario::load_society(society, &[])?;
            scenario::load_policy(name, &society, &[])?.resolved_toml()
        }
        InputKind::Experiment => {
            scenario::load_experiment(name, &Overrides::default())?.resolved_toml()
        }
    };
    text.map_err(|error| Failure::SelfCheck(error.to_string()))
}

/// The kind of a named input: as told, else the only built-in kind of that name, else by content.
pub(super) fn kind_of(
    name: &str,
    told: Option<InputKind>,
    language: Language,
) -> Result<InputKind, Failure> {
    if let Some(kind) = told {
        return Ok(kind);
    }
    let kinds: Vec<InputKind> = InputKind::ALL
        .into_iter()
        .filter(|kind| builtin::list(*kind).contains(&name))
        .collect();
    match kinds[..] {
        [kind] => Ok(kind),
        [] if source::is_path(name) => kind_of_file(name, language),
        [] => Err(Failure::Usage(unknown(name, language))),
        _ => {
            let words: Vec<&str> = kinds.iter().map(|kind| kind.word(language)).collect();
            let (words, key) = (words.join(language.pick("、", ", ")), kinds[0].key());
            Err(Failure::Usage(say!(
                language,
                "`{name}` 有几类同名: {words}。请加类别,例如 --kind {key}。",
                "several kinds have the name `{name}`: {words}. Add the kind, e.g. --kind {key}."
            )))
        }
    }
}

fn kind_of_file(path: &str, language: Language) -> Result<InputKind, Failure> {
    scenario::kind_of_file(path)?.ok_or_else(|| {
        Failure::Usage(say!(
            language,
            "无法从内容判断 `{path}` 是社会、政策还是实验。请加 --kind society|policy|experiment。",
            "the content of `{path}` does not tell whether it is a society, a policy or an experiment. Add --kind society|policy|experiment."
        ))
    })
}

fn unknown(name: &str, language: Language) -> String {
    let known: Vec<&str> = InputKind::ALL.into_iter().flat_map(builtin::list).collect();
    let nearest = crate::scenario::declaration::nearest_of(name, known.iter().copied());
    let near = nearest.map_or_else(String::new, |near| {
        say!(language, "是否想写 `{near}`?", " Did you mean `{near}`?")
    });
    say!(
        language,
        "没有名为 `{name}` 的内置社会、政策或实验。{near}全部名称见 `riskweave list`;自己的文件请写路径。",
        "there is no built-in society, policy or experiment named `{name}`.{near} `riskweave list` has all names; for a file of your own write its path."
    )
}
