use super::*;
use absah_types::Coded as _;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A server on this machine that answers every connection with `behaviour`, and what it was asked.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start<B, F>(behaviour: B) -> Self
    where
        B: Fn(TcpStream, String) -> F + Send + Sync + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = read_request(&mut stream).await;
                log.lock().unwrap().push(request.clone());
                tokio::spawn(behaviour(stream, request));
            }
        });
        Self { port, asked }
    }

    /// Answers everything with these bytes and closes.
    async fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer: Arc<Vec<u8>> = Arc::new(answer.into());
        Self::start(move |mut stream, _| {
            let answer = Arc::clone(&answer);
            async move {
                let _ = stream.write_all(&answer).await;
                let _ = stream.shutdown().await;
                // Reading until the client closes, so that our close does not cut off what is under way.
                let _ = stream.read(&mut [0; 64]).await;
            }
        })
        .await
    }

    fn url(&self, path: &str) -> HttpsUrl {
        url(&format!("http://127.0.0.1:{}{path}", self.port))
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Headers, and the body if a length is given.
async fn read_request(stream: &mut TcpStream) -> String {
    let mut text = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let n = stream.read(&mut buffer).await.unwrap_or(0);
        text.extend_from_slice(&buffer[..n]);
        let so_far = String::from_utf8_lossy(&text).into_owned();
        let body = so_far.split_once("\r\n\r\n");
        let length =
            so_far.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        if n == 0 || body.is_some_and(|(_, body)| body.len() >= length.unwrap_or(0)) {
            return so_far;
        }
    }
}

fn url(text: &str) -> HttpsUrl {
    HttpsUrl::parse_dev(text).unwrap()
}

fn limits() -> Limits {
    Limits { total: Duration::from_secs(10), connect: Duration::from_secs(5), body: 1000, redirects: 0 }
}

fn fetcher(limits: Limits) -> Fetcher {
    Fetcher::new(limits, Addresses::DevLoopback).unwrap()
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}connection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

async fn code(fetcher: &Fetcher, url: &HttpsUrl) -> Result<u16, &'static str> {
    fetcher.get(url).await.map(|response| response.status).map_err(|e| e.code())
}

#[tokio::test]
async fn an_answer_is_given_whole() {
    let headers = "Content-Type: Application/JSON; charset=utf-8\r\nX-One: 1\r\n";
    let server = Server::saying(answer("200 OK", headers, "{}")).await;
    let response = fetcher(limits()).get(&server.url("/a?b=c")).await.unwrap();
    assert!(response.is_success());
    assert_eq!(response.body, b"{}");
    assert_eq!(response.media_type().as_deref(), Some("application/json"));
    assert_eq!(response.header("x-one"), Some("1"));
    assert_eq!(response.header("x-two"), None);
    assert_eq!(response.url, server.url("/a?b=c"));
    let asked = server.asked().remove(0).to_ascii_lowercase();
    assert!(asked.starts_with("get /a?b=c http/1.1\r\n"), "{asked}");
    for unwanted in ["cookie", "referer", "accept-encoding", "authorization", "origin"] {
        assert!(!asked.contains(&format!("\r\n{unwanted}:")), "{unwanted}: {asked}");
    }
}

#[tokio::test]
async fn the_time_of_whoever_answers_is_read_where_it_is_one() {
    for (said, read) in [
        ("date: Sat, 28 Nov 2026 06:17:00 GMT\r\n", Some(1_795_846_620)),
        ("", None),
        ("date: yesterday\r\n", None),
        ("date: Sat, 28 Nov 9999999 06:17:00 GMT\r\n", None),
    ] {
        let server = Server::saying(answer("403 Forbidden", said, "")).await;
        let response = fetcher(limits()).send(Request::get(&server.url("/"))).await.unwrap();
        assert_eq!(response.date().map(absah_types::Timestamp::unix), read, "{said}");
    }
}

#[tokio::test]
async fn a_bad_status_is_an_answer() {
    let server = Server::saying(answer("400 Bad Request", "", r#"{"error":"invalid_grant"}"#)).await;
    let response = fetcher(limits()).get(&server.url("/")).await.unwrap();
    assert_eq!((response.status, response.is_success()), (400, false));
    assert_eq!(response.body, br#"{"error":"invalid_grant"}"#);
}

#[tokio::test]
async fn forms_and_json_are_posted() {
    let server = Server::saying(answer("200 OK", "", "")).await;
    let fetcher = fetcher(limits());
    fetcher.post_form(&server.url("/token"), &[("a", "1 & 2"), ("é", "=")]).await.unwrap();
    fetcher.post_json(&server.url("/credential"), &[1, 2]).await.unwrap();
    let request = Request::post_json(&server.url("/credential"), &[3]).unwrap().accept("application/json");
    fetcher.send(request.bearer(&Secret::new("t0ken".to_owned())).unwrap()).await.unwrap();
    let asked = server.asked();
    assert!(asked[0].contains("application/x-www-form-urlencoded"), "{}", asked[0]);
    assert!(asked[0].ends_with("\r\n\r\na=1+%26+2&%C3%A9=%3D"), "{}", asked[0]);
    assert!(asked[1].contains("content-type: application/json") && asked[1].ends_with("\r\n\r\n[1,2]"));
    assert!(
        asked[2].contains("authorization: Bearer t0ken") && asked[2].contains("accept: application/json")
    );
}

#[test]
fn a_token_cannot_smuggle_a_header() {
    let request = Request::get(&url("https://example.org/"));
    let smuggled = request.clone().bearer(&Secret::new("a\r\nX: y".to_owned()));
    assert_eq!(smuggled.unwrap_err(), FetchError::Request);
    let request = request.bearer(&Secret::new("t0ken".to_owned())).unwrap();
    assert!(!format!("{request:?}").contains("t0ken"));
}

#[tokio::test]
async fn a_body_of_exactly_the_limit_is_read() {
    let server = Server::saying(answer("200 OK", "", &"x".repeat(1000))).await;
    assert_eq!(fetcher(limits()).get(&server.url("/")).await.unwrap().body.len(), 1000);
}

#[tokio::test]
async fn hostile_answers_are_refused() {
    let many: String = (0..=MAX_HEADERS).map(|n| format!("x-{n}: 1\r\n")).collect();
    let huge = format!("x: {}\r\n", "y".repeat(2_000_000));
    let cases: [(&str, String, &str); 12] = [
        ("one byte too long", answer("200 OK", "", &"x".repeat(1001)), "fetch-too-large"),
        (
            "announced too long",
            "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n".into(),
            "fetch-too-large",
        ),
        (
            "chunked too long",
            format!(
                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{}\r\n0\r\n\r\n",
                1001,
                "x".repeat(1001)
            ),
            "fetch-too-large",
        ),
        (
            "length unknown, too long",
            format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(1001)),
            "fetch-too-large",
        ),
        ("cut off", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf".into(), "fetch-answer"),
        (
            "cut off chunk",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\nhalf".into(),
            "fetch-answer",
        ),
        ("not http", "SSH-2.0-OpenSSH_9.2\r\n".into(), "fetch-answer"),
        ("nothing", String::new(), "fetch-answer"),
        ("negative length", "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n".into(), "fetch-answer"),
        (
            "two lengths",
            "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab".into(),
            "fetch-answer",
        ),
        ("many headers", answer("200 OK", &many, ""), "fetch-answer"),
        ("huge header", answer("200 OK", &huge, ""), "fetch-answer"),
    ];
    for (name, bytes, expected) in cases {
        let server = Server::saying(bytes).await;
        assert_eq!(code(&fetcher(limits()), &server.url("/")).await, Err(expected), "{name}");
    }
    let server = Server::saying(answer("200 OK", "x: y\r\n", "ok")).await;
    assert_eq!(code(&fetcher(limits()), &server.url("/")).await, Ok(200));
}

#[tokio::test]
async fn an_endless_body_is_cut_off_at_the_limit() {
    let server = Server::start(|mut stream, _| async move {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        let _ = stream.write_all(head.as_bytes()).await;
        while stream.write_all(b"4\r\nxxxx\r\n").await.is_ok() {}
    })
    .await;
    assert_eq!(code(&fetcher(limits()), &server.url("/")).await, Err("fetch-too-large"));
}

#[tokio::test]
async fn a_slow_server_is_left_alone() {
    let trickle = Server::start(|mut stream, _| async move {
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n";
        let _ = stream.write_all(head.as_bytes()).await;
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let silent = Server::start(|stream, _| async move {
        tokio::time::sleep(Duration::from_secs(60)).await;
        drop(stream);
    })
    .await;
    let hasty = fetcher(Limits { total: Duration::from_millis(300), ..limits() });
    assert_eq!(code(&hasty, &trickle.url("/")).await, Err("fetch-timeout"), "one byte at a time");
    assert_eq!(code(&hasty, &silent.url("/")).await, Err("fetch-timeout"), "no answer");
}

/// Redirects `/N` to `/N-1`; `/0` answers. Other paths redirect to what follows the slash.
async fn redirecting() -> Server {
    Server::start(|mut stream, request| async move {
        let path = request.split(' ').nth(1).unwrap_or("/").trim_start_matches('/').to_owned();
        let text = match path.parse::<u32>() {
            Ok(0) => answer("200 OK", "", "done"),
            Ok(n) => answer("302 Found", &format!("location: /{}#part\r\n", n - 1), ""),
            Err(_) => answer("307 Temporary Redirect", &format!("location: {path}\r\n"), ""),
        };
        let _ = stream.write_all(text.as_bytes()).await;
        let _ = stream.read(&mut [0; 64]).await;
    })
    .await
}

#[tokio::test]
async fn redirects_are_followed_only_when_told_to_and_checked_each_time() {
    let server = redirecting().await;
    let none = fetcher(limits());
    let two = fetcher(Limits { redirects: 2, ..limits() });
    assert_eq!(code(&none, &server.url("/1")).await, Err("fetch-redirect"), "by default");
    assert_eq!(code(&none, &server.url("/0")).await, Ok(200));
    assert_eq!(code(&two, &server.url("/3")).await, Err("fetch-redirect"), "one too many");
    let response = two.get(&server.url("/2")).await.unwrap();
    assert_eq!((response.body.as_slice(), &response.url), (&b"done"[..], &server.url("/0")));
    let cases = [
        ("link-local", "https://169.254.169.254/latest/meta-data", "fetch-address"),
        ("private", "https://10.0.0.1/", "fetch-address"),
        ("public, in development", "https://8.8.8.8/", "fetch-address"),
        ("http elsewhere", "http://10.0.0.1/", "fetch-redirect"),
        ("file", "file:///etc/passwd", "fetch-redirect"),
        ("data", "data:text/plain,x", "fetch-redirect"),
        ("with password", "https://a:b@127.0.0.1/", "fetch-redirect"),
        ("nowhere", "", "fetch-redirect"),
    ];
    for (name, to, expected) in cases {
        assert_eq!(code(&two, &server.url(&format!("/{to}"))).await, Err(expected), "{name}");
    }
    let post = two.post_form(&server.url("/1"), &[]).await;
    assert_eq!(post.unwrap_err(), FetchError::Redirect, "a POST");
    let token = Request::get(&server.url("/1")).bearer(&Secret::new("t".to_owned())).unwrap();
    assert_eq!(two.send(token).await.unwrap_err(), FetchError::Redirect, "with a token");
}

#[tokio::test]
async fn private_addresses_are_not_even_connected_to() {
    let server = Server::saying(answer("200 OK", "", "secret")).await;
    let public = Fetcher::with_roots(limits(), Addresses::PublicOnly, &[b"no certificate".to_vec()]);
    assert_eq!(public.unwrap_err(), FetchError::Setup);
    let Ok(public) = Fetcher::new(limits(), Addresses::PublicOnly) else {
        println!("skipped: this system has no certificate authorities");
        return;
    };
    let port = server.port;
    let cases = [
        ("http", format!("http://127.0.0.1:{port}/"), "fetch-scheme"),
        ("loopback", format!("https://127.0.0.1:{port}/"), "fetch-address"),
        ("loopback by name", format!("https://localhost:{port}/"), "fetch-address"),
        ("loopback as one number", format!("https://2130706433:{port}/"), "fetch-address"),
        ("loopback in hexadecimal", format!("https://0x7f.1:{port}/"), "fetch-address"),
        ("loopback in octal", format!("https://0177.0.0.1:{port}/"), "fetch-address"),
        ("loopback v6", format!("https://[::1]:{port}/"), "fetch-address"),
        ("v4-mapped", format!("https://[::ffff:127.0.0.1]:{port}/"), "fetch-address"),
        ("all interfaces", format!("https://0.0.0.0:{port}/"), "fetch-address"),
        ("private", "https://192.168.0.1/".to_owned(), "fetch-address"),
        ("metadata", "https://169.254.169.254/".to_owned(), "fetch-address"),
    ];
    for (name, address, expected) in cases {
        assert_eq!(code(&public, &url(&address)).await, Err(expected), "{name}");
    }
    assert_eq!(server.asked(), Vec::<String>::new());
    let dev = fetcher(limits());
    assert_eq!(code(&dev, &url(&format!("http://localhost:{port}/"))).await, Ok(200));
    assert_eq!(code(&dev, &url("https://192.168.0.1/")).await, Err("fetch-address"));
}

#[tokio::test]
async fn failures_to_connect_have_their_own_codes() {
    let dev = fetcher(Limits { connect: Duration::from_millis(800), ..limits() });
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    assert_eq!(code(&dev, &url(&format!("http://127.0.0.1:{closed}/"))).await, Err("fetch-connect"));
    let plain = Server::saying(answer("200 OK", "", "")).await;
    let secure = format!("https://127.0.0.1:{}/", plain.port);
    assert_eq!(code(&dev, &url(&secure)).await, Err("fetch-connect"), "no TLS there");
    let unknown = code(&dev, &url("https://no-such-host.invalid/")).await;
    assert!(matches!(unknown, Err("fetch-resolve" | "fetch-timeout")), "{unknown:?}");
}

#[tokio::test]
async fn a_private_network_is_reached_at_one_host_only() {
    let only = url("https://hub.kota.example:8443/alerts");
    let Ok(private) = Fetcher::private(limits(), &only) else {
        println!("skipped: this system has no certificate authorities");
        return;
    };
    let cases = [
        ("another host", "https://lain.kota.example:8443/alerts", "fetch-address"),
        ("a host below it", "https://x.hub.kota.example:8443/alerts", "fetch-address"),
        ("another port", "https://hub.kota.example/alerts", "fetch-address"),
        ("a number beside it", "https://192.168.0.1:8443/", "fetch-address"),
    ];
    for (name, address, expected) in cases {
        assert_eq!(code(&private, &url(address)).await, Err(expected), "{name}");
    }
    // The name may lead into the city's network, never to this machine or the link: so no name is turned against it.
    for address in
        ["https://localhost:9/", "https://127.0.0.1:9/", "https://169.254.169.254/", "https://[::1]:9/"]
    {
        let private = Fetcher::private(limits(), &url(address)).unwrap();
        assert_eq!(code(&private, &url(address)).await, Err("fetch-address"), "{address}");
    }
    // Where it may go it goes, and finds nobody: no refusal of ours.
    let quick = Limits { connect: Duration::from_millis(200), ..limits() };
    let inside = url("https://10.255.255.1:9/");
    let refused = code(&Fetcher::private(quick, &inside).unwrap(), &inside).await.unwrap_err();
    assert!(!["fetch-address", "fetch-scheme"].contains(&refused), "{refused}");
}
