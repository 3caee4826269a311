//! Segments: what each lacks, what it is worth and who says so, and the matrix of segment by stage
//! with its empty cells.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use serde_json::json;

use crate::domain::evidence::Stage;
use crate::domain::evidence::matrix::UNKNOWN;
use crate::domain::evidence::moment::undescribed;
use crate::domain::evidence::segment::{CROWDS, Lint, Segment, is_crowd, lint};
use crate::domain::field::{grouped, show_real};
use crate::domain::item::{Item, ItemId};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::store::Write;
use crate::store::weights::Cell;

use super::super::error::Result;
use super::super::page::ListQuery;
use super::super::workspace::{Settings, Workspace};
use super::limits::Term;
use super::report::{Report, Row as ReportRow};
use super::stalls::of_segment;
use super::told::Fact;

/// The words of crowds, in the user's own version where there is one.
const OWN_CROWDS: &str = "non-segments.txt";

/// The words of crowds in force.
fn crowds(settings: &Settings) -> Cow<'static, str> {
    let own = settings.own.as_ref();
    let own = own.and_then(|own| std::fs::read_to_string(own.join(OWN_CROWDS)).ok());
    own.map_or(Cow::Borrowed(CROWDS), Cow::Owned)
}

/// No segment is called by the word that says that nobody knows it.
///
/// # Errors
/// A refusal of that name.
pub(in crate::ops) fn refuse_nobody(before: Option<&Item>, item: &Item) -> Result<()> {
    let is_new = before.is_none_or(|before| before.title() != item.title());
    if item.kind() != Kind::Segment || !is_new || !item.title().trim().eq_ignore_ascii_case(UNKNOWN)
    {
        return Ok(());
    }
    let what = format!("“{UNKNOWN}” is said where nobody knows the segment, and names none");
    Err(Refusal::input(what).hint("say who they are").into())
}

/// What is said of a segment that is just given its name, or who it is: that it is a crowd.
pub(in crate::ops) fn crowd(
    before: Option<&Item>,
    item: &Item,
    settings: &Settings,
) -> Option<String> {
    if item.kind() != Kind::Segment {
        return None;
    }
    let is_new = |name: &&str| before.is_none_or(|before| before.text(name) != item.text(name));
    let crowds = crowds(settings);
    let mut names = ["title", "who"].into_iter().filter(is_new).map(|name| item.text(name).trim());
    let found = names.find(|text| is_crowd(text, &crowds))?;
    Some(Lint::Crowd(found.to_owned()).words())
}

/// The same of segments that were made because somebody named them.
pub(in crate::ops) fn crowds_made(
    write: &Write<'_>,
    made: &[ItemId],
    settings: &Settings,
) -> Result<Vec<String>> {
    if made.is_empty() {
        return Ok(Vec::new());
    }
    let items = write.items(made)?;
    Ok(items.iter().filter_map(|item| crowd(None, item, settings)).collect())
}

/// One row of the matrix: a segment, or what nobody could tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixRow {
    /// `None` for evidence whose segment is not known.
    pub segment: Option<ItemId>,
    pub reference: String,
    pub title: String,
    /// Pieces at each stage, in the order of [`Stage::ALL`].
    pub cells: Vec<usize>,
    /// How many of them are deals.
    pub deals: Vec<usize>,
    /// What its deals tell of each stage, in the same order; blank where there are none.
    pub stalls: Vec<String>,
    /// Deals that were lost at each stage.
    pub lost: Vec<usize>,
}

/// Evidence by segment and stage, empty cells included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matrix {
    pub rows: Vec<MatrixRow>,
    /// Opinions, which are in no cell.
    pub opinions: usize,
}

impl Matrix {
    #[must_use]
    pub fn total(&self) -> usize {
        self.rows.iter().flat_map(|row| &row.cells).sum()
    }

    /// `21 pieces · 2 opinions left out · 12 of 35 cells are empty`.
    #[must_use]
    pub fn words(&self) -> String {
        let (empty, all) = self.empty();
        let pieces = pieces(self.total());
        let opinions = match self.opinions {
            0 => String::new(),
            1 => " · 1 opinion left out".to_owned(),
            count => format!(" · {count} opinions left out"),
        };
        format!("{pieces}{opinions} · {empty} of {all} cells are empty")
    }

    /// Cells of known segments and stages, and how many of them are empty.
    #[must_use]
    pub fn empty(&self) -> (usize, usize) {
        let known = self.rows.iter().filter(|row| row.segment.is_some());
        let cells = known.flat_map(|row| {
            row.cells.iter().zip(Stage::ALL).filter(|(_, stage)| **stage != Stage::Unknown)
        });
        cells.fold((0, 0), |(empty, all), (count, _)| (empty + usize::from(*count == 0), all + 1))
    }

    /// The filter that shows the pieces of a cell.
    #[must_use]
    pub fn filter(&self, row: usize, stage: usize) -> Option<String> {
        let segment = match self.rows.get(row)?.segment {
            Some(_) => self.rows[row].reference.clone(),
            None => UNKNOWN.to_owned(),
        };
        let stage = Stage::ALL.get(stage)?.slug();
        Some(format!("seg:{segment} stage:{stage} !kind:opinion"))
    }
}

impl Workspace {
    /// Evidence by segment and stage.
    ///
    /// # Errors
    /// A storage error.
    pub fn matrix(&mut self) -> Result<Matrix> {
        let ids = self.all_ids(&ListQuery::all(Kind::Segment))?;
        let segments = self.store.items(&ids)?;
        let found = self.cells()?;
        let (cells, opinions) = (&found.cells, found.opinions);
        let mut rows: Vec<MatrixRow> = segments.iter().map(|item| row(Some(item), cells)).collect();
        // Evidence of segments that were retired since.
        let mut others: Vec<ItemId> = cells.iter().filter_map(|cell| cell.segment).collect();
        others.retain(|id| !ids.contains(id));
        others.sort_unstable();
        others.dedup();
        rows.extend(self.store.items(&others)?.iter().map(|item| row(Some(item), cells)));
        rows.push(row(None, cells));
        let told = self.stalls()?;
        for row in rows.iter_mut().filter(|row| row.segment.is_some()) {
            for one in of_segment(&told, &row.title) {
                let at = one.buying as usize;
                row.lost[at] += usize::try_from(one.lost).unwrap_or(0);
                let words = format!("{}: {}", one.stage, one.words());
                let joined = [row.stalls[at].as_str(), &words];
                row.stalls[at] =
                    joined.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("; ");
            }
        }
        Ok(Matrix { rows, opinions })
    }

    /// The matrix as lines and values.
    ///
    /// # Errors
    /// A storage error.
    pub fn matrix_report(&mut self) -> Result<Report> {
        let matrix = self.matrix()?;
        let mut report = Report::new("evidence-matrix", "Evidence by segment and stage");
        report.head.push(if matrix.total() == 0 && matrix.opinions == 0 {
            let example =
                "prewire evidence add 'IT fears rollout seg:mid stage:proposal acct:Acme'";
            format!("nothing is known of any segment yet; add what was heard: {example}")
        } else {
            matrix.words()
        });
        for one in &matrix.rows {
            let filled = Stage::ALL.iter().zip(&one.cells);
            let words: Vec<String> =
                filled.clone().map(|(stage, count)| format!("{stage} {count}")).collect();
            let counts: serde_json::Map<String, serde_json::Value> =
                filled.map(|(stage, count)| (stage.slug().to_owned(), json!(count))).collect();
            let deals: usize = one.deals.iter().sum();
            let values = json!({ "segment": one.title, "stages": counts, "deals": deals });
            let words = words.join(", ");
            report.rows.push(ReportRow::named(&one.reference, &one.title, words, values));
        }
        Ok(report)
    }

    /// The buying stages with the deals that speak of them and whether a moment is described; the one
    /// with most and none is said first.
    ///
    /// # Errors
    /// A storage error.
    pub fn moment_report(&mut self) -> Result<Report> {
        let described: BTreeSet<Stage> = self.store.described_stages()?.into_iter().collect();
        let cells = self.cells()?;
        let told = self.stalls()?;
        let all = || told.values().flatten();
        let pieces = |stage: Stage| -> usize {
            cells.cells.iter().filter(|cell| cell.stage == stage).map(|cell| cell.deals).sum()
        };
        let lost = |stage: Stage| -> usize {
            let here = all().filter(|one| one.buying == stage).map(|one| one.lost);
            here.map(|lost| usize::try_from(lost).unwrap_or(0)).sum()
        };
        // Deals that were lost tell where; without any, what was heard from deals.
        let has_losses = all().any(|one| one.lost > 0);
        let losses: Vec<(Stage, usize)> = Stage::ALL
            .iter()
            .filter(|stage| **stage != Stage::Unknown)
            .map(|stage| (*stage, if has_losses { lost(*stage) } else { pieces(*stage) }))
            .collect();
        let mut report = Report::new("moment-gaps", "Where deals slip away");
        if let Some(stage) = undescribed(&losses, &described) {
            let what = if has_losses { "most deals are lost" } else { "most is heard from deals" };
            report.head.push(format!("{what} at {stage}, and no moment is described"));
        }
        for (stage, _) in losses {
            let is_told = described.contains(&stage);
            let (lost, pieces) = (lost(stage), pieces(stage));
            let moment = if is_told { "a moment is described" } else { "no moment" };
            let words = if has_losses {
                format!("{lost} lost · {pieces} pieces from deals · {moment}")
            } else {
                format!("{pieces} pieces from deals · {moment}")
            };
            let values = json!({ "lost": lost, "deals": pieces, "described": is_told });
            report.rows.push(ReportRow::named(stage.slug(), stage.words(), words, values));
        }
        Ok(report)
    }

    /// What every segment lacks.
    ///
    /// # Errors
    /// A storage error.
    pub fn segment_report(&mut self) -> Result<Report> {
        let ids = self.all_ids(&ListQuery::all(Kind::Segment))?;
        let mut report = Report::new("segment-check", "Segments, and what they lack");
        for item in &self.store.items(&ids)? {
            let lints = self.lints(item)?;
            let words = if lints.is_empty() { "sound".to_owned() } else { lints.join("; ") };
            report.rows.push(ReportRow::of(item, words, json!({ "lints": lints })));
        }
        Ok(report)
    }

    /// What is to be said about a segment.
    fn lints(&self, item: &Item) -> Result<Vec<String>> {
        let segment = Segment {
            name: item.title().to_owned(),
            who: item.text("who").to_owned(),
            workflow: item.text("workflow").to_owned(),
            problem: item.text("problem").to_owned(),
            reviewed_on: item.day("reviewed_on"),
        };
        let (today, holds) = (self.clock.today(), self.term(Term::Review)?);
        let found = lint(&segment, &crowds(&self.settings), today, holds);
        let mut words: Vec<String> = found.iter().map(Lint::words).collect();
        let is_valued = ["ltv", "retention", "asp"].iter().any(|name| !item.get(name).is_nothing());
        if is_valued && item.text("value_source") != "finance" {
            words.push("what it is worth does not come from finance".to_owned());
        }
        Ok(words)
    }

    /// What a list says beside a segment: the first of what it lacks.
    pub(super) fn segments_aside(&self, items: &[Item]) -> Result<HashMap<ItemId, String>> {
        let segments = items.iter().filter(|item| item.kind() == Kind::Segment);
        segments
            .map(|item| {
                let lints = self.lints(item)?;
                let more = lints.len().saturating_sub(1);
                let first = lints.into_iter().next().unwrap_or_default();
                let words = if more > 0 { format!("{first}; {more} more") } else { first };
                Ok((item.id, words))
            })
            .collect()
    }

    pub(super) fn facts_of_segment(&self, item: &Item) -> Result<Vec<Fact>> {
        let mut facts: Vec<Fact> = Vec::new();
        for (at, words) in self.lints(item)?.into_iter().enumerate() {
            facts.push(Fact::warns(if at == 0 { "To mend" } else { "" }, words));
        }
        if let Some(words) = worth(item) {
            facts.push(Fact::new("Worth", words));
        }
        facts.extend(self.commerce_of(item)?);
        let cells = self.cells()?;
        let own = row(Some(item), &cells.cells);
        let known: Vec<String> = Stage::ALL
            .iter()
            .zip(&own.cells)
            .filter(|(_, count)| **count > 0)
            .map(|(stage, count)| format!("{stage} {count}"))
            .collect();
        let empty: Vec<&str> = Stage::ALL
            .iter()
            .zip(&own.cells)
            .filter(|(stage, count)| **count == 0 && **stage != Stage::Unknown)
            .map(|(stage, _)| stage.slug())
            .collect();
        let words = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
        facts.push(Fact::new("Evidence", words));
        if !empty.is_empty() && !known.is_empty() {
            facts.push(Fact::quiet("", format!("nothing at {}", empty.join(", "))));
        }
        Ok(facts)
    }
}

/// `1 piece`, `3 pieces`.
#[must_use]
pub fn pieces(count: usize) -> String {
    if count == 1 { "1 piece".to_owned() } else { format!("{count} pieces") }
}

fn row(segment: Option<&Item>, cells: &[Cell]) -> MatrixRow {
    let id = segment.map(|item| item.id);
    let mut row = MatrixRow {
        segment: id,
        reference: segment.map(|item| item.reference.to_string()).unwrap_or_default(),
        title: segment.map_or(UNKNOWN, |item| item.title()).to_owned(),
        cells: vec![0; Stage::ALL.len()],
        deals: vec![0; Stage::ALL.len()],
        stalls: vec![String::new(); Stage::ALL.len()],
        lost: vec![0; Stage::ALL.len()],
    };
    for cell in cells.iter().filter(|cell| cell.segment == id) {
        row.cells[cell.stage as usize] += cell.pieces;
        row.deals[cell.stage as usize] += cell.deals;
    }
    row
}

/// `52,000 EUR over its life · 81 % stay · 18,000 a year, by finance`.
fn worth(item: &Item) -> Option<String> {
    let figure = |name: &str| match item.get(name) {
        Value::Real(number) => Some(grouped(&show_real(*number))),
        _ => None,
    };
    let currency = item.text("currency");
    let money = |text: String| format!("{text} {currency}").trim_end().to_owned();
    let mut words = Vec::new();
    words.extend(figure("ltv").map(|text| format!("{} over its life", money(text))));
    words.extend(figure("retention").map(|text| format!("{text} % stay a year")));
    words.extend(figure("asp").map(|text| format!("{} a year", money(text))));
    if words.is_empty() {
        return None;
    }
    let by = item.text("value_source");
    words.push(if by.is_empty() {
        "nobody said from where".to_owned()
    } else {
        format!("by {by}")
    });
    Some(words.join(" · "))
}
