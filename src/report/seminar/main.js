// The page as a whole: heading, parts, foot.

const PARTS = [
  { word: "part_switches", build: buildSwitches },
  { word: "part_cards", build: buildCards },
  { word: "part_luck", build: buildLuck },
  { word: "part_story", build: buildStory },
];
const SHORT = { "seminar-county": "county", "seminar-city": "city" };

function shortName(own) {
  return SHORT[own.key] ? t(`${SHORT[own.key]}_short`) : t(own.name);
}

function aboutSociety(own) {
  const people = own.people * (language() === "zh" ? 1e-4 : 1e-6);
  return SHORT[own.key] ? t(`${SHORT[own.key]}_about`, grouped(people, language() === "zh" ? 0 : 1)) : t(own.name);
}

function buildHead() {
  const choices = DATA.societies.map((own, place) => button(shortName(own), () => setSociety(place), {
    "aria-pressed": place === STATE.society ? "true" : "false", "data-society": place,
  }));
  const other = language() === "zh" ? "en" : "zh";
  fill(document.getElementById("head"),
    element("h1", {}, t("title")),
    element("div", { role: "group", "aria-label": t("society"), class: "choices" }, choices),
    button(t("other_language"), () => setLanguage(other), { id: "language", lang: other }),
    element("p", { class: "about" }, aboutSociety(society())));
}

function buildTabs() {
  const label = (word, place) => [`${place + 1} ${t(word)}`, element("small", {}, t(`${word}_about`))];
  const tabs = PARTS.map(({ word }, place) => button(label(word, place), () => setPart(place), {
    role: "tab", id: `tab-${place}`, "aria-controls": "main", "data-part": place,
    "aria-selected": place === STATE.part ? "true" : "false", tabindex: place === STATE.part ? 0 : -1,
  }));
  const move = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    setPart((STATE.part + step + PARTS.length) % PARTS.length);
    document.getElementById(`tab-${STATE.part}`).focus();
  };
  fill(document.getElementById("tabs"),
    element("div", { role: "tablist", "aria-label": t("parts"), keydown: move }, tabs));
}

function buildFoot() {
  const runs = DATA.societies.map((own) => `${shortName(own)} ${own.identity}`).join(t({ zh: "、", en: ", " }));
  const combinations = SWITCHES + DATA.dimensions.reduce((count, dimension) => count * dimension.cards.length, 1);
  const made = [DATA.version, combinations, society().histories.length, DATA.years, DATA.burnInYears, DATA.seed, runs];
  fill(document.getElementById("foot"),
    element("h2", {}, t("limits")),
    element("ul", {}, t("limits_list").map((limit) => element("li", {}, limit))),
    element("p", {}, t("made_of", ...made)));
}

function buildPart() {
  const main = document.getElementById("main");
  main.setAttribute("role", "tabpanel");
  main.setAttribute("aria-labelledby", `tab-${STATE.part}`);
  main.dataset.part = STATE.part + 1;
  PARTS[STATE.part].build(main);
}

function build() {
  document.documentElement.lang = language() === "zh" ? "zh-CN" : "en";
  document.title = `riskweave · ${t("title")}`;
  buildHead();
  buildTabs();
  buildPart();
  buildFoot();
  keep();
}

function setLanguage(lang) {
  STATE.lang = lang;
  FORECAST.values.loss_borne = undefined;
  build();
  document.getElementById("language").focus();
}

function setSociety(place) {
  STATE.society = place;
  Object.assign(FORECAST, { values: {}, revealed: false });
  STORY.step = 0;
  LUCK.all = false;
  build();
  document.querySelector(`[data-society="${place}"]`).focus();
}

function setPart(place) {
  STATE.part = place;
  buildTabs();
  buildPart();
  keep();
}

document.documentElement.style.setProperty("--present", PRESENT_COLOUR);
document.documentElement.style.setProperty("--yours", YOURS_COLOUR);
NARROW.addEventListener("change", buildPart);
window.addEventListener("hashchange", () => {
  recall();
  build();
});
recall();
build();
