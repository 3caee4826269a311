//! One run of a ritual as a value: each step makes a new value, so it can be stopped after any of
//! them, kept, and taken up again with nothing lost. It never depends on an earlier run.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::refusal::Refusal;
use super::super::slugs::slugs;
use super::long::Long;
use super::{Asks, Condition, Pick, Ritual, RitualKind};

slugs! {
    /// Where a run stands.
    RunState {
        Running => "running", "running";
        Stopped => "stopped", "stopped";
        Finished => "finished", "finished";
    }
}

slugs! {
    /// Where a section of it stands.
    SectionState {
        Open => "open", "open";
        Done => "done", "done";
        Skipped => "skipped", "skipped";
    }
}

slugs! {
    /// What was said of a line. A line that nobody touched is kept when its section is done.
    Verdict {
        Open => "open", "open";
        Kept => "kept", "kept";
        /// Something was done to its row.
        Answered => "answered", "answered";
        Dropped => "dropped", "dropped";
        /// Typed in, so kept.
        Added => "added", "added";
    }
}

/// One line of a section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is about: the ref of a row; nothing for a typed line.
    pub about: Option<String>,
    pub text: String,
    /// When and how long, or where it stands: what is read beside it.
    pub aside: String,
    /// The same as it is told for good, where what stands beside it says when by today.
    #[serde(default)]
    pub lasting: String,
    /// Why it is here.
    pub why: String,
    /// The band that is guessed, where a band is asked for.
    pub guess: String,
    /// Who carries it.
    pub driver: String,
    pub verdict: Verdict,
    /// What was done to it.
    pub words: String,
}

/// Something that must be explained or waived before its section is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The ref and the name of what holds.
    pub about: String,
    pub name: String,
    pub answer: Option<HoldAnswer>,
}

/// How a hold was let go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldAnswer {
    /// What the data means, what changes in the market, which decision follows.
    Explained { meaning: String, market: String, decision: String },
    /// Always with a person, a day and a reason (I13).
    Waived { by: String, on: NaiveDate, reason: String },
}

/// One section of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub key: String,
    pub title: String,
    pub prompt: String,
    pub asks: Asks,
    pub pick: Option<Pick>,
    pub makes: Option<String>,
    /// Whether the line to type is open at once.
    #[serde(default)]
    pub typed: bool,
    /// What there is to know before it is answered.
    pub notes: Vec<String>,
    pub state: SectionState,
    /// All lines, or of a long section those at hand.
    pub lines: Vec<Line>,
    pub held: Vec<Held>,
    #[serde(default)]
    pub long: Option<Long>,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub kind: RitualKind,
    /// The day, week, month or quarter that it is for.
    pub period: String,
    pub state: RunState,
    /// The place of the section under the cursor.
    pub at: usize,
    pub sections: Vec<Progress>,
    /// The time on the screen, without the time it was stopped.
    pub seconds: u64,
}

/// What a section is filled with when the run begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filling {
    pub lines: Vec<Line>,
    pub held: Vec<Held>,
    pub notes: Vec<String>,
    /// How many lines there are beyond these.
    pub beyond: usize,
}

/// One thing that a person does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Keep or drop the line at this place of the section.
    Keep(usize),
    Drop(usize),
    /// Something was done to the row of a line, in words.
    Answer(usize, String),
    Add(String),
    /// Let go what holds, at this place.
    LetGo(usize, HoldAnswer),
    /// The section is done; on to the next.
    Next,
    Back,
    /// On to the next without a word.
    Skip,
    Stop,
    Resume,
    Finish,
}

#[expect(clippy::derivable_impls, reason = "the table of slugs makes the enum")]
impl Default for Verdict {
    fn default() -> Self {
        Self::Open
    }
}

/// The row that a line is about, as people call it: which instance of a meeting it is stands in the
/// line beside.
#[must_use]
pub fn called(about: &str) -> &str {
    about.split_once('/').map_or(about, |(row, _)| row)
}

impl Line {
    #[must_use]
    pub fn about(about: impl Into<String>, text: impl Into<String>) -> Self {
        Self { about: Some(about.into()), text: text.into(), ..Self::default() }
    }

    /// What stands beside it, as it can be read by anybody on any day.
    #[must_use]
    pub fn told(&self) -> String {
        let words = if self.lasting.is_empty() { &self.aside } else { &self.lasting };
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Run {
    /// Begins a run for a period. Sections whose condition does not hold are not in it.
    pub fn begin(
        ritual: &Ritual,
        period: &str,
        conditions: &[Condition],
        mut fill: impl FnMut(&super::Section) -> Filling,
    ) -> Self {
        let sections = ritual
            .sections
            .iter()
            .filter(|section| section.only_when.is_none_or(|when| conditions.contains(&when)))
            .map(|section| {
                let Filling { lines, held, notes, beyond } = fill(section);
                let progress = Progress {
                    key: section.key.clone(),
                    title: section.title.clone(),
                    prompt: section.prompt.clone(),
                    asks: section.asks,
                    pick: section.pick.clone(),
                    makes: section.makes.clone(),
                    typed: section.typed,
                    notes,
                    state: SectionState::Open,
                    lines,
                    held: if section.holds.is_some() { held } else { Vec::new() },
                    long: None,
                };
                progress.going_on(beyond)
            })
            .collect();
        let (kind, period) = (ritual.kind, period.to_owned());
        Self { kind, period, state: RunState::Running, at: 0, sections, seconds: 0 }
    }

    /// The run after this step.
    ///
    /// # Errors
    /// When the step is not possible now; the run is as it was.
    pub fn after(&self, step: Step) -> Result<Self, Refusal> {
        let mut run = self.clone();
        match (self.state, &step) {
            (RunState::Finished, _) => {
                return Err(Refusal::input(format!(
                    "the {} of {} is finished",
                    self.kind, self.period
                )));
            }
            (RunState::Stopped, Step::Resume) | (RunState::Running, Step::Stop) => {}
            (RunState::Stopped, _) => {
                return Err(Refusal::input(format!("the {} is stopped", self.kind))
                    .hint("resume it first; nothing is lost"));
            }
            (RunState::Running, Step::Resume) => {
                return Err(Refusal::input(format!("the {} is running", self.kind)));
            }
            (RunState::Running, _) => {}
        }
        match step {
            Step::Keep(place) => run.line(place)?.verdict = Verdict::Kept,
            Step::Drop(place) => run.line(place)?.verdict = Verdict::Dropped,
            Step::Answer(place, words) => {
                let line = run.line(place)?;
                (line.verdict, line.words) = (Verdict::Answered, words);
            }
            Step::Add(text) => run.add(&text)?,
            Step::LetGo(place, answer) => run.let_go(place, answer)?,
            Step::Next => run.leave(SectionState::Done)?,
            Step::Skip => run.leave(SectionState::Skipped)?,
            Step::Back => run.at = self.at.saturating_sub(1),
            Step::Stop => run.state = RunState::Stopped,
            Step::Resume => run.state = RunState::Running,
            Step::Finish => run.finish()?,
        }
        Ok(run)
    }

    /// New facts since the run was stopped: lines about rows that it does not know yet are added
    /// to sections that are open. Verdicts and what was typed stay.
    #[must_use]
    pub fn refreshed(&self, key: &str, lines: Vec<Line>) -> Self {
        let mut run = self.clone();
        let open = |one: &&mut Progress| one.key == key && one.state == SectionState::Open;
        if self.state != RunState::Finished
            && let Some(section) = run.sections.iter_mut().find(open)
        {
            for line in lines {
                let known = |one: &Line| one.about.is_some() && one.about == line.about;
                if !section.lines.iter().any(known) {
                    section.lines.push(line);
                }
            }
        }
        run
    }

    /// The lines that stay, under the titles of their sections; sections without any stay with
    /// none, so that a report can say so.
    #[must_use]
    pub fn kept(&self) -> Vec<(&str, Vec<&str>)> {
        let stays = |line: &&Line| match line.verdict {
            Verdict::Kept | Verdict::Answered | Verdict::Added => true,
            Verdict::Open | Verdict::Dropped => false,
        };
        let of = |section: &Progress| section.state != SectionState::Skipped;
        self.sections
            .iter()
            .filter(|section| of(section))
            .map(|section| {
                let lines = section.lines.iter().filter(stays).map(|line| line.text.as_str());
                (section.title.as_str(), lines.collect())
            })
            .collect()
    }

    /// What still holds, anywhere in the run.
    pub fn holding(&self) -> impl Iterator<Item = &Held> {
        self.sections.iter().flat_map(|section| &section.held).filter(|held| held.answer.is_none())
    }

    /// `3 of 7`.
    #[must_use]
    pub fn progress(&self) -> String {
        let over = self.sections.iter().filter(|one| one.state != SectionState::Open).count();
        format!("{over} of {}", self.sections.len())
    }

    fn section(&mut self) -> Result<&mut Progress, Refusal> {
        let (at, kind) = (self.at, self.kind);
        let section = self.sections.get_mut(at);
        section.ok_or_else(|| {
            Refusal::input(format!("all sections of the {kind} are gone through")).hint("finish it")
        })
    }

    fn line(&mut self, place: usize) -> Result<&mut Line, Refusal> {
        let lines = &mut self.section()?.lines;
        lines.get_mut(place).ok_or_else(|| Refusal::missing("there is no such line"))
    }

    fn add(&mut self, text: &str) -> Result<(), Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Refusal::input("the line is empty"));
        }
        let text = text.to_owned();
        let line = Line { text, verdict: Verdict::Added, ..Line::default() };
        self.section()?.lines.push(line);
        Ok(())
    }

    fn let_go(&mut self, place: usize, answer: HoldAnswer) -> Result<(), Refusal> {
        let held = self.section()?.held.get_mut(place);
        let held = held.ok_or_else(|| Refusal::missing("nothing holds there"))?;
        let missing = answer.missing();
        if !missing.is_empty() {
            let what = format!("{} still wants {}", held.name, missing.join(", "));
            return Err(Refusal::input(what));
        }
        held.answer = Some(answer);
        Ok(())
    }

    fn leave(&mut self, state: SectionState) -> Result<(), Refusal> {
        let section = self.section()?;
        if let Some(held) = section.held.iter().find(|held| held.answer.is_none()) {
            return Err(holds(held));
        }
        section.state = if state == SectionState::Skipped { section.untouched() } else { state };
        if state == SectionState::Done {
            for line in section.lines.iter_mut().filter(|line| line.verdict == Verdict::Open) {
                line.verdict = Verdict::Kept;
            }
        }
        self.at += 1;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Refusal> {
        if let Some(held) = self.holding().next() {
            return Err(holds(held));
        }
        for section in &mut self.sections {
            // Also one that was skipped, gone back to, and typed in then.
            if section.state != SectionState::Done {
                section.state = section.untouched();
            }
        }
        self.state = RunState::Finished;
        Ok(())
    }
}

impl Progress {
    /// Where it stands when it is left without a word: skipped, unless something was typed or
    /// judged in it, which counts.
    fn untouched(&self) -> SectionState {
        let touched = self.lines.iter().any(|line| line.verdict != Verdict::Open);
        if touched { SectionState::Done } else { SectionState::Skipped }
    }
}

fn holds(held: &Held) -> Refusal {
    Refusal::input(format!("{} is off track and not explained", held.name))
        .hint("say what it means, what changes in the market and which decision follows, or waive it with a reason")
}

#[cfg(test)]
mod tests;
