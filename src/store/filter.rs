//! From a filter tree to a query. Every value is bound, none is written into the SQL; the result
//! is the ids in the order asked for.

use chrono::NaiveDate;
use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;

use super::error::{Doing, Result};
use super::listing::Closed;
use super::lookup::Lookup;
use super::open::Store;
use super::sql::{self, quoted};
use crate::domain::field::{Field, FieldKind, Place};
use crate::domain::grammar::{Compare, Filter, Operand, Property, Test};
use crate::domain::item::{ItemId, Ref};
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

mod condition;
mod property;

pub use condition::Condition;
pub use property::asks_for_age;

const DOING: &str = "searching the backlog";

/// In which order the rows come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The order of the backlog: late ones first, then what matters most.
    #[default]
    Backlog,
    /// By one field; what has no value comes last.
    Field { name: &'static str, descending: bool },
    /// By the instant of the last change, newest first.
    Updated { descending: bool },
    /// By ref.
    Reference { descending: bool },
}

impl Sort {
    /// As it is kept and typed: `backlog`, `updated`, `-needed_by`.
    #[must_use]
    pub fn written(self) -> String {
        let (name, descending) = match self {
            Self::Backlog => ("backlog", false),
            Self::Updated { descending } => ("updated", descending),
            Self::Reference { descending } => ("ref", descending),
            Self::Field { name, descending } => (name, descending),
        };
        format!("{}{name}", if descending { "-" } else { "" })
    }

    /// Reads what `written` wrote; `None` for a field that the kind does not have.
    #[must_use]
    pub fn read(text: &str, kind: Kind) -> Option<Self> {
        let descending = text.starts_with('-');
        Some(match text.trim_start_matches('-') {
            "" | "backlog" => Self::Backlog,
            "updated" => Self::Updated { descending },
            "ref" => Self::Reference { descending },
            word => Self::Field { name: kind.noun().answering(word)?.name, descending },
        })
    }
}

/// Which rows, in which order.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    pub kind: Kind,
    pub filter: Filter,
    pub sort: Sort,
    pub closed: Closed,
    /// Who asks, when the workspace knows them: the driver of what has none.
    pub me: Option<ItemId>,
    /// The age from which an open decision is older than usual, where the filter asks for it.
    pub usual_age: i64,
}

struct Compiler<'a> {
    store: &'a Store,
    kind: Kind,
    today: NaiveDate,
    me: Option<ItemId>,
    usual_age: i64,
    values: Vec<Sql>,
}

impl Store {
    /// The ids that a query finds, all of them, in order.
    ///
    /// # Errors
    /// `Refused` for a name that nobody or several have; a storage error.
    pub fn find(&self, query: &Query, today: NaiveDate) -> Result<Vec<ItemId>> {
        let (kind, me, usual_age) = (query.kind, query.me, query.usual_age);
        let mut compiler = Compiler { store: self, kind, today, me, usual_age, values: Vec::new() };
        let condition = compiler.compile(&query.filter)?;
        let shelf =
            if query.closed == Closed::Shown || names_closed(&query.filter) { "1" } else { "0" };
        compiler.values.push(Sql::Text(today.to_string()));
        let today_at = compiler.values.len();
        if query.sort == Sort::Backlog && property::is_of_listing(&query.filter) {
            return self.find_in_order(query, (&condition, shelf, today_at), compiler.values);
        }
        if let Some(state) = condition::state_of(&query.filter)
            && query.sort == Sort::Backlog
        {
            return self.find_state(query.kind, state, today);
        }
        let order = order_by(query, today_at);
        // What is not asked for is not read.
        let is_own = condition.contains("n.") || order.contains("n.");
        let own = query.kind.slug();
        let own =
            if is_own { format!(" CROSS JOIN {own} AS n ON n.id = l.id") } else { String::new() };
        // By their ids items lie side by side in the file; in any other order each would be a page of
        // its own. Without a limit SQLite leaves an inner order out.
        let text = format!(
            "SELECT i.id FROM (SELECT id, kind, shelf, due, first, second, third FROM listing \
               WHERE kind = '{}' AND shelf <= {shelf} ORDER BY id LIMIT -1) AS l \
             CROSS JOIN item AS i ON i.id = l.id{own} WHERE {condition} ORDER BY {order}",
            query.kind.slug(),
        );
        let mut statement = self.connection.prepare_cached(&text).doing(DOING)?;
        let rows = statement
            .query_map(params_from_iter(compiler.values), |row| sql::id_at(row, 0))
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// What is told by the index of the backlog is found along it, and nothing is sorted: late ones
    /// come first, otherwise it is in order.
    fn find_in_order(
        &self,
        query: &Query,
        (condition, shelf, today_at): (&str, &str, usize),
        values: Vec<Sql>,
    ) -> Result<Vec<ItemId>> {
        let text = format!(
            "SELECT l.id, l.shelf = 0 AND l.due < ?{today_at} FROM listing AS l INDEXED BY listing_order \
             WHERE l.kind = '{}' AND l.shelf <= {shelf} AND {condition} \
             ORDER BY l.shelf, l.first, l.second, l.third, l.id",
            query.kind.slug(),
        );
        let mut statement = self.connection.prepare_cached(&text).doing(DOING)?;
        let mut rows = statement.query(params_from_iter(values)).doing(DOING)?;
        let (mut late, mut others) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next().doing(DOING)? {
            let id = sql::id_at(row, 0).doing(DOING)?;
            if row.get(1).doing(DOING)? { &mut late } else { &mut others }.push(id);
        }
        late.append(&mut others);
        Ok(late)
    }
}

/// Whether the filter itself asks for closed items, so that hiding them would answer nothing.
#[must_use]
pub fn names_closed(filter: &Filter) -> bool {
    match filter {
        Filter::All(parts) | Filter::Any(parts) => parts.iter().any(names_closed),
        Filter::Test(Test::Is(Property::Closed | Property::ReviewDue)) => true,
        Filter::Test(Test::Field { field, .. }) => {
            field.kind == FieldKind::State || field.name.ends_with("ed_on")
        }
        Filter::Everything | Filter::Not(_) | Filter::Word(_) | Filter::Test(_) => false,
    }
}

fn order_by(query: &Query, today_at: usize) -> String {
    let direction = |descending: bool| if descending { "DESC" } else { "ASC" };
    let backlog = || {
        format!(
            "l.shelf, CASE WHEN l.shelf = 0 AND l.due < ?{today_at} THEN 0 ELSE 1 END, \
             l.first, l.second, l.third, l.id"
        )
    };
    match query.sort {
        Sort::Backlog => backlog(),
        Sort::Updated { descending } => {
            format!("?{today_at} IS NULL, i.updated_at {}, l.id", direction(descending))
        }
        Sort::Reference { descending } => {
            format!("?{today_at} IS NULL, i.no {}", direction(descending))
        }
        Sort::Field { name, descending } => {
            // Not every kind has an order by hand.
            let mut fields = query.kind.noun().fields.iter();
            let Some(field) = fields.find(|field| field.name == name) else { return backlog() };
            let column = sort_column(field);
            format!(
                "?{today_at} IS NULL, {column} IS NULL, {column} {}, l.first, l.second, l.third, l.id",
                direction(descending)
            )
        }
    }
}

fn sort_column(field: &Field) -> String {
    match (field.place, field.kind) {
        (Place::EdgeOut(kind), _) => {
            format!("(SELECT -count(*) FROM edge AS e WHERE e.kind = '{kind}' AND e.source = i.id)")
        }
        (Place::EdgeIn(kind), _) => {
            format!("(SELECT -count(*) FROM edge AS e WHERE e.kind = '{kind}' AND e.target = i.id)")
        }
        (Place::Tagging, _) => {
            "(SELECT min(t.tag) FROM tagging AS t WHERE t.item = i.id)".to_owned()
        }
        (place, FieldKind::One(_)) => {
            format!(
                "(SELECT x.title COLLATE NOCASE FROM item AS x WHERE x.id = {})",
                column_at(place, field.name)
            )
        }
        (place, FieldKind::Choice(slugs)) => ranked(&column_at(place, field.name), slugs),
        (place, FieldKind::Line) => format!("{} COLLATE NOCASE", column_at(place, field.name)),
        (place, _) => column_at(place, field.name),
    }
}

/// Choices sort in the order of their list (low, medium, high), not of the alphabet.
fn ranked(column: &str, slugs: &[&str]) -> String {
    let cases: String = slugs
        .iter()
        .enumerate()
        .map(|(rank, slug)| format!(" WHEN '{slug}' THEN {rank}"))
        .collect::<Vec<_>>()
        .concat();
    format!("CASE {column}{cases} END")
}

fn column(field: &Field) -> String {
    column_at(field.place, field.name)
}

fn column_at(place: Place, name: &str) -> String {
    let table = if place == Place::Shared { "i" } else { "n" };
    format!("{table}.{}", quoted(name))
}

impl Compiler<'_> {
    fn compile(&mut self, filter: &Filter) -> Result<String> {
        match filter {
            Filter::Everything => Ok("1".to_owned()),
            Filter::All(parts) => self.join(parts, " AND "),
            Filter::Any(parts) => self.join(parts, " OR "),
            Filter::Not(part) => Ok(format!("NOT coalesce({}, 0)", self.compile(part)?)),
            Filter::Word(word) => {
                let mark = self.bind(Sql::Text(word.clone()));
                Ok(format!("title_matches(i.title, {mark})"))
            }
            Filter::Test(test) => self.test(test),
        }
    }

    fn join(&mut self, parts: &[Filter], word: &str) -> Result<String> {
        let parts: Vec<String> =
            parts.iter().map(|part| self.compile(part)).collect::<Result<_>>()?;
        Ok(format!("({})", parts.join(word)))
    }

    fn bind(&mut self, value: Sql) -> String {
        self.values.push(value);
        format!("?{}", self.values.len())
    }

    fn test(&mut self, test: &Test) -> Result<String> {
        match test {
            Test::Is(property) => self.property(*property),
            Test::Has(field) => Ok(format!("NOT {}", empty(field))),
            Test::Field { field, compare, operand } => self.field(field, *compare, operand),
        }
    }

    fn field(
        &mut self,
        field: &'static Field,
        compare: Compare,
        operand: &Operand,
    ) -> Result<String> {
        let sign = compare.sign();
        match operand {
            Operand::Nothing => Ok(empty(field)),
            Operand::Days(from, to) => {
                let (from, to) = (self.bind(day(*from)), self.bind(day(*to)));
                Ok(format!("{} BETWEEN {from} AND {to}", column(field)))
            }
            Operand::Part(part) => {
                let mark = self.bind(Sql::Text(part.to_lowercase()));
                Ok(format!("instr(lower({}), {mark}) > 0", column(field)))
            }
            Operand::Whole(text) => {
                let mark = self.bind(Sql::Text(text.clone()));
                Ok(format!("trim({}) = {mark} COLLATE NOCASE", column(field)))
            }
            Operand::Named(name) => self.named(field, name),
            Operand::Value(Value::Tags(tags)) => {
                let tag = self.bind(Sql::Text(tags.join(",")));
                Ok(format!(
                    "EXISTS (SELECT 1 FROM tagging AS t WHERE t.item = i.id AND t.tag = {tag})"
                ))
            }
            Operand::Value(value) => {
                let mark = self.bind(plain(value));
                match field.kind {
                    FieldKind::Choice(slugs) if compare != Compare::Equal => Ok(format!(
                        "{} {sign} {}",
                        ranked(&column(field), slugs),
                        ranked(&mark, slugs)
                    )),
                    _ => Ok(format!("{} {sign} {mark}", column(field))),
                }
            }
        }
    }

    fn named(&mut self, field: &'static Field, name: &str) -> Result<String> {
        let ids = self.resolve(field, name)?;
        let marks: Vec<String> =
            ids.into_iter().map(|id| self.bind(Sql::Text(id.to_string()))).collect();
        let list = marks.join(", ");
        Ok(match field.place {
            Place::EdgeOut(kind) => format!(
                "EXISTS (SELECT 1 FROM edge AS e WHERE e.kind = '{kind}' AND e.source = i.id AND e.target IN ({list}))"
            ),
            Place::EdgeIn(kind) => format!(
                "EXISTS (SELECT 1 FROM edge AS e WHERE e.kind = '{kind}' AND e.target = i.id AND e.source IN ({list}))"
            ),
            // An outcome is served through its bets too.
            _ if field.name == "for" => format!(
                "(i.\"for\" IN ({list}) OR i.\"for\" IN (SELECT b.id FROM item AS b WHERE b.\"for\" IN ({list})))"
            ),
            _ => format!("{} IN ({list})", column(field)),
        })
    }

    fn resolve(&self, field: &Field, name: &str) -> Result<Vec<ItemId>> {
        if let Some(reference) =
            Ref::parse(name).filter(|reference| field.targets().contains(&reference.kind))
        {
            let found = self.store.by_ref(reference)?;
            return found.map(|id| vec![id]).ok_or_else(|| Refusal::no_such(reference).into());
        }
        let mut found = Vec::new();
        for kind in field.targets() {
            found.extend(self.store.by_title(*kind, name)?);
        }
        if found.is_empty() {
            let what = if field.is_person() { "nobody is called" } else { "nothing is called" };
            return Err(Refusal::missing(format!("{what} “{name}”")).into());
        }
        Ok(found.into_iter().map(|named| named.id).collect())
    }
}

fn empty(field: &Field) -> String {
    match field.place {
        Place::EdgeOut(kind) => {
            format!(
                "NOT EXISTS (SELECT 1 FROM edge AS e WHERE e.kind = '{kind}' AND e.source = i.id)"
            )
        }
        Place::EdgeIn(kind) => {
            format!(
                "NOT EXISTS (SELECT 1 FROM edge AS e WHERE e.kind = '{kind}' AND e.target = i.id)"
            )
        }
        Place::Tagging => "NOT EXISTS (SELECT 1 FROM tagging AS t WHERE t.item = i.id)".to_owned(),
        Place::Shared | Place::Own => format!("({} IS NULL)", column(field)),
    }
}

fn day(day: NaiveDate) -> Sql {
    Sql::Text(if day == NaiveDate::MIN { "0000-01-01".to_owned() } else { day.to_string() })
}

fn plain(value: &Value) -> Sql {
    match value {
        Value::Text(text) => Sql::Text(text.clone()),
        Value::Whole(number) => Sql::Integer(*number),
        Value::Real(number) => Sql::Real(*number),
        Value::Day(date) => day(*date),
        Value::Item(id) => Sql::Text(id.to_string()),
        Value::Nothing | Value::Items(_) | Value::Tags(_) => Sql::Null,
    }
}
