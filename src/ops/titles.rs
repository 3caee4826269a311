//! The one thing that is held in memory of a whole backlog: its titles, for matching as you type.
//! Read ahead when a search is about to begin, renewed when the journal has moved, narrowed key by
//! key.

use std::sync::mpsc::{Receiver, sync_channel};

use crate::domain::field::Names;
use crate::domain::fuzzy::{Reader, Words};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::store::listing::Closed;
use crate::store::lookup::{Lookup, Named};
use crate::store::titles::Titles;
use crate::store::{self, Store};

use super::error::Result;

/// From so many titles on they are parted among several.
const MANY: usize = 4_000;
/// Most who look through titles at once.
const MOST_HANDS: usize = 4;

/// The titles of one kind, in the order of its backlog.
#[derive(Default)]
pub struct TitleIndex {
    kind: Option<Kind>,
    /// The journal number and the outside version that the titles were read at.
    stand: (i64, i64),
    titles: Titles,
    ahead: Option<Ahead>,
    /// One for each who looks through them.
    readers: Vec<Reader>,
    /// The words of the last search and the places that it kept.
    last: Option<(String, Vec<u32>)>,
}

/// Titles that another thread reads.
struct Ahead {
    kind: Kind,
    /// What others had done when it began.
    version: i64,
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
        self.renew(store, kind)?;
        let candidates = self.candidates(words);
        let mut scored = self.score(words, &candidates);
        let kept: Vec<u32> = scored.iter().map(|(place, _)| *place).collect();
        self.last = Some((words.to_owned(), kept));
        let closed =
            scored.iter().filter(|(place, _)| self.titles.is_closed(*place as usize)).count();
        if !with_closed {
            scored.retain(|(place, _)| !self.titles.is_closed(*place as usize));
        }
        scored.sort_by_key(|(place, score)| (u32::MAX - score, *place));
        let ids = scored.into_iter().map(|(place, _)| self.titles.id(place as usize)).collect();
        Ok(Matches { ids, closed: if with_closed { 0 } else { closed } })
    }

    /// Begins to read the titles of a kind on a thread of their own, for a search that is about to
    /// come; the search waits for the rest. Unless they are here already.
    ///
    /// # Errors
    /// A storage error.
    pub fn read_ahead(&mut self, store: &Store, kind: Kind) -> Result<()> {
        let (step, version) = (store.head()?.0, store.data_version()?);
        if self.kind == Some(kind) && self.stand == (step, version) {
            return Ok(());
        }
        let Some(reading) = store.titles_ahead(kind)? else { return Ok(()) };
        let (send, read) = sync_channel(1);
        // Nobody listens any more when another search came first.
        std::thread::spawn(move || drop(send.send(reading.run())));
        self.ahead = Some(Ahead { kind, version, read });
        Ok(())
    }

    /// Forgets the titles of any other kind, so that memory never holds two backlogs when one is about
    /// to be searched: its first letter would let go of the other all the same.
    fn let_go_of_others(&mut self, kind: Kind) {
        if self.kind.is_some_and(|kept| kept != kind) {
            (self.kind, self.titles, self.last) = (None, Titles::default(), None);
        }
    }

    fn renew(&mut self, store: &Store, kind: Kind) -> Result<()> {
        let stand = (store.head()?.0, store.data_version()?);
        if self.kind == Some(kind) && self.stand == stand {
            return Ok(());
        }
        self.titles = match self.ahead.take().and_then(|ahead| ahead.of(kind, stand)) {
            Some(titles) => titles,
            None => store.titles(kind)?,
        };
        (self.kind, self.stand, self.last) = (Some(kind), stand, None);
        Ok(())
    }

    /// Only what matched before can match a longer pattern, unless it holds a negation.
    fn candidates(&self, words: &str) -> Vec<u32> {
        if let Some((before, kept)) = &self.last {
            let narrows = words.starts_with(before.as_str()) && !words.contains(['!', '$', '\\']);
            if narrows && !before.is_empty() {
                return kept.clone();
            }
        }
        (0..u32::try_from(self.titles.len()).unwrap_or(u32::MAX)).collect()
    }

    fn score(&mut self, words: &str, candidates: &[u32]) -> Vec<(u32, u32)> {
        let sought = Words::read(words);
        let wanted =
            self.kind.and_then(|kind| Ref::parse(words.trim()).filter(|found| found.kind == kind));
        let titles = &self.titles;
        let of = |candidates: &[u32], reader: &mut Reader| -> Vec<(u32, u32)> {
            let score = |place: &u32| {
                let at = *place as usize;
                if wanted.is_some_and(|wanted| wanted.number == titles.number(at)) {
                    return Some((*place, u32::MAX));
                }
                Some((*place, sought.score(titles.text(at), reader)?))
            };
            candidates.iter().filter_map(score).collect()
        };
        let hands = hands(candidates.len());
        self.readers.resize_with(self.readers.len().max(hands), Reader::default);
        let shares = candidates.chunks(candidates.len().div_ceil(hands).max(1));
        let mut shares = shares.zip(&mut self.readers);
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

/// How many look through so many titles at once.
fn hands(titles: usize) -> usize {
    if titles < MANY {
        return 1;
    }
    std::thread::available_parallelism().map_or(1, usize::from).min(MOST_HANDS)
}

impl Ahead {
    /// What was read, when it is what is wanted and as things stand now.
    fn of(self, kind: Kind, stand: (i64, i64)) -> Option<Titles> {
        if self.kind != kind || self.version != stand.1 {
            return None;
        }
        let (step, titles) = self.read.recv().ok()?.ok()?;
        (step == stand.0).then_some(titles)
    }
}

impl super::workspace::Workspace {
    /// Somebody is about to search the titles of a kind; where they are many, they are read ahead.
    ///
    /// # Errors
    /// A storage error; the search will meet it again.
    pub fn prepare_search(&mut self, kind: Kind) -> Result<()> {
        self.titles.let_go_of_others(kind);
        self.read_many_titles_ahead(kind)
    }

    /// Begins to read the titles of a kind, because somebody is about to search them.
    ///
    /// # Errors
    /// A storage error; the search will meet it again.
    pub fn read_titles_ahead(&mut self, kind: Kind) -> Result<()> {
        self.titles.read_ahead(&self.store, kind)
    }

    /// Live items of these kinds whose titles match, best first, for pickers and the palette.
    /// Without text the first of each backlog.
    ///
    /// # Errors
    /// A storage error.
    pub fn candidates(&mut self, kinds: &[Kind], text: &str, most: usize) -> Result<Vec<Named>> {
        let mut found: Vec<Named> = Vec::new();
        for kind in kinds {
            let ids = if text.trim().is_empty() {
                let backlog = self.store.backlog(*kind, Closed::Hidden, self.clock.today())?;
                self.store.window(&backlog, 0..most, None)?
            } else {
                let mut matches = self.titles.search(&self.store, *kind, text, true)?.ids;
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
