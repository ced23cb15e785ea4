//! What every error of the house answers: its code and whose fault it is.

/// Whose fault an error is: it decides the exit code, the HTTP status and the tone of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The other side sent something wrong: a message, a credential, a file, a code.
    Peer,
    /// The person at the keyboard asked for something that cannot be.
    User,
    /// Disk, network, settings, clock, a missing file.
    Environment,
    /// We are wrong.
    Bug,
}

/// An error with a stable name.
///
/// `code` is kebab-case and means one thing in the whole project; for each code the schemas crate
/// holds two texts in each language: `err-<code>` (what happened) and `rec-<code>` (what to do now).
pub trait Coded: std::error::Error {
    /// The stable kebab-case name of what went wrong.
    fn code(&self) -> &'static str;
    /// Whose fault it is.
    fn fault(&self) -> Fault;
    /// Which thing it is about, where the text alone would leave the reader guessing: a file, a setting, a process.
    ///
    /// It stands beside the text at a terminal. So it names only what the person at the keyboard named or owns, never
    /// what came out of a credential, a record or a message.
    fn about(&self) -> Option<String> {
        None
    }
}

/// Gives an error enum its codes: implements [`Coded`] and adds `CODES`, the list of all its codes.
///
/// A variant that wraps another coded error is written `Variant(e) => inner(e)`: it answers with the
/// code and the fault of what it wraps and adds nothing to `CODES`. A variant with named fields may say which thing
/// it is about, as a third member that is an expression of its fields.
///
/// ```
/// # use absah_types::{Coded, Fault, coded, Date, DateError};
/// #[derive(Debug)]
/// enum ReadError { Torn, TooLarge { limit: usize }, Missing { name: String }, Date(DateError) }
/// # impl std::fmt::Display for ReadError {
/// #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("unreadable") }
/// # }
/// # impl std::error::Error for ReadError {}
/// coded! { ReadError {
///     Torn => ("read-torn", Peer),
///     TooLarge { .. } => ("read-too-large", Peer),
///     Missing { name } => ("read-missing", Environment, name),
///     Date(e) => inner(e),
/// } }
/// assert_eq!(ReadError::CODES, &["read-torn", "read-too-large", "read-missing"]);
/// assert_eq!(ReadError::Missing { name: "a.txt".to_owned() }.about().as_deref(), Some("a.txt"));
/// assert_eq!(ReadError::TooLarge { limit: 1 }.fault(), Fault::Peer);
/// ```
#[macro_export]
macro_rules! coded {
    (@step $ty:ident [$($own:tt)*] [$($inner:tt)*] [$($about:tt)*]) => {
        $crate::coded!(@emit $ty [$($own)*] [$($inner)*] [$($about)*]);
    };
    (@step $ty:ident $own:tt [$($inner:tt)*] $about:tt
        $v:ident ( $e:ident ) => inner ( $f:ident ) $(, $($rest:tt)*)?) => {
        $crate::coded!(@step $ty $own [$($inner)* ($v $e $f)] $about $($($rest)*)?);
    };
    (@step $ty:ident [$($own:tt)*] $inner:tt $about:tt
        $v:ident => ( $code:literal, $fault:ident ) $(, $($rest:tt)*)?) => {
        $crate::coded!(@step $ty [$($own)* ($v $code $fault)] $inner $about $($($rest)*)?);
    };
    (@step $ty:ident [$($own:tt)*] $inner:tt [$($about:tt)*]
        $v:ident { $($p:tt)* } => ( $code:literal, $fault:ident, $thing:expr ) $(, $($rest:tt)*)?) => {
        $crate::coded!(@step $ty [$($own)* ($v $code $fault)] $inner [$($about)* ($v { $($p)* } $thing)]
            $($($rest)*)?);
    };
    (@step $ty:ident [$($own:tt)*] $inner:tt $about:tt
        $v:ident { $($p:tt)* } => ( $code:literal, $fault:ident ) $(, $($rest:tt)*)?) => {
        $crate::coded!(@step $ty [$($own)* ($v $code $fault)] $inner $about $($($rest)*)?);
    };
    (@step $ty:ident [$($own:tt)*] $inner:tt $about:tt
        $v:ident ( $($p:tt)* ) => ( $code:literal, $fault:ident ) $(, $($rest:tt)*)?) => {
        $crate::coded!(@step $ty [$($own)* ($v $code $fault)] $inner $about $($($rest)*)?);
    };
    (@emit $ty:ident [$(($v:ident $code:literal $fault:ident))*] [$(($w:ident $e:ident $f:ident))*]
        [$(($a:ident { $($p:tt)* } $thing:expr))*]) => {
        impl $ty {
            /// All codes of this error (not those of the errors it wraps).
            #[allow(dead_code, unreachable_pub, reason = "a private error has codes too")]
            pub const CODES: &'static [&'static str] = &[$($code),*];
        }

        impl $crate::Coded for $ty {
            fn code(&self) -> &'static str {
                match self {
                    $(Self::$v { .. } => $code,)*
                    $(Self::$w($e) => $crate::Coded::code($f),)*
                }
            }

            fn fault(&self) -> $crate::Fault {
                match self {
                    $(Self::$v { .. } => $crate::Fault::$fault,)*
                    $(Self::$w($e) => $crate::Coded::fault($f),)*
                }
            }

            #[allow(
                unreachable_patterns,
                clippy::match_single_binding,
                reason = "of all variants something may be said, or of none"
            )]
            fn about(&self) -> Option<String> {
                match self {
                    $(Self::$a { $($p)* } => Some($thing.to_string()),)*
                    $(Self::$w($e) => $crate::Coded::about($f),)*
                    _ => None,
                }
            }
        }
    };
    ($ty:ident { $($body:tt)* }) => {
        $crate::coded!(@step $ty [] [] [] $($body)*);
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    enum Inner {
        Bad,
    }
    #[derive(Debug)]
    enum Outer {
        Plain,
        Tuple(#[expect(dead_code)] u8, #[expect(dead_code)] u8),
        Fields { limit: usize },
        Named { name: &'static str },
        Wrapped(Inner),
    }
    impl std::fmt::Display for Inner {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("bad")
        }
    }
    impl std::fmt::Display for Outer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("outer")
        }
    }
    impl std::error::Error for Inner {}
    impl std::error::Error for Outer {}
    coded! { Inner { Bad => ("x-bad", Bug) } }
    coded! { Outer {
        Plain => ("x-plain", User),
        Wrapped(e) => inner(e),
        Tuple(_, _) => ("x-tuple", Environment),
        Fields { .. } => ("x-fields", Peer),
        Named { name } => ("x-named", Peer, name),
    } }

    #[test]
    fn every_shape_of_variant_has_its_code() {
        let all = [
            (Outer::Plain, "x-plain", Fault::User),
            (Outer::Tuple(1, 2), "x-tuple", Fault::Environment),
            (Outer::Fields { limit: 1 }, "x-fields", Fault::Peer),
            (Outer::Named { name: "a.txt" }, "x-named", Fault::Peer),
            (Outer::Wrapped(Inner::Bad), "x-bad", Fault::Bug),
        ];
        for (error, code, fault) in all {
            assert_eq!(error.code(), code);
            assert_eq!(error.fault(), fault);
        }
        assert_eq!(Outer::CODES, &["x-plain", "x-tuple", "x-fields", "x-named"]);
        assert_eq!(Outer::Named { name: "a.txt" }.about().as_deref(), Some("a.txt"));
        assert_eq!(Outer::Plain.about(), None);
        let Outer::Fields { limit: 3 } = (Outer::Fields { limit: 3 }) else { panic!("fields kept") };
    }
}
