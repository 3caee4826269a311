//! Feeding metrics from their sources: a file is read, an approved command is run, what they tell is
//! recorded. A source that fails changes nothing, and what failed is remembered on this machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::item::{Item, ItemId, Ref};
use crate::domain::metric::account::counted;
use crate::domain::metric::source::Command;
use crate::domain::metric::{Period, Reading, Terms, Unit};
use crate::domain::refusal::{Class, Refusal};
use crate::exchange::known_table;
use crate::exchange::series::answer::Answer;
use crate::exchange::series::{Figure as Figures, RateAnswer};
use crate::store::metric::Metrics;

use super::super::error::{Error, Result};
use super::super::op::{Done, Op};
use super::super::workspace::Workspace;
use super::import::{FigureRequest, Running, Strange, once};
use super::record::{Figure, Metric, Recording};
use super::run;
use super::watch::{Feed, Watch};

/// How it begins that a file tells what is not recorded.
pub(super) const TELLS: &str = "it tells";

/// What came of one source.
#[derive(Debug)]
pub struct Fed {
    pub metric: ItemId,
    pub reference: Ref,
    pub outcome: Result<Done>,
}

impl Workspace {
    /// The metrics that have a source, of these or of all.
    ///
    /// # Errors
    /// A storage error.
    pub fn fed_metrics(&self, of: &[ItemId]) -> Result<Vec<(Item, Watch)>> {
        let items = match of {
            [] => self.store.items(&self.store.fed_metrics()?)?,
            of => self.store.items(of)?,
        };
        Ok(items
            .into_iter()
            .filter_map(|item| Watch::of(&item).map(|watch| (item, watch)))
            .collect())
    }

    /// Asks the sources of these metrics; each on its own, one that fails stops no other.
    ///
    /// # Errors
    /// A storage error; what a source itself does wrong stands in its outcome.
    pub fn refresh(&mut self, metrics: &[(Item, Watch)]) -> Result<Vec<Fed>> {
        let mut fed = Vec::new();
        for (item, watch) in metrics {
            let outcome = self.feed(item, watch);
            fed.push(self.fed(item, outcome));
        }
        Ok(fed)
    }

    fn feed(&mut self, item: &Item, watch: &Watch) -> Result<Done> {
        let recordings = match watch {
            Watch::File(path) => self.told_by_file(item, path.clone())?,
            Watch::Command(feed) => {
                let command = self.ready(item, feed)?;
                let answer = run::run(&command, feed.seconds, &run::Leash::default())?;
                vec![self.answered(item, answer)?]
            }
        };
        self.run(&Op::Record(recordings))
    }

    /// The figures of the metric in a file: those under its name, else those of a file that holds
    /// nothing else and calls them by no name of their own.
    ///
    /// # Errors
    /// When it cannot be read, and when it is not told which of its figures are meant.
    pub fn told_by_file(&self, item: &Item, path: PathBuf) -> Result<Vec<Recording>> {
        let shown = path.display().to_string();
        let request = FigureRequest {
            path,
            cadence: Some(Terms::of(item).cadence),
            strange: Strange::Skip,
            running: Running::Keep,
            assumed: Some(crate::exchange::series::RateAnswer::Percent),
            source: "file",
            wanted: Some(item.id),
            ..FigureRequest::default()
        };
        let named = self.plan_figures(&request).map_err(|error| failed(&error, item, &shown))?;
        if !named.recordings.is_empty() {
            return Ok(named.recordings);
        }
        let say = format!("prewire metric import {shown} --map \"NAME={}\"", item.reference);
        if let Some((name, other, _)) = named.names.iter().find(|one| one.1 != item.reference) {
            let what =
                format!("it holds {other} “{name}”, and nothing is called “{}”", item.title());
            return Err(Refusal::source(what).hint(say).into());
        }
        match named.holds.as_slice() {
            [] => {}
            [name] if is_of(name, item.title()) => {}
            [name] => {
                let what = format!("it holds “{name}”, and nothing is called “{}”", item.title());
                let say = say.replace("NAME", name);
                return Err(Refusal::source(what)
                    .hint(format!("say once that it is: {say}"))
                    .into());
            }
            _ => {
                let what =
                    format!("it holds several metrics and none is called “{}”", item.title());
                return Err(Refusal::source(what).hint(say).into());
            }
        }
        let all = FigureRequest { only: Some(item.id), ..request };
        let plan = self.plan_figures(&all).map_err(|error| failed(&error, item, &shown))?;
        Ok(plan.recordings)
    }

    /// What a file tells of the metric that is not recorded, because somebody took it back or said
    /// otherwise since: `it tells 35 % for 2026-W18`; nothing where all of it is.
    #[must_use]
    pub fn told_otherwise(&self, item: &Item, path: PathBuf) -> Option<String> {
        let fiscal = self.settings.fiscal_start_month;
        let tells = self.told_by_file(item, path).ok()?;
        let recorded = counted(self.store.observations(item.id, fiscal).ok()?);
        let differs = |one: &&Recording| {
            let (Figure::Read(reading), Some(key)) = (&one.figure, &one.period) else {
                return false;
            };
            !recorded.iter().any(|row| row.period.key(fiscal) == *key && row.reading == *reading)
        };
        let newest = tells.iter().rfind(differs)?;
        let (Figure::Read(reading), Some(key)) = (&newest.figure, &newest.period) else {
            return None;
        };
        let unit = Terms::of(item).unit;
        Some(format!("{TELLS} {} for {key}, which is not recorded", unit.show_reading(*reading)))
    }

    /// After something was taken back: files that tell what is recorded no more are named beside
    /// their metric until they are read again.
    pub fn look_for_undone(&self, metrics: &[(Item, Watch)]) {
        let known = self.troubles();
        for (item, watch) in metrics {
            let Watch::File(path) = watch else { continue };
            let before = known.get(&item.id.to_string());
            // What is wrong with the file itself stays what is said of it.
            if before.is_some_and(|words| !words.starts_with(TELLS)) {
                continue;
            }
            self.remember_trouble(item.id, self.told_otherwise(item, path.clone()));
        }
    }

    /// The command of a source as it would run, where it is approved here.
    ///
    /// # Errors
    /// When its program is not there, and when it is not approved.
    pub fn ready(&self, item: &Item, feed: &Feed) -> Result<Command> {
        let command = self.command_of(feed)?;
        if self.is_approved(&command) {
            return Ok(command);
        }
        let what = format!("the source of {} is disabled (not approved here)", item.reference);
        let hint = format!("look at it and approve it: prewire trust approve {}", item.reference);
        Err(Refusal::untrusted(what).hint(hint).into())
    }

    /// Records what a command answered that ran elsewhere, or remembers why it did not.
    pub fn take_answer(
        &mut self,
        item: &Item,
        answer: std::result::Result<Answer, Refusal>,
    ) -> Fed {
        let recording = answer.map_err(Into::into).and_then(|answer| self.answered(item, answer));
        let outcome = recording.and_then(|one| self.run(&Op::Record(vec![one])));
        self.fed(item, outcome)
    }

    fn fed(&self, item: &Item, outcome: Result<Done>) -> Fed {
        // What it told and the metric cannot take is a failure of the source as well.
        let outcome = outcome.map_err(|error| match error {
            Error::Refused(refusal) if refusal.class == Class::Input => refusal.of_source().into(),
            error => error,
        });
        self.remember_trouble(item.id, outcome.as_ref().err().map(trouble_of));
        Fed { metric: item.id, reference: item.reference, outcome }
    }

    /// The figure that a command told.
    fn answered(&self, item: &Item, answer: Answer) -> Result<Recording> {
        let terms = Terms::of(item);
        let fiscal = self.settings.fiscal_start_month;
        let day = answer.at.unwrap_or_else(|| self.clock.today());
        let period = Period::of(day, terms.cadence, fiscal);
        let reading = read(answer.figure, terms.unit)?;
        Ok(Recording {
            metric: Metric::Known(item.id),
            period: Some(period.key(fiscal)),
            figure: Figure::Read(reading),
            source: "command",
            note: String::new(),
        })
    }

    /// What is wrong with the sources of metrics, as far as this machine knows.
    #[must_use]
    pub fn troubles(&self) -> BTreeMap<String, String> {
        let read = self.troubles_path().and_then(|path| fs::read_to_string(path).ok());
        read.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// What is wrong with a source is known before it was asked the first time.
    pub fn remember_failure(&self, metric: ItemId, error: &Error) {
        self.remember_trouble(metric, Some(trouble_of(error)));
    }

    /// Another source has no failure yet.
    pub fn forget_trouble(&self, metric: ItemId) {
        self.remember_trouble(metric, None);
    }

    fn remember_trouble(&self, metric: ItemId, trouble: Option<String>) {
        let mut all = self.troubles();
        let key = metric.to_string();
        let before = all.get(&key).cloned();
        if before == trouble {
            return;
        }
        match trouble {
            Some(words) => all.insert(key, words),
            None => all.remove(&key),
        };
        if let (Some(path), Ok(text)) = (self.troubles_path(), serde_json::to_string(&all)) {
            // A convenience of this machine: without it the failure is still told where it happened.
            let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
            let _ = folder.and_then(|()| fs::write(&path, text));
        }
    }

    fn troubles_path(&self) -> Option<PathBuf> {
        let state = self.store.places().state.as_ref()?;
        Some(state.join("sources").join(format!("{}.json", self.store.uuid())))
    }
}

/// What failed, as it is told beside the figure: with the way to settle it, where one answer does.
fn trouble_of(error: &Error) -> String {
    let what = error.what();
    let unclear = matches!(error, Error::Refused(refusal) if refusal.unclear.is_some());
    match error.hint().filter(|_| unclear) {
        Some(once) => format!("{what}; {once}"),
        None => what,
    }
}

/// The way on where a file cannot be read.
const MEND: &str = "mend it in the file; the last good figure stays until then";
/// Names of a column that say nothing of which metric it is.
const NAMELESS: [&str; 12] = [
    "value", "values", "figure", "figures", "number", "count", "rate", "amount", "total", "result",
    "metric", "percent",
];

/// Whether a name of a file that holds one series may be this metric: it says nothing, or is part
/// of the title, or the title of it.
fn is_of(name: &str, title: &str) -> bool {
    let plain = |text: &str| {
        let letters = text.to_lowercase();
        let words = letters.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let (name, title) = (plain(name), plain(title));
    let holds = |whole: &str, part: &str| format!(" {whole} ").contains(&format!(" {part} "));
    name.is_empty()
        || NAMELESS.contains(&name.as_str())
        || holds(&title, &name)
        || holds(&name, &title)
}

/// What went wrong with a file, as the trouble of its source: one line, with the way on. Nobody is
/// asked while a file is watched, so what can be read two ways is settled by a command.
fn failed(error: &Error, item: &Item, file: &str) -> Error {
    let what = error.what();
    let what = what.lines().next().unwrap_or("");
    let unclear = match error {
        Error::Refused(refusal) => refusal.unclear,
        _ => None,
    };
    let Some(unclear) = unclear else {
        let hint = error.hint().unwrap_or_else(|| MEND.to_owned());
        return Refusal::source(what.to_owned()).hint(hint).into();
    };
    let what = what.split_once("; say `--").map_or(what, |(what, _)| what);
    // A file of one column of figures is of this metric, whatever it calls it.
    let header = known_table::header(Path::new(file), None).unwrap_or_default();
    let whose = if header.len() == 2 { format!(" --as {}", item.reference) } else { String::new() };
    let say = once(file, &whose, unclear);
    Refusal::source(what.to_owned()).hint(say).unclear(Some(unclear)).into()
}

/// The figure that a source told of its own accord. Nobody can be asked, so a bare number of a
/// share is per cent, and one that may as well be a fraction of 1 is refused.
fn read(figure: Figures, unit: Unit) -> Result<Reading> {
    if let (Figures::Bare(value), Unit::Share) = (figure, unit)
        && value != 0.0
        && value.abs() <= 1.0
    {
        let what = format!("the command answered {value}, which may be {value} % or a fraction");
        return Err(Refusal::source(what).hint("let it write the sign, as 31.2%, or 7/12").into());
    }
    Ok(figure.reading(unit, Some(RateAnswer::Percent))?)
}
