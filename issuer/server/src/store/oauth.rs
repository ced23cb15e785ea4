//! Authorizations, refresh tokens, deferred cards and what wallets report: all by digests, so that a stolen file opens
//! nothing.

use absah_credential::{Format, KeyAssurance};
use absah_crypto::{Jwk, PublicKey, sha256_concat};
use absah_issuer_core::offer::{Grant, notification_id, token_key};
use absah_issuer_core::ports::{ActKind, NewToken, StoreError};
use absah_protocol::oid4vci::issuer::grants::REFRESH_LIFE;
use absah_protocol::oid4vci::issuer::token::TOKEN_LIFE;
use absah_protocol::oid4vci::issuer::{CodeRecord, CodeRequest, Pushed, TokenError};
use absah_schemas::CredentialType;
use absah_types::{Nik, Timestamp};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::rows::nik;
use super::{SqliteStore, rows, unavailable};
use crate::ledger::seal::Event;

/// What the store knows a secret text by; `what` keeps the kinds of secrets apart.
#[must_use]
pub fn key_of(what: &str, secret: &str) -> [u8; 32] {
    sha256_concat(&[b"absah-", what.as_bytes(), b"-v1", secret.as_bytes()])
}

/// Who authorizes, and by what.
#[derive(Debug, Clone)]
pub enum LoginBy {
    /// An officer's code, known by its digest: it is used up.
    Code([u8; 32]),
    /// A card that was shown: whose it is.
    Card(Nik),
}

/// A code that is to be given out.
#[derive(Debug, Clone)]
pub struct NewAuthorization {
    /// Digest of the code.
    pub code: [u8; 32],
    /// Digest of the `request_uri`, which is used up.
    pub pushed: [u8; 32],
    /// The request.
    pub request: Pushed,
    /// Which card.
    pub kind: CredentialType,
    /// By what.
    pub by: LoginBy,
    /// Until when the code holds.
    pub expires_at: Timestamp,
    /// Now.
    pub at: Timestamp,
}

/// A card that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Digest of the access token it was asked with.
    pub token: [u8; 32],
    /// In which format.
    pub format: Format,
    /// For which keys.
    pub holders: Holders,
}

/// The keys that the copies of a card are bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holders {
    /// One for each copy.
    pub keys: Vec<PublicKey>,
    /// Where they live, as the wallet says.
    pub assurance: KeyAssurance,
}

/// An offer that waits for a decision.
#[derive(Debug, Clone)]
pub struct HeldOffer {
    /// Its number.
    pub id: i64,
    /// For whom.
    pub nik: Nik,
    /// Which card.
    pub kind: CredentialType,
    /// Whether a wallet is waiting already.
    pub asked: bool,
}

/// One step of these records.
pub(super) enum Step {
    Push { key: [u8; 32], request: String, expires_at: Timestamp },
    LoginCode { key: [u8; 32], nik: Nik, at: Timestamp, expires_at: Timestamp },
    Authorize(Box<NewAuthorization>),
    Exchange { request: CodeRequest, new: NewToken, jkt: [u8; 32], now: Timestamp },
    Refresh { key: [u8; 32], new: NewToken, jkt: [u8; 32], now: Timestamp },
    Notified { id: String, token: [u8; 32], event: &'static str, at: Timestamp },
    Hold { offer: [u8; 32] },
    Decide { id: i64, release: bool, at: Timestamp },
    Defer { key: [u8; 32], waiting: Waiting, at: Timestamp },
}

impl Step {
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        match self {
            Self::Push { key, request, expires_at } => push(connection, key, request, *expires_at).await,
            Self::LoginCode { key, nik, at, expires_at } => {
                sqlx::query("INSERT INTO login_code (key, nik, expires_at, used) VALUES (?, ?, ?, 0)")
                    .bind(key.as_slice())
                    .bind(nik.to_string())
                    .bind(expires_at.unix())
                    .execute(connection)
                    .await?;
                ending.events.push(Event::local(*at, ActKind::LoginCode, Some(*nik), "login"));
                Ok(Done::Nothing)
            }
            Self::Authorize(new) => authorize(connection, ending, new).await,
            Self::Exchange { request, new, jkt, now } => {
                exchange(connection, ending, request, (new, jkt), *now).await
            }
            Self::Refresh { key, new, jkt, now } => refresh(connection, ending, key, (new, jkt), *now).await,
            Self::Notified { id, token, event, at } => {
                notified(connection, (id, token), event, *at).await.map(Done::Found)
            }
            Self::Hold { offer } => {
                sqlx::query("INSERT INTO held_offer (offer) VALUES (?)")
                    .bind(offer.as_slice())
                    .execute(connection)
                    .await?;
                Ok(Done::Nothing)
            }
            Self::Decide { id, release, at } => decide(connection, ending, *id, *release, *at).await,
            Self::Defer { key, waiting, at } => defer(connection, key, waiting, *at).await,
        }
    }
}

async fn push(
    connection: &mut SqliteConnection,
    key: &[u8; 32],
    request: &str,
    expires_at: Timestamp,
) -> Result<Done, sqlx::Error> {
    // Whoever pushes clears away what nobody came for.
    sqlx::query("DELETE FROM pushed_request WHERE expires_at < ?")
        .bind(expires_at.unix() - 3600)
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO pushed_request (key, request, expires_at) VALUES (?, ?, ?)")
        .bind(key.as_slice())
        .bind(request)
        .bind(expires_at.unix())
        .execute(connection)
        .await?;
    Ok(Done::Nothing)
}

async fn authorize(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    new: &NewAuthorization,
) -> Result<Done, sqlx::Error> {
    let nik = match &new.by {
        LoginBy::Card(nik) => *nik,
        LoginBy::Code(key) => {
            let row = sqlx::query(
                "UPDATE login_code SET used = 1 WHERE key = ? AND used = 0 AND expires_at > ? RETURNING nik",
            )
            .bind(key.as_slice())
            .bind(new.at.unix())
            .fetch_optional(&mut *connection)
            .await?;
            let Some(row) = row else { return Ok(Done::Authorized(None)) };
            nik(&row)?
        }
    };
    // A request is answered once.
    let pushed = sqlx::query("DELETE FROM pushed_request WHERE key = ? AND expires_at > ?")
        .bind(new.pushed.as_slice())
        .bind(new.at.unix())
        .execute(&mut *connection)
        .await?;
    if pushed.rows_affected() == 0 {
        return Ok(Done::Authorized(None));
    }
    sqlx::query(
        "INSERT INTO authorization_code
         (key, nik, kind, details, client_id, redirect_uri, code_challenge, jkt, expires_at, used)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
    )
    .bind(new.code.as_slice())
    .bind(nik.to_string())
    .bind(new.kind.name())
    .bind(new.request.configuration_ids.join(" "))
    .bind(&new.request.client_id)
    .bind(&new.request.redirect_uri)
    .bind(&new.request.code_challenge)
    .bind(new.request.dpop_jkt.as_ref().map(<[u8; 32]>::as_slice))
    .bind(new.expires_at.unix())
    .execute(connection)
    .await?;
    ending.events.push(Event::holder(new.at, ActKind::Authorize, nik, new.kind.name()));
    Ok(Done::Authorized(Some(nik)))
}

/// Notes what a wallet tells; whether the id is that of a batch of its token.
async fn notified(
    connection: &mut SqliteConnection,
    (id, token): (&str, &[u8; 32]),
    event: &str,
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let format = Format::ALL.into_iter().find(|format| notification_id(token, *format) == id);
    let statement = if format.is_some() {
        "INSERT INTO notification (key, token, event, at) SELECT ?1, token, ?3, ?4 FROM batch
         WHERE token = ?2 AND format = ?5
         ON CONFLICT (key) DO UPDATE SET event = excluded.event, at = excluded.at"
    } else {
        // A batch from before ids were such has its row, and an id that follows from nothing.
        "UPDATE notification SET event = ?3, at = ?4 WHERE key = ?1 AND token = ?2"
    };
    let done = sqlx::query(statement)
        .bind(key_of("notification", id).to_vec())
        .bind(token.as_slice())
        .bind(event)
        .bind(at.unix())
        .bind(format.map(Format::name))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

async fn exchange(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    request: &CodeRequest,
    (new, jkt): (&NewToken, &[u8; 32]),
    now: Timestamp,
) -> Result<Done, sqlx::Error> {
    let key = key_of("authorization-code", request.code.expose());
    let row = sqlx::query("SELECT * FROM authorization_code WHERE key = ?").bind(key.as_slice());
    let row = row.fetch_optional(&mut *connection).await?;
    let record = row.as_ref().map(code_record).transpose()?;
    if let Err(error) = request.exchange(record.as_ref(), *jkt, now) {
        // RFC 6749 section 4.1.2: "If an authorization code is used more than once, the authorization server MUST deny the
        // request and SHOULD revoke [...] all tokens previously issued based on that authorization code."
        if error == TokenError::Redeemed {
            sqlx::query("UPDATE access_token SET expires_at = 0 WHERE offer = ?")
                .bind(key.as_slice())
                .execute(connection)
                .await?;
        }
        return Ok(Done::Redeemed(Err(error)));
    }
    let Some(row) = row else { return Ok(Done::Redeemed(Err(TokenError::UnknownCode))) };
    sqlx::query("UPDATE authorization_code SET used = 1 WHERE key = ?")
        .bind(key.as_slice())
        .execute(&mut *connection)
        .await?;
    let kind = rows::kind(&row).map_err(|_| sqlx::Error::RowNotFound)?;
    let grant = Grant {
        offer: key,
        nik: nik(&row)?,
        kind,
        expires_at: now.plus(TOKEN_LIFE),
        jkt: Some(*jkt),
        details: words(row.try_get("details")?),
    };
    opening(connection, &grant, now).await?;
    super::letters::name(&mut *connection, &grant.offer, now).await?;
    keep_tokens(connection, &grant, new, now).await?;
    ending.events.push(Event::holder(now, ActKind::Redeem, grant.nik, kind.name()));
    Ok(Done::Redeemed(Ok(grant)))
}

/// Configuration ids hold no spaces.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn code_record(row: &SqliteRow) -> Result<CodeRecord, sqlx::Error> {
    let jkt: Option<Vec<u8>> = row.try_get("jkt")?;
    Ok(CodeRecord {
        client_id: row.try_get("client_id")?,
        redirect_uri: row.try_get("redirect_uri")?,
        code_challenge: row.try_get("code_challenge")?,
        dpop_jkt: jkt.map(|jkt| jkt.try_into().map_err(|_| sqlx::Error::RowNotFound)).transpose()?,
        expires_at: Timestamp::from_unix(row.try_get("expires_at")?),
        used: row.try_get("used")?,
    })
}

/// Every token comes from an opening; one that the person made themselves is an offer that was redeemed at once.
async fn opening(
    connection: &mut SqliteConnection,
    grant: &Grant,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO offer (key, nik, kind, tx_code, expires_at, wrong_tries, redeemed) VALUES (?, ?, ?, NULL, ?, 0, 1)",
    )
    .bind(grant.offer.as_slice())
    .bind(grant.nik.to_string())
    .bind(grant.kind.name())
    .bind(now.unix())
    .execute(connection)
    .await?;
    Ok(())
}

/// The access token, and for a key its refresh token.
pub(super) async fn keep_tokens(
    connection: &mut SqliteConnection,
    grant: &Grant,
    new: &NewToken,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO access_token (key, offer, nik, kind, expires_at, jkt, details) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(new.access.as_slice())
    .bind(grant.offer.as_slice())
    .bind(grant.nik.to_string())
    .bind(grant.kind.name())
    .bind(grant.expires_at.unix())
    .bind(grant.jkt.as_ref().map(<[u8; 32]>::as_slice))
    .bind(grant.details.join(" "))
    .execute(&mut *connection)
    .await?;
    if let (Some(refresh), Some(jkt)) = (&new.refresh, &grant.jkt) {
        sqlx::query(
            "INSERT INTO refresh_token (key, nik, kind, jkt, issued_at, expires_at, guardian, letter)
             SELECT ?, ?, ?, ?, ?, ?, guardian, letter FROM offer WHERE key = ?
             -- What a helper carries ends; nothing renews it.
             AND NOT EXISTS (SELECT 1 FROM pendamping_session WHERE pendamping_session.offer = offer.key)",
        )
        .bind(refresh.as_slice())
        .bind(grant.nik.to_string())
        .bind(grant.kind.name())
        .bind(jkt.as_slice())
        .bind(now.unix())
        .bind(now.plus(REFRESH_LIFE).unix())
        .bind(grant.offer.as_slice())
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// A refresh token stays the same: bound to a key as it is, a reply that got lost is simply asked for again.
async fn refresh(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    key: &[u8; 32],
    (new, jkt): (&NewToken, &[u8; 32]),
    now: Timestamp,
) -> Result<Done, sqlx::Error> {
    let row = sqlx::query("SELECT nik, kind, jkt FROM refresh_token WHERE key = ? AND expires_at > ?")
        .bind(key.as_slice())
        .bind(now.unix());
    let Some(row) = row.fetch_optional(&mut *connection).await? else {
        return Ok(Done::Redeemed(Err(TokenError::RefreshUnknown)));
    };
    let bound: Vec<u8> = row.try_get("jkt")?;
    if bound != jkt {
        return Ok(Done::Redeemed(Err(TokenError::OtherKey)));
    }
    sqlx::query("UPDATE refresh_token SET expires_at = ? WHERE key = ?")
        .bind(now.plus(REFRESH_LIFE).unix())
        .bind(key.as_slice())
        .execute(&mut *connection)
        .await?;
    let kind = rows::kind(&row).map_err(|_| sqlx::Error::RowNotFound)?;
    let grant = Grant {
        offer: new.access,
        nik: nik(&row)?,
        kind,
        expires_at: now.plus(TOKEN_LIFE),
        jkt: Some(*jkt),
        details: Vec::new(),
    };
    opening(connection, &grant, now).await?;
    // For the same wallet and the same letter as the first time.
    sqlx::query(
        "UPDATE offer SET (guardian, letter) = (SELECT guardian, letter FROM refresh_token WHERE key = ?) WHERE key = ?",
    )
    .bind(key.as_slice())
    .bind(grant.offer.as_slice())
    .execute(&mut *connection)
    .await?;
    keep_tokens(connection, &grant, &NewToken { refresh: None, ..*new }, now).await?;
    ending.events.push(Event::holder(now, ActKind::Refresh, grant.nik, kind.name()));
    Ok(Done::Redeemed(Ok(grant)))
}

async fn decide(
    connection: &mut SqliteConnection,
    ending: &mut Ending<'_>,
    id: i64,
    release: bool,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let row = sqlx::query(
        "UPDATE held_offer SET decided_at = ?, released = ? WHERE id = ? AND decided_at IS NULL RETURNING offer",
    )
    .bind(at.unix())
    .bind(release)
    .bind(id)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(Done::Found(false)) };
    let offer: Vec<u8> = row.try_get(0)?;
    let row =
        sqlx::query("SELECT nik, kind FROM offer WHERE key = ?").bind(&offer).fetch_one(connection).await?;
    let act = if release { ActKind::Release } else { ActKind::Withhold };
    let kind: &str = row.try_get("kind")?;
    ending.events.push(Event::local(at, act, Some(nik(&row)?), kind));
    Ok(Done::Found(true))
}

async fn defer(
    connection: &mut SqliteConnection,
    key: &[u8; 32],
    waiting: &Waiting,
    at: Timestamp,
) -> Result<Done, sqlx::Error> {
    let Holders { keys, assurance } = &waiting.holders;
    let kept = |key: &PublicKey| match assurance {
        // A key without a name lives in an encrypted file, as all did that were kept before.
        KeyAssurance::Software => key.to_jwk(),
        assurance => key.to_jwk().with_kid(assurance.name()),
    };
    let holders: Vec<String> = keys.iter().map(|key| kept(key).to_json()).collect();
    // Asked again after a lost reply: the same keys or others, what was asked last counts.
    sqlx::query("DELETE FROM deferred WHERE token = ? AND format = ?")
        .bind(waiting.token.as_slice())
        .bind(waiting.format.name())
        .execute(&mut *connection)
        .await?;
    // The token must live as long as somebody may take to decide.
    sqlx::query("UPDATE access_token SET expires_at = MAX(expires_at, ?) WHERE key = ? AND expires_at > ?")
        .bind(at.plus(DEFERRED_LIFE).unix())
        .bind(waiting.token.as_slice())
        .bind(at.unix())
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO deferred (key, token, format, holders, at) VALUES (?, ?, ?, ?, ?)")
        .bind(key.as_slice())
        .bind(waiting.token.as_slice())
        .bind(waiting.format.name())
        .bind(holders.join("\n"))
        .bind(at.unix())
        .execute(connection)
        .await?;
    Ok(Done::Nothing)
}

/// How long a wallet may come back for a deferred card: 14 days.
const DEFERRED_LIFE: absah_types::Seconds = absah_types::Seconds::days(14);

impl SqliteStore {
    async fn oauth(&self, step: Step) -> Result<Done, StoreError> {
        self.write.act(Act::OAuth(step)).await
    }

    /// Keeps a pushed request under the digest of its `request_uri`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn push(&self, uri: &str, request: &Pushed, expires_at: Timestamp) -> Result<(), StoreError> {
        let request = serde_json::to_string(request).map_err(|_| StoreError::Damaged)?;
        let key = key_of("request-uri", uri);
        self.oauth(Step::Push { key, request, expires_at }).await.map(drop)
    }

    /// The pushed request of a `request_uri` that has not ended.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn pushed(&self, uri: &str, now: Timestamp) -> Result<Option<Pushed>, StoreError> {
        let row = sqlx::query("SELECT request FROM pushed_request WHERE key = ? AND expires_at > ?")
            .bind(key_of("request-uri", uri).to_vec())
            .bind(now.unix());
        let Some(row) = row.fetch_optional(&self.read).await.map_err(unavailable)? else { return Ok(None) };
        let text: &str = row.try_get(0).map_err(unavailable)?;
        serde_json::from_str(text).map(Some).map_err(|_| StoreError::Damaged)
    }

    /// Keeps an officer's code for one log-in.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn login_code(
        &self,
        code: &str,
        nik: Nik,
        at: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.oauth(Step::LoginCode { key: key_of("login-code", code), nik, at, expires_at }).await.map(drop)
    }

    /// Whose an officer's code is, without using it up.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn login_code_holder(&self, code: &str, now: Timestamp) -> Result<Option<Nik>, StoreError> {
        let row = sqlx::query("SELECT nik FROM login_code WHERE key = ? AND used = 0 AND expires_at > ?")
            .bind(key_of("login-code", code).to_vec())
            .bind(now.unix());
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.as_ref().map(nik).transpose().map_err(unavailable)
    }

    /// Gives an authorization: uses up the log-in and the pushed request. `None` when one of them was gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn authorize(&self, new: NewAuthorization) -> Result<Option<Nik>, StoreError> {
        match self.oauth(Step::Authorize(Box::new(new))).await? {
            Done::Authorized(nik) => Ok(nik),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Exchanges an authorization code for tokens bound to a key.
    ///
    /// # Errors
    /// [`StoreError`]; inside, [`TokenError`].
    pub async fn exchange(
        &self,
        request: CodeRequest,
        new: NewToken,
        jkt: [u8; 32],
        now: Timestamp,
    ) -> Result<Result<Grant, TokenError>, StoreError> {
        match self.oauth(Step::Exchange { request, new, jkt, now }).await? {
            Done::Redeemed(result) => Ok(result),
            _ => Err(StoreError::Damaged),
        }
    }

    /// A new access token for a refresh token.
    ///
    /// # Errors
    /// [`StoreError`]; inside, [`TokenError`].
    pub async fn refresh(
        &self,
        refresh_token: &str,
        new: NewToken,
        jkt: [u8; 32],
        now: Timestamp,
    ) -> Result<Result<Grant, TokenError>, StoreError> {
        match self.oauth(Step::Refresh { key: refresh_key(refresh_token), new, jkt, now }).await? {
            Done::Redeemed(result) => Ok(result),
            _ => Err(StoreError::Damaged),
        }
    }

    /// Writes down what became of a batch; whether the id belongs to that token.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn notified(
        &self,
        id: &str,
        access_token: &str,
        event: &'static str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let (id, token) = (id.to_owned(), token_key(access_token));
        self.found(Act::OAuth(Step::Notified { id, token, event, at })).await
    }

    /// Makes the cards of an offer wait.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hold(&self, offer: [u8; 32]) -> Result<(), StoreError> {
        self.oauth(Step::Hold { offer }).await.map(drop)
    }

    /// Decides about an offer that waits; false if none of that number does.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn decide_held(&self, id: i64, release: bool, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::OAuth(Step::Decide { id, release, at })).await
    }

    /// Offers that wait for a decision.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn held_offers(&self) -> Result<Vec<HeldOffer>, StoreError> {
        let rows = sqlx::query(
            "SELECT held_offer.id, offer.nik, offer.kind,
                    EXISTS (SELECT 1 FROM deferred JOIN access_token ON access_token.key = deferred.token
                            WHERE access_token.offer = offer.key) AS asked
             FROM held_offer JOIN offer ON offer.key = held_offer.offer
             WHERE held_offer.decided_at IS NULL ORDER BY held_offer.id",
        )
        .fetch_all(&self.read)
        .await
        .map_err(unavailable)?;
        let held = |row: &SqliteRow| {
            Ok(HeldOffer {
                id: row.try_get("id").map_err(unavailable)?,
                nik: nik(row).map_err(unavailable)?,
                kind: rows::kind(row)?,
                asked: row.try_get("asked").map_err(unavailable)?,
            })
        };
        rows.iter().map(held).collect()
    }

    /// Keeps a request for a card that waits.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn defer(&self, transaction: &str, waiting: Waiting, at: Timestamp) -> Result<(), StoreError> {
        self.oauth(Step::Defer { key: key_of("transaction", transaction), waiting, at }).await.map(drop)
    }

    /// The request of a transaction.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn deferred(&self, transaction: &str) -> Result<Option<Waiting>, StoreError> {
        let row = sqlx::query("SELECT token, format, holders FROM deferred WHERE key = ?")
            .bind(key_of("transaction", transaction).to_vec());
        let Some(row) = row.fetch_optional(&self.read).await.map_err(unavailable)? else { return Ok(None) };
        let format: &str = row.try_get("format").map_err(unavailable)?;
        let holders: &str = row.try_get("holders").map_err(unavailable)?;
        let jwks: Option<Vec<Jwk>> = holders.lines().map(|text| serde_json::from_str(text).ok()).collect();
        let jwks = jwks.ok_or(StoreError::Damaged)?;
        let is_web = |jwk: &Jwk| jwk.kid.as_deref() == Some(KeyAssurance::Web.name());
        let assurance = if jwks.iter().any(is_web) { KeyAssurance::Web } else { KeyAssurance::Software };
        let keys: Option<Vec<PublicKey>> = jwks.iter().map(|jwk| PublicKey::from_jwk(jwk).ok()).collect();
        Ok(Some(Waiting {
            token: rows::bytes32(&row, "token")?,
            format: Format::of_name(format).ok_or(StoreError::Damaged)?,
            holders: Holders { keys: keys.ok_or(StoreError::Damaged)?, assurance },
        }))
    }
}

/// What the store knows a refresh token by.
#[must_use]
pub fn refresh_key(refresh_token: &str) -> [u8; 32] {
    key_of("refresh-token", refresh_token)
}
