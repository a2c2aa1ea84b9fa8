"""Mini-governance in Mesa: citizens are agents, activated together by `AgentSet.do`."""

import mesa
import numpy as np

import workload as w


class Citizen(mesa.Agent):
    def __init__(self, model, perception, preparedness, wealth_yuan, insured):
        super().__init__(model)
        self.perception = perception
        self.preparedness = preparedness
        self.wealth_yuan = wealth_yuan
        self.insured = insured
        self.alive = True

    def review(self):
        noise = (2 * self.random.random() - 1) * w.NOISE
        self.preparedness += w.STEP * (0.5 * self.perception - self.preparedness) + noise

    def suffer(self, region, severity, totals):
        exposed = severity * (1 - self.preparedness)
        loss = self.wealth_yuan * min(1, w.LOSS_AT_ONE * exposed)
        totals["loss"][region] += loss
        if self.insured:
            totals["insurer"][region] += w.INSURER * loss
            totals["residents"][region] += (1 - w.INSURER) * loss
        else:
            totals["government"][region] += w.GOVERNMENT * loss
            totals["residents"][region] += (1 - w.GOVERNMENT) * loss
        if self.random.random() < w.DEATH_AT_ONE * exposed:
            totals["deaths"][region] += 1
            self.alive = False
            self.remove()


class Society(mesa.Model):
    def __init__(self, citizens, seed):
        super().__init__(rng=seed)
        drawn = np.random.default_rng(seed)
        columns = [
            drawn.uniform(*w.PERCEPTION, citizens).tolist(),
            drawn.uniform(*w.PREPAREDNESS, citizens).tolist(),
            drawn.uniform(*w.WEALTH_YUAN, citizens).tolist(),
            (drawn.random(citizens) < w.INSURED).tolist(),
        ]
        citizens = Citizen.create_agents(self, citizens, *columns)
        everybody = list(citizens)
        starts = range(0, len(everybody), w.REGION)
        self.regions = [
            mesa.agent.AgentSet(everybody[start : start + w.REGION], random=self.random)
            for start in starts
        ]
        self.totals = w.totals(len(self.regions))
        self.hazards = []

    def step(self):
        self.agents.do("review")
        for number, region in enumerate(self.regions):
            if self.random.random() < w.HAZARD:
                severity = self.random.expovariate(1)
                self.hazards.append([self.week, number, severity])
                region.do("suffer", number, severity, self.totals)

    def year(self):
        for self.week in range(w.WEEKS):
            self.step()

    def wealth(self):
        wealth = np.array(self.agents.get("wealth_yuan")).reshape(-1, w.REGION)
        insured = np.array(self.agents.get("insured")).reshape(-1, w.REGION)
        return w.by_region(wealth, insured)

    def result(self):
        living = np.array(self.agents.get("preparedness"))
        return self.totals | {"hazards": self.hazards, "preparedness": w.moments(living)}


if __name__ == "__main__":
    w.answer(mesa.__version__, Society)
