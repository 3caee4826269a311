//! The tables of fields, made from the description of each noun.

use std::fmt::Write as _;

use prewire::domain::field::{Entry, Field, FieldKind};
use prewire::domain::kind::Kind;
use prewire::domain::noun::StateEntry;
use prewire::domain::{Noun, verb};

pub fn tables() -> String {
    Kind::ALL.into_iter().map(|kind| table(kind.noun())).collect()
}

fn table(noun: &Noun) -> String {
    let how = match noun.kind {
        Kind::Meeting => "import calendar.ics".to_owned(),
        Kind::Ritual => "ritual list".to_owned(),
        _ => format!("{} add '{}'", noun.name, noun.example),
    };
    let mut text = format!(
        "\n<details>\n<summary><b>{}</b> <code>{}1</code> – {}</summary>\n\n\
         `prewire {how}`\n\n| field | takes | what |\n|---|---|---|\n",
        noun.name, noun.letter, noun.what
    );
    for field in &noun.fields {
        let _ = writeln!(text, "| {} | {} | {} |", words(field), takes(noun, field), field.help);
    }
    text.push_str("\n</details>\n");
    text
}

/// All that names a field: its name, its aliases, its sigil.
fn words(field: &Field) -> String {
    let mut words = vec![format!("`{}`", field.name)];
    words.extend(field.aliases.iter().map(|alias| format!("`{alias}`")));
    match field.name {
        "owner" => words.push("`@maya`".to_owned()),
        "waiting_on" => words.push("`>@maya`".to_owned()),
        "tags" => words.push("`+tag`".to_owned()),
        _ => {}
    }
    words.join(" ")
}

fn takes(noun: &Noun, field: &Field) -> String {
    if field.entry == Entry::ByVerb {
        let verbs: Vec<String> = verb::setting(noun.kind, field.name)
            .iter()
            .map(|verb| format!("`{}`", verb.name()))
            .collect();
        if field.name == "source" {
            return "set by timer, import and fill".to_owned();
        }
        if verbs.is_empty() && !noun.kind.is_added() {
            let who = if noun.kind == Kind::Meeting { "its calendar" } else { "the ritual" };
            return format!("set by {who}");
        }
        if verbs.is_empty() {
            return "set by `J` and `K`".to_owned();
        }
        return format!("set by {}", verbs.join(", "));
    }
    let any = |kinds: &[Kind], many: bool| {
        let names: Vec<&str> =
            kinds.iter().map(|kind| kind.noun().counted(if many { 2 } else { 1 })).collect();
        names.join(if many { " and " } else { " or " })
    };
    match field.kind {
        FieldKind::Line => "a line".to_owned(),
        FieldKind::Text => "Markdown".to_owned(),
        FieldKind::Url => "an address".to_owned(),
        FieldKind::Day | FieldKind::PastDay => "a day".to_owned(),
        FieldKind::Quarter => "a quarter".to_owned(),
        FieldKind::Clock => "`09:30`".to_owned(),
        FieldKind::Minutes => "`2h`, `90m`".to_owned(),
        FieldKind::Whole { least, most } => format!("{least} to {most}"),
        FieldKind::Real => "a figure".to_owned(),
        FieldKind::Choice(slugs) => slugs.join(", "),
        FieldKind::State => states(noun),
        FieldKind::One(kinds) => any(kinds, false),
        FieldKind::Many(kinds) => any(kinds, true),
        FieldKind::Tags => "words".to_owned(),
    }
}

/// The states; those that only a verb or the record brings about in brackets.
fn states(noun: &Noun) -> String {
    let shown = noun.states.iter().map(|state| match state.entry {
        StateEntry::Chosen => state.slug.to_owned(),
        StateEntry::Derived | StateEntry::ByVerb => format!("({})", state.slug),
    });
    shown.collect::<Vec<_>>().join(", ")
}
