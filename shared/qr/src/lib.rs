//! From a presentation to a picture and back.
//!
//! Four steps, each usable alone, each without I/O, clock or randomness:
//!
//! 1. [`pack()`] and [`unpack()`]: a lossless packing of an SD-JWT (with its key-binding JWT) or of any other text made of
//!    JWTs. It is no credential format: what comes out of `unpack` is byte for byte what went into `pack`.
//! 2. [`frames`]: a message becomes 1 to 255 texts, each a QR code's content; any *K* of them give the message back.
//!    [`parcel`] makes one message of several files: a trust bundle.
//! 3. [`render`]: a text becomes a QR code as PNG, SVG or terminal characters.
//! 4. [`read`] (feature `read`) and [`read_rqrr`] (feature `read-rqrr`): a picture becomes the texts in it.

#[cfg(test)]
mod budget_tests;
pub mod dictionary;
pub mod frames;
pub mod pack;
pub mod parcel;
pub mod picture;
#[cfg(test)]
#[cfg(all(feature = "read", feature = "read-rqrr"))]
mod picture_tests;
#[cfg(feature = "read")]
pub mod read;
#[cfg(feature = "read-rqrr")]
pub mod read_rqrr;
pub mod render;

pub use dictionary::Dictionary;
pub use frames::{Assembler, Frame, Kind, Message};
pub use pack::{Binding, PackContext, UnpackError, pack, unpack};
