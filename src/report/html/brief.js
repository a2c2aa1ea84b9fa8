"use strict";
// Fonts of printers and long names differ: what is more than one sheet is made smaller, as a whole.
const sheet = document.querySelector("main");
addEventListener("beforeprint", () => {
  sheet.style.width = "186mm";
  const room = (274 / 25.4) * 96;
  const high = sheet.getBoundingClientRect().height;
  if (high > room) sheet.style.zoom = room / high;
});
addEventListener("afterprint", () => {
  sheet.removeAttribute("style");
});
