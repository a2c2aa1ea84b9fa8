"use strict";
const pages = [...document.querySelectorAll(".page")];

function show(code) {
  for (const page of pages) {
    page.hidden = page.dataset.language !== code;
    if (!page.hidden) {
      document.documentElement.lang = page.lang;
      document.title = page.dataset.title;
    }
  }
  hide();
}
for (const button of document.querySelectorAll(".switch")) {
  button.addEventListener("click", () => {
    show(button.dataset.to);
    document.querySelector(".page:not([hidden]) .switch").focus();
  });
}

function key(cell) {
  const value = cell?.dataset.value;
  if (value === undefined) {
    const text = cell ? cell.textContent : "";
    const number = Number(text.replaceAll(",", "").replace("−", "-"));
    return text === "" || Number.isNaN(number) ? text : number;
  }
  return value === "" ? NaN : Number(value);
}
function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") {
    if (Number.isNaN(one) || Number.isNaN(other)) return Number.isNaN(one) - Number.isNaN(other);
    return one - other;
  }
  if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
  return one.localeCompare(other, document.documentElement.lang);
}
for (const head of document.querySelectorAll("table.sortable thead th")) {
  head.querySelector("button").addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const body = head.closest("table").tBodies[0];
    const rows = [...body.rows];
    const place = head.cellIndex;
    rows.sort((a, b) => compare(key(a.cells[place]), key(b.cells[place])) * (up ? 1 : -1));
    body.append(...rows);
  });
}

const tip = document.getElementById("tip");
function hide() {
  tip.hidden = true;
  for (const area of document.querySelectorAll(".hot .here")) area.classList.remove("here");
}
function tell(area) {
  hide();
  area.classList.add("here");
  tip.textContent = area.dataset.tip;
  tip.hidden = false;
  const box = area.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const left = Math.min(Math.max(box.left + box.width / 2 - tip.offsetWidth / 2, 4), width - tip.offsetWidth - 4);
  const above = box.top - tip.offsetHeight - 8;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${(above > 0 ? above : box.bottom + 8) + scrollY}px`;
}
for (const drawing of document.querySelectorAll(".drawing")) {
  const areas = [...drawing.querySelectorAll(".hot rect")];
  for (const area of areas) {
    // The page shows the text itself, at once and also by keyboard: the browser's own would double it.
    const title = area.querySelector("title");
    area.dataset.tip = title.textContent;
    title.remove();
    area.addEventListener("pointerenter", () => tell(area));
    area.addEventListener("pointerleave", hide);
    area.addEventListener("click", () => tell(area));
  }
  let place = -1;
  drawing.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") hide();
    if (!step || areas.length === 0) return;
    event.preventDefault();
    place = (place + step + areas.length) % areas.length;
    areas[place].scrollIntoView({ block: "nearest", inline: "nearest" });
    tell(areas[place]);
  });
  drawing.addEventListener("blur", hide);
}

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not(.long):not([open])")];
  for (const part of opened) part.open = true;
});
addEventListener("afterprint", () => {
  for (const part of opened) part.open = false;
});
