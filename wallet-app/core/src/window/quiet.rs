//! What a window does with issuers when it is in contact with the network anyway: cards that were to come later are
//! fetched, batches filled up, issuers told what became of their cards. The screen stays as it is.

use std::collections::BTreeSet;

use crate::{
    effect::Effect,
    intent::{Env, Intent},
    pending::Contact,
    prompt::Prompt,
    window::{Screen, Task, Window},
};

/// One round of contacts.
#[derive(Debug, Default)]
pub(super) struct Quiet {
    on: bool,
    tried: BTreeSet<Contact>,
}

impl Quiet {
    pub(super) fn is_on(&self) -> bool {
        self.on
    }

    pub(super) fn end(&mut self) {
        *self = Self::default();
    }
}

impl Window {
    /// After something came from the network, while nothing else is asked of the person.
    pub(super) fn settle(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        // Never beside an answer to somebody: an issuer that hears from a wallet just then could tell when it was used.
        let in_contact = matches!(
            self.screen,
            Screen::Added(_) | Screen::Wished(_) | Screen::Access | Screen::TrustUpdated(_)
        );
        if !in_contact || !self.wallet.is_idle() || self.quiet.on {
            return Vec::new();
        }
        self.next_contact(env)
    }

    fn next_contact(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        match self.wallet.next_contact(env.now, &self.quiet.tried) {
            Some(contact) => {
                self.quiet.on = true;
                self.quiet.tried.insert(contact.clone());
                self.quietly(contact.intent(), env)
            }
            None => {
                self.quiet.end();
                Vec::new()
            }
        }
    }

    /// One step of the core that nobody looks at.
    pub(super) fn quietly(&mut self, intent: Intent, env: &mut Env<'_>) -> Vec<Task> {
        let (wallet, effects) = std::mem::take(&mut self.wallet).step(intent, env);
        self.wallet = wallet;
        let mut tasks = Vec::new();
        for effect in effects {
            match effect {
                Effect::Show(prompt) => {
                    if let Prompt::Received(cards) = *prompt {
                        // Once in a round, also where an issuer gives so few copies that they are due again at once.
                        self.quiet.tried.extend(cards.into_iter().map(|one| Contact::Renew(one.card)));
                    }
                }
                effect => tasks.push(Task::Core(effect)),
            }
        }
        if self.wallet.is_idle() {
            tasks.extend(self.next_contact(env));
        }
        tasks
    }

    /// The person wants something else: it takes precedence, and what was due is due again.
    pub(super) fn stop_quiet(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        self.quiet.end();
        let (wallet, effects) = std::mem::take(&mut self.wallet).step(Intent::Refuse, env);
        self.wallet = wallet;
        effects.into_iter().filter(|one| !matches!(one, Effect::Show(_))).map(Task::Core).collect()
    }
}
