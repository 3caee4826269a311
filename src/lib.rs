//! prewire: the planning workspace of strategic product marketers, in the terminal.
//!
//! The map, and the one import rule: `domain ← store ← ops ← app ← ui`; `exchange` stands beside
//! `ops` over `domain`; `cli` is a sibling of `app` and `ui` above `ops`; `tui` is the shell on top.

#![forbid(unsafe_code)]

pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod exchange;
pub mod ops;
pub mod store;
pub mod tui;
pub mod ui;
