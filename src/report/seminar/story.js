// Part four: one danger under two arrangements, told up to each decision point and no further.

// Opening; then for each phase a question and what came of it; then the ending.
const STEPS = 2 + 2 * DATA.phases.length;
const STORY = { step: 0 };

function buildStory(place) {
  const story = society().story;
  const stage = element("div", { id: "story", "aria-live": "polite" });
  fill(place, element("p", { class: "how" }, t("story_how")), stage);
  if (story) updateStory();
  else fill(stage, element("p", {}, t("story_none")));
}

function goTo(step) {
  STORY.step = Math.max(0, Math.min(STEPS - 1, step));
  updateStory();
  document.getElementById("story-next").focus();
  document.getElementById("story").querySelector("section:last-of-type").scrollIntoView({ block: "nearest" });
}

function updateStory() {
  const story = society().story;
  const phase = Math.floor((STORY.step - 1) / 2);
  const told = STORY.step % 2 === 0;
  const last = STORY.step === STEPS - 1;
  const shown = [opening(story)];
  const upTo = last ? DATA.phases.length : phase + 1;
  for (let number = 0; STORY.step > 0 && number < upTo; number += 1) {
    shown.push(point(story, number, number < phase || told || last));
  }
  if (last) shown.push(ending(story));
  const next = STORY.step % 2 === 1 && !last ? "story_next" : "story_go";
  fill(document.getElementById("story"), shown, element("p", { class: "row steps" },
    STORY.step > 0 && button(t("story_back"), () => goTo(STORY.step - 1), { id: "story-back" }),
    last
      ? button(t("story_restart"), () => goTo(0), { id: "story-next" })
      : button(t(next), () => goTo(STORY.step + 1), { class: "main", id: "story-next" })));
}

function opening(story) {
  const { week, kind } = story.sides[0].events[0];
  return element("section", { class: "answer" },
    element("h2", {}, `${t("story_opening")} · ${t("story_when", story.history, Math.floor(week / 52) + 1, (week % 52) + 1)}`),
    element("p", { class: "level" }, t("story_begins", named(kind))),
    STORY.step === 0 && element("p", {}, t("story_same")));
}

// One decision point: its question, and under each arrangement who had the duty and what came of it.
function point(story, number, told) {
  const phase = DATA.phases[number];
  const side = (own, place) => element("div", { class: `side side-${place}` },
    element("h3", {}, named(own.name)),
    element("ul", {}, [...duty(own.duties[number]), ...outcome(own, phase)].map((text) => element("li", {}, text))));
  return element("section", { class: "answer point", "data-phase": phase.key },
    element("h2", {}, named(phase.name)),
    element("p", { class: "ask" }, t(`story_ask_${phase.key}`)),
    told && element("div", { class: "sides" }, story.sides.map(side)));
}

function duty({ lead, gap, overlap, handoverHours, messageLoss }) {
  const told = [t("story_lead", lead ? t(lead) : t("story_nobody"))];
  if (gap > 0) told.push(t("story_gap", percent(gap)));
  if (overlap > 0) told.push(t("story_overlap", percent(overlap)));
  if (gap === 0 && overlap === 0) told.push(t("story_clear"));
  if (handoverHours > 0) told.push(t("story_handover", grouped(handoverHours, 1), percent(messageLoss)));
  return told;
}

function outcome(side, phase) {
  const first = side.events[0];
  if (!first) return phase.key === "prevent" ? [t("story_prevented")] : [t("story_nothing")];
  return {
    prevent: () => [t("story_happened")],
    warn: () => [first.warned > 0 ? t("story_warned", percent(first.warned)) : t("story_not_warned")],
    respond: () => responded(side.events),
    recover: () => recovered(side.events),
  }[phase.key]();
}

function sumOf(events, figure) {
  return events.reduce((sum, event) => sum + event[figure], 0);
}

function responded(events) {
  const [first, ...more] = events;
  const told = [];
  if (first.hoursToReach > 0) told.push(t("story_reach", grouped(first.hoursToReach, 1)));
  told.push(more.length ? t("story_cascade", more.length) : t("story_contained"));
  told.push(t("story_toll", sumOf(events, "deaths"), sumOf(events, "injuries")));
  if (first.failedOwner) told.push(t("story_failed", t(first.failedOwner)));
  return told;
}

function recovered(events) {
  const sums = ["loss", "insured", "public", "residents"].map((figure) => money(sumOf(events, figure)));
  return [
    t("story_paid", ...sums),
    t("story_reported", sumOf(events, "deathsReported"), sumOf(events, "deaths")),
  ];
}

function ending(story) {
  const side = (own, place) => element("div", { class: `side side-${place}` },
    element("h3", {}, named(own.name)),
    element("p", { class: "level" }, own.events.length
      ? t("story_toll", sumOf(own.events, "deaths"), sumOf(own.events, "injuries"))
      : t("story_prevented")),
    element("ol", { class: "chain", "aria-label": t("story_chain") }, own.events.map((event) =>
      element("li", { style: `margin-left:${event.generation}em` },
        t("story_event", (event.week % 52) + 1, t(event.kind), event.deaths)))));
  return element("section", { class: "answer", id: "ending" },
    element("h2", {}, `${t("story_ending")} · ${t("story_chain")}`),
    element("div", { class: "sides" }, story.sides.map(side)),
    element("p", { class: "told" }, t("story_questions")),
    element("p", { class: "small" }, t("story_chosen")));
}
