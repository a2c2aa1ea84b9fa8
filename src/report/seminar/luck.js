// Part three: one history first, then all of them.

const LUCK = { policy: 0, measure: "deaths", lived: null, all: false };

// What can be looked at: the network, the switches as they are set, the groups.
function arrangements() {
  const groups = STATE.groups.map((group) => ({ name: group.name, combination: combinationOf(group.hand) }));
  return [
    { name: t("network"), combination: SWITCHES - 1 },
    { name: t("luck_switches"), combination: STATE.switches },
    ...groups,
  ];
}

function buildLuck(place) {
  const all = arrangements();
  LUCK.policy = Math.min(LUCK.policy, all.length - 1);
  const names = all.map((arrangement) => arrangement.name);
  const measures = BOARD_MEASURES.map(boardTitle);
  const result = element("div", { id: "luck", "aria-live": "polite" });
  fill(place,
    element("p", { class: "how" }, t("luck_how")),
    element("div", { class: "row" },
      chooser(t("luck_policy"), names, LUCK.policy, (number) => changeLuck({ policy: number })),
      chooser(t("luck_measure"), measures, BOARD_MEASURES.indexOf(LUCK.measure),
        (number) => changeLuck({ measure: BOARD_MEASURES[number] })),
      button(t(LUCK.lived == null ? "luck_draw" : "luck_again"), drawHistory, { class: "main", id: "luck-draw" })),
    result);
  updateLuck();
}

function changeLuck(changes) {
  Object.assign(LUCK, changes);
  updateLuck();
}

// A history by chance, another than the last.
function drawHistory() {
  const n = society().histories.length;
  const drawn = Math.floor(Math.random() * (n - (LUCK.lived == null ? 0 : 1)));
  const lived = LUCK.lived != null && drawn >= LUCK.lived ? drawn + 1 : drawn;
  document.getElementById("luck-draw").textContent = t("luck_again");
  changeLuck({ lived, all: false });
}

function updateLuck() {
  const place = document.getElementById("luck");
  if (LUCK.lived == null) {
    fill(place, noteOf(society()));
    return;
  }
  const own = society();
  const measure = MEASURE[LUCK.measure];
  const chosen = arrangements()[LUCK.policy];
  const sides = [historiesOf(own, 0, measure), historiesOf(own, chosen.combination, measure)];
  fill(place, oneHistory(own, measure, sides, chosen.name),
    LUCK.all && allHistories(own, measure, sides), noteOf(own));
}

function oneHistory(own, measure, sides, name) {
  const values = sides.map((side) => side[LUCK.lived]);
  const word = values[1] < values[0] ? "luck_looks_better" : values[1] > values[0] ? "luck_looks_worse" : "luck_looks_equal";
  const side = (place, title) => element("div", { class: `side side-${place}` },
    element("span", {}, title), element("b", {}, plainLevel(measure, values[place])));
  return element("section", { class: "answer", id: "one" },
    element("h2", {}, t("luck_one", own.histories[LUCK.lived], own.histories.length)),
    element("div", { class: "sides" }, side(0, named("present")), side(1, name)),
    element("p", { class: "verdict" }, t(word)),
    !LUCK.all && element("p", {}, t("luck_judge")),
    !LUCK.all && button(t("luck_all", own.histories.length), () => changeLuck({ all: true }), { class: "main", id: "luck-all" }));
}

function allHistories(own, measure, sides) {
  const difference = differenceOf(sides[1], sides[0]);
  const n = own.histories.length;
  const means = sides.map((side) => level(measure, estimateOf(side)));
  const names = [t("present_short"), t("yours_short")];
  return element("section", { class: "answer", id: "all" },
    element("h2", {}, t("luck_mean", n)),
    element("p", { class: "level" }, `${names[0]} ${means[0]} · ${names[1]} ${means[1]}`),
    element("p", { class: "verdict" }, verdict(measure, difference)),
    dots(measure, sides),
    element("p", { class: "small" }, t("luck_picture")),
    luckTold(difference, sides, n).map((text) => element("p", { class: "told" }, text)));
}

// How often luck alone would have misled.
function luckTold(difference, sides, n) {
  if (difference.nothing) return [t("luck_equal")];
  if (!difference.resolved) return [t("luck_unresolved")];
  const yoursWorse = difference.mean > 0;
  const [better, worse] = yoursWorse ? sides : [sides[1], sides[0]];
  const { paired, unpaired } = luckOf(worse, better);
  return [
    t(yoursWorse ? "luck_worse_is_yours" : "luck_worse_is_present"),
    t("luck_paired", n, paired),
    t("luck_unpaired", grouped(100 * unpaired, 0)),
  ];
}

// Every history as a dot, those of one size above each other.
function dots(measure, sides) {
  const { factor, unit } = scaleOf(measure);
  const [width, left, right, row, size] = NARROW.matches ? [400, 44, 392, 100, 2.8] : [1100, 80, 1080, 100, 4.6];
  const [type, wanted] = NARROW.matches ? [15, 4] : [18, 8];
  const scaledSides = sides.map((side) => Array.from(side, (value) => value * factor));
  const range = rangeOf(scaledSides.flat());
  const scale = along(range, left, right);
  const foot = 2 * row + 18;
  const drawn = axis(scale, range, foot, left, right, wanted);
  const names = [t("present_short"), t("yours_short")];
  scaledSides.forEach((side, place) => {
    const base = row * (place + 1);
    drawn.push(label(0, base - 30, names[place], { "font-size": type, fill: DATA.colours[place] }));
    const x = scale(estimateOf(side).mean);
    drawn.push(...swarm(side, scale, base, place, size));
    drawn.push(shape("line", { x1: x, x2: x, y1: base - row + 12, y2: base + 6, stroke: DATA.colours[place], "stroke-width": 3 }));
  });
  drawn.push(label(right, foot + 46, unit, { "text-anchor": "end", "font-size": type }));
  drawn.push(label(0, foot + 46, t("luck_best"), { "font-size": type }));
  return picture(width, foot + 54, t("luck_picture"), ...drawn);
}

function swarm(values, scale, base, place, size) {
  const columns = new Map();
  const wide = size * 2.4;
  const most = Math.max(...Array.from(values.reduce((count, value) => {
    const column = Math.round(scale(value) / wide);
    return count.set(column, (count.get(column) ?? 0) + 1);
  }, new Map()).values()));
  const step = Math.min(wide, 74 / most);
  const drawn = [];
  let ring = null;
  values.forEach((value, history) => {
    if (Number.isNaN(value)) return;
    const column = Math.round(scale(value) / wide);
    const height = columns.get(column) ?? 0;
    columns.set(column, height + 1);
    const [x, y] = [column * wide, base - height * step];
    drawn.push(mark(place, x, y, size));
    if (history === LUCK.lived) ring = shape("circle", { cx: x, cy: y, r: size * 2, fill: "none", stroke: INK, "stroke-width": 3 });
  });
  return ring ? [...drawn, ring] : drawn;
}
