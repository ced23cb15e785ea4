//! Opening, writing, re-keying.

use std::{collections::BTreeSet, iter};

use absah_crypto::{
    envelope::{self, KdfParams},
    sha256,
};
use absah_types::{Rng, Secret, array, hex};
use absah_wallet_core::{BundleFiles, Holdings};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    blobs::Blobs,
    bundle,
    check::PinCheck,
    device::{DeviceKey, DeviceKeys, NoDeviceKeys},
    error::VaultError,
    header::{DataKey, Header},
    heritage,
    keys::SoftwareKeys,
};

/// Name of the vault among the blobs.
pub const VAULT: &str = "vault";
/// Name of a vault that did not open any more and was put aside.
const DAMAGED: &str = "vault.damaged";

/// An open vault: knows its data key, until dropped.
pub struct Vault<B> {
    blobs: B,
    header: Header,
    key: DataKey,
    /// The key of the device that it was opened with.
    device: Option<DeviceKey>,
    /// What the PIN is recognised by, once it was typed.
    check: Option<PinCheck>,
}

/// What was inside.
#[derive(Debug, Default)]
pub struct Opened {
    /// Cards, history, trust.
    pub holdings: Holdings,
    /// Private keys.
    pub keys: SoftwareKeys,
    /// The trust bundle's files; `None` when there is none, or when they are gone or changed. A bundle is public
    /// and can be imported again, so its loss does not keep anybody from their cards.
    pub bundle: Option<BundleFiles>,
}

/// The sealed part, as written.
#[derive(Serialize)]
struct Inside<'a> {
    /// The header this content was written under: generation and SHA-256.
    generation: u64,
    header: &'a str,
    bundle: Option<&'a str>,
    holdings: &'a Holdings,
    keys: &'a SoftwareKeys,
}

/// The sealed part, as read. Unknown members are left aside: fields are only ever added within a version.
#[derive(Deserialize)]
struct Found {
    generation: u64,
    header: String,
    bundle: Option<String>,
    holdings: Holdings,
    keys: SoftwareKeys,
}

impl<B: Blobs> Vault<B> {
    /// Whether there is a vault to open.
    ///
    /// # Errors
    /// [`VaultError::Storage`].
    pub fn exists(blobs: &B) -> Result<bool, VaultError> {
        Ok(blobs.read(VAULT)?.is_some())
    }

    /// The random name of the vault in its place, readable without the PIN; `None` where there is none, or none that reads.
    ///
    /// # Errors
    /// [`VaultError::Storage`].
    pub fn name(blobs: &B) -> Result<Option<String>, VaultError> {
        name_in(blobs, VAULT)
    }

    /// The names of the vault in its place and of those that lie aside.
    ///
    /// # Errors
    /// [`VaultError::Storage`].
    pub fn names(blobs: &B) -> Result<BTreeSet<String>, VaultError> {
        let aside = aside(blobs)?.into_iter().map(|(_, blob)| blob);
        let all = iter::once(VAULT.to_owned()).chain(aside).map(|blob| name_in(blobs, &blob));
        all.filter_map(Result::transpose).collect()
    }

    /// Makes an empty vault under `pin` and writes it. `cost` is what one guess of the PIN costs.
    ///
    /// # Errors
    /// [`VaultError::Exists`], [`VaultError::Storage`], [`VaultError::Memory`].
    pub fn create(
        blobs: B,
        pin: &Secret<String>,
        cost: KdfParams,
        rng: &mut dyn Rng,
    ) -> Result<Self, VaultError> {
        if Self::exists(&blobs)? {
            return Err(VaultError::Exists);
        }
        let heritage = heritage::left_by(&blobs, &names_aside(&blobs)?);
        let (header, key) = Header::create(pin, cost, rng)?;
        let check = Some(PinCheck::of(pin, &key));
        let mut vault = Self { blobs, header: header.clone(), key: key.clone(), device: None, check };
        // Before the vault: of one that was not made nobody inherits anything.
        heritage::set(&mut vault.blobs, &header.vault, heritage.as_deref())?;
        vault.write(&header, &key, (&Holdings::default(), &SoftwareKeys::default()), None, rng)?;
        heritage::expect(&mut vault.blobs, false)?;
        Ok(vault)
    }

    /// Opens the vault on a device without a key store.
    ///
    /// # Errors
    /// Each [`VaultError`] but `Exists`; the vault is as it was.
    pub fn open(blobs: B, pin: &Secret<String>) -> Result<(Self, Opened), VaultError> {
        Self::open_on(blobs, pin, &NoDeviceKeys)
    }

    /// Opens the vault, with the key of the device where it is tied to one.
    ///
    /// # Errors
    /// Each [`VaultError`] but `Exists`; the vault is as it was.
    pub fn open_on(
        blobs: B,
        pin: &Secret<String>,
        device: &dyn DeviceKeys,
    ) -> Result<(Self, Opened), VaultError> {
        let mut used = None;
        let (vault, opened) = Self::open_with(blobs, |header| {
            used = header.device.as_deref().map(|name| DeviceKey::read(device, name)).transpose()?;
            header.unlock(pin, used.as_ref())
        })?;
        let check = Some(PinCheck::of(pin, &vault.key));
        Ok((Self { device: used, check, ..vault }, opened))
    }

    pub(crate) fn open_with(
        blobs: B,
        unlock: impl FnOnce(&Header) -> Result<DataKey, VaultError>,
    ) -> Result<(Self, Opened), VaultError> {
        let file = blobs.read(VAULT)?.ok_or(VaultError::Missing)?;
        let (header, rest) = Header::decode(&file)?;
        let (nonce, sealed) = sealed_part(rest)?;
        let key = unlock(&header)?;
        let opened = inside(&blobs, &header, &key, nonce, sealed)?;
        Ok((Self { blobs, header, key, device: None, check: None }, opened))
    }

    /// What is kept, read again with the key at hand: where memory must go back to when a write has failed.
    ///
    /// # Errors
    /// As [`Self::open`], but for the PIN.
    pub fn reread(&self) -> Result<Opened, VaultError> {
        let file = self.blobs.read(VAULT)?.ok_or(VaultError::Missing)?;
        let (header, rest) = Header::decode(&file)?;
        let (nonce, sealed) = sealed_part(rest)?;
        inside(&self.blobs, &header, &self.key, nonce, sealed)
    }

    /// Whether this is the PIN of the open vault: at once while it is remembered, else for the price of Argon2id, and
    /// from then on remembered. Whoever asks counts what was wrong.
    ///
    /// # Errors
    /// [`VaultError::Memory`], [`VaultError::Corrupted`].
    pub fn is_pin(&mut self, pin: &Secret<String>) -> Result<bool, VaultError> {
        if let Some(check) = &self.check {
            return Ok(check.is(pin, &self.key));
        }
        let is_right = match self.header.unlock(pin, self.device.as_ref()) {
            Ok(key) => absah_crypto::ct_eq(key.expose(), self.key.expose()),
            Err(VaultError::WrongPin) => false,
            Err(error) => return Err(error),
        };
        self.check = is_right.then(|| PinCheck::of(pin, &self.key));
        Ok(is_right)
    }

    /// Forgets what the PIN is recognised by: the device goes into other hands, and each guess is dear again.
    pub fn forget_pin(&mut self) {
        self.check = None;
    }

    /// The trust bundle for a vault whose own is not there: the one handed on to it when it was made in the place of others;
    /// and for a vault that trusts a root already, the only one that lies here, which it will measure by that root. A vault
    /// that trusts none takes none that only happens to lie beside it: whoever has the device for a minute can put one there.
    pub fn inherited(&self, holdings: &Holdings) -> Option<BundleFiles> {
        let own = heritage::of(&self.blobs, &self.header.vault);
        let own = own.and_then(|list| heritage::files(&self.blobs, &list));
        if own.is_some() || holdings.trust.is_none() {
            return own;
        }
        let names = self.blobs.names().ok()?;
        let mut names = names.iter().filter_map(|name| name.strip_prefix(bundle::PREFIX));
        let (name, None) = (names.next()?, names.next()) else { return None };
        heritage::files(&self.blobs, name)
    }

    /// Whether it is tied to the device's key store.
    pub fn is_tied(&self) -> bool {
        self.header.device.is_some()
    }

    /// Forgets the vault and what is its own beside it: first the vault, without which the rest says nothing. What lies aside
    /// under another PIN stays: whoever brings it back and knows that PIN may forget it too.
    ///
    /// # Errors
    /// [`VaultError::Storage`].
    pub fn destroy(blobs: &mut B, device: &dyn DeviceKeys) -> Result<(), VaultError> {
        let header = blobs.read(VAULT)?.and_then(|file| Some(Header::decode(&file).ok()?.0));
        blobs.remove(VAULT)?;
        heritage::expect(blobs, false)?;
        if let Some(header) = header {
            if let Some(name) = header.device {
                device.forget(&name);
            }
            heritage::set(blobs, &header.vault, None)?;
        }
        let others = heritage::all(blobs);
        for name in blobs.names()? {
            if name.strip_prefix(bundle::PREFIX).is_some_and(|list| !others.contains(list)) {
                blobs.remove(&name)?;
            }
        }
        Ok(())
    }

    /// Forgets also every vault that lies aside, where none could be opened again.
    ///
    /// # Errors
    /// [`VaultError::Storage`].
    pub fn destroy_all(blobs: &mut B, device: &dyn DeviceKeys) -> Result<(), VaultError> {
        Self::destroy(blobs, device)?;
        for name in blobs.names()? {
            if [bundle::PREFIX, heritage::PREFIX, DAMAGED].iter().any(|kind| name.starts_with(kind)) {
                blobs.remove(&name)?;
            }
        }
        Ok(())
    }

    /// Keeps a vault that does not open under another name, so that a new one can be made and nothing is thrown away: the
    /// first as `vault.damaged`, further ones with a number behind it.
    ///
    /// # Errors
    /// [`VaultError::Storage`]; the vault is where it was then.
    pub fn set_aside(blobs: &mut B) -> Result<(), VaultError> {
        if let Some(bytes) = blobs.read(VAULT)? {
            let kept = blobs.names()?;
            let numbered = (2..).map(|number: u32| format!("{DAMAGED}-{number}"));
            let mut names = iter::once(DAMAGED.to_owned()).chain(numbered);
            let free = names.find(|name| !kept.contains(name)).unwrap_or_else(|| DAMAGED.to_owned());
            blobs.replace(&free, &bytes)?;
            heritage::expect(blobs, true)?;
            blobs.remove(VAULT)?;
        }
        Ok(())
    }

    /// How many vaults lie aside.
    ///
    /// # Errors
    /// [`VaultError::Storage`].
    pub fn lying_aside(blobs: &B) -> Result<usize, VaultError> {
        Ok(aside(blobs)?.len())
    }

    /// Puts the vault that lies aside longest back in its place, and the one that is there, if any, aside in turn: whoever
    /// remembers a PIN opens what it opens, and nothing is written over. Done often enough, each had its turn. Ended at any
    /// moment, each is there at least once.
    ///
    /// # Errors
    /// [`VaultError::NoneAside`]; [`VaultError::Storage`].
    pub fn bring_back(blobs: &mut B) -> Result<(), VaultError> {
        let aside = aside(blobs)?;
        let ((_, oldest), (newest, _)) = aside.first().zip(aside.last()).ok_or(VaultError::NoneAside)?;
        let bytes = blobs.read(oldest)?.ok_or(VaultError::NoneAside)?;
        heritage::expect(blobs, false)?;
        if let Some(current) = blobs.read(VAULT)? {
            blobs.replace(&format!("{DAMAGED}-{}", newest.saturating_add(1)), &current)?;
        }
        blobs.replace(VAULT, &bytes)?;
        Ok(blobs.remove(oldest)?)
    }

    /// Writes everything, all at once: after an error, or a power cut at any moment, the old vault is there.
    ///
    /// # Errors
    /// [`VaultError::Storage`].
    pub fn save(
        &mut self,
        holdings: &Holdings,
        keys: &SoftwareKeys,
        bundle: Option<&BundleFiles>,
        rng: &mut dyn Rng,
    ) -> Result<(), VaultError> {
        let bundle_name = match bundle {
            Some(files) => Some(self.keep_bundle(files)?),
            None => None,
        };
        let (header, key) = (self.header.clone(), self.key.clone());
        self.write(&header, &key, (holdings, keys), bundle_name.as_deref(), rng)?;
        // What follows is tidying, and a list that nobody inherits is compared: errors are left for the next time.
        let _ = heritage::set(&mut self.blobs, &header.vault, bundle_name.as_deref());
        self.drop_other_bundles(bundle_name.as_deref());
        Ok(())
    }

    /// Puts the vault under another PIN: header and content change together.
    ///
    /// # Errors
    /// [`VaultError::Storage`], [`VaultError::Memory`]; the old PIN still holds then.
    pub fn change_pin(
        &mut self,
        pin: &Secret<String>,
        opened: &Opened,
        device: &dyn DeviceKeys,
        rng: &mut dyn Rng,
    ) -> Result<(), VaultError> {
        let tied = if self.header.recovery.is_some() { DeviceKey::make(device, rng) } else { None };
        let header = self.header.under(pin, &self.key, tied.as_ref().or(self.device.as_ref()), rng);
        let key = self.key.clone();
        self.replace(header, key, tied, opened, device, rng)?;
        self.check = Some(PinCheck::of(pin, &self.key));
        Ok(())
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    pub(crate) fn device(&self) -> Option<&DeviceKey> {
        self.device.as_ref()
    }

    /// Puts header and content in the place of the old ones, all at once, under this data key. `tied` is a key that was
    /// made in the device's store for this header; it goes again when nothing comes of it, else the one before it.
    pub(crate) fn replace(
        &mut self,
        header: Result<Header, VaultError>,
        key: DataKey,
        tied: Option<DeviceKey>,
        opened: &Opened,
        device: &dyn DeviceKeys,
        rng: &mut dyn Rng,
    ) -> Result<(), VaultError> {
        let written = header.and_then(|header| {
            let bundle = opened.bundle.as_ref().map(|files| self.keep_bundle(files)).transpose()?;
            self.write(&header, &key, (&opened.holdings, &opened.keys), bundle.as_deref(), rng)?;
            Ok(header)
        });
        match written {
            Ok(header) => {
                if let (Some(before), Some(_)) = (&self.device, &tied) {
                    device.forget(&before.name);
                }
                (self.header, self.key) = (header, key);
                // It was of another key, or of another PIN.
                self.check = None;
                self.device = tied.or(self.device.take());
                Ok(())
            }
            Err(error) => {
                if let Some(tied) = tied {
                    device.forget(&tied.name);
                }
                Err(error)
            }
        }
    }

    /// Gives the storage back and forgets the key.
    pub fn close(self) -> B {
        self.blobs
    }

    fn write(
        &mut self,
        header: &Header,
        key: &DataKey,
        (holdings, keys): (&Holdings, &SoftwareKeys),
        bundle: Option<&str>,
        rng: &mut dyn Rng,
    ) -> Result<(), VaultError> {
        let digest = header_digest(header)?;
        let inside = Inside { generation: header.generation, header: &digest, bundle, holdings, keys };
        let plain = Zeroizing::new(serde_json::to_vec(&inside).map_err(|_| VaultError::Corrupted)?);
        let nonce = array::<24>(rng);
        let sealed =
            envelope::seal(key, &nonce, &content_aad(header), &plain).map_err(|_| VaultError::Corrupted)?;
        let mut file = header.encode()?;
        file.extend_from_slice(&(sealed.len() as u64).to_be_bytes());
        file.extend_from_slice(&nonce);
        file.extend_from_slice(&sealed);
        Ok(self.blobs.replace(VAULT, &file)?)
    }

    /// Before the vault that names it: whatever happens in between, every name in a vault leads to its bytes.
    fn keep_bundle(&mut self, files: &BundleFiles) -> Result<String, VaultError> {
        let encoded = bundle::encode(files);
        let name = bundle::digest(&encoded);
        let blob = bundle::blob(&name);
        if self.blobs.read(&blob)?.as_deref() != Some(&encoded) {
            self.blobs.replace(&blob, &encoded)?;
        }
        Ok(name)
    }

    /// Those that no vault on the device has.
    fn drop_other_bundles(&mut self, kept: Option<&str>) {
        let others = heritage::all(&self.blobs);
        for name in self.blobs.names().unwrap_or_default() {
            let Some(list) = name.strip_prefix(bundle::PREFIX) else { continue };
            if Some(list) != kept && !others.contains(list) {
                let _ = self.blobs.remove(&name);
            }
        }
    }
}

impl<B> std::fmt::Debug for Vault<B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({})", self.header.vault)
    }
}

/// Nonce and sealed content; the length tells what was cut off from what was changed.
fn sealed_part(rest: &[u8]) -> Result<(&[u8; 24], &[u8]), VaultError> {
    let (length, rest) = rest.split_first_chunk::<8>().ok_or(VaultError::Truncated)?;
    let (nonce, sealed) = rest.split_first_chunk::<24>().ok_or(VaultError::Truncated)?;
    match (sealed.len() as u64).cmp(&u64::from_be_bytes(*length)) {
        std::cmp::Ordering::Less => Err(VaultError::Truncated),
        std::cmp::Ordering::Greater => Err(VaultError::Corrupted),
        std::cmp::Ordering::Equal => Ok((nonce, sealed)),
    }
}

fn inside<B: Blobs>(
    blobs: &B,
    header: &Header,
    key: &DataKey,
    nonce: &[u8; 24],
    sealed: &[u8],
) -> Result<Opened, VaultError> {
    let inside =
        envelope::open(key, nonce, &content_aad(header), sealed).map_err(|_| VaultError::Corrupted)?;
    let found: Found = serde_json::from_slice(inside.expose()).map_err(|_| VaultError::Corrupted)?;
    if found.generation != header.generation {
        return Err(VaultError::RolledBack);
    }
    if found.header != header_digest(header)? {
        return Err(VaultError::Corrupted);
    }
    let bundle = match &found.bundle {
        Some(name) => blobs.read(&bundle::blob(name))?.and_then(|bytes| bundle::decode(&bytes, name)),
        None => None,
    };
    Ok(Opened { holdings: found.holdings, keys: found.keys, bundle })
}

/// The name of the vault in a blob, if it is one.
fn name_in<B: Blobs>(blobs: &B, blob: &str) -> Result<Option<String>, VaultError> {
    let file = blobs.read(blob)?;
    Ok(file.and_then(|file| Some(Header::decode(&file).ok()?.0.vault)))
}

/// The names of the vaults that lie aside, the longest there first; none where one does not read.
fn names_aside<B: Blobs>(blobs: &B) -> Result<Vec<Option<String>>, VaultError> {
    aside(blobs)?.iter().map(|(_, blob)| name_in(blobs, blob)).collect()
}

/// The vaults that lie aside, with the number in each one's name, the longest there first.
fn aside<B: Blobs>(blobs: &B) -> Result<Vec<(u32, String)>, VaultError> {
    let numbered = |name: String| {
        let number = match name.strip_prefix(DAMAGED)? {
            "" => 1,
            more => more.strip_prefix('-')?.parse().ok()?,
        };
        Some((number, name))
    };
    let mut aside: Vec<(u32, String)> = blobs.names()?.into_iter().filter_map(numbered).collect();
    aside.sort();
    Ok(aside)
}

fn header_digest(header: &Header) -> Result<String, VaultError> {
    Ok(hex::encode(sha256(&header.encode()?)))
}

fn content_aad(header: &Header) -> Vec<u8> {
    [b"absah-vault-content-v1 ".as_slice(), header.vault.as_bytes()].concat()
}

#[cfg(test)]
mod tests;
