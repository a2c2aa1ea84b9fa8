"""Mini-governance in Starsim: one module with vectorised states and distributions."""

import numpy as np
import starsim as ss

import workload as w

# Common random numbers between scenarios, which nobody asks for here, would cost time.
ss.options(verbose=0, crn=False)


class Governance(ss.Module):
    def __init__(self, regions):
        super().__init__()
        self.define_states(
            ss.FloatArr("perception", default=ss.uniform(*w.PERCEPTION)),
            ss.FloatArr("preparedness", default=ss.uniform(*w.PREPAREDNESS)),
            ss.FloatArr("wealth_yuan", default=ss.uniform(*w.WEALTH_YUAN)),
            ss.BoolArr("insured", default=ss.bernoulli(p=w.INSURED)),
        )
        self.noise = ss.uniform(-w.NOISE, w.NOISE)
        self.hazard = ss.random()
        self.severity = ss.expon()
        self.lot = ss.random()
        self.regions = regions
        self.totals = {name: np.zeros(regions) for name in w.TOTALS}
        self.hazards = []

    def step(self):
        self.review()
        self.strike()

    def review(self):
        living = self.sim.people.auids
        preparedness = self.preparedness.values
        way = 0.5 * self.perception.values - preparedness
        self.preparedness[living] = preparedness + w.STEP * way + self.noise.rvs(living)

    def strike(self):
        struck = np.flatnonzero(self.hazard.rvs(self.regions) < w.HAZARD)
        if not struck.size:
            return
        severity = self.severity.rvs(struck.size)
        self.hazards += zip([self.ti] * struck.size, struck.tolist(), severity.tolist())
        rows = (struck[:, None] * w.REGION + np.arange(w.REGION)).ravel()
        there = np.repeat(np.arange(struck.size), w.REGION)
        alive = self.sim.people.alive.raw[rows]
        people, there = ss.uids(rows[alive]), there[alive]
        exposed = severity[there] * (1 - self.preparedness[people])
        loss = self.wealth_yuan[people] * np.minimum(1, w.LOSS_AT_ONE * exposed)
        dead = self.lot.rvs(people) < w.DEATH_AT_ONE * exposed
        self.sim.people.request_death(people[dead])
        self.book(struck, there, loss, self.insured[people], dead)

    def book(self, struck, there, loss, insured, dead):
        def by_region(values):
            return np.bincount(there, weights=values, minlength=struck.size)

        all_loss, of_insured = by_region(loss), by_region(loss * insured)
        others = all_loss - of_insured
        self.totals["loss"][struck] += all_loss
        self.totals["insurer"][struck] += w.INSURER * of_insured
        self.totals["government"][struck] += w.GOVERNMENT * others
        self.totals["residents"][struck] += (1 - w.INSURER) * of_insured + (1 - w.GOVERNMENT) * others
        self.totals["deaths"][struck] += by_region(dead)


class Society:
    def __init__(self, citizens, seed):
        module = Governance(citizens // w.REGION)
        self.sim = ss.Sim(
            n_agents=citizens,
            modules=module,
            start=ss.days(0),
            stop=ss.days(w.WEEKS - 1),
            dt=ss.days(1),
            rand_seed=seed,
            copy_inputs=False,
        )
        self.sim.init()
        self.module = module

    def year(self):
        self.sim.run()

    def wealth(self):
        shape = (-1, w.REGION)
        return w.by_region(self.module.wealth_yuan.values.reshape(shape), self.module.insured.values.reshape(shape))

    def result(self):
        totals = {name: values.tolist() for name, values in self.module.totals.items()}
        living = np.array(self.module.preparedness.values)
        return totals | {"hazards": self.module.hazards, "preparedness": w.moments(living)}


if __name__ == "__main__":
    w.answer(ss.__version__, Society)
