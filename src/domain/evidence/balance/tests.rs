//! Each flag fired alone, the golden cases, and that the order of evidence says nothing.

use proptest::prelude::*;

use super::super::EvidenceKind;
use super::*;
use crate::domain::day::fixture::day;

const TODAY: &str = "2026-05-06";

/// `+A mid proposal call` · the account may be `-`.
fn piece(line: &str) -> Piece {
    let words: Vec<&str> = line.split(' ').collect();
    let (polarity, account) = words[0].split_at(1);
    Piece {
        kind: EvidenceKind::parse(words[3]).unwrap(),
        polarity: match polarity {
            "+" => Polarity::For,
            "-" => Polarity::Against,
            _ => Polarity::Neutral,
        },
        account: (account != "-").then(|| account.to_owned()),
        segment: (words[1] != "-").then(|| words[1].to_owned()),
        stage: Stage::parse(words[2]).unwrap(),
        observed_on: day("2026-04-01"),
        captured_on: day("2026-04-02"),
    }
}

fn pieces(lines: &[&str]) -> Vec<Piece> {
    lines.iter().map(|line| piece(line)).collect()
}

fn terms(chosen_on: Option<NaiveDate>) -> Terms {
    Terms { chosen_on, today: day(TODAY), limits: Limits::default() }
}

fn flags(pieces: &[Piece]) -> Vec<Flag> {
    weigh(pieces, &Scope::default(), &terms(None)).flags
}

/// Four accounts, two kinds, two cells, one against: nothing to say against it.
const SOUND: [&str; 4] = [
    "+A mid proposal call",
    "+B mid solution interview",
    "-C low proposal call",
    "+D low proposal deal",
];

#[test]
fn sound_evidence_has_no_flag() {
    let balance = weigh(&pieces(&SOUND), &Scope::default(), &terms(None));
    assert_eq!(balance.flags, []);
    assert_eq!(balance.share().in_parts(100), Some(75));
    assert_eq!(balance.words(), "3 for, 1 against · 4 accounts");
}

#[test]
fn six_for_and_none_against_of_four_accounts() {
    let mut all = pieces(&["+A mid proposal call", "+B mid solution call", "+C low problem deal"]);
    all.extend(pieces(&["+D low proposal call", "+A mid renewal quote", "+B low solution call"]));
    assert_eq!(flags(&all), [Flag::OneSided], "one-sided, not thin");
}

#[test]
fn six_for_none_against_of_one_account_is_three_warnings() {
    let mut all = pieces(&["+A mid proposal call", "+A low solution call", "+A low problem deal"]);
    all.extend(pieces(&["+A low proposal call", "+A mid renewal quote", "+A low solution call"]));
    assert_eq!(flags(&all), [Flag::Thin, Flag::OneSided, Flag::OneVoice]);
}

#[test]
fn one_piece_is_of_one_voice_one_cell_and_one_kind() {
    let all = [Flag::Thin, Flag::OneVoice, Flag::OneCell, Flag::OneKind];
    assert_eq!(flags(&pieces(&["+A mid proposal call"])), all);
    assert_eq!(flags(&pieces(&["+- - unknown call"])), [Flag::Thin, Flag::OneKind]);
    assert_eq!(flags(&pieces(&["~A mid proposal call"])), [Flag::Thin], "it says nothing of it");
}

#[test]
fn each_flag_fires_alone() {
    let thin = ["+A mid proposal call", "-B low solution deal", "+- low proposal call"];
    let thin = [thin.as_slice(), &["+- mid solution call", "-- low problem deal"]].concat();
    assert_eq!(flags(&pieces(&thin)), [Flag::Thin]);

    let voice = [SOUND.as_slice(), &["+A low renewal quote", "+A mid renewal quote"]].concat();
    assert_eq!(flags(&pieces(&voice)), [Flag::OneVoice], "3 of 6 from one account");
    let edge = [SOUND.as_slice(), &["+A low renewal quote"]].concat();
    assert_eq!(flags(&pieces(&edge)), [], "2 of 5 is 40 %, not more");

    let cell = ["+A mid proposal call", "-B mid proposal deal", "+C mid proposal quote"];
    assert_eq!(flags(&pieces(&cell)), [Flag::OneCell]);
    let scope = Scope { segment: Some("mid".to_owned()), stage: Some(Stage::Proposal) };
    let narrow = weigh(&pieces(&cell), &scope, &terms(None));
    assert_eq!(narrow.flags, [], "the claim says no more than that");
    let unknown = [cell.as_slice(), &["+D - unknown call"]].concat();
    assert_eq!(flags(&pieces(&unknown)), [], "nobody knows that it is one cell");

    let kind = ["+A mid proposal call", "-B low proposal call", "+C mid solution call"];
    assert_eq!(flags(&pieces(&kind)), [Flag::OneKind]);

    let mut late = pieces(&SOUND);
    let chosen = Some(day("2026-04-02"));
    let after = |all: &[Piece]| weigh(all, &Scope::default(), &terms(chosen)).flags;
    assert_eq!(after(&late), [], "captured on the day is not after it");
    for one in &mut late[..2] {
        one.captured_on = day("2026-04-03");
    }
    assert_eq!(after(&late), [], "half of it is not more than half");
    late[2].captured_on = day("2026-04-03");
    assert_eq!(after(&late), [Flag::AfterTheFact]);

    let mut old = pieces(&SOUND);
    for one in &mut old[..2] {
        one.observed_on = day("2025-11-07");
    }
    old[2].observed_on = day("2025-11-07");
    assert_eq!(flags(&old), [], "180 days is not old");
    for one in &mut old[..3] {
        one.observed_on = day("2025-11-06");
    }
    assert_eq!(flags(&old), [Flag::Old]);

    let said = ["+A mid proposal opinion", "+B low solution opinion", "-C mid problem opinion"];
    assert_eq!(flags(&pieces(&said)), [Flag::OpinionOnly]);
}

#[test]
fn limits_are_settings_and_each_flag_says_its_own() {
    let of = |lines: &[&str], limits: Limits| {
        weigh(&pieces(lines), &Scope::default(), &Terms { limits, ..terms(None) }).flags
    };
    let shipped = Limits::default();
    assert_eq!(of(&SOUND, Limits { thin_below_accounts: 5, ..shipped }), [Flag::Thin]);
    assert_eq!(of(&SOUND, Limits { one_voice_above: 24, ..shipped }), [Flag::OneVoice]);
    assert_eq!(of(&SOUND, Limits { old_above_days: 34, ..shipped }), [Flag::Old]);
    let sided = ["+A mid proposal call", "+B low solution deal", "+C low problem quote"];
    assert_eq!(of(&sided, Limits { one_sided_from: 3, ..shipped }), [Flag::OneSided]);
    assert_eq!(of(&sided, shipped), []);
    let chosen = Terms {
        limits: Limits { after_the_fact_above: 80, ..shipped },
        ..terms(Some(day("2026-04-01")))
    };
    assert_eq!(weigh(&pieces(&SOUND), &Scope::default(), &chosen).flags, [Flag::AfterTheFact]);
    assert_eq!(
        Flag::Thin.why(&Limits { thin_below_accounts: 5, ..shipped }),
        "fewer than 5 accounts"
    );
    assert_eq!(Flag::OneVoice.why(&shipped), "more than 40 % from one account");
}

#[test]
fn opinions_are_told_and_count_nothing() {
    let sound = pieces(&SOUND);
    let loud = [sound.clone(), pieces(&["+Z mid proposal opinion"; 9])].concat();
    let balance = weigh(&loud, &Scope::default(), &terms(None));
    assert_eq!((balance.opinions, balance.accounts), (9, 4));
    assert_eq!(balance.share(), weigh(&sound, &Scope::default(), &terms(None)).share());
    assert_eq!(balance.words(), "3 for, 1 against · 4 accounts · 9 opinions");
    let none = weigh(&[], &Scope::default(), &terms(None));
    assert_eq!((none.share().in_tenths().as_str(), none.flags), ("no data", vec![Flag::Thin]));
}

fn any_piece() -> impl Strategy<Value = Piece> {
    let names = prop::option::of("[A-D]");
    let segments = prop::option::of("[xy]");
    let kinds = prop::sample::select(EvidenceKind::ALL);
    let stages = prop::sample::select(Stage::ALL);
    let polarities = prop::sample::select(Polarity::ALL);
    (kinds, polarities, names, segments, stages, 0_u64..400, 0_u64..400).prop_map(
        |(kind, polarity, account, segment, stage, observed, captured)| Piece {
            kind,
            polarity,
            account,
            segment,
            stage,
            observed_on: day(TODAY) - chrono::Days::new(observed),
            captured_on: day(TODAY) - chrono::Days::new(captured),
        },
    )
}

proptest! {
    #[test]
    fn the_order_says_nothing(all in prop::collection::vec(any_piece(), 0..12), by in 0_usize..12, chosen in 0_u64..400) {
        let chosen = Some(day(TODAY) - chrono::Days::new(chosen));
        let mut turned = all.clone();
        turned.rotate_left(by.min(all.len()));
        turned.reverse();
        let scope = Scope::default();
        let balance = weigh(&all, &scope, &terms(chosen));
        prop_assert_eq!(&weigh(&turned, &scope, &terms(chosen)), &balance);
        let counted = balance.for_it + balance.against + balance.neutral + balance.opinions;
        prop_assert_eq!(counted, all.len());
        let factual: Vec<Piece> = all.into_iter().filter(Piece::counts).collect();
        let without = weigh(&factual, &scope, &terms(chosen));
        prop_assert_eq!(without.share(), balance.share());
    }
}
