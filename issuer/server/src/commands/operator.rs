//! `operator invite`, `operator reinvite`, `operator list`: the first officers; later ones are invited at the console.

use absah_host::Exit;
use absah_issuer_core::operator::Role;
use absah_types::{array, coded};
use serde_json::{Value, json};

use super::{Desk, Failure, Outcome};
use crate::console::is_login;
use crate::http::{grouped, random_code};
use crate::store::{INVITATION_LIFE, NewOperator, Operator, invitation_key};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Invites somebody: prints a code that works once. Once the first officer has signed in, two officers must agree at
    /// the console, and each gets half of the code.
    Invite(InviteArgs),
    /// Makes another code for somebody who was invited before.
    Reinvite {
        /// The name for signing in.
        login: String,
    },
    /// Lists the officers.
    List,
}

#[derive(Debug, clap::Args)]
pub(super) struct InviteArgs {
    /// The name for signing in: small letters, digits, dots, dashes.
    #[arg(long)]
    pub(super) login: String,
    /// The person's name.
    #[arg(long)]
    pub(super) name: String,
    /// pendaftar, penyetuju, auditor or admin.
    #[arg(long)]
    pub(super) role: String,
}

/// Nobody is invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperatorError {
    /// The name for signing in is malformed or taken.
    Login,
    /// The person's name is empty or too long.
    Name,
    /// There is no such role.
    Role,
    /// There is no such officer.
    Unknown,
}

impl core::fmt::Display for OperatorError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Login => "name for signing in malformed or taken",
            Self::Name => "name empty or too long",
            Self::Role => "no such role",
            Self::Unknown => "no such officer",
        })
    }
}

impl core::error::Error for OperatorError {}

coded! { OperatorError {
    Login => ("operator-login", User),
    Name => ("operator-name", User),
    Role => ("operator-role-unknown", User),
    Unknown => ("operator-unknown", User),
} }

impl InviteArgs {
    /// Login, name and role as they can be kept.
    pub(super) fn parse(&self) -> Result<(String, String, Role), OperatorError> {
        let (login, name) = (self.login.trim(), self.name.trim());
        if !is_login(login) {
            return Err(OperatorError::Login);
        }
        if name.is_empty() || name.chars().count() > 80 || name.chars().any(char::is_control) {
            return Err(OperatorError::Name);
        }
        let role = Role::of_name(self.role.trim()).ok_or(OperatorError::Role)?;
        Ok((login.to_owned(), name.to_owned(), role))
    }
}

pub(super) fn run(command: &Command, desk: &mut Desk<'_>) -> Outcome {
    match command {
        Command::Invite(args) => invite(args, desk),
        Command::Reinvite { login } => reinvite(login, desk),
        Command::List => list(desk),
    }
}

fn tell(operator: i64, code: &str, expires_at: absah_types::Timestamp, context: &mut absah_host::Context) {
    if context.console.json() {
        context.console.answer(&json!({
            "operator": operator,
            "invitation": grouped(code),
            "expires_at": expires_at.to_string(),
        }));
    } else {
        context.console.line(&grouped(code));
        context.console.line(&expires_at.to_string());
    }
}

fn invite(args: &InviteArgs, desk: &mut Desk<'_>) -> Outcome {
    let (login, name, role) = args.parse()?;
    desk.with_store(async |store, context| {
        let now = context.clock.now();
        let code = random_code(context.rng.as_mut());
        let expires_at = now.plus(INVITATION_LIFE);
        let who = NewOperator { handle: array(context.rng.as_mut()), login, name, role };
        let invited = store.invite_operator(who, (invitation_key(&code), expires_at), now).await?;
        let operator = invited.ok_or(OperatorError::Login)?;
        tell(operator, &code, expires_at, context);
        Ok(Exit::Ok)
    })
}

fn reinvite(login: &str, desk: &mut Desk<'_>) -> Outcome {
    desk.with_store(async |store, context| {
        let found = store.operator_of_login(login.trim()).await?.ok_or(OperatorError::Unknown)?;
        let now = context.clock.now();
        let code = random_code(context.rng.as_mut());
        let expires_at = now.plus(INVITATION_LIFE);
        if !store.invite_again(found.id, (invitation_key(&code), expires_at), now).await? {
            return Err(Failure::from(OperatorError::Unknown));
        }
        tell(found.id, &code, expires_at, context);
        Ok(Exit::Ok)
    })
}

fn list(desk: &mut Desk<'_>) -> Outcome {
    desk.with_store(async |store, context| {
        let operators = store.operators().await?;
        if context.console.json() {
            let line = |one: &Operator| -> Value {
                json!({
                    "id": one.id,
                    "login": one.login,
                    "name": one.name,
                    "role": one.role.as_str(),
                    "enrolled_at": one.enrolled_at.map(|at| at.to_string()),
                    "disabled_at": one.disabled_at.map(|at| at.to_string()),
                    "authenticators": one.authenticators(),
                })
            };
            context.console.answer(&operators.iter().map(line).collect::<Vec<_>>());
        } else {
            for one in operators {
                context.console.line(&format!(
                    "{} {} {} {}",
                    one.id,
                    one.login,
                    one.role.as_str(),
                    one.authenticators()
                ));
            }
        }
        Ok(Exit::Ok)
    })
}
