//! Bringing a backlog in: read once, one step, rows as a stream, ties at the end.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::exchange::bundle::OriginLine;
use crate::store::bulk::Bulk;
use crate::store::origin::NewOrigin;
use crate::store::snapshot::Reason;
use crate::store::{OpKind, Write};

use super::super::error::{Error, Result};
use super::super::evidence;
use super::super::op::{Done, Outcome};
use super::super::record;
use super::super::workspace::Workspace;
use super::apply::Hand;
use super::fate::{Court, Judged, Verdict};
use super::file_refs::FileRefs;
use super::own_rules::Follows;
use super::people::People;
use super::prepare::{Prepared, Whose};
use super::reader::{self, Reader};
use super::remembered::Told;
use super::rewrite::{self, Pair};
use super::source_file::{BacklogFile, Bad};
use super::survey::add;
use super::ties::{EDGE, Ties};
use super::world::Here;
use super::{BadRows, Fate, ImportDone, ImportRequest, Progress, Tally, Warnings, refused};

/// Rows that are read before the first is written, so that a file with a bad row near its
/// beginning is refused before anything is done.
const READ_FIRST: usize = 8 * super::CHUNK;
/// Bytes of text after which fewer rows are read before the first is written.
const READ_FIRST_BYTES: usize = 8 * super::CHUNK_BYTES;

/// The file, and what is to become of it.
struct Task {
    source: String,
    file: String,
    encoding: String,
    unmapped: Vec<String>,
    namespace: String,
    whose: Whose,
    refs: Arc<FileRefs>,
    told: Option<Told>,
    notes: Vec<String>,
    bad_rows: BadRows,
}

/// What was read and written so far.
#[derive(Default)]
struct Sofar {
    items: Vec<ItemId>,
    tallies: BTreeMap<Kind, Tally>,
    /// Rows that could be read.
    rows: u64,
    bad: Bad,
    /// Of prewire's own CSV: what follows from what was written.
    follows: Follows,
}

impl Task {
    fn of(file: &BacklogFile, request: &ImportRequest) -> Self {
        Self {
            source: file.backlog.source().name().to_owned(),
            file: file.name.clone(),
            encoding: file.backlog.encoding().name().to_owned(),
            unmapped: file.backlog.unmapped(),
            namespace: file.namespace.clone(),
            whose: file.whose,
            refs: file.refs.clone(),
            told: file.told.clone(),
            notes: file.notes.clone(),
            bad_rows: request.bad_rows,
        }
    }

    /// Whether the file is not taken, for its bad rows.
    fn refuses(&self, sofar: &Sofar) -> bool {
        sofar.bad.total > 0 && self.bad_rows == BadRows::Refuse
    }
}

/// Reads the file once and writes what it says. Nothing is begun before a row differs from what is
/// there, and nothing is written any more once a row is bad; the others are still named.
///
/// # Errors
/// A refusal, `Interrupted` or a storage error; nothing has changed then.
pub(super) fn import(
    workspace: &mut Workspace,
    file: &mut BacklogFile,
    request: &ImportRequest,
    progress: &mut Progress<'_>,
) -> Result<ImportDone> {
    file.refuse_too_long()?;
    let task = Task::of(file, request);
    // A tenth is left for what comes after the last row.
    let mut rows_alone = |done: u64, all: u64| progress(done, all.saturating_add(all / 9));
    reader::read(file, |reader| {
        let mut sofar = Sofar::default();
        let news = look(workspace, reader, &task, &mut sofar, &mut rows_alone)?;
        let done = match news.is_empty() {
            true if task.refuses(&sofar) => return Err(refusal(&sofar)),
            true => idle(&task, &mut sofar),
            false => workspace.behind_snapshot(Some(Reason::Import), |workspace| {
                load(workspace, reader, (&task, news), &mut sofar, &mut rows_alone)
            })?,
        };
        let (encoding, unmapped) = (task.encoding.clone(), task.unmapped.clone());
        let (bad, bad_total) = (sofar.bad.named, sofar.bad.total);
        Ok(ImportDone { encoding, unmapped, bad, bad_total, ..done })
    })
}

fn refusal(sofar: &Sofar) -> Error {
    refused::bad_rows(sofar.rows + sofar.bad.total, &sofar.bad).into()
}

fn idle(task: &Task, sofar: &mut Sofar) -> ImportDone {
    ImportDone {
        done: Done { label: "nothing changed".to_owned(), ..Done::default() },
        source: task.source.clone(),
        file: task.file.clone(),
        tallies: std::mem::take(&mut sofar.tallies),
        ..ImportDone::default()
    }
}

/// The first pieces of the file that say something new; none when the file does not, or is refused.
fn look(
    workspace: &Workspace,
    reader: &mut Reader,
    task: &Task,
    sofar: &mut Sofar,
    progress: &mut Progress<'_>,
) -> Result<Vec<Vec<Prepared>>> {
    let terms = (task.whose, task.refs.clone(), workspace.clock().today());
    let court = Court::new(&workspace.store, &task.namespace, terms)?;
    let mut people = People::default();
    let mut news: Vec<Vec<Prepared>> = Vec::new();
    let (mut ahead, mut texts) = (0, 0);
    while ahead < READ_FIRST && texts < READ_FIRST_BYTES {
        let Some(rows) = reader.next(&mut sofar.bad, progress)? else { break };
        if task.refuses(sofar) {
            sofar.rows += rows.len() as u64;
            continue;
        }
        let judged = court.judge(rows, &mut people, &mut sofar.bad)?;
        let is_news = judged.iter().any(|one| one.verdict.fate() != Fate::Unchanged);
        if !is_news {
            sofar.rows += judged.len() as u64;
            for one in &judged {
                add(sofar.tallies.entry(one.kind()).or_default(), Fate::Unchanged);
            }
        }
        let rows: Vec<Prepared> = judged.into_iter().map(|one| one.row).collect();
        if is_news {
            ahead += rows.len();
            texts += rows.iter().map(Prepared::texts).sum::<usize>();
            news.push(rows);
        } else {
            reader.done_with(rows);
        }
    }
    if task.refuses(sofar) {
        sofar.rows += news.drain(..).map(|rows| rows.len() as u64).sum::<u64>();
        name_the_rest(reader, sofar, progress)?;
    }
    Ok(news)
}

/// Reads on to the end, for the bad rows alone.
fn name_the_rest(
    reader: &mut Reader,
    sofar: &mut Sofar,
    progress: &mut Progress<'_>,
) -> Result<()> {
    while let Some(rows) = reader.next(&mut sofar.bad, progress)? {
        sofar.rows += rows.len() as u64;
        reader.done_with(rows);
    }
    Ok(())
}

fn load(
    workspace: &mut Workspace,
    reader: &mut Reader,
    (task, news): (&Task, Vec<Vec<Prepared>>),
    sofar: &mut Sofar,
    progress: &mut Progress<'_>,
) -> Result<ImportDone> {
    let settings = workspace.settings().clone();
    let today = workspace.clock().today();
    let mut warnings = Vec::new();
    let done = workspace.transact(OpKind::Do, |write| {
        let mut hand = Hand {
            lookup: write,
            people: People::default(),
            warnings: Warnings::default(),
            next: HashMap::new(),
            settings: &settings,
            today,
            file: task.refs.clone(),
            later: Vec::new(),
        };
        task.notes.iter().cloned().for_each(|note| hand.warnings.push(note));
        rows(&mut hand, reader, (task, news), sofar, progress)?;
        for said in std::mem::take(&mut sofar.follows).settle(write)? {
            hand.warnings.push(said);
        }
        if let Some(told) = &task.told {
            write.set_setting(&told.setting, Some(&told.value))?;
        }
        let made = hand.people.new;
        if made > 0 {
            sofar.tallies.entry(Kind::Person).or_default().new += made;
        }
        warnings = hand.warnings.finish();
        let notices = match made {
            0 => Vec::new(),
            made => vec![format!("added {made} {}", Kind::Person.noun().counted(made))],
        };
        let items = std::mem::take(&mut sofar.items);
        // The people that rows name come along; they are no rows.
        let alone = sofar.tallies.len() == 1;
        let rows = sofar.tallies.iter().filter(|(kind, _)| **kind != Kind::Person || alone);
        let label = label(rows.map(|(_, tally)| tally), &task.source, &task.file);
        Ok(Outcome { label, items, notices })
    })?;
    Ok(ImportDone {
        done,
        source: task.source.clone(),
        file: task.file.clone(),
        tallies: std::mem::take(&mut sofar.tallies),
        warnings,
        ..ImportDone::default()
    })
}

fn rows(
    hand: &mut Hand<'_, Write<'_>>,
    reader: &mut Reader,
    (task, news): (&Task, Vec<Vec<Prepared>>),
    sofar: &mut Sofar,
    progress: &mut Progress<'_>,
) -> Result<()> {
    let terms = (task.whose, task.refs.clone(), hand.today);
    let court = Court::new(hand.lookup, &task.namespace, terms)?;
    let mut ties = Ties::new(task.whose, task.refs.clone());
    // From where nothing came before, everything is new.
    if task.whose == Whose::Theirs && !court.met {
        hand.lookup.begin_load()?;
    }
    let mut news = news.into_iter();
    while let Some(rows) = match news.next() {
        Some(rows) => Some(rows),
        None => reader.next(&mut sofar.bad, progress)?,
    } {
        // Whom the piece before made is found by name.
        let judged = court.judge(rows, &mut People::default(), &mut sofar.bad)?;
        sofar.rows += judged.len() as u64;
        if task.refuses(sofar) {
            name_the_rest(reader, sofar, progress)?;
            return Err(refusal(sofar));
        }
        let mut spent = Vec::with_capacity(judged.len());
        for one in judged {
            spent.push(row(hand, one, &task.namespace, &mut ties, sofar)?);
        }
        reader.done_with(spent);
    }
    hand.lookup.end_load()?;
    hand.keep_counters()?;
    hand.link_later()?;
    let write = hand.lookup;
    let world = Here { lookup: write, namespace: &task.namespace };
    let there = if ties.are_none() { Vec::new() } else { write.block_edges()? };
    for (source, target) in ties.that_hold(&world, &there, &mut hand.warnings)? {
        write.tie(EDGE, source, target)?;
    }
    Ok(())
}

fn row(
    hand: &mut Hand<'_, Write<'_>>,
    one: Judged,
    namespace: &str,
    ties: &mut Ties,
    sofar: &mut Sofar,
) -> Result<Prepared> {
    let tally = sofar.tallies.entry(one.kind()).or_default();
    let Judged { row, verdict } = one;
    let fate = verdict.fate();
    add(tally, fate);
    let write = hand.lookup;
    let id = match verdict {
        Verdict::Same(id) => {
            ties.call(&row, id);
            return Ok(row);
        }
        Verdict::New => {
            let item = hand.fresh(&row)?;
            write.insert(&item)?;
            if row.own.is_some() {
                sofar.follows.note([&item]);
            }
            ties.note(&row, item.id);
            item.id
        }
        Verdict::Changed { before, earlier, otherwise } => {
            let mut after = hand.renewed(&row, &before, (&earlier, &otherwise))?;
            let pair = Pair { row: &row, before: &before, after: &after, earlier: &earlier };
            let rewrites = pair.rewrites(write, (hand.settings, hand.today))?;
            rewrite::warn(&mut hand.warnings, &before, &rewrites);
            after = record::followed(write, after, hand.settings)?;
            if row.own.is_some() {
                evidence::settle(&mut after);
                sofar.follows.note([&*before, &after]);
            }
            write.update(&before, &after)?;
            if let Some(untied) = ties.note_changed(write, &row, &before, (&earlier, namespace))? {
                for (source, target) in untied {
                    write.untie(EDGE, source, target)?;
                }
                write.touch(before.id)?;
            }
            before.id
        }
    };
    sofar.items.push(id);
    if row.own.is_some() {
        if fate == Fate::New {
            hand.file.remember(hand.lookup, id)?;
        }
        return Ok(row);
    }
    let (external_id, digest) = (&row.external_id, &row.stored);
    let origin = NewOrigin { source: namespace, external_id, item: id, digest };
    match fate {
        Fate::New => write.add_origin(&origin)?,
        Fate::Changed | Fate::Unchanged => write.set_origin(&origin)?,
    }
    Ok(row)
}

/// A line of the file's own origins, as it is remembered.
pub(super) fn as_new(line: &OriginLine) -> NewOrigin<'_> {
    let OriginLine { source, external_id, item, digest } = line;
    NewOrigin { source, external_id, item: *item, digest }
}

/// `imported 200 items from Linear (backlog.csv)`.
pub(super) fn label<'a>(
    tallies: impl Iterator<Item = &'a Tally>,
    source: &str,
    file: &str,
) -> String {
    let (mut new, mut changed) = (0, 0);
    for tally in tallies {
        new += tally.new;
        changed += tally.changed;
    }
    let words = |count: usize, one: &str| {
        if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
    };
    let what = match (new, changed) {
        (0, 0) => "settings".to_owned(),
        (0, changed) => words(changed, "change"),
        (new, 0) => words(new, "item"),
        (new, changed) => format!("{} and {}", words(new, "item"), words(changed, "change")),
    };
    format!("imported {what} from {source} ({file})")
}
