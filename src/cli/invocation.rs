//! One call of the program: what it was told, the configuration, and the way to the workspace.

use std::io::{IsTerminal, stdin, stdout};
use std::path::PathBuf;

use chrono::{DateTime, Local, NaiveDateTime, Utc};
use clap::ArgMatches;

use crate::config::{self, Config, Mistaken, Paths, variable};
use crate::domain::refusal::Refusal;
use crate::ops::{Clock, Error, Result, Settings, Workspace};
use crate::store::{self, Access, Places};
use crate::tui::configured::{self, Fallback};

use super::folder;
pub use super::meant::meant;
use super::output::Output;
use super::root;

/// Who named a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Flag,
    Environment,
    File,
    Default,
}

impl Origin {
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Environment => "environment",
            Self::File => "file",
            Self::Default => "default",
        }
    }
}

/// Whether somebody can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// A person sits at the terminal.
    Possible,
    /// Nobody does; what comes on standard input may be read.
    Nobody,
    /// `--no-input`: nothing is asked, and nothing read.
    Forbidden,
}

/// How the screen is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Drawn,
    /// Told in lines, to a screen reader or a terminal that cannot be drawn on.
    Lines,
}

/// One call of the program.
pub struct Invocation<'a> {
    pub output: &'a mut Output,
    pub clock: Clock,
    pub read_only: bool,
    pub dry_run: bool,
    pub asking: Asking,
    pub look: Look,
    paths: Option<Paths>,
    config: std::result::Result<Config, Mistaken>,
    db: Option<PathBuf>,
    /// What is wrong with the configuration, when another holds in its place.
    pub fallback: Option<Fallback>,
    /// Whether it was said that something in the file is not ours.
    warned: std::cell::Cell<bool>,
}

impl<'a> Invocation<'a> {
    /// Reads the flags that every command has.
    ///
    /// # Errors
    /// When `--today` is no day.
    pub fn read(leaf: &ArgMatches, output: &'a mut Output) -> Result<Self> {
        let clock = match root::flag(leaf, "today") {
            Some(text) => Clock::read(&text)?,
            None => Clock::real(),
        };
        let paths = Paths::find();
        let config = match &paths {
            Some(paths) => configured::load(paths.config.clone()),
            None => Ok(Config::defaults(PathBuf::new())),
        };
        Ok(Self {
            output,
            clock,
            read_only: leaf.get_flag("readonly"),
            dry_run: root::is_dry(leaf),
            look: if leaf.get_flag("a11y") || (is_interactive() && is_dumb()) {
                Look::Lines
            } else {
                Look::Drawn
            },
            asking: match (leaf.get_flag("no-input"), on_terminal()) {
                (true, _) => Asking::Forbidden,
                (false, true) => Asking::Possible,
                (false, false) => Asking::Nobody,
            },
            paths,
            config,
            db: root::flag(leaf, "db").map(PathBuf::from),
            fallback: None,
            warned: std::cell::Cell::new(false),
        })
    }

    /// The configuration.
    ///
    /// # Errors
    /// All the mistakes in the file.
    pub fn config(&self) -> Result<&Config> {
        self.config.as_ref().map_err(|mistaken| Refusal::from(mistaken.clone()).into())
    }

    /// A wrong configuration gives way to the one that was right last; one that is right is kept.
    pub fn forgive(&mut self) {
        let Some(paths) = self.paths.as_ref() else { return };
        match &self.config {
            Ok(config) => {
                if !self.read_only
                    && let Ok(Some(text)) = config::text_of(&config.path)
                {
                    config::keep(&paths.state, &text);
                }
            }
            Err(mistaken) => {
                let (config, fallback) = configured::last_good(mistaken.clone(), &paths.state);
                self.config = Ok(config);
                self.fallback = Some(fallback);
            }
        }
    }

    /// What the screen is started with.
    ///
    /// # Errors
    /// All the mistakes in the configuration.
    pub fn session(&self) -> Result<crate::tui::Session> {
        Ok(crate::tui::Session {
            demo: false,
            read_only: self.read_only,
            created: None,
            config: self.config()?.clone(),
            is_coloured: self.output.is_coloured(),
            state: self.places().state,
            fallback: self.fallback.clone(),
            fresh: false,
            view: None,
        })
    }

    /// Where the configuration lies.
    ///
    /// # Errors
    /// When no home directory is known.
    pub fn config_path(&self) -> Result<PathBuf> {
        Ok(self.known_paths()?.config.clone())
    }

    fn known_paths(&self) -> Result<&Paths> {
        self.paths.as_ref().ok_or_else(|| {
            Refusal::usage("there is no home directory to keep a workspace in")
                .hint("name a file with --db, or set HOME")
                .into()
        })
    }

    /// The file of the workspace, and who named it: flag over environment over file over default.
    ///
    /// # Errors
    /// When the configuration is wrong, or no home directory is known.
    pub fn place(&self) -> Result<(PathBuf, Origin)> {
        if let Some(path) = &self.db {
            if path.as_os_str().is_empty() {
                return Err(Refusal::usage("--db names no file").into());
            }
            return Ok((path.clone(), Origin::Flag));
        }
        if let Some(path) = variable("PREWIRE_DB") {
            return Ok((PathBuf::from(path), Origin::Environment));
        }
        if let Some(path) = &self.config()?.workspace {
            return Ok((path.clone(), Origin::File));
        }
        Ok((self.known_paths()?.workspace.clone(), Origin::Default))
    }

    /// What operations need to know of the configuration.
    ///
    /// # Errors
    /// When the configuration is wrong.
    pub fn settings(&self) -> Result<Settings> {
        let config = self.config()?;
        Ok(Settings {
            me: config.me.clone(),
            fiscal_start_month: config.fiscal_year_start,
            zone: config.zone.unwrap_or_else(crate::ops::clock::Clock::machine_zone),
            addresses: config.addresses.clone(),
            read_only: self.read_only,
            own: self.own(),
            ..Settings::default()
        })
    }

    /// Where the user's own templates lie: beside the configuration.
    #[must_use]
    pub fn own(&self) -> Option<PathBuf> {
        let config = &self.paths.as_ref()?.config;
        config.parent().map(std::path::Path::to_owned)
    }

    #[must_use]
    pub fn places(&self) -> Places {
        Places { state: self.paths.as_ref().map(|paths| paths.state.clone()) }
    }

    /// Whether the workspace can be shown: there is a terminal, or it is told in lines.
    #[must_use]
    pub fn can_show(&self) -> bool {
        (on_terminal() || self.look == Look::Lines) && self.output.is_human()
    }

    /// Opens the workspace to read it; what another program did to it shows already.
    ///
    /// # Errors
    /// `Absent` when there is none, and what opening refuses.
    pub fn workspace(&self) -> Result<Workspace> {
        let mut workspace = self.as_it_is()?;
        // What cannot be foreseen shows after the next change.
        drop(workspace.foresee());
        Ok(workspace)
    }

    /// Opens the file itself to read it, whatever another program did to it.
    ///
    /// # Errors
    /// As `workspace`.
    pub fn as_it_is(&self) -> Result<Workspace> {
        self.open(Access::Read)
    }

    /// Opens an existing workspace to change it.
    ///
    /// # Errors
    /// `Absent` when there is none, `ReadOnly` with `--readonly`, and what opening refuses.
    pub fn to_change(&self) -> Result<Workspace> {
        if self.read_only {
            return Err(store::Error::ReadOnly.into());
        }
        self.open(Access::Write)
    }

    /// Opens an existing workspace for a command that changes it, whether it is meant or only a
    /// dry run, which may also be done on a workspace that must not change.
    ///
    /// # Errors
    /// As `to_change`.
    pub fn to_change_or_look(&self) -> Result<Workspace> {
        if self.dry_run { self.workspace() } else { self.to_change() }
    }

    /// What was opened, or the workspace made now. Errors as `create`.
    pub fn begun(&mut self, opened: Result<Workspace>) -> Result<Workspace> {
        if !is_absent(&opened) {
            return opened;
        }
        if self.dry_run { self.nowhere() } else { self.create() }
    }

    fn open(&self, access: Access) -> Result<Workspace> {
        let (path, _) = self.place()?;
        let workspace =
            Workspace::open(&path, access, self.places(), self.clock, self.settings()?)?;
        if access == Access::Read
            && let Some(words) = workspace.strangers()
            && !self.warned.replace(true)
        {
            Output::aside(&words);
        }
        Ok(workspace)
    }

    /// Makes the workspace where there is none yet, and says so.
    ///
    /// # Errors
    /// What making it refuses.
    pub fn create(&mut self) -> Result<Workspace> {
        let made = self.create_unsaid();
        if already_there(&made) {
            return self.to_change();
        }
        let workspace = made?;
        self.say_made(&workspace);
        Ok(workspace)
    }

    /// Makes the workspace; whoever asks says so when something came of it.
    ///
    /// # Errors
    /// What making it refuses.
    pub fn create_unsaid(&mut self) -> Result<Workspace> {
        if self.read_only {
            return Err(store::Error::ReadOnly.into());
        }
        let (path, origin) = self.place()?;
        if origin != Origin::Default {
            folder::refuse_lost(&path)?;
        }
        Workspace::create(&path, self.places(), self.clock, self.settings()?)
    }

    /// Says that the workspace was made.
    pub fn say_made(&mut self, workspace: &Workspace) {
        let path = workspace.store().path().display();
        self.output.say(&format!("made a new workspace at {path}"));
    }

    /// A workspace that holds nothing and is nowhere, to rehearse what would be the first change.
    ///
    /// # Errors
    /// A storage error.
    pub fn nowhere(&self) -> Result<Workspace> {
        Workspace::in_memory(self.clock, self.settings()?)
    }

    /// Asks the person one line; `None` where nobody can be asked or nothing was answered.
    pub fn ask(&mut self, question: &str) -> Option<String> {
        if self.asking != Asking::Possible {
            return None;
        }
        self.output.ask(&format!("{question}:"));
        let mut line = String::new();
        stdin().read_line(&mut line).ok()?;
        Some(line.trim().to_owned()).filter(|line| !line.is_empty())
    }

    /// An instant on the wall clock. A fixed moment is kept as if it were UTC.
    #[must_use]
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        if self.clock.is_fixed() { at.naive_utc() } else { at.with_timezone(&Local).naive_local() }
    }
}

/// Whether there is no workspace yet.
#[must_use]
pub fn is_absent<T>(opened: &Result<T>) -> bool {
    matches!(opened, Err(Error::Store(store::Error::Absent(_))))
}

/// Another process was quicker to make it.
fn already_there<T>(made: &Result<T>) -> bool {
    matches!(made, Err(Error::Store(store::Error::File { source, .. }))
        if source.kind() == std::io::ErrorKind::AlreadyExists)
}

/// Whether both ends of the call are a terminal that can be drawn on.
#[must_use]
pub fn on_terminal() -> bool {
    is_interactive() && !is_dumb()
}

fn is_interactive() -> bool {
    stdin().is_terminal() && stdout().is_terminal()
}

fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}
