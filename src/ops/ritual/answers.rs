//! What can be said in a ritual, as the steps that screen, command line and line mode all take.

use crate::domain::change::Change;
use crate::domain::day;
use crate::domain::grammar::Mode;
use crate::domain::grammar::quick_add::QuickAdd;
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::PartKind;
use crate::domain::refusal::Refusal;
use crate::domain::ritual::run::{Line, Progress, Verdict};
use crate::domain::ritual::{Asks, Mark, RitualKind, Run, Said};
use crate::domain::week::Band;

use super::super::metric::Recording;
use super::super::op::{Op, PartStep};
use super::super::week::gaps::Instance;
use super::super::week::lived::Lived;
use super::{Ends, RitualStep, Sitting};

pub mod choice;
pub mod held;

impl Sitting {
    /// The step that says this, with what is done by it; the last thing to be said ends the ritual.
    #[must_use]
    pub fn saying(&self, said: Vec<Said>, op: Option<Op>) -> RitualStep {
        let after = said.iter().fold(self.run.clone(), Run::hearing);
        let ends = if after.open_section().is_none() { Ends::Yes } else { Ends::No };
        let label = match (said.last(), ends) {
            (Some(one), Ends::No) => self.label(one),
            (_, Ends::Yes) => format!("{} is over", self.title),
            (None, Ends::No) => self.title.clone(),
        };
        RitualStep {
            kind: self.kind,
            about: self.about,
            said,
            op,
            subject: None,
            label,
            seconds: self.run.seconds,
            ends,
        }
    }

    /// `d7 kept`, `What moved a decision: “Raj agreed”`.
    fn label(&self, said: &Said) -> String {
        let section = self.run.sections.iter().find(|section| section.key == said.section);
        let title = section.map_or("", |section| section.title.as_str());
        match (said.mark, &said.about) {
            (Mark::Answered, Some(about)) if !said.words.is_empty() => {
                format!("{about} {}", said.words)
            }
            (Mark::Dropped, Some(about)) => format!("{about} dropped"),
            (Mark::Kept | Mark::Answered, Some(about)) => format!("{about} kept"),
            (Mark::Added | Mark::Kept | Mark::Answered, None) => {
                format!("{title}: “{}”", said.text)
            }
            (Mark::Dropped, _) => format!("{title}: “{}” dropped", said.text),
            (Mark::Skipped, _) => format!("{title} skipped"),
            (Mark::Done, _) if said.words.is_empty() => format!("{title} done"),
            (Mark::Done, _) => format!("{title}: {}", said.words),
            (Mark::Added, Some(about)) => format!("{about} added"),
        }
    }

    /// A verdict on the row of a line: kept, or what is done to it.
    #[must_use]
    pub fn judging(&self, section: &Progress, line: &Line, op: Option<Op>) -> RitualStep {
        let mark = if op.is_some() { Mark::Answered } else { Mark::Kept };
        let subject = self.id_of(line.about.as_deref());
        let of = line.about.as_deref().and_then(Ref::parse).map(|one| one.kind);
        let words = match (self.kind, mark, of) {
            (RitualKind::Quarter, Mark::Kept, Some(Kind::Decision)) => "left for later",
            (RitualKind::Quarter, Mark::Kept, _) => "carried on",
            _ => "",
        };
        RitualStep { subject, ..self.saying(vec![Said::of(section, line, mark, words)], op) }
    }

    /// All rows of the section acknowledged.
    #[must_use]
    pub fn acknowledging(&self, section: &Progress) -> RitualStep {
        let words = format!("{} acknowledged", section.count());
        self.saying(vec![Said::ends(section, Mark::Done, words)], None)
    }

    /// The guesses of all rows that are open; `None` when there is none.
    #[must_use]
    pub fn accepting(&self, section: &Progress) -> Option<RitualStep> {
        let open = section.lines.iter().filter(|line| line.verdict == Verdict::Open);
        let mut said = Vec::new();
        let mut rows = Vec::new();
        for line in open {
            let band = Band::parse(&line.guess).filter(|band| *band != Band::Unclassified);
            let (Some(band), Some(id)) = (band, self.id_of(line.about.as_deref())) else {
                continue;
            };
            rows.push(Lived { id, instance: instance_of(line), band: Some(band) });
            said.push(Said::of(section, line, Mark::Answered, lived_words(line, Some(band))));
        }
        (!rows.is_empty()).then(|| self.saying(said, Some(Op::Live(rows))))
    }

    /// Time without a guess is left without a band; where some was given one, that is what is said.
    #[must_use]
    pub fn leaving_bands(&self, section: &Progress) -> RitualStep {
        let open = section.lines.iter().filter(|line| line.verdict == Verdict::Open).count();
        if open == section.lines.len() {
            return self.skipping(section);
        }
        let words = format!("{open} left without a band");
        self.saying(vec![Said::ends(section, Mark::Done, words)], None)
    }

    /// A band for a row; none: the block was not kept to.
    ///
    /// # Errors
    /// A line without a row; time that was spent and yet not.
    pub fn classifying(
        &self,
        section: &Progress,
        line: &Line,
        band: Option<Band>,
    ) -> Result<RitualStep, Refusal> {
        let Some(id) = self.id_of(line.about.as_deref()) else {
            return Err(Refusal::missing("this row is not there any more"));
        };
        let reference = line.about.as_deref().and_then(Ref::parse);
        let is_block = reference.is_some_and(|reference| reference.kind == Kind::Block);
        let instance = instance_of(line);
        if band.is_none() && !is_block && instance.is_none() {
            return Err(Refusal::input("time that was spent was spent; o is off"));
        }
        let mark = if band.is_some() { Mark::Answered } else { Mark::Dropped };
        let said = Said::of(section, line, mark, lived_words(line, band));
        Ok(self.saying(vec![said], Some(Op::Live(vec![Lived { id, instance, band }]))))
    }

    /// A typed line; what begins with `!` is blocked.
    ///
    /// # Errors
    /// An empty line.
    pub fn adding(&self, section: &Progress, line: &str) -> Result<RitualStep, Refusal> {
        let (text, blocked) = match line.trim().strip_prefix('!') {
            Some(rest) => (rest.trim(), "blocked: "),
            None => (line.trim(), ""),
        };
        if text.is_empty() {
            return Err(Refusal::input("the line is empty"));
        }
        if let Some(kind) = section.makes.as_deref().and_then(Kind::from_slug) {
            choice::refuse_more(section)?;
            // `+ d …`, as it is captured elsewhere.
            let bare = text.strip_prefix('+').map_or(text, str::trim_start);
            let letter = bare.strip_prefix(kind.noun().letter);
            let text = letter.and_then(|rest| rest.strip_prefix(' ')).unwrap_or(bare).trim();
            let draft = QuickAdd::read(text, kind, &self.calendar, Mode::Add).draft()?;
            let said = vec![Said::added(section, &draft.title)];
            return Ok(self.saying(said, Some(Op::Add(vec![draft]))));
        }
        Ok(self.saying(vec![Said::added(section, &format!("{blocked}{text}"))], None))
    }

    /// The figure of the metric that a line is about, as typed; nothing typed leaves it due.
    ///
    /// # Errors
    /// A line without its metric, or a figure that cannot be read.
    pub fn figuring(
        &self,
        section: &Progress,
        line: &Line,
        text: &str,
    ) -> Result<RitualStep, Refusal> {
        if text.trim().is_empty() {
            return Ok(self.saying(vec![Said::of(section, line, Mark::Kept, "not told")], None));
        }
        let Some(id) = self.id_of(line.about.as_deref()) else {
            return Err(Refusal::missing("this metric is not there any more"));
        };
        if line.about.as_deref().and_then(Ref::parse).is_some_and(|one| one.kind == Kind::Person) {
            return self.pulsing(section, line, (id, text.trim()));
        }
        let recording = Recording::by_hand(id, text)?;
        let said = Said::of(section, line, Mark::Answered, recording.words());
        let step = self.saying(vec![said], Some(Op::Record(vec![recording])));
        Ok(RitualStep { subject: Some(id), ..step })
    }

    /// How somebody sees the quarter: 1 to 5, and what they said.
    fn pulsing(
        &self,
        section: &Progress,
        line: &Line,
        (owner, text): (ItemId, &str),
    ) -> Result<RitualStep, Refusal> {
        let (level, note) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let noun = PartKind::Pulse.noun();
        let mut changes = Change::typed(noun.field("level"), level, &self.calendar)?;
        changes.extend(Change::typed(noun.field("note"), note.trim(), &self.calendar)?);
        let key = day::quarter_key(self.calendar.today, self.calendar.fiscal_start_month);
        let steps = vec![PartStep::Put { kind: PartKind::Pulse, key, changes }];
        let said = Said::of(section, line, Mark::Answered, text);
        let step = self.saying(vec![said], Some(Op::Parts { owner, steps }));
        Ok(RitualStep { subject: Some(owner), ..step })
    }

    /// A line that is offered is kept or dropped.
    #[must_use]
    pub fn marking(&self, section: &Progress, line: &Line, mark: Mark) -> RitualStep {
        self.saying(vec![Said::of(section, line, mark, "")], None)
    }

    /// The section ends with what was said in it; lines that nobody touched are kept, and what waits
    /// for a yes is done.
    #[must_use]
    pub fn ending(&self, section: &Progress) -> RitualStep {
        let open = || section.lines.iter().filter(|line| line.verdict == Verdict::Open);
        let kept = |line: &Line| Said::of(section, line, Mark::Kept, line.told());
        // What was gone through before is told as it stands now.
        let stays = |line: &&Line| {
            let is_new = line.verdict == Verdict::Kept && line.words != line.told();
            line.verdict == Verdict::Open || is_new && !line.aside.is_empty()
        };
        let done = |words: &str| Said::ends(section, Mark::Done, words);
        match (section.asks, self.kind) {
            (Asks::Confirmation, RitualKind::Standup) => self.acknowledging(section),
            (Asks::Confirmation, _) => {
                let op = open().find_map(|line| self.deed(section, line));
                let mut said: Vec<Said> = open()
                    .map(|line| match self.deed(section, line) {
                        Some(_) => Said::of(section, line, Mark::Answered, line.lasting.as_str()),
                        None => kept(line),
                    })
                    .collect();
                said.push(done(""));
                self.saying(said, op.cloned())
            }
            (Asks::Lines, _) => {
                let mut said: Vec<Said> = section.lines.iter().filter(stays).map(kept).collect();
                said.push(done(""));
                self.saying(said, None)
            }
            (Asks::Blocks, _) => {
                let mut said: Vec<Said> = open().map(kept).collect();
                said.push(done(section.notes.first().map_or("", String::as_str)));
                self.saying(said, None)
            }
            (Asks::Choice, _) => {
                // What was chosen before anybody spoke is said with the end.
                let stands = |line: &&Line| {
                    line.verdict == Verdict::Answered
                        && self.way_back(section, line).is_some()
                        && self.deed(section, line).is_none()
                };
                let chosen = section.lines.iter().filter(stands);
                let mut said: Vec<Said> = chosen
                    .map(|line| Said::of(section, line, Mark::Answered, line.words.as_str()))
                    .collect();
                said.push(done(""));
                self.saying(said, None)
            }
            (Asks::Verdicts | Asks::Bands | Asks::Figures | Asks::Levels, _) => {
                self.saying(vec![done("")], None)
            }
        }
    }

    fn deed(&self, section: &Progress, line: &Line) -> Option<&Op> {
        self.deeds.get(&(section.key.clone(), line.text.clone()))
    }

    fn way_back(&self, section: &Progress, line: &Line) -> Option<&Op> {
        self.ways_back.get(&(section.key.clone(), line.text.clone()))
    }

    /// Whether the sections are filled anew after a step: what it did changes what is asked.
    #[must_use]
    pub fn turns(&self, step: &RitualStep) -> bool {
        let Some(section) = self.run.open_section() else { return false };
        let goes_on = || step.said.iter().fold(self.run.clone(), Run::hearing).at != self.run.at;
        // What was said in one section changes what the next one has to tell: time that was given a
        // band, an outcome that was closed, a figure that went off track meanwhile.
        if RitualKind::REVIEWS.contains(&self.kind) && goes_on() {
            return true;
        }
        match section.asks {
            Asks::Confirmation | Asks::Blocks => step.op.is_some(),
            // What is weakest is known once all is answered.
            Asks::Levels => goes_on(),
            // What suits is known once it is said where one stands.
            Asks::Choice => self.kind == RitualKind::Quarter && step.op.is_some(),
            Asks::Verdicts | Asks::Bands | Asks::Lines | Asks::Figures => false,
        }
    }

    /// The section is left without a word.
    #[must_use]
    pub fn skipping(&self, section: &Progress) -> RitualStep {
        self.saying(vec![Said::ends(section, Mark::Skipped, "")], None)
    }
}

/// The instance of a meeting that a line is about.
fn instance_of(line: &Line) -> Option<Instance> {
    line.about.as_deref().and_then(Instance::named)
}

/// `reactive, 40 m`.
fn lived_words(line: &Line, band: Option<Band>) -> String {
    let length = line.aside.split("  ").last().unwrap_or("").trim();
    match band {
        Some(band) => format!("{band}, {length}"),
        None => "not kept to".to_owned(),
    }
}
