//! Which part stands before which, and which option is recommended.

use super::Work;
use crate::domain::part::{PartKind, letter};
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;
use crate::ops::error::Result;
use crate::ops::op::Way;

impl Work<'_> {
    /// What two parts say changes places, so that each place keeps its letter; what is recommended
    /// stays recommended.
    pub(super) fn shift(&mut self, kind: PartKind, key: &str, way: Way) -> Result<()> {
        self.allowed(kind)?;
        let at = self.named(kind, key)?;
        let mut order: Vec<usize> =
            (0..self.parts.len()).filter(|at| self.parts[*at].kind == kind).collect();
        order.sort_by_key(|at| self.parts[*at].position);
        let place = order.iter().position(|other| *other == at).unwrap_or(0);
        let beside = match way {
            Way::Up => place.checked_sub(1),
            Way::Down => Some(place + 1),
        };
        let Some(other) = beside.and_then(|place| order.get(place).copied()) else {
            let end = if way == Way::Up { "first" } else { "last" };
            return Err(Refusal::input(format!("{} is the {end}", self.called(at)?)).into());
        };
        self.may_change(at)?;
        self.may_change(other)?;
        self.said.push(format!(
            "moved {} {}",
            self.called(at)?,
            if way == Way::Up { "up" } else { "down" }
        ));
        let (own, others) = (self.parts[at].clone(), self.parts[other].clone());
        for (field, value) in others.entries() {
            self.parts[at].set(field.name, value.clone());
        }
        for (field, value) in own.entries() {
            self.parts[other].set(field.name, value.clone());
        }
        let letters = [letter(own.position).to_string(), letter(others.position).to_string()];
        if kind == PartKind::Option {
            for names in ["recommendation", "default_option"] {
                let named = self.item.text(names).to_owned();
                if let Some(place) = letters.iter().position(|letter| *letter == named) {
                    self.item.set(names, Value::Text(letters[1 - place].clone()));
                }
            }
        }
        self.last = Some(other);
        Ok(())
    }

    /// An option that goes is neither recommended nor taken by default.
    pub(super) fn forget(&mut self, own: &str) {
        for names in ["recommendation", "default_option"] {
            if self.item.text(names) == own {
                self.item.set(names, Value::Nothing);
            }
        }
    }

    pub(super) fn recommend(&mut self, key: Option<&str>) -> Result<()> {
        self.allowed(PartKind::Option)?;
        let at = match (key, self.last) {
            (Some(key), _) => self.named(PartKind::Option, key)?,
            (None, Some(at)) => at,
            (None, None) => return Err(Refusal::input("which option is recommended?").into()),
        };
        let own = letter(self.parts[at].position).to_string();
        if self.item.text("recommendation") != own {
            self.said.push(format!("{} recommended", self.called(at)?));
        }
        self.item.set("recommendation", Value::Text(own));
        Ok(())
    }
}
