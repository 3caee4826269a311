//! What screens ask that takes longer than a key may: asked before somebody does, while nobody
//! presses a key, and kept for as long as nothing changes. In pieces that each take less than a key.

use std::sync::Arc;

use crate::domain::kind::Kind;
use crate::store::bulk::Ends;
use crate::store::listing::Closed;
use crate::store::lookup::Lookup;

use super::error::Result;
use super::page::Stand;
use super::titles::Hush;
use super::workspace::Workspace;

/// Metrics that are read in one piece.
const METRICS: usize = 8;
/// Lists of fewer items are asked soon enough, and what is kept would be much beside the rest.
const MANY: usize = if cfg!(test) { 1 } else { 5_000 };

/// How far it is.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// Of what stand the pieces are.
    stand: Stand,
    done: Piece,
    metrics: usize,
}

/// The last piece that was asked.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Piece {
    #[default]
    None,
    Latencies,
    Pace,
    Figures,
    Line,
    Tags,
    All,
}

impl Workspace {
    /// Asks the next of what takes long; says whether there is more. What changed since makes it
    /// begin again, and a piece that was broken off is asked again.
    ///
    /// # Errors
    /// A storage error; whoever asks will meet it again.
    pub fn ask_ahead(&mut self) -> Result<bool> {
        self.store.begin_reading()?;
        let more = self.ask_piece();
        self.store.end_reading()?;
        more
    }

    fn ask_piece(&mut self) -> Result<bool> {
        let stand = self.stand()?;
        if self.ahead.stand != stand {
            self.ahead = Ahead { stand, ..Ahead::default() };
        }
        self.ahead.done = match self.ahead.done {
            Piece::None if !self.is_long(Kind::Decision)? => Piece::All,
            Piece::None => {
                self.usual_age()?;
                Piece::Latencies
            }
            Piece::Latencies => {
                self.pace()?;
                Piece::Pace
            }
            Piece::Pace => {
                self.figures_told()?;
                Piece::Figures
            }
            Piece::Figures => {
                self.line_up()?;
                Piece::Line
            }
            Piece::Line => {
                self.tags_in_use()?;
                Piece::Tags
            }
            Piece::Tags => self.next_metrics()?,
            Piece::All => Piece::All,
        };
        Ok(self.ahead.done != Piece::All)
    }

    /// Reads the titles of these kinds beside whatever else is asked, where they are so many that the
    /// first letter of a filter would wait for them.
    ///
    /// # Errors
    /// A storage error; the search will meet it again.
    pub fn read_many_titles_ahead(&mut self, kinds: &[Kind]) -> Result<()> {
        let mut long = Vec::new();
        for kind in kinds {
            if self.is_long(*kind)? {
                long.push(*kind);
            }
        }
        self.read_titles_ahead(&long)
    }

    /// From now on whoever wants the processor has it before what is read here, until somebody waits
    /// for the answer to something else; with nothing as before.
    ///
    /// # Errors
    /// A storage error.
    pub fn give_way(&mut self, ends: Option<Ends>) -> Result<()> {
        Ok(self.store.give_way(ends)?)
    }

    /// Whether titles are read beside.
    #[must_use]
    pub fn is_reading_titles(&self) -> bool {
        self.titles.is_reading_ahead()
    }

    /// Whoever writes waits until titles that are read beside are there.
    pub fn hurry_titles(&self) {
        self.titles.hurry();
    }

    /// What makes those that are read beside rest until what somebody asked for is shown.
    #[must_use]
    pub fn hush(&self) -> Hush {
        self.titles.hush()
    }

    /// The tags that are used, the most used first.
    ///
    /// # Errors
    /// A storage error.
    pub fn tags_in_use(&self) -> Result<Arc<[String]>> {
        self.tags.or_read(self.stand()?, || Ok(self.store.tags()?.into()))
    }

    fn is_long(&self, kind: Kind) -> Result<bool> {
        Ok(self.backlog_at(kind, Closed::Shown, self.stand()?)?.total() >= MANY)
    }

    fn next_metrics(&mut self) -> Result<Piece> {
        let live = self.live_metrics()?;
        let from = self.ahead.metrics.min(live.len());
        let upto = (from + METRICS).min(live.len());
        let some: Vec<_> = live[from..upto].iter().map(|one| (one.id, one.shows)).collect();
        self.glance_at(&some, METRICS)?;
        self.ahead.metrics = upto;
        Ok(if upto < live.len() { Piece::Tags } else { Piece::All })
    }
}
