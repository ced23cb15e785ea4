//! The one time a person vouches for a bundle: at its first root.

use absah_host::{Ask, Console};
use absah_trust::bundle::Files;
use absah_trust::tuf::{self, Role};
use absah_types::hex;

use crate::CarryError;

/// How many characters of the hash are typed: 64 bits, which nobody can hit by trying roots.
const TYPED: usize = 16;

/// Reads a hash given on purpose.
///
/// # Errors
/// `RootHash`.
pub fn given(text: &str) -> Result<[u8; 32], CarryError> {
    hex::decode_array(&text.trim().to_ascii_lowercase()).map_err(|_| CarryError::RootHash)
}

/// A hash given on purpose is looked at, also when it is not needed any more.
///
/// # Errors
/// `RootHash`; `bundle-root-mismatch` when the files hold another first root.
pub fn same_root(flag: Option<&str>, files: &Files) -> Result<(), CarryError> {
    let Some(vouched) = flag.map(given).transpose()? else { return Ok(()) };
    let differs = files.get(&Role::Root.path(1)).is_some_and(|root| tuf::root_sha256(root) != vouched);
    if differs { Err(CarryError::Repository(tuf::Refusal::WrongRoot)) } else { Ok(()) }
}

/// The hash of the bundle's first root, as a person vouches for it: by the hash `flag`, or by typing its end.
///
/// # Errors
/// `RootHash`, `NoRoot`, `RootUnconfirmed`.
pub fn first_root(
    flag: Option<&str>,
    files: &Files,
    ask: &mut dyn Ask,
    console: &mut Console,
) -> Result<[u8; 32], CarryError> {
    if let Some(text) = flag {
        return given(text);
    }
    let root = files.get(&Role::Root.path(1)).ok_or(CarryError::NoRoot)?;
    let sha256 = tuf::root_sha256(root);
    match typed(&hex::encode(sha256), ask, console) {
        Some(true) => Ok(sha256),
        _ => Err(CarryError::RootUnconfirmed),
    }
}

/// Whether the person typed the end of the hash, compared with what the city has announced; `None` when there is
/// nobody to ask.
pub fn typed(sha256_hex: &str, ask: &mut dyn Ask, console: &mut Console) -> Option<bool> {
    let in_groups: Vec<&str> =
        sha256_hex.as_bytes().chunks(8).filter_map(|group| core::str::from_utf8(group).ok()).collect();
    let question = [in_groups.join(" "), console.text("carry-root-question")];
    let typed = ask.ask(&question, console)?;
    let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    Some(typed.len() >= TYPED && sha256_hex.ends_with(&typed.to_ascii_lowercase()))
}
