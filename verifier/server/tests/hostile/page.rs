//! The page's own calls, and what each entry of the catalogue comes to there.

use std::sync::Arc;

use absah_host::CommonArgs;
use absah_verifier::{App, Desk, desk_router};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{Method, Request};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::world::Counter;

const AUTHORITY: &str = "127.0.0.1:8474";
const KEY: &str = "the-key-of-this-start";

pub(crate) struct Page(Router);

impl Page {
    pub(crate) async fn of(counter: &Counter) -> Self {
        let (mut context, _) = counter.context();
        let common = CommonArgs { data_dir: Some(counter.data()), json: true, dev_loopback: true };
        let app = Arc::new(App::open(&common, &mut context).await.unwrap());
        Self(desk_router(Desk::new(app, KEY, AUTHORITY, "Bu Sri", context.console.log())))
    }

    async fn post(&self, path: &str, kind: &str, body: Vec<u8>) -> String {
        let request = Request::builder().method(Method::POST).uri(path).header(HOST, AUTHORITY);
        let request = request.header(AUTHORIZATION, format!("Bearer {KEY}")).header(CONTENT_TYPE, kind);
        let response = self.0.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        String::from_utf8(to_bytes(response.into_body(), 1 << 24).await.unwrap().to_vec()).unwrap()
    }

    /// The code for these texts, and the answer as it was sent.
    pub(crate) async fn read(&self, texts: &[String]) -> (String, String) {
        let body =
            self.post("/api/read", "application/json", json!({ "texts": texts }).to_string().into()).await;
        let said: Value = serde_json::from_str(&body).unwrap_or(Value::Null);
        let code = match said["state"].as_str() {
            Some("part") => "frames-missing",
            Some("other") => said["told"]["code"].as_str().unwrap_or("no code"),
            Some("result") => {
                assert_eq!(said["facts"], json!([]), "{body}");
                assert_eq!((&said["portrait"], &said["tag"]), (&Value::Null, &Value::Null), "{body}");
                said["code"].as_str().unwrap_or("no code")
            }
            _ => said["code"].as_str().unwrap_or("no state"),
        };
        (code.to_owned(), body)
    }

    /// The same for a file.
    pub(crate) async fn picture(&self, file: Vec<u8>) -> (String, String) {
        let body = self.post("/api/picture", "application/octet-stream", file).await;
        let said: Value = serde_json::from_str(&body).unwrap_or(Value::Null);
        match said["texts"].as_array() {
            None => (
                said["told"]["code"].as_str().or(said["code"].as_str()).unwrap_or("no code").to_owned(),
                body,
            ),
            Some(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| text.as_str().unwrap().to_owned()).collect();
                self.read(&texts).await
            }
        }
    }
}
