//! `seminar.html`: one self-contained page in both languages that answers in an instant from paired runs made
//! beforehand. The page loads nothing; its parts stand beside this file.

mod data;
mod gather;

pub use data::Data;
pub use gather::{Ran, data};

use super::web_font;

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
    // A machine without Chinese fonts has those of the page.
    let typeface = web_font::regular(&[PAGE, &json, &SCRIPTS.join("\n")].concat());
    let parts = [
        ("/*STYLE*/", typeface + STYLE),
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
    use crate::report::font;

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
    fn the_typeface_of_the_page_has_every_character_of_its_words() {
        let face = ttf_parser::Face::parse(font::REGULAR, 0).unwrap();
        let text = [PAGE, &SCRIPTS.join("")].concat();
        let missing: std::collections::BTreeSet<char> = text
            .chars()
            .filter(|c| !c.is_control() && face.glyph_index(*c).is_none())
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert!(
            page(&data(&[], [&[], &[]]))
                .unwrap()
                .contains("font/otf;base64,")
        );
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
