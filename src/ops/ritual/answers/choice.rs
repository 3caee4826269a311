//! What can be chosen in a ritual, and what can be done to the blocks of its week.

use chrono::Duration;

use crate::domain::change::{Change, Edit, Input};
use crate::domain::day::show_clock;
use crate::domain::kind::Kind;
use crate::domain::maturity::questions::HIGHEST;
use crate::domain::refusal::Refusal;
use crate::domain::ritual::run::{Line, Progress, Verdict};
use crate::domain::ritual::{Mark, Said};
use crate::domain::value::Value;
use crate::domain::week::{Band, Week};

use super::super::super::op::Op;
use super::super::{RitualStep, Sitting};

/// How far a block goes at a time, in minutes.
const STEP: i64 = 15;
/// Minutes of a civil day.
const DAY: i64 = 24 * 60;

/// What stands beside something that choosing says is sent.
pub const SENT: &str = "it was sent";
/// What stands beside something that choosing says.
pub const NOT_SAID: &str = "not said yet";

/// What is done to a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    DayBack,
    DayOn,
    Earlier,
    Later,
    Shorter,
    Longer,
    Into(Band),
    Away,
}

impl Turn {
    /// `H` `L` by a day, `K` `J` by a quarter of an hour, `<` `>` so much shorter or longer,
    /// `s e r o` into a band, `X` away.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        match word {
            "H" => Some(Self::DayBack),
            "L" => Some(Self::DayOn),
            "K" => Some(Self::Earlier),
            "J" => Some(Self::Later),
            "<" => Some(Self::Shorter),
            ">" => Some(Self::Longer),
            "X" => Some(Self::Away),
            "s" | "e" | "r" | "o" => Band::parse(word).map(Self::Into),
            _ => None,
        }
    }
}

impl Sitting {
    /// Chooses a line, or takes the choice back; of one choice only the last stands.
    ///
    /// # Errors
    /// When no more can be chosen, or what the choice did has to be undone.
    pub fn picking(&self, section: &Progress, line: &Line) -> Result<RitualStep, Refusal> {
        self.picked(section, line, None)
    }

    /// Chooses a line where one is chosen and nothing is yet, and ends the section; otherwise only
    /// ends it.
    #[must_use]
    pub fn picking_last(&self, section: &Progress, line: Option<&Line>) -> RitualStep {
        let most = section.pick.as_ref().map_or(0, |pick| pick.most);
        let line = line.filter(|_| most == 1 && chosen(section).next().is_none());
        let end = Said::ends(section, Mark::Done, "");
        let step = line.and_then(|line| self.picked(section, line, Some(end)).ok());
        step.unwrap_or_else(|| self.ending(section))
    }

    fn picked(
        &self,
        section: &Progress,
        line: &Line,
        end: Option<Said>,
    ) -> Result<RitualStep, Refusal> {
        let Some(pick) = &section.pick else {
            return Err(Refusal::input("nothing is chosen here"));
        };
        let deed = self.deed(section, line);
        let back = self.way_back(section, line);
        if line.verdict == Verdict::Dropped && section.makes.is_some() {
            return Err(Refusal::input("it was given up; undo takes it back"));
        }
        if let (Verdict::Answered, None, Some(back)) = (line.verdict, deed, back) {
            let said = Said::of(section, line, Mark::Dropped, "given up");
            return Ok(self.saying(vec![said], Some(back.clone())));
        }
        if line.verdict == Verdict::Answered {
            if deed.is_some() {
                return Err(Refusal::input("it is done already; undo takes it back"));
            }
            return Ok(self.saying(vec![Said::of(section, line, Mark::Dropped, "")], None));
        }
        let mut said = Vec::new();
        // What can be done beside a choice is none of it.
        let count = chosen(section).filter(|one| self.deed(section, one).is_none()).count();
        if section.makes.is_some() {
            refuse_more(section)?;
        }
        let done = chosen(section).find(|one| self.deed(section, one).is_some());
        if let (1, Some(done)) = (pick.most, done) {
            let what = format!("“{}” is chosen and done", done.text);
            return Err(Refusal::input(what).hint("undo takes it back"));
        }
        if pick.most == 1 {
            let others = chosen(section).filter(|one| one.text != line.text);
            said.extend(others.map(|other| Said::of(section, other, Mark::Dropped, "")));
        } else if count >= pick.most && deed.is_none() {
            let what = format!("{count} are chosen, and {} is the most", pick.most);
            return Err(Refusal::input(what).hint("choose one of them again to take it back"));
        }
        let words = if let Some(Op::Parts { .. }) = deed {
            "agreed"
        } else if line.aside == NOT_SAID {
            "said today"
        } else if line.aside == SENT {
            "sent"
        } else if matches!(deed, Some(Op::Add(_))) && section.makes.is_none() && pick.most > 1 {
            line.aside.as_str()
        } else {
            pick.says.as_str()
        };
        said.push(Said::of(section, line, Mark::Answered, words));
        said.extend(end);
        Ok(self.saying(said, deed.cloned()))
    }

    /// 0 to 4 for a question, with what the file says against it.
    ///
    /// # Errors
    /// A level that is none.
    pub fn levelling(
        &self,
        section: &Progress,
        line: &Line,
        level: u8,
    ) -> Result<RitualStep, Refusal> {
        if level > HIGHEST {
            return Err(Refusal::input(format!("{level} is no answer; 0 to {HIGHEST} are")));
        }
        let question = self.laid.as_ref().and_then(|laid| Some((laid, laid.question(&line.text)?)));
        let words = question
            .map_or_else(|| level.to_string(), |(laid, question)| laid.words(question, level));
        Ok(self.saying(vec![Said::of(section, line, Mark::Answered, words)], None))
    }

    /// Fills the free time of the week.
    #[must_use]
    pub fn filling(&self) -> RitualStep {
        let week = Week::of(self.calendar.today);
        self.saying(Vec::new(), Some(Op::FillWeek { week, from: None }))
    }

    /// Moves a block, puts it into a band, or throws it away.
    ///
    /// # Errors
    /// A line that is no block any more, or one that goes no further.
    pub fn turning(&self, line: &Line, turn: Turn) -> Result<RitualStep, Refusal> {
        let gone = || Refusal::missing("this block is not there any more");
        let id = self.id_of(line.about.as_deref()).ok_or_else(gone)?;
        let block = self.planned.iter().find(|block| block.id == id).ok_or_else(gone)?;
        let (field, value) = match turn {
            Turn::Away => {
                return Ok(self.saying(Vec::new(), Some(Op::Trash(vec![id]))));
            }
            Turn::DayBack | Turn::DayOn => {
                let by = if turn == Turn::DayOn { 1 } else { -1 };
                let on = block.on.checked_add_signed(Duration::days(by)).unwrap_or(block.on);
                if Week::of(on) != Week::of(block.on) {
                    let what = format!("{} would leave the week that is planned", block.reference);
                    return Err(Refusal::input(what).hint("the Week screen moves it into another"));
                }
                ("on", Value::Day(on))
            }
            Turn::Earlier | Turn::Later => {
                let by = if turn == Turn::Later { STEP } else { -STEP };
                let Some(at) = block.at else {
                    return Err(Refusal::input(format!("{} has no time of day", block.reference)));
                };
                let last = (DAY - block.minutes).max(0);
                ("at", Value::Text(show_clock((at + by).clamp(0, last))))
            }
            Turn::Shorter | Turn::Longer => {
                let by = if turn == Turn::Longer { STEP } else { -STEP };
                ("minutes", Value::Whole((block.minutes + by).max(STEP)))
            }
            Turn::Into(band) => ("band", Value::Text(band.slug().to_owned())),
        };
        let edit = Edit::Set(Input::Value(value));
        let changes = vec![Change { field: Kind::Block.noun().field(field), edit }];
        Ok(self.saying(Vec::new(), Some(Op::Edit { items: vec![id], changes })))
    }
}

/// Where lines are made as well as chosen, there are no more of them than can be chosen.
pub(super) fn refuse_more(section: &Progress) -> Result<(), Refusal> {
    let Some(pick) = &section.pick else { return Ok(()) };
    let stays = |line: &&Line| matches!(line.verdict, Verdict::Answered | Verdict::Added);
    let chosen: Vec<&Line> = section.lines.iter().filter(stays).collect();
    if chosen.len() < pick.most {
        return Ok(());
    }
    let names: Vec<String> = chosen
        .iter()
        .map(|line| format!("{} {}", line.about.as_deref().unwrap_or(""), line.text))
        .map(|name| name.trim().to_owned())
        .collect();
    let what = format!("{} is the most; drop which? {}", pick.most, names.join("; "));
    Err(Refusal::input(what).hint("choose that one again and it is dropped"))
}

/// The lines that are chosen.
fn chosen(section: &Progress) -> impl Iterator<Item = &Line> {
    section.lines.iter().filter(|line| line.verdict == Verdict::Answered)
}
