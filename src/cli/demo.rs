//! `demo`: a realistic quarter, opened and thrown away, or written to a file that is kept.

use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, ValueHint};

use crate::domain::refusal::Refusal;
use crate::ops::demo::ME;
use crate::ops::{Result, Settings, Workspace};
use crate::store::Places;
use crate::store::error::DoingFile;
use crate::tui;

use super::families::Family;
use super::invocation::Invocation;
use super::today;

pub const FAMILY: Family = Family {
    name: "demo",
    command: || {
        let keep = Arg::new("keep")
            .long("keep")
            .value_name("FILE")
            .value_hint(ValueHint::FilePath)
            .help("Write it to this new file instead of opening it");
        Command::new("demo")
            .about("A throw-away workspace of a realistic quarter, opened; or kept in a file")
            .before_help("Examples:\n  prewire demo\n  prewire demo --keep quarter.db")
            .arg(keep)
    },
    run,
};

/// A directory that goes when it is dropped.
struct Throwaway(PathBuf);

impl Throwaway {
    fn make() -> Result<Self> {
        let name = format!("prewire-demo-{}", uuid::Uuid::now_v7().simple());
        let path = std::env::temp_dir().join(name);
        std::fs::DirBuilder::new().mode(0o700).create(&path).doing("making", &path)?;
        Ok(Self(path))
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What cannot be removed lies in a temporary directory, with invented names in it.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run(call: &mut Invocation<'_>, matches: &ArgMatches) -> Result<()> {
    let on_screen = call.can_show() && !matches.contains_id("keep");
    if !on_screen {
        super::warn(call);
    }
    let settings = Settings { me: Some(ME.to_owned()), read_only: false, ..call.settings()? };
    if let Some(path) = matches.get_one::<String>("keep") {
        return keep(call, Path::new(path), settings);
    }
    if !on_screen {
        let mut workspace = Workspace::in_memory(call.clock, settings)?;
        workspace.begin_with_demo()?;
        return today::print(call.output, &workspace);
    }
    let place = Throwaway::make()?;
    let path = place.0.join("demo.db");
    let mut workspace = Workspace::create(&path, Places::default(), call.clock, settings)?;
    workspace.begin_with_demo()?;
    let session = tui::Session {
        demo: true,
        read_only: false,
        created: None,
        fresh: true,
        ..call.session()?
    };
    today::open(call, workspace, &session)
}

fn keep(call: &mut Invocation<'_>, path: &Path, settings: Settings) -> Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(Refusal::input(format!("{} is there already", path.display()))
            .hint("nothing was changed; name a file that does not exist yet")
            .into());
    }
    super::folder::refuse_lost(path)?;
    let mut workspace = Workspace::create(path, call.places(), call.clock, settings)?;
    workspace.begin_with_demo()?;
    let path = workspace.store().path().to_owned();
    call.output.line(&path.display().to_string())?;
    call.output.say(&format!("open it: prewire --db {}", path.display()));
    Ok(())
}
