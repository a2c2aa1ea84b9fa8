//! Cells of the responsibility matrix: gaps 缺位, overlaps 重叠, nobody who leads, leads without duty.
//!
//! A cell is what the model executes: the shares of its owners sum to one, or part of the duty is not
//! done (gap) or left to the others (overlap). Departments of different roles in one cell need a lead.

use super::finding::{Finding, Severity, Words};
use super::subject::Subject;
use crate::scenario::acceptance::FindingKind;
use crate::scenario::problem::say;
use crate::scenario::source::Place;
use crate::vocabulary::{Category, Language, Owner, Phase, Role, Table, Vocabulary};

/// What is less than this share of a duty is rounding.
pub(super) const TOLERANCE: f64 = 1e-9;

/// Whether a cell has one who leads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lead {
    /// Its lead owns a part of the duty; or nobody owns any of it.
    #[default]
    Clear,
    /// Some own the duty and nobody leads.
    Nobody,
    /// Its lead owns nothing of the duty.
    WithoutDuty,
}

/// What is wrong with the shares and the lead of one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Judgement {
    /// Share of the duty that nobody owns.
    pub gap: f64,
    /// Share beyond the whole, which several own at once.
    pub overlap: f64,
    /// Whether one leads.
    pub lead: Lead,
}

impl Judgement {
    /// Of a cell's shares and its lead.
    pub fn of(shares: &Table<Owner, f64>, lead: Option<Owner>) -> Self {
        let total: f64 = shares.values().iter().sum();
        let beyond = |part: f64| if part > TOLERANCE { part } else { 0.0 };
        Judgement {
            gap: beyond(1.0 - total),
            overlap: beyond(total - 1.0),
            lead: match lead {
                None if total > TOLERANCE => Lead::Nobody,
                Some(owner) if shares[owner] <= TOLERANCE => Lead::WithoutDuty,
                _ => Lead::Clear,
            },
        }
    }
}

/// One cell: a category (`None` = unregulated sources) and a phase with its shares.
struct Cell<'a> {
    subject: Option<Category>,
    phase: Phase,
    shares: &'a Table<Owner, f64>,
}

/// Findings of all cells.
pub(super) fn findings(subject: &Subject<'_>) -> Vec<Finding> {
    let matrix = &subject.policy.matrix;
    let mut found = Vec::new();
    for &category in Category::ALL {
        for &phase in Phase::ALL {
            let cell = Cell {
                subject: Some(category),
                phase,
                shares: &matrix.share[category][phase],
            };
            found.extend(cell.sum(subject));
            found.extend(cell.lead(subject, category));
        }
    }
    for &phase in Phase::ALL {
        // A phase without shares of its own is as for accidents.
        if let Some(shares) = &matrix.novel_share[phase] {
            let cell = Cell {
                subject: None,
                phase,
                shares,
            };
            found.extend(cell.sum(subject));
        }
    }
    found
}

impl Cell<'_> {
    fn judgement(&self, lead: Option<Owner>) -> Judgement {
        Judgement::of(self.shares, lead)
    }

    fn about(&self) -> String {
        let subject = self.subject.map_or("novel", Vocabulary::key);
        format!("{subject}/{}", self.phase.key())
    }

    fn name(&self, language: Language) -> String {
        let novel = language.pick("四新(无专门规定的风险)", "novel, unregulated sources");
        let subject = self
            .subject
            .map_or(novel, |category| category.word(language));
        format!("{subject} / {}", self.phase.word(language))
    }

    /// The owner with the largest share, the first of equals.
    fn largest(&self) -> Option<Owner> {
        let mut largest: Option<(Owner, f64)> = None;
        for (owner, share) in self.shares.iter() {
            if *share > largest.map_or(TOLERANCE, |(_, most)| most) {
                largest = Some((owner, *share));
            }
        }
        largest.map(|(owner, _)| owner)
    }

    /// Shares by role of government and other owner, the largest first: who stands beside whom.
    fn by_role(&self, language: Language) -> String {
        let mut sums: Vec<(&str, f64)> = Vec::new();
        for (owner, share) in self.shares.iter().filter(|(_, share)| **share > TOLERANCE) {
            let word = owner
                .role()
                .map_or(owner.word(language), |role| role.word(language));
            match sums.iter_mut().find(|(other, _)| *other == word) {
                Some((_, sum)) => *sum += share,
                None => sums.push((word, *share)),
            }
        }
        sums.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let parts: Vec<String> = sums
            .iter()
            .map(|(word, sum)| format!("{word} {:.0} %", sum * 100.0))
            .collect();
        parts.join(language.pick("、", ", "))
    }

    /// The line of the lead, or else the first of the cell.
    fn place(&self, subject: &Subject<'_>) -> Option<Place> {
        let matrix = subject.places.matrix.as_ref()?;
        let lead = self
            .subject
            .and_then(|category| subject.policy.matrix.lead[category][self.phase]);
        let leading = lead.and_then(|owner| matrix.share(self.subject, self.phase, owner));
        leading
            .or_else(|| matrix.cell(self.subject, self.phase))
            .cloned()
    }

    fn label(&self, subject: &Subject<'_>, word: [&str; 2]) -> Vec<(Place, Words)> {
        let place = self.place(subject);
        place
            .map(|place| (place, Words::fixed(word)))
            .into_iter()
            .collect()
    }

    /// A gap or an overlap.
    fn sum(&self, subject: &Subject<'_>) -> Option<Finding> {
        let Judgement { gap, overlap, .. } = self.judgement(None);
        if gap > 0.0 {
            Some(self.gap(subject, gap))
        } else if overlap > 0.0 {
            Some(self.overlap(subject, overlap))
        } else {
            None
        }
    }

    fn gap(&self, subject: &Subject<'_>, share: f64) -> Finding {
        let percent = share * 100.0;
        let what = Words::of(|language| {
            let cell = self.name(language);
            say!(
                language,
                "{cell}: 缺位 {percent:.0} %,这部分责任无人承担",
                "{cell}: gap of {percent:.0} %, nobody owns this part of the duty"
            )
        });
        let remedy = Words::of(|language| {
            let owner = self
                .largest()
                .map_or(language.pick("牵头单位", "the lead"), |owner| {
                    owner.word(language)
                });
            say!(
                language,
                "把该格各单位的 share 补足到 1,例如由 {owner} 承担其余 {percent:.0} %。",
                "raise the shares of the cell to a sum of 1, e.g. give the other {percent:.0} % to {owner}."
            )
        });
        let labels = self.label(
            subject,
            [
                "该格各项之和不足 1",
                "the shares of this cell sum to less than 1",
            ],
        );
        subject.finding(
            FindingKind::Gap,
            self.about(),
            Severity::Warning,
            labels,
            [what, remedy],
        )
    }

    fn overlap(&self, subject: &Subject<'_>, share: f64) -> Finding {
        let percent = share * 100.0;
        let coordination = subject.number("responsibility.coordination") * 100.0;
        let what = Words::of(|language| {
            let (cell, roles) = (self.name(language), self.by_role(language));
            say!(
                language,
                "{cell}: 重叠 {percent:.0} %({roles}),其中只有 {coordination:.0} % 得到协调,其余互相等待",
                "{cell}: overlap of {percent:.0} % ({roles}); {coordination:.0} % of it is coordinated, in the rest each waits for the others"
            )
        });
        let remedy = Words::fixed([
            "减小该格的 share,使其和为 1;确需共同承担的,提高 responsibility.coordination(协调要花钱)。",
            "lower shares of the cell to a sum of 1; where the duty is meant to be joint, raise responsibility.coordination (it is paid for).",
        ]);
        let mut labels = self.label(
            subject,
            [
                "该格各项之和超过 1",
                "the shares of this cell sum to more than 1",
            ],
        );
        let largest = self.largest().zip(subject.places.matrix.as_ref());
        let beside =
            largest.and_then(|(owner, matrix)| matrix.share(self.subject, self.phase, owner));
        if let Some(place) = beside.filter(|place| labels.iter().all(|(other, _)| other != *place))
        {
            labels.push((
                place.clone(),
                Words::fixed(["最大的一份", "the largest share"]),
            ));
        }
        subject.finding(
            FindingKind::Overlap,
            self.about(),
            Severity::Warning,
            labels,
            [what, remedy],
        )
    }

    /// Nobody leads a cell that somebody owns, or one leads who owns nothing of it.
    fn lead(&self, subject: &Subject<'_>, category: Category) -> Option<Finding> {
        let lead = subject.policy.matrix.lead[category][self.phase];
        match (self.judgement(lead).lead, lead) {
            (Lead::Nobody, _) => Some(self.no_lead(subject)),
            (Lead::WithoutDuty, Some(owner)) => Some(self.lead_without_duty(subject, owner)),
            _ => None,
        }
    }

    fn no_lead(&self, subject: &Subject<'_>) -> Finding {
        let has = |role: Role| {
            let mut shares = self.shares.iter();
            shares.any(|(owner, share)| owner.role() == Some(role) && *share > TOLERANCE)
        };
        let departments = has(Role::Sector) && has(Role::General);
        let what = Words::of(|language| {
            let (cell, roles) = (self.name(language), self.by_role(language));
            if departments {
                say!(
                    language,
                    "{cell}: 两个部门都有责任,却无人牵头({roles})",
                    "{cell}: two departments, nobody leads ({roles})"
                )
            } else {
                say!(
                    language,
                    "{cell}: 无人牵头({roles})",
                    "{cell}: nobody leads ({roles})"
                )
            }
        });
        let remedy = Words::of(|language| {
            let owner = self.largest().map_or("", |owner| owner.word(language));
            say!(
                language,
                "在该格的一行写 lead = 1,例如份额最大的 {owner}。",
                "write lead = 1 in one row of the cell, e.g. that of the largest share, {owner}."
            )
        });
        let labels = self.label(
            subject,
            [
                "该格没有 lead = 1 的一行",
                "no row of this cell has lead = 1",
            ],
        );
        subject.finding(
            FindingKind::NoLead,
            self.about(),
            Severity::Warning,
            labels,
            [what, remedy],
        )
    }

    fn lead_without_duty(&self, subject: &Subject<'_>, owner: Owner) -> Finding {
        let what = Words::of(|language| {
            let (cell, owner) = (self.name(language), owner.word(language));
            say!(
                language,
                "{cell}: {owner} 牵头,却不承担任何责任",
                "{cell}: {owner} leads and owns nothing of the duty"
            )
        });
        let remedy = Words::fixed([
            "给牵头单位一份 share,或由承担责任的单位牵头。",
            "give the lead a share, or let an owner of the duty lead.",
        ]);
        let labels = self.label(subject, ["牵头,share 为 0", "leads with a share of 0"]);
        let kind = FindingKind::LeadWithoutDuty;
        subject.finding(
            kind,
            self.about(),
            Severity::Warning,
            labels,
            [what, remedy],
        )
    }
}
