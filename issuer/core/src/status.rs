//! The status of copies: which index a copy gets, and which change of status is allowed.

use absah_credential::status_list::Status;
use absah_crypto::hmac_sha256;
use absah_types::coded;

/// Copies per status list.
pub const LIST_SIZE: u32 = 1 << 17;

/// The order in which the indices of one list are given out: a shuffle under a secret key, so that neighbours in time
/// are no neighbours in the list and nobody can say which index comes next.
#[derive(Clone)]
pub struct Order(Vec<u32>);

impl Order {
    /// The order of list `number`; the same key and number always give the same.
    #[must_use]
    pub fn of(key: &[u8; 32], number: u32) -> Self {
        let mut order: Vec<u32> = (0..LIST_SIZE).collect();
        let mut stream = Stream { key, number, block: 0, words: Vec::new() };
        // Fisher and Yates; the remainder of 64 bits by less than 2^17 is even enough (bias below 2^-46).
        for last in (1..order.len()).rev() {
            let chosen = stream.next() % (last as u64 + 1);
            order.swap(last, usize::try_from(chosen).unwrap_or(last));
        }
        Self(order)
    }

    /// The index of the `count`-th copy, counted from 0; nothing when the list is full.
    #[must_use]
    pub fn index(&self, count: u32) -> Option<u32> {
        self.0.get(usize::try_from(count).ok()?).copied()
    }
}

impl core::fmt::Debug for Order {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Order(…)")
    }
}

/// Random words out of a key.
struct Stream<'a> {
    key: &'a [u8; 32],
    number: u32,
    block: u64,
    words: Vec<u64>,
}

impl Stream<'_> {
    fn next(&mut self) -> u64 {
        loop {
            if let Some(word) = self.words.pop() {
                return word;
            }
            let label =
                [b"absah-status-order-v1".as_slice(), &self.number.to_be_bytes(), &self.block.to_be_bytes()];
            self.block += 1;
            let bytes = hmac_sha256(self.key, &label.concat());
            let word = |chunk: &[u8]| chunk.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
            self.words = bytes.chunks(8).map(word).collect();
        }
    }
}

/// A change that an officer asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Takes a suspension back.
    Unsuspend,
    /// A newer card may be had.
    Supersede,
    /// Until taken back.
    Suspend,
    /// For ever.
    Revoke,
}

/// Why no copy changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeError {
    /// No copy of this card was ever issued to the person.
    NoCard,
    /// All copies are revoked: nothing follows after that.
    Revoked,
}

impl core::fmt::Display for ChangeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NoCard => "no such card was issued",
            Self::Revoked => "card is revoked",
        })
    }
}

impl core::error::Error for ChangeError {}

coded! { ChangeError {
    NoCard => ("card-none", User),
    Revoked => ("card-revoked", User),
} }

impl Change {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Unsuspend, Self::Supersede, Self::Suspend, Self::Revoke];

    /// Its name in records and reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unsuspend => "unsuspend",
            Self::Supersede => "supersede",
            Self::Suspend => "suspend",
            Self::Revoke => "revoke",
        }
    }

    /// The status after the change, for a copy that has `status`; nothing if it stays.
    #[must_use]
    pub fn of(self, status: Status) -> Option<Status> {
        match (self, status) {
            (Self::Revoke, Status::Revoked) => None,
            (Self::Revoke, _) => Some(Status::Revoked),
            (Self::Supersede, Status::Valid) => Some(Status::Superseded),
            // A suspended copy stays red, and does not come back with facts that are no longer true.
            (Self::Supersede, Status::Suspended) => Some(Status::Revoked),
            (Self::Suspend, Status::Valid) => Some(Status::Suspended),
            (Self::Unsuspend, Status::Suspended) => Some(Status::Valid),
            _ => None,
        }
    }

    /// The changes of all copies of a card: how many copies go from which status to which.
    ///
    /// # Errors
    /// [`ChangeError`] when the change makes no sense for any of them. Asking twice is no error.
    pub fn of_copies(self, copies: &[(Status, u64)]) -> Result<Vec<(Status, Status)>, ChangeError> {
        let has = |status| copies.iter().any(|(own, count)| *own == status && *count > 0);
        if copies.iter().all(|(_, count)| *count == 0) {
            return Err(ChangeError::NoCard);
        }
        let changes: Vec<_> =
            copies.iter().filter_map(|(status, _)| Some((*status, self.of(*status)?))).collect();
        match self {
            Self::Suspend if changes.is_empty() && !has(Status::Suspended) => Err(ChangeError::Revoked),
            Self::Unsuspend if changes.is_empty() && !has(Status::Valid) => Err(ChangeError::Revoked),
            _ => Ok(changes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_index_once_in_an_order_nobody_guesses() {
        let order = Order::of(&[7; 32], 1);
        let mut seen = vec![false; LIST_SIZE as usize];
        for count in 0..LIST_SIZE {
            let index = order.index(count).unwrap() as usize;
            assert!(!seen[index]);
            seen[index] = true;
        }
        assert_eq!(order.index(LIST_SIZE), None);
        let first = |key: [u8; 32], number| {
            let order = Order::of(&key, number);
            (0..8).map(|count| order.index(count).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(first([7; 32], 1), first([7; 32], 1));
        assert_ne!(first([7; 32], 1), first([7; 32], 2));
        assert_ne!(first([7; 32], 1), first([8; 32], 1));
        assert!(first([7; 32], 1).windows(2).any(|pair| pair[0].abs_diff(pair[1]) > 1000));
    }

    #[test]
    fn revoked_is_for_ever() {
        use Status::{Revoked, Suspended, Valid};
        let change = |change: Change, copies: &[(Status, u64)]| change.of_copies(copies);
        assert_eq!(change(Change::Revoke, &[]), Err(ChangeError::NoCard));
        assert_eq!(change(Change::Revoke, &[(Valid, 12)]), Ok(vec![(Valid, Revoked)]));
        assert_eq!(change(Change::Revoke, &[(Revoked, 12)]), Ok(vec![]));
        assert_eq!(change(Change::Suspend, &[(Revoked, 12)]), Err(ChangeError::Revoked));
        assert_eq!(change(Change::Suspend, &[(Revoked, 12), (Valid, 1)]), Ok(vec![(Valid, Suspended)]));
        assert_eq!(change(Change::Suspend, &[(Suspended, 12)]), Ok(vec![]));
        assert_eq!(change(Change::Unsuspend, &[(Suspended, 12)]), Ok(vec![(Suspended, Valid)]));
        assert_eq!(change(Change::Unsuspend, &[(Valid, 12)]), Ok(vec![]), "asked twice");
        assert_eq!(change(Change::Unsuspend, &[(Revoked, 12)]), Err(ChangeError::Revoked));
        let superseded = change(Change::Supersede, &[(Valid, 12), (Suspended, 1), (Revoked, 1)]);
        assert_eq!(superseded, Ok(vec![(Valid, Status::Superseded), (Suspended, Revoked)]));
        assert_eq!(change(Change::Supersede, &[(Revoked, 12)]), Ok(vec![]));
        assert_eq!(change(Change::Unsuspend, &[(Status::Superseded, 12)]), Err(ChangeError::Revoked));
        assert_eq!(
            change(Change::Revoke, &[(Status::Superseded, 1)]),
            Ok(vec![(Status::Superseded, Revoked)])
        );
    }
}
