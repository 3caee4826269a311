//! The Week part of a Monday (journey 1), and a calendar that changes while the screen is open.

use super::*;

fn event(uid: &str, hour: u8) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:{uid}\nDTSTART:20260505T{hour:02}0000\n\
         DURATION:PT1H\nSUMMARY:Deal desk {uid}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

/// The line with planned and lived by band.
fn figures(session: &Session) -> String {
    let text = session.screen.screen().contents();
    text.lines().find(|line| line.contains(" of ") && line.contains("R ")).unwrap_or("").to_owned()
}

#[test]
fn the_week_of_a_monday_is_filled_moved_and_banded_in_eleven_keys() {
    let home = home();
    let mut session = Session::start(command(home.path()));
    session.wait("a adds a decision");
    session.keys("3").wait("asset");
    session.keys("aSegment memo est:5h band:s\r").wait("added a1");
    session.keys("aBattlecard est:6h band:e\r").wait("added a2");
    let before = session.keys;
    session.keys("4").wait("Nothing is planned");
    session.keys(";").wait("fill the week");
    // Fills 40/40/20; the bars show it.
    session.keys("f").wait("filled 2026-W19");
    let bars = figures(&session);
    // A block goes to the next day, and another band takes its minutes from the one before.
    session.keys("L").wait("on → tomorrow");
    session.keys("cb").wait("reactive");
    session.keys("rea\r").wait("band → reactive");
    assert_ne!(figures(&session), bars);
    assert!(session.keys - before <= 11, "{} keys", session.keys - before);
    session.keys("q");
    assert_eq!(session.end(), 0);
}

#[test]
fn a_watched_folder_shows_within_a_second_and_a_broken_one_says_so() {
    let home = home();
    let folder = home.path().join("work");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.ics"), event("a", 9)).unwrap();
    let mut session = Session::start(command(home.path()));
    session.wait("a adds a decision");
    session.keys(":watch a calendar\r").wait("watch the folder or file");
    session.keys(folder.to_str().unwrap()).keys("\r").wait("imported 1 meeting");
    session.keys("4").wait("Deal desk a");
    std::fs::write(folder.join("b.ics"), event("b", 11)).unwrap();
    let begun = Instant::now();
    session.wait("Deal desk b");
    // Looked at every half second; the rest is this machine's.
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    std::fs::write(folder.join("b.ics"), "BEGIN:VCALENDAR\nBEGIN:VEVENT\n").unwrap();
    session.wait("what it gave last stays");
    session.wait("Deal desk b");
    std::fs::remove_file(folder.join("b.ics")).unwrap();
    session.gone("Deal desk b");
    session.keys("q");
    assert_eq!(session.end(), 0);
}
