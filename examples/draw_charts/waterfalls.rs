//! Made-up figures for the waterfall: six mechanisms, many layers with long names, and extremes.

use riskweave::report::charts::waterfall::{Data, Panel, Step};
use riskweave::report::charts::{Estimate, PolicyLabel, Quantity, Source, Words};
use riskweave::scenario::pieces::Cut;
use riskweave::vocabulary::Language;

/// All variants, by name.
pub(crate) fn samples() -> Vec<(&'static str, Data)> {
    vec![
        ("mechanisms", sample(Cut::Mechanisms, 1.0)),
        ("groups", sample(Cut::LayerGroups, 1.0)),
        ("layers", sample(Cut::Layers, 1.0)),
        ("huge", sample(Cut::Mechanisms, 4e5)),
        ("tiny", sample(Cut::Layers, 3e-6)),
        ("nothing", nothing()),
    ]
}

fn sample(cut: Cut, size: f64) -> Data {
    let person_years = Words::new("人·年/年", "person-years a year");
    let measures = [
        ("死亡人数", "deaths", Quantity::PeoplePerYear, 812.0),
        ("直接经济损失", "direct loss", Quantity::YuanPerYear, 2.4e10),
        ("居民自担份额", "residents' share", Quantity::Share, 0.06),
        (
            "不含生命的货币成本",
            "money cost without lives",
            Quantity::YuanPerYear,
            3.1e9,
        ),
        (
            "社会成本(学术)",
            "social cost (academic)",
            Quantity::YuanPerYear,
            6.6e10,
        ),
        (
            "韧性损失",
            "resilience loss",
            Quantity::Other(person_years),
            3.1e5,
        ),
    ];
    let parts: Vec<Words> = cut
        .pieces()
        .into_iter()
        .map(|piece| Words::new(piece.word(Language::Chinese), piece.word(Language::English)))
        .collect();
    let panels = measures.into_iter().enumerate();
    let panels = panels.map(|(number, (zh, en, quantity, scale))| {
        let scale = if quantity == Quantity::Share {
            scale
        } else {
            scale * size
        };
        panel(Words::new(zh, en), quantity, (parts.len(), number), scale)
    });
    Data {
        panels: panels.collect(),
        question: Words::new("各项机制有多大作用", "What each mechanism contributes"),
        from: label(
            "current-2020",
            "现行安排(2020年基准)",
            "present arrangement (2020)",
        ),
        to: label("network", "六项机制协同", "network of six mechanisms"),
        parts,
        source: Source {
            society: Words::new("中国社会(2020年)", "China, 2020"),
            years: 5,
            replications: 5,
            run: "3f9a2c1b".to_owned(),
            own_start: false,
        },
    }
}

fn label(key: &str, zh: &str, en: &str) -> PolicyLabel {
    PolicyLabel {
        key: key.to_owned(),
        name: Words::new(zh, en),
    }
}

fn panel(measure: Words, quantity: Quantity, (parts, number): (usize, usize), scale: f64) -> Panel {
    let step = |mean: f64, half: f64| Step {
        estimate: Estimate {
            mean,
            low: mean - half,
            high: mean + half,
        },
        resolved: mean.abs() > half,
    };
    let wave = |part: usize| ((part * 37 + number * 53) % 101) as f64 / 101.0;
    let steps: Vec<Step> = (0..parts)
        .map(|part| {
            let mean = scale * (wave(part) - 0.7);
            step(mean, scale * (0.04 + 0.3 * wave(part + 5)))
        })
        .collect();
    let whole = steps.iter().map(|step| step.estimate.mean).sum();
    Panel {
        measure,
        quantity,
        steps,
        whole: step(whole, scale * 0.3),
    }
}

/// One replication without any value: nothing to draw, and the chart says so.
fn nothing() -> Data {
    let mut data = sample(Cut::Mechanisms, 1.0);
    for panel in &mut data.panels {
        for step in panel.steps.iter_mut().chain([&mut panel.whole]) {
            let none = f64::NAN;
            step.estimate = Estimate {
                mean: none,
                low: none,
                high: none,
            };
            step.resolved = false;
        }
    }
    data
}
