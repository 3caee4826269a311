//! The rows of a backlog, read on a thread of their own, a little ahead of whoever takes them. Rows
//! that are done with go back there, so that the same thread takes and gives back their memory.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use crate::exchange::backlog::{Backlog, RowError};
use crate::exchange::input;

use super::super::error::Result;
use super::prepare::{Prepared, Whose, prepare};
use super::source_file::{BacklogFile, Bad};
use super::{CHUNK, CHUNK_BYTES, Progress, go_on, refused};

/// Pieces that wait to be taken.
const AHEAD: usize = 3;

/// Rows that were read together.
#[derive(Default)]
struct Chunk {
    rows: Vec<Prepared>,
    bad: Bad,
    done: input::Progress,
    is_last: bool,
}

/// Where rows come from, some at a time.
pub(super) struct Reader {
    chunks: Receiver<Result<Chunk>>,
    spent: Sender<Vec<Prepared>>,
}

impl Reader {
    /// The next rows that can be taken, none at the end; those that cannot go to `bad`.
    ///
    /// # Errors
    /// When the file as a whole cannot be read; `Interrupted`.
    pub fn next(
        &mut self,
        bad: &mut Bad,
        progress: &mut Progress<'_>,
    ) -> Result<Option<Vec<Prepared>>> {
        // The thread ends after its last piece, and after an error.
        let Ok(chunk) = self.chunks.recv() else { return Ok(None) };
        let chunk = chunk?;
        go_on(progress, chunk.done.read, chunk.done.total)?;
        bad.extend(chunk.bad);
        Ok(Some(chunk.rows))
    }

    /// Gives rows back that are done with.
    pub fn done_with(&self, rows: Vec<Prepared>) {
        // When the thread has ended, they are dropped here.
        let _ = self.spent.send(rows);
    }
}

/// What reads, on its own thread.
struct Source<'a> {
    backlog: &'a mut Backlog,
    name: &'a str,
    whose: Whose,
    columns: &'a [String],
}

/// Reads the file from where it stands while `body` takes its rows.
///
/// # Errors
/// What `body` returns.
pub(super) fn read<T>(
    file: &mut BacklogFile,
    body: impl FnOnce(&mut Reader) -> Result<T>,
) -> Result<T> {
    let BacklogFile { backlog, name, whose, columns, .. } = file;
    let mut source = Source { backlog, name, whose: *whose, columns };
    let (chunks, taken) = sync_channel(AHEAD);
    let (spent, back) = channel();
    std::thread::scope(|scope| {
        scope.spawn(move || source.send_all(&chunks, &back));
        body(&mut Reader { chunks: taken, spent })
    })
}

impl Source<'_> {
    fn send_all(&mut self, chunks: &SyncSender<Result<Chunk>>, back: &Receiver<Vec<Prepared>>) {
        loop {
            back.try_iter().for_each(drop);
            let chunk = self.chunk();
            let last = chunk.as_ref().map_or(true, |chunk| chunk.is_last);
            // Nobody listens any more when the import was broken off.
            if chunks.send(chunk).is_err() || last {
                return;
            }
        }
    }

    fn chunk(&mut self) -> Result<Chunk> {
        let mut texts = 0;
        let mut chunk = Chunk { rows: Vec::with_capacity(CHUNK), ..Chunk::default() };
        for _ in 0..CHUNK {
            let row = match self.backlog.next_row() {
                None => {
                    chunk.is_last = true;
                    break;
                }
                Some(Err(RowError::File(error))) => {
                    return Err(refused::file(Path::new(self.name), error));
                }
                Some(Err(RowError::Row(row))) => Err(row),
                Some(Ok(row)) => prepare(row, self.whose, self.columns),
            };
            match row {
                Ok(row) => {
                    texts += row.texts();
                    chunk.rows.push(row);
                }
                Err(row) => chunk.bad.push(&row),
            }
            if texts > CHUNK_BYTES {
                break;
            }
        }
        chunk.done = self.backlog.progress();
        Ok(chunk)
    }
}
