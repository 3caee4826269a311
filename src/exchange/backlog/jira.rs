//! Jira's CSV: repeated headers for labels and comments, rows wider than the header, wiki
//! markup, and an issue that newer sites call a work item.

use super::draft::Draft;
use super::slot::Slot;
use super::source::{Estimates, Habits, Labels, Layout, Links, Width};
use super::wiki;
use crate::exchange::dates::{self, End};

pub(super) const LAYOUT: Layout = Layout {
    signatures: &[&["summary", "status", "issuekey"], &["summary", "status", "workitemkey"]],
    columns: &COLUMNS,
    habits: HABITS,
    refine,
};

const COLUMNS: [(&str, Slot); 26] = [
    ("issuekey", Slot::Id),
    ("workitemkey", Slot::Id),
    ("key", Slot::Id),
    ("summary", Slot::Title),
    ("status", Slot::State),
    ("issuetype", Slot::Kind),
    ("worktype", Slot::Kind),
    ("workitemtype", Slot::Kind),
    ("priority", Slot::Priority),
    ("assignee", Slot::Owner),
    ("reporter", Slot::From),
    ("creator", Slot::From),
    ("created", Slot::Created),
    ("updated", Slot::Updated),
    ("resolved", Slot::Completed),
    ("duedate", Slot::Due),
    ("labels", Slot::Tags),
    ("description", Slot::Note),
    ("comment", Slot::Comment),
    ("comments", Slot::Comment),
    ("originalestimate", Slot::Estimate),
    ("storypoints", Slot::Estimate),
    ("customfield(storypoints)", Slot::Estimate),
    ("parentkey", Slot::Parent),
    ("inwardissuelink(blocks)", Slot::BlockedBy),
    ("outwardissuelink(blocks)", Slot::Blocks),
];

const HABITS: Habits = Habits {
    labels: Labels::SpaceSeparated,
    links: Links::Ids,
    estimates: Estimates::Seconds,
    width: Width::MayHaveComments,
    ..Habits::PLAIN
};

fn refine(draft: &mut Draft) {
    draft.note = wiki::to_markdown(&draft.note);
    for comment in &mut draft.comments {
        *comment = read_comment(comment);
    }
}

/// `03/May/26 9:00 AM;maya;Needs proof` as `2026-05-03, maya: Needs proof`.
fn read_comment(comment: &str) -> String {
    let mut parts = comment.splitn(3, ';');
    let (Some(date), Some(author), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
        return wiki::to_markdown(comment);
    };
    match dates::read(date, None, End::First) {
        Ok(day) => format!("{day}, {}: {}", author.trim(), wiki::to_markdown(text.trim())),
        Err(_) => wiki::to_markdown(comment),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_begins_with_its_day_and_author() {
        assert_eq!(
            read_comment("03/May/26 9:00 AM;maya;Needs *proof*; soon"),
            "2026-05-03, maya: Needs **proof**; soon"
        );
        assert_eq!(read_comment("a; b; c"), "a; b; c");
    }
}
