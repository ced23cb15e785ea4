//! The Merkle tree of RFC 6962, section 2.1: hashes, growth, proofs.

use absah_crypto::{sha256, sha256_concat};
use absah_types::coded;

/// A hash of the tree.
pub type Hash = [u8; 32];

/// The hash of the tree without leaves.
#[must_use]
pub fn empty_root() -> Hash {
    sha256(b"")
}

/// "The hash of a list with one entry": `SHA-256(0x00 || data)`.
#[must_use]
pub fn leaf_hash(data: &[u8]) -> Hash {
    sha256_concat(&[&[0], data])
}

/// `SHA-256(0x01 || left || right)`.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    sha256_concat(&[&[1], left, right])
}

/// A proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofError {
    /// The leaf or the old tree lies outside the tree, or the proof has another length than it must have.
    Shape,
    /// It leads to another root.
    Root,
}

impl core::fmt::Display for ProofError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Shape => "proof of the wrong form",
            Self::Root => "proof leads to another root",
        })
    }
}

impl core::error::Error for ProofError {}

coded! { ProofError {
    Shape => ("ledger-proof-malformed", Peer),
    Root => ("ledger-proof-mismatch", Peer),
} }

/// A growing tree: its size and the roots of its whole subtrees, the largest first. All that appending needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    peaks: Vec<Hash>,
}

impl Tree {
    /// From a size and the roots of its whole subtrees, the largest first.
    ///
    /// # Errors
    /// [`ProofError::Shape`] unless there is one for each bit that is set in the size.
    pub fn of_peaks(size: u64, peaks: Vec<Hash>) -> Result<Self, ProofError> {
        if u32::try_from(peaks.len()) != Ok(size.count_ones()) {
            return Err(ProofError::Shape);
        }
        Ok(Self { size, peaks })
    }

    /// How many leaves it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of its whole subtrees, the largest first.
    #[must_use]
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Appends a leaf by its hash. `stored` is told every hash of a whole subtree that comes into being, with its level
    /// (0 for the leaf itself) and its number on that level.
    pub fn push(&mut self, leaf: Hash, mut stored: impl FnMut(u32, u64, &Hash)) {
        let (mut hash, mut level, mut index) = (leaf, 0, self.size);
        stored(level, index, &hash);
        while index & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(&left, &hash);
            level += 1;
            index >>= 1;
            stored(level, index, &hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return empty_root() };
        peaks.fold(*last, |right, left| node_hash(left, &right))
    }
}

/// Where the hashes of whole subtrees are kept: the tiles.
pub trait Nodes {
    /// Why one is not to be had.
    type Error;

    /// The hash of the whole subtree number `index` of `2^level` leaves.
    ///
    /// # Errors
    /// When it is not to be had.
    fn node(&self, level: u32, index: u64) -> Result<Hash, Self::Error>;
}

/// The hash of the leaves from `from` to before `to` (`MTH` of RFC 6962 over that range). `from` is a multiple of the
/// largest power of two below the range's length, as everywhere in a tree.
fn range<N: Nodes + ?Sized>(nodes: &N, from: u64, to: u64) -> Result<Hash, N::Error> {
    let length = to - from;
    if length.is_power_of_two() {
        let level = length.trailing_zeros();
        return nodes.node(level, from >> level);
    }
    let middle = from + split(length);
    Ok(node_hash(&range(nodes, from, middle)?, &range(nodes, middle, to)?))
}

/// The root of the tree of `size` leaves.
///
/// # Errors
/// Of the nodes.
pub fn root<N: Nodes + ?Sized>(nodes: &N, size: u64) -> Result<Hash, N::Error> {
    if size == 0 { Ok(empty_root()) } else { range(nodes, 0, size) }
}

/// The tree of `size` leaves, ready to grow.
///
/// # Errors
/// Of the nodes.
pub fn tree<N: Nodes + ?Sized>(nodes: &N, size: u64) -> Result<Tree, N::Error> {
    let (mut peaks, mut from) = (Vec::new(), 0_u64);
    for level in (0..64).rev() {
        if size >> level & 1 == 1 {
            peaks.push(nodes.node(level, from >> level)?);
            from += 1 << level;
        }
    }
    Ok(Tree { size, peaks })
}

/// "Let k be the largest power of two smaller than n."
fn split(length: u64) -> u64 {
    1 << (63 - (length - 1).leading_zeros())
}

/// The audit path of leaf `index` in the tree of `size` leaves (RFC 6962, section 2.1.1); nothing for a leaf outside.
///
/// # Errors
/// Of the nodes.
pub fn inclusion<N: Nodes + ?Sized>(nodes: &N, index: u64, size: u64) -> Result<Option<Vec<Hash>>, N::Error> {
    if index >= size {
        return Ok(None);
    }
    let (mut from, mut to, mut path) = (0, size, Vec::new());
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push(range(nodes, middle, to)?);
            to = middle;
        } else {
            path.push(range(nodes, from, middle)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(Some(path))
}

/// Checks that a leaf hash stands at `index` in the tree of `size` leaves with this root.
///
/// # Errors
/// [`ProofError`].
pub fn check_inclusion(
    leaf: &Hash,
    (index, size): (u64, u64),
    path: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Shape);
    }
    let mut path = path.iter();
    let found = climb(leaf, index, size, &mut path)?;
    if path.next().is_some() {
        return Err(ProofError::Shape);
    }
    if found == *root { Ok(()) } else { Err(ProofError::Root) }
}

/// The root of a subtree of `size` leaves in which `leaf` is number `index`; takes the path from the leaf upwards.
fn climb<'p>(
    leaf: &Hash,
    index: u64,
    size: u64,
    path: &mut impl Iterator<Item = &'p Hash>,
) -> Result<Hash, ProofError> {
    if size == 1 {
        return Ok(*leaf);
    }
    let middle = split(size);
    if index < middle {
        let left = climb(leaf, index, middle, path)?;
        Ok(node_hash(&left, path.next().ok_or(ProofError::Shape)?))
    } else {
        let right = climb(leaf, index - middle, size - middle, path)?;
        Ok(node_hash(path.next().ok_or(ProofError::Shape)?, &right))
    }
}

/// The proof that the tree of `old` leaves is the beginning of the tree of `size` leaves (RFC 6962, section 2.1.2);
/// nothing if there is no such beginning.
///
/// # Errors
/// Of the nodes.
pub fn consistency<N: Nodes + ?Sized>(nodes: &N, old: u64, size: u64) -> Result<Option<Vec<Hash>>, N::Error> {
    if old > size {
        return Ok(None);
    }
    // "tree size 0 … the proof is empty", and a tree is the beginning of itself.
    if old == 0 || old == size {
        return Ok(Some(Vec::new()));
    }
    let (mut from, mut to, mut proof) = (0, size, Vec::new());
    let mut is_whole = true;
    loop {
        let within = old - from;
        if within == to - from {
            if !is_whole {
                proof.push(range(nodes, from, to)?);
            }
            break;
        }
        let middle = from + split(to - from);
        if old <= middle {
            proof.push(range(nodes, middle, to)?);
            to = middle;
        } else {
            proof.push(range(nodes, from, middle)?);
            from = middle;
            is_whole = false;
        }
    }
    proof.reverse();
    Ok(Some(proof))
}

/// Checks that the tree of `old` leaves with `old_root` is the beginning of the tree of `size` leaves with `root`.
///
/// # Errors
/// [`ProofError`].
pub fn check_consistency(
    (old, old_root): (u64, &Hash),
    (size, root): (u64, &Hash),
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old > size {
        return Err(ProofError::Shape);
    }
    if old == 0 || old == size {
        let holds = if old == 0 { *old_root == empty_root() } else { old_root == root };
        return match (proof, holds) {
            ([], true) => Ok(()),
            ([], false) => Err(ProofError::Root),
            _ => Err(ProofError::Shape),
        };
    }
    let mut proof = proof.iter();
    let (found_old, found) = grow(old, size, true, old_root, &mut proof)?;
    if proof.next().is_some() {
        return Err(ProofError::Shape);
    }
    if found_old == *old_root && found == *root { Ok(()) } else { Err(ProofError::Root) }
}

/// The roots of the first `old` and of all `size` leaves of a subtree, out of a consistency proof read upwards.
fn grow<'p>(
    old: u64,
    size: u64,
    is_whole: bool,
    old_root: &Hash,
    proof: &mut impl Iterator<Item = &'p Hash>,
) -> Result<(Hash, Hash), ProofError> {
    if old == size {
        // The old tree itself when it is one whole subtree; else a part of it that the proof names.
        let hash = if is_whole { *old_root } else { *proof.next().ok_or(ProofError::Shape)? };
        return Ok((hash, hash));
    }
    let middle = split(size);
    if old <= middle {
        let (small, left) = grow(old, middle, is_whole, old_root, proof)?;
        Ok((small, node_hash(&left, proof.next().ok_or(ProofError::Shape)?)))
    } else {
        let (small, right) = grow(old - middle, size - middle, false, old_root, proof)?;
        let left = proof.next().ok_or(ProofError::Shape)?;
        Ok((node_hash(left, &small), node_hash(left, &right)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_types::hex;
    use std::collections::HashMap;
    use std::convert::Infallible;

    #[derive(Default)]
    struct Kept(HashMap<(u32, u64), Hash>);

    impl Nodes for Kept {
        type Error = Infallible;

        fn node(&self, level: u32, index: u64) -> Result<Hash, Infallible> {
            Ok(self.0[&(level, index)])
        }
    }

    fn grown(size: u64) -> (Tree, Kept, Vec<Hash>) {
        let (mut tree, mut kept, mut leaves) = (Tree::default(), Kept::default(), Vec::new());
        for number in 0..size {
            let leaf = leaf_hash(&number.to_be_bytes());
            leaves.push(leaf);
            tree.push(leaf, |level, index, hash| {
                assert!(kept.0.insert((level, index), *hash).is_none());
            });
        }
        (tree, kept, leaves)
    }

    /// `MTH` as RFC 6962 writes it down: the second implementation.
    fn naive(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [one] => *one,
            _ => {
                let mut k = 1;
                while k * 2 < leaves.len() {
                    k *= 2;
                }
                node_hash(&naive(&leaves[..k]), &naive(&leaves[k..]))
            }
        }
    }

    /// The roots published with RFC 6962's reference tests (certificate-transparency, merkle_tree_test).
    #[test]
    fn published_roots() {
        let inputs = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut tree = Tree::default();
        for (input, root) in inputs.iter().zip(roots) {
            tree.push(leaf_hash(&hex::decode(input).unwrap()), |_, _, _| ());
            assert_eq!(hex::encode(tree.root()), root);
        }
    }

    #[test]
    fn every_proof_of_every_small_tree() {
        for size in 0..=70_u64 {
            let (tree, kept, leaves) = grown(size);
            let top = naive(&leaves);
            assert_eq!(tree.root(), top);
            assert_eq!(root(&kept, size).unwrap(), top);
            assert_eq!(super::tree(&kept, size).unwrap(), tree);
            for (index, leaf) in leaves.iter().enumerate() {
                let index = index as u64;
                let path = inclusion(&kept, index, size).unwrap().unwrap();
                check_inclusion(leaf, (index, size), &path, &top).unwrap();
                let moved = check_inclusion(leaf, ((index + 1) % size, size), &path, &top);
                assert!(size == 1 || moved.is_err());
                let mut longer = path.clone();
                longer.push(*leaf);
                assert_eq!(check_inclusion(leaf, (index, size), &longer, &top), Err(ProofError::Shape));
                if let Some((_, shorter)) = path.split_first() {
                    assert!(check_inclusion(leaf, (index, size), shorter, &top).is_err());
                }
            }
            assert_eq!(inclusion(&kept, size, size).unwrap(), None);
            for old in 0..=size {
                let before = naive(&leaves[..usize::try_from(old).unwrap()]);
                let proof = consistency(&kept, old, size).unwrap().unwrap();
                check_consistency((old, &before), (size, &top), &proof).unwrap();
                assert_eq!(
                    check_consistency((old, &leaf_hash(b"fork")), (size, &top), &proof),
                    Err(ProofError::Root)
                );
                let mut longer = proof.clone();
                longer.push(top);
                assert_eq!(check_consistency((old, &before), (size, &top), &longer), Err(ProofError::Shape));
                for at in 0..proof.len() {
                    let mut changed = proof.clone();
                    changed[at][0] ^= 1;
                    assert!(check_consistency((old, &before), (size, &top), &changed).is_err());
                }
            }
        }
    }

    #[test]
    fn huge_numbers_end() {
        let any = [9; 32];
        assert_eq!(check_inclusion(&any, (u64::MAX - 1, u64::MAX), &[], &any), Err(ProofError::Shape));
        assert_eq!(check_consistency((1, &any), (u64::MAX, &any), &[]), Err(ProofError::Shape));
        assert_eq!(check_consistency((5, &any), (4, &any), &[]), Err(ProofError::Shape));
        assert_eq!(Tree::of_peaks(3, vec![any]), Err(ProofError::Shape));
    }
}
