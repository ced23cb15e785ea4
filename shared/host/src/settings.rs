//! Settings: flag, then `ABSAH_<KEY>`, then `<data-dir>/config.toml`, then the default.

use crate::{DataDir, Env, FileError, Reach, read_text};
use absah_types::coded;

/// The settings of a program. Keys are snake_case: `public_url` is `--public-url`,
/// `ABSAH_PUBLIC_URL` and `public_url = "…"`.
#[derive(Debug, Clone)]
pub struct Settings {
    env: Env,
    file: toml::Table,
    profile: Profile,
}

/// What the installation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// Development, demonstration, tests.
    #[default]
    Development,
    /// Real people: shortcuts are refused.
    Production,
}

/// A setting that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsError {
    /// `config.toml` is no TOML.
    NotToml,
    /// `config.toml` has a key that the program does not know: perhaps misspelt.
    UnknownKey {
        /// The key.
        key: String,
    },
    /// The value is of the wrong kind.
    Value {
        /// The key.
        key: String,
    },
    /// A setting without a default is missing.
    Missing {
        /// The key.
        key: &'static str,
    },
    /// `--dev-loopback` or `ABSAH_DEV=1` together with `profile = "production"`.
    DevInProduction,
    /// The system refused.
    File(FileError),
}

impl std::fmt::Display for SettingsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotToml => f.write_str("config.toml is no TOML"),
            Self::UnknownKey { key } => write!(f, "config.toml has an unknown key {key:?}"),
            Self::Value { key } => write!(f, "the value of {key} cannot be used"),
            Self::Missing { key } => write!(f, "{key} is not set"),
            Self::DevInProduction => f.write_str("development mode under the production profile"),
            Self::File(error) => error.fmt(f),
        }
    }
}
impl std::error::Error for SettingsError {}
coded! { SettingsError {
    NotToml => ("settings-not-toml", Environment),
    UnknownKey { key } => ("settings-unknown-key", Environment, key),
    Value { key } => ("settings-value", Environment, key),
    Missing { key } => ("settings-missing", Environment, key),
    DevInProduction => ("dev-in-production", Environment),
    File(e) => inner(e),
} }

impl From<FileError> for SettingsError {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}

impl Settings {
    /// Reads `config.toml`, which may hold `profile` and the program's own keys.
    ///
    /// # Errors
    /// See [`SettingsError`].
    pub fn load(dir: &DataDir, env: &Env, known: &[&str]) -> Result<Self, SettingsError> {
        let file: toml::Table = match read_text(&dir.join("config.toml"), 1 << 20) {
            Ok(text) => text.parse().map_err(|_| SettingsError::NotToml)?,
            Err(FileError::Missing { .. }) => toml::Table::new(),
            Err(error) => return Err(error.into()),
        };
        if let Some(key) = file.keys().find(|key| *key != "profile" && !known.contains(&key.as_str())) {
            return Err(SettingsError::UnknownKey { key: key.clone() });
        }
        let mut settings = Self { env: env.clone(), file, profile: Profile::Development };
        settings.profile = match settings.text("profile", None)?.as_deref() {
            None | Some("development") => Profile::Development,
            Some("production") => Profile::Production,
            Some(_) => return Err(SettingsError::Value { key: "profile".to_owned() }),
        };
        Ok(settings)
    }

    /// What the installation is for.
    #[must_use]
    pub const fn profile(&self) -> Profile {
        self.profile
    }

    /// A text.
    ///
    /// # Errors
    /// [`SettingsError::Value`] when the file has something else there.
    pub fn text(&self, key: &str, flag: Option<&str>) -> Result<Option<String>, SettingsError> {
        if let Some(value) = flag.or_else(|| self.variable(key)) {
            return Ok(Some(value.to_owned()));
        }
        match self.file.get(key) {
            None => Ok(None),
            Some(toml::Value::String(value)) => Ok(Some(value.clone())),
            Some(_) => Err(SettingsError::Value { key: key.to_owned() }),
        }
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// [`SettingsError::Missing`].
    pub fn required(&self, key: &'static str, flag: Option<&str>) -> Result<String, SettingsError> {
        self.text(key, flag)?.ok_or(SettingsError::Missing { key })
    }

    /// A whole number.
    ///
    /// # Errors
    /// [`SettingsError::Value`] when something else is there.
    pub fn number(&self, key: &str, flag: Option<i64>) -> Result<Option<i64>, SettingsError> {
        let wrong = || SettingsError::Value { key: key.to_owned() };
        if flag.is_some() {
            return Ok(flag);
        }
        if let Some(value) = self.variable(key) {
            return value.parse().map(Some).map_err(|_| wrong());
        }
        match self.file.get(key) {
            None => Ok(None),
            Some(toml::Value::Integer(value)) => Ok(Some(*value)),
            Some(_) => Err(wrong()),
        }
    }

    /// Yes or no; in the environment `1`, `true`, `0` or `false`. Absent is no.
    ///
    /// # Errors
    /// [`SettingsError::Value`] when something else is there.
    pub fn switch(&self, key: &str, flag: bool) -> Result<bool, SettingsError> {
        let wrong = || SettingsError::Value { key: key.to_owned() };
        if flag {
            return Ok(true);
        }
        match (self.variable(key), self.file.get(key)) {
            (Some("1" | "true"), _) => Ok(true),
            (Some("0" | "false"), _) | (None, None) => Ok(false),
            (None, Some(toml::Value::Boolean(value))) => Ok(*value),
            _ => Err(wrong()),
        }
    }

    /// Whether http and loopback addresses are allowed: only with `--dev-loopback` or `ABSAH_DEV=1`,
    /// never in production. The caller says it with [`Reach::announce`] at every start.
    ///
    /// # Errors
    /// [`SettingsError::DevInProduction`].
    pub fn reach(&self, dev_loopback: bool) -> Result<Reach, SettingsError> {
        let asked = dev_loopback || self.env.get("ABSAH_DEV") == Some("1");
        match (asked, self.profile) {
            (true, Profile::Production) => Err(SettingsError::DevInProduction),
            (true, Profile::Development) => Ok(Reach::DevLoopback),
            (false, _) => Ok(Reach::PublicOnly),
        }
    }

    /// The environment the settings were read in.
    #[must_use]
    pub const fn env(&self) -> &Env {
        &self.env
    }

    fn variable(&self, key: &str) -> Option<&str> {
        self.env.get(&format!("ABSAH_{}", key.to_ascii_uppercase()))
    }
}
