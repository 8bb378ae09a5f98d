//! A command in words, as the queue and the inbox say it: what, for whom, for when.

use shared::booking::{Booking, Subject};
use shared::command::Command;
use shared::id::{BookingId, MemberId, StoreId};
use shared::time::Timestamp;
use shared::view::View;
use shared::visit_request::RequestedLine;

use super::words::{guest_word, resource_name};
use crate::i18n::{self, format};

/// `签到 · 王丽 · 11月21日 周六 10:30`
#[must_use]
pub fn command_words(command: &Command, view: &View) -> String {
    let what = (i18n::inbox().command)(command);
    let store = command.store();
    let parts = match command {
        Command::Hold(c) => lines_words(&c.lines, store, view),
        Command::Book(c) => lines_words(&c.lines, store, view),
        Command::SeatWalkIn(c) => lines_words(&c.lines, store, view),
        Command::Squeeze(c) => lines_words(&c.lines, store, view),
        Command::Move(c) => vec![booking_name(c.booking, view), when(c.starts_at, store, view)],
        Command::AcceptAlternative(c) => vec![booking_name(c.booking, view), when(c.starts_at, store, view)],
        Command::Block(c) => vec![resource_name(view, c.resource), when(c.range.start, store, view)],
        Command::RegisterMember(c) => vec![c.name.0.clone()],
        Command::EditMember(c) => {
            let groups = c.edits.iter().map(|edit| (i18n::people().group)(edit.value.group())).collect::<Vec<_>>();
            vec![member_name(c.member, view), groups.join(i18n::people().comma)]
        }
        Command::PutStore(c) => vec![i18n::name(&c.name)],
        Command::PutService(c) => vec![i18n::name(&c.name)],
        Command::PutStaff(c) => vec![i18n::name(&c.name)],
        Command::PutResourceType(c) => vec![i18n::name(&c.name)],
        Command::PutResource(c) => vec![i18n::name(&c.name)],
        Command::PutShift(c) => vec![staff_name(view, c.staff)],
        Command::SignIn(c) => vec![staff_name(view, c.staff)],
        Command::SignOut(c) => vec![staff_name(view, c.staff)],
        Command::RefuseTurn(c) => vec![staff_name(view, c.staff)],
        Command::MakeGood(c) => vec![staff_name(view, c.staff)],
        Command::ReorderRotation(c) => vec![staff_name(view, c.staff)],
        other => booking_of(other).map(|booking| booking_words(booking, view)).unwrap_or_default(),
    };
    std::iter::once(what.to_owned()).chain(parts).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The booking a command is about.
#[must_use]
pub fn booking_of(command: &Command) -> Option<BookingId> {
    command.about()?.id_of::<Booking>()
}

/// Who a booking is for.
#[must_use]
pub fn booking_name(booking: BookingId, view: &View) -> String {
    let subject = view.bookings.get(&booking).and_then(|booking| booking.lines.first()).map(|line| &line.subject);
    subject.map(|subject| subject_name(subject, view)).unwrap_or_default()
}

/// A member by name, a guest by name or 散客.
#[must_use]
pub fn subject_name(subject: &Subject, view: &View) -> String {
    match subject {
        Subject::Member(member) => member_name(*member, view),
        Subject::Guest { name } => guest_word(Some(name)),
    }
}

fn booking_words(booking: BookingId, view: &View) -> Vec<String> {
    let known = view.bookings.get(&booking);
    let at = known.map(|known| when(known.starts_at, Some(known.store), view)).unwrap_or_default();
    vec![booking_name(booking, view), at]
}

fn lines_words(lines: &[RequestedLine], store: Option<StoreId>, view: &View) -> Vec<String> {
    let Some(first) = lines.first() else { return Vec::new() };
    let services: Vec<String> =
        lines.iter().filter_map(|line| view.catalogue.services.get(&line.service)).map(|service| i18n::name(&service.name)).collect();
    vec![subject_name(&first.subject, view), services.join(" + "), when(first.starts_at, store, view)]
}

fn when(at: Timestamp, store: Option<StoreId>, view: &View) -> String {
    store.and_then(|store| view.catalogue.stores.get(&store)).map(|store| format::date_time(&store.zone, at)).unwrap_or_default()
}

fn member_name(member: MemberId, view: &View) -> String {
    view.members.get(&member).map(|member| member.name.value.0.clone()).unwrap_or_else(|| i18n::inbox().somebody.to_owned())
}

fn staff_name(view: &View, staff: shared::id::StaffId) -> String {
    view.catalogue.staff.get(&staff).map(|staff| i18n::name(&staff.name)).unwrap_or_default()
}
