//! The typeface built into the program: its bytes, how wide a text is, where a line may break.

use ttf_parser::Face;

/// Family name, as SVG text asks for it.
pub const FAMILY: &str = "Riskweave Sans";
/// The regular weight, an OpenType font under the SIL Open Font License.
pub static REGULAR: &[u8] = include_bytes!("font/RiskweaveSans-Regular.otf");
/// The bold weight; characters that it lacks are drawn in the regular one.
pub static BOLD: &[u8] = include_bytes!("font/RiskweaveSans-Bold.otf");

/// Weight of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// Plain text.
    #[default]
    Regular,
    /// Titles.
    Bold,
}

/// Width of a text in pixels at a size in pixels an em.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let faces = faces(weight);
    text.chars()
        .map(|character| advance(&faces, character))
        .sum::<f64>()
        * size
}

/// Characters of a text that the font cannot draw (each once, in order): a chart shows a box there.
pub fn missing(text: &str) -> Vec<char> {
    let faces = faces(Weight::Regular);
    let mut found = Vec::new();
    for character in text.chars().filter(|character| !character.is_control()) {
        if !faces
            .iter()
            .any(|face| face.glyph_index(character).is_some())
            && !found.contains(&character)
        {
            found.push(character);
        }
    }
    found
}

/// Breaks a text into at most `lines` lines of a width; what does not fit ends in an ellipsis.
pub fn wrap(text: &str, limit: f64, size: f64, weight: Weight, lines: usize) -> Vec<String> {
    let whole = broken(text, limit, size, weight, true);
    let fits = |line: &String| width(line.trim_end(), size, weight) <= limit;
    let mut done = if whole.len() <= lines && whole.iter().all(fits) {
        whole
    } else {
        broken(text, limit, size, weight, false)
    };
    let cut = done.len() > lines;
    done.truncate(lines);
    let count = done.len();
    for (number, line) in done.iter_mut().enumerate() {
        *line = shorten(
            line.trim_end(),
            limit,
            size,
            weight,
            cut && number + 1 == count,
        );
    }
    done
}

/// A text in lines of a width, what stands in brackets kept together if asked.
fn broken(text: &str, limit: f64, size: f64, weight: Weight, together: bool) -> Vec<String> {
    let mut done: Vec<String> = vec![String::new()];
    for piece in pieces(text, together) {
        let last = done.len() - 1;
        let longer = format!("{}{piece}", done[last]);
        if done[last].is_empty() || width(longer.trim_end(), size, weight) <= limit {
            done[last] = longer;
        } else {
            done.push(piece);
        }
    }
    done
}

/// Cuts a text to a width, ending in an ellipsis where something is left out.
fn shorten(text: &str, limit: f64, size: f64, weight: Weight, more: bool) -> String {
    if !more && width(text, size, weight) <= limit {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    loop {
        let start: String = kept.iter().collect();
        let dots = if kept.last().is_some_and(|last| wide(*last)) {
            "…"
        } else {
            "..."
        };
        let shown = format!("{}{dots}", start.trim_end());
        if kept.is_empty() || width(&shown, size, weight) <= limit {
            return shown;
        }
        kept.pop();
    }
}

/// Signs after which a line does not break.
const OPENING: &str = "([〔「《\u{201c}\u{ff08}";
/// Signs before which a line does not break.
const CLOSING: &str = " )],.;:%·、。〕」》\u{201d}\u{ff09}\u{ff0c}\u{ff1b}\u{ff1a}";

/// A text cut wherever a line may break: after spaces and between Chinese characters, but never
/// before a closing sign nor after an opening one; if asked, nor within brackets.
fn pieces(text: &str, together: bool) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let (mut previous, mut within) = ('(', false);
    for character in text.chars() {
        let may_break = (previous == ' ' || wide(previous) || wide(character))
            && !OPENING.contains(previous)
            && !CLOSING.contains(character)
            && !(together && within);
        within = match character {
            '(' | '\u{ff08}' => true,
            ')' | '\u{ff09}' => false,
            _ => within,
        };
        match pieces.last_mut() {
            Some(last) if !may_break => last.push(character),
            _ => pieces.push(character.to_string()),
        }
        previous = character;
    }
    pieces
}

/// Whether a character takes a whole em (Chinese characters and signs).
fn wide(character: char) -> bool {
    matches!(character as u32, 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0xFF01..=0xFF60)
}

/// The faces to look in, the wanted weight first.
fn faces(weight: Weight) -> Vec<Face<'static>> {
    let order = match weight {
        Weight::Regular => [REGULAR, BOLD],
        Weight::Bold => [BOLD, REGULAR],
    };
    order
        .iter()
        .filter_map(|bytes| Face::parse(bytes, 0).ok())
        .collect()
}

/// Advance of a character in ems; one whole em where no face has it.
fn advance(faces: &[Face<'_>], character: char) -> f64 {
    faces
        .iter()
        .find_map(|face| {
            let advance = face.glyph_hor_advance(face.glyph_index(character)?)?;
            Some(f64::from(advance) / f64::from(face.units_per_em()))
        })
        .unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_and_headings_are_bold_throughout() {
        use crate::measures::Measure;
        use crate::vocabulary::Vocabulary as _;
        let bold = Face::parse(BOLD, 0).unwrap();
        let headings = [
            "全部政策",
            "逐项政策",
            "直接损失(含人身损失)的超越概率曲线",
            "与基准之差",
            "各项机制有多大作用",
            "各层分担有多大作用",
        ];
        let words = Measure::ALL
            .iter()
            .map(|measure| measure.zh())
            .chain(headings);
        for character in words.flat_map(str::chars) {
            assert!(bold.glyph_index(character).is_some(), "{character}");
        }
    }

    #[test]
    fn a_chinese_character_is_one_em_wide() {
        assert_eq!(width("风险共担", 10.0, Weight::Regular), 40.0);
        let (plain, bold) = (
            width("risk", 10.0, Weight::Regular),
            width("risk", 10.0, Weight::Bold),
        );
        assert!(plain > 10.0 && plain < bold && bold < 30.0);
    }

    #[test]
    fn characters_outside_the_font_are_named_once() {
        assert_eq!(missing("巨灾𠀀保险𠀀"), vec!['𠀀']);
        assert!(missing("≤ ≥ → ● – — × ± ² ³ 〔〕「」·%‰ ° αβγ éü 亳州").is_empty());
    }

    #[test]
    fn lines_keep_to_the_limit_and_to_the_rules() {
        let lines = wrap("行业主管为主(三管三必须)", 110.0, 14.0, Weight::Regular, 2);
        assert_eq!(lines, ["行业主管为主", "(三管三必须)"]);
        let lines = wrap(
            "sectors lead (three musts)",
            110.0,
            14.0,
            Weight::Regular,
            2,
        );
        assert_eq!(lines, ["sectors lead", "(three musts)"]);
        let lines = wrap(
            "sector departments lead in all of it",
            110.0,
            14.0,
            Weight::Regular,
            2,
        );
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with("..."));
        assert!(
            lines
                .iter()
                .all(|line| width(line, 14.0, Weight::Regular) <= 110.0)
        );
    }
}
