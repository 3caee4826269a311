//! Saved views: a filter, an order and a layout under a name, kept in the workspace as settings.
//! It shows nothing; a screen or a command applies a view to its list.

use serde_json::{Value as Json, json};

use crate::domain::day::Calendar;
use crate::domain::grammar::Filter;
use crate::domain::kind::Kind;
use crate::domain::nearest::nearest;
use crate::domain::refusal::Refusal;
use crate::store::Write;
use crate::store::filter::Sort;
use crate::store::listing::Closed;

use super::error::Result;
use super::op::Outcome;
use super::page::ListQuery;
use super::workspace::Workspace;

/// The settings under which views are kept.
const PREFIX: &str = "view.";
/// Longest name, in characters.
const NAME_MAX: usize = 60;

/// What a list shows, and how, under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub name: String,
    pub query: ListQuery,
    /// How the rows are laid out; empty for the table.
    pub layout: String,
    /// The columns in their order; `None` for those of the kind.
    pub columns: Option<Vec<&'static str>>,
    /// Whether the program starts with it.
    pub starts: bool,
}

impl View {
    /// A view of a list as it stands.
    #[must_use]
    pub fn new(name: &str, query: ListQuery) -> Self {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { name, query, layout: String::new(), columns: None, starts: false }
    }

    /// Whether this is its name, in whatever case.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.trim().to_lowercase()
    }

    /// What it shows, in words: `decisions · due:overdue · by needed_by`.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = vec![self.query.kind.noun().plural.to_owned()];
        if !self.query.filter.is_empty() {
            words.push(self.query.filter.clone());
        }
        if self.query.sort != Sort::Backlog {
            words.push(format!("by {}", self.query.sort.written()));
        }
        if self.query.closed == Closed::Shown {
            words.push("with closed".to_owned());
        }
        if !self.layout.is_empty() {
            words.push(self.layout.clone());
        }
        if self.starts {
            words.push("at the start".to_owned());
        }
        words.join(" · ")
    }

    fn written(&self) -> String {
        json!({
            "kind": self.query.kind.slug(),
            "filter": self.query.filter,
            "sort": self.query.sort.written(),
            "closed": self.query.closed == Closed::Shown,
            "layout": self.layout,
            "columns": self.columns,
            "starts": self.starts,
        })
        .to_string()
    }

    /// Somebody else may have written the setting; what cannot be read is no view.
    fn read(name: &str, value: &str) -> Option<Self> {
        let told: Json = serde_json::from_str(value).ok()?;
        let kind = Kind::from_slug(told["kind"].as_str()?)?;
        let column = |name: &Json| kind.noun().answering(name.as_str()?).map(|field| field.name);
        let query = ListQuery {
            filter: told["filter"].as_str()?.to_owned(),
            sort: Sort::read(told["sort"].as_str()?, kind)?,
            closed: if told["closed"].as_bool()? { Closed::Shown } else { Closed::Hidden },
            ..ListQuery::all(kind)
        };
        Some(Self {
            columns: told["columns"].as_array().map(|all| all.iter().filter_map(column).collect()),
            layout: told["layout"].as_str().unwrap_or_default().to_owned(),
            starts: told["starts"].as_bool().unwrap_or_default(),
            ..Self::new(name, query)
        })
    }
}

impl Workspace {
    /// The saved views, by name.
    ///
    /// # Errors
    /// A storage error.
    pub fn views(&self) -> Result<Vec<View>> {
        Ok(read_all(self.store.settings()?))
    }

    /// The view of this name.
    ///
    /// # Errors
    /// A refusal that names the nearest; a storage error.
    pub fn view(&self, name: &str) -> Result<View> {
        let views = self.views()?;
        let found = views.iter().find(|view| view.is_called(name)).cloned();
        Ok(found.ok_or_else(|| unknown(name, &views))?)
    }
}

fn read_all(settings: Vec<(String, String)>) -> Vec<View> {
    let views = settings.into_iter().filter_map(|(name, value)| {
        let name = name.strip_prefix(PREFIX)?.to_owned();
        View::read(&name, &value)
    });
    views.collect()
}

fn unknown(name: &str, views: &[View]) -> Refusal {
    let refusal = Refusal::missing(format!("no view is called “{name}”"));
    let typed = name.to_lowercase();
    let begun = views.iter().find(|view| view.name.to_lowercase().starts_with(&typed));
    let begun = begun.map(|view| view.name.as_str()).filter(|_| !typed.is_empty());
    match begun.or_else(|| nearest(name, views.iter().map(|view| view.name.as_str()))) {
        Some(near) => refusal.hint(format!("did you mean {near}?")),
        None => refusal.hint("prewire view list"),
    }
}

/// Saves a view; one of the same name gives way, and only one is shown at the start.
pub(super) fn save(write: &Write<'_>, view: &View, calendar: &Calendar) -> Result<Outcome> {
    let length = view.name.chars().count();
    if length == 0 || length > NAME_MAX {
        return Err(
            Refusal::input(format!("a view takes a name of 1 to {NAME_MAX} characters")).into()
        );
    }
    if let Some(wrong) = Filter::read(&view.query.filter, view.query.kind, calendar).wrong {
        return Err(wrong.into());
    }
    let before = read_all(write.settings()?);
    for other in &before {
        if other.is_called(&view.name) {
            write.set_setting(&key(&other.name), None)?;
        } else if other.starts && view.starts {
            let other = View { starts: false, ..other.clone() };
            write.set_setting(&key(&other.name), Some(&other.written()))?;
        }
    }
    write.set_setting(&key(&view.name), Some(&view.written()))?;
    Ok(told(format!("saved view “{}”", view.name)))
}

/// Removes a view.
pub(super) fn forget(write: &Write<'_>, name: &str) -> Result<Outcome> {
    let views = read_all(write.settings()?);
    let Some(view) = views.iter().find(|view| view.is_called(name)) else {
        return Err(unknown(name, &views).into());
    };
    write.set_setting(&key(&view.name), None)?;
    Ok(told(format!("removed view “{}”", view.name)))
}

fn key(name: &str) -> String {
    format!("{PREFIX}{name}")
}

fn told(label: String) -> Outcome {
    Outcome { label, items: Vec::new(), notices: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::{Clock, Op, Settings};

    fn workspace() -> Workspace {
        Workspace::in_memory(Clock::read("2026-05-06").unwrap(), Settings::default()).unwrap()
    }

    fn late(name: &str) -> View {
        let query = ListQuery {
            filter: "due:overdue @maya".to_owned(),
            sort: Sort::Field { name: "needed_by", descending: true },
            closed: Closed::Shown,
            ..ListQuery::all(Kind::Decision)
        };
        View { columns: Some(vec!["forum", "owner"]), starts: true, ..View::new(name, query) }
    }

    #[test]
    fn a_view_comes_back_as_it_was_saved_and_undo_takes_it_away() {
        let mut workspace = workspace();
        workspace.run(&Op::SaveView(Box::new(late("Late ones")))).unwrap();
        assert_eq!(workspace.view("late ONES").unwrap(), late("Late ones"));
        workspace.run(&Op::Undo).unwrap();
        assert!(workspace.views().unwrap().is_empty());
        workspace.run(&Op::Redo).unwrap();
        assert_eq!(workspace.views().unwrap(), [late("Late ones")]);
    }

    #[test]
    fn the_same_name_gives_way_and_one_view_starts() {
        let mut workspace = workspace();
        for name in ["late", "Late", "other"] {
            workspace.run(&Op::SaveView(Box::new(late(name)))).unwrap();
        }
        let views = workspace.views().unwrap();
        let names: Vec<&str> = views.iter().map(|view| view.name.as_str()).collect();
        assert_eq!(names, ["Late", "other"]);
        assert_eq!(views.iter().filter(|view| view.starts).count(), 1);
        let done = workspace.run(&Op::ForgetView("LATE".to_owned())).unwrap();
        assert_eq!(done.label, "removed view “Late”");
    }

    #[test]
    fn what_does_not_do_is_refused() {
        let mut workspace = workspace();
        let mut wrong = late("x");
        wrong.query.filter = "stake:enormous".to_owned();
        for view in [late("  "), late(&"n".repeat(61)), wrong] {
            let refused = workspace.run(&Op::SaveView(Box::new(view))).unwrap_err();
            assert_eq!(refused.exit_code(), 4);
        }
        let unknown = workspace.run(&Op::ForgetView("late".to_owned())).unwrap_err();
        assert_eq!(unknown.exit_code(), 3);
        assert!(workspace.views().unwrap().is_empty());
    }
}
