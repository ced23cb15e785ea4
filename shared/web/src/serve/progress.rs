//! A stream whose reader must keep reading.

use core::pin::Pin;
use core::task::{Context, Poll};
use core::time::Duration;
use std::io;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// So long a client may take nothing at all.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes that earn a second more.
const BYTES_PER_SECOND: u64 = 1_024;

/// Cuts off a client that takes its answers slower than a kilobyte a second, thirty seconds allowed in advance:
/// else whoever asks and never reads would keep a place for ever.
pub(super) struct Progress<S> {
    stream: S,
    /// Runs while bytes wait to be taken.
    waiting: Option<Waiting>,
}

struct Waiting {
    since: Instant,
    taken: u64,
    timer: Pin<Box<Sleep>>,
}

impl Waiting {
    fn begin() -> Self {
        let since = Instant::now();
        Self { since, taken: 0, timer: Box::pin(sleep_until(since + PATIENCE)) }
    }

    fn took(&mut self, bytes: usize) {
        self.taken = self.taken.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        let earned = Duration::from_secs(self.taken / BYTES_PER_SECOND);
        self.timer.as_mut().reset(self.since + PATIENCE + earned);
    }
}

impl<S> Progress<S> {
    pub(super) fn of(stream: S) -> Self {
        Self { stream, waiting: None }
    }

    /// What the stream said, or the end of patience.
    fn judged<T>(&mut self, said: Poll<io::Result<T>>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        if said.is_ready() {
            return said;
        }
        let waiting = self.waiting.get_or_insert_with(Waiting::begin);
        match waiting.timer.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }

    fn took(&mut self, said: &Poll<io::Result<usize>>) {
        if let (Poll::Ready(Ok(bytes)), Some(waiting)) = (said, &mut self.waiting) {
            waiting.took(*bytes);
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Progress<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Progress<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let said = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.took(&said);
        self.judged(said, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let said = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.took(&said);
        self.judged(said, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let said = Pin::new(&mut self.stream).poll_flush(context);
        // Everything is taken: the account begins anew. (Not with the next request, which may come while the answer
        // to the one before still waits.)
        if said.is_ready() {
            self.waiting = None;
        }
        self.judged(said, context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let said = Pin::new(&mut self.stream).poll_shutdown(context);
        self.judged(said, context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};

    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_is_cut_off() {
        let (ours, _theirs) = duplex(64);
        let began = Instant::now();
        let error = Progress::of(ours).write_all(&[0; 1_000]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(began.elapsed().as_secs(), PATIENCE.as_secs());
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_a_byte_now_and_then_is_cut_off_too() {
        let (ours, mut theirs) = duplex(64);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_secs(5)).await;
                if theirs.read_u8().await.is_err() {
                    break;
                }
            }
        });
        let error = Progress::of(ours).write_all(&[0; 10_000]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_slow_but_steady_gets_everything() {
        let (ours, mut theirs) = duplex(64);
        let reader = tokio::spawn(async move {
            let mut all = Vec::new();
            let mut some = [0; 256];
            while let Ok(bytes @ 1..) = theirs.read(&mut some).await {
                all.extend_from_slice(&some[..bytes]);
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
            all.len()
        });
        let began = Instant::now();
        let mut ours = Progress::of(ours);
        ours.write_all(&[7; 200_000]).await.unwrap();
        drop(ours);
        assert_eq!(reader.await.unwrap(), 200_000);
        assert!(began.elapsed() > PATIENCE);
    }
}
