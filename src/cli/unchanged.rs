//! What `--json` printed and somebody gives back: what still says the same is no change, whoever
//! set it, so that only what differs is asked for and held to the rules.

use serde_json::Value as Json;

use crate::ops::told::Told;

use super::given::Object;

/// What of an object differs from what these items say now.
#[must_use]
pub fn differing(object: Object, told: &Told) -> Object {
    let printed: Vec<Json> = told.items.iter().map(|item| told.json(item)).collect();
    let all_say = |name: &str, value: &Json| printed.iter().all(|one| one.get(name) == Some(value));
    let differs = |(name, value): (String, Json)| {
        if all_say(&name, &value) {
            return None;
        }
        let value = match (value, printed.as_slice()) {
            (Json::Array(list), [one]) if list.iter().any(Json::is_object) => {
                Json::Array(new(list, one.get(&name)))
            }
            (value, _) => value,
        };
        Some((name, value))
    };
    object.into_iter().filter_map(differs).collect()
}

/// The members of a list that are not there as they stand.
fn new(list: Vec<Json>, there: Option<&Json>) -> Vec<Json> {
    let there = there.and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    list.into_iter().filter(|one| !there.contains(one)).collect()
}
