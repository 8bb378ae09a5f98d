//! A list by keys. Leptos compiles its `<For>` anew for every kind of row, six kilobytes each time; here every row is the same to it:
//! a key in bytes and something that makes a view.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use leptos::prelude::*;

/// One row to Leptos.
struct Row {
    key: Vec<u8>,
    view: Box<dyn FnOnce() -> AnyView + Send>,
}

/// Rows whose keys stay keep their elements; used like `<For>`.
#[component]
pub fn Rows<Each, List, Item, Key, KeyOf, Child, Shown>(
    /// The items.
    each: Each,
    /// What stays the same while a row does.
    key: KeyOf,
    /// The view of one item.
    children: Child,
) -> AnyView
where
    Each: Fn() -> List + Send + 'static,
    List: IntoIterator<Item = Item>,
    Item: Send + 'static,
    Key: Hash,
    KeyOf: Fn(&Item) -> Key + Send + 'static,
    Child: Fn(Item) -> Shown + Send + Sync + 'static,
    Shown: IntoView + 'static,
{
    let children = Arc::new(children);
    list(Box::new(move || {
        let mut rows = Vec::new();
        for item in each() {
            let mut bytes = KeyBytes(Vec::new());
            key(&item).hash(&mut bytes);
            let children = Arc::clone(&children);
            rows.push(Row { key: bytes.0, view: Box::new(move || children(item).into_any()) });
        }
        rows
    }))
}

fn list(rows: Box<dyn Fn() -> Vec<Row> + Send>) -> AnyView {
    view! { <For each=rows key=|row| row.key.clone() children=|row| (row.view)() /> }.into_any()
}

/// Keeps what a hash would be made of.
struct KeyBytes(Vec<u8>);

impl Hasher for KeyBytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}
