//! The one thing that is held in memory of a whole backlog: its titles, for matching as you type.
//! Read ahead when a search is about to begin, renewed when the journal has moved, narrowed key by
//! key.

use std::ops::Range;
use std::sync::mpsc::{Receiver, sync_channel};

use crate::domain::field::Names;
use crate::domain::fuzzy::{Reader, Words};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::store::filter::Sort;
use crate::store::listing::Closed;
use crate::store::lookup::{Lookup, Named};
use crate::store::titles::Titles;
use crate::store::{self, Store};

use super::error::Result;
use super::page::Stand;

mod pace;
mod terms;
#[cfg(test)]
mod tests;

pub use pace::Hush;
use pace::Pace;
pub(super) use terms::Lanes;
use terms::Term;

/// So many titles are looked through by one; more are parted.
const SHARE: usize = if cfg!(test) { 64 } else { 16_000 };
/// Most who look through titles at once.
const MOST_HANDS: usize = 4;
/// Most titles that are kept, of however many kinds.
const MOST_KEPT: usize = 150_000;
/// Most searches that are kept to go on from.
const MOST_SEARCHES: usize = 64;

/// The titles of the kinds that were searched last.
#[derive(Default)]
pub struct TitleIndex {
    /// The one searched last stands last.
    kept: Vec<Kept>,
    ahead: Vec<Ahead>,
    /// One for each who looks through them.
    readers: Vec<Reader>,
    /// What tells whoever reads ahead that somebody works.
    pace: Pace,
}

/// The titles of one kind, in the order of its backlog.
struct Kept {
    kind: Kind,
    /// The journal number and the outside version that the titles were read at.
    stand: (i64, i64),
    titles: Titles,
    /// Searches that were made and the places that they kept; each goes on from the one before.
    searches: Vec<(String, Places)>,
    /// What terms and words of filters found, the last last.
    terms: Vec<(Term, Places)>,
    /// All places in another order, that of the list that was filtered last.
    order: Option<(Sort, Vec<u32>)>,
}

/// Some of all places, a bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Places(Vec<u64>);

impl Places {
    fn of(many: usize, some: impl Iterator<Item = u32>) -> Self {
        let mut bits = vec![0; many.div_ceil(64)];
        for place in some {
            bits[place as usize / 64] |= 1_u64.wrapping_shl(place);
        }
        Self(bits)
    }

    fn has(&self, place: usize) -> bool {
        let shift = u32::try_from(place % 64).unwrap_or(0);
        self.0[place / 64].wrapping_shr(shift) & 1 == 1
    }
}

/// Titles that another thread reads.
struct Ahead {
    kind: Kind,
    /// What there was when it began.
    stand: (i64, i64),
    read: Receiver<store::Result<(i64, Titles)>>,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matches {
    /// Best first.
    pub ids: Vec<ItemId>,
    /// How many closed items match that were left out.
    pub closed: usize,
}

impl TitleIndex {
    /// The items whose titles match the words, best first; ties in the order of the backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn search(
        &mut self,
        store: &Store,
        kind: Kind,
        words: &str,
        with_closed: bool,
    ) -> Result<Matches> {
        let stand = (store.head()?.0, store.data_version()?);
        self.search_at(store, (kind, stand), words, with_closed)
    }

    fn search_at(
        &mut self,
        store: &Store,
        (kind, stand): (Kind, (i64, i64)),
        words: &str,
        with_closed: bool,
    ) -> Result<Matches> {
        self.renew(store, kind, stand)?;
        let Some(kept) = self.kept.last_mut() else { return Ok(Matches::default()) };
        kept.forget_other_than(words);
        let mut found = kept.score(words, &mut self.readers);
        kept.keep(words, &found);
        let titles = &kept.titles;
        let named = Ref::parse(words.trim()).filter(|named| named.kind == kind);
        let named = named.and_then(|named| titles.numbered(named.number));
        found.retain(|(place, _)| Some(*place as usize) != named);
        let mut closed = 0;
        if !with_closed {
            let all = found.len() + usize::from(named.is_some());
            found.retain(|(place, _)| !titles.is_closed(*place as usize));
            closed = all - found.len() - usize::from(named.is_some());
        }
        let named = named.filter(|place| {
            let is_left_out = !with_closed && titles.is_closed(*place);
            closed += usize::from(is_left_out);
            !is_left_out
        });
        let ranked = ranked(&found).into_iter().map(|place| place as usize);
        let ids = named.into_iter().chain(ranked).map(|place| titles.id(place)).collect();
        Ok(Matches { ids, closed })
    }

    /// The place of an item in its backlog, where the titles of its kind are known as they stand; the
    /// index of the file would be counted up to it.
    #[must_use]
    pub fn rank(
        &self,
        kind: Kind,
        stand: Stand,
        id: ItemId,
        closed: Closed,
    ) -> Option<Option<usize>> {
        let at = (stand.step, stand.version);
        let kept = self.kept.iter().find(|kept| kept.kind == kind && kept.stand == at)?;
        Some(kept.titles.rank(id, closed, stand.day))
    }

    /// Begins to read the titles of these kinds on a thread of their own, for a search that is about
    /// to come; the search waits for the rest. Unless they are here already, or on their way.
    ///
    /// # Errors
    /// A storage error.
    pub fn read_ahead(&mut self, store: &Store, kinds: &[Kind]) -> Result<()> {
        let stand = (store.head()?.0, store.data_version()?);
        let mut readings = Vec::new();
        for kind in kinds {
            let is_here = self.kept.iter().any(|kept| kept.kind == *kind && kept.stand == stand);
            let is_coming = self.ahead.iter().any(|ahead| ahead.is_of(*kind, stand));
            if is_here || is_coming {
                continue;
            }
            let Some(reading) = store.titles_ahead(*kind)? else { continue };
            let (send, read) = sync_channel(1);
            readings.push((reading, send));
            self.ahead.retain(|ahead| ahead.kind != *kind);
            self.ahead.push(Ahead { kind: *kind, stand, read });
        }
        if !readings.is_empty() {
            let rests = self.pace.rests();
            let reader = std::thread::spawn(move || {
                for (reading, send) in readings {
                    // Nobody listens any more when another search came first.
                    let _ = send.send(reading.run(&rests));
                }
            });
            self.pace.is_of(reader);
        }
        Ok(())
    }

    /// Whether another thread reads titles.
    #[must_use]
    pub fn is_reading_ahead(&self) -> bool {
        self.pace.is_reading()
    }

    /// That thread rests no more: somebody waits for it to end.
    pub fn hurry(&self) {
        self.pace.hurry();
    }

    /// What makes that thread rest a moment.
    #[must_use]
    pub fn hush(&self) -> Hush {
        self.pace.hush()
    }

    /// Puts the titles of a kind last, as they stand now.
    fn renew(&mut self, store: &Store, kind: Kind, stand: (i64, i64)) -> Result<()> {
        let mut before = None;
        if let Some(at) = self.kept.iter().position(|kept| kept.kind == kind) {
            let kept = self.kept.remove(at);
            if kept.stand == stand {
                self.kept.push(kept);
                return Ok(());
            }
            // What others change is in no step yet.
            let is_ours = kept.stand.1 == stand.1 && kept.stand.0 < stand.0;
            before = is_ours.then_some((kept.stand.0, kept.titles));
        }
        self.pace.hurry();
        let ahead = self.ahead.iter().position(|ahead| ahead.kind == kind);
        let ahead = ahead.map(|at| self.ahead.remove(at));
        let titles = match (ahead.and_then(|ahead| ahead.read_at(stand)), before) {
            (Some(titles), _) => titles,
            (None, Some((step, titles))) => store.titles_since(kind, step, titles)?,
            (None, None) => store.titles(kind)?,
        };
        let mut many: usize = titles.len();
        self.kept.reverse();
        self.kept.retain(|kept| {
            many += kept.titles.len();
            many <= MOST_KEPT
        });
        self.kept.reverse();
        let (searches, terms) = (Vec::new(), Vec::new());
        self.kept.push(Kept { kind, stand, titles, searches, terms, order: None });
        Ok(())
    }
}

impl Kept {
    /// Only what matched before can match a longer pattern, unless it holds a negation.
    fn forget_other_than(&mut self, words: &str) {
        let narrows = !words.contains(['!', '$', '\\']);
        let goes_on = |before: &str| narrows && words.starts_with(before);
        while self.searches.last().is_some_and(|(before, _)| !goes_on(before)) {
            self.searches.pop();
        }
    }

    fn keep(&mut self, words: &str, found: &[(u32, u32)]) {
        let can_go_on = !words.is_empty() && !words.contains(['!', '$', '\\']);
        let is_new = self.searches.last().is_none_or(|(before, _)| before != words);
        if can_go_on && is_new && self.searches.len() < MOST_SEARCHES {
            let places = Places::of(self.titles.len(), found.iter().map(|(place, _)| *place));
            self.searches.push((words.to_owned(), places));
        }
    }

    /// The places that answer, in their order, and how well each does.
    fn score(&self, words: &str, readers: &mut Vec<Reader>) -> Vec<(u32, u32)> {
        let sought = Words::read(words);
        let (titles, among) = (&self.titles, self.searches.last().map(|(_, places)| places));
        let of = |places: Range<usize>, reader: &mut Reader| -> Vec<(u32, u32)> {
            let score = |place: usize| {
                let letters = titles.letters(place);
                if !letters.hold(sought.needs()) || among.is_some_and(|among| !among.has(place)) {
                    return None;
                }
                let score = sought.score_with(titles.text(place), letters, reader)?;
                Some((u32::try_from(place).ok()?, score))
            };
            places.filter_map(score).collect()
        };
        let hands = hands(titles.len());
        let share = titles.len().div_ceil(hands).max(1);
        readers.resize_with(readers.len().max(hands), Reader::default);
        let shares = (0..titles.len()).step_by(share);
        let mut shares = shares.map(|at| at..titles.len().min(at + share)).zip(readers);
        let Some((own, reader)) = shares.next() else { return Vec::new() };
        std::thread::scope(|scope| {
            let others: Vec<_> =
                shares.map(|(share, reader)| scope.spawn(|| of(share, reader))).collect();
            let mut found = of(own, reader);
            for other in others {
                found.extend(other.join().unwrap_or_else(|bug| std::panic::resume_unwind(bug)));
            }
            found
        })
    }
}

/// The places by their scores, the best first; those of one score stay in order.
fn ranked(found: &[(u32, u32)]) -> Vec<u32> {
    let best = found.iter().map(|(_, score)| *score).max().unwrap_or(0);
    let least = found.iter().map(|(_, score)| *score).min().unwrap_or(0);
    let below = |score: u32| (best - score) as usize;
    // How many come before those of a score: there are fewer scores than titles.
    let mut next = vec![0; below(least) + 2];
    for (_, score) in found {
        next[below(*score) + 1] += 1;
    }
    let mut so_far = 0;
    for many in &mut next {
        so_far += *many;
        *many = so_far;
    }
    let mut ranked = vec![0; found.len()];
    for (place, score) in found {
        let at = &mut next[below(*score)];
        ranked[*at] = *place;
        *at += 1;
    }
    ranked
}

/// How many look through so many titles at once.
fn hands(titles: usize) -> usize {
    let useful = titles.div_ceil(SHARE).clamp(1, MOST_HANDS);
    if useful == 1 {
        return 1;
    }
    std::thread::available_parallelism().map_or(1, usize::from).min(useful)
}

impl Ahead {
    fn is_of(&self, kind: Kind, stand: (i64, i64)) -> bool {
        self.kind == kind && self.stand == stand
    }

    /// What was read, when it is as things stand now.
    fn read_at(self, stand: (i64, i64)) -> Option<Titles> {
        if self.stand.1 != stand.1 {
            return None;
        }
        let (step, titles) = self.read.recv().ok()?.ok()?;
        (step == stand.0).then_some(titles)
    }
}

impl super::workspace::Workspace {
    /// Begins to read the titles of these kinds, because somebody is about to search them.
    ///
    /// # Errors
    /// A storage error; the search will meet it again.
    pub fn read_titles_ahead(&mut self, kinds: &[Kind]) -> Result<()> {
        self.titles.read_ahead(&self.store, kinds)
    }

    /// Live items of these kinds whose titles match, best first, for pickers and the palette.
    /// Without text the first of each backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn candidates(&mut self, kinds: &[Kind], text: &str, most: usize) -> Result<Vec<Named>> {
        let mut found: Vec<Named> = Vec::new();
        let stand = (self.store.head()?.0, self.store.data_version()?);
        for kind in kinds {
            let ids = if text.trim().is_empty() {
                let backlog = self.store.backlog(*kind, Closed::Hidden, self.clock.today())?;
                self.store.window(&backlog, 0..most, None)?
            } else {
                let at = (*kind, stand);
                let mut matches = self.titles.search_at(&self.store, at, text, true)?.ids;
                matches.truncate(most);
                matches
            };
            let names = self.store.names_of(&ids)?;
            let before = found.len();
            for id in ids {
                let (Some(title), Some(reference)) = (names.title(id), names.reference(id)) else {
                    continue;
                };
                // Time that is planned or spent again and again on the same is told once.
                let is_time = matches!(kind, Kind::Block | Kind::Entry);
                let twin = |one: &Named| one.title == title;
                if !(is_time && found[before..].iter().any(twin)) {
                    found.push(Named { id, reference, title: title.to_owned() });
                }
            }
        }
        Ok(found)
    }
}
