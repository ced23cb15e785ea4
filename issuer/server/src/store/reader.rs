//! Reads of many requests at once: whoever asks while one statement runs is answered by the next, all by one.
//!
//! The way to the thread that reads and back costs more than the reading: a request for a card goes it twice, not once
//! for each thing it wants to know.

use std::collections::HashMap;
use std::sync::Arc;

use absah_issuer_core::ports::StoreError;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::rows::filled;
use super::unavailable;

/// The most answers of one statement.
const GROUP: usize = 128;

/// What is asked for, by a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// What an access token opens.
    Granted,
    /// A person's id.
    Person,
}

impl What {
    const ALL: [Self; 2] = [Self::Granted, Self::Person];

    /// The statement up to the digests; the column `asked` of each row is the digest that it answers.
    const fn statement(self) -> &'static str {
        match self {
            Self::Granted => {
                "SELECT resident.*, portrait.webp,
                        EXISTS (SELECT 1 FROM honeytoken WHERE honeytoken.nik = resident.nik) AS lure,
                        access_token.key AS asked, access_token.offer, access_token.kind, access_token.expires_at,
                        access_token.jkt, access_token.details, offer.guardian, offer.letter,
                        (SELECT group_concat(format, ' ') FROM batch WHERE batch.token = access_token.key) AS issued,
                        held_offer.offer IS NOT NULL AS held, held_offer.released,
                        EXISTS (SELECT 1 FROM pendamping_session AS session
                            WHERE session.offer = access_token.offer) AS carried
                 FROM access_token JOIN offer ON offer.key = access_token.offer
                 JOIN resident ON resident.nik = access_token.nik
                 LEFT JOIN portrait ON portrait.nik = resident.nik
                 LEFT JOIN held_offer ON held_offer.offer = access_token.offer WHERE access_token.key IN ("
            }
            Self::Person => "SELECT lookup AS asked, cid FROM person WHERE lookup IN (",
        }
    }
}

type Found = Result<Option<Arc<SqliteRow>>, StoreError>;
type Ask = (What, [u8; 32], oneshot::Sender<Found>);

/// The way to the reading task. The task ends when the last handle is dropped.
pub(super) struct Reader(mpsc::Sender<Ask>);

impl Reader {
    /// Starts the task on the current runtime.
    pub(super) fn start(connection: SqliteConnection) -> Self {
        let (sender, receiver) = mpsc::channel(4 * GROUP);
        tokio::spawn(run(connection, receiver));
        Self(sender)
    }

    /// The row known by a digest, as of a moment after this was asked.
    pub(super) async fn row(&self, what: What, digest: [u8; 32]) -> Found {
        let (sender, receiver) = oneshot::channel();
        self.0.send((what, digest, sender)).await.map_err(|_| StoreError::Unavailable)?;
        receiver.await.map_err(|_| StoreError::Unavailable)?
    }
}

async fn run(mut connection: SqliteConnection, mut queue: mpsc::Receiver<Ask>) {
    let mut waiting = Vec::new();
    while queue.recv_many(&mut waiting, GROUP).await > 0 {
        // Whoever is about to ask comes along.
        tokio::task::yield_now().await;
        while waiting.len() < GROUP
            && let Ok(ask) = queue.try_recv()
        {
            waiting.push(ask);
        }
        let mut asked: [HashMap<[u8; 32], Vec<oneshot::Sender<Found>>>; 2] = Default::default();
        for (what, digest, sender) in waiting.drain(..) {
            let [granted, person] = &mut asked;
            let of_kind = match what {
                What::Granted => granted,
                What::Person => person,
            };
            of_kind.entry(digest).or_default().push(sender);
        }
        for (what, mut senders) in What::ALL.into_iter().zip(asked) {
            if senders.is_empty() {
                continue;
            }
            let answer = rows(&mut connection, what, &senders).await;
            for (digest, row) in answer.as_deref().unwrap_or_default() {
                for sender in senders.remove(digest).unwrap_or_default() {
                    // Whoever asked may have gone away.
                    let _ = sender.send(Ok(Some(Arc::clone(row))));
                }
            }
            let nothing = answer.map(|_| None).map_err(unavailable);
            for sender in senders.into_values().flatten() {
                let _ = sender.send(nothing.clone());
            }
        }
    }
}

async fn rows<T>(
    connection: &mut SqliteConnection,
    what: What,
    asked: &HashMap<[u8; 32], T>,
) -> Result<Vec<([u8; 32], Arc<SqliteRow>)>, sqlx::Error> {
    let digests: Vec<&[u8; 32]> = asked.keys().collect();
    let mut select = QueryBuilder::<Sqlite>::new(what.statement());
    let mut list = select.separated(", ");
    for digest in filled(&digests) {
        list.push_bind(digest.map(|digest| digest.as_slice()));
    }
    select.push(")");
    let rows = select.build().fetch_all(connection).await?;
    let known = |row: SqliteRow| {
        let digest: &[u8] = row.try_get("asked")?;
        let digest = digest.try_into().map_err(|_| sqlx::Error::RowNotFound)?;
        Ok((digest, Arc::new(row)))
    };
    rows.into_iter().map(known).collect()
}
