//! Deals: what is counted on them, each figure with the deals behind it, and the ledger of what
//! changed in the business. Figures are made anew from the deals and stored nowhere.

pub mod behind;
pub mod figures;
pub mod impact;
pub mod ledger;
mod said;

pub use figures::{DealFigure, DealFigures};
pub use ledger::Ledger;

use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::metric::deals::Currency;
use crate::domain::value::Value;

/// What holds for a deal and an impact, whoever writes them: a currency is a code of three letters,
/// written large. What is none is kept as it was typed, and told: it is added to no sum.
pub(super) fn complete(item: &mut Item) -> Option<String> {
    if !matches!(item.kind(), Kind::Deal | Kind::Impact) {
        return None;
    }
    let typed = item.text("currency").trim().to_owned();
    match Currency::parse(&typed) {
        Some(currency) => item.set("currency", Value::Text(currency.code().to_owned())),
        None if typed.is_empty() => {}
        None => {
            return Some(format!(
                "“{typed}” is no code of a currency, such as EUR; it is in no sum with others"
            ));
        }
    }
    None
}
