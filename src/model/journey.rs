//! A run that can be laid down between two weeks and taken up again, to the same last bit.
//!
//! What is laid down is all that changes: the state, what has been recorded, the tail so far. The society is made of
//! its inputs again, the history of its seed; random numbers hang on no state of a generator, and the buffers of a week
//! are empty between two weeks.

use serde::{Deserialize, Serialize};

use crate::model::hazards::candidates::WEEKS_PER_YEAR;
use crate::model::record::RunRecord;
use crate::model::recorder::Recorder;
use crate::model::run::Run;
use crate::model::state::State;
use crate::model::tail::{Gathered, Tail, TailShare};
use crate::model::{History, Model, Regime, start};

/// A run as it was laid down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LaidDown {
    /// The state, at the beginning of its week.
    pub state: State,
    recorder: Recorder,
    tail: Option<Gathered>,
}

impl LaidDown {
    /// As it was when it was laid down.
    pub fn under_way(&self) -> UnderWay<'_> {
        UnderWay {
            state: &self.state,
            recorder: &self.recorder,
            tail: self.tail.as_ref(),
        }
    }
}

/// A run under way, between two weeks, as it would be laid down: its form is that of [`LaidDown`].
#[derive(Clone, Copy, Debug, Serialize)]
pub struct UnderWay<'a> {
    /// The state, at the beginning of its week.
    pub state: &'a State,
    recorder: &'a Recorder,
    tail: Option<&'a Gathered>,
}

impl<'a> UnderWay<'a> {
    fn of(run: &'a Run<'_>, tail: Option<&'a Tail<'_>>) -> Self {
        debug_assert!(run.rests());
        UnderWay {
            state: &run.state,
            recorder: &run.record,
            tail: tail.map(Tail::gathered),
        }
    }

    /// A copy.
    pub fn laid_down(&self) -> LaidDown {
        LaidDown {
            state: self.state.clone(),
            recorder: self.recorder.clone(),
            tail: self.tail.cloned(),
        }
    }
}

/// Where the run of a policy begins.
#[derive(Clone, Debug)]
pub enum Begun {
    /// At the end of the burn-in, with this state and the policy's own books.
    Anew(Box<State>),
    /// Where it was laid down.
    Before(Box<LaidDown>),
}

/// Is shown a run after every week.
pub type Watch<'w> = &'w mut dyn FnMut(&UnderWay<'_>);

impl Model {
    /// The state after so many weeks under a regime, from its equilibrium or from where the burn-in was laid down.
    pub fn burn_in_from(
        &self,
        regime: &Regime,
        history: &History,
        weeks: u32,
        laid_down: Option<LaidDown>,
        watch: Watch<'_>,
    ) -> State {
        let begin = |state| Run::new(self, regime, history, state, weeks, false);
        let mut run = match laid_down {
            Some(LaidDown {
                state, recorder, ..
            }) => begin(state).recorded_by(recorder),
            None => begin(start::equilibrium(self, regime)),
        };
        while run.state.week < weeks {
            run.weeks(1);
            watch(&UnderWay::of(&run, None));
        }
        run.state
    }

    /// The years of a policy after a burn-in of so many weeks, with natural years from the states in which they begin.
    pub fn live(
        &self,
        regime: &Regime,
        history: &History,
        (burn_in_weeks, years): (u32, u32),
        tail: Option<TailShare>,
        begun: Begun,
        watch: Watch<'_>,
    ) -> RunRecord {
        let begin = |state| Run::new(self, regime, history, state, burn_in_weeks, true);
        let (mut run, gathered) = match begun {
            Begun::Anew(mut state) => {
                state.books = regime.books();
                (begin(*state), None)
            }
            Begun::Before(laid_down) => {
                let LaidDown {
                    state,
                    recorder,
                    tail,
                } = *laid_down;
                (begin(state).recorded_by(recorder), tail)
            }
        };
        let gathered = gathered.unwrap_or_default();
        let mut tail = tail.map(|share| Tail::new(self, regime, history, share, gathered));
        for week in run.record.weeks_recorded()..years * WEEKS_PER_YEAR {
            if let Some(tail) = &mut tail
                && week.is_multiple_of(WEEKS_PER_YEAR)
            {
                tail.begin_at(&run.state, week / WEEKS_PER_YEAR, years);
            }
            run.weeks(1);
            watch(&UnderWay::of(&run, tail.as_ref()));
        }
        let mut record = run.finish();
        if let Some(tail) = tail {
            tail.finish(&mut record);
        }
        record
    }
}
