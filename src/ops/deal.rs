//! Deals: what is counted on them, each figure with the deals behind it, and the ledger of what
//! changed in the business. Figures are made anew from the deals and stored nowhere.

pub mod figures;
pub mod impact;
pub mod ledger;

pub use figures::{DealFigure, DealFigures};
pub use ledger::Ledger;

use crate::domain::item::Item;
use crate::domain::kind::Kind;
use crate::domain::metric::deals::Currency;
use crate::domain::refusal::Refusal;
use crate::domain::value::Value;

use super::error::Result;

/// What holds for a deal and an impact, whoever writes them: a currency is a code of three letters,
/// written large.
///
/// # Errors
/// A refusal for what is no such code.
pub(super) fn complete(item: &mut Item) -> Result<()> {
    if !matches!(item.kind(), Kind::Deal | Kind::Impact) {
        return Ok(());
    }
    let typed = item.text("currency").trim().to_owned();
    if typed.is_empty() {
        return Ok(());
    }
    let Some(currency) = Currency::parse(&typed) else {
        let what = format!("currency: “{typed}” is no code of a currency");
        return Err(Refusal::input(what).hint("three letters, such as EUR").into());
    };
    item.set("currency", Value::Text(currency.code().to_owned()));
    Ok(())
}
