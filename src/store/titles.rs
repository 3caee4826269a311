//! The titles of a whole backlog, for matching as somebody types: read at once, or ahead, beside
//! whatever else is asked.

use std::sync::OnceLock;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::error::{Doing, Result};
use super::listing::Closed;
use super::open::{Reader, Store};
use super::sql;
use crate::domain::fuzzy::Letters;
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::noun::State;

const DOING: &str = "reading the titles";
/// So many are read between two looks at whether somebody works.
const AT_ONCE: usize = 1_000;
/// So many are looked up one by one; of more all are read.
const FEW: usize = if cfg!(test) { 4 } else { 200 };

/// The titles of a backlog in its order, closed ones last; kept close together, because there are
/// many of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Titles {
    items: Vec<(ItemId, u32)>,
    /// How many of them are open.
    open: usize,
    /// Where each title begins and ends in the text of all.
    spans: Vec<(u32, u32)>,
    /// The letters of each.
    letters: Vec<Letters>,
    /// The day by which each is due, as `day_number` counts them.
    dues: Vec<u16>,
    text: String,
    /// The places by the ids of their items, once somebody looks one up.
    by_id: OnceLock<Vec<u32>>,
    /// The places by the columns of a board, each in its order, once a board was filtered.
    lanes: Vec<Lane>,
}

/// A column of a board: its state, and the places in it.
pub type Lane = (&'static State, Vec<u32>);

impl Titles {
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The id of the one at a place.
    #[must_use]
    pub fn id(&self, place: usize) -> ItemId {
        self.items[place].0
    }

    /// The place of the one whose ref has this number.
    #[must_use]
    pub fn numbered(&self, number: i64) -> Option<usize> {
        let number = u32::try_from(number).ok()?;
        self.items.iter().position(|(_, other)| *other == number)
    }

    /// The letters of its title.
    #[must_use]
    pub fn letters(&self, place: usize) -> Letters {
        self.letters[place]
    }

    #[must_use]
    pub fn is_closed(&self, place: usize) -> bool {
        place >= self.open
    }

    /// Whether it is open and past its day.
    #[must_use]
    pub fn is_late(&self, place: usize, today: NaiveDate) -> bool {
        !self.is_closed(place) && self.dues[place] < day_number(today)
    }

    /// The place of an item in the order of the titles.
    #[must_use]
    pub fn place(&self, id: ItemId) -> Option<usize> {
        let by_id = self.by_id.get_or_init(|| {
            let mut places: Vec<u32> = (0..).take(self.len()).collect();
            places.sort_unstable_by_key(|place| self.id(*place as usize));
            places
        });
        let at = by_id.binary_search_by_key(&id, |place| self.id(*place as usize)).ok()?;
        Some(by_id[at] as usize)
    }

    /// The place of an item in its backlog as it stands on a day, late ones first; `None` when it
    /// is not in it.
    #[must_use]
    pub fn rank(&self, id: ItemId, closed: Closed, today: NaiveDate) -> Option<usize> {
        let place = self.items.iter().position(|(other, _)| *other == id)?;
        if self.is_closed(place) {
            return (closed == Closed::Shown).then_some(place);
        }
        let day = day_number(today);
        let late = |places: &[u16]| places.iter().filter(|due| **due < day).count();
        let above = late(&self.dues[..place]);
        if self.is_late(place, today) {
            return Some(above);
        }
        Some(place - above + late(&self.dues[..self.open]))
    }

    /// The columns of the board, those in which something stands; none until they were read.
    #[must_use]
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// Lays the columns out of the items with their states, in the order of the board.
    fn lay(&mut self, board: Vec<(ItemId, &'static State)>) {
        self.lanes.clear();
        for (id, state) in board {
            let Some(place) = self.place(id).and_then(|at| u32::try_from(at).ok()) else {
                continue;
            };
            // Most often it is that of the one before.
            match self.lanes.iter_mut().rfind(|(lane, _)| *lane == state) {
                Some((_, places)) => places.push(place),
                None => self.lanes.push((state, vec![place])),
            }
        }
        self.lanes.iter_mut().for_each(|(_, places)| places.shrink_to_fit());
    }

    #[must_use]
    pub fn text(&self, place: usize) -> &str {
        let (start, end) = self.spans[place];
        &self.text[start as usize..end as usize]
    }
}

/// A day in two bytes; the first and the last stand for all before and after them.
fn day_number(day: NaiveDate) -> u16 {
    let first = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or_default();
    u16::try_from((day - first).num_days().max(0)).unwrap_or(u16::MAX)
}

/// A title as it lies in the file: of which item, the number of its ref, and where it stands.
type Lying = (u128, u32, (u32, u32));

/// Titles as they stood, walked along in an order that is most often the same.
struct Before<'a> {
    titles: &'a Titles,
    next: usize,
    /// How many did not stand where they were expected.
    strays: usize,
}

impl Before<'_> {
    fn told(&mut self, id: ItemId) -> Option<Told> {
        let titles = self.titles;
        let is_next = titles.items.get(self.next).is_some_and(|(other, _)| *other == id);
        let place = if is_next {
            self.next
        } else if self.strays < FEW {
            self.strays += 1;
            titles.items.iter().position(|(other, _)| *other == id)?
        } else {
            titles.place(id)?
        };
        self.next = place + 1;
        Some((titles.items[place].1, titles.spans[place], titles.letters[place]))
    }
}

/// A reading that is still to be made, on whatever thread.
pub struct Ahead {
    source: Reader,
    kind: Kind,
}

impl Ahead {
    /// The number of the newest step, and the titles as they stood at it; calls back now and then.
    ///
    /// # Errors
    /// A storage error.
    pub fn run(self, between: &dyn Fn()) -> Result<(i64, Titles)> {
        let source = self.source.connect()?;
        let view = source.unchecked_transaction().doing(DOING)?;
        let (step, _) = super::journal::head(&view)?;
        let mut titles = read(&view, self.kind, between)?;
        between();
        titles.lay(super::board::laid(&view, self.kind)?);
        Ok((step, titles))
    }
}

impl Store {
    /// The titles of every live item of a kind, in the order of its backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn titles(&self, kind: Kind) -> Result<Titles> {
        read(&self.connection, kind, &|| {})
    }

    /// The titles as they stand now, made of those that stood at an earlier step: only what the journal
    /// tells of since is read again, and the order. All are read where that is much.
    ///
    /// # Errors
    /// A storage error.
    pub fn titles_since(&self, kind: Kind, step: i64, mut before: Titles) -> Result<Titles> {
        let Some(touched) = self.items_since(step)? else { return self.titles(kind) };
        let mut text = std::mem::take(&mut before.text);
        let query = "SELECT i.id, i.no, i.title FROM json_each(?2) AS w \
                     CROSS JOIN item AS i ON i.id = w.value WHERE i.kind = ?1";
        let values = [kind.slug().to_owned(), sql::json_ids(&touched)];
        let fresh = told_by(&self.connection, query, values, (&mut text, &|| {}))?;
        let mut before = Before { titles: &before, next: 0, strays: 0 };
        let (mut titles, mut knows_all) = (Titles::default(), true);
        put_in_order(&self.connection, kind, &mut titles, |id| {
            let found = told(&fresh, id, &text).or_else(|| before.told(id));
            knows_all &= found.is_some();
            found
        })?;
        // Whatever brought a stranger into the list, it is not left out of it.
        if !knows_all {
            return self.titles(kind);
        }
        titles.text = text;
        Ok(titles)
    }

    /// The items of which the journal tells after a step; `None` where they are many.
    fn items_since(&self, step: i64) -> Result<Option<Vec<ItemId>>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT pk FROM chg WHERE tbl = 'item' \
                 AND n >= (SELECT first FROM op WHERE seq > ?1 ORDER BY seq LIMIT 1) LIMIT ?2",
            )
            .doing(DOING)?;
        let most = i64::try_from(FEW).unwrap_or(i64::MAX);
        let rows = statement.query_map([step, most], |row| sql::id_at(row, 0)).doing(DOING)?;
        let found: Vec<ItemId> = rows.collect::<rusqlite::Result<_>>().doing(DOING)?;
        Ok((found.len() < FEW).then_some(found))
    }

    /// Reads the columns of the board with the titles, where they were read without.
    ///
    /// # Errors
    /// A storage error.
    pub fn lay_titles(&self, kind: Kind, titles: &mut Titles) -> Result<()> {
        if titles.lanes().is_empty() {
            titles.lay(super::board::laid(&self.connection, kind)?);
        }
        Ok(())
    }

    /// The same reading on a connection of its own; `None` in memory, where there is only one.
    ///
    /// # Errors
    /// A storage error.
    pub fn titles_ahead(&self, kind: Kind) -> Result<Option<Ahead>> {
        if self.is_in_memory() {
            return Ok(None);
        }
        Ok(Some(Ahead { source: self.reader(), kind }))
    }
}

/// The items are read as they lie in the file, and put in the order of the backlog here: to look up
/// each in that order would cost several times that.
fn read(connection: &Connection, kind: Kind, between: &dyn Fn()) -> Result<Titles> {
    let (mut titles, mut text) = (Titles::default(), String::new());
    let lying = lying(connection, kind, (&mut text, between))?;
    let mut count = 0_usize;
    put_in_order(connection, kind, &mut titles, |id| {
        count += 1;
        if count.is_multiple_of(AT_ONCE) {
            between();
        }
        told(&lying, id, &text)
    })?;
    titles.text = text;
    Ok(titles)
}

/// What is known of an item beside its place: the number of its ref, where its title stands, and the
/// letters of it.
type Told = (u32, (u32, u32), Letters);

fn told(lying: &[Lying], id: ItemId, text: &str) -> Option<Told> {
    let at = lying.binary_search_by_key(&id.0.as_u128(), |(id, ..)| *id).ok()?;
    let (_, number, (start, end)) = lying[at];
    Some((number, (start, end), Letters::of(&text[start as usize..end as usize])))
}

/// Puts all live items of a kind in the order of the backlog, each with what is known of it.
fn put_in_order(
    connection: &Connection,
    kind: Kind,
    titles: &mut Titles,
    mut known: impl FnMut(ItemId) -> Option<Told>,
) -> Result<()> {
    let mut statement = connection
        .prepare_cached(
            "SELECT id, shelf, due FROM listing INDEXED BY listing_order WHERE kind = ?1 AND shelf < 2 \
             ORDER BY shelf, first, second, third, id",
        )
        .doing(DOING)?;
    let mut rows = statement.query([kind.slug()]).doing(DOING)?;
    while let Some(row) = rows.next().doing(DOING)? {
        let id = sql::id_at(row, 0).doing(DOING)?;
        let Some((number, span, letters)) = known(id) else { continue };
        if row.get::<_, i64>(1).doing(DOING)? == 0 {
            titles.open += 1;
        }
        let due = sql::day_at(row, 2).doing(DOING)?.unwrap_or(NaiveDate::MAX);
        titles.dues.push(day_number(due));
        titles.items.push((id, number));
        titles.spans.push(span);
        titles.letters.push(letters);
    }
    titles.items.shrink_to_fit();
    titles.spans.shrink_to_fit();
    titles.dues.shrink_to_fit();
    titles.letters.shrink_to_fit();
    Ok(())
}

/// The titles of a kind, by their ids; what they say is put into a text.
fn lying(
    connection: &Connection,
    kind: Kind,
    (text, between): (&mut String, &dyn Fn()),
) -> Result<Vec<Lying>> {
    let query = "SELECT id, no, title FROM item WHERE kind = ?1 ORDER BY no";
    let found = told_by(connection, query, [kind.slug()], (text, between))?;
    text.shrink_to_fit();
    Ok(found)
}

fn told_by(
    connection: &Connection,
    query: &str,
    values: impl rusqlite::Params,
    (text, between): (&mut String, &dyn Fn()),
) -> Result<Vec<Lying>> {
    let mut statement = connection.prepare_cached(query).doing(DOING)?;
    let mut rows = statement.query(values).doing(DOING)?;
    let mut found = Vec::new();
    let place = |text: &String| u32::try_from(text.len()).unwrap_or(u32::MAX);
    while let Some(row) = rows.next().doing(DOING)? {
        let start = place(text);
        text.push_str(&row.get_ref(2).map(sql::seen).doing(DOING)?.unwrap_or_default());
        let number = u32::try_from(row.get::<_, i64>(1).doing(DOING)?).unwrap_or(u32::MAX);
        let id = sql::id_at(row, 0).doing(DOING)?.0.as_u128();
        found.push((id, number, (start, place(text))));
        if found.len().is_multiple_of(AT_ONCE) {
            between();
        }
    }
    found.sort_unstable_by_key(|(id, ..)| *id);
    Ok(found)
}
