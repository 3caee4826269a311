//! The preview of an import: what the file would add, row by row, each of which can be flipped to
//! another kind with one key before anything is written.

use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::ops::import::{BadRows, DayOrder, Fate, ImportPlan, ImportRequest};

use super::keys::{Code, Key, Modifier};

/// The kinds that a row can be, in the order of the flip.
const KINDS: [Kind; 3] = [Kind::Decision, Kind::Asset, Kind::Request];

/// A preview.
#[derive(Debug, Clone)]
pub struct Preview {
    pub request: ImportRequest,
    pub plan: ImportPlan,
    pub cursor: usize,
    /// Whether bad rows and warnings are shown instead of the rows.
    pub shows_problems: bool,
}

/// What must be said of a file before its rows can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Which zone it means by this name.
    Zone(String),
    /// Whether the day or the month comes first.
    Dates,
    /// Which of these columns holds the title.
    Title(Vec<String>),
}

impl Ask {
    /// What the refusal of a plan asks for.
    #[must_use]
    pub fn of(refusal: &Refusal) -> Option<Self> {
        match (refusal.asks, refusal.choices.first()) {
            (Some("dates"), _) => Some(Self::Dates),
            (Some("title"), _) => Some(Self::Title(refusal.choices.clone())),
            (_, Some(name)) => Some(Self::Zone(name.clone())),
            (_, None) => None,
        }
    }

    /// The question.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Zone(name) => format!("which zone is “{name}”?"),
            Self::Dates => "in 05/06/2026, is 05 the day or the month?".to_owned(),
            Self::Title(columns) => {
                let names: Vec<String> = columns.iter().map(|name| format!("“{name}”")).collect();
                format!("which column is the title? {}", names.join(", "))
            }
        }
    }

    /// Puts the answer into the request.
    ///
    /// # Errors
    /// When it is none.
    pub fn answer(&self, text: &str, request: &mut ImportRequest) -> Result<(), Refusal> {
        let text = text.trim();
        match self {
            Self::Zone(name) => {
                let wrong = |_| Refusal::input(format!("“{text}” is no zone; try Europe/Berlin"));
                request.zones.push((name.clone(), text.parse().map_err(wrong)?));
            }
            Self::Dates => {
                request.dates = Some(match text.to_lowercase().chars().next() {
                    Some('d') => DayOrder::DayFirst,
                    Some('m') => DayOrder::MonthFirst,
                    _ => return Err(Refusal::input("say day or month")),
                });
            }
            Self::Title(columns) => {
                let wanted = text.to_lowercase();
                let mut near =
                    columns.iter().filter(|name| name.to_lowercase().starts_with(&wanted));
                let exact = columns.iter().find(|name| name.to_lowercase() == wanted);
                let found = exact.or_else(|| near.next().filter(|_| near.next().is_none()));
                let Some(column) = found.filter(|_| !text.is_empty()) else {
                    return Err(Refusal::input(format!("“{text}” is none of the columns")));
                };
                request.map.push(format!("{column}=title"));
            }
        }
        Ok(())
    }
}

/// What a key did to a preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pressed {
    Nothing,
    Import,
    /// It cannot be imported as it is, and why.
    Refused(String),
    /// The counts must be made anew.
    Plan,
    Close,
}

impl Preview {
    #[must_use]
    pub fn new(request: ImportRequest, plan: ImportPlan) -> Self {
        let shows_problems = plan.preview.is_empty() && plan.bad_total > 0;
        Self { request, plan, cursor: 0, shows_problems }
    }

    /// Whether something is wrong with the file.
    #[must_use]
    pub fn has_problems(&self) -> bool {
        self.plan.bad_total > 0 || !self.plan.warnings.is_empty()
    }

    /// Why nothing can be imported as it stands; `None` when it can.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        let total = self.plan.total();
        if self.plan.bad_total > 0 && self.request.bad_rows == BadRows::Refuse {
            return Some("rows that cannot be read stand in the way; s leaves them out".to_owned());
        }
        let is_new = total.new > 0 || total.changed > 0;
        (!is_new).then(|| "nothing in it is new; esc leaves".to_owned())
    }

    /// The keys that mean something now, the most useful first.
    #[must_use]
    pub fn hints(&self) -> Vec<(&'static str, &'static str)> {
        let mut hints = Vec::new();
        match (self.refusal(), self.request.bad_rows) {
            (None, BadRows::Skip) => hints.push(("enter", "imports the rest")),
            (None, BadRows::Refuse) => hints.push(("enter", "imports")),
            (Some(_), _) => {}
        }
        if self.plan.bad_total > 0 {
            hints.push(match self.request.bad_rows {
                BadRows::Refuse => ("s", "leaves bad rows out"),
                BadRows::Skip => ("s", "lets no bad row pass"),
            });
        }
        if self.has_problems() {
            hints.push((
                "w",
                if self.shows_problems { "shows the rows" } else { "shows what is wrong" },
            ));
        }
        if self.can_flip() {
            hints.push(("f", "flips the kind"));
        }
        if self.plan.preview.len() > 1 && !self.shows_problems {
            hints.push(("j k", "move"));
        }
        hints.push(("esc", "leaves all as it is"));
        hints
    }

    fn can_flip(&self) -> bool {
        let row = self.plan.preview.get(self.cursor);
        !self.shows_problems && row.is_some_and(|row| row.fate == Fate::New)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Pressed {
        let last = self.plan.preview.len().saturating_sub(1);
        match (key.modifier, key.code) {
            (_, Code::Esc) | (Modifier::None, Code::Char('q')) => return Pressed::Close,
            (_, Code::Enter) => {
                return self.refusal().map_or(Pressed::Import, Pressed::Refused);
            }
            (_, Code::Down) | (Modifier::None, Code::Char('j')) => {
                self.cursor = (self.cursor + 1).min(last);
            }
            (_, Code::Up) | (Modifier::None, Code::Char('k')) => {
                self.cursor = self.cursor.saturating_sub(1);
            }
            (_, Code::PageDown) => self.cursor = (self.cursor + 10).min(last),
            (_, Code::PageUp) => self.cursor = self.cursor.saturating_sub(10),
            (Modifier::None, Code::Char('f' | ' ')) => self.flip(),
            (Modifier::None, Code::Char('w')) if self.has_problems() => {
                self.shows_problems = !self.shows_problems;
            }
            (Modifier::None, Code::Char('s')) if self.plan.bad_total > 0 => {
                self.request.bad_rows = match self.request.bad_rows {
                    BadRows::Refuse => BadRows::Skip,
                    BadRows::Skip => BadRows::Refuse,
                };
                return Pressed::Plan;
            }
            _ => {}
        }
        Pressed::Nothing
    }

    /// The next kind for the row; a row that is an item already keeps its kind.
    fn flip(&mut self) {
        let Some(row) = self.plan.preview.get_mut(self.cursor) else { return };
        if row.fate != Fate::New || !KINDS.contains(&row.kind) {
            return;
        }
        let at = KINDS.iter().position(|kind| *kind == row.kind).unwrap_or(0);
        let next = KINDS[(at + 1) % KINDS.len()];
        for (kind, by) in [(row.kind, -1), (next, 1)] {
            let tally = self.plan.tallies.entry(kind).or_default();
            tally.new = tally.new.saturating_add_signed(by);
        }
        row.kind = next;
        row.why = "you said so";
        let line = row.line;
        self.request.flips.retain(|(other, _)| *other != line);
        self.request.flips.push((line, next));
    }
}
