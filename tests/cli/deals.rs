//! Deals as they come out of a CRM: taken once, changed where the file changed, never twice; what is
//! counted on them, with the deals behind each figure; and the ledger of impacts.

use crate::program::Machine;

const HUBSPOT: &str = "\u{feff}Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date,Closed Lost Reason,Associated Company,Segment,Competitor,\"Date entered \"\"Demo (Sales Pipeline)\"\"\"
1,\"Northgate Freight, rollout\",Closed Lost,2026-05-18 10:22,Maya Chen,48000,Sales Pipeline,2026-02-03 09:10,\"No decision; rollout effort
feared by IT\",Northgate Freight,mid-market,Rivo,2026-03-02 11:40
2,Lumen Clinics - Pilot,Closed Won,2026-06-02 16:05,Jon Ito,22500.50,Sales Pipeline,2026-03-11 08:30,,Lumen Clinics,mid-market,,2026-04-01 14:00
3,Aurora Bank,Closed Won ,2026-05-05 16:05,Jon Ito,\"€125,000.00\",Sales Pipeline,2026-01-11 08:30,,Aurora Bank,enterprise,Rivo,2026-02-01 14:00
4,Cedar Foods,Demo,2026-09-30 16:05,Jon Ito,,Sales Pipeline,2026-04-11 08:30,,Cedar Foods,mid-market,,2026-04-20 14:00
";

fn write(machine: &Machine, name: &str, text: &str) {
    std::fs::write(machine.path(name), text).unwrap();
}

#[test]
fn an_export_is_taken_once_and_changes_what_it_changed() {
    let machine = Machine::new();
    write(&machine, "deals.csv", HUBSPOT);
    let later = HUBSPOT
        .replace(
            "4,Cedar Foods,Demo,2026-09-30 16:05,Jon Ito,,",
            "4,Cedar Foods,Closed Won,2026-06-20 16:05,Jon Ito,9000,",
        )
        .replace(",Segment,", ",Size,");
    write(&machine, "later.csv", &later);
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire deal import deals.csv --currency EUR --reason "No decision; rollout effort feared by IT=rollout effort" --dry-run
        prewire deal import deals.csv --currency EUR --reason "No decision; rollout effort feared by IT=rollout effort"
        prewire deal import deals.csv
        prewire deal edit h4 --note "champion left" --segment "upper mid-market"
        prewire deal import later.csv
        prewire deal show h4
        prewire deal show h1
        prewire deal list --closed
        prewire import later.csv
        prewire undo
        prewire deal list
        "#
    ));
}

#[test]
fn figures_are_counted_on_deals_and_open_them() {
    let machine = Machine::new();
    write(&machine, "deals.csv", HUBSPOT);
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire deal import deals.csv --currency EUR
        prewire --today 2026-07-06 deal figures
        prewire --today 2026-07-06 deal figures --period 2026-05
        prewire --today 2026-06-06 metric add "win-rate target:60 seg:mid-market contribution:page"
        prewire --today 2026-06-06 metric status m1
        prewire --today 2026-06-06 metric deals m1
        prewire --today 2026-06-06 metric record m1 1/4 period:2026-05 -- without pilots
        prewire --today 2026-06-06 metric status m1
        prewire --today 2026-06-06 metric deals m1
        prewire deal figures --period soon
        "#
    ));
    let figures = machine.items(&["--today", "2026-07-06", "deal", "figures"]);
    for figure in figures.iter().filter(|one| one["k"].is_number()) {
        let (name, filter) =
            (figure["title"].as_str().unwrap(), figure["filter"].as_str().unwrap());
        let found = machine.items(&["--today", "2026-07-06", "deal", "list", "--closed", filter]);
        if figure["group"] != "Moved on from a stage" && figure["group"] != "Lost because of" {
            assert_eq!(found.len() as u64, figure["n"].as_u64().unwrap(), "{name}: {filter}");
        }
    }
}

#[test]
fn a_history_adds_the_stages_of_the_deals_that_it_names() {
    let machine = Machine::new();
    write(
        &machine,
        "report.csv",
        "\"Opportunity Owner\",\"Account Name\",\"Opportunity Name\",\"Stage\",\"Amount Currency\",\"Amount\",\"Close Date\",\"Created Date\",\"Loss Reason\"\n\
         \"Maya Chen\",\"Aurora Bank\",\"Aurora Bank, Platform\",\"Closed Lost\",\"EUR\",\"125,000.00\",\"6/18/2026\",\"3/13/2026\",\"Competitor\"\n\
         \"José Ruiz\",\"Cedar Foods\",\"Cedar Foods, Team plan\",\"Negotiation/Review\",\"USD\",\"18,500.00\",\"9/30/2026\",\"8/20/2025\",\"\"\n\
         \n\"Grand Totals (2 records)\"\n\"Confidential Information - Do Not Distribute\"\n",
    );
    write(
        &machine,
        "history.csv",
        "\"Opportunity Name\",\"From Stage\",\"To Stage\",\"Last Modified\",\"Amount\"\n\
         \"Aurora Bank, Platform\",\"Proposal\",\"Closed Lost\",\"6/18/2026\",\"125,000.00\"\n\
         \"Aurora Bank, Platform\",\"Proposal\",\"Proposal\",\"5/13/2026\",\"125,000.00\"\n\
         \"Aurora Bank, Platform\",\"Discovery\",\"Proposal\",\"4/13/2026\",\"120,000.00\"\n\
         \"Nobody\",\"Discovery\",\"Proposal\",\"4/13/2026\",\"120,000.00\"\n",
    );
    insta::assert_snapshot!(machine.transcript(
        r"
        prewire deal import report.csv
        prewire deal import history.csv
        prewire deal show h1
        prewire deal import history.csv
        prewire deal import report.csv
        prewire --today 2026-07-06 deal figures
        "
    ));
}

#[test]
fn impacts_are_summed_by_kind_and_currency_and_credit_their_deal() {
    let machine = Machine::new();
    write(&machine, "deals.csv", HUBSPOT);
    insta::assert_snapshot!(machine.transcript(
        r#"
        prewire impact sum
        prewire impact add "Pilot signed kind:revenue amount:22500.50 currency:eur"
        prewire impact add "Two points less discount kind:margin was:12"
        prewire impact add "Two points less discount kind:margin before:12 after:10"
        prewire impact add "Yen kind:revenue amount:900 currency:JPY"
        prewire impact add "Odd kind:revenue amount:900 currency:euro"
        prewire deal import deals.csv --currency EUR
        prewire impact add "Aurora signed after the rollout page kind:revenue deal:h3"
        prewire impact sum
        prewire --today 2026-06-06 metric add revenue-contribution
        prewire --today 2026-06-06 metric status
        prewire --today 2026-06-06 metric deals m1
        prewire impact edit v1 --state withdrawn
        prewire impact sum --json
        prewire impact list
        "#
    ));
}
