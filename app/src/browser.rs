//! The powers of the browser, in one place: clock, randomness, locks, channels between tabs, storage, user agent. Everything
//! else is told.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use shared::time::Timestamp;
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The device's wall clock, uncorrected.
#[must_use]
pub fn wall_clock() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit an i64 for 292 million years")]
    Timestamp(js_sys::Date::now() as i64)
}

/// A new UUIDv7.
#[must_use]
pub fn new_uuid() -> Uuid {
    let mut random = [0; 10];
    // Every browser that runs WASM has it in a window.
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut random);
    }
    let millis = u64::try_from(wall_clock().0).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

/// A random number from 0 up to 1, for jitter.
#[must_use]
pub fn random() -> f64 {
    js_sys::Math::random()
}

/// The text of the file that was chosen in an input: in UTF-8, or as Excel writes it in China. `None` where there is none, or it has more
/// than `most_bytes`.
pub async fn chosen_text(input: &web_sys::HtmlInputElement, most_bytes: u32) -> Option<String> {
    let file = input.files()?.get(0).filter(|file| file.size() <= f64::from(most_bytes))?;
    let bytes = js_sys::Uint8Array::new(&JsFuture::from(file.array_buffer()).await.ok()?).to_vec();
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(other) => web_sys::TextDecoder::new_with_label("gb18030").ok()?.decode_with_u8_array(other.as_bytes()).ok(),
    }
}

/// The same letters in their composed form (NFC).
#[must_use]
pub fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

/// The region of the browser's language, e.g. `CN` of `zh-CN`.
#[must_use]
pub fn region() -> Option<String> {
    let language = web_sys::window()?.navigator().language()?;
    language.split('-').find(|part| part.len() == 2 && part.chars().all(|letter| letter.is_ascii_uppercase())).map(str::to_owned)
}

/// The window; both apps only ever run in one.
#[must_use]
pub fn window() -> web_sys::Window {
    web_sys::window().expect("the apps run in a window")
}

/// The document.
#[must_use]
pub fn document() -> web_sys::Document {
    window().document().expect("a window has a document")
}

/// `<html>`.
#[must_use]
pub fn html() -> web_sys::Element {
    document().document_element().expect("a document has a root")
}

/// Which of two words comes first in a language. Outside a browser, by code points.
#[must_use]
pub fn compare_words(one: &str, other: &str, language: &str) -> std::cmp::Ordering {
    if cfg!(not(target_arch = "wasm32")) {
        return one.cmp(other);
    }
    let difference = js_sys::JsString::from(one).locale_compare(other, &js_sys::Array::of1(&language.into()), &js_sys::Object::new());
    difference.cmp(&0)
}

/// Puts a text where it can be pasted from; false where the browser does not let us.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    let present = Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    present && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Takes what stands behind the `#` out of the address: a secret is not to stay in the history.
pub fn forget_hash() {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    // Fails only for an address of another origin.
    drop(window().history().and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&path))));
}

/// Whether this tab can be seen.
#[must_use]
pub fn is_visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

/// Inside WeChat: no service worker, no installing, no push; offer "open in browser".
#[must_use]
pub fn is_wechat() -> bool {
    user_agent().contains("MicroMessenger")
}

/// An iPhone or iPad: installing goes through the share sheet.
#[must_use]
pub fn is_ios() -> bool {
    let agent = user_agent();
    agent.contains("iPhone") || agent.contains("iPad")
}

/// Whether a dialog lies over the page: it is modal, and nothing below takes a key. Also in the moment in which the browser has closed one
/// that is shown again at once.
#[must_use]
pub fn has_dialog() -> bool {
    document().query_selector("dialog").ok().flatten().is_some()
}

/// Running as an installed app rather than in a browser tab.
#[must_use]
pub fn is_installed() -> bool {
    window().match_media("(display-mode: standalone)").ok().flatten().is_some_and(|query| query.matches())
}

fn user_agent() -> String {
    window().navigator().user_agent().unwrap_or_default()
}

/// The preferred languages of the browser, e.g. `zh-CN`.
#[must_use]
pub fn preferred_language() -> String {
    window().navigator().language().unwrap_or_default()
}

/// A small preference kept in local storage; absent when storage is denied.
#[must_use]
pub fn preference(name: &str) -> Option<String> {
    kept_in(window().local_storage(), name)
}

/// Keeps or forgets a small preference; silently nothing when storage is denied.
pub fn set_preference(name: &str, value: Option<&str>) {
    keep_in(window().local_storage(), name, value);
}

/// What this tab keeps over a reload. A tab that is duplicated starts with a copy.
#[must_use]
pub fn of_tab(name: &str) -> Option<String> {
    kept_in(window().session_storage(), name)
}

/// Keeps or forgets something of this tab.
pub fn set_of_tab(name: &str, value: Option<&str>) {
    keep_in(window().session_storage(), name, value);
}

fn kept_in(storage: Result<Option<web_sys::Storage>, JsValue>, name: &str) -> Option<String> {
    storage.ok().flatten()?.get_item(name).ok().flatten()
}

fn keep_in(storage: Result<Option<web_sys::Storage>, JsValue>, name: &str, value: Option<&str>) {
    let Some(storage) = storage.ok().flatten() else { return };
    // Denied or full: a preference is not worth a message.
    let _ = match value {
        Some(value) => storage.set_item(name, value),
        None => storage.remove_item(name),
    };
}

/// Calls `handler` on every event of this name at the window (`online`, `offline`, `beforeinstallprompt` …) for as long as the
/// page lives.
pub fn on_window_event(name: &str, handler: impl FnMut(web_sys::Event) + 'static) {
    listen(&window(), name, handler);
}

/// Whether a `storage` event is about this preference, or about all.
#[must_use]
pub fn is_about(event: &web_sys::Event, name: &str) -> bool {
    let key = Reflect::get(event, &"key".into()).unwrap_or(JsValue::NULL);
    key.is_null() || key.as_string().as_deref() == Some(name)
}

/// Calls `handler` whenever the tab is shown or hidden.
pub fn on_visibility(mut handler: impl FnMut(bool) + 'static) {
    listen(&document(), "visibilitychange", move |_| handler(is_visible()));
}

/// Listens for as long as the page lives.
pub fn listen(target: &web_sys::EventTarget, name: &str, handler: impl FnMut(web_sys::Event) + 'static) {
    let closure = Closure::<dyn FnMut(web_sys::Event)>::new(handler);
    // Fails only for a null callback, which this is not.
    let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Listens at the window before any element hears of the event, for as long as the page lives.
pub fn listen_first(name: &str, handler: impl FnMut(web_sys::Event) + 'static) {
    let closure = Closure::<dyn FnMut(web_sys::Event)>::new(handler);
    // Fails only for a null callback, which this is not.
    let _ = window().add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
    closure.forget();
}

/// Waits.
pub async fn sleep(milliseconds: u32) {
    gloo_timers::future::TimeoutFuture::new(milliseconds).await;
}

/// Bytes used and available, where the browser tells.
pub async fn storage_estimate() -> Option<(f64, f64)> {
    let estimate = JsFuture::from(storage_manager()?.estimate().ok()?).await.ok()?;
    let number = |name: &str| Reflect::get(&estimate, &name.into()).ok().and_then(|value| value.as_f64());
    Some((number("usage")?, number("quota")?))
}

/// Asks the browser not to evict what is stored; `true` when it promises.
pub async fn persist_storage() -> bool {
    let asked = storage_manager().and_then(|manager| manager.persist().ok());
    match asked {
        Some(promise) => JsFuture::from(promise).await.ok().and_then(|granted| granted.as_bool()).unwrap_or(false),
        None => false,
    }
}

fn storage_manager() -> Option<web_sys::StorageManager> {
    let navigator = window().navigator();
    let present = Reflect::get(&navigator, &"storage".into()).is_ok_and(|storage| storage.is_object());
    present.then(|| navigator.storage())
}

/// Asks for the lock of this name, in the queue or (`steal`) in the place of whoever holds it, and keeps it until it is released or the tab
/// closes. `told` hears `true` when this tab holds it, and `false` when another has taken it away. Without Web Locks (old in-app browsers)
/// it is granted at once: the numbers taken in the database keep two leaders honest.
pub fn hold_lock(name: &str, steal: bool, told: impl Fn(bool) + 'static) -> LockRelease {
    let mut resolve = None;
    let until = Promise::new(&mut |done, _| resolve = Some(done));
    let is_released = Rc::new(Cell::new(false));
    let release = LockRelease { resolve, is_released: Rc::clone(&is_released) };
    let navigator = window().navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).unwrap_or(JsValue::UNDEFINED);
    let request = Reflect::get(&locks, &"request".into()).ok().and_then(|request| request.dyn_into::<Function>().ok());
    let Some(request) = request else {
        told(true);
        return release;
    };
    let (told, released) = (Rc::new(told), Rc::clone(&is_released));
    let granted = Rc::clone(&told);
    let callback = Closure::once_into_js(move || {
        if !released.get() {
            granted(true);
        }
        until
    });
    let options = js_sys::Object::new();
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&options, &"steal".into(), &steal.into());
    let held = request.call3(&locks, &name.into(), &options, &callback).ok().and_then(|held| held.dyn_into::<Promise>().ok());
    if let Some(held) = held {
        wasm_bindgen_futures::spawn_local(async move {
            if JsFuture::from(held).await.is_err() && !is_released.get() {
                told(false);
            }
        });
    }
    release
}

/// Lets go of a lock.
#[derive(Debug)]
pub struct LockRelease {
    resolve: Option<Function>,
    is_released: Rc<Cell<bool>>,
}

impl LockRelease {
    /// Lets go, or leaves the queue.
    pub fn release(self) {
        self.is_released.set(true);
        if let Some(resolve) = self.resolve {
            // Resolving a promise cannot fail.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }
}

/// A channel to the other tabs of the same app and replica.
#[derive(Clone, Debug)]
pub struct Tabs(Option<web_sys::BroadcastChannel>);

impl Tabs {
    /// Opens the channel of this name and calls `heard` with every message of another tab, and with the channel to answer.
    pub fn open(name: &str, mut heard: impl FnMut(&Tabs, String) + 'static) -> Self {
        let channel = web_sys::BroadcastChannel::new(name).ok();
        if let Some(channel) = &channel {
            let tabs = Tabs(Some(channel.clone()));
            let closure = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
                if let Some(text) = event.data().as_string() {
                    heard(&tabs, text);
                }
            });
            channel.set_onmessage(Some(closure.as_ref().unchecked_ref()));
            closure.forget();
        }
        Tabs(channel)
    }

    /// Tells the other tabs.
    pub fn tell(&self, message: &str) {
        if let Some(channel) = &self.0 {
            // Fails only on a closed channel, when there is nobody to tell.
            let _ = channel.post_message(&message.into());
        }
    }

    /// Closes the channel.
    pub fn close(&self) {
        if let Some(channel) = &self.0 {
            channel.set_onmessage(None);
            channel.close();
        }
    }
}
