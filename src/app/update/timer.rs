//! The timer on the screen: `t` starts it on a row or ends it; one that cannot be believed asks
//! what really happened, and logs nothing before that is said.

use crate::domain::day::{clock, clock_minutes, show_minutes};
use crate::domain::item::Item;
use crate::domain::refusal::Refusal;
use crate::ops::Op;
use crate::ops::timer::{Doubted, Ending};

use super::super::effect::Effect;
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::Model;
use super::super::popup::Popup;
use super::super::prompt::{Prompt, PromptFor};
use super::open;

/// What is to become of a timer that is doubted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Keep,
    Until,
    Discard,
}

/// `t`: ends the timer that runs, else starts one on the row.
pub fn switch(model: &Model, item: &Item) -> Vec<Effect> {
    if model.timer.is_some() {
        return vec![Effect::Run(Op::StopTimer { now: None, ending: Ending::Believed })];
    }
    // Time on a block goes into what the block is for.
    let work = if item.kind().noun().position("minutes").is_some() {
        item.link("for")
    } else {
        Some(item.id)
    };
    vec![Effect::Run(Op::StartTimer { item: work, title: item.title().to_owned(), started: None })]
}

/// The question about a timer that cannot be believed; the safe answer is to leave it running.
pub fn ask(model: &mut Model, doubted: Doubted) {
    let ran = show_minutes(doubted.ran);
    let since = doubted.timer.started.format("%a %-d %b %H:%M");
    let title = format!("{}: {}, {ran} since {since}", doubted.timer.title, doubted.why);
    let entries = vec![
        Entry::new("leave it running", Pick::Keep).side("enter"),
        Entry::new(format!("keep all {ran}"), Pick::Timer(Answer::Keep)).side("a"),
        Entry::new("it ended at …", Pick::Timer(Answer::Until)).side("e"),
        Entry::new("drop it, log nothing", Pick::Timer(Answer::Discard)).side("X"),
    ];
    model.doubted = Some(doubted);
    open(model, Popup::Menu(Menu::new(Purpose::Timer, title, entries).by_letters()));
}

/// An entry of the question was chosen.
pub fn answered(model: &mut Model, answer: Answer) -> Vec<Effect> {
    let ending = match answer {
        Answer::Keep => Ending::Keep,
        Answer::Discard => Ending::Discard,
        Answer::Until => {
            let prompt = Prompt::new(PromptFor::TimerUntil, "it ended at", "");
            open(model, Popup::Prompt(prompt));
            return Vec::new();
        }
    };
    vec![Effect::Run(Op::StopTimer { now: None, ending })]
}

/// The time of day at which the timer really ended, on the day on which it began or the next.
pub fn until(model: &Model, text: &str) -> Result<Op, Refusal> {
    let minutes = clock(text.trim()).and_then(|kept| clock_minutes(&kept));
    let minutes = minutes
        .ok_or_else(|| Refusal::input(format!("“{text}” is not a time of day; try 17:30")))?;
    let timer = model.timer.as_ref().ok_or_else(|| Refusal::input("no timer runs"))?;
    // The desk knows the moment; a session over midnight means the next day.
    let now = model.doubted.as_ref().map(|doubted| doubted.now);
    let now = now.or_else(|| Some(model.today().and_time(model.now?)));
    let until = timer.ended_at(minutes, now.unwrap_or(timer.started))?;
    Ok(Op::StopTimer { now: None, ending: Ending::Until(until) })
}
