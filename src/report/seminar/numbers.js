// Numbers as people read them, in the language of the page.

function grouped(value, decimals) {
  if (!Number.isFinite(value)) return "–";
  const [whole, rest] = Math.abs(value).toFixed(decimals).split(".");
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const text = rest ? `${apart}.${rest}` : apart;
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

// Decimals that half an interval leaves meaning to.
function decimalsFor(half) {
  const steps = [3, 0.3, 0.03, 0.003];
  const place = steps.findIndex((step) => half >= step);
  return place < 0 ? 4 : place;
}

// Decimals of about three figures.
function threeFigures(value) {
  const size = Math.abs(value);
  if (size >= 100 || size === 0) return 0;
  if (size >= 10) return 1;
  return size >= 1 ? 2 : 3;
}

// How a measure is shown: values times a factor, then a unit.
function scaleOf(measure) {
  const key = DATA.measures[measure].key;
  if (key === "deaths") return { factor: 1, unit: t("unit_people") };
  if (key === "residents_share") return { factor: 100, unit: t("unit_percent"), change: t("unit_points") };
  if (key === "weeks_to_90") return { factor: 1, unit: t("unit_weeks") };
  return language() === "zh"
    ? { factor: 1e-8, unit: t("unit_hundred_million") }
    : { factor: 1e-6, unit: t("unit_million") };
}

// Half an interval is told to its first digit or two, but a value never to more than it needs.
function withHalf(value, half) {
  if (!Number.isFinite(half)) return grouped(value, threeFigures(value));
  const decimals = Math.min(decimalsFor(half), Math.max(threeFigures(value), threeFigures(half)) + 1);
  return `${grouped(value, decimals)} ± ${grouped(half, decimals)}`;
}

function unitJoined(text, unit) {
  return unit === "%" && language() === "zh" ? `${text}%` : `${text} ${unit}`;
}

// A level with its interval and unit.
function level(measure, estimate) {
  const { factor, unit } = scaleOf(measure);
  return unitJoined(withHalf(estimate.mean * factor, estimate.half * factor), unit);
}

// A level without its interval.
function plainLevel(measure, value) {
  const { factor, unit } = scaleOf(measure);
  return unitJoined(grouped(value * factor, threeFigures(value * factor)), unit);
}

// A level with its interval and, smaller, its unit.
function levelElements(measure, estimate) {
  const { factor, unit } = scaleOf(measure);
  const text = withHalf(estimate.mean * factor, estimate.half * factor);
  const space = unit === "%" && language() === "zh" ? "" : " ";
  return [text, element("span", { class: "unit" }, space + unit)];
}

// A difference with its interval; its unit is that of the level beside it, but for percentage points.
function change(measure, difference, signed) {
  const { factor, change: unit } = scaleOf(measure);
  const value = difference.mean * factor;
  const text = withHalf(signed ? value : Math.abs(value), difference.half * factor);
  return `${signed && value > 0 ? "+" : ""}${text}${unit ? ` ${unit}` : ""}`;
}

// What the runs say of a difference to the present arrangement.
function verdict(measure, difference) {
  if (difference.nothing) return t("equal");
  if (!difference.resolved) return t("unresolved", change(measure, difference, true));
  return t(difference.mean < 0 ? "less" : "more", change(measure, difference, false));
}

// A sum of money of one event.
function money(yuan) {
  const [factor, unit] = language() === "zh"
    ? yuan >= 1e8 ? [1e-8, "亿元"] : [1e-4, "万元"]
    : [1e-6, "million yuan"];
  return `${grouped(yuan * factor, threeFigures(yuan * factor))} ${unit}`;
}

function percent(share) {
  return grouped(100 * share, share > 0 && share < 0.1 ? 1 : 0).replace(/\.0$/, "");
}
