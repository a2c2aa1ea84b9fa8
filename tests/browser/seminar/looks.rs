//! How the seminar page looks: in both languages, on a phone and a projector, by keys alone, in print.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot open the page must fail"
)]

use std::path::PathBuf;

use serde_json::json;
use tempfile::TempDir;

use super::{TOUR, answer, page};
use crate::common::chromium::{DESK, PHONE, print};

#[test]
#[ignore = "needs Chromium"]
fn no_text_of_the_other_language_is_left() {
    let script = format!(
        r#"{TOUR}
        const hidden = ["aria-label", "placeholder", "data-title", "title"];
        const texts = () => {{
          const inside = Array.from(document.body.querySelectorAll("*"), (made) => hidden.map((name) => made.getAttribute(name) ?? ""));
          const shown = [document.title, ...["head", "tabs", "main", "foot"].map((id) => document.getElementById(id).innerText), ...inside.flat()];
          return shown.join("\n").replaceAll(document.getElementById("language").textContent, "");
        }};
        const wrong = {{ zh: /(?<![0-9a-f])(?!riskweave|MB)[A-Za-z]{{2,}}/g, en: /[\u3000-\u9fff\uff00-\uffef]+/g }};
        const found = [];
        for (const lang of ["zh", "en"]) {{
          setLanguage(lang);
          tour((name) => {{
            const text = texts().replace(/riskweave/gi, "").replace(/\b[0-9a-f]{{8}}\b/g, "");
            for (const part of text.match(wrong[lang]) ?? []) found.push(`${{lang}} ${{name}}: ${{part}}`);
            if (/undefined|NaN|\{{\d\}}/.test(text)) found.push(`${{lang}} ${{name}}: unfilled`);
          }});
        }}
        return Array.from(new Set(found)).slice(0, 20);"#
    );
    assert_eq!(answer(&script, DESK), json!([]));
}

#[test]
#[ignore = "needs Chromium"]
fn every_word_stands_in_both_languages() {
    let script = r#"return Object.entries(WORDS).filter(([, [zh, en]]) => !zh || !en || zh.length === 0
        || (typeof zh === "string" && JSON.stringify([...zh.matchAll(/\{\d\}/g)].map(String).sort())
            !== JSON.stringify([...en.matchAll(/\{\d\}/g)].map(String).sort()))).map(([key]) => key);"#;
    assert_eq!(answer(script, DESK), json!([]));
}

#[test]
#[ignore = "needs Chromium"]
fn nothing_runs_out_of_a_phone_or_a_projector() {
    for window in [PHONE, DESK] {
        let script = format!(
            r#"{TOUR} const found = [];
            for (const lang of ["zh", "en"]) {{
              setLanguage(lang);
              tour((name) => {{
                const room = document.documentElement.clientWidth;
                if (document.documentElement.scrollWidth > room) found.push(`${{lang}} ${{name}}: the page is too wide`);
                for (const made of document.querySelectorAll("main *, header *, nav *")) {{
                  const {{ right, left, width }} = made.getBoundingClientRect();
                  if (width > 0 && !made.closest("svg") && (right > room + 1 || left < -1)) found.push(`${{lang}} ${{name}}: ${{made.tagName}} ${{made.className}}`);
                }}
                for (const text of document.querySelectorAll("svg text")) {{
                  const [own, outer] = [text, text.closest("svg")].map((made) => made.getBoundingClientRect());
                  if (own.right > outer.right + 2 || own.left < outer.left - 2 || own.bottom > outer.bottom + 2) found.push(`${{lang}} ${{name}}: ${{text.textContent}}`);
                }}
              }});
            }}
            return Array.from(new Set(found)).slice(0, 20);"#
        );
        assert_eq!(answer(&script, window), json!([]), "{window:?}");
    }
}

#[test]
#[ignore = "needs Chromium"]
fn keys_reach_everything_and_what_is_there_has_a_name() {
    let script = r#"
    setLanguage("en");
    document.getElementById("tab-0").focus();
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    const moved = document.activeElement.id;
    const nameless = [];
    for (const part of [0, 1, 2, 3]) {
      setPart(part);
      if (part === 2) drawHistory();
      for (const made of document.querySelectorAll("button, input, select")) {
        const named = made.textContent.trim() || made.getAttribute("aria-label") || made.labels?.length;
        if (!named || (made.tabIndex < 0 && made.getAttribute("role") !== "tab")) nameless.push(made.outerHTML);
      }
      for (const made of document.querySelectorAll("svg")) if (!made.getAttribute("aria-label")) nameless.push("a picture");
      if (document.querySelectorAll("h1").length !== 1) nameless.push("headings");
    }
    return { moved, nameless, lang: document.documentElement.lang };"#;
    let told = answer(script, DESK);
    assert_eq!(
        told,
        json!({ "moved": "tab-1", "nameless": [], "lang": "en" })
    );
}

#[test]
#[ignore = "needs Chromium"]
fn colours_of_text_stand_out() {
    // Contrast of at least 4.5 (WCAG 2.2, success criterion 1.4.3) of text on the nearest ground of one colour.
    let script = format!(
        r#"{TOUR}
        const canvas = document.createElement("canvas").getContext("2d", {{ willReadFrequently: true }});
        const known = new Map();
        const seen = (colour) => {{
          if (!known.has(colour)) {{
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            known.set(colour, Array.from(canvas.getImageData(0, 0, 1, 1).data));
          }}
          return known.get(colour);
        }};
        const light = ([red, green, blue]) => [red, green, blue].map((part) => part / 255)
          .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
          .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
        const ground = (made) => {{
          for (let above = made; above; above = above.parentElement) {{
            const colour = seen(getComputedStyle(above).backgroundColor);
            if (colour[3] === 255) return colour;
          }}
          return [255, 255, 255];
        }};
        const found = new Set();
        tour(() => {{
          for (const made of document.querySelectorAll("header *, nav *, main *, footer *")) {{
            const own = Array.from(made.childNodes).some((child) => child.nodeType === 3 && child.textContent.trim());
            if (!own || made.closest("svg") || made.closest("[aria-hidden]")) continue;
            const [one, other] = [light(seen(getComputedStyle(made).color)), light(ground(made))].sort((a, b) => b - a);
            if ((one + 0.05) / (other + 0.05) < 4.5) found.add(`${{made.tagName}} ${{made.className}} ${{made.textContent.slice(0, 20)}}`);
          }}
        }});
        return Array.from(found);"#
    );
    assert_eq!(answer(&script, DESK), json!([]));
}

#[test]
#[ignore = "needs Chromium"]
fn cards_are_printed_on_paper_of_their_own() {
    let folder = TempDir::new().unwrap();
    let text = std::fs::read_to_string(page()).unwrap();
    let start = r#"<script type="application/json" id="data">"#;
    let address = r##"<script>history.replaceState(null, "", "#lang=zh&part=2&groups=A:0000,B:2123")</script>"##;
    let copy = folder.path().join("cards.html");
    std::fs::write(&copy, text.replacen(start, &[address, start].concat(), 1)).unwrap();
    let [cards, whole] = ["cards.pdf", "whole.pdf"].map(|name| folder.path().join(name));
    print(&copy, &cards);
    print(&page(), &whole);
    let pages = |file: &PathBuf| {
        let bytes = std::fs::read(file).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        text.matches("/Type /Page\n").count() + text.matches("/Type /Page ").count()
    };
    // Fourteen cards of three across fill a sheet or two; the scoreboard begins on the next.
    assert!((2..=4).contains(&pages(&cards)), "{}", pages(&cards));
    assert!((1..=2).contains(&pages(&whole)), "{}", pages(&whole));
}
