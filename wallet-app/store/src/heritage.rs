//! Which list belongs to which vault, readable without a PIN: beside every vault that holds a list lies a blob that names it.
//!
//! A list was compared by a person, once, and is trusted from then on. So it is handed on only to the vault that is made in
//! the place of those that had it: who has the device for a minute must not be able to plant a list of their own into a
//! wallet that has none, by making another wallet beside it.

use std::collections::BTreeSet;

use absah_wallet_core::{BundleFiles, FIRST_ROOT};

use crate::{
    blobs::{Blobs, StorageError},
    bundle,
};

/// Blob name prefix; the vault's name follows. The content is the name of its list.
pub(crate) const PREFIX: &str = "list-";

/// Stands from the moment a vault is put aside until another is in its place: only that one inherits.
const HEIR: &str = "heir";

/// Whether the vault that is made next inherits; set when one was put aside.
pub(crate) fn expect<B: Blobs>(blobs: &mut B, heir: bool) -> Result<(), StorageError> {
    if heir { blobs.replace(HEIR, b"next") } else { blobs.remove(HEIR) }
}

/// The list of this vault, by its name.
pub(crate) fn of<B: Blobs>(blobs: &B, vault: &str) -> Option<String> {
    String::from_utf8(blobs.read(&record(vault)).ok()??).ok()
}

/// From now on this is the list of this vault.
pub(crate) fn set<B: Blobs>(blobs: &mut B, vault: &str, list: Option<&str>) -> Result<(), StorageError> {
    match list {
        Some(list) if of(blobs, vault).as_deref() == Some(list) => Ok(()),
        Some(list) => blobs.replace(&record(vault), list.as_bytes()),
        None => blobs.remove(&record(vault)),
    }
}

/// All lists that belong to some vault.
pub(crate) fn all<B: Blobs>(blobs: &B) -> BTreeSet<String> {
    let names = blobs.names().unwrap_or_default();
    names.iter().filter_map(|name| of(blobs, name.strip_prefix(PREFIX)?)).collect()
}

/// The list that a vault inherits which is made where these lie aside: only if each of them had one, with the same first
/// root. Where one had none, or another, it is not known whose the list is, and it is compared like every first one.
pub(crate) fn left_by<B: Blobs>(blobs: &B, aside: &[Option<String>]) -> Option<String> {
    blobs.read(HEIR).ok()??;
    let mut roots = BTreeSet::new();
    let mut last = None;
    for vault in aside {
        let list = of(blobs, vault.as_deref()?)?;
        roots.insert(files(blobs, &list)?.remove(FIRST_ROOT)?);
        last = Some(list);
    }
    last.filter(|_| roots.len() == 1)
}

/// The files of a list.
pub(crate) fn files<B: Blobs>(blobs: &B, list: &str) -> Option<BundleFiles> {
    bundle::decode(&blobs.read(&bundle::blob(list)).ok()??, list)
}

fn record(vault: &str) -> String {
    format!("{PREFIX}{vault}")
}
