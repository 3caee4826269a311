//! Records as they are written, and read in the forms that people use.

use super::*;

fn record() -> Madr {
    Madr {
        title: "Which tier is *Atlas*?".to_owned(),
        status: "accepted".to_owned(),
        date: "2026-05-06".parse().ok(),
        no_date: String::new(),
        deciders: vec!["Dana".to_owned()],
        consulted: vec!["Raj Mehta".to_owned(), "Lee".to_owned()],
        informed: Vec::new(),
        context: "Two rivals launched. It matters.".to_owned(),
        drivers: vec!["45 % of demos move on".to_owned()],
        options: vec![
            MadrOption {
                title: "Tier 1".to_owned(),
                good: vec!["reach".to_owned()],
                bad: vec!["six weeks".to_owned()],
                neutral: vec!["it takes 20 h".to_owned()],
            },
            MadrOption {
                title: "Tier 2, sales-led".to_owned(),
                good: vec!["the date".to_owned()],
                bad: vec![],
                neutral: vec![],
            },
        ],
        chosen: "Tier 2, sales-led".to_owned(),
        because: "it keeps the [date]".to_owned(),
        consequences: vec!["Analysts miss it".to_owned()],
        confirmation: "Read on 2026-06-20".to_owned(),
        contributors: Vec::new(),
        more: "First line.\n\n* a list".to_owned(),
        told: vec![
            MadrTold {
                section: "review".to_owned(),
                head: "partly".to_owned(),
                rest: vec![("happened".to_owned(), "it *held*: mostly".to_owned())],
            },
            MadrTold {
                section: "pre-wires".to_owned(),
                head: "Raj Mehta".to_owned(),
                rest: vec![
                    ("held on".to_owned(), "2026-05-04".to_owned()),
                    ("stance".to_owned(), "conditions".to_owned()),
                ],
            },
            MadrTold {
                section: "objections".to_owned(),
                head: "Reps have no answer".to_owned(),
                rest: Vec::new(),
            },
        ],
        recommended: String::new(),
        extra: vec![("stake".to_owned(), "high".to_owned())],
    }
}

#[test]
fn what_is_written_is_read_again() {
    let mut out = Vec::new();
    write(&record(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(is_madr(&text));
    assert_eq!(read(&text).unwrap(), record());
}

#[test]
fn a_text_of_several_lines_keeps_them() {
    let told = MadrTold {
        section: "versions".to_owned(),
        head: "Which tier?\nstate: decided\nhappening: one\n  and two\n\nand: three".to_owned(),
        rest: vec![
            ("reason".to_owned(), "first: \nsecond\n  third".to_owned()),
            ("decided on".to_owned(), "2026-05-04".to_owned()),
        ],
    };
    let record = Madr { told: vec![told], ..record() };
    let mut out = Vec::new();
    write(&record, &mut out).unwrap();
    let again = read(&String::from_utf8(out).unwrap()).unwrap();
    assert_eq!(again.told[0].head, record.told[0].head);
    assert_eq!(again.told[0].rest[0].1, "first:\nsecond\n  third");
    assert_eq!(again.told[0].rest[1], record.told[0].rest[1]);
}

#[test]
fn a_reason_without_options_is_the_outcome_itself() {
    let record = Madr { chosen: String::new(), options: Vec::new(), ..record() };
    let mut out = Vec::new();
    write(&record, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("## Decision Outcome\n\nit keeps the"), "{text}");
    assert_eq!(read(&text).unwrap(), record);
}

#[test]
fn what_people_write_by_hand_is_understood() {
    let text = "# Use a narrative\n\n* Status: proposed\n* Deciders: Ana, Ben\n* Date: 2026-01-02\n\n\
        ## Context and Problem Statement\n\nWe tell three stories.\n\n## Considered Options\n\n- One story\n- Three\n\n\
        ## Decision Outcome\n\nChosen option: One story, because it is heard.\n\n### Positive Consequences\n\n- Less work\n\n\
        ## Pros and Cons of the Options\n\n### Three\n\n- Bad, because nobody repeats them\n";
    let found = read(text).unwrap();
    assert_eq!((found.status.as_str(), found.deciders.len()), ("proposed", 2));
    assert_eq!((found.chosen.as_str(), found.because.as_str()), ("One story", "it is heard."));
    assert_eq!(found.options[1].bad, ["nobody repeats them"]);
    assert_eq!(found.consequences, ["Less work"]);
    assert!(!is_madr("# A page\n\nWith words.\n"));
}

#[test]
fn the_template_of_madr_itself_is_understood() {
    let text = "---\n# These are optional metadata elements. Feel free to remove any of them.\n\
        status: accepted\ndecision-makers:\n  - Dana\n  - \"Kim, Jr\"\nconsulted: [Lee, \"Ana, PhD\"]\n---\n\n\
        # Use records\n\n<!-- This is an\noptional element. -->\n## Context and Problem Statement\n\nWhich form?\n\n\
        ## Considered Options\n\n* [MADR](https://adr.github.io) 4.0.0 – The records\n* Nothing\n\n\
        ## Decision Outcome\n\nChosen option: \"MADR 4.0.0\", because\n\n* it is short\n* it is known\n\n\
        ### Confirmation\n\n<!-- This is an optional element. -->\n\n\
        ## Pros and Cons of the Options\n\n### MADR 4.0.0\n\n* Good, because it is read\n";
    assert!(is_madr(text));
    let found = read(text).unwrap();
    assert_eq!(found.title, "Use records");
    assert_eq!(found.deciders, ["Dana", "Kim, Jr"]);
    assert_eq!(found.consulted, ["Lee", "Ana, PhD"]);
    assert_eq!(found.options.len(), 2);
    assert_eq!(found.chosen, "MADR 4.0.0 – The records");
    assert_eq!(found.options[0].good, ["it is read"]);
    assert_eq!(found.because, "it is short; it is known");
    assert_eq!(found.confirmation, "");
}

#[test]
fn a_record_of_nygards_form_is_one() {
    let text = "# 3. Use a narrative\n\nDate: 2026-01-02\n\n## Status\n\nAccepted\n\n## Context\n\nThree stories.\n\n\
        ## Decision\n\nWe tell one.\n\n## Consequences\n\nLess work.\n";
    assert!(is_madr(text));
    let found = read(text).unwrap();
    assert_eq!((found.title.as_str(), found.status.as_str()), ("3. Use a narrative", "Accepted"));
    assert_eq!(
        (found.context.as_str(), found.because.as_str()),
        ("Three stories.", "We tell one.")
    );
    assert_eq!(found.consequences, ["Less work."]);
}

#[test]
fn what_a_record_says_under_headings_of_its_own_is_kept() {
    let text = "# Use a narrative\n\n## Context and Problem Statement\n\nThree stories.\n\n\
        ## Rollout\n\nIn two waves:\n\n- sales\n- success\n\n\
        ## More Information\n\nSee the call notes.\n\n### Pre-wires\n\n* Raj\n  * stance: for\n  * notes: wants it\n\
    \x20   on a card\n* Dana\n\n### Later\n\nWe look again.\n";
    let found = read(text).unwrap();
    assert_eq!(
        found.more,
        "Rollout\n\nIn two waves:\n\n- sales\n- success\n\nSee the call notes.\n\nLater\n\nWe look again."
    );
    assert_eq!(found.told.len(), 2);
    assert_eq!(found.told[0].rest[1], ("notes".to_owned(), "wants it on a card".to_owned()));
    assert_eq!(found.told[1].head, "Dana");
}

#[test]
fn what_is_recommended_beside_what_was_chosen_comes_back() {
    let record = Madr { recommended: "Tier 1".to_owned(), ..record() };
    let mut out = Vec::new();
    write(&record, &mut out).unwrap();
    assert_eq!(read(&String::from_utf8(out).unwrap()).unwrap(), record);
}
