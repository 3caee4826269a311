//! How the sections of the day share the room that there is.

use super::{AIRY, LEAST};

/// What each section may show so that all of them fit into `room` lines, with their headings and,
/// where there is plenty, a blank line between them. Where they cannot fit, each has its least and
/// the screen scrolls.
pub(super) fn fitting(counts: &[usize], room: usize) -> Vec<usize> {
    let sections = counts.iter().filter(|count| **count > 0).count();
    if room < 2 * sections {
        return shares(counts, 0);
    }
    let air = sections.saturating_sub(1);
    let all = counts.iter().sum::<usize>() + sections;
    // Rows go before air where that shows all of them.
    let is_airy = room >= sections + air + AIRY * sections && (all > room || all + air <= room);
    let mut left = room - sections - if is_airy { air } else { 0 };
    let mut shares = vec![0; counts.len()];
    // What has to be decided comes first and has twice the room.
    for turn in (0..=counts.len()).cycle() {
        let at = turn.saturating_sub(usize::from(turn > 0));
        if shares == counts || left == 0 {
            break;
        }
        if let Some(share) = shares.get_mut(at).filter(|share| **share < counts[at]) {
            (*share, left) = (*share + 1, left - 1);
        }
    }
    shares
}

/// What each section may show of the room: none less than its least, and what one does not need
/// goes to the others, the first of them first.
pub(super) fn shares(counts: &[usize], room: usize) -> Vec<usize> {
    let mut shares: Vec<usize> = counts.iter().map(|count| (*count).min(LEAST)).collect();
    let mut left = room.saturating_sub(shares.iter().sum());
    while left > 0 {
        let mut gave = false;
        for (share, count) in shares.iter_mut().zip(counts) {
            if left > 0 && *share < *count {
                (*share, left, gave) = (*share + 1, left - 1, true);
            }
        }
        if !gave {
            break;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_fit_with_their_headings_and_with_air_where_there_is_plenty() {
        let lines = |shares: &[usize]| {
            let shown = shares.iter().filter(|share| **share > 0).count();
            shares.iter().sum::<usize>() + shown
        };
        let counts = [18, 1, 4, 14, 9];
        assert_eq!(fitting(&counts, 17), [5, 1, 2, 2, 2]);
        assert_eq!(lines(&fitting(&counts, 17)), 17);
        assert_eq!(lines(&fitting(&counts, 35)), 35 - 4);
        assert_eq!(fitting(&counts, 60), [18, 1, 4, 14, 9]);
        assert_eq!(fitting(&counts, 9), [7, 1, 4, 7, 7], "too low: it scrolls");
        assert_eq!(fitting(&[0, 0, 0], 17), [0, 0, 0]);
        assert_eq!(fitting(&[2, 0, 1], 17), [2, 0, 1]);
    }

    #[test]
    fn a_section_has_its_least_and_what_others_do_not_need() {
        assert_eq!(shares(&[18, 14, 9], 0), [7, 7, 7]);
        assert_eq!(shares(&[18, 14, 9], 30), [11, 10, 9]);
        assert_eq!(shares(&[40, 2, 0], 30), [28, 2, 0]);
        assert_eq!(shares(&[3, 2, 1], 30), [3, 2, 1]);
    }
}
