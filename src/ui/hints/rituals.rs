//! The keys of a ritual, by what its section asks.

use crate::app::ritual::{Rite, is_held};
use crate::domain::ritual::Asks;

pub(super) fn hints(rite: &Rite) -> &'static [(&'static str, &'static str)] {
    if rite.minutes.is_some() {
        return &[("y", "copies it"), ("enter", "closes"), ("j k", "scroll"), ("u", "undo")];
    }
    if rite.asks() == Some(Asks::Verdicts) {
        return &[
            ("?", "what each does"),
            ("esc", "leaves; it goes on"),
            ("u", "undo"),
            ("tab", "skips the rest"),
            ("j k", "next, previous"),
            ("+", "capture"),
        ];
    }
    if rite.presented.is_some() {
        return &[
            ("enter", "goes on"),
            ("h", "back"),
            ("+", "takes a decision down"),
            ("esc", "ends it"),
            ("j k", "scroll"),
            ("u", "undo"),
        ];
    }
    if rite.section().is_some_and(is_held) {
        return &[
            ("enter", "explains"),
            ("w", "waives"),
            ("esc", "leaves; it goes on"),
            ("u", "undo"),
            ("j k", "move"),
            ("?", "what each does"),
        ];
    }
    if rite.sitting.kind.is_presented() {
        return &[
            ("tab", "skips this"),
            ("z", "presents"),
            ("esc", "leaves; it goes on"),
            ("u", "undo"),
            ("shift-tab", "back"),
            ("j k", "move"),
            ("?", "what each does"),
        ];
    }
    &[
        ("tab", "skips this"),
        ("esc", "leaves; it goes on"),
        ("u", "undo"),
        ("shift-tab", "back"),
        ("j k", "move"),
        ("?", "what each does"),
    ]
}
