//! Runs the command of a source: without a shell, a terminal or the caller's surroundings, in an
//! empty folder of its own, for a limited time and with limited output. What it answers is one
//! finite number, or nothing is recorded.

use std::io::Read;
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, kill_process_group};

use crate::domain::metric::source;
use crate::domain::refusal::Refusal;
use crate::domain::shown::Shown;
use crate::exchange::series::answer::{self, BYTES};

use super::trust::PATH;

pub use crate::exchange::series::answer::Answer;

/// The hidden verb by which the program starts a command in a session of its own.
pub const STARTER: &str = "__source";
/// Bytes of what it says on standard error that are kept.
const SAID: usize = 8 * 1024;
/// Between asking it to end and ending it.
const GRACE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(15);

/// A folder that goes when it is dropped.
struct Private(PathBuf);

impl Drop for Private {
    fn drop(&mut self) {
        // What the command left behind there goes with it.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What runs now, so that whoever leaves can end it.
#[derive(Debug, Clone, Default)]
pub struct Leash(Arc<AtomicI32>);

impl Leash {
    fn hold(&self, child: &Child) {
        self.0.store(i32::try_from(child.id()).unwrap_or(0), Ordering::SeqCst);
    }

    fn let_go(&self) {
        self.0.store(0, Ordering::SeqCst);
    }

    /// Ends what runs, with all that it started.
    pub fn end(&self) {
        if let Some(child) = Pid::from_raw(self.0.swap(0, Ordering::SeqCst)) {
            // It may have ended meanwhile, and may not lead its group yet.
            let _ = kill_process_group(child, Signal::KILL);
            let _ = kill_process(child, Signal::KILL);
        }
    }
}

/// Runs the approved command and reads its answer.
///
/// # Errors
/// A refusal of the class of failed sources, in words.
pub fn run(command: &source::Command, seconds: u64, leash: &Leash) -> Result<Answer, Refusal> {
    let failed = |why: &str| {
        let hint = "run it yourself: it must end well, with one number on standard output";
        Refusal::source(format!("{}: {why}", called(command))).hint(hint)
    };
    let folder = std::env::temp_dir().join(format!("prewire-{}", uuid::Uuid::now_v7().simple()));
    std::fs::DirBuilder::new()
        .mode(0o700)
        .create(&folder)
        .map_err(|error| failed(&error.to_string()))?;
    let folder = Private(folder);
    let own = std::env::current_exe().map_err(|error| failed(&error.to_string()))?;
    let mut call = Command::new(own);
    call.arg(STARTER).arg("--").arg(&command.executable).args(&command.argv[1..]);
    call.env_clear().env("PATH", PATH).current_dir(&folder.0);
    for name in
        ["HOME", "LANG", "TZ"].into_iter().chain(command.variables.iter().map(String::as_str))
    {
        if let Some(value) = std::env::var_os(name) {
            call.env(name, value);
        }
    }
    call.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = call.spawn().map_err(|error| failed(&error.to_string()))?;
    leash.hold(&child);
    let out = child.stdout.take().map(|pipe| collect(pipe, BYTES + 1));
    let said = child.stderr.take().map(|pipe| collect(pipe, SAID));
    let ended = wait(&mut child, Duration::from_secs(seconds), out.as_ref());
    // Whatever it started ends with it.
    end_group(&child, Signal::KILL);
    leash.let_go();
    let patience = Duration::from_millis(300);
    let take = |pipe: Option<Gathered>| pipe.map(|pipe| pipe.whole(patience)).unwrap_or_default();
    let (out, said) = (take(out), take(said));
    match ended {
        Ended::Late => Err(failed(&format!("no answer within {seconds} s, so it was ended"))),
        Ended::Flood => Err(failed("more than 64 KB of output, so it was ended")),
        Ended::Status(status) if status.success() => answer::read(&out).map_err(|refusal| {
            let refusal =
                Refusal { what: format!("{}: {}", called(command), refusal.what), ..refusal };
            refusal.of_source()
        }),
        Ended::Status(status) => {
            let words = String::from_utf8_lossy(&said);
            let last = words.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or("");
            let last = Shown::line(last).truncate(200);
            let code = match (status.code(), status.signal()) {
                (Some(code), _) => format!("it ended with {code}"),
                (None, Some(signal)) => format!("signal {signal} ended it"),
                (None, None) => "it did not end well".to_owned(),
            };
            let said = if last.is_empty() { String::new() } else { format!(": {last}") };
            Err(failed(&format!("{code}{said}")))
        }
        Ended::Lost(why) => Err(failed(&why)),
    }
}

fn called(command: &source::Command) -> String {
    let name = command.executable.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Shown::line(&name).truncate(60).into()
}

enum Ended {
    Status(ExitStatus),
    Late,
    Flood,
    Lost(String),
}

fn wait(child: &mut Child, patience: Duration, out: Option<&Gathered>) -> Ended {
    let until = Instant::now() + patience;
    loop {
        match child.try_wait() {
            // A pipe that nobody reads on ends it as well.
            Ok(Some(_)) if out.is_some_and(Gathered::is_full) => return Ended::Flood,
            Ok(Some(status)) => return Ended::Status(status),
            Ok(None) => {}
            Err(error) => return Ended::Lost(error.to_string()),
        }
        let flood = out.is_some_and(Gathered::is_full);
        if flood || Instant::now() >= until {
            end(child);
            return if flood { Ended::Flood } else { Ended::Late };
        }
        std::thread::sleep(PAUSE);
    }
}

/// Asks the whole group to end, then ends it.
fn end(child: &mut Child) {
    end_group(child, Signal::TERM);
    let until = Instant::now() + GRACE;
    while Instant::now() < until {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return;
        }
        std::thread::sleep(PAUSE);
    }
    end_group(child, Signal::KILL);
    // It cannot refuse; that it is gone is all that counts.
    let _ = child.wait();
}

fn end_group(child: &Child, signal: Signal) {
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let Some(group) = group {
        // A group that has ended already needs nothing.
        let _ = kill_process_group(group, signal);
    }
}

/// What a pipe gives, up to a limit, gathered beside the waiting.
struct Gathered {
    pieces: Receiver<Vec<u8>>,
    full: Arc<AtomicBool>,
}

impl Gathered {
    fn is_full(&self) -> bool {
        self.full.load(Ordering::SeqCst)
    }

    /// What came; a grandchild that keeps the pipe open is not waited for.
    fn whole(self, patience: Duration) -> Vec<u8> {
        let mut all = Vec::new();
        while let Ok(piece) = self.pieces.recv_timeout(patience) {
            all.extend(piece);
        }
        all
    }
}

fn collect(mut pipe: impl Read + Send + 'static, most: usize) -> Gathered {
    let (sender, pieces) = channel();
    let full = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&full);
    std::thread::spawn(move || {
        let (mut taken, mut buffer) = (0, vec![0; 8 * 1024]);
        while let Ok(count) = pipe.read(&mut buffer) {
            if count == 0 {
                return;
            }
            let keep = count.min(most - taken);
            taken += keep;
            if keep > 0 && sender.send(buffer[..keep].to_vec()).is_err() {
                return;
            }
            if taken == most {
                flag.store(true, Ordering::SeqCst);
                return;
            }
        }
    });
    Gathered { pieces, full }
}
