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

/// This database does not open any more.
pub fn refuse_to_open(name: &str) {
    let script = r"
        const real = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (asked, ...rest) {
            if (asked === name) throw new DOMException('broken', 'UnknownError');
            return real.call(this, asked, ...rest);
        };";
    run("name", script, &[name.into()]);
}

/// Another tab holds the lock of this name and does nothing any more.
pub async fn freeze_another_tab(name: &str) {
    let script = "return new Promise((held) => navigator.locks.request(name, () => { held(); return new Promise(() => {}); }));";
    let held: Promise = run("name", script, &[name.into()]).into();
    JsFuture::from(held).await.expect("the lock is free");
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

/// What has waited for ten seconds goes on.
pub fn pass_ten_seconds() {
    let script = r"
        for (const [id, [call, milliseconds]] of [...window.waiting])
            if (milliseconds <= 10000 && window.waiting.delete(id)) call();";
    run("", script, &[]);
}

fn run(names: &str, script: &str, values: &[JsValue]) -> JsValue {
    let values: js_sys::Array = values.iter().collect();
    Function::new_with_args(names, script).apply(&JsValue::UNDEFINED, &values).expect("the script runs")
}

/// Whether something waits for ten seconds.
pub fn is_somebody_waiting_ten_seconds() -> bool {
    run("", "return [...window.waiting.values()].some(([, milliseconds]) => milliseconds === 10000);", &[]).is_truthy()
}
