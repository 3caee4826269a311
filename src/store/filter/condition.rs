//! One condition of a filter, asked of every item of a kind: which hold it, in whatever order.

use chrono::NaiveDate;
use rusqlite::{params, params_from_iter};

use super::{Compiler, Query, Sql, property};
use crate::domain::field::FieldKind;
use crate::domain::grammar::{Compare, Filter, Operand, Test};
use crate::domain::item::ItemId;
use crate::domain::kind::Kind;
use crate::domain::value::Value;
use crate::store::error::{Doing, Result};
use crate::store::open::Store;
use crate::store::sql;

const DOING: &str = "searching the backlog";

/// A condition as it is asked, with its values: what is the same is answered the same, for as long as
/// nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    query: String,
    values: Vec<Sql>,
}

impl Store {
    /// The condition that the filter of a query is, whatever its order and whether closed items are
    /// shown.
    ///
    /// # Errors
    /// `Refused` for a name that nobody or several have; a storage error.
    pub fn condition(&self, query: &Query, today: NaiveDate) -> Result<Condition> {
        let kind = query.kind.slug();
        if let Some(state) = state_of(&query.filter) {
            let found = "SELECT id FROM listing INDEXED BY listing_board \
                         WHERE kind = ?1 AND shelf IN (0, 1) AND state = ?2";
            let values = vec![Sql::Text(kind.to_owned()), Sql::Text(state.to_owned())];
            return Ok(Condition { query: found.to_owned(), values });
        }
        let mut compiler = Compiler {
            store: self,
            kind: query.kind,
            today,
            me: query.me,
            usual_age: query.usual_age,
            values: Vec::new(),
        };
        let condition = compiler.compile(&query.filter)?;
        let values = compiler.values;
        // A value that the condition leaves out is named all the same.
        let condition = match values.len() {
            0 => condition,
            last => format!("{condition} AND (?{last} IS NULL OR 1)"),
        };
        let query = if property::is_of_listing(&query.filter) {
            format!(
                "SELECT l.id FROM listing AS l INDEXED BY listing_order \
                 WHERE l.kind = '{kind}' AND l.shelf <= 1 AND {condition} \
                 ORDER BY l.shelf, l.first, l.second, l.third, l.id"
            )
        } else {
            // What is not asked for is not read.
            let names = |table: &str| condition.contains(table);
            let own = if names("n.") {
                format!(" CROSS JOIN {kind} AS n ON n.id = i.id")
            } else {
                String::new()
            };
            let listed = if names("l.") { " CROSS JOIN listing AS l ON l.id = i.id" } else { "" };
            format!(
                "SELECT i.id FROM item AS i{listed}{own} WHERE i.kind = '{kind}' AND {condition} \
                 ORDER BY i.no"
            )
        };
        Ok(Condition { query, values })
    }

    /// The items of one state in the order of the backlog, out of the index of the board.
    pub(super) fn find_state(
        &self,
        kind: Kind,
        state: &str,
        today: NaiveDate,
    ) -> Result<Vec<ItemId>> {
        let mut statement = self
            .connection
            .prepare_cached(
                "SELECT id FROM listing INDEXED BY listing_board \
                 WHERE kind = ?1 AND shelf IN (0, 1) AND state = ?2 \
                 ORDER BY shelf, NOT (shelf = 0 AND due < ?3), first, second, third, id",
            )
            .doing(DOING)?;
        let values = params![kind.slug(), state, today.to_string()];
        let rows = statement.query_map(values, |row| sql::id_at(row, 0)).doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }

    /// The items that hold a condition; those in the Trash may be among them.
    ///
    /// # Errors
    /// A storage error.
    pub fn holding(&self, condition: &Condition) -> Result<Vec<ItemId>> {
        let mut statement = self.connection.prepare_cached(&condition.query).doing(DOING)?;
        let rows = statement
            .query_map(params_from_iter(&condition.values), |row| sql::id_at(row, 0))
            .doing(DOING)?;
        rows.collect::<rusqlite::Result<_>>().doing(DOING)
    }
}

/// The state that is asked for, where nothing else is.
pub(super) fn state_of(filter: &Filter) -> Option<&str> {
    let Filter::Test(Test::Field { field, compare: Compare::Equal, operand }) = filter else {
        return None;
    };
    match operand {
        Operand::Value(Value::Text(state)) if field.kind == FieldKind::State => Some(state),
        _ => None,
    }
}
