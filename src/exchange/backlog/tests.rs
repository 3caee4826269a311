//! Golden files: one small export of each source, and what every row of it becomes; and that
//! no bytes whatever make the reader panic.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::domain::kind::Kind;

const NOTION: &str = "Backlog 1f2e3d4c5b6a79880123456789abcdef.csv";

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)
}

fn open(name: &str) -> Backlog {
    Backlog::open(&path(name), &BacklogOptions::default()).unwrap()
}

fn with_map(name: &str, map: &[&str]) -> Result<Backlog, ReadError> {
    let map = map.iter().map(|one| Mapping::parse(one)).collect::<Result<_, _>>()?;
    Backlog::open(&path(name), &BacklogOptions { map, ..BacklogOptions::default() })
}

/// Every row as a few lines of text, a bad one as its message.
fn shown(backlog: &mut Backlog) -> String {
    let mut text = String::new();
    while let Some(row) = backlog.next_row() {
        match row {
            Ok(row) => text.push_str(&show(&row)),
            Err(error) => writeln!(text, "! {error}").unwrap(),
        }
    }
    text
}

fn show(row: &Row) -> String {
    let mut text = format!("{} {} {} {:?}", row.line, row.external_id, row.kind.slug(), row.title);
    writeln!(text, "\n  because {}, {:?}", row.why_kind, row.closure).unwrap();
    let fields: Vec<String> =
        row.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    writeln!(text, "  {}", fields.join(" | ")).unwrap();
    if !row.tags.is_empty() {
        writeln!(text, "  tags {}", row.tags.join(" ")).unwrap();
    }
    if let Some(note) = &row.note {
        writeln!(text, "  note {note:?}").unwrap();
    }
    for (name, links) in [("blocked by", &row.blocked_by), ("blocks", &row.blocks)] {
        if !links.is_empty() {
            writeln!(text, "  {name} {links:?}").unwrap();
        }
    }
    text
}

/// The file as it is found, then its rows, or why it is refused.
fn account(path: &Path) -> String {
    let mut backlog = match Backlog::open(path, &BacklogOptions::default()) {
        Ok(backlog) => backlog,
        Err(error) => {
            return format!("!! {error}\n   {}\n", error.hint().unwrap_or_default());
        }
    };
    let delimiter = backlog.delimiter().map_or("json", Delimiter::name);
    let found = format!("{} {} {delimiter}", backlog.source().slug(), backlog.encoding());
    let unmapped = backlog.unmapped().join(", ");
    let rows = shown(&mut backlog);
    format!("{found}\nunmapped: {unmapped}\n{rows}left out: {}\n", backlog.left_out())
}

#[test]
fn every_fixture_reads_as_its_golden_account() {
    let entries = std::fs::read_dir(path("")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "golden.txt");
    names.sort();
    let accounts =
        names.iter().map(|name| format!("=== {name}\n{}\n", account(&path(name)).trim_end()));
    let found: String = accounts.collect::<Vec<_>>().join("\n");
    let golden = std::fs::read_to_string(path("golden.txt")).unwrap_or_default();
    if found != golden {
        let seen = std::env::temp_dir().join("prewire-import-golden.txt");
        std::fs::write(&seen, &found).unwrap();
        panic!("the accounts differ from golden.txt; what was found is in {}", seen.display());
    }
}

#[test]
fn a_second_pass_gives_the_same_rows_and_progress_ends_at_the_total() {
    for name in ["trello.csv", "trello.json", NOTION, "bad-rows.csv", "generic-utf16.txt"] {
        let mut backlog = open(name);
        let first = shown(&mut backlog);
        let progress = backlog.progress();
        assert_eq!(progress.read, progress.total, "{name}");
        assert!(backlog.next_row().is_none());
        backlog.rewind().unwrap();
        assert_eq!(shown(&mut backlog), first, "{name}");
    }
}

#[test]
fn a_card_has_the_same_id_in_csv_and_json() {
    let ids = |name: &str| -> Vec<String> {
        let mut backlog = open(name);
        std::iter::from_fn(|| backlog.next_row()).flatten().map(|row| row.external_id).collect()
    };
    assert_eq!(ids("trello.csv")[..3], ids("trello.json")[..3]);
}

#[test]
fn a_flip_changes_kind_fields_and_state() {
    let mut backlog = open("trello.csv");
    backlog.flip("64a2", RowKind::Decision);
    backlog.flip("64a1", RowKind::Asset);
    let rows: Vec<Row> = std::iter::from_fn(|| backlog.next_row()).flatten().collect();
    assert_eq!((rows[0].kind, rows[0].why_kind), (Kind::Asset, "you chose so"));
    assert_eq!(rows[0].field("due"), Some("2026-05-14"));
    assert_eq!(rows[0].field("state"), Some("doing"));
    assert_eq!(rows[1].field("needed_by"), Some("2026-05-20"));
    assert_eq!(rows[1].field("state"), Some("raised"));
}

#[test]
fn a_mapping_says_what_unknown_columns_are() {
    let map = ["What=title", "By when=due", "who=owner"];
    let mut backlog = with_map("generic-unknown.csv", &map).unwrap();
    let row = backlog.next_row().unwrap().unwrap();
    assert_eq!((row.title.as_str(), row.field("due")), ("Deck for Aurora", Some("2026-05-14")));
    assert_eq!(row.field("owner"), Some("Maya"));
    assert!(backlog.unmapped().is_empty());
    let mut backlog = with_map("trello.csv", &["Audience=tags", "Labels=-"]).unwrap();
    let row = std::iter::from_fn(|| backlog.next_row()).flatten().nth(1).unwrap();
    assert_eq!(row.tags, ["sales"]);
    let error = with_map("trello.csv", &["Audiense=tags"]).unwrap_err();
    assert_eq!(error.to_string(), "there is no column “Audiense”");
    assert!(error.hint().unwrap().starts_with("did you mean “Audience”"));
}

#[test]
fn an_order_of_day_and_month_can_be_told() {
    let options = BacklogOptions { dates: Some(DayOrder::MonthFirst), ..BacklogOptions::default() };
    let mut backlog = Backlog::open(&path("generic-ambiguous.csv"), &options).unwrap();
    assert_eq!(backlog.next_row().unwrap().unwrap().field("due"), Some("2026-06-07"));
}

#[test]
fn an_encoding_and_a_delimiter_can_be_told() {
    let options =
        BacklogOptions { encoding: Some(Encoding::Windows1252), ..BacklogOptions::default() };
    let mut backlog = Backlog::open(&path("mixed-bytes.csv"), &options).unwrap();
    assert_eq!(backlog.next_row().unwrap().unwrap().title, "Ã‰lan Ã¤Ã¶Ã¼");
    let options = BacklogOptions { encoding: Some(Encoding::Utf8), ..BacklogOptions::default() };
    let error = Backlog::open(&path("mixed-bytes.csv"), &options).unwrap_err();
    assert_eq!(error.to_string(), "line 3: this is not utf-8 text");
    let options = BacklogOptions { delimiter: Some(Delimiter::Tab), ..BacklogOptions::default() };
    let refused = Backlog::open(&path("trello.csv"), &options);
    assert!(matches!(refused, Err(ReadError::NoTitle { .. })));
}

#[test]
fn a_wide_first_look_knows_a_file_again_by_its_columns() {
    let print = |name: &str| open(name).fingerprint().to_owned();
    assert_ne!(print("linear-29.csv"), print("linear-30.csv"));
    assert_eq!(print("trello.csv"), print("trello.csv"));
    assert_ne!(open("linear-29.csv").sha256(), open("linear-30.csv").sha256());
}

/// Opens the bytes as a file and reads every row twice.
fn read_all(bytes: &[u8], suffix: &str) {
    let file = tempfile::Builder::new().suffix(suffix).tempfile().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let Ok(mut backlog) = Backlog::open(file.path(), &BacklogOptions::default()) else {
        return;
    };
    let first = shown(&mut backlog);
    if backlog.rewind().is_ok() {
        assert_eq!(shown(&mut backlog), first);
    }
}

const HEADERS: [&str; 8] = [
    "Card ID,Card Name,Card URL,Labels,Members,Due Date,List Name,Archived,Due Complete\n",
    "Task ID,Created At,Completed At,Name,Section/Column,Due Date,Tags,Notes\n",
    "ID,Team,Title,Status,Estimate,Cycle Number,Triaged,Due Date,Blocked by,Labels\n",
    "Summary,Issue key,Status,Created,Labels,Labels,Description,Comment,Comment\n",
    "Name;Status;Owner;Due;Priority;Estimate (hours);Link\n",
    "ref,id,kind,title,state,due,note,tags\n",
    "Title\tStatus\tDue\tCreated\tBlocked by\n",
    "{\"lists\":[],\"cards\":[{\"id\":\"1\",\"name\":",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes, ".csv");
    }

    #[test]
    fn no_text_below_a_header_makes_it_panic(
        header in proptest::sample::select(HEADERS.to_vec()),
        body in "([a-zé→⟨2/.:*\\[\\]{}()#'\0-]{0,6}(\"|,|;|\t|\n|\r|  |\"\"|2026|/|, |Decision \\(red\\)|\u{05D0}|14\\.05\\.)){0,60}",
    ) {
        read_all(format!("{header}{body}").as_bytes(), "");
        read_all(format!("{header}{body}").as_bytes(), " 1f2e3d4c5b6a79880123456789abcdef.csv");
    }

    #[test]
    fn no_text_makes_dates_or_markup_panic(text in "\\PC{0,80}") {
        let _ = crate::exchange::dates::vote(&text);
        let _ = wiki::to_markdown(&text);
        let _ = notion::titles(&text);
        let _ = trello::labels(&text);
        let _ = effort::read(&text, &text, effort::Teller::User);
    }
}
