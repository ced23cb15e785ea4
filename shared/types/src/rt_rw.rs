//! RT and RW: the neighbourhood part of an address.

/// Rukun tetangga and rukun warga, `003/004`; each 0 to 999, 000 where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RtRw {
    rt: u16,
    rw: u16,
}

/// A text that is no RT or RW.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RtRwError {
    /// Not one to three digits on each side.
    Format,
}

impl std::fmt::Display for RtRwError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not an RT/RW number")
    }
}
impl std::error::Error for RtRwError {}
crate::coded! { RtRwError { Format => ("rt-rw-format", Peer) } }

impl RtRw {
    /// From the two cells of an extract, each one to three digits.
    ///
    /// # Errors
    /// [`RtRwError::Format`] for anything else.
    pub fn of_cells(rt: &str, rw: &str) -> Result<Self, RtRwError> {
        let number = |text: &str| {
            (text.len() <= 3)
                .then(|| crate::form::digits(text))
                .flatten()
                .and_then(|n| u16::try_from(n).ok())
                .ok_or(RtRwError::Format)
        };
        Ok(Self { rt: number(rt)?, rw: number(rw)? })
    }

    /// Reads `003/004`.
    ///
    /// # Errors
    /// [`RtRwError::Format`] for anything else.
    pub fn parse(text: &str) -> Result<Self, RtRwError> {
        let (rt, rw) = text.split_once('/').ok_or(RtRwError::Format)?;
        Self::of_cells(rt, rw)
    }

    /// RT as three digits.
    #[must_use]
    pub fn rt(self) -> String {
        format!("{:03}", self.rt)
    }

    /// RW as three digits.
    #[must_use]
    pub fn rw(self) -> String {
        format!("{:03}", self.rw)
    }
}

impl std::fmt::Display for RtRw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:03}/{:03}", self.rt, self.rw)
    }
}
impl std::fmt::Debug for RtRw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RtRw(…)")
    }
}
crate::form::serde_as_text!(RtRw, RtRwError);
