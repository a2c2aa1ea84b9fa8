//! The patterns: which counts make the figure, what stands beside it, and what it must be.

/// What a figure must be.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    Above(f64),
    Below(f64),
    /// Belongs to another figure.
    Shown,
}

/// Which of the counts' ratios make the figure.
#[derive(Clone, Copy)]
pub(super) enum Figure {
    /// One ratio.
    Ratio(usize),
    /// One ratio over another.
    Step(usize, usize),
}

/// One pattern; texts are Chinese and English.
#[derive(Clone, Copy)]
pub(super) struct Declared {
    pub(super) figure: Figure,
    pub(super) name: [&'static str; 2],
    pub(super) beside: [&'static str; 2],
    pub(super) rule: Rule,
}

const RELAPSE: [&str; 2] = ["6–24 个月内回升", "relapse within 6–24 months"];
const LINES: [&str; 2] = [
    "大于 1：上报在等级线下聚集；死亡指标下的聚集见 Fisman 与 Wang",
    "above 1: reports bunch below the line; bunching below death ceilings: Fisman and Wang",
];

/// All of them. Ratios are numbered as the counts list them.
pub(super) const DECLARED: &[Declared] = &[
    Declared {
        figure: Figure::Ratio(0),
        name: [
            "上报恰为 2 人的事故 / 实际恰为 2 人的事故",
            "accidents reported with just 2 dead / those with truly 2",
        ],
        beside: LINES,
        rule: Rule::Above(1.0),
    },
    Declared {
        figure: Figure::Ratio(1),
        name: [
            "上报恰为 9 人 / 实际恰为 9 人",
            "reported with just 9 dead / truly 9",
        ],
        beside: LINES,
        rule: Rule::Above(1.0),
    },
    Declared {
        figure: Figure::Ratio(2),
        name: [
            "上报恰为 29 人 / 实际恰为 29 人",
            "reported with just 29 dead / truly 29",
        ],
        beside: LINES,
        rule: Rule::Above(1.0),
    },
    Declared {
        figure: Figure::Step(0, 3),
        name: [
            "上报的 2 人与 3 人事故之比 / 实际之比",
            "reported accidents with 2 dead over those with 3, relative to the true ones",
        ],
        beside: LINES,
        rule: Rule::Above(1.0),
    },
    Declared {
        figure: Figure::Step(1, 4),
        name: ["同上：9 人与 10 人", "the same: 9 over 10"],
        beside: LINES,
        rule: Rule::Above(1.0),
    },
    Declared {
        figure: Figure::Step(2, 5),
        name: ["同上：29 人与 30 人", "the same: 29 over 30"],
        beside: LINES,
        rule: Rule::Above(1.0),
    },
    Declared {
        figure: Figure::Ratio(6),
        name: [
            "重特大事故后同省同行业事故率指数：1 周",
            "rate of the same province and trade after an accident of ≥ 10 dead (before = 1): 1 week",
        ],
        beside: [
            "低于 1：事故后下降(Madsen 2009)",
            "below 1: accidents fall (Madsen 2009)",
        ],
        rule: Rule::Below(1.0),
    },
    Declared {
        figure: Figure::Ratio(7),
        name: ["同上：26 周", "the same: 26 weeks"],
        beside: RELAPSE,
        rule: Rule::Shown,
    },
    Declared {
        figure: Figure::Ratio(8),
        name: ["同上：52 周", "the same: 52 weeks"],
        beside: RELAPSE,
        rule: Rule::Shown,
    },
    Declared {
        figure: Figure::Ratio(9),
        name: ["同上：104 周", "the same: 104 weeks"],
        beside: RELAPSE,
        rule: Rule::Shown,
    },
    Declared {
        figure: Figure::Ratio(10),
        name: [
            "104 周后下降消失的份额",
            "share of the fall that is gone after 104 weeks",
        ],
        beside: [
            "至少一半：24 个月内回升(教训半衰期 6–36 个月)",
            "at least half: relapse within 24 months (half-life of lessons 6–36 months)",
        ],
        rule: Rule::Above(0.5),
    },
    Declared {
        figure: Figure::Ratio(11),
        name: [
            "小微企业事故率 / 大型企业(按行业标准化)",
            "accident rate of small and micro firms / large ones, standardised by trade",
        ],
        beside: [
            "大于 1；欧盟小企业死亡事故率约为大企业的 2 倍(凭知识记录)",
            "above 1; in the EU about twice that of large firms (written from knowledge)",
        ],
        rule: Rule::Above(1.0),
    },
    Declared {
        figure: Figure::Ratio(12),
        name: [
            "受灾县(1/20 以上居民)灾后 52 周参保率 / 未受灾时应有水平",
            "take-up 52 weeks after, counties with one in twenty struck / what it would have been",
        ],
        beside: [
            "大于 1：洪灾后上升 1.5–9 %(Gallagher 2014；Kousky)",
            "above 1: +1.5–9 % after floods (Gallagher 2014; Kousky)",
        ],
        rule: Rule::Above(1.0),
    },
    Declared {
        figure: Figure::Ratio(13),
        name: [
            "同上：巨灾(2/5 以上居民受灾)，须达文献下限",
            "the same after a catastrophe (two in five struck), at least the literature's least",
        ],
        beside: ["大于 1.015", "above 1.015"],
        rule: Rule::Above(1.015),
    },
    Declared {
        figure: Figure::Ratio(14),
        name: [
            "自然灾害被困获救者中由现场人员救出的份额",
            "trapped and rescued in natural disasters: share saved by people at the scene",
        ],
        beside: [
            "过半；阪神地震 0.77(0.60–0.85)；就近救出占比本身是输入",
            "more than half; Kobe 1995: 0.77 (0.60–0.85); the local share is itself an input",
        ],
        rule: Rule::Above(0.5),
    },
    Declared {
        figure: Figure::Ratio(15),
        name: ["同上：事故", "the same in accidents"],
        beside: [
            "过半(未见官方数字)",
            "more than half (no official figure seen)",
        ],
        rule: Rule::Above(0.5),
    },
];
