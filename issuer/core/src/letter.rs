//! Letters of a kelurahan: what an officer has approved, and how it is written down.

use absah_types::Timestamp;

/// An approved letter, as the card states it.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its number in the kelurahan's book.
    pub number: String,
    /// Title of its template.
    pub title: String,
    /// The sentence it states.
    pub statement: String,
    /// What it was asked for.
    pub purpose: String,
    /// When it was approved.
    pub approved_at: Timestamp,
    /// Beginning of the first day on which it no longer holds.
    pub valid_until: Timestamp,
}

impl core::fmt::Debug for Letter {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Letter(…)")
    }
}
