//! Sums of money as people write them: `500万元`, `5 million yuan`, `5000000`, `¥1,234.56`.

use crate::model::record::Fen;

/// The largest sum that is read: ten trillion yuan, so that a table of losses cannot overflow (fen).
pub const GREATEST: Fen = 1_000_000_000_000_000;

/// Units after the number, with their worth in yuan; longer words before those they contain.
const UNITS: [(&str, i128); 12] = [
    ("万亿", 1_000_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("亿", 100_000_000),
    ("百万", 1_000_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("千万", 10_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("thousand", 1_000),
    ("bn", 1_000_000_000),
    ("m", 1_000_000),
];

/// Words that say that yuan are meant.
const CURRENCY: [&str; 7] = ["人民币", "元", "圆", "yuan", "rmb", "cny", "¥"];

/// A sum of money in fen, halves up, from 0 to [`GREATEST`]; `None` if the text is none.
pub fn parse(text: &str) -> Option<Fen> {
    let mut text = text.trim().to_lowercase().replace('￥', "¥");
    for word in CURRENCY {
        text = text.replace(word, "");
    }
    let mut text = text.trim();
    let mut worth = 1;
    for (word, yuan) in UNITS {
        if let Some(number) = text.strip_suffix(word) {
            (text, worth) = (number.trim_end(), yuan);
            break;
        }
    }
    let fen = decimal(text, worth * 100)?;
    (fen <= i128::from(GREATEST)).then_some(fen as Fen)
}

/// digits[.digits] × `worth`, halves up, exactly.
fn decimal(text: &str, worth: i128) -> Option<i128> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let whole = without_separators(whole)?;
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 18 || !digits(&whole) || part.len() > 18 || !digits(part) {
        return None;
    }
    let scale = 10_i128.pow(part.len() as u32);
    let value = format!("{whole}{part}").parse::<i128>().ok()?;
    Some((2 * value.checked_mul(worth)? + scale) / (2 * scale))
}

/// Digits without commas, which must stand before groups of three.
fn without_separators(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let sound = rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || first.len() <= 3);
    sound.then(|| format!("{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_in_both_languages() {
        let five_million = Some(500_000_000);
        for text in [
            "500万元",
            "500 万元",
            "5百万元",
            "0.05亿元",
            "5 million yuan",
            "5million",
            "5000000",
            "5,000,000",
            "￥5,000,000.00",
            "5000000元",
            "CNY 5000000",
            "5m",
        ] {
            assert_eq!(parse(text), five_million, "{text}");
        }
        assert_eq!(parse("1234.565"), Some(123_457));
        assert_eq!(parse("0"), Some(0));
        assert_eq!(parse("2.5千元"), Some(250_000));
    }

    #[test]
    fn what_is_no_sum_is_refused() {
        for text in [
            "",
            "元",
            "-5",
            "five",
            "1,00",
            "1e6",
            "NaN",
            "inf",
            "5..0",
            "5 dollars",
            "99万亿元",
            "1,2345",
            ".5",
            "5万万",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
