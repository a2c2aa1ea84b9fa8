//! The list of measures: each declared once with its names, unit, direction and definition. Files,
//! the summary, the data dictionary, the table and the charts take theirs from here.

use crate::vocabulary::{Language, Vocabulary, vocabulary};

vocabulary! {
    /// Units of figures.
    Unit {
        PeoplePerYear = "people/year", "人/年", "people a year";
        PersonTimesPerYear = "person-times/year", "人次/年", "person-times a year";
        EventsPerYear = "events/year", "起/年", "events a year";
        Yuan = "yuan", "元", "yuan";
        YuanPerYear = "yuan/year", "元/年", "yuan a year";
        PersonYearsPerYear = "person-years/year", "人·年/年", "person-years a year";
        CountyWeeksPerYear = "county-weeks/year", "县·周/年", "county-weeks a year";
        Share = "share", "比例(0–1)", "share (0–1)";
        Ratio = "ratio", "倍", "ratio";
        Weeks = "weeks", "周", "weeks";
        Hours = "hours", "小时", "hours";
        PerHundredWorkers = "items/100 workers", "项/百名从业人员", "items per 100 workers";
        Relative = "baseline=1", "基准=1", "baseline = 1";
        ItemsPerYear = "items/year", "项/年", "items a year";
        Index = "index", "指数(−1至1)", "index (−1 to 1)";
        Verdict = "verdict", "1达标 0未定 −1超标", "1 met, 0 undetermined, −1 broken";
    }
}

/// Which direction is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Less is better.
    Lower,
    /// More is better.
    Higher,
    /// Neither: a description.
    Neither,
}

macro_rules! measures {
    ($($member:ident = $key:literal, $zh:literal, $en:literal, $unit:ident, $better:ident, $definition_zh:literal, $definition_en:literal;)+) => {
        vocabulary! {
            /// What is measured of a run; sums are means a year over the horizon.
            Measure { $($member = $key, $zh, $en;)+ }
        }
        impl Measure {
            /// Unit of the figure.
            pub fn unit(self) -> Unit { match self { $(Measure::$member => Unit::$unit,)+ } }
            /// Which direction is better.
            pub fn better(self) -> Better { match self { $(Measure::$member => Better::$better,)+ } }
            /// Definition in a language.
            pub fn definition(self, language: Language) -> &'static str {
                match self { $(Measure::$member => language.pick($definition_zh, $definition_en),)+ }
            }
        }
    };
}

measures! {
    Deaths = "deaths", "死亡人数", "deaths", PeoplePerYear, Lower,
        "全部类别死亡(含失踪)年均值；分类别、分灾种", "Dead and missing of all categories, mean a year; by category and kind";
    DeathsWithoutGreat = "deaths_without_great_events", "死亡人数(不含特大事件)", "deaths outside great events", PeoplePerYear, Lower,
        "扣除单次死亡达到特大事件门槛(默认1000人)的事件后的死亡年均值", "Deaths in events below the great-event threshold (1,000 dead by default), mean a year";
    DeathsReported = "deaths_reported", "上报死亡人数", "deaths as reported", PeoplePerYear, Neither,
        "官方统计口径可见的死亡年均值", "Deaths that reach the official figures, mean a year; by category";
    HiddenDeaths = "hidden_deaths", "瞒报死亡人数", "hidden deaths", PeoplePerYear, Lower,
        "实际死亡与上报死亡之差", "Deaths that happened less deaths reported, mean a year";
    WorkSafetyDeaths = "work_safety_deaths", "生产安全事故死亡人数", "work-safety deaths", PeoplePerYear, Lower,
        "九类生产安全事故死亡年均值(实际)", "Deaths in accidents of the nine trades, as happened, mean a year";
    WorkSafetyDeathsReported = "work_safety_deaths_reported", "生产安全事故上报死亡人数", "work-safety deaths as reported", PeoplePerYear, Neither,
        "九类生产安全事故死亡年均值(上报)", "Deaths in accidents of the nine trades, as reported, mean a year";
    WorkerDeaths = "worker_deaths", "从业人员死亡人数", "deaths of workers", PeoplePerYear, Lower,
        "事故中本行业从业人员死亡年均值；分行业", "Deaths of the trades' own workers, mean a year; by trade";
    DeathsMoved = "deaths_moved", "产业转移转入地死亡人数", "deaths moved with relocated plant", PeoplePerYear, Lower,
        "转移装备在转入省份所致事故死亡年均值", "Deaths in accidents of relocated plant, in the provinces that received it, mean a year";
    LossMoved = "loss_moved", "产业转移转入地损失", "loss moved with relocated plant", YuanPerYear, Lower,
        "转移装备在转入省份所致事故损失(资产与人身)年均值", "Loss in accidents of relocated plant, in the provinces that received it (assets and bodily), mean a year";
    AgedDeathsNatural = "aged_deaths_natural", "65岁及以上因灾死亡", "natural deaths aged 65 and over", PeoplePerYear, Lower,
        "自然灾害中65岁及以上人口死亡年均值", "Deaths among people of 65 and over in natural disasters, mean a year";
    DeathsByFifth = "deaths_by_fifth", "分收入组死亡人数", "deaths by income fifth", PeoplePerYear, Lower,
        "按人均收入五等分组的死亡年均值", "Deaths by fifth of income per head, mean a year";
    Injuries = "injuries", "受伤人数", "injured", PeoplePerYear, Lower,
        "受伤年均值；分类别", "Injured people, mean a year; by category";
    Affected = "affected", "受灾人次", "affected", PersonTimesPerYear, Lower,
        "自然灾害受灾人次年均值", "Person-times affected by natural disasters, mean a year";
    Relocated = "relocated", "紧急转移安置人次", "relocated", PersonTimesPerYear, Neither,
        "紧急转移安置人次年均值", "Person-times relocated in emergencies, mean a year";
    Events = "events", "事件起数", "events", EventsPerYear, Lower,
        "事件起数年均值；分类别、分灾种", "Events followed singly, mean a year; by category and kind";
    Accidents = "accidents", "事故起数(该等级及以上，实际)", "accidents of at least the grade, true", EventsPerYear, Lower,
        "死亡达到该等级下限及以上的事故起数年均值(3人、10人、30人)", "Accidents with at least the deaths of the grade (3, 10, 30), as happened, mean a year";
    AccidentsReported = "accidents_reported", "事故起数(该等级及以上，上报)", "accidents of at least the grade, reported", EventsPerYear, Neither,
        "按上报死亡计的该等级及以上事故起数年均值", "Accidents of at least the grade by reported deaths, mean a year";
    ConcealedShare = "concealed_share", "整起瞒报比例(道路以外)", "concealed share outside road", Share, Lower,
        "道路运输以外有死亡事故中整起瞒报的比例", "Share of fatal accidents outside road transport that stayed wholly hidden";
    Understated = "accidents_understated", "谎报起数", "understated accidents", EventsPerYear, Lower,
        "少报伤亡、低于实际等级的事故起数年均值", "Accidents reported below their true grade, mean a year";
    ReportedLate = "accidents_late", "迟报起数", "accidents reported late", EventsPerYear, Lower,
        "有死亡且已知、但迟报的事故起数年均值", "Fatal accidents that are known but were reported late, mean a year";
    Missed = "accidents_missed", "漏报起数", "missed accidents", EventsPerYear, Lower,
        "微型单位中非故意漏报的有死亡小事故起数年均值", "Small fatal accidents in micro enterprises that nobody reported, without intent, mean a year";
    DirectLoss = "direct_loss", "直接经济损失", "direct loss", YuanPerYear, Lower,
        "损毁资产价值年均值；分类别、分资产", "Value of assets destroyed, mean a year; by category and asset";
    BodilyLoss = "bodily_loss", "人身损失", "bodily loss", YuanPerYear, Lower,
        "医疗、误工和死亡赔偿标准金额年均值；分类别", "Treatment, earnings lost and the tariff of deaths, mean a year; by category";
    LostOutput = "lost_output", "停减产损失", "lost output", YuanPerYear, Lower,
        "本企业与供应链停减产损失年均值", "Output lost by enterprises and their customers, mean a year";
    LossBorne = "loss_borne", "损失承担(总额)", "loss borne, gross", YuanPerYear, Lower,
        "损失由谁最终承担(不计保费、税等转移)年均值；分承担者", "Loss by who finally bears it, before premiums, taxes and other transfers, mean a year; by bearer";
    LossBorneShare = "loss_borne_share", "损失承担份额", "share of loss borne", Share, Neither,
        "各承担者占全部损失的份额", "Share of the whole loss that each bearer bears, gross";
    LossBorneNet = "loss_borne_net", "损失承担(净额)", "loss borne, net", YuanPerYear, Lower,
        "承担的损失减去净转移收入(保费、税、分摊、超额补偿)年均值", "Loss borne less net receipts of transfers (premiums, taxes, contributions, compensation), mean a year; by bearer";
    ResidentsShare = "residents_share", "居民自担份额", "residents' share", Share, Lower,
        "居民自担损失占全部损失的份额", "Share of the whole loss that residents bear, gross";
    InsuredShare = "insured_share", "保险赔付份额", "insured share", Share, Higher,
        "商业保险、巨灾共同体、再保险和指数保险赔付占全部损失的份额", "Share of the whole loss paid by commercial cover, pool, reinsurance and parametric cover";
    ReliefShare = "relief_share", "救助份额(自然灾害)", "relief share, natural disasters", Share, Neither,
        "政府救助占自然灾害损失的份额", "Share of the loss of natural disasters paid by government relief";
    PaidByLayer = "paid_by_layer", "各层赔付", "paid by layer", YuanPerYear, Neither,
        "损失由哪一层支付，年均值", "Loss by the layer of the settlement ladder that paid it, mean a year";
    PublicMoney = "public_money", "公共支出", "public money spent", YuanPerYear, Lower,
        "公共安全支出年均值；分用途", "Public safety money spent, mean a year; by function";
    PublicLoss = "public_loss", "财政承担损失", "public outlay on loss", YuanPerYear, Lower,
        "各级财政用于损失的支出年均值；分级", "Public outlay on loss, mean a year; by level";
    Returned = "returned", "结余退回", "returned to taxpayers", YuanPerYear, Neither,
        "预算结余退回年均值", "Appropriation returned to taxpayers, mean a year";
    Borrowed = "borrowed", "超预算举借", "borrowed beyond the budget", YuanPerYear, Lower,
        "超出预算的举借年均值", "Borrowed beyond the appropriation, mean a year";
    PreventionShare = "prevention_share", "事前投入占比", "share of spending before events", Share, Neither,
        "(工程+监督检查+监测预警+培训演练+治本补助+举报奖励)÷公共安全支出", "(works + inspection + monitoring and warning + training + retrofit + reports) / public safety money spent";
    ResourceCost = "resource_cost", "资源成本", "resource cost", YuanPerYear, Lower,
        "被消耗的资源年均值；合计不含损毁资产与停减产，分项含", "Resources used up, mean a year; the total leaves out destroyed assets and interruption, which stand among the parts";
    MoneyCost = "money_cost", "不含生命的货币成本", "money cost without lives", YuanPerYear, Lower,
        "资源成本+损毁资产+停减产、停产整顿损失", "Resources + destroyed assets + interruption, mean a year";
    SocialCost = "social_cost", "社会成本(学术)", "social cost (academic)", YuanPerYear, Lower,
        "不含生命的货币成本+统计生命价值×死亡人数", "Money cost without lives + value of a statistical life × deaths";
    ResilienceLoss = "resilience_loss", "韧性损失", "resilience loss", PersonYearsPerYear, Lower,
        "功能缺失对时间的积分，按人口加权(布鲁诺三角形)，年均值", "Integral over time of lost function weighted by people (Bruneau's triangle), mean a year";
    LowestFunctionality = "lowest_functionality", "最低功能水平", "lowest functionality", Share, Higher,
        "全社会周功能水平的最低值", "Lowest weekly functionality of the whole society over the horizon";
    WeeksTo90 = "weeks_to_90", "恢复到90%的时间", "weeks to 90 %", Weeks, Lower,
        "受灾县丧失的功能恢复90%所需周数，按人口和损失加权", "Mean weeks until 90 % of the function lost in a strike is back, weighted by people and loss";
    WeeksTo99 = "weeks_to_99", "恢复到99%的时间", "weeks to 99 %", Weeks, Lower,
        "同上，99%", "The same for 99 %";
    AbsorbedShare = "absorbed_share", "未引发次生事件的比例", "absorbed without a cascade", Share, Higher,
        "未引发次生衍生事件的原生事件比例", "Share of root events that set off no other";
    CascadeChildren = "cascade_children", "次生衍生事件起数", "secondary events", EventsPerYear, Lower,
        "由其他事件引发的事件起数年均值", "Events set off by another, mean a year";
    Uncompensated = "uncompensated", "居民未获补偿损失", "uncompensated loss of residents", YuanPerYear, Lower,
        "居民未获补偿损失年均值；分收入组", "Loss left with residents, mean a year; by income fifth";
    PoorestToRichest = "poorest_to_richest", "最低与最高收入组损失收入比之比", "loss/income, poorest : richest fifth", Ratio, Lower,
        "最低收入五分之一的未获补偿损失占收入比÷最高收入五分之一的同一比值", "Uncompensated loss over income of the poorest fifth / that of the richest fifth";
    Hardship = "hardship", "困境损失(学术)", "hardship (academic)", YuanPerYear, Lower,
        "未获补偿损失造成的福利损失年均值(常相对风险厌恶)", "Wellbeing lost through uncompensated loss (constant relative risk aversion), mean a year";
    SavedByFirstResponders = "saved_by_first_responders", "第一响应人救出", "saved by first responders", PeoplePerYear, Higher,
        "由现场人员救出的人数年均值", "People rescued by people at the scene, mean a year";
    SavedByProfessionals = "saved_by_professionals", "专业队伍救出", "saved by professionals", PeoplePerYear, Higher,
        "由专业救援队伍救出的人数年均值", "People rescued by professional teams, mean a year";
    RespondersHurt = "responders_hurt", "施救受伤人数", "responders hurt", PeoplePerYear, Lower,
        "第一响应人施救受伤年均值", "First responders hurt in rescue, mean a year";
    WarnedShare = "warned_share", "预警覆盖比例", "share warned", Share, Higher,
        "受袭县次中事前收到预警的比例", "Share of county strikes with a warning in time";
    FalseAlarms = "false_alarms", "预警空报", "false alarms", CountyWeeksPerYear, Lower,
        "空报县·周数年均值", "County-weeks with a warning and no strike, mean a year";
    HoursToReach = "hours_to_reach", "救援到达时间", "hours to reach", Hours, Lower,
        "有伤亡事故从发生到救援到达的平均小时数", "Mean hours from onset to the arrival of rescue in accidents with casualties";
    Trust = "trust", "信任", "trust", Share, Higher,
        "周均值", "Mean over the weeks";
    PerceivedSafety = "perceived_safety", "群众安全感", "perceived safety", Share, Higher,
        "周均值", "Mean over the weeks";
    Preparedness = "preparedness", "家庭备灾率", "preparedness of households", Share, Higher,
        "周均值", "Mean over the weeks";
    TakeUp = "take_up", "家庭财产保险参保率", "take-up of household property insurance", Share, Higher,
        "周均值", "Mean over the weeks";
    Backlog = "backlog", "未整改隐患存量", "open safety hazards", PerHundredWorkers, Lower,
        "周均值", "Mean over the weeks";
    SuspendedShare = "suspended_share", "停产停业整顿占比", "suspended share", Share, Neither,
        "停产停业整顿单位从业人员占比的周均值", "Share of workers in suspended establishments, mean over the weeks";
    WorkLost = "work_lost", "停产失工", "work lost to suspensions", PersonYearsPerYear, Lower,
        "因停产停业整顿和事故后停产损失的劳动年均值", "Work lost to suspensions, by the rules and after accidents, mean a year";
    Execution = "execution", "责任履行 Q", "responsibility execution Q", Share, Higher,
        "各类别、各阶段责任得到履行的程度", "How far the responsibility of a category and phase is executed";
    EventsWithoutOwner = "events_without_owner", "无主事件起数", "events without an owner", EventsPerYear, Lower,
        "失守阶段无人负责的事件起数年均值", "Events whose failing phase had no owner, mean a year";
    EventsNeglected = "events_neglected", "责任未履行事件起数", "events of neglected duty", EventsPerYear, Lower,
        "失守阶段实际无人履责的事件起数年均值(逐事件按责任履行抽取)", "Events in whose failing phase nobody acted, drawn event by event from the execution of the duty, mean a year";
    HazardsReported = "hazards_removed_by_reports", "举报消除隐患", "hazards removed by reports", ItemsPerYear, Higher,
        "职工和群众举报后消除的隐患数年均值", "Open hazards removed because workers or citizens reported them, mean a year";
    WorkerRiskVerdict = "worker_risk_verdict", "从业人员死亡风险达标判定", "verdict on the risk of workers", Verdict, Higher,
        "分行业：本次模拟从业人员死亡数的精确泊松区间与可容忍年死亡风险相比", "By trade: exact Poisson interval of the run's worker deaths against the tolerable yearly risk";
    NationalLineRatio = "national_line_ratio", "与全国社会风险线之比", "ratio to the national line", Ratio, Lower,
        "事故F–N曲线(3人及以上)与风险线之比的最大值，大于1即超线", "Greatest ratio of the F–N curve of accidents (three or more dead) to the line; above 1 it is broken";
    NationalLineVerdict = "national_line_verdict", "全国社会风险线达标判定", "verdict on the national line", Verdict, Higher,
        "死亡3人、10人、30人及以上事故起数的精确泊松区间与风险线相比", "Exact Poisson interval of accidents of at least 3, 10 and 30 dead against the line";
    UncompensatedConcentration = "uncompensated_concentration", "未获补偿损失集中指数", "concentration index of uncompensated loss", Index, Higher,
        "按收入五等分组计算；小于0表示低收入组承担更多", "By fifths of income; below 0 the poor bear more";
    UncompensatedKakwani = "uncompensated_kakwani", "未获补偿损失累进指数", "Kakwani index of uncompensated loss", Index, Higher,
        "集中指数减去收入基尼系数；小于0表示累退", "Concentration index less the Gini coefficient of income, both by fifths; below 0: regressive";
    PoolRuin = "pool_ruin", "巨灾共同体偿付能力不足", "ruin of the pool", Share, Lower,
        "共同体在期内偿付能力不足则为1(均值即概率)", "1 if the pool was ruined within the horizon (the mean is a probability)";
    PoolUnpaid = "pool_unpaid", "共同体未付赔款", "claims the pool could not pay", YuanPerYear, Lower,
        "共同体无力支付的赔款年均值", "Claims that the pool could not pay, mean a year";
    InsurersUnpaid = "insurers_unpaid", "保险机构未付赔款", "claims insurers could not pay", YuanPerYear, Lower,
        "保险机构无力支付的赔款年均值", "Claims that insurers could not pay, mean a year";
    WorksAtEnd = "works_at_end", "期末防护工程存量", "protective works at the end", Relative, Neither,
        "期末防护工程存量", "Stock of protective works at the end of the horizon";
    WorksCreditCost = "works_credit_cost", "期末工程存量变化(折余造价)", "credit for works at the horizon, at cost", Yuan, Higher,
        "政策期内防护工程存量变化按折余造价计", "Change of the stock of protective works over the horizon, at depreciated cost";
    WorksCreditLoss = "works_credit_loss", "期末工程存量变化(此后避免损失)", "credit for works at the horizon, loss avoided", Yuan, Higher,
        "政策期内防护工程存量变化在此后所避免的自然灾害损失(折现)", "Natural loss that the change of works avoids after the horizon, discounted";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_is_named_and_defined_once_in_both_languages() {
        for measure in Measure::ALL {
            assert!(!measure.definition(Language::Chinese).is_empty());
            assert!(!measure.definition(Language::English).is_empty());
            let same = |other: &&Measure| {
                other.key() == measure.key()
                    || other.zh() == measure.zh()
                    || other.en() == measure.en()
            };
            assert_eq!(
                Measure::ALL.iter().filter(same).count(),
                1,
                "{}",
                measure.key()
            );
        }
    }
}
