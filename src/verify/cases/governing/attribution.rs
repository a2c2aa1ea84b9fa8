//! What each player is worth of what they do together.

use std::collections::{BTreeMap, BTreeSet};

use crate::measures::attribution::{MOST_PLAYERS, shapley};
use crate::verify::closed_form::coalitions;
use crate::verify::{Case, Effort, Judge, Quantity, Refusal, Text, Values};

/// The case.
pub(super) const CASE: Case = Case {
    name: "attribution",
    summary: [
        "Shapley values of mechanisms that act together",
        "共同作用的各项机制的沙普利值",
    ],
    parameters: &[],
    run,
};

/// Values of coalitions as a JSON object: letters, or names joined by a comma.
pub const COALITIONS: Text = Text {
    case: "attribution",
    name: "v",
    default: r#"{"A":10,"B":6,"C":0,"AB":20,"AC":10,"BC":9,"ABC":26}"#,
    words: &[],
};

/// Error allowed, relative to the greatest value: sums of values that may cancel.
const EXACT: f64 = 1e-9;

fn run(values: &Values, _: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let text = values.text(COALITIONS.name);
    let (players, value) = read(text)?;
    let greatest = value.iter().fold(0.0, |most: f64, v| most.max(v.abs()));
    let judged = |name: String, closed_form: f64, found: f64| {
        Quantity::exact(&name, closed_form, found)
            .judged(Judge::Absolute(EXACT * greatest.max(1e-300)))
    };
    let found = shapley(players.len(), &value);
    let theory = coalitions::shapley(players.len(), &value);
    let mut quantities: Vec<Quantity> = players
        .iter()
        .zip(theory.iter().zip(&found))
        .map(|(player, (closed_form, found))| judged(format!("phi_{player}"), *closed_form, *found))
        .collect();
    let whole = value[value.len() - 1] - value[0];
    quantities.push(judged("sum".to_owned(), whole, found.iter().sum()));
    Ok(quantities)
}

/// Names of the players in order, and the value of every coalition; that of nobody is 0 unless stated.
fn read(text: &str) -> Result<(Vec<String>, Vec<f64>), Refusal> {
    let refused = |english: String, chinese: String| Refusal::Rule {
        parameter: COALITIONS.name,
        value: text.to_owned(),
        rule: [english, chinese],
    };
    let stated: BTreeMap<String, f64> = serde_json::from_str(text).map_err(|error| {
        refused(
            format!(
                "must be a JSON object of numbers, such as {}: {error}",
                COALITIONS.default
            ),
            format!("须为数值的 JSON 对象，例如 {}：{error}", COALITIONS.default),
        )
    })?;
    let named = stated.keys().any(|key| key.contains(','));
    let members = |key: &str| -> Vec<String> {
        if named {
            let names = key.split(',').map(|name| name.trim().to_owned());
            names.filter(|name| !name.is_empty()).collect()
        } else {
            let letters = key.chars().filter(|letter| !letter.is_whitespace());
            letters.map(String::from).collect()
        }
    };
    let players: BTreeSet<String> = stated.keys().flat_map(|key| members(key)).collect();
    let players: Vec<String> = players.into_iter().collect();
    if players.is_empty() || players.len() > MOST_PLAYERS {
        return Err(refused(
            format!(
                "must have 1 to {MOST_PLAYERS} players, not {}",
                players.len()
            ),
            format!(
                "须有 1 至 {MOST_PLAYERS} 个参与者，现有 {} 个",
                players.len()
            ),
        ));
    }
    let mut value = vec![None; 1 << players.len()];
    value[0] = Some(0.0);
    let mut seen = BTreeSet::new();
    for (key, stated) in &stated {
        let coalition = members(key)
            .iter()
            .filter_map(|name| players.iter().position(|player| player == name))
            .fold(0_usize, |coalition, player| coalition | 1 << player);
        let twice = coalition.count_ones() as usize != members(key).len();
        if twice || !seen.insert(coalition) {
            return Err(refused(
                format!("must state each coalition once and each player once in it: `{key}`"),
                format!("每个组合只写一次，组合中每个参与者只写一次：“{key}”"),
            ));
        }
        value[coalition] = Some(*stated);
    }
    let missing = value.iter().position(Option::is_none).map(|coalition| {
        let names = players.iter().enumerate();
        let within = names.filter(|(player, _)| coalition >> player & 1 == 1);
        let names: Vec<&str> = within.map(|(_, name)| name.as_str()).collect();
        names.join(if named { "," } else { "" })
    });
    match missing {
        Some(coalition) => Err(refused(
            format!("must state every coalition of its players; `{coalition}` is missing"),
            format!("须写出参与者的全部组合，缺“{coalition}”"),
        )),
        None => Ok((players, value.into_iter().flatten().collect())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coalitions_are_read_in_any_order_of_letters_or_names() {
        let (players, value) = read(r#"{"B":2,"A":1,"BA":5,"":0.5}"#).unwrap();
        assert_eq!(players, ["A", "B"]);
        assert_eq!(value, [0.5, 1.0, 2.0, 5.0]);
        let (players, value) = read(r#"{"sharing":2,"remedy":1,"remedy, sharing":5}"#).unwrap();
        assert_eq!(players, ["remedy", "sharing"]);
        assert_eq!(value, [0.0, 1.0, 2.0, 5.0]);
    }

    #[test]
    fn what_is_no_game_is_refused() {
        for text in [
            "",
            "[1]",
            "{}",
            r#"{"A":"x"}"#,
            r#"{"A":1,"AB":2}"#,
            r#"{"A":1,"AA":2}"#,
            r#"{"A":1,"B":1,"AB":2,"BA":3}"#,
            r#"{"A":1e999}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
