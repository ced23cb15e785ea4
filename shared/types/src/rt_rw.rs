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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_texts() {
        for text in
            ["", "/", "003", "003/", "/004", "3/4/5", "003-004", "1234/001", "-1/004", "0x1/004", " 3/4"]
        {
            assert_eq!(RtRw::parse(text), Err(RtRwError::Format), "{text:?}");
        }
        let place = RtRw::of_cells("3", "011").unwrap();
        assert_eq!((place.rt().as_str(), place.rw().as_str()), ("003", "011"));
        assert_eq!(RtRw::parse("3/11"), Ok(place));
        assert_eq!(format!("{place:?}"), "RtRw(…)");
    }

    proptest! {
        #[test]
        fn round_trips(rt in 0_u16..1000, rw in 0_u16..1000) {
            let place = RtRw { rt, rw };
            prop_assert_eq!(RtRw::parse(&place.to_string()), Ok(place));
            prop_assert_eq!(RtRw::of_cells(&place.rt(), &place.rw()), Ok(place));
        }
    }
}
