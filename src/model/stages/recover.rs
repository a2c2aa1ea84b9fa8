//! Stage 8, recover: repair and reopening; function returns; outbreaks run their course.
//!
//! *Equations.* Functionality F = Π(1 − ℓ_i) over open damages, each ℓ falling exactly by e^{−1/τ} a
//! week. τ = (mix of the assets' recovery times)·(1 + s·min(1, d/d₀))·(1 + κ·unfunded share) + half the
//! delay of money that comes from outside. Public repair is executed at Q\[recover\].

use crate::model::record::Resource;
use crate::model::run::Run;
use crate::model::settlement::natural::{StrikeLoss, StrikeOutcome};
use crate::model::stages::outbreaks::outbreaks;
use crate::model::state::OpenDamage;
use crate::model::transcendental::{exp, log, pow};
use crate::scenario::society::OverlapWithinWeek;
use crate::vocabulary::{Asset, Category, NaturalKind, Phase, Vocabulary};

/// A week of recovery.
pub fn recover(run: &mut Run) {
    outbreaks(run);
    function(run);
}

/// Functionality of every county over the week, and what its loss costs in output. The lowest level is
/// taken at the week's beginning, when what it struck is still whole.
fn function(run: &mut Run) {
    let model = run.model;
    let facts = &model.society.recovery;
    let state = &mut run.state;
    let functionality = &mut state.counties.functionality;
    let lowest = &mut run.scratch.functionality_at_onset;
    lowest.clear();
    lowest.resize(functionality.len(), 1.0);
    levels(&state.damages, lowest, |damage| damage.lost);
    match facts.overlap_within_week {
        OverlapWithinWeek::Means => {
            functionality.fill(1.0);
            levels(&state.damages, functionality, |damage| {
                damage.lost * damage.week_mean
            });
        }
        OverlapWithinWeek::Exact => week_means(&state.damages, functionality),
    }
    for damage in &mut state.damages {
        damage.lost *= damage.decay;
    }
    state
        .damages
        .retain(|damage| damage.lost > facts.repaired_below);
    let counties = &model.world.counties;
    let facts_of = counties.population.iter().zip(&counties.gdp_yuan);
    let levels_of = functionality.iter().zip(&*lowest);
    // Side by side, so that no sum waits for another.
    let (mut lost_people, mut at_onset, mut lost_output) = (0.0, 0.0, 0.0);
    for ((mean, lowest), (population, gdp)) in levels_of.zip(facts_of) {
        let people = f64::from(*population);
        lost_people += (1.0 - mean) * people;
        at_onset += (1.0 - lowest) * people;
        lost_output += (1.0 - mean) * gdp;
    }
    let output = lost_output * facts.lost_output_share / 52.0;
    run.record.function(lost_people / 52.0, at_onset, output);
    run.record.resource(Resource::LostOutput, output);
}

/// Multiplies the levels of counties by what each damage leaves of them.
fn levels(damages: &[OpenDamage], levels: &mut [f64], lost: impl Fn(&OpenDamage) -> f64) {
    for damage in damages {
        levels[damage.county as usize] *= 1.0 - lost(damage);
    }
}

/// Mean over a week of the product of what the damages leave of each county.
fn week_means(damages: &[OpenDamage], means: &mut [f64]) {
    means.fill(0.0);
    let mut level = vec![1.0; means.len()];
    for [node, weight] in RULE {
        for instant in [0.5 - 0.5 * node, 0.5 + 0.5 * node] {
            level.fill(1.0);
            levels(damages, &mut level, |damage| {
                damage.lost * pow(damage.decay, instant)
            });
            for (mean, level) in means.iter_mut().zip(&level) {
                *mean += 0.5 * weight * level;
            }
        }
    }
    // The weights sum to one but for rounding.
    for mean in means {
        *mean = mean.min(1.0);
    }
}

/// Positive nodes and weights of the Gauss–Legendre rule of sixteen points on −1…1 (Abramowitz & Stegun
/// 1964, table 25.4): exact to ten digits while functions return no faster than in a tenth of a week.
const RULE: [[f64; 2]; 8] = [
    [0.095_012_509_837_637_44, 0.189_450_610_455_068_5],
    [0.281_603_550_779_258_9, 0.182_603_415_044_923_6],
    [0.458_016_777_657_227_4, 0.169_156_519_395_002_54],
    [0.617_876_244_402_643_7, 0.149_595_988_816_576_73],
    [0.755_404_408_355_003, 0.124_628_971_255_533_87],
    [0.865_631_202_387_831_7, 0.095_158_511_682_492_78],
    [0.944_575_023_073_232_6, 0.062_253_523_938_647_894],
    [0.989_400_934_991_649_9, 0.027_152_459_411_754_095],
];

/// Weeks until one part in `parts` of a lost function is left, at the time constant `tau` (weeks).
pub fn weeks_until(tau: f64, parts: f64) -> f64 {
    tau * log(parts)
}

/// Lost function and time constant of one strike: the damage that opens.
pub fn damage(
    run: &Run,
    kind: NaturalKind,
    strike: &StrikeLoss,
    outcome: &StrikeOutcome,
) -> (OpenDamage, f64) {
    let model = run.model;
    let facts = &model.society.recovery;
    let sum = |values: &[i64; 5]| values.iter().sum::<i64>() as f64;
    let (housing, goods, crops) = (sum(&strike.housing), sum(&strike.goods), sum(&strike.crops));
    let (enterprise, public) = (strike.enterprise as f64, strike.infrastructure as f64);
    let total = (housing + goods + crops + enterprise + public).max(1.0);
    let slow = model.society.hazards[kind].recovery_weeks;
    let repair = run.regime.effects.executed[Category::Natural][Phase::Recover].max(0.05);
    let mix = ((housing + enterprise) * slow
        + goods * facts.goods_weeks
        + crops * facts.crops_weeks
        + public * facts.infrastructure_weeks / repair)
        / total;
    let stock: f64 = Asset::ALL
        .iter()
        .map(|a| model.world.counties.stock_yuan[strike.county as usize][*a])
        .sum();
    let ratio = (total / 100.0 / stock.max(1.0)).min(0.95);
    let private = (housing + goods + crops).max(1.0);
    let external = ((outcome.insured + outcome.relief + outcome.aid) as f64 / private).min(1.0);
    let own_funds = facts.own_funds_share * model.own_funds_factor(strike.county as usize);
    let unfunded = (1.0 - external) * (1.0 - own_funds).max(0.0);
    let delay_weeks = outcome.mean_days_to_payment() / 7.0 * external
        + run.regime.effects.responsibility.recovery_hours[Category::Natural] / 168.0;
    let severe = 1.0 + facts.severity_slowdown * (ratio / facts.severity_reference).min(1.0);
    let tau = mix * severe * (1.0 + facts.money_gap_slowdown * unfunded) + 0.5 * delay_weeks;
    let unbridged = run.regime.effects.intervention.function_unbridged;
    let lost = (1.0 - exp(-facts.functional_loss_factor * ratio)) * unbridged;
    let tau = tau.max(0.1);
    let decay = exp(-1.0 / tau);
    let damage = OpenDamage {
        county: strike.county,
        lost,
        decay,
        week_mean: tau * (1.0 - decay),
    };
    (damage, tau)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One damage that returns with the time constant τ: 1 − lost·τ(1 − e^{−1/τ}) over a week.
    #[test]
    fn a_week_of_one_damage_has_its_closed_form() {
        for tau in [0.2, 1.0, 30.0] {
            let decay = exp(-1.0 / tau);
            let damage = OpenDamage {
                county: 1,
                lost: 0.4,
                decay,
                week_mean: tau * (1.0 - decay),
            };
            let mut means = [0.0; 2];
            week_means(&[damage], &mut means);
            assert!((means[0] - 1.0).abs() < 1e-12);
            let known = 1.0 - damage.lost * damage.week_mean;
            assert!((means[1] - known).abs() < 1e-9, "{tau}: {}", means[1]);
        }
    }
}
