//! What is in the file: header, schema, integrity, ties, journal, and the snapshots of it.

use std::path::Path;
use std::time::Duration;

use chrono::Utc;

use super::{Check, Verdict};
use crate::ops::clock::Clock;
use crate::ops::error::Error;
use crate::store::look::Look;
use crate::store::snapshot::{self, Snapshot};
use crate::store::{self, Places, Store};

/// How long a look waits for a writer to finish.
const WAIT: Duration = Duration::from_secs(5);

pub(super) fn check(path: &Path, places: &Places, clock: Clock, checks: &mut Vec<Check>) {
    match Look::open(path, places, WAIT) {
        Ok(look) => {
            let copy = if look.is_copy() { ", in a copy that was settled" } else { "" };
            let words = format!("a prewire workspace of format {}{copy}", look.store().format());
            checks.push(Check::new("header", Verdict::Ok, words));
            schema(look.store(), checks);
            match look.store().check() {
                Ok(findings) => sound(&findings, checks),
                Err(error) => checks.push(refusal(error)),
            }
            newest(look.store(), clock, checks);
            // A copy knows no places of its own.
            let kept = if look.is_copy() {
                snapshot::list_of(places, path)
            } else {
                snapshot::list(look.store())
            };
            snapshots(&kept, checks);
        }
        Err(error) => {
            checks.push(refusal(error));
            snapshots(&snapshot::list_of(places, path), checks);
        }
    }
}

/// Why the file cannot be opened, as a check.
pub(super) fn refusal(error: store::Error) -> Check {
    let damaged = matches!(error, store::Error::Damaged { .. });
    let error = Error::from(error);
    let verdict = if damaged { Verdict::Damaged } else { Verdict::Problem };
    let check = Check::new("header", verdict, error.what());
    if damaged {
        return check.hint(
            "if it was copied from elsewhere, bring the file of the same name with -journal too; \
             else prewire restore lists its snapshots",
        );
    }
    match error.hint() {
        Some(hint) => check.hint(hint),
        None => check,
    }
}

fn schema(store: &Store, checks: &mut Vec<Check>) {
    checks.push(match store.strangers() {
        [] => Check::new("schema", Verdict::Ok, "as this program makes it"),
        strangers => Check::new("schema", Verdict::Damaged, strangers.join("; "))
            .hint("the file can be read and is not written; export it, or restore a snapshot"),
    });
}

fn sound(findings: &store::check::Findings, checks: &mut Vec<Check>) {
    let parts = [
        ("integrity", &findings.integrity, "every page and row is well formed"),
        ("ties", &findings.dangling, "whatever is pointed at exists"),
        ("rules", &findings.invariants, "ids and refs are unique"),
        ("journal", &findings.chain, "every step is what was written"),
    ];
    for (name, found, fine) in parts {
        checks.push(match found.as_slice() {
            [] => Check::new(name, Verdict::Ok, fine),
            found => Check::new(name, Verdict::Damaged, some(found))
                .hint("prewire restore lists the snapshots; the file itself is not changed"),
        });
    }
    if findings.foreign_changes > 0 {
        let words = match findings.foreign_changes {
            1 => "another program made 1 change".to_owned(),
            many => format!("another program made {many} changes"),
        };
        checks.push(
            Check::new("other programs", Verdict::Problem, words)
                .hint("the next change here makes them a step that can be undone"),
        );
    }
}

/// The first of them, and how many more there are.
fn some(found: &[String]) -> String {
    const MOST: usize = 5;
    let first = found.iter().take(MOST).cloned().collect::<Vec<_>>().join("; ");
    match found.len().saturating_sub(MOST) {
        0 => first,
        more => format!("{first}; and {more} more"),
    }
}

fn newest(store: &Store, clock: Clock, checks: &mut Vec<Check>) {
    let Ok(steps) = store.steps(0, 1) else { return };
    let Some(step) = steps.first() else {
        checks.push(Check::new("clock", Verdict::Ok, "nothing was changed yet"));
        return;
    };
    let day = step.at.format("%Y-%m-%d %H:%M UTC");
    checks.push(if step.at > clock.now() + chrono::Duration::hours(24) {
        let words = format!("the newest change is of {day}, which is yet to come");
        Check::new("clock", Verdict::Problem, words)
            .hint("history goes by number, not by time; set the clock of this machine right")
    } else {
        Check::new("clock", Verdict::Ok, format!("the newest change, {}, is of {day}", step.seq))
    });
}

fn snapshots(found: &[Snapshot], checks: &mut Vec<Check>) {
    let mut bad = 0;
    for snapshot in found {
        if let Err(error) = snapshot::verify_bytes(&snapshot.path) {
            bad += 1;
            checks.push(Check::new("snapshots", Verdict::Problem, Error::from(error).what()));
        }
    }
    let good = found.len() - bad;
    let newest = found.first().map(|newest| newest.at.max(chrono::DateTime::<Utc>::UNIX_EPOCH));
    checks.push(match newest {
        None => Check::new("snapshots", Verdict::Note, "there is none yet")
            .hint("prewire backup makes one"),
        Some(at) => {
            let words =
                format!("{good} verified, the newest of {}", at.format("%Y-%m-%d %H:%M UTC"));
            Check::new("snapshots", Verdict::Ok, words)
        }
    });
}
