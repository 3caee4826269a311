//! Links with a sign: `claim:+c4` speaks for it, `claim:-c4` against it, `claim:=c4` says nothing
//! clear. Without a sign nothing is guessed.

use crate::domain::field::Field;
use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;

/// The fields that a sign can mean.
pub const FIELDS: [&str; 3] = ["supports", "against", "beside"];

/// One link: the field that its sign means, and what it names.
#[derive(Debug, Clone, PartialEq)]
pub struct Signed {
    pub field: &'static Field,
    pub name: String,
}

/// The links of a token; `None` where the key is none of a signed link.
#[must_use]
pub fn read(kind: Kind, key: &str, value: &str) -> Option<Result<Vec<Signed>, Refusal>> {
    is_signed(kind, key).then(|| {
        let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| one(kind, name)).collect()
    })
}

/// The links of a filter: without a sign, whatever is said of the claim.
#[must_use]
pub fn sought(kind: Kind, key: &str, value: &str) -> Option<Result<Vec<Signed>, Refusal>> {
    let value = value.trim();
    if !is_signed(kind, key) {
        return None;
    }
    if value.starts_with(['+', '-', '=', '−']) {
        return Some(one(kind, value).map(|signed| vec![signed]));
    }
    let fields = FIELDS.map(|name| kind.noun().field(name));
    Some(Ok(fields.map(|field| Signed { field, name: value.to_owned() }).into()))
}

fn is_signed(kind: Kind, key: &str) -> bool {
    kind == Kind::Evidence && ["claim", "claims"].iter().any(|word| word.eq_ignore_ascii_case(key))
}

fn one(kind: Kind, text: &str) -> Result<Signed, Refusal> {
    let field = |name| kind.noun().field(name);
    let mut letters = text.chars();
    let field = match letters.next() {
        Some('+') => field("supports"),
        Some('-' | '−') => field("against"),
        Some('=') => field("beside"),
        _ => {
            let what = format!("claim: does “{text}” gain or lose by it?");
            return Err(Refusal::input(what).hint(format!(
                "say claim:+{text} for, claim:-{text} against, claim:={text} for neither"
            )));
        }
    };
    Ok(Signed { field, name: letters.as_str().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(value: &str) -> Vec<(&'static str, String)> {
        let read = read(Kind::Evidence, "claim", value).unwrap().unwrap();
        read.into_iter().map(|signed| (signed.field.name, signed.name)).collect()
    }

    #[test]
    fn the_sign_says_which_side() {
        assert_eq!(fields("+c4"), [("supports", "c4".to_owned())]);
        assert_eq!(fields("-c4,=c5"), [("against", "c4".to_owned()), ("beside", "c5".to_owned())]);
        assert!(read(Kind::Evidence, "claim", "c4").unwrap().is_err());
        assert!(read(Kind::Insight, "claim", "+c4").is_none());
        assert_eq!(sought(Kind::Evidence, "claim", "c4").unwrap().unwrap().len(), 3);
        assert_eq!(sought(Kind::Evidence, "claims", "-c4").unwrap().unwrap().len(), 1);
    }
}
