//! A calendar date in two bytes: years 1900 to 2075, each of 12 months of 31 days.

/// Characters of `YYYY-MM-DD`.
pub(super) const LENGTH: usize = 10;

const FIRST_YEAR: u16 = 1900;
const DAYS: u16 = 31;
const MONTHS: u16 = 12;

/// Packs `YYYY-MM-DD`; `None` for anything else. Whether the day exists in that month does not matter here.
pub(super) fn pack(text: &str) -> Option<[u8; 2]> {
    let mut fields = text.split('-');
    let (year, month, day) =
        (digits(fields.next()?, 4)?, digits(fields.next()?, 2)?, digits(fields.next()?, 2)?);
    if fields.next().is_some() {
        return None;
    }
    let years = year.checked_sub(FIRST_YEAR)?;
    let month = month.checked_sub(1).filter(|month| *month < MONTHS)?;
    let day = day.checked_sub(1).filter(|day| *day < DAYS)?;
    let number = years.checked_mul(MONTHS * DAYS)?.checked_add(month * DAYS + day)?;
    Some(number.to_be_bytes())
}

/// The text that was packed.
pub(super) fn unpack(packed: [u8; 2]) -> String {
    let number = u16::from_be_bytes(packed);
    let (year, rest) = (FIRST_YEAR + number / (MONTHS * DAYS), number % (MONTHS * DAYS));
    format!("{year:04}-{:02}-{:02}", rest / DAYS + 1, rest % DAYS + 1)
}

fn digits(text: &str, count: usize) -> Option<u16> {
    if text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_two_bytes_are_one_date() {
        for number in 0..=u16::MAX {
            let packed = number.to_be_bytes();
            assert_eq!(pack(&unpack(packed)), Some(packed));
        }
        for no_date in [
            "",
            "1899-12-31",
            "2100-01-01",
            "2000-13-01",
            "2000-00-01",
            "2000-01-32",
            "2000-1-01-",
            "+000-01-01",
        ] {
            assert_eq!(pack(no_date), None, "{no_date}");
        }
    }
}
