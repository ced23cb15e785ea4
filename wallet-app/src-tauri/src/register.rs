//! `--register`: links of offers and requests open in this program, for this user.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use absah_host::{Context, Env, Mode, write_atomic};

use crate::args::StartError;

/// The same file as in the packages, with its places to fill in.
const TEMPLATE: &str = include_str!("../absah.desktop");
/// Its name among the desktop's programs.
const NAME: &str = "id.absah.wallet.desktop";

/// Writes the program's entry and makes it the one for its schemes; says where.
pub(crate) fn register(context: &mut Context) -> Result<(), StartError> {
    let program = std::env::current_exe().map_err(|_| StartError::Desktop)?;
    let folder = applications(&context.env).ok_or(StartError::Desktop)?;
    let entry = entry(&program).ok_or(StartError::Desktop)?;
    fs::create_dir_all(&folder).map_err(|_| StartError::Desktop)?;
    let path = folder.join(NAME);
    write_atomic(&path, entry.as_bytes(), Mode::Public).map_err(|_| StartError::Desktop)?;
    // Where a desktop keeps a cache it is renewed; where it does not, there is no such program.
    let _ = quietly(Command::new("update-desktop-database").arg(&folder));
    let schemes = schemes();
    let is_default = quietly(Command::new("xdg-mime").arg("default").arg(NAME).args(&schemes));
    let console = &mut context.console;
    let place = path.display().to_string();
    let said = absah_schemas::text_with(console.lang(), "win-registered", &[("file", &place)]);
    console.line(&said.unwrap_or(place));
    if !is_default {
        let line = console.text("win-register-by-hand");
        console.line(&line);
        console.line(&format!("xdg-mime default {NAME} {}", schemes.join(" ")));
    }
    Ok(())
}

/// `$XDG_DATA_HOME/applications`.
fn applications(env: &Env) -> Option<PathBuf> {
    let data = env.get("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || env.get("HOME").map(|home| Path::new(home).join(".local/share"));
    Some(data.or_else(home)?.join("applications"))
}

/// The entry for this program. `Exec` knows reserved characters and quotes (Desktop Entry Specification, "The Exec key");
/// a path that would need them is not one that programs are installed at.
fn entry(program: &Path) -> Option<String> {
    let program = program.to_str()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@".contains(c);
    if !program.chars().all(is_plain) {
        return None;
    }
    Some(
        TEMPLATE
            .replace("{{exec}}", program)
            .replace("{{icon}}", "absah-wallet-app")
            .replace("{{name}}", "Absah"),
    )
}

fn schemes() -> Vec<&'static str> {
    let line = TEMPLATE.lines().find_map(|line| line.strip_prefix("MimeType="));
    line.unwrap_or_default().split(';').filter(|kind| !kind.is_empty()).collect()
}

fn quietly(command: &mut Command) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::is_link;

    #[test]
    fn every_scheme_of_the_entry_is_one_that_the_program_answers_to() {
        let schemes = schemes();
        assert_eq!(schemes.len(), 5);
        for kind in schemes {
            let scheme = kind.strip_prefix("x-scheme-handler/").unwrap();
            assert!(is_link(&format!("{scheme}://x")), "{kind}");
        }
    }

    #[test]
    fn a_path_with_reserved_characters_is_not_written() {
        assert!(
            entry(Path::new("/opt/absah/absah-wallet-app"))
                .unwrap()
                .contains("Exec=/opt/absah/absah-wallet-app %u")
        );
        for path in ["/opt/a b/app", "/opt/$x/app", "/opt/a%u", "/opt/\"/app", "/opt/a\nExec=x"] {
            assert_eq!(entry(Path::new(path)), None, "{path}");
        }
    }
}
