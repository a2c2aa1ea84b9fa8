"""The mini-governance workload: its numbers, and the line of JSON with which a peer answers.

N citizens live in N/1000 regions for 52 weeks. They start with a perception in 0.2-1, a preparedness in
0.1-0.3 and a wealth of 50,000-150,000 yuan (uniform), three in ten are insured. Every week

1. the preparedness of each living citizen moves 5 % towards half its perception, plus uniform noise
   within +-1 %;
2. each region is struck with probability 0.02, at a severity s with the exponential law of mean one.
   Each living citizen there loses wealth * min(1, 0.1 * s * (1 - preparedness)): the insurer bears 80 %
   for the insured, the government 30 % for the others, the residents the rest; and the citizen dies
   with probability 1e-4 * s * (1 - preparedness).

Loss, insurer, government, residents and deaths are summed by region. Only the 52 weeks are timed, not
the birth of the society; a society of 2,000 lives through a year before, so that nothing is met for the
first time.
"""

import argparse
import json
import time

WEEKS = 52
REGION = 1000
PERCEPTION = (0.2, 1.0)
PREPAREDNESS = (0.1, 0.3)
WEALTH_YUAN = (50_000.0, 150_000.0)
INSURED = 0.3
STEP = 0.05
NOISE = 0.01
HAZARD = 0.02
LOSS_AT_ONE = 0.1
DEATH_AT_ONE = 1e-4
INSURER = 0.8
GOVERNMENT = 0.3

TOTALS = ("loss", "insurer", "government", "residents", "deaths")


def totals(regions):
    """Sums of nothing by region."""
    return {name: [0.0] * regions for name in TOTALS}


def moments(values):
    """Number, mean and variance of numbers in a NumPy array."""
    return [int(values.size), float(values.mean(dtype=float)), float(values.var(dtype=float, ddof=1))]


def answer(version, society, threads=1):
    """Runs a year of `society(citizens, seed)` and prints what came of it.

    A society has `year()` (timed), `wealth()` (before: by region the wealth of the insured and of the
    others, and of its squares) and `result()` (after: totals by region, `hazards` as [week, region,
    severity], `preparedness` of the living as number, mean and variance).
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--citizens", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    society(2 * REGION, asked.seed).year()
    subject = society(asked.citizens, asked.seed)
    wealth, squared = subject.wealth()
    start, busy = time.perf_counter(), time.process_time()
    subject.year()
    seconds, processor = time.perf_counter() - start, time.process_time() - busy
    line = {
        "version": version,
        "threads": threads,
        "seconds": seconds,
        "processor_seconds": processor,
        "citizens": asked.citizens,
        "regions": asked.citizens // REGION,
        "weeks": WEEKS,
        "wealth": wealth,
        "wealth_squared": squared,
    }
    print(json.dumps(line | subject.result()))


def by_region(wealth, insured):
    """Sums of wealth and of its squares by region, of the insured and of the others, from NumPy arrays
    of one row a region."""
    wealth = wealth.astype(float)

    def sums(values):
        own = (values * insured).sum(axis=1)
        return [[float(a), float(b)] for a, b in zip(own, values.sum(axis=1) - own)]

    return sums(wealth), sums(wealth * wealth)
