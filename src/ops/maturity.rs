//! The self-assessment against what the file shows: its questions, the figures that check them, and
//! what came of earlier ones.

use chrono::{Days, NaiveDate};

use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::maturity::figure::{Figure, Figures, Measured};
use crate::domain::maturity::{Assessment, Checked, Question, Questions, questions};
use crate::domain::refusal::Refusal;
use crate::domain::ritual::{Mark, RitualKind, Said};
use crate::domain::sheet::{Sheet, own_or_shipped};
use crate::domain::week::escalation::Standing;
use crate::domain::week::fit::deviations;
use crate::domain::week::share::Share;
use crate::domain::week::{Tally, Verdict, Week};
use crate::exchange::page::Page;
use crate::store::conversation::Talks;
use crate::store::ritual::Runs;
use crate::store::week::Whose;

use super::error::Result;
use super::page::ListQuery;
use super::workspace::{Settings, Workspace};

/// Weeks over which time is looked at.
const WEEKS: u64 = 4;
/// What is said where the file has no figure.
const UNKNOWN: &str = "nothing on record to check it by:";

/// The questions, laid against the figures of the file.
#[derive(Debug, Clone)]
pub struct Laid {
    pub questions: Questions,
    figures: Vec<(Figure, Measured)>,
}

impl Figures for Laid {
    fn measured(&self, figure: Figure) -> Option<Measured> {
        self.figures.iter().find(|(known, _)| *known == figure).map(|(_, measured)| *measured)
    }
}

impl Laid {
    /// The question of a line.
    #[must_use]
    pub fn question(&self, text: &str) -> Option<&Question> {
        self.questions.questions.iter().find(|one| one.text == text)
    }

    /// An answer in words, with what the file says against it: `3`, `3; work tied to outcomes is
    /// 41.0%, below 70%`.
    #[must_use]
    pub fn words(&self, question: &Question, level: u8) -> String {
        let answers = [(question.key.clone(), level)].into_iter().collect();
        match (Assessment { answers, ..Assessment::default() }).check(question, self) {
            Checked::Fine => level.to_string(),
            Checked::Mismatch(missed) => {
                let said = |one: &String| {
                    let own = one.split_once(", and ").map_or(one.as_str(), |(_, rest)| rest);
                    own.to_owned()
                };
                let said: Vec<String> = missed.iter().map(said).collect();
                format!("{level}; {}", said.join("; "))
            }
            Checked::Unchecked(figures) => {
                let names: Vec<String> = figures
                    .iter()
                    .map(|figure| figure.words().trim_end_matches(',').to_owned())
                    .collect();
                format!("{level}; {UNKNOWN} {}", names.join(", "))
            }
        }
    }
}

/// What was answered so far.
pub(super) fn answered(questions: &Questions, said: &[Said]) -> Assessment {
    let of = |said: &Said| {
        let question = questions.questions.iter().find(|one| one.text == said.text)?;
        let level = said.words.chars().next()?.to_digit(10)?;
        Some((question.key.clone(), u8::try_from(level).ok()?))
    };
    let answered = || said.iter().filter(|said| said.mark == Mark::Answered);
    let is_doubted = |said: &&Said| said.words.contains("; ") && !said.words.contains(UNKNOWN);
    let key = |said: &Said| {
        questions.questions.iter().find(|one| one.text == said.text).map(|one| one.key.clone())
    };
    let doubted = answered().filter(is_doubted).filter_map(key).collect();
    Assessment { answers: answered().filter_map(of).collect(), doubted }
}

/// The questions: the user's own beside the configuration, where there are any that can be read.
pub(super) fn read(settings: &Settings) -> Result<(Questions, Option<String>)> {
    let file = settings.own.as_ref().map(|own| own.join("maturity").join("questions.toml"));
    let own = file
        .and_then(|file| Some((file.display().to_string(), std::fs::read_to_string(&file).ok()?)));
    let own = own.as_ref().map(|(file, text)| Sheet::new(file, text));
    let chosen = own_or_shipped(own, questions::SHIPPED, Questions::read)
        .map_err(|fault| Refusal::input(fault.to_string()))?;
    let said = chosen.passed_over.map(|fault| format!("{fault}; the shipped questions are used"));
    Ok((chosen.used, said))
}

/// What came of it: the mean with its band, what the file does not bear out, the weakest part and
/// what to do about it.
pub(super) fn page(questions: &Questions, title: &str, said: &[Said]) -> Page {
    let assessment = answered(questions, said);
    let words = questions.words(&assessment);
    let about = if questions.mean(&assessment).whole > 0 { format!("Mean {words}") } else { words };
    let mut page = Page::new(title, about);
    page.section("Answers");
    page.list(answers(questions, &assessment));
    for (title, lines) in held_against(questions, said) {
        page.section(title);
        page.list(lines);
    }
    if let Some(weakest) = questions.weakest(&assessment) {
        page.section("The weakest part");
        page.say(weakest_words(weakest, &assessment));
    }
    page
}

fn answers(questions: &Questions, assessment: &Assessment) -> Vec<String> {
    let level = |answer: u8| {
        let means = questions.levels.get(usize::from(answer)).map_or("", String::as_str);
        format!("{answer}, {means}")
    };
    let all = questions.questions.iter();
    all.filter_map(|one| Some(format!("{} {}", one.text, level(assessment.answer(one)?)))).collect()
}

/// What the file does not bear out, and what it has nothing of; neither where there is none.
fn held_against(questions: &Questions, said: &[Said]) -> Vec<(&'static str, Vec<String>)> {
    let (mut against, mut unknown) = (Vec::new(), Vec::new());
    for one in said.iter().filter(|one| one.mark == Mark::Answered) {
        let question = questions.questions.iter().find(|known| known.text == one.text);
        let (Some(question), Some((level, why))) = (question, one.words.split_once("; ")) else {
            continue;
        };
        let words = |why: &str| format!("{} You answered {level}: {}", question.text, why.trim());
        match why.strip_prefix(UNKNOWN) {
            Some(what) => unknown.push(words(what)),
            None => against.push(words(why)),
        }
    }
    let both = [("Not borne out by the file", against), ("Not on record", unknown)];
    both.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

fn weakest_words(weakest: &Question, assessment: &Assessment) -> String {
    let exits: Vec<String> = weakest.milestone.criteria.iter().map(ToString::to_string).collect();
    format!(
        "{} You answered {}. A milestone for it: {} ({}).",
        weakest.text,
        assessment.answer(weakest).unwrap_or(0),
        weakest.milestone.title,
        exits.join("; ")
    )
}

/// The same in few lines, where it is a section of a longer page.
pub(super) fn brief(questions: &Questions, said: &[Said]) -> Vec<String> {
    let assessment = answered(questions, said);
    if assessment.answers.is_empty() {
        return Vec::new();
    }
    let words = questions.words(&assessment);
    let is_whole = questions.mean(&assessment).whole > 0;
    let mut lines = vec![if is_whole { format!("Mean {words}") } else { words }];
    for (title, own) in held_against(questions, said) {
        lines.extend(own.into_iter().map(|line| format!("{title}: {line}")));
    }
    lines.extend(questions.weakest(&assessment).map(|one| weakest_words(one, &assessment)));
    lines
}

/// One self-assessment that is over.
#[derive(Debug, Clone)]
pub struct Past {
    pub run: Item,
    pub on: NaiveDate,
    /// `1.9 of 4 · responsive`.
    pub words: String,
    /// Of all answers: their sum, and how many.
    pub mean: Share,
    pub weakest: Option<String>,
}

impl Workspace {
    /// The questions laid against the file.
    ///
    /// # Errors
    /// Questions that cannot be read, or a storage error.
    pub(super) fn laid(&mut self) -> Result<(Laid, Option<String>)> {
        let (questions, fault) = read(&self.settings)?;
        Ok((Laid { questions, figures: self.measures()? }, fault))
    }

    /// Earlier self-assessments, the newest first.
    ///
    /// # Errors
    /// Questions that cannot be read, or a storage error.
    pub fn assessments(&self) -> Result<Vec<Past>> {
        let (questions, _) = read(&self.settings)?;
        let mut runs = self.store.items(&self.store.runs(RitualKind::Maturity.slug(), None)?)?;
        runs.extend(self.store.items(&self.store.runs(RitualKind::Quarter.slug(), None)?)?);
        let mut past = Vec::new();
        for run in runs {
            let Some(on) = run.day("finished_on") else { continue };
            let is_own = run.text("ritual") == RitualKind::Maturity.slug();
            let assessment = answered(&questions, &self.said_in(&run)?);
            if !is_own && questions.mean(&assessment).whole == 0 {
                continue;
            }
            past.push(Past {
                on,
                words: questions.words(&assessment),
                mean: questions.mean(&assessment),
                weakest: questions.weakest(&assessment).map(|one| one.key.clone()),
                run,
            });
        }
        past.sort_by_key(|one| std::cmp::Reverse((one.on, one.run.reference.number)));
        Ok(past)
    }

    /// The figures that check the answers; those that nothing keeps yet are not among them.
    fn measures(&mut self) -> Result<Vec<(Figure, Measured)>> {
        let today = self.clock.today();
        let mut found = self.time_measures(today)?;
        let (framed, prewired) = self.framed_shares()?;
        let share = |part: usize, whole: usize| {
            let count = |number| i64::try_from(number).unwrap_or(i64::MAX);
            Measured::Share(Share::new(count(part), count(whole)))
        };
        found.push((Figure::FramedShare, share(framed.of, framed.all)));
        found.push((Figure::PrewiredShare, share(prewired.of, prewired.all)));
        let rhythm = self.rhythm()?;
        if !rhythm.shipped.is_empty() {
            found.push((Figure::ArtefactStreak, Measured::Count(i64::from(rhythm.streak))));
        }
        let rates = self.requests_by_month()?;
        let sum =
            |of: fn(&super::triage::log::Rate) -> usize| -> usize { rates.iter().map(of).sum() };
        let no = sum(|rate| rate.declined + rate.traded);
        found.push((Figure::NoAndTrade, share(no, sum(super::triage::log::Rate::answered))));
        found.push((Figure::EarlyRate, Measured::Share(self.pull()?.lead.early)));
        found.extend(self.evidence_measures(today)?);
        Ok(found)
    }

    /// Those of the last four whole weeks of evidence; of the claims as they stand.
    fn evidence_measures(&mut self, today: NaiveDate) -> Result<Vec<(Figure, Measured)>> {
        let mut found = Vec::new();
        let (mut week, mut done, mut gap) = (Week::of(today), 0, 0);
        for _ in 0..WEEKS {
            week = week.previous();
            let cadence = self.cadence_of(week)?;
            done += cadence.done;
            gap += cadence.gap();
        }
        let count = |number| Measured::Count(i64::try_from(number).unwrap_or(i64::MAX));
        let from = week.monday();
        let calls = self.store.talks(from, today)?;
        if done > 0 || !calls.is_empty() {
            found.push((Figure::CadenceGap, count(gap)));
            let scored = calls.iter().filter(|call| !call.scores.is_empty()).count();
            found.push((Figure::CallsScored, count(scored)));
        }
        let ids = self.all_ids(&ListQuery::all(Kind::Claim))?;
        let claims = self.store.items(&ids)?;
        let claims: Vec<&Item> = claims.iter().collect();
        let balances = self.balances(&claims)?;
        let flagged = balances.values().filter(|balance| !balance.flags.is_empty()).count();
        let whole = i64::try_from(balances.len()).unwrap_or(i64::MAX);
        let part = i64::try_from(flagged).unwrap_or(i64::MAX);
        found.push((Figure::FlaggedClaims, Measured::Share(Share::new(part, whole))));
        Ok(found)
    }

    /// Those of the last four weeks of logged time.
    fn time_measures(&self, today: NaiveDate) -> Result<Vec<(Figure, Measured)>> {
        let mut found = Vec::new();
        let from = today.checked_sub_days(Days::new(7 * WEEKS)).unwrap_or(today);
        let terms = self.terms()?;
        let lived = self.store.stretches(Kind::Entry, (from, today), Whose::Mine(terms.me))?;
        let mut tally = Tally::default();
        let (mut tied, mut all) = (0, 0);
        for one in &lived {
            tally.put(one.band, one.minutes);
            if crate::domain::week::Band::WORK.contains(&one.band) {
                all += one.minutes;
                tied += if one.has_outcome { one.minutes } else { 0 };
            }
        }
        found.push((Figure::ShareTied, Measured::Share(Share::new(tied, all))));
        let off = deviations(&tally, terms.targets);
        if let Some(most) = off.iter().map(|one| one.tenths.abs()).max() {
            // What is over the bar by a tenth is over it.
            found.push((Figure::PlanDeviation, Measured::Count((most + 9) / 10)));
        }
        let weeks = self.past_weeks(Week::of(today), usize::try_from(WEEKS).unwrap_or(4))?;
        if weeks.iter().any(|week| week.verdict != Verdict::NoData) {
            let overload = self.overload()?;
            let fires = matches!(overload.standing, Standing::Fires(_)) && overload.open.is_none();
            found.push((Figure::BreachesWithoutMemo, Measured::Count(i64::from(fires))));
        }
        Ok(found)
    }
}
