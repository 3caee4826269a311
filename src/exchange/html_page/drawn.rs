//! A picture on a page: shapes with the roles that the style of the page knows, so that they follow
//! light, dark and paper; what it shows stands below it in words.

use super::super::picture::{Ink, Picture, Shape, Spot};
use super::page::Page;
use super::tag::{Attribute, Measure, Tag};

impl Page {
    /// A picture with its words below.
    pub fn picture(&mut self, picture: &Picture, words: &str) {
        self.open(Tag::Figure, &[]);
        let (across, down) = picture.size;
        let label = format!("{}: {}", picture.title, picture.about);
        self.open(Tag::Svg, &[Attribute::Room(across, down), Attribute::Picture(label)]);
        for shape in &picture.shapes {
            self.shape(shape);
        }
        self.close();
        if !words.trim().is_empty() {
            self.element(Tag::Figcaption, &[Attribute::Class("quiet")], words);
        }
        self.close();
    }

    fn shape(&mut self, shape: &Shape) {
        use Measure::{Cx, Cy, Height, R, Width, X, X1, X2, Y, Y1, Y2};
        let role = |ink: &Ink| Attribute::Class(ink.role());
        let length = Attribute::Length;
        match shape {
            Shape::Line { from, to, ink, about } => {
                let ends =
                    [length(X1, from.0), length(Y1, from.1), length(X2, to.0), length(Y2, to.1)];
                self.titled(Tag::Line, ends.into_iter().chain([role(ink)]), about);
            }
            Shape::Path { through, ink } => {
                self.titled(Tag::Polyline, [Attribute::Points(through.clone()), role(ink)], "");
            }
            Shape::Dot { at, radius, ink } => {
                let place = [length(Cx, at.0), length(Cy, at.1), length(R, *radius)];
                self.titled(Tag::Circle, place.into_iter().chain([role(ink)]), "");
            }
            Shape::Bar { at, size, ink } => {
                let place = [
                    length(X, at.0),
                    length(Y, at.1),
                    length(Width, size.0),
                    length(Height, size.1),
                ];
                self.titled(Tag::Rect, place.into_iter().chain([role(ink)]), "");
            }
            Shape::Mark { at: (x, y), ink, about } => {
                let points: Vec<Spot> = vec![(*x, *y), (x + 5.0, y + 9.0), (x - 5.0, y + 9.0)];
                self.titled(Tag::Polygon, [Attribute::Points(points), role(ink)], about);
            }
            Shape::Text { at, anchor, words, ink } => {
                let place = [length(X, at.0), length(Y, at.1), Attribute::Anchor(anchor.name())];
                let all: Vec<Attribute> = place.into_iter().chain([role(ink)]).collect();
                self.element(Tag::Text, &all, words);
            }
        }
    }

    fn titled(&mut self, tag: Tag, all: impl IntoIterator<Item = Attribute>, about: &str) {
        let all: Vec<Attribute> = all.into_iter().collect();
        self.open(tag, &all);
        if !about.is_empty() {
            self.element(Tag::Title, &[], about);
        }
        self.close();
    }
}
