//! The schema: migrations over `user_version`, the journal's generated triggers, and the manifest
//! that says what a sound file holds. A shipped migration is never edited.

use std::collections::BTreeMap;

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::error::{Doing, Result};
use super::metric::series;
use super::sql::{plain_at, seen};
use super::triggers;

/// The migrations in order; format n is reached after the n-th.
const MIGRATIONS: [&str; 21] = [
    include_str!("../../assets/migrations/0001_workspace.sql"),
    include_str!("../../assets/migrations/0002_board.sql"),
    include_str!("../../assets/migrations/0003_quick_checks.sql"),
    include_str!("../../assets/migrations/0004_decision.sql"),
    include_str!("../../assets/migrations/0005_week.sql"),
    include_str!("../../assets/migrations/0006_meeting.sql"),
    include_str!("../../assets/migrations/0007_requests.sql"),
    include_str!("../../assets/migrations/0008_ritual.sql"),
    include_str!("../../assets/migrations/0009_plan.sql"),
    include_str!("../../assets/migrations/0010_default.sql"),
    include_str!("../../assets/migrations/0011_metric.sql"),
    include_str!("../../assets/migrations/0012_evidence.sql"),
    include_str!("../../assets/migrations/0013_deal.sql"),
    include_str!("../../assets/migrations/0014_assessment.sql"),
    include_str!("../../assets/migrations/0015_reports.sql"),
    include_str!("../../assets/migrations/0016_rows.sql"),
    include_str!("../../assets/migrations/0017_default_option.sql"),
    include_str!("../../assets/migrations/0018_pulse.sql"),
    include_str!("../../assets/migrations/0019_figures.sql"),
    include_str!("../../assets/migrations/0020_last_figure.sql"),
    include_str!("../../assets/migrations/0021_at_hand.sql"),
];

/// SHA-256 over the objects of a sound file, per format. A test prints the newest.
pub const MANIFESTS: [&str; 21] = [
    "43aa5ce48dfbb8d5e8dfb33d6f28cc1f0adcf56b36cac04a47016fca1d2d5f87",
    "9634ee3a902759cc3c26555b4ff9e84743c54036257c99c65d5833a9beebbb71",
    "bc25b46b0c21b2faafc8170faaf171cbf72cf6717d0767ddda152cd8a7905d8e",
    "d31bb9bcbc04a4bf721c89f2efc7a6428ad631bda8d806f4da4010aa19a97060",
    "0b673072230dbc10536ea85e970e4904e23c6f8288c86d68e949dc0f1e54abb3",
    "a9aa895a08dc8fe9f067e00b6372667ae80654bcd3de0980d17adbfd0610f628",
    "e10edff274a72a7660a350dc7c2923974a613b5353fee74eda4e80153b2d6d6f",
    "023cf412c4d78443c16752579cd591b78bf6797b964cf23ffb59286783902a39",
    "ab6d4d44da272680b38df4c47beb3f8512e604f48aa9ac9aef766a57498cbb36",
    "20c7812ac5e6546c34adb0c5f3964288030387068f1d86aa774cdba38dcb3c59",
    "8f986bf0cfa7138e3b07cf2e07a02d4556b61f7eb66145f66132b3bf367960ab",
    "e539fd7ff46dfb09fa3368a17f12c1d4e33c05853ade6bf2ed0d007f3301b29a",
    "bedf306cd5376e191937668ed781a89fa4eab7805e9e825eb80fc2c0136982f6",
    "f8bd4d363b656392a888ed0f1c149de396097d49bca6521eab674f81552b76bd",
    "13143b92d7ab83df5d585157aae4b4c85d2345426a022764d2de4a51bb7eb520",
    "72ee9a6bed5c896b3b4434169ec66a9e6aecd4483fe991867340da4c36f9b93c",
    "68953c2b9fa73f8b7dc698b5469cbb71781fa7244ca00b8e3239e2fe4fe1e2ce",
    "08742a98750ff95e358af0abde032ea5f3680d520b1e9fdf237349531c69d42a",
    "9cde014584fc0f95467eee4bb3bdfa945240ea97cd46138150c5a8926f761b48",
    "e897bba9815cd8d21db0c0fcc7e91436c21d807f23fe08df02a984761e46a213",
    "533bf81dce8354340c17b723556967737ff29c42235b21747c99e506f5d097b4",
];

/// The newest format that this program reads and writes.
#[expect(clippy::cast_possible_truncation, reason = "there will never be four thousand million")]
pub const FORMAT: u32 = MIGRATIONS.len() as u32;

/// The format that began to keep the figures of a metric together.
const OF_SERIES: u32 = 21;

/// The tables of items, keyed by the item's id.
const OF_ITEMS: [&str; 30] = [
    "item",
    "decision",
    "asset",
    "request",
    "outcome",
    "bet",
    "person",
    "commitment",
    "block",
    "entry",
    "meeting",
    "metric",
    "deal",
    "impact",
    "escalation",
    "ritual",
    "plan",
    "milestone",
    "artefact",
    "involvement",
    "evidence",
    "insight",
    "claim",
    "segment",
    "objection",
    "conversation",
    "positioning",
    "message",
    "experiment",
    "moment",
];

/// The tables whose every change is journalled. Each has a text primary key named `id`.
pub const JOURNALLED: [&str; OF_ITEMS.len() + NOT_ITEMS.len()] = {
    let mut all = [""; OF_ITEMS.len() + NOT_ITEMS.len()];
    let mut at = 0;
    while at < all.len() {
        let past = OF_ITEMS.len();
        all[at] = if at < past { OF_ITEMS[at] } else { NOT_ITEMS[at - past] };
        at += 1;
    }
    all
};

/// The journalled tables whose keys are not those of items.
pub const NOT_ITEMS: [&str; 32] = [
    "edge",
    "tagging",
    "origin",
    "setting",
    "decision_option",
    "decision_framing",
    "prewire",
    "objection_raised",
    "pushback",
    "section",
    "blocker",
    "override",
    "version",
    "observation",
    "factor",
    "agreement",
    "rebase",
    "narrative",
    "confidence",
    "displacement",
    "verdict",
    "basis",
    "definition",
    "response",
    "call_score",
    "trial",
    "swap",
    "audit",
    "promise",
    "look",
    "touch",
    "pulse",
];

/// The first lines that a part left in the journal when it came and when it went, word for word as
/// the index `chg_of_part` has it, which `SQLite` takes for no other wording.
pub const LIFE_OF_PART: &str = "col IS NULL AND (tbl IN ('decision_option', 'decision_framing') \
    OR tbl IN ('prewire', 'objection_raised') OR tbl IN ('pushback', 'section') \
    OR tbl IN ('blocker', 'override') OR tbl IN ('version', 'displacement') \
    OR tbl IN ('verdict', 'observation') OR tbl IN ('factor', 'agreement') \
    OR tbl IN ('rebase', 'narrative') OR tbl IN ('confidence', 'basis') \
    OR tbl IN ('definition', 'response') OR tbl IN ('call_score', 'trial') \
    OR tbl IN ('swap', 'audit') OR tbl IN ('promise', 'look') OR tbl IN ('touch', 'pulse'))";

/// Runs every migration after `from` and generates the triggers anew. The caller holds the
/// transaction and has made the snapshot.
///
/// # Errors
/// A storage error; the caller rolls back.
pub fn migrate(connection: &Connection, from: u32) -> Result<()> {
    migrate_to(connection, from, FORMAT)
}

fn migrate_to(connection: &Connection, from: u32, to: u32) -> Result<()> {
    triggers::remove(connection)?;
    for step in &MIGRATIONS[from as usize..to as usize] {
        connection.execute_batch(step).doing("migrating the workspace")?;
    }
    if from < OF_SERIES && to >= OF_SERIES {
        series::renew_all(connection)?;
    }
    triggers::make(connection, to)?;
    connection.pragma_update(None, "user_version", to).doing("writing the format number")
}

/// The columns of a table that hold data, the key first.
///
/// # Errors
/// A storage error.
pub fn columns(connection: &Connection, table: &str) -> Result<Vec<String>> {
    let mut statement = connection
        .prepare_cached("SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0 ORDER BY cid")
        .doing("reading the schema")?;
    let rows = statement.query_map([table], |row| row.get(0)).doing("reading the schema")?;
    rows.collect::<rusqlite::Result<_>>().doing("reading the schema")
}

/// Every object of the schema with its text, but for what `SQLite` itself adds.
const OBJECTS: &str = "SELECT type || ' ' || name, sql FROM sqlite_schema \
    WHERE NOT (type = 'index' AND name GLOB 'sqlite_autoindex_*' AND sql IS NULL) \
    AND NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4', 'sqlite_sequence'))";
/// Room for the texts of a sound schema, and for its objects.
const TEXTS: usize = 1 << 18;
const PLACES: usize = 512;

/// The objects by name.
///
/// # Errors
/// A storage error.
pub fn objects(connection: &Connection) -> Result<BTreeMap<String, String>> {
    let mut statement = connection.prepare(OBJECTS).doing("reading the schema")?;
    // A stranger's file may hold anything, also text that is none.
    let rows = statement
        .query_map([], |row| Ok((plain_at(row, 0)?, plain_at(row, 1)?)))
        .doing("reading the schema")?;
    rows.collect::<rusqlite::Result<_>>().doing("reading the schema")
}

/// The hash of all objects, to be compared with `MANIFESTS`.
///
/// # Errors
/// A storage error.
pub fn manifest(connection: &Connection) -> Result<String> {
    let doing = "reading the schema";
    let mut statement = connection.prepare(OBJECTS).doing(doing)?;
    let mut rows = statement.query([]).doing(doing)?;
    // Every file is opened through this: the texts stand in one, and only their places are sorted.
    let (mut texts, mut places) = (Vec::with_capacity(TEXTS), Vec::with_capacity(PLACES));
    while let Some(row) = rows.next().doing(doing)? {
        let begin = texts.len();
        texts.extend_from_slice(seen(row.get_ref(0).doing(doing)?).unwrap_or_default().as_bytes());
        let named = texts.len();
        texts.push(0);
        texts.extend_from_slice(seen(row.get_ref(1).doing(doing)?).unwrap_or_default().as_bytes());
        texts.push(0);
        places.push((begin..named, texts.len()));
    }
    places.sort_unstable_by(|(one, _), (other, _)| texts[one.clone()].cmp(&texts[other.clone()]));
    let mut hash = Sha256::new();
    for (name, end) in places {
        hash.update(&texts[name.start..end]);
    }
    Ok(hex(&hash.finalize()))
}

/// How a schema differs from a sound one, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    /// What of ours is altered or missing.
    pub ours: Vec<String>,
    /// What stands beside ours.
    pub strangers: Vec<String>,
}

/// What differs from a sound file of a format. Slow, so only asked when the hash does not match.
///
/// # Errors
/// A storage error.
pub fn differences(connection: &Connection, format: u32) -> Result<Differences> {
    let sound = Connection::open_in_memory().doing("building the expected schema")?;
    migrate_to(&sound, 0, format)?;
    let (expected, found) = (objects(&sound)?, objects(connection)?);
    let mut differences = Differences::default();
    for (name, sql) in &found {
        match expected.get(name) {
            None => differences.strangers.push(format!("{name} is not ours")),
            Some(text) if text != sql => differences.ours.push(format!("{name} was altered")),
            Some(_) => {}
        }
    }
    let missing = expected.keys().filter(|name| !found.contains_key(*name));
    differences.ours.extend(missing.map(|name| format!("{name} is missing")));
    Ok(differences)
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::{FieldKind, Place};
    use crate::domain::kind::Kind;
    use crate::domain::part::PartKind;

    fn fresh() -> Connection {
        let connection = Connection::open_in_memory().unwrap();
        migrate(&connection, 0).unwrap();
        connection
    }

    #[test]
    fn the_manifests_are_those_of_the_migrations() {
        for format in 1..=FORMAT {
            let connection = Connection::open_in_memory().unwrap();
            migrate_to(&connection, 0, format).unwrap();
            assert_eq!(manifest(&connection).unwrap(), MANIFESTS[format as usize - 1], "{format}");
            assert_eq!(differences(&connection, format).unwrap(), Differences::default());
            migrate(&connection, format).unwrap();
            assert_eq!(differences(&connection, FORMAT).unwrap(), Differences::default());
        }
    }

    #[test]
    fn every_described_field_has_its_column_and_every_column_its_field() {
        let connection = fresh();
        for kind in Kind::ALL {
            let noun = kind.noun();
            let item = columns(&connection, "item").unwrap();
            let mut own = columns(&connection, noun.name).unwrap();
            for field in &noun.fields {
                match field.place {
                    Place::Shared => {
                        assert!(item.iter().any(|name| name == field.name), "{}", field.name);
                    }
                    Place::Own => {
                        let at = own.iter().position(|name| name == field.name);
                        own.remove(at.unwrap_or_else(|| {
                            panic!("{} has no column {}", noun.name, field.name)
                        }));
                    }
                    Place::EdgeOut(_) | Place::EdgeIn(_) | Place::Tagging => {}
                }
            }
            assert_eq!(own, ["id"], "columns of {} that no field describes", noun.name);
        }
    }

    #[test]
    fn every_part_has_its_table_and_every_column_its_field() {
        let connection = fresh();
        for kind in PartKind::ALL {
            let noun = kind.noun();
            let fields = noun.fields.iter().map(|field| field.name);
            let described: Vec<&str> =
                ["id", "owner", "position"].into_iter().chain(fields).collect();
            assert_eq!(columns(&connection, noun.table).unwrap(), described, "{}", noun.table);
            assert!(JOURNALLED.contains(&noun.table), "{}", noun.table);
            assert!(NOT_ITEMS.contains(&noun.table), "{}", noun.table);
            assert!(LIFE_OF_PART.contains(&format!("'{}'", noun.table)), "{}", noun.table);
            let index = &objects(&connection).unwrap()["index chg_of_part"];
            assert!(index.ends_with(LIFE_OF_PART), "{index}");
            let sql = objects(&connection).unwrap()[&format!("table {}", noun.table)].clone();
            for field in &noun.fields {
                if let FieldKind::Choice(slugs) = field.kind {
                    assert_eq!(listed(&sql, field.name), slugs, "{} of {}", field.name, noun.name);
                }
            }
        }
    }

    /// The slugs that the checks of a table list for a column.
    fn listed<'a>(sql: &'a str, column: &str) -> Vec<&'a str> {
        let starts = [format!("{column} IN ("), format!("{column} = '")];
        let mut found = Vec::new();
        for (at, _) in sql.match_indices(column) {
            let own =
                !sql[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
            if own && starts.iter().any(|start| sql[at..].starts_with(start)) {
                let list = sql[at..].split(')').next().unwrap_or("");
                found.extend(list.split('\'').skip(1).step_by(2));
            }
        }
        found
    }

    #[test]
    fn the_schema_knows_the_slugs_of_the_descriptions_and_no_others() {
        let connection = fresh();
        for kind in Kind::ALL {
            let noun = kind.noun();
            let mut statement =
                connection.prepare("SELECT slug FROM state WHERE kind = ?1").unwrap();
            let mut stored: Vec<String> = statement
                .query_map([noun.name], |row| row.get(0))
                .unwrap()
                .map(|row| row.unwrap())
                .collect();
            let mut described: Vec<String> = noun.state_slugs().map(str::to_owned).collect();
            stored.sort();
            described.sort();
            assert_eq!(stored, described);
            let sql = objects(&connection).unwrap()[&format!("table {}", noun.name)].clone();
            for field in &noun.fields {
                if let FieldKind::Choice(slugs) = field.kind {
                    let listed = listed(&sql, field.name);
                    assert_eq!(listed, slugs, "{} of {}", field.name, noun.name);
                }
            }
        }
    }
}
