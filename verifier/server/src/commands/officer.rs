//! `officer set|remove|list`: who may sign in at the page.

use absah_host::{CommonArgs, Context, Exit, Pin};
use serde_json::json;

use crate::app::App;
use crate::args::OfficerCommand;
use crate::error::Failure;
use crate::officers::OfficerError;

/// `--json` → `{"officers":[NAME],"supervisors":[NAME]}`.
pub(crate) async fn officer(
    common: &CommonArgs,
    command: &OfficerCommand,
    context: &mut Context,
) -> Result<Exit, Failure> {
    let app = App::open(common, context).await?;
    match command {
        OfficerCommand::Set { name, supervisor } => {
            let pin = Pin::ask_new(&context.env, &context.console)?;
            app.set_officer(name, &pin, *supervisor, &mut *context.rng).await?;
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
    let console = &mut context.console;
    if console.json() {
        console.answer(&json!({ "officers": names, "supervisors": supervisors }));
    } else {
        let word = console.text("counter-officer-supervisor");
        for name in &names {
            let right = if supervisors.contains(name) { format!("  {word}") } else { String::new() };
            console.line(&format!("{name}{right}"));
        }
    }
    Ok(Exit::Ok)
}
