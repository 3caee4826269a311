//! The user's own keys over a preset, for everywhere or for one place. All that is wrong with them
//! is told at once; none holds before all are right.

use crate::domain::nearest::nearest;

use super::action::{ACTIONS, Action};
use super::bindings::{Bindings, Giver, Keymap};
use super::keys::{Key, chord_words};
use super::place::Place;
use super::preset::Preset;

/// The word that takes a key away.
pub const UNBIND: &str = "unbind";

/// What must stay within reach of a key.
const NEEDED: [Action; 3] = [Action::Palette, Action::Help, Action::Quit];

/// One key that the user wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish<'a> {
    /// The name of a place; empty for everywhere.
    pub scope: &'a str,
    pub chord: &'a str,
    /// The name of an action, or `UNBIND`.
    pub action: &'a str,
}

/// What is wrong with a wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Its place among the wishes.
    pub at: usize,
    /// Whether the name of the action is wrong, rather than the key.
    pub in_action: bool,
    pub what: String,
}

/// A wish that was understood.
struct Understood {
    at: usize,
    scope: Option<Place>,
    chord: Vec<Key>,
    /// `None` takes the key away.
    action: Option<Action>,
}

/// The preset with the user's keys over it.
///
/// # Errors
/// Everything that is wrong with the wishes.
pub fn read(preset: Preset, wishes: &[Wish<'_>]) -> Result<Bindings, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let mut understood = Vec::new();
    for (at, wish) in wishes.iter().enumerate() {
        match understand(at, *wish) {
            Ok(wish) => understood.push(wish),
            Err(found) => {
                // A table for a place that there is not is told once, not with every key in it.
                let place = place_of(wish.scope).err();
                let said = place.filter(|what| wrong.iter().any(|old: &Wrong| old.what == *what));
                wrong.extend(found.into_iter().filter(|new| said.as_ref() != Some(&new.what)));
            }
        }
    }
    let mut bindings = Bindings::new(preset);
    // What holds everywhere comes first, so that a place inherits it.
    understood.sort_by_key(|wish| (wish.scope, wish.action.is_some(), wish.at));
    let mut inherited = false;
    for wish in &understood {
        if wish.scope.is_some() && !inherited {
            bindings.inherit();
            inherited = true;
        }
        let (keys, giver) = match wish.scope {
            None => (bindings.everywhere_mut(), Giver::User),
            Some(place) => (bindings.own(place), Giver::Place),
        };
        match wish.action {
            None if keys.take(&wish.chord) => {}
            None => wrong.push(in_key(wish.at, format!("{} means nothing", written(wish)))),
            Some(action) => keys.give(wish.chord.clone(), action, giver),
        }
    }
    if !inherited {
        bindings.inherit();
    }
    wrong.extend(conflicts(&understood, &bindings));
    if wrong.is_empty() {
        wrong.extend(lost(&understood, &bindings));
    }
    wrong.sort_by_key(|wrong| wrong.at);
    if wrong.is_empty() { Ok(bindings) } else { Err(wrong) }
}

/// The name of the place as a configuration writes it.
#[must_use]
pub fn scope_name(place: Place) -> String {
    place.title().to_lowercase()
}

fn understand(at: usize, wish: Wish<'_>) -> Result<Understood, Vec<Wrong>> {
    let scope = place_of(wish.scope).map_err(|what| in_key(at, what));
    let chord = chord_of(wish.chord).map_err(|what| in_key(at, what));
    let action = action_of(wish.action).map_err(|what| Wrong { at, in_action: true, what });
    // The wrong way round is one mistake, and told as what to write.
    if let (Ok(_), Err(_), Err(_)) = (&scope, &chord, &action)
        && Action::named(wish.chord).is_some()
        && Key::read_chord(wish.action).is_some()
    {
        let what = format!(
            "the key comes first: “{}” is an action; write {:?} = {:?}",
            wish.chord, wish.action, wish.chord
        );
        return Err(vec![in_key(at, what)]);
    }
    match (scope, chord, action) {
        (Ok(scope), Ok(chord), Ok(action)) => Ok(Understood { at, scope, chord, action }),
        (scope, chord, action) => {
            Err([scope.err(), chord.err(), action.err()].into_iter().flatten().collect())
        }
    }
}

fn in_key(at: usize, what: String) -> Wrong {
    Wrong { at, in_action: false, what }
}

fn place_of(scope: &str) -> Result<Option<Place>, String> {
    if scope.is_empty() {
        return Ok(None);
    }
    let found = Place::ALL.into_iter().find(|place| scope_name(*place) == scope);
    found.map(Some).ok_or_else(|| {
        let names: Vec<String> = Place::ALL.into_iter().map(scope_name).collect();
        let near = nearest(scope, names.iter().map(String::as_str)).map(str::to_owned);
        let hint = near.map_or_else(
            || format!("there are {}", names.join(", ")),
            |near| format!("did you mean {near}?"),
        );
        format!("“{scope}” is not a place; {hint}")
    })
}

fn chord_of(text: &str) -> Result<Vec<Key>, String> {
    let chord = Key::read_chord(text).ok_or_else(|| {
        format!("“{text}” is not a key; keys are written x, G, g x, ctrl-x, alt-x, f2, del, space")
    })?;
    if chord.len() > 3 {
        return Err(format!("“{text}” is too long; a chord has three keys at most"));
    }
    let twin = chord.iter().find_map(|key| Some((key, key.same_to_a_terminal()?)));
    match twin {
        Some((key, twin)) => Err(format!("{key} cannot be told from {twin} by a terminal")),
        None => Ok(chord),
    }
}

fn action_of(name: &str) -> Result<Option<Action>, String> {
    if name == UNBIND {
        return Ok(None);
    }
    Action::named(name).map(Some).ok_or_else(|| {
        let slugs: Vec<String> = ACTIONS.iter().map(|about| about.action.slug()).collect();
        let names = slugs.iter().map(String::as_str).chain([UNBIND]);
        match nearest(name, names) {
            Some(near) => format!("“{name}” is not an action; did you mean {near}?"),
            None => format!("“{name}” is not an action; prewire config actions lists them"),
        }
    })
}

/// Keys that cannot stand beside each other.
fn conflicts(wishes: &[Understood], bindings: &Bindings) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for (place, wish) in wishes.iter().enumerate().filter(|(_, wish)| wish.action.is_some()) {
        let twice = wishes[..place].iter().any(|other| {
            other.scope == wish.scope && other.chord == wish.chord && other.action.is_some()
        });
        if twice {
            wrong.push(in_key(wish.at, format!("{} is bound twice", written(wish))));
            continue;
        }
        let keys = keys_of(bindings, wish.scope);
        let mut against: Vec<String> = keys
            .against(&wish.chord)
            .filter(|other| !is_told_there(wishes, wish, other))
            .map(|other| described(keys, other))
            .collect();
        let many = against.len();
        against.truncate(3);
        if many > 0 {
            let rest = if many > 3 { format!(" and {} more", many - 3) } else { String::new() };
            let list = against.join(", ");
            let what = format!("{} cannot stand beside {list}{rest}", written(wish));
            wrong.push(in_key(wish.at, format!("{what}; unbind one of them")));
        }
    }
    wrong
}

/// Of two wishes against each other the later one is told, once.
fn is_told_there(wishes: &[Understood], wish: &Understood, other: &[Key]) -> bool {
    let theirs = |theirs: &&Understood| {
        theirs.action.is_some()
            && theirs.chord == other
            && (theirs.scope == wish.scope || theirs.scope.is_none())
    };
    wishes.iter().find(theirs).is_some_and(|theirs| theirs.at > wish.at)
}

/// What can no longer be reached by any key.
fn lost(wishes: &[Understood], bindings: &Bindings) -> Vec<Wrong> {
    let scopes = wishes.iter().map(|wish| (wish.at, wish.scope));
    let mut told: Vec<(Option<Place>, Action)> = Vec::new();
    let mut wrong = Vec::new();
    for (at, scope) in scopes {
        for action in NEEDED {
            let gone = keys_of(bindings, scope).shown(action).is_none();
            if gone && !told.contains(&(scope, action)) && !told.contains(&(None, action)) {
                told.push((scope, action));
                wrong.push(in_key(at, format!("no key is left for {}", action.slug())));
            }
        }
    }
    wrong
}

fn keys_of(bindings: &Bindings, scope: Option<Place>) -> &Keymap {
    scope.map_or_else(|| bindings.everywhere(), |place| bindings.at(place))
}

fn written(wish: &Understood) -> String {
    chord_words(&wish.chord)
}

fn described(keys: &Keymap, chord: &[Key]) -> String {
    let action = keys.action(chord).map(Action::slug).unwrap_or_default();
    format!("{} ({action})", chord_words(chord))
}

#[cfg(test)]
mod tests {
    use super::super::bindings::Found;
    use super::*;

    fn wish<'a>(scope: &'a str, chord: &'a str, action: &'a str) -> Wish<'a> {
        Wish { scope, chord, action }
    }

    fn told(wishes: &[Wish<'_>]) -> Vec<String> {
        let wrong = read(Preset::Vim, wishes).unwrap_err();
        wrong.into_iter().map(|wrong| format!("{}: {}", wrong.at, wrong.what)).collect()
    }

    #[test]
    fn a_key_of_a_place_hides_the_one_of_everywhere_there_and_only_there() {
        let bindings = read(
            Preset::Vim,
            &[wish("", "g x", "decisions"), wish("decisions", "d", "done"), wish("", "u", UNBIND)],
        )
        .unwrap();
        let here = bindings.at(Place::Decisions);
        assert_eq!(here.shown(Action::Finish).as_deref(), Some("d"));
        assert_eq!(here.shown(Action::Trash), None, "hidden here");
        assert_eq!(bindings.at(Place::Assets).shown(Action::Trash).as_deref(), Some("d"));
        assert_eq!(here.all(Action::Go(Place::Decisions)), ["gx", "2", "gd"]);
        assert_eq!(here.find(&[Key::char('u')]), Found::Nothing);
        assert_eq!(here.way(Action::Undo), ": undo");
    }

    #[test]
    fn a_whole_prefix_can_be_taken_away_and_used() {
        let wishes = [wish("", "c", UNBIND), wish("", "c x", "done")];
        let bindings = read(Preset::Vim, &wishes).unwrap();
        assert_eq!(bindings.everywhere().all(Action::Finish), ["cx", "x"]);
        assert_eq!(bindings.everywhere().find(&Key::read_chord("c d").unwrap()), Found::Nothing);
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        assert_eq!(
            told(&[
                wish("", "x x", "done"),
                wish("", "y", "open"),
                wish("", "z z", "sort"),
                wish("", "zz", "sort"),
                wish("desisions", "nonsense", "opne"),
                wish("", "ctrl-i", "open"),
                wish("", "Q", UNBIND),
            ]),
            [
                "0: xx cannot stand beside x (done); unbind one of them",
                "1: y cannot stand beside yj (copy-json), yl (copy-link), ym (copy-markdown) \
                 and 4 more; unbind one of them",
                "2: zz cannot stand beside z (zoom); unbind one of them",
                "3: zz is bound twice",
                "4: “desisions” is not a place; did you mean decisions?",
                "4: “nonsense” is not a key; keys are written x, G, g x, ctrl-x, alt-x, f2, del, \
                 space",
                "4: “opne” is not an action; did you mean open?",
                "5: ctrl-i cannot be told from tab by a terminal",
                "6: Q means nothing",
            ]
        );
    }

    #[test]
    fn of_two_wishes_against_each_other_the_later_is_told() {
        assert_eq!(
            told(&[wish("", "Q", "open"), wish("", "Q a", "sort")]),
            ["1: Qa cannot stand beside Q (open); unbind one of them"]
        );
        assert_eq!(
            told(&[wish("", "Q", "open"), wish("assets", "Q a", "sort")]),
            ["1: Qa cannot stand beside Q (open); unbind one of them"]
        );
    }

    #[test]
    fn what_leads_to_everything_else_keeps_a_key() {
        let wishes = [wish("", ":", UNBIND), wish("", "ctrl-p", UNBIND)];
        assert_eq!(told(&wishes), ["0: no key is left for commands"]);
    }
}
