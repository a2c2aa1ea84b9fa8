//! `ledger`: who caused, which layer paid, who bears – sums of postings.

use super::OutputError;
use super::table::{Column, TableWriter, Type, measured, plain, policy, replication};
use crate::model::record::LedgerRow;
use crate::vocabulary::Vocabulary;

/// Columns of the table.
pub fn columns() -> Vec<Column> {
    vec![
        policy(),
        replication(),
        plain(
            "year",
            Type::Integer,
            "年",
            "year since the end of the burn-in, from 0",
        ),
        plain("category", Type::Text, "类别", "category"),
        plain("cause", Type::Text, "致损者", "who or what caused the loss"),
        plain(
            "owner",
            Type::Text,
            "失守阶段的责任主体",
            "owner of the phase that failed; nobody = none",
        ),
        plain("bearer", Type::Text, "最终承担者", "who finally bears"),
        plain("layer", Type::Text, "赔付层", "layer that paid"),
        measured("amount", Type::Money, ["金额", "amount"], ["分", "fen"]),
    ]
}

/// Writes the ledger of one run; `replication` counts from 1.
pub fn write(
    table: &mut TableWriter,
    policy: &str,
    replication: i64,
    rows: &[LedgerRow],
) -> Result<(), OutputError> {
    rows.iter().try_for_each(|row| {
        table.row(&[
            policy.into(),
            replication.into(),
            row.year.into(),
            row.category.key().into(),
            row.cause.key().into(),
            row.owner.map_or("nobody", Vocabulary::key).into(),
            row.bearer.key().into(),
            row.layer.key().into(),
            row.amount_fen.into(),
        ])
    })
}
