"""Mini-governance in AgentPy: citizens in an `AgentList`, each region a list of its own."""

import agentpy as ap
import numpy as np

import workload as w


class Citizen(ap.Agent):
    def setup(self, perception, preparedness, wealth_yuan, insured):
        self.perception = perception
        self.preparedness = preparedness
        self.wealth_yuan = wealth_yuan
        self.insured = insured
        self.alive = True

    def review(self):
        if not self.alive:
            return
        noise = (2 * self.model.random.random() - 1) * w.NOISE
        self.preparedness += w.STEP * (0.5 * self.perception - self.preparedness) + noise

    def suffer(self, region, severity, totals):
        if not self.alive:
            return
        exposed = severity * (1 - self.preparedness)
        loss = self.wealth_yuan * min(1, w.LOSS_AT_ONE * exposed)
        totals["loss"][region] += loss
        if self.insured:
            totals["insurer"][region] += w.INSURER * loss
            totals["residents"][region] += (1 - w.INSURER) * loss
        else:
            totals["government"][region] += w.GOVERNMENT * loss
            totals["residents"][region] += (1 - w.GOVERNMENT) * loss
        if self.model.random.random() < w.DEATH_AT_ONE * exposed:
            totals["deaths"][region] += 1
            self.alive = False


class Nation(ap.Model):
    def setup(self):
        citizens = self.p.citizens
        drawn = np.random.default_rng(self.p.seed)
        self.citizens = ap.AgentList(
            self,
            citizens,
            Citizen,
            perception=ap.AttrIter(drawn.uniform(*w.PERCEPTION, citizens).tolist()),
            preparedness=ap.AttrIter(drawn.uniform(*w.PREPAREDNESS, citizens).tolist()),
            wealth_yuan=ap.AttrIter(drawn.uniform(*w.WEALTH_YUAN, citizens).tolist()),
            insured=ap.AttrIter((drawn.random(citizens) < w.INSURED).tolist()),
        )
        starts = range(0, citizens, w.REGION)
        everybody = list(self.citizens)
        self.places = [ap.AgentList(self, everybody[start : start + w.REGION]) for start in starts]
        self.totals = w.totals(len(self.places))
        self.hazards = []

    def step(self):
        self.citizens.review()
        for number, place in enumerate(self.places):
            if self.random.random() < w.HAZARD:
                severity = self.random.expovariate(1)
                self.hazards.append([self.t - 1, number, severity])
                place.suffer(number, severity, self.totals)


class Society:
    def __init__(self, citizens, seed):
        self.model = Nation({"citizens": citizens, "seed": seed, "steps": w.WEEKS})
        self.model.sim_setup()

    def year(self):
        for _ in range(w.WEEKS):
            self.model.sim_step()

    def wealth(self):
        shape = (-1, w.REGION)
        wealth = np.array([one.wealth_yuan for one in self.model.citizens]).reshape(shape)
        insured = np.array([one.insured for one in self.model.citizens]).reshape(shape)
        return w.by_region(wealth, insured)

    def result(self):
        living = np.array([one.preparedness for one in self.model.citizens if one.alive])
        return self.model.totals | {
            "hazards": self.model.hazards,
            "preparedness": w.moments(living),
        }


if __name__ == "__main__":
    w.answer(ap.__version__, Society)
