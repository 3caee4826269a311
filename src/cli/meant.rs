//! Which items the words of a call mean.

use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::ops::{Result, Workspace};

/// The items that words mean: refs, or unique beginnings of titles, of these kinds. A word may
/// hold several refs between commas.
///
/// # Errors
/// A refusal for a word that means nothing, or several things.
pub fn meant(workspace: &Workspace, words: &[String], kinds: &[Kind]) -> Result<Vec<ItemId>> {
    let mut ids = Vec::new();
    for word in words {
        for name in names_in(word) {
            let id = workspace.meant(name, kinds)?.id;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    Ok(ids)
}

/// The refs of `d1,d2`; any other word is one name.
fn names_in(word: &str) -> Vec<&str> {
    let parts: Vec<&str> = word.split(',').map(str::trim).collect();
    let all_refs = parts.iter().all(|part| Ref::parse(part).is_some());
    if all_refs { parts } else { vec![word] }
}
