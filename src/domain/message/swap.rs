//! The swap test: if a rival could put their name into a line and it still works, it is filler.
//! Each line stands with each rival's name, and a person says yes or no.

use chrono::NaiveDate;

use super::super::slugs::slugs;

slugs! {
    /// What a person says of a line with a rival's name in it.
    Answer {
        /// It still works: filler.
        Survives => "y", "still works";
        /// It is true of us alone.
        Ours => "n", "is ours alone";
    }
}

slugs! {
    /// How the test stands.
    Outcome {
        Failed => "failed", "fails the swap test";
        Open => "open", "not finished";
        Passed => "passed", "passes the swap test";
    }
}

/// One line with one rival's name in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    /// The place of the line, from 0.
    pub line: usize,
    pub rival: String,
    pub text: String,
    pub answer: Option<Answer>,
    /// The day of the answer.
    pub on: Option<NaiveDate>,
}

/// The lines that are put to the test: each that says something.
pub fn lines(statement: &str) -> impl Iterator<Item = &str> {
    statement.lines().map(str::trim).filter(|line| line.chars().any(char::is_alphanumeric))
}

/// Every line with every rival's name, line by line. Our names are replaced where they stand as a
/// word, in any case; a line that never names us is tested as it stands.
#[must_use]
pub fn swaps(statement: &str, ours: &[&str], rivals: &[&str]) -> Vec<Swap> {
    let mut found = Vec::new();
    for (line, text) in lines(statement).enumerate() {
        found.extend(rivals.iter().map(|rival| Swap {
            line,
            rival: (*rival).to_owned(),
            text: swapped(text, ours, rival),
            answer: None,
            on: None,
        }));
    }
    found
}

/// The line with the rival's name for each of ours.
#[must_use]
pub fn swapped(line: &str, ours: &[&str], rival: &str) -> String {
    let names: Vec<(&str, &str)> = ours.iter().map(|name| (*name, rival)).collect();
    put(line, &names)
}

/// The line with another word for each of these names, where it stands as a word, in any case.
#[must_use]
pub fn put(line: &str, names: &[(&str, &str)]) -> String {
    let mut names: Vec<(&str, &str)> = names
        .iter()
        .map(|(name, other)| (name.trim(), *other))
        .filter(|(name, _)| !name.is_empty())
        .collect();
    // The longest first, so that “Acme Cloud” is not left as “Rivo Cloud”.
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut before = None;
    while let Some(letter) = rest.chars().next() {
        let fresh = before.is_none_or(|letter: char| !letter.is_alphanumeric());
        let here = names
            .iter()
            .filter(|_| fresh)
            .find_map(|(name, other)| starts_with(rest, name).map(|taken| (taken, *other)));
        let taken = here.map_or(letter.len_utf8(), |(taken, _)| taken);
        out.push_str(here.map_or(&rest[..taken], |(_, other)| other));
        before = rest[..taken].chars().last();
        rest = &rest[taken..];
    }
    out
}

/// How many bytes of the text are the name, as a word of its own.
fn starts_with(text: &str, name: &str) -> Option<usize> {
    let mut letters = text.chars();
    let mut taken = 0;
    for wanted in name.chars() {
        let letter = letters.next()?;
        if !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
        taken += letter.len_utf8();
    }
    letters.next().is_none_or(|next| !next.is_alphanumeric()).then_some(taken)
}

/// How the test stands: one line that survives fails it; without rivals or lines it is open.
#[must_use]
pub fn outcome(swaps: &[Swap]) -> Outcome {
    stands(swaps.iter().map(|swap| swap.answer))
}

/// The same over the answers alone.
pub fn stands(answers: impl Iterator<Item = Option<Answer>>) -> Outcome {
    let answers: Vec<Option<Answer>> = answers.collect();
    if answers.contains(&Some(Answer::Survives)) {
        Outcome::Failed
    } else if answers.is_empty() || answers.contains(&None) {
        Outcome::Open
    } else {
        Outcome::Passed
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn our_name_gives_way_to_each_rivals() {
        let swaps = swaps(
            "Acme closes the books in two days.\n\n—\nThe simple way to work. Acme's ledger.",
            &["Acme", "Acme Cloud"],
            &["Rivo", "Tallyco"],
        );
        let texts: Vec<&str> = swaps.iter().map(|swap| swap.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Rivo closes the books in two days.",
                "Tallyco closes the books in two days.",
                "The simple way to work. Rivo's ledger.",
                "The simple way to work. Tallyco's ledger.",
            ]
        );
        assert_eq!((swaps[3].line, swaps[3].rival.as_str()), (1, "Tallyco"));
    }

    #[test]
    fn a_name_inside_a_word_stays() {
        let of = |line| swapped(line, &["Acme", "Acme Cloud"], "Rivo");
        assert_eq!(of("Acmeist ACME Cloud, acme"), "Acmeist Rivo, Rivo");
        assert_eq!(of("MegaAcme Acme-led"), "MegaAcme Rivo-led");
        assert_eq!(swapped("Größe von ÉCLAT", &["éclat"], "Rivo"), "Größe von Rivo");
        assert_eq!(swapped("nothing", &["", " "], "Rivo"), "nothing");
    }

    #[test]
    fn one_line_that_survives_fails_the_test() {
        let mut swaps = swaps("One.\nTwo.", &["Acme"], &["Rivo"]);
        assert_eq!(outcome(&swaps), Outcome::Open);
        assert_eq!(outcome(&[]), Outcome::Open);
        swaps[0].answer = Some(Answer::Ours);
        assert_eq!(outcome(&swaps), Outcome::Open);
        swaps[1].answer = Some(Answer::Ours);
        assert_eq!(outcome(&swaps), Outcome::Passed);
        swaps[0].answer = Some(Answer::Survives);
        assert_eq!(outcome(&swaps), Outcome::Failed);
    }

    proptest! {
        #[test]
        fn a_line_without_our_name_stays_as_it_is(line in "[b-zB-Z ,.é]{0,40}") {
            prop_assert_eq!(swapped(&line, &["Acme"], "Rivo"), line);
        }

        #[test]
        fn no_text_panics(line in any::<String>(), name in any::<String>()) {
            let _ = swapped(&line, &[&name], "Rivo");
        }
    }
}
