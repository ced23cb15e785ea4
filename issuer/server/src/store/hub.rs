//! The city's data hub: who may read, what is counted, and where alerts are told.

use absah_issuer_core::figures::{alone, tellable};
use absah_issuer_core::ports::{ActKind, StoreError};
use absah_ledger::Leaf;
use absah_types::Timestamp;
use serde_json::{Value, json};
use sqlx::{Row, SqliteConnection};

use super::acts::{Act, Done, Ending};
use super::{SqliteStore, key_of, unavailable};
use crate::ledger::seal::Event;

/// One step of these records.
pub(super) enum Step {
    Client { name: String, key: [u8; 32], at: Timestamp },
    RemoveClient { name: String, at: Timestamp },
    Webhook { id: [u8; 16], url: String, private: bool, at: Timestamp },
    RemoveWebhook { at: Timestamp },
    Told { fault: Option<(String, Timestamp)> },
}

/// Where alerts are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Names its secret.
    pub id: [u8; 16],
    /// Where it is.
    pub url: String,
    /// Whether its host may have an address of a private network.
    pub private: bool,
    /// Tries in vain since the last success.
    pub tries: u32,
    /// When the next try may be.
    pub next_at: Timestamp,
    /// Why the last one was in vain: our code, or `status-NNN`.
    pub fault: Option<String>,
}

impl Step {
    pub(super) async fn apply(
        &self,
        connection: &mut SqliteConnection,
        ending: &mut Ending<'_>,
    ) -> Result<Done, sqlx::Error> {
        let (at, object) = match self {
            Self::Client { name, key, at } => {
                let done = sqlx::query(
                    "INSERT INTO hub_client (name, key, made_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                );
                let done = done.bind(name).bind(key.as_slice()).bind(at.unix()).execute(connection).await?;
                if done.rows_affected() == 0 {
                    return Ok(Done::Found(false));
                }
                (at, format!("client {name}"))
            }
            Self::RemoveClient { name, at } => {
                let done = sqlx::query("DELETE FROM hub_client WHERE name = ?").bind(name);
                if done.execute(connection).await?.rows_affected() == 0 {
                    return Ok(Done::Found(false));
                }
                (at, format!("no-client {name}"))
            }
            Self::Webhook { id, url, private, at } => {
                sqlx::query(
                    "INSERT OR REPLACE INTO webhook (only, id, url, private, made_at) VALUES (1, ?, ?, ?, ?)",
                )
                .bind(id.as_slice())
                .bind(url)
                .bind(private)
                .bind(at.unix())
                .execute(&mut *connection)
                .await?;
                // Whoever begins to listen hears what comes from now on; what was before stands in the console.
                sqlx::query("UPDATE alert_outbox SET sent_at = ? WHERE sent_at IS NULL")
                    .bind(at.unix())
                    .execute(connection)
                    .await?;
                (at, if *private { format!("webhook {url} (private)") } else { format!("webhook {url}") })
            }
            Self::RemoveWebhook { at } => {
                if sqlx::query("DELETE FROM webhook").execute(connection).await?.rows_affected() == 0 {
                    return Ok(Done::Found(false));
                }
                (at, "no-webhook".to_owned())
            }
            Self::Told { fault: None } => {
                sqlx::query("UPDATE webhook SET tries = 0, next_at = 0, fault = NULL")
                    .execute(connection)
                    .await?;
                return Ok(Done::Nothing);
            }
            Self::Told { fault: Some((code, next)) } => {
                sqlx::query("UPDATE webhook SET tries = tries + 1, next_at = ?, fault = ?")
                    .bind(next.unix())
                    .bind(code)
                    .execute(connection)
                    .await?;
                return Ok(Done::Nothing);
            }
        };
        ending.events.push(Event::local(*at, ActKind::Hub, None, object));
        Ok(Done::Found(true))
    }
}

/// A count of a group: its names as JSON members, and the number of people.
type Counted = (Value, u64);

/// The group with what may be told of it.
fn group(counted: Vec<Counted>) -> Vec<Value> {
    let counts: Vec<u64> = counted.iter().map(|(_, count)| *count).collect();
    let told = tellable(&counts);
    let member = |((mut names, _), count): (Counted, Option<u64>)| {
        if let Some(members) = names.as_object_mut() {
            members.insert("people".to_owned(), json!(count));
        }
        names
    };
    counted.into_iter().zip(told).map(member).collect()
}

impl SqliteStore {
    async fn hub(&self, step: Step) -> Result<Done, StoreError> {
        self.write.act(Act::Hub(Box::new(step))).await
    }

    /// Lets a program of the hub read; false if one has that name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn add_hub_client(&self, name: &str, token: &str, at: Timestamp) -> Result<bool, StoreError> {
        let step = Step::Client { name: name.to_owned(), key: key_of("hub-client", token), at };
        self.found(Act::Hub(Box::new(step))).await
    }

    /// Lets it read no longer; false if there is none of that name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remove_hub_client(&self, name: &str, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::Hub(Box::new(Step::RemoveClient { name: name.to_owned(), at }))).await
    }

    /// Those that may read, with when they were let.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hub_clients(&self) -> Result<Vec<(String, Timestamp)>, StoreError> {
        let rows = sqlx::query("SELECT name, made_at FROM hub_client ORDER BY name");
        let rows = rows.fetch_all(&self.read).await.map_err(unavailable)?;
        let one = |row: &sqlx::sqlite::SqliteRow| {
            Ok::<_, sqlx::Error>((row.try_get(0)?, Timestamp::from_unix(row.try_get(1)?)))
        };
        rows.iter().map(one).collect::<Result<_, _>>().map_err(unavailable)
    }

    /// Which program has this token.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hub_client_of(&self, token: &str) -> Result<Option<String>, StoreError> {
        let key = key_of("hub-client", token);
        let row = sqlx::query("SELECT name FROM hub_client WHERE key = ?").bind(key.as_slice());
        let row = row.fetch_optional(&self.read).await.map_err(unavailable)?;
        row.map(|row| row.try_get(0)).transpose().map_err(unavailable)
    }

    /// Tells alerts there from now on; `private`: also where its host has an address of a private network.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn set_webhook(
        &self,
        id: [u8; 16],
        (url, private): (&str, bool),
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.hub(Step::Webhook { id, url: url.to_owned(), private, at }).await.map(drop)
    }

    /// Tells them nowhere; false if they were not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn remove_webhook(&self, at: Timestamp) -> Result<bool, StoreError> {
        self.found(Act::Hub(Box::new(Step::RemoveWebhook { at }))).await
    }

    /// Where alerts are told.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn webhook(&self) -> Result<Option<Webhook>, StoreError> {
        let row = sqlx::query("SELECT * FROM webhook").fetch_optional(&self.read).await;
        let Some(row) = row.map_err(unavailable)? else { return Ok(None) };
        let read = || {
            let id: Vec<u8> = row.try_get("id")?;
            Ok::<_, sqlx::Error>(Webhook {
                id: id.try_into().map_err(|_| sqlx::Error::RowNotFound)?,
                url: row.try_get("url")?,
                private: row.try_get("private")?,
                tries: row.try_get("tries")?,
                next_at: Timestamp::from_unix(row.try_get("next_at")?),
                fault: row.try_get("fault")?,
            })
        };
        read().map(Some).map_err(unavailable)
    }

    /// Writes down how a try went: nothing, or why it was in vain and when the next may be.
    pub(crate) async fn webhook_told(&self, fault: Option<(String, Timestamp)>) -> Result<(), StoreError> {
        self.hub(Step::Told { fault }).await.map(drop)
    }

    /// What the hub may know: counts of people, the small ones left out.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hub_figures(&self, now: Timestamp) -> Result<Value, StoreError> {
        // Those who live here, as the districts count them: beside everybody in the register, the difference would tell how few
        // have died or moved.
        let row = sqlx::query(
            "SELECT COUNT(*) FROM resident WHERE status_dasar = 1 AND nik NOT IN (SELECT nik FROM honeytoken)",
        );
        let row = row.fetch_one(&self.read).await.map_err(unavailable)?;
        let total = row.try_get::<i64, _>(0).map_err(unavailable)?.unsigned_abs();
        // What is counted at a time has it as its only parameter.
        let by = |(text, at): (&'static str, Option<i64>), [first, second]: [&'static str; 2]| async move {
            let query = sqlx::query(text);
            let query = match at {
                Some(at) => query.bind(at),
                None => query,
            };
            let rows = query.fetch_all(&self.read).await.map_err(unavailable)?;
            let one = |row: &sqlx::sqlite::SqliteRow| {
                let value = |at: usize| row.try_get::<String, _>(at);
                let count: i64 = row.try_get(2)?;
                let mut members = serde_json::Map::new();
                members.insert(first.to_owned(), json!(value(0)?));
                if !second.is_empty() {
                    members.insert(second.to_owned(), json!(value(1)?));
                }
                Ok::<_, sqlx::Error>((Value::Object(members), count.unsigned_abs()))
            };
            rows.iter().map(one).collect::<Result<Vec<Counted>, _>>().map_err(unavailable)
        };
        let districts = by(
            (
                "SELECT substr(wilayah, 1, 8), '', COUNT(*) FROM resident WHERE status_dasar = 1
             AND nik NOT IN (SELECT nik FROM honeytoken) GROUP BY 1 ORDER BY 1",
                None,
            ),
            ["kecamatan", ""],
        );
        // People, not copies: whoever has thirty copies is one.
        let cards = by(
            (
                "SELECT kind, status, COUNT(*) FROM (
                 SELECT DISTINCT nik, kind, CASE status
                     WHEN 0 THEN CASE WHEN expires_at > ?1 THEN 'valid' ELSE 'ended' END WHEN 1 THEN 'revoked'
                     WHEN 2 THEN 'suspended' ELSE 'superseded' END AS status
                 FROM copy JOIN batch ON batch.id = copy.batch) GROUP BY 1, 2 ORDER BY 1, 2",
                Some(now.unix()),
            ),
            ["type", "status"],
        );
        let letters = by(
            ("SELECT title, CASE done WHEN 1 THEN 'approved' WHEN 0 THEN 'refused' ELSE 'waiting' END, COUNT(DISTINCT letter.nik)
             FROM letter JOIN ticket ON ticket.id = letter.ticket GROUP BY 1, 2 ORDER BY 1, 2", None),
            ["title", "state"],
        );
        let (districts, cards, letters) = (districts.await?, cards.await?, letters.await?);
        let helped = self.helped().await?;
        Ok(json!({
            "least": absah_issuer_core::figures::LEAST,
            "residents": alone(total),
            "by_district": group(districts),
            "cards": group(cards),
            "letters": group(letters),
            "pendamping": {
                "people": alone(helped.people),
                "elderly": tellable(&[helped.elderly, helped.people - helped.elderly]).first(),
            },
        }))
    }

    /// What happened after a place in the audit log: place, kind of act and the hour in which it was, of nobody.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn hub_events(&self, after: i64, most: u32) -> Result<Vec<(i64, String, i64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT position, act, leaf FROM ledger_event WHERE log = 1 AND position > ? ORDER BY position LIMIT ?",
        );
        let rows = rows.bind(after).bind(most).fetch_all(&self.read).await.map_err(unavailable)?;
        let event = |row: &sqlx::sqlite::SqliteRow| {
            let leaf: Vec<u8> = row.try_get(2).map_err(unavailable)?;
            let leaf = Leaf::parse(&leaf).map_err(|_| StoreError::Damaged)?;
            let hour = leaf.hour_begins().unix();
            Ok((row.try_get(0).map_err(unavailable)?, row.try_get(1).map_err(unavailable)?, hour))
        };
        rows.iter().map(event).collect()
    }
}
