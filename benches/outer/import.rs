//! How long an import takes, and its undo: a realistic export of a tracker with many rows, few rows
//! with long texts up to 100 MB, and as many rows as fit into 100 MB.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::figures::verdict;
use crate::process;
use crate::workspace::{Dice, Result, TODAY, title};

const HEADER: &str = "ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,\
    Assignee,Labels,Cycle Number,Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Triaged,\
    Completed,Canceled,Archived,Due Date,Parent issue,Initiatives,Project Milestone ID,\
    Project Milestone,SLA Status,Roadmaps";
const SENTENCE: &str = "We should weigh what the calls say about rollout risk before the page \
    changes, because sales asks twice a week and nobody has an answer that holds.\n\n- ";
const LABELS: [&str; 6] = ["Decision", "Launch", "Sales", "Narrative", "Pricing", "Research"];
const STATES: [&str; 6] = ["Backlog", "Todo", "In Progress", "In Review", "Done", "Canceled"];
const PEOPLE: [&str; 5] = ["maya", "jon", "dana", "raj", "priya"];

/// A file to import: rows, bytes of text in each, and the seconds that it may take.
struct Load {
    name: &'static str,
    rows: usize,
    text: usize,
    budget: f64,
}

const LOADS: [Load; 4] = [
    Load { name: "import of 100000 rows", rows: 100_000, text: 150, budget: 5.0 },
    Load { name: "import of 100 MB, 2000 rows", rows: 2_000, text: 51_500, budget: 10.0 },
    Load { name: "import of 100 MB, 100000 rows", rows: 100_000, text: 860, budget: 10.0 },
    Load { name: "import of 100 MB, 200000 rows", rows: 200_000, text: 320, budget: 10.0 },
];
/// The undo of the first.
const UNDO: f64 = 5.0;
const MEMORY: f64 = 256.0;

/// Measures and prints.
///
/// # Errors
/// When a file cannot be made, or the program fails.
pub fn measure(program: &Path) -> Result<()> {
    println!("imports: seconds on the clock, of the processor, and the most memory");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    std::fs::create_dir_all(&folder)?;
    for load in &LOADS {
        let file = made(&folder, load)?;
        let db = folder.join("imported.db");
        let _ = std::fs::remove_file(&db);
        let run = ran(program, &db, &["import".as_ref(), file.as_os_str()])?;
        print(load.name, &run, load.budget);
        if load.budget <= UNDO {
            print("  its undo", &ran(program, &db, &["undo".as_ref()])?, UNDO);
        }
        let _ = std::fs::remove_file(&db);
    }
    Ok(())
}

fn print(name: &str, run: &Run, budget: f64) {
    println!("{}", verdict(name, run.wall.as_secs_f64(), budget, "s"));
    let memory = verdict("  resident at most", run.resident, MEMORY, "MB");
    println!("{memory}  ({:.2} s of the processor)", run.cpu.as_secs_f64());
}

struct Run {
    wall: Duration,
    cpu: Duration,
    resident: f64,
}

fn ran(program: &Path, db: &Path, words: &[&std::ffi::OsStr]) -> Result<Run> {
    let begun = Instant::now();
    let mut child = Command::new(program)
        .args(["--today", TODAY, "--db"])
        .arg(db)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut run = Run { wall: Duration::ZERO, cpu: Duration::ZERO, resident: 0.0 };
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        // The threads that have ended are missing here, so this is the least that it took.
        run.cpu = run.cpu.max(process::cpu(child.id()));
        run.resident = run.resident.max(super::as_mebibytes(process::resident(child.id())));
        std::thread::sleep(Duration::from_millis(5));
    };
    run.wall = begun.elapsed();
    if status.success() { Ok(run) } else { Err(format!("{words:?}: {status}").into()) }
}

fn made(folder: &Path, load: &Load) -> Result<PathBuf> {
    let path = folder.join(format!("linear-{}-{}.csv", load.rows, load.text));
    if path.exists() {
        return Ok(path);
    }
    let mut out = BufWriter::new(File::create(&path)?);
    let mut dice = Dice::new(11);
    writeln!(out, "{HEADER}")?;
    for row in 1..=load.rows {
        line(&mut out, row, load.text, &mut dice)?;
    }
    out.flush()?;
    Ok(path)
}

fn line(out: &mut impl Write, row: usize, text: usize, dice: &mut Dice) -> Result<()> {
    let day = |dice: &mut Dice| format!("2026-{:02}-{:02}", dice.below(12) + 1, dice.below(28) + 1);
    let half = text / 2 + dice.below(text + 1);
    let note: String = SENTENCE.chars().cycle().take(half).collect();
    let (state, owner) = (dice.one(&STATES), dice.one(&PEOPLE));
    let when = if state == "Done" { format!("{}T10:00:00Z", day(dice)) } else { String::new() };
    let due = if dice.below(2) == 0 { day(dice) } else { String::new() };
    writeln!(
        out,
        "PMM-{row},Marketing,{},\"{note}\",{state},{},High,p1,Sync launch,maya@example.com,\
         {owner}@example.com,\"{}, {}\",,,,,{}T08:53:33Z,{}T16:06:19Z,,,{when},,,{due},,,,,,",
        title(dice),
        dice.below(8),
        dice.one(&LABELS),
        dice.one(&LABELS),
        day(dice),
        day(dice),
    )?;
    Ok(())
}
