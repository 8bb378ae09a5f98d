//! Members of the store: find by name or phone tail, offline too; the card beside the list; a new one in two fields.

mod elsewhere;
mod register;
mod search;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::id::MemberId;
use shared::role::Permission;

use super::member_card::MemberCard;
use super::workbench::Workbench;
use crate::components::avatar::{Avatar, hue_of};
use crate::components::empty_state::EmptyState;
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::contact_text::phone_text;
use crate::desk::page_bar::PageBar;
use crate::desk::unverified::Unverified;
use crate::i18n::{self, format};

use elsewhere::Elsewhere;
use register::Register;
use search::{Found, find};

/// Most rows at once; more words narrow it down.
const MOST_ROWS: usize = 60;

/// What is beside the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    Nothing,
    New,
    Card(MemberId),
}

/// `/desk/members`, `/desk/members/new`, `/desk/members/{id}`.
#[component]
pub fn Members() -> impl IntoView {
    let path = use_location().pathname;
    let beside = Memo::new(move |_| path.with(|path| beside_of(path)));
    let card = move || match beside.get() {
        Beside::Nothing => view! {
            <EmptyState icon="people" title=i18n::text(|| i18n::people().pick_title) text=i18n::text(|| i18n::people().pick_text) />
        }
        .into_any(),
        Beside::New => view! { <Register /> }.into_any(),
        Beside::Card(member) => view! { <MemberCard member /> }.into_any(),
    };
    view! {
        <PageBar title=i18n::text(|| i18n::people().title)>
            <NewMemberButton />
        </PageBar>
        <main class="desk__content" id="main">
            <div class="desk__split">
                <MemberList beside />
                <div class="desk__page" style:--page-width="48rem" data-open=move || (beside.get() != Beside::Nothing).then_some("")>
                    {card}
                </div>
            </div>
        </main>
    }
}

fn beside_of(path: &str) -> Beside {
    match path.trim_end_matches('/').rsplit('/').next() {
        Some("new") => Beside::New,
        Some(id) => id.parse().map_or(Beside::Nothing, Beside::Card),
        None => Beside::Nothing,
    }
}

#[component]
fn NewMemberButton() -> impl IntoView {
    let bench = Workbench::expect();
    view! {
        <Show when=move || bench.may(Permission::EditMembers)>
            <a class="button" href="/desk/members/new"><Icon name="plus" size="small" />{move || i18n::people().new_member}</a>
        </Show>
    }
}

#[component]
fn MemberList(beside: Memo<Beside>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::people;
    let query = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let view = bench.replica.view();
        bench.store().map(|store| query.with(|query| find(query, &view, store.id))).unwrap_or_default()
    });
    let rows = move || found.with(|found| found.iter().take(MOST_ROWS).cloned().collect::<Vec<_>>());
    let beyond = move || found.with(Vec::len).saturating_sub(MOST_ROWS);
    view! {
        <div>
            <div class="search-bar">
                <div class="input-group">
                    <Icon name="search" />
                    <input
                        class="input"
                        type="search"
                        aria-label=move || words().search placeholder=move || words().search_hint
                        prop:value=move || query.get()
                        on:input=move |event| query.set(event_target_value(&event))
                    />
                </div>
                <p class="visually-hidden" role="status">{move || (words().count)(found.with(Vec::len))}</p>
            </div>
            <div class="member-list">
                <Rows each=rows key=row_key children=move |found| view! { <MemberRow found beside /> } />
                <Show when=move || { beyond() > 0 }>
                    <p class="small muted center">{move || (words().beyond)(beyond())}</p>
                </Show>
            </div>
            <Elsewhere query />
            <Show when=move || found.with(Vec::is_empty) && bench.replica.is_ready()>
                <NobodyFound is_searching=Signal::derive(move || !query.with(String::is_empty)) />
            </Show>
        </div>
    }
}

#[component]
fn NobodyFound(is_searching: Signal<bool>) -> impl IntoView {
    let words = i18n::people;
    let title = Signal::derive(move || if is_searching.get() { words().none_found } else { words().none_yet }.to_owned());
    let text = Signal::derive(move || if is_searching.get() { words().none_found_text } else { words().none_yet_text }.to_owned());
    view! {
        <EmptyState icon="people" title text>
            <a class="button" href="/desk/members/new">{move || words().new_member}</a>
        </EmptyState>
    }
}

#[component]
fn MemberRow(found: Found, beside: Memo<Beside>) -> impl IntoView {
    let bench = Workbench::expect();
    let Found { member, last_visit, hit } = found;
    let id = member.id;
    let name = member.name.value.0.clone();
    let (before, matched, after) = split_at_hit(&name, hit);
    let is_current = move || (beside.get() == Beside::Card(id)).then_some("true");
    let phone = phone_text(&member);
    let is_unverified = member.has_unverified_number();
    let seen = move || last_visit.map(|at| format!(" · {}", format::ago(at, bench.minute())));
    let has_allergy = !member.allergies.value.is_empty();
    let tags = member.tags.value.iter().take(2).map(|tag| view! { <span class="tag">{tag.clone()}</span> }).collect_view();
    view! {
        <a class="member-row" href=format!("/desk/members/{id}") aria-current=is_current>
            <Avatar name=name hue=hue_of(id.0) />
            <span class="member-row__text">
                <span class="member-row__name">
                    <span>{before}<span class="hit">{matched}</span>{after}</span>
                    <Unverified is_so=is_unverified />
                    {tags}
                    {has_allergy.then(|| view! {
                        <Icon name="allergy" size="small" />
                        <span class="visually-hidden">{move || i18n::people().allergies}</span>
                    })}
                </span>
                <span class="member-row__note">{phone}{seen}</span>
            </span>
        </a>
    }
}

/// Whatever a row shows: another value makes another row.
fn row_key(found: &Found) -> impl Eq + std::hash::Hash + use<> {
    let Found { member, last_visit, hit } = found;
    let flags = (member.allergies.value.is_empty(), *last_visit, *hit);
    (member.id, member.name.value.0.clone(), member.numbers(), member.tags.value.0.clone(), flags)
}

/// What of a name was matched, in letters.
fn split_at_hit(name: &str, hit: Option<(usize, usize)>) -> (String, String, String) {
    let letters: Vec<char> = name.chars().collect();
    let (from, until) = hit.map_or((0, 0), |(from, length)| (from.min(letters.len()), (from + length).min(letters.len())));
    (letters[..from].iter().collect(), letters[from..until].iter().collect(), letters[until..].iter().collect())
}
