//! The vault's bytes as they are in memory, and as the browser has kept them: a write counts once the browser says so.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use absah_wallet_store::{Blobs, StorageError};

type Bytes = Rc<Vec<u8>>;

/// Named byte strings; clones are the same storage.
#[derive(Clone, Debug, Default)]
pub(crate) struct Storage(Rc<RefCell<Both>>);

#[derive(Debug, Default)]
struct Both {
    /// What the browser has kept.
    kept: BTreeMap<String, Bytes>,
    /// What it is to keep.
    wanted: BTreeMap<String, Bytes>,
}

/// What the browser must write, all at once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) put: Vec<String>,
    pub(crate) remove: Vec<String>,
}

impl Storage {
    /// Forgets everything in memory: what is kept is about to be read again.
    pub(crate) fn clear(&self) {
        *self.0.borrow_mut() = Both::default();
    }

    /// Something that the browser has kept.
    pub(crate) fn load(&self, name: &str, bytes: Vec<u8>) {
        let mut both = self.0.borrow_mut();
        let bytes = Rc::new(bytes);
        both.kept.insert(name.to_owned(), Rc::clone(&bytes));
        both.wanted.insert(name.to_owned(), bytes);
    }

    /// What differs.
    pub(crate) fn changes(&self) -> Changes {
        let both = self.0.borrow();
        let is_new = |(name, bytes): &(&String, &Bytes)| both.kept.get(*name) != Some(bytes);
        let put = both.wanted.iter().filter(is_new).map(|(name, _)| name.clone()).collect();
        let remove = both.kept.keys().filter(|name| !both.wanted.contains_key(*name)).cloned().collect();
        Changes { put, remove }
    }

    /// The bytes that are to be kept under a name.
    pub(crate) fn wanted(&self, name: &str) -> Vec<u8> {
        self.0.borrow().wanted.get(name).map(|bytes| bytes.to_vec()).unwrap_or_default()
    }

    /// The browser has kept what it was to keep.
    pub(crate) fn kept(&self) {
        let mut both = self.0.borrow_mut();
        both.kept = both.wanted.clone();
    }

    /// It has not: memory goes back to what is kept.
    pub(crate) fn take_back(&self) {
        let mut both = self.0.borrow_mut();
        both.wanted = both.kept.clone();
    }
}

impl Blobs for Storage {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        Ok(self.0.borrow().wanted.get(name).map(|bytes| bytes.to_vec()))
    }

    fn replace(&mut self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.0.borrow_mut().wanted.insert(name.to_owned(), Rc::new(bytes.to_vec()));
        Ok(())
    }

    fn remove(&mut self, name: &str) -> Result<(), StorageError> {
        self.0.borrow_mut().wanted.remove(name);
        Ok(())
    }

    fn names(&self) -> Result<Vec<String>, StorageError> {
        Ok(self.0.borrow().wanted.keys().cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_written_and_a_failed_write_is_taken_back() {
        let mut storage = Storage::default();
        storage.load("vault", b"old".to_vec());
        storage.load("bundle-1", b"list".to_vec());
        assert_eq!(storage.changes(), Changes::default());
        storage.replace("vault", b"new").unwrap();
        storage.replace("bundle-2", b"list 2").unwrap();
        storage.remove("bundle-1").unwrap();
        let changes =
            Changes { put: vec!["bundle-2".into(), "vault".into()], remove: vec!["bundle-1".into()] };
        assert_eq!(storage.changes(), changes);
        assert_eq!(storage.wanted("vault"), b"new");
        storage.take_back();
        assert_eq!(storage.read("vault").unwrap().as_deref(), Some(&b"old"[..]));
        assert_eq!(storage.names().unwrap(), ["bundle-1", "vault"]);
        storage.replace("vault", b"new").unwrap();
        storage.kept();
        storage.take_back();
        assert_eq!(storage.read("vault").unwrap().as_deref(), Some(&b"new"[..]));
    }
}
