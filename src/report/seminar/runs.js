// The runs: numbers of every history, and what is computed from them.

const DATA = JSON.parse(document.getElementById("data").textContent);
const SWITCHES = 64;
const MEASURE = Object.fromEntries(DATA.measures.map((measure, place) => [measure.key, place]));
const BEARERS = DATA.bearers.length;
const WEEKS = DATA.weeks.length;
// A difference below this share of the level is none.
const NEGLIGIBLE = 1e-6;

function decoded(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

for (const society of DATA.societies) {
  for (const part of ["values", "borne", "curves"]) society[part] = decoded(society[part]);
}

// One number a history.
function historiesOf(society, combination, measure) {
  const n = society.histories.length;
  const start = (combination * DATA.measures.length + measure) * n;
  return society.values.subarray(start, start + n);
}

// Mean loss borne by each bearer (yuan a year).
function borneOf(society, combination) {
  return society.borne.subarray(combination * BEARERS, (combination + 1) * BEARERS);
}

// Points [week, mean, half-width] of the recovery curve.
function curveOf(society, combination) {
  const start = combination * WEEKS * 2;
  return DATA.weeks.map((week, point) => [
    week,
    society.curves[start + 2 * point],
    society.curves[start + 2 * point + 1],
  ]);
}

// Mean with its 95 % interval.
function estimateOf(values) {
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  const n = known.length;
  const mean = known.reduce((sum, value) => sum + value, 0) / n;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = (DATA.quantiles[n] ?? NaN) * Math.sqrt(squares / (n - 1) / n);
  return { mean, half, low: mean - half, high: mean + half, n };
}

// Difference history by history, with what these runs can say of it.
function differenceOf(own, other) {
  const differences = Array.from(own, (value, history) => value - other[history]);
  const estimate = estimateOf(differences);
  const known = differences.filter((value) => !Number.isNaN(value));
  const greatest = (list) => list.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0);
  const nothing = known.length > 0 && greatest(known) <= NEGLIGIBLE * greatest(Array.from(other));
  const resolved = !nothing && (estimate.low > 0 || estimate.high < 0);
  return { ...estimate, nothing, resolved };
}

function compared(society, combination, measure) {
  const own = historiesOf(society, combination, measure);
  const present = historiesOf(society, 0, measure);
  return { own: estimateOf(own), present: estimateOf(present), difference: differenceOf(own, present) };
}

// Position of a hand of cards [allocation, prevention, enforcement, sharing].
function combinationOf(hand) {
  const sizes = DATA.dimensions.map((dimension) => dimension.cards.length);
  return SWITCHES + hand.reduce((number, card, place) => number * sizes[place] + card, 0);
}

// Ranks by a measure of which less is better: 1 + those that are resolved to be better.
function ranksOf(society, combinations, measure) {
  const all = combinations.map((combination) => historiesOf(society, combination, measure));
  return all.map((own) => {
    const better = all.filter((other) => {
      const difference = differenceOf(other, own);
      return difference.resolved && difference.mean < 0;
    });
    return 1 + better.length;
  });
}

// How often luck alone makes the policy that is worse on the mean look better: in the same history, and
// over all pairs of different histories.
function luckOf(worse, better) {
  const n = worse.length;
  let paired = 0;
  let unpaired = 0;
  for (let one = 0; one < n; one += 1) {
    if (worse[one] < better[one]) paired += 1;
    for (let other = 0; other < n; other += 1) {
      if (one !== other && worse[one] < better[other]) unpaired += 1;
    }
  }
  return { paired, unpaired: unpaired / (n * (n - 1)) };
}
