//! The parameters of a case as the user set them.

use std::ops::Index;

use super::{Case, Parameter, Refusal, cases};
use crate::vocabulary::Language;

/// A parameter of a case that is a word or a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Text {
    /// Case.
    pub case: &'static str,
    /// Name.
    pub name: &'static str,
    /// Value unless the user says otherwise.
    pub default: &'static str,
    /// The words allowed; empty = any text, which the case checks itself.
    pub words: &'static [&'static str],
}

/// Values of the parameters of a case, in the order of their declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    numbers: Vec<(&'static Parameter, f64)>,
    texts: Vec<(&'static str, String)>,
}

impl Values {
    /// The defaults of a case, changed by settings `name=value`.
    ///
    /// # Errors
    /// If a setting has no `=`, names no parameter, or gives a value that is not allowed.
    pub fn read(case: &'static Case, settings: &[String]) -> Result<Self, Refusal> {
        let number = |parameter: &'static Parameter| (parameter, parameter.default);
        let texts = cases::TEXTS.iter().filter(|text| text.case == case.name);
        let mut values = Values {
            numbers: case.parameters.iter().map(number).collect(),
            texts: texts
                .map(|text| (text.name, text.default.to_owned()))
                .collect(),
        };
        for setting in settings {
            let (name, value) = setting.split_once('=').ok_or_else(|| Refusal::NoValue {
                setting: setting.clone(),
            })?;
            values.set(case, name.trim(), value.trim())?;
        }
        Ok(values)
    }

    fn set(&mut self, case: &Case, name: &str, value: &str) -> Result<(), Refusal> {
        if let Some((parameter, number)) = self.numbers.iter_mut().find(|(p, _)| p.name == name) {
            *number = checked(parameter, value)?;
            return Ok(());
        }
        let Some((known, text)) = self.texts.iter_mut().find(|(known, _)| *known == name) else {
            let known = self.names().map(str::to_owned).collect();
            return Err(Refusal::unknown_parameter(case.name, name, known));
        };
        let declared = cases::TEXTS
            .iter()
            .find(|text| text.case == case.name && text.name == *known);
        let words = declared.map_or(&[][..], |text| text.words);
        if !words.is_empty() && !words.contains(&value) {
            return Err(Refusal::NotAWord {
                parameter: name.to_owned(),
                value: value.to_owned(),
                words,
            });
        }
        value.clone_into(text);
        Ok(())
    }

    /// Names of all parameters.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let numbers = self.numbers.iter().map(|(parameter, _)| parameter.name);
        numbers.chain(self.texts.iter().map(|(name, _)| *name))
    }

    /// The numbers with their declarations.
    pub fn numbers(&self) -> &[(&'static Parameter, f64)] {
        &self.numbers
    }

    /// The texts by name.
    pub fn texts(&self) -> &[(&'static str, String)] {
        &self.texts
    }

    /// A whole number.
    ///
    /// # Panics
    /// If the case does not declare it.
    pub fn whole(&self, name: &str) -> u64 {
        self[name] as u64
    }

    /// A word or text.
    ///
    /// # Panics
    /// If the case does not declare it.
    pub fn text(&self, name: &str) -> &str {
        match self.texts.iter().find(|(known, _)| *known == name) {
            Some((_, text)) => text,
            None => panic!("the case declares no text {name}"),
        }
    }
}

impl Index<&str> for Values {
    type Output = f64;

    /// A number.
    ///
    /// # Panics
    /// If the case does not declare it.
    fn index(&self, name: &str) -> &f64 {
        match self.numbers.iter().find(|(known, _)| known.name == name) {
            Some((_, number)) => number,
            None => panic!("the case declares no number {name}"),
        }
    }
}

fn checked(parameter: &'static Parameter, text: &str) -> Result<f64, Refusal> {
    let refused = |what| Refusal::NotAllowed {
        parameter,
        value: text.to_owned(),
        what,
    };
    let number: f64 = text
        .parse()
        .map_err(|_| refused(super::refusal::Broken::NotANumber))?;
    if parameter.integer && number.fract() != 0.0 {
        return Err(refused(super::refusal::Broken::NotWhole));
    }
    // Asked this way round, what is not a number is out of range.
    if !(parameter.least..=parameter.greatest).contains(&number) {
        return Err(refused(super::refusal::Broken::OutOfRange));
    }
    Ok(number)
}

/// Units of parameters and quantities, in both languages.
const UNITS: &[(&str, &str)] = &[
    ("", ""),
    ("1", "1"),
    ("per year", "次/年"),
    ("events per year", "次/年"),
    ("years", "年"),
    ("weeks", "周"),
    ("hours", "小时"),
    ("per hour", "每小时"),
    ("per week", "每周"),
    ("money", "货币单位"),
    ("log money", "货币单位的对数"),
    ("share", "占比"),
    ("people", "人"),
    ("firms", "家"),
    ("owners", "个责任主体"),
    ("generations", "代"),
    ("events", "起"),
    ("teams", "支"),
    ("standard deviations", "个标准差"),
    ("probability", "概率"),
    ("exponent", "指数"),
    ("money per unit of care", "货币单位/单位投入"),
    ("per unit of care", "每单位投入"),
    ("units of care", "单位投入"),
    ("ratio", "倍"),
    ("hazards per week", "项/周"),
];

/// The word of a unit in a language, if the unit is known.
pub fn unit(unit: &str, language: Language) -> Option<&'static str> {
    let (english, chinese) = UNITS.iter().find(|(english, _)| *english == unit)?;
    Some(language.pick(chinese, english))
}
