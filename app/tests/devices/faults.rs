//! What browsers do to an app: end its database, refuse to open it, freeze another tab, let time pass.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The next transaction of this database fails with an exception of this name, and the database is closed, or thrown away too.
pub fn end_database(name: &str, exception: &str, is_emptied: bool) {
    let script = r"
        const real = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (...rest) {
            if (this.name !== name) return real.apply(this, rest);
            IDBDatabase.prototype.transaction = real;
            this.close();
            if (isEmptied) indexedDB.deleteDatabase(name);
            throw new DOMException('ended by the browser', exception);
        };";
    run("name, exception, isEmptied", script, &[name.into(), exception.into(), is_emptied.into()]);
}

/// The next transaction of this database goes through, but nobody hears of it, and the database says that it was closed: so it is with a
/// transaction that runs while the browser clears the database.
pub fn end_database_without_a_word(name: &str) {
    let script = r"
        const real = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (...rest) {
            if (this.name !== name) return real.apply(this, rest);
            IDBDatabase.prototype.transaction = real;
            const transaction = real.apply(this, rest);
            for (const word of ['success', 'complete', 'abort'])
                transaction.addEventListener(word, (event) => event.stopImmediatePropagation(), true);
            setTimeout(() => this.dispatchEvent(new Event('close')));
            return transaction;
        };";
    run("name", script, &[name.into()]);
}

/// From now on [`clear_database`] knows the connection to this database.
pub fn watch_database(name: &str) {
    let script = r"
        const real = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (...rest) {
            if (this.name === name) window.watched = this;
            return real.apply(this, rest);
        };";
    run("name", script, &[name.into()]);
}

/// The browser closes the database while nobody is using it, and throws it away.
pub async fn clear_database() {
    let script = r"
        const database = window.watched;
        database.close();
        return new Promise((cleared) => {
            indexedDB.deleteDatabase(database.name).onsuccess = () => { cleared(); database.dispatchEvent(new Event('close')); };
        });";
    let cleared: Promise = run("", script, &[]).into();
    JsFuture::from(cleared).await.expect("it is cleared");
}

/// This database does not open any more, or only after so many tries.
pub fn refuse_to_open(name: &str, times: f64) {
    let script = r"
        const real = IDBFactory.prototype.open;
        let left = times;
        IDBFactory.prototype.open = function (asked, ...rest) {
            if (asked === name && left-- > 0) throw new DOMException('broken', 'AbortError');
            return real.call(this, asked, ...rest);
        };";
    run("name, times", script, &[name.into(), times.into()]);
}

/// Another tab holds the lock of this name and does nothing any more.
pub async fn freeze_another_tab(name: &str) {
    let script = "return new Promise((held) => navigator.locks.request(name, () => { held(); return new Promise(() => {}); }));";
    let held: Promise = run("name", script, &[name.into()]).into();
    JsFuture::from(held).await.expect("the lock is free");
}

/// Asks so many times who leads, each time until it is answered; how many questions the other tabs have asked meanwhile.
pub async fn questions_of_others(name: &str, times: u32) -> f64 {
    let script = r"
        const channel = new BroadcastChannel(name);
        let [answered, asked] = [0, 0];
        return new Promise((done) => {
            channel.onmessage = ({ data }) => {
                if (data === 'who-leads') asked += 1;
                if (data !== 'here') return;
                answered += 1;
                if (answered < times) return channel.postMessage('who-leads');
                channel.close();
                done(asked);
            };
            channel.postMessage('who-leads');
        });";
    let asked: Promise = run("name, times", script, &[name.into(), times.into()]).into();
    JsFuture::from(asked).await.ok().and_then(|asked| asked.as_f64()).expect("a number")
}

/// From now on whatever waits for five seconds and more waits for [`pass_ten_seconds`].
pub fn stop_the_clock() {
    let script = r"
        if (window.waiting) return;
        window.waiting = new Map();
        const [set, clear] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
        let last = 1000000;
        window.setTimeout = (call, milliseconds, ...rest) => {
            if (!(milliseconds >= 5000)) return set(call, milliseconds, ...rest);
            window.waiting.set(++last, [call, milliseconds]);
            return last;
        };
        window.clearTimeout = (id) => (window.waiting.delete(id) ? undefined : clear(id));";
    run("", script, &[]);
}

/// What has waited for so many seconds goes on.
pub fn pass_seconds(seconds: u32) {
    let script = r"
        for (const [id, [call, milliseconds]] of [...window.waiting])
            if (milliseconds <= seconds * 1000 && window.waiting.delete(id)) call();";
    run("seconds", script, &[seconds.into()]);
}

fn run(names: &str, script: &str, values: &[JsValue]) -> JsValue {
    let values: js_sys::Array = values.iter().collect();
    Function::new_with_args(names, script).apply(&JsValue::UNDEFINED, &values).expect("the script runs")
}

/// Whether something waits for so many seconds.
pub fn is_somebody_waiting_seconds(seconds: u32) -> bool {
    let script = "return [...window.waiting.values()].some(([, milliseconds]) => milliseconds === seconds * 1000);";
    run("seconds", script, &[seconds.into()]).is_truthy()
}
