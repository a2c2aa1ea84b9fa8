// Part one: six switches, a forecast, and what comes of it.

const FORECAST = { values: {}, revealed: false, free: false };

function showing() {
  return FORECAST.free || FORECAST.revealed;
}

function buildSwitches(place) {
  const results = element("div", { id: "answers", class: "answers", "aria-live": "polite" });
  fill(place,
    element("p", { class: "how" }, t("switches_how")),
    element("div", { class: "split" },
      element("div", { class: "controls" }, switchPanel(), noteOf(society())),
      element("div", { class: "controls" }, forecastPanel(), results)));
  updateAnswers();
}

function switchPanel() {
  const switches = DATA.mechanisms.map((mechanism, number) => {
    const on = STATE.switches >> number & 1;
    return element("button", {
      type: "button", role: "switch", class: "switch", "aria-checked": on ? "true" : "false",
      "data-switch": number, click: () => setSwitches(STATE.switches ^ (1 << number)),
    },
    element("span", { class: "knob", "aria-hidden": "true" }),
    element("span", { class: "name" }, named(mechanism.name), " ", element("b", { class: "state" }, t(on ? "state_on" : "state_off"))),
    element("span", { class: "about" }, t(`mechanism_${mechanism.key}`)));
  });
  return element("section", { id: "switches" },
    element("h2", {}, t("switches_choose")),
    switches,
    element("p", { class: "quick" },
      button(t("all_off"), () => setSwitches(0)), " ", button(t("all_on"), () => setSwitches(SWITCHES - 1))));
}

function setSwitches(mask) {
  STATE.switches = mask;
  FORECAST.revealed = false;
  for (const made of document.querySelectorAll("[data-switch]")) {
    const on = mask >> Number(made.dataset.switch) & 1;
    made.setAttribute("aria-checked", on ? "true" : "false");
    made.querySelector(".state").textContent = t(on ? "state_on" : "state_off");
  }
  updateAnswers();
  keep();
}

function forecastPanel() {
  const fields = FORECASTS.map(({ key, word }) => {
    const measure = MEASURE[key];
    const { factor, unit } = scaleOf(measure);
    const present = estimateOf(historiesOf(society(), 0, measure)).mean * factor;
    const input = element("input", {
      type: "number", step: "any", inputmode: "decimal", "data-forecast": key,
      value: FORECAST.values[key] ?? "", input: () => setForecast(key, input.value),
    });
    return element("label", {}, element("span", {}, t(word, unit)), input,
      element("small", {}, t("now_is", grouped(present, threeFigures(present)))));
  });
  const help = element("p", { id: "reveal-help", class: "small", role: "status" });
  const free = element("input", { type: "checkbox", id: "free", checked: FORECAST.free, change: () => setFree(free.checked) });
  const ask = element("div", { class: "ask-results" },
    button(t("reveal"), () => reveal(help), { class: "main", id: "reveal" }),
    element("label", { class: "check" }, free, ` ${t("free")}`));
  return element("section", { id: "forecast" },
    element("h2", {}, t("switches_forecast")),
    element("div", { class: "fields" }, fields, ask), help);
}

function setForecast(key, text) {
  const number = Number.parseFloat(text);
  FORECAST.values[key] = Number.isFinite(number) ? number : undefined;
  FORECAST.revealed = false;
  updateAnswers();
}

function setFree(free) {
  FORECAST.free = free;
  updateAnswers();
}

function reveal(help) {
  FORECAST.revealed = FORECASTS.some(({ key }) => FORECAST.values[key] != null);
  help.textContent = FORECAST.revealed ? "" : t("reveal_first");
  updateAnswers();
}

function noteOf(own) {
  return element("p", { class: "small note" }, t("interval_note", own.histories.length, DATA.years, own.identity));
}

// Two columns, so that short answers do not wait for long ones.
function columns([deaths, money, share, recovery]) {
  return [element("div", {}, deaths, recovery), element("div", {}, money, share)];
}

function updateAnswers() {
  const place = document.getElementById("answers");
  if (showing()) {
    fill(place, columns(answers(society(), STATE.switches, FORECAST.values)));
    return;
  }
  const titles = ["answer_deaths", "answer_money", "answer_share", "answer_recovery"];
  fill(place, columns(titles.map((title) => element("section", { class: "answer covered" },
    element("h3", {}, t(title)),
    element("p", { class: "question", "aria-hidden": "true" }, "?"),
    element("p", { class: "small" }, t("hidden"))))));
}
