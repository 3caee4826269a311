//! What is told of an item beside its fields: what warns before all else; what speaks for and against
//! a decision behind its frame and where people stand, since it is chosen from the options first.

use super::{Passage, Role, blank, labelled};
use crate::domain::kind::Kind;
use crate::ops::detail::Detail;
use crate::ops::evidence::{Fact, Tone};

/// What comes before the fields.
pub(super) fn before(detail: &Detail, width: usize) -> Vec<Passage> {
    let mut lines = told(detail, width, |fact| !is_behind(detail, fact));
    if !lines.is_empty() {
        lines.push(blank());
    }
    lines
}

/// What comes behind the frame.
pub(super) fn behind(detail: &Detail, width: usize) -> Vec<Passage> {
    let mut lines = told(detail, width, |fact| is_behind(detail, fact));
    if !lines.is_empty() {
        lines.insert(0, blank());
    }
    lines
}

fn is_behind(detail: &Detail, fact: &Fact) -> bool {
    let is_warning = fact.tone == Tone::Warns && !fact.label.is_empty();
    detail.row.item.kind() == Kind::Decision && !is_warning
}

fn told(detail: &Detail, width: usize, is_here: impl Fn(&Fact) -> bool) -> Vec<Passage> {
    let line = |fact: &Fact| {
        let role = match fact.tone {
            Tone::Plain => Role::Plain,
            Tone::Quiet => Role::Muted,
            Tone::Warns => Role::Warn,
        };
        let label = if fact.label.is_empty() { " " } else { fact.label };
        labelled(label, &fact.text, width, role)
    };
    detail.facts.iter().filter(|fact| is_here(fact)).flat_map(line).collect()
}
