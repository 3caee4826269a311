//! A way to see what a bug does to the terminal: in test builds, and only when the environment asks
//! for it, a part of the program panics at the next chance. A release build holds none of this.

/// Panics when this is a test build and `PREWIRE_TEST_PANIC` names the part.
pub fn panic_when_asked(part: &str) {
    if cfg!(debug_assertions) {
        let asked = std::env::var("PREWIRE_TEST_PANIC").is_ok_and(|asked| asked == part);
        assert!(!asked, "provoked in {part}");
    }
}
