// Pictures.

const SVG = "http://www.w3.org/2000/svg";
const [PRESENT_COLOUR, YOURS_COLOUR] = DATA.colours;
const INK = "#22262b";
const RULE = "#c9ced6";

function shape(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function picture(width, height, title, ...children) {
  const attributes = { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title };
  return shape("svg", attributes, ...children);
}

function label(x, y, text, attributes = {}) {
  return shape("text", { x, y, fill: INK, "font-size": 16, ...attributes }, text);
}

// A range that holds values with room at both ends.
function rangeOf(values) {
  const known = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = (high - low || Math.abs(high) || 1) * 0.12;
  return [low - room, high + room];
}

// Round numbers within a range, about as many as wanted.
function ticksOf([low, high], wanted) {
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const ticks = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high + step * 1e-9; tick += step) ticks.push(tick);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return ticks.map((tick) => [tick, grouped(tick, decimals)]);
}

function along([low, high], from, to) {
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

// The mark of the present arrangement (0) or of what is compared with it (1).
function mark(place, x, y, size = 7) {
  if (place === 0) return shape("circle", { cx: x, cy: y, r: size, fill: PRESENT_COLOUR });
  const corners = [[0, -1.3], [1.3, 0], [0, 1.3], [-1.3, 0]];
  const points = corners.map(([right, down]) => `${x + right * size},${y + down * size}`);
  return shape("polygon", { points: points.join(" "), fill: YOURS_COLOUR });
}

function axis(scale, range, y, left, right, wanted) {
  const drawn = [shape("line", { x1: left, x2: right, y1: y, y2: y, stroke: RULE })];
  for (const [tick, text] of ticksOf(range, wanted)) {
    drawn.push(shape("line", { x1: scale(tick), x2: scale(tick), y1: y, y2: y + 5, stroke: INK }));
    const anchor = scale(tick) + 4.2 * text.length > right ? "end" : "middle";
    drawn.push(label(scale(tick), y + 22, text, { "text-anchor": anchor, "font-size": 15 }));
  }
  return drawn;
}

// Two estimates with their intervals, and a forecast; values already in the unit shown.
function intervals(title, estimates, forecast) {
  const [width, left, right] = [420, 92, 408];
  const ends = estimates.flatMap(({ mean, low, high }) => [mean, low, high]);
  const range = rangeOf(forecast == null ? ends : [...ends, forecast]);
  const scale = along(range, left, right);
  const rows = [18, 50];
  const names = [t("present_short"), t("yours_short")];
  const foot = forecast == null ? 74 : 104;
  const drawn = axis(scale, range, foot, left, right, 5);
  estimates.forEach(({ mean, low, high }, place) => {
    const [y, colour] = [rows[place], DATA.colours[place]];
    drawn.push(label(0, y + 6, names[place]));
    if (Number.isFinite(low)) {
      const line = { x1: scale(low), x2: scale(high), y1: y, y2: y, stroke: colour, "stroke-width": 3 };
      drawn.push(shape("line", line));
    }
    drawn.push(mark(place, scale(mean), y));
  });
  if (forecast != null) {
    const x = scale(forecast);
    const points = `${x},${78} ${x - 9},${94} ${x + 9},${94}`;
    drawn.push(label(0, 93, t("forecast_short")));
    drawn.push(shape("polygon", { points, fill: "#fff", stroke: INK, "stroke-width": 2 }));
  }
  return picture(width, forecast == null ? 100 : 130, title, ...drawn);
}

// Lines over the areas of bearers, so that grey print keeps them apart.
function hatches() {
  const paths = {
    rising: "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4",
    falling: "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4",
    upright: "M4,0 v8",
    level: "M0,4 h8",
  };
  const patterns = DATA.bearers.map((bearer) => {
    const size = { id: `fill-${bearer.key}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" };
    const parts = [shape("rect", { width: 8, height: 8, fill: bearer.colour })];
    const stroke = bearer.dark ? "#fff" : INK;
    if (paths[bearer.hatch]) {
      parts.push(shape("path", { d: paths[bearer.hatch], stroke, "stroke-opacity": 0.35, fill: "none" }));
    }
    return shape("pattern", size, ...parts);
  });
  return shape("defs", {}, ...patterns);
}

// Loss by who bears it: one bar each for the present arrangement and yours, to one scale.
function stacks(title, sides) {
  const [width, left, right] = [420, 62, 418];
  const totals = sides.map((side) => side.reduce((sum, value) => sum + value, 0));
  const scale = along([0, Math.max(...totals)], left, right);
  const drawn = [hatches()];
  sides.forEach((side, place) => {
    const y = 8 + 54 * place;
    drawn.push(label(0, y + 28, [t("present_short"), t("yours_short")][place]));
    let sum = 0;
    side.forEach((value, number) => {
      const [x, wide] = [scale(sum), scale(sum + value) - scale(sum)];
      sum += value;
      if (wide < 0.4) return;
      const fill = `url(#fill-${DATA.bearers[number].key})`;
      drawn.push(shape("rect", { x, y, width: wide, height: 42, fill, stroke: "#fff" }));
      const share = `${grouped((100 * value) / totals[place], 0)}%`;
      if (wide > 40) drawn.push(...inside(x + wide / 2, y + 27, share));
    });
  });
  return picture(width, 110, title, ...drawn);
}

// A text upon an area, on a ground of its own.
function inside(x, y, text) {
  const wide = 9 * text.length + 8;
  const ground = { x: x - wide / 2, y: y - 16, width: wide, height: 21, rx: 3, fill: "#fff", "fill-opacity": 0.88 };
  return [shape("rect", ground), label(x, y, text, { "text-anchor": "middle", "font-size": 15 })];
}

// Recovery curves with their intervals.
function curves(title, sides) {
  const [width, height, left, right, top, foot] = [420, 190, 44, 410, 12, 146];
  const range = [0, 100];
  const across = along([0, DATA.weeks[WEEKS - 1]], left, right);
  const up = along(range, foot, top);
  const drawn = [...axis(across, [0, DATA.weeks[WEEKS - 1]], foot, left, right, 5)];
  for (const [tick, text] of ticksOf(range, 4)) {
    drawn.push(shape("line", { x1: left, x2: right, y1: up(tick), y2: up(tick), stroke: RULE, "stroke-width": 0.7 }));
    drawn.push(label(left - 6, up(tick) + 5, text, { "text-anchor": "end", "font-size": 15 }));
  }
  sides.forEach((side, place) => {
    const point = ([week, mean]) => `${across(week)},${up(100 * mean)}`;
    const low = side.map(([week, mean, half]) => [week, Math.max(0, mean - (half || 0))]);
    const high = side.map(([week, mean, half]) => [week, Math.min(1, mean + (half || 0))]).reverse();
    const colour = DATA.colours[place];
    drawn.push(shape("polygon", { points: [...low, ...high].map(point).join(" "), fill: colour, "fill-opacity": 0.15 }));
    const line = { points: side.map(point).join(" "), fill: "none", stroke: colour, "stroke-width": place ? 3.5 : 2.5 };
    drawn.push(shape("polyline", place ? line : { ...line, "stroke-dasharray": "7 4" }));
  });
  const names = [["– – –", t("present_short")], ["———", t("yours_short")]];
  names.forEach(([stroke, name], place) =>
    drawn.push(label(right, foot - 34 + 20 * place, `${stroke} ${name}`, { "text-anchor": "end", fill: DATA.colours[place] })));
  drawn.push(label(0, height - 4, `${t("function_back")} · ${t("weeks_since")}`, { "font-size": 15 }));
  return picture(width, height, title, ...drawn);
}
