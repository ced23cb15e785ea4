//! Default services of a counter, as TOML for `counter register --services FILE`.

/// The file a counter may start from: `demo-3-fakta` and a few services of Kota Madiun.
///
/// Each `[[services]]` has `id`, `title` and `purpose` {id, jv, en}, `legal_basis`, `asks` (each a
/// `credential` type name and its `claims`, dotted), `protected` (claims that identify across
/// agencies, named a second time), `tier` (`rendah`, `sedang`, `tinggi`) and `retention_days`.
pub const DEFAULT: &str = include_str!("../services/default.toml");

/// Ten services of counters in Kota Madiun, in the same form: the most that each may ever ask.
pub const COUNTER: &str = include_str!("../services/loket.toml");

/// What a counter with the services of [`COUNTER`] usually asks: the counter's own `services.toml`, narrower.
pub const COUNTER_MENU: &str = include_str!("../services/loket-menu.toml");
