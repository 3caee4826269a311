//! What Tab puts in the place of a path that is being typed: the files and folders that begin so.

use std::path::{Path, PathBuf};

/// Most names that are looked through, and that are offered.
const LOOKED: usize = 5_000;
const MOST: usize = 40;

/// The paths that go on from a text, folders with their slash; hidden ones only where a dot was
/// typed.
pub fn paths(text: &str) -> Vec<String> {
    let (before, begun) =
        text.rsplit_once('/').map_or(("", text), |(before, begun)| (&text[..=before.len()], begun));
    let mut found: Vec<String> = std::fs::read_dir(folder(before))
        .into_iter()
        .flatten()
        .take(LOOKED)
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_wanted =
                name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.'));
            let slash = if entry.path().is_dir() { "/" } else { "" };
            is_wanted.then(|| format!("{before}{name}{slash}"))
        })
        .collect();
    found.sort();
    found.truncate(MOST);
    found
}

fn folder(before: &str) -> PathBuf {
    if before.is_empty() { PathBuf::from(".") } else { super::places::at_home(Path::new(before)) }
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn a_path_goes_on_with_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("backlog")).unwrap();
        for name in ["backlog.csv", "other.csv", ".backlog"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let typed = |name: &str| format!("{}/{name}", folder.path().display());
        assert_eq!(paths(&typed("back")), [typed("backlog.csv"), typed("backlog/")]);
        assert_eq!(paths(&typed(".b")), [typed(".backlog")]);
        assert_eq!(paths(&typed("none")), Vec::<String>::new());
        assert_eq!(paths(&typed("none/x")), Vec::<String>::new());
    }
}
