//! Units of parameters in both languages. The declaration table names them in English.

use crate::vocabulary::Language;

/// English and Chinese, in the order in which the declaration table first has them.
const UNITS: &[(&str, &str)] = &[
    ("share", "比例"),
    ("sd of log", "对数标准差"),
    ("sd of logit", "logit 标准差"),
    ("logit per log income", "logit/收入对数"),
    ("exponent", "指数"),
    ("ratio", "倍"),
    ("yuan a head", "元/人"),
    ("elasticity", "弹性"),
    ("yuan a rural head", "元/农村人口"),
    ("per 100 workers and year", "次/百名从业人员·年"),
    ("share of the crowd", "占在场人数比例"),
    ("share of workers", "占从业人员比例"),
    ("share of establishments", "占单位数比例"),
    ("share of function", "占功能比例"),
    ("share of movable goods", "占可移动财物的比例"),
    ("years", "年"),
    ("per county and week", "次/(县·周)"),
    ("share a year", "比例/年"),
    ("people", "人"),
    ("yuan", "元"),
    ("magnitude", "震级"),
    ("per magnitude", "每震级"),
    ("intensity", "烈度"),
    ("intensity per log10 km", "烈度/常用对数千米"),
    ("km", "千米"),
    ("log10 km per magnitude", "常用对数千米/震级"),
    ("log10 km", "常用对数千米"),
    ("sd of intensity", "烈度标准差"),
    ("deaths per head", "死亡人数/人"),
    ("per year", "次/年"),
    ("week of the year", "年内第几周"),
    ("weeks", "周"),
    ("severity", "强度"),
    ("share of value at full damage", "全损时占价值的比例"),
    ("deaths per head at full damage", "全损时死亡人数/人"),
    ("share of people", "占人口的比例"),
    ("sd", "标准差"),
    ("share of the warned", "占收到预警者的比例"),
    ("hours", "小时"),
    (
        "potential accidents per 100,000 worker-years",
        "潜在事故/10万人年",
    ),
    ("yuan per worker and year", "元/(人·年)"),
    ("yuan per worker", "元/人"),
    ("yuan per establishment", "元/单位"),
    ("per establishment and year", "次/(单位·年)"),
    ("people per establishment", "人/单位"),
    ("hazards per 100 workers", "项/百名从业人员"),
    ("log", "对数"),
    ("injuries", "人次(受伤)"),
    ("share of own damage", "占自身损失的比例"),
    ("hazards per 100 workers and year", "项/(百名从业人员·年)"),
    ("0 to 1", "0 至 1"),
    ("1/year", "1/年"),
    ("share of the standard cost", "占达标成本的比例"),
    ("1 per unit of care", "1/单位注意"),
    ("units", "单位"),
    ("logit per log ratio", "logit/对数比"),
    ("share a quarter", "比例/季"),
    ("yuan for an ordinary fatal accident", "元/一般死亡事故"),
    ("share of plant value", "占设备价值的比例"),
    ("share of value added", "占增加值的比例"),
    ("share of the margin", "占毛利的比例"),
    ("share of an insured claim", "占投保索赔的比例"),
    ("workers", "从业人员(人)"),
    ("share of old plant a year", "占老旧装备的比例/年"),
    ("grievance", "不满度"),
    ("yuan a head and year", "元/(人·年)"),
    (
        "yuan per pair of owners, county and year",
        "元/(责任主体对·县·年)",
    ),
    ("yuan per county and year", "元/(县·年)"),
    ("probability", "概率"),
    ("log rate", "对数率"),
    ("visits", "次检查"),
    ("share per unit of sanction", "比例/问责单位"),
    ("sanction units", "问责单位"),
    ("yuan a year", "元/年"),
    ("logit", "logit"),
    ("months", "月"),
    ("teams of 30 per county", "30 人队伍/县"),
    ("casualties per hour", "伤员/小时"),
    ("share of rescuable", "占可救者的比例"),
    ("cases", "例"),
    ("ratio to the mean", "与均值之比"),
    ("days", "天"),
    ("share of events avoided", "避免事件的比例"),
    ("probability per event", "概率/起"),
    ("yuan per person", "元/人"),
    ("generations", "代"),
    ("correlation of logs", "对数相关系数"),
    ("share of measures taken", "已采取措施的比例"),
    ("logit per sd", "logit/标准差"),
    ("logit per unit share", "logit/单位比例"),
    ("share per event", "比例/起"),
    ("per 1,000 people and year", "次/(千人·年)"),
    ("per year of income lost", "每损失一年收入"),
    ("share of uncompensated loss", "占未获补偿损失的比例"),
    ("share of output", "占产出的比例"),
    ("share of the employed", "占就业者的比例"),
    ("ratio to expected loss", "与期望损失之比"),
    ("years of premium", "年保费"),
    ("share of uninsured", "占未投保部分的比例"),
    ("provincial loss over output", "省级损失/产出"),
    ("correlation", "相关系数"),
    ("share of harm", "占损害的比例"),
    ("share of premium", "占保费的比例"),
    ("share of claims", "占赔款的比例"),
    ("share of insured loss", "占承保损失的比例"),
    ("share of crop value", "占农作物价值的比例"),
    ("share of loss", "占损失的比例"),
    ("share of output value", "占产值的比例"),
    ("share of value", "占价值的比例"),
    ("share of housing loss", "占住房损失的比例"),
    ("yuan per event", "元/起"),
    ("share of claims and premiums", "占赔款和保费的比例"),
    ("ratio to retained premiums", "与自留保费之比"),
    ("share of public need", "占公共需求的比例"),
    ("yuan a head, province and year", "元/(人·省·年)"),
    ("share of eligible need", "占可救助需求的比例"),
    ("share of uncovered loss", "占未覆盖损失的比例"),
    ("multiple of the trade's own damage", "该行业自身损失的倍数"),
    ("yuan per claim", "元/起索赔"),
    ("share of staff time", "占人员工时的比例"),
    ("share of response capacity", "占救援力量的比例"),
    (
        "events × deaths per million people and year",
        "起×人/(百万人·年)",
    ),
    ("file", "文件"),
];

/// A unit in a language; empty where there is none.
pub fn word(unit: &str, language: Language) -> &str {
    match language {
        _ if ["1", "-", ""].contains(&unit) => "",
        Language::English => unit,
        Language::Chinese => UNITS
            .iter()
            .find(|(english, _)| *english == unit)
            .map_or(unit, |(_, chinese)| chinese),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::declaration::declarations;

    #[test]
    fn every_unit_of_a_parameter_has_a_chinese_word_once() {
        let known = |unit: &str| UNITS.iter().filter(|(english, _)| *english == unit).count();
        let units = declarations().rows().iter().map(|row| row.unit.as_str());
        let faulty: Vec<&str> = units
            .filter(|unit| !["1", "-", ""].contains(unit) && known(unit) != 1)
            .collect();
        assert_eq!(faulty, Vec::<&str>::new());
    }
}
