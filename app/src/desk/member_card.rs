//! One member: who they are, what to mind, when they were here. Edited by field groups.

mod group;
mod group_form;
pub(crate) mod group_text;
mod superseded;
mod visits;

use leptos::prelude::*;
use shared::id::MemberId;
use shared::member::{Member, MemberGroup};
use shared::role::Permission;

use super::member_code::MemberCode;
use super::workbench::{Prefill, Sheet, Workbench};
use crate::components::avatar::{Avatar, hue_of};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::desk::call_link::CallLink;
use crate::desk::contact_text::phone_text;
use crate::desk::unverified::Unverified;
use crate::i18n::{self, format};

use group::GroupBlock;
use visits::{Figures, Visits};

pub use crate::desk::member_card::group_text::current_text;
pub use crate::desk::member_card::group_text::lost_text;
pub use group::current_written;
pub use superseded::{UseMine, written_by};

/// The card of a member; says so when this tablet does not know them.
#[component]
pub fn MemberCard(
    /// Whose.
    member: MemberId,
) -> impl IntoView {
    let bench = Workbench::expect();
    let record = Memo::new(move |_| bench.replica.view().members.get(&member).cloned());
    let is_here = Memo::new(move |_| record.with(Option::is_some));
    let nobody = move || {
        let text = i18n::text(|| i18n::people().gone_text);
        view! { <EmptyState icon="person" title=i18n::text(|| i18n::people().gone) text /> }
    };
    let is_read = Memo::new(move |_| bench.replica.is_ready() && bench.replica.last_sync().is_some());
    // Who has not arrived yet is not gone.
    let absent = move || {
        view! {
            <Show when=move || is_read.get() fallback=|| view! { <span class="skeleton skeleton--card" aria-hidden="true"></span> }>
                {nobody()}
            </Show>
        }
    };
    view! {
        <Show when=move || is_here.get() fallback=absent>
            <Head record />
            <Glimpse record />
            <Proof record />
            <Caution record />
            <Figures member />
            <Groups record />
            <Visits member />
            <Registration record />
        </Show>
    }
}

#[component]
fn Head(record: Memo<Option<Member>>) -> impl IntoView {
    let bench = Workbench::expect();
    let name = Signal::derive(move || record.with(|member| member.as_ref().map(|member| member.name.value.0.clone()).unwrap_or_default()));
    let hue = record.with_untracked(|member| member.as_ref().map_or(0, |member| hue_of(member.id.0)));
    let phone = move || record.with(|member| member.as_ref().map(phone_text));
    let is_unverified = move || record.with(|member| member.as_ref().is_some_and(Member::has_unverified_number));
    let book = move |_| {
        bench.open(Sheet::Book(Prefill {
            member: record.with_untracked(|member| member.as_ref().map(|member| member.id)),
            ..Prefill::default()
        }))
    };
    view! {
        <header class="member-head">
            <a class="button button--icon" href="/desk/members" aria-label=move || i18n::people().back_to_list><Icon name="back" /></a>
            <Avatar name hue size="large" />
            <div class="grow">
                <h2 class="member-head__name">{name}</h2>
                <p class="member-head__phone">{phone} " " {move || view! { <Unverified is_so=is_unverified() /> }}</p>
            </div>
            <div class="button-group">
                <CallLink record />
                <Show when=move || bench.may(Permission::WorkBoard)>
                    <button class="button button--primary" type="button" on:click=book>
                        <Icon name="plus" size="small" />{move || i18n::people().book}
                    </button>
                </Show>
            </div>
        </header>
    }
}

/// Why there is so little to see of somebody who was found by their number.
#[component]
fn Glimpse(record: Memo<Option<Member>>) -> impl IntoView {
    let bench = Workbench::expect();
    let is_glimpse = move || {
        let store = bench.store();
        record.with(|member| member.as_ref().zip(store).is_some_and(|(member, store)| !member.is_known_at(store.id)))
    };
    view! { <Show when=is_glimpse><p class="note">{move || i18n::people().glimpse}</p></Show> }
}

/// A number that was typed can be proven by the guest who is here.
#[component]
fn Proof(record: Memo<Option<Member>>) -> impl IntoView {
    let bench = Workbench::expect();
    let typed = Memo::new(move |_| {
        let member = record.get().filter(|member| member.verified.is_none() && member.account.is_none())?;
        let phone = member.contact.value.0.phone?;
        bench.may(Permission::EditMembers).then_some((member.id, phone))
    });
    let on_done = Callback::new(move |()| bench.say("check", i18n::people().proof.done.to_owned(), None));
    move || {
        typed.get().map(|(id, phone)| {
            view! {
                <section class="section" aria-labelledby="member-proof">
                    <h3 id="member-proof">{move || i18n::people().proof.title}</h3>
                    <MemberCode phone member=Some(id) on_done />
                </section>
            }
        })
    }
}

/// What must be seen before anything else.
#[component]
fn Caution(record: Memo<Option<Member>>) -> impl IntoView {
    let text = Memo::new(move |_| record.with(|member| member.as_ref().map(|member| member.allergies.value.0.clone()).unwrap_or_default()));
    view! {
        <Show when=move || !text.with(String::is_empty)>
            <p class="panel__notice panel__notice--allergy"><Icon name="allergy" /><span>{text}</span></p>
        </Show>
    }
}

#[component]
fn Groups(record: Memo<Option<Member>>) -> impl IntoView {
    let editing = RwSignal::new(None::<MemberGroup>);
    let groups =
        [MemberGroup::Name, MemberGroup::Contact, MemberGroup::Notes, MemberGroup::Allergies, MemberGroup::Tags, MemberGroup::Profile];
    view! {
        <section class="section" aria-labelledby="member-details">
            <h3 id="member-details">{move || i18n::people().details}</h3>
            <div class="list">{groups.map(|group| view! { <GroupBlock record group editing /> })}</div>
        </section>
    }
}

#[component]
fn Registration(record: Memo<Option<Member>>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::people;
    let since = move || {
        let (member, store) = (record.get()?, bench.store()?);
        let channel = crate::desk::words::channel_word(member.channel);
        Some(format!("{} · {channel}", format::date_with_year(store.zone.local(member.registered_at).0)))
    };
    let consent = move || {
        let (member, store) = (record.get()?, bench.store()?);
        let given =
            member.consent.map(|consent| (words().consent_given)(consent.version, &format::date_with_year(store.zone.local(consent.at).0)));
        Some(given.unwrap_or_else(|| words().consent_missing.to_owned()))
    };
    view! {
        <section class="section" aria-labelledby="member-registration">
            <h3 id="member-registration">{move || words().registration}</h3>
            <dl class="facts">
                <dt>{move || words().since}</dt><dd>{since}</dd><dt>{move || words().consent_title}</dt><dd>{consent}</dd>
            </dl>
        </section>
    }
}
