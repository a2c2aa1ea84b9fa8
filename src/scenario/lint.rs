//! Lint of a responsibility matrix: gaps 缺位, overlaps 重叠 and disconnects 脱节.
#![expect(
    missing_docs,
    reason = "fields are named after what they hold; each variant says what was found"
)]

use crate::scenario::policy::Matrix;
use crate::scenario::problem::say;
use crate::vocabulary::{Category, Language, Owner, Phase, Vocabulary};

/// What is less than this share of a duty is rounding.
const TOLERANCE: f64 = 1e-9;

/// Something about a matrix that its author may not have meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finding {
    /// Part of a duty that nobody owns.
    Gap {
        category: Category,
        phase: Phase,
        share: f64,
    },
    /// Part of the duty for unregulated sources 四新 that nobody owns.
    NovelGap { phase: Phase, share: f64 },
    /// More owners than duty.
    Overlap {
        category: Category,
        phase: Phase,
        share: f64,
    },
    /// The lead changes from a phase to the next, or one of both has none.
    Disconnect {
        category: Category,
        from: Phase,
        to: Phase,
        leads: (Option<Owner>, Option<Owner>),
    },
}

/// All findings, by category and phase.
pub fn findings(matrix: &Matrix) -> Vec<Finding> {
    let mut findings = Vec::new();
    for &category in Category::ALL {
        for &phase in Phase::ALL {
            let sum: f64 = matrix.share[category][phase].values().iter().sum();
            if sum < 1.0 - TOLERANCE {
                findings.push(Finding::Gap {
                    category,
                    phase,
                    share: 1.0 - sum,
                });
            } else if sum > 1.0 + TOLERANCE {
                findings.push(Finding::Overlap {
                    category,
                    phase,
                    share: sum - 1.0,
                });
            }
        }
        for pair in Phase::ALL.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let leads = (matrix.lead[category][from], matrix.lead[category][to]);
            if leads.0 != leads.1 || leads.0.is_none() {
                findings.push(Finding::Disconnect {
                    category,
                    from,
                    to,
                    leads,
                });
            }
        }
    }
    for &phase in Phase::ALL {
        // A phase without shares of its own is as for accidents.
        let sum = matrix.novel_share[phase]
            .as_ref()
            .map(|shares| shares.values().iter().sum::<f64>());
        if let Some(sum) = sum.filter(|sum| *sum < 1.0 - TOLERANCE) {
            findings.push(Finding::NovelGap {
                phase,
                share: 1.0 - sum,
            });
        }
    }
    findings
}

impl Finding {
    /// The finding in words.
    pub fn text(&self, language: Language) -> String {
        match *self {
            Finding::Gap {
                category,
                phase,
                share,
            } => {
                let (where_, percent) = (cell(category, phase, language), share * 100.0);
                say!(
                    language,
                    "{where_}: 缺位 {percent:.0}%(无人负责的部分)",
                    "{where_}: gap of {percent:.0} % (nobody is responsible)"
                )
            }
            Finding::NovelGap { phase, share } => {
                let (phase, percent) = (phase.word(language), share * 100.0);
                say!(
                    language,
                    "四新(无专门规定的风险) / {phase}: 缺位 {percent:.0}%(无人负责的部分)",
                    "novel, unregulated sources / {phase}: gap of {percent:.0} % (nobody is responsible)"
                )
            }
            Finding::Overlap {
                category,
                phase,
                share,
            } => {
                let (where_, percent) = (cell(category, phase, language), share * 100.0);
                say!(
                    language,
                    "{where_}: 重叠 {percent:.0}%",
                    "{where_}: overlap of {percent:.0} %"
                )
            }
            Finding::Disconnect {
                category,
                from,
                to,
                leads,
            } => {
                let category = category.word(language);
                let (from, to) = (from.word(language), to.word(language));
                let (one, other) = (lead(leads.0, language), lead(leads.1, language));
                say!(
                    language,
                    "{category}: 脱节,{from} → {to},牵头单位 {one} → {other}",
                    "{category}: disconnect from {from} to {to}, lead {one} → {other}"
                )
            }
        }
    }
}

fn cell(category: Category, phase: Phase, language: Language) -> String {
    format!("{} / {}", category.word(language), phase.word(language))
}

fn lead(owner: Option<Owner>, language: Language) -> &'static str {
    owner.map_or(language.pick("无", "nobody"), |owner| owner.word(language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Table;

    #[test]
    fn a_clean_matrix_has_no_findings_and_each_fault_has_one() {
        let mut matrix = Matrix {
            share: Table::default(),
            lead: Table::default(),
            novel_share: Table::default(),
        };
        for &category in Category::ALL {
            for &phase in Phase::ALL {
                matrix.share[category][phase][Owner::CountySector] = 1.0;
                matrix.lead[category][phase] = Some(Owner::CountySector);
            }
        }
        assert_eq!(findings(&matrix), []);
        let mut novel = matrix.clone();
        novel.novel_share[Phase::Prevent] = Some(Table::default());
        assert_eq!(
            findings(&novel),
            [Finding::NovelGap {
                phase: Phase::Prevent,
                share: 1.0
            }]
        );
        matrix.share[Category::Accident][Phase::Warn][Owner::CountySector] = 0.75;
        matrix.share[Category::Health][Phase::Respond][Owner::Citizen] = 0.5;
        matrix.lead[Category::Social][Phase::Recover] = Some(Owner::CountyGeneral);
        assert_eq!(
            findings(&matrix),
            [
                Finding::Gap {
                    category: Category::Accident,
                    phase: Phase::Warn,
                    share: 0.25
                },
                Finding::Overlap {
                    category: Category::Health,
                    phase: Phase::Respond,
                    share: 0.5
                },
                Finding::Disconnect {
                    category: Category::Social,
                    from: Phase::Respond,
                    to: Phase::Recover,
                    leads: (Some(Owner::CountySector), Some(Owner::CountyGeneral)),
                },
            ]
        );
    }
}
