use super::*;
use axum::routing::get;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

async fn start() -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    assert_eq!(base_url(&listener).unwrap(), format!("http://{address}"));
    let routes = Router::new()
        .route(
            "/peer",
            get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }),
        )
        .route(
            "/slow",
            get(|| async {
                tokio::time::sleep(Duration::from_millis(300)).await;
                "done"
            }),
        );
    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(serve(listener, routes, async {
        let _ = stopped.await;
    }));
    Running { address, stop, server }
}

async fn ask(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let _ = stream.write_all(text.as_bytes()).await;
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

#[tokio::test]
async fn answers_and_knows_the_peer() {
    let running = start().await;
    let answer = ask(running.address, "GET /peer HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("\r\n\r\n127.0.0.1"), "{answer}");
}

#[tokio::test]
async fn a_stop_lets_requests_under_way_finish() {
    let running = start().await;
    let address = running.address;
    let asked = tokio::spawn(async move { ask(address, "GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    running.stop.send(()).unwrap();
    assert!(asked.await.unwrap().ends_with("done"));
    tokio::time::timeout(Duration::from_secs(5), running.server).await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "no new connections");
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_up_the_stop() {
    let running = start().await;
    let mut idle = TcpStream::connect(running.address).await.unwrap();
    idle.write_all(b"GET /peer HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let _ = idle.read(&mut [0; 1024]).await.unwrap();
    running.stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(5), running.server).await.unwrap().unwrap();
}

#[tokio::test]
async fn oversize_headers_are_refused() {
    let running = start().await;
    let many: String = (0..=MAX_HEADERS).map(|n| format!("x-{n}: 1\r\n")).collect();
    let huge = format!("x: {}\r\n", "y".repeat(2 * MAX_HEADER_BYTES));
    for (name, headers) in [("many", many), ("huge", huge)] {
        let answer = ask(running.address, &format!("GET /peer HTTP/1.1\r\nhost: x\r\n{headers}\r\n")).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{name}: {answer}");
    }
    let answer = ask(running.address, "not http\r\n\r\n").await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn a_slow_sender_of_headers_is_cut_off() {
    let running = start().await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(b"GET /peer HTTP/1.1\r\nhost:").await.unwrap();
    // With the clock paused, tokio goes straight to the next timer: the server's.
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
}

#[test]
fn one_machine_has_a_quarter_of_all_places_at_most() {
    let peers = Peers::of(MAX_FOR_ONE);
    let other: IpAddr = [192, 0, 2, 1].into();
    let mut places: Vec<_> = (0..MAX_FOR_ONE).map(|_| peers.enter(other).unwrap()).collect();
    assert!(peers.enter(other).is_none());
    assert!(peers.enter([192, 0, 2, 2].into()).is_some(), "others have theirs");
    places.pop();
    assert!(peers.enter(other).is_some(), "given back");
    drop(places);
    assert!(peers.counts.lock().unwrap().is_empty(), "and forgotten");
    let six = |place: u16| IpAddr::from([0x2001, 0xdb8, 0, 7, 0, 0, 0, place]);
    let places: Vec<_> = (0..MAX_FOR_ONE as u16).map(|place| peers.enter(six(place)).unwrap()).collect();
    assert!(peers.enter(six(9)).is_none(), "one network of 64 bits is one machine's");
    assert!(peers.enter([0x2001, 0xdb8, 0, 8, 0, 0, 0, 1].into()).is_some());
    drop(places);
    let here: Vec<_> = (0..=MAX_FOR_ONE).map(|_| peers.enter([127, 0, 0, 1].into())).collect();
    assert!(here.iter().all(Option::is_some), "a proxy on this machine");
}

#[tokio::test]
async fn a_request_names_one_host() {
    let running = start().await;
    for (head, status) in [
        ("GET /peer HTTP/1.1\r\n", "400"),
        ("GET /peer HTTP/1.1\r\nhost: a\r\nhost: b\r\n", "400"),
        ("GET /peer HTTP/1.1\r\nhost: a\r\n", "200"),
        ("GET /peer HTTP/1.0\r\n", "200"),
    ] {
        let answer = ask(running.address, &format!("{head}connection: close\r\n\r\n")).await;
        assert_eq!(answer.split(' ').nth(1), Some(status), "{head}");
    }
}

/// Many requests sent, no answer read: after a while the place is free again.
#[tokio::test]
async fn who_never_reads_loses_the_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = Router::new().route("/big", get(|| async { vec![b'x'; 8 << 20] }));
    let (_stop, stopped) = oneshot::channel::<()>();
    tokio::spawn(serve(listener, routes, async {
        let _ = stopped.await;
    }));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all("GET /big HTTP/1.1\r\nhost: x\r\n\r\n".repeat(50).as_bytes()).await.unwrap();
    // The kernel's buffers are full by now; the clock of the server runs ahead.
    tokio::time::sleep(Duration::from_millis(500)).await;
    tokio::time::pause();
    tokio::time::sleep(progress::PATIENCE * 3).await;
    tokio::time::resume();
    let mut all = Vec::new();
    let end = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut all)).await.unwrap();
    assert!(end.is_err() || all.len() < 50 * (8 << 20), "cut off before everything was sent");
}
