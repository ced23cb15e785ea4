//! How often the PIN, or the recovery code, of a vault was wrong: counted for each vault on the device by its name, so that
//! whoever puts another in its place, and brings it back, has gained no try.

use std::collections::{BTreeMap, BTreeSet};

use absah_wallet_core::window::Tries;
use serde::{Deserialize, Serialize};

/// The counts by the vaults' names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Counts(BTreeMap<String, Tries>);

impl Counts {
    /// That of this vault.
    pub(crate) fn of(&self, vault: Option<&str>) -> Tries {
        vault.and_then(|vault| self.0.get(vault)).copied().unwrap_or_default()
    }

    /// Counts for this vault from now on; none is none. Where there is no vault, nothing can be wrong.
    pub(crate) fn set(&mut self, vault: Option<String>, tries: Tries) {
        let Some(vault) = vault else { return };
        if tries == Tries::default() {
            self.0.remove(&vault);
        } else {
            self.0.insert(vault, tries);
        }
    }

    /// Forgets those of vaults that are no more.
    pub(crate) fn retain(&mut self, vaults: &BTreeSet<String>) {
        self.0.retain(|vault, _| vaults.contains(vault));
    }
}
