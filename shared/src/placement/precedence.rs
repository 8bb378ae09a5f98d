//! The precedence ladder (C4, DESIGN: "who gets the time"): the declared order of rights to a time.

use crate::booking::{Booking, State};
use crate::store::Rules;
use crate::time::Timestamp;

/// Classes of rights, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// 1: a wish, ordered among its like by channel rank.
    Request = 1,
    /// 2: a walk-in who waits.
    Waiting = 2,
    /// 3: a promise: confirmed, or a live hold.
    Promise = 3,
    /// 4: arrived with a promise.
    Arrived = 4,
    /// 5: declared by authorised staff.
    Block = 5,
    /// 6: in service.
    InService = 6,
}

/// The right to a time: class first, then rank. Of equals, whoever committed first keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Standing {
    /// Class.
    pub class: Class,
    /// Channel rank of requests; 0 in all other classes, so that a promise is a promise whoever made it.
    pub rank: u8,
    /// Tier of requests; 0 in all other classes.
    pub tier: u8,
}

impl Standing {
    /// A right without rank.
    #[must_use]
    pub fn of(class: Class) -> Self {
        Standing { class, rank: 0, tier: 0 }
    }

    /// A wish.
    #[must_use]
    pub fn request(rank: u8, tier: u8) -> Self {
        Standing { class: Class::Request, rank, tier }
    }
}

/// The standing of a booking that holds time; `None` when it holds none, or is a hold that has run out.
#[must_use]
pub fn standing_of(booking: &Booking, rules: &Rules, now: Timestamp) -> Option<Standing> {
    match booking.state {
        State::InService { .. } => Some(Standing::of(Class::InService)),
        State::CheckedIn { .. } => Some(Standing::of(Class::Arrived)),
        State::Confirmed { .. } => Some(Standing::of(Class::Promise)),
        State::Held { expires_at } => (now < expires_at).then_some(Standing::of(Class::Promise)),
        State::Waiting { .. } => Some(Standing::of(Class::Waiting)),
        State::Requested => Some(Standing::request(rules.rank(booking.channel), booking.tier)),
        // What is over holds only its past.
        State::Completed { .. } => Some(Standing::of(Class::InService)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_goes_from_request_to_in_service() {
        let ladder = [Class::Request, Class::Waiting, Class::Promise, Class::Arrived, Class::Block, Class::InService];
        assert!(ladder.windows(2).all(|pair| Standing::of(pair[0]) < Standing::of(pair[1])));
    }

    #[test]
    fn among_requests_the_channel_counts_before_the_tier() {
        assert!(Standing::request(60, 0) > Standing::request(50, 9));
        assert!(Standing::request(50, 2) > Standing::request(50, 1));
        assert!(Standing::request(99, 9) < Standing::of(Class::Waiting));
    }
}
