//! Group commit: one task writes everything that is waiting in one transaction and flushes once.

use std::future::Future;
use std::sync::Arc;

use absah_issuer_core::ports::{Issued, StoreError};
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use super::acts::{Act, Done, Ending};
use super::{issued, unavailable};
use crate::ledger::seal::Sealer;

/// The most acts in one transaction.
const GROUP: usize = 256;

type Job = (Act, oneshot::Sender<Result<Done, StoreError>>);

/// The way to the writing task. The task ends when the last handle is dropped.
pub(super) struct Writer(mpsc::Sender<Job>);

impl Writer {
    /// Starts the task on the current runtime.
    pub(super) fn start(connection: SqliteConnection, sealer: Arc<Sealer>) -> Self {
        let (sender, receiver) = mpsc::channel(4 * GROUP);
        tokio::spawn(run(connection, sealer, receiver));
        Self(sender)
    }

    /// Does one act. It is on disk when this answers.
    pub(super) fn act(&self, act: Act) -> impl Future<Output = Result<Done, StoreError>> + Send {
        let queue = self.0.clone();
        async move {
            let (sender, receiver) = oneshot::channel();
            queue.send((act, sender)).await.map_err(|_| StoreError::Unavailable)?;
            receiver.await.map_err(|_| StoreError::Unavailable)?
        }
    }
}

async fn run(mut connection: SqliteConnection, sealer: Arc<Sealer>, mut queue: mpsc::Receiver<Job>) {
    let mut waiting = Vec::new();
    while queue.recv_many(&mut waiting, GROUP).await > 0 {
        // Whoever is about to write comes along.
        tokio::task::yield_now().await;
        while waiting.len() < GROUP
            && let Ok(job) = queue.try_recv()
        {
            waiting.push(job);
        }
        let (acts, senders): (Vec<Act>, Vec<_>) = waiting.drain(..).unzip();
        let results = match together(&mut connection, &sealer, &acts).await {
            Ok(done) => done.into_iter().map(Ok).collect(),
            Err(error) if acts.len() == 1 => vec![Err(unavailable(error))],
            // One of them cannot be written: the others must not suffer for it.
            Err(_) => one_by_one(&mut connection, &sealer, &acts).await,
        };
        for (sender, result) in senders.into_iter().zip(results) {
            // Whoever asked may have gone away; what was written stays written.
            let _ = sender.send(result);
        }
    }
}

async fn together(
    connection: &mut SqliteConnection,
    sealer: &Sealer,
    acts: &[Act],
) -> Result<Vec<Done>, sqlx::Error> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let mut done = Vec::with_capacity(acts.len());
    let mut ending = Ending::new(sealer);
    // None of them was told yet what became of it, so any order is one that they could have come in.
    let issued: Vec<&Issued> = acts.iter().filter_map(Act::issued).collect();
    let mut recorded = issued::record(&mut transaction, &mut ending, &issued).await?.into_iter();
    for act in acts {
        done.push(match act.issued() {
            Some(_) => recorded.next().map(Done::Recorded).ok_or(sqlx::Error::RowNotFound)?,
            None => act.apply(&mut transaction, &mut ending).await?,
        });
    }
    ending.write(&mut transaction).await?;
    transaction.commit().await?;
    Ok(done)
}

async fn one_by_one(
    connection: &mut SqliteConnection,
    sealer: &Sealer,
    acts: &[Act],
) -> Vec<Result<Done, StoreError>> {
    let mut results = Vec::with_capacity(acts.len());
    for act in acts {
        let done = together(connection, sealer, std::slice::from_ref(act)).await;
        results.push(done.map_err(unavailable).and_then(|mut done| done.pop().ok_or(StoreError::Damaged)));
    }
    results
}
