//! One colour, pattern or mark for each thing, the same in every chart. The colours keep apart for
//! colour-blind readers; neighbours differ in lightness and pattern, so grey print works too.

use plotters::style::RGBColor;

use crate::report::style::UNRESOLVED;
use crate::vocabulary::{Bearer, Category};

/// Lines drawn over a filled area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hatch {
    /// None.
    Plain,
    /// Rising lines.
    Rising,
    /// Falling lines.
    Falling,
    /// Upright lines.
    Upright,
    /// Level lines.
    Level,
}

/// Colour and pattern of an area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Ground.
    pub colour: RGBColor,
    /// Lines over it.
    pub hatch: Hatch,
}

/// Shape of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// ●
    Circle,
    /// ■
    Square,
    /// ◆
    Diamond,
    /// ▲
    Up,
    /// ▼
    Down,
    /// ▶
    Right,
    /// ◀
    Left,
    /// A six-sided figure.
    Hexagon,
}

/// Colour and mark of a policy's points and lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Colour.
    pub colour: RGBColor,
    /// Shape of its points.
    pub shape: Shape,
    /// Whether the points are drawn as outlines.
    pub hollow: bool,
}

impl Mark {
    /// The mark where the runs do not tell a difference from zero: grey and hollow.
    #[must_use]
    pub fn unresolved(self) -> Self {
        Mark {
            colour: UNRESOLVED,
            hollow: true,
            ..self
        }
    }
}

/// Fill of a bearer: residents red, enterprises amber, governments blue from the centre (dark) to the
/// county (light), insurance green, charity violet.
pub fn bearer(bearer: Bearer) -> Fill {
    let (red, green, blue, hatch) = match bearer {
        Bearer::Residents => (0xB8, 0x3A, 0x26, Hatch::Plain),
        Bearer::Enterprises => (0xF2, 0xB1, 0x34, Hatch::Rising),
        Bearer::Centre => (0x14, 0x3A, 0x66, Hatch::Plain),
        Bearer::Province => (0x3F, 0x7F, 0xBF, Hatch::Falling),
        Bearer::City => (0x8F, 0xBD, 0xE3, Hatch::Plain),
        Bearer::County => (0xD3, 0xE5, 0xF4, Hatch::Upright),
        Bearer::SocialInsurance => (0x0F, 0x5C, 0x50, Hatch::Level),
        Bearer::Insurers => (0x3E, 0xA3, 0x8B, Hatch::Rising),
        Bearer::Pool => (0x8A, 0xCF, 0xB4, Hatch::Level),
        Bearer::Reinsurers => (0xD0, 0xEC, 0xDF, Hatch::Falling),
        Bearer::Charity => (0xA9, 0x86, 0xC0, Hatch::Upright),
    };
    Fill {
        colour: RGBColor(red, green, blue),
        hatch,
    }
}

/// Fill of a statutory category of emergencies.
pub fn category(category: Category) -> Fill {
    let (red, green, blue, hatch) = match category {
        Category::Natural => (0x1F, 0x6F, 0xA8, Hatch::Plain),
        Category::Accident => (0xF2, 0xB1, 0x34, Hatch::Rising),
        Category::Health => (0x3E, 0xA3, 0x8B, Hatch::Falling),
        Category::Social => (0xA9, 0x86, 0xC0, Hatch::Upright),
    };
    Fill {
        colour: RGBColor(red, green, blue),
        hatch,
    }
}

/// Policies that have a mark of their own wherever they appear, in the order of [`MARKS`].
const NAMED: [&str; 8] = [
    "current-2020",
    "territorial-led",
    "sector-led",
    "enterprise-primary",
    "fiscal-backstop",
    "public-catastrophe-cover",
    "layered-sharing",
    "network",
];

/// Eight marks; a second eight, for the user's own policies, are the same in a darker colour and hollow.
const MARKS: [(RGBColor, Shape); 8] = [
    (RGBColor(0x3A, 0x3F, 0x46), Shape::Circle),
    (RGBColor(0x00, 0x66, 0xA6), Shape::Square),
    (RGBColor(0x3B, 0xA0, 0xDB), Shape::Diamond),
    (RGBColor(0xD9, 0x8E, 0x04), Shape::Up),
    (RGBColor(0xC2, 0x62, 0x96), Shape::Down),
    (RGBColor(0x00, 0x8F, 0x68), Shape::Right),
    (RGBColor(0x75, 0x4F, 0xA8), Shape::Left),
    (RGBColor(0xC9, 0x4A, 0x0A), Shape::Hexagon),
];

/// Marks of the policies of an experiment, in their order: the policies that ship with the program
/// have theirs, others take the hollow ones in turn (and after eight of them the full ones).
pub fn policies<'a>(keys: impl IntoIterator<Item = &'a str>) -> Vec<Mark> {
    let mut own = NAMED.len();
    let mut place = |key: &str| {
        NAMED
            .iter()
            .position(|named| *named == key)
            .unwrap_or_else(|| {
                own += 1;
                own - 1
            })
    };
    keys.into_iter().map(|key| mark(place(key))).collect()
}

/// The mark of a place; from the ninth on hollow and darker.
fn mark(place: usize) -> Mark {
    let (colour, shape) = MARKS[place % MARKS.len()];
    let hollow = (place / MARKS.len()) % 2 == 1;
    let colour = if hollow { darker(colour) } else { colour };
    Mark {
        colour,
        shape,
        hollow,
    }
}

/// A colour at two thirds of its light.
pub fn darker(RGBColor(red, green, blue): RGBColor) -> RGBColor {
    let less = |part: u8| (u16::from(part) * 2 / 3) as u8;
    RGBColor(less(red), less(green), less(blue))
}

/// Perceived lightness of a colour, 0 (black) to 1 (white), by the weights of Rec. 709.
pub fn lightness(RGBColor(red, green, blue): RGBColor) -> f64 {
    (0.2126 * f64::from(red) + 0.7152 * f64::from(green) + 0.0722 * f64::from(blue)) / 255.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn neighbours_differ_in_lightness() {
        for pair in Bearer::ALL.windows(2) {
            let (first, second) = (bearer(pair[0]), bearer(pair[1]));
            let apart = (lightness(first.colour) - lightness(second.colour)).abs();
            assert!(
                apart > 0.12 && first.hatch != second.hatch,
                "{pair:?}: {apart}"
            );
        }
    }

    #[test]
    fn a_policy_keeps_its_mark_in_any_company() {
        let all = policies(NAMED);
        let few = policies(["own", "network", "sector-led"]);
        assert_eq!(few[1], all[7]);
        assert_eq!(few[2], all[2]);
        assert!(!all.contains(&few[0]) && few[0].hollow);
    }

    #[test]
    fn sixteen_policies_have_sixteen_marks() {
        let keys: Vec<String> = (0..16).map(|number| format!("own-{number}")).collect();
        let marks = policies(keys.iter().map(String::as_str));
        for (number, mark) in marks.iter().enumerate() {
            assert!(!marks[..number].contains(mark));
        }
    }
}
