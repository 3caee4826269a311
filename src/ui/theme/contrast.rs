//! That the themes can be read: contrast after WCAG 2, and hues that stay apart for eyes that lack
//! one of the three.

use ratatui::style::{Color, Style};

use super::{Role, Theme};

/// Parts of a colour, each from 0 to 1, in linear light.
type Light = [f64; 3];

fn light(colour: Option<Color>) -> Light {
    let Some(Color::Rgb(red, green, blue)) = colour else { panic!("{colour:?} is not painted") };
    [red, green, blue].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance(colour: Light) -> f64 {
    0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
}

/// (lighter + 0.05) / (darker + 0.05), as WCAG 2 defines it.
fn contrast(one: Option<Color>, other: Option<Color>) -> f64 {
    let (one, other) = (luminance(light(one)), luminance(light(other)));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn look(theme: &Theme, role: Role) -> Style {
    let plain = theme.style(Role::Plain);
    let own = theme.style(role);
    Style { fg: own.fg.or(plain.fg), bg: own.bg.or(plain.bg), ..own }
}

#[test]
fn the_formula_is_that_of_wcag() {
    let black_on_white = contrast(Some(Color::Rgb(0, 0, 0)), Some(Color::Rgb(255, 255, 255)));
    assert!((black_on_white - 21.0).abs() < 1e-9);
    let grey = contrast(Some(Color::Rgb(0x76, 0x76, 0x76)), Some(Color::Rgb(255, 255, 255)));
    assert!((grey - 4.54).abs() < 0.01, "{grey}");
}

#[test]
fn all_text_can_be_read_on_its_ground() {
    for (name, least) in
        [("dark", 4.5), ("light", 4.5), ("colour-blind", 4.5), ("high-contrast", 7.0)]
    {
        let theme = Theme::of(name);
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Rule) {
            let style = look(&theme, role);
            let found = contrast(style.fg, style.bg);
            assert!(found >= least, "{} of {name}: {found:.2}", role.name());
        }
        let rule = look(&theme, Role::Rule);
        let found = contrast(rule.fg, rule.bg);
        assert!(found >= 1.5, "the rule of {name}: {found:.2}");
    }
}

#[test]
fn the_selected_row_stands_out_from_the_ground() {
    for name in ["dark", "light", "colour-blind", "high-contrast"] {
        let theme = Theme::of(name);
        let found = contrast(theme.style(Role::Selection).bg, theme.style(Role::Plain).bg);
        assert!(found >= 1.2, "{name}: {found:.2}");
    }
}

/// What eyes without one sort of cone see, after Viénot, Brettel and Mollon (1999); without the
/// third, after Brettel, Viénot and Mollon (1997), its first half-plane.
const LACKING: [(&str, [[f64; 3]; 3]); 3] = [
    ("red", [[0.112_38, 0.887_62, 0.0], [0.112_38, 0.887_62, 0.0], [0.004_01, -0.004_01, 1.0]]),
    ("green", [[0.292_75, 0.707_25, 0.0], [0.292_75, 0.707_25, 0.0], [-0.022_34, 0.022_34, 1.0]]),
    (
        "blue",
        [
            [1.017_28, 0.027_73, -0.045_01],
            [-0.006_21, 0.958_77, 0.047_44],
            [-0.006_21, 0.958_77, 0.047_44],
        ],
    ),
];

fn seen(colour: Light, matrix: &[[f64; 3]; 3]) -> Light {
    matrix.map(|row| {
        let sum: f64 = row.iter().zip(colour).map(|(factor, part)| factor * part).sum();
        sum.clamp(0.0, 1.0)
    })
}

/// CIE L*a*b* under D65.
fn lab(colour: Light) -> [f64; 3] {
    let [red, green, blue] = colour;
    let x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505;
    let y = luminance(colour);
    let z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089;
    let root = |part: f64| {
        if part > 0.008_856 { part.cbrt() } else { 7.787 * part + 16.0 / 116.0 }
    };
    let (x, y, z) = (root(x), root(y), root(z));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[test]
fn the_colour_blind_theme_keeps_what_matters_apart_for_all_eyes() {
    let theme = Theme::of("colour-blind");
    let roles = [Role::Accent, Role::Ok, Role::Warn, Role::Danger, Role::Blocked];
    for (cone, matrix) in &LACKING {
        for (at, one) in roles.iter().enumerate() {
            for other in &roles[at + 1..] {
                let colour = |role: &Role| lab(seen(light(theme.style(*role).fg), matrix));
                let far = colour(one)
                    .iter()
                    .zip(colour(other))
                    .map(|(one, other)| (one - other).powi(2))
                    .sum::<f64>()
                    .sqrt();
                assert!(far > 12.0, "{} and {} without {cone}: {far:.1}", one.name(), other.name());
            }
        }
    }
}
