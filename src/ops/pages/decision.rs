//! One decision as a page: whole, or for one function in its own words. The facts are the same on
//! every page; what comes first differs.

use crate::domain::decision::{Record, frozen};
use crate::domain::item::{Item, ItemId};
use crate::domain::part::{PartKind, letter, of_kind};
use crate::domain::refusal::Refusal;
use crate::exchange::page::Page;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::{capitalised, dated, frame_of, objections, options, stances, unframed, who_and_when};

/// What each function asks of a decision.
const QUESTIONS: [(&str, &str, &str); 4] = [
    ("product", "For product", "Which user problem, and what comes first"),
    ("sales", "For sales", "What it does to deals and to buyers’ confidence"),
    ("growth", "For growth", "Which message fits which channel, and how people convert"),
    ("cs", "For customer success", "What was promised, and what customers will see"),
];

impl Workspace {
    /// A decision as a page; for one function, when one is named.
    ///
    /// # Errors
    /// A refusal when the decision has no framing for that function; a storage error.
    pub fn decision_page(&self, id: ItemId, function: Option<&str>) -> Result<Page> {
        let record = self
            .records(&[id])?
            .pop()
            .ok_or_else(|| Refusal::missing("that decision is not there any more"))?;
        let today = self.clock.today();
        let about = format!("{} · {}", record.item.reference, who_and_when(&record, today));
        let mut page = Page::new(record.item.title(), about);
        if let Some(function) = function {
            framing(&mut page, &record, function)?;
        }
        page.section("The question");
        unframed(&mut page, &record);
        page.facts(frame_of(&record));
        options(&mut page, &record);
        self.rests_on(&mut page, &record)?;
        verdict(&mut page, &record);
        if function.is_none() {
            every_framing(&mut page, &record);
            people(&mut page, &record);
        }
        let mut under = None;
        for section in of_kind(&record.parts, PartKind::Section) {
            // What a template asks stands under its name.
            let template = section.text("template");
            if under != Some(template) {
                let name = capitalised(&template.replace('-', " "));
                page.section(if name.is_empty() { "Further".to_owned() } else { name });
                under = Some(template);
            }
            page.part(section.main());
            let text = section.text("text");
            page.say(if text.trim().is_empty() { "Nothing is said of it yet." } else { text });
        }
        Ok(page)
    }

    /// What it rests on, and since when that was known.
    fn rests_on(&self, page: &mut Page, record: &Record) -> Result<()> {
        let linked: Vec<ItemId> =
            of_kind(&record.parts, PartKind::Basis).filter_map(|part| part.link("item")).collect();
        if linked.is_empty() {
            return Ok(());
        }
        page.section("What it rests on");
        let facts = self.facts(&record.item)?;
        page.list(
            facts
                .into_iter()
                .map(|fact| match fact.label {
                    "" => fact.text,
                    label => format!("{label}: {}", fact.text),
                })
                .collect(),
        );
        // What an answer rested on stands on its page also from the Trash (I4).
        let mut items = self.store.items(&linked)?;
        items.retain(|item| item.deleted_at.is_none() || frozen::is_frozen(&record.item));
        let called = |item: &Item| {
            let gone = if item.deleted_at.is_some() { " (in the Trash)" } else { "" };
            format!("{} {}{gone}", item.reference, item.title())
        };
        page.list(items.iter().map(called).collect());
        Ok(())
    }
}

fn framing(page: &mut Page, record: &Record, function: &str) -> Result<()> {
    let own = of_kind(&record.parts, PartKind::Framing)
        .find(|framing| framing.text("function") == function);
    let reference = record.item.reference;
    let Some(own) = own else {
        return Err(Refusal::input(format!("{reference} has no framing for {function}"))
            .hint(format!(
                "prewire decision framing {reference} {function} 'why it matters to them'"
            ))
            .into());
    };
    let known = QUESTIONS.iter().find(|(slug, _, _)| *slug == function);
    page.section(
        known.map_or_else(|| format!("For {function}"), |(_, title, _)| (*title).to_owned()),
    );
    if let Some((_, _, question)) = known {
        page.part(*question);
    }
    page.say(own.text("text"));
    Ok(())
}

fn every_framing(page: &mut Page, record: &Record) {
    let framings: Vec<(String, String)> = of_kind(&record.parts, PartKind::Framing)
        .map(|framing| {
            let function = framing.text("function");
            let known = QUESTIONS.iter().find(|(slug, _, _)| *slug == function);
            let label =
                known.map_or_else(|| capitalised(function), |(_, title, _)| (*title).to_owned());
            (label, framing.text("text").to_owned())
        })
        .collect();
    if !framings.is_empty() {
        page.section("In their words");
        page.facts(framings);
    }
}

fn people(page: &mut Page, record: &Record) {
    if record.prewires().next().is_none() && record.open_objections().next().is_none() {
        return;
    }
    page.section("Where people stand");
    stances(page, record);
    objections(page, record);
}

fn verdict(page: &mut Page, record: &Record) {
    let item = &record.item;
    if item.day("decided_on").is_none() {
        return;
    }
    page.section("The decision");
    let chosen = record.option(item.text("chosen")).map_or_else(String::new, |option| {
        format!("{}: {}", letter(option.position).to_uppercase(), option.main())
    });
    page.facts([
        ("Decided on", dated(item.day("decided_on"))),
        ("Chosen", chosen),
        ("Why", item.text("rationale").to_owned()),
        ("To be reviewed on", dated(item.day("review_on"))),
        ("What happened", item.text("happened").to_owned()),
        ("Worked", item.text("worked").to_owned()),
        ("Lesson", item.text("lesson").to_owned()),
    ]);
    let overrides = of_kind(&record.parts, PartKind::Override).map(|part| {
        // The record keeps the instant; who reads a page asks for the day.
        let day = part.text("given_at").get(..10).and_then(|day| day.parse().ok());
        format!(
            "{} set aside by {} on {}: {} (missing: {})",
            part.text("rule"),
            part.text("person"),
            dated(day),
            part.text("reason"),
            part.text("missing")
        )
    });
    page.list(overrides.collect());
}
