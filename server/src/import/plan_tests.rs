//! The small salon as a plan, twice; and the real one where its files are at hand.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use shared::context::Context;
use shared::decision::LadderStep;
use shared::id::ReplicaId;
use shared::member::Member;
use shared::noun::Noun;
use shared::role::{Actor, Channel};
use shared::stamp::Stamp;
use shared::time::Timestamp;
use shared::view::View;

use super::*;
use crate::import::tests::{real_salon, small_salon};
use crate::import::{SALON_CURRENCY, SALON_ZONE, SalonBytes, salon_zone, shift_days, understand};

fn plan_of(bytes: &SalonBytes, today: Option<Date>, move_to: Option<Date>) -> Plan {
    let files = understand(bytes, today).expect("good files");
    let shift_days = move_to.map_or(0, |current| shift_days(files.today, current));
    make_plan(files, Target { salon: Salon::unnamed(), zone: salon_zone(SALON_ZONE).expect("zone"), currency: SALON_CURRENCY, shift_days })
}

fn count(plan: &Plan, name: &str) -> usize {
    plan.commands.iter().filter(|(_, command)| command.name() == name).count()
}

#[test]
fn two_runs_give_the_same_commands_and_every_command_its_own_id() {
    let plan = |today| plan_of(&small_salon(), today, None);
    let (first, second) = (plan(Some(date(2018, 5, 3))), plan(None));
    assert_eq!(first.commands, second.commands);
    assert_eq!(first.sales, second.sales);
    let ids: BTreeSet<CommandId> = first.commands.iter().map(|(id, _)| *id).collect();
    assert_eq!(ids.len(), first.commands.len());
    assert_eq!(count(&first, "ImportVisit"), 6);
    assert_eq!(count(&first, "RegisterMember"), 5);
}

#[test]
fn two_promises_at_one_time_are_one_entry_in_attention() {
    let plan = plan_of(&small_salon(), None, None);
    let expected = ImportFindings { store: Salon::unnamed().store_id(), overlaps: 1, paid_no_shows: 0, rejected: 0, unclear: 0 };
    assert_eq!(plan.commands.last().map(|(_, command)| command), Some(&Command::ImportFindings(expected)));
    assert_eq!(plan.report.attention.len(), 1);
}

#[test]
fn what_is_past_and_neither_charged_nor_missed_reaches_the_inbox() {
    // A day later both promises are past, and nobody knows what became of them.
    let plan = plan_of(&small_salon(), Some(date(2018, 5, 4)), None);
    let expected = ImportFindings { store: Salon::unnamed().store_id(), overlaps: 0, paid_no_shows: 0, rejected: 0, unclear: 2 };
    assert_eq!(plan.commands.last().map(|(_, command)| command), Some(&Command::ImportFindings(expected)));
}

#[test]
fn the_real_plan_has_a_command_for_everything_that_was_counted() {
    let Some(salon) = real_salon() else { return };
    let plan = plan_of(&salon, None, None);
    let expected =
        [("PutStore", 1), ("PutService", 33), ("PutStaff", 6), ("PutShift", 23), ("RegisterMember", 821), ("ImportVisit", 1_850)];
    for (name, number) in expected {
        assert_eq!(count(&plan, name), number, "{name}");
    }
    assert_eq!(plan.sales.len(), 1_933);
    assert_eq!(plan.sales.iter().filter(|sale| sale.member.is_some() && sale.booking.is_none()).count(), 14);
    let expected = ImportFindings { store: Salon::unnamed().store_id(), overlaps: 2, paid_no_shows: 1, rejected: 0, unclear: 1 };
    assert_eq!(plan.commands.last().map(|(_, command)| command), Some(&Command::ImportFindings(expected)));
}

/// Decides all commands in order, each seeing what the earlier ones did; the steps that decided.
fn decide_all(plan: &Plan) -> Vec<LadderStep> {
    let mut view = View::default();
    view.known.catalogue = true;
    view.known.all_of.insert(Salon::unnamed().store_id());
    let mut steps = Vec::new();
    for (id, command) in &plan.commands {
        if let Command::RegisterMember(register) = command {
            view.known.absent.insert(Member::key_of(register.member));
        }
        let now = Timestamp(1_533_000_000_000);
        let context = Context {
            now,
            stamp: Stamp { at: now, counter: 0 },
            moment: now,
            actor: Actor::system(),
            channel: Channel::Import,
            command: *id,
            replica: ReplicaId(Uuid::nil()),
            number: 0,
            base: 0,
            base_raised: false,
            desk_heard_at: None,
            proven: None,
            member_use: Default::default(),
        };
        let decision = command.decide(&context, &view).unwrap_or_else(|refusal| panic!("{refusal:?}: {command:?}"));
        decision.changes.iter().for_each(|change| view.apply(change));
        steps.push(decision.step);
    }
    steps
}

#[test]
fn every_command_is_accepted_and_only_overlaps_open_a_lane() {
    let steps = decide_all(&plan_of(&small_salon(), None, None));
    assert_eq!(steps.iter().filter(|step| **step == LadderStep::Imported).count(), 1);
}

#[test]
fn every_real_command_is_accepted_and_every_promise_enters() {
    let Some(salon) = real_salon() else { return };
    let steps = decide_all(&plan_of(&salon, None, None));
    assert_eq!(steps.len(), 2_735);
    assert_eq!(steps.iter().filter(|step| **step == LadderStep::Imported).count(), 2);
}
