//! Care of an injurer: strict liability and judgment-proof firms, negligence, moral hazard, a floor.

use super::firm::{
    Firm, SHARP, UNLIMITED, accident_rate, care, care_with, choice, stake_with, turning_point,
};
use super::{BASE_RATE, COST, EFFECTIVENESS, HARM, share};
use crate::scenario::policy::LiabilityRule;
use crate::verify::closed_form::care::Care;
use crate::verify::stripped::TRADE;
use crate::verify::{Case, Effort, Parameter, Quantity, Refusal, Values};

const ASSETS: Parameter = Parameter::number("assets", "money", 20.0, [0.0, 1e12]);

/// Strict liability and assets that do not reach.
pub(super) const STRICT_LIABILITY: Case = Case {
    name: "care-strict-liability",
    summary: [
        "care under strict liability, with assets that may not cover the harm",
        "严格责任下的安全投入，资产可能不足以赔偿",
    ],
    parameters: &[COST, EFFECTIVENESS, BASE_RATE, HARM, ASSETS],
    run: strict_liability,
};

/// Negligence with a standard of due care.
pub(super) const NEGLIGENCE: Case = Case {
    name: "care-negligence",
    summary: [
        "care where meeting the standard frees of liability",
        "过失责任下的安全投入，达到标准即免责",
    ],
    parameters: &[
        COST,
        EFFECTIVENESS,
        BASE_RATE,
        HARM,
        Parameter::number("assets", "money", 40.0, [0.0, 1e12]),
        Parameter::number(
            "standard",
            "units of care",
            1.497_866_136_776_995,
            [0.0, 100.0],
        ),
    ],
    run: negligence,
};

/// Cover that blunts care, and experience rating that sharpens it.
pub(super) const MORAL_HAZARD: Case = Case {
    name: "moral-hazard",
    summary: [
        "care of an insured injurer, with experience rating",
        "投保致害人的安全投入与费率浮动",
    ],
    parameters: &[
        COST,
        EFFECTIVENESS,
        BASE_RATE,
        HARM,
        share("insured_share", 0.8),
        share("deductible_share", 0.1),
        share("experience_rating", 0.5),
    ],
    run: moral_hazard,
};

/// Care with a share of the rate that it cannot reach, and a multiplier.
pub(super) const FLOOR: Case = Case {
    name: "care-floor",
    summary: [
        "care where a share of the danger is out of its reach",
        "部分风险不受安全投入影响时的安全投入",
    ],
    parameters: &[
        COST,
        EFFECTIVENESS,
        BASE_RATE,
        Parameter::number("multiplier", "ratio", 1.0, [1e-3, 1e3]),
        share("floor", 0.1),
        Parameter::number("stake", "money", 100.0, [0.0, 1e12]),
    ],
    run: floor,
};

/// What theory knows of a firm.
fn theory(firm: &Firm) -> Care {
    Care {
        cost: firm.cost,
        effectiveness: firm.effectiveness,
        base_rate: firm.base_rate,
    }
}

fn strict_liability(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let firm = Firm::of(values, values["assets"]);
    let laboratory = Firm::laboratory(firm.stripped()?);
    let solvent = Firm {
        assets: UNLIMITED,
        ..firm
    };
    let first_best = care(&Firm::laboratory(solvent.stripped()?));
    let taken = care(&laboratory);
    let theory = theory(&firm);
    let best = theory.best(firm.harm.min(firm.assets));
    Ok(vec![
        accident_rate(&laboratory, effort, theory.rate(best))?,
        Quantity::exact("care_first_best", theory.best(firm.harm), first_best),
        Quantity::exact("care", best, taken),
        Quantity::exact(
            "social_cost",
            theory.social_cost(best, firm.harm),
            firm.social_cost(taken, firm.harm),
        ),
    ])
}

fn negligence(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let firm = Firm::of(values, values["assets"]);
    let standard = values["standard"];
    let mut stripped = firm.stripped()?;
    stripped.policy.policy.responsibility.liability_rule = LiabilityRule::Negligence;
    let rules = &mut stripped.facts().enterprise;
    rules.due_care_trusted = 1.0;
    rules.care_standard = standard;
    let laboratory = Firm::laboratory(stripped);
    let theory = theory(&firm);
    let expected = theory.under_negligence(firm.harm.min(firm.assets), standard);
    let weighs = choice(&laboratory);
    // Assets that the harm exceeds, so that the stake is the assets; halfway in care, all comply.
    let complies = |log_assets: f64| {
        let stake = stake_with(&laboratory, |society, _| {
            let assets = firm.yuan(libm::exp(log_assets));
            society.trades[TRADE].sizes[super::firm::SIZE].assets_liquid_median_yuan = assets;
            society.enterprise.nonfatal_harm_yuan = assets;
        });
        let own = care_with(&laboratory, weighs, stake);
        own >= standard * (1.0 - 0.5 / SHARP)
    };
    let guess = libm::log(theory.least_stake_to_comply(standard).max(1e-12));
    let least = libm::exp(turning_point(guess - 20.0, guess + 20.0, complies));
    Ok(vec![
        accident_rate(&laboratory, effort, theory.rate(expected))?,
        Quantity::exact("care", expected, care(&laboratory)),
        Quantity::exact(
            "least_assets_to_comply",
            theory.least_stake_to_comply(standard),
            least,
        ),
    ])
}

fn moral_hazard(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let firm = Firm::of(values, UNLIMITED);
    let (insured, deductible) = (values["insured_share"], values["deductible_share"]);
    let rating = values["experience_rating"];
    let mut stripped = firm.stripped()?;
    let sharing = &mut stripped.policy.policy.sharing;
    sharing.safety_liability.take_up_others = insured;
    sharing.safety_liability.take_up_compulsory = insured;
    sharing.experience_rating = rating;
    stripped.facts().enterprise.uninsured_claim_share = deductible;
    let laboratory = Firm::laboratory(stripped);
    let theory = theory(&firm);
    let covered = insured * (1.0 - deductible);
    let best = theory.best((1.0 - covered + rating * covered) * firm.harm);
    let weighs = choice(&laboratory);
    let with_cover = |share: f64| {
        let stake = stake_with(&laboratory, |society, terms| {
            society.enterprise.uninsured_claim_share = 0.0;
            terms.take_up[TRADE] = share;
            terms.experience_rating = 0.0;
        });
        care_with(&laboratory, weighs, stake)
    };
    Ok(vec![
        accident_rate(&laboratory, effort, theory.rate(best))?,
        Quantity::exact("care", best, care(&laboratory)),
        Quantity::exact("care_first_best", theory.best(firm.harm), with_cover(0.0)),
        Quantity::exact(
            "cover_without_care",
            theory.cover_without_care(firm.harm),
            turning_point(0.0, 1.0, |share| with_cover(share) <= 0.0),
        ),
    ])
}

fn floor(values: &Values, effort: &Effort) -> Result<Vec<Quantity>, Refusal> {
    let (multiplier, floor) = (values["multiplier"], values["floor"]);
    let firm = Firm {
        cost: values["care_cost"],
        effectiveness: values["effectiveness"],
        base_rate: values["base_rate"],
        harm: values["stake"],
        assets: UNLIMITED,
        multiplier,
    };
    let mut stripped = firm.stripped()?;
    let society = stripped.facts();
    // f_b = 1 + (B − 1)·b/(b + b½) is B for any backlog at all where b½ = 0.
    society.accident.backlog_half_per_100_workers = 0.0;
    society.enterprise.backlog_growth_per_year = 1.0;
    let trade = &mut society.trades[TRADE];
    trade.backlog_ceiling = multiplier;
    trade.care_out_of_reach = floor;
    let laboratory = Firm::laboratory(stripped);
    let reachable = Care {
        base_rate: firm.base_rate * multiplier * (1.0 - floor),
        ..theory(&firm)
    };
    let best = reachable.best(firm.harm);
    let rate = firm.base_rate * multiplier * floor + reachable.rate(best);
    Ok(vec![
        accident_rate(&laboratory, effort, rate)?,
        Quantity::exact("care", best, care(&laboratory)),
    ])
}
