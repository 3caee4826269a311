//! One item in full: what it is, why it stands where it stands, what it holds and waits for, its
//! fields and its note. Scrolls when it is longer than its room.

mod facts;
mod metric;
mod parts;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::pen::{Pen, wrap};
use super::theme::{Glyphs, Role};
use crate::app::effect::Scroll;
use crate::app::model::{Model, Pane};
use crate::domain::day;
use crate::domain::field::{Entry, Field, FieldKind};
use crate::domain::kind::Kind;
use crate::domain::part::PartId;
use crate::domain::shown::Shown;
use crate::domain::value::Value;
use crate::ops::detail::{Detail, Mention};
use crate::ops::metric::watch::Watch;

/// Below this width a mention is ref and title alone.
const NARROW: usize = 44;

/// Below this many lines none is spent on air.
const LOW: usize = 12;
/// Wider than this nobody reads a sentence with ease; only a chart takes all the room there is.
const READ: u16 = 98;

/// Columns of the labels: where there is room every one is whole, on a narrow pane the text needs it.
fn label_room(width: usize) -> usize {
    match width {
        60.. => 16,
        NARROW.. => 14,
        _ => 11,
    }
}

/// What is asked of a decision first, and stands in the same place of each.
const HEAD: [&str; 2] = ["needed_by", "approver"];
/// The frame of a decision, which comes before what else is known of it.
const FRAME: [&str; 7] =
    ["happening", "matters", "now", "risk", "signal", "reads_on", "probability"];
/// What the head of the detail or its parts tell.
const ELSEWHERE: [&str; 12] = [
    "title",
    "state",
    "stake",
    "reversibility",
    "kind",
    "blocks",
    "blocked_by",
    "rank",
    "decided_at",
    "segment_unknown",
    "recommendation",
    "chosen",
];

/// A line of the detail: label, text, and how it is meant.
struct Passage {
    label: Shown,
    text: Shown,
    role: Role,
    /// Further pieces of the line, each in its own colour.
    more: Vec<(Shown, Role)>,
    /// The part that it tells, which keys can choose.
    part: Option<PartId>,
}

/// What there is room for: the columns of a sentence, the lines, and the columns of a chart.
#[derive(Clone, Copy)]
struct Room {
    width: usize,
    height: usize,
    across: usize,
}

impl Passage {
    fn is_blank(&self) -> bool {
        self.text.is_empty() && self.more.is_empty() && self.label.is_empty()
    }
}

/// Draws it; returns how far it is scrolled in this room, and can be.
pub fn draw(pen: &mut Pen<'_>, model: &Model, whole: Rect) -> Option<Scroll> {
    let detail = model.detail.as_ref()?;
    let area = Rect { width: whole.width.min(READ), ..whole };
    let selected = model.subject();
    let is_bare = model.list().loaded
        && model.list().total == 0
        && !model.is_zoomed()
        && model.card().is_none();
    if is_bare || selected.is_some_and(|id| id != detail.row.item.id) {
        return None;
    }
    let mark = pen.theme.glyphs.folded;
    let height = usize::from(area.height);
    let room = Room { width: usize::from(area.width), height, across: usize::from(whole.width) };
    let mut lines = lines(model, detail, (mark, pen.theme.glyphs), room);
    if height < LOW {
        lines.retain(|line| !line.is_blank());
    }
    let last = lines.len().saturating_sub(height);
    let chosen = model.chosen_part().map(|part| part.id);
    let is_chosen = |line: &Passage| chosen.is_some() && line.part == chosen;
    let mut top = model.detail_top.min(last);
    if let (true, Some(first)) = (model.follows, lines.iter().position(is_chosen)) {
        let end = first + lines[first..].iter().take_while(|line| is_chosen(line)).count();
        // The last line of the room says how much more there is.
        top = top.max((end + 1).saturating_sub(height)).min(first).min(last);
    }
    for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(top)) {
        let room = u16::try_from(label_room(usize::from(area.width))).unwrap_or(0);
        let indent = if line.label.is_empty() { 0 } else { room };
        // A label that stands alone has the whole line.
        let alone = line.text.is_empty() && line.more.is_empty();
        pen.put(area.x, y, if alone { area.width } else { indent }, &line.label, Role::Muted);
        let mut x = area.x + indent;
        x += pen.put(x, y, area.right().saturating_sub(x), &line.text, line.role);
        for (text, role) in &line.more {
            x += pen.put(x, y, whole.right().saturating_sub(x), text, *role);
        }
        if is_chosen(line) {
            let width = area.width.saturating_sub(indent);
            pen.select(Rect { x: area.x + indent, y, width, height: 1 });
            let mark = Shown::fixed(pen.theme.glyphs.cursor);
            pen.put(area.x + indent.saturating_sub(1), y, 1, &mark, Role::Focus);
        }
    }
    if lines.len() > top + height {
        pen.clear(Rect { y: area.bottom() - 1, height: 1, ..area });
        let more = format!("… {} more", lines.len() - top - height + 1);
        pen.put_right(area.x, area.bottom() - 1, area.width, &Shown::line(&more), Role::Muted);
    }
    if model.pane == Pane::Detail {
        pen.put(
            area.x.saturating_sub(1),
            area.y,
            1,
            &Shown::fixed(pen.theme.glyphs.cursor),
            Role::Focus,
        );
    }
    Some(Scroll { top, last })
}

fn lines(
    model: &Model,
    detail: &Detail,
    (mark, glyphs): (&'static str, &'static Glyphs),
    room: Room,
) -> Vec<Passage> {
    let width = room.width;
    let item = &detail.row.item;
    let mut lines = Vec::new();
    let title = Shown::line(&format!("{}  {}", item.reference, item.title()));
    lines.extend(wrap(&title, width).into_iter().map(|text| plain(text, Role::Title)));
    let summary = Shown::line(&summary(detail, model.today()));
    lines.extend(wrap(&summary, width).into_iter().map(|text| plain(text, Role::Muted)));
    lines.push(blank());
    fields(model, detail, Told::Head, width, &mut lines);
    if !detail.why.is_empty() {
        let role = if detail.row.late { Role::Warn } else { Role::Plain };
        let why = labelled("Why now", &detail.why, width, role);
        // What follows stands in one place, whether this takes one line or two.
        let air = usize::from(why.len() != 2);
        lines.extend(why);
        lines.extend(std::iter::repeat_with(blank).take(air));
    }
    if let Some(page) = &detail.metric {
        lines.extend(metric::lines(page, glyphs, room, model.today()));
    }
    lines.extend(facts::before(detail, width));
    lines.extend(parts::triage(model, detail, width));
    let before = lines.len();
    let options = parts::options(model, detail, mark, width);
    fields(model, detail, Told::Frame(options), width, &mut lines);
    if !detail.signal.is_empty() {
        lines.extend(labelled("Reads now", &detail.signal, width, Role::Plain));
    }
    lines.extend(parts::prewires(model, detail, width));
    lines.extend(facts::behind(detail, width));
    if lines.len() > before {
        lines.push(blank());
    }
    fields(model, detail, Told::Rest, width, &mut lines);
    lines.extend(parts::others(model, detail, width));
    for (at, line) in detail.known.iter().enumerate() {
        let label = if at == 0 { "Known" } else { " " };
        lines.extend(labelled(label, line, width, Role::Plain));
    }
    mentions(model, "In its place", &detail.chain, width, &mut lines);
    mentions(model, "Holds", &detail.holds, width, &mut lines);
    mentions(model, "Waits for", &detail.held_by, width, &mut lines);
    mentions(model, "Served by", &detail.served_by, width, &mut lines);
    if let Some(words) = detail.rest_of_served() {
        lines.extend(labelled(" ", &words, width, Role::Muted));
    }
    for (field, value) in item
        .entries()
        .filter(|(field, _)| field.kind == FieldKind::Text && field.entry != Entry::Inner)
    {
        // The triage of a request shows its reply above.
        if detail.triage.is_some() && field.name == "reply" {
            continue;
        }
        // What a milestone waits for says its criteria in words, and what proved it does.
        if field.name == "exit" && (!detail.facts.is_empty() || !item.text("proof").is_empty()) {
            continue;
        }
        let text = field.typed(value, &detail.names);
        if text.is_empty() {
            continue;
        }
        lines.push(blank());
        lines.push(plain(Shown::line(&capitalised(field.label)), Role::Muted));
        for line in Shown::lines(&text) {
            lines.extend(wrap(&line, width).into_iter().map(|text| plain(text, Role::Plain)));
        }
    }
    lines
}

/// State, and what weighs: `raised · high stake · one-way`.
fn summary(detail: &Detail, today: NaiveDate) -> String {
    let item = &detail.row.item;
    let blocked = if detail.row.blockers.is_empty() { "" } else { ", blocked" };
    let mut words = vec![format!("{}{blocked}", item.state().slug)];
    if item.kind() == Kind::Decision {
        words.push(format!("{} stake", item.text("stake")));
        words.push(item.text("reversibility").to_owned());
    }
    if !item.text("kind").is_empty() {
        words.push(item.text("kind").to_owned());
    }
    if item.kind() == Kind::Request {
        words.extend(asked(detail, today));
    }
    words.retain(|word| !word.trim().is_empty() && word != " stake");
    words.join(" · ")
}

/// Who asks, by when, and for how long: `Sam, sales · wanted tomorrow · 2 h`.
fn asked(detail: &Detail, today: NaiveDate) -> Vec<String> {
    use crate::domain::field::Names;
    let item = &detail.row.item;
    let from = item.link("from").and_then(|id| detail.names.title(id)).unwrap_or("");
    let who = [from, item.text("function")];
    let who: Vec<&str> = who.into_iter().filter(|word| !word.is_empty()).collect();
    let wanted = item.day("wanted_by").map(|day| format!("wanted {}", day::short(day, today)));
    let time = item.whole("estimate").map(day::show_minutes);
    let triage = detail.triage.as_ref().filter(|triage| !triage.is_answered);
    let answer = triage.and_then(|triage| triage.answer_by);
    let answer = answer.map(|last| format!("answer by {}", day::short(last, today)));
    std::iter::once(who.join(", ")).chain(wanted).chain(time).chain(answer).collect()
}

/// Which fields are told.
enum Told {
    Head,
    /// What a leader chooses from, with the options before what to do now.
    Frame(Vec<Passage>),
    Rest,
}

fn fields(model: &Model, detail: &Detail, told: Told, width: usize, lines: &mut Vec<Passage>) {
    use crate::domain::field::Names;
    let item = &detail.row.item;
    let (is_told, mut options): (fn(&str) -> bool, _) = match told {
        Told::Head => (|name| HEAD.contains(&name), Vec::new()),
        Told::Frame(options) => (|name| FRAME.contains(&name), options),
        Told::Rest => (|name| !HEAD.contains(&name) && !FRAME.contains(&name), Vec::new()),
    };
    for (field, value) in item.entries() {
        if field.name == "now" {
            lines.append(&mut options);
        }
        let elsewhere = ELSEWHERE.contains(&field.name) || field.kind == FieldKind::Text;
        if value.is_nothing() || elsewhere || !is_told(field.name) {
            continue;
        }
        let text = match value.ids() {
            [id] if !field.is_person() => {
                let title = detail.names.title(*id).unwrap_or("");
                format!("{} {title}", field.called(*id, &detail.names))
            }
            _ => shown(field, value, detail, model.today()),
        };
        lines.extend(labelled(&capitalised(field.label), &text, width, Role::Plain));
    }
}

/// A day with its date and what that means from today: `Mon 4 May · −2 d`.
fn shown(field: &Field, value: &Value, detail: &Detail, today: NaiveDate) -> String {
    let short = field.show(value, &detail.names, today);
    let Value::Day(date) = value else { return Watch::told(field, value).unwrap_or(short) };
    let full = day::echo(*date, today);
    if full.starts_with(&short) || full.ends_with(&short) {
        full
    } else {
        format!("{full} · {short}")
    }
}

fn mentions(
    model: &Model,
    label: &str,
    mentions: &[Mention],
    width: usize,
    lines: &mut Vec<Passage>,
) {
    if mentions.is_empty() {
        return;
    }
    lines.push(blank());
    let before = label_room(width);
    let told = mentions.iter().map(|mention| {
        let due = mention.due.map(|date| day::short(date, model.today())).unwrap_or_default();
        let side = if mention.closed || due.is_empty() { mention.state.to_owned() } else { due };
        let reference = Shown::line(&format!("{:<5}", mention.reference.to_string()));
        let title = Shown::line(&mention.title);
        // On a narrow pane the title needs the room of the day.
        let text = if width < NARROW {
            reference.followed_by(&title.truncate(width.saturating_sub(before + 5)))
        } else {
            reference
                .followed_by(&title.pad_right(width.saturating_sub(before + 6 + 10)))
                .followed_by(&Shown::fixed(" "))
                .followed_by(&Shown::line(&side).pad_left(9))
        };
        plain(text, if mention.closed { Role::Muted } else { Role::Plain })
    });
    lines.extend(under(label, width, told.collect()));
}

/// A label and its text, wrapped.
fn labelled(label: &str, text: &str, width: usize, role: Role) -> Vec<Passage> {
    let room = width.saturating_sub(label_room(width)).max(8);
    let lines = wrap(&Shown::line(text), room).into_iter();
    under(label, width, lines.map(|text| plain(text, role)).collect())
}

/// Puts a label before the first of some lines; one that is longer than its column stands above.
fn under(label: &str, width: usize, lines: Vec<Passage>) -> Vec<Passage> {
    let label = Shown::line(label);
    let is_above = label.width() >= label_room(width);
    let above = is_above.then(|| Passage { label: label.clone(), ..blank() });
    let labels = lines.into_iter().enumerate().map(|(at, line)| {
        let label = if at == 0 && !is_above { label.clone() } else { Shown::fixed(" ") };
        Passage { label, ..line }
    });
    above.into_iter().chain(labels).collect()
}

fn plain(text: Shown, role: Role) -> Passage {
    Passage { label: Shown::fixed(""), text, role, more: Vec::new(), part: None }
}

fn blank() -> Passage {
    plain(Shown::fixed(""), Role::Plain)
}

fn capitalised(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
