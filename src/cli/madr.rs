//! Decisions as MADR files on the command line: one to standard output or a file, several into a
//! folder; and files that are brought in.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::json;

use crate::domain::item::Ref;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::exchange::madr;
use crate::exchange::output::Existing;
use crate::ops::madr::MadrFile;
use crate::ops::{Error, ListQuery, Result, transfer};
use crate::store::listing::Closed;

use super::export::accounts;
use super::invocation::{Invocation, is_absent, meant};
use super::words::{self, Alone};
use super::{misuse, report, root};

/// Most files of a folder.
const MOST: usize = 10_000;

/// Carries out `export madr`.
///
/// # Errors
/// When a file cannot be written.
pub fn export(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let mut words = root::typed(matches, "words");
    // Other forms name the list first; here there is only one.
    if words.first().is_some_and(|word| word == "decision" || word == "decisions") {
        words.remove(0);
    }
    let mut workspace = call.workspace()?;
    let are_refs = !words.is_empty() && words.iter().all(|word| Ref::parse(word).is_some());
    let ids = if are_refs {
        meant(&workspace, &words, &[Kind::Decision])?
    } else {
        let filter = words::line(&words, Kind::Decision, &call.calendar()?, Alone::Value);
        let query = ListQuery { filter, closed: Closed::Shown, ..ListQuery::all(Kind::Decision) };
        workspace.all_ids(&query)?
    };
    let masks = workspace.masks(accounts(matches))?;
    let mut files = Vec::with_capacity(ids.len());
    for id in ids {
        files.extend(workspace.madr(id, &masks)?);
    }
    let place = root::flag(matches, "out").filter(|place| place != "-").map(PathBuf::from);
    let into_folder = place.as_ref().is_some_and(|place| place.is_dir() || ends_as_folder(place));
    match (files.as_slice(), place) {
        ([(_, one)], _) if !into_folder => report::to(call, matches, |out| {
            masks.markdown(out, |out| madr::write(one, out).map_err(Error::Output))
        }),
        (_, Some(folder)) if into_folder => {
            let existing =
                if matches.get_flag("force") { Existing::Replace } else { Existing::Keep };
            std::fs::create_dir_all(&folder).map_err(Error::Output)?;
            for (name, record) in &files {
                transfer::to_file(&folder.join(name), existing, |out| {
                    masks.markdown(out, |out| madr::write(record, out).map_err(Error::Output))
                })?;
            }
            done(call, &folder, files.len())
        }
        _ => Err(misuse(format!("{} decisions need a folder: --out decisions/", files.len()))),
    }
}

fn ends_as_folder(path: &Path) -> bool {
    path.to_string_lossy().ends_with('/')
}

fn done(call: &mut Invocation<'_>, folder: &Path, count: usize) -> Result<()> {
    let file = folder.display().to_string();
    if call.output.is_human() {
        let files = if count == 1 { "file" } else { "files" };
        call.output.say(&format!("wrote {count} {files} to {file}"));
        return Ok(());
    }
    call.output.open("export")?;
    call.output.item(&json!({ "title": file, "file": file, "items": count }))?;
    call.output.close()
}

/// The files that a call of `import` means; `None` when it means no MADR. Markdown of a folder
/// that is no record is named in `passed_over`.
///
/// # Errors
/// When a file cannot be read, or is no such record.
pub fn files(path: &Path, passed_over: &mut Vec<String>) -> Result<Option<Vec<MadrFile>>> {
    let is_markdown =
        |path: &Path| path.extension().is_some_and(|end| end == "md" || end == "markdown");
    if path.is_dir() {
        let mut found: Vec<PathBuf> = std::fs::read_dir(path)
            .map_err(|error| unreadable(path, &error))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.is_file() && is_markdown(path))
            .collect();
        // A folder without Markdown may hold calendars.
        if found.is_empty() {
            return Ok(None);
        }
        found.sort();
        found.truncate(MOST);
        let all = found.iter().map(|path| read(path)).collect::<Result<Vec<_>>>()?;
        for (path, _) in found.iter().zip(&all).filter(|(_, file)| file.is_none()) {
            passed_over.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
        return Ok(Some(all.into_iter().flatten().collect()));
    }
    if !is_markdown(path) {
        return Ok(None);
    }
    match read(path)? {
        Some(file) => Ok(Some(vec![file])),
        None => Err(Refusal::input(format!("{} is no MADR", path.display()))
            .hint("a record has a title, its context, the options and the outcome")
            .into()),
    }
}

fn read(path: &Path) -> Result<Option<MadrFile>> {
    let length = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?.len();
    if length > madr::LONGEST as u64 {
        return Err(Refusal::input(format!("{} is too long for a record", path.display())).into());
    }
    let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
    let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    if !madr::is_madr(&text) {
        return Ok(None);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(madr::read(&text).map(|record| MadrFile { name, text, record }))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::unreadable(path, error)
}

/// Brings the files in, or says what they are.
///
/// # Errors
/// A storage error.
pub fn import(call: &mut Invocation<'_>, files: &[MadrFile]) -> Result<()> {
    if call.dry_run {
        for file in files {
            let status =
                if file.record.status.is_empty() { "proposed" } else { &file.record.status };
            call.output
                .line(&format!("decision  {}  ({status}; {})", file.record.title, file.name))?;
        }
        call.output.say("dry run: nothing was changed");
        return Ok(());
    }
    let opened = call.to_change();
    let mut workspace = if is_absent(&opened) { call.create()? } else { opened? };
    let done = workspace.import_madr(files)?;
    let told = workspace.told(&done.items)?;
    super::change::print_items(call, &told)?;
    let undo = if done.seq.is_some() { " · undo: prewire undo" } else { "" };
    call.output.say(&format!("{}{undo}", done.label));
    for notice in &done.notices {
        call.output.say(notice);
    }
    Ok(())
}
