//! A value that is wiped when dropped and never printed.

use zeroize::Zeroize;

/// Holds key material, a PIN or a passphrase: wiped from memory on drop, prints as `Secret(…)`.
///
/// There is deliberately no `PartialEq` (compare in constant time) and no serde.
#[derive(Clone, Default)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes a value into custody.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself: every use of it can be found by this word.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself, to be filled in place.
    pub const fn expose_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Zeroize> std::fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::rc::Rc;

    struct Watched(Rc<RefCell<Vec<u8>>>);
    impl Zeroize for Watched {
        fn zeroize(&mut self) {
            self.0.borrow_mut().zeroize();
        }
    }

    #[test]
    fn is_wiped_when_dropped_and_prints_nothing() {
        let memory = Rc::new(RefCell::new(vec![7_u8; 4]));
        let secret = Secret::new(Watched(Rc::clone(&memory)));
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_eq!(*secret.expose().0.borrow(), vec![7; 4]);
        drop(secret);
        assert!(memory.borrow().is_empty());
    }
}
