//! What is said where the workspace refuses: why, or the question that settles it.

use super::TAGS;
use crate::app::effect::{Answer, Effect, Failure, Load, Msg};
use crate::app::importing::Ask;
use crate::domain::kind::Kind;
use crate::domain::refusal::Class;
use crate::ops::timer::Ending;
use crate::ops::{Error, Op, Workspace};
use crate::store::Store;

/// What is said of a refusal: a question where it is one, else why.
pub(super) fn refused(workspace: &mut Workspace, effect: &Effect, error: &Error) -> Msg {
    match which(workspace, effect, error) {
        Some(answer) => Msg::answer(answer),
        None => Msg::Failed(failure(error, effect)),
    }
}

/// A refusal that asks which outcome to drop becomes that question, and so does a conflict.
fn which(workspace: &mut Workspace, effect: &Effect, error: &Error) -> Option<Answer> {
    if let (Effect::Run(Op::Save { base, .. } | Op::Compose { base, .. }), Error::Refused(refusal)) =
        (effect, error)
        && refusal.class == Class::Conflict
    {
        let item = workspace.store().item(base.id).ok()??;
        let (parts, names) = workspace.parts_and_names(&item).ok()?;
        return Some(Answer::Conflict { item, parts, names });
    }
    // Whoever comes to those rows asks for them, and is told then.
    if let Effect::Load(Load::More { place, serial, .. }) = effect {
        return Some(Answer::More { place: *place, page: None, serial: *serial });
    }
    if let (Effect::Load(Load::ImportPlan(request)), Error::Refused(refusal)) = (effect, error)
        && let Some(ask) = Ask::of(refusal)
    {
        return Some(Answer::ImportAsked { request: request.clone(), ask });
    }
    if let (Effect::Run(Op::StopTimer { ending: Ending::Believed, .. }), Error::Refused(_)) =
        (effect, error)
    {
        return workspace.doubted_timer().ok()?.map(Answer::TimerDoubted);
    }
    let (Effect::Run(Op::Add(drafts)), Error::Refused(refusal)) = (effect, error) else {
        return None;
    };
    let [draft] = drafts.as_slice() else { return None };
    if let Some(name) = refusal.asks {
        let field = draft.kind.noun().field(name);
        let known = workspace.candidates(field.targets(), "", TAGS).ok()?;
        return Some(Answer::TagWhich { draft: Box::new(draft.clone()), field, known });
    }
    if refusal.choices.is_empty() {
        return None;
    }
    let named = |text: &String| workspace.meant(text, &[Kind::Outcome]).ok();
    let outcomes = refusal.choices.iter().filter_map(named).collect();
    Some(Answer::DropWhich { draft: Box::new(draft.clone()), outcomes })
}

fn failure(error: &Error, effect: &Effect) -> Failure {
    let lasting = matches!(effect, Effect::Run(_)) && error.exit_code() >= 10;
    let of_change = matches!(effect, Effect::Run(_) | Effect::Import(_));
    Failure { what: error.what(), hint: error.hint(), lasting, of_change }
}

/// Of a file that is not where it was.
pub(super) fn replaced(store: &Store) -> &'static str {
    if store.path().exists() {
        "another file lies under this workspace's name now; quit and open it anew"
    } else {
        "the workspace's file was moved away or deleted; what is typed now cannot be saved"
    }
}
