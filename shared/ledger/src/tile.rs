//! Tiles (C2SP `tlog-tiles`): the tree and its leaves as static files that never change.

use absah_types::coded;

use crate::merkle::{Hash, Nodes, node_hash};

/// Hashes in a full tile, and entries in a full bundle.
pub const WIDTH: u64 = 256;
/// Levels of the tree in one level of tiles.
pub const HEIGHT: u32 = 8;

/// A tile or bundle of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePath {
    /// The level of tiles; nothing for the bundle of entries themselves.
    pub level: Option<u8>,
    /// Its number on that level.
    pub index: u64,
    /// How many hashes or entries it has: 256, fewer for the last one.
    pub width: u16,
}

impl TilePath {
    /// The path under the log's prefix: `tile/0/x001/234` or, of a partial one, `tile/0/x001/234.p/56`.
    #[must_use]
    pub fn path(&self) -> String {
        // "<N> … encoded into zero-padded 3-digit path elements. All but the last path element MUST begin with an x."
        let mut number = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            number = format!("x{:03}/{number}", rest % 1000);
            rest /= 1000;
        }
        let level = self.level.map_or_else(|| "entries".to_owned(), |level| level.to_string());
        let partial =
            if u64::from(self.width) < WIDTH { format!(".p/{}", self.width) } else { String::new() };
        format!("tile/{level}/{number}{partial}")
    }

    /// All tiles of a log of `size` leaves, bundles of entries first.
    #[must_use]
    pub fn all(size: u64) -> Vec<Self> {
        let mut paths = of_level(None, size);
        let (mut level, mut hashes) = (0, size);
        while hashes > 0 {
            paths.extend(of_level(Some(level), hashes));
            level += 1;
            hashes /= WIDTH;
        }
        paths
    }

    /// The tiles that a log of `size` leaves has and one of `before` leaves has not, or has less full.
    #[must_use]
    pub fn new_since(before: u64, size: u64) -> Vec<Self> {
        let (mut paths, mut level, mut from, mut to) = (Vec::new(), 0, before, size);
        let fresh = |level: Option<u8>, from: u64, to: u64| {
            let first = from / WIDTH;
            of_level_from(level, first, to).into_iter().filter(move |_| from < to)
        };
        paths.extend(fresh(None, from, to));
        while to > 0 {
            paths.extend(fresh(Some(level), from, to));
            level += 1;
            (from, to) = (from / WIDTH, to / WIDTH);
        }
        paths
    }
}

fn of_level(level: Option<u8>, hashes: u64) -> Vec<TilePath> {
    of_level_from(level, 0, hashes)
}

fn of_level_from(level: Option<u8>, first: u64, hashes: u64) -> Vec<TilePath> {
    let width = |index: u64| u16::try_from((hashes - index * WIDTH).min(WIDTH)).unwrap_or_default();
    (first..hashes.div_ceil(WIDTH)).map(|index| TilePath { level, index, width: width(index) }).collect()
}

/// A bundle of entries is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotABundle;

impl core::fmt::Display for NotABundle {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("bundle of entries malformed")
    }
}

impl core::error::Error for NotABundle {}

/// An index that no tile at hand covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TileError {
    /// A tile that is needed is not there.
    Missing(TilePath),
    /// A tile has not as many bytes as it must have.
    Length(TilePath),
}

impl core::fmt::Display for TileError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Missing(tile) => write!(f, "{} is missing", tile.path()),
            Self::Length(tile) => write!(f, "{} has a wrong length", tile.path()),
        }
    }
}

impl core::error::Error for TileError {}

coded! { TileError {
    Missing(_) => ("ledger-tile-missing", Peer),
    Length(_) => ("ledger-tile-length", Peer),
} }

/// Writes a bundle: "each entry … preceded by its length as a big-endian uint16".
#[must_use]
pub fn bundle<'e>(entries: impl IntoIterator<Item = &'e [u8]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend_from_slice(&u16::try_from(entry.len()).unwrap_or(u16::MAX).to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    bytes
}

/// Reads a bundle.
///
/// # Errors
/// [`NotABundle`] if a length goes beyond the end.
pub fn entries(mut bytes: &[u8]) -> Result<Vec<&[u8]>, NotABundle> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>().ok_or(NotABundle)?;
        let (entry, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into()).ok_or(NotABundle)?;
        found.push(entry);
        bytes = rest;
    }
    Ok(found)
}

/// A tile's hashes.
#[must_use]
pub fn hashes(bytes: &[u8]) -> &[Hash] {
    bytes.as_chunks().0
}

/// A log whose hash tiles can be read: enough to make every proof.
pub struct Tiles<F> {
    size: u64,
    read: F,
}

impl<F: Fn(&TilePath) -> Option<Vec<u8>>> Tiles<F> {
    /// The tiles of a log of `size` leaves; `read` gives their bytes.
    pub fn new(size: u64, read: F) -> Self {
        Self { size, read }
    }
}

impl<F: Fn(&TilePath) -> Option<Vec<u8>>> Nodes for Tiles<F> {
    type Error = TileError;

    fn node(&self, level: u32, index: u64) -> Result<Hash, TileError> {
        let (tile_level, within) = (level / HEIGHT, level % HEIGHT);
        // The subtree's hashes at the bottom of its tile.
        let first = index << within;
        let on_level = self.size >> (tile_level * HEIGHT);
        let tile_index = first / WIDTH;
        let width = on_level.saturating_sub(tile_index * WIDTH).min(WIDTH);
        let tile = TilePath {
            level: u8::try_from(tile_level).ok(),
            index: tile_index,
            width: u16::try_from(width).unwrap_or_default(),
        };
        let bytes = (self.read)(&tile).ok_or(TileError::Missing(tile))?;
        let hashes = hashes(&bytes);
        if bytes.len() as u64 != width * 32 {
            return Err(TileError::Length(tile));
        }
        let start = usize::try_from(first % WIDTH).unwrap_or(usize::MAX);
        let below = hashes.get(start..start.saturating_add(1 << within)).ok_or(TileError::Missing(tile))?;
        top(below).ok_or(TileError::Missing(tile))
    }
}

/// The root of a whole subtree by its lowest hashes: a power of two of them.
pub(crate) fn top(hashes: &[Hash]) -> Option<Hash> {
    if let [one] = hashes {
        return Some(*one);
    }
    let pairs: Vec<Hash> =
        hashes.as_chunks::<2>().0.iter().map(|[left, right]| node_hash(left, right)).collect();
    if pairs.is_empty() { None } else { top(&pairs) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::{self, Tree, leaf_hash};
    use std::collections::BTreeMap;

    #[test]
    fn paths_of_the_specification() {
        let path = |level, index, width| TilePath { level, index, width }.path();
        assert_eq!(path(Some(0), 1_234_067, 256), "tile/0/x001/x234/067");
        assert_eq!(path(Some(1), 5, 112), "tile/1/005.p/112");
        assert_eq!(path(None, 273, 256), "tile/entries/273");
        // "a log of size 70,000 will be associated with 256 + 17 level 0 tiles, 1 full and 1 partial level 1 tile, and 1 partial level 2 tile"
        let count = |level| TilePath::all(70_000).iter().filter(|tile| tile.level == level).count();
        assert_eq!((count(Some(0)), count(Some(1)), count(Some(2)), count(Some(3))), (274, 2, 1, 0));
        assert_eq!(count(None), 274);
    }

    #[test]
    fn what_is_new_is_what_was_not_there() {
        for (before, size) in [
            (0, 1),
            (1, 2),
            (255, 256),
            (256, 257),
            (300, 900),
            (65_530, 65_540),
            (70_000, 70_000),
            (0, 70_000),
        ] {
            let old: std::collections::BTreeSet<_> = TilePath::all(before).into_iter().collect();
            let all: Vec<_> = TilePath::all(size).into_iter().filter(|tile| !old.contains(tile)).collect();
            assert_eq!(TilePath::new_since(before, size), all, "{before} {size}");
        }
    }

    #[test]
    fn bundles_are_read_back() {
        let written = bundle([b"".as_slice(), b"abc", &[7; 300]]);
        assert_eq!(entries(&written).unwrap(), [b"".as_slice(), b"abc", &[7; 300]]);
        for cut in 1..written.len() {
            let read = entries(&written[..cut]);
            assert!(read.is_err() || bundle(read.unwrap()) == written[..cut]);
        }
        assert_eq!(entries(&[0xff, 0xff, 1]), Err(NotABundle));
    }

    #[test]
    fn proofs_out_of_tiles() {
        let size = 700_u64;
        let (mut tree, mut levels) = (Tree::default(), BTreeMap::<(u8, u64), Vec<Hash>>::new());
        for number in 0..size {
            tree.push(leaf_hash(&number.to_be_bytes()), |level, index, hash| {
                if level % HEIGHT == 0 {
                    levels
                        .entry((u8::try_from(level / HEIGHT).unwrap(), index / WIDTH))
                        .or_default()
                        .push(*hash);
                }
            });
        }
        let read = |tile: &TilePath| levels.get(&(tile.level?, tile.index)).map(|hashes| hashes.concat());
        let tiles = Tiles::new(size, read);
        assert_eq!(merkle::root(&tiles, size).unwrap(), tree.root());
        assert_eq!(merkle::tree(&tiles, size).unwrap(), tree);
        for index in [0, 1, 255, 256, 511, 512, 640, 699] {
            let path = merkle::inclusion(&tiles, index, size).unwrap().unwrap();
            merkle::check_inclusion(&leaf_hash(&index.to_be_bytes()), (index, size), &path, &tree.root())
                .unwrap();
        }
        let none = Tiles::new(size, |_: &TilePath| None);
        assert!(matches!(merkle::root(&none, size), Err(TileError::Missing(_))));
        let short = Tiles::new(size, |_: &TilePath| Some(vec![0; 31]));
        assert!(matches!(merkle::root(&short, size), Err(TileError::Length(_))));
    }
}
