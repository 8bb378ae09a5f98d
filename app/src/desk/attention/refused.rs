//! A command of this tablet that the server refused: what was wished, why not, and what can be done instead.

use leptos::prelude::*;
use shared::booking::Subject;
use shared::command::{Command, RegisterMember};
use shared::id::CommandId;
use shared::time::Timestamp;

use super::displaced::nearby;
use crate::components::alternatives::{Alternatives, NearbyTime};
use crate::components::icon::Icon;
use crate::desk::attention::give_problem::GiveProblem;
use crate::desk::booking_form::staff_preferences::requested;
use crate::desk::command_words::{booking_of, command_words};
use crate::desk::done::{About, Done};
use crate::desk::go::use_go;
use crate::desk::sheet_frame::SheetFrame;
use crate::desk::workbench::{Prefill, Sheet, Workbench};
use crate::i18n::{self, format};
use crate::state::{Refused, SubmitError};

#[component]
pub(super) fn RefusedCommand(refused: Refused) -> impl IntoView {
    let bench = Workbench::expect();
    let problem = RwSignal::new(None::<SubmitError>);
    let Refused { uuid, ref command, given_at, ref outcome, .. } = refused;
    let title = {
        let command = command.clone();
        move || {
            command.as_ref().map_or_else(|| i18n::inbox().unreadable.to_owned(), |command| command_words(command, &bench.replica.view()))
        }
    };
    let outcome = outcome.clone();
    let why = move || i18n::refusals().outcome(&outcome).unwrap_or_default();
    view! {
        <article class="attention">
            <div class="attention__head">
                <Icon name="attention" />
                <div>
                    <h2 class="attention__title">{move || i18n::inbox().refused}{title}</h2>
                    <p class="attention__why">{why}</p>
                </div>
                <time class="attention__age">{move || format::ago(given_at, bench.minute())}</time>
            </div>
            <OtherTimes refused=refused.clone() problem />
            <GiveProblem problem />
            <div class="attention__actions">
                <Ways uuid command=refused.command problem />
                <button class="button" type="button" on:click=move |_| bench.replica.dismiss(uuid)>
                    {move || i18n::common().actions.dismiss}
                </button>
            </div>
        </article>
    }
}

/// Gives it again; what was refused leaves the inbox when that worked.
fn give_again(bench: Workbench, uuid: CommandId, command: Command, problem: RwSignal<Option<SubmitError>>) {
    let about = match booking_of(&command) {
        Some(booking) => About::visit(booking, command_words(&command, &bench.replica.view_now())),
        None => About::words(command_words(&command, &bench.replica.view_now())),
    };
    let done = Done::new("check", |about| format!("{} · {about}", i18n::inbox().given_again), about);
    bench.give(command, done.then(move || bench.replica.dismiss(uuid)), problem);
}

/// Tracked: the nearest times that still lie ahead, where the wish was for a time.
pub(super) fn other_times(bench: Workbench, refused: &Refused) -> Vec<NearbyTime> {
    refused.alternatives().iter().filter(|offer| offer.starts_at > bench.minute()).map(|offer| nearby(bench, offer)).collect()
}

/// Gives the wish again for another time; what was refused leaves the inbox when that worked.
pub(super) fn take_other_time(bench: Workbench, refused: &Refused, starts_at: Timestamp, problem: RwSignal<Option<SubmitError>>) {
    if let Some(command) = refused.command.clone().and_then(|command| at_another_time(command, starts_at)) {
        give_again(bench, refused.uuid, command, problem);
    }
}

/// The sheet of one refused command, opened from the board.
#[component]
pub fn RefusedSheet(command: CommandId) -> impl IntoView {
    let bench = Workbench::expect();
    let found = Memo::new(move |_| bench.replica.refused().iter().find(|refused| refused.uuid == command).cloned());
    let shown = move || found.get().map(|refused| view! { <RefusedCommand refused /> });
    let gone = || view! { <p class="note">{move || i18n::desk().visit.gone}</p> };
    view! {
        <SheetFrame title=i18n::text(|| i18n::desk().board.refused)>
            <div class="panel__body"><Show when=move || found.with(Option::is_some) fallback=gone>{shown}</Show></div>
        </SheetFrame>
    }
}

#[component]
fn OtherTimes(refused: Refused, problem: RwSignal<Option<SubmitError>>) -> impl IntoView {
    let bench = Workbench::expect();
    let shown = refused.clone();
    let times = Memo::new(move |_| other_times(bench, &shown));
    let choose = Callback::new(move |starts_at: Timestamp| take_other_time(bench, &refused, starts_at, problem));
    view! {
        <Show when=move || !times.with(Vec::is_empty)>
            <Alternatives
                title=i18n::text(|| i18n::inbox().offers)
                text=i18n::text(|| i18n::inbox().refused_offers) times
                on_choose=choose
            />
        </Show>
    }
}

/// The same wish at another time; its lines keep their distance.
fn at_another_time(mut command: Command, starts_at: Timestamp) -> Option<Command> {
    let lines = match &mut command {
        Command::Move(given) => {
            given.starts_at = starts_at;
            return Some(command);
        }
        Command::Book(given) => &mut given.lines,
        Command::SeatWalkIn(given) => &mut given.lines,
        _ => return None,
    };
    let first = lines.first()?.starts_at;
    for line in lines {
        line.starts_at = Timestamp(line.starts_at.0 - first.0 + starts_at.0);
    }
    Some(command)
}

/// Again as it was, or the form it came from.
#[component]
fn Ways(uuid: CommandId, command: Option<Command>, problem: RwSignal<Option<SubmitError>>) -> impl IntoView {
    let bench = Workbench::expect();
    command.map(|command| {
        let edit = edit_way(&command);
        let opened = booking_of(&command);
        let has_booking = Memo::new(move |_| opened.is_some_and(|booking| bench.replica.view().bookings.contains_key(&booking)));
        let prefill = prefill_of(uuid, &command);
        let registration = registration_of(uuid, &command);
        let go = use_go();
        let open = move |_| {
            if let Some(booking) = opened {
                bench.open(Sheet::Visit(booking));
            }
        };
        view! {
            <button class="button button--decide" type="button" on:click=move |_| give_again(bench, uuid, command.clone(), problem)>
                {move || i18n::common().actions.retry}
            </button>
            {edit.map(|href| view! {
                <a class="button" href=href><Icon name="edit" size="small" />{move || i18n::common().actions.edit}</a>
            })}
            {prefill.map(|prefill| view! {
                <button class="button" type="button" on:click=move |_| bench.open(Sheet::Book(prefill.clone()))>
                    <Icon name="edit" size="small" />{move || i18n::common().actions.edit}
                </button>
            })}
            {registration.map(|registration| {
                let again = move |_| {
                    bench.registration.set(Some(registration.clone()));
                    go("/desk/members/new");
                };
                view! {
                    <button class="button" type="button" on:click=again>
                        <Icon name="edit" size="small" />{move || i18n::common().actions.edit}
                    </button>
                }
            })}
            <Show when=move || has_booking.get()>
                <button class="button" type="button" on:click=open>{move || i18n::inbox().open_booking}</button>
            </Show>
        }
    })
}

/// The page where it can be put right.
fn edit_way(command: &Command) -> Option<String> {
    Some(match command {
        Command::EditMember(given) => format!("/desk/members/{}", given.member),
        Command::PutStore(_) => "/desk/set-up/store".to_owned(),
        Command::PutService(given) => format!("/desk/set-up/services/{}", given.service),
        Command::PutStaff(given) => format!("/desk/set-up/staff/{}", given.staff),
        Command::OrderStaff(_) => "/desk/set-up/staff".to_owned(),
        Command::PutShift(_) => "/desk/set-up/shifts".to_owned(),
        Command::PutResourceType(_) | Command::PutResource(_) => "/desk/set-up/resources".to_owned(),
        Command::PutRules(_) => "/desk/set-up/rules".to_owned(),
        _ => return None,
    })
}

/// The form of a new member with what was typed.
fn registration_of(uuid: CommandId, command: &Command) -> Option<(CommandId, RegisterMember)> {
    match command {
        Command::RegisterMember(given) => Some((uuid, given.clone())),
        _ => None,
    }
}

/// The booking form with everything that was wished.
fn prefill_of(uuid: CommandId, command: &Command) -> Option<Prefill> {
    let (lines, note, by_phone) = match command {
        Command::Book(given) => (&given.lines, &given.note, given.by_phone),
        Command::Squeeze(given) => (&given.lines, &given.note, false),
        _ => return None,
    };
    let line = lines.first()?;
    let (member, guest) = match &line.subject {
        Subject::Member(member) => (Some(*member), String::new()),
        Subject::Guest { name } => (None, name.0.clone()),
    };
    let staff = lines.iter().find_map(|line| requested(line.staff_preference));
    let staff_preferences = lines.iter().map(|line| (line.service, line.staff_preference)).collect();
    let services = lines.iter().map(|line| line.service).collect();
    let (starts_at, note) = (Some(line.starts_at), note.0.clone());
    Some(Prefill { staff, starts_at, member, guest, services, staff_preferences, note, by_phone, instead_of: Some(uuid) })
}

#[cfg(test)]
mod tests {
    use shared::command::{Book, Move};
    use shared::id::{BookingId, ServiceId, StoreId};
    use shared::staff_preference::StaffPreference;
    use shared::visit_request::RequestedLine;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_refused_booking_comes_back_to_its_form_whole() {
        let (store, booking, service) = (StoreId(Uuid::nil()), BookingId(Uuid::nil()), ServiceId(Uuid::from_u128(2)));
        let subject = Subject::Guest { name: "王阿姨".into() };
        let line = RequestedLine {
            service,
            subject,
            payer: None,
            staff_preference: StaffPreference::Any,
            starts_at: Timestamp(1),
            seen_price: None,
        };
        let note = "靠窗".to_owned();
        let given = Book {
            store,
            booking,
            account: None,
            lines: vec![line],
            note: note.into(),
            terms_version: 1,
            by_phone: true,
            override_reason: None,
        };
        let prefill = prefill_of(CommandId(Uuid::nil()), &Command::Book(given)).expect("a form");
        assert_eq!((prefill.guest.as_str(), prefill.note.as_str(), prefill.by_phone), ("王阿姨", "靠窗", true));
        assert_eq!((prefill.services, prefill.starts_at), (vec![service], Some(Timestamp(1))));
    }

    #[test]
    fn a_move_that_was_refused_can_be_given_for_another_time() {
        let (store, booking) = (StoreId(Uuid::nil()), BookingId(Uuid::nil()));
        let given = Move { store, booking, starts_at: Timestamp(1), staff_preferences: Vec::new(), override_reason: None };
        let again = at_another_time(Command::Move(given.clone()), Timestamp(7));
        assert_eq!(again, Some(Command::Move(Move { starts_at: Timestamp(7), ..given })));
    }
}
