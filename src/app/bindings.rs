//! From keys to actions: one map, built from the table, that also answers what may follow a prefix.

use std::collections::BTreeMap;

use super::action::{ACTIONS, About, Action};
use super::keys::{Key, chord_words};

/// What a sequence of keys means so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Action(Action),
    /// The beginning of a chord.
    Prefix,
    Nothing,
}

/// The keys in force.
#[derive(Debug, Clone)]
pub struct Bindings {
    chords: BTreeMap<Vec<Key>, Action>,
}

impl Default for Bindings {
    fn default() -> Self {
        let mut chords = BTreeMap::new();
        for about in ACTIONS {
            for keys in about.keys {
                if let Some(chord) = Key::read_chord(keys) {
                    chords.insert(chord, about.action);
                }
            }
        }
        Self { chords }
    }
}

impl Bindings {
    /// What these keys mean.
    #[must_use]
    pub fn find(&self, pressed: &[Key]) -> Found {
        if let Some(action) = self.chords.get(pressed) {
            return Found::Action(*action);
        }
        if self.continuations(pressed).next().is_some() { Found::Prefix } else { Found::Nothing }
    }

    /// What may follow a prefix, for the hint popup.
    pub fn continuations<'a>(
        &'a self,
        prefix: &'a [Key],
    ) -> impl Iterator<Item = (Key, &'static About)> + 'a {
        self.chords
            .range(prefix.to_vec()..)
            .take_while(move |(chord, _)| chord.starts_with(prefix))
            .filter(move |(chord, _)| chord.len() > prefix.len())
            .map(move |(chord, action)| (chord[prefix.len()], action.about()))
    }

    /// The chord that hints show for an action, as written.
    #[must_use]
    pub fn shown(&self, action: Action) -> Option<String> {
        let about = action.about();
        let first = about
            .keys
            .iter()
            .filter_map(|keys| Key::read_chord(keys))
            .find(|chord| self.chords.get(chord) == Some(&action));
        first.map(|chord| chord_words(&chord))
    }

    /// All chords of an action, as written.
    #[must_use]
    pub fn all(&self, action: Action) -> Vec<String> {
        let about = action.about();
        about
            .keys
            .iter()
            .filter_map(|keys| Key::read_chord(keys))
            .map(|chord| chord_words(&chord))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_in_the_table_is_read_and_no_chord_has_two_meanings() {
        let mut seen: BTreeMap<Vec<Key>, Action> = BTreeMap::new();
        for about in ACTIONS {
            for keys in about.keys {
                let chord = Key::read_chord(keys).unwrap_or_else(|| panic!("{keys}"));
                if let Some(other) = seen.insert(chord.clone(), about.action) {
                    panic!("{keys} means {other:?} and {:?}", about.action);
                }
            }
        }
        for chord in seen.keys() {
            for shorter in 1..chord.len() {
                assert!(
                    !seen.contains_key(&chord[..shorter]),
                    "{} hides a chord",
                    chord_words(chord)
                );
            }
        }
    }

    #[test]
    fn h_j_k_l_are_never_anything_but_motion() {
        let bindings = Bindings::default();
        for (letter, action) in
            [('h', Action::Left), ('j', Action::Down), ('k', Action::Up), ('l', Action::Right)]
        {
            assert_eq!(bindings.find(&[Key::char(letter)]), Found::Action(action));
        }
    }
}
