//! The words of the house: values that are parsed once, at the edge, and are right ever after.
//!
//! Nothing here reads a clock, a file, a socket or a source of randomness. A value of one of these
//! types is a fact about its *form*; whether it is true is decided elsewhere.

#![forbid(unsafe_code)]

pub mod base64url;
mod codes;
mod date;
mod did;
mod error;
mod form;
pub mod hex;
mod holder_link;
mod lang;
mod name;
mod nik;
mod nomor_kk;
mod non_empty;
mod nonce;
mod pin;
mod random;
mod region;
mod rt_rw;
mod secret;
mod sector;
mod timestamp;
mod url;

pub use codes::{
    BloodGroup, Citizenship, CodeError, Education, FamilyRelation, MaritalStatus, Occupation,
    PopulationStatus, Religion, Sex,
};
pub use date::{Date, DateError};
pub use did::{Did, DidError};
pub use error::{Coded, Fault};
pub use holder_link::HolderLink;
pub use lang::{Lang, LangError};
pub use name::{NameError, PersonName};
pub use nik::{Nik, NikBirth, NikError, NikImplies, NikWarning};
pub use nomor_kk::{NomorKk, NomorKkError};
pub use non_empty::{Empty, NonEmpty};
pub use nonce::{Nonce, NonceError};
pub use pin::is_weak_pin;
pub use random::{Rng, array};
pub use region::{RegionCode, RegionError, RegionLevel};
pub use rt_rw::{RtRw, RtRwError};
pub use secret::Secret;
pub use sector::{Sector, SectorError, SectorToken, SectorTokenError, SectorTokens};
pub use timestamp::{Clock, Seconds, Timestamp, TimestampError, rfc3339};
pub use url::{HttpsUrl, UrlError};
