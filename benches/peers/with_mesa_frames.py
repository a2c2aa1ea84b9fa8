"""Mini-governance in mesa-frames: citizens are rows of a polars frame, moved by expressions."""

from importlib.metadata import version

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF

import workload as w


class Citizens(AgentSetPolars):
    def __init__(self, model, citizens):
        super().__init__(model)
        drawn = self.model.random
        columns = {
            "unique_id": np.arange(citizens),
            "region": np.arange(citizens) // w.REGION,
            "perception": drawn.uniform(*w.PERCEPTION, citizens).astype(np.float32),
            "preparedness": drawn.uniform(*w.PREPAREDNESS, citizens).astype(np.float32),
            "wealth_yuan": drawn.uniform(*w.WEALTH_YUAN, citizens).astype(np.float32),
            "insured": drawn.random(citizens) < w.INSURED,
            "alive": np.ones(citizens, dtype=bool),
        }
        self.add(pl.DataFrame(columns))

    def step(self):
        self.review()
        self.strike()

    def review(self):
        # The dead, one in many thousands, are moved too: nobody looks at them.
        drawn = self.model.random.random(len(self.agents), dtype=np.float32)
        noise = (pl.lit(pl.Series(drawn)) * 2 - 1) * w.NOISE
        old = pl.col("preparedness")
        moved = old + w.STEP * (0.5 * pl.col("perception") - old) + noise
        self.agents = self.agents.with_columns(moved.cast(pl.Float32).alias("preparedness"))

    def strike(self):
        model, random = self.model, self.model.random
        struck = np.flatnonzero(random.random(model.regions) < w.HAZARD)
        severity = random.exponential(size=struck.size)
        model.hazards += zip([model.week] * struck.size, struck.tolist(), severity.tolist())
        if not struck.size:
            return
        # Rows never leave the frame, so a region is a slice of it.
        there = pl.concat([self.agents.slice(region * w.REGION, w.REGION) for region in struck])
        exposed = pl.lit(pl.Series(np.repeat(severity, w.REGION))) * (1 - pl.col("preparedness"))
        lot = pl.lit(pl.Series(random.random(len(there))))
        loss = pl.col("wealth_yuan") * (w.LOSS_AT_ONE * exposed).clip(upper_bound=1)
        there = there.select(
            "unique_id",
            "region",
            "insured",
            "alive",
            loss=pl.when("alive").then(loss).otherwise(0.0),
            dies=pl.col("alive") & (lot < w.DEATH_AT_ONE * exposed),
        )
        of_insured = (pl.col("loss") * pl.col("insured")).sum()
        sums = there.group_by("region", maintain_order=True).agg(
            loss=pl.col("loss").sum(), insured=of_insured, deaths=pl.col("dies").sum()
        )
        model.book(sums)
        dead = there.filter("dies")["unique_id"]
        if len(dead):
            alive = pl.col("alive") & ~pl.col("unique_id").is_in(dead.implode())
            self.agents = self.agents.with_columns(alive.alias("alive"))


class Nation(ModelDF):
    def __init__(self, citizens, seed):
        super().__init__(seed=seed)
        self.regions = citizens // w.REGION
        self.totals = {name: np.zeros(self.regions) for name in w.TOTALS}
        self.hazards = []
        self.citizens = Citizens(self, citizens)
        self.agents += self.citizens

    def step(self):
        self.agents.step()

    def book(self, sums):
        region = sums["region"].to_numpy()
        loss, insured = sums["loss"].to_numpy(), sums["insured"].to_numpy()
        others = loss - insured
        self.totals["loss"][region] += loss
        self.totals["insurer"][region] += w.INSURER * insured
        self.totals["government"][region] += w.GOVERNMENT * others
        self.totals["residents"][region] += (1 - w.INSURER) * insured + (1 - w.GOVERNMENT) * others
        self.totals["deaths"][region] += sums["deaths"].to_numpy()


class Society:
    def __init__(self, citizens, seed):
        self.model = Nation(citizens, seed)

    def year(self):
        for self.model.week in range(w.WEEKS):
            self.model.step()

    def column(self, name):
        return next(iter(self.model.agents._agentsets)).agents[name].to_numpy()

    def wealth(self):
        shape = (-1, w.REGION)
        return w.by_region(self.column("wealth_yuan").reshape(shape), self.column("insured").reshape(shape))

    def result(self):
        totals = {name: values.tolist() for name, values in self.model.totals.items()}
        living = self.column("preparedness")[self.column("alive")]
        return totals | {"hazards": self.model.hazards, "preparedness": w.moments(living)}


if __name__ == "__main__":
    w.answer(version("mesa-frames"), Society, threads=pl.thread_pool_size())
