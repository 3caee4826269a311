//! What a record says of a decision, and whether a file is such a record: it is known by the id in
//! its head, whatever the file is called.

use crate::domain::day::{minutes, show_minutes};
use crate::domain::decision::Record;
use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::part::Part;
use crate::domain::value::Value;
use crate::exchange::madr::{Madr, MadrOption};
use crate::store::Write;
use crate::store::part::Parts;

use super::super::error::{Error, Result};
use super::super::record;
use super::super::workspace::Settings;
use super::ties::Around;
use super::{MadrFile, parts, people, ties};

/// Under which a record tells the decision that it was written from.
const OWN: &str = "prewire-id";

/// What stands before a risk, a time and a sum among the arguments.
const RISK: &str = "of a risk: ";
const TIME: &str = "it takes ";
const MONEY: &str = "it costs ";

/// The highest number that is taken over: beyond it, somebody typed it.
const MOST: i64 = 100_000;

/// `d12-which-tier-is-the-atlas-launch.md`.
pub(super) fn file_name(reference: Ref, title: &str) -> String {
    let mut name = reference.to_string();
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric());
    for word in words.filter(|word| !word.is_empty()).take(8) {
        name.push('-');
        name.push_str(&word.to_lowercase());
    }
    name.push_str(".md");
    name
}

/// `[d12](d12-which-tier-is-the-atlas-launch.md)`.
pub(super) fn linked(reference: Ref, title: &str) -> String {
    format!("[{reference}]({})", file_name(reference, title))
}

pub(super) fn as_madr(record: &Record, around: &Around) -> Madr {
    let item = &record.item;
    let superseded_by = around.successor(item);
    let people = |name: &str| -> Vec<String> {
        item.links(name).iter().map(|id| record.called(*id).to_owned()).collect()
    };
    let said = |name: &str| Some(item.text(name).to_owned()).filter(|text| !text.is_empty());
    let status = match (item.state().slug, superseded_by) {
        ("decided" | "reviewed", _) => "accepted".to_owned(),
        ("superseded", Some(by)) => format!("superseded by {by}"),
        ("superseded", None) => "superseded".to_owned(),
        ("dropped", _) => "rejected".to_owned(),
        _ => "proposed".to_owned(),
    };
    let options = record.options().map(|option| MadrOption {
        title: option.main().to_owned(),
        good: texts(option, &["gains"]),
        bad: given_up(option),
        neutral: costs(option),
    });
    let chosen = record.option(item.text("chosen")).map(|option| option.main().to_owned());
    Madr {
        title: item.title().to_owned(),
        status,
        date: item.day("decided_on").or(item.day("raised_on")),
        no_date: String::new(),
        deciders: item
            .link("approver")
            .map(|id| record.called(id).to_owned())
            .into_iter()
            .collect(),
        consulted: consulted(record),
        informed: people("informed"),
        contributors: contributing(record),
        context: said("happening").unwrap_or_default(),
        drivers: said("matters").into_iter().collect(),
        options: options.collect(),
        chosen: chosen.unwrap_or_default(),
        because: said("rationale").unwrap_or_default(),
        consequences: said("risk").into_iter().collect(),
        confirmation: said("signal").unwrap_or_default(),
        more: ties::absent::parted(item.text("note")).0,
        recommended: record
            .recommended()
            .map(|option| option.main().to_owned())
            .unwrap_or_default(),
        told: [parts::told(record), people::told(record), ties::told(record, around)].concat(),
        extra: extra(record),
    }
}

/// Who contributes and was spoken to as well: a record names both in one breath.
fn contributing(record: &Record) -> Vec<String> {
    let spoken = |id: &&ItemId| record.prewires().any(|one| one.link("person") == Some(**id));
    let both = record.item.links("contributors").iter().filter(spoken);
    both.map(|id| record.called(*id).to_owned()).collect()
}

/// Whose opinion was asked: who contributes, and who was spoken to before.
fn consulted(record: &Record) -> Vec<String> {
    let spoken = record.prewires().filter(|prewire| prewire.day("held_on").is_some());
    let spoken = spoken.filter_map(|prewire| prewire.link("person"));
    let mut all: Vec<ItemId> = record.item.links("contributors").to_vec();
    for id in spoken.filter(|id| Some(*id) != record.item.link("approver")) {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all.into_iter().map(|id| record.called(id).to_owned()).collect()
}

/// What MADR does not ask for, and is kept in its head so that it comes back.
pub(super) const EXTRA: [&str; 21] = [
    "kind",
    "stake",
    "reversibility",
    "needed_by",
    "owner",
    "forum",
    "forum_on",
    "now",
    "signal_metric",
    "reads_on",
    "probability",
    "review_on",
    "default_text",
    "default_on",
    "default_option",
    "raised_on",
    "deferred_until",
    "priority",
    "waiting_on",
    "tags",
    "link",
];

fn extra(record: &Record) -> Vec<(String, String)> {
    let item = &record.item;
    let told = EXTRA.into_iter().map(|name| {
        let value = match item.get(name) {
            Value::Text(text) => text.clone(),
            Value::Day(day) => day.to_string(),
            Value::Whole(number) => number.to_string(),
            Value::Item(id) => record.called(*id).to_owned(),
            Value::Tags(tags) => tags.join(" "),
            Value::Nothing | Value::Real(_) | Value::Items(_) => String::new(),
        };
        // Of one that is open its date says it.
        let is_dated = name == "raised_on" && item.day("decided_on").is_none();
        let value = if is_dated { String::new() } else { value };
        let name = if name == "owner" { "driver" } else { name };
        (name.replace('_', "-"), value)
    });
    let own =
        [("ref".to_owned(), item.reference.to_string()), (OWN.to_owned(), item.id.to_string())];
    own.into_iter().chain(told.filter(|(_, value)| !value.is_empty())).collect()
}

/// What a record says in its head.
fn head<'a>(from: &'a Madr, name: &str) -> Option<&'a str> {
    from.extra.iter().find(|(found, _)| found == name).map(|(_, value)| value.trim())
}

/// What a file is known by: the decision that it was written from, in whatever workspace, else its name.
pub(super) fn named(file: &MadrFile) -> &str {
    head(&file.record, OWN).filter(|id| !id.is_empty()).unwrap_or(&file.name)
}

/// The number that a decision had where its record was written.
pub(super) fn number(from: &Madr) -> Option<i64> {
    let reference = Ref::parse(head(from, "ref")?)?;
    let is_sound = reference.kind == Kind::Decision && reference.number <= MOST;
    is_sound.then_some(reference.number)
}

/// The first number in a name: `0002-use-x.md`, `ADR-2`.
pub(super) fn number_in(name: &str) -> Option<i64> {
    let digits = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let end = digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse().ok().filter(|number| *number <= MOST)
}

/// In the order of the numbers that they had, so that each can keep its own.
pub(super) fn in_order(files: &[MadrFile]) -> Vec<&MadrFile> {
    let mut all: Vec<&MadrFile> = files.iter().collect();
    all.sort_by_key(|file| number(&file.record).unwrap_or(i64::MAX));
    all
}

/// The number of before where nobody had it here, else the next one.
pub(super) fn free_ref(write: &Write<'_>, from: &Madr) -> Result<Ref> {
    let next = write.next_ref(Kind::Decision)?;
    let Some(number) = number(from).filter(|number| *number > next.number) else {
        return Ok(next);
    };
    let kept = Ref { kind: Kind::Decision, number };
    write.reserve_ref(kept)?;
    Ok(kept)
}

/// The decision of this workspace that a record was written from.
pub(super) fn own(write: &Write<'_>, from: &Madr) -> Result<Option<Item>> {
    let Some(id) = head(from, OWN).and_then(|id| id.parse().ok()) else { return Ok(None) };
    let found = write.items(&[ItemId(id)])?.pop();
    Ok(found.filter(|item| item.kind() == Kind::Decision && item.deleted_at.is_none()))
}

/// Whether a record says of a decision what it says itself.
pub(super) fn is_same(
    write: &Write<'_>,
    item: &Item,
    from: &Madr,
    settings: &Settings,
) -> Result<bool> {
    let parts = write.parts_of(item)?;
    let record = record::of(write, item.clone(), parts, settings)?;
    let around = Around::of(write, &record)?;
    let mut text = Vec::new();
    crate::exchange::madr::write(&as_madr(&record, &around), &mut text).map_err(Error::Output)?;
    let again = crate::exchange::madr::read(&String::from_utf8_lossy(&text));
    Ok(again.is_some_and(|again| of_itself(again) == of_itself(from.clone())))
}

/// A record without what it tells of people, who are what they are also without it.
fn of_itself(mut record: Madr) -> Madr {
    record.told.retain(|told| told.section != people::PEOPLE);
    record
}

/// What speaks against an option of our own, and what may go wrong with it.
fn given_up(option: &Part) -> Vec<String> {
    let mut all = texts(option, &["gives_up"]);
    all.extend(texts(option, &["risk"]).into_iter().map(|risk| format!("{RISK}{risk}")));
    all
}

/// What an option takes, which speaks neither for it nor against it.
fn costs(option: &Part) -> Vec<String> {
    let time = match option.get("cost") {
        Value::Whole(minutes) => vec![format!("{TIME}{}", show_minutes(*minutes))],
        _ => Vec::new(),
    };
    let money = texts(option, &["spend"]).into_iter().map(|spend| format!("{MONEY}{spend}"));
    time.into_iter().chain(money).collect()
}

/// Sets what an option gains, gives up, risks and takes, from what a record says of it.
pub(super) fn weigh(part: &mut Part, option: &MadrOption) {
    let text = |all: Vec<&str>| {
        if all.is_empty() { Value::Nothing } else { Value::Text(all.join("; ")) }
    };
    let plain = |all: &[String]| text(all.iter().map(String::as_str).collect());
    let (risks, bad): (Vec<&str>, Vec<&str>) =
        option.bad.iter().map(String::as_str).partition(|words| words.starts_with(RISK));
    part.set("gains", plain(&option.good));
    part.set("gives_up", text(bad));
    let takes = |kind: &str| option.neutral.iter().find_map(|words| words.strip_prefix(kind));
    let time = takes(TIME).and_then(|time| minutes(time).ok());
    let told = [
        ("risk", text(risks.iter().map(|words| &words[RISK.len()..]).collect())),
        ("cost", time.map_or(Value::Nothing, Value::Whole)),
        ("spend", takes(MONEY).map_or(Value::Nothing, |money| Value::Text(money.to_owned()))),
    ];
    // What a record does not speak of is not taken away.
    for (name, value) in told.into_iter().filter(|(_, value)| *value != Value::Nothing) {
        part.set(name, value);
    }
}

fn texts(part: &Part, names: &[&str]) -> Vec<String> {
    let all = names.iter().map(|name| part.text(name).to_owned());
    all.filter(|text| !text.is_empty()).collect()
}

/// What is open here is decided here, where its rules are held.
pub(super) fn undecided(before: &Item, after: &mut Item) -> Option<String> {
    let says = after.state().slug != before.state().slug;
    for name in ["state", "chosen", "rationale", "decided_on", "raised_on"] {
        after.set(name, before.get(name).clone());
    }
    let reference = before.reference;
    says.then(|| {
        format!("{reference} is open here: prewire decision decide {reference} decides it")
    })
}
