//! The accounts: what is known from each, when it was heard of last, and how its deals stand.

use std::collections::BTreeMap;

use serde_json::json;

use crate::domain::day;
use crate::domain::metric::deals::Standing;
use crate::store::conversation::Account;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::report::{Report, Row};

/// The deals of an account.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    open: usize,
    won: usize,
    lost: usize,
}

impl Workspace {
    /// Every account of which something is known, those heard of last at the top.
    ///
    /// # Errors
    /// A storage error.
    pub fn account_report(&self) -> Result<Report> {
        let mut report = Report::new("account", "Accounts");
        let heard = self.store.accounts_heard()?;
        let mut deals: BTreeMap<String, (String, Ends)> = BTreeMap::new();
        for deal in &self.ledger()?.deals {
            let Some(name) = deal.account.as_deref().map(str::trim) else { continue };
            let ends = &mut deals
                .entry(name.to_lowercase())
                .or_insert_with(|| (name.to_owned(), Ends::default()))
                .1;
            match deal.standing {
                Standing::Open => ends.open += 1,
                Standing::Won => ends.won += 1,
                Standing::Lost => ends.lost += 1,
            }
        }
        for one in heard {
            let ends =
                deals.remove(&one.name.to_lowercase()).map_or_else(Ends::default, |own| own.1);
            report.rows.push(self.account_row(&one, ends));
        }
        for (name, ends) in deals.into_values() {
            let unheard = Account { name, pieces: 0, talks: 0, last: None };
            report.rows.push(self.account_row(&unheard, ends));
        }
        let unheard = report.rows.iter().filter(|row| row.values["last_heard"].is_null()).count();
        report.head.push(match (report.rows.len(), unheard) {
            (0, _) => "no account yet: evidence, conversations and deals name theirs".to_owned(),
            (1, 0) => "1 account".to_owned(),
            (all, 0) => format!("{all} accounts"),
            (all, unheard) => {
                format!("{all} accounts; nothing was heard from {unheard} that have deals")
            }
        });
        Ok(report)
    }

    fn account_row(&self, account: &Account, ends: Ends) -> Row {
        let mut words = Vec::new();
        let counted = |count: usize, one: &str, many: &str| {
            (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
        };
        words.extend(counted(account.pieces, "piece", "pieces"));
        words.extend(counted(account.talks, "conversation", "conversations"));
        let deals = [(ends.open, "open"), (ends.won, "won"), (ends.lost, "lost")];
        let deals: Vec<String> = deals
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        if !deals.is_empty() {
            words.push(format!("deals {}", deals.join(", ")));
        }
        let today = self.clock.today();
        words.push(account.last.map_or_else(
            || "never heard".to_owned(),
            |last| format!("last heard {}", day::ago(last, today)),
        ));
        let values = json!({
            "evidence": account.pieces, "conversations": account.talks, "open": ends.open,
            "won": ends.won, "lost": ends.lost,
            "last_heard": account.last.map(|day| day.to_string()),
        });
        Row::named("", &account.name, words.join(" · "), values)
    }
}
