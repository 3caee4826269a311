//! The catalogue against the table of the specification, and its mistakes.

use std::collections::BTreeSet;

use super::super::computed::Formula;
use super::*;

#[test]
fn the_catalogue_reads_and_every_line_is_whole() {
    let all = read(TEXT).unwrap();
    let slugs: BTreeSet<&str> = all.iter().map(|one| one.slug.as_str()).collect();
    let names: BTreeSet<&str> = all.iter().map(|one| one.name.as_str()).collect();
    assert_eq!((slugs.len(), names.len()), (all.len(), all.len()));
    for one in &all {
        assert!(!one.definition.is_empty() && !one.definition.ends_with('.'), "{}", one.slug);
        assert!(one.name.chars().count() <= 40, "{}", one.name);
        let plain =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        assert!(one.slug.chars().all(plain), "{}", one.slug);
    }
}

/// Rows of the specification's table, the groups of three and of two taken apart.
#[test]
fn nothing_of_the_table_is_missing() {
    let wanted = [
        "revenue-contribution",
        "pipeline-contribution",
        "pipeline-quality",
        "margin-impact",
        "competitive-displacement",
        "sales-cycle",
        "win-rate",
        "close-rate",
        "asp",
        "new-logo-revenue",
        "expansion-revenue",
        "stage-progression",
        "repeated-objections",
        "narrative-adoption",
        "sales-confidence",
        "conversion-rate",
        "activation-d5",
        "activation-d10",
        "activation-d30",
        "adoption-d5",
        "adoption-d10",
        "adoption-d30",
        "engagement-d5",
        "engagement-d10",
        "engagement-d30",
        "time-to-value",
        "feature-adoption",
        "sessions-per-user",
        "retention-rate",
        "nps",
        "dau-mau",
        "key-account-adoption",
        "lead-conversion",
        "message-test",
        "messaging-consistency",
        "insights-gathered",
        "artefact-streak",
        "work-tied-to-outcomes",
        "reactive-share",
        "insight-to-decision",
        "early-involvement",
        "stakeholder-pulse",
        "joint-initiatives",
        // Beyond the table, because a rule that reads several asks for it.
        "traffic",
    ];
    let found: Vec<&str> = catalogue().iter().map(|one| one.slug.as_str()).collect();
    assert_eq!(found, wanted);
}

#[test]
fn the_groups_that_the_method_names_are_there() {
    let of = |group| -> Vec<&str> {
        let all = catalogue().iter().filter(|one| one.group == group);
        all.map(|one| one.slug.as_str()).collect()
    };
    assert_eq!(
        of(Group::Executive),
        [
            "revenue-contribution",
            "pipeline-contribution",
            "margin-impact",
            "competitive-displacement",
            "sales-cycle",
        ]
    );
    assert!(Group::ALL.iter().all(|group| !of(*group).is_empty()));
    for (group, slugs) in [
        (Group::RightUsers, ["conversion-rate", "conversion-rate"]),
        (Group::ValueQuickly, ["activation-d10", "time-to-value"]),
        (Group::UsingIt, ["feature-adoption", "sessions-per-user"]),
        (Group::StayingAndAdvocating, ["retention-rate", "nps"]),
    ] {
        assert!(slugs.iter().all(|slug| of(group).contains(slug)), "{group:?}");
    }
}

#[test]
fn the_scorecard_asks_for_the_executive_ones_and_for_those_of_the_shared_questions() {
    let asked = |group: Group| -> Vec<&str> {
        let own = catalogue().iter().filter(|one| one.asked && one.group == group);
        own.map(|one| one.slug.as_str()).collect()
    };
    assert_eq!(asked(Group::Executive).len(), 5);
    assert_eq!(asked(Group::RightUsers), ["conversion-rate"]);
    assert_eq!(asked(Group::ValueQuickly), ["activation-d10", "time-to-value"]);
    assert_eq!(asked(Group::UsingIt), ["feature-adoption", "sessions-per-user"]);
    assert_eq!(asked(Group::StayingAndAdvocating), ["retention-rate", "nps"]);
    assert_eq!(catalogue().iter().filter(|one| one.asked).count(), 12);
    assert_eq!(find("activation-d5").unwrap().family(), "activation");
    assert_eq!(find("dau-mau").unwrap().family(), "dau-mau");
}

#[test]
fn cadences_follow_the_kind_of_metric() {
    for one in catalogue().iter().filter(|one| one.origin == Origin::Deals) {
        assert_eq!(one.cadence, Cadence::Monthly, "{}", one.slug);
    }
    for one in catalogue().iter().filter(|one| one.origin == Origin::Weeks) {
        assert_eq!(one.cadence, Cadence::Weekly, "{}", one.slug);
    }
    for slug in ["sales-confidence", "stakeholder-pulse"] {
        assert_eq!(find(slug).unwrap().cadence, Cadence::Quarterly, "{slug}");
    }
}

#[test]
fn formulas_and_companions_name_metrics_that_exist() {
    for formula in Formula::ALL {
        assert_eq!(find(formula.slug()).unwrap().origin, Origin::Deals, "{formula:?}");
    }
    assert_eq!(find("dau-mau").unwrap().beside.as_deref(), Some("activation-d10"));
    let beside = catalogue().iter().filter_map(|one| one.beside.as_deref());
    assert!(beside.into_iter().all(|slug| find(slug).is_some()));
    assert_eq!(find("reactive-share").unwrap().target, Some(0.20));
}

#[test]
fn a_mistake_in_the_file_is_named() {
    let wrong = TEXT.replacen("unit = \"money\"", "unit = \"shells\"", 1);
    assert_eq!(read(&wrong).unwrap_err(), "revenue-contribution: “shells” is no unit");
}
