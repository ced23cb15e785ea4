//! The key store of the device: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows, and on Android a
//! key that the system's Keystore keeps in its secure hardware (not tried on a device yet).

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use absah_host::Env;
use absah_types::Secret;
use absah_wallet_store::{DeviceKeyError, DeviceKeys};
#[cfg(not(target_os = "android"))]
use keyring::{Entry, Error};
#[cfg(target_os = "android")]
use keyring_core::{Entry, Error};
use zeroize::Zeroizing;

/// What the keys are filed under.
const SERVICE: &str = "absah-wallet";
/// The environment variable that turns it off: `ABSAH_KEY_STORE=off`.
const SWITCH: &str = "ABSAH_KEY_STORE";
/// Long enough for a person to unlock the key store when the desktop asks; some never answer without a home directory.
const PATIENCE: Duration = Duration::from_secs(20);

/// The key store of this device, where there is one.
#[derive(Clone, Copy, Debug)]
pub struct DesktopKeys {
    is_here: bool,
}

impl DesktopKeys {
    /// That of the session of these environment variables.
    #[must_use]
    pub fn of(env: &Env) -> Self {
        let is_off = env.get(SWITCH) == Some("off");
        // Without a session bus there is nobody to ask, and nothing is started only to find that out.
        let has_bus = cfg!(not(target_os = "linux")) || env.get("DBUS_SESSION_BUS_ADDRESS").is_some();
        Self { is_here: has_bus && !is_off }
    }

    fn ask<T: Send + 'static>(
        self,
        question: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, DeviceKeyError> {
        if self.is_here { answered_within(PATIENCE, question) } else { Err(DeviceKeyError::Absent) }
    }
}

/// On a desktop the library finds the store by itself; on a phone it is told once which.
#[cfg(not(target_os = "android"))]
fn opened() -> Result<(), Error> {
    Ok(())
}

#[cfg(target_os = "android")]
fn opened() -> Result<(), Error> {
    if keyring_core::get_default_store().is_none() {
        keyring_core::set_default_store(android_native_keyring_store::Store::new()?);
    }
    Ok(())
}

/// A question that is not answered in time is left to its thread, which ends with the program.
fn answered_within<T: Send + 'static>(
    patience: Duration,
    question: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, DeviceKeyError> {
    let (tell, told) = mpsc::channel();
    let asking = thread::Builder::new().name("key-store".to_owned()).spawn(move || {
        let _ = tell.send(opened().and_then(|()| question()));
    });
    asking.map_err(|_| DeviceKeyError::Absent)?;
    let answer = told.recv_timeout(patience).map_err(|_| DeviceKeyError::Silent)?;
    answer.map_err(|error| match error {
        Error::NoEntry | Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::Ambiguous(_) => {
            DeviceKeyError::Missing
        }
        Error::NoDefaultStore | Error::NotSupportedByStore(_) => DeviceKeyError::Absent,
        _ => DeviceKeyError::Denied,
    })
}

impl DeviceKeys for DesktopKeys {
    fn read(&self, name: &str) -> Result<Secret<[u8; 32]>, DeviceKeyError> {
        let name = name.to_owned();
        let read = self.ask(move || Entry::new(SERVICE, &name)?.get_secret().map(Zeroizing::new))?;
        let key: [u8; 32] = read.as_slice().try_into().map_err(|_| DeviceKeyError::Missing)?;
        Ok(Secret::new(key))
    }

    fn keep(&self, name: &str, key: &Secret<[u8; 32]>) -> Result<(), DeviceKeyError> {
        let (name, key) = (name.to_owned(), Zeroizing::new(key.expose().to_vec()));
        self.ask(move || Entry::new(SERVICE, &name)?.set_secret(&key))
    }

    fn forget(&self, name: &str) {
        let name = name.to_owned();
        let _ = self.ask(move || Entry::new(SERVICE, &name)?.delete_credential());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_never_answers_is_given_up() {
        let (_held, never) = mpsc::channel::<()>();
        let question = move || {
            let _ = never.recv();
            Ok(())
        };
        assert_eq!(answered_within(Duration::from_millis(50), question), Err(DeviceKeyError::Silent));
    }

    #[test]
    fn without_a_session_or_switched_off_nothing_is_asked() {
        for env in
            [Env::of(&[]), Env::of(&[("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"), (SWITCH, "off")])]
        {
            let keys = DesktopKeys::of(&env);
            assert_eq!(keys.read("x").map(|_| ()), Err(DeviceKeyError::Absent));
            assert_eq!(keys.keep("x", &Secret::new([1; 32])), Err(DeviceKeyError::Absent));
        }
    }
}
