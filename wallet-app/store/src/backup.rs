//! The backup file: sealed under a code that is written down, so that the file alone tells nobody anything.
//!
//! ```text
//! "ABSAHBAK" | version u16 | memory KiB u32 | passes u32 | lanes u32 | salt 16 | nonce 24 | sealed JSON
//! ```

use std::fmt;

use absah_crypto::envelope::{self, EnvelopeError, KdfParams};
use absah_types::{Rng, Secret, array, coded};
use absah_wallet_core::window::{Backup, Failure};
use zeroize::Zeroizing;

const MAGIC: &[u8; 8] = b"ABSAHBAK";
const VERSION: u16 = 1;
/// Magic, version and cost: authenticated with the content.
const HEAD: usize = 8 + 2 + 3 * 4 + 16;

/// Why a backup does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackupError {
    /// The file is something else.
    NotABackup,
    /// A later version of this program wrote it.
    Newer {
        /// The version found.
        found: u16,
    },
    /// Another code, or the file was changed or damaged: the two cannot be told apart.
    NotOpened,
    /// Not enough memory to derive the key.
    Memory,
}

impl fmt::Display for BackupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotABackup => f.write_str("the file is no backup"),
            Self::Newer { found } => write!(f, "the backup has the later version {found}"),
            Self::NotOpened => f.write_str("the code does not open the backup, or it is damaged"),
            Self::Memory => f.write_str("not enough memory to open the backup"),
        }
    }
}

impl std::error::Error for BackupError {}

coded! { BackupError {
    NotABackup => ("backup-not-a-backup", User),
    Newer { .. } => ("backup-newer", Environment),
    NotOpened => ("backup-not-opened", User),
    Memory => ("backup-memory", Environment),
} }

impl Failure for BackupError {}

/// The bytes of a backup file.
///
/// # Errors
/// [`BackupError::Memory`].
pub fn seal_backup(
    backup: &Backup,
    code: &Secret<String>,
    cost: &KdfParams,
    rng: &mut dyn Rng,
) -> Result<Vec<u8>, BackupError> {
    let plain = Zeroizing::new(serde_json::to_vec(backup).map_err(|_| BackupError::NotABackup)?);
    let key = derive(code, cost)?;
    let nonce = array::<24>(rng);
    let mut file = MAGIC.to_vec();
    file.extend_from_slice(&VERSION.to_be_bytes());
    for number in [cost.memory_kib(), cost.passes(), cost.lanes()] {
        file.extend_from_slice(&number.to_be_bytes());
    }
    file.extend_from_slice(cost.salt());
    let sealed = envelope::seal(&key, &nonce, &file, &plain).map_err(|_| BackupError::NotABackup)?;
    file.extend_from_slice(&nonce);
    file.extend_from_slice(&sealed);
    Ok(file)
}

/// The backup in a file.
///
/// # Errors
/// See [`BackupError`].
pub fn open_backup(file: &[u8], code: &Secret<String>) -> Result<Backup, BackupError> {
    let (head, rest) = file.split_at_checked(HEAD).ok_or(BackupError::NotABackup)?;
    let (magic, numbers) = head.split_first_chunk::<8>().ok_or(BackupError::NotABackup)?;
    if magic != MAGIC {
        return Err(BackupError::NotABackup);
    }
    let (version, numbers) = numbers.split_first_chunk::<2>().ok_or(BackupError::NotABackup)?;
    let version = u16::from_be_bytes(*version);
    if version != VERSION {
        return Err(if version > VERSION {
            BackupError::Newer { found: version }
        } else {
            BackupError::NotABackup
        });
    }
    let mut numbers = numbers;
    let mut number = || -> Option<u32> {
        let (first, rest) = numbers.split_first_chunk::<4>()?;
        numbers = rest;
        Some(u32::from_be_bytes(*first))
    };
    let (memory, passes, lanes) =
        number().zip(number()).zip(number()).map(|((m, p), l)| (m, p, l)).ok_or(BackupError::NotABackup)?;
    let salt: [u8; 16] = numbers.try_into().map_err(|_| BackupError::NotABackup)?;
    // A cost out of bounds is no cost of ours: nobody may make a wallet spend a gigabyte.
    let cost = KdfParams::new(memory, passes, lanes, salt).map_err(|_| BackupError::NotABackup)?;
    let (nonce, sealed) = rest.split_first_chunk::<24>().ok_or(BackupError::NotABackup)?;
    let key = derive(code, &cost)?;
    let plain = envelope::open(&key, nonce, head, sealed).map_err(|_| BackupError::NotOpened)?;
    serde_json::from_slice(plain.expose()).map_err(|_| BackupError::NotOpened)
}

fn derive(code: &Secret<String>, cost: &KdfParams) -> Result<Secret<[u8; 32]>, BackupError> {
    envelope::derive(code.expose().as_bytes(), cost).map_err(|error| match error {
        EnvelopeError::Memory => BackupError::Memory,
        _ => BackupError::NotABackup,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_testkit::SeededRng;
    use absah_types::Timestamp;

    fn sealed() -> (Backup, Vec<u8>, Secret<String>) {
        let backup = Backup {
            made_at: Timestamp::from_unix(1_795_323_600),
            cards: Vec::new(),
            history: Vec::new(),
            trust: None,
            files: None,
            access: None,
            access_of_others: Vec::new(),
        };
        let (mut rng, code) = (SeededRng::new(1), Secret::new("00112233445566778899".to_owned()));
        let file = seal_backup(&backup, &code, &KdfParams::least([7; 16]), &mut rng).unwrap();
        (backup, file, code)
    }

    #[test]
    fn what_is_sealed_opens_with_its_code_only() {
        let (backup, file, code) = sealed();
        assert_eq!(open_backup(&file, &code), Ok(backup));
        let other = Secret::new("00112233445566778898".to_owned());
        assert_eq!(open_backup(&file, &other), Err(BackupError::NotOpened));
    }

    #[test]
    fn damaged_backups() {
        let (_, file, code) = sealed();
        for cut in [0, 7, 8, 30, HEAD, HEAD + 23, file.len() - 1] {
            assert!(open_backup(&file[..cut], &code).is_err(), "{cut}");
        }
        let changed = |at: usize, value: u8| {
            let mut file = file.clone();
            file[at] = value;
            open_backup(&file, &code).unwrap_err()
        };
        assert_eq!(changed(0, b'X'), BackupError::NotABackup);
        assert_eq!(changed(9, 2), BackupError::Newer { found: 2 });
        assert_eq!(changed(10, 0xff), BackupError::NotABackup, "4 TiB of memory");
        assert_eq!(changed(HEAD - 1, 0), BackupError::NotOpened, "salt");
        assert_eq!(changed(file.len() - 1, file[file.len() - 1] ^ 1), BackupError::NotOpened);
    }
}
