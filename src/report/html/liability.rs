//! What governments are liable for, in the report: all levels together, then level by level.

use serde::{Deserialize, Serialize};

use super::data::{Better, Data, Difference, Measured};
use super::figures::Column;
use super::table::{Cell, Table};
use super::text::tag;
use crate::report::charts::{Estimate, Quantity, Words};
use crate::vocabulary::Language;

/// What governments are liable for under each policy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Liability {
    /// Which years it is of.
    pub source: Words,
    /// How many of them.
    pub years: u32,
    /// Whether they are natural years besides those of the runs.
    pub tail: bool,
    /// Return periods of the rarer amounts (years).
    pub periods: Vec<u32>,
    /// Levels, all of them together last.
    pub levels: Vec<Words>,
    /// For each policy and level the expected amount, then one a return period.
    pub policies: Vec<Vec<Vec<Amount>>>,
}

/// An outlay (yuan a year).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// Value with its 95 % interval; no number where the years do not carry it.
    pub level: Estimate,
    /// Difference to the baseline in the same years.
    pub difference: Option<Difference>,
}

/// The section.
pub(super) fn section(data: &Data, liability: &Liability, language: Language) -> String {
    let all = liability.levels.len().saturating_sub(1);
    let together = table(data, liability, &[all], language).html(language);
    let levels: Vec<usize> = (0..all).collect();
    let each = table(data, liability, &levels, language).html(language);
    let more = language.pick("逐级列出", "Level by level");
    format!(
        "{}{together}<details class=\"long\"><summary>{more}</summary>{each}</details>\n",
        tag("p", &holds(liability, language))
    )
}

/// What the figures are, and what they leave out.
fn holds(liability: &Liability, language: Language) -> String {
    let (source, years) = (liability.source.pick(language), liability.years);
    let rarer = match (liability.tail, language) {
        (true, _) => "",
        (false, Language::Chinese) => "更少见的年份可加 --tail 5000 另外模拟。",
        (false, Language::English) => " Rarer years can be simulated besides (--tail 5000).",
    };
    match language {
        Language::Chinese => format!(
            "或有负债：各项政策的分担层次使各级政府在灾害和事故之后须承担的损失，包括救助、公共设施重建、省际对口支援，以及保险和共同体付不出而转来的部分；不含预算安排的支出、保费补贴和抚恤金(属转移支付)。取自{source}，n = {years}。{rarer}"
        ),
        Language::English => format!(
            "Contingent liability: the loss that the layers of each policy put on the levels of government once something has happened: relief, rebuilding of public assets, aid between provinces, and what insurance and the pool fail to pay. Budgets, premium subsidies and consolation (a transfer) are left out. From {source}, n = {years}.{rarer}"
        ),
    }
}

/// Rows: policies, at some levels; columns: expected, and once in so many years.
fn table(data: &Data, liability: &Liability, levels: &[usize], language: Language) -> Table {
    let measured = measured();
    let shown = liability.policies.iter().flat_map(|own| {
        let own = levels.iter().filter_map(|level| own.get(*level));
        own.flatten()
    });
    let values = shown.map(|amount| amount.level.mean);
    let largest = values.filter(|value| value.is_finite()).fold(0.0, f64::max);
    let column = Column::of(&measured, largest, language);
    let head = |period: &u32| match language {
        Language::Chinese => format!("{period} 年一遇({})", column.unit),
        Language::English => format!("1 in {period} ({})", column.unit),
    };
    let expected = match language {
        Language::Chinese => format!("年均({})", column.unit),
        Language::English => format!("expected ({})", column.unit),
    };
    let mut heads = vec![
        language.pick("政策", "policy").to_owned(),
        language.pick("政府层级", "level").to_owned(),
        expected,
    ];
    heads.extend(liability.periods.iter().map(head));
    let mut rows = Vec::new();
    for (policy, own) in data.policies.iter().zip(&liability.policies) {
        for level in levels {
            let name = liability.levels[*level].pick(language);
            let mut cells = vec![
                Cell::text(policy.label.name.pick(language)),
                Cell::text(name),
            ];
            let amounts = own.get(*level).into_iter().flatten();
            cells.extend(amounts.map(|amount| cell(amount, &column, language)));
            rows.push(cells);
        }
    }
    Table {
        caption: language
            .pick(
                "各级政府须承担的损失〔95% 区间〕；下行：与基准之差，取自同样的年份",
                "Loss that falls on governments, with its 95% interval; below: difference to the baseline in the same years",
            )
            .to_owned(),
        heads,
        rows,
        sortable: true,
    }
}

fn cell(amount: &Amount, column: &Column, language: Language) -> Cell {
    let level = Cell::number(column.level(amount.level), amount.level.mean);
    match amount.difference {
        Some(difference) => level.below(column.difference(&difference)),
        None if amount.level.mean.is_finite() => level,
        None => level.below(language.pick("年数不足", "too few years")),
    }
}

fn measured() -> Measured {
    Measured {
        key: "contingent_liability".to_owned(),
        name: Words::new("或有负债", "contingent liability"),
        quantity: Quantity::YuanPerYear,
        better: Better::Lower,
    }
}
