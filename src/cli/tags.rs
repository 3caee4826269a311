//! The tags that a new item lacks, asked for on a terminal; without one the refusal says what is
//! missing, and nothing was changed.

use crate::domain::change::{Change, Edit};
use crate::domain::field::FieldKind;
use crate::domain::kind::Kind;
use crate::ops::{Error, Op, Result, Workspace};

use super::invocation::{Asking, Invocation};

/// Segments that are named in the question.
const NAMED: usize = 8;

/// The same operation with what was missing, as far as somebody was there to say it.
///
/// # Errors
/// A storage error, or a value that cannot be read.
pub fn asked(call: &mut Invocation<'_>, workspace: &mut Workspace, op: Op) -> Result<Op> {
    let Op::Add(mut drafts) = op else { return Ok(op) };
    let may_ask = drafts.len() == 1 && drafts[0].kind == Kind::Evidence;
    while may_ask && call.asking == Asking::Possible {
        let Err(Error::Refused(refusal)) = workspace.rehearse(&Op::Add(drafts.clone())) else {
            break;
        };
        let Some(name) = refusal.asks else { break };
        let field = drafts[0].kind.noun().field(name);
        let known = if let FieldKind::Choice(slugs) = field.kind {
            slugs.join(", ")
        } else {
            let found = workspace.candidates(field.targets(), "", NAMED)?;
            let names = found.into_iter().map(|named| named.title);
            names.chain(["unknown".to_owned()]).collect::<Vec<_>>().join(", ")
        };
        let Some(typed) = call.ask(&format!("{}? ({known})", field.label)) else { break };
        let input = field.read(&typed, &workspace.calendar())?;
        drafts[0].changes.push(Change { field, edit: Edit::Set(input) });
    }
    Ok(Op::Add(drafts))
}
