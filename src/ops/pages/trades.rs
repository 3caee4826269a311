//! What requests came to, as a page: no and trades, yes and no by month, who asks.

use crate::exchange::page::Page;

use super::super::error::Result;
use super::super::workspace::Workspace;
use super::dated;

impl Workspace {
    /// The no-log and the trade log.
    ///
    /// # Errors
    /// A storage error.
    pub fn trades_page(&self) -> Result<Page> {
        let today = self.clock.today();
        let mut page = Page::new("Requests", dated(Some(today)));
        for (head, lines) in self.request_log()?.sections(today) {
            page.section(head);
            page.list(lines);
        }
        Ok(page)
    }
}
