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
    session.wait("every morning");
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
    session.keys("L").wait("to Thu 7 May");
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
    session.wait("every morning");
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

/// Starts the program on another day.
fn on_day(home: &Path, moment: &str) -> portable_pty::CommandBuilder {
    let mut command = command(home);
    command.args(["--today", moment]);
    command
}

#[test]
fn a_timer_left_running_asks_what_really_happened() {
    let home = home();
    let run = |moment: &str, words: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_prewire"));
        for (name, folder) in
            [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config")]
        {
            program.env(name, home.path().join(folder));
        }
        let output = program.args(["--today", moment]).args(words).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    run("2026-05-05T15:30", &["asset", "add", "Battlecard band:e"]);
    run("2026-05-05T16:00", &["timer", "start", "a1"]);
    let mut session = Session::start(on_day(home.path(), "2026-05-06T08:55"));
    session.wait("while this timer ran, 16 h 55 since");
    // The safe answer leaves it as it is, and logs nothing; so does a kill.
    session.wait("leave it running");
    session.child.kill().unwrap();
    assert!(run("2026-05-06T08:56", &["timer", "status"]).contains("Battlecard"));
    let mut session = Session::start(on_day(home.path(), "2026-05-06T08:57"));
    session.wait("it ended at");
    // A question that opens by itself takes no key that was meant for something else.
    std::thread::sleep(Duration::from_millis(300));
    session.keys("e").wait("it ended at");
    session.keys("17:15\r").wait("logged 1 h 15");
    session.keys("q");
    assert_eq!(session.end(), 0);
    let entries = run("2026-05-06T09:00", &["--json", "entry", "list"]);
    assert!(entries.contains("\"on\":\"2026-05-05\""), "{entries}");
    assert!(entries.contains("\"minutes\":75"), "{entries}");
}

#[test]
fn the_plan_follows_into_its_calendar_folder_by_itself() {
    let home = home();
    let folder = home.path().join("plan");
    let mut session = Session::start(command(home.path()));
    session.wait("every morning");
    session.keys("4aMemo on:2026-05-07 at:10:00 est:1h band:s\r").wait("added k1");
    session.keys(";").wait("publish the plan");
    session.keys("p").wait("publish the plan into the folder");
    session.keys(folder.to_str().unwrap()).keys("\r").wait("1 written");
    let text = || {
        let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
        std::fs::read_to_string(file.path()).unwrap()
    };
    assert!(text().contains("20260507T100000"), "{}", text());
    session.keys("L").wait("Fri 8");
    let begun = Instant::now();
    while !text().contains("20260508T100000") {
        assert!(begun.elapsed() < Duration::from_secs(10), "{}", text());
        std::thread::sleep(Duration::from_millis(50));
    }
    session.keys("q");
    assert_eq!(session.end(), 0);
}
