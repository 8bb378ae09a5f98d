//! What jobs there are, and how each is written down.

use serde::{Deserialize, Serialize};
use shared::id::{BookingId, StoreId};
use shared::time::{LocalDate, Timestamp};
use uuid::Uuid;

/// Something to be done when it is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "about", rename_all = "snake_case")]
pub enum Job {
    /// A hold that nobody confirmed lets go of its time (B2).
    ExpireHold(Hold),
    /// What reports read of a store's visits is written anew.
    ProjectVisits(Projected),
    /// What is free is offered to those who wait for a day (A6).
    ServeWaitlist(Served),
    /// What no longer counts is removed, now and then.
    TidyUp {},
}

/// A hold and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Store.
    pub store: StoreId,
    /// Booking.
    pub booking: BookingId,
    /// As long as it holds, as this job knows it.
    pub until: Timestamp,
}

/// A store whose visits lie on other days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Projected {
    /// Store.
    pub store: StoreId,
    /// Since when.
    pub since: Timestamp,
}

/// A day that somebody waits for, and why it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    /// Store.
    pub store: StoreId,
    /// Local day.
    pub day: LocalDate,
    /// The change that was its cause.
    pub cause: Uuid,
}

impl Job {
    /// The names of the kinds this program knows.
    pub const KINDS: [&str; 4] = ["expire_hold", "project_visits", "serve_waitlist", "tidy_up"];

    /// The kind's name.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Job::ExpireHold(_) => "expire_hold",
            Job::ProjectVisits(_) => "project_visits",
            Job::ServeWaitlist(_) => "serve_waitlist",
            Job::TidyUp {} => "tidy_up",
        }
    }

    /// Named by its cause: the same cause makes one job.
    #[must_use]
    pub fn id(&self) -> Uuid {
        match self {
            Job::ExpireHold(hold) => Uuid::new_v5(&hold.booking.0, format!("expire {} {}", hold.store, hold.until.0).as_bytes()),
            Job::ProjectVisits(of) => Uuid::new_v5(&of.store.0, format!("project visits {}", of.since.0).as_bytes()),
            Job::ServeWaitlist(of) => Uuid::new_v5(&of.cause, format!("serve {} {}", of.store, of.day.0).as_bytes()),
            Job::TidyUp {} => Uuid::new_v5(&Uuid::nil(), b"tidy up"),
        }
    }

    /// What is to be done with what, as it is stored beside the kind.
    #[must_use]
    pub fn about(&self) -> serde_json::Value {
        let mut whole = serde_json::to_value(self).unwrap_or_default();
        whole.get_mut("about").map(serde_json::Value::take).unwrap_or_default()
    }

    /// The job as it was stored.
    ///
    /// # Errors
    /// When nobody can read it.
    pub fn read(kind: &str, about: serde_json::Value) -> Result<Job, serde_json::Error> {
        serde_json::from_value(serde_json::json!({ "kind": kind, "about": about }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_job_is_read_as_it_was_written() {
        let hold = Hold { store: StoreId(Uuid::from_u128(1)), booking: BookingId(Uuid::from_u128(2)), until: Timestamp(3) };
        let projected = Projected { store: hold.store, since: Timestamp(4) };
        let served = Served { store: hold.store, day: LocalDate(5), cause: Uuid::from_u128(6) };
        for job in [Job::ExpireHold(hold), Job::ProjectVisits(projected), Job::ServeWaitlist(served), Job::TidyUp {}] {
            assert_eq!(Job::read(job.kind(), job.about()).expect("a job"), job);
            assert!(Job::KINDS.contains(&job.kind()));
        }
    }
}
