"""Mini-governance in NumPy: one array a property, one row a region, single precision, work in place."""

import numpy as np

import workload as w


class Society:
    def __init__(self, citizens, seed):
        # SFC64 is NumPy's fastest bit generator.
        self.random = np.random.Generator(np.random.SFC64(seed))
        self.regions = citizens // w.REGION
        self.perception = self.uniform(w.PERCEPTION)
        self.preparedness = self.uniform(w.PREPAREDNESS)
        self.wealth_yuan = self.uniform(w.WEALTH_YUAN)
        self.insured = self.uniform((0, 1)) < w.INSURED
        self.alive = np.ones((self.regions, w.REGION), dtype=bool)
        self.noise = np.empty_like(self.preparedness)
        # What does not change from week to week: the pull of half the perception, less the noise's mean.
        self.pull = np.float32(0.5 * w.STEP) * self.perception - np.float32(w.NOISE)
        self.totals = {name: np.zeros(self.regions) for name in w.TOTALS}
        self.hazards = []

    def uniform(self, span):
        low, high = span
        drawn = self.random.random((self.regions, w.REGION), dtype=np.float32)
        return np.float32(low) + np.float32(high - low) * drawn

    def year(self):
        for week in range(w.WEEKS):
            self.review()
            self.strike(week)

    def review(self):
        # The dead, one in many thousands, are moved too: nobody looks at them.
        self.random.random(out=self.noise, dtype=np.float32)
        self.noise *= np.float32(2 * w.NOISE)
        self.preparedness *= np.float32(1 - w.STEP)
        self.preparedness += self.pull
        self.preparedness += self.noise

    def strike(self, week):
        struck = np.flatnonzero(self.random.random(self.regions) < w.HAZARD)
        severity = self.random.exponential(size=struck.size)
        self.hazards += zip([week] * struck.size, struck.tolist(), severity.tolist())
        exposed = severity[:, None] * (1 - self.preparedness[struck])
        alive = self.alive[struck]
        loss = self.wealth_yuan[struck] * np.minimum(1, w.LOSS_AT_ONE * exposed) * alive
        all_loss = loss.sum(axis=1)
        insured = (loss * self.insured[struck]).sum(axis=1)
        others = all_loss - insured
        dead = alive & (self.random.random(exposed.shape) < w.DEATH_AT_ONE * exposed)
        self.alive[struck] = alive & ~dead
        self.totals["loss"][struck] += all_loss
        self.totals["insurer"][struck] += w.INSURER * insured
        self.totals["government"][struck] += w.GOVERNMENT * others
        self.totals["residents"][struck] += (1 - w.INSURER) * insured + (1 - w.GOVERNMENT) * others
        self.totals["deaths"][struck] += dead.sum(axis=1)

    def wealth(self):
        return w.by_region(self.wealth_yuan, self.insured)

    def result(self):
        totals = {name: values.tolist() for name, values in self.totals.items()}
        living = self.preparedness[self.alive]
        return totals | {"hazards": self.hazards, "preparedness": w.moments(living)}


if __name__ == "__main__":
    w.answer(np.__version__, Society)
