//! Conditions that are read, printed and proved.

use proptest::prelude::*;

use super::*;
use crate::domain::metric::Cadence;
use crate::domain::metric::goal::Direction;
use crate::domain::metric::unit::Unit;

/// A file with so many of everything, and one metric.
struct File {
    names: Vec<String>,
    streak: Option<f64>,
}

impl Facts for File {
    fn counted(&self, _: Fact) -> Counted {
        let count = u32::try_from(self.names.len()).unwrap();
        Counted { count, names: self.names.clone() }
    }

    fn measured(&self, metric: &str) -> Figure {
        match self.streak {
            Some(streak) if metric == "Artefact streak" => {
                is(metric, Unit::Weeks, Reading::Number(streak))
            }
            Some(_) if metric == "Reactive share" => {
                is(metric, Unit::Share, Reading::Share { k: 6, n: 30 })
            }
            _ if metric == "Win rate" => Figure::NotKept,
            _ => Figure::NoData,
        }
    }
}

fn is(name: &str, unit: Unit, reading: Reading) -> Figure {
    let name = name.to_owned();
    let terms = Terms { unit, direction: Direction::Up, cadence: Cadence::Weekly };
    Figure::Is(Measured { name, reading, terms, period: "2026-W19".to_owned() })
}

fn file(count: usize) -> File {
    File { names: (1..=count).map(|number| format!("e{number}")).collect(), streak: Some(5.0) }
}

fn proof(text: &str, file: &File) -> (Standing, String) {
    let proof = Criterion::parse(text).unwrap().proof(file);
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
    assert_eq!(
        proof(wanted, &file(0)),
        (
            Standing::Met,
            "Artefact streak was 5 weeks in 2026-W19, at least 4 weeks is wanted".to_owned()
        )
    );
    let none = File { streak: None, ..file(0) };
    assert_eq!(
        proof(wanted, &none),
        (Standing::Open, "Artefact streak has no data; at least 4 is wanted".to_owned())
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
        prop::sample::select(WHOLE.map(|(fact, ..)| fact).to_vec()),
        prop::option::of(prop::sample::select(ArtefactKind::ALL)).prop_map(Fact::ArtefactsShipped),
        prop::sample::select(RitualKind::ALL).prop_map(Fact::RitualsHeld),
        prop::option::of(prop::sample::select(EvidenceKind::ALL)).prop_map(Fact::EvidenceTagged),
    ];
    prop_oneof![
        (fact, 1_u32..1_000).prop_map(|(fact, least)| Criterion::AtLeast { fact, least }),
        ("[A-Za-z]{1,9}", -999_i32..999, any::<bool>()).prop_map(|(name, level, most)| {
            let side = if most { Side::AtMost } else { Side::AtLeast };
            Criterion::Metric { name, side, level: f64::from(level) / 4.0 }
        }),
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
fn a_figure_is_wanted_on_either_side_of_its_level_as_people_type_it() {
    let most = |level: &str| proof(&format!("metric \"Reactive share\" at most {level}"), &file(0));
    assert_eq!(
        most("20"),
        (Standing::Met, "Reactive share was 20 % in 2026-W19, at most 20 % is wanted".to_owned())
    );
    assert_eq!(most("20 %").0, Standing::Met);
    assert_eq!(most("19.9%").0, Standing::Open);
    assert_eq!(proof("metric \"Reactive share\" at least 20%", &file(0)).0, Standing::Met);
    assert_eq!(
        proof("metric \"Win rate\" at least 4", &file(0)),
        (Standing::Open, "no metric is called Win rate; at least 4 is wanted".to_owned())
    );
}
