//! One command's use of the wallet: the vault is opened, the core is driven, its effects are done.

use std::time::Duration;

use absah_host::{CommonArgs, Context, DataDir, Pin, Reach, Settings};
use absah_types::Secret;
use absah_wallet_core::window::{Backup, Locks};
use absah_wallet_core::{BundleFiles, CardId, Effect, Env, Event, Fact, Intent, Prompt, Refusal, Wallet};
use absah_wallet_shell::{DesktopKeys, Done, OpenVault, fetch, url_rules};
use absah_wallet_store::{Folder, RecoveryCode, Vault};

use crate::error::WalletError;

/// An open wallet. Others are kept out as long as it lives.
pub(crate) struct Session {
    wallet: Wallet,
    vault: OpenVault,
    pin: Secret<String>,
    reach: Reach,
}

/// What comes after a prompt.
pub(crate) enum Next {
    /// This intent.
    Intent(Intent),
    /// Nothing: the prompt is the result.
    Done,
}

/// How long another program, such as the window, may keep the wallet before the person is told.
const PATIENCE: Duration = Duration::from_secs(10);

/// Answers a prompt.
pub(crate) type Decide<'a> = dyn FnMut(&Prompt, &Wallet, &mut Context) -> Result<Next, WalletError> + 'a;

impl Session {
    /// Opens the vault with the PIN; the first use makes it.
    pub(crate) fn open(common: &CommonArgs, context: &mut Context) -> Result<Self, WalletError> {
        let dir = DataDir::open("wallet", common.data_dir.as_deref(), &context.env)?;
        let settings = Settings::load(&dir, &context.env, &[])?;
        let reach = settings.reach(common.dev_loopback)?;
        reach.announce(&mut context.console);
        dir.keep_private()?;
        let lock = dir.lock_within(PATIENCE)?;
        let keys = DesktopKeys::of(&context.env);
        let (mut vault, mut wallet, pin) = if Vault::exists(&Folder::new(dir.path()))? {
            let pin = secret(&Pin::ask(&context.env, &context.console)?);
            let (vault, opened) = OpenVault::open(&dir, lock, keys, &pin)?;
            (vault, Wallet::open(opened.holdings, opened.bundle), pin)
        } else {
            let pin = secret(&Pin::ask_new(&context.env, &context.console)?);
            let vault = OpenVault::create(&dir, lock, keys, &pin, &mut *context.rng)?;
            (vault, Wallet::default(), pin)
        };
        // After `recovery anew`, or when its own is gone.
        if wallet.bundle_files().is_none()
            && let Some(files) = vault.inherited(wallet.holdings())
            && wallet.inherit(files, context.clock.now())
        {
            vault.perform(Effect::Persist, &wallet, &mut *context.rng)?;
        }
        Ok(Self { wallet, vault, pin, reach })
    }

    /// A fresh recovery code, not yet in force.
    pub(crate) fn new_recovery(context: &mut Context) -> RecoveryCode {
        RecoveryCode::generate(&mut *context.rng)
    }

    /// Puts the vault under it; what opens the vault before and after.
    pub(crate) fn keep_recovery(
        &mut self,
        code: &RecoveryCode,
        context: &mut Context,
    ) -> Result<(Locks, Locks), WalletError> {
        let before = self.vault.locks();
        self.vault.keep_recovery(code, &self.pin, &self.wallet, &mut *context.rng)?;
        Ok((before, self.vault.locks()))
    }

    /// What would be shown without a request.
    pub(crate) fn preview(&self, facts: &[String], context: &mut Context) -> Result<Vec<Fact>, Refusal> {
        let urls = url_rules(self.reach);
        let env = Env { now: context.clock.now(), rng: &mut *context.rng, urls };
        self.wallet.preview(facts, &env)
    }

    /// Which addresses may be talked to.
    pub(crate) fn reach(&self) -> Reach {
        self.reach
    }

    /// The state as it is now.
    pub(crate) fn wallet(&self) -> &Wallet {
        &self.wallet
    }

    /// Proposes this card's holder before other people.
    pub(crate) fn prefer(&mut self, card: CardId) -> Result<(), WalletError> {
        if !self.wallet.holdings().cards.iter().any(|one| one.id == card) {
            return Err(Refusal::NoSuchCard.into());
        }
        self.wallet.prefer(Some(card));
        Ok(())
    }

    /// Takes over what a backup has and this wallet has not, and keeps it; its official list, where this wallet has none, is
    /// left to be compared.
    pub(crate) fn restore(
        &mut self,
        backup: Backup,
        context: &mut Context,
    ) -> Result<Option<BundleFiles>, WalletError> {
        let (wallet, list) = std::mem::take(&mut self.wallet).restored(backup);
        self.wallet = wallet;
        self.vault.perform(Effect::Persist, &self.wallet, &mut *context.rng)?;
        Ok(list)
    }

    /// The paper card that came last is written: the history tells so.
    pub(crate) fn paper_saved(&mut self, a4: bool, context: &mut Context) -> Result<(), WalletError> {
        let card = self.wallet.holdings().history.iter().rev().find_map(|entry| match &entry.event {
            Event::Paper(paper) => Some(paper.card.clone()),
            _ => None,
        });
        let Some(card) = card else { return Ok(()) };
        for effect in self.step(Intent::PaperSaved { card, a4 }, context) {
            self.vault.perform(effect, &self.wallet, &mut *context.rng)?;
        }
        Ok(())
    }

    /// Drives the core from `intent` until a prompt is the result. `decide` answers prompts that are questions.
    pub(crate) async fn drive(
        &mut self,
        intent: Intent,
        context: &mut Context,
        decide: &mut Decide<'_>,
    ) -> Result<Prompt, WalletError> {
        let mut intent = intent;
        loop {
            let effects = self.step(intent, context);
            let mut next = None;
            for effect in effects {
                match self.vault.perform(effect, &self.wallet, &mut *context.rng)? {
                    Done::Nothing => {}
                    Done::Next(intent) => next = Some(intent),
                    Done::Fetch(wanted) => next = Some(Intent::Fetched(fetch(&wanted, self.reach).await)),
                    Done::Show(prompt) => match decide(&prompt, &self.wallet, context)? {
                        Next::Intent(intent) => next = Some(intent),
                        Next::Done => return Ok(*prompt),
                    },
                }
            }
            intent = next.ok_or(WalletError::Stalled)?;
        }
    }

    fn step(&mut self, intent: Intent, context: &mut Context) -> Vec<Effect> {
        let urls = url_rules(self.reach);
        let mut env = Env { now: context.clock.now(), rng: &mut *context.rng, urls };
        let (wallet, effects) = std::mem::take(&mut self.wallet).step(intent, &mut env);
        self.wallet = wallet;
        effects
    }
}

/// The wallet, to be looked at and not changed: also while another program has it open. The first use makes it.
pub(crate) fn read(common: &CommonArgs, context: &mut Context) -> Result<Wallet, WalletError> {
    let dir = DataDir::open("wallet", common.data_dir.as_deref(), &context.env)?;
    let folder = Folder::new(dir.path());
    if !Vault::exists(&folder)? {
        return Ok(Session::open(common, context)?.wallet);
    }
    dir.keep_private()?;
    Settings::load(&dir, &context.env, &[])?.reach(common.dev_loopback)?.announce(&mut context.console);
    let pin = secret(&Pin::ask(&context.env, &context.console)?);
    let (_, opened) = Vault::open_on(folder, &pin, &DesktopKeys::of(&context.env))?;
    // The list lies beside the vault: it may have been replaced between two looks.
    if opened.bundle.is_none() && opened.holdings.trust.is_some() {
        return Ok(Session::open(common, context)?.wallet);
    }
    Ok(Wallet::open(opened.holdings, opened.bundle))
}

fn secret(pin: &Pin) -> Secret<String> {
    Secret::new(pin.expose().to_owned())
}
