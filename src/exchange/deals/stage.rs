//! Which stages are an end, and which: by the words of CRMs in several languages, and by what
//! the user says of their own stages.

use crate::domain::metric::deals::Standing;
use crate::exchange::names::normal;

/// Stages of this company that mean won or lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ends {
    pub won: Vec<String>,
    pub lost: Vec<String>,
}

const WON: [&str; 24] = [
    "closedwon",
    "closewon",
    "won",
    "gewonnen",
    "abgeschlossenundgewonnen",
    "abgeschlossengewonnen",
    "geschlossengewonnen",
    "geslotengewonnen",
    "ferméetgagné",
    "cierreganado",
    "cerradoganado",
    "ganado",
    "fermégagné",
    "gagné",
    "gagnée",
    "fechadoganho",
    "fechadoeganho",
    "ganho",
    "chiusovinto",
    "chiusoevinto",
    "zamkniętewygrane",
    "受注",
    "成約",
    "voitettu",
];
const LOST: [&str; 24] = [
    "closedlost",
    "closelost",
    "lost",
    "verloren",
    "abgeschlossenundverloren",
    "abgeschlossenverloren",
    "geschlossenverloren",
    "geslotenverloren",
    "ferméetperdu",
    "cierreperdido",
    "cerradoperdido",
    "perdido",
    "ferméperdu",
    "perdu",
    "perdue",
    "fechadoperdido",
    "fechadoeperdido",
    "chiusoperso",
    "chiusoeperso",
    "zamknięteprzegrane",
    "失注",
    "hävitty",
    "förlorad",
    "förloratavslut",
];

impl Ends {
    /// Where a deal in this stage stands; the pipeline that a CRM writes behind it changes nothing.
    #[must_use]
    pub fn standing(&self, stage: &str) -> Standing {
        match (self.named(stage), before_pipeline(stage)) {
            (Standing::Open, Some(alone)) => self.named(alone),
            (standing, _) => standing,
        }
    }

    fn named(&self, stage: &str) -> Standing {
        let name = plain(stage);
        let told = |own: &[String]| own.iter().any(|one| plain(one) == name);
        if told(&self.won) {
            Standing::Won
        } else if told(&self.lost) {
            Standing::Lost
        } else if WON.contains(&name.as_str()) {
            Standing::Won
        } else if LOST.contains(&name.as_str()) {
            Standing::Lost
        } else {
            Standing::Open
        }
    }
}

/// `Closed lost` of `Closed lost (Sales Pipeline)`; `None` where nothing stands in brackets.
pub(super) fn before_pipeline(stage: &str) -> Option<&str> {
    let (alone, _) = stage.trim().strip_suffix(')')?.rsplit_once('(')?;
    Some(alone.trim()).filter(|alone| !alone.is_empty())
}

/// A stage without case, spaces, marks and the number before it: `6 - Closed Won`.
fn plain(stage: &str) -> String {
    let marks = ['/', ':', '.', ')', '(', ',', '–', '—', '|'];
    let name: String = normal(stage).chars().filter(|letter| !marks.contains(letter)).collect();
    name.trim_start_matches(|letter: char| letter.is_ascii_digit()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_in_words_numbers_and_own_names() {
        let ends = Ends { won: vec!["Signed".to_owned()], lost: vec!["No go".to_owned()] };
        for (stage, standing) in [
            ("Closed Won", Standing::Won),
            ("closedwon", Standing::Won),
            ("6 - Closed Won ", Standing::Won),
            ("Closed/Lost", Standing::Lost),
            ("Abgeschlossen und verloren", Standing::Lost),
            ("Closed lost (Sales Pipeline)", Standing::Lost),
            ("Geschlossen gewonnen", Standing::Won),
            ("Demo (Won back)", Standing::Open),
            ("signed", Standing::Won),
            ("no-go", Standing::Lost),
            ("Negotiation/Review", Standing::Open),
            ("Won back", Standing::Open),
            ("", Standing::Open),
        ] {
            assert_eq!(ends.standing(stage), standing, "{stage}");
        }
    }
}
