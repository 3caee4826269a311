//! A window that is dragged about.

use std::time::{Duration, Instant};

use super::pty::{Session, command, home};

/// Two thousand sizes in a second: what is drawn in the end is the last one, and soon.
#[test]
fn a_storm_of_sizes_ends_in_the_last_one() {
    let home = home();
    let mut demo = command(home.path());
    demo.arg("demo");
    let mut session = Session::start(demo);
    session.wait("Decide").keys("2").wait("question");
    let begun = Instant::now();
    for round in 0..2_000_u16 {
        session.resize(40 + round % 160, 10 + round % 50);
        if round % 50 == 0 {
            session.take(Duration::from_millis(25));
        }
    }
    session.resize(100, 30);
    session.keys("3").wait("asset");
    let lasted = begun.elapsed();
    assert!(lasted < Duration::from_secs(10), "{lasted:?}");
    session.keys("q");
    assert_eq!(session.end(), 0);
    session.assert_given_back();
}
