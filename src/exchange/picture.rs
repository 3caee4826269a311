//! A picture as shapes, apart from how it is written: a file of its own names colours, a page its
//! roles, which follow light, dark and paper.

/// What a shape is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Strong,
    Quiet,
    Limit,
    Centre,
    Target,
    Line,
    Forecast,
    Signal,
    Factor,
    Ours,
    Strategic,
    Execution,
    Reactive,
}

impl Ink {
    /// The role by which the style of a page names it.
    #[must_use]
    pub fn role(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Quiet => "quiet",
            Self::Limit => "limit",
            Self::Centre => "centre",
            Self::Target => "target",
            Self::Line => "line",
            Self::Forecast => "forecast",
            Self::Signal => "signal",
            Self::Factor => "factor",
            Self::Ours => "ours",
            Self::Strategic => "strategic",
            Self::Execution => "execution",
            Self::Reactive => "reactive",
        }
    }
}

/// At which end of a text its place lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    End,
}

impl Anchor {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// A place: across, and down.
pub type Spot = (f64, f64);

/// One shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Line {
        from: Spot,
        to: Spot,
        ink: Ink,
        /// What it stands for, where that is written nowhere else.
        about: String,
    },
    Path {
        through: Vec<Spot>,
        ink: Ink,
    },
    Dot {
        at: Spot,
        radius: f64,
        ink: Ink,
    },
    Bar {
        at: Spot,
        size: Spot,
        ink: Ink,
    },
    /// A triangle that points up to its place.
    Mark {
        at: Spot,
        ink: Ink,
        about: String,
    },
    Text {
        at: Spot,
        anchor: Anchor,
        words: String,
        ink: Ink,
    },
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub title: String,
    /// What it shows, in a sentence.
    pub about: String,
    pub size: Spot,
    pub shapes: Vec<Shape>,
}
