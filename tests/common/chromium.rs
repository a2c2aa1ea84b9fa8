//! A page in a real headless Chromium, without network: a script runs in it once it has loaded, and what
//! the script returns is read back, with all that stood in the console.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a browser that cannot be asked must fail the test"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Names under which systems install the browser.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
/// How long a page's own clock may run (ms); waiting is skipped, so this is not real time.
const CLOCK: u32 = 20_000;

/// Width and height of a window (pixels).
pub type Window = [u32; 2];
/// A desk, and a projector.
pub const DESK: Window = [1280, 800];
/// A phone.
pub const PHONE: Window = [390, 844];

/// What a page told.
#[derive(Clone, Debug)]
pub struct Told {
    /// What the script returned.
    pub answer: Value,
    /// Lines of the console.
    pub console: Vec<String>,
}

/// Opens a copy of a self-contained page and runs the body of an asynchronous function in it. The
/// function's result must be JSON.
pub fn ask(page: &Path, script: &str, window: Window) -> Told {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("page.html");
    std::fs::write(&copy, with_script(page, script)).unwrap();
    let frame = framed(folder.path(), &copy, window);
    let clock = format!("--virtual-time-budget={CLOCK}");
    let output = browse(&frame, window, &["--dump-dom", &clock]);
    let page = String::from_utf8(output.stdout).unwrap();
    let console: Vec<String> = String::from_utf8_lossy(&output.stderr)
        .lines()
        .filter(|line| line.contains(":CONSOLE"))
        .map(ToOwned::to_owned)
        .collect();
    let told = page
        .split_once(r#"<script type="application/json">"#)
        .and_then(|(_, rest)| rest.split_once("</script>"));
    let Some((told, _)) = told else {
        panic!("the page did not answer; console: {console:?}");
    };
    Told {
        answer: serde_json::from_str(told).unwrap(),
        console,
    }
}

/// Takes a picture of the top of a page.
pub fn photograph(page: &Path, window: Window, picture: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let frame = framed(folder.path(), page, window);
    let target = format!("--screenshot={}", picture.display());
    browse(&frame, window, &["--hide-scrollbars", &target]);
    assert!(picture.exists(), "no picture of {}", page.display());
}

/// Prints a page to PDF.
pub fn print(page: &Path, target: &Path) {
    let option = format!("--print-to-pdf={}", target.display());
    browse(page, DESK, &["--no-pdf-header-footer", &option]);
    assert!(target.exists(), "{} was not printed", page.display());
}

/// A page that shows another in a frame of exactly the size of a window (a window of the browser's own has
/// a least width beyond that of a phone) and keeps what it answers.
fn framed(folder: &Path, page: &Path, [width, height]: Window) -> PathBuf {
    let frame = folder.join("frame.html");
    let shown = page.canonicalize().unwrap();
    let text = format!(
        r#"<!doctype html><meta charset="utf-8"><body style="margin:0"><script>
addEventListener("message", ({{ data }}) => {{
const answer = document.createElement("script");
answer.type = "application/json";
answer.textContent = data;
document.body.append(answer);
}});</script>
<iframe src="file://{}" style="border:0;display:block;width:{width}px;height:{height}px"></iframe></body>"#,
        shown.display()
    );
    std::fs::write(&frame, text).unwrap();
    frame
}

fn with_script(page: &Path, script: &str) -> String {
    let text = std::fs::read_to_string(page).unwrap();
    let (before, after) = text.rsplit_once("</body>").expect("a body");
    format!(
        r#"{before}<script>addEventListener("load", async () => {{
let told;
try {{ told = await (async () => {{ {script} }})(); }} catch (error) {{ told = {{ error: String(error.stack || error) }}; }}
parent.postMessage(JSON.stringify(told ?? null).replaceAll("<", "\\u003c"), "*");
}});</script></body>{after}"#
    )
}

fn browse(page: &Path, [width, height]: Window, options: &[&str]) -> Output {
    let profile = tempfile::tempdir().unwrap();
    Command::new(browser())
        .args(["--headless", "--no-sandbox", "--disable-gpu"])
        .args([
            "--enable-logging=stderr",
            "--host-resolver-rules=MAP * ~NOTFOUND",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--window-size={width},{height}"))
        .args(options)
        .arg(format!("file://{}", page.canonicalize().unwrap().display()))
        .output()
        .unwrap()
}

fn browser() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .flat_map(|folder| NAMES.map(|name| folder.join(name)))
        .find(|program| program.is_file())
        .expect("these tests need Chromium: install the package `chromium`")
}
