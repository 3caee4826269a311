//! The word that was probably meant, for "did you mean".

/// The candidate that is nearest to a mistyped word, if one is near enough.
pub fn nearest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let most = (typed.chars().count() / 3).clamp(1, 3);
    candidates
        .map(|candidate| (distance(&typed, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Letters to add, drop, change or swap to come from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut rows = vec![(0..=to.len()).collect::<Vec<usize>>()];
    for (at, letter) in from.iter().enumerate() {
        let mut row = vec![at + 1];
        for (other, wanted) in to.iter().enumerate() {
            let change = rows[at][other] + usize::from(letter != wanted);
            let mut least = change.min(rows[at][other + 1] + 1).min(row[other] + 1);
            let swapped =
                at > 0 && other > 0 && from[at - 1] == *wanted && *letter == to[other - 1];
            if swapped {
                least = least.min(rows[at - 1][other - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[from.len()][to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_nothing_far_is() {
        let words = ["theme", "mouse", "glyphs"];
        assert_eq!(nearest("theem", words.into_iter()), Some("theme"));
        assert_eq!(nearest("Mous", words.into_iter()), Some("mouse"));
        assert_eq!(nearest("workspace", words.into_iter()), None);
        assert_eq!(nearest("", words.into_iter()), None);
    }
}
