//! A list that holds at least one element.

use serde::{Deserialize, Serialize};

/// At least one `T`, in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(
    try_from = "Vec<T>",
    into = "Vec<T>",
    bound(serialize = "T: Serialize + Clone", deserialize = "T: Deserialize<'de>")
)]
pub struct NonEmpty<T> {
    first: T,
    rest: Vec<T>,
}

/// The list was empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Empty;

impl std::fmt::Display for Empty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("empty list")
    }
}
impl std::error::Error for Empty {}

impl<T> NonEmpty<T> {
    /// A list of one.
    pub const fn new(first: T) -> Self {
        Self { first, rest: Vec::new() }
    }

    /// The first element: always there.
    pub const fn first(&self) -> &T {
        &self.first
    }

    /// Adds at the end.
    pub fn push(&mut self, value: T) {
        self.rest.push(value);
    }

    /// How many: one or more.
    #[expect(clippy::len_without_is_empty, reason = "it never is")]
    pub const fn len(&self) -> usize {
        1 + self.rest.len()
    }

    /// All, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        std::iter::once(&self.first).chain(&self.rest)
    }

    /// As an ordinary list.
    pub fn into_vec(self) -> Vec<T> {
        let mut all = self.rest;
        all.insert(0, self.first);
        all
    }
}

impl<T> TryFrom<Vec<T>> for NonEmpty<T> {
    type Error = Empty;
    fn try_from(values: Vec<T>) -> Result<Self, Empty> {
        let mut values = values.into_iter();
        let first = values.next().ok_or(Empty)?;
        Ok(Self { first, rest: values.collect() })
    }
}

impl<T> From<NonEmpty<T>> for Vec<T> {
    fn from(list: NonEmpty<T>) -> Self {
        list.into_vec()
    }
}

impl<T> IntoIterator for NonEmpty<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_order_and_refuses_nothing_at_all() {
        assert_eq!(NonEmpty::<u8>::try_from(vec![]), Err(Empty));
        let mut list = NonEmpty::new(1);
        list.push(2);
        list.push(3);
        assert_eq!(list.len(), 3);
        assert_eq!(list.first(), &1);
        assert_eq!(list.iter().copied().collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(serde_json::to_string(&list).unwrap(), "[1,2,3]");
        assert_eq!(serde_json::from_str::<NonEmpty<u8>>("[1,2,3]").unwrap(), list);
        assert!(serde_json::from_str::<NonEmpty<u8>>("[]").is_err());
        assert_eq!(list.into_vec(), [1, 2, 3]);
    }
}
