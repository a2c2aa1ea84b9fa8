"""Whether a peer's totals are those of the workload.

Every peer draws its own random numbers, so its totals are compared with what is expected given the
hazards that it drew and the wealth that it gave its citizens: exactly, but for the luck of single
citizens, whose variance is known too. With q a perception, p a preparedness, e the noise,

    p(t) = 0.95^t p(0) + (1 - 0.95^t) q/2 + sum of 0.95^(t-k) e(k)

gives the mean and the covariance of p at any two weeks; a region's loss is linear in p as long as the
minimum does not bind (severity below ten), so its mean and variance follow from the sums of wealth and
of its squares; deaths are a Poisson number. Tested are, each as a standard normal number that must lie
within `TOLERANCE`: the number and the mean severity of hazards; loss, insurer, government and deaths of
the nation; the mean and the variance of preparedness at the end; and by region the sum of the squares
of all regions' numbers (chi-squared), for loss and for deaths. Identities hold to rounding.

At a million citizens a share of 30 % that is 30.1 % is found, a loss that is 0.2 % too high, a hazard that
is a fifth too frequent; deaths are few (some eighty), so only twice as many are.
"""

import math
from collections import defaultdict

import workload as w

# Five rounds of the whole table test some 560 numbers: a false alarm in about one run of 250.
TOLERANCE = 4.5
# Money adds up to single precision's rounding.
ROUNDING = 1e-5


def variance_of_uniform(span):
    return (span[1] - span[0]) ** 2 / 12


def mean(span):
    return (span[0] + span[1]) / 2


def kept(week):
    """Share of the first preparedness that is left after the review of a week."""
    return (1 - w.STEP) ** (week + 1)


def mean_preparedness(week):
    return kept(week) * mean(w.PREPAREDNESS) + (1 - kept(week)) * mean(w.PERCEPTION) / 2


def covariance(one, other):
    """Covariance of a citizen's preparedness after the reviews of two weeks."""
    early, late = min(one, other), max(one, other)
    start = kept(one) * kept(other) * variance_of_uniform(w.PREPAREDNESS)
    pull = (1 - kept(one)) * (1 - kept(other)) * variance_of_uniform(w.PERCEPTION) / 4
    ratio = (1 - w.STEP) ** 2
    noise = variance_of_uniform((-w.NOISE, w.NOISE)) * (1 - ratio ** (early + 1)) / (1 - ratio)
    return start + pull + (1 - w.STEP) ** (late - early) * noise


def numbers(result):
    """Standard normal numbers by name."""
    regions, weeks = result["regions"], result["weeks"]
    hazards = result["hazards"]
    trials = regions * weeks
    expected = trials * w.HAZARD
    found = {
        "hazards": (len(hazards) - expected) / math.sqrt(expected * (1 - w.HAZARD)),
        "severity": (sum(hazard[2] for hazard in hazards) / len(hazards) - 1) * math.sqrt(len(hazards)),
    }
    found |= of_money(result)
    found |= of_preparedness(result)
    return found


def of_money(result):
    by_region = defaultdict(list)
    for week, region, severity in result["hazards"]:
        by_region[region].append((week, severity))
    gaps, variances = defaultdict(float), defaultdict(float)
    squares, tested = defaultdict(float), 0
    for region, hazards in by_region.items():
        if max(severity for _, severity in hazards) >= 1 / w.LOSS_AT_ONE:
            continue
        tested += 1
        expected, scatter = expectation(result, region, hazards)
        for name, value in expected.items():
            gap = result[name][region] - value
            gaps[name] += gap
            variances[name] += scatter[name]
            squares[name] += gap * gap / scatter[name]
    found = {name: gap / math.sqrt(variances[name]) for name, gap in gaps.items()}
    found["loss by region"] = (squares["loss"] - tested) / math.sqrt(2 * tested)
    # A Poisson number of small mean scatters more in its square: variance 2 + 1/mean each.
    scatter = sum(2 + 1 / variance for variance in deaths_of_regions(result, by_region))
    found["deaths by region"] = (squares["deaths"] - tested) / math.sqrt(scatter)
    return found


def deaths_of_regions(result, by_region):
    for region, hazards in by_region.items():
        if max(severity for _, severity in hazards) < 1 / w.LOSS_AT_ONE:
            yield expectation(result, region, hazards)[1]["deaths"]


def expectation(result, region, hazards):
    """Mean and variance of a region's totals given its hazards and its wealth."""
    living, factor = 1.0, 0.0
    deaths = 0.0
    for week, severity in sorted(hazards):
        exposed = severity * (1 - mean_preparedness(week))
        factor += living * w.LOSS_AT_ONE * exposed
        deaths += living * w.REGION * w.DEATH_AT_ONE * exposed
        living *= 1 - w.DEATH_AT_ONE * exposed
    variance = w.LOSS_AT_ONE**2 * sum(
        one[1] * other[1] * covariance(one[0], other[0]) for one in hazards for other in hazards
    )
    insured, others = result["wealth"][region]
    insured_squared, others_squared = result["wealth_squared"][region]
    shares = {
        "loss": (1, 1),
        "insurer": (w.INSURER, 0),
        "government": (0, w.GOVERNMENT),
        "residents": (1 - w.INSURER, 1 - w.GOVERNMENT),
    }
    expected = {name: factor * (a * insured + b * others) for name, (a, b) in shares.items()}
    scatter = {
        name: variance * (a * a * insured_squared + b * b * others_squared)
        for name, (a, b) in shares.items()
    }
    # The dead lose nothing more, a whole wealth at a time.
    scatter["loss"] += deaths * (factor * (insured + others) / w.REGION) ** 2
    return expected | {"deaths": deaths}, scatter | {"deaths": deaths}


def of_preparedness(result):
    n, found, variance = result["preparedness"]
    last = result["weeks"] - 1
    expected = covariance(last, last)
    # Nearly uniform: the fourth moment of a uniform number is 9/5 of the variance squared.
    of_variance = expected * math.sqrt(0.8 / n)
    return {
        "preparedness": (found - mean_preparedness(last)) / math.sqrt(expected / n),
        "its variance": (variance - expected) / of_variance,
    }


def identities(result):
    """What does not add up, in words."""
    faults = []
    for region, loss in enumerate(result["loss"]):
        borne = sum(result[name][region] for name in ("insurer", "government", "residents"))
        if abs(loss - borne) > ROUNDING * max(loss, 1):
            faults.append(f"region {region}: a loss of {loss} is borne as {borne}")
    living = result["preparedness"][0]
    gone = result["citizens"] - living
    if gone != sum(result["deaths"]):
        faults.append(f"{gone} citizens are gone, {sum(result['deaths'])} died")
    quiet = set(range(result["regions"])) - {region for _, region, _ in result["hazards"]}
    faults += [f"region {region} lost without a hazard" for region in quiet if result["loss"][region]]
    return faults


def check(result):
    """The largest standard normal number with its name, and all faults in words."""
    if "engine" in result:
        return check_engine(result)
    found = numbers(result)
    faults = [
        f"{name} lies {value:+.1f} standard errors from what is expected"
        for name, value in found.items()
        if not abs(value) <= TOLERANCE
    ]
    worst = max(found, key=lambda name: abs(found[name]))
    return worst, found[worst], faults + identities(result)


def check_engine(result):
    """The engine has rules of its own and checks itself that every loss is borne to the fen; here, that
    as many hazards struck as in the workload, and that each party bears some of it."""
    account = result["engine"]
    expected = result["citizens"] / w.REGION * result["weeks"] * w.HAZARD
    hazards = (account["events"] - expected) / math.sqrt(expected * (1 - w.HAZARD))
    faults = []
    if abs(hazards) > TOLERANCE:
        faults.append(f"hazards lies {hazards:+.1f} standard errors from what is expected")
    bearers = ("insurer_fen", "government_fen", "residents_fen")
    if min(account[name] for name in bearers) <= 0:
        faults.append(f"somebody bears nothing: {account}")
    if sum(account[name] for name in (*bearers, "others_fen")) != account["loss_fen"]:
        faults.append(f"the loss is not borne: {account}")
    if account["events"] > 500 and not account["deaths"]:
        faults.append(f"nobody dies: {account}")
    return "hazards", hazards, faults
