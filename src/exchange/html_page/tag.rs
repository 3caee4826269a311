//! The elements and attributes that a page may have. What is not here cannot be written.

use std::fmt::Write as _;

use super::escaped;

macro_rules! tags {
    ($($tag:ident => $name:literal),+ $(,)?) => {
        /// An element.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Tag {
            $($tag,)+
        }

        impl Tag {
            pub const ALL: &'static [Self] = &[$(Self::$tag,)+];

            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$tag => $name,)+
                }
            }
        }
    };
}

tags! {
    Header => "header", Main => "main", Nav => "nav", Section => "section", Footer => "footer",
    H1 => "h1", H2 => "h2", H3 => "h3", H4 => "h4", H5 => "h5", H6 => "h6",
    P => "p", Div => "div", Span => "span", Blockquote => "blockquote", Pre => "pre", Code => "code",
    Em => "em", Strong => "strong", Del => "del", A => "a",
    Ul => "ul", Ol => "ol", Li => "li", Dl => "dl", Dt => "dt", Dd => "dd",
    Table => "table", Caption => "caption", Thead => "thead", Tbody => "tbody", Tr => "tr",
    Th => "th", Td => "td", Figure => "figure", Figcaption => "figcaption",
    Br => "br", Hr => "hr",
    Svg => "svg", Line => "line", Polyline => "polyline", Polygon => "polygon", Circle => "circle",
    Rect => "rect", Text => "text", Title => "title",
}

impl Tag {
    /// Whether it has no content and no end.
    #[must_use]
    pub fn is_void(self) -> bool {
        matches!(self, Self::Br | Self::Hr)
    }

    /// A heading of this level, the last one for any deeper.
    #[must_use]
    pub fn heading(level: usize) -> Self {
        match level {
            0 | 1 => Self::H1,
            2 => Self::H2,
            3 => Self::H3,
            4 => Self::H4,
            5 => Self::H5,
            6.. => Self::H6,
        }
    }
}

/// An address that a page may lead to: the web or a mailbox, nothing that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    /// The address, if it is one of these.
    #[must_use]
    pub fn allowed(address: &str) -> Option<Self> {
        let address = address.trim();
        let plain = !address.chars().any(|letter| letter.is_control() || letter.is_whitespace());
        let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase())?;
        let known = matches!(scheme.as_str(), "http" | "https" | "mailto");
        (plain && known).then(|| Self(address.to_owned()))
    }
}

/// An attribute. Values that come from somebody are escaped; the others are our own words.
#[derive(Debug, Clone, PartialEq)]
pub enum Attribute {
    Class(&'static str),
    /// A place to jump to, of letters, digits and hyphens.
    Id(String),
    /// Leads to an [`Attribute::Id`] of the same page.
    To(String),
    Href(Link),
    /// Whether a head cell is of its column or its row.
    Scope(&'static str),
    /// The first number of a list.
    Start(u64),
    /// What a region is called.
    Label(String),
    /// It scrolls when it is wide, by the keyboard too, and is called this.
    Wide(String),
    /// It is a picture of this.
    Picture(String),
    /// The room of a picture, across and down.
    Room(f64, f64),
    /// A place or a length in a picture, by the name of its attribute.
    Length(Measure, f64),
    /// The places that a line goes through.
    Points(Vec<(f64, f64)>),
    /// At which end of a text its place lies.
    Anchor(&'static str),
}

/// What a number in a picture measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    X,
    Y,
    X1,
    Y1,
    X2,
    Y2,
    Cx,
    Cy,
    R,
    Width,
    Height,
}

impl Measure {
    fn name(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::Y => "y",
            Self::X1 => "x1",
            Self::Y1 => "y1",
            Self::X2 => "x2",
            Self::Y2 => "y2",
            Self::Cx => "cx",
            Self::Cy => "cy",
            Self::R => "r",
            Self::Width => "width",
            Self::Height => "height",
        }
    }
}

impl Attribute {
    /// Writes it with the space before it.
    pub(super) fn write(&self, out: &mut String) {
        let _ = match self {
            Self::Class(name) => write!(out, " class=\"{name}\""),
            Self::Id(name) => write!(out, " id=\"{}\"", plain(name)),
            Self::To(name) => write!(out, " href=\"#{}\"", plain(name)),
            Self::Href(Link(address)) => {
                write!(out, " href=\"{}\" rel=\"noreferrer noopener\"", escaped(address))
            }
            Self::Scope(of) => write!(out, " scope=\"{of}\""),
            Self::Start(number) => write!(out, " start=\"{number}\""),
            Self::Wide(label) => write!(
                out,
                " class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"",
                escaped(label)
            ),
            Self::Label(label) => write!(out, " aria-label=\"{}\"", escaped(label)),
            Self::Picture(label) => {
                write!(out, " role=\"img\" aria-label=\"{}\"", escaped(label))
            }
            Self::Room(across, down) => write!(out, " viewBox=\"0 0 {across} {down}\""),
            Self::Length(measure, length) => write!(out, " {}=\"{length:.1}\"", measure.name()),
            Self::Points(points) => {
                let points: Vec<String> =
                    points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
                write!(out, " points=\"{}\"", points.join(" "))
            }
            Self::Anchor(end) => write!(out, " text-anchor=\"{end}\""),
        };
    }
}

/// Letters, digits and hyphens alone.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_web_or_a_mailbox() {
        for address in ["https://example.com/a?b=c&d", "HTTP://example.com", "mailto:a@example.com"]
        {
            assert!(Link::allowed(address).is_some(), "{address}");
        }
        for address in [
            "javascript:alert(1)",
            "JAVASCRIPT:x",
            "java\tscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//example.com",
            "page.html",
            "",
            "https://exa mple.com",
            "\u{1}javascript:x",
        ] {
            assert!(Link::allowed(address).is_none(), "{address}");
        }
    }
}
