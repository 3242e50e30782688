//! The one declaration of a group of settings.

/// Declares a struct of settings: each field with its type and its
/// [`Parameter`](super::Parameter). Gives the struct and its [`Group`](super::Group), and
/// the test that the field's type knows each word that the parameter allows.
#[cfg(any(feature = "ui", not(target_family = "wasm")))]
macro_rules! settings {
    (
        $(#[$about:meta])*
        $visibility:vis struct $name:ident {
            $($(#[$doc:meta])* $field:ident: $type:ty = $parameter:expr;)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        $visibility struct $name {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $crate::model::parameter::Group for $name {
            const PARAMETERS: &'static [$crate::model::parameter::Parameter] = &[$($parameter),*];

            fn read(mut value: impl FnMut(&'static str) -> Option<$crate::model::parameter::Value>) -> Self {
                let mut names = Self::PARAMETERS.iter().map(|it| it.name);
                let mut next = || names.next().and_then(&mut value);
                $(let $field = next()
                    .and_then(|it| $crate::model::parameter::FromValue::from_value(&it))
                    .unwrap_or_default();)*
                Self { $($field),* }
            }

            fn values(&self) -> Vec<$crate::model::parameter::Value> {
                vec![$($crate::model::parameter::FromValue::to_value(&self.$field)),*]
            }
        }

        #[cfg(test)]
        mod declared {
            #[test]
            fn each_default_and_each_word_is_kept() {
                $crate::model::parameter::assert_kept::<super::$name>();
            }
        }
    };
}

/// Says by which word each variant of an enum goes in URLs; the first is its `Default`.
macro_rules! words {
    ($type:ident { $first:ident = $first_word:literal $(, $variant:ident = $word:literal)* $(,)? }) => {
        #[allow(clippy::derivable_impls, reason = "said here, beside the words")]
        impl Default for $type {
            fn default() -> Self {
                Self::$first
            }
        }

        impl $type {
            /// The word in URLs and messages.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    Self::$first => $first_word,
                    $(Self::$variant => $word,)*
                }
            }
        }

        impl $crate::model::parameter::FromValue for $type {
            fn from_value(value: &$crate::model::parameter::Value) -> Option<Self> {
                match value {
                    $crate::model::parameter::Value::Word($first_word) => Some(Self::$first),
                    $($crate::model::parameter::Value::Word($word) => Some(Self::$variant),)*
                    _ => None,
                }
            }

            fn to_value(&self) -> $crate::model::parameter::Value {
                $crate::model::parameter::Value::Word(self.word())
            }
        }
    };
}

#[cfg(any(feature = "ui", not(target_family = "wasm")))]
pub(crate) use settings;
pub(crate) use words;
