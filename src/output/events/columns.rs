//! Columns of the table of events.

use crate::output::table::{Column, Type, measured, plain, policy, replication, week};

/// Columns of the table.
#[expect(clippy::too_many_lines, reason = "a flat table, one entry a column")]
pub fn columns() -> Vec<Column> {
    const PEOPLE: [&str; 2] = ["人", "people"];
    const FEN: [&str; 2] = ["分", "fen"];
    vec![
        policy(),
        replication(),
        week(),
        plain(
            "event",
            Type::Identity,
            "事件编号",
            "identity of the event, the same under every policy",
        ),
        plain(
            "parent",
            Type::Identity,
            "上级事件编号",
            "identity of the event that set it off; 0 = none",
        ),
        plain(
            "generation",
            Type::Integer,
            "代数",
            "generation in the cascade; 0 = root",
        ),
        plain("category", Type::Text, "类别", "category"),
        plain("kind", Type::Text, "灾种", "kind"),
        plain(
            "region",
            Type::Text,
            "地区",
            "province in which it began (Chinese name)",
        ),
        plain(
            "region_en",
            Type::Text,
            "地区(英文)",
            "province in which it began (English name)",
        ),
        plain(
            "magnitude",
            Type::Real,
            "强度",
            "magnitude: M of earthquakes, severity of other hazards, potential dead of accidents, cases or people of the rest",
        ),
        measured(
            "warned",
            Type::Real,
            [
                "预警覆盖比例",
                "share of the people struck who were warned in time",
            ],
            ["0–1", "0–1"],
        ),
        measured(
            "hours_to_reach",
            Type::Real,
            [
                "救援到达时间",
                "hours to the arrival of professional rescue",
            ],
            ["小时", "hours"],
        ),
        plain(
            "contained",
            Type::Text,
            "是否在引发次生事件前得到控制",
            "whether teams contained it before it could set off another",
        ),
        measured("deaths", Type::Integer, ["死亡", "deaths"], PEOPLE),
        measured(
            "deaths_reported",
            Type::Integer,
            ["上报死亡", "deaths as reported"],
            PEOPLE,
        ),
        measured("injuries", Type::Integer, ["受伤", "injured"], PEOPLE),
        measured(
            "counties",
            Type::Integer,
            ["受灾县数", "counties struck"],
            ["个", "counties"],
        ),
        measured(
            "loss",
            Type::Money,
            ["损失(资产与人身)", "loss, assets and bodily"],
            FEN,
        ),
        measured(
            "insured",
            Type::Money,
            ["保险赔付", "paid by insurance of every kind"],
            FEN,
        ),
        measured(
            "public",
            Type::Money,
            ["财政承担", "borne by governments"],
            FEN,
        ),
        measured(
            "uncompensated",
            Type::Money,
            ["居民自担", "left with residents"],
            FEN,
        ),
        plain(
            "failed_owner",
            Type::Text,
            "失守阶段的责任主体",
            "owner of the phase that failed; nobody = none",
        ),
        plain(
            "failed_phase",
            Type::Text,
            "失守阶段",
            "phase that failed; none = no phase",
        ),
        plain(
            "neglected",
            Type::Text,
            "失守阶段是否无人履职",
            "whether nobody did the duty of that phase",
        ),
        plain(
            "set_off",
            Type::Integer,
            "直接引发的事件数",
            "number of events that it set off directly",
        ),
        measured(
            "lead_hours",
            Type::Real,
            [
                "预报提前时间",
                "hours between the forecast of a natural danger and its onset; 0 for the others",
            ],
            ["小时", "hours"],
        ),
        plain(
            "helped",
            Type::Text,
            "现场是否有第一响应人",
            "whether a person trained to help was at the scene",
        ),
        plain(
            "below_standard",
            Type::Text,
            "企业安全投入是否低于标准",
            "whether the care of the enterprise lay below the standard (accidents)",
        ),
        plain(
            "report",
            Type::Text,
            "事故报告情况",
            "how an accident with deaths was reported",
        ),
        borne("borne_residents", "居民承担", "borne by residents"),
        borne("borne_enterprises", "企业承担", "borne by enterprises"),
        borne(
            "borne_centre",
            "中央财政承担",
            "borne by the central government",
        ),
        borne(
            "borne_province",
            "省级财政承担",
            "borne by provincial governments",
        ),
        borne("borne_city", "市级财政承担", "borne by city governments"),
        borne(
            "borne_county",
            "县级财政承担",
            "borne by county governments",
        ),
        borne(
            "borne_social_insurance",
            "社会保险承担",
            "borne by social insurance",
        ),
        borne("borne_insurers", "商业保险机构承担", "borne by insurers"),
        borne(
            "borne_pool",
            "巨灾保险共同体承担",
            "borne by the catastrophe pool",
        ),
        borne("borne_reinsurers", "再保险人承担", "borne by reinsurers"),
        borne("borne_charity", "社会捐赠承担", "borne by charity"),
    ]
}

/// The part of the loss that one bearer finally bears.
const fn borne(key: &'static str, zh: &'static str, en: &'static str) -> Column {
    measured(key, Type::Money, [zh, en], ["分", "fen"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn the_columns_of_bearers_are_those_of_the_vocabulary() {
        let keys = columns()
            .into_iter()
            .filter_map(|c| c.key.strip_prefix("borne_"));
        assert!(
            keys.eq(crate::vocabulary::Bearer::ALL
                .iter()
                .map(|bearer| bearer.key()))
        );
    }
}
