//! What every decision works with.

use crate::booking::history::StepKind;
use crate::booking::{Booking, FactStamp, Facts, Line, PLACED_NOW, State, Subject};
use crate::command::texts::{NOTE, PERSON};
use crate::context::Context;
use crate::id::{AccountId, BookingId, StoreId};
use crate::openings::notice;
use crate::part::total_minutes;
use crate::placement::admit::admit;
use crate::placement::case::{Admitted, Case};
use crate::placement::precedence::Standing;
use crate::placement::preferences::preferences;
use crate::placement::rules::{PlacementRules, Preferences, PriceBound};
use crate::refusal::Refusal;
use crate::role::{Channel, Permission, Principal};
use crate::service::Service;
use crate::store::Store;
use crate::time::Timestamp;
use crate::view::View;
use crate::visit_request::{Audience, MAX_LINES, RequestedLine};

/// So far ahead a desk plans.
pub(crate) const DESK_HORIZON_DAYS: u16 = 732;

/// With the schedule of the view.
pub(crate) fn admitting<'a>(context: &'a Context, view: &'a View) -> Decider<'a> {
    Decider { context, view, admit, preferences: Some(preferences) }
}

/// Without one: whether there is room is for the server to say.
pub(crate) fn never_admitting<'a>(context: &'a Context, view: &'a View) -> Decider<'a> {
    Decider { context, view, admit: |_, _| Err(Refusal::Undecided), preferences: None }
}

/// What every decision works with.
#[derive(Clone, Copy)]
pub(crate) struct Decider<'a> {
    pub(crate) context: &'a Context,
    pub(crate) view: &'a View,
    /// Finds room in the schedule; a parameter, so that a program without schedules need not have it.
    pub(crate) admit: fn(Case<'_>, &mut Booking) -> Result<Admitted, Refusal>,
    /// Says who comes first of several; the same.
    pub(crate) preferences: Option<Preferences>,
}

impl<'a> Decider<'a> {
    pub(crate) fn context(self) -> &'a Context {
        self.context
    }

    pub(crate) fn store(self, id: StoreId) -> Result<&'a Store, Refusal> {
        self.view.store(id).or_refuse("store")
    }

    pub(crate) fn booking(self, store: StoreId, id: BookingId) -> Result<&'a Booking, Refusal> {
        self.view.booking(store, id).or_refuse("booking")
    }

    pub(crate) fn is_staff(self) -> bool {
        !matches!(self.context.actor.principal, Principal::Account(_) | Principal::Anonymous)
    }

    /// When what is told happened; see [`Context::happened_at`].
    pub(crate) fn at(self) -> Timestamp {
        self.context.happened_at()
    }

    /// Which fact this command tells.
    pub(crate) fn fact_stamp(self) -> FactStamp {
        FactStamp { at: self.at(), number: self.context.number, replica: self.context.replica }
    }

    /// What a new visit is bound to: members to what is offered online and to the price they saw.
    pub(crate) fn terms(self) -> PlacementRules {
        PlacementRules {
            audience: self.audience(),
            any_hours: false,
            price_bound: if self.is_staff() { PriceBound::Nothing } else { PriceBound::Every },
            in_a_row: false,
            preferences: self.preferences,
            now: self.context.now,
            moment: self.at(),
        }
    }

    pub(crate) fn audience(self) -> Audience {
        if self.is_staff() { Audience::Desk } else { Audience::Online }
    }

    pub(crate) fn must(self, what: Permission, store: StoreId) -> Result<(), Refusal> {
        if self.context.actor.may(what, store) { Ok(()) } else { Err(Refusal::NotAllowed) }
    }

    /// Overrides need the right and a reason.
    pub(crate) fn over(self, store: StoreId, reason: Option<&String>) -> Result<bool, Refusal> {
        match reason.map(|reason| reason.trim()) {
            None => Ok(false),
            Some("") => Err(Refusal::Invalid { field: "override_reason".into() }),
            Some(reason) => NOTE.check("override_reason", reason).and_then(|()| self.must(Permission::Override, store)).map(|()| true),
        }
    }

    /// Lines and note are of a sane size, and name only people whom the actor may name.
    pub(crate) fn check_lines(self, store: StoreId, lines: &[RequestedLine], note: &str) -> Result<(), Refusal> {
        if lines.is_empty() || lines.len() > MAX_LINES {
            return Err(Refusal::Invalid { field: "lines".into() });
        }
        if !self.is_staff() {
            self.context.member_use.check_lines(lines.len())?;
        }
        NOTE.check("note", note)?;
        let (first, last) = lines
            .iter()
            .fold((Timestamp(i64::MAX), Timestamp(i64::MIN)), |(first, last), line| (first.min(line.starts_at), last.max(line.starts_at)));
        if last.minutes_since(first) > 24 * 60 || lines.iter().any(|line| line.starts_at.0 % crate::time::MINUTE != 0) {
            return Err(Refusal::Invalid { field: "starts_at".into() });
        }
        for line in lines {
            match &line.subject {
                Subject::Member(member) => self.check_member(store, *member)?,
                Subject::Guest { name } => PERSON.check("subject", name)?,
            }
            if let Some(payer) = line.payer {
                self.check_member(store, payer)?;
            }
        }
        Ok(())
    }

    pub(crate) fn tier(self, lines: &[RequestedLine]) -> u8 {
        let members =
            lines.iter().filter_map(|line| if let Subject::Member(id) = line.subject { self.view.members.get(&id) } else { None });
        members.map(|member| member.tier).max().unwrap_or(0)
    }

    /// The standing of a wish through a channel.
    pub(crate) fn request(self, store: &Store, channel: Channel, tier: u8) -> Standing {
        Standing::request(store.rules.rank(channel), tier)
    }

    /// Lead time and horizon for members; the desk only may not book the past.
    pub(crate) fn check_notice(self, store: &Store, lines: &[Line]) -> Result<(), Refusal> {
        let start = lines.iter().map(|line| line.starts_at).min().unwrap_or_default();
        if self.is_staff() {
            // A desk that was offline sends its bookings late: what counts is when they were given.
            self.check_horizon(start)?;
            let past = start < self.at().plus_minutes(-60);
            return if past { Err(Refusal::TooSoon { lead_minutes: 0 }) } else { Ok(()) };
        }
        notice::check_notice(store, &self.services(lines)?, start, self.context.now)
    }

    /// Nobody plans further ahead than two years.
    pub(crate) fn check_horizon(self, start: Timestamp) -> Result<(), Refusal> {
        let is_too_far = start > self.context.now.plus_minutes(i64::from(DESK_HORIZON_DAYS) * 1440);
        if is_too_far { Err(Refusal::TooFarAhead { days: DESK_HORIZON_DAYS }) } else { Ok(()) }
    }

    /// What one account may have; the desk is not limited.
    pub(crate) fn check_limits(self, store: &Store, booking: BookingId, lines: &[Line]) -> Result<(), Refusal> {
        if self.is_staff() {
            return Ok(());
        }
        let own = &self.context.member_use;
        own.check_visit(store, booking, lines, self.context.now)?;
        own.check_pace(booking, self.context.now)
    }

    fn services(self, lines: &[Line]) -> Result<Vec<&'a Service>, Refusal> {
        lines.iter().map(|line| self.view.service(line.service).or_refuse("service")).collect()
    }

    /// Minutes before the start until which members may change the visit.
    pub(crate) fn cutoff_minutes(self, store: &Store, booking: &Booking) -> u16 {
        let minutes = booking.lines.iter().map(|line| total_minutes(&line.parts)).fold(0, u16::saturating_add);
        self.services(&booking.lines).map_or(store.rules.cutoff_minutes, |services| notice::cutoff_minutes(store, &services, minutes))
    }

    pub(crate) fn note(self, booking: &mut Booking, what: StepKind) {
        booking.note_step(what, self.at(), self.context.actor.principal, self.context.actor.staff);
    }

    /// The same with the reason that was given.
    pub(crate) fn note_why(self, booking: &mut Booking, what: StepKind, why: &str) {
        self.note(booking, what);
        let own = booking.history.iter_mut().rev().find(|step| step.what == what && step.at == self.at());
        if let Some(step) = own {
            step.reason = why.trim().into();
        }
    }

    /// A booking that does not exist yet, without time.
    pub(crate) fn fresh(
        self,
        store: StoreId,
        id: BookingId,
        account: Option<AccountId>,
        lines: Vec<Line>,
        note: &str,
        tier: u8,
    ) -> Booking {
        let starts_at = lines.iter().map(|line| line.starts_at).min().unwrap_or_default();
        let ends_at = lines.iter().map(|line| line.range().end).max().unwrap_or(starts_at);
        Booking {
            id,
            store,
            state: State::Requested,
            facts: Facts::default(),
            account,
            channel: self.context.channel,
            entered_by: self.context.actor.principal,
            made_at: self.at(),
            lines,
            promised: Vec::new(),
            starts_at,
            ends_at,
            date_only: false,
            late_minutes: 0,
            note: note.trim().into(),
            terms_version: 0,
            tier,
            occupancy: Vec::new(),
            placed_seq: PLACED_NOW,
            placed_by: self.context.replica,
            alternatives: Vec::new(),
            version: 0,
            history: Vec::new(),
        }
    }
}

/// # Errors
/// `WrongState`, named.
pub(crate) fn wrong_state(booking: &Booking) -> Refusal {
    Refusal::WrongState { state: booking.state.kind() }
}
