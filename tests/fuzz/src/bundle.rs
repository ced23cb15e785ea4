//! Documents of a trust bundle, and the parcel it travels in.

use std::sync::LazyLock;

use absah_qr::{Dictionary, parcel};
use absah_trust::sample::City;
use absah_trust::{Anchor, Bundle, Files, Policy, TrustList, tuf};
use absah_types::Timestamp;

const NOW: Timestamp = Timestamp::from_unix(1_795_300_000);

static FILES: LazyLock<Files> = LazyLock::new(|| {
    let city = City::at(NOW);
    let mut contents = city.contents(vec![city.status_token(&[], NOW)]);
    contents.dictionary = Dictionary::v1().bytes().to_vec();
    city.publish(1, &contents)
});

/// One try; it panics where something is wrong.
pub fn tried(bytes: &[u8]) {
    let _ = TrustList::from_json(bytes);
    let _ = Policy::from_json(bytes);
    let _ = tuf::read_root(bytes);
    let _ = tuf::read_targets(bytes);
    if let Ok(files) = parcel::unwrap(bytes, 1 << 20) {
        assert_eq!(parcel::unwrap(&parcel::wrap(&files).unwrap(), 1 << 20), Ok(files));
    }
    // In the place of one file of a good bundle: never taken, unless it is that file.
    let Some((place, content)) = bytes.split_first() else { return };
    let names: Vec<&String> = FILES.keys().collect();
    let Some(name) = names.get(usize::from(*place) % names.len()) else { return };
    let root = tuf::root_sha256(FILES.get("metadata/1.root.json").unwrap());
    let mut files = FILES.clone();
    files.insert((*name).clone(), content.to_vec());
    if Bundle::import(&files, Anchor::FirstRoot(root), NOW).is_ok() {
        assert_eq!(FILES.get(*name).map(Vec::as_slice), Some(content));
    }
}
