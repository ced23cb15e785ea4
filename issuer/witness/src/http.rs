//! `POST /add-checkpoint` (C2SP `tlog-witness`).

use std::sync::Arc;

use absah_ledger::cosignature;
use absah_ledger::witness::{AddCheckpoint, MAX_BYTES, Refusal};
use absah_ledger::{NoteSigner, witness};
use absah_types::Coded;
use absah_web::{Ambient, Limits, Now};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRef, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;

use crate::error::WitnessError;
use crate::memory::{Memory, Watched};

/// A running witness; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    signer: NoteSigner,
    memory: Memory,
    ambient: Ambient,
    /// One request at a time: two at once could otherwise be co-signed on two branches.
    one: tokio::sync::Mutex<()>,
}

impl core::fmt::Debug for App {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "App({})", self.0.signer.public().name())
    }
}

impl FromRef<App> for Ambient {
    fn from_ref(app: &App) -> Self {
        app.0.ambient.clone()
    }
}

impl App {
    /// A witness with its key and memory.
    #[must_use]
    pub fn new(signer: NoteSigner, memory: Memory, ambient: Ambient) -> Self {
        Self(Arc::new(Parts { signer, memory, ambient, one: tokio::sync::Mutex::new(()) }))
    }

    /// Its endpoints.
    pub fn router(&self) -> Router {
        let routes = Router::new()
            .route("/add-checkpoint", post(add).layer(DefaultBodyLimit::max(MAX_BYTES)))
            .merge(absah_web::healthz(|| true));
        absah_web::harden(routes.with_state(self.clone()), Limits::default())
    }
}

/// Why nothing is co-signed.
enum No {
    Refused(Refusal),
    Failed(WitnessError),
}

impl From<Refusal> for No {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<WitnessError> for No {
    fn from(error: WitnessError) -> Self {
        Self::Failed(error)
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        match self {
            // "The response body MUST consist of the tree size of the latest cosigned checkpoint in decimal, followed by a
            // newline …, Content-Type text/x.tlog.size."
            Self::Refused(Refusal::Conflict(seen)) => {
                let headers = [(CONTENT_TYPE, "text/x.tlog.size")];
                (StatusCode::CONFLICT, headers, format!("{}\n", seen.size)).into_response()
            }
            Self::Refused(refusal) => {
                let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
                (status, format!("{}\n", refusal.code())).into_response()
            }
            Self::Failed(error) => {
                (StatusCode::SERVICE_UNAVAILABLE, format!("{}\n", error.code())).into_response()
            }
        }
    }
}

async fn add(State(app): State<App>, Now(now): Now, body: Bytes) -> Result<Response, No> {
    let request = AddCheckpoint::parse(&body)?;
    let origin = request.origin()?;
    let _one = app.0.one.lock().await;
    let watched = app.0.memory.log(&origin)?.ok_or(witness::Refusal::UnknownLog)?;
    let seen = request.judge(&watched.key, &watched.seen)?;
    // "The witness MUST persist the new checkpoint before returning the cosignature."
    if seen != watched.seen {
        app.0.memory.remember(&Watched { seen, ..watched })?;
    }
    let line = cosignature::cosign(request.checkpoint.text(), &app.0.signer, now);
    let line = line.map_err(|_| WitnessError::KeyFile)?;
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((headers, format!("{line}\n")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use absah_host::{DataDir, Env};
    use absah_ledger::merkle::{Tree, leaf_hash};
    use absah_ledger::note::{Algorithm, Note, SignatureLine};
    use absah_ledger::{Checkpoint, Hash};
    use absah_testkit::{FixedClock, SeededRng};
    use absah_types::{Rng, Secret};
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt as _;

    struct Bench {
        _place: tempfile::TempDir,
        app: App,
        log: NoteSigner,
        witness: absah_ledger::NoteKey,
        memory: Memory,
    }

    fn bench() -> Bench {
        let place = tempfile::tempdir().unwrap();
        let dir = DataDir::open("witness", Some(place.path()), &Env::default()).unwrap();
        let memory = Memory::of(&dir);
        let log = NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([1; 32])).unwrap();
        memory.watch(log.public()).unwrap();
        let signer =
            NoteSigner::new("saksi.example", Algorithm::CosignatureV1, &Secret::new([2; 32])).unwrap();
        let witness = signer.public().clone();
        let rng = || Box::new(SeededRng::new(1)) as Box<dyn Rng + Send>;
        let ambient = Ambient::new(Arc::new(FixedClock::morning()), Arc::new(rng));
        let app = App::new(signer, memory.clone(), ambient);
        Bench { _place: place, app, log, witness, memory }
    }

    impl Bench {
        fn note(&self, size: u64, root: Hash) -> Note {
            Checkpoint { origin: "absah.example/audit".to_owned(), size, root }.sign(&self.log).unwrap()
        }

        async fn ask(&self, body: String) -> (u16, String, String) {
            let request = Request::post("/add-checkpoint").body(Body::from(body)).unwrap();
            let answer = self.app.router().oneshot(request).await.unwrap();
            let kind = answer.headers().get(CONTENT_TYPE).map(|kind| kind.to_str().unwrap().to_owned());
            let status = answer.status().as_u16();
            let bytes = to_bytes(answer.into_body(), 1 << 16).await.unwrap();
            (status, kind.unwrap_or_default(), String::from_utf8(bytes.to_vec()).unwrap())
        }
    }

    #[tokio::test]
    async fn every_answer_of_the_protocol() {
        let bench = bench();
        let leaves = [leaf_hash(b"a"), leaf_hash(b"b")];
        let mut tree = Tree::default();
        tree.push(leaves[0], |_, _, _| ());
        let one = tree.root();
        tree.push(leaves[1], |_, _, _| ());
        let two = tree.root();
        let ask = |old, proof: &[Hash], note: Note| {
            AddCheckpoint { old, proof: proof.to_vec(), checkpoint: note }.to_string()
        };
        let (status, _, line) = bench.ask(ask(0, &[], bench.note(1, one))).await;
        assert_eq!(status, 200);
        let line = SignatureLine::parse(line.trim_end()).unwrap();
        cosignature::check_line(bench.note(1, one).text(), &line, &bench.witness).unwrap();
        assert_eq!(bench.memory.log("absah.example/audit").unwrap().unwrap().seen.size, 1);

        let (status, kind, size) = bench.ask(ask(0, &[], bench.note(2, two))).await;
        assert_eq!((status, kind.as_str(), size.as_str()), (409, "text/x.tlog.size", "1\n"));
        let (status, _, _) = bench.ask(ask(1, &[], bench.note(2, [7; 32]))).await;
        assert_eq!(status, 422, "a fork is not co-signed");
        let (status, _, _) = bench.ask(ask(1, &[leaves[1]], bench.note(2, two))).await;
        assert_eq!(status, 200);
        let (status, _, _) = bench.ask(ask(2, &[], bench.note(2, one))).await;
        assert_eq!(status, 409, "another tree of the same size");
        let (status, _, _) = bench.ask(ask(3, &[], bench.note(2, two))).await;
        assert_eq!(status, 400);
        let stranger =
            NoteSigner::new("absah.example/audit", Algorithm::Ed25519, &Secret::new([9; 32])).unwrap();
        let forged = Checkpoint { origin: "absah.example/audit".to_owned(), size: 3, root: two };
        let (status, _, _) = bench.ask(ask(2, &[], forged.sign(&stranger).unwrap())).await;
        assert_eq!(status, 403);
        let other = NoteSigner::new("lain.example", Algorithm::Ed25519, &Secret::new([9; 32])).unwrap();
        let unknown = Checkpoint { origin: "lain.example".to_owned(), size: 1, root: one };
        let (status, _, _) = bench.ask(ask(0, &[], unknown.sign(&other).unwrap())).await;
        assert_eq!(status, 404);
        let (status, _, _) = bench.ask("halo".to_owned()).await;
        assert_eq!(status, 400);
        let (status, _, _) = bench.ask("x".repeat(MAX_BYTES + 1)).await;
        assert_eq!(status, 413);
        assert_eq!(bench.memory.log("absah.example/audit").unwrap().unwrap().seen.size, 2);
    }

    #[tokio::test]
    async fn of_two_branches_at_once_one_is_co_signed() {
        let bench = bench();
        let body = |root: u8| {
            let note = bench.note(1, [root; 32]);
            AddCheckpoint { old: 0, proof: Vec::new(), checkpoint: note }.to_string()
        };
        let answers = [bench.ask(body(1)), bench.ask(body(2))];
        let [one, other] = answers;
        let (one, other) = tokio::join!(one, other);
        let mut statuses = [one.0, other.0];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }

    #[tokio::test]
    async fn a_memory_that_is_damaged_signs_nothing() {
        let bench = bench();
        for entry in std::fs::read_dir(bench._place.path().join("logs")).unwrap() {
            std::fs::write(entry.unwrap().path(), "{").unwrap();
        }
        let note = bench.note(1, [1; 32]);
        let body = AddCheckpoint { old: 0, proof: Vec::new(), checkpoint: note }.to_string();
        let (status, _, said) = bench.ask(body).await;
        assert_eq!((status, said.as_str()), (503, "witness-memory\n"));
    }
}
