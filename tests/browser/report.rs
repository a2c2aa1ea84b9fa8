//! The report and the briefs in a real headless Chromium: languages, sorting, tooltips, folding, print,
//! names and contrast, and nothing loaded from anywhere.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files must fail"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common::chromium::{DESK, PHONE, Told, Window, ask, print};
use crate::program::program;
use tempfile::TempDir;

/// Most bytes of a report.
const LIMIT: u64 = 3_000_000;

/// The folder of a short run of the fictional city in English, made once.
fn run() -> &'static Path {
    static RUN: OnceLock<TempDir> = OnceLock::new();
    let folder = RUN.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let options = [
            "--replications",
            "3",
            "--years",
            "2",
            "--people-per-agent",
            "1000",
        ];
        let output = program()
            .current_dir(folder.path())
            .args(["compare", "seminar-county", "--quiet", "--out", "city"])
            .args(options)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        folder
    });
    folder.path()
}

fn page(name: &str) -> PathBuf {
    run().join("city").join(name)
}

/// Asks a page and requires that its console said nothing.
fn answer(name: &str, script: &str, window: Window) -> serde_json::Value {
    let Told { answer, console } = ask(&page(name), script, window);
    assert_eq!(console, Vec::<String>::new(), "{name}");
    assert!(answer.get("error").is_none(), "{name}: {answer}");
    answer
}

const PAGES: [&str; 3] = ["report.html", "brief.zh.html", "brief.en.html"];

#[test]
#[ignore = "needs Chromium"]
fn pages_are_small_and_load_nothing() {
    assert!(fs::metadata(page("report.html")).unwrap().len() < LIMIT);
    for name in PAGES {
        let text = fs::read_to_string(page(name)).unwrap();
        for word in ["http://", "https://", "src=\"", "@import", "<link"] {
            let elsewhere = text.replace("http://www.w3.org/2000/svg", "");
            assert!(!elsewhere.contains(word), "{name}: {word}");
        }
        let loaded = answer(
            name,
            "return performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).map(e => e.name)",
            DESK,
        );
        assert_eq!(loaded, serde_json::json!([]), "{name}");
    }
}

/// Text that is seen: of elements with a size, not folded away.
const SEEN: &str = r"
const seen = () => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const own = walk.currentNode.parentElement;
    if (['SCRIPT', 'STYLE', 'TITLE'].includes(own.tagName)) continue;
    if (walk.currentNode.textContent.trim() && own.checkVisibility()) found.push(walk.currentNode);
  }
  return found;
};
";

#[test]
#[ignore = "needs Chromium"]
fn the_switch_leaves_no_text_of_the_other_language() {
    let script = format!(
        r"{SEEN}
const of = () => ({{
  language: document.documentElement.lang, title: document.title,
  pages: [...document.querySelectorAll('.page')].filter(p => p.checkVisibility()).map(p => p.lang),
  other: seen().filter(n => n.parentElement.closest('[lang]').lang !== document.documentElement.lang).map(n => n.textContent.trim()),
  chinese: seen().filter(n => !n.parentElement.closest('.switch') && /[\u4e00-\u9fff]/.test(n.textContent)).length,
}});
for (const part of document.querySelectorAll('details')) part.open = true;
const before = of();
document.querySelector('.page:not([hidden]) .switch').click();
const after = of();
return {{ before, after }};"
    );
    let told = answer("report.html", &script, DESK);
    let expected = |language: &str, other: &str| {
        (
            serde_json::json!(language),
            serde_json::json!([language]),
            serde_json::json!([other]),
        )
    };
    for (side, language, other) in [("before", "en", "中文"), ("after", "zh-Hans", "English")] {
        let of = &told[side];
        assert_eq!(
            (
                of["language"].clone(),
                of["pages"].clone(),
                of["other"].clone()
            ),
            expected(language, other)
        );
    }
    assert_eq!(told["before"]["chinese"], 0);
    assert!(told["after"]["chinese"].as_u64().unwrap() > 500);
    assert_ne!(told["before"]["title"], told["after"]["title"]);
}

#[test]
#[ignore = "needs Chromium"]
fn a_click_on_a_head_sorts_numbers_by_their_size() {
    let script = r"
const table = document.querySelector('.page:not([hidden]) #headline-en table');
const values = () => [...table.tBodies[0].rows].map(row => Number(row.cells[3].dataset.value));
const button = table.tHead.rows[0].cells[3].querySelector('button');
const before = values();
button.click();
const up = values(), sort = button.closest('th').getAttribute('aria-sort');
button.click();
const down = values();
table.tHead.rows[0].cells[0].querySelector('button').click();
const names = [...table.tBodies[0].rows].map(row => row.cells[0].textContent);
return { before, up, down, sort, names };";
    let told = answer("report.html", script, DESK);
    let numbers = |side: &str| -> Vec<f64> { serde_json::from_value(told[side].clone()).unwrap() };
    let mut sorted = numbers("before");
    sorted.sort_by(f64::total_cmp);
    assert!(sorted.len() >= 4);
    assert_eq!(numbers("up"), sorted);
    sorted.reverse();
    assert_eq!(numbers("down"), sorted);
    assert_eq!(told["sort"], "ascending");
    let names: Vec<String> = serde_json::from_value(told["names"].clone()).unwrap();
    let mut by_name = names.clone();
    by_name.sort_by_key(|name| name.to_lowercase());
    assert_eq!(names, by_name);
}

#[test]
#[ignore = "needs Chromium"]
fn tooltips_show_by_pointer_and_by_keyboard() {
    let script = r"
const told = [];
const tip = document.getElementById('tip');
for (const drawing of document.querySelectorAll('.page:not([hidden]) #charts-en .drawing')) {
  const area = drawing.querySelector('.hot rect');
  area.dispatchEvent(new PointerEvent('pointerenter'));
  const pointed = tip.hidden ? '' : tip.textContent;
  area.dispatchEvent(new PointerEvent('pointerleave'));
  const gone = tip.hidden;
  drawing.focus();
  drawing.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  drawing.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  const read = tip.hidden ? '' : tip.textContent;
  drawing.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  told.push([drawing.closest('figure').dataset.chart, pointed, gone, read, tip.hidden]);
}
return told;";
    let told = answer("report.html", script, DESK);
    let told: Vec<(String, String, bool, String, bool)> = serde_json::from_value(told).unwrap();
    assert_eq!(told.len(), 5);
    for (chart, pointed, gone, read, hidden) in told {
        assert!(
            pointed.contains(|c: char| c.is_ascii_digit()),
            "{chart}: {pointed}"
        );
        assert!(
            gone && hidden && read.len() > 5 && read != pointed,
            "{chart}: {read}"
        );
    }
}

#[test]
#[ignore = "needs Chromium"]
fn five_charts_stand_open_and_the_others_unfold() {
    let script = r"
const of = (chart) => chart.checkVisibility();
const charts = [...document.querySelectorAll('.page:not([hidden]) figure.chart')];
const open = charts.filter(of).length;
for (const summary of document.querySelectorAll('#more-en > details > summary, #stories-en > details > summary')) summary.click();
await new Promise(done => setTimeout(done, 100));
return { open, all: charts.filter(of).length, charts: charts.length };";
    let told = answer("report.html", script, DESK);
    assert_eq!(told["open"], 5);
    assert_eq!(told["all"], told["charts"]);
    assert!(told["charts"].as_u64().unwrap() >= 8);
}

/// Sheets of a PDF as Chromium prints it.
fn sheets(pdf: &Path) -> usize {
    let bytes = fs::read(pdf).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    text.matches("/Type /Page\n").count()
        + text.matches("/Type /Page ").count()
        + text.matches("/Type /Page/").count()
}

#[test]
#[ignore = "needs Chromium"]
fn a_brief_prints_to_one_sheet_and_the_report_with_its_folded_parts() {
    let folder = TempDir::new().unwrap();
    let pdf = folder.path().join("page.pdf");
    for name in ["brief.zh.html", "brief.en.html"] {
        print(&page(name), &pdf);
        assert_eq!(sheets(&pdf), 1, "{name}");
        fs::remove_file(&pdf).unwrap();
    }
    print(&page("report.html"), &pdf);
    let count = sheets(&pdf);
    assert!((8..=60).contains(&count), "{count} sheets");
}

#[test]
#[ignore = "needs Chromium"]
fn headings_are_in_order_and_everything_has_a_name() {
    let script = r"
for (const part of document.querySelectorAll('details')) part.open = true;
const levels = [...document.querySelectorAll('h1,h2,h3,h4')].filter(h => h.checkVisibility()).map(h => Number(h.tagName[1]));
const jumps = levels.filter((level, n) => n > 0 && level > levels[n - 1] + 1);
const nameless = [...document.querySelectorAll('svg,img')].filter(e => !(e.getAttribute('role') === 'img' && e.getAttribute('aria-label'))).length;
const heads = [...document.querySelectorAll('th')].filter(th => !th.scope).length;
const empty = [...document.querySelectorAll('button,a,summary')].filter(e => !e.textContent.trim()).length;
const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
const links = [...document.querySelectorAll('a[href^=\x22#\x22]')].filter(a => !document.getElementById(a.hash.slice(1))).length;
return { first: levels[0], ones: levels.filter(l => l === 1).length, jumps, nameless, heads, empty, links,
  twice: ids.length - new Set(ids).size, drawings: document.querySelectorAll('svg').length, language: document.documentElement.lang };";
    for name in PAGES {
        let told = answer(name, script, DESK);
        assert_eq!(
            (&told["first"], &told["ones"]),
            (&1.into(), &1.into()),
            "{name}"
        );
        assert_eq!(told["jumps"], serde_json::json!([]), "{name}");
        for key in ["nameless", "heads", "empty", "links", "twice"] {
            assert_eq!(told[key], 0, "{name}: {key}");
        }
        assert!(told["drawings"].as_u64().unwrap() >= 2, "{name}");
        assert_ne!(told["language"], "", "{name}");
    }
}

/// Least contrast of a text with what is behind it (WCAG 2.2, level AA).
const CONTRAST: f64 = 4.5;

#[test]
#[ignore = "needs Chromium"]
fn text_has_contrast() {
    let script = format!(
        r"{SEEN}
const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
const light = ([r, g, b]) => {{
  const of = (v) => {{ v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }};
  return 0.2126 * of(r) + 0.7152 * of(g) + 0.0722 * of(b);
}};
const ground = (element) => {{
  for (let own = element; own; own = own.parentElement) {{
    const colour = parts(getComputedStyle(own).backgroundColor);
    if (colour.length < 4 || colour[3] > 0) return colour;
  }}
  return [255, 255, 255];
}};
for (const part of document.querySelectorAll('details')) part.open = true;
let least = 99, text = '';
for (const node of seen()) {{
  const own = node.parentElement;
  if (own.closest('svg')) continue;
  const [a, b] = [light(parts(getComputedStyle(own).color)), light(ground(own))];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < least) {{ least = contrast; text = node.textContent.trim(); }}
}}
return {{ least, text }};"
    );
    for name in PAGES {
        let told = answer(name, &script, DESK);
        assert!(
            told["least"].as_f64().unwrap() >= CONTRAST,
            "{name}: {told}"
        );
    }
}

#[test]
#[ignore = "needs Chromium"]
fn a_phone_needs_not_scroll_sideways() {
    let script = r"
for (const part of document.querySelectorAll('details')) part.open = true;
const wide = document.documentElement.scrollWidth;
const switcher = document.querySelector('.page:not([hidden]) .switch');
if (switcher) switcher.click();
return [wide, document.documentElement.scrollWidth, document.documentElement.clientWidth];";
    for name in PAGES {
        let told: Vec<u32> = serde_json::from_value(answer(name, script, PHONE)).unwrap();
        assert!(
            told[0] <= PHONE[0] && told[1] <= PHONE[0],
            "{name}: {told:?}"
        );
    }
}

#[test]
#[ignore = "needs Chromium"]
fn chart_makes_the_pages_again() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("again");
    let output = program()
        .args(["chart", "--format", "svg", "--out"])
        .arg(&target)
        .arg(run().join("city"))
        .output()
        .unwrap();
    assert!(output.status.success());
    for name in PAGES {
        assert!(
            fs::read(target.join(name)).unwrap() == fs::read(page(name)).unwrap(),
            "{name}"
        );
    }
}
