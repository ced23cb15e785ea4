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
