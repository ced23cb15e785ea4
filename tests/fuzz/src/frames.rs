//! Texts of QR codes: framing, base45, putting together.

use absah_qr::frames::{Assembler, Frame, Limits};
use absah_verifier_core::answer;

/// One try; it panics where something is wrong.
pub fn tried(text: &str) {
    let mut assembler = Assembler::new(Limits::default());
    for line in text.lines() {
        if let Ok(frame) = Frame::parse(line) {
            // What is read is what a code of it would say.
            assert_eq!(Frame::parse(&frame.text()), Ok(frame.clone()));
            assert!(frame.needed() <= frame.total() && frame.index() < frame.total());
        }
        let _ = assembler.push(line);
    }
    if let Ok(bytes) = answer::read(text.lines()) {
        assert!(bytes.len() <= Limits::default().message);
        let _ = answer::tag(&bytes);
    }
}
