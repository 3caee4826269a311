//! The preview of an import: what the file would add, row by row, each of which can be flipped to
//! another kind with one key before anything is written.

use crate::domain::kind::Kind;
use crate::domain::refusal::Refusal;
use crate::ops::import::{BadRows, DayOrder, Fate, ImportPlan, ImportRequest, PreviewRow};

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
    /// Whether the keys are told instead of the rows.
    pub shows_keys: bool,
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
        Self { request, plan, cursor: 0, shows_problems, shows_keys: false }
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
        hints.push(("?", "tells the keys"));
        hints
    }

    /// The same in single words, where what matters of them has no room in so many columns.
    #[must_use]
    pub fn hints_within(&self, width: u16) -> Vec<(&'static str, &'static str)> {
        let mut hints = self.hints();
        let matters = hints.iter().filter(|(key, _)| !["j k", "?"].contains(key));
        let wide: usize = matters.map(|(key, name)| key.len() + name.len() + 3).sum();
        if wide > usize::from(width) + 1 {
            for (key, name) in &mut hints {
                *name = match *key {
                    "enter" => "imports",
                    "s" if self.request.bad_rows == BadRows::Refuse => "skips",
                    "s" => "stops",
                    "w" if self.shows_problems => "rows",
                    "w" => "wrong",
                    "f" => "kind",
                    "esc" => "out",
                    "?" => "keys",
                    _ => name,
                };
            }
        }
        hints
    }

    /// Every key with what it does, and why the others do nothing.
    #[must_use]
    pub fn told_keys(&self) -> Vec<(&'static str, String)> {
        let mut told = vec![(
            "enter",
            self.refusal()
                .unwrap_or_else(|| "imports what is shown, as one step; u undoes it".to_owned()),
        )];
        let flips = if self.can_flip() {
            "makes a decision, an asset or a request of the row"
        } else {
            "flips a new row to another kind; this one is an item already, or none is chosen"
        };
        told.push(("f", flips.to_owned()));
        told.push(("j k", "to the next row and the one before; pgdn, pgup ten of them".to_owned()));
        let bad = match (self.plan.bad_total, self.request.bad_rows) {
            (0, _) => "leaves rows out that cannot be read; there is none",
            (_, BadRows::Refuse) => "leaves the rows out that cannot be read",
            (_, BadRows::Skip) => "imports nothing while a row cannot be read",
        };
        told.push(("s", bad.to_owned()));
        let wrong = if self.has_problems() {
            "what is wrong with the file, and back to the rows"
        } else {
            "shows what is wrong with the file; nothing is"
        };
        told.push(("w", wrong.to_owned()));
        told.push(("esc", "leaves the workspace as it is".to_owned()));
        told.push(("?", "back to the rows".to_owned()));
        told
    }

    fn can_flip(&self) -> bool {
        let row = self.plan.preview.get(self.cursor);
        let flips = |row: &PreviewRow| row.fate == Fate::New && KINDS.contains(&row.kind);
        !self.shows_problems && row.is_some_and(flips)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Pressed {
        let last = self.plan.preview.len().saturating_sub(1);
        let asks = matches!(
            (key.modifier, key.code),
            (Modifier::None, Code::Char('?')) | (_, Code::Function(1))
        );
        if asks {
            self.shows_keys = !self.shows_keys;
            return Pressed::Nothing;
        }
        if std::mem::take(&mut self.shows_keys) && key.code == Code::Esc {
            return Pressed::Nothing;
        }
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
            (Modifier::None, Code::Char('f' | ' ')) if self.can_flip() => self.flip(),
            (Modifier::None, Code::Char('f' | ' ')) => {
                return Pressed::Refused(self.no_flip());
            }
            (Modifier::None, Code::Char('w')) if self.has_problems() => {
                self.shows_problems = !self.shows_problems;
            }
            (Modifier::None, Code::Char('w')) => {
                return Pressed::Refused("nothing is wrong with the file".to_owned());
            }
            (Modifier::None, Code::Char('s')) if self.plan.bad_total == 0 => {
                return Pressed::Refused("every row can be read".to_owned());
            }
            (Modifier::None, Code::Char('s')) => {
                self.request.bad_rows = match self.request.bad_rows {
                    BadRows::Refuse => BadRows::Skip,
                    BadRows::Skip => BadRows::Refuse,
                };
                return Pressed::Plan;
            }
            _ => {
                return Pressed::Refused(
                    "that key means nothing here; ? tells the keys".to_owned(),
                );
            }
        }
        Pressed::Nothing
    }

    /// Why the row under the cursor keeps its kind.
    fn no_flip(&self) -> String {
        let row = self.plan.preview.get(self.cursor).filter(|_| !self.shows_problems);
        match row {
            Some(row) if row.fate != Fate::New => {
                "it is an item here already, and an import makes no other kind of it".to_owned()
            }
            Some(row) => format!("{} stays one", row.kind.noun().one()),
            None => "no row is chosen".to_owned(),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_must_say_first_is_answered_in_a_word() {
        let mut request = ImportRequest::default();
        let columns = ["ID", "Thing", "Theme"].map(str::to_owned).to_vec();
        let title = Ask::of(&Refusal::input("x").asking("title").choices(columns)).unwrap();
        assert!(
            title.answer("th", &mut request).is_err() && title.answer("", &mut request).is_err()
        );
        title.answer("thi", &mut request).unwrap();
        let dates = Ask::of(&Refusal::input("x").asking("dates")).unwrap();
        assert!(dates.answer("2026", &mut request).is_err());
        dates.answer("month", &mut request).unwrap();
        assert_eq!(request.map, ["Thing=title"]);
        assert_eq!(request.dates, Some(DayOrder::MonthFirst));
        assert_eq!(Ask::of(&Refusal::input("x")), None);
    }
}
