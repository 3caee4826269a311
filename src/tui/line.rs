//! The line mode.
