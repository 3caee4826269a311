//! Conditions that are read, printed and proved.

use proptest::prelude::*;

use super::*;
use crate::domain::day::fixture::day;

/// A file with so many of everything, and one metric.
struct File {
    names: Vec<String>,
    streak: Option<f64>,
}

impl Facts for File {
    fn counted(&self, fact: Fact, _: NaiveDate) -> Option<Counted> {
        let count = u32::try_from(self.names.len()).unwrap();
        let kept = fact != Fact::RitualsHeld(RitualKind::Quarter);
        kept.then(|| Counted { count, names: self.names.clone() })
    }

    fn measured(&self, metric: &str) -> Figure {
        match self.streak {
            Some(streak) if metric == "Artefact streak" => Figure::Is(streak),
            _ if metric == "Win rate" => Figure::NotKept,
            _ => Figure::NoData,
        }
    }
}

fn file(count: usize) -> File {
    File { names: (1..=count).map(|number| format!("e{number}")).collect(), streak: Some(5.0) }
}

fn proof(text: &str, file: &File) -> (Standing, String) {
    let proof = Criterion::parse(text).unwrap().proof(file, day("2026-05-04"));
    (proof.standing, proof.words)
}

#[test]
fn a_proof_says_how_many_and_which() {
    assert_eq!(
        proof("outcomes agreed 3", &file(3)),
        (Standing::Met, "3 of 3 outcomes agreed: e1, e2, e3".to_owned())
    );
    assert_eq!(
        proof("evidence call tagged 10", &file(7)),
        (Standing::Open, "7 of 10 calls tagged: e1, e2, e3, e4, e5 and 2 more".to_owned())
    );
    assert_eq!(
        proof("ritual month held", &file(0)),
        (Standing::Open, "0 of 1 monthly review held".to_owned())
    );
    assert_eq!(proof("weeks blocked 2", &file(2)).1, "2 of 2 weeks blocked 40/40/20: e1, e2");
    assert_eq!(
        proof("artefact segment-hypothesis shipped", &file(1)).1,
        "1 of 1 segment hypothesis shipped: e1"
    );
}

#[test]
fn a_metric_without_data_is_open_and_a_hand_is_a_hand() {
    let wanted = "metric \"Artefact streak\" at least 4";
    assert_eq!(proof(wanted, &file(0)).0, Standing::Met);
    let none = File { streak: None, ..file(0) };
    assert_eq!(
        proof(wanted, &none),
        (Standing::Open, "Artefact streak has no data, at least 4 is wanted".to_owned())
    );
    assert_eq!(proof("by hand: the audit is written", &file(9)).0, Standing::ByHand);
}

#[test]
fn a_milestone_ticks_when_all_of_it_holds() {
    let of = |standings: &[Standing]| {
        let proof = |standing: &Standing| Proof { standing: *standing, words: String::new() };
        ticks(&standings.iter().map(proof).collect::<Vec<_>>())
    };
    assert_eq!(of(&[]), Standing::ByHand);
    assert_eq!(of(&[Standing::Met, Standing::Met]), Standing::Met);
    assert_eq!(of(&[Standing::Met, Standing::ByHand]), Standing::ByHand);
    assert_eq!(of(&[Standing::ByHand, Standing::Open, Standing::Met]), Standing::Open);
}

#[test]
fn what_is_no_condition_says_what_would_be() {
    for (text, part) in [
        ("outcomes", "is no condition; try"),
        ("artefact poem shipped", "there is no artefact “poem”"),
        ("ritual dance held", "there is no ritual “dance”"),
        ("evidence rumour tagged 3", "there is no evidence “rumour”"),
        ("outcomes agreed 0", "always holds"),
        ("outcomes agreed 99999999999", "is too many"),
        ("metric streak >= 4", "a metric is"),
        ("metric \"x\" at least nan", "a metric is"),
        ("by hand:  ", "does not say what"),
    ] {
        let said = Criterion::parse(text).unwrap_err();
        assert!(said.contains(part), "{text}: {said}");
    }
}

fn any_criterion() -> impl Strategy<Value = Criterion> {
    let fact = prop_oneof![
        Just(Fact::OutcomesAgreed),
        Just(Fact::WeeksBlocked),
        prop::option::of(prop::sample::select(ArtefactKind::ALL)).prop_map(Fact::ArtefactsShipped),
        prop::sample::select(RitualKind::ALL).prop_map(Fact::RitualsHeld),
        prop::option::of(prop::sample::select(EvidenceKind::ALL)).prop_map(Fact::EvidenceTagged),
    ];
    prop_oneof![
        (fact, 1_u32..1_000).prop_map(|(fact, least)| Criterion::AtLeast { fact, least }),
        ("[A-Za-z]{1,9}", -999_i32..999)
            .prop_map(|(name, least)| Criterion::Metric { name, least: f64::from(least) / 4.0 }),
        "[a-z]{1,9}( [a-z]{1,9}){0,3}".prop_map(|what| Criterion::ByHand { what }),
    ]
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(criterion in any_criterion()) {
        prop_assert_eq!(Criterion::parse(&criterion.to_string()), Ok(criterion));
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = Criterion::parse(&text);
    }
}

#[test]
fn what_nothing_counts_is_left_to_a_person_and_says_so() {
    assert_eq!(
        proof("ritual quarter held", &file(3)),
        (
            Standing::ByHand,
            "by hand: 1 quarter start held, which nothing here counts yet".to_owned()
        )
    );
    assert_eq!(proof("metric \"Win rate\" at least 4", &file(0)).0, Standing::ByHand);
}
