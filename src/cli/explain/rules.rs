//! The rule by which each layer pays, in words.

use crate::cli::numbers::{money, percent, plain};
use crate::experiment::explain::Struck;
use crate::model::Regime;
use crate::model::settlement::arrangement::Arrangement;
use crate::model::settlement::terms::{Amount, LayerTerms};
use crate::scenario::problem::say;
use crate::vocabulary::{Asset, Language, Layer};

/// The rule of a layer; `None` if it has nothing to do with what is struck.
pub(super) fn rule(
    layer: Layer,
    struck: Struck,
    regime: &Regime,
    language: Language,
) -> Option<String> {
    let terms = &regime.arrangement;
    let rule = match struck {
        Struck::Accident {
            deaths, injured, ..
        } => accident(layer, deaths > 0, injured > 0, terms, language),
        Struck::Natural { asset, .. } => natural(layer, asset, terms, language),
    };
    let none = || language.pick("该政策没有", "there is none under this policy");
    rule.map(|rule| {
        if pays_anything(layer, struck, regime) {
            rule
        } else {
            none().to_owned()
        }
    })
}

/// Whether a layer is there at all under the policy, for what is struck.
fn pays_anything(layer: Layer, struck: Struck, regime: &Regime) -> bool {
    let terms = &regime.arrangement;
    let covers = &terms.covers;
    match (layer, struck) {
        (Layer::WorkInjury, _) => terms.statutory.work_injury_coverage > 0.0,
        (Layer::Medical, _) => terms.statutory.medical > 0.0,
        (Layer::SafetyLiability, Struck::Accident { trade, .. }) => {
            regime.effects.sharing.liability_take_up[trade] > 0.0
        }
        (Layer::EnterpriseProperty, Struck::Natural { asset, .. }) => {
            let infrastructure = asset == Asset::Infrastructure;
            infrastructure && covers.infrastructure > 0.0
                || !infrastructure && covers.enterprise_take_up > 0.0
        }
        (Layer::EnterpriseProperty, _) => covers.enterprise_take_up > 0.0,
        (Layer::Property, Struck::Accident { .. }) => {
            covers.after_accidents && covers.household > 0.0
        }
        (Layer::Property, _) => covers.household > 0.0,
        (Layer::Agricultural, _) => covers.agricultural > 0.0,
        (Layer::PublicCover, _) => covers.public > 0.0,
        (Layer::Pool, _) => terms.pool.layer.share > 0.0,
        (Layer::Reinsurance, Struck::Accident { .. }) => terms.treaties.in_force(),
        (Layer::Reinsurance, Struck::Natural { .. }) => {
            terms.treaties.in_force() || terms.pool.is_reinsured()
        }
        (Layer::IndexCover, _) => terms.index.share_of_need > 0.0,
        (Layer::Relief, _) => {
            terms
                .relief
                .share_ordinary
                .max(terms.relief.share_catastrophe)
                > 0.0
        }
        (Layer::Counterpart, _) => terms.aid.counterpart > 0.0,
        (Layer::Charity, _) => terms.aid.charity.max(terms.aid.charity_famous) > 0.0,
        _ => true,
    }
}

fn accident(
    layer: Layer,
    dead: bool,
    injured: bool,
    terms: &Arrangement,
    language: Language,
) -> Option<String> {
    let statutory = &terms.statutory;
    let share = |value: f64| percent(value, language);
    match layer {
        Layer::WorkInjury if dead || injured => {
            let grant = share(statutory.work_injury_coverage);
            let treatment =
                share(statutory.work_injury_coverage * statutory.work_injury_treatment);
            Some(say!(
                language,
                "不问过失，支付工人工亡补助标准的 {grant} 和治疗费的 {treatment}",
                "without fault, {grant} of the statutory tariff of dead workers and {treatment} of workers' treatment"
            ))
        }
        Layer::SafetyLiability => {
            let limit = money(terms.liability.limit_per_death);
            Some(say!(
                language,
                "代付企业的赔偿债务，每死亡一人限额 {limit} 元(至少按一人计)",
                "pays the enterprise's debt up to {limit} yuan a death (at least one counts)"
            ))
        }
        Layer::Injurer => Some(
            language
                .pick(
                    "其余债务以流动资产支付，先扣除自有损失；受害人先于罚款",
                    "the rest of the debt from liquid assets, after own damage; victims come before fines",
                )
                .to_owned(),
        ),
        Layer::Property if terms.covers.after_accidents => Some(own_cover(terms, language)),
        Layer::Reinsurance if terms.treaties.in_force() => Some(treaties(terms, language)),
        Layer::Medical if injured => {
            let medical = share(statutory.medical);
            Some(say!(
                language,
                "无人支付的治疗费的 {medical}",
                "{medical} of treatment that nobody else paid"
            ))
        }
        Layer::EnterpriseProperty => {
            let cover = layer_words(&terms.covers.enterprise, language);
            Some(say!(
                language,
                "已投保企业的自有损失：{cover}",
                "own damage of the insured: {cover}"
            ))
        }
        Layer::Pool if terms.pool.accident > 0.0 => {
            let eligible = share(terms.pool.accident);
            let cover = layer_words(&terms.pool.layer, language);
            Some(say!(
                language,
                "未获赔自有损失的 {eligible} 可索赔：{cover}",
                "{eligible} of uninsured own damage is eligible: {cover}"
            ))
        }
        Layer::Retained => Some(retained(language)),
        _ => None,
    }
}

fn natural(layer: Layer, asset: Asset, terms: &Arrangement, language: Language) -> Option<String> {
    let covers = &terms.covers;
    let share = |value: f64| percent(value, language);
    match (layer, asset) {
        (Layer::Property, Asset::Housing) => {
            let (part, deductible) = (share(covers.household), money(covers.household_deductible));
            Some(say!(
                language,
                "已投保住房每户免赔额 {deductible} 元，其上赔付 {part}",
                "an insured home has {part} of what lies above a deductible of {deductible} yuan"
            ))
        }
        (Layer::Property, Asset::HouseholdGoods) => {
            let part = share(covers.goods.min(covers.goods_max));
            Some(say!(
                language,
                "机动车保险赔付 {part}",
                "motor cover pays {part}"
            ))
        }
        (Layer::Agricultural, Asset::CropsLivestock) => {
            let part = share(covers.agricultural);
            Some(say!(
                language,
                "赔付 {part}(投保率 × (1 − 免赔率) × 保额占价值之比)",
                "{part} (take-up × (1 − deductible) × insured share of value)"
            ))
        }
        (Layer::EnterpriseProperty, Asset::Enterprise) => {
            let (insured, cover) = (
                share(covers.enterprise_take_up),
                layer_words(&covers.enterprise, language),
            );
            Some(say!(
                language,
                "{insured}的价值已投保：{cover}",
                "{insured} of the value is insured: {cover}"
            ))
        }
        (Layer::EnterpriseProperty, Asset::Infrastructure) => {
            let part = share(covers.infrastructure);
            Some(say!(
                language,
                "公共设施损失的 {part} 已投保",
                "{part} of the loss of public facilities is insured"
            ))
        }
        (Layer::PublicCover, Asset::Housing) => {
            let (part, trigger) = (share(covers.public), money(covers.public_trigger));
            Some(say!(
                language,
                "巨灾灾种且事件损失达到 {trigger} 元时，赔付未投保住房损失的 {part}",
                "{part} of uninsured housing loss, for catastrophe hazards whose event costs {trigger} yuan or more"
            ))
        }
        (Layer::Reinsurance, _) if terms.treaties.in_force() => {
            let by_insurers = treaties(terms, language);
            if !terms.pool.is_reinsured() || !matches!(asset, Asset::Housing | Asset::Enterprise) {
                return Some(by_insurers);
            }
            let by_pool = pool(layer, asset, terms, language);
            Some([by_pool, by_insurers].join(language.pick("；", "; ")))
        }
        (Layer::Pool | Layer::Reinsurance, Asset::Housing | Asset::Enterprise) => {
            Some(pool(layer, asset, terms, language))
        }
        (Layer::IndexCover, _) if asset != Asset::Enterprise => {
            let (part, trigger) = (share(terms.index.share_of_need), plain(terms.index.trigger));
            Some(say!(
                language,
                "巨灾灾种的强度达到 {trigger} 时，向政府支付其所需的 {part}",
                "{part} of what governments need, for catastrophe hazards of intensity {trigger} or more"
            ))
        }
        (Layer::Relief, Asset::Housing | Asset::HouseholdGoods | Asset::CropsLivestock) => {
            Some(relief(asset, terms, language))
        }
        (Layer::Counterpart, _) if asset != Asset::Enterprise => {
            let (part, trigger) = (
                share(terms.aid.counterpart),
                share(terms.aid.counterpart_trigger),
            );
            Some(say!(
                language,
                "全省损失超过地区生产总值的 {trigger} 时，支援余下损失的 {part}",
                "{part} of what is left where the province lost more than {trigger} of its product"
            ))
        }
        (Layer::Charity, Asset::Housing | Asset::HouseholdGoods | Asset::CropsLivestock) => {
            let (part, famous) = (share(terms.aid.charity), share(terms.aid.charity_famous));
            let loss = money(terms.aid.famous_loss);
            Some(say!(
                language,
                "余下居民损失的 {part}；事件损失超过 {loss} 元时 {famous}",
                "{part} of residents' remaining loss; {famous} where the event costs more than {loss} yuan"
            ))
        }
        (Layer::Retained, _) => Some(retained(language)),
        _ => None,
    }
}

fn pool(layer: Layer, asset: Asset, terms: &Arrangement, language: Language) -> String {
    let pool = &terms.pool;
    if layer == Layer::Reinsurance {
        let from = money(pool.reinsurance_attachment);
        let limit = money(pool.reinsurance_limit);
        return say!(
            language,
            "共同体赔付超过 {from} 元的部分，每年限额 {limit} 元",
            "what the pool pays above {from} yuan, up to {limit} yuan a year"
        );
    }
    let eligible = percent(
        if asset == Asset::Housing {
            pool.housing
        } else {
            pool.enterprise
        },
        language,
    );
    let cover = layer_words(&pool.layer, language);
    say!(
        language,
        "巨灾灾种中未获赔损失的 {eligible} 可索赔：{cover}",
        "{eligible} of what is not insured otherwise is eligible, for catastrophe hazards: {cover}"
    )
}

/// Third parties' household cover after an accident.
fn own_cover(terms: &Arrangement, language: Language) -> String {
    let part = percent(terms.covers.household, language);
    let deductible = money(terms.covers.household_deductible);
    if terms.covers.recourse {
        return say!(
            language,
            "第三方已投保的财产由自有保险先赔付免赔额 {deductible} 元以上的 {part}，再向企业追偿(此处为追偿后净额)",
            "cover of third parties pays first, {part} of what lies above a deductible of {deductible} yuan, and recovers from the enterprise (here: net of that)"
        );
    }
    say!(
        language,
        "企业未赔的第三方财产损失中，已投保的部分赔付免赔额 {deductible} 元以上的 {part}",
        "cover of third parties pays {part} above a deductible of {deductible} yuan, of what the enterprise leaves of their insured property"
    )
}

/// Reinsurance of insurers.
fn treaties(terms: &Arrangement, language: Language) -> String {
    let treaties = &terms.treaties;
    let mut parts = Vec::new();
    if treaties.quota_share > 0.0 {
        let part = percent(treaties.quota_share, language);
        parts.push(say!(
            language,
            "保险机构赔款的 {part}",
            "{part} of what insurers pay"
        ));
    }
    if treaties.excess.share > 0.0 {
        let cover = layer_words(&treaties.excess, language);
        parts.push(say!(
            language,
            "其自留的一次事件赔款：{cover}",
            "of what they retain of an event: {cover}"
        ));
    }
    if treaties.stop_loss.share > 0.0 {
        let cover = layer_words(&treaties.stop_loss, language);
        parts.push(say!(
            language,
            "其自留的一年赔款：{cover}",
            "of what they retain of a year: {cover}"
        ));
    }
    parts.join(language.pick("；", "; "))
}

fn relief(asset: Asset, terms: &Arrangement, language: Language) -> String {
    let relief = &terms.relief;
    let share = |value: f64| percent(value, language);
    let (ordinary, catastrophe) = (
        share(relief.share_ordinary),
        share(relief.share_catastrophe),
    );
    let (from, full) = (share(relief.from), share(relief.full));
    let eligible = share(match asset {
        Asset::HouseholdGoods => relief.goods,
        Asset::CropsLivestock => relief.crops,
        _ => 1.0,
    });
    say!(
        language,
        "未获赔损失的 {eligible} 可申请救助，救助 {ordinary}；全省损失占地区生产总值由 {from} 升至 {full} 时升至 {catastrophe}",
        "{eligible} of what is not insured is eligible; {ordinary} of it is paid, rising to {catastrophe} as the province's loss rises from {from} to {full} of its product"
    )
}

fn retained(language: Language) -> String {
    language
        .pick(
            "无人支付的由损失者自担",
            "what nobody paid stays with the owner",
        )
        .to_owned()
}

/// deductible, attachment, limit, share.
fn layer_words(terms: &LayerTerms, language: Language) -> String {
    let amount = |amount: Amount| match amount {
        Amount::Flat(fen) => {
            let fen = money(fen);
            say!(language, "{fen} 元", "{fen} yuan")
        }
        Amount::ShareOfLoss(part) => {
            let part = percent(part, language);
            say!(language, "损失的 {part}", "{part} of the loss")
        }
        Amount::ShareOfValue(part) => {
            let part = percent(part, language);
            say!(language, "价值的 {part}", "{part} of the value")
        }
    };
    let mut parts = Vec::new();
    if terms.deductible != Amount::Flat(0) {
        let deductible = amount(terms.deductible);
        parts.push(say!(
            language,
            "免赔额 {deductible}",
            "deductible {deductible}"
        ));
    }
    if terms.attachment > 0 {
        let attachment = money(terms.attachment);
        parts.push(say!(
            language,
            "起赔点 {attachment} 元",
            "attachment {attachment} yuan"
        ));
    }
    if let Some(limit) = terms.limit {
        let limit = amount(limit);
        parts.push(say!(language, "赔付限额 {limit}", "limit {limit}"));
    }
    let share = percent(terms.share, language);
    parts.push(say!(language, "赔付比例 {share}", "share {share}"));
    parts.join(language.pick("，", ", "))
}
