//! How many connections there may be, in all and from one address. When there is no room, the one that has waited longest without
//! asking for anything gives way; only where all are at work is a new one turned away.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::peer::Address;

/// How long a connection may be idle between two requests.
const KEPT_ALIVE: Duration = Duration::from_secs(75);
/// How often a connection is looked at.
const TICK: Duration = Duration::from_secs(1);

/// What a connection is doing. Told what time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    /// It has been let in or has begun to send, and has not said what it wants.
    Asking(Instant),
    /// It has said what it wants, and its body is still coming: it may take its time, and gives way.
    Sending(Instant),
    /// So many requests are being answered.
    Working(u32),
    /// Everything is answered.
    Idle(Instant),
}

impl Doing {
    fn heard(self, now: Instant) -> Self {
        if matches!(self, Doing::Idle(_)) { Doing::Asking(now) } else { self }
    }

    fn with_request(self) -> Self {
        match self {
            Doing::Working(requests) => Doing::Working(requests + 1),
            Doing::Asking(_) | Doing::Sending(_) | Doing::Idle(_) => Doing::Working(1),
        }
    }

    fn without_request(self, now: Instant) -> Self {
        match self {
            Doing::Working(requests) if requests > 1 => Doing::Working(requests - 1),
            _ => Doing::Idle(now),
        }
    }

    fn waiting_since(self) -> Option<Instant> {
        match self {
            Doing::Asking(since) | Doing::Sending(since) | Doing::Idle(since) => Some(since),
            Doing::Working(_) => None,
        }
    }

    fn is_overdue(self, now: Instant, room: &Room) -> bool {
        match self {
            Doing::Asking(since) => now.duration_since(since) >= room.head,
            Doing::Idle(since) => now.duration_since(since) >= KEPT_ALIVE,
            Doing::Sending(since) => now.duration_since(since) >= room.body,
            Doing::Working(_) => false,
        }
    }

    fn with_body_to_come(self, now: Instant) -> Self {
        if matches!(self, Doing::Working(_)) { self } else { Doing::Sending(now) }
    }
}

/// What a connection is doing, shared by its parts.
#[derive(Debug)]
pub(super) struct Activity(Mutex<Doing>);

impl Activity {
    /// Bytes have come.
    pub(super) fn heard(&self) {
        self.change(|doing| doing.heard(Instant::now()));
    }

    /// The head of a request has been read, and all of it where it `has_no_body`.
    pub(super) fn begin_request(self: &Arc<Self>, has_no_body: bool) -> Arc<Answering> {
        let answering = Arc::new(Answering { activity: Arc::clone(self), has_started: AtomicBool::new(false) });
        if has_no_body {
            answering.start();
        } else {
            self.change(|doing| doing.with_body_to_come(Instant::now()));
        }
        answering
    }

    fn now(&self) -> Doing {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(Doing) -> Doing) {
        let mut doing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *doing = change(*doing);
    }
}

/// A request that is being answered once it has been read, until the answer's last byte is taken.
pub(super) struct Answering {
    activity: Arc<Activity>,
    has_started: AtomicBool,
}

impl Answering {
    /// All of the request has been read, or nobody reads the rest of it.
    pub(super) fn start(&self) {
        if !self.has_started.swap(true, Ordering::Relaxed) {
            self.activity.change(Doing::with_request);
        }
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.start();
        self.activity.change(|doing| doing.without_request(Instant::now()));
    }
}

/// How many connections there may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub in_all: usize,
    /// `None` behind a proxy, from which all of them come.
    pub per_address: Option<usize>,
    /// How long the head of a request may take.
    pub head: Duration,
    /// How long its body may take.
    pub body: Duration,
}

/// All connections.
pub(super) struct Seats {
    room: Room,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    seats: BTreeMap<u64, Arc<Seated>>,
    by_address: BTreeMap<Address, usize>,
}

struct Seated {
    address: Address,
    activity: Arc<Activity>,
    leave: Notify,
}

/// The place of one connection, given back when it is dropped.
pub(super) struct Seat {
    seats: Arc<Seats>,
    id: u64,
    seated: Arc<Seated>,
}

impl Seats {
    pub(super) fn new(room: Room) -> Arc<Self> {
        Arc::new(Seats { room, taken: Mutex::default() })
    }

    /// A place for a connection; `Err` names the limit that is reached.
    pub(super) fn take(self: &Arc<Self>, address: Address) -> Result<Seat, &'static str> {
        let mut taken = self.lock();
        let from_there = taken.by_address.get(&address).copied().unwrap_or(0);
        if self.room.per_address.is_some_and(|most| from_there >= most) && !taken.make_room(Some(&address)) {
            return Err("connections_per_address");
        }
        if taken.seats.len() >= self.room.in_all && !taken.make_room(None) {
            return Err("connections");
        }
        taken.next += 1;
        let id = taken.next;
        let seated =
            Arc::new(Seated { address, activity: Arc::new(Activity(Mutex::new(Doing::Asking(Instant::now())))), leave: Notify::new() });
        *taken.by_address.entry(seated.address.clone()).or_default() += 1;
        taken.seats.insert(id, Arc::clone(&seated));
        Ok(Seat { seats: Arc::clone(self), id, seated })
    }

    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// Lets the one that has waited longest give way, of all or of an address; false when all are at work.
    fn make_room(&mut self, address: Option<&Address>) -> bool {
        let of_address = self.seats.iter().filter(|(_, seated)| address.is_none_or(|address| seated.address == *address));
        let waiting = of_address.filter_map(|(id, seated)| Some((seated.activity.now().waiting_since()?, *id)));
        let Some((_, longest)) = waiting.min() else { return false };
        self.give_back(longest);
        true
    }

    fn give_back(&mut self, id: u64) {
        let Some(seated) = self.seats.remove(&id) else { return };
        seated.leave.notify_one();
        if let Some(count) = self.by_address.get_mut(&seated.address) {
            *count -= 1;
            if *count == 0 {
                self.by_address.remove(&seated.address);
            }
        }
    }
}

impl Seat {
    pub(super) fn activity(&self) -> Arc<Activity> {
        Arc::clone(&self.seated.activity)
    }

    /// Returns when the connection must end: it took too long, or gives way to another.
    pub(super) async fn must_leave(&self) {
        let is_overdue = async {
            while !self.seated.activity.now().is_overdue(Instant::now(), &self.seats.room) {
                tokio::time::sleep(TICK).await;
            }
        };
        tokio::select! {
            () = self.seated.leave.notified() => {}
            () = is_overdue => {}
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.lock().give_back(self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seats(in_all: usize, per_address: usize) -> Arc<Seats> {
        Seats::new(Room { in_all, per_address: Some(per_address), head: Duration::from_secs(10), body: Duration::from_secs(120) })
    }

    fn address(number: u8) -> Address {
        Address(vec![number])
    }

    #[tokio::test]
    async fn a_guest_gets_in_where_somebody_holds_connections_without_asking_for_anything() {
        let seats = seats(10, 2);
        let (silent, also_silent) = (seats.take(address(1)).expect("room"), seats.take(address(1)).expect("room"));
        let guest = seats.take(address(1)).expect("the silent one gives way");
        silent.must_leave().await;
        let _asks = (also_silent.activity().begin_request(true), guest.activity().begin_request(true));
        assert_eq!(seats.take(address(1)).err(), Some("connections_per_address"), "both are at work");
        assert!(seats.take(address(2)).is_ok(), "somebody else comes from elsewhere");
    }

    #[tokio::test]
    async fn whoever_sends_the_body_of_a_request_for_ever_gives_way_and_whoever_has_sent_it_is_answered() {
        let seats = seats(2, 2);
        let (slow, quick) = (seats.take(address(1)).expect("room"), seats.take(address(1)).expect("room"));
        let (_slow, quick) = (slow.activity().begin_request(false), quick.activity().begin_request(false));
        quick.start();
        let _guest = seats.take(address(2)).expect("the slow one gives way");
        slow.must_leave().await;
        drop(quick);
        assert_eq!(seats.lock().seats.len(), 2, "and it is not at work any more");
        assert!(seats.take(address(3)).is_ok());
    }

    #[test]
    fn a_full_house_turns_away_and_has_room_again_when_somebody_leaves() {
        let seats = seats(2, 2);
        let (first, second) = (seats.take(address(1)).expect("room"), seats.take(address(2)).expect("room"));
        let _answers = [first.activity().begin_request(true), second.activity().begin_request(true)];
        assert_eq!(seats.take(address(3)).err(), Some("connections"));
        drop(first);
        assert!(seats.take(address(3)).is_ok());
        assert_eq!(seats.lock().by_address.len(), 1, "nobody is counted twice or for ever");
    }

    #[test]
    fn a_head_has_ten_seconds_a_pause_longer_and_an_answer_all_the_time() {
        let (seats, begun) = (seats(1, 1), Instant::now());
        let room = &seats.room;
        let after = |seconds| begun + Duration::from_secs(seconds);
        let silent = Doing::Asking(begun);
        assert!(!silent.is_overdue(after(9), room) && silent.is_overdue(after(10), room));
        assert_eq!(silent.heard(after(5)), silent, "a byte now and then gives no more time");
        let stream = silent.with_request();
        assert!(!stream.is_overdue(after(3600), room));
        assert_eq!(stream.with_request().without_request(after(1)), stream);
        let sending = silent.with_body_to_come(after(1));
        assert!(!sending.is_overdue(after(120), room) && sending.is_overdue(after(121), room));
        assert_eq!((sending.heard(after(50)), stream.with_body_to_come(after(1))), (sending, stream));
        let idle = stream.without_request(after(100));
        assert!(!idle.is_overdue(after(174), room) && idle.is_overdue(after(175), room));
        assert!(idle.heard(after(150)).is_overdue(after(160), room));
    }
}
