//! The outer figures: the real program in a pseudo-terminal, beside a bare one in the same run.
//!
//! `cargo bench --bench outer` measures all sizes; `-- 100000` one size, `-- --idle 60` waits
//! longer, `-- --keys 50` takes fewer samples, `-- import` measures imports alone.
#![expect(clippy::print_stdout, reason = "a report for whoever measures")]

mod bare;
mod figures;
mod import;
mod journey;
mod process;
mod session;
#[path = "../workspace.rs"]
mod workspace;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use figures::{Answers, Times, line, verdict};
use journey::{Effort, Found};
use session::Session;
use workspace::{Result, Shape, TODAY};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [first, file] = words.as_slice()
        && first == "bare"
    {
        return bare::run(Path::new(file));
    }
    // `cargo test --all-targets` starts this too; then there is nothing to measure.
    if !words.iter().any(|word| word == "--bench") {
        return Ok(());
    }
    measure(&words)
}

fn measure(words: &[String]) -> Result<()> {
    let number = |name: &str, usual: usize| {
        let at = words.iter().position(|word| word == name);
        at.and_then(|at| words.get(at + 1)?.parse().ok()).unwrap_or(usual)
    };
    let effort = Effort {
        starts: number("--starts", 25),
        keys: number("--keys", 200),
        changes: number("--changes", 25),
        idle: Duration::from_secs(number("--idle", 10) as u64),
    };
    let program = PathBuf::from(env!("CARGO_BIN_EXE_prewire"));
    if words.first().is_some_and(|word| word == "import") {
        return import::measure(&program);
    }
    let sizes: Vec<usize> = match words.first().and_then(|word| word.parse().ok()) {
        Some(size) => vec![size],
        None => vec![1_000, 10_000, 100_000],
    };
    let paths = sizes.iter().map(|size| workspace::ready(*size, Shape::Mixed));
    let paths: Vec<PathBuf> = paths.collect::<Result<_>>()?;
    let floor = Floor::measure(effort)?;
    floor.print();
    let mut all = Vec::new();
    for (size, path) in sizes.iter().zip(&paths) {
        let found = journey::walk(&program, path, effort)?;
        print(*size, &found);
        all.push((*size, found));
    }
    let filter = one_list(&program)?;
    println!("{}", line("filter key, 100000 titles in a list", &filter));
    judge(&floor, &all, &filter);
    let binary = std::fs::metadata(&program)?.len();
    import::measure(&program)?;
    let megabytes = f64::from(u32::try_from(binary).unwrap_or(u32::MAX)) / 1e6;
    println!("{}", verdict("binary", megabytes, 12.0, "MB"));
    Ok(())
}

/// What the machine gives at all.
struct Floor {
    start: Answers,
    key: Answers,
    resident: u64,
    shell: Option<Times>,
}

impl Floor {
    fn measure(effort: Effort) -> Result<Self> {
        let file = bare::ready()?;
        let (start, key, resident) = journey::bare(&std::env::current_exe()?, &file, effort)?;
        let mut shell = Times::default();
        for _ in 0..effort.starts {
            let query = "SELECT * FROM row LIMIT 50";
            let Ok(time) = journey::ran(Command::new("sqlite3").arg(&file).arg(query)) else {
                return Ok(Self { start, key, resident, shell: None });
            };
            shell.push(time);
        }
        Ok(Self { start, key, resident, shell: Some(shell) })
    }

    fn print(&self) {
        println!("the bare program{:>26} {:>8} {:>8}", "least", "median", "p99 ms");
        println!("{}", line("T0: start", &self.start));
        println!("{}", line("K0: key", &self.key));
        println!("  resident {:.1} MB", as_mebibytes(self.resident));
        if let Some(shell) = &self.shell {
            println!("  sqlite3 reads 50 rows: {:.2} ms", shell.median());
        }
    }
}

/// Filter keys in a list that has all the titles.
fn one_list(program: &Path) -> Result<Answers> {
    let path = workspace::ready(100_000, Shape::OneList)?;
    let db = path.to_str().ok_or("the path is not UTF-8")?;
    // What an earlier run was left with is not gone on with.
    let words = ["--db", db, "--today", TODAY, "--fresh"];
    let (mut session, _) = Session::start(program, &words, (120, 40))?;
    session.press("2")?;
    let answers = journey::filter(&mut session)?;
    session.quit()?;
    Ok(answers)
}

fn print(size: usize, found: &Found) {
    println!("{size} items{:>34} {:>8} {:>8}", "least", "median", "p99 ms");
    println!("{}", line("start to the first whole frame", &found.start));
    for (name, answers) in &found.keys {
        println!("{}", line(name, answers));
    }
    println!("{}", line("row down at 80×24", &found.small_row));
    println!("{}", line("filter key", &found.filter));
    println!("{}", line("decide, until saved and shown", &found.change));
    let (bytes, cpu) = found.idle;
    println!("  idle: {bytes} B, {:.2} ms of CPU", cpu.as_secs_f64() * 1000.0);
    println!("  resident {:.1} MB", as_mebibytes(found.resident));
    println!("  decision list --json --limit 50: {:.2} ms", found.list.median());
    println!("  decision add: {:.2} ms", found.add.median());
}

/// Holds the largest size against the budgets.
fn judge(floor: &Floor, all: &[(usize, Found)], filter: &Answers) {
    let (Some((least, small)), Some((most, large))) = (all.first(), all.last()) else { return };
    println!("budgets at {most} items");
    let start = large.start.times.median();
    println!("{}", verdict("start, against T0", start / floor.start.times.median(), 5.0, "×"));
    let keys = large.any_key().times;
    println!("{}", verdict("key p99, against K0", keys.p99() / floor.key.times.p99(), 5.0, "×"));
    println!(
        "{}",
        verdict("key median, against K0", keys.median() / floor.key.times.median(), 5.0, "×")
    );
    if least != most {
        let same = small.any_key().times;
        let ratio = start / small.start.times.median();
        println!("{}", verdict(&format!("start, against {least} items"), ratio, 1.2, "×"));
        let ratio = keys.p99() / same.p99();
        println!("{}", verdict(&format!("key p99, against {least} items"), ratio, 1.5, "×"));
        let memory = as_mebibytes(small.resident);
        println!("{}", verdict(&format!("resident at {least} items"), memory, 20.0, "MB"));
    }
    println!("{}", verdict("filter key p99, 100000 titles", filter.times.p99(), 16.0, "ms"));
    println!("{}", verdict("change p99", large.change.times.p99(), 60.0, "ms"));
    let bytes = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    println!("{}", verdict("bytes of a row, 120×40", bytes(large.row_bytes()), 600.0, "B"));
    println!("{}", verdict("bytes of a row, 80×24", bytes(large.small_row.bytes()), 600.0, "B"));
    println!("{}", verdict("idle bytes", bytes(large.idle.0), 0.0, "B"));
    println!("{}", verdict("resident", as_mebibytes(large.resident), 40.0, "MB"));
    let shell = floor.shell.as_ref().map_or(0.0, Times::median);
    println!("{}", verdict("decision list", large.list.median(), 3.0 * shell + 10.0, "ms"));
    println!("{}", verdict("decision add", large.add.median(), 60.0, "ms"));
}

fn as_mebibytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes >> 10).unwrap_or(u32::MAX)) / 1024.0
}
