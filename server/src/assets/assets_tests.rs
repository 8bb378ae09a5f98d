//! Stories of the files: a browser gets the shell, the hashed files, and nothing else.

use std::fs;
use std::path::PathBuf;

use axum::http::Request;
use tower::ServiceExt;

use super::*;

struct Dist(PathBuf);

impl Dist {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("huiyue-dist-{}-{name}", std::process::id()));
        for app in ["m", "desk"] {
            fs::create_dir_all(root.join(app)).expect("a directory");
            fs::write(root.join(app).join("index.html"), format!("<script>start('{app}')</script>")).expect("a shell");
            fs::write(root.join(app).join("sw.js"), "self.addEventListener('fetch', () => {})").expect("a worker");
        }
        fs::write(root.join("m/member-0123456789abcdef_bg.wasm"), "wasm").expect("a file");
        fs::write(root.join("m/member-0123456789abcdef_bg.wasm.br"), "packed").expect("a file");
        Self(root)
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
        self.send("GET", path, headers).await
    }

    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let router: Router = router(Place::new(Some(self.0.clone())));
        router.oneshot(request.body(Body::empty()).expect("a request")).await.expect("an answer")
    }
}

impl Drop for Dist {
    fn drop(&mut self) {
        let _best_effort = fs::remove_dir_all(&self.0);
    }
}

fn header_of(response: &Response<Body>, name: &str) -> String {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

async fn text(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 10_000).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[tokio::test]
async fn every_page_of_an_app_gets_its_shell_with_a_strict_policy() {
    let dist = Dist::new("shell");
    for (path, app) in [("/", "m"), ("/m/", "m"), ("/m/bookings/42", "m"), ("/desk", "desk"), ("/desk/board", "desk")] {
        let response = dist.get(path, &[]).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(header_of(&response, "cache-control"), "no-cache");
        assert!(header_of(&response, "content-security-policy").contains("'sha256-"));
        assert!(text(response).await.contains(&format!("start('{app}')")), "{path}");
    }
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_come_packed() {
    let dist = Dist::new("hashed");
    let path = "/m/member-0123456789abcdef_bg.wasm";
    let packed = dist.get(path, &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(header_of(&packed, "content-encoding"), "br");
    assert_eq!(header_of(&packed, "content-type"), "application/wasm");
    assert!(header_of(&packed, "cache-control").contains("immutable"));
    assert_eq!(text(dist.get(path, &[]).await).await, "wasm");
    assert_eq!(header_of(&dist.get("/m/sw.js", &[]).await, "cache-control"), "no-cache");
}

#[tokio::test]
async fn a_known_file_is_not_sent_again() {
    let dist = Dist::new("etag");
    let tag = header_of(&dist.get("/m/", &[]).await, "etag");
    let again = dist.get("/m/", &[("if-none-match", &tag)]).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn files_that_are_missing_or_outside_are_not_found() {
    let dist = Dist::new("missing");
    for path in ["/m/missing.js", "/m/../desk/index.html", "/m/..%2F..%2Fetc%2Fpasswd", "/elsewhere"] {
        assert_eq!(dist.get(path, &[]).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn what_cannot_be_had_is_told_as_a_problem() {
    let dist = Dist::new("problems");
    for (method, path, status, code) in [
        ("GET", "/m/missing.js", StatusCode::NOT_FOUND, "not_found"),
        ("GET", "/m/%FF", StatusCode::BAD_REQUEST, "malformed"),
        ("POST", "/desk/board", StatusCode::METHOD_NOT_ALLOWED, "method"),
    ] {
        let response = dist.send(method, path, &[]).await;
        assert_eq!((response.status(), header_of(&response, "content-type").as_str()), (status, "application/problem+json"), "{path}");
        assert!(text(response).await.contains(&format!("/problems/{code}")), "{path}");
    }
}

#[tokio::test]
async fn without_built_apps_the_server_says_so() {
    let router: Router = router(Place::new(Some(std::env::temp_dir().join("no-such-dist"))));
    let response = router.oneshot(Request::get("/").body(Body::empty()).expect("a request")).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_service_worker_may_fetch_the_files_it_keeps() {
    let dist = Dist::new("worker");
    let worker = dist.get("/m/sw.js", &[]).await;
    assert!(header_of(&worker, "content-security-policy").contains("connect-src 'self'"));
}
