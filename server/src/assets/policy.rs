//! The content security policy of a shell: nothing from elsewhere, and of inline scripts and styles only those that stand in the file.

use axum::http::HeaderValue;
use sha2::{Digest, Sha256};

/// A service worker lives by the policy of its own script: it must be able to fetch the files it keeps.
pub const FOR_WORKER: &str = "default-src 'none'; connect-src 'self'";

/// The policy for a page, or `None` when it could not be written as a header (it always can).
pub fn for_shell(html: &[u8]) -> Option<HeaderValue> {
    let text = String::from_utf8_lossy(html);
    let (scripts, styles) = (hashes_of(&inline(&text, "script")), hashes_of(&inline(&text, "style")));
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).ok()
}

fn hashes_of(texts: &[&str]) -> String {
    texts.iter().map(|text| format!(" 'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))).collect()
}

/// The texts of all scripts or styles that stand in the page, exactly as they stand: the browser hashes the same characters.
fn inline<'a>(html: &'a str, element: &str) -> Vec<&'a str> {
    let (opening, closing) = (format!("<{element}"), format!("</{element}"));
    let mut texts = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find(&opening) {
        let Some(open_end) = rest.get(start..).and_then(|tag| tag.find('>')).map(|end| start + end) else { break };
        let attributes = rest.get(start..open_end).unwrap_or_default();
        let Some(body) = rest.get(open_end + 1..) else { break };
        let Some(end) = body.find(&closing) else { break };
        if !attributes.split_ascii_whitespace().any(|attribute| attribute.starts_with("src=")) {
            texts.push(body.get(..end).unwrap_or_default());
        }
        rest = body.get(end..).unwrap_or_default();
    }
    texts
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = at(0) << 16 | at(1) << 8 | at(2);
        for (index, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let letter = LETTERS.get((group >> shift & 63) as usize).copied().unwrap_or(b'A');
            text.push(if index <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_as_in_its_standard() {
        let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, coded) in pairs {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn only_inline_scripts_are_hashed_exactly_as_they_stand() {
        let html = "<head><script type=\"module\">\nstart()\n</script><script src=\"/m/a.js\"></script></head>";
        assert_eq!(inline(html, "script"), ["\nstart()\n"]);
        let policy = for_shell(html.as_bytes()).expect("a policy");
        let expected = base64(&Sha256::digest(b"\nstart()\n"));
        let text = policy.to_str().expect("text");
        assert!(text.contains(&format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{expected}';")));
        assert!(!text.contains("unsafe-inline"));
    }

    #[test]
    fn the_style_of_the_first_words_is_hashed_too() {
        let html = "<style>body { margin: 0 }</style><link rel=\"stylesheet\" href=\"/m/a.css\">";
        let policy = for_shell(html.as_bytes()).expect("a policy");
        let expected = base64(&Sha256::digest(b"body { margin: 0 }"));
        assert!(policy.to_str().expect("text").contains(&format!("style-src 'self' 'sha256-{expected}';")));
    }

    #[test]
    fn a_page_that_never_closes_its_script_has_no_hash() {
        assert!(inline("<script>alert(1)", "script").is_empty());
        assert!(inline("<script", "script").is_empty());
    }
}
