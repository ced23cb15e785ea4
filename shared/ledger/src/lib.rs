//! The transparency log ("Blockchain Log Ledger"): one writer, many checkers.
//!
//! ```text
//! event ──commit(r)──► Leaf (96 bytes) ──► Merkle tree ──► tiles (static files)
//!                                             │
//!                                             └──► Checkpoint ──sign──► Note ──cosign──► witnesses in other agencies
//! ```
//!
//! The tree, its tiles, the notes around checkpoints and the cosignatures are those of C2SP (`tlog-tiles`,
//! `tlog-checkpoint`, `signed-note`, `tlog-cosignature`, `tlog-witness`, `tlog-proof`), so that other people's tools
//! check them. Only the leaf is our own: it says of which class an act was and in which hour, and commits to the event
//! without telling anything of it.
//!
//! Pure: tiles come in as bytes, keys and times as arguments.

pub mod audit;
pub mod checkpoint;
pub mod cosignature;
pub mod freshness;
pub mod leaf;
pub mod merkle;
pub mod note;
pub mod policy;
pub mod proof;
pub mod tile;
pub mod witness;

pub use audit::{Audit, Finding, Needed, Report};
pub use checkpoint::Checkpoint;
pub use freshness::Freshness;
pub use leaf::{Leaf, LeafClass};
pub use merkle::{Hash, Tree};
pub use note::{Note, NoteError, NoteKey, NoteSigner};
pub use policy::LedgerPolicy;
pub use proof::Proof;
pub use tile::TilePath;
