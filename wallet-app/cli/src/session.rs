//! One command's use of the wallet: the vault is opened, the core is driven, its effects are done.

use absah_crypto::envelope::KdfParams;
use absah_host::{CommonArgs, Context, DataDir, Pin, Reach, Settings, WriterLock};
use absah_protocol::UrlRules;
use absah_types::{Secret, array};
use absah_wallet_core::{Effect, Env, Intent, Prompt, Wallet};
use absah_wallet_store::{Folder, Opened, SoftwareKeys, Vault, VaultError};

use crate::{error::WalletError, network};

/// An open wallet. Others are kept out as long as it lives.
pub(crate) struct Session {
    wallet: Wallet,
    keys: SoftwareKeys,
    vault: Vault<Folder>,
    reach: Reach,
    _lock: WriterLock,
}

/// What comes after a prompt.
pub(crate) enum Next {
    /// This intent.
    Intent(Intent),
    /// Nothing: the prompt is the result.
    Done,
}

/// Answers a prompt.
pub(crate) type Decide<'a> = dyn FnMut(&Prompt, &Wallet, &mut Context) -> Result<Next, WalletError> + 'a;

impl Session {
    /// Opens the vault with the PIN; the first use makes it.
    pub(crate) fn open(common: &CommonArgs, context: &mut Context) -> Result<Self, WalletError> {
        let dir = DataDir::open("wallet", common.data_dir.as_deref(), &context.env)?;
        let settings = Settings::load(&dir, &context.env, &[])?;
        let reach = settings.reach(common.dev_loopback)?;
        reach.announce(&mut context.console);
        let lock = dir.lock()?;
        let folder = Folder::new(dir.path());
        let (vault, opened) = if Vault::exists(&folder)? {
            let pin = Pin::ask(&context.env, &context.console)?;
            Vault::open(folder, &secret(&pin))?
        } else {
            let pin = Pin::ask_new(&context.env, &context.console)?;
            let cost = KdfParams::usual(array(&mut *context.rng));
            let vault = Vault::create(folder, &secret(&pin), cost, &mut *context.rng)?;
            (vault, Opened::default())
        };
        let Opened { holdings, keys, bundle } = opened;
        Ok(Self { wallet: Wallet::open(holdings, bundle), keys, vault, reach, _lock: lock })
    }

    /// Which addresses may be talked to.
    pub(crate) fn reach(&self) -> Reach {
        self.reach
    }

    /// The state as it is now.
    pub(crate) fn wallet(&self) -> &Wallet {
        &self.wallet
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
                match effect {
                    Effect::Persist => self.save(context)?,
                    Effect::NewKeys { n } => {
                        next = Some(Intent::KeysMade(self.keys.make(n, &mut *context.rng)))
                    }
                    Effect::Sign(signings) => next = Some(Intent::Signed(self.keys.sign(&signings)?)),
                    Effect::DropKeys(ids) => self.keys.forget(&ids),
                    Effect::Fetch(fetch) => {
                        next = Some(Intent::Fetched(network::fetch(&fetch, self.reach).await))
                    }
                    Effect::Show(prompt) => match decide(&prompt, &self.wallet, context)? {
                        Next::Intent(intent) => next = Some(intent),
                        Next::Done => return Ok(*prompt),
                    },
                }
            }
            intent = next.ok_or(WalletError::Stalled)?;
        }
    }

    fn step(&mut self, intent: Intent, context: &mut Context) -> Vec<Effect> {
        let urls = match self.reach {
            Reach::PublicOnly => UrlRules::HttpsOnly,
            Reach::DevLoopback => UrlRules::DevLoopback,
        };
        let mut env = Env { now: context.clock.now(), rng: &mut *context.rng, urls };
        let (wallet, effects) = std::mem::take(&mut self.wallet).step(intent, &mut env);
        self.wallet = wallet;
        effects
    }

    /// Keys that no card refers to are left behind: those of an offer that came to nothing.
    fn save(&mut self, context: &mut Context) -> Result<(), VaultError> {
        self.keys.retain(&self.wallet.keys_in_use());
        self.vault.save(self.wallet.holdings(), &self.keys, self.wallet.bundle_files(), &mut *context.rng)
    }
}

fn secret(pin: &Pin) -> Secret<String> {
    Secret::new(pin.expose().to_owned())
}
