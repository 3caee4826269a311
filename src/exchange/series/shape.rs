//! How a table of figures lies: tall, wide, with its dates across, or as raw events; and which of
//! its columns is what.

use super::header::{self, Role};
use super::title::{Tab, Title};
use super::when;
use crate::exchange::names::normal;
use crate::exchange::read_error::ReadError;
use crate::exchange::table::Table;

/// The program that wrote the file, or the way in which it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeriesSource {
    Amplitude,
    MixpanelEvents,
    MixpanelInsights,
    Tall,
    Wide,
    Across,
}

impl SeriesSource {
    /// The name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Amplitude => "an Amplitude chart",
            Self::MixpanelEvents => "Mixpanel events",
            Self::MixpanelInsights => "a Mixpanel insight",
            Self::Tall => "a row for each figure",
            Self::Wide => "a column for each metric",
            Self::Across => "a column for each period",
        }
    }
}

/// Where in the table everything stands.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub source: SeriesSource,
    /// Of a chart: the metric of all its rows.
    pub title: Option<String>,
    pub when: Option<usize>,
    pub metric: Option<usize>,
    pub segments: Vec<usize>,
    /// Columns of figures.
    pub values: Vec<usize>,
    /// k and n in columns of their own.
    pub counts: Option<(usize, usize)>,
    pub person: Option<usize>,
    pub insert: Option<usize>,
}

impl Shape {
    /// # Errors
    /// When no column says when, or none holds a figure.
    pub fn of(table: &mut Table, title: &Title) -> Result<Self, ReadError> {
        let header = table.header();
        let roles: Vec<Option<Role>> = header.iter().map(|name| header::role(name)).collect();
        let place = |role: Role| roles.iter().position(|one| *one == Some(role));
        let days: Vec<usize> =
            (0..header.len()).filter(|column| when::is_when(&header[*column])).collect();
        let mut shape = Self {
            source: SeriesSource::Wide,
            title: title.lines.first().cloned(),
            when: place(Role::When),
            metric: place(Role::Metric),
            segments: Vec::new(),
            values: Vec::new(),
            counts: place(Role::Count).zip(place(Role::Whole)),
            person: place(Role::Person),
            insert: place(Role::Insert),
        };
        if days.len() >= 2 || (days.len() == 1 && shape.when.is_none()) {
            shape.across(header, days, title);
        } else if shape.person.is_some() && shape.metric.is_some() && shape.when.is_some() {
            shape.source = SeriesSource::MixpanelEvents;
        } else if shape.metric.is_some() && (place(Role::Value).is_some() || shape.counts.is_some())
        {
            shape.tall(header, place(Role::Value));
        } else {
            shape.wide(header, &roles);
        }
        shape.check(header)?;
        Ok(shape)
    }

    fn across(&mut self, header: &[String], days: Vec<usize>, title: &Title) {
        let labels: Vec<usize> = (0..header.len()).filter(|one| !days.contains(one)).collect();
        let charted = title.tab == Tab::Leading
            || (self.title.is_some() && days.iter().any(|day| header[*day].contains('T')));
        self.values = days;
        self.when = None;
        self.counts = None;
        if charted {
            self.source = SeriesSource::Amplitude;
            self.metric = None;
            self.segments = labels;
            return;
        }
        self.source = SeriesSource::Across;
        self.metric = self.metric.or_else(|| labels.first().copied());
        let metric = self.metric;
        self.segments = labels.into_iter().filter(|label| Some(*label) != metric).collect();
        self.title = None;
    }

    /// Of Mixpanel everything between the date and the value parts the figures; of a table of
    /// one's own only what is called so.
    fn tall(&mut self, header: &[String], value: Option<usize>) {
        let event = self.metric.is_some_and(|at| normal(&header[at]).starts_with("event"));
        let last = value == header.len().checked_sub(1);
        let taken = [self.when, self.metric, value];
        let free = (0..header.len()).filter(|column| !taken.contains(&Some(*column)));
        if event && last && self.counts.is_none() {
            self.source = SeriesSource::MixpanelInsights;
            self.segments = free.collect();
        } else {
            self.source = SeriesSource::Tall;
            let named = |column: &usize| header::role(&header[*column]) == Some(Role::Segment);
            self.segments = free.filter(named).collect();
        }
        self.values = value.into_iter().collect();
        self.title = None;
    }

    fn wide(&mut self, header: &[String], roles: &[Option<Role>]) {
        self.source = SeriesSource::Wide;
        self.metric = None;
        self.counts = None;
        self.title = None;
        let segment = |column: &usize| roles[*column] == Some(Role::Segment);
        let (segments, values): (Vec<usize>, Vec<usize>) = (0..header.len())
            .filter(|column| Some(*column) != self.when && !header[*column].is_empty())
            .partition(segment);
        (self.segments, self.values) = (segments, values);
    }

    fn check(&self, header: &[String]) -> Result<(), ReadError> {
        let columns = || header.to_vec();
        let across = match self.source {
            SeriesSource::Amplitude | SeriesSource::Across => true,
            SeriesSource::MixpanelEvents
            | SeriesSource::MixpanelInsights
            | SeriesSource::Tall
            | SeriesSource::Wide => false,
        };
        if self.when.is_none() && !across {
            let hint = "name the column date, week, month or period";
            return Err(ReadError::NoColumn { what: "the date", columns: columns(), hint });
        }
        let counted = self.source == SeriesSource::MixpanelEvents || self.counts.is_some();
        if self.values.is_empty() && !counted {
            let hint = "name the column value, or after its metric";
            return Err(ReadError::NoColumn { what: "a figure", columns: columns(), hint });
        }
        Ok(())
    }

    /// Columns that nothing is read from.
    pub fn unmapped(&self, header: &[String]) -> Vec<String> {
        let counts = self.counts.map(|(k, n)| [k, n]).into_iter().flatten();
        let single = [self.when, self.metric, self.person, self.insert].into_iter().flatten();
        let used: Vec<usize> = single
            .chain(counts)
            .chain(self.segments.iter().copied())
            .chain(self.values.iter().copied())
            .collect();
        let names = header.iter().enumerate();
        names
            .filter(|(column, name)| !used.contains(column) && !name.is_empty())
            .map(|(_, name)| name.clone())
            .collect()
    }
}
