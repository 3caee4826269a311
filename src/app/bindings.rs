//! From keys to actions: one map for everywhere and one for each place that has keys of its own,
//! built from the table, the preset and the user's keys. It also answers what may follow a prefix.

use std::collections::BTreeMap;

use super::action::{ACTIONS, About, Action};
use super::keys::{Key, chord_words};
use super::place::Place;
use super::preset::Preset;

/// What a sequence of keys means so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Action(Action),
    /// The beginning of a chord.
    Prefix,
    Nothing,
}

/// Who gave an action its key; hints show the key of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Giver {
    /// The user, for one place.
    Place,
    /// The user, for everywhere.
    User,
    Preset,
    Table,
}

/// What a chord means, and how early it is shown among the chords of its action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Meaning {
    action: Action,
    rank: (Giver, usize),
}

/// The keys in force at one place.
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    chords: BTreeMap<Vec<Key>, Meaning>,
}

/// The keys in force.
#[derive(Debug, Clone)]
pub struct Bindings {
    everywhere: Keymap,
    places: BTreeMap<Place, Keymap>,
}

impl Default for Bindings {
    fn default() -> Self {
        Self::new(Preset::Vim)
    }
}

/// What a key means at one place alone, where its meaning everywhere has none.
const OF_PLACES: [(Place, &str, Action); 1] = [(Place::History, "t", Action::TakeBack)];

impl Bindings {
    /// The keys of a preset.
    #[must_use]
    pub fn new(preset: Preset) -> Self {
        let mut everywhere = Keymap::default();
        for about in ACTIONS {
            everywhere.give_all(about.keys.iter().map(|keys| (*keys, about.action)), Giver::Table);
        }
        everywhere.give_all(preset.keys().iter().copied(), Giver::Preset);
        let mut bindings = Self { everywhere, places: BTreeMap::new() };
        bindings.inherit();
        bindings
    }

    /// Gives each place that has keys of its own in the table those of everywhere and its own.
    pub(super) fn inherit(&mut self) {
        for (place, keys, action) in OF_PLACES {
            let mut own = self.everywhere.clone();
            own.give_all([(keys, action)].into_iter(), Giver::Table);
            self.places.insert(place, own);
        }
    }

    /// The keys at a place.
    #[must_use]
    pub fn at(&self, place: Place) -> &Keymap {
        self.places.get(&place).unwrap_or(&self.everywhere)
    }

    /// The keys where no place has its own.
    #[must_use]
    pub fn everywhere(&self) -> &Keymap {
        &self.everywhere
    }

    pub(super) fn everywhere_mut(&mut self) -> &mut Keymap {
        &mut self.everywhere
    }

    /// The keys of one place, to be changed: at first those of everywhere.
    pub(super) fn own(&mut self, place: Place) -> &mut Keymap {
        self.places.entry(place).or_insert_with(|| self.everywhere.clone())
    }
}

impl Keymap {
    fn give_all<'a>(&mut self, keys: impl Iterator<Item = (&'a str, Action)>, giver: Giver) {
        for (keys, action) in keys {
            if let Some(chord) = Key::read_chord(keys) {
                self.give(chord, action, giver);
            }
        }
    }

    /// A chord means this from now on.
    pub(super) fn give(&mut self, chord: Vec<Key>, action: Action, giver: Giver) {
        let rank = (giver, self.chords.len());
        self.chords.insert(chord, Meaning { action, rank });
    }

    /// A chord, and all that begin with it, mean nothing any more; whether one did.
    pub(super) fn take(&mut self, chord: &[Key]) -> bool {
        let before = self.chords.len();
        self.chords.retain(|other, _| !other.starts_with(chord));
        self.chords.len() < before
    }

    /// Chords that cannot stand beside this one: those that it begins, and those that begin it.
    pub(super) fn against<'a>(&'a self, chord: &'a [Key]) -> impl Iterator<Item = &'a [Key]> {
        let begins = |one: &[Key], other: &[Key]| one.len() < other.len() && other.starts_with(one);
        let all = self.chords.keys().map(Vec::as_slice);
        all.filter(move |other| begins(chord, other) || begins(other, chord))
    }

    /// What exactly these keys mean.
    #[must_use]
    pub fn action(&self, chord: &[Key]) -> Option<Action> {
        self.chords.get(chord).map(|meaning| meaning.action)
    }

    /// What these keys mean.
    #[must_use]
    pub fn find(&self, pressed: &[Key]) -> Found {
        if let Some(action) = self.action(pressed) {
            return Found::Action(action);
        }
        if self.continuations(pressed).next().is_some() { Found::Prefix } else { Found::Nothing }
    }

    /// What may follow a prefix, for the hint popup.
    pub fn continuations<'a>(
        &'a self,
        prefix: &'a [Key],
    ) -> impl Iterator<Item = (&'a [Key], &'static About)> + 'a {
        self.chords
            .range(prefix.to_vec()..)
            .take_while(move |(chord, _)| chord.starts_with(prefix))
            .filter(move |(chord, _)| chord.len() > prefix.len())
            .map(move |(chord, meaning)| (&chord[prefix.len()..], meaning.action.about()))
    }

    /// The chord that hints show for an action, as written.
    #[must_use]
    pub fn shown(&self, action: Action) -> Option<String> {
        let mine = self.chords.iter().filter(|(_, meaning)| meaning.action == action);
        let first = mine.min_by_key(|(_, meaning)| meaning.rank);
        first.map(|(chord, _)| chord_words(chord))
    }

    /// How an action is reached, for a sentence: its chord, or its name in the palette.
    #[must_use]
    pub fn way(&self, action: Action) -> String {
        let named = || {
            let palette = self.shown(Action::Palette).unwrap_or_default();
            format!("{palette} {}", action.about().name)
        };
        self.shown(action).unwrap_or_else(named)
    }

    /// All chords of an action, as written.
    #[must_use]
    pub fn all(&self, action: Action) -> Vec<String> {
        let mut mine: Vec<_> =
            self.chords.iter().filter(|(_, meaning)| meaning.action == action).collect();
        mine.sort_by_key(|(_, meaning)| meaning.rank);
        mine.into_iter().map(|(chord, _)| chord_words(chord)).collect()
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
        for preset in [Preset::Vim, Preset::Plain] {
            let bindings = Bindings::new(preset);
            for chord in bindings.everywhere.chords.keys() {
                let against: Vec<_> = bindings.everywhere.against(chord).collect();
                assert!(against.is_empty(), "{}: {against:?}", chord_words(chord));
            }
        }
    }

    #[test]
    fn h_j_k_l_are_never_anything_but_motion() {
        let bindings = Bindings::default();
        for (letter, action) in
            [('h', Action::Left), ('j', Action::Down), ('k', Action::Up), ('l', Action::Right)]
        {
            let found = bindings.everywhere().find(&[Key::char(letter)]);
            assert_eq!(found, Found::Action(action));
        }
    }

    #[test]
    fn plain_shows_its_own_keys_first_and_leaves_the_letters() {
        let plain = Bindings::new(Preset::Plain);
        let keys = plain.everywhere();
        assert_eq!(keys.all(Action::Undo), ["ctrl-z", "u"]);
        assert_eq!(keys.shown(Action::Filter).as_deref(), Some("ctrl-f"));
        assert_eq!(keys.shown(Action::Suspend), None);
        assert_eq!(keys.way(Action::Suspend), "ctrl-p suspend");
        assert_eq!(keys.shown(Action::Down).as_deref(), Some("down"));
    }
}
