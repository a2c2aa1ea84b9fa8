//! Every chart, in both languages, for usual figures and for one policy, sixteen and extremes: all
//! characters have glyphs, no text leaves the sheet or covers another, and drawing is repeatable.
#![expect(clippy::unwrap_used, reason = "a failed test says where")]

#[path = "../examples/draw_charts/data.rs"]
mod data;
#[path = "../examples/draw_charts/tornadoes.rs"]
mod tornadoes;
#[path = "../examples/draw_charts/waterfalls.rs"]
mod waterfalls;

use resvg::usvg::roxmltree::{Document, Node};
use riskweave::measures::payers::Payer;
use riskweave::report::charts::ladder::Step;
use riskweave::report::charts::{Charts, columns, tornado, waterfall};
use riskweave::report::font::{self, Weight};
use riskweave::report::svg::{FINENESS, Size, outline, render, sized};
use riskweave::vocabulary::{Bearer, Language, Vocabulary};

const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

/// A chart: what it is, its SVG and its table.
struct Drawn {
    name: String,
    svg: String,
    table: String,
}

fn draw(sample: &data::Sample, language: Language) -> Vec<Drawn> {
    let charts = sample.charts.draw(language).into_iter();
    let drawn = charts.map(|chart| Drawn {
        name: format!("{}.{}.{}", sample.name, chart.name, language.code()),
        svg: chart.svg.unwrap(),
        table: chart.table,
    });
    drawn.collect()
}

fn all() -> Vec<Drawn> {
    let samples = data::samples();
    let comparisons = LANGUAGES
        .iter()
        .flat_map(|language| samples.iter().flat_map(|s| draw(s, *language)));
    comparisons
        .chain(attributions())
        .chain(sensitivities())
        .collect()
}

/// The waterfalls of the attribution.
fn attributions() -> Vec<Drawn> {
    let samples = waterfalls::samples();
    let one = |(sample, data): &(&str, waterfall::Data), language: Language| Drawn {
        name: format!("{sample}.attribution.{}", language.code()),
        svg: waterfall::svg(data, language).unwrap(),
        table: waterfall::table(data, language),
    };
    LANGUAGES
        .iter()
        .flat_map(|language| samples.iter().map(|sample| one(sample, *language)))
        .collect()
}

/// The tornadoes of the sensitivity analysis.
fn sensitivities() -> Vec<Drawn> {
    let samples = tornadoes::samples();
    let one = |(sample, data): &(&str, tornado::Data), language: Language| Drawn {
        name: format!("{sample}.tornado.{}", language.code()),
        svg: tornado::svg(data, language).unwrap(),
        table: tornado::table(data, language),
    };
    LANGUAGES
        .iter()
        .flat_map(|language| samples.iter().map(|sample| one(sample, *language)))
        .collect()
}

/// A text and the rectangle that it takes, in logical pixels.
#[derive(Debug)]
struct Placed {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Placed {
    fn of(node: &Node) -> Self {
        let number = |name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap() / FINENESS;
        assert_eq!(node.attribute("dy"), Some("0.36em"));
        assert_eq!(node.attribute("font-family"), Some(font::FAMILY));
        let text = node.text().unwrap().trim().to_owned();
        let bold = node.attribute("font-weight").is_some();
        let size = number("font-size");
        let weight = if bold { Weight::Bold } else { Weight::Regular };
        let width = font::width(&text, size, weight);
        let left = match node.attribute("text-anchor").unwrap() {
            "start" => number("x"),
            "middle" => number("x") - width / 2.0,
            _ => number("x") - width,
        };
        let baseline = number("y") + 0.36 * size;
        let (top, bottom) = (baseline - 0.8 * size, baseline + 0.12 * size);
        Placed {
            text,
            left,
            right: left + width,
            top,
            bottom,
        }
    }

    fn covers(&self, other: &Placed) -> bool {
        let (across, down) = (
            self.right.min(other.right) - self.left.max(other.left),
            self.bottom.min(other.bottom) - self.top.max(other.top),
        );
        across > 0.0 && down > 0.0
    }
}

fn texts(document: &Document) -> Vec<Placed> {
    let texts = document
        .descendants()
        .filter(|node| node.has_tag_name("text"));
    texts.map(|node| Placed::of(&node)).collect()
}

#[test]
fn every_character_has_a_glyph() {
    for Drawn { name, svg, .. } in all() {
        let document = Document::parse(&svg).unwrap();
        for Placed { text, .. } in texts(&document) {
            assert_eq!(font::missing(&text), Vec::<char>::new(), "{name}: {text}");
        }
    }
}

#[test]
fn no_text_leaves_the_sheet_or_covers_another() {
    for Drawn { name, svg, .. } in all() {
        let document = Document::parse(&svg).unwrap();
        let size = |side: &str| {
            document
                .root_element()
                .attribute(side)
                .unwrap()
                .parse()
                .unwrap()
        };
        let (width, height): (f64, f64) = (size("width"), size("height"));
        let placed = texts(&document);
        assert!(placed.len() > 3, "{name}");
        for (number, text) in placed.iter().enumerate() {
            let inside = text.left >= 8.0
                && text.right <= width - 8.0
                && text.top >= 8.0
                && text.bottom <= height - 8.0;
            assert!(inside, "{name}: outside {width} × {height}: {text:?}");
            for other in &placed[number + 1..] {
                assert!(!text.covers(other), "{name}: {text:?} and {other:?}");
            }
        }
    }
}

#[test]
fn drawings_are_well_formed_and_finite() {
    for Drawn { name, svg, .. } in all() {
        let document = Document::parse(&svg).unwrap();
        let title = document.root_element().first_element_child().unwrap();
        assert!(
            title.has_tag_name("title") && title.text().is_some(),
            "{name}"
        );
        for value in document.descendants().flat_map(|node| node.attributes()) {
            let value = value.value();
            assert!(
                !value.contains("NaN") && !value.contains("inf"),
                "{name}: {value}"
            );
        }
        let far = |number: &str| {
            number
                .parse::<f64>()
                .is_ok_and(|number| number.abs() > 20_000.0)
        };
        for node in document
            .descendants()
            .filter(|node| node.has_attribute("points"))
        {
            let points = node.attribute("points").unwrap();
            assert!(!points.split([' ', ',']).any(far), "{name}: {points}");
        }
    }
}

#[test]
fn drawing_twice_gives_the_same_bytes() {
    let samples = data::samples();
    for language in LANGUAGES {
        let pairs = draw(&samples[0], language).into_iter();
        for (first, second) in pairs.zip(draw(&samples[0], language)) {
            assert_eq!((&first.svg, first.table), (&second.svg, second.table));
        }
    }
    // A picture is made from its drawing alone.
    let drawn = &draw(&samples[0], Language::Chinese)[0];
    let picture = || render(&drawn.svg, 2.0).unwrap();
    assert_eq!(picture(), picture());
}

#[test]
fn outlines_need_no_font_and_pictures_are_twice_as_large() {
    let samples = data::samples();
    let drawn = &draw(&samples[0], Language::Chinese)[0];
    let outlined = outline(&drawn.svg).unwrap();
    let document = Document::parse(&outlined).unwrap();
    assert!(!document.descendants().any(|node| node.has_tag_name("text")));
    assert!(
        document
            .descendants()
            .filter(|node| node.has_tag_name("path"))
            .count()
            > 100
    );
    assert_eq!(document.root_element().attribute("width"), Some("1200"));
    let png = render(&drawn.svg, 2.0).unwrap();
    assert_eq!(&png[1..4], b"PNG");
    assert_eq!(png[16..20], 2400_u32.to_be_bytes());
    // The outlined chart looks the same: pictures of both differ in few bytes of their packing.
    let again = render(&outlined, 2.0).unwrap();
    assert!(png.len().abs_diff(again.len()) < png.len() / 50);
}

/// Rows that the table of a chart must have.
fn rows(charts: &Charts, name: &str) -> usize {
    let policies = charts.bearers.rows.len();
    match name {
        "losses-by-bearer" => policies * (Bearer::ALL.len() + 1),
        "paired-differences" => charts.differences.panels.len() * (policies - 1),
        "resilience" => {
            let curves = charts.resilience.curves.iter();
            curves.map(|c| c.weeks.len() + c.recovery.len()).sum()
        }
        "exceedance" => {
            let curves = charts.exceedance.curves.iter();
            curves.map(|c| c.annual.len() + c.largest_event.len()).sum()
        }
        "fn-curve" => {
            let curves = charts
                .fatalities
                .panels
                .iter()
                .flat_map(|panel| &panel.curves);
            curves.map(|curve| curve.steps.len()).sum()
        }
        "cause-by-bearer" => {
            let rows: usize = charts.causes.causes.iter().map(|c| c.rows.len()).sum();
            rows * (Bearer::ALL.len() + 1)
        }
        "trade-off" => policies * (Payer::ALL.len() + 2),
        "provinces" => charts.provinces.as_ref().unwrap().provinces.len() * policies,
        "allocation-by-sharing" => {
            let grid = charts.grid.as_ref().unwrap();
            let (rows, columns) = (grid.rows.len(), grid.columns.len());
            grid.panels.len() * (rows * columns + rows + columns + 2)
        }
        "ladder" => {
            let panels = charts.ladder.as_ref().unwrap().panels.iter();
            let steps = |series: &Vec<Vec<Step>>| series.iter().map(Vec::len).sum::<usize>();
            panels
                .map(|panel| steps(&panel.series) + usize::from(panel.beside.is_some()))
                .sum()
        }
        "responsibility-matrix" => {
            let matrices = charts.responsibility.as_ref().unwrap().matrices.iter();
            let cells = matrices.flat_map(|m| &m.rows).flat_map(|row| &row.cells);
            cells.flatten().count()
        }
        "story" => policies,
        other => panic!("no such chart: {other}"),
    }
}

#[test]
fn a_waterfall_has_a_row_for_every_part_and_the_sum() {
    for (drawn, (_, data)) in attributions().iter().zip(waterfalls::samples()) {
        let mut reader = csv::Reader::from_reader(drawn.table.as_bytes());
        let read = reader.records().map(Result::unwrap).count();
        assert_eq!(
            read,
            data.panels.len() * (data.parts.len() + 1),
            "{}",
            drawn.name
        );
    }
}

#[test]
fn a_tornado_has_a_row_for_every_parameter_of_every_measure() {
    for (drawn, (_, data)) in sensitivities().iter().zip(tornadoes::samples()) {
        let mut reader = csv::Reader::from_reader(drawn.table.as_bytes());
        let read = reader.records().map(Result::unwrap).count();
        let expected = data.panels.len() * data.parameters.len();
        assert_eq!(read, expected, "{}", drawn.name);
    }
}

#[test]
fn tables_hold_every_figure_under_declared_headings() {
    for sample in data::samples() {
        for language in LANGUAGES {
            let drawn = sample.charts.draw(language);
            let declared = columns();
            assert_eq!(drawn.len(), declared.len());
            for (chart, (name, columns)) in drawn.iter().zip(declared) {
                assert_eq!(chart.name, name);
                let marked = chart.table.starts_with('\u{feff}');
                assert_eq!(marked, language == Language::Chinese, "{name}");
                let text = chart.table.trim_start_matches('\u{feff}');
                let mut reader = csv::Reader::from_reader(text.as_bytes());
                let header: Vec<&str> =
                    columns.iter().map(|c| language.pick(c.zh, c.key)).collect();
                assert_eq!(reader.headers().unwrap(), header, "{name}");
                let read = reader.records().map(Result::unwrap).count();
                assert_eq!(read, rows(&sample.charts, name), "{}.{name}", sample.name);
            }
        }
    }
}

#[test]
fn kept_data_draw_the_same_charts() {
    for sample in data::samples() {
        let text = serde_json::to_string(&sample.charts).unwrap();
        let read: Charts = serde_json::from_str(&text).unwrap();
        let pairs = sample.charts.draw(Language::Chinese).into_iter();
        for (before, after) in pairs.zip(read.draw(Language::Chinese)) {
            assert_eq!(before.svg.unwrap(), after.svg.unwrap(), "{}", before.name);
            assert_eq!(before.table, after.table, "{}", before.name);
        }
    }
}

#[test]
fn a_chart_fits_the_size_that_is_asked_for() {
    let samples = data::samples();
    let drawn = &draw(&samples[0], Language::English)[5];
    let size = Size {
        width: 960,
        height: 540,
    };
    let slide = sized(&drawn.svg, size);
    let png = render(&slide, 1.0).unwrap();
    assert_eq!(png[16..20], 960_u32.to_be_bytes());
    assert_eq!(png[20..24], 540_u32.to_be_bytes());
    let outlined = outline(&slide).unwrap();
    let document = Document::parse(&outlined).unwrap();
    let root = document.root_element();
    assert_eq!(
        (root.attribute("width"), root.attribute("height")),
        (Some("960"), Some("540"))
    );
    assert!(
        document
            .descendants()
            .any(|node| node.has_tag_name("title"))
    );
    let paths = document
        .descendants()
        .filter(|node| node.has_tag_name("path"));
    assert!(paths.count() > 100);
}
