//! The typeface within a page: only the characters that the page uses, so that it looks the same everywhere.
//!
//! A PDF subsetter keeps the outlines; what a browser needs besides – a table from characters to glyphs
//! (`cmap`, format 4) and the metrics of `OS/2` – is added here.

use std::collections::BTreeMap;

use subsetter::GlyphRemapper;
use ttf_parser::{Face, RawFace};

use crate::report::{base64, font};

/// The style sheet of both weights with the characters of a text. Without a table that can be made, the
/// page falls back on the fonts of the reader.
pub(super) fn style(page: &str) -> String {
    // Characters that the bold weight lacks come from the regular one, which a browser then thickens.
    regular(page) + &face("Riskweave Sans Bold", 700, font::BOLD, &bold(page))
}

/// The style sheet of the regular weight alone, which a browser thickens where it is set bold.
pub(super) fn regular(page: &str) -> String {
    face("Riskweave Sans", 400, font::REGULAR, page)
}

fn face(family: &str, weight: u16, bytes: &'static [u8], text: &str) -> String {
    subset(bytes, text).map_or_else(String::new, |small| {
        let data = base64::encode(&small);
        format!(
            "@font-face{{font-family:\"{family}\";font-weight:{weight};src:url(data:font/otf;base64,{data})}}\n"
        )
    })
}

/// Text that a page sets bold: headings, heads of columns, what stands out, titles within charts.
fn bold(page: &str) -> String {
    const BEGIN: [&str; 7] = [
        "<h1",
        "<h2",
        "<h3",
        "<h4",
        "<strong",
        "<th scope=\"col\"",
        "font-weight=\"bold\"",
    ];
    let parts = BEGIN.iter().flat_map(|begin| page.split(begin).skip(1));
    parts.filter_map(|part| part.split("</").next()).collect()
}

/// A font with the characters of a text alone.
fn subset(bytes: &'static [u8], text: &str) -> Option<Vec<u8>> {
    let face = Face::parse(bytes, 0).ok()?;
    let mut glyphs = GlyphRemapper::new();
    let characters: std::collections::BTreeSet<char> = text.chars().collect();
    let map: BTreeMap<u16, u16> = characters
        .into_iter()
        .filter_map(|character| {
            let code = u16::try_from(u32::from(character)).ok()?;
            let glyph = face.glyph_index(character)?;
            Some((code, glyphs.remap(glyph.0)))
        })
        .collect();
    let small = subsetter::subset(bytes, 0, &glyphs).ok()?;
    let mut tables: BTreeMap<[u8; 4], Vec<u8>> = BTreeMap::new();
    let parsed = RawFace::parse(&small, 0).ok()?;
    for record in parsed.table_records {
        tables.insert(record.tag.to_bytes(), parsed.table(record.tag)?.to_vec());
    }
    let metrics = face
        .raw_face()
        .table(ttf_parser::Tag::from_bytes(b"OS/2"))?;
    tables.insert(*b"OS/2", metrics.to_vec());
    tables.insert(*b"cmap", character_map(&map));
    Some(assembled(tables))
}

/// Characters in rows, each with its glyph next to that of the one before.
fn segments(map: &BTreeMap<u16, u16>) -> Vec<(u16, u16, u16)> {
    let mut segments: Vec<(u16, u16, u16)> = Vec::new();
    for (&code, &glyph) in map {
        match segments.last_mut() {
            Some((first, last, start))
                if *last + 1 == code && *start + (code - *first) == glyph =>
            {
                *last = code;
            }
            _ => segments.push((code, code, glyph)),
        }
    }
    segments
}

/// The table from characters of the basic plane to glyphs: one subtable of format 4 for Windows and for
/// browsers.
fn character_map(map: &BTreeMap<u16, u16>) -> Vec<u8> {
    let mut segments = segments(map);
    segments.push((0xFFFF, 0xFFFF, 0));
    let count = segments.len() as u16;
    let power = count.ilog2() as u16;
    let search = 2 << power;
    let mut words: Vec<u16> = vec![
        0,
        1, // version, subtables
        3,
        1,
        0,
        12, // Windows, Unicode, offset
        4,
        16 + 8 * count,
        0, // format, length, language
        2 * count,
        search,
        power,
        2 * count - search,
    ];
    words.extend(segments.iter().map(|segment| segment.1));
    words.push(0);
    words.extend(segments.iter().map(|segment| segment.0));
    words.extend(segments.iter().map(|(first, last, glyph)| {
        if *last == 0xFFFF {
            1
        } else {
            glyph.wrapping_sub(*first)
        }
    }));
    words.extend(segments.iter().map(|_| 0));
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// Tables as one font file.
fn assembled(tables: BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.ilog2() as u16;
    let mut file = b"OTTO".to_vec();
    for word in [count, 16 << power, power, 16 * count - (16 << power)] {
        file.extend(word.to_be_bytes());
    }
    let mut offset = file.len() + 16 * tables.len();
    let mut body = Vec::new();
    for (tag, table) in tables {
        let length = table.len();
        let mut padded = table;
        padded.resize(length.next_multiple_of(4), 0);
        file.extend(tag);
        for word in [checksum(&padded), offset as u32, length as u32] {
            file.extend(word.to_be_bytes());
        }
        offset += padded.len();
        body.extend(padded);
    }
    file.extend(body);
    file
}

fn checksum(padded: &[u8]) -> u32 {
    let words = padded.chunks_exact(4);
    words.fold(0, |sum: u32, word| {
        sum.wrapping_add(u32::from_be_bytes([word[0], word[1], word[2], word[3]]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_text_is_found() {
        let page =
            "<h2>甲</h2>乙<p>丙<strong>丁</strong></p><text font-weight=\"bold\">戊</text>己";
        let found = bold(page);
        for (character, expected) in [
            ('甲', true),
            ('乙', false),
            ('丁', true),
            ('戊', true),
            ('己', false),
        ] {
            assert_eq!(found.contains(character), expected, "{character}");
        }
    }

    #[test]
    fn a_subset_draws_its_characters_as_wide_as_before_and_no_others() {
        let text = "损失 Risk 1,234.5 –";
        let small = subset(font::REGULAR, text).unwrap();
        assert!(small.len() < font::REGULAR.len() / 40);
        let (whole, part) = (
            Face::parse(font::REGULAR, 0).unwrap(),
            Face::parse(&small, 0).unwrap(),
        );
        for character in text.chars() {
            let advance = |face: &Face<'_>| face.glyph_hor_advance(face.glyph_index(character)?);
            assert_eq!(advance(&part), advance(&whole), "{character}");
            assert!(advance(&part).is_some());
        }
        assert_eq!(part.glyph_index('政'), None);
        assert_eq!(part.ascender(), whole.ascender());
    }
}
