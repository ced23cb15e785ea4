//! What a camera has seen so far: frames of one message, or a link.

use absah_qr::frames::{Assembler, Limits};

/// What frames of a camera may add up to: a trust bundle is the longest.
const FRAMES: Limits = Limits { message: 1 << 20, messages: 4 };
/// Most different texts that are remembered.
const MOST: usize = 256;

/// How far a camera has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scan {
    /// Nothing of ours in view.
    Nothing,
    /// Some frames of several.
    Part {
        /// Different frames seen.
        have: u8,
        /// Frames needed.
        needed: u8,
    },
    /// All there: the screen has changed.
    Whole,
}

/// What one more look came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Glance {
    /// Not enough yet; never [`Scan::Whole`].
    Waits(Scan),
    /// A link, or all frames of a message.
    Whole(Vec<String>),
}

/// The texts seen since the last press.
#[derive(Debug, Default)]
pub struct Seen(Vec<String>);

impl Seen {
    /// Forgets them.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The texts of one more picture.
    pub fn look(&mut self, found: impl IntoIterator<Item = String>) -> Glance {
        for text in found {
            if !self.0.contains(&text) && self.0.len() < MOST {
                self.0.push(text);
            }
        }
        let mut assembler = Assembler::new(FRAMES);
        let (mut part, mut link) = (None, None);
        for text in &self.0 {
            match assembler.push(text) {
                Ok(progress) => part = Some((progress.have, progress.needed)),
                Err(_) if text.contains("://") => link = Some(text.clone()),
                Err(_) => {}
            }
        }
        let texts = match (link, part) {
            (Some(link), _) => vec![link],
            (None, Some((have, needed))) if have >= needed => std::mem::take(&mut self.0),
            (None, Some((have, needed))) => return Glance::Waits(Scan::Part { have, needed }),
            (None, None) => return Glance::Waits(Scan::Nothing),
        };
        self.clear();
        Glance::Whole(texts)
    }
}
