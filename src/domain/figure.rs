//! A figure that can be looked behind: its value, the formula in words, what went in, and on how
//! much it rests. Whoever makes a figure says this of it; `i` and the command line show it.

/// A figure and what is behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is called, as a screen calls it.
    pub name: String,
    /// As it stands on the screen.
    pub value: String,
    /// How it is made, in words and signs.
    pub formula: &'static str,
    /// What went in: label and value.
    pub inputs: Vec<(String, String)>,
    /// On how many observations it rests, when that is a number of things.
    pub n: Option<i64>,
    /// What else is worth knowing: a setting that made it, what is missing.
    pub note: Option<String>,
}

impl Figure {
    #[must_use]
    pub fn new(name: impl Into<String>, value: impl Into<String>, formula: &'static str) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            formula,
            inputs: Vec::new(),
            n: None,
            note: None,
        }
    }

    #[must_use]
    pub fn with(mut self, label: impl Into<String>, value: impl Into<String>) -> Self {
        self.inputs.push((label.into(), value.into()));
        self
    }

    #[must_use]
    pub fn over(mut self, n: i64) -> Self {
        self.n = Some(n);
        self
    }

    #[must_use]
    pub fn noting(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The lines that explain it.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("{}: {}", self.name, self.value)];
        lines.push(format!("  = {}", self.formula));
        for (label, value) in &self.inputs {
            lines.push(format!("    {label:<24} {value:>12}"));
        }
        if let Some(n) = self.n {
            lines.push(format!("    n = {n}"));
        }
        lines.extend(self.note.iter().map(|note| format!("    {note}")));
        lines
    }
}

/// Several figures, one below the other.
#[must_use]
pub fn explained(figures: &[Figure]) -> Vec<String> {
    let mut lines = Vec::new();
    for figure in figures {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(figure.lines());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_what_it_is_made_of() {
        let figure = Figure::new("Reactive", "20.0%", "R ÷ (S + E + R)")
            .with("R", "480 min")
            .over(12)
            .noting("limit 20%");
        assert_eq!(
            figure.lines(),
            [
                "Reactive: 20.0%",
                "  = R ÷ (S + E + R)",
                "    R                             480 min",
                "    n = 12",
                "    limit 20%",
            ]
        );
        assert_eq!(explained(&[figure.clone(), figure]).len(), 11);
    }
}
