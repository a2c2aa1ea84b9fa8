//! What the argument parser has to say: help, version and wrong usage.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::Context;
use crate::vocabulary::Language;

/// Writes what the parser says and returns the exit code.
pub(super) fn report(error: &clap::Error, context: &mut Context<'_>) -> u8 {
    let text = worded(&error.render().to_string(), context.language);
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        let _ = write!(context.out, "{text}");
        return 0;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = write!(context.err, "{text}");
        return 2;
    }
    let _ = match context.language {
        Language::English => write!(context.err, "{text}"),
        Language::Chinese => writeln!(context.err, "{}", chinese(error)),
    };
    2
}

/// The words that the parser itself puts into help, in the user's language.
fn worded(text: &str, language: Language) -> String {
    match language {
        Language::English => text.to_owned(),
        Language::Chinese => text
            .replace("[OPTIONS]", "[选项]")
            .replace("<COMMAND>", "<命令>")
            .replace("[default: ", "[默认："),
    }
}

/// Wrong usage in Chinese, with what the parser knows about it.
fn chinese(error: &clap::Error) -> String {
    let known = |kind: ContextKind| error.get(kind).map(word);
    let argument = known(ContextKind::InvalidArg).unwrap_or_default();
    let value = known(ContextKind::InvalidValue).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("未知的参数 {argument}"),
        ErrorKind::InvalidSubcommand => {
            format!(
                "未知的命令 {}",
                known(ContextKind::InvalidSubcommand).unwrap_or_default()
            )
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 缺少值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{argument} 的值 {value} 无效{}", range(error))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::ArgumentConflict => {
            format!(
                "{argument} 不能与 {} 同时使用",
                known(ContextKind::PriorArg).unwrap_or_default()
            )
        }
        _ => "命令写法不对".to_owned(),
    };
    let mut text = format!("错误：{what}");
    for (kind, lead) in [
        (ContextKind::ValidValue, "可选值"),
        (ContextKind::SuggestedArg, "是否想写"),
        (ContextKind::SuggestedSubcommand, "是否想写"),
        (ContextKind::SuggestedValue, "是否想写"),
    ] {
        if let Some(words) = known(kind).filter(|words| !words.is_empty()) {
            text.push_str("\n  ");
            text.push_str(lead);
            text.push('：');
            text.push_str(&words);
        }
    }
    text + "\n  办法：加 --help 查看用法。"
}

/// The range that a number is not in, as far as the parser tells it.
fn range(error: &clap::Error) -> String {
    let source = std::error::Error::source(error).map(ToString::to_string);
    let range = source
        .as_deref()
        .and_then(|text| text.split_once(" is not in "));
    range.map_or_else(String::new, |(_, range)| format!("，应在 {range} 之内"))
}

fn word(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(words) => words.join("、"),
        other => other.to_string(),
    }
}
