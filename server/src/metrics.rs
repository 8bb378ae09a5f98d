//! Counts since the start, for logs and for whoever supervises the server: `/metrics` in Prometheus's text format, on an address of
//! its own, because it says how busy a business is.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Counts since the start.
#[derive(Debug, Default)]
pub struct Counters {
    /// The exclusion constraint caught what the decision had not: must stay zero.
    pub backstop_hits: AtomicU64,
    /// Transactions repeated after a deadlock or a serialisation failure.
    pub repeated: AtomicU64,
    /// Commands decided.
    pub decided: AtomicU64,
    /// Jobs that did not succeed, however often each.
    pub jobs_failed: AtomicU64,
    /// Refusals by the name of the limit.
    limited: Mutex<BTreeMap<&'static str, u64>>,
}

impl Counters {
    pub(crate) fn count(counter: &AtomicU64) {
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// Something was refused because of a limit, named as in [`crate::limits::Limits`].
    pub fn count_limited(&self, limit: &'static str) {
        *self.limited.lock().unwrap_or_else(PoisonError::into_inner).entry(limit).or_default() += 1;
    }

    /// How often a limit refused something.
    #[must_use]
    pub fn limited(&self, limit: &str) -> u64 {
        self.limited.lock().unwrap_or_else(PoisonError::into_inner).get(limit).copied().unwrap_or(0)
    }

    /// All of it as Prometheus reads it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let plain = [
            ("huiyue_backstop_hits_total", &self.backstop_hits),
            ("huiyue_transactions_repeated_total", &self.repeated),
            ("huiyue_commands_decided_total", &self.decided),
            ("huiyue_jobs_failed_total", &self.jobs_failed),
        ];
        for (name, counter) in plain {
            let _text_takes_everything = writeln!(text, "# TYPE {name} counter\n{name} {}", counter.load(Ordering::Relaxed));
        }
        text.push_str("# TYPE huiyue_limited_total counter\n");
        for (limit, times) in &*self.limited.lock().unwrap_or_else(PoisonError::into_inner) {
            let _text_takes_everything = writeln!(text, "huiyue_limited_total{{limit=\"{limit}\"}} {times}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_sees_which_limit_refused_how_often() {
        let counters = Counters::default();
        counters.count_limited("streams_per_session");
        counters.count_limited("streams_per_session");
        Counters::count(&counters.decided);
        assert_eq!(counters.limited("streams_per_session"), 2);
        let text = counters.text();
        assert!(text.contains("huiyue_limited_total{limit=\"streams_per_session\"} 2\n"), "{text}");
        assert!(text.contains("huiyue_commands_decided_total 1\n"), "{text}");
    }
}
