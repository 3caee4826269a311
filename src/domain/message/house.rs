//! The message house: slots by audience and use case in the order that buyers ask, each with a
//! message, its proof and its tests. The checks name what is missing; none refuses anything.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::super::sheet::{Fault, Sheet};

/// The skeleton that ships: problem, path, rollout, value.
pub const SKELETON: Sheet<'static> = Sheet::new(
    "templates/message-house.toml",
    include_str!("../../../assets/templates/message-house.toml"),
);

/// A place in the house and the question that it answers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    pub key: String,
    pub name: String,
    pub question: String,
    /// What would count as proof.
    pub proof: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    slot: Vec<Slot>,
}

/// Reads a skeleton.
///
/// # Errors
/// The first thing that cannot be read; a house without slots; a key that stands twice.
pub fn skeleton(sheet: Sheet<'_>) -> Result<Vec<Slot>, Fault> {
    let written: Written = sheet.read()?;
    let mut seen = BTreeSet::new();
    if let Some(twice) = written.slot.iter().find(|slot| !seen.insert(&slot.key)) {
        let at = sheet.text.rfind(&format!("\"{}\"", twice.key)).unwrap_or(0);
        return Err(sheet.fault(at..at, format!("“{}” stands twice", twice.key)));
    }
    if written.slot.is_empty() {
        return Err(sheet.fault(0..0, "a message house has at least one slot"));
    }
    Ok(written.slot)
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub name: String,
    pub audience: String,
    pub use_case: String,
    /// The key of its slot.
    pub slot: String,
    pub text: String,
    pub proof: String,
    /// How often it was tested in calls or campaigns.
    pub tests: u32,
    /// Claims under it that are assumptions.
    pub assumptions: u32,
}

/// Something missing in the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// An audience and use case without a message in this slot.
    Slot {
        audience: String,
        use_case: String,
        slot: String,
    },
    Text {
        node: String,
    },
    Proof {
        node: String,
    },
    Test {
        node: String,
    },
}

impl Gap {
    /// What is missing, in a word.
    #[must_use]
    pub fn slug(&self) -> &'static str {
        match self {
            Self::Slot { .. } => "slot",
            Self::Text { .. } => "text",
            Self::Proof { .. } => "proof",
            Self::Test { .. } => "test",
        }
    }

    /// The message that lacks it, or the slot that is empty.
    #[must_use]
    pub fn of(&self) -> &str {
        match self {
            Self::Slot { slot, .. } => slot,
            Self::Text { node } | Self::Proof { node } | Self::Test { node } => node,
        }
    }

    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Slot { audience, use_case, slot } => {
                let whose: Vec<&str> = [audience, use_case]
                    .into_iter()
                    .map(|part| part.trim())
                    .filter(|part| !part.is_empty())
                    .collect();
                match whose.as_slice() {
                    [] => format!("{slot}: no message"),
                    whose => format!("{slot}: no message for {}", whose.join(", ")),
                }
            }
            Self::Text { node } => format!("{node} has no text"),
            Self::Proof { node } => format!("{node} has no proof"),
            Self::Test { node } => format!("{node} was never tested in a call or a campaign"),
        }
    }
}

/// Everything missing: the slots of each audience and use case in the order of the skeleton, then
/// the messages in theirs.
#[must_use]
pub fn gaps(skeleton: &[Slot], nodes: &[Node]) -> Vec<Gap> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for node in nodes {
        let pair = (node.audience.as_str(), node.use_case.as_str());
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    // What names no audience is for everybody, and opens no row of its own beside theirs.
    let is_row =
        |(audience, use_case): &(&str, &str)| !(audience.is_empty() && use_case.is_empty());
    if pairs.iter().any(is_row) {
        pairs.retain(is_row);
    }
    if pairs.is_empty() {
        pairs.push(("", ""));
    }
    let mut found = Vec::new();
    for (audience, use_case) in pairs {
        let suits = |own: &str, wanted: &str| own.is_empty() || own == wanted;
        let has = |slot: &&Slot| {
            nodes.iter().any(|node| {
                suits(&node.audience, audience)
                    && suits(&node.use_case, use_case)
                    && node.slot == slot.key
            })
        };
        found.extend(skeleton.iter().filter(|slot| !has(slot)).map(|slot| Gap::Slot {
            audience: audience.to_owned(),
            use_case: use_case.to_owned(),
            slot: slot.name.clone(),
        }));
    }
    for node in nodes {
        let name = node.name.clone();
        if node.text.trim().is_empty() {
            found.push(Gap::Text { node: name });
            continue;
        }
        if node.proof.trim().is_empty() {
            found.push(Gap::Proof { node: name.clone() });
        }
        if node.tests == 0 {
            found.push(Gap::Test { node: name });
        }
    }
    found
}

/// How many assumptions the house stands on.
#[must_use]
pub fn assumptions(nodes: &[Node]) -> u32 {
    nodes.iter().map(|node| node.assumptions).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(name: &str, slot: &str) -> Node {
        Node {
            name: name.to_owned(),
            audience: "CFO".to_owned(),
            use_case: "close".to_owned(),
            slot: slot.to_owned(),
            text: "Books close in two days".to_owned(),
            proof: "31 customers, median 2.1 days".to_owned(),
            tests: 1,
            assumptions: 1,
        }
    }

    #[test]
    fn the_skeleton_has_four_slots_in_order() {
        let slots = skeleton(SKELETON).unwrap();
        let names: Vec<&str> = slots.iter().map(|slot| slot.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "Business problem",
                "Implementation path",
                "Proof of successful rollout",
                "Expected time to value"
            ]
        );
    }

    #[test]
    fn what_is_missing_is_named() {
        let slots = skeleton(SKELETON).unwrap();
        let whole: Vec<Node> = slots.iter().map(|slot| node(&slot.key, &slot.key)).collect();
        assert_eq!(gaps(&slots, &whole), []);
        assert_eq!(assumptions(&whole), 4);
        let untested = [Node { tests: 0, proof: " ".to_owned(), ..node("m1", "problem") }];
        let said: Vec<String> = gaps(&slots, &untested).iter().map(Gap::words).collect();
        assert_eq!(
            said,
            [
                "Implementation path: no message for CFO, close",
                "Proof of successful rollout: no message for CFO, close",
                "Expected time to value: no message for CFO, close",
                "m1 has no proof",
                "m1 was never tested in a call or a campaign",
            ]
        );
        assert_eq!(gaps(&slots, &[]).len(), 4);
        assert_eq!(gaps(&slots, &[])[0].words(), "Business problem: no message");
        let anybody = Node { audience: String::new(), use_case: String::new(), ..whole[0].clone() };
        let mixed: Vec<Node> = std::iter::once(anybody).chain(whole[1..].iter().cloned()).collect();
        assert_eq!(gaps(&slots, &mixed), [], "what is said to everybody is said to the CFO");
        let blank = [Node { text: String::new(), ..node("m1", "problem") }];
        assert!(gaps(&slots, &blank).contains(&Gap::Text { node: "m1".to_owned() }));
    }

    #[test]
    fn a_broken_house_names_its_line() {
        let twice = SKELETON.text.replace("key = \"value\"", "key = \"path\"");
        let fault = skeleton(Sheet::new("templates/mine.toml", &twice)).unwrap_err();
        let line = twice.lines().count()
            - twice.lines().rev().position(|line| line == "key = \"path\"").unwrap();
        assert_eq!((fault.line, fault.what.as_str()), (line, "“path” stands twice"));
        assert!(skeleton(Sheet::new("x", "slot = []")).unwrap_err().what.contains("at least one"));
    }
}
