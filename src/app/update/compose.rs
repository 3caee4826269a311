//! Forms over what an item consists of: opening them, and what is told of somebody before they are
//! spoken to.

use crate::domain::item::{Item, ItemId};
use crate::domain::part::{Part, PartKind};
use crate::store::NameTable;

use super::super::effect::{Effect, Load};
use super::super::form::{Form, Scope};
use super::super::model::{Begin, Model, Tone};
use super::super::popup::Popup;
use super::{close, open};

/// Asks for a part of an item in a form; `None` for a new one.
pub fn part(item: ItemId, kind: PartKind) -> Vec<Effect> {
    vec![Effect::Load(Load::Form(item, Scope::Part { kind, id: None }))]
}

/// Opens the form that was asked for.
pub fn arrived(
    model: &mut Model,
    scope: Scope,
    item: &Item,
    parts: Vec<Part>,
    names: &NameTable,
) -> Vec<Effect> {
    let mut form = Form::compose(scope, item, parts, names).restored(model);
    if let Some(begin) = model.begin.take() {
        form.begin(begin.fill, begin.focus, &model.calendar);
    }
    let mut effects: Vec<Effect> = asks_about(model, &mut form).into_iter().collect();
    open(model, Popup::Form(form));
    effects.push(Effect::Load(Load::Vocabulary));
    effects
}

/// Whoever has been asked already is not asked anew: the form becomes that of what there is.
pub fn same_person(model: &mut Model, form: &Form) -> Option<Vec<Effect>> {
    let (id, item) = (form.same_person()?, form.base.as_ref()?.id);
    close(model);
    model.begin = Some(Begin { fill: None, focus: "planned_on" });
    model.say("there is a pre-wire of them already; this is it", Tone::Plain);
    let scope = Scope::Part { kind: PartKind::Prewire, id: Some(id) };
    Some(vec![Effect::Load(Load::Form(item, scope))])
}

/// The question about whoever the form names now.
pub fn asks_about(model: &mut Model, form: &mut Form) -> Option<Effect> {
    let name = form.asks_about()?;
    form.about.clear();
    form.about_serial = model.next_serial();
    Some(Effect::Load(Load::Standing { name, serial: form.about_serial }))
}

/// What is known of them.
pub fn told(model: &mut Model, lines: Vec<String>, serial: u64) {
    if let Some(Popup::Form(form)) = model.popups.last_mut()
        && form.about_serial == serial
    {
        form.about = lines;
    }
}
