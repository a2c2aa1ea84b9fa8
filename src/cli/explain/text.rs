//! The answer of `explain` in words.

use super::rules::rule;
use crate::cli::compare::terminal_width;
use crate::cli::layout::{Figures, laid_out};
use crate::cli::numbers::{money, number, percent, plain};
use crate::experiment::explain::{Care, Cover, Explained, Paid, PhaseDuty, Question, Struck, Way};
use crate::model::record::Fen;
use crate::model::{Model, Regime};
use crate::scenario::policy::LiabilityRule;
use crate::scenario::problem::say;
use crate::vocabulary::{Asset, Language, Layer, Vocabulary};

/// An answer to be told.
pub(super) struct Told<'a> {
    pub(super) model: &'a Model,
    pub(super) regime: &'a Regime,
    pub(super) question: &'a Question,
    pub(super) explained: &'a Explained,
    pub(super) language: Language,
}

impl Told<'_> {
    /// The whole text.
    pub(super) fn text(&self) -> String {
        let language = self.language;
        let heading = |number: u8, zh, en| format!("{number}. {}\n", language.pick(zh, en));
        [
            self.title(),
            heading(1, "各阶段由谁负责", "Who was responsible in each phase"),
            self.duties(),
            heading(
                2,
                "规则使多少安全投入合算",
                "What care the rule made rational",
            ),
            self.care(),
            heading(3, "哪一层赔付多少", "Which layer pays what"),
            self.payments(),
        ]
        .concat()
    }

    fn title(&self) -> String {
        let language = self.language;
        let (key, loss) = (&self.regime.key, money(self.question.loss));
        let province = &self.model.tables.provinces[usize::from(self.question.province)];
        let place = language.pick(&province.name_zh, &province.name_en);
        match self.question.struck {
            Struck::Accident {
                trade,
                size,
                deaths,
                injured,
            } => {
                let (trade, size) = (trade.word(language), size.word(language));
                say!(
                    language,
                    "{key}：{place}一家{size}企业({trade})发生事故，财产损失 {loss} 元，死亡 {deaths} 人，受伤 {injured} 人\n\n",
                    "{key}: an accident of a {size} enterprise ({trade}) in {place}, a loss of assets of {loss} yuan, {deaths} dead, {injured} injured\n\n"
                )
            }
            Struck::Natural { asset, hazard, .. } => {
                let (asset, hazard) = (asset.word(language), hazard.word(language));
                say!(
                    language,
                    "{key}：{place}的{asset}因{hazard}损失 {loss} 元\n\n",
                    "{key}: a loss of {loss} yuan of {asset} by {hazard} in {place}\n\n"
                )
            }
        }
    }

    fn duties(&self) -> String {
        let language = self.language;
        let duties = &self.explained.duties;
        let phases: Vec<String> = duties
            .phases
            .iter()
            .map(|duty| phase(duty, language))
            .collect();
        let lost = percent(duties.message_loss, language);
        let [response, recovery] = [duties.hours_to_response, duties.hours_to_recovery].map(plain);
        let between = say!(
            language,
            "   阶段之间：预警到处置损失 {response} 小时，处置到恢复损失 {recovery} 小时；{lost}的预警在传递中丢失\n\n",
            "   Between phases: {response} hours are lost from warn to respond, {recovery} hours from respond to recover; {lost} of warnings are lost on the way\n\n"
        );
        phases.concat() + &between
    }

    fn care(&self) -> String {
        let language = self.language;
        let Struck::Accident { trade, size, .. } = self.question.struck else {
            let text = language.pick(
                "   自然不负赔偿责任：没有责任规则使任何人的安全投入合算；损失按第 3 步分担\n\n",
                "   Nature owes nothing: no rule of liability makes anybody's care rational; the loss goes down the ladder of step 3\n\n",
            );
            return text.to_owned();
        };
        if let Some(care) = &self.explained.care {
            return self.care_of_enterprise(care);
        }
        let (trade, size) = (trade.word(language), size.word(language));
        say!(
            language,
            "   该社会没有{size}企业({trade})：按未达标准处理\n\n",
            "   The society has no {size} enterprise of this trade ({trade}): it is taken as below the standard\n\n"
        )
    }

    fn care_of_enterprise(&self, care: &Care) -> String {
        let language = self.language;
        let choice = &care.choice;
        let [at_fault, with_due_care] =
            [choice.stake.at_fault, choice.stake.with_due_care].map(number);
        let stake = if at_fault == with_due_care {
            say!(
                language,
                "   一起事故预计使企业自身付出 {at_fault} 元(赔偿、罚款、自有损失、停产和处分，扣除保险)",
                "   An accident is expected to cost the enterprise itself {at_fault} yuan (debt, fines, own damage, closure and sanctions, cover deducted)"
            )
        } else {
            say!(
                language,
                "   一起事故预计使企业自身付出 {at_fault} 元(赔偿、罚款、自有损失、停产和处分，扣除保险)；达到标准时 {with_due_care} 元",
                "   An accident is expected to cost the enterprise itself {at_fault} yuan (debt, fines, own damage, closure and sanctions, cover deducted); {with_due_care} yuan if it meets the standard"
            )
        };
        let exposure = number(choice.exposure * 1e5);
        let [rational, aimed, standard, whole, most] = [
            care.rational,
            care.aimed,
            care.standard,
            care.whole_loss,
            choice.most,
        ]
        .map(|care| format!("{care:.2}"));
        let [rate, rational_rate] =
            [care.rate, care.rational_rate].map(|rate| percent(rate, language));
        let verdict = if care.negligent {
            language.pick("低于标准(有过失)", "below the standard (negligent)")
        } else {
            language.pick("达到标准(无过失)", "at the standard (not negligent)")
        };
        let loss = money(self.question.loss);
        let rule = self.liability();
        say!(
            language,
            "   规则：{rule}\n{stake}\n   企业认为安全投入可影响的事故为每 10 万工人年 {exposure} 起\n   \
             合算的安全投入(单位：e)：{rational}(事故率为无投入时的 {rational_rate})；标准 {standard}；最多负担得起 {most}\n   \
             企业以 {aimed} 为目标，{verdict}：事故率为无投入时的 {rate}\n   \
             假如全部损失 {loss} 元都由它承担，合算的安全投入为 {whole}\n\n",
            "   Rule: {rule}\n{stake}\n   Accidents that care can reach, as the enterprise sees them: {exposure} per 100,000 worker-years\n   \
             Rational care (in units of e): {rational} (accidents at {rational_rate} of those without care); standard {standard}; at most {most} is affordable\n   \
             The enterprise aims at {aimed}, {verdict}: accidents at {rate} of those without care\n   \
             If the whole loss of {loss} yuan came back to it, care of {whole} would be rational\n\n"
        )
    }

    fn liability(&self) -> String {
        let language = self.language;
        let liability = &self.regime.arrangement.liability;
        let share = percent(liability.share, language);
        let others = match liability.rule {
            LiabilityRule::None => language
                .pick("对他人的损害不负赔偿责任", "no debt for harm to others")
                .to_owned(),
            LiabilityRule::Negligence => say!(
                language,
                "过失责任，未达标准时赔偿他人损害的 {share}",
                "negligence: {share} of the harm to others is owed where care was below the standard"
            ),
            LiabilityRule::Strict => say!(
                language,
                "严格责任，赔偿他人损害的 {share}",
                "strict liability: {share} of the harm to others is owed"
            ),
        };
        if self.regime.arrangement.statutory.work_injury_coverage > 0.0 {
            let workers = language.pick(
                "；对本单位工人的法定责任不问过失",
                "; the statutory duty to its own workers needs no fault",
            );
            return others + workers;
        }
        others
    }

    fn payments(&self) -> String {
        let language = self.language;
        let ways = &self.explained.ways;
        let mut rows: Vec<(Layer, crate::vocabulary::Bearer)> = Vec::new();
        for paid in ways.iter().flat_map(|way| &way.paid) {
            rows.push((paid.layer, paid.bearer));
        }
        rows.sort_unstable();
        rows.dedup();
        let names: Vec<&str> = rows.iter().map(|(layer, _)| layer.word(language)).collect();
        let total = language.pick("合计", "in all");
        let names = [&names[..], &[total]].concat();
        let bearers = rows
            .iter()
            .map(|(_, bearer)| bearer.word(language).to_owned());
        let mut columns = vec![Figures {
            heading: language.pick("承担者", "bearer").to_owned(),
            cells: bearers.chain([String::new()]).collect(),
        }];
        for way in ways {
            let of = |row: &(Layer, crate::vocabulary::Bearer)| {
                let same = |paid: &&Paid| (paid.layer, paid.bearer) == *row;
                way.paid.iter().find(same).map_or(0, |paid| paid.fen)
            };
            let cells: Vec<Fen> = rows.iter().map(of).collect();
            let all = cells.iter().sum::<Fen>();
            columns.push(Figures {
                heading: self.heading(way.cover),
                cells: cells.into_iter().chain([all]).map(money).collect(),
            });
        }
        let table = laid_out(
            language.pick("分担层", "layer"),
            &names,
            &columns,
            terminal_width(),
        );
        format!("{table}\n{}{}", self.besides(), self.rules())
    }

    fn heading(&self, cover: Cover) -> String {
        let (zh, en) = match cover {
            Cover::Same => ("金额\n(元)", "amount\n(yuan)"),
            Cover::Held => ("已投保\n(元)", "insured\n(yuan)"),
            Cover::NotHeld => ("未投保\n(元)", "not insured\n(yuan)"),
        };
        self.language.pick(zh, en).to_owned()
    }

    /// What the table leaves open: who holds cover, how the loss is split, what is paid besides.
    fn besides(&self) -> String {
        let language = self.language;
        let mut text = String::new();
        let first = &self.explained.ways[0];
        if first.cover != Cover::Same {
            for (layer, share) in &first.held_by {
                let (layer, share) = (layer.word(language), percent(*share, language));
                text += &say!(
                    language,
                    "   同类中投保{layer}的占 {share}\n",
                    "   {share} of those like it hold {layer}\n"
                );
            }
        }
        if matches!(self.question.struck, Struck::Accident { .. }) {
            text += language.pick(
                "   财产损失按模型的比例分为企业自有损失和第三方财产；死伤按行业比例分为工人和第三方\n",
                "   The loss of assets is own damage and third parties' property in the model's proportion; dead and injured are workers and third parties in that of the trade\n",
            );
        }
        let fines: Vec<&Way> = self
            .explained
            .ways
            .iter()
            .filter(|way| way.fine > 0)
            .collect();
        if let Some(way) = fines.first() {
            let fine = money(way.fine);
            text += &say!(
                language,
                "   此外企业缴纳罚款 {fine} 元(转移支付，不是损失)\n",
                "   Besides, the enterprise pays a fine of {fine} yuan (a transfer, not a loss)\n"
            );
        }
        text
    }

    /// The rule of each layer that the loss can reach, in the order of the ladder.
    fn rules(&self) -> String {
        let language = self.language;
        let mut text = language.pick("   规则：\n", "   Rules:\n").to_owned();
        for layer in Layer::ALL.iter().copied() {
            if let Some(rule) = rule(layer, self.question.struck, self.regime, language) {
                let layer = layer.word(language);
                text += &say!(language, "   · {layer}：{rule}\n", "   · {layer}: {rule}\n");
            }
        }
        if let Struck::Natural {
            asset: Asset::Infrastructure,
            ..
        } = self.question.struck
        {
            text += language.pick(
                "   公共设施由各级财政按所有权承担\n",
                "   Public facilities are borne by the levels of government that own them\n",
            );
        }
        text
    }
}

fn phase(duty: &PhaseDuty, language: Language) -> String {
    let name = duty.phase.word(language);
    let lead = duty.lead.map_or_else(
        || language.pick("无人牵头", "nobody leads").to_owned(),
        |owner| {
            let owner = owner.word(language);
            say!(language, "{owner}牵头", "{owner} leads")
        },
    );
    let owners: Vec<String> = duty
        .owners
        .iter()
        .map(|(owner, share)| format!("{} {}", owner.word(language), percent(*share, language)))
        .collect();
    let owners = owners.join(" · ");
    let done = percent(duty.execution, language);
    let gap = duty.assigned() - 1.0;
    let size = percent(gap.abs(), language);
    let fit = match gap {
        ..-1e-9 => say!(language, "；缺位 {size}", "; gap of {size}"),
        1e-9.. => say!(language, "；重叠 {size}", "; overlap of {size}"),
        _ => String::new(),
    };
    let owners = if owners.is_empty() {
        language.pick("无人负责", "nobody").to_owned()
    } else {
        owners
    };
    say!(
        language,
        "   {name}：{lead}{fit}；实际履行 {done}\n      {owners}\n",
        "   {name}: {lead}{fit}; {done} carried out\n      {owners}\n"
    )
}
