//! Words that several screens of the desk choose in the same way.

use shared::block::BlockKind;
use shared::booking::{Booking, Subject};
use shared::coverage_gap::Lack;
use shared::id::{ResourceId, StaffId};
use shared::money::{Currency, Money, Price};
use shared::role::Channel;
use shared::state_kind::StateKind;
use shared::time::LocalDate;
use shared::view::View;

use crate::components::status::Status;
use crate::i18n::{self, format};

/// A state as the desk says it: "held" is held for a member, not for the reader.
#[must_use]
pub fn status_word(status: Status) -> &'static str {
    let words = &i18n::desk().states;
    match status {
        Status::Unsent => words.unsent,
        Status::Booking(StateKind::Held) => words.held,
        Status::Booking(StateKind::Requested) => words.requested,
        Status::Booking(StateKind::Displaced) => words.displaced,
        Status::Attention => words.emergency,
        other => other.word(),
    }
}

/// The first name in a booking.
#[must_use]
pub fn guest_name(view: &View, booking: &Booking) -> Option<String> {
    let names = booking.lines.iter().filter_map(|line| match &line.subject {
        Subject::Member(id) => view.members.get(id).map(|member| &*member.name.value),
        Subject::Guest { name } => Some(&**name),
    });
    names.into_iter().find(|name| !name.is_empty()).cloned()
}

/// A guest by name, or 散客.
#[must_use]
pub fn guest_word(name: Option<&str>) -> String {
    name.filter(|name| !name.is_empty()).unwrap_or(i18n::desk().board.walk_in).to_owned()
}

/// Who, when and with whom: `林小满 · 明天 14:00 · 阿杰`; `None` while the store is not known.
#[must_use]
pub fn visit_words(view: &View, booking: &Booking, today: LocalDate) -> Option<String> {
    let store = view.catalogue.stores.get(&booking.store)?;
    let when = format!("{} {}", format::day(store.zone.local(booking.starts_at).0, today), format::time(&store.zone, booking.starts_at));
    let staff = staff_names(view, booking.lines.iter().filter_map(|line| line.staff));
    let parts = [guest_word(guest_name(view, booking).as_deref()), when, staff];
    Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "))
}

/// Names of staff, each once: `阿杰 / 凯莉`.
#[must_use]
pub fn staff_names(view: &View, staff: impl Iterator<Item = StaffId>) -> String {
    let mut names: Vec<String> = Vec::new();
    for name in staff.filter_map(|id| view.catalogue.staff.get(&id)).map(|staff| i18n::name(&staff.name)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" / ")
}

/// The name of a staff member, or of a room, a station or a device.
#[must_use]
pub fn resource_name(view: &View, id: ResourceId) -> String {
    let resource = view.catalogue.resources.get(&id).map(|resource| &resource.name);
    let name = resource.or_else(|| view.catalogue.staff.get(&StaffId(id.0)).map(|staff| &staff.name));
    name.map(i18n::name).unwrap_or_default()
}

/// What a promise lacks.
#[must_use]
pub fn lack_text(view: &View, lack: Lack) -> String {
    let words = &i18n::inbox().uncovered;
    match lack {
        Lack::Person(staff) => (words.person)(&resource_name(view, staff.into())),
        Lack::Skill(staff) => (words.skill)(&resource_name(view, staff.into())),
        Lack::Resource(resource) => (words.resource)(&resource_name(view, resource)),
        Lack::Hours => words.hours.to_owned(),
        Lack::Shift(staff) => (words.shift)(&resource_name(view, staff.into())),
        Lack::Clock(minutes) => (words.clock)(&format::duration(i64::from(minutes.abs())), minutes > 0),
    }
}

/// What a block is for.
#[must_use]
pub fn block_word(kind: BlockKind) -> &'static str {
    let words = &i18n::desk().block;
    match kind {
        BlockKind::Break => words.break_,
        BlockKind::TimeOff => words.time_off,
        BlockKind::Other => words.other,
        BlockKind::Emergency => words.emergency,
    }
}

/// Where a booking came from.
#[must_use]
pub fn channel_word(channel: Channel) -> &'static str {
    let words = &i18n::desk().visit;
    match channel {
        Channel::Desk => words.channel_desk,
        Channel::Phone => words.channel_phone,
        Channel::MemberApp => words.channel_member_app,
        Channel::Partner => words.channel_partner,
        Channel::Import => words.channel_import,
        Channel::WebWidget => words.channel_web_widget,
        Channel::WeChat => words.channel_we_chat,
        Channel::Device => words.channel_device,
    }
}

/// The sum of prices; `+ 面议` where some are on consultation.
#[must_use]
pub fn sum_text(currency: Currency, prices: &[Price]) -> String {
    let known: i64 = prices.iter().flatten().map(|price| price.0).sum();
    let open = prices.iter().any(Option::is_none);
    let consultation = i18n::common().times.on_consultation;
    match (open, known) {
        (true, 0) => consultation.to_owned(),
        (true, _) => format!("{} + {consultation}", currency.show(Money(known))),
        (false, _) => currency.show(Money(known)),
    }
}
