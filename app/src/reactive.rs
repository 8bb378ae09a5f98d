//! Memos behind one type for each kind of value. Leptos compiles its machinery anew for every closure it is given; here the closure is
//! in a box, and all memos of a type share one copy.

use leptos::prelude::*;

/// A value that follows others and tells only changes.
pub fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed(Box::new(value))
}

// Not inlined: that would be the copy again.
#[inline(never)]
fn boxed<T: PartialEq + Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| value())
}

/// A yes or no that is told what it was before: what lasts once it has begun.
pub fn lasting(value: impl Fn(bool) -> bool + Send + Sync + 'static) -> Memo<bool> {
    boxed_lasting(Box::new(value))
}

#[inline(never)]
fn boxed_lasting(value: Box<dyn Fn(bool) -> bool + Send + Sync>) -> Memo<bool> {
    Memo::new(move |before: Option<&bool>| value(before == Some(&true)))
}

/// One at a time: a second tap while the first is under way does nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Busy(RwSignal<bool>);

impl Busy {
    /// `true` for the first tap; whoever gets it calls [`Busy::end`].
    #[must_use]
    pub fn begin(self) -> bool {
        !self.0.try_update(|busy| std::mem::replace(busy, true)).unwrap_or(true)
    }

    /// Takes taps again; `false` when the page is gone.
    pub fn end(self) -> bool {
        self.0.try_set(false).is_none()
    }

    /// Tracked.
    #[must_use]
    pub fn get(self) -> bool {
        self.0.get()
    }
}
