//! Guessing what a meeting was for, by rules that a person can read and change. A correction
//! makes or strengthens a rule; there is nothing else that learns.

use std::fmt;

use super::band::Band;

/// The rules that ship: one a line, `what pattern → band`.
const SHIPPED: &str = include_str!("../../../assets/bands.txt");

/// What of a meeting a rule looks at. The more telling one wins: later here, stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cue {
    /// The calendar, project or client that it came from.
    Calendar,
    /// A word or words of the title.
    Word,
    /// An address, or the part behind the `@`, of who organises or attends.
    Person,
    /// The whole title, figures left out.
    Title,
}

impl Cue {
    pub const ALL: [Self; 4] = [Self::Calendar, Self::Word, Self::Person, Self::Title];

    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Word => "word",
            Self::Person => "person",
            Self::Title => "title",
        }
    }

    #[must_use]
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cue| cue.slug() == slug)
    }
}

/// One rule. Rules are rows that the user sees, edits and deletes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandRule {
    pub cue: Cue,
    /// In lower case.
    pub pattern: String,
    pub band: Band,
    /// How often it was confirmed; a rule that was corrected down to 0 is gone.
    pub strength: i64,
}

impl fmt::Display for BandRule {
    /// `word “standup” → execution`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} “{}” → {}", self.cue.slug(), self.pattern, self.band)
    }
}

/// What is known of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Meeting<'a> {
    pub title: &'a str,
    pub calendar: Option<&'a str>,
    /// Addresses of who organises and attends, oneself left out.
    pub people: &'a [String],
}

/// A guess, and the rule that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess<'a> {
    pub band: Band,
    /// `None` when no rule fits, or two fit equally well and disagree.
    pub why: Option<&'a BandRule>,
}

/// A change of the rules that a correction asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lesson {
    /// A new rule.
    Make(BandRule),
    /// The rule at this place gets this strength; at 0 it goes.
    Set { place: usize, strength: i64 },
}

/// The rules that ship with the program.
#[must_use]
pub fn shipped() -> Vec<BandRule> {
    SHIPPED.lines().filter_map(parse).collect()
}

/// Reads `word standup → execution`; `None` for a blank line, a comment and anything else.
#[must_use]
pub fn parse(line: &str) -> Option<BandRule> {
    let (left, band) = line.trim().split_once('→')?;
    let (cue, pattern) = left.trim().split_once(' ')?;
    let pattern = pattern.trim().to_lowercase();
    let (cue, band) = (Cue::parse(cue)?, Band::parse(band)?);
    (!pattern.is_empty()).then_some(BandRule { cue, pattern, band, strength: 1 })
}

/// Guesses the band: the most telling cue wins, then the strongest rule, then the longest
/// pattern. Equals that disagree leave it unclassified.
#[must_use]
pub fn guess<'a>(rules: &'a [BandRule], meeting: &Meeting<'_>) -> Guess<'a> {
    let rank = |rule: &BandRule| (rule.cue, rule.strength, rule.pattern.chars().count());
    let read = Read::of(meeting);
    let fitting: Vec<&BandRule> =
        rules.iter().filter(|rule| rule.strength > 0 && read.fits(rule)).collect();
    let Some(best) = fitting.iter().copied().max_by_key(|rule| rank(rule)) else {
        return Guess { band: Band::Unclassified, why: None };
    };
    let torn = fitting.iter().any(|rule| rank(rule) == rank(best) && rule.band != best.band);
    if torn {
        return Guess { band: Band::Unclassified, why: None };
    }
    Guess { band: best.band, why: Some(best) }
}

/// What is to be learnt when somebody says that this meeting was of that band: a rule for its
/// title is made or strengthened, and the rule that guessed otherwise is weakened, if it was
/// learnt from a title. Rules of words and people are the user's and stay as they are.
#[must_use]
pub fn learn(rules: &[BandRule], meeting: &Meeting<'_>, band: Band) -> Vec<Lesson> {
    let title = plain_title(meeting.title);
    if title.is_empty() || band == Band::Unclassified {
        return Vec::new();
    }
    let mut lessons = Vec::new();
    let mut known = false;
    for (place, rule) in rules.iter().enumerate() {
        if rule.cue != Cue::Title || rule.pattern != title {
            continue;
        }
        if rule.band == band {
            known = true;
            lessons.push(Lesson::Set { place, strength: rule.strength.max(0) + 1 });
        } else {
            // Halved, so that a habit of months gives way after a few corrections.
            lessons.push(Lesson::Set { place, strength: rule.strength / 2 });
        }
    }
    if !known {
        // A first rule of its title outdoes words already; beside an old one it starts level.
        let rival = lessons.iter().map(|lesson| match lesson {
            Lesson::Set { strength, .. } => *strength,
            Lesson::Make(_) => 0,
        });
        let strength = rival.max().unwrap_or(0) + 1;
        lessons.push(Lesson::Make(BandRule { cue: Cue::Title, pattern: title, band, strength }));
    }
    lessons
}

/// Applies lessons to a list of rules.
#[must_use]
pub fn taught(rules: &[BandRule], lessons: &[Lesson]) -> Vec<BandRule> {
    let mut rules = rules.to_vec();
    for lesson in lessons {
        match lesson {
            Lesson::Make(rule) => rules.push(rule.clone()),
            Lesson::Set { place, strength } => {
                if let Some(rule) = rules.get_mut(*place) {
                    rule.strength = *strength;
                }
            }
        }
    }
    rules.retain(|rule| rule.strength > 0);
    rules
}

/// A meeting as rules see it.
struct Read {
    title: String,
    calendar: String,
    people: Vec<String>,
}

impl Read {
    fn of(meeting: &Meeting<'_>) -> Self {
        Self {
            title: plain_title(meeting.title),
            calendar: meeting.calendar.unwrap_or_default().trim().to_lowercase(),
            people: meeting.people.iter().map(|person| person.trim().to_lowercase()).collect(),
        }
    }

    fn fits(&self, rule: &BandRule) -> bool {
        match rule.cue {
            Cue::Calendar => self.calendar == rule.pattern,
            Cue::Word if is_plain(&rule.pattern) => holds_words(&self.title, &rule.pattern),
            Cue::Word => holds_words(&self.title, &plain_title(&rule.pattern)),
            Cue::Title => self.title == rule.pattern,
            Cue::Person => self.people.iter().any(|person| {
                let domain = person.split_once('@').map(|(_, domain)| domain);
                *person == rule.pattern || domain == Some(rule.pattern.trim_start_matches('@'))
            }),
        }
    }
}

/// Lower case, words apart by one space, marks and figures left out: `Weekly sync #12` and
/// `Weekly Sync (13)` are the same meeting.
#[must_use]
pub fn plain_title(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '’')
        .filter(|word| word.chars().any(char::is_alphabetic));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether `plain_title` would leave a pattern as it is, as it does with nearly every one.
fn is_plain(pattern: &str) -> bool {
    pattern
        .split(' ')
        .all(|word| !word.is_empty() && word.bytes().all(|letter| letter.is_ascii_lowercase()))
}

/// Whether the words stand in a plain title as whole words, next to each other.
fn holds_words(title: &str, words: &str) -> bool {
    let begins = |rest: &str| {
        rest.strip_prefix(words).is_some_and(|after| after.is_empty() || after.starts_with(' '))
    };
    let after_spaces = || title.match_indices(' ').map(|(at, _)| &title[at + 1..]);
    !words.is_empty() && (begins(title) || after_spaces().any(begins))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rules(lines: &[&str]) -> Vec<BandRule> {
        lines.iter().map(|line| parse(line).unwrap()).collect()
    }

    fn meeting(title: &str) -> Meeting<'_> {
        Meeting { title, ..Meeting::default() }
    }

    #[test]
    fn every_shipped_line_is_a_rule() {
        let lines = SHIPPED.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let rules = shipped();
        assert_eq!(rules.len(), lines.count());
        assert!(rules.len() > 20);
        let say = |title: &str| guess(&rules, &meeting(title)).band;
        assert_eq!(say("Deal desk, Aurora Bank"), Band::Reactive);
        assert_eq!(say("Launch standup"), Band::Execution);
        assert_eq!(say("Positioning workshop"), Band::Strategic);
        assert_eq!(say("Lunch"), Band::Off);
        assert_eq!(say("Zebra"), Band::Unclassified);
    }

    #[test]
    fn the_more_telling_cue_wins() {
        let rules = rules(&[
            "word review → execution",
            "calendar sales → reactive",
            "person example.com → strategic",
            "title quarter review → off",
        ]);
        let people = ["maya@example.com".to_owned()];
        let band =
            |title, people| guess(&rules, &Meeting { title, calendar: Some("Sales"), people }).band;
        assert_eq!(band("Standup", &[]), Band::Reactive);
        assert_eq!(band("Pricing review", &[]), Band::Execution);
        assert_eq!(band("Pricing review", &people), Band::Strategic);
        assert_eq!(band("Quarter review #3", &people), Band::Off);
        assert_eq!(band("Preview", &[]), Band::Reactive);
    }

    #[test]
    fn a_guess_names_its_rule_and_a_tie_is_none() {
        let one = rules(&["word renewal → reactive"]);
        let why = guess(&one, &meeting("Acme renewal")).why.unwrap().to_string();
        assert_eq!(why, "word “renewal” → reactive");
        let torn = rules(&["word plan → strategic", "word deck → execution"]);
        assert_eq!(guess(&torn, &meeting("Plan the deck")).band, Band::Unclassified);
    }

    #[test]
    fn words_are_whole_ones_however_a_rule_is_written() {
        let say = |rule: &str, title| guess(&rules(&[rule]), &meeting(title)).why.is_some();
        assert!(say("word deal desk → reactive", "Weekly deal desk"));
        assert!(say("word deal-desk → reactive", "Deal  desk: Aurora"));
        assert!(say("word plan → strategic", "Unplanned plan"));
        assert!(say("word café → off", "Café (2)"));
        assert!(!say("word deal desk → reactive", "Ideal desk"));
        assert!(!say("word deal desk → reactive", "Deal desks"));
        assert!(!say("word plan → strategic", "Unplanned planning"));
    }

    #[test]
    fn a_correction_is_a_visible_rule() {
        let rules = rules(&["word standup → execution"]);
        let standup = meeting("Standup 14");
        let lessons = learn(&rules, &standup, Band::Off);
        let made =
            BandRule { cue: Cue::Title, pattern: "standup".into(), band: Band::Off, strength: 1 };
        assert_eq!(lessons, [Lesson::Make(made)]);
        let rules = taught(&rules, &lessons);
        assert_eq!(guess(&rules, &meeting("Standup 15")).band, Band::Off);
        let again = learn(&rules, &standup, Band::Off);
        assert_eq!(again, [Lesson::Set { place: 1, strength: 2 }]);
        // The user's own rule of a word is untouched.
        assert_eq!(taught(&rules, &again)[0].strength, 1);
    }

    #[test]
    fn nothing_is_learnt_from_nothing() {
        assert!(learn(&[], &meeting("14:30"), Band::Off).is_empty());
        assert!(learn(&[], &meeting("Standup"), Band::Unclassified).is_empty());
    }

    proptest! {
        /// Whatever was learnt before, the next meeting of the title is guessed as corrected.
        #[test]
        fn the_last_correction_holds(said in prop::collection::vec(0_usize..4, 1..20)) {
            let mut rules = shipped();
            let standup = meeting("Standup");
            for band in said {
                let band = Band::ALL[band];
                let lessons = learn(&rules, &standup, band);
                rules = taught(&rules, &lessons);
                if guess(&rules, &standup).band != band {
                    // A habit gives way at the second correction at the latest.
                    let lessons = learn(&rules, &standup, band);
                    rules = taught(&rules, &lessons);
                }
                prop_assert_eq!(guess(&rules, &standup).band, band);
            }
        }
    }
}
