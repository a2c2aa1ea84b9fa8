// Part two: hands of cards, and a scoreboard on which deaths and money are never added.

const HAND = [0, 1, 1, 0];
const BOARD = { revealed: false, measure: "deaths" };
const BOARD_MEASURES = ["deaths", "direct_loss", "residents_share", "weeks_to_90"];

function buildCards(place) {
  const board = element("section", { id: "board", "aria-live": "polite" });
  fill(place,
    element("p", { class: "how" }, t("cards_how")),
    element("div", { class: "split wide" },
      element("div", { class: "controls" }, handPanel()),
      element("div", { class: "controls" }, groupPanel(), board)),
    sheet());
  updateBoard();
}

function cardText(card) {
  return t(card.text) || t(`card_${card.key}`);
}

function handPanel() {
  const dimensions = DATA.dimensions.map((dimension, place) => {
    const about = element("p", { class: "small" }, cardText(dimension.cards[HAND[place]]));
    const cards = dimension.cards.map((card, number) => {
      const radio = element("input", {
        type: "radio", name: dimension.key, value: number, checked: HAND[place] === number,
        change: () => {
          HAND[place] = number;
          about.textContent = cardText(card);
        },
      });
      return element("label", { class: "card" }, radio, element("span", {}, named(card.name)));
    });
    return element("fieldset", { "data-dimension": dimension.key },
      element("legend", {}, t(`dimension_${dimension.key}`)),
      element("div", { class: `hand hand-${cards.length}` }, cards), about);
  });
  return element("section", { id: "hands" }, element("h2", {}, t("cards_choose")), dimensions);
}

function groupPanel() {
  const name = element("input", { type: "text", id: "group-name", maxlength: 16, placeholder: nextName(), autocomplete: "off" });
  const help = element("p", { class: "small", role: "status", id: "group-help" });
  const add = (event) => {
    event.preventDefault();
    help.textContent = addGroup(name.value.trim() || nextName());
    name.value = help.textContent ? name.value : "";
    name.placeholder = nextName();
  };
  return element("form", { class: "row", submit: add },
    element("label", { class: "chooser" }, element("span", {}, t("group_name")), name),
    element("button", { type: "submit", class: "main", id: "group-add" }, t("group_add")),
    button(t("print_cards"), () => window.print(), { id: "print" }), help);
}

// The first name that no group has.
function nextName() {
  const taken = STATE.groups.map((group) => group.name);
  for (let number = 1; ; number += 1) {
    const name = t("group_default", number);
    if (!taken.includes(name)) return name;
  }
}

// Puts the picked hand on the board; says what is wrong, if anything.
function addGroup(name) {
  if (STATE.groups.length >= MOST_GROUPS) return t("group_full");
  if (STATE.groups.some((group) => group.name === name)) return t("group_same");
  STATE.groups.push({ name, hand: [...HAND] });
  updateBoard();
  keep();
  return "";
}

function removeGroup(number) {
  STATE.groups.splice(number, 1);
  updateBoard();
  keep();
  document.getElementById("group-name").placeholder = nextName();
}

function handTold(hand) {
  return hand.map((card, place) => t(DATA.dimensions[place].cards[card].name)).join(t({ zh: "、", en: ", " }));
}

function boardTitle(key) {
  return named(DATA.measures[MEASURE[key]].name);
}

// Groups with their ranks, the best first; of equals the first to come.
function ranked() {
  const combinations = STATE.groups.map((group) => combinationOf(group.hand));
  const measure = MEASURE[BOARD.measure];
  const ranks = ranksOf(society(), combinations, measure);
  const rows = STATE.groups.map((group, number) => ({
    group, number, rank: ranks[number], combination: combinations[number],
    mean: estimateOf(historiesOf(society(), combinations[number], measure)).mean,
  }));
  return rows.sort((one, other) => one.rank - other.rank || one.mean - other.mean || one.number - other.number);
}

function cell(title, content, attributes = {}) {
  return element("td", { "data-title": title, ...attributes }, content);
}

function figureCells(combination) {
  return BOARD_MEASURES.map((key) => {
    const measure = MEASURE[key];
    const { factor } = scaleOf(measure);
    const estimate = estimateOf(historiesOf(society(), combination, measure));
    const text = withHalf(estimate.mean * factor, estimate.half * factor);
    return cell(`${boardTitle(key)} (${scaleOf(measure).unit})`, text, { class: key === BOARD.measure ? "figure chosen" : "figure" });
  });
}

function boardRow({ group, number, rank, combination }, rows) {
  const tie = rows.filter((row) => row.rank === rank).length > 1;
  return element("tr", {},
    cell(t("rank"), BOARD.revealed ? t(tie ? "rank_tie" : "rank_alone", rank) : "?", { class: "rank" }),
    element("th", { scope: "row" }, group.name,
      element("span", { class: "small" }, handTold(group.hand))),
    BOARD.revealed ? figureCells(combination) : BOARD_MEASURES.map((key) => cell(boardTitle(key), "?", { class: "figure" })),
    element("td", {}, button("×", () => removeGroup(number), { class: "remove", "aria-label": t("group_remove", group.name) })));
}

function boardTable() {
  const rows = BOARD.revealed ? ranked() : STATE.groups.map((group, number) => ({ group, number, rank: 0 }));
  const titles = BOARD_MEASURES.map((key) => element("th", { scope: "col" }, boardTitle(key),
    element("span", { class: "small" }, scaleOf(MEASURE[key]).unit)));
  const present = element("tr", { class: "present" },
    cell(t("rank"), element("span", { class: "small" }, t("reference"))), element("th", { scope: "row" }, named("present")), figureCells(0), element("td"));
  return element("table", { class: "board" },
    element("thead", {}, element("tr", {},
      element("th", { scope: "col" }, t("rank")), element("th", { scope: "col" }, t("group")), titles, element("td"))),
    element("tbody", {}, rows.map((row) => boardRow(row, rows)), present));
}

function updateBoard() {
  const place = document.getElementById("board");
  const names = BOARD_MEASURES.map(boardTitle);
  const chosen = BOARD_MEASURES.indexOf(BOARD.measure);
  const rank = chooser(t("board_rank"), names, chosen, (number) => {
    BOARD.measure = BOARD_MEASURES[number];
    updateBoard();
  });
  const flip = button(t(BOARD.revealed ? "board_hide" : "board_reveal"), () => {
    BOARD.revealed = !BOARD.revealed;
    updateBoard();
  }, { class: "main", id: "board-reveal" });
  const count = STATE.groups.length;
  const pairs = (count * (count - 1)) / 2;
  fill(place,
    element("h2", {}, t("board")),
    element("div", { class: "row" }, rank, flip),
    count === 0 && element("p", {}, t("board_empty")),
    count > 0 && !BOARD.revealed && element("p", {}, t("board_covered", count)),
    boardTable(),
    BOARD.revealed && pairs > 0 && element("p", { class: "small" }, t("board_note", pairs, grouped(0.05 * pairs, 1))),
    noteOf(society()));
}

// All cards, to be printed and cut out.
function sheet() {
  const cards = DATA.dimensions.flatMap((dimension) => dimension.cards.map((card) =>
    element("li", { class: "printed" },
      element("span", { class: "small" }, t(`dimension_${dimension.key}`)),
      element("b", {}, named(card.name)),
      element("span", {}, cardText(card)))));
  return element("section", { id: "sheet", "aria-hidden": "true" },
    element("h2", {}, t("sheet_title")), element("ul", {}, cards));
}
