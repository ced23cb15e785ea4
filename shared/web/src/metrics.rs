//! What a running server counts, as Prometheus reads it (OpenMetrics text), on a listener of its own.
//!
//! Labels are names of routes, methods, statuses, logs and codes. The path as it was asked is none: it can hold the secret of
//! an offer, and whatever a caller likes to put there.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse as _;
use axum::routing::get;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use tokio::task::JoinSet;

use crate::{Limits, harden};

/// "The content type MUST be …": OpenMetrics 1.0.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Seconds up to which requests are counted together.
const BUCKETS: [f64; 9] = [0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0];

type Labels = Vec<(&'static str, String)>;

/// The figures of a server; cheap to clone.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Family<Labels, Histogram>,
    gauges: BTreeMap<&'static str, Family<Labels, Gauge>>,
}

impl Metrics {
    /// The figures of a program: requests, and gauges by name and meaning.
    #[must_use]
    pub fn new(program: &str, version: &str, gauges: &[(&'static str, &'static str)]) -> Self {
        let mut registry = Registry::with_prefix("absah");
        let build = Family::<Labels, Gauge>::default();
        build.get_or_create(&vec![("program", program.to_owned()), ("version", version.to_owned())]).set(1);
        registry.register("build_info", "The program that answers", build);
        let requests = Family::<Labels, Counter>::default();
        registry.register("http_requests", "Requests answered", requests.clone());
        let seconds: Family<Labels, Histogram> = Family::new_with_constructor(|| Histogram::new(BUCKETS));
        registry.register_with_unit(
            "http_request_duration",
            "Time to the answer",
            Unit::Seconds,
            seconds.clone(),
        );
        let mut kept = BTreeMap::new();
        for (name, help) in gauges {
            let gauge = Family::<Labels, Gauge>::default();
            registry.register(*name, *help, gauge.clone());
            kept.insert(*name, gauge);
        }
        Self(Arc::new(Parts { registry, requests, seconds, gauges: kept }))
    }

    /// Sets a gauge that was named at the beginning; another name changes nothing.
    pub fn set(&self, gauge: &str, labels: Labels, value: i64) {
        if let Some(family) = self.0.gauges.get(gauge) {
            family.get_or_create(&labels).set(value);
        }
    }

    /// Forgets all values of a gauge, before those that hold now are set.
    pub fn clear(&self, gauge: &str) {
        if let Some(family) = self.0.gauges.get(gauge) {
            family.clear();
        }
    }

    /// Counts every request of these finished routes.
    pub fn count(&self, routes: Router) -> Router {
        let metrics = self.clone();
        routes.layer(from_fn(move |request: Request, next: Next| {
            let metrics = metrics.clone();
            async move {
                let route = request.extensions().get::<MatchedPath>();
                let route = route.map_or("other", MatchedPath::as_str).to_owned();
                let method = name_of(request.method());
                let began = tokio::time::Instant::now();
                let response = next.run(request).await;
                let labels = vec![
                    ("route", route.clone()),
                    ("method", method.to_owned()),
                    ("status", response.status().as_u16().to_string()),
                ];
                metrics.0.requests.get_or_create(&labels).inc();
                metrics
                    .0
                    .seconds
                    .get_or_create(&vec![("route", route)])
                    .observe(began.elapsed().as_secs_f64());
                response
            }
        }))
    }

    /// `GET /metrics`; `look` sets the gauges before they are told.
    pub fn router<F, W>(&self, look: F) -> Router
    where
        F: Fn(Self) -> W + Clone + Send + Sync + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        let metrics = self.clone();
        let tell = move || {
            let (metrics, look) = (metrics.clone(), look.clone());
            async move {
                look(metrics.clone()).await;
                ([(CONTENT_TYPE, OPEN_METRICS)], metrics.text()).into_response()
            }
        };
        harden(Router::new().route("/metrics", get(tell)), Limits::default())
    }

    /// Serves [`Metrics::router`] beside a program's own listener, until the handle is dropped.
    ///
    /// # Errors
    /// When the address is taken or not this machine's.
    pub async fn listen<F, W>(&self, address: SocketAddr, look: F) -> std::io::Result<MetricsListener>
    where
        F: Fn(Self) -> W + Clone + Send + Sync + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        let listener = tokio::net::TcpListener::bind(address).await?;
        let url = crate::base_url(&listener)?;
        let mut task = JoinSet::new();
        task.spawn(crate::serve(listener, self.router(look), std::future::pending()));
        Ok(MetricsListener { url, _task: task })
    }

    /// The figures as text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Into memory: nothing to fail.
        let _ = encode(&mut text, &self.0.registry);
        text
    }
}

/// A listener for figures; it ends when this is dropped.
#[derive(Debug)]
pub struct MetricsListener {
    /// Where it is reached.
    pub url: String,
    _task: JoinSet<()>,
}

/// A caller can invent methods.
fn name_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use tower::ServiceExt as _;

    async fn ask(routes: &Router, method: &str, path: &str) -> (u16, String) {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let answer = routes.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let bytes = to_bytes(answer.into_body(), 1 << 16).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn what_is_counted_and_what_is_never_told() {
        let metrics = Metrics::new("absah-test", "0.2.0", &[("ledger_size", "Leaves")]);
        let routes = Router::new().route("/offers/{secret}", get(|| async { "ok" }));
        let routes = metrics.count(harden(routes, Limits::default()));
        for path in ["/offers/3577010101900001", "/offers/rahasia", "/3577010101900001?nik=3577010101900001"]
        {
            ask(&routes, "GET", path).await;
        }
        ask(&routes, "NIK3577010101900001", "/offers/x").await;
        let listener = metrics.router(|metrics| async move {
            metrics.set("ledger_size", vec![("log", "audit".to_owned())], 7);
            metrics.set("unknown", Vec::new(), 1);
        });
        let (status, text) = ask(&listener, "GET", "/metrics").await;
        assert_eq!(status, 200);
        for line in [
            r#"absah_build_info{program="absah-test",version="0.2.0"} 1"#,
            r#"absah_http_requests_total{route="/offers/{secret}",method="GET",status="200"} 2"#,
            r#"absah_http_requests_total{route="other",method="GET",status="404"} 1"#,
            r#"absah_http_requests_total{route="/offers/{secret}",method="other",status="405"} 1"#,
            r#"absah_http_request_duration_seconds_count{route="/offers/{secret}"} 3"#,
            r#"absah_ledger_size{log="audit"} 7"#,
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(
            text.ends_with("# EOF\n") && !text.contains("3577010101900001") && !text.contains("rahasia"),
            "{text}"
        );
        metrics.clear("ledger_size");
        assert!(!metrics.text().contains("absah_ledger_size{"));
        assert_eq!(ask(&listener, "GET", "/").await.0, 404, "nothing else is on this listener");
    }
}
