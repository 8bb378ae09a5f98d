//! Who: a member by name or phone tail, a guest with a name or without, or somebody who becomes a member now.

use leptos::prelude::*;
use shared::id::{MemberId, StoreId};
use shared::member::{Contact, Member};
use shared::phone::Phone;
use shared::region::Region;
use shared::sort;
use shared::view::View;

use crate::components::avatar::{Avatar, hue_of};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::new_member::{NewMember, NewMemberFields, NewMemberProblem};
use crate::desk::unverified::Unverified;
use crate::desk::workbench::{Prefill, Workbench};
use crate::i18n;

/// Most members a search shows.
const MOST_HITS: usize = 6;

/// Whom the booking is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guest {
    /// A member.
    Member(MemberId),
    /// A guest who is no member.
    Named {
        /// May be empty.
        name: String,
        /// A name of digits is meant: it is not the end of a phone number that nobody picked.
        is_sure: bool,
    },
    /// Becomes a member with the booking.
    New(NewMember),
}

/// Why a guest cannot be booked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuestProblem {
    /// Somebody becomes a member, and something is missing.
    New(NewMemberProblem),
    /// Digits, like the end of a phone number.
    LooksLikeNumber,
}

impl Guest {
    /// A guest with a name as typed.
    #[must_use]
    pub fn named(name: String) -> Self {
        Guest::Named { name, is_sure: false }
    }

    /// The guest of a booking that is filled in again: its name was looked at then.
    #[must_use]
    pub fn again(prefill: &Prefill) -> Self {
        Guest::Named { name: prefill.guest.clone(), is_sure: prefill.instead_of.is_some() }
    }

    /// Why this cannot be booked yet; a guest without a name can.
    #[must_use]
    pub fn problem(&self, region: Region) -> Option<GuestProblem> {
        match self {
            Guest::Member(_) => None,
            Guest::Named { name, is_sure } => (!is_sure && looks_like_number(name)).then_some(GuestProblem::LooksLikeNumber),
            Guest::New(new) => new.problem(region).map(GuestProblem::New),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn problem_words(&self, region: Region) -> Option<String> {
        match (self.problem(region)?, self) {
            (GuestProblem::LooksLikeNumber, Guest::Named { name, .. }) => Some((i18n::desk().form.looks_like_number)(name.trim())),
            (GuestProblem::New(problem), _) => Some(problem.words()),
            _ => None,
        }
    }
}

/// Three digits or more and nothing else: a number that was searched for, not what somebody is called.
#[must_use]
pub fn looks_like_number(name: &str) -> bool {
    let letters = name.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '+' | '-' | '－' | '＋'));
    let (mut digits, mut others) = (0, 0);
    for letter in letters {
        if letter.is_numeric() { digits += 1 } else { others += 1 }
    }
    digits >= 3 && others == 0
}

impl Default for Guest {
    fn default() -> Self {
        Guest::named(String::new())
    }
}

/// Members of a store that match a name or the digits of a phone number; best matches first.
#[must_use]
pub fn matching(view: &View, store: StoreId, text: &str, most: usize) -> Vec<Member> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Vec::new();
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let by_number = digits.len() >= 3 && digits.len() == text.chars().filter(|letter| !letter.is_whitespace()).count();
    let rank = |member: &Member| {
        let name = member.name.value.to_lowercase();
        let number_fits = |fits: fn(&str, &str) -> bool| member.each_number().any(|contact| fits(&digits_of(contact), &digits));
        match (by_number, name.starts_with(&text)) {
            (true, _) if number_fits(|number, tail| number.ends_with(tail)) => Some(0),
            (true, _) if number_fits(|number, part| number.contains(part)) => Some(2),
            (_, true) => Some(1),
            _ if name.contains(&text) => Some(3),
            _ => None,
        }
    };
    let own = view.members.values().filter(|member| member.alias_of.is_none() && member.is_bookable_at(store));
    let mut found: Vec<(i32, &Member)> = own.filter_map(|member| Some((rank(member)?, member))).collect();
    sort::sort_by(&mut found, |(rank, member), (other_rank, other)| (rank, &member.name.value).cmp(&(other_rank, &other.name.value)));
    found.into_iter().take(most).map(|(_, member)| member.clone()).collect()
}

/// The digits of a number, as far as they are to be seen.
fn digits_of(contact: &Contact) -> String {
    let number = contact.phone.as_ref().map_or(contact.masked.as_str(), Phone::as_str);
    number.chars().filter(char::is_ascii_digit).collect()
}

/// Search until somebody is chosen; then who it is.
#[component]
pub fn GuestPicker(guest: RwSignal<Guest>) -> impl IntoView {
    let kind = Memo::new(move |_| guest.with(std::mem::discriminant));
    view! {
        <section class="section" aria-labelledby="guest-title">
            <h3 id="guest-title">{move || i18n::desk().form.who}</h3>
            {move || {
                // Typing changes what is in it, not what it is: the field stays.
                kind.get();
                match guest.get_untracked() {
                    Guest::Member(_) => view! { <ChosenMember guest /> }.into_any(),
                    Guest::Named { .. } => view! { <Search guest /> }.into_any(),
                    Guest::New(_) => view! { <NewGuest guest /> }.into_any(),
                }
            }}
        </section>
    }
}

#[component]
fn Search(guest: RwSignal<Guest>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().form;
    let text = move || guest.with(|guest| if let Guest::Named { name, .. } = guest { name.clone() } else { String::new() });
    let hits = Memo::new(move |_| {
        let view = bench.replica.view();
        bench.store().map(|store| matching(&view, store.id, &text(), MOST_HITS)).unwrap_or_default()
    });
    let is_number = Memo::new(move |_| guest.with(|guest| guest.problem(bench.region())) == Some(GuestProblem::LooksLikeNumber));
    let note = move || match (is_number.get(), text().trim()) {
        (true, typed) => (words().looks_like_number)(typed),
        (false, "") => words().as_guest.to_owned(),
        (false, typed) => (words().as_named_guest)(typed),
    };
    let typed = move |event| guest.set(Guest::named(event_target_value(&event)));
    let sure = move |_| guest.set(Guest::Named { name: untrack(text), is_sure: true });
    let register = move |_| guest.set(Guest::New(NewMember::searched(untrack(text), bench.region())));
    view! {
        <div class="input-group">
            <Icon name="search" />
            <input
                class="input"
                type="search"
                autocomplete="off"
                aria-label=move || words().search
                placeholder=move || words().search_hint
                prop:value=text
                on:input=typed
            />
        </div>
        <Show when=move || hits.with(|hits| !hits.is_empty())>
            <div class="member-list">
                <Rows each=move || hits.get() key=|member| member.id children=move |member| view! { <MemberRow member guest /> } />
            </div>
        </Show>
        <div class="row row--between row--wrap">
            <p class="note" class:field__error=move || is_number.get() aria-live="polite">{note}</p>
            <Show when=move || is_number.get()>
                <button class="button button--small" type="button" on:click=sure>{move || (words().is_the_name)(text().trim())}</button>
            </Show>
            <button class="button button--small" type="button" on:click=register>
                <Icon name="plus" size="small" />
                {move || words().new_member}
            </button>
        </div>
    }
}

#[component]
fn MemberRow(member: Member, guest: RwSignal<Guest>) -> impl IntoView {
    let id = member.id;
    let name = member.name.value.0.clone();
    let (number, is_unverified) = (number_text(&member), member.has_unverified_number());
    view! {
        <button class="member-row" type="button" on:click=move |_| guest.set(Guest::Member(id))>
            <Avatar name=Signal::stored(name.clone()) hue=hue_of(id.0) />
            <span class="member-row__text">
                <span class="member-row__name">{name} <Unverified is_so=is_unverified /></span>
                <span class="member-row__note">{number}</span>
            </span>
        </button>
    }
}

fn number_text(member: &Member) -> String {
    let contact = member.number();
    contact.phone.as_ref().map_or_else(|| contact.masked.clone(), Phone::spaced)
}

#[component]
fn ChosenMember(guest: RwSignal<Guest>) -> impl IntoView {
    let bench = Workbench::expect();
    let member = Memo::new(move |_| {
        let Guest::Member(id) = guest.get() else { return None };
        bench.replica.view().members.get(&id).cloned()
    });
    let name = Signal::derive(move || member.with(|member| member.as_ref().map(|member| member.name.value.0.clone()).unwrap_or_default()));
    let note = move || member.with(|member| member.as_ref().map(number_text));
    let is_unverified = move || member.with(|member| member.as_ref().is_some_and(Member::has_unverified_number));
    let allergy =
        move || member.with(|member| member.as_ref().map(|member| member.allergies.value.0.clone()).filter(|text| !text.is_empty()));
    view! {
        <div class="row">
            {move || member.with(|member| member.as_ref().map(|member| hue_of(member.id.0))).map(|hue| view! { <Avatar name hue /> })}
            <span class="member-row__text">
                <span class="member-row__name">{name} {move || view! { <Unverified is_so=is_unverified() /> }}</span>
                <span class="member-row__note">{note}</span>
            </span>
            <button class="button button--small" type="button" on:click=move |_| guest.set(Guest::default())>
                {move || i18n::desk().form.change}
            </button>
        </div>
        {move || allergy().map(|text| view! {
            <p class="panel__notice panel__notice--allergy"><Icon name="allergy" /><span>{text}</span></p>
        })}
    }
}

#[component]
fn NewGuest(guest: RwSignal<Guest>) -> impl IntoView {
    let new = Signal::derive(move || guest.with(|guest| if let Guest::New(new) = guest { new.clone() } else { NewMember::default() }));
    let on_change = Callback::new(move |typed| guest.set(Guest::New(typed)));
    let on_known = Callback::new(move |member| guest.set(Guest::Member(member)));
    view! {
        <NewMemberFields id="new" new on_change on_known />
        <div class="row row--between">
            <p class="note">{move || i18n::desk().form.new_member_note}</p>
            <button class="button button--small" type="button" on:click=move |_| guest.set(Guest::default())>
                {move || i18n::common().actions.back}
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_tail_that_nobody_picked_is_not_taken_for_a_name_until_somebody_says_so() {
        for tail in ["8000", "138 0013 8000", "８０００", "+86-138"] {
            assert_eq!(Guest::named(tail.to_owned()).problem(Region::Cn), Some(GuestProblem::LooksLikeNumber));
            assert_eq!(Guest::Named { name: tail.to_owned(), is_sure: true }.problem(Region::Cn), None);
        }
        for name in ["", "王阿姨", "7号客人", "A1", "88"] {
            assert_eq!(Guest::named(name.to_owned()).problem(Region::Cn), None, "{name}");
        }
    }
}
