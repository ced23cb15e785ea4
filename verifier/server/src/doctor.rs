//! The counter doctor: what this counter's camera, scanner, clock and data can do, measured, and what follows from it.

use std::collections::BTreeMap;

use absah_qr::render::{Ecc, Symbol, alphanumeric_capacity};
use absah_schemas::{text_with, times};
use absah_trust::FreshnessTier;
use absah_types::{Coded as _, Lang, Seconds, Timestamp, coded};
use absah_verifier_core::evidence::What;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::Failure;
use crate::officers::Approved;
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

/// A scanner stands in for a weak camera for so long after it was calibrated, or after it last typed a code of ours: one that
/// was taken away lets nobody go live.
const SCANNER_HOLDS: Seconds = Seconds::days(7);
/// So long before a registration ends the office is told: Dukcapil signs a new one, and a bundle has to bring it.
const REGISTRATION_ENDS: Seconds = Seconds::days(14);
/// How often it is noted that the scanner is in use.
const NOTE_SCANNER_EVERY: Seconds = Seconds::hours(1);

/// The printed side of each code on the chart, in centimetres.
const SIDE_CM: f32 = 5.5;
/// Pixels of width for one unit of distance over size: a webcam that sees 60 degrees. The page reckons by the same.
const FOCAL: f32 = 0.87;
/// Pictures of cameras are so wide, in pixels, if a measurement holds together.
const WIDTHS: core::ops::RangeInclusive<f32> = 160.0..=16_384.0;

const CAMERA: &str = "camera";
const SCANNER: &str = "scanner";
const SCANNER_SEEN: &str = "scanner-seen";

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
    /// Version, distance and pixels that no camera can have measured together.
    MeasureApart,
    /// The scanner sent another number of characters than the code has.
    ScannerIncomplete,
    /// Two characters come out as the same: that keyboard layout loses something.
    ScannerLossy,
    /// The scanner was neither calibrated nor used for a while: it stands in for no camera.
    ScannerUnused,
    /// The data is more than a day old.
    DataOld,
    /// `services.toml` was changed since this program was started.
    MenuChanged,
    /// `services.toml` names services that the counter is not registered for.
    MenuUnknown,
    /// The registration ends within two weeks, and with it every service.
    RegistrationEnds,
}

impl core::fmt::Display for DoctorError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::CameraUnmeasured => "camera was not measured",
            Self::CameraWeak => "camera reads no useful code",
            Self::CameraModest => "camera reads small codes only",
            Self::Measure => "no such measurement",
            Self::MeasureApart => "values that cannot be measured together",
            Self::ScannerIncomplete => "scanner sent another number of characters",
            Self::ScannerLossy => "keyboard layout loses characters",
            Self::ScannerUnused => "scanner was not used for a while",
            Self::DataOld => "data is old",
            Self::MenuChanged => "services.toml was changed since the start",
            Self::RegistrationEnds => "registration ends soon",
            Self::MenuUnknown => "services.toml names services that are not registered",
        })
    }
}

impl core::error::Error for DoctorError {}

coded! { DoctorError {
    CameraUnmeasured => ("doctor-camera-unmeasured", User),
    CameraWeak => ("doctor-camera-weak", Environment),
    CameraModest => ("doctor-camera-modest", Environment),
    Measure => ("doctor-measure", User),
    MeasureApart => ("doctor-measure-apart", User),
    ScannerIncomplete => ("doctor-scanner-incomplete", User),
    ScannerLossy => ("doctor-scanner-lossy", User),
    ScannerUnused => ("doctor-scanner-unused", User),
    DataOld => ("doctor-data-old", Environment),
    MenuChanged => ("services-file-changed", User),
    MenuUnknown => ("services-file-unknown", User),
    RegistrationEnds => ("doctor-registration-ends", User),
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
    /// Who measured it; empty where nobody was signed in, and in what an earlier version kept.
    #[serde(default)]
    pub(crate) by: String,
}

impl Camera {
    /// What is kept when no code of the chart was read.
    fn reads_nothing(&self) -> bool {
        self.version <= 1 && self.distance_cm == 0 && self.pixels_per_module == 0.0
    }

    /// # Errors
    /// `Measure` for what is no measurement of a chart, `MeasureApart` for values of different measurements.
    fn check(&self) -> Result<(), DoctorError> {
        if self.reads_nothing() && self.version == 1 {
            return Ok(());
        }
        let is_number = self.pixels_per_module.is_finite() && self.pixels_per_module >= 0.0;
        if !CHART.contains(&self.version) || !is_number || self.distance_cm > 1000 {
            return Err(DoctorError::Measure);
        }
        // The code fills `side` of the picture; from that and the distance follows how wide the picture is.
        let modules = 17.0 + 4.0 * f32::from(self.version);
        let side = self.pixels_per_module * modules;
        let width = side * f32::from(self.distance_cm) / (SIDE_CM * FOCAL);
        // Below one pixel no module is told from its neighbour; a code is no wider than the picture it is in (the distance is
        // rounded to whole centimetres).
        let fits = self.pixels_per_module >= 1.0 && WIDTHS.contains(&width) && side <= 1.25 * width;
        if fits { Ok(()) } else { Err(DoctorError::MeasureApart) }
    }
}

/// How the scanner types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Scanner {
    /// What each key that comes stands for; keys that come right are not listed.
    pub(crate) map: BTreeMap<String, String>,
}

/// The scanner as it was calibrated, and since when nobody has seen it.
struct Scanning {
    scanner: Scanner,
    calibrated_at: Timestamp,
    seen_at: Timestamp,
}

impl Scanning {
    /// Until when it stands in for a camera.
    fn until(&self) -> Timestamp {
        self.seen_at.plus(SCANNER_HOLDS)
    }

    /// Whether it stands in for a camera; not after the clock was set back to before it was seen.
    fn counts(&self, now: Timestamp) -> bool {
        (Seconds(0)..=SCANNER_HOLDS).contains(&now.since(self.seen_at))
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Part {
    /// `camera`, `scanner`, `clock`, `data`; `menu` and `registration` only where something is to be said of them.
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
    /// Until when the scanner stands in for a weak camera.
    pub(crate) scanner_until: Option<String>,
    pub(crate) clock_behind_s: Option<i64>,
    pub(crate) data_age_s: Option<i64>,
    /// What `services.toml` names and the counter is not registered for.
    pub(crate) services_unknown: Vec<String>,
    pub(crate) parts: Vec<Part>,
}

impl Findings {
    /// More of a part, in words: who measured the camera and when, until when the scanner counts.
    pub(crate) fn note(&self, what: &str, lang: Lang) -> Option<String> {
        let moment = |text: &Option<String>| Timestamp::parse_rfc3339(text.as_deref()?).ok();
        match what {
            "camera" => {
                let (camera, at) = (self.camera.as_ref()?, moment(&self.camera_at)?);
                let id =
                    if camera.by.is_empty() { "desk-doctor-measured" } else { "desk-doctor-measured-by" };
                text_with(lang, id, &[("at", &times::moment(lang, at)), ("name", &camera.by)])
            }
            "scanner" => {
                let until = times::moment(lang, moment(&self.scanner_until)?);
                text_with(lang, "desk-doctor-scanner-until", &[("until", &until)])
            }
            "menu" if !self.services_unknown.is_empty() => {
                let plain = |id: &String| id.chars().filter(|c| !c.is_control()).take(40).collect::<String>();
                let ids: Vec<String> = self.services_unknown.iter().take(10).map(plain).collect();
                text_with(lang, "desk-doctor-menu-unknown", &[("ids", &ids.join(", "))])
            }
            _ => None,
        }
    }
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

    /// Keeps what the camera read from the chart. Any officer may measure: many counters have one. Who did stands with it and
    /// in the signed list of changes, which the supervisor sees.
    ///
    /// # Errors
    /// `Measure`, `MeasureApart`; the store's.
    pub(crate) async fn measure_camera(
        &self,
        camera: &Camera,
        officer: &str,
        now: Timestamp,
    ) -> Result<(), Failure> {
        camera.check()?;
        let camera = Camera { by: officer.to_owned(), ..camera.clone() };
        // Numbers and a name: always JSON.
        let value = serde_json::to_string(&camera).unwrap_or_default();
        let supervises = self.supervisors().await?.iter().any(|name| name == officer);
        let approved = Approved {
            by: if supervises { officer.to_owned() } else { String::new() },
            reason: format!(
                "v{}, {} cm, {:.2} px",
                camera.version, camera.distance_cm, camera.pixels_per_module
            ),
        };
        let name = if officer.is_empty() { "-" } else { officer };
        let signed = self.signed_change(What::Camera, name, &approved, now);
        self.store().measure_signed(CAMERA, now, &value, signed).await
    }

    /// Keeps how the scanner types, from the keys that came for the calibration code.
    ///
    /// # Errors
    /// `ScannerIncomplete`, `ScannerLossy`; the store's.
    pub(crate) async fn measure_scanner(&self, typed: &[String], now: Timestamp) -> Result<Scanner, Failure> {
        let scanner = Scanner { map: layout(typed)? };
        let value = serde_json::to_string(&scanner).unwrap_or_default();
        self.store().measure(SCANNER, now, &value).await?;
        self.store().forget_measured(SCANNER_SEEN).await?;
        Ok(scanner)
    }

    /// A code of ours was typed by the scanner: it is there, and its layout is right.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn saw_scanner(&self, now: Timestamp) -> Result<(), Failure> {
        let Some(scanning) = self.scanning().await? else { return Ok(()) };
        let is_fresh = (Seconds(0)..NOTE_SCANNER_EVERY).contains(&now.since(scanning.seen_at));
        if is_fresh { Ok(()) } else { Ok(self.store().measure(SCANNER_SEEN, now, "{}").await?) }
    }

    async fn scanning(&self) -> Result<Option<Scanning>, Failure> {
        let Some((scanner, calibrated_at)) = self.measured::<Scanner>(SCANNER).await? else {
            return Ok(None);
        };
        let seen_at = self.store().measured(SCANNER_SEEN).await?.map_or(calibrated_at, |(at, _)| at);
        Ok(Some(Scanning { scanner, calibrated_at, seen_at }))
    }

    /// Forgets what was measured.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn forget_measurements(&self) -> Result<(), Failure> {
        for what in [CAMERA, SCANNER, SCANNER_SEEN] {
            self.store().forget_measured(what).await?;
        }
        Ok(())
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
    pub(crate) async fn may_read_codes(&self, now: Timestamp) -> Result<(), Failure> {
        let camera = self.measured::<Camera>(CAMERA).await?;
        let is_weak = camera.is_some_and(|(camera, _)| camera.version < LEAST_VERSION);
        if is_weak && !self.scanning().await?.is_some_and(|scanning| scanning.counts(now)) {
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
        let scanning = self.scanning().await?;
        let bundle = self.bundle().await?;
        let mut parts = Vec::new();
        let mut part = |what, state, code| parts.push(Part { what, state, code });
        let usable = scanning.as_ref().is_some_and(|scanning| scanning.counts(now));
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
        match &scanning {
            None => part("scanner", "unknown", None),
            Some(_) if usable => part("scanner", "ok", None),
            Some(_) => part("scanner", "warn", Some(DoctorError::ScannerUnused.code())),
        }
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
        let services_unknown =
            bundle.as_ref().map(|bundle| self.menu_unknown(bundle, now)).unwrap_or_default();
        if self.menu_changed() {
            part("menu", "warn", Some(DoctorError::MenuChanged.code()));
        } else if !services_unknown.is_empty() {
            part("menu", "warn", Some(DoctorError::MenuUnknown.code()));
        }
        if let Some(bundle) = bundle.as_ref().filter(|_| behind.is_none()) {
            match self.identity().registered(bundle, now) {
                Err(failure) => part("registration", "bad", Some(failure.code())),
                Ok(own) if now.plus(REGISTRATION_ENDS) >= own.registration().expires_at => {
                    part("registration", "warn", Some(DoctorError::RegistrationEnds.code()));
                }
                Ok(_) => {}
            }
        }
        Ok(Findings {
            services_unknown,
            go_live: parts.iter().all(|part| part.state != "bad"),
            qr_version: self.qr_version(None).await?,
            camera_at: camera.as_ref().map(|(_, at)| at.to_string()),
            camera: camera.map(|(camera, _)| camera),
            scanner_at: scanning.as_ref().map(|scanning| scanning.calibrated_at.to_string()),
            scanner_until: scanning
                .as_ref()
                .filter(|scanning| scanning.counts(now))
                .map(|scanning| scanning.until().to_string()),
            scanner: scanning.map(|scanning| scanning.scanner),
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
