// What is chosen, kept in the address; and small tools of the page.

const STATE = {
  lang: navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en",
  society: 0,
  part: 0,
  switches: 0,
  groups: [],
};

const MOST_GROUPS = 8;

// Whether the page is as narrow as a phone.
const NARROW = window.matchMedia("(max-width: 640px)");

function language() {
  return STATE.lang;
}

// A text of the page, or of the data ({zh, en}).
function t(key, ...values) {
  const words = typeof key === "string" ? WORDS[key] : [key.zh, key.en];
  const text = words[language() === "zh" ? 0 : 1];
  return typeof text === "string" ? text.replace(/\{(\d)\}/g, (_, place) => values[place]) : text;
}

// A name as a heading: in English with a capital.
function named(words) {
  const text = t(words);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function society() {
  return DATA.societies[STATE.society];
}

// An element: attributes (functions are listeners, false leaves out), then children.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

function button(text, press, attributes = {}) {
  return element("button", { type: "button", click: press, ...attributes }, text);
}

// A list to choose from, with its label.
function chooser(label, options, chosen, choose) {
  const items = options.map((text, place) =>
    element("option", { value: place, selected: place === chosen }, text));
  const select = element("select", { change: () => choose(Number(select.value)) }, items);
  return element("label", { class: "chooser" }, element("span", {}, label), select);
}

function fill(place, ...children) {
  place.replaceChildren(...children.flat().filter((child) => child != null && child !== false));
}

// Keeps the state in the address (lang=zh&society=0&part=1&switches=5&groups=name:0123,…), not at every click of
// many in a row.
function keep() {
  clearTimeout(keeping);
  keeping = setTimeout(write, 150);
}

let keeping = 0;

function write() {
  const groups = STATE.groups.map((group) => `${encodeURIComponent(group.name)}:${group.hand.join("")}`);
  const { lang, society: place, part, switches } = STATE;
  const text = `lang=${lang}&society=${place}&part=${part + 1}&switches=${switches}`;
  const hash = groups.length ? `${text}&groups=${groups.join(",")}` : text;
  history.replaceState(null, "", `#${hash}`);
}

function within(text, most, otherwise) {
  const number = Number.parseInt(text, 10);
  return number >= 0 && number <= most ? number : otherwise;
}

function handOf(text) {
  const hand = Array.from(text ?? "", Number);
  const valid = hand.length === DATA.dimensions.length
    && hand.every((card, place) => DATA.dimensions[place].cards[card]);
  return valid ? hand : null;
}

function nameOf(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Reads the address; what makes no sense in it is left as it was.
function recall() {
  const parts = location.hash.slice(1).split("&").map((part) => part.split("="));
  const asked = Object.fromEntries(parts);
  if (asked.lang === "zh" || asked.lang === "en") STATE.lang = asked.lang;
  STATE.society = within(asked.society, DATA.societies.length - 1, STATE.society);
  STATE.part = within(asked.part, 4, STATE.part + 1) - 1;
  if (STATE.part < 0) STATE.part = 0;
  STATE.switches = within(asked.switches, SWITCHES - 1, STATE.switches);
  const groups = (asked.groups ?? "").split(",").map((group) => group.split(":"));
  STATE.groups = groups
    .map(([name, hand]) => ({ name: nameOf(name), hand: handOf(hand) }))
    .filter((group) => group.name && group.hand)
    .slice(0, MOST_GROUPS);
}
