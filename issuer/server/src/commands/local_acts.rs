//! Acts at the machine itself: free until the first officer is enrolled, then filed for somebody's approval.

use core::any::TypeId;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use absah_credential::Pendamping;
use absah_crypto::sha256;
use absah_host::{FileError, read_file};
use absah_issuer_core::operator::four_eyes::{Body, StatusChange};
use absah_issuer_core::ports::ActKind;
use absah_types::{array, coded, hex};
use clap::CommandFactory as _;

use super::{
    Cli, Command, Desk, Failure, OperatorError, bundle, counter, import, ledger_log, letter, operator,
    pendamping, person, proposal, trust, who,
};
use crate::console::ConsoleError;
use crate::ledger::seal::Event;
use crate::store::has_operators_in;

/// The largest file among a command's words whose content is approved with it.
const MOST_BYTES: u64 = 1 << 30;
/// The largest file that is shown to who approves.
const MOST_TEXT: u64 = 64 << 10;

/// A command does not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalActError {
    /// It waits for a second person.
    FourEyes,
}

impl core::fmt::Display for LocalActError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a second person is needed; the act was filed")
    }
}

impl core::error::Error for LocalActError {}

coded! { LocalActError { FourEyes => ("four-eyes-required", User) } }

/// What a command is to this rule.
enum Weight {
    /// It shows what is no person's data, or serves, or publishes what was decided.
    Free,
    /// It acts, as the console does.
    Act(Body),
    /// It lets an officer begin anew, as the console does.
    Reinvite(String),
    /// It acts in a way that only this machine can.
    Here,
}

fn weight(command: &Command) -> Result<Weight, Failure> {
    let status = |args: &super::cards::ChangeArgs, change| {
        let (nik, kind) = args.parse()?;
        let credential = kind.map(|kind| kind.name().to_owned());
        Ok::<_, Failure>(Weight::Act(Body::Status { nik, credential, change }))
    };
    Ok(match command {
        Command::Revoke(args) => status(args, StatusChange::Revoke)?,
        Command::Suspend(args) => status(args, StatusChange::Suspend)?,
        Command::Unsuspend(args) => status(args, StatusChange::Unsuspend)?,
        Command::Operator(operator::Command::Invite(args)) => {
            let (login, name, role) = args.parse()?;
            Weight::Act(Body::InviteOperator { login, name, role: role.as_str().to_owned() })
        }
        Command::Pendamping(pendamping::Command::Add(args)) => {
            let Pendamping { id, nama, organisasi } = args.parse()?;
            Weight::Act(Body::RegisterPendamping { id, nama, organisasi })
        }
        Command::Pendamping(pendamping::Command::Remove { id }) => {
            Weight::Act(Body::RemovePendamping { id: id.trim().to_owned() })
        }
        Command::Operator(operator::Command::List)
        | Command::Approval(_)
        | Command::Serve(_)
        | Command::Hub(super::hub::Command::List)
        | Command::PublicOffer(_)
        | Command::Pendamping(pendamping::Command::List)
        | Command::Counter(counter::Command::List)
        | Command::Bundle(bundle::Command::Publish { .. })
        | Command::Proposal(proposal::Command::List | proposal::Command::Show { people: None, .. })
        | Command::Bundle(bundle::Command::Keys(bundle::Keys::Show { .. }))
        | Command::Trust(trust::Command::Show | trust::Command::DidLog { .. })
        | Command::Ledger(
            ledger_log::Command::Audit { .. }
            | ledger_log::Command::Status
            | ledger_log::Command::Prove { .. }
            | ledger_log::Command::Reconcile
            | ledger_log::Command::Keys
            | ledger_log::Command::Witness(ledger_log::WitnessCommand::List),
        ) => Weight::Free,
        Command::Operator(operator::Command::Reinvite { login }) => Weight::Reinvite(login.trim().to_owned()),
        Command::Import(_)
        | Command::Offer(_)
        | Command::Paper(_)
        | Command::Pendamping(_)
        | Command::Ticket(_)
        | Command::Letter(_)
        | Command::Hub(_)
        | Command::Lure(_)
        | Command::LoginCode(_)
        | Command::Held(_)
        | Command::Counter(_)
        | Command::Token(_)
        | Command::Bundle(_)
        | Command::Trust(_)
        | Command::Proposal(_)
        | Command::Person(person::Command::Show { .. })
        | Command::Ledger(_) => Weight::Here,
    })
}

/// How a command runs.
pub(super) enum Admitted {
    /// As it was said.
    AsSaid,
    /// As long as nobody is enrolled, which is looked at again when the records are open.
    Unwatched,
    /// With other words: the files it names are those that were approved, kept where nobody else writes.
    Approved(i64, Vec<OsString>, Kept),
}

/// Files as they were read to be compared with what was approved; gone with this.
pub(super) struct Kept {
    folder: PathBuf,
    /// What stands in the words, and where it lies now.
    places: Vec<(String, PathBuf)>,
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Kept {
    /// Where a file of the words lies now; itself, if it was not kept.
    fn of<'p>(&'p self, file: &'p Path) -> &'p Path {
        let said = file.to_string_lossy();
        self.places.iter().find(|(one, _)| *one == said).map_or(file, |(_, place)| place)
    }

    /// The words with the kept files in the place of those they name.
    fn in_place(&self, words: &[OsString]) -> Vec<OsString> {
        let place = |value: &str| self.places.iter().find(|(said, _)| said == value).map(|(_, place)| place);
        let word = |word: &OsString| {
            let text = word.to_string_lossy();
            match text.split_once('=') {
                Some((option, value)) if text.starts_with("--") => place(value).map_or_else(
                    || word.clone(),
                    |place| OsString::from(format!("{option}={}", place.display())),
                ),
                _ => place(&text).map_or_else(|| word.clone(), |place| place.clone().into_os_string()),
            }
        };
        words.iter().map(word).collect()
    }
}

/// Lets a command run, or files it. "Once the first operator is enrolled they only file the act for approval."
pub(super) fn admit(cli: &Cli, words: &[OsString], desk: &mut Desk<'_>) -> Result<Admitted, Failure> {
    let weight = weight(&cli.command)?;
    if matches!(weight, Weight::Free) {
        return Ok(Admitted::AsSaid);
    }
    if !is_watched(desk)? {
        return Ok(Admitted::Unwatched);
    }
    let user = who::user(&desk.context.env);
    if let Some(reason) = &cli.break_glass {
        let reason = person::purpose(reason)?;
        desk.with_store(async |store, context| {
            let now = context.clock.now();
            let name = command_name(words);
            let event = Event::local(now, ActKind::BreakGlass, None, name.as_str()).for_purpose(reason);
            store.note(event.of_user(user.as_deref())).await?;
            // What was done and who sat there, not only what that one chose to say of it.
            let who = user.unwrap_or_else(|| "-".to_owned());
            Ok(store.raise(None, "break-glass", format!("{name} · {who} · {reason}"), now).await?)
        })?;
        return Ok(Admitted::AsSaid);
    }
    if let Some(waiting) = waits_already(&cli.command) {
        let found = desk.with_store(async |store, _| Ok(store.waiting_about(waiting).await?))?;
        if let Some(id) = found {
            // There all of it is read before anybody signs: filed as words it would be agreed to blindly.
            desk.context.console.notice(&format!("#{id}"));
            return Err(LocalActError::FourEyes.into());
        }
    }
    let why = reason(cli, words)?;
    let mut kept = None;
    let body = match &weight {
        Weight::Act(body) => Some(body.clone()),
        Weight::Reinvite(_) => None,
        _ => {
            let (body, files) = command(words, desk)?;
            kept = Some(files);
            Some(body)
        }
    };
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        let body = match (body, &weight) {
            (Some(body), _) => body,
            (None, Weight::Reinvite(login)) => {
                let found = store.operator_of_login(login).await?.ok_or(OperatorError::Unknown)?;
                if store.is_last_of_role(found.id).await? {
                    return Err(ConsoleError::LastReinvite.into());
                }
                Body::ReinviteOperator { operator: found.id }
            }
            (None, _) => return Err(LocalActError::FourEyes.into()),
        };
        let mut body = body;
        // Digests tell nobody what an extract does: its report is part of what is agreed to.
        if let (Command::Import(args), Body::Command { texts, .. }, Some(kept)) =
            (&cli.command, &mut body, &kept)
        {
            let photos = args.photos.as_deref().map(|folder| kept.of(folder));
            texts.push(import::report(args, (kept.of(&args.file), photos), store, now).await?);
        }
        if let Some(kept) = kept
            && let Some(id) = store.use_command(body.clone(), now).await?
        {
            let words = kept.in_place(words);
            return Ok(Admitted::Approved(id, words, kept));
        }
        let id = store.file_at_machine(body, (user, why.as_deref()), now).await?;
        context.console.notice(&format!("#{id}"));
        Err(LocalActError::FourEyes.into())
    })
}

/// What a command decides that waits in the officers' inbox by itself: its kind, and by which number of what.
fn waits_already(command: &Command) -> Option<(&'static str, &'static str, i64)> {
    match command {
        Command::Letter(letter::Command::Approve { number, .. } | letter::Command::Refuse { number, .. }) => {
            Some(("letter", "$.body.ticket", *number))
        }
        Command::Proposal(proposal::Command::Approve { id, .. } | proposal::Command::Refuse { id, .. }) => {
            Some(("import-changes", "$.body.proposal", *id))
        }
        _ => None,
    }
}

/// Why it is done, as whoever must agree reads it: a command that has a reason of its own says it by that.
fn reason(cli: &Cli, words: &[OsString]) -> Result<Option<String>, Failure> {
    let typed = words.iter().map(|word| word.to_string_lossy());
    let is_said = typed.into_iter().any(|word| word == "--reason" || word.starts_with("--reason="));
    let Some(text) = cli.reason.as_deref().filter(|_| is_said) else { return Ok(None) };
    match person::purpose(text) {
        Ok(reason) => Ok(Some(reason.to_owned())),
        // Its own rule says what may stand there.
        Err(_) if has_own_reason(&plain(words)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether a reason is part of what a command does: the citizen reads it, or the records keep it.
fn has_own_reason(words: &[String]) -> bool {
    let program = Cli::command();
    let mut command = &program;
    for word in words {
        command = command.find_subcommand(word).unwrap_or(command);
    }
    command.get_name() != program.get_name() && command.get_arguments().any(|one| one.get_id() == "reason")
}

fn plain(words: &[OsString]) -> Vec<String> {
    words.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect()
}

/// What was approved has not been done: it may be tried again.
pub(super) fn give_back(id: i64, desk: &mut Desk<'_>) -> Result<(), Failure> {
    desk.with_store(async |store, _| Ok(store.give_back_command(id).await?))
}

fn is_watched(desk: &Desk<'_>) -> Result<bool, Failure> {
    let file = desk.store_file();
    if !file.exists() {
        return Ok(false);
    }
    Ok(super::runtime()?.block_on(has_operators_in(&file))?)
}

/// The words that say what is done; where the records lie, how the answer looks and why somebody asks is not part of it.
fn said(words: &[OsString]) -> Vec<String> {
    let mut said = Vec::new();
    let words = plain(words);
    let is_act = has_own_reason(&words);
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--reason" if !is_act => drop(words.next()),
            other if other.starts_with("--reason=") && !is_act => {}
            "--json" | "--dev-loopback" => {}
            "--data-dir" | "--break-glass" => drop(words.next()),
            other if other.starts_with("--data-dir=") || other.starts_with("--break-glass=") => {}
            _ => said.push(word),
        }
    }
    said
}

fn command_name(words: &[OsString]) -> String {
    name_of(&said(words))
}

/// What a command is called, from its words: only names of commands, since anything else may be a person's number.
pub(crate) fn name_of(words: &[String]) -> String {
    let program = Cli::command();
    let (mut command, mut names) = (&program, Vec::new());
    for word in words {
        if let Some(next) = command.find_subcommand(word) {
            names.push(next.get_name().to_owned());
            command = next;
        }
    }
    names.join(" ")
}

/// The command, with digests of the files it names: what is approved is what runs. They are read once, here, and kept where
/// the command finds them: whoever changes a file afterwards changes nothing. What has no content that stays (a pipe, a
/// device) cannot be approved.
fn command(words: &[OsString], desk: &mut Desk<'_>) -> Result<(Body, Kept), Failure> {
    let named = named_files(words);
    let words = said(words);
    let name = hex::encode(array::<8>(desk.context.rng.as_mut()));
    let mut kept = Kept { folder: desk.dir.join("approved").join(name), places: Vec::new() };
    let (mut files, mut texts) = (Vec::new(), Vec::new());
    // What a counter may ask, and whom of nobody the register is to have, stands in a file: who agrees reads it. Other files may
    // hold keys, or are too long to read.
    let is_read = matches!(name_of(&words).as_str(), "counter register" | "lure add");
    let mut before = "";
    for word in &words {
        let (option, value) = match word.split_once('=') {
            Some((option, value)) if word.starts_with("--") => (option, value),
            _ => (before, word.as_str()),
        };
        before = word;
        if !named.contains(value) {
            continue;
        }
        let path = Path::new(value);
        let Ok(kind) = std::fs::metadata(path) else { continue };
        let place = kept.folder.join(kept.places.len().to_string());
        if kind.is_file() {
            let place = place.join(path.file_name().unwrap_or_default());
            files.push(keep(path, &place)?);
            if is_read {
                let bytes = read_file(&place, MOST_TEXT)?;
                texts.push(String::from_utf8(bytes).map_err(|_| LocalActError::FourEyes)?);
            }
            kept.places.push((value.to_owned(), place));
        } else if kind.is_dir() {
            // Photographs are content; other folders say where something goes, or hold keys.
            if option == "--photos" {
                std::fs::create_dir_all(&place).map_err(|_| LocalActError::FourEyes)?;
                for file in in_folder(path) {
                    let name = file.file_name().unwrap_or_default();
                    let digest = keep(&file, &place.join(name))?;
                    // Its name is somebody's number: bound, and not to be read.
                    let named = [name.to_string_lossy().as_bytes(), b"\0", digest.as_bytes()].concat();
                    files.push(format!("photo {}", hex::encode(sha256(&named))));
                }
                kept.places.push((value.to_owned(), place));
            }
        } else {
            return Err(LocalActError::FourEyes.into());
        }
    }
    Ok((Body::Command { words, files, texts }, kept))
}

/// What names a file or folder to be read, as the command line itself reads it: a name, a number or a command's own word
/// stays what it is, whatever lies in the current folder.
fn named_files(words: &[OsString]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let program = Cli::command();
    let Ok(matches) = program.clone().try_get_matches_from(words) else { return found };
    let (mut command, mut matches) = (&program, &matches);
    loop {
        for argument in command.get_arguments().filter(|argument| argument.get_id() != "out") {
            let is_path = argument.get_value_parser().type_id() == TypeId::of::<PathBuf>();
            let given = matches.try_get_raw(argument.get_id().as_str());
            if let (true, Ok(Some(values))) = (is_path, given) {
                found.extend(values.map(|value| value.to_string_lossy().into_owned()));
            }
        }
        let Some((name, inner)) = matches.subcommand() else { return found };
        let Some(next) = command.find_subcommand(name) else { return found };
        (command, matches) = (next, inner);
    }
}

/// Reads a file once: its digest, and the same bytes at another place.
fn keep(file: &Path, place: &Path) -> Result<String, Failure> {
    let bytes = read_file(file, MOST_BYTES)?;
    let failed = |error: std::io::Error| FileError::Write { path: place.to_owned(), kind: error.kind() };
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(place, &bytes).map_err(failed)?;
    Ok(hex::encode(sha256(&bytes)))
}

fn in_folder(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_act_has_the_same_words() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        let plain = said(&words("absah-issuer counter withdraw loket-7"));
        for other in [
            "absah-issuer --data-dir /x counter withdraw loket-7 --json",
            "absah-issuer counter withdraw --data-dir=/y loket-7 --dev-loopback",
            "absah-issuer counter withdraw loket-7 --break-glass darurat",
            "absah-issuer --reason pindah counter withdraw loket-7",
            "absah-issuer counter withdraw loket-7 --reason=tutup",
        ] {
            assert_eq!(said(&words(other)), plain, "{other}");
        }
        let own = "absah-issuer letter refuse 3 --reason tidak-lengkap";
        assert_eq!(
            said(&words(own)).last().map(String::as_str),
            Some("tidak-lengkap"),
            "the citizen reads it"
        );
        let named = |text: &str| named_files(&words(text)).into_iter().collect::<Vec<_>>();
        assert_eq!(named("absah-issuer import hub --photos=foto"), ["foto", "hub"]);
        assert_eq!(named("absah-issuer hub add hub --out kunci"), [] as [&str; 0], "no file is read");
        assert_eq!(command_name(&words("absah-issuer --json counter withdraw x")), "counter withdraw");
        for (text, name) in [
            ("absah-issuer offer --nik=3501070801770001 --credential KtpElektronik", "offer"),
            ("absah-issuer --lang=id offer --nik 3501070801770001", "offer"),
            ("absah-issuer import 3501070801770001.csv", "import"),
            ("absah-issuer person show 3501070801770001 --purpose=SITI", "person show"),
            ("absah-issuer lure remove 3501070801770001", "lure remove"),
        ] {
            assert_eq!(command_name(&words(text)), name, "no value is part of a name: {text}");
        }
    }
}
