//! The counter doctor: what this counter's camera, scanner, clock and data can do, measured, and what follows from it.

use std::collections::BTreeMap;

use absah_qr::render::{Ecc, Symbol, alphanumeric_capacity};
use absah_trust::FreshnessTier;
use absah_types::{Coded as _, Timestamp, coded};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::Failure;
use crate::retention::is_beyond;

/// The QR versions on the chart: from what every camera reads to the largest there is.
pub(crate) const CHART: [u8; 7] = [10, 15, 20, 25, 30, 35, 40];
/// What the codes on the chart begin with.
pub(crate) const CHART_PREFIX: &str = "ABSAH-CHART:";
/// Below this version answers would not fit a reasonable number of codes: such a camera does not go live.
pub(crate) const LEAST_VERSION: u8 = 10;
/// A counter works best from this version on: three facts in one code.
const GOOD_VERSION: u8 = 20;
/// Every character that a scanner has to type right: base45 (RFC 9285), in its own order.
pub(crate) const KEYS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

const CAMERA: &str = "camera";
const SCANNER: &str = "scanner";

/// What the doctor finds wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoctorError {
    /// The camera was never measured.
    CameraUnmeasured,
    /// The camera reads no code of a useful size.
    CameraWeak,
    /// The camera reads small codes only: answers take more codes and more time.
    CameraModest,
    /// A measurement that cannot be.
    Measure,
    /// The scanner sent another number of characters than the code has.
    ScannerIncomplete,
    /// Two characters come out as the same: that keyboard layout loses something.
    ScannerLossy,
    /// The data is more than a day old.
    DataOld,
}

impl core::fmt::Display for DoctorError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::CameraUnmeasured => "camera was not measured",
            Self::CameraWeak => "camera reads no useful code",
            Self::CameraModest => "camera reads small codes only",
            Self::Measure => "no such measurement",
            Self::ScannerIncomplete => "scanner sent another number of characters",
            Self::ScannerLossy => "keyboard layout loses characters",
            Self::DataOld => "data is old",
        })
    }
}

impl core::error::Error for DoctorError {}

coded! { DoctorError {
    CameraUnmeasured => ("doctor-camera-unmeasured", User),
    CameraWeak => ("doctor-camera-weak", Environment),
    CameraModest => ("doctor-camera-modest", Environment),
    Measure => ("doctor-measure", User),
    ScannerIncomplete => ("doctor-scanner-incomplete", User),
    ScannerLossy => ("doctor-scanner-lossy", User),
    DataOld => ("doctor-data-old", Environment),
} }

/// What the camera read from the chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Camera {
    /// The largest QR version that was read.
    pub(crate) version: u8,
    /// About how far away the chart was, in centimetres.
    pub(crate) distance_cm: u16,
    /// Pixels of the picture for one module of the largest code.
    pub(crate) pixels_per_module: f32,
}

/// How the scanner types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Scanner {
    /// What each key that comes stands for; keys that come right are not listed.
    pub(crate) map: BTreeMap<String, String>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Part {
    /// `camera`, `scanner`, `clock`, `data`.
    pub(crate) what: &'static str,
    /// `ok`, `warn`, `bad`, `unknown`.
    pub(crate) state: &'static str,
    /// What is wrong; its texts are `err-<code>` and `rec-<code>`.
    pub(crate) code: Option<&'static str>,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Findings {
    /// Whether citizens may be served.
    pub(crate) go_live: bool,
    /// The largest QR version that requests tell wallets to answer in.
    pub(crate) qr_version: u8,
    pub(crate) camera: Option<Camera>,
    pub(crate) camera_at: Option<String>,
    pub(crate) scanner: Option<Scanner>,
    pub(crate) scanner_at: Option<String>,
    pub(crate) clock_behind_s: Option<i64>,
    pub(crate) data_age_s: Option<i64>,
    pub(crate) parts: Vec<Part>,
}

/// The text of a chart code: exactly of that version, whatever is cut from the picture.
///
/// # Errors
/// A version without a capacity.
pub(crate) fn chart_text(version: u8) -> String {
    let capacity = alphanumeric_capacity(version, Ecc::L).unwrap_or_default();
    let mut text = format!("{CHART_PREFIX}{version}:");
    // Changing characters: a code of one repeated letter is easier to read than an answer.
    text.extend(KEYS.chars().cycle().skip(usize::from(version)).take(capacity.saturating_sub(text.len())));
    text
}

/// The codes of the chart.
///
/// # Errors
/// A text that does not fit, which none does.
pub(crate) fn chart_symbols() -> Result<Vec<(u8, Symbol)>, Failure> {
    let symbol = |version: u8| Ok((version, Symbol::encode_within(&chart_text(version), Ecc::L, version)?));
    CHART.into_iter().map(symbol).collect()
}

/// Which character each typed key stands for, from the keys that came for [`KEYS`].
fn layout(typed: &[String]) -> Result<BTreeMap<String, String>, DoctorError> {
    if typed.len() != KEYS.chars().count() {
        return Err(DoctorError::ScannerIncomplete);
    }
    let mut map = BTreeMap::new();
    for (key, meant) in typed.iter().zip(KEYS.chars()) {
        if map.insert(key.clone(), meant.to_string()).is_some() {
            return Err(DoctorError::ScannerLossy);
        }
    }
    // What a plain keyboard would have given needs no word: letters come in either case.
    map.retain(|key, meant| key.to_uppercase() != *meant);
    Ok(map)
}

impl App {
    async fn measured<T: for<'de> Deserialize<'de>>(
        &self,
        what: &str,
    ) -> Result<Option<(T, Timestamp)>, Failure> {
        let Some((at, value)) = self.store().measured(what).await? else { return Ok(None) };
        Ok(serde_json::from_str(&value).ok().map(|value| (value, at)))
    }

    /// Keeps what the camera read from the chart.
    ///
    /// # Errors
    /// `Measure`; the store's.
    pub(crate) async fn measure_camera(&self, camera: &Camera, now: Timestamp) -> Result<(), Failure> {
        let holds = (1..=40).contains(&camera.version)
            && camera.pixels_per_module.is_finite()
            && (0.0..=1000.0).contains(&camera.pixels_per_module)
            && camera.distance_cm <= 1000;
        if !holds {
            return Err(DoctorError::Measure.into());
        }
        // Numbers: always JSON.
        let value = serde_json::to_string(camera).unwrap_or_default();
        Ok(self.store().measure(CAMERA, now, &value).await?)
    }

    /// Keeps how the scanner types, from the keys that came for the calibration code.
    ///
    /// # Errors
    /// `ScannerIncomplete`, `ScannerLossy`; the store's.
    pub(crate) async fn measure_scanner(&self, typed: &[String], now: Timestamp) -> Result<Scanner, Failure> {
        let scanner = Scanner { map: layout(typed)? };
        let value = serde_json::to_string(&scanner).unwrap_or_default();
        self.store().measure(SCANNER, now, &value).await?;
        Ok(scanner)
    }

    /// Forgets both measurements.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn forget_measurements(&self) -> Result<(), Failure> {
        self.store().forget_measured(CAMERA).await?;
        Ok(self.store().forget_measured(SCANNER).await?)
    }

    /// The largest QR version that was measured; none before.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn measured_version(&self) -> Result<Option<u8>, Failure> {
        Ok(self.measured::<Camera>(CAMERA).await?.map(|(camera, _)| camera.version))
    }

    /// Refuses to ask for an answer by code where the camera was found too weak and no scanner stands in for it.
    ///
    /// # Errors
    /// `CameraWeak`; the store's.
    pub(crate) async fn may_read_codes(&self) -> Result<(), Failure> {
        let camera = self.measured::<Camera>(CAMERA).await?;
        let is_weak = camera.is_some_and(|(camera, _)| camera.version < LEAST_VERSION);
        if is_weak && self.measured::<Scanner>(SCANNER).await?.is_none() {
            return Err(DoctorError::CameraWeak.into());
        }
        Ok(())
    }

    /// Looks at everything.
    ///
    /// # Errors
    /// The store's; a bundle that does not hold.
    pub(crate) async fn examine(&self, now: Timestamp) -> Result<Findings, Failure> {
        let camera = self.measured::<Camera>(CAMERA).await?;
        let scanner = self.measured::<Scanner>(SCANNER).await?;
        let bundle = self.bundle().await?;
        let mut parts = Vec::new();
        let mut part = |what, state, code| parts.push(Part { what, state, code });
        let usable = scanner.is_some();
        match &camera {
            None => part("camera", "unknown", Some(DoctorError::CameraUnmeasured.code())),
            Some((camera, _)) if camera.version < LEAST_VERSION => {
                part("camera", if usable { "warn" } else { "bad" }, Some(DoctorError::CameraWeak.code()));
            }
            Some((camera, _)) if camera.version < GOOD_VERSION => {
                part("camera", "warn", Some(DoctorError::CameraModest.code()));
            }
            Some(_) => part("camera", "ok", None),
        }
        part("scanner", if usable { "ok" } else { "unknown" }, None);
        let behind = bundle.as_ref().and_then(|bundle| bundle.clock_holds(now).err());
        match &behind {
            Some(error) => part("clock", "bad", Some(error.code())),
            // Nobody vouches for it, or not for so late an hour.
            None if bundle.as_ref().is_none_or(|bundle| is_beyond(bundle, now)) => {
                part("clock", "unknown", None)
            }
            None => part("clock", "ok", None),
        }
        match &bundle {
            None => part("data", "bad", Some("request-without-bundle")),
            Some(bundle) if now >= bundle.online_expires() || now >= bundle.targets_expires() => {
                part("data", "bad", Some("bundle-ended"));
            }
            Some(bundle) if bundle.freshness(now).tier == FreshnessTier::Green => part("data", "ok", None),
            Some(_) => part("data", "warn", Some(DoctorError::DataOld.code())),
        }
        Ok(Findings {
            go_live: parts.iter().all(|part| part.state != "bad"),
            qr_version: self.qr_version(None).await?,
            camera_at: camera.as_ref().map(|(_, at)| at.to_string()),
            camera: camera.map(|(camera, _)| camera),
            scanner_at: scanner.as_ref().map(|(_, at)| at.to_string()),
            scanner: scanner.map(|(scanner, _)| scanner),
            clock_behind_s: bundle
                .as_ref()
                .filter(|_| behind.is_some())
                .map(|bundle| bundle.clock_floor().since(now).0),
            data_age_s: bundle.as_ref().and_then(|bundle| bundle.freshness(now).age).map(|age| age.0),
            parts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chart_codes_are_of_their_version() {
        for (version, symbol) in chart_symbols().unwrap() {
            assert_eq!(symbol.version(), version);
        }
    }

    fn keys(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    #[test]
    fn a_layout_is_learnt_or_its_loss_is_told() {
        assert_eq!(layout(&keys(KEYS)).unwrap(), BTreeMap::new());
        assert_eq!(layout(&keys(&KEYS.to_lowercase())).unwrap(), BTreeMap::new());
        // A scanner for US keyboards on a German one: Z and Y change places, the signs move.
        let german = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXZY $%(`ß.-Ö";
        let map = layout(&keys(german)).unwrap();
        let read: String = german
            .chars()
            .map(|key| map.get(&key.to_string()).cloned().unwrap_or_else(|| key.to_string()))
            .collect();
        assert_eq!(read, KEYS);
        assert_eq!(layout(&keys(&KEYS[1..])).unwrap_err(), DoctorError::ScannerIncomplete);
        assert_eq!(layout(&[]).unwrap_err(), DoctorError::ScannerIncomplete);
        assert_eq!(layout(&keys(&KEYS.replace(':', "."))).unwrap_err(), DoctorError::ScannerLossy);
    }
}
