//! The bare program that everything is compared with: ratatui, one table of a hundred thousand
//! rows, a window of forty of them. It does nothing that a program of this sort could leave out.

use std::io::stdout;
use std::path::{Path, PathBuf};

use crossterm::event::{Event, KeyCode, read};
use crossterm::{cursor, execute, terminal};
use ratatui::backend::CrosstermBackend;
use ratatui::style::{Modifier, Style};
use ratatui::{Terminal, TerminalOptions, Viewport};
use rusqlite::{Connection, OpenFlags, params};

use crate::workspace::Result;

const ROWS: i64 = 100_000;

/// The file of the bare program, made when it is not there yet.
///
/// # Errors
/// When it cannot be made.
pub fn ready() -> Result<PathBuf> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench").join("bare.db");
    if path.exists() {
        return Ok(path);
    }
    let unfinished = path.with_extension("unfinished");
    let _ = std::fs::remove_file(&unfinished);
    let mut connection = Connection::open(&unfinished)?;
    connection.execute_batch(
        "CREATE TABLE row (at INTEGER PRIMARY KEY, title TEXT NOT NULL, day TEXT NOT NULL)",
    )?;
    let transaction = connection.transaction()?;
    for at in 0..ROWS {
        transaction.execute(
            "INSERT INTO row VALUES (?1, ?2, ?3)",
            params![at, format!("Choose the compliance tier for analysts no. {at}"), "2026-05-06"],
        )?;
    }
    transaction.commit()?;
    drop(connection);
    std::fs::rename(&unfinished, &path)?;
    Ok(path)
}

/// Shows the file until `q` is pressed.
///
/// # Errors
/// When there is no terminal.
pub fn run(path: &Path) -> Result<()> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    terminal::enable_raw_mode()?;
    execute!(stdout(), terminal::EnterAlternateScreen, cursor::Hide)?;
    let backend = CrosstermBackend::new(std::io::BufWriter::with_capacity(1 << 16, stdout()));
    let options = TerminalOptions { viewport: Viewport::Fullscreen };
    let mut screen = Terminal::with_options(backend, options)?;
    let mut at = 0;
    loop {
        draw(&mut screen, &connection, at)?;
        let Event::Key(key) = read()? else { continue };
        match key.code {
            KeyCode::Char('j') => at = (at + 1).min(ROWS - 1),
            KeyCode::Char('k') => at = (at - 1).max(0),
            KeyCode::Char('d') => at = (at + 20).min(ROWS - 1),
            KeyCode::Char('G') => at = ROWS - 1,
            KeyCode::Char('g') => at = 0,
            KeyCode::Char('q') => break,
            _ => {}
        }
    }
    execute!(stdout(), terminal::LeaveAlternateScreen, cursor::Show)?;
    terminal::disable_raw_mode()?;
    Ok(())
}

type Screen = Terminal<CrosstermBackend<std::io::BufWriter<std::io::Stdout>>>;

fn draw(screen: &mut Screen, connection: &Connection, at: i64) -> Result<()> {
    let mut statement = connection
        .prepare_cached("SELECT at, title, day FROM row WHERE at >= ?1 ORDER BY at LIMIT 40")?;
    let top = at / 40 * 40;
    let rows = statement.query_map([top], |row| {
        Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
    })?;
    let rows: Vec<(i64, String, String)> = rows.collect::<rusqlite::Result<_>>()?;
    screen.draw(|frame| {
        let area = frame.area();
        for (y, (place, title, day)) in (0..area.height).zip(&rows) {
            let style = if *place == at {
                Style::new().add_modifier(Modifier::REVERSED)
            } else {
                Style::new()
            };
            let text = format!("{place:>6} {title:<60} {day}");
            frame.buffer_mut().set_stringn(0, y, text, usize::from(area.width), style);
        }
    })?;
    Ok(())
}
