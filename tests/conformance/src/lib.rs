//! Published vectors and promises that concern every crate; all of it stands in `tests/`.
