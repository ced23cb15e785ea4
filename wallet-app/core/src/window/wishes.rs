//! What is asked of the registry with an identity card as proof: a letter, a paper card, a code for a lost phone, a
//! correction, a deletion.
//!
//! ```text
//!  Letters ──kind──► Letter (filled in) ──► WishConsent ──yes──► PIN ──► Wished: it waits
//!  Card ──► Paper (one or the other size) ─────────yes──────────► PIN ──► PaperMade: the file
//!  Tell (what is wrong, what is to be deleted) ────send─────────► PIN ──► Wished: it waits
//!  Emergency ──────────────────────────────────────make─────────► PIN ──► Wished: the code
//! ```
//!
//! What was typed stays until the registry has it: not a refusal, nor a way back, nor a missing network loses it.

use std::collections::BTreeMap;

use absah_protocol::wishes::{Answer, Wish, ticket_text};
use absah_schemas::CredentialType;
use absah_schemas::letters::{self, LetterError};
use absah_types::{Coded as _, Lang, Timestamp, base64url};

use crate::{
    card::CardId,
    intent::{Env, Intent},
    proving,
    refusal::Refusal,
    shown::Shown,
    wallet::Wallet,
    window::{
        Window,
        press::{Task, Trouble},
        screen::{No, PinFor, Place, Screen},
    },
};

/// A letter being filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct LetterForm {
    /// Name of its template.
    pub letter: &'static str,
    /// The identity card of who asks.
    pub card: CardId,
    /// What was typed, by the name of the field.
    pub typed: BTreeMap<String, String>,
    /// Fields that cannot stay so.
    pub problems: Vec<(&'static str, LetterError)>,
}

/// What is written to the registry in one's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Something in the record is wrong.
    Correction,
    /// Something is to be deleted.
    Deletion,
}

impl Topic {
    const fn place(self) -> Place {
        match self {
            Self::Correction => Place::Correct,
            Self::Deletion => Place::Delete,
        }
    }
}

/// What would be asked of the registry.
#[derive(Clone, Debug, PartialEq)]
pub struct WishConsent {
    /// What.
    pub wish: Wish,
    /// The card that proves who asks.
    pub card: CardId,
}

/// What is on its way to the registry, and what has been typed for it.
#[derive(Debug, Default)]
pub(super) struct Asking {
    /// What the PIN is asked for; kept until the registry has answered.
    consent: Option<WishConsent>,
    /// What was typed, by template.
    typed: BTreeMap<&'static str, BTreeMap<String, String>>,
    /// What was written of the record.
    told: BTreeMap<Topic, String>,
    /// The paper card that came, until the person goes elsewhere: there is none other on the same day.
    paper: Option<Paper>,
}

#[derive(Debug)]
struct Paper {
    card: CardId,
    a4: bool,
    name: &'static str,
    pdf: Vec<u8>,
}

impl Asking {
    pub(super) fn forget_paper(&mut self) {
        self.paper = None;
    }

    /// Something else is asked for: an answer is not taken for that to what was refused before. What was typed stays.
    pub(super) fn forget_consent(&mut self) {
        self.consent = None;
    }
}

impl Wallet {
    /// The people who can ask the registry for something with an identity card on this device, each with the card; newest
    /// first.
    pub fn askers(&self, now: Timestamp) -> Vec<(CardId, Option<Shown>)> {
        // A helper asks for nothing in the name of whose card is only carried.
        let stack = self.stack(now).into_iter().filter(|one| one.carried_until.is_none());
        let asker = stack.filter_map(|one| {
            let proves = one.forms.iter().map(|form| form.card).find(|card| {
                card.kind() == Some(CredentialType::KtpElektronik)
                    && self.is_of_registry(card)
                    && card.is_current(now)
                    && !card.copies.is_empty()
            });
            proves.map(|card| (card.id.clone(), one.name.clone()))
        });
        asker.collect()
    }
}

impl Window {
    /// The letters there are; a letter that could not be sent is shown again as it was typed.
    pub(super) fn open_letters(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        let unsent = self.asking.consent.take();
        let tasks = self.leave(env);
        match unsent.map(|consent| consent.wish) {
            Some(Wish::Letter { letter, .. }) => self.choose_letter(&letter, env),
            _ => self.show(Screen::Letters),
        };
        tasks
    }

    /// A kind of letter was chosen.
    pub(super) fn choose_letter(&mut self, kind: &str, env: &Env<'_>) -> Vec<Task> {
        let (Ok(template), Some((card, _))) =
            (letters::template(kind), self.wallet.askers(env.now).into_iter().next())
        else {
            return self.show(Screen::Letters);
        };
        let letter = template.id.as_str();
        let typed = self.asking.typed.get(letter).cloned().unwrap_or_default();
        self.show(Screen::Letter(LetterForm { letter, card, typed, problems: Vec::new() }))
    }

    /// The letter was filled in: each field that cannot stay so is named, else the consent follows.
    pub(super) fn fill_letter(
        &mut self,
        form: LetterForm,
        (card, fields): (CardId, BTreeMap<String, String>),
        env: &Env<'_>,
    ) -> Vec<Task> {
        let Ok(template) = letters::template(form.letter) else { return Vec::new() };
        if !self.wallet.askers(env.now).iter().any(|(own, _)| *own == card) {
            return Vec::new();
        }
        let known = |name: &str| template.fields.iter().any(|field| field.name == name);
        let typed: BTreeMap<_, _> = fields.into_iter().filter(|(name, _)| known(name)).collect();
        self.asking.typed.insert(form.letter, typed.clone());
        let problems: Vec<(&'static str, LetterError)> = template
            .fields
            .iter()
            .filter_map(|field| {
                let value = typed.get(&field.name).map_or("", String::as_str);
                field.check(value).err().map(|error| (field.name.as_str(), error))
            })
            .collect();
        if !problems.is_empty() {
            return self.show(Screen::Letter(LetterForm { card, typed, problems, ..form }));
        }
        let fields = typed.into_iter().map(|(name, value)| (name, value.trim().to_owned()));
        let fields = fields.filter(|(_, value)| !value.is_empty()).collect();
        let wish = Wish::Letter { letter: form.letter.to_owned(), fields };
        self.show(Screen::WishConsent(WishConsent { wish, card }))
    }

    /// The size of the paper card was chosen and agreed to.
    pub(super) fn agree_paper(&mut self, card: CardId, a4: bool, lang: Lang) -> Vec<Task> {
        let wish = Wish::Paper { lang: lang.tag().to_owned(), a4 };
        self.agree_wish(WishConsent { wish, card })
    }

    /// Something is asked without a form, by the person with this card, else by whoever is the only one. What only reads goes
    /// ahead; all else needs the PIN, as an answer does.
    pub(super) fn wish(&mut self, wish: Wish, card: Option<CardId>, env: &mut Env<'_>) -> Vec<Task> {
        self.asking.forget_consent();
        match (wish, card) {
            (wish @ Wish::Tickets, Some(card)) => self.begin(Intent::WishBy { wish, card }, env),
            (wish @ Wish::Tickets, None) => self.begin(Intent::Wish(wish), env),
            (wish @ Wish::PhoneCode, Some(card)) => self.agree_wish(WishConsent { wish, card }),
            (wish @ Wish::PhoneCode, None) => self.agree_by_any(wish, env),
            (Wish::Correction { text }, card) => self.tell(Topic::Correction, text, card, env),
            (Wish::Deletion { text }, card) => self.tell(Topic::Deletion, text, card, env),
            // Only from their forms.
            (Wish::Letter { .. } | Wish::Paper { .. }, _) => Vec::new(),
        }
    }

    /// What was written stays until the registry has it; what the registry would refuse is said beside the field.
    fn tell(&mut self, about: Topic, typed: String, card: Option<CardId>, env: &mut Env<'_>) -> Vec<Task> {
        let text = ticket_text(&typed).map(str::to_owned);
        self.asking.told.insert(about, typed);
        let wish = match (about, text) {
            (_, Err(problem)) => return self.show(Screen::Tell { about, problem: Some(problem) }),
            (Topic::Correction, Ok(text)) => Wish::Correction { text },
            (Topic::Deletion, Ok(text)) => Wish::Deletion { text },
        };
        match card {
            Some(card) => self.agree_wish(WishConsent { wish, card }),
            // Of several people none signs for another without having been chosen.
            None if self.wallet.askers(env.now).len() > 1 => self.show(Screen::Tell { about, problem: None }),
            None => self.agree_by_any(wish, env),
        }
    }

    /// What was written of this and has not reached the registry.
    pub fn written(&self, about: Topic) -> &str {
        self.asking.told.get(&about).map_or("", String::as_str)
    }

    /// The best card proves who asks; without one, that is said at once.
    fn agree_by_any(&mut self, wish: Wish, env: &mut Env<'_>) -> Vec<Task> {
        match proving::card(&self.wallet, None, env).map(|card| card.id.clone()) {
            Ok(card) => self.agree_wish(WishConsent { wish, card }),
            Err(_) => self.begin(Intent::Wish(wish), env),
        }
    }

    /// Agreed to: the PIN is asked for.
    pub(super) fn agree_wish(&mut self, consent: WishConsent) -> Vec<Task> {
        self.asking.consent = Some(consent);
        self.ask_pin(PinFor::Wish)
    }

    /// Back from the PIN.
    pub(super) fn back_to_wish(&mut self) -> Vec<Task> {
        let screen = match self.asking.consent.take() {
            Some(WishConsent { wish: Wish::Paper { .. }, card }) => Screen::Paper(card),
            Some(WishConsent { wish: Wish::PhoneCode, .. }) => Screen::Emergency,
            Some(WishConsent { wish: Wish::Correction { .. }, .. }) => Topic::Correction.place().screen(),
            Some(WishConsent { wish: Wish::Deletion { .. }, .. }) => Topic::Deletion.place().screen(),
            Some(consent) => Screen::WishConsent(consent),
            None => Screen::Ask,
        };
        self.show(screen)
    }

    /// Back from the consent: the letter as it was typed.
    pub(super) fn back_to_letter(&mut self, consent: WishConsent) -> Vec<Task> {
        let Wish::Letter { letter, .. } = &consent.wish else { return self.show(Screen::Letters) };
        let Ok(template) = letters::template(letter) else { return self.show(Screen::Letters) };
        let letter = template.id.as_str();
        let typed = self.asking.typed.get(letter).cloned().unwrap_or_default();
        self.show(Screen::Letter(LetterForm { letter, card: consent.card, typed, problems: Vec::new() }))
    }

    /// The PIN is right: it is asked.
    pub(super) fn begin_wish(&mut self, env: &mut Env<'_>) -> Vec<Task> {
        let Some(WishConsent { wish, card }) = self.asking.consent.clone() else { return Vec::new() };
        self.begin(Intent::WishBy { wish, card }, env)
    }

    /// Where trying again leads after the registry, or the network, said no.
    pub(super) fn wish_again(&self) -> Option<Place> {
        match &self.asking.consent {
            Some(WishConsent { wish: Wish::Letter { .. }, .. }) => Some(Place::Letters),
            Some(WishConsent { wish: Wish::Paper { .. }, .. }) => None,
            Some(WishConsent { wish: Wish::PhoneCode, .. }) => Some(Place::Emergency),
            Some(WishConsent { wish: Wish::Correction { .. }, .. }) => Some(Place::Correct),
            Some(WishConsent { wish: Wish::Deletion { .. }, .. }) => Some(Place::Delete),
            _ => Some(Place::Ask),
        }
    }

    /// What the registry said.
    pub(super) fn wished(&mut self, answer: Answer) -> Screen {
        let consent = self.asking.consent.take();
        let card = consent.as_ref().map(|consent| consent.card.clone());
        match consent.map(|consent| consent.wish) {
            Some(Wish::Letter { letter, .. }) => {
                self.asking.typed.remove(letter.as_str());
                Screen::Wished(answer)
            }
            Some(Wish::Paper { a4, .. }) => {
                let pdf = answer.paper.as_deref().and_then(|text| base64url::decode(text).ok());
                let pdf = pdf.filter(|pdf| pdf.starts_with(b"%PDF-"));
                let (Some(pdf), Some(card)) = (pdf, card) else {
                    let refusal = Refusal::WishUnreadable;
                    return Screen::Refused(No { code: refusal.code(), fault: refusal.fault(), retry: None });
                };
                let name = if a4 { "absah-kartu-kertas-A4.pdf" } else { "absah-kartu-kertas-A6.pdf" };
                self.asking.paper = Some(Paper { card, a4, name, pdf });
                Screen::PaperMade { file: None, trouble: None }
            }
            Some(Wish::Correction { .. }) => {
                self.asking.told.remove(&Topic::Correction);
                Screen::Wished(answer)
            }
            Some(Wish::Deletion { .. }) => {
                self.asking.told.remove(&Topic::Deletion);
                Screen::Wished(answer)
            }
            Some(Wish::PhoneCode | Wish::Tickets) | None => Screen::Wished(answer),
        }
    }

    /// Writes the paper card that is here.
    pub(super) fn write_paper(&self) -> Vec<Task> {
        let write = |paper: &Paper| Task::WriteFile { name: paper.name, bytes: paper.pdf.clone() };
        self.asking.paper.iter().map(write).collect()
    }

    /// It is written, or not: then it stays here for another try.
    pub(super) fn paper_written(&mut self, written: Result<String, Trouble>, env: &mut Env<'_>) -> Vec<Task> {
        if !matches!(self.screen, Screen::PaperMade { .. }) {
            return Vec::new();
        }
        match written {
            Ok(file) => {
                self.screen = Screen::PaperMade { file: Some(file), trouble: None };
                let saved = self.asking.paper.as_ref().map(|paper| (paper.card.clone(), paper.a4));
                saved.map_or_else(Vec::new, |(card, a4)| self.core(Intent::PaperSaved { card, a4 }, env))
            }
            Err(trouble) => self.show(Screen::PaperMade { file: None, trouble: Some(trouble.code) }),
        }
    }
}
