//! A question for a seminar at each decision point, from what happened under the policies.

use super::moments::{percent, stages};
use crate::model::record::Report;
use crate::report::charts::Words;
use crate::report::charts::story::{Data, Happened, Lane, Point, Stage, hours};
use crate::scenario::problem::say;
use crate::vocabulary::{Bearer, Category, Language, Vocabulary};

/// Shares and hours closer than this count as the same.
const CLOSE: f64 = 0.02;
const CLOSE_HOURS: f64 = 0.1;

/// The decision points of a story, its lanes being there.
pub(super) fn points(data: &Data) -> Vec<Point> {
    let asked = |stage: Stage| Point {
        stage,
        name: Words::new(stage.zh(), stage.en()),
        question: super::both(|language| question(stage, &Asked { data, language })),
    };
    stages(data.kind).into_iter().map(asked).collect()
}

fn question(stage: Stage, asked: &Asked<'_>) -> String {
    match stage {
        Stage::Prevent => asked.prevent(),
        Stage::Warn => asked.warn(),
        Stage::Scene => asked.scene(),
        Stage::Reach => asked.reach(),
        Stage::Contain => asked.contain(),
        Stage::Report => asked.report(),
        Stage::Pay => asked.pay(),
    }
}

/// A story, asked about in a language.
struct Asked<'a> {
    data: &'a Data,
    language: Language,
}

impl<'a> Asked<'a> {
    fn happened(&self) -> impl Iterator<Item = (&'a Lane, &'a Happened)> {
        self.data
            .lanes
            .iter()
            .filter_map(|lane| Some((lane, lane.happened.as_ref()?)))
    }

    fn name(&self, lane: &'a Lane) -> &'a str {
        lane.policy.name.pick(self.language)
    }

    /// The first policy of which something is so, and the first of which it is not.
    fn split(&self, is: impl Fn(&Happened) -> bool) -> (Option<&'a str>, Option<&'a str>) {
        let first = |wanted: bool| self.happened().find(|(_, h)| is(h) == wanted);
        let named =
            |found: Option<(&'a Lane, &'a Happened)>| found.map(|(lane, _)| self.name(lane));
        (named(first(true)), named(first(false)))
    }

    /// The policies with the least and the greatest figure, each with it.
    fn ends(&self, figure: impl Fn(&Happened) -> f64) -> Option<[(&'a str, f64); 2]> {
        let figures = self
            .happened()
            .map(|(lane, h)| (self.name(lane), figure(h)));
        let known: Vec<(&str, f64)> = figures.filter(|(_, value)| value.is_finite()).collect();
        let by = |one: &&(&str, f64), other: &&(&str, f64)| one.1.total_cmp(&other.1);
        // Of equals the first: the search from the end for the greatest takes the last it meets.
        let (least, most) = (known.iter().min_by(by)?, known.iter().rev().max_by(by)?);
        Some([*least, *most])
    }

    fn text(&self, zh: &str, en: &str) -> String {
        self.language.pick(zh, en).to_owned()
    }

    fn prevent(&self) -> String {
        let language = self.language;
        let absent = self.data.lanes.iter().find(|lane| lane.happened.is_none());
        let there = self.happened().next().map(|(lane, _)| self.name(lane));
        if let (Some(absent), Some(there)) = (absent, there) {
            let absent = self.name(absent);
            return say!(
                language,
                "在“{absent}”下没有这起事件的记录，在“{there}”下它发生了。事前有谁多做了什么，为什么另一种安排下没有人做？",
                "Under {absent} there is no record of this event, under {there} it happened. Who did what beforehand, and why did nobody do it under the other arrangement?"
            );
        }
        let gap = self.ends(|h| h.duty.as_ref().map_or(0.0, |duty| duty.gap));
        if let Some([_, (name, gap)]) = gap.filter(|ends| ends[1].1 > 0.0) {
            let share = percent(gap, language);
            return say!(
                language,
                "在“{name}”下，失守的那个阶段有 {share} 的责任无人负责。这一份该由谁担起，他要有什么人手和权力？",
                "Under {name}, {share} of the duty of the phase that failed was nobody's. Who should take that part, and what staff and powers would it need?"
            );
        }
        if let (Some(below), Some(above)) = self.split(|h| h.below_standard) {
            return say!(
                language,
                "在“{below}”下企业的安全投入低于标准，在“{above}”下达到标准。是什么让守规矩对企业合算？",
                "Under {below} the enterprise's care was below the standard, under {above} it met it. What made keeping the rules pay?"
            );
        }
        self.text(
            "事前谁看得见这个隐患？看见了，他手里有什么办法，不用会怎样？",
            "Who could see this danger beforehand? Having seen it, what could they do, and what would happen to them if they did nothing?",
        )
    }

    fn warn(&self) -> String {
        let language = self.language;
        if self.data.category() != Category::Natural {
            return self.text(
                "事前的征兆谁看得见：工人、邻居，还是检查人员？说出来要付什么代价，能得到什么？",
                "Who could see the early signs: workers, neighbours, inspectors? What would speaking up have cost them, and what would they have gained?",
            );
        }
        let Some([(fewest, least), (furthest, most)]) = self.ends(|h| h.warned_share) else {
            return String::new();
        };
        let (low, high) = (percent(least, language), percent(most, language));
        if most <= 0.0 {
            return self.text(
                "哪种政策下都没有人及时得到预警。谁本可以发出预警，发出了又有谁会听？",
                "Nobody was warned in time under any policy. Who could have given the warning, and who would have heeded it?",
            );
        }
        if most - least < CLOSE {
            return say!(
                language,
                "各政策下及时得到预警的人都在 {high} 左右。其余的人为什么没有得到，或者得到了没有走？",
                "About {high} were warned in time under every policy. Why did the others not hear of it, or hear and stay?"
            );
        }
        say!(
            language,
            "在“{furthest}”下 {high} 的人及时得到预警，在“{fewest}”下是 {low}。消息停在了谁手里，谁有权不等上级就发布？",
            "Under {furthest} {high} were warned in time, under {fewest} {low}. With whom did the message stop, and who may issue it without waiting for those above?"
        )
    }

    fn scene(&self) -> String {
        let language = self.language;
        if self.data.category() == Category::Natural {
            return self.text(
                "救援到来之前，当地人能救出多少人？事前该教会谁、备下什么？",
                "How many can local people save before rescue comes? Whom should one have trained, and what should have been in store?",
            );
        }
        match self.split(|h| h.helped) {
            (Some(with), Some(without)) => say!(
                language,
                "在“{with}”下现场有人会救，在“{without}”下没有。该培训哪些岗位，钱由谁出？",
                "Under {with} somebody at the scene knew how to help, under {without} nobody did. Which posts should be trained, and who pays for it?"
            ),
            (Some(_), None) => self.text(
                "各政策下现场都有人会救。他是谁培训的，换一班人还会有吗？",
                "Under every policy somebody at the scene knew how to help. Who trained them, and would the next shift have one too?",
            ),
            _ => self.text(
                "哪种政策下现场都没有人会救。离得最近的人是谁，他为什么没有受过培训？",
                "Under no policy did anybody at the scene know how to help. Who was nearest, and why had they not been trained?",
            ),
        }
    }

    fn reach(&self) -> String {
        let language = self.language;
        let Some([(fast, least), (slow, most)]) = self.ends(|h| h.hours_to_reach) else {
            return String::new();
        };
        if most - least < CLOSE_HOURS {
            let after = hours(most, language);
            return say!(
                language,
                "各政策下救援都在约 {after}后到达。要再快一些，谁该先得到授权，谁该先接到电话？",
                "Rescue came after about {after} under every policy. To be faster, who would have to be empowered first, and who called first?"
            );
        }
        let later = hours(most - least, language);
        say!(
            language,
            "在“{slow}”下救援比“{fast}”晚到 {later}。警报经过了谁的手，哪一次交接可以省去，还是力量不够？",
            "Under {slow} rescue came {later} later than under {fast}. Through whose hands did the alarm pass, which handover could be left out, or were there too few teams?"
        )
    }

    fn contain(&self) -> String {
        let language = self.language;
        match self.split(|h| !h.set_off.is_empty()) {
            (Some(spread), Some(held)) => say!(
                language,
                "在“{spread}”下它引发了别的事件，在“{held}”下没有。在那之前谁有权下令疏散、停产、断电，他为什么没有下令？",
                "Under {spread} it set off others, under {held} it did not. Who could have ordered evacuation, a halt or the power off before that, and why did they not?"
            ),
            (Some(_), None) => self.text(
                "各政策下它都引发了别的事件。哪些设施离得太近，搬开或隔开该由谁决定？",
                "Under every policy it set off others. What stood too close together, and who should decide to move or separate it?",
            ),
            _ => self.text(
                "这一次没有引发别的事件。是处置得好，还是运气好？",
                "This time it set off nothing. Was that good handling, or luck?",
            ),
        }
    }

    fn report(&self) -> String {
        let language = self.language;
        if self
            .happened()
            .all(|(_, h)| h.report == Report::NotApplicable)
        {
            return self.text(
                "这起事故本身没有人死亡，不在模型的报告规则之内。未遂和轻伤的事故，谁会报告，报了又有谁去学？",
                "Nobody died in this accident itself, so the model's rules of reporting do not apply. Who would report a near miss or a slight injury, and who would learn from it?",
            );
        }
        let open = |h: &Happened| matches!(h.report, Report::InFull | Report::NotApplicable);
        let hidden = self.happened().find(|(_, h)| !open(h));
        let Some((lane, happened)) = hidden else {
            return self.text(
                "各政策下都如实上报了。是怕被查出来，还是报了不吃亏？换一个更小的企业还会报吗？",
                "It was reported in full under every policy. For fear of being found out, or because nothing was lost by reporting? Would a smaller enterprise have done so?",
            );
        };
        let (name, word) = (self.name(lane), happened.report.word(language));
        let reported = self.happened().find(|(_, h)| h.report == Report::InFull);
        match reported.map(|(lane, _)| self.name(lane)) {
            Some(other) => say!(
                language,
                "这起事故在“{name}”下{word}，在“{other}”下如实上报。如实上报在前一种安排里让谁失去什么？",
                "This accident was {word} under {name}, and reported in full under {other}. What does an honest report cost, and whom, under the first?"
            ),
            None => say!(
                language,
                "这起事故在“{name}”下{word}。为什么没有如实及时上报：谁会因此受罚，谁会因此得益？",
                "This accident was {word} under {name}. Why was it not reported in full and in time: who would have been punished for it, and who would have gained?"
            ),
        }
    }

    fn pay(&self) -> String {
        let language = self.language;
        let Some([(less, least), (more, most)]) = self.ends(|h| h.share(&[Bearer::Residents]))
        else {
            return self.text(
                "没有财产损失。死伤者的家人由谁照料？",
                "There was no loss of money. Who looks after the families of the dead and injured?",
            );
        };
        let (low, high) = (percent(least, language), percent(most, language));
        if most - least < CLOSE {
            return say!(
                language,
                "各政策下居民都自担损失的 {high} 左右。这该由谁来分担，他事前收过钱、作过承诺吗？",
                "Residents were left with about {high} of the loss under every policy. Who should share it, and had they been paid for it or promised it beforehand?"
            );
        }
        say!(
            language,
            "居民在“{more}”下自担损失的 {high}，在“{less}”下自担 {low}。差额由谁付，他事前收过钱、作过承诺吗？",
            "Residents were left with {high} of the loss under {more} and {low} under {less}. Who paid the difference, and had they been paid for it or promised it beforehand?"
        )
    }
}
