//! Default services of a counter, as TOML for `counter register --services FILE`.

/// The file a counter may start from: `demo-3-fakta` and a few services of Kota Madiun.
///
/// Each `[[service]]` has `id`, `title` {id, jv, en}, `purpose` {id, jv, en}, `legal_basis`,
/// `credential` (a type name), `claims` (dotted groups), `tier` (`rendah`, `sedang`, `tinggi`),
/// `retention_days`, and `protected = true` where NIK or nomor KK may be asked.
pub const DEFAULT: &str = include_str!("../services/default.toml");
