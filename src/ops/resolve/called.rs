//! Who is meant by a name. What somebody types may be the first words of a longer name; what stands
//! in a file is a whole one. `SMB` is never taken for SMBs, nor Sam for Samuel.

use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::store::Write;
use crate::store::lookup::{Lookup, Named};

use super::super::error::Result;

/// Most candidates that an ambiguity lists.
const CANDIDATES: usize = 8;

/// How a name is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// Typed by somebody: whole first words of a longer name will do.
    Typed,
    /// Out of a file: a name is a name.
    Whole,
}

/// Who is called so: exactly, or, of a name that was typed, with more words behind it.
pub(super) fn called(
    write: &Write<'_>,
    naming: Naming,
    kind: Kind,
    name: &str,
) -> Result<Vec<Named>> {
    let wanted = name.to_lowercase();
    let mut found = write.titled(kind, name)?;
    if let Some(at) = found.iter().position(|one| one.title.to_lowercase() == wanted) {
        return Ok(vec![found.swap_remove(at)]);
    }
    if naming == Naming::Whole {
        return Ok(Vec::new());
    }
    found.retain(|one| is_called(&one.title, name));
    Ok(found)
}

/// The refusal that lists who or what was meant, and says how many it does not list.
#[must_use]
pub fn ambiguous(text: &str, found: &[Named]) -> Refusal {
    let called = |named: &Named| format!("{} {}", named.reference, named.title);
    let list: Vec<String> = found.iter().take(CANDIDATES).map(called).collect();
    let more = match found.len().saturating_sub(CANDIDATES) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    Refusal::missing(format!("“{text}” could be {}{more}", list.join("; ")))
        .hint("name it by its ref")
}

/// Whether a title is a name as it is typed: the whole, or the first words of it.
#[must_use]
pub fn is_called(title: &str, typed: &str) -> bool {
    let (title, typed) =
        (title.to_lowercase(), typed.trim().trim_start_matches('@').to_lowercase());
    if typed.is_empty() {
        return false;
    }
    let rest = title.strip_prefix(&typed).map(|rest| rest.chars().next());
    rest.is_some_and(|next| next.is_none_or(|letter| !letter.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::is_called;

    #[test]
    fn a_name_is_completed_by_words_and_never_within_one() {
        for (title, typed) in
            [("Maya Chen", "maya"), ("Mid-market", "mid"), ("Zoë", "ZOË"), ("Raj", "@raj")]
        {
            assert!(is_called(title, typed), "{typed}");
        }
        for (title, typed) in [
            ("Samuel", "Sam"),
            ("Enterprise", "Ent"),
            ("Seg11", "Seg1"),
            ("Maya", ""),
            ("Ana", "Ben"),
        ] {
            assert!(!is_called(title, typed), "{typed}");
        }
    }
}
