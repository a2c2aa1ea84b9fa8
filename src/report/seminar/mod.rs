//! `seminar.html`: one self-contained page in both languages that answers in an instant from paired runs made
//! beforehand. The page loads nothing; its parts stand beside this file.

mod base64;
mod data;
mod gather;

pub use data::Data;
pub use gather::{Ran, data};

const PAGE: &str = include_str!("page.html");
const STYLE: &str = concat!(include_str!("style.css"), include_str!("print.css"));
const SCRIPTS: [&str; 12] = [
    include_str!("words.js"),
    include_str!("limits.js"),
    include_str!("runs.js"),
    include_str!("numbers.js"),
    include_str!("page.js"),
    include_str!("draw.js"),
    include_str!("answers.js"),
    include_str!("switches.js"),
    include_str!("cards.js"),
    include_str!("luck.js"),
    include_str!("story.js"),
    include_str!("main.js"),
];

/// Writes the page.
///
/// # Errors
/// If the data cannot be written as JSON, which no data of a run causes.
pub fn page(data: &Data) -> Result<String, serde_json::Error> {
    // Nothing within the data may end the element that holds it.
    let json = serde_json::to_string(data)?.replace('<', "\\u003c");
    let parts = [
        ("/*STYLE*/", STYLE.to_owned()),
        ("/*DATA*/", json),
        ("/*SCRIPT*/", SCRIPTS.join("\n")),
    ];
    let mut text = PAGE.to_owned();
    for (mark, part) in parts {
        if let Some((before, after)) = text.split_once(mark) {
            text = [before, &part, after].concat();
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_nothing_that_could_be_loaded() {
        let all = [PAGE, STYLE, &SCRIPTS.join("\n")].concat();
        for name in [
            "http:", "https:", "src=", "import ", "fetch(", "url(", "<link",
        ] {
            let found = all.replace("http://www.w3.org/2000/svg", "");
            let local = found.replace("url(#", "");
            assert!(!local.contains(name), "{name}");
        }
    }

    #[test]
    fn data_cannot_end_the_element_that_holds_them() {
        let mut data = data(&[], [&[], &[]]);
        data.colours[0] = "</script>".to_owned();
        let text = page(&data).unwrap();
        assert!(text.contains("\\u003c/script>"));
        assert!(!text.contains("/*DATA*/") && !text.contains("/*SCRIPT*/"));
    }
}
