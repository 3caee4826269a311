//! The command line, driven as a user and as a script would drive it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/program.rs"]
mod program;

#[path = "cli/again.rs"]
mod again;
#[path = "cli/aims.rs"]
mod aims;
#[path = "cli/alignment.rs"]
mod alignment;
#[path = "cli/anew.rs"]
mod anew;
#[path = "cli/calendar.rs"]
mod calendar;
#[path = "cli/carried.rs"]
mod carried;
#[path = "cli/chains.rs"]
mod chains;
#[path = "cli/claims.rs"]
mod claims;
#[path = "cli/contract.rs"]
mod contract;
#[path = "cli/deals.rs"]
mod deals;
#[path = "cli/decisions.rs"]
mod decisions;
#[path = "cli/endings.rs"]
mod endings;
#[path = "cli/evidence.rs"]
mod evidence;
#[path = "cli/examples.rs"]
mod examples;
#[path = "cli/given.rs"]
mod given;
#[path = "cli/given_files.rs"]
mod given_files;
#[path = "cli/holds.rs"]
mod holds;
#[path = "cli/honest.rs"]
mod honest;
#[path = "cli/judged.rs"]
mod judged;
#[path = "cli/kept.rs"]
mod kept;
#[path = "cli/keys.rs"]
mod keys;
#[path = "cli/limits.rs"]
mod limits;
#[path = "cli/masked.rs"]
mod masked;
#[path = "cli/meant.rs"]
mod meant;
#[path = "cli/meetings.rs"]
mod meetings;
#[path = "cli/metrics.rs"]
mod metrics;
#[path = "cli/month.rs"]
mod month;
#[path = "cli/outright.rs"]
mod outright;
#[path = "cli/own_lists.rs"]
mod own_lists;
#[path = "cli/own_weeks.rs"]
mod own_weeks;
#[path = "cli/parts.rs"]
mod parts;
#[path = "cli/past.rs"]
mod past;
#[path = "cli/plans.rs"]
mod plans;
#[path = "cli/practice.rs"]
mod practice;
#[path = "cli/quarter.rs"]
mod quarter;
#[path = "cli/rates.rs"]
mod rates;
#[path = "cli/replay.rs"]
mod replay;
#[path = "cli/reports.rs"]
mod reports;
#[path = "cli/requests.rs"]
mod requests;
#[path = "cli/reviews.rs"]
mod reviews;
#[path = "cli/rhythm.rs"]
mod rhythm;
#[path = "cli/rituals.rs"]
mod rituals;
#[path = "cli/safety.rs"]
mod safety;
#[path = "cli/sessions.rs"]
mod sessions;
#[path = "cli/settings.rs"]
mod settings;
#[path = "cli/signals.rs"]
mod signals;
#[path = "cli/slips.rs"]
mod slips;
#[path = "cli/standing.rs"]
mod standing;
#[path = "cli/stood.rs"]
mod stood;
#[path = "cli/told.rs"]
mod told;
#[path = "cli/told_now.rs"]
mod told_now;
#[path = "cli/urgent.rs"]
mod urgent;
#[path = "cli/views.rs"]
mod views;
#[path = "cli/watched.rs"]
mod watched;
#[path = "cli/week.rs"]
mod week;
#[path = "cli/worded.rs"]
mod worded;
