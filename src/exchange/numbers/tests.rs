//! Every way in which exports write numbers, and none of the ways in which they do not.

use proptest::prelude::*;

use super::*;

fn value(text: &str, marks: Option<Marks>) -> String {
    match read(text, marks) {
        Ok(written) => written.value().to_string(),
        Err(error) => format!("{error:?}"),
    }
}

#[test]
fn every_way_in_which_exports_write_numbers() {
    for (text, expected) in [
        ("48000", "48000"),
        ("22500.50", "22500.5"),
        ("125,000.00", "125000"),
        ("125.000,00", "125000"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u{202F}234\u{A0}567", "1234567"),
        ("1'234.50", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1234.567", "1234.567"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-3", "-3"),
        ("−3,5", "-3.5"),
        ("(12.50)", "-12.5"),
        ("+7", "7"),
        ("31.2%", "0.312"),
        ("31,2 %", "0.312"),
        ("100%", "1"),
        ("45k", "45000"),
        ("$1.2M", "1200000"),
        ("€ 1.234,50", "1234.5"),
        ("-$45", "-45"),
        ("$-45", "-45"),
        ("USD 18,500.00", "18500"),
        ("18.500,00 EUR", "18500"),
        ("1.5e-3", "0.0015"),
        ("2e3", "2000"),
    ] {
        assert_eq!(value(text, None), expected, "{text}");
    }
}

#[test]
fn what_is_no_number_is_said() {
    for text in [
        "",
        "abc",
        "12a",
        "1,23,456",
        "1.2.3",
        "1,2,3.4.5",
        "--3",
        "12 34",
        "1 2345",
        "%",
        "$",
        "3-4",
        "0x10",
        "1e",
        "1 234 5",
        "١٢",
        "1,2345.6",
        "(-(3))",
    ] {
        assert_eq!(value(text, None), "NotANumber", "{text}");
    }
    for text in ["NaN", "inf", "-Infinity", "#DIV/0!", "∞"] {
        assert_eq!(value(text, None), "NotFinite", "{text}");
    }
    assert_eq!(value("1e400", None), "TooLarge");
    assert_eq!(value(&"9".repeat(31), None), "TooLarge");
}

#[test]
fn thousands_or_decimals_are_the_columns_to_say() {
    assert_eq!(value("45,000", None), "Ambiguous");
    assert_eq!(value("45.000", None), "Ambiguous");
    assert_eq!(value("45,000", Some(Marks::Point)), "45000");
    assert_eq!(value("45,000", Some(Marks::Comma)), "45");
    assert_eq!(value("45.000", Some(Marks::Comma)), "45000");
    assert_eq!(value("22.5", Some(Marks::Comma)), "NotANumber");
    assert_eq!(vote("45,000"), Some(Vote::Either));
    assert_eq!(vote("45,000.5"), Some(Vote::For(Marks::Point)));
    assert_eq!(vote("45,5"), Some(Vote::For(Marks::Comma)));
    assert_eq!(vote("1.234.567"), Some(Vote::For(Marks::Comma)));
    assert_eq!(vote("45"), Some(Vote::Clear));
    assert_eq!(vote("soon"), None);
}

#[test]
fn money_is_exact_in_minor_units() {
    let minor = |text: &str, decimals| read(text, None).unwrap().minor(decimals);
    assert_eq!(minor("22500.50", 2), Some(2_250_050));
    assert_eq!(minor("0.1", 2), Some(10));
    assert_eq!(minor("1234", 0), Some(1234));
    assert_eq!(minor("0.005", 2), Some(1));
    assert_eq!(minor("-0.005", 2), Some(-1));
    assert_eq!(minor("1.4", 0), Some(1));
    assert_eq!(minor("99999999999999999999", 2), None);
    assert_eq!(read("£12", None).unwrap().currency, Currency::parse("GBP"));
    assert_eq!(read("CHF 12", None).unwrap().currency, Currency::parse("CHF"));
}

#[test]
fn k_of_n_is_two_counts() {
    assert_eq!(k_of_n("7/12"), Some((7, 12)));
    assert_eq!(k_of_n("7 of 12"), Some((7, 12)));
    assert_eq!(k_of_n("7/1/2"), None);
    assert_eq!(k_of_n("-7/12"), None);
    assert_eq!(k_of_n("31.2%"), None);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,24}") {
        let _ = vote(&text);
        let _ = k_of_n(&text);
        for marks in [None, Some(Marks::Point), Some(Marks::Comma)] {
            if let Ok(written) = read(&text, marks) {
                prop_assert!(written.value().is_finite());
                let _ = written.minor(2);
            }
        }
    }

    #[test]
    fn a_number_reads_back_in_both_ways(cents in -10_000_000_000_i64..10_000_000_000) {
        let sign = if cents < 0 { "-" } else { "" };
        let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
        let mut digits = whole.to_string();
        let mut at = digits.len();
        while at > 3 {
            at -= 3;
            digits.insert(at, ',');
        }
        let point = format!("{sign}{digits}.{rest:02}");
        prop_assert_eq!(read(&point, None).unwrap().minor(2), Some(cents));
        let comma = format!("{sign}{},{rest:02}", digits.replace(',', "."));
        prop_assert_eq!(read(&comma, Some(Marks::Comma)).unwrap().minor(2), Some(cents));
    }
}
