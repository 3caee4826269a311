//! One walk through the program at one size: everything that is timed from outside, in the order
//! in which a person would do it.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::figures::{Answers, Times};
use crate::process;
use crate::session::{Session, Size};
use crate::workspace::{Result, TODAY, copy};

const WIDE: Size = (120, 40);
const SMALL: Size = (80, 24);
/// So many rows, and so many half pages, every list has that is walked through.
const ROWS: usize = 100;
const PAGES: usize = 5;

/// How often everything is done.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    pub starts: usize,
    pub keys: usize,
    pub changes: usize,
    pub idle: Duration,
}

/// What was measured at one size.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub start: Answers,
    pub keys: Vec<(&'static str, Answers)>,
    pub small_row: Answers,
    pub filter: Answers,
    pub change: Answers,
    pub idle: (usize, Duration),
    pub resident: u64,
    pub list: Times,
    pub add: Times,
}

impl Found {
    /// All motions and screens together.
    #[must_use]
    pub fn any_key(&self) -> Answers {
        let mut all = Answers::default();
        for (_, answers) in &self.keys {
            all.extend(answers);
        }
        all
    }

    /// Bytes of one row of motion, the median.
    #[must_use]
    pub fn row_bytes(&self) -> usize {
        self.keys.iter().find(|(name, _)| *name == "row").map_or(0, |(_, row)| row.bytes())
    }
}

/// Walks through the real program over a workspace.
///
/// # Errors
/// When the program does not answer as it should.
pub fn walk(program: &Path, workspace: &Path, effort: Effort) -> Result<Found> {
    let own = copy(workspace, "walked")?;
    let db = own.to_str().ok_or("the path is not UTF-8")?;
    // What an earlier run was left with is not gone on with.
    let words = ["--db", db, "--today", TODAY, "--fresh"];
    let mut found = Found::default();
    for _ in 0..effort.starts {
        let (session, answer) = Session::start(program, &words, WIDE)?;
        found.start.push(answer);
        session.quit()?;
    }
    let (mut session, _) = Session::start(program, &words, WIDE)?;
    found.keys = keys(&mut session, effort.keys)?;
    found.filter = filter(&mut session)?;
    found.change = changes(&mut session, effort.changes)?;
    found.resident = process::resident(session.process());
    found.idle = session.idle(effort.idle);
    session.quit()?;
    let (mut session, _) = Session::start(program, &words, SMALL)?;
    session.press("2")?;
    found.small_row = rows(&mut session, effort.keys / 2)?;
    session.quit()?;
    for at in 0..effort.starts {
        let list = ["decision", "list", "--json", "--limit", "50", "--db", db, "--today", TODAY];
        found.list.push(ran(Command::new(program).args(list))?);
        let title = format!("Which tier is launch {at}? stake:high");
        let add = ["decision", "add", &title, "--db", db, "--today", TODAY];
        found.add.push(ran(Command::new(program).args(add))?);
    }
    Ok(found)
}

/// The same keys for the bare program.
///
/// # Errors
/// When it does not answer.
pub fn bare(program: &Path, file: &Path, effort: Effort) -> Result<(Answers, Answers, u64)> {
    let words = ["bare", file.to_str().ok_or("the path is not UTF-8")?];
    let (mut start, mut keys) = (Answers::default(), Answers::default());
    for _ in 0..effort.starts {
        let (session, answer) = Session::start(program, &words, WIDE)?;
        start.push(answer);
        session.quit()?;
    }
    let (mut session, _) = Session::start(program, &words, WIDE)?;
    for _ in 0..effort.keys {
        keys.push(session.press("j")?);
    }
    for _ in 0..effort.keys / 10 {
        for key in ["G", "g", "d"] {
            keys.push(session.press(key)?);
        }
    }
    let resident = process::resident(session.process());
    session.quit()?;
    Ok((start, keys, resident))
}

fn keys(session: &mut Session, count: usize) -> Result<Vec<(&'static str, Answers)>> {
    session.press("2")?;
    let mut all = vec![("row", rows(session, count)?)];
    session.press("gg")?;
    all.push(("half a page", wave(session, count / 5, ["\x04", "\x15"], PAGES)?));
    all.push(("to the end", each(session, count / 10, &["G", "!gg"])?));
    all.push(("to the start", each(session, count / 10, &["!G", "gg"])?));
    // The list answers as fast far from its beginning.
    session.burst(&"\x04".repeat(1000))?;
    session.press("k")?;
    all.push(("row in the middle", wave(session, count, ["k", "j"], ROWS)?));
    all.push(("half a page in the middle", wave(session, count / 5, ["\x15", "\x04"], PAGES)?));
    all.push(("to another screen", each(session, count / 20, &["3", "6", "2", "1", "2"])?));
    all.push(("to the pane and back", each(session, count / 20, &["\t", "\t"])?));
    session.press("gg")?;
    Ok(all)
}

fn rows(session: &mut Session, count: usize) -> Result<Answers> {
    wave(session, count, ["j", "k"], ROWS)
}

/// There and back again, so that no list is too short for it.
fn wave(session: &mut Session, count: usize, keys: [&str; 2], span: usize) -> Result<Answers> {
    let mut answers = Answers::default();
    for at in 0..count.max(1) {
        answers.push(session.press(keys[at / span % 2])?);
    }
    Ok(answers)
}

/// Presses keys in turn; one that begins with `!` is pressed and not counted.
fn each(session: &mut Session, count: usize, keys: &[&str]) -> Result<Answers> {
    let mut answers = Answers::default();
    for _ in 0..count.max(1) {
        for key in keys {
            match key.strip_prefix('!') {
                Some(key) => drop(session.press(key)?),
                None => answers.push(session.press(key)?),
            }
        }
    }
    Ok(answers)
}

/// Types a filter letter by letter, widens it again and leaves it.
pub fn filter(session: &mut Session) -> Result<Answers> {
    let mut answers = Answers::default();
    for words in ["launch pricing", "atlas", "no 77"] {
        answers.push(session.press("/")?);
        for letter in words.chars() {
            answers.push(session.press(letter.encode_utf8(&mut [0; 4]))?);
        }
        for _ in 0..3 {
            answers.push(session.press("\x7f")?);
        }
        session.press("\x1b")?;
    }
    Ok(answers)
}

/// Decides the question under the cursor, over and over; from the last key to the new screen.
fn changes(session: &mut Session, count: usize) -> Result<Answers> {
    let mut answers = Answers::default();
    for _ in 0..count {
        session.press("x")?;
        session.press("as agreed")?;
        answers.push(session.press("\r")?);
        if !session.text().contains("u undoes") {
            return Err(format!("nothing was decided:\n{}", session.text()).into());
        }
    }
    Ok(answers)
}

/// How long a command takes until it is gone.
///
/// # Errors
/// When it fails.
pub fn ran(command: &mut Command) -> Result<Duration> {
    let begun = Instant::now();
    let status =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let taken = begun.elapsed();
    if status.success() { Ok(taken) } else { Err(format!("{command:?}: {status}").into()) }
}
