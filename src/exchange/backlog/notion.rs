//! Notion's CSV of a database. Its columns are the user's own, so it is known by the name of
//! its file; people, tags and relations are comma-separated, relations with an address.

use super::draft::Draft;
use super::source::{Habits, Labels, Layout, Links, Owners};

pub(super) const LAYOUT: Layout = Layout {
    signatures: &[],
    columns: super::generic::COLUMNS,
    habits: Habits {
        owners: Owners::CommaSeparated,
        labels: Labels::Relations,
        links: Links::Relations,
        ..Habits::PLAIN
    },
    refine,
};

fn refine(draft: &mut Draft) {
    let single = |text: &mut Option<String>| {
        if let Some(text) = text {
            *text = titles(text).join(", ");
        }
    };
    single(&mut draft.parent);
    single(&mut draft.list);
    single(&mut draft.from);
    draft.owners = draft.owners.iter().flat_map(|owner| titles(owner)).collect();
}

/// Whether a file of this name, without `.csv`, comes from Notion: `Name <32 hex>` or
/// `Name <32 hex>_all`.
pub(super) fn is_export_name(stem: &str) -> bool {
    const DIGITS: usize = 32;
    let stem = stem.strip_suffix("_all").unwrap_or(stem);
    let Some((name, id)) = stem.rsplit_once(' ') else {
        return false;
    };
    !name.is_empty() && id.len() == DIGITS && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The titles in `Win rate (https://…), Churn (https://…)`, or in a plain list.
pub(super) fn titles(text: &str) -> Vec<String> {
    let mut titles = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(" (http") {
        let Some(length) = rest[start..].find(')') else {
            break;
        };
        titles.push(rest[..start].trim().to_owned());
        rest = rest[start + length + 1..].trim_start().trim_start_matches(',').trim_start();
    }
    titles.extend(super::cells::parts(rest, &[',', '\n']));
    titles.retain(|title| !title.is_empty());
    titles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_lose_their_address() {
        assert_eq!(
            titles("Win rate mid-market (https://www.notion.so/Win-1f2e)"),
            ["Win rate mid-market"]
        );
        assert_eq!(
            titles("Win, lose (https://www.notion.so/a), Churn (https://www.notion.so/b)"),
            ["Win, lose", "Churn"]
        );
        assert_eq!(titles("narrative, sales"), ["narrative", "sales"]);
        assert_eq!(titles("open (http"), ["open (http"]);
    }

    #[test]
    fn an_export_is_known_by_the_name_of_its_file() {
        let id = "0123456789abcdef0123456789abcdef";
        assert!(is_export_name(&format!("Backlog {id}")));
        assert!(is_export_name(&format!("Backlog Q3 {id}_all")));
        assert!(!is_export_name(id));
        assert!(!is_export_name("Backlog 2026"));
    }
}
