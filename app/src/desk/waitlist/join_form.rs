//! One more who waits: who, what, with whom, which day and which part of it.

use leptos::prelude::*;
use shared::booking::Subject;
use shared::command::{Command, JoinWaitlist};
use shared::id::{AccountId, MemberId, ServiceId, WaitlistEntryId};
use shared::staff_preference::StaffPreference;
use shared::time::LocalDate;
use shared::visit_request::RequestedService;

use crate::components::day_part::{DayPart, day_and_part};
use crate::components::icon::Icon;
use crate::desk::booking_form::guest::{Guest, GuestPicker};
use crate::desk::booking_form::staff_preferences::StaffPreferences;
use crate::desk::booking_form::{PreferencePicker, ServicePicker};
use crate::desk::business_day;
use crate::desk::busy;
use crate::desk::date_picker::DatePicker;
use crate::desk::done::{About, Done};
use crate::desk::problem::Problem;
use crate::desk::sheet_frame::SheetFrame;
use crate::desk::words::guest_word;
use crate::desk::workbench::{Prefill, Workbench};
use crate::i18n;
use crate::state::SubmitError;

/// What has been filled in so far. `Copy`.
#[derive(Clone, Copy)]
struct Fields {
    bench: Workbench,
    /// Fixed from the start: a second tap adds nobody twice.
    entry: WaitlistEntryId,
    /// Who a new member will be.
    new_member: MemberId,
    guest: RwSignal<Guest>,
    services: RwSignal<Vec<ServiceId>>,
    staff_preferences: RwSignal<StaffPreferences>,
    date: RwSignal<LocalDate>,
    part: RwSignal<DayPart>,
    note: RwSignal<String>,
    is_busy: RwSignal<bool>,
    problem: RwSignal<Option<SubmitError>>,
}

impl Fields {
    fn new(bench: Workbench, prefill: &Prefill) -> Self {
        let date = prefill.starts_at.and_then(|at| bench.store_now().map(|store| business_day::day_of(&store, at)));
        let staff_preferences = if prefill.staff_preferences.is_empty() {
            StaffPreferences::for_visit(prefill.staff.map_or(StaffPreference::Any, StaffPreference::Requested))
        } else {
            StaffPreferences::of_services(prefill.staff_preferences.iter().copied())
        };
        Fields {
            bench,
            entry: bench.replica.new_id(),
            new_member: bench.replica.new_id(),
            guest: RwSignal::new(prefill.member.map_or_else(|| Guest::again(prefill), Guest::Member)),
            services: RwSignal::new(prefill.services.clone()),
            staff_preferences: RwSignal::new(staff_preferences),
            date: RwSignal::new(date.unwrap_or_else(|| untrack(|| bench.date().max(bench.today())))),
            part: RwSignal::new(DayPart::Whole),
            note: RwSignal::new(prefill.note.clone()),
            is_busy: RwSignal::new(false),
            problem: RwSignal::new(None),
        }
    }

    /// Tracked.
    fn has_all(self) -> bool {
        !self.services.with(Vec::is_empty) && self.guest.with(|guest| guest.problem(self.bench.region())).is_none()
    }
}

/// The side sheet.
#[component]
pub fn JoinForm(prefill: Prefill) -> impl IntoView {
    let bench = Workbench::expect();
    let fields = Fields::new(bench, &prefill);
    let today = Signal::derive(move || bench.today());
    let problem = move || fields.problem.get().map(|error| i18n::refusals().submit(&error));
    let why_not = move || fields.guest.with(|guest| guest.problem_words(bench.region()));
    let part = move |part: DayPart| {
        view! {
            <button
                class="choice"
                type="button"
                aria-pressed=move || (fields.part.get() == part).to_string()
                on:click=move |_| fields.part.set(part)
            >
                {move || part.word()}
            </button>
        }
    };
    view! {
        <SheetFrame title=i18n::text(|| i18n::waitlist().join_title)>
            <form class="panel__body form" id="join-form" on:submit=move |event| { event.prevent_default(); join(fields); }>
                <GuestPicker guest=fields.guest />
                <ServicePicker services=fields.services />
                <PreferencePicker services=fields.services staff_preferences=fields.staff_preferences date=fields.date />
                <section class="section" aria-labelledby="part-title">
                    <h3 id="part-title">{move || i18n::waitlist().part}</h3>
                    <DatePicker date=fields.date today on_choose=Callback::new(move |date: LocalDate| fields.date.set(date)) />
                    <div class="choices" role="group" aria-labelledby="part-title">
                        {DayPart::ALL.into_iter().map(part).collect_view()}
                    </div>
                </section>
                <div class="field">
                    <label class="field__label" for="join-note">
                        {move || i18n::desk().form.note} " " <span class="field__optional">{move || i18n::desk().form.optional}</span>
                    </label>
                    <textarea
                        class="input"
                        id="join-note"
                        placeholder=move || i18n::waitlist().note_hint
                        prop:value=move || fields.note.get()
                        on:input=move |event| fields.note.set(event_target_value(&event))
                    >

                    </textarea>
                </div>
                <Problem text=Signal::derive(problem) />
            </form>
            <div class="panel__foot panel__foot--summed">
                <Show when=move || why_not().is_some()>
                    <p class="panel__sum field__error">{why_not}</p>
                </Show>
                <button
                    class="button button--primary button--large"
                    type="submit"
                    form="join-form"
                    disabled=move || !fields.has_all() || fields.is_busy.get()
                    aria-busy=move || fields.is_busy.get().to_string()
                >
                    <Icon name="check" size="small" />
                    {move || i18n::waitlist().join}
                </button>
            </div>
        </SheetFrame>
    }
}

/// The new member first, where there is one, then the entry.
fn join(fields: Fields) {
    let bench = fields.bench;
    let Some(store) = bench.store_now().filter(|_| untrack(|| fields.has_all())) else { return };
    busy::once(fields.is_busy, async move {
        let guest = fields.guest.get_untracked();
        if let Guest::New(new) = &guest {
            if !bench.give_first(new.command(fields.new_member, store.id, bench.region()), fields.problem).await {
                return;
            }
            fields.guest.try_set(Guest::Member(fields.new_member));
        }
        let (subject, account, name) = who(fields, guest);
        let starts = fields.part.get_untracked().on(&store.zone, fields.date.get_untracked());
        let command = Command::JoinWaitlist(JoinWaitlist {
            store: store.id,
            entry: fields.entry,
            account,
            subject,
            services: services(fields),
            starts,
            note: fields.note.get_untracked().trim().to_owned().into(),
        });
        let about = format!("{} · {}", guest_word(Some(&name)), day_and_part(&store.zone, starts));
        let done = Done::new("check-circle", i18n::waitlist().joined, About::words(about)).close();
        bench.give_last(command, done, fields.problem).await;
    });
}

/// The guest as a subject, their account, and their name.
fn who(fields: Fields, guest: Guest) -> (Subject, Option<AccountId>, String) {
    match guest {
        Guest::New(new) => (Subject::Member(fields.new_member), None, new.name),
        Guest::Member(id) => {
            let member = fields.bench.replica.view_now().members.get(&id).cloned();
            let account = member.as_ref().and_then(|member| member.account);
            (Subject::Member(id), account, member.map(|member| member.name.value.0).unwrap_or_default())
        }
        Guest::Named { name, .. } => {
            let name = name.trim().to_owned();
            (Subject::Guest { name: name.clone().into() }, None, name)
        }
    }
}

fn services(fields: Fields) -> Vec<RequestedService> {
    let (view, services) = (fields.bench.replica.view_now(), fields.services.get_untracked());
    let Some(store) = fields.bench.store_now() else { return Vec::new() };
    let preference = |service| fields.staff_preferences.with_untracked(|all| all.of(&view, store.id, service, &services));
    services.iter().map(|service| RequestedService { service: *service, staff_preference: preference(*service) }).collect()
}
