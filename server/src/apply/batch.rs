//! The commands of one transaction, decided one after another in memory: later ones see what earlier ones did.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use shared::booking::{Alternative, Booking, PLACED_NOW, State};
use shared::busy_day::Taken;
use shared::command::{Command, ReadPlan};
use shared::context::Context;
use shared::decision::{Change, Decision};
use shared::envelope::Envelope;
use shared::id::{MemberId, StoreId};
use shared::noun::{Kind, Noun};
use shared::placement::usual as usual_person;
use shared::record::{Record, SCHEDULE};
use shared::refusal::Refusal;
use shared::role::{Permission, Principal};
use shared::scope::Scope;
use shared::sync::Outcome;
use shared::time::Timestamp;
use shared::view::{Ahead, View, WaitingFor};
use shared::waitlist_entry::WaitlistEntry;
use sqlx::PgConnection;

use super::load::{People, Wanted, load_store, lock_people};
use super::member_use::MemberUses;
use super::{advice, evidence, proof, shared_staff};
use crate::apply::verdict::Verdict;
use crate::changes::Changes;
use crate::db::{bookings, catalogue, feed, usual, waitlist};
use crate::metrics::Counters;
use crate::openings::{self, RefusedRequest};
use crate::received_command::ReceivedCommand;
use crate::schedule_cache::{Schedule, Shown, TimeRanges};
use crate::state::AppState;

/// Reads ask at most three times; what is still unknown then stays so.
const MOST_ROUNDS: usize = 4;

/// Rules look at every booking in the view: when commands of many days have filled it, it is emptied for the next one. Few are many
/// for tests, so that every story meets it.
const MANY_IN_VIEW: usize = if cfg!(debug_assertions) { 3 } else { 2_000 };
/// Those of a few days stay: the next command is most often about the same.
const FEW_DAYS_MINUTES: i64 = if cfg!(debug_assertions) { 0 } else { 5 * 1440 };

/// What the commands of one transaction share.
pub(crate) struct Batch<'a> {
    pub state: &'a AppState,
    pub now: Timestamp,
    pub view: View,
    pub changes: Changes,
    pub store: Option<StoreId>,
    /// Everything known of the store; the view has the part that the commands ask for.
    schedule: Option<Schedule>,
    /// The ranges of the schedule that are in the view.
    in_view: TimeRanges,
    /// Head of the store's desk feed when its row was locked.
    head: u64,
    desk_heard_at: Option<Timestamp>,
    member_uses: MemberUses,
    /// The members that are locked.
    people: People,
    /// There is one command only: it may lock more when it needs more.
    is_alone: bool,
}

/// What came of a command.
pub(crate) enum Decided {
    Verdict(Verdict),
    /// It is about somebody who is not locked, and cannot be now: locks are taken in one order only. It is decided by the next transaction.
    Later,
}

impl<'a> Batch<'a> {
    /// Locks what the commands are about, all of them in one store, and reads what they ask for at first.
    pub(crate) async fn open(
        state: &'a AppState,
        connection: &mut PgConnection,
        orders: &mut [ReceivedCommand],
        now: Timestamp,
    ) -> sqlx::Result<Self> {
        let store = orders.iter().find_map(ReceivedCommand::store);
        if orders.iter().filter_map(|order| order.command.as_ref()).any(Command::changes_catalogue) {
            catalogue::lock_brand(connection).await?;
        }
        let (mut view, mut desk_heard_at, mut head) = (View::default(), None, 0);
        let (mut schedule, mut shown) = (None, Shown::default());
        view.known.catalogue = true;
        view.catalogue = match store {
            Some(store) => {
                let around = catalogue::lock_store(connection, store).await?;
                let catalogue = state.catalogue_cache.of_version(connection, &state.sealer, around.version).await?.1;
                (desk_heard_at, head) = (around.desk_heard_at, around.head);
                if shared_staff::lock_shared_staff(connection, store, &catalogue).await? {
                    // Until they were locked, another store could tell of them in this one's feed.
                    head = feed::head(connection, Scope::Desk(store)).await?;
                }
                let known = schedule.insert(state.schedule_cache.take(store, head));
                shown = std::mem::take(&mut known.shown);
                catalogue
            }
            None => state.catalogue_in(connection).await?.1,
        };
        evidence::weigh(connection, store, head, orders).await?;
        let member_uses = MemberUses::read(connection, store, orders, now).await?;
        let (changes, in_view) = (Changes::default(), shown.ranges);
        view.put_schedule(shown.taken);
        let mut batch = Batch {
            state,
            now,
            view,
            changes,
            store,
            schedule,
            in_view,
            head,
            desk_heard_at,
            member_uses,
            people: People::default(),
            is_alone: orders.len() == 1,
        };
        proof::own_numbers(state, connection, &mut batch.view, orders).await?;
        batch.read_ahead(connection, orders).await?;
        Ok(batch)
    }

    /// Reads at once what the commands ask for at first, and then what they ask for when they know their bookings. The people that they are
    /// about are locked last, all together.
    async fn read_ahead(&mut self, connection: &mut PgConnection, orders: &[ReceivedCommand]) -> sqlx::Result<()> {
        let mut people = People::default();
        for _ in 0..2 {
            let plans = orders.iter().filter_map(|order| order.command.as_ref()).filter_map(|command| command.reads(&self.view));
            let mut wanted = Wanted::default();
            let mut by_id = ReadPlan::default();
            for plan in plans {
                wanted.add(&plan);
                by_id.records.extend(plan.records);
            }
            people.extend(&wanted.people);
            load_store(connection, &self.state.sealer, self.schedule.as_mut(), &mut self.view, &wanted).await?;
            match &self.schedule {
                Some(schedule) if !by_id.records.is_empty() => schedule.supply(&mut self.view, &mut self.in_view, &by_id),
                _ => break,
            }
        }
        lock_people(connection, &self.state.sealer, &mut self.view, &people).await?;
        self.people = people;
        Ok(())
    }

    /// Makes the view ready for the next command: it asks for its own days again, which are in the view already or at hand.
    fn turn_to_next(&mut self) {
        let Some(store) = self.store else { return };
        self.view.known.schedules.remove(&store);
        if self.view.bookings.len() > MANY_IN_VIEW && self.in_view.minutes() > FEW_DAYS_MINUTES {
            self.empty_view();
        }
    }

    /// Takes what takes time out of the view; the schedule keeps it.
    fn empty_view(&mut self) {
        self.view.take_schedule();
        self.in_view = TimeRanges::default();
        self.view.known.absent.retain(|key| !SCHEDULE.contains(&key.kind));
    }

    /// Reads promises that are still to come, as this transaction leaves them. Stores that nobody has locked are locked first: what is said
    /// of their promises must still hold afterwards.
    async fn read_promises(&mut self, connection: &mut PgConnection, ahead: &[Ahead]) -> sqlx::Result<()> {
        if ahead.is_empty() {
            return Ok(());
        }
        let others: BTreeSet<StoreId> = ahead.iter().map(|ahead| ahead.store).filter(|store| Some(*store) != self.store).collect();
        if !others.is_empty() {
            catalogue::lock_stores(connection, &others).await?;
        }
        for wanted in ahead {
            for booking in bookings::ahead(connection, &self.state.sealer, *wanted, self.now).await? {
                self.view.put(Record::from(booking));
            }
            self.view.known.ahead.push(*wanted);
        }
        for ((store, key), touched) in &self.changes.records {
            if store.is_some() && key.kind == Booking::KIND {
                touched.after.clone().into_iter().for_each(|record| self.view.put(record));
            }
        }
        Ok(())
    }

    /// Reads those who wait for some starts, as this transaction leaves them.
    async fn read_waiting(&mut self, connection: &mut PgConnection, waiting: &[WaitingFor]) -> sqlx::Result<()> {
        for wanted in waiting {
            for entry in waitlist::waiting(connection, &self.state.sealer, *wanted).await? {
                if !self.changes.touch::<WaitlistEntry>(entry.store, entry.id) {
                    self.view.put(Record::from(entry));
                }
            }
            self.view.known.waiting.push(*wanted);
        }
        Ok(())
    }

    /// Reads who served members last, as this transaction leaves it.
    async fn read_usual(&mut self, connection: &mut PgConnection, wanted: &BTreeSet<(StoreId, MemberId)>) -> sqlx::Result<()> {
        for (store, last) in usual::last_visits(connection, wanted).await? {
            let members = wanted.iter().filter(|(own, _)| *own == store).map(|(_, member)| *member);
            let later = |booking: &&Booking| booking.store == store && matches!(booking.state, State::Completed { .. });
            for member in members {
                let changed = self.changes.after::<Booking>().filter(later).filter_map(|booking| usual_person::last_in(booking, member));
                let person = changed.chain(last.get(&member).copied()).max().map(|(_, staff)| staff);
                self.view.known.usual.push((store, member, person));
            }
        }
        Ok(())
    }

    /// Whether the plan is about people who are locked; others cannot be any more, unless nobody is or there is one command only.
    async fn supply(&mut self, connection: &mut PgConnection, plan: &ReadPlan) -> sqlx::Result<bool> {
        let mut wanted = Wanted::default();
        wanted.add(plan);
        self.read_promises(connection, &plan.ahead).await?;
        self.read_waiting(connection, &plan.waiting).await?;
        self.read_usual(connection, &plan.usual).await?;
        load_store(connection, &self.state.sealer, self.schedule.as_mut(), &mut self.view, &wanted).await?;
        if let Some(schedule) = &self.schedule {
            schedule.supply(&mut self.view, &mut self.in_view, plan);
        }
        if !self.people.include(&wanted.people) {
            if !self.is_alone && self.people != People::default() {
                return Ok(false);
            }
            lock_people(connection, &self.state.sealer, &mut self.view, &wanted.people).await?;
            self.people.extend(&wanted.people);
        }
        Ok(true)
    }

    /// Decides one command and takes its changes into the view.
    pub(crate) async fn decide(&mut self, connection: &mut PgConnection, order: &ReceivedCommand) -> sqlx::Result<Decided> {
        let Some(command) = &order.command else {
            let is_withdrawn = order.kind == Envelope::WITHDRAWN;
            let outcome = if is_withdrawn { Outcome::Withdrawn } else { Outcome::Unreadable };
            return Ok(Decided::Verdict(Verdict::of(outcome)));
        };
        if let Some(refusal) = &order.unfit {
            return Ok(Decided::Verdict(Verdict::refused(refusal.clone())));
        }
        self.turn_to_next();
        for _ in 0..MOST_ROUNDS {
            let Some(mut plan) = command.reads(&self.view) else { break };
            // Whoever changes no roster anywhere is refused, and nothing is read for it.
            if !plan.ahead.iter().any(|ahead| order.actor.may(Permission::Override, ahead.store)) {
                plan.ahead.clear();
            }
            if !self.supply(connection, &plan).await? {
                return Ok(Decided::Later);
            }
        }
        Counters::count(&self.state.counters.decided);
        let verdict = self.decide_informed(connection, order, command).await?;
        // What this one has ended may be another's last visit.
        self.view.known.usual.clear();
        if !self.view.known.ahead.is_empty() {
            // The next one looks at its own days only.
            self.view.known.ahead.clear();
            self.empty_view();
        }
        Ok(Decided::Verdict(verdict))
    }

    /// Decides a command whose reads are here.
    async fn decide_informed(
        &mut self,
        connection: &mut PgConnection,
        order: &ReceivedCommand,
        command: &Command,
    ) -> sqlx::Result<Verdict> {
        let proven = proof::by_code(self.state, connection, order, command, self.now).await?;
        let context = Context { proven, ..self.context(order) };
        if matches!(command, Command::Hold(_)) && context.member_use.holds().next().is_some() {
            // A new hold lets go of the ones before it, wherever in the calendar they are.
            self.supply(
                connection,
                &ReadPlan { records: context.member_use.holds().map(Booking::key_of).collect(), ..ReadPlan::default() },
            )
            .await?;
        }
        match catch_unwind(AssertUnwindSafe(|| command.decide(&context, &self.view))) {
            Ok(Ok(decision)) => {
                let displaced = self.take(decision.changes.as_slice());
                self.advise_displaced(connection, &displaced).await?;
                self.note(&decision);
                Ok(Verdict { outcome: Outcome::Applied, step: Some(decision.step) })
            }
            Ok(Err(Refusal::Undecided)) | Err(_) => {
                // The rules must answer everything; this is kept for a person to look at and does not hold up the rest.
                tracing::error!(command = command.name(), uuid = %order.uuid, "a command could not be decided");
                Ok(Verdict::of(Outcome::Poison))
            }
            Ok(Err(refusal)) => {
                let alternatives = match advice::request_of(command, &refusal, order.channel, &self.view) {
                    Some(request) => self.advise(connection, &request).await?,
                    None => Vec::new(),
                };
                let sees_board = self.store.is_some_and(|store| order.actor.may(Permission::SeeBoard, store));
                let refusal = if sees_board { refusal } else { refusal.without_ids() };
                Ok(Verdict { outcome: Outcome::Refused { refusal, alternatives }, step: None })
            }
        }
    }

    /// What is known of the store's schedule once this is committed; `moved` is the head if the transaction has moved it.
    pub(crate) fn schedule(self, moved: Option<u64>) -> Option<Schedule> {
        // Of stores that do not exist anybody may ask.
        self.view.catalogue.stores.get(&self.store?)?;
        Some(self.schedule?.committed(moved.unwrap_or(self.head), self.view, self.in_view, &self.changes, self.now))
    }

    fn context(&self, order: &ReceivedCommand) -> Context {
        let mut actor = order.actor.clone();
        if matches!(actor.principal, Principal::Device(_)) {
            // A claim by PIN names somebody who works here, or nobody.
            let works_here = |staff: &shared::staff::Staff| staff.active && self.store.is_none_or(|store| staff.stores.contains(&store));
            actor.staff = actor.staff.filter(|id| self.view.catalogue.staff.get(id).is_some_and(works_here));
        }
        let member_use = self.member_uses.of(&self.state.limits, self.store, actor.account_id(), &self.changes);
        Context {
            now: self.now,
            stamp: order.stamp,
            moment: order.stamp.at.min(self.now),
            actor,
            channel: order.channel,
            command: order.uuid,
            replica: order.replica,
            number: order.number,
            // What is given now has also seen what this transaction has just placed.
            base: if order.claimed_base.is_none() { PLACED_NOW } else { order.base },
            base_raised: order.base_raised,
            desk_heard_at: self.desk_heard_at,
            proven: None,
            member_use,
        }
    }

    /// Takes changes into the view; answers the bookings that had to give way and have no openings offered yet.
    fn take(&mut self, changes: &[Change]) -> Vec<Booking> {
        for change in changes {
            self.put(change);
        }
        let bookings = changes.iter().filter_map(Change::put_of::<Booking>);
        let displaced = bookings.filter(|booking| matches!(booking.state, State::Displaced { .. }) && booking.alternatives.is_empty());
        displaced.cloned().collect()
    }

    fn note(&mut self, decision: &Decision) {
        let store = self.store;
        self.changes.notices.extend(decision.notices.iter().filter_map(|notice| Some((store?, *notice))));
    }

    async fn advise_displaced(&mut self, connection: &mut PgConnection, displaced: &[Booking]) -> sqlx::Result<()> {
        for booking in displaced {
            let alternatives = self.advise(connection, &advice::request_of_displaced(booking)).await?;
            let advised = Change::put(Booking { alternatives, ..booking.clone() });
            self.put(&advised);
        }
        Ok(())
    }

    fn put(&mut self, change: &Change) {
        self.changes.note(&self.view, change);
        self.view.apply(change);
        if let Some(schedule) = &mut self.schedule {
            schedule.apply(change);
        }
    }

    async fn advise(&self, connection: &mut PgConnection, refused: &RefusedRequest) -> sqlx::Result<Vec<Alternative>> {
        let moving = refused.moving.as_ref().map(Noun::key);
        let overlay = |stored: &[Taken]| self.changes.over(refused.request.store, stored, moving);
        openings::alternatives(self.state, connection, &self.view.catalogue, refused, overlay, self.now).await
    }
}
