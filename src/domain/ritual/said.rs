//! What was said in a run, as it is kept: a verdict each, and nothing of what was offered. A run
//! that is taken up again is filled anew with what stands open by now, and hears what was said.

use super::super::slugs::slugs;
use super::Asks;
use super::run::{HoldAnswer, Line, Progress, Run, SectionState, Verdict};

/// A ritual of so few parts is told by its rows alone.
const SHORT: usize = 3;

slugs! {
    /// What was said: of a line, or, the last two, of a whole section.
    Mark {
        Kept => "kept", "kept";
        Answered => "answered", "answered";
        Dropped => "dropped", "dropped";
        Added => "added", "added";
        Done => "done", "done";
        Skipped => "skipped", "skipped";
    }
}

/// One thing that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub section: String,
    /// The ref of the row; nothing for a typed line and for a section.
    pub about: Option<String>,
    pub text: String,
    pub mark: Mark,
    /// What was done, in words.
    pub words: String,
    pub driver: String,
}

impl Said {
    /// Something said of a line.
    #[must_use]
    pub fn of(section: &Progress, line: &Line, mark: Mark, words: impl Into<String>) -> Self {
        Self {
            section: section.key.clone(),
            about: line.about.clone(),
            text: line.text.clone(),
            mark,
            words: words.into(),
            driver: line.driver.clone(),
        }
    }

    /// A line that was typed.
    #[must_use]
    pub fn added(section: &Progress, text: &str) -> Self {
        let line = Line { text: text.trim().to_owned(), ..Line::default() };
        Self::of(section, &line, Mark::Added, "")
    }

    /// The end of a section.
    #[must_use]
    pub fn ends(section: &Progress, mark: Mark, words: impl Into<String>) -> Self {
        Self::of(section, &Line::default(), mark, words)
    }

    /// Whether both are about the same, so that the later one stands for both.
    #[must_use]
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        let place = |said: &Self| (said.section.clone(), said.about.clone(), said.text.clone());
        self.mark != Mark::Added && other.mark != Mark::Added && place(self) == place(other)
    }

    fn verdict(&self) -> Option<Verdict> {
        match self.mark {
            Mark::Kept => Some(Verdict::Kept),
            Mark::Answered => Some(Verdict::Answered),
            Mark::Dropped => Some(Verdict::Dropped),
            Mark::Added => Some(Verdict::Added),
            Mark::Done | Mark::Skipped => None,
        }
    }
}

impl Run {
    /// The run with what was said in it: its lines first in the order in which it was said, then
    /// those that nobody has spoken of; at the first section that is open.
    #[must_use]
    pub fn with(mut self, all: &[Said]) -> Self {
        for section in &mut self.sections {
            let (key, beyond) = (section.key.clone(), section.beyond());
            let own = all.iter().filter(|said| said.section == key);
            let mut judged: Vec<Line> = Vec::new();
            let is_choice = section.asks == Asks::Choice;
            for said in own {
                if section.let_go(said) {
                    continue;
                }
                match (said.mark, said.verdict()) {
                    (Mark::Skipped, _) => section.state = SectionState::Skipped,
                    (_, None) => section.state = SectionState::Done,
                    (_, Some(verdict)) => {
                        // What is chosen from keeps its order.
                        if let Some(line) = offered(&mut section.lines, said).filter(|_| is_choice)
                        {
                            (line.verdict, line.words) = (verdict, said.words.clone());
                            continue;
                        }
                        let line = take(&mut section.lines, said);
                        judged.push(Line { verdict, words: said.words.clone(), ..line });
                    }
                }
            }
            let is_done = section.state == SectionState::Done;
            for line in section.lines.iter_mut().filter(|_| is_done) {
                line.verdict = Verdict::Kept;
            }
            let first = judged.len();
            section.lines.splice(0..0, judged);
            section.begun(first, beyond);
            // What went off track since it was left holds all the same.
            if section.held.iter().any(|held| held.answer.is_none()) {
                section.state = SectionState::Open;
            }
        }
        self.at = 0;
        self.passed_on()
    }

    /// The run after one more thing was said, every line in its place.
    #[must_use]
    pub fn hearing(mut self, said: &Said) -> Self {
        let found = self.sections.iter_mut().find(|section| section.key == said.section);
        let Some(section) = found else { return self };
        if section.let_go(said) {
            return self.passed_on();
        }
        match (said.mark, said.verdict()) {
            (Mark::Skipped, _) => section.state = SectionState::Skipped,
            (_, None) => section.state = SectionState::Done,
            (_, Some(verdict)) => {
                let is_it = |line: &Line| said.mark != Mark::Added && is_about(line, said);
                let at = section.lines.iter().position(is_it).unwrap_or(section.lines.len());
                if at == section.lines.len() {
                    section.lines.push(Line { text: said.text.clone(), ..Line::default() });
                }
                let line = &mut section.lines[at];
                line.about.clone_from(&said.about);
                (line.verdict, line.words) = (verdict, said.words.clone());
                section.noted(at);
            }
        }
        self.passed_on()
    }

    /// At the next section that is open and has something to ask; those before it are over.
    #[must_use]
    pub fn passed_on(mut self) -> Self {
        while let Some(section) = self.sections.get_mut(self.at) {
            if section.state == SectionState::Open {
                if section.still_asks() {
                    break;
                }
                let is_empty = section.count() == 0;
                section.state = if is_empty { SectionState::Skipped } else { SectionState::Done };
            }
            self.at += 1;
        }
        self
    }

    /// The section that is open.
    #[must_use]
    pub fn open_section(&self) -> Option<&Progress> {
        self.sections.get(self.at)
    }

    /// `9 of 40` where each row wants its verdict, else `part 4 of 8`; empty when all is said.
    #[must_use]
    pub fn how_far(&self) -> String {
        let (judged, all) = self.judged();
        match self.open_section() {
            Some(section) if section.asks != Asks::Verdicts && self.sections.len() > SHORT => {
                format!("part {} of {}", self.at + 1, self.sections.len())
            }
            Some(_) if all > 0 => format!("{judged} of {all}"),
            Some(_) | None => String::new(),
        }
    }

    /// How many lines have a verdict, and how many there are, over all that ask for one each.
    #[must_use]
    pub fn judged(&self) -> (usize, usize) {
        let asked = self.sections.iter().filter(|section| section.asks == Asks::Verdicts);
        asked.fold((0, 0), |(judged, all), section| {
            (judged + section.judged(), all + section.count())
        })
    }
}

impl Progress {
    /// Takes in what was said of something that holds; whether it was that. What was explained holds
    /// no more when the section is filled anew, and stands as a line.
    fn let_go(&mut self, said: &Said) -> bool {
        let held = self.held.iter_mut().find(|held| Some(&held.about) == said.about.as_ref());
        let Some(held) = held.filter(|_| said.mark == Mark::Answered) else { return false };
        let answer = HoldAnswer::read(&said.words);
        let is_it = answer.is_some();
        held.answer = answer.or(held.answer.take());
        is_it
    }

    /// Whether there is something to ask yet: where each row wants its verdict, one without.
    fn still_asks(&self) -> bool {
        let holds = self.held.iter().any(|held| held.answer.is_none());
        let open = self.judged() < self.count();
        match self.asks {
            Asks::Lines | Asks::Choice | Asks::Blocks => true,
            Asks::Verdicts | Asks::Bands | Asks::Figures | Asks::Levels => holds || open,
            Asks::Confirmation => holds || self.count() > 0,
        }
    }
}

fn is_about(line: &Line, said: &Said) -> bool {
    match &said.about {
        Some(about) => line.about.as_ref() == Some(about),
        None => line.about.is_none() && line.text == said.text,
    }
}

/// The line that something was said of, among those that are offered.
fn offered<'a>(lines: &'a mut [Line], said: &Said) -> Option<&'a mut Line> {
    lines.iter_mut().find(|line| said.mark != Mark::Added && is_about(line, said))
}

/// The line that something was said of, taken out of those that are offered; as it was said when
/// it is offered no more.
fn take(lines: &mut Vec<Line>, said: &Said) -> Line {
    let is_it = |line: &Line| is_about(line, said);
    let found = lines.iter().position(is_it).filter(|_| said.mark != Mark::Added);
    let mut line = found.map(|at| lines.remove(at)).unwrap_or_default();
    if found.is_none() {
        line.about.clone_from(&said.about);
        line.text.clone_from(&said.text);
    }
    line.driver.clone_from(&said.driver);
    line
}

#[cfg(test)]
mod tests {
    use super::super::run::Filling;
    use super::super::{Ritual, RitualKind};
    use super::*;

    fn standup(refs: &[&str], healthy: usize) -> Run {
        let ritual = Ritual::read(RitualKind::Standup, RitualKind::Standup.shipped()).unwrap();
        Run::begin(&ritual, "2026-05-12", &[], |section| {
            let line = |about: &&str| Line::about(*about, format!("Question {about}"));
            let lines = match section.key.as_str() {
                "exceptions" => refs.iter().map(line).collect(),
                _ => (0..healthy).map(|at| Line::about(format!("h{at}"), "well")).collect(),
            };
            Filling { lines, ..Filling::default() }
        })
        .passed_on()
    }

    #[test]
    fn a_run_is_taken_up_where_it_was_left_with_what_is_new() {
        let run = standup(&["d1", "d2", "d3"], 2);
        let exceptions = &run.sections[0];
        let said = [
            Said::of(exceptions, &exceptions.lines[1], Mark::Answered, "decided"),
            Said::of(exceptions, &exceptions.lines[0], Mark::Kept, ""),
        ];
        // d2 is decided and offered no more, d9 is new.
        let again = standup(&["d9", "d1", "d3"], 2).with(&said);
        let lines: Vec<(&str, Verdict)> = again.sections[0]
            .lines
            .iter()
            .map(|line| (line.about.as_deref().unwrap(), line.verdict))
            .collect();
        let expected = [
            ("d2", Verdict::Answered),
            ("d1", Verdict::Kept),
            ("d9", Verdict::Open),
            ("d3", Verdict::Open),
        ];
        assert_eq!(lines, expected);
        assert_eq!(again.sections[0].lines[0].words, "decided");
        assert_eq!((again.at, again.judged()), (0, (2, 4)));
    }

    #[test]
    fn what_has_nothing_to_ask_is_passed_over_and_a_section_that_ended_stays_so() {
        let run = standup(&[], 3);
        assert_eq!(run.open_section().map(|section| section.key.as_str()), Some("rest"));
        let end = Said::ends(&run.sections[1], Mark::Done, "3 acknowledged");
        let ended = standup(&[], 3).with(&[end]);
        assert_eq!(ended.open_section(), None);
        assert!(ended.sections[1].lines.iter().all(|line| line.verdict == Verdict::Kept));
        assert_eq!(standup(&[], 0).open_section(), None);
    }

    #[test]
    fn typed_lines_stand_each_for_themselves() {
        let run = standup(&["d1"], 0);
        let typed = Said::added(&run.sections[0], " two words ");
        assert!(!typed.is_about_the_same(&typed.clone()));
        let twice = standup(&["d1"], 0).with(&[typed.clone(), typed]);
        assert_eq!(twice.sections[0].lines.len(), 3);
        assert_eq!(twice.sections[0].lines[1].text, "two words");
    }

    #[test]
    fn a_run_that_was_left_goes_on_over_a_weekend() {
        let day = crate::domain::day::fixture::day;
        let goes_on = |kind: RitualKind, today| kind.goes_on(day("2026-05-08"), day(today), 1);
        assert!(goes_on(RitualKind::Standup, "2026-05-11"));
        assert!(!goes_on(RitualKind::Standup, "2026-05-12"));
        assert!(!goes_on(RitualKind::Standup, "2026-05-07"));
        assert!(goes_on(RitualKind::Month, "2026-05-31"));
    }
}
