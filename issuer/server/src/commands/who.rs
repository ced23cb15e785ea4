//! Who sits at the machine: the operating system's name of the user, for whoever must agree to what was filed there.

use absah_host::Env;

/// Signs of a user's name that are shown.
const MOST: usize = 64;
/// Nobody has logged in: a service, or a container.
const NO_LOGIN: u32 = u32::MAX;

/// The user who is logged in (also behind `sudo`), otherwise the one the process runs as; what the environment says only
/// where the system says nothing, since anybody can set it.
pub(super) fn user(env: &Env) -> Option<String> {
    let number = logged_in().or_else(running_as);
    let name = number.map(|number| name_of(number).unwrap_or_else(|| format!("uid {number}")));
    let said = || env.get("USER").or_else(|| env.get("USERNAME")).map(str::to_owned);
    name.or_else(said).as_deref().and_then(plain)
}

/// Only what a user's name is made of: it stands in pages and in what is signed.
fn plain(name: &str) -> Option<String> {
    let is_plain =
        |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '$' | '\\' | ' ');
    let name: String = name.chars().filter(is_plain).take(MOST).collect();
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

fn logged_in() -> Option<u32> {
    let text = std::fs::read_to_string("/proc/self/loginuid").ok()?;
    text.trim().parse().ok().filter(|number| *number != NO_LOGIN)
}

#[cfg(unix)]
fn running_as() -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").ok().map(|own| own.uid())
}

#[cfg(not(unix))]
fn running_as() -> Option<u32> {
    None
}

/// Its name in the machine's own list.
fn name_of(number: u32) -> Option<String> {
    let list = std::fs::read_to_string("/etc/passwd").ok()?;
    list.lines().find_map(|line| {
        let mut parts = line.split(':');
        let (name, id) = (parts.next()?, parts.nth(1)?);
        (id.parse() == Ok(number)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_has_a_name_that_forges_nothing() {
        assert_eq!(plain("dewi.s"), Some("dewi.s".to_owned()));
        assert_eq!(plain("CORP\\dewi"), Some("CORP\\dewi".to_owned()));
        assert_eq!(plain("a\u{202E}b<c>\n"), Some("abc".to_owned()));
        assert_eq!(plain(" \n"), None);
        assert_eq!(plain(&"x".repeat(200)).map(|name| name.len()), Some(MOST));
        assert_eq!(name_of(0).as_deref(), Some("root"));
        assert!(user(&Env::of(&[])).is_some(), "whoever runs this test is somebody");
    }
}
