//! Regions by Kemendagri code: `regions/*.csv` (ODbL 1.0, see the licence notes there).
//!
//! Provinces, regencies and districts of the whole country; villages of Kota Madiun only.

use absah_types::{RegionCode, RegionLevel};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Kota Madiun.
pub const MADIUN: &str = "35.77";

static NAMES: LazyLock<BTreeMap<RegionCode, Cow<'static, str>>> = LazyLock::new(|| {
    let files = [
        include_str!("../regions/provinces.csv"),
        include_str!("../regions/regencies.csv"),
        include_str!("../regions/districts.csv"),
        include_str!("../regions/villages-35.77.csv"),
    ];
    files.into_iter().flat_map(|csv| csv.lines().skip(1)).filter_map(entry).collect()
});

/// `code,…,name`; of CSV quoting the files use only a quoted name.
fn entry(line: &'static str) -> Option<(RegionCode, Cow<'static, str>)> {
    let (code, rest) = line.split_once(',')?;
    let code = RegionCode::parse(code).ok()?;
    let name = match code.level() {
        RegionLevel::Province => rest,
        _ => rest.split_once(',')?.1,
    };
    let name = match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => Cow::Owned(quoted.replace("\"\"", "\"")),
        None => Cow::Borrowed(name),
    };
    Some((code, name))
}

/// The name of a region, as the ministry writes it; `None` when the table has none.
#[must_use]
pub fn name(code: RegionCode) -> Option<&'static str> {
    NAMES.get(&code).map(AsRef::as_ref)
}

/// Whether the table has the region. Of villages it has those of Kota Madiun only: see [`villages_listed`].
#[must_use]
pub fn exists(code: RegionCode) -> bool {
    NAMES.contains_key(&code)
}

/// Whether the table has the villages of a region, so that a missing one can be called unknown.
#[must_use]
pub fn villages_listed(code: RegionCode) -> bool {
    RegionCode::parse(MADIUN).is_ok_and(|madiun| madiun.contains(code))
}

/// The regions directly inside one, with their names: regencies of a province, districts of a
/// regency, villages of a district. By ascending code.
pub fn inside(code: RegionCode) -> impl Iterator<Item = (RegionCode, &'static str)> {
    NAMES
        .range(code..)
        .skip(1)
        .take_while(move |(inner, _)| code.contains(**inner))
        .filter_map(move |(inner, name)| (inner.parent() == Some(code)).then_some((*inner, name.as_ref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> RegionCode {
        RegionCode::parse(text).unwrap()
    }

    #[test]
    fn madiun_has_three_districts_of_nine_villages() {
        assert_eq!(name(code("35")), Some("Jawa Timur"));
        assert_eq!(name(code("35.77")), Some("Kota Madiun"));
        let districts: Vec<_> = inside(code(MADIUN)).collect();
        assert_eq!(
            districts.iter().map(|(_, name)| *name).collect::<Vec<_>>(),
            ["Kartoharjo", "Manguharjo", "Taman"]
        );
        for (district, _) in districts {
            assert_eq!(inside(district).count(), 9);
        }
    }

    #[test]
    fn every_row_of_the_files_is_read() {
        assert_eq!(NAMES.len(), 38 + 514 + 7285 + 27);
        assert!(NAMES.values().all(|name| !name.is_empty() && !name.contains(',') && !name.starts_with('"')));
        // Written with a quotation mark in the source.
        assert_eq!(name(code("35.29.22")), Some("Ra\"as"));
        assert_eq!(NAMES.keys().filter(|code| code.level() == RegionLevel::District).count(), 7285);
    }

    #[test]
    fn unknown_regions() {
        assert!(!exists(code("35.77.04")));
        assert!(!exists(code("99.99.01")));
        assert!(!exists(code("35.77.02.1099")));
        assert!(villages_listed(code("35.77.02.1099")));
        assert!(!villages_listed(code("35.19.01.2001")));
        assert!(exists(code("35.77.02.1009")));
    }
}
