//! The way of a deal as text, a stage a line with the day on which it was entered: `2026-03-02 Demo`.

use chrono::NaiveDate;

use super::same;

/// Reads the lines; what is no such line is left out.
#[must_use]
pub fn read(text: &str) -> Vec<(NaiveDate, String)> {
    let line = |line: &str| {
        let (day, stage) = line.trim().split_once(' ')?;
        let stage = stage.trim();
        (!stage.is_empty()).then_some((day.parse().ok()?, stage.to_owned()))
    };
    text.lines().filter_map(line).collect()
}

/// Writes the lines in the order of their days; a stage that it had not left is not entered again.
#[must_use]
pub fn write(mut stages: Vec<(NaiveDate, String)>) -> String {
    stages.sort_by_key(|(day, _)| *day);
    stages.dedup_by(|later, earlier| same(&later.1, &earlier.1));
    let lines: Vec<String> = stages.iter().map(|(day, stage)| format!("{day} {stage}")).collect();
    lines.join("\n")
}

/// A way with what a later export tells of it: of stages that both know the later one counts.
#[must_use]
pub fn renewed(
    before: Vec<(NaiveDate, String)>,
    told: Vec<(NaiveDate, String)>,
) -> Vec<(NaiveDate, String)> {
    let mut way = before;
    way.retain(|(_, stage)| !told.iter().any(|(_, other)| same(other, stage)));
    way.extend(told);
    way
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::metric::fixture::day;

    #[test]
    fn what_is_written_is_read_back_in_the_order_of_days() {
        let way = vec![
            (day("2026-04-01"), "Proposal (EMEA)".to_owned()),
            (day("2026-03-02"), "Demo".to_owned()),
            (day("2026-03-02"), "demo ".to_owned()),
        ];
        let text = write(way);
        assert_eq!(text, "2026-03-02 Demo\n2026-04-01 Proposal (EMEA)");
        assert_eq!(write(read(&text)), text);
        let twice = "2026-03-02 Demo\n2026-03-09 Demo\n2026-04-01 Offer\n2026-05-01 Demo";
        assert_eq!(write(read(twice)), "2026-03-02 Demo\n2026-04-01 Offer\n2026-05-01 Demo");
        assert_eq!(read("Demo\n2026-13-01 Demo\n2026-03-02 \n"), []);
    }

    #[test]
    fn a_later_export_moves_the_stages_that_it_tells() {
        let before = read("2026-03-02 Demo\n2026-04-01 Proposal");
        let told = read("2026-03-05 demo");
        assert_eq!(write(renewed(before, told)), "2026-03-05 demo\n2026-04-01 Proposal");
    }
}
