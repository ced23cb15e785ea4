//! `officer set|remove|list`: who may sign in at the page.

use absah_host::{CommonArgs, Context, Exit, Password, Pin};
use serde_json::json;

use crate::app::App;
use crate::args::OfficerCommand;
use crate::error::Failure;
use crate::officers::OfficerError;

/// `--json` → `{"officers":[NAME],"supervisors":[NAME],"without_password":[NAME]}`.
pub(crate) async fn officer(
    common: &CommonArgs,
    command: &OfficerCommand,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    match command {
        OfficerCommand::Set { name, supervisor } => {
            let pin = Pin::ask_new(&context.env, &context.console)?;
            let password = Password::ask_new(&context.env, &context.console)?;
            app.set_officer(name, (&pin, password.as_ref()), *supervisor, &mut *context.rng).await?;
        }
        OfficerCommand::Remove { name } => {
            if !app.store().remove_officer(name).await? {
                return Err(OfficerError::Wrong.into());
            }
        }
        OfficerCommand::List => {}
    }
    let names: Vec<String> = app.store().officers().await?.into_iter().map(|officer| officer.name).collect();
    let supervisors = app.supervisors().await?;
    let without_password = app.without_password().await?;
    let console = &mut context.console;
    if console.json() {
        let said = json!({
            "officers": names, "supervisors": supervisors, "without_password": without_password,
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
    }
    Ok(Exit::Ok)
}
