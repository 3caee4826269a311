//! Deals by keystrokes: the list, the figures that are counted on them, and the deals behind each.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use prewire::app::effect::Msg;
use prewire::app::place::Place;
use prewire::ops::import::ImportRequest;

use crate::screen::Screen;

/// A screen over forty deals of an export.
fn with_deals(width: u16, height: u16) -> Screen {
    let mut text = "Record ID,Deal Name,Deal Stage,Close Date,Amount,Create Date,\
                    Closed Lost Reason,Associated Company\n"
        .to_owned();
    for number in 0..40 {
        let stage = ["Closed Won", "Closed Lost", "Proposal", "Closed Lost"][number % 4];
        let reason =
            if stage == "Closed Lost" { ["Price", "No decision"][number % 3 % 2] } else { "" };
        let (closed, created) = (1 + number % 28, 1 + number % 25);
        writeln!(
            text,
            "{number},Deal {number},{stage},2026-04-{closed:02},{},2026-01-{created:02},{reason},Company {}",
            1_000 * (number + 1),
            number % 7
        )
        .unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deals.csv");
    std::fs::write(&path, text).unwrap();
    let mut screen = Screen::empty(width, height);
    let request = ImportRequest { path, ..ImportRequest::default() };
    screen.workspace.import(&request, &mut |_, _| ControlFlow::Continue(())).unwrap();
    screen.send(Msg::Changed);
    screen
}

#[test]
fn the_list_and_the_figures_of_deals() {
    for (name, width, height) in [("120", 120, 40), ("80", 80, 24)] {
        let mut screen = with_deals(width, height);
        screen.keys("gD");
        insta::assert_snapshot!(format!("deals-{name}"), screen.text());
        screen.keys("gF");
        insta::assert_snapshot!(format!("deal-figures-{name}"), screen.text());
    }
}

#[test]
fn every_figure_opens_the_deals_behind_it() {
    let mut screen = with_deals(120, 40);
    let told = screen.workspace.deal_figures(None).unwrap();
    assert!(told.figures.len() >= 8, "{told:?}");
    for (place, figure) in told.figures.iter().enumerate() {
        screen.keys("1gF").keys(&"<down>".repeat(place)).keys("<enter>");
        assert_eq!(screen.model.place, Place::Deals, "{figure:?}");
        let shown = u32::try_from(screen.model.list().total).unwrap();
        let counts = [figure.k, figure.n];
        assert!(
            counts == [None, None] || counts.contains(&Some(shown)),
            "{shown} deals behind {figure:?}\n{}",
            screen.text()
        );
        assert_eq!(screen.model.list().query.filter, figure.filter);
        screen.keys("<esc>");
    }
    screen.keys("gM+m win-rate<enter>gM<enter>gB");
    assert_eq!(screen.model.place, Place::Deals, "{}", screen.text());
    assert_eq!(screen.model.list().total, 30, "{}", screen.text());
}
