//! A person in a story: sees words, taps what carries them, types into what is labelled.

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::proxy::Proxy;

/// How long something may take before the story fails. Never waited for when it comes sooner.
const PATIENCE: Duration = Duration::from_secs(30);

/// Finds what can be tapped by its words or label: the innermost visible match, open dialogs first.
const FIND: &str = r"
const words = arguments[0];
const dialogs = [...document.querySelectorAll('dialog[open]')];
const root = dialogs.length ? dialogs[dialogs.length - 1] : document;
const kinds = 'button, a, summary, [role=button], [role=tab], [role=option], label';
const able = [...root.querySelectorAll(kinds + ', input[type=submit], input[type=radio], input[type=checkbox]')];
const said = element => (element.getAttribute('aria-label') || '') + ' ' + (element.innerText || element.value || '');
const text = element => said(element).replace(/\s+/g, ' ').trim();
const seen = element => element.getClientRects().length > 0 && !element.disabled && element.getAttribute('aria-disabled') !== 'true';
const found = able.filter(element => seen(element) && text(element).includes(words));
found.sort((a, b) => text(a).length - text(b).length);
return found[0] || null;";

/// Whether an element is where it was a moment ago.
const STANDS_STILL: &str = r"
const [element, done] = arguments;
const place = () => { const box = element.getBoundingClientRect(); return [box.x, box.y, box.width, box.height].join(); };
const before = place();
setTimeout(() => done(place() === before), 60);";

/// Finds an input by its label, placeholder or name.
const FIELD: &str = r"
const words = arguments[0];
const dialogs = [...document.querySelectorAll('dialog[open]')];
const root = dialogs.length ? dialogs[dialogs.length - 1] : document;
const fields = [...root.querySelectorAll('input, textarea, select')];
const labels = field => [...(field.labels || [])].map(label => label.innerText);
const label = field => [field.getAttribute('aria-label'), field.placeholder, field.name, ...labels(field)].join(' ');
const seen = fields.filter(field => field.getClientRects().length > 0);
const own = field => [...(field.labels || [])].some(l => l.innerText.trim().startsWith(words));
return seen.find(own) || seen.find(field => label(field).includes(words)) || null;";

/// A person with a browser.
pub struct Actor {
    /// Name, for messages.
    pub name: String,
    /// Their browser.
    pub browser: WebDriver,
    /// Their wire.
    pub wire: Proxy,
}

impl Actor {
    /// Opens a page of the app.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn open(&self, path: &str) -> Result<()> {
        self.browser.goto(self.wire.url(path)).await.with_context(|| format!("{} opens {path}", self.name))
    }

    /// Waits until the words are on the screen.
    ///
    /// # Errors
    /// When they do not come; with what is there instead.
    pub async fn sees(&self, words: &str) -> Result<()> {
        let there = || async { Ok(self.text().await?.contains(words).then_some(())) };
        self.until(&format!("sees {words:?}"), there).await
    }

    /// Waits until the words are gone.
    ///
    /// # Errors
    /// When they stay.
    pub async fn no_longer_sees(&self, words: &str) -> Result<()> {
        let gone = || async { Ok((!self.text().await?.contains(words)).then_some(())) };
        self.until(&format!("no longer sees {words:?}"), gone).await
    }

    /// Taps the button, link or choice that carries the words.
    ///
    /// # Errors
    /// When there is none.
    pub async fn taps(&self, words: &str) -> Result<()> {
        let tap = || async {
            if self.is_fresh().await? {
                return Ok(None);
            }
            let Some(element) = self.find(FIND, words).await? else { return Ok(None) };
            Ok(self.clicks(&element).await)
        };
        self.until(&format!("taps {words:?}"), tap).await
    }

    /// Taps the first element of a selector.
    ///
    /// # Errors
    /// When there is none.
    pub async fn taps_on(&self, selector: &str) -> Result<()> {
        let tap = || async {
            if self.is_fresh().await? {
                return Ok(None);
            }
            let Ok(element) = self.browser.find(By::Css(selector)).await else { return Ok(None) };
            Ok(self.clicks(&element).await)
        };
        self.until(&format!("taps on {selector}"), tap).await
    }

    /// Clicks what stands still: the browser aims first and clicks then, and what has moved meanwhile is missed.
    async fn clicks(&self, element: &WebElement) -> Option<()> {
        element.scroll_into_view().await.ok()?;
        let still = self.browser.execute_async(STANDS_STILL, vec![element.to_json().ok()?]).await.ok()?;
        match still.json().as_bool() {
            Some(true) => element.click().await.ok(),
            _ => None,
        }
    }

    /// Whether what is shown has come so lately that it takes no tap; nobody taps that fast who has read it.
    async fn is_fresh(&self) -> Result<bool> {
        Ok(self.count("html[data-fresh]").await? > 0)
    }

    /// Waits until a selector finds something.
    ///
    /// # Errors
    /// When it never does.
    pub async fn has(&self, selector: &str) -> Result<()> {
        self.until(&format!("has {selector}"), || async { Ok((self.count(selector).await? > 0).then_some(())) }).await
    }

    /// Waits until a selector finds nothing any more.
    ///
    /// # Errors
    /// When it always does.
    pub async fn has_no(&self, selector: &str) -> Result<()> {
        self.until(&format!("has no {selector}"), || async { Ok((self.count(selector).await? == 0).then_some(())) }).await
    }

    /// Waits until nothing on the screen is still loading or moving.
    ///
    /// # Errors
    /// When it never is.
    pub async fn settles(&self) -> Result<()> {
        let script = "return document.fonts.status === 'loaded' && !document.querySelector('.skeleton') \
                      && document.getAnimations().every(animation => animation.playState !== 'running')";
        let still =
            || async { Ok(self.browser.execute(script, Vec::<Value>::new()).await?.json().as_bool().unwrap_or(false).then_some(())) };
        self.until("sees the screen come to rest", still).await
    }

    /// Types into the field with that label.
    ///
    /// # Errors
    /// When there is none.
    pub async fn types(&self, label: &str, text: &str) -> Result<()> {
        let fill = || async {
            let Some(element) = self.find(FIELD, label).await? else { return Ok(None) };
            if element.clear().await.is_err() {
                return Ok(None);
            }
            Ok(element.send_keys(text).await.ok())
        };
        self.until(&format!("types into {label:?}"), fill).await
    }

    /// Pastes into the field with that label, whatever is in it.
    ///
    /// # Errors
    /// When there is none.
    pub async fn pastes(&self, label: &str, text: &str) -> Result<()> {
        let fill = || async {
            let Some(element) = self.find(FIELD, label).await? else { return Ok(None) };
            element.focus().await?;
            Ok(self.browser.cdp().send_raw("Input.insertText", json!({ "text": text })).await.ok())
        };
        self.until(&format!("pastes into {label:?}"), fill).await?;
        Ok(())
    }

    /// The text of the first element of a selector.
    ///
    /// # Errors
    /// When there is none.
    pub async fn text_of(&self, selector: &str) -> Result<String> {
        let script = "return (document.querySelector(arguments[0]) || {}).innerText || null";
        let read = || async { Ok(self.browser.execute(script, vec![json!(selector)]).await?.json().as_str().map(str::to_owned)) };
        self.until(&format!("reads {selector}"), read).await
    }

    /// The rest of the address behind a prefix.
    ///
    /// # Errors
    /// When the address never begins so.
    pub async fn address_after(&self, prefix: &str) -> Result<String> {
        let read = || async {
            let path = self.browser.execute("return location.pathname", Vec::<Value>::new()).await?;
            Ok(path.json().as_str().and_then(|path| path.strip_prefix(prefix)).map(str::to_owned))
        };
        self.until(&format!("is below {prefix}"), read).await
    }

    /// Everything on the screen, as text.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn text(&self) -> Result<String> {
        let text = self.browser.execute("return document.body ? document.body.innerText : ''", Vec::<Value>::new()).await?;
        Ok(text.json().as_str().unwrap_or_default().to_owned())
    }

    /// How many elements a selector finds.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn count(&self, selector: &str) -> Result<u64> {
        let count = self.browser.execute("return document.querySelectorAll(arguments[0]).length", vec![json!(selector)]).await?;
        Ok(count.json().as_u64().unwrap_or_default())
    }

    /// Waits until the service worker controls the page, so that the app opens without a network.
    ///
    /// # Errors
    /// When it never does.
    pub async fn is_installed(&self) -> Result<()> {
        let script = "return navigator.serviceWorker.controller !== null";
        let ready =
            || async { Ok(self.browser.execute(script, Vec::<Value>::new()).await?.json().as_bool().unwrap_or(false).then_some(())) };
        self.until("has the app on the device", ready).await
    }

    /// Takes IndexedDB and service workers away from the next page on.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn keeps_nothing(&self) -> Result<()> {
        let script = "delete Navigator.prototype.serviceWorker; Object.defineProperty(window, 'indexedDB', { value: undefined });";
        self.browser.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        Ok(())
    }

    /// Moves the clock of the device from the next page on.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn moves_the_clock(&self, minutes: i64) -> Result<()> {
        let script = format!(
            "{{ const by = {minutes} * 60000, real = Date; const now = real.now.bind(real); \
             Date = class extends real {{ constructor(...a) {{ a.length ? super(...a) : super(now() + by); }} \
             static now() {{ return now() + by; }} }}; }}"
        );
        self.browser.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        Ok(())
    }

    /// A picture of the screen, where `HUIYUE_SHOTS` says.
    ///
    /// # Errors
    /// When it cannot be taken or written.
    pub async fn shot(&self, name: &str) -> Result<()> {
        let Some(place) = std::env::var_os("HUIYUE_SHOTS").map(PathBuf::from) else { return Ok(()) };
        tokio::fs::create_dir_all(&place).await?;
        self.browser.screenshot(&place.join(format!("{name}.png"))).await?;
        Ok(())
    }

    async fn find(&self, script: &str, words: &str) -> Result<Option<WebElement>> {
        let found = self.browser.execute(script, vec![json!(words)]).await?;
        Ok(if found.json().is_null() { None } else { Some(found.element()?) })
    }

    /// Waits for a condition.
    ///
    /// # Errors
    /// When it does not come true in time; with what is on the screen.
    pub async fn until<T, F: Future<Output = Result<Option<T>>>>(&self, what: &str, condition: impl Fn() -> F) -> Result<T> {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            // A page that is just being replaced cannot be asked: that is not an answer yet.
            if let Ok(Some(found)) = condition().await {
                return Ok(found);
            }
            if tokio::time::Instant::now() > deadline {
                drop(self.shot(&format!("failed-{}", self.name)).await);
                bail!("{} never {what}; on the screen:\n{}", self.name, self.text().await.unwrap_or_default());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}
