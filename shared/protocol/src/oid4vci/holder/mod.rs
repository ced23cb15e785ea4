//! The wallet's side: a state machine that says what it [needs](Need) next and takes what came.
//!
//! ```text
//!  open(link) ─► offer ─► issuer metadata ─► server metadata ─► transaction code ─► token
//!      for each offered configuration we hold:  nonce ─► proofs ─► credentials
//!  ─► Need::Nothing, received() ─► verify()
//! ```

mod answers;
mod error;
mod later;
mod receiving;
mod verify;

pub use answers::{MAX_CREDENTIAL_RESPONSE, MAX_METADATA, MAX_SMALL};
pub use error::ReceiveError;
pub use later::{Access, Awaited, Call, Collected, LONGEST_INTERVAL, Notification};
pub use receiving::{
    Body, CLIENT_ID, Fetch, LogIn, Method, Need, ProofsToSign, REDIRECT_URI, Received, Receiving, Wanted,
};
pub use verify::{IssuerKeys, ReceivedError, VerifiedCopy, verify};
