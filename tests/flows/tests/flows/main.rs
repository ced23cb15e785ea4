//! What people do, through all programs in one process, under one clock. One program, so that it is linked once.

mod counter;
mod documents;
mod family;
mod key_level;
mod later;
mod letters;
mod lifecycle;
mod pendamping;
mod renewal;
mod sector;
mod signers;
mod told;
mod trust;
mod two_cards;
mod weak;
