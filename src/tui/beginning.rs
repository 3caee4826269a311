//! The model as a session begins: what the last one left, the view that was asked for, the keys and
//! settings in force, what is wrong with the configuration, and whether first steps are offered.

use std::path::{Path, PathBuf};

use super::configured::{self, Fallback};
use super::{memory, preferences};
use crate::app::action::Action;
use crate::app::effect::Msg;
use crate::app::model::{About, Model, Tone};
use crate::app::{update, views};
use crate::config::Config;
use crate::ops::{Result, View, Workspace};

/// What the program was started with.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, Clone)]
pub struct Session {
    pub demo: bool,
    pub read_only: bool,
    /// The workspace that was made just now.
    pub created: Option<PathBuf>,
    pub config: Config,
    /// Whether to begin as if there had been no session before.
    pub fresh: bool,
    /// The saved view to open with.
    pub view: Option<View>,
    /// What is wrong with the file of the configuration, when `config` is an earlier one.
    pub fallback: Option<Fallback>,
    /// Whether colours may be used, after flags and environment.
    pub is_coloured: bool,
    /// Where what is remembered between sessions lies.
    pub state: Option<PathBuf>,
}

/// Says on this machine that the first steps were taken or skipped.
const TOURED: &str = "toured";

impl Session {
    /// Whether somebody may need the first steps: not in a demo, not where nothing can be changed,
    /// and once on a machine.
    #[must_use]
    pub fn offers_tour(&self, state: Option<&Path>) -> bool {
        let is_new = state.is_some_and(|state| !state.join(TOURED).exists());
        is_new && !self.demo && !self.read_only
    }
}

pub fn end_tour(state: Option<&Path>) {
    let Some(state) = state else { return };
    // Where it cannot be remembered, the first steps are offered again; that harms nobody.
    let _ = crate::store::place::make_own_dir(state)
        .and_then(|()| crate::store::place::make_private_file(&state.join(TOURED)));
}

/// The model as the session before left it, or as the view shows it that was asked for.
pub fn model(workspace: &Workspace, session: &Session) -> Result<Model> {
    let path = workspace.store().path();
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let strangers = workspace.strangers();
    let read_only = session.read_only || strangers.is_some();
    let about = About { name, demo: session.demo, read_only };
    let mut model = Model::new(about, workspace.calendar(), (80, 24));
    model.views = workspace.views()?;
    model.expects_glances = workspace.has_glances()?;
    if !session.fresh && !session.demo {
        let before = memory::file(workspace).and_then(|file| memory::recall(&file));
        before.unwrap_or_default().restore(&mut model);
    }
    let starting = model.views.iter().find(|view| view.starts).cloned();
    if let Some(view) = session.view.clone().or(starting) {
        views::open(&mut model, &view);
    }
    let fiscal = model.calendar.fiscal_start_month;
    let settings = match session.fallback {
        None => preferences::settings(&session.config.path, fiscal),
        Some(_) => preferences::in_force(&session.config, fiscal),
    };
    update::update(&mut model, Msg::Configured(settings));
    model.now = Some(workspace.clock().local().time());
    // What was read was checked then; the keys of the table serve whoever calls without.
    model.bindings = configured::bindings(&session.config).unwrap_or_default();
    if let Some(fallback) = &session.fallback {
        tell(&mut model, fallback);
    }
    if strangers.is_some() {
        update::update(&mut model, Msg::Banner(strangers));
    }
    Ok(model)
}

/// A wrong configuration: what holds instead, for as long as it is so, and every mistake.
fn tell(model: &mut Model, fallback: &Fallback) {
    for line in fallback.mistaken.lines() {
        model.say(line, Tone::Failed);
    }
    let way = model.keys().way(Action::Messages);
    model.toast = None;
    model.misconfigured = Some(format!("{} · {way} lists them", fallback.words()));
}
