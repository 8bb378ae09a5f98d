//! IndexedDB as futures. A commit is the `complete` event, not a returned call; a full disk is an error, not a panic; writes of
//! the person's work ask for strict durability.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction, IdbVersionChangeEvent};

use crate::local_db::error::StoreError;

impl StoreError {
    /// From what the browser throws.
    pub(super) fn of(thrown: JsValue) -> Self {
        match thrown.dyn_into::<DomException>() {
            Ok(exception) => StoreError::of_exception(Some(&exception)),
            Err(_) => StoreError::Failed("unknown".into()),
        }
    }

    fn of_exception(exception: Option<&DomException>) -> Self {
        let name = exception.map(DomException::name).unwrap_or_default();
        match name.as_str() {
            "QuotaExceededError" => StoreError::Full,
            "VersionError" => StoreError::Newer,
            // A transaction that ends without a reason is one whose database was taken away.
            "InvalidStateError" | "NotFoundError" | "UnknownError" | "AbortError" | "TimeoutError" | "" => StoreError::Lost,
            "SecurityError" | "NotSupportedError" => StoreError::Absent,
            _ => StoreError::Failed(name),
        }
    }
}

/// Who waits for something. Taken out when it comes, or when it never will.
type Waiting<T> = Rc<RefCell<Option<oneshot::Sender<T>>>>;

/// An open database.
#[derive(Debug)]
pub(super) struct Database {
    database: IdbDatabase,
    is_displaced: Rc<Cell<bool>>,
    running: Rc<Running>,
    _callbacks: [Closure<dyn FnMut()>; 2],
}

/// The transactions that run. When the browser ends the database, some of them never hear of it: neither `complete` nor `abort` comes.
#[derive(Debug, Default)]
struct Running {
    transactions: RefCell<Vec<Weak<Events>>>,
    on_end: RefCell<Option<oneshot::Sender<()>>>,
}

/// What a transaction waits for.
#[derive(Debug, Default)]
struct Events {
    request: Waiting<()>,
    end: Waiting<bool>,
}

impl Running {
    fn add(&self, events: &Rc<Events>) {
        let mut transactions = self.transactions.borrow_mut();
        transactions.retain(|transaction| transaction.strong_count() > 0);
        transactions.push(Rc::downgrade(events));
    }

    /// The browser has ended the database: whoever waits, waits in vain.
    fn end(&self) {
        for events in self.transactions.take().iter().filter_map(Weak::upgrade) {
            events.request.take();
            events.end.take();
        }
        if let Some(on_end) = self.on_end.take() {
            // Nobody may be listening any more: fine.
            let _ = on_end.send(());
        }
    }
}

impl Database {
    /// Opens or makes a database; `upgrade` runs when its version is lower.
    pub(super) async fn open(
        name: &str,
        version: u32,
        upgrade: impl Fn(&IdbDatabase) -> Result<(), StoreError> + 'static,
    ) -> Result<Self, StoreError> {
        let request = factory()?.open_with_u32(name, version).map_err(StoreError::of)?;
        let opening = request.clone();
        let on_upgrade = Closure::<dyn FnMut(IdbVersionChangeEvent)>::new(move |_| {
            if let Some(database) = opening.result().ok().and_then(|result| result.dyn_into::<IdbDatabase>().ok()) {
                // A failed upgrade aborts the opening, which then fails.
                let _ = upgrade(&database);
            }
        });
        request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
        let opened = answer(&request, &Waiting::default()).await?;
        let database: IdbDatabase = opened.dyn_into().map_err(|_| StoreError::Lost)?;
        let (closing, is_displaced) = (database.clone(), Rc::new(Cell::new(false)));
        let displaced = Rc::clone(&is_displaced);
        // Another tab wants to upgrade or delete: stand aside.
        let close = Closure::<dyn FnMut()>::new(move || {
            displaced.set(true);
            closing.close();
        });
        database.set_onversionchange(Some(close.as_ref().unchecked_ref()));
        let running = Rc::<Running>::default();
        let ending = Rc::clone(&running);
        let ended = Closure::<dyn FnMut()>::new(move || ending.end());
        database.set_onclose(Some(ended.as_ref().unchecked_ref()));
        Ok(Database { database, is_displaced, running, _callbacks: [close, ended] })
    }

    /// Comes when the browser ends the database; never when this page closes it.
    pub(super) fn ended(&self) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        self.running.on_end.replace(Some(sender));
        receiver
    }

    /// A transaction that only reads.
    pub(super) fn read(&self, stores: &[&str]) -> Result<Transaction, StoreError> {
        self.begin(stores, "readonly")
    }

    /// A transaction that writes, flushed to the disk before it counts as done.
    pub(super) fn write(&self, stores: &[&str]) -> Result<Transaction, StoreError> {
        self.begin(stores, "readwrite")
    }

    pub(super) fn close(&self) {
        self.database.close();
    }

    fn begin(&self, stores: &[&str], mode: &str) -> Result<Transaction, StoreError> {
        if self.is_displaced.get() {
            return Err(StoreError::Newer);
        }
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = Object::new();
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        let method: Function = Reflect::get(&self.database, &"transaction".into()).map_err(StoreError::of)?.unchecked_into();
        let transaction = method.call3(&self.database, &names, &mode.into(), &options).map_err(StoreError::of)?;
        let transaction = Transaction::new(transaction.unchecked_into());
        self.running.add(&transaction.events);
        Ok(transaction)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.set_onclose(None);
        self.database.close();
    }
}

/// A running transaction. Requests may be awaited; anything else ends it.
pub(super) struct Transaction {
    transaction: IdbTransaction,
    ended: oneshot::Receiver<bool>,
    events: Rc<Events>,
    _callbacks: [Closure<dyn FnMut()>; 2],
}

impl Transaction {
    fn new(transaction: IdbTransaction) -> Self {
        let (sender, ended) = oneshot::channel();
        let events = Rc::new(Events { end: Rc::new(RefCell::new(Some(sender))), ..Events::default() });
        let end_with = |committed: bool| {
            let sender = Rc::clone(&events.end);
            Closure::<dyn FnMut()>::new(move || {
                if let Some(sender) = sender.take() {
                    // Nobody waits any more: fine.
                    let _ = sender.send(committed);
                }
            })
        };
        let callbacks = [end_with(true), end_with(false)];
        transaction.set_oncomplete(Some(callbacks[0].as_ref().unchecked_ref()));
        transaction.set_onabort(Some(callbacks[1].as_ref().unchecked_ref()));
        Transaction { transaction, ended, events, _callbacks: callbacks }
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        self.transaction.object_store(name).map_err(StoreError::of)
    }

    /// One value.
    pub(super) async fn get(&self, store: &str, key: &JsValue) -> Result<Option<Vec<u8>>, StoreError> {
        let value = answer(&self.store(store)?.get(key).map_err(StoreError::of)?, &self.events.request).await?;
        Ok((!value.is_undefined()).then(|| bytes(&value)))
    }

    /// All values in the order of their keys.
    pub(super) async fn all(&self, store: &str) -> Result<Vec<Vec<u8>>, StoreError> {
        let values = answer(&self.store(store)?.get_all().map_err(StoreError::of)?, &self.events.request).await?;
        Ok(values.unchecked_into::<Array>().iter().map(|value| bytes(&value)).collect())
    }

    /// Inserts or replaces. An error shows when the transaction ends.
    pub(super) fn put(&self, store: &str, key: &JsValue, value: &[u8]) -> Result<(), StoreError> {
        self.store(store)?.put_with_key(&Uint8Array::from(value), key).map(drop).map_err(StoreError::of)
    }

    /// Removes, if there.
    pub(super) fn delete(&self, store: &str, key: &JsValue) -> Result<(), StoreError> {
        self.store(store)?.delete(key).map(drop).map_err(StoreError::of)
    }

    /// Removes all keys between two, both included.
    pub(super) fn delete_between(&self, store: &str, first: &str, last: &str) -> Result<(), StoreError> {
        let range = IdbKeyRange::bound(&first.into(), &last.into()).map_err(StoreError::of)?;
        self.store(store)?.delete(&range).map(drop).map_err(StoreError::of)
    }

    /// Removes everything.
    pub(super) fn clear(&self, store: &str) -> Result<(), StoreError> {
        self.store(store)?.clear().map(drop).map_err(StoreError::of)
    }

    /// Waits for the commit.
    pub(super) async fn done(mut self) -> Result<(), StoreError> {
        match (&mut self.ended).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(StoreError::of_exception(self.transaction.error().as_ref())),
            Err(_) => Err(StoreError::Lost),
        }
    }
}

impl Drop for Transaction {
    /// Left without [`Transaction::done`]: nothing of it may stay.
    fn drop(&mut self) {
        self.transaction.set_oncomplete(None);
        self.transaction.set_onabort(None);
        // Fails when it has ended already, which is the usual case.
        let _ = self.transaction.abort();
    }
}

/// Deletes a database.
pub(super) async fn delete(name: &str) -> Result<(), StoreError> {
    let request = factory()?.delete_database(name).map_err(StoreError::of)?;
    answer(&request, &Waiting::default()).await.map(drop)
}

fn factory() -> Result<IdbFactory, StoreError> {
    crate::browser::window().indexed_db().ok().flatten().ok_or(StoreError::Absent)
}

fn bytes(value: &JsValue) -> Vec<u8> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default()
}

/// Waits for a request. Must be awaited at once: a transaction lives only while its requests are awaited.
async fn answer(request: &IdbRequest, waiting: &Waiting<()>) -> Result<JsValue, StoreError> {
    let (sender, receiver) = oneshot::channel();
    waiting.replace(Some(sender));
    let waits = Rc::clone(waiting);
    let notify = move || {
        if let Some(sender) = waits.take() {
            // Nobody waits any more: fine.
            let _ = sender.send(());
        }
    };
    let callback = Closure::<dyn FnMut()>::new(notify);
    request.set_onsuccess(Some(callback.as_ref().unchecked_ref()));
    request.set_onerror(Some(callback.as_ref().unchecked_ref()));
    let came = receiver.await;
    request.set_onsuccess(None);
    request.set_onerror(None);
    came.map_err(|_| StoreError::Lost)?;
    match request.error() {
        Ok(None) => request.result().map_err(StoreError::of),
        Ok(Some(exception)) => Err(StoreError::of_exception(Some(&exception))),
        Err(thrown) => Err(StoreError::of(thrown)),
    }
}
