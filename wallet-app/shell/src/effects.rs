//! The core's effects that need no network: keys, signatures, the vault.

use absah_crypto::envelope::KdfParams;
use absah_host::{DataDir, Reach, WriterLock};
use absah_protocol::UrlRules;
use absah_types::{Rng, Secret, array};
use absah_wallet_core::{BundleFiles, Effect, Fetch, Holdings, Intent, Prompt, Wallet};
use absah_wallet_store::{Folder, Opened, SoftwareKeys, Vault, VaultError};

use crate::device::DesktopKeys;

/// An open vault with its keys. Others are kept out as long as it lives.
pub struct OpenVault {
    vault: Vault<Folder>,
    keys: SoftwareKeys,
    device: DesktopKeys,
    _lock: WriterLock,
}

/// What came of an effect.
#[derive(Debug)]
pub enum Done {
    /// It is done, and nothing follows from it.
    Nothing,
    /// The core's next input.
    Next(Intent),
    /// The network must be asked: the caller does it.
    Fetch(Fetch),
    /// A person must be shown something: the caller does it.
    Show(Box<Prompt>),
}

impl OpenVault {
    /// Makes a vault. What it costs to guess the PIN is the usual.
    ///
    /// # Errors
    /// See [`Vault::create`].
    pub fn create(
        dir: &DataDir,
        lock: WriterLock,
        device: DesktopKeys,
        pin: &Secret<String>,
        rng: &mut dyn Rng,
    ) -> Result<Self, VaultError> {
        let cost = KdfParams::usual(array(rng));
        let vault = Vault::create(Folder::new(dir.path()), pin, cost, rng)?;
        Ok(Self { vault, keys: SoftwareKeys::default(), device, _lock: lock })
    }

    /// The list for a vault whose own is not there. See [`Vault::inherited`].
    pub fn inherited(&self, holdings: &Holdings) -> Option<BundleFiles> {
        self.vault.inherited(holdings)
    }

    /// Opens the vault.
    ///
    /// # Errors
    /// See [`Vault::open_on`].
    pub fn open(
        dir: &DataDir,
        lock: WriterLock,
        device: DesktopKeys,
        pin: &Secret<String>,
    ) -> Result<(Self, Opened), VaultError> {
        let (vault, opened) = Vault::open_on(Folder::new(dir.path()), pin, &device)?;
        Ok(Self::of(vault, opened, lock, device))
    }

    pub(crate) fn of(
        vault: Vault<Folder>,
        mut opened: Opened,
        lock: WriterLock,
        device: DesktopKeys,
    ) -> (Self, Opened) {
        let keys = std::mem::take(&mut opened.keys);
        (Self { vault, keys, device, _lock: lock }, opened)
    }

    pub(crate) fn vault(&self) -> &Vault<Folder> {
        &self.vault
    }

    pub(crate) fn parts(&mut self) -> (&mut Vault<Folder>, &SoftwareKeys, DesktopKeys) {
        (&mut self.vault, &self.keys, self.device)
    }

    /// Whether this is its PIN.
    ///
    /// # Errors
    /// See [`Vault::is_pin`].
    pub fn is_pin(&mut self, pin: &Secret<String>) -> Result<bool, VaultError> {
        self.vault.is_pin(pin)
    }

    /// The device goes into other hands: see [`Vault::forget_pin`].
    pub fn forget_pin(&mut self) {
        self.vault.forget_pin();
    }

    /// Puts the vault under another PIN.
    ///
    /// # Errors
    /// See [`Vault::change_pin`]; the old PIN still holds then.
    pub fn change_pin(
        &mut self,
        pin: &Secret<String>,
        wallet: &Wallet,
        rng: &mut dyn Rng,
    ) -> Result<(), VaultError> {
        let opened = Opened {
            holdings: wallet.holdings().clone(),
            keys: self.keys.clone(),
            bundle: wallet.bundle_files().cloned(),
        };
        self.vault.change_pin(pin, &opened, &self.device, rng)
    }

    /// What is kept, read again; the keys are those that are kept, too.
    ///
    /// # Errors
    /// See [`Vault::reread`].
    pub fn reread(&mut self) -> Result<Opened, VaultError> {
        let mut opened = self.vault.reread()?;
        self.keys = std::mem::take(&mut opened.keys);
        Ok(opened)
    }

    /// Does one effect.
    ///
    /// # Errors
    /// [`VaultError`]: what follows in the same step must not be done.
    pub fn perform(
        &mut self,
        effect: Effect,
        wallet: &Wallet,
        rng: &mut dyn Rng,
    ) -> Result<Done, VaultError> {
        Ok(match effect {
            Effect::Persist => {
                self.save(wallet, rng)?;
                Done::Nothing
            }
            Effect::NewKeys { n } => Done::Next(Intent::KeysMade(self.keys.make(n, rng))),
            Effect::Sign(signings) => Done::Next(Intent::Signed(self.keys.sign(&signings)?)),
            Effect::DropKeys(ids) => {
                self.keys.forget(&ids);
                Done::Nothing
            }
            Effect::Fetch(fetch) => Done::Fetch(fetch),
            Effect::Show(prompt) => Done::Show(prompt),
        })
    }

    /// Keys that no card refers to are left behind: those of an offer that came to nothing. Memory lets go of them only
    /// once the vault has.
    fn save(&mut self, wallet: &Wallet, rng: &mut dyn Rng) -> Result<(), VaultError> {
        let mut keys = self.keys.clone();
        keys.retain(&wallet.keys_in_use());
        self.vault.save(wallet.holdings(), &keys, wallet.bundle_files(), rng)?;
        self.keys = keys;
        Ok(())
    }
}

impl std::fmt::Debug for OpenVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OpenVault({:?})", self.vault)
    }
}

/// The core's rules for addresses under this reach.
pub fn url_rules(reach: Reach) -> UrlRules {
    match reach {
        Reach::PublicOnly => UrlRules::HttpsOnly,
        Reach::DevLoopback => UrlRules::DevLoopback,
    }
}
