//! Choices with a fixed slug and a word for people: one table per choice gives its members, how
//! they are read and how they are said.

/// Makes an enum out of `Variant => "slug", "words"` lines.
macro_rules! slugs {
    ($(#[$about:meta])* $name:ident { $($(#[$note:meta])* $variant:ident => $slug:literal, $words:literal;)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$note])* $variant,)+
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The fixed name in files and on the command line.
            #[must_use]
            pub fn slug(self) -> &'static str {
                match self {
                    $(Self::$variant => $slug,)+
                }
            }

            /// The words on a screen.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self {
                    $(Self::$variant => $words,)+
                }
            }

            /// The member of this slug, if there is one.
            #[must_use]
            pub fn parse(slug: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.slug() == slug)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, out: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                out.write_str(self.words())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let slug = <String as ::serde::Deserialize>::deserialize(from)?;
                Self::parse(&slug).ok_or_else(|| {
                    let known: Vec<&str> = Self::ALL.iter().map(|one| one.slug()).collect();
                    ::serde::de::Error::custom(format!(
                        "“{slug}” is none of {}",
                        known.join(", ")
                    ))
                })
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.slug())
            }
        }
    };
}

pub(crate) use slugs;

#[cfg(test)]
mod tests {
    slugs! {
        /// A sample.
        Sample {
            One => "one", "the one";
            Other => "other-one", "the other one";
        }
    }

    #[derive(serde::Deserialize)]
    struct Holder {
        it: Sample,
    }

    #[test]
    fn a_slug_comes_back_and_a_stranger_is_told_what_is_there() {
        for one in Sample::ALL {
            assert_eq!(Sample::parse(one.slug()), Some(*one));
        }
        assert_eq!(Sample::Other.to_string(), "the other one");
        let read: Holder = toml::from_str("it = \"other-one\"").unwrap();
        assert_eq!(read.it, Sample::Other);
        let refused = toml::from_str::<Holder>("it = \"two\"").err().unwrap();
        assert!(refused.message().contains("“two” is none of one, other-one"));
    }
}
