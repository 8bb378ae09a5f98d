//! Somebody begins to wait, or no longer does.

use serde::{Deserialize, Serialize};

use crate::booking::{CancelledBy, Subject};
use crate::command::decider::Decider;
use crate::command::payload::{Givers, Payload};
use crate::command::reads::Ask;
use crate::command::texts::{Cleaning, NOTE};
use crate::decision::{Change, Decision};
use crate::id::{AccountId, StoreId, WaitlistEntryId};
use crate::noun::{Noun, RecordKey};
use crate::openings::notice;
use crate::personal::Personal;
use crate::refusal::Refusal;
use crate::role::Permission;
use crate::service::Service;
use crate::staff_preference::StaffPreference;
use crate::store::Store;
use crate::time::TimeRange;
use crate::versioned::Versioned;
use crate::visit_request::{RequestedLine, RequestedService};
use crate::waitlist_entry::{Waiting, WaitlistEntry};

/// 候补: somebody wants a visit on a day on which there is no time for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinWaitlist {
    /// Store.
    pub store: StoreId,
    /// Id of the entry.
    pub entry: WaitlistEntryId,
    /// Account it is for; a member's own session may only name its own.
    pub account: Option<AccountId>,
    /// Who is to be served.
    pub subject: Subject,
    /// What they want, one after another, and with whom.
    pub services: Vec<RequestedService>,
    /// The starts they could take, all on one local day of the store.
    pub starts: TimeRange,
    /// The desk's words to itself; may be empty.
    pub note: Personal<String>,
}

/// 退出候补: they no longer wait; what was offered to them is let go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaveWaitlist {
    /// Store.
    pub store: StoreId,
    /// The entry.
    pub entry: WaitlistEntryId,
}

impl Versioned for JoinWaitlist {}

impl Payload for JoinWaitlist {
    const GIVEN_BY: Givers = Givers::Everybody;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(WaitlistEntry::key_of(self.entry))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.of_store::<WaitlistEntry>(self.store, self.entry);
        if let Subject::Member(member) = self.subject {
            ask.member(member);
        }
    }

    fn clean(&mut self, cleaning: &mut Cleaning) {
        cleaning.subject(&mut self.subject);
        cleaning.text("note", NOTE, &mut self.note);
    }

    fn parts(&self) -> usize {
        self.services.len()
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        join(decider, self)
    }
}

impl Versioned for LeaveWaitlist {}

impl Payload for LeaveWaitlist {
    const GIVEN_BY: Givers = Givers::Everybody;

    fn store(&self) -> Option<StoreId> {
        Some(self.store)
    }

    fn about(&self) -> Option<RecordKey> {
        Some(WaitlistEntry::key_of(self.entry))
    }

    fn reads(&self, ask: &mut Ask<'_>) {
        ask.offered(self.store, self.entry);
    }

    fn decide(&self, decider: Decider<'_>) -> Result<Decision, Refusal> {
        leave(decider, self)
    }
}

fn join(decider: Decider<'_>, command: &JoinWaitlist) -> Result<Decision, Refusal> {
    let store = decider.store(command.store)?;
    if decider.is_staff() {
        decider.must(Permission::WorkBoard, store.id)?;
    }
    let lines = as_lines(command);
    decider.check_lines(store.id, &lines, &command.note)?;
    let account = decider.account_for(command.account, &lines)?;
    decider.view.find_in::<WaitlistEntry>(store.id, command.entry).or_taken()?;
    check_starts(decider, store, command)?;
    if !decider.is_staff() {
        decider.context.member_use.check_waiting(store.zone.day_of(command.starts.start))?;
    }
    let entry = WaitlistEntry {
        id: command.entry,
        store: store.id,
        account,
        subject: command.subject.clone(),
        services: command.services.clone(),
        starts: command.starts,
        note: command.note.trim().into(),
        made_at: decider.context.now,
        tier: decider.tier(&lines),
        entered_by: decider.context.actor.principal,
        state: Waiting::Queued,
        passed: Vec::new(),
    };
    let changes = introduced(decider, &entry).into_iter().chain([Change::put(entry)]).collect();
    Ok(Decision { changes, ..Decision::default() })
}

/// Whoever asks a store for a time is known there from now on, as by a booking.
fn introduced(decider: Decider<'_>, entry: &WaitlistEntry) -> Option<Change> {
    let Subject::Member(id) = entry.subject else { return None };
    let member = decider.view.members.get(&id).filter(|member| !decider.is_staff() && !member.is_known_at(entry.store))?;
    let mut member = member.clone();
    member.introduce(entry.store);
    Some(Change::put(member))
}

/// The visit, as if it began with the first start: for what is checked of every visit.
fn as_lines(command: &JoinWaitlist) -> Vec<RequestedLine> {
    let line = |wanted: &RequestedService| RequestedLine {
        service: wanted.service,
        subject: command.subject.clone(),
        payer: None,
        staff_preference: wanted.staff_preference,
        starts_at: command.starts.start,
        seen_price: None,
    };
    command.services.iter().map(line).collect()
}

/// The starts lie on one day, some of them may still be offered, and the store has somebody for each service.
fn check_starts(decider: Decider<'_>, store: &Store, command: &JoinWaitlist) -> Result<(), Refusal> {
    let (now, starts) = (decider.context.now, command.starts);
    if starts.is_empty() || !store.zone.day_of(starts.start).covers(&starts) {
        return Err(Refusal::Invalid { field: "starts".into() });
    }
    let services = command.services.iter().map(|wanted| offered(decider, store, wanted)).collect::<Result<Vec<_>, _>>()?;
    if decider.is_staff() {
        decider.check_horizon(starts.start)?;
        return if starts.end <= now { Err(Refusal::TooSoon { lead_minutes: 0 }) } else { Ok(()) };
    }
    let online = notice::online_starts(store, &services, now);
    if starts.end <= online.start {
        return Err(Refusal::TooSoon { lead_minutes: notice::lead_minutes(store, &services) });
    }
    if starts.start >= online.end {
        return Err(Refusal::TooFarAhead { days: store.rules.horizon_days });
    }
    Ok(())
}

/// A service that somebody whom they would take does in the store.
fn offered<'a>(decider: Decider<'a>, store: &Store, wanted: &RequestedService) -> Result<&'a Service, Refusal> {
    let service = decider.view.service(wanted.service).or_refuse("service")?;
    if !service.active {
        return Err(Refusal::NotFound { kind: "service".into() });
    }
    let is_member = !decider.is_staff();
    if is_member && !service.online {
        return Err(Refusal::NotOnline);
    }
    let mut people = decider.view.staff_of(store.id).filter(|staff| staff.can(service.id, store.id) && (!is_member || staff.online));
    match wanted.staff_preference {
        _ if people.any(|staff| wanted.staff_preference.fits(staff)) => Ok(service),
        StaffPreference::Requested(staff) => Err(Refusal::NotSkilled { staff }),
        _ => Err(Refusal::NobodyFree),
    }
}

fn leave(decider: Decider<'_>, command: &LeaveWaitlist) -> Result<Decision, Refusal> {
    let entry = decider.own_entry(command.store, command.entry)?;
    if let Waiting::Left { .. } = entry.state {
        return Ok(Decision::default());
    }
    if !entry.is_live() {
        return Err(Refusal::OfferOver);
    }
    let let_go = entry.offer().map(|offer| decider.let_go(entry.store, offer)).transpose()?.flatten();
    let by = if decider.is_staff() { CancelledBy::Store } else { CancelledBy::Member };
    let left = WaitlistEntry { state: Waiting::Left { by, at: decider.at() }, ..entry.clone() };
    Ok(Decision { changes: let_go.into_iter().chain([Change::put(left)]).collect(), ..Decision::default() })
}
