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

/// SHA-256 over the SHA-256 of each object of a sound file, per format. A test prints the newest.
pub const MANIFESTS: [&str; 21] = [
    "909d815d9a7500d17dd9fced236df8bfb49c9b6342c81712b973cf684f2e7e07",
    "e55e0b4bd97e6dadf97e527d06fb80ac068fc94578dd89fba554f12669ab7e3a",
    "36da325f9a4ba34474cc1560eaa6d43774a705c23dcfbe03bc944520492ffa27",
    "695c7de9bcc1b3cb01f7ea70a87e1b2a77b80bea82bfeb72a0ffa97bf49baf40",
    "e49283a669a48959dacca6563726992e625783f9b868b9733fc12dfcc0cf5683",
    "3973742a4eb44ea7a9d9c86539e8df32add78ac32ac30a76c3a410105d6416b6",
    "0a29c431105b6f5772ffd0a2a69b4decea8f01e9f195882780222fb223371e5e",
    "df8fbfb52f30aeb89b6ddb5c54221e3f07d87b1919da608f93530302672645e4",
    "30164f6bb5c844984ebba73f48ef66c72518b1507811dbeac818adf6c66e8489",
    "cc359dddf6d4967eed6d6481903293144aefe8bf985ddc626eeba1e5a722701b",
    "65eff8238a8361103c2038af3d9b7c0c422795ee99312704af59f02ed629921c",
    "3c82e9cf2cb2da167b7d232b752c614a61425128d3b3a6e1775a3ae0beda7fe7",
    "d3a3ce8a35578f44d66f1bd736390a27ea97183c98b0093a1b0bc79985834bc1",
    "1edfabb8305524c2d0673df0efd1bbe679bbef02b0b1577d7991c8729b38a75a",
    "efc67d02f5e653a16bfc65aaf4486535586b84d04a6e8d94e4d85681a848d1b0",
    "a9f28dbff5011c4600ff3599cfd95a8ab389db7fb25dc6a7830bd984a590266b",
    "986803346ffddc822c0983b330fa26f175c94edd4a126902d6b6dbe107dd08e5",
    "a851b6f9d36b14ee79957cd9b8f7cbd62fc5d179705a3e1bb485f4bdac940bbb",
    "2a661a99887cc6fd37b572b5aafe26719f1ecd873f50225c3da9ad76c5325405",
    "7a8bc3be00b8e04179b7732195dd5966f9b3b13ab1b947f1f8c413ae446b9119",
    "75aceafe30c20a13cd03325d5df70d1d1677288596ea1350d1499a9fd8efbe08",
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
/// Room for the objects of a sound schema.
const ROOM: usize = 512;

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
    // Every file is opened through this: of each object only its own hash is kept, and these are put
    // in an order that does not depend on the file.
    let mut objects: Vec<[u8; 32]> = Vec::with_capacity(ROOM);
    while let Some(row) = rows.next().doing(doing)? {
        let mut hash = Sha256::new();
        for column in 0..2 {
            let text = seen(row.get_ref(column).doing(doing)?).unwrap_or_default();
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        objects.push(hash.finalize().into());
    }
    objects.sort_unstable();
    Ok(hex(&Sha256::digest(objects.as_flattened())))
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
