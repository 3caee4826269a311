//! What a command source may answer: one finite number, perhaps with its per cent sign, `7/12`, or
//! `{"value": …, "at": …}` and `{"k": …, "n": …}`, where `"31.2%"` and `"7/12"` are values as well. Anything else is refused, so that a failed
//! command never becomes a figure.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::figure::Figure;
use crate::domain::metric::typed::MOST;
use crate::domain::refusal::Refusal;
use crate::exchange::{instant, json};

/// Bytes of output that are read; more is no answer.
pub const BYTES: usize = 64 * 1024;

/// A figure and the day it is of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    pub figure: Figure,
    /// `None` when the command did not say: the day it ran.
    pub at: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    value: Option<Value>,
    k: Option<u32>,
    n: Option<u32>,
    at: Option<String>,
}

/// A number, or a share in the way in which it is written elsewhere.
#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Number(f64),
    Written(String),
}

/// Reads the whole standard output of a command.
///
/// # Errors
/// When it is anything else than one finite number or that object.
pub fn read(output: &[u8]) -> Result<Answer, Refusal> {
    if output.len() > BYTES {
        return Err(refused("more than 64 KB"));
    }
    let text = std::str::from_utf8(output).map_err(|_| refused("no UTF-8 text"))?.trim();
    if text.is_empty() {
        return Err(refused("nothing"));
    }
    if text.starts_with('{') {
        return said(text);
    }
    let figure = match share(text)? {
        Some(share) => share,
        None => Figure::Bare(finite(number(text)?)?),
    };
    Ok(Answer { figure, at: None })
}

/// A figure that says by its sign that it is a share.
fn share(text: &str) -> Result<Option<Figure>, Refusal> {
    match (text.split_once('/'), text.strip_suffix('%')) {
        (Some((k, n)), _) => counted(whole(k)?, whole(n)?).map(Some),
        (None, Some(digits)) => {
            Ok(Some(Figure::Percent(finite(number(digits.trim_end())?)? / 100.0)))
        }
        (None, None) => Ok(None),
    }
}

fn number(text: &str) -> Result<f64, Refusal> {
    let plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let number = text.bytes().all(plain).then(|| text.parse::<f64>().ok()).flatten();
    number.ok_or_else(|| refused("not one number"))
}

fn whole(text: &str) -> Result<u32, Refusal> {
    let digits = Some(text.trim()).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    digits.and_then(|digits| digits.parse().ok()).ok_or_else(|| refused("not one number"))
}

fn counted(k: u32, n: u32) -> Result<Figure, Refusal> {
    if n == 0 || k > n {
        return Err(refused(&format!("{k} of {n}, which is no share")));
    }
    Ok(Figure::Counted { k, n })
}

fn said(text: &str) -> Result<Answer, Refusal> {
    let said: Said = serde_json::from_str(text).map_err(|error| {
        if json::is_too_large(&error) {
            return refused(TOO_LARGE);
        }
        refused("JSON of another shape").hint(plainly(&error))
    })?;
    let at = match said.at.as_deref() {
        None => None,
        Some(at) => Some(day(at).ok_or_else(|| refused("a day that is none"))?),
    };
    let figure = match said {
        Said { value: Some(Value::Number(value)), k: None, n: None, .. } => {
            Figure::Bare(finite(value)?)
        }
        Said { value: Some(Value::Written(text)), k: None, n: None, .. } => {
            share(text.trim())?.ok_or_else(|| refused("a value that is no number"))?
        }
        Said { value: None, k: Some(k), n: Some(n), .. } => counted(k, n)?,
        Said { .. } => return Err(refused("neither a value nor k and n")),
    };
    Ok(Answer { figure, at })
}

/// What is wrong with the JSON, without the words of a programmer.
fn plainly(error: &serde_json::Error) -> String {
    format!(
        "line {}, column {}: as {{\"value\": 31.2, \"at\": \"2026-05-10\"}} or {{\"k\": 7, \"n\": 12}}",
        error.line(),
        error.column()
    )
}

/// A civil day, or an instant, of which the day in UTC counts.
fn day(text: &str) -> Option<NaiveDate> {
    let day: Option<NaiveDate> = text.parse().ok();
    let day = day.or_else(|| instant::read(text).ok().map(|at| at.date_naive()))?;
    crate::domain::day::YEARS.contains(&day.year()).then_some(day)
}

fn finite(value: f64) -> Result<f64, Refusal> {
    if value.abs() <= MOST { Ok(value) } else { Err(refused(TOO_LARGE)) }
}

const TOO_LARGE: &str = "a number that is too large";

fn refused(what: &str) -> Refusal {
    Refusal::input(format!("the command answered {what}")).hint(
        "it must write one number, 31.2% or 7/12, or {\"value\": 31.2, \"at\": \"2026-05-10\"}",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_or_one_object() {
        let read = |text: &str| read(text.as_bytes()).unwrap();
        assert_eq!(read("31.2\n").figure, Figure::Bare(31.2));
        assert_eq!(read("-3e2").figure, Figure::Bare(-300.0));
        let said = read("{\"value\": 14, \"at\": \"2026-05-10\"}\n");
        assert_eq!(said.figure, Figure::Bare(14.0));
        assert_eq!(said.at, "2026-05-10".parse().ok());
        assert_eq!(read("{\"at\":\"2026-05-10T09:00:00Z\",\"value\":1}").at, said.at);
        assert_eq!(read("{\"value\":1,\"at\":null}").at, None);
        assert_eq!(read("31.2 %").figure, Figure::Percent(0.312));
        assert_eq!(read("7/12\n").figure, Figure::Counted { k: 7, n: 12 });
        assert_eq!(read("{\"k\": 7, \"n\": 12}").figure, Figure::Counted { k: 7, n: 12 });
        assert_eq!(read("{\"value\":\"7/12\"}").figure, Figure::Counted { k: 7, n: 12 });
        assert_eq!(read("{\"value\":\"31.2%\"}").figure, Figure::Percent(0.312));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            " \n",
            "NaN",
            "inf",
            "1e999",
            "31.2%%",
            "1,2",
            "8/7",
            "7/0",
            "-1/2",
            "7/12%",
            "{\"k\":7}",
            "{\"k\":7,\"n\":12,\"value\":1}",
            "{\"k\":-7,\"n\":12}",
            "1 2",
            "1\n2",
            "31.2 users",
            "[1]",
            "{}",
            "{\"value\":\"1\"}",
            "{\"value\":\"8/7\"}",
            "{\"value\":[1]}",
            "{\"value\":1e999}",
            "{\"value\":1,\"value\":2}",
            "{\"value\":1,\"unit\":\"%\"}",
            "{\"value\":1} {\"value\":2}",
            "{\"value\":1,\"at\":\"soon\"}",
            "{\"value\":1,\"at\":\"1812-05-10\"}",
            "0x1f",
        ] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
        assert!(read(b"\xff1").is_err());
    }

    #[test]
    fn the_cap_is_the_last_length_that_is_read() {
        let mut output = vec![b' '; BYTES - 1];
        output.push(b'7');
        assert_eq!(read(&output).unwrap().figure, Figure::Bare(7.0));
        output.push(b' ');
        assert!(read(&output).is_err());
    }
}
