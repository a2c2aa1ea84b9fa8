//! The drawing: one timeline a policy on a common axis of hours; beside it the dead and who paid.

use plotters::style::RGBColor;

use super::hours::{HourAxis, hours};
use super::keys::Keys;
use super::{Data, Happened, Lane};
use crate::report::charts::bars::segment;
use crate::report::charts::heat::lines;
use crate::report::charts::{Quantity, largest};
use crate::report::draw::{Align, Area, Canvas, Stroke, Type, sheet};
use crate::report::font::{self, Weight};
use crate::report::frame::{Frame, capitalised, marks_below};
use crate::report::numbers::{Scale, grouped};
use crate::report::palette::{self, Mark, Shape};
use crate::report::style::{GRID, INK, LABEL, MARGIN, PAPER, QUIET, SMALL, STRIPE, WIDTH};
use crate::report::svg::ChartError;
use crate::vocabulary::{Category, Language, Vocabulary};

const NAMES: f64 = 196.0;
/// Room left of the earliest time and right of the latest, for words.
const BEFORE: f64 = 84.0;
const AFTER: f64 = 96.0;
const PAID: f64 = 330.0;
const GAP: f64 = 20.0;
const LANE: f64 = 100.0;
const BELOW: f64 = 34.0;
pub(super) const RADIUS: f64 = 6.0;
/// Distance between lines of words below a timeline.
const BELOW_LINE: f64 = 16.0;

/// Draws the chart.
pub fn svg(data: &Data, language: Language) -> Result<String, ChartError> {
    let frame = frame(data, language);
    let keys = Keys::new(data, language);
    let top = frame.top() + keys.height() + 12.0;
    let plot = Area {
        x: MARGIN + NAMES,
        y: top,
        width: WIDTH - 2.0 * MARGIN - NAMES - PAID - GAP,
        height: LANE * data.lanes.len().max(1) as f64,
    };
    let axis = axis(data, plot);
    let height = plot.bottom() + BELOW + frame.foot();
    sheet((WIDTH, height), &frame.title, |canvas| {
        frame.paint(canvas, height);
        keys.paint(canvas, frame.top());
        for number in (0..data.lanes.len()).filter(|number| number % 2 == 0) {
            let stripe = Area {
                x: MARGIN,
                y: plot.y + number as f64 * LANE,
                width: WIDTH - 2.0 * MARGIN,
                height: LANE,
            };
            canvas.area(stripe, STRIPE, 1.0);
        }
        marks_below(canvas, plot, &axis.ticks(language));
        let marks = palette::policies(data.lanes.iter().map(|lane| lane.policy.key.as_str()));
        for (number, (lane, mark)) in data.lanes.iter().zip(marks).enumerate() {
            let area = Area {
                y: plot.y + number as f64 * LANE,
                height: LANE,
                ..plot
            };
            Painter {
                canvas,
                area,
                ground: if number % 2 == 0 { STRIPE } else { PAPER },
                axis: &axis,
                category: data.category(),
                language,
            }
            .lane(lane, mark);
        }
    })
}

fn frame(data: &Data, language: Language) -> Frame {
    let (kind, place) = (data.kind.word(language), data.place.pick(language));
    let (replication, event, week) = (data.replication, &data.event, data.week + 1);
    let title = match language {
        Language::Chinese => format!("同一起风险在各政策下的经过：{kind}"),
        Language::English => format!("One danger under every policy: {kind}"),
    };
    let begun = match language {
        Language::Chinese => format!("{place}，第 {week} 周。"),
        Language::English => format!("{}, week {week}. ", capitalised(place)),
    };
    let read = language.pick(
        "横轴为距发生的时间，越远越疏；时间轴下：失守的阶段由谁负责、责任有无缺位、重叠、脱节；右：死伤(含次生事件)与损失由谁承担",
        "Across: time from the onset, compressed away from it; below a line: who had the phase that failed, and gaps, overlaps and disconnects of that duty; right: the dead and injured, with what it set off, and who paid",
    );
    let one = match language {
        Language::Chinese => {
            format!("第 {replication} 次模拟的事件 {event}；一次历史，无区间；全部模拟 ")
        }
        Language::English => format!(
            "Event {event} of replication {replication}; a single history, without interval; the whole run:"
        ),
    };
    Frame {
        title,
        subtitle: format!(
            "{begun}{}{}{read}",
            data.reason.pick(language),
            language.pick("。", ". ")
        ),
        caption: data.source.caption(&one, language),
    }
}

/// The axis that holds every time of every policy.
fn axis(data: &Data, plot: Area) -> HourAxis {
    let times = data.lanes.iter().filter_map(|lane| lane.happened.as_ref());
    let times = times.flat_map(|happened| {
        let lead = if happened.warned_share > 0.0 {
            -happened.lead_hours
        } else {
            0.0
        };
        [lead, happened.hours_to_reach]
    });
    HourAxis::new(times, plot.x + BEFORE, plot.right() - AFTER)
}

/// Draws one lane.
struct Painter<'a, 'b> {
    canvas: &'a mut Canvas<'b>,
    area: Area,
    ground: RGBColor,
    axis: &'a HourAxis,
    category: Category,
    language: Language,
}

impl Painter<'_, '_> {
    fn middle(&self) -> f64 {
        self.area.y + 38.0
    }

    fn lane(&mut self, lane: &Lane, mark: Mark) {
        let middle = self.middle();
        self.canvas.mark((MARGIN + 10.0, middle), RADIUS, mark);
        let name = lane.policy.name.pick(self.language);
        let name = font::wrap(name, NAMES - 34.0, LABEL, Weight::Regular, 4);
        lines(self.canvas, &name, (MARGIN + 24.0, middle), Type::default());
        let Some(happened) = &lane.happened else {
            let limit = self.area.width - 30.0;
            let text = font::wrap(
                lane.fate.pick(self.language),
                limit,
                LABEL,
                Weight::Regular,
                2,
            );
            let set = Type {
                colour: QUIET,
                ..Type::default()
            };
            let place = (self.area.x + 10.0, self.area.y + LANE / 2.0);
            let above = (text.len() as f64 - 1.0) * BELOW_LINE / 2.0;
            self.cover(&text, place.1 - above, set.size);
            lines(self.canvas, &text, place, set);
            return;
        };
        self.timeline(happened, mark);
        let limit = self.area.width - 18.0;
        let watch = font::wrap(
            lane.watch.pick(self.language),
            limit,
            SMALL,
            Weight::Regular,
            2,
        );
        let set = Type {
            size: SMALL,
            colour: QUIET,
            ..Type::default()
        };
        self.cover(&watch, self.area.y + 67.0, set.size);
        for (number, line) in watch.iter().enumerate() {
            let y = self.area.y + 67.0 + number as f64 * BELOW_LINE;
            self.canvas.text(line, (self.area.x + 10.0, y), set);
        }
        self.paid(happened);
    }

    /// Lays the ground over the grid where words will stand, the first line with its middle at `y`.
    fn cover(&mut self, words: &[String], y: f64, size: f64) {
        let widths = words
            .iter()
            .map(|line| font::width(line, size, Weight::Regular));
        let ground = Area {
            x: self.area.x + 8.0,
            y: y - BELOW_LINE / 2.0,
            width: largest(widths) + 4.0,
            height: words.len() as f64 * BELOW_LINE,
        };
        self.canvas.area(ground, self.ground, 1.0);
    }

    fn timeline(&mut self, happened: &Happened, mark: Mark) {
        let (middle, onset) = (self.middle(), self.axis.at(0.0));
        let reach = self.axis.at(happened.hours_to_reach);
        let ends = [
            (self.area.x + 8.0, middle),
            (self.area.right() - 8.0, middle),
        ];
        self.canvas.line(&ends, Stroke::solid(GRID, 1.0));
        let start = self.warning(happened, mark);
        self.canvas.line(
            &[(start, middle), (reach, middle)],
            Stroke::solid(mark.colour, 2.5),
        );
        self.canvas.line(
            &[(onset, self.area.y + 8.0), (onset, middle + 11.0)],
            Stroke::solid(INK, 2.5),
        );
        let shown = |shape, hollow| Mark {
            shape,
            hollow,
            ..mark
        };
        if happened.helped && self.category != Category::Natural {
            let scene = self.axis.at(happened.scene_hours);
            self.canvas
                .mark((scene, middle), RADIUS - 1.0, shown(Shape::Diamond, false));
        }
        self.canvas
            .mark((reach, middle), RADIUS, shown(Shape::Circle, false));
        let above = middle - 20.0;
        let small = Type {
            size: SMALL,
            ..Type::default()
        };
        let reached = hours(happened.hours_to_reach, self.language);
        self.canvas.text(&reached, (reach - 4.0, above), small);
        let contained = (reach + 20.0, middle);
        self.canvas.mark(
            contained,
            RADIUS - 1.0,
            shown(Shape::Square, !happened.contained),
        );
        let count = happened.set_off.len();
        if count > 0 {
            let text = match self.language {
                Language::Chinese => format!("引发 {count} 起"),
                Language::English => format!("set off {count}"),
            };
            self.canvas.text(&text, (contained.0 + 12.0, middle), small);
        }
    }

    /// Draws the warning before the onset; returns where the line of the policy begins.
    fn warning(&mut self, happened: &Happened, mark: Mark) -> f64 {
        let (middle, onset) = (self.middle(), self.axis.at(0.0));
        if self.category != Category::Natural {
            return onset;
        }
        let set = Type {
            size: SMALL,
            align: Align::End,
            ..Type::default()
        };
        if happened.warned_share <= 0.0 {
            let none = self.language.pick("无预警", "no warning");
            self.canvas.text(none, (onset - 8.0, middle - 20.0), set);
            return onset;
        }
        let place = self.axis.at(-happened.lead_hours);
        let warned = Mark {
            shape: Shape::Up,
            hollow: false,
            ..mark
        };
        self.canvas.mark((place, middle), RADIUS, warned);
        let share = format!("{}%", grouped(happened.warned_share * 100.0, 0));
        self.canvas
            .text(&share, (place.min(onset - 8.0), middle - 20.0), set);
        place
    }

    /// The dead and injured, and the loss in parts by who bears it.
    fn paid(&mut self, happened: &Happened) {
        let language = self.language;
        let (x, y) = (self.area.right() + GAP, self.area.y);
        let bold = Type {
            weight: Weight::Bold,
            ..Type::default()
        };
        let toll = toll(happened, language);
        let toll = font::wrap(&toll, PAID - 6.0, bold.size, bold.weight, 2);
        lines(self.canvas, &toll, (x, y + 19.0), bold);
        let scale = Scale::of(&Quantity::Yuan, happened.loss_yuan, language);
        let loss = format!(
            "{} {} {}",
            language.pick("损失", "loss"),
            scale.show(happened.loss_yuan),
            scale.unit
        );
        self.canvas.text(
            &loss,
            (x, y + 77.0),
            Type {
                size: SMALL,
                ..Type::default()
            },
        );
        if happened.loss_yuan.is_nan() || happened.loss_yuan <= 0.0 {
            return;
        }
        let mut left = x;
        for (bearer, yuan) in happened.borne_yuan.iter().filter(|(_, yuan)| **yuan > 0.0) {
            let share = yuan / happened.loss_yuan;
            let area = Area {
                x: left,
                y: y + 38.0,
                width: (PAID - 6.0) * share,
                height: 24.0,
            };
            segment(self.canvas, area, palette::bearer(bearer), share);
            left += area.width;
        }
    }
}

/// The dead and injured in words.
fn toll(happened: &Happened, language: Language) -> String {
    let (deaths, injured) = (happened.deaths, happened.injuries);
    let later = happened.deaths_set_off();
    match (language, later) {
        (Language::Chinese, 0) => format!("死亡 {deaths} 人，受伤 {injured} 人"),
        (Language::Chinese, _) => format!("死亡 {deaths} 人(次生 {later} 人)，受伤 {injured} 人"),
        (Language::English, 0) => format!("{deaths} dead, {injured} injured"),
        (Language::English, _) => {
            format!("{deaths} dead ({later} in what it set off), {injured} injured")
        }
    }
}
