//! What words find, and that the quick way finds what the plain one does.

use super::*;

fn finds(words: &str, text: &str) -> bool {
    Words::read(words).score(text, &mut Reader::default()).is_some()
}

#[test]
fn letters_of_a_word_lie_together() {
    for (words, text) in [
        ("card", "Battlecard vs Rivo"),
        ("btlcrd", "Battlecard vs Rivo"),
        ("bvr", "Battlecard vs Rivo"),
        ("rvo", "Battlecard vs Rivo"),
        ("battle rivo", "Battlecard vs Rivo"),
        ("rivo battle", "Battlecard vs Rivo"),
        ("icpfin", "Who is the ICP in fintech?"),
        ("prcpg", "Pricing page narrative"),
        ("uber", "Überblick Zollprozess"),
        ("über", "Überblick Zollprozess"),
        ("業務", "通関業務の一元管理"),
        ("通理", "通関業務の一元管理"),
        ("q3", "Plan for Q3"),
        ("w12", "Report w12"),
        ("emails", "Trial emails, the first five days"),
        ("'tier", "Which tier is it?"),
        ("^which it?$", "Which tier is it?"),
        ("", "anything"),
    ] {
        assert!(finds(words, text), "{words} in {text}");
    }
}

#[test]
fn letters_all_over_a_title_are_no_match() {
    for (words, text) in [
        ("tier", "Rollout timeline for the proposal pack"),
        ("tier", "Trial emails, the first five days"),
        ("sales", "Datasheet layout, all nine products"),
        ("one", "Connector demo, customs gateway to ERP in nine minutes"),
        ("atlas", "Battlecard vs Northlane"),
        ("audit", "In-app upgrade prompt, three variants"),
        ("carrier", "Do we publish the Clear price or gate it?"),
        ("!tier", "Which tier is it?"),
        ("rivox", "Battlecard vs Rivo"),
    ] {
        assert!(!finds(words, text), "{words} in {text}");
    }
}

/// The next of numbers that are the same every time.
fn next(seed: &mut u32, below: usize) -> usize {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    (*seed >> 8) as usize % below
}

/// A text of so many letters, out of a pool.
fn made(seed: &mut u32, length: usize, pool: &[char]) -> String {
    (0..length).map(|_| pool[next(seed, pool.len())]).collect()
}

/// What is found, one word and one letter after the other.
fn plainly(words: &str, text: &str) -> Option<u32> {
    let pattern = Pattern::parse(words, CaseMatching::Ignore, Normalization::Smart);
    let (mut letters, mut ends) = (Vec::new(), (Vec::new(), Vec::new()));
    let text = Utf32Str::new(text, &mut letters);
    let is_near = |atom: &Atom| {
        let word: Vec<char> = atom.needle_text().chars().collect();
        let is_plain = atom.kind == AtomKind::Fuzzy && !atom.negative && word.len() > 1;
        !is_plain
            || match text {
                Utf32Str::Ascii(text) => near(text, &word, &mut ends),
                Utf32Str::Unicode(text) => near(text, &word, &mut ends),
            }
    };
    let is_near = pattern.atoms.iter().all(is_near);
    is_near.then(|| pattern.score(text, &mut Matcher::new(Config::DEFAULT))).flatten()
}

const TEXTS: [&str; 12] = [
    "Battlecard vs Rivo",
    "Connector demo, customs gateway to ERP in nine minutes",
    "Do we name Rivo on the comparison page?",
    "camelCase Q3x 12ab (second) -- third's",
    "a",
    "",
    "  spaced\tout",
    "line\r\nbreak, line\rback",
    "Überblick Zollprozess, one page for the DACH pilot",
    "Which tier: a/b;c|d, 2026-05-06 at 12:30, v1.2.3 and a Very longTitle that is_of snake_case words x9",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\
     aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\
     aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
];

#[test]
fn what_is_asked_of_all_places_at_once_is_what_is_asked_of_each() {
    let (mut seed, mut reader) = (7, Reader::default());
    assert_eq!((TEXTS[10].len(), TEXTS[11].len()), (Quick::LONGEST, Quick::LONGEST + 1));
    for text in TEXTS {
        let pool: Vec<char> = text.to_lowercase().chars().chain("xy3".chars()).collect();
        for round in 0..2_000 {
            let length = 1 + next(&mut seed, 6);
            let mut words = made(&mut seed, length, &pool);
            if round % 3 == 0 {
                words = format!("{words} {}", made(&mut seed, 2, &pool));
            }
            let found = Words::read(&words).score(text, &mut reader);
            assert_eq!(found, plainly(&words, text), "{words:?} in {text:?}");
        }
    }
}

#[test]
fn texts_of_every_make_answer_as_they_do_plainly() {
    let (mut seed, mut reader) = (11, Reader::default());
    let pool: Vec<char> = "aAbBc C1 2_-/,.:|é\t'".chars().collect();
    let typed: Vec<char> = "aabbcc12_-/,.é!'^$ ".chars().collect();
    for _ in 0..60_000 {
        let (length, letters) = (next(&mut seed, 140), 1 + next(&mut seed, 5));
        let most = 4 + next(&mut seed, pool.len() - 4);
        let text = made(&mut seed, length, &pool[..most]);
        let words = made(&mut seed, letters, &typed);
        let found = Words::read(&words).score(&text, &mut reader);
        assert_eq!(found, plainly(&words, &text), "{words:?} in {text:?}");
    }
}

#[test]
fn a_text_that_lacks_a_letter_is_not_read_and_would_not_be_found() {
    let (mut seed, mut reader) = (13, Reader::default());
    let pool: Vec<char> = "abcdexyz 0123".chars().collect();
    for _ in 0..20_000 {
        let (text, words) = (made(&mut seed, 12, &pool), made(&mut seed, 3, &pool));
        let sought = Words::read(&words);
        let may = Letters::of(&text).hold(sought.needs());
        assert!(may || sought.score(&text, &mut reader).is_none());
        assert!(may || plainly(&words, &text).is_none(), "{words:?} in {text:?}");
    }
}

#[test]
fn what_a_longer_word_finds_a_shorter_one_finds() {
    let texts = [
        "Battlecard vs Rivo",
        "Connector demo, customs gateway to ERP in nine minutes",
        "Überblick Zollprozess, one page for the DACH pilot",
        "Do we name Rivo on the comparison page?",
    ];
    let words = ["btlcrd", "cdcgt", "ontheco", "zllprz", "dwnr", "gtway", "ninemin", "page"];
    for text in texts {
        for word in words {
            for end in 1..word.len() {
                let (longer, shorter) = (finds(&word[..=end], text), finds(&word[..end], text));
                assert!(shorter || !longer, "{} in {text}", &word[..end]);
            }
        }
    }
}
