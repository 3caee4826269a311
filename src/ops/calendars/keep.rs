//! Which calendars are watched, and by whom: taking one up, and ending it. A place is watched once by
//! a person, and only who watches a calendar ends that.

use std::path::{Path, PathBuf};

use crate::domain::refusal::Refusal;
use crate::store::Write;
use crate::store::intake::Intake;

use super::super::error::Result;
use super::super::mine;
use super::super::op::Outcome;
use super::super::workspace::Settings;
use super::{Keeper, Watched};

/// The settings under which they are kept: the name, and the path.
const WATCHED: &str = "calendar.from.";
/// Under which it is kept whose each of them is: the name, and the name of the person.
const OF: &str = "calendar.of.";

/// All that are watched, by name.
pub fn all(from: &impl Intake, settings: &Settings) -> Result<Vec<Watched>> {
    let kept = from.kept()?;
    let mut found = Vec::new();
    for (setting, path) in &kept {
        let Some(name) = setting.strip_prefix(WATCHED) else { continue };
        let whose = kept.iter().find(|(setting, _)| setting.strip_prefix(OF) == Some(name));
        let of = match whose {
            Some((_, whose)) => keeper(from, settings, whose)?,
            None => Keeper::Nobody,
        };
        found.push(Watched { name: name.to_owned(), path: PathBuf::from(path), of });
    }
    Ok(found)
}

fn keeper(from: &impl Intake, settings: &Settings, whose: &str) -> Result<Keeper> {
    Ok(match mine::is_me(from, settings, whose)? {
        Some(true) => Keeper::Mine,
        Some(false) => Keeper::Other(whose.to_owned()),
        None => Keeper::Nobody,
    })
}

/// Watches a calendar, or ends that; then what it gave goes into the Trash.
pub(in crate::ops) fn watch(
    write: &Write<'_>,
    name: &str,
    path: Option<&str>,
    settings: &Settings,
) -> Result<Outcome> {
    let all = all(write, settings)?;
    match path {
        Some(path) => begin(write, name, path, &all, settings),
        None => end(write, name, &all),
    }
}

/// It is of whoever sits here, apart from one that somebody else has under the same name.
fn begin(
    write: &Write<'_>,
    name: &str,
    path: &str,
    all: &[Watched],
    settings: &Settings,
) -> Result<Outcome> {
    let place = Path::new(path);
    if std::fs::symlink_metadata(place).is_err() {
        return Err(Refusal::missing(format!("{path} is not there"))
            .hint("name a folder of .ics files, or one file")
            .into());
    }
    let me = settings.me.as_deref();
    let left = all.iter().find(|one| one.of == Keeper::Nobody && same(&one.path, place));
    let left = left.filter(|_| me.is_some());
    let name = match left {
        Some(left) => left.name.clone(),
        None => apart(write, name, all, settings)?,
    };
    refuse_twice(&name, place, all, me)?;
    let (_, notices) = mine::made(write, settings)?;
    write.set_setting(&format!("{WATCHED}{name}"), Some(path))?;
    write.set_setting(&format!("{OF}{name}"), me)?;
    let mut items = Vec::new();
    if let (Some(_), Some(me)) = (left, me) {
        // What it gave counted for everybody; from now on it is theirs who watch it.
        items =
            write.origins_from(&format!("calendar:{name}"))?.iter().map(|row| row.item).collect();
        write.set_author(&items, me)?;
    }
    let yours = if left.is_some() { ", and is yours from now on" } else { "" };
    Ok(Outcome { label: format!("calendar {name} is read from {path}{yours}"), items, notices })
}

/// The name, or where somebody else has a calendar that is called so, that of a person behind it.
fn apart(write: &Write<'_>, name: &str, all: &[Watched], settings: &Settings) -> Result<String> {
    let Some(known) = all.iter().find(|one| one.name == name) else { return Ok(name.to_owned()) };
    let taken = match &known.of {
        Keeper::Other(_) => true,
        // Where several people work, an old one may be of any of them.
        Keeper::Nobody => write.people()?.len() > 1,
        Keeper::Mine => false,
    };
    Ok(match (&settings.me, taken) {
        (Some(me), true) => format!("{name} ({me})"),
        (Some(_) | None, _) => name.to_owned(),
    })
}

/// A folder under two names would count each meeting twice; so would a file and its folder.
fn refuse_twice(name: &str, place: &Path, all: &[Watched], me: Option<&str>) -> Result<()> {
    for one in all {
        if let (Some(of), None, true) = (one.other(), me, one.name == name) {
            return Err(of_somebody(name, of).into());
        }
        let is_here = me.is_none() || one.other().is_none();
        if !is_here || one.name == name {
            continue;
        }
        let within = |inner: &Path, outer: &Path| {
            inner.parent().is_some_and(|parent| same(parent, outer)) && inner.is_file()
        };
        let what = if same(&one.path, place) {
            format!("{} is watched already, as {}", place.display(), one.name)
        } else if within(place, &one.path) {
            format!("{} is in the folder that is watched as {}", place.display(), one.name)
        } else if within(&one.path, place) {
            format!("a file in {} is watched already, as {}", place.display(), one.name)
        } else {
            continue;
        };
        let hint = format!("prewire week calendar rm '{}' ends that", one.name);
        return Err(Refusal::input(what).hint(hint).into());
    }
    Ok(())
}

/// Whether two paths lead to the same place.
fn same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    one == other || real(one) == real(other)
}

fn of_somebody(name: &str, of: &str) -> Refusal {
    Refusal::input(format!("the calendar {name} is watched by {of}, and only they end that"))
        .hint(format!("prewire config set me '{of}' if that is you"))
}

fn end(write: &Write<'_>, name: &str, all: &[Watched]) -> Result<Outcome> {
    let Some(known) = all.iter().find(|one| one.name == name) else {
        return Err(Refusal::missing(format!("no calendar is called {name}"))
            .hint("prewire week calendar list")
            .into());
    };
    if let Some(of) = known.other() {
        return Err(of_somebody(name, of).into());
    }
    for setting in [WATCHED, OF] {
        write.set_setting(&format!("{setting}{name}"), None)?;
    }
    let mut items = Vec::new();
    for row in write.origins_from(&format!("calendar:{name}"))? {
        for before in write.items(&[row.item])? {
            let mut after = before.clone();
            after.deleted_at = after.deleted_at.or(Some(write.at));
            write.update(&before, &after)?;
            items.push(before.id);
        }
        let digest = super::super::import::GONE.to_owned();
        write.set_origin(&crate::store::origin::OriginRow { digest, ..row }.as_new())?;
    }
    let label = format!("calendar {name} is not read any more");
    Ok(Outcome { label, items, notices: Vec::new() })
}
