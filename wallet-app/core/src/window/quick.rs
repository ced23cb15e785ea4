//! Showing quickly, without a request (flow B): chosen, agreed to, under the PIN; then one code after another until the
//! showing ends or the PIN takes the device back.
//!
//! ```text
//!  Quick ──kind──► QuickConsent ──yes──► PIN ──► QuickCode (in other hands) ──PIN──► Done
//!                                                 └─ next code, every 30 s ─┘
//! ```

use absah_types::Timestamp;

use crate::{
    CardId,
    intent::{Env, Intent},
    one_scan::{CHOICES, facts_of_choice},
    prompt::{OneScanCode, SharedAnswer},
    window::{
        Window,
        press::Task,
        screen::{No, PinFor, QuickConsent, Screen},
    },
};

/// What is shown while the device may be in other hands.
#[derive(Clone, Debug)]
pub(super) enum Handed {
    /// The answer to a request.
    Answer(SharedAnswer),
    /// Codes without a request.
    Codes {
        /// The code of now; without frames once there is none.
        code: OneScanCode,
        /// Why there is none, unless the time is over.
        trouble: Option<No>,
    },
}

impl Handed {
    pub(super) fn screen(&self) -> Screen {
        match self.clone() {
            Self::Answer(answer) => Screen::Qr(answer),
            Self::Codes { code, trouble } => Screen::QuickCode { code, trouble },
        }
    }

    /// Ends what needs the keys: further codes. Whether there were any.
    pub(super) fn end(&mut self) -> bool {
        match self {
            Self::Answer(_) => false,
            Self::Codes { code, .. } => {
                code.frames.clear();
                true
            }
        }
    }

    /// The screen once the PIN has taken the device back.
    pub(super) fn taken_back(self) -> Screen {
        match self {
            Self::Answer(answer) => Screen::Done(answer),
            Self::Codes { trouble: Some(no), .. } => Screen::Refused(no),
            Self::Codes { code, trouble: None } => {
                Screen::Done(SharedAnswer { entry: code.entry, frames: Vec::new(), redirect: None })
            }
        }
    }
}

impl Window {
    /// A kind of service was chosen: what would be shown to it.
    pub(super) fn choose_quick(&mut self, word: &str, env: &mut Env<'_>) -> Vec<Task> {
        let Some((choice, _)) = CHOICES.into_iter().find(|(name, _)| *name == word) else {
            return Vec::new();
        };
        let tasks = self.stop(env);
        let names = facts_of_choice(choice).unwrap_or_default();
        self.screen = match self.wallet.preview(&names, env) {
            Ok(facts) => Screen::QuickConsent(QuickConsent { choice, facts }),
            Err(refusal) => self.refusal(&refusal),
        };
        tasks
    }

    /// The same with another person's card.
    pub(super) fn quick_of(&mut self, card: CardId, env: &mut Env<'_>) -> Vec<Task> {
        let Screen::QuickConsent(consent) = &self.screen else { return Vec::new() };
        let choice = consent.choice;
        self.shown_from = Some(card);
        self.wallet.prefer(self.shown_from.clone());
        self.choose_quick(choice, env)
    }

    /// Agreed to: the PIN is asked for.
    pub(super) fn agree_quick(&mut self, consent: QuickConsent) -> Vec<Task> {
        self.quick = Some(consent);
        self.ask_pin(PinFor::Quick)
    }

    /// The PIN is right: the first code.
    pub(super) fn begin_quick(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        let Some(consent) = self.quick.take() else { return Vec::new() };
        let facts = facts_of_choice(consent.choice).unwrap_or_default();
        self.begin(Intent::OneScan { facts }, env)
    }

    pub(super) fn show_code(&mut self, code: OneScanCode) -> Screen {
        let handed = Handed::Codes { code, trouble: None };
        let screen = handed.screen();
        self.handed = Some(handed);
        screen
    }

    /// The code has been on the screen for its time: the next one, unless the showing is over.
    pub(super) fn next_code(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        let (Some(Handed::Codes { code, .. }), Screen::QuickCode { .. }) = (&mut self.handed, &self.screen)
        else {
            return Vec::new();
        };
        if code.frames.is_empty() {
            return Vec::new();
        }
        if is_over(code, env.now) {
            code.frames.clear();
            self.screen = Screen::QuickCode { code: code.clone(), trouble: None };
            return Vec::new();
        }
        if env.now < code.renew_at {
            return Vec::new();
        }
        let facts = code.facts.iter().map(|fact| fact.path.clone()).collect();
        self.core(Intent::OneScan { facts }, env)
    }

    /// There is no further code. Whoever has the device in hand sees why, and still needs the PIN for anything else.
    pub(super) fn stop_codes(&mut self, no: No) -> bool {
        let Some(Handed::Codes { code, trouble }) = &mut self.handed else { return false };
        code.frames.clear();
        *trouble = Some(no);
        self.screen = Screen::QuickCode { code: code.clone(), trouble: Some(no) };
        true
    }
}

/// A showing ends by the time it was given; a clock that was set back before its beginning ends it too.
fn is_over(code: &OneScanCode, now: Timestamp) -> bool {
    now >= code.ends_at || now < code.entry.at
}
