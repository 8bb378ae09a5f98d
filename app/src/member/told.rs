//! What somebody here knows of the times of their visits.

use leptos::prelude::*;
use shared::id::BookingId;
use shared::time::Timestamp;

use crate::browser;
use crate::member::visit::Visit;

/// What somebody here knows of the times of their visits: `id=milliseconds,…`. `Copy`.
#[derive(Clone, Copy)]
pub struct Told(pub(crate) RwSignal<String>);

impl Told {
    /// As the device kept it.
    pub fn open() -> Self {
        Told(RwSignal::new(browser::preference(TOLD).unwrap_or_default()))
    }

    /// Takes note of all times that are no news: a visit seen first, and one that its own guest has moved.
    pub fn learn(self, visits: &[Visit], now: Timestamp) {
        let before = self.0.get_untracked();
        let mut text = before.clone();
        for visit in visits.iter().filter(|visit| visit.starts_at > now && visit.is_agreed()) {
            let is_news = known(&text, visit.id).is_some() && visit.moved_by_store;
            if !is_news {
                text = with(&text, visit.id, visit.starts_at);
            }
        }
        if text != before {
            self.keep(text);
        }
    }

    pub(crate) fn seen(self, id: BookingId, starts_at: Timestamp) {
        self.keep(with(&self.0.get_untracked(), id, starts_at));
    }

    fn keep(self, text: String) {
        browser::set_preference(TOLD, Some(&text));
        self.0.set(text);
    }
}

/// Where the visits with the times that somebody here knows are kept, the newest last.
pub(crate) const TOLD: &str = "told-times";

pub(crate) fn known(text: &str, id: BookingId) -> Option<Timestamp> {
    let id = id.to_string();
    text.split(',').find_map(|entry| entry.strip_prefix(&id)?.strip_prefix('=')?.parse().ok()).map(Timestamp)
}

pub(crate) fn with(text: &str, id: BookingId, starts_at: Timestamp) -> String {
    if known(text, id) == Some(starts_at) {
        return text.to_owned();
    }
    let other = |entry: &&str| !entry.is_empty() && !entry.starts_with(&id.to_string());
    let mut all: Vec<String> = text.split(',').filter(other).map(str::to_owned).collect();
    all.push(format!("{id}={}", starts_at.0));
    all.split_off(all.len().saturating_sub(MOST_TOLD)).join(",")
}

pub(crate) const MOST_TOLD: usize = 30;

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn visit(number: u128) -> BookingId {
        BookingId(Uuid::from_u128(number))
    }

    #[test]
    fn a_device_keeps_the_last_time_it_knew_of_each_visit_and_forgets_the_oldest_visits() {
        let mut text = with("", visit(1), Timestamp(5));
        text = with(&text, visit(2), Timestamp(6));
        text = with(&text, visit(1), Timestamp(7));
        assert_eq!((known(&text, visit(1)), known(&text, visit(2))), (Some(Timestamp(7)), Some(Timestamp(6))));
        for number in 3..=31 {
            text = with(&text, visit(number), Timestamp(8));
        }
        assert_eq!((known(&text, visit(1)), known(&text, visit(2))), (Some(Timestamp(7)), None));
        assert_eq!(known("", visit(1)), None);
    }
}
