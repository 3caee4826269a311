//! A ritual in lines, from a terminal or from standard input: what is asked is told, a line
//! answers it, and each answer is a step of its own. It goes on where it was left.

use std::io::{BufRead, IsTerminal, stdin};

use clap::ArgMatches;
use serde_json::{Value as Json, json};

use crate::domain::kind::Kind;
use crate::domain::ritual::run::{HoldAnswer, Line, Progress, SectionState, Verdict, called};
use crate::domain::ritual::{Asks, RitualKind};
use crate::ops::ritual::{Ends, RitualStep, Sitting};
use crate::ops::{Error, Op, Result, Workspace};

use super::invocation::{Asking, Invocation};
use super::report;

mod begin;
mod heard;
mod read;
mod refused;

use heard::{Heard, Told};

/// What a line means where something is asked.
pub enum Meant {
    /// Something is said, and what is done by it.
    Step(Box<RitualStep>),
    /// The last thing that was said is taken back.
    Undo,
    Stop,
    /// It was only told more.
    Nothing,
}

/// How a section is told, and how a line that answers it is read.
pub trait Reads {
    /// Tells a card.
    ///
    /// # Errors
    /// A storage error.
    fn tell(&self, call: &mut Invocation<'_>, workspace: &Workspace, at: &At<'_>) -> Result<()>;
    /// Reads an answer to a card.
    ///
    /// # Errors
    /// A line that is none.
    fn read(&self, workspace: &Workspace, at: &At<'_>, line: &str) -> Result<Meant>;
    /// The letters of the card, where one is open.
    fn letters(&self, workspace: &Workspace, at: &At<'_>) -> Option<&'static str>;
}

/// Where a ritual stands.
pub struct At<'a> {
    pub sitting: &'a Sitting,
    pub section: &'a Progress,
    /// The first line without a verdict.
    pub line: Option<&'a Line>,
}

/// Which ritual, about what.
#[derive(Clone, Copy)]
pub struct Which<'a> {
    pub kind: RitualKind,
    pub about: Option<Kind>,
    pub filter: &'a str,
}

/// Whether nobody is asked: the call forbids it, or there is a terminal and nobody to ask.
#[must_use]
pub fn is_silent(call: &Invocation<'_>) -> bool {
    call.asking == Asking::Forbidden || call.asking == Asking::Nobody && stdin().is_terminal()
}

/// Goes through a ritual, and prints what came of it.
///
/// # Errors
/// A storage error, or output that cannot be written.
pub fn run(
    call: &mut Invocation<'_>,
    matches: &ArgMatches,
    which: Which<'_>,
    cards: &dyn Reads,
) -> Result<()> {
    let mut lines = stdin().lock().lines();
    let (mut workspace, mut first) = begin::opened(call, &mut lines)?;
    let mut sitting = workspace.sit(which.kind, which.about, which.filter)?;
    begin::greet(call, &sitting);
    let mut said = 0_usize;
    let is_fed = !stdin().is_terminal();
    let mut heard = match (is_fed, which.kind) {
        (false, _) => Heard::from_somebody(),
        (true, RitualKind::Checkin) => Heard::from_a_pipe(),
        (true, _) => Heard::from_a_file(),
    };
    loop {
        workspace.bring_next(&mut sitting)?;
        let Some(section) = sitting.run.open_section().cloned() else { break };
        let open = |line: &&Line| line.verdict == Verdict::Open;
        let at = At { sitting: &sitting, section: &section, line: section.lines.iter().find(open) };
        tell(call, &workspace, &at, cards)?;
        let kept = heard.kept_for(&section.key);
        let next = kept
            .or_else(|| first.take())
            .map(Ok)
            .or_else(|| lines.next())
            .transpose()
            .map_err(Error::Output)?;
        let Some(line) = next.or_else(|| heard.on_to_what_waits(&section, &sitting.run.sections))
        else {
            break;
        };
        let line = match heard.line(&line, &section, &sitting.run.sections) {
            Told::Answer(line) if is_fed && leaves_bands(&line, &sitting, &section) => {
                "skip".to_owned()
            }
            Told::Answer(line) => line,
            Told::Kept => continue,
            Told::Unfit(words) => {
                call.output.say(&words);
                continue;
            }
        };
        let meant = match read::read(&workspace, &at, &line, cards) {
            Ok(meant) => meant,
            Err(error) => {
                refused::tell(call, &mut heard, (&error, cards.letters(&workspace, &at)), &line);
                continue;
            }
        };
        match meant {
            Meant::Stop => {
                heard.stop();
                break;
            }
            Meant::Nothing => {}
            // What was done before the ritual is not its to take back.
            Meant::Undo if said == 0 => call.output.say("nothing was said yet"),
            Meant::Undo => {
                let done = workspace.run(&Op::Undo)?;
                call.output.say(&done.label);
                sitting = workspace.sit(which.kind, which.about, which.filter)?;
                said -= 1;
            }
            Meant::Step(step) => match workspace.run(&Op::Ritual(step.clone())) {
                Ok(done) => {
                    call.output.say(&done.label);
                    for notice in &done.notices {
                        call.output.say(notice);
                    }
                    said += 1;
                    let turns = sitting.turns(&step);
                    sitting.hear(&step);
                    let is_over =
                        sitting.run.open_section().is_none_or(|now| now.key != section.key);
                    heard.ended(&line, is_over && section.asks == Asks::Bands);
                    if !is_over && section.asks == Asks::Bands && line.trim().is_empty() {
                        heard.took_guesses(&section.key);
                    }
                    if turns && sitting.run.open_section().is_some() {
                        sitting = workspace.sit(which.kind, which.about, which.filter)?;
                    }
                }
                Err(error) => {
                    let letters = cards.letters(&workspace, &at);
                    refused::tell(call, &mut heard, (&error, letters), &line);
                    // An end that is refused leads back to what holds.
                    if step.ends == Ends::Yes {
                        sitting = workspace.sit(which.kind, which.about, which.filter)?;
                    }
                }
            },
        }
    }
    for line in heard.unread(lines.map_while(std::io::Result::ok)) {
        call.output.say(&format!("not read, since nothing was left to ask: {line}"));
    }
    finish(call, matches, &mut workspace, which)?;
    heard.end()
}

/// A blank line from a pipe goes on to the next part, also where no band is guessed to accept.
fn leaves_bands(line: &str, sitting: &Sitting, section: &Progress) -> bool {
    line.trim().is_empty() && section.asks == Asks::Bands && sitting.accepting(section).is_none()
}

/// What came of it: the minutes, or for machines the run with all that was said.
///
/// # Errors
/// A storage error, or output that cannot be written.
pub fn finish(
    call: &mut Invocation<'_>,
    matches: &ArgMatches,
    workspace: &mut Workspace,
    which: Which<'_>,
) -> Result<()> {
    let going = workspace.going_run(which.kind, which.about)?;
    let run = match going {
        Some(run) => Some(run),
        None => workspace.last_run(which.kind, which.about)?,
    };
    let today = call.clock.today();
    let Some(run) = run.filter(|run| run.day("finished_on").is_none_or(|day| day == today)) else {
        call.output.say("nothing was said, and nothing changed");
        return if call.output.is_human() { Ok(()) } else { none(call) };
    };
    if !call.output.is_human() && super::root::flag(matches, "out").is_none() {
        let told = workspace.told(&[run.id])?;
        return super::change::print_items(call, &told);
    }
    match workspace.minutes_of(&run)? {
        Some(page) => report::print(call, matches, &page),
        None => Ok(()),
    }
}

fn none(call: &mut Invocation<'_>) -> Result<()> {
    call.output.open("ritual")?;
    call.output.close()
}

fn tell(
    call: &mut Invocation<'_>,
    workspace: &Workspace,
    at: &At<'_>,
    cards: &dyn Reads,
) -> Result<()> {
    call.output.say("");
    match at.section.asks {
        Asks::Verdicts => return cards.tell(call, workspace, at),
        Asks::Confirmation => {
            let count = at.section.count();
            let title = at.section.title.to_lowercase();
            if at.sitting.kind == RitualKind::Standup {
                call.output.say(&format!("{title}, {count} in all; enter acknowledges"));
            } else {
                call.output.say(&at.section.prompt);
                notes(call, at.section);
            }
            for line in &at.section.lines {
                call.output.say(&format!("   {}", row(line)));
            }
        }
        Asks::Bands => {
            call.output.say(&at.section.prompt);
            let open = |(_, line): &(usize, &Line)| line.verdict == Verdict::Open;
            for (number, line) in (1..).zip(&at.section.lines).filter(open) {
                let band = &line.guess;
                let why =
                    if line.why.is_empty() { String::new() } else { format!("  ({})", line.why) };
                call.output.say(&format!("{number:>4}  {}  → {band}{why}", one_line(line)));
            }
            call.output.say(
                "   enter all   s e r o the next   3 r one   3 X not kept to   skip   u undo   q stop",
            );
        }
        Asks::Figures => {
            call.output.say(&at.section.prompt);
            let open = |line: &&Line| line.verdict == Verdict::Open;
            for line in at.section.lines.iter().filter(open) {
                call.output.say(&format!("   {}", one_line(line)));
            }
            let what = match at.section.key.as_str() {
                "pulse" => "4 and what they said, the next   u4 3 one",
                _ => "31.2% the next   m4 31.2% one",
            };
            call.output
                .say(&format!("   {what}   enter leaves the next   skip all   u undo   q stop"));
        }
        Asks::Choice | Asks::Blocks => {
            call.output.say(&at.section.prompt);
            notes(call, at.section);
            for (number, line) in (1..).zip(&at.section.lines) {
                let mark = if line.verdict == Verdict::Answered { "*" } else { " " };
                call.output.say(&format!("{mark}{number:>3}  {}", row(line)));
            }
            call.output.say(match at.section.asks {
                Asks::Choice if at.section.makes.is_some() => "   2 chooses a line or gives it up   a line adds one   enter goes on   skip leaves it   u undo   q stop",
                Asks::Choice => "   2 chooses a line or takes it back   enter goes on   skip leaves it   u undo   q stop",
                _ => "   f fills the week   2 H L K J moves one   2 < > its length   2 s its band   2 X away   enter goes on   skip leaves it   u undo   q stop",
            });
        }
        Asks::Levels => {
            call.output.say(&at.section.prompt);
            notes(call, at.section);
            let open = |(_, line): &(usize, &Line)| line.verdict == Verdict::Open;
            for (number, line) in (1..).zip(&at.section.lines).filter(open) {
                call.output.say(&format!("{number:>4}  {}", one_line(line)));
            }
            call.output.say("   0 to 4 answers the next   5 3 answers the fifth   skip leaves them   u undo   q stop");
        }
        Asks::Lines => {
            call.output.say(&at.section.prompt);
            notes(call, at.section);
            for held in &at.section.held {
                let answer = held.answer.as_ref().map_or_else(
                    || "holds until it is explained or waived".to_owned(),
                    HoldAnswer::words,
                );
                call.output.say(&format!("   ! {} {}: {answer}", held.about, held.name));
            }
            for (number, line) in (1..).zip(&at.section.lines) {
                let mark = if line.verdict == Verdict::Dropped { "  (dropped)" } else { "" };
                call.output.say(&format!("{number:>4}  {}{mark}", row(line)));
            }
            call.output
                .say("   a line adds   X 2 drops one   ! a line what is blocked   enter goes on   skip leaves it   u undo   q stop");
        }
    }
    Ok(())
}

/// The same with why it is here.
fn row(line: &Line) -> String {
    let why = if line.why.is_empty() { String::new() } else { format!("  ({})", line.why) };
    format!("{}{why}", one_line(line))
}

fn notes(call: &mut Invocation<'_>, section: &Progress) {
    for note in &section.notes {
        call.output.say(&format!("   {note}"));
    }
}

fn one_line(line: &Line) -> String {
    let about = called(line.about.as_deref().unwrap_or(""));
    format!("{about:<4} {}  {}", line.text, line.aside).trim().to_owned()
}

/// What would be asked, and nothing else.
///
/// # Errors
/// A storage error, or output that cannot be written.
pub fn show(call: &mut Invocation<'_>, kind: RitualKind) -> Result<()> {
    let sitting = call.workspace()?.sit(kind, None, "")?;
    if !call.output.is_human() {
        call.output.open("section")?;
        for section in &sitting.run.sections {
            call.output.item(&as_json(section))?;
        }
        return call.output.close();
    }
    for section in &sitting.run.sections {
        let state = match section.state {
            SectionState::Open => "",
            SectionState::Done => "  (done)",
            SectionState::Skipped if section.lines.is_empty() => "  (nothing to ask)",
            SectionState::Skipped => "  (skipped)",
        };
        call.output.line(&format!("{}{state}", section.title))?;
        for note in &section.notes {
            call.output.line(&format!("   {note}"))?;
        }
        for held in &section.held {
            call.output.line(&format!("   ! {} {}", held.about, held.name))?;
        }
        for line in &section.lines {
            let guess =
                if line.guess.is_empty() { String::new() } else { format!("  → {}", line.guess) };
            call.output.line(&format!("   {}{guess}", row(line)))?;
        }
    }
    Ok(())
}

/// A section with its lines, for machines.
fn as_json(section: &Progress) -> Json {
    let lines: Vec<Json> = section
        .lines
        .iter()
        .map(|line| {
            json!({
                "ref": line.about, "title": line.text, "aside": line.aside.trim(),
                "why": line.why, "guess": line.guess, "verdict": line.verdict.slug(),
                "words": line.words,
            })
        })
        .collect();
    let held: Vec<Json> = section
        .held
        .iter()
        .map(|held| {
            let answer = held.answer.as_ref().map(HoldAnswer::words);
            json!({ "ref": held.about, "title": held.name, "answer": answer })
        })
        .collect();
    json!({
        "ref": section.key, "title": section.title, "asks": section.asks.slug(),
        "state": section.state.slug(), "lines": lines, "notes": section.notes, "held": held,
        "done": section.state == SectionState::Done,
    })
}
