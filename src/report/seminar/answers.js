// The four answers to a combination, each beside the present arrangement and the group's forecast.

const FORECASTS = [
  { key: "deaths", word: "forecast_deaths" },
  { key: "loss_borne", word: "forecast_loss" },
  { key: "residents_share", word: "forecast_share" },
  { key: "weeks_to_90", word: "forecast_weeks" },
];

// A share (%) below which a bearer is told among the others.
const SMALL = 4;

function scaled({ mean, low, high }, factor) {
  return { mean: mean * factor, low: low * factor, high: high * factor };
}

// What became of a forecast, given in the unit shown.
function judged(measure, estimate, forecast) {
  if (forecast == null) return null;
  const { factor } = scaleOf(measure);
  const { mean, low, high } = scaled(estimate, factor);
  const told = grouped(forecast, threeFigures(forecast));
  const apart = Math.abs(forecast - mean);
  const off = grouped(apart, threeFigures(apart));
  if (forecast >= low && forecast <= high) return t("forecast_hit", told);
  return t(forecast > mean ? "forecast_high" : "forecast_low", told, off);
}

function answer(title, measure, result, forecast, ...more) {
  return element("section", { class: "answer", "data-measure": DATA.measures[measure].key },
    element("h3", {}, title),
    element("p", { class: "level" }, levelElements(measure, result.own)),
    element("p", { class: "verdict" }, verdict(measure, result.difference)),
    forecast != null && element("p", { class: "judged" }, judged(measure, result.own, forecast)),
    ...more);
}

function plotted(title, measure, result, forecast) {
  const { factor, unit } = scaleOf(measure);
  const estimates = [result.present, result.own].map((estimate) => scaled(estimate, factor));
  return intervals(`${title} (${unit})`, estimates, forecast);
}

// The shares of the bearers in words: present, then yours.
function bearersTold(sides) {
  const totals = sides.map((side) => side.reduce((sum, value) => sum + value, 0));
  const share = (place, value) => (100 * value) / totals[place];
  const rows = DATA.bearers.map((bearer, number) => ({
    colour: `background:${bearer.colour}`,
    name: t(bearer.name),
    shares: sides.map((side, place) => share(place, side[number])),
  }));
  const great = rows.filter((row) => Math.max(...row.shares) >= SMALL);
  const small = rows.filter((row) => Math.max(...row.shares) < SMALL);
  const sum = [0, 1].map((place) => small.reduce((all, row) => all + row.shares[place], 0));
  const told = ({ colour, name, shares }) => element("li", {},
    colour && element("span", { class: "swatch", style: colour }),
    `${name} ${grouped(shares[0], 1)} → ${grouped(shares[1], 1)}%`);
  const rest = Math.max(...sum) > 0.05 ? [told({ name: t("others"), shares: sum })] : [];
  return element("ul", { class: "bearers" }, great.map(told), rest);
}

function moneyAnswer(own, combination, forecast) {
  const sides = [borneOf(own, 0), borneOf(own, combination)].map((side) => Array.from(side));
  const result = compared(own, combination, MEASURE.loss_borne);
  const spent = compared(own, combination, MEASURE.public_money);
  const budget = t("public_money", level(MEASURE.public_money, spent.own), verdict(MEASURE.public_money, spent.difference));
  return answer(t("answer_money"), MEASURE.loss_borne, result, forecast,
    stacks(t("answer_money"), sides), bearersTold(sides), element("p", { class: "small" }, budget));
}

function recoveryAnswer(own, combination, forecast) {
  const result = compared(own, combination, MEASURE.weeks_to_90);
  const title = `${t("answer_recovery")}: ${t("function_back")}`;
  const made = answer(t("answer_recovery"), MEASURE.weeks_to_90, result, forecast,
    curves(title, [curveOf(own, 0), curveOf(own, combination)]));
  made.querySelector(".level").prepend(element("span", { class: "unit" }, `${t("weeks_to")} `));
  return made;
}

// All four, in a grid. Forecasts are numbers in the units shown, or absent.
function answers(own, combination, forecasts) {
  const simple = (word, key, ...more) => {
    const [measure, title, forecast] = [MEASURE[key], t(word), forecasts[key]];
    const result = compared(own, combination, measure);
    return answer(title, measure, result, forecast, plotted(title, measure, result, forecast), ...more);
  };
  return [
    simple("answer_deaths", "deaths"),
    moneyAnswer(own, combination, forecasts.loss_borne),
    simple("answer_share", "residents_share", element("p", { class: "small" }, t("share_note"))),
    recoveryAnswer(own, combination, forecasts.weeks_to_90),
  ];
}
