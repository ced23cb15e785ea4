//! `officer set|remove|list`: who may sign in at the page.

use absah_host::{CommonArgs, Context, Env, Exit, Password, Pin};
use absah_schemas::times;
use serde_json::json;

use crate::app::App;
use crate::args::{Approval, OfficerCommand};
use crate::error::Failure;
use crate::filing::MAX_REASON;
use crate::officers::{Approved, OfficerError};

/// `--json` → `{"officers":[NAME],"supervisors":[NAME],"without_password":[NAME],"changes":[{"number","what","name","by","reason","iat"}]}`.
pub(crate) async fn officer(
    common: &CommonArgs,
    command: &OfficerCommand,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    let now = context.clock.now();
    match command {
        OfficerCommand::Set { name, supervisor, approval } => {
            let approved = approved(&app, approval, context).await?;
            let pin = Pin::ask_new(&context.env, &context.console)?;
            let password = Password::ask_new(&context.env, &context.console)?;
            app.set_officer(name, (&pin, password.as_ref()), *supervisor, &approved, &mut *context.rng, now)
                .await?;
        }
        OfficerCommand::Remove { name, approval } => {
            let approved = approved(&app, approval, context).await?;
            app.remove_officer(name, &approved, now).await?;
        }
        OfficerCommand::List => {}
    }
    let names: Vec<String> = app.store().officers().await?.into_iter().map(|officer| officer.name).collect();
    let supervisors = app.supervisors().await?;
    let without_password = app.without_password().await?;
    let told = app.told_changes().await?;
    let changes: Vec<_> = told.iter().map(|told| &told.change).collect();
    let console = &mut context.console;
    if console.json() {
        let said = json!({
            "officers": names, "supervisors": supervisors, "without_password": without_password, "changes": changes,
        });
        console.answer(&said);
    } else {
        let (right, open) =
            (console.text("counter-officer-supervisor"), console.text("counter-officer-no-password"));
        let words = [(&right, &supervisors), (&open, &without_password)];
        for name in &names {
            let of_name = words.iter().filter(|(_, names)| names.contains(name));
            let said: String = of_name.map(|(word, _)| format!("  {word}")).collect();
            console.line(&format!("{name}{said}"));
        }
        for one in &told {
            let (change, what) = (&one.change, console.text(&one.text()));
            let when = times::moment(console.lang(), change.at);
            let who =
                [change.by.as_str(), change.reason.as_str()].into_iter().filter(|said| !said.is_empty());
            let who: String = who.map(|said| format!("; {said}")).collect();
            console.line(&format!("{}. {when}: {what} {}{who}", change.number, change.name));
        }
    }
    Ok(Exit::Ok)
}

/// Who answers for a change: as soon as a supervisor is enrolled, one of them with the PIN, or the glass is broken.
///
/// # Errors
/// `Unapproved`; those of the supervisor's PIN.
pub(super) async fn approved(
    app: &App,
    approval: &Approval,
    context: &mut Context,
) -> Result<Approved, Failure> {
    if app.supervisors().await?.is_empty() {
        return Ok(Approved::default());
    }
    if let Some(reason) = approval.break_glass.as_deref().map(str::trim).filter(|reason| !reason.is_empty()) {
        return Ok(Approved { by: String::new(), reason: reason.chars().take(MAX_REASON).collect() });
    }
    let by = approval.by.as_deref().ok_or(OfficerError::Unapproved)?;
    let pin = match context.env.get("ABSAH_SUPERVISOR_PIN") {
        Some(text) => Pin::parse(text)?,
        // ABSAH_PIN is the officer's.
        None => Pin::ask(&Env::of(&[]), &context.console)?,
    };
    app.supervisor(by, pin.expose(), context.clock.now()).await?;
    Ok(Approved { by: by.to_owned(), reason: String::new() })
}

/// The name that an answer is filed under here: where there are officers, one of theirs, with the PIN.
///
/// # Errors
/// `Wrong`, `Wait`; those of the PIN.
pub(super) async fn named(app: &App, said: Option<&str>, context: &mut Context) -> Result<String, Failure> {
    let name = app.settings().text("officer", said)?.unwrap_or_default().trim().to_owned();
    let officers = app.store().officers().await?;
    if name.is_empty() || officers.is_empty() {
        return Ok(name);
    }
    if officers.iter().all(|officer| officer.name != name) {
        return Err(OfficerError::Wrong.into());
    }
    let pin = Pin::ask(&context.env, &context.console)?;
    app.check_pin(&name, pin.expose(), context.clock.now()).await?;
    Ok(name)
}
