//! Pages for people who are not at the workspace: for whom, then how (a file, or copied), then
//! where to. A page that is written stays open as a line until its file is there.

use chrono::{Days, NaiveDate};

use crate::domain::item::{Item, ItemId};
use crate::domain::nouns::FUNCTIONS;
use crate::domain::part::{PartKind, of_kind};
use crate::domain::refusal::Refusal;
use crate::domain::report::ReportKind;
use crate::ops::Op;
use crate::ops::pages::{Form, Paper};
use crate::ops::report::reached;

use super::super::action::Report;
use super::super::effect::{Effect, Load, Out};
use super::super::menu::{Entry, Menu, Pick, Purpose};
use super::super::model::{Model, Tone};
use super::super::place::Place;
use super::super::popup::Popup;
use super::super::prompt::{Prompt, PromptFor};
use super::open;

/// What stands for a page that is not for one function.
const WHOLE: &str = "whole";

/// Asks how a page about the workspace is written.
pub fn of_workspace(model: &mut Model, report: Report) {
    let paper = match report {
        Report::Pack => {
            let shown = model.place == Place::Decisions;
            let filter = if shown { model.list().query.filter.clone() } else { String::new() };
            Paper::Pack { filter }
        }
        Report::Figures => Paper::Figures,
        Report::Trades => Paper::Trades,
        Report::Pull => Paper::Pull,
        Report::Of(kind) => Paper::Report(kind, shown(model, kind)),
        Report::Row => return,
    };
    ask_way(model, paper);
}

/// Asks for whom the page of a decision is; of one that is framed for nobody there is one page.
pub fn of_row(model: &mut Model, item: &Item) {
    let detail = model.detail.as_ref().filter(|detail| detail.row.item.id == item.id);
    let framed = |function: &&&str| {
        detail.is_none_or(|detail| {
            of_kind(&detail.parts, PartKind::Framing)
                .any(|part| part.text("function") == **function)
        })
    };
    let functions: Vec<&'static str> = FUNCTIONS.iter().filter(framed).copied().collect();
    if functions.is_empty() {
        return ask_way(model, Paper::Decision { id: item.id, function: None });
    }
    let whole = Entry::new("whole", Pick::Slug(WHOLE)).side("w").help("Everything, for anybody.");
    // Motion stays motion.
    let mut taken = vec!['w', 'h', 'j', 'k', 'l'];
    let each = functions.into_iter().map(|function| {
        let letter = function.chars().find(|letter| !taken.contains(letter));
        taken.extend(letter);
        let side = letter.map(String::from).unwrap_or_default();
        let help = "The same facts, beginning with the words for them.";
        Entry::new(function, Pick::Slug(function)).side(side).help(help)
    });
    let entries = std::iter::once(whole).chain(each).collect();
    let title = format!("The page of {}, for", item.reference);
    open(model, Popup::Menu(Menu::new(Purpose::PaperFor(item.id), title, entries).by_letters()));
}

/// For whom is said.
pub fn for_whom(model: &mut Model, id: ItemId, whom: &'static str) {
    let function = (whom != WHOLE).then(|| whom.to_owned());
    ask_way(model, Paper::Decision { id, function });
}

fn ask_way(model: &mut Model, paper: Paper) {
    let entry = |slug: &'static str, letter: &str, name: &str, help: &str| {
        Entry::new(name, Pick::Slug(slug)).side(letter).help(help)
    };
    let mut entries = vec![
        entry("html", "p", "HTML", "One page that needs nothing else: to send, to print."),
        entry("md", "m", "Markdown", "A file of plain text."),
        entry("copy", "y", "copy", "To the clipboard, in Markdown."),
    ];
    if matches!(paper, Paper::Report(..)) {
        let reached = "Logs to whom it went, so that nobody is left unreached for long.";
        entries.push(entry("sent", "t", "to whom it went", reached));
    }
    if matches!(paper, Paper::Report(..) | Paper::Pull) {
        entries.insert(0, entry("read", "r", "read it here", "As plain words, on the screen."));
    }
    let title = match &paper {
        Paper::Report(kind, Some(last)) => {
            format!("Write {} of {}", called(&paper), kind.period(*last))
        }
        _ => format!("Write {}", called(&paper)),
    };
    open(model, Popup::Menu(Menu::new(Purpose::Paper(paper), title, entries).by_letters()));
}

/// The last day of the week that the Week screen shows, or of its month, where they are over.
fn shown(model: &Model, kind: ReportKind) -> Option<NaiveDate> {
    let week = model.week_asked.week.filter(|_| model.place == Place::Week)?;
    let named = match kind {
        ReportKind::Week => week.to_string(),
        // A week is of the month that holds its Thursday.
        ReportKind::Month => {
            week.monday().checked_add_days(Days::new(3))?.format("%Y-%m").to_string()
        }
        ReportKind::Exec => return None,
    };
    kind.last_day(&named, model.today()).ok().flatten()
}

fn called(paper: &Paper) -> &'static str {
    match paper {
        Paper::Pack { .. } => "the meeting pack",
        Paper::Figures => "how the decisions go",
        Paper::Trades => "what requests came to",
        Paper::Pull => "how early people ask",
        Paper::Report(kind, _) => match kind {
            ReportKind::Week => "the weekly readout",
            ReportKind::Month => "the monthly review",
            ReportKind::Exec => "the executive one-pager",
        },
        Paper::Decision { .. } => "the page",
    }
}

/// How is said: it is copied, or asks where to.
pub fn way(model: &mut Model, paper: &Paper, way: &str) -> Vec<Effect> {
    let form = match way {
        "html" => Form::Html,
        "md" => Form::Markdown,
        "sent" => {
            if let Paper::Report(kind, last) = paper {
                let label = format!("{} went to", called(paper));
                let prompt = Prompt::new(PromptFor::Reached(*kind, *last), label, "");
                open(model, Popup::Prompt(prompt));
            }
            return Vec::new();
        }
        "read" => {
            return vec![Effect::Load(Load::Paper { paper: paper.clone(), out: Out::Read })];
        }
        _ => return vec![Effect::Load(Load::Paper { paper: paper.clone(), out: Out::Copy })],
    };
    let reference = model.subject_item().map(|item| item.reference.to_string());
    let stem = match paper {
        Paper::Pack { .. } => "meeting-pack".to_owned(),
        Paper::Figures => "decisions".to_owned(),
        Paper::Trades => "trades".to_owned(),
        Paper::Pull => "early-involvement".to_owned(),
        Paper::Report(kind, _) => kind.slug().to_owned(),
        Paper::Decision { function, .. } => {
            let function = function.as_ref().map(|name| format!("-{name}")).unwrap_or_default();
            format!("{}{function}", reference.unwrap_or_else(|| "decision".to_owned()))
        }
    };
    let on = match paper {
        Paper::Report(kind, Some(last)) => kind.key(*last),
        _ => model.today().to_string(),
    };
    let name = format!("{stem}-{on}.{way}");
    let label = format!("write {} to", called(paper));
    let purpose = PromptFor::Paper { paper: paper.clone(), form };
    open(model, Popup::Prompt(Prompt::new(purpose, label, &name)));
    Vec::new()
}

/// Where to is said. The line stays until the file is there, so that a name can be mended.
pub fn write(paper: Paper, form: Form, path: &str) -> Vec<Effect> {
    let out = Out::File { path: path.trim_matches(['\'', '"']).to_owned(), form };
    vec![Effect::Load(Load::Paper { paper, out })]
}

/// It is to be copied; what there is to say of how it was made is said too.
pub fn copied(model: &mut Model, text: String, said: Option<String>) -> Vec<Effect> {
    if let Some(said) = said {
        model.say(said, Tone::Refused);
    }
    vec![Effect::Copy(text)]
}

/// To whom it went is said.
pub fn reached(kind: ReportKind, typed: &str, last: NaiveDate) -> Result<Op, Refusal> {
    let people = reached::names(typed);
    if people.is_empty() {
        return Err(Refusal::input("nobody is named").hint("@raj @dana, or raj, dana"));
    }
    Ok(Op::Reach { people, what: kind.sent(last) })
}

/// The file is there.
pub fn written(model: &mut Model, path: &str, said: Option<String>) {
    let is_it = |popup: &Popup| matches!(popup, Popup::Prompt(prompt) if matches!(prompt.purpose, PromptFor::Paper { .. }));
    model.popups.retain(|popup| !is_it(popup));
    // Where it lies is said last, where it is seen; the rest stays among the messages.
    if let Some(said) = said {
        model.say(said, Tone::Refused);
    }
    model.say(format!("wrote {path}"), Tone::Done);
}
