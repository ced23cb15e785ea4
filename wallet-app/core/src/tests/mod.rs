//! The whole core over a small city: an issuer in memory, a counter, and a shell that does every effect.

mod access;
mod counter;
mod household;
mod later;
mod one_scan;
mod receive;
mod requests;
mod respond;
mod trust;
mod two_cards;
mod window;
mod world;
