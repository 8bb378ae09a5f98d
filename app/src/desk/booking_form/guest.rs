//! Who: a member by name or phone tail, a guest with a name or without, or somebody who becomes a member now.

use leptos::prelude::*;
use shared::id::MemberId;
use shared::member::Member;
use shared::phone::{NotRead, Phone};
use shared::region::Region;
use shared::view::View;

use crate::components::avatar::{Avatar, hue_of};
use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Most members a search shows.
const MOST_HITS: usize = 6;

/// Whom the booking is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guest {
    /// A member.
    Member(MemberId),
    /// A guest; the name may be empty.
    Named(String),
    /// Becomes a member with the booking.
    New {
        /// Name.
        name: String,
        /// Phone as typed.
        phone: String,
        /// They were told how their data is used, and agree.
        consents: bool,
    },
}

/// What is wrong with a new member as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuestProblem {
    /// Nothing but spaces.
    NoName,
    /// No phone number of this region.
    WrongPhone(NotRead),
}

impl Guest {
    /// Why this cannot be booked yet; a guest without a name can.
    #[must_use]
    pub fn problem(&self, region: Region) -> Option<GuestProblem> {
        let Guest::New { name, phone, .. } = self else { return None };
        if !phone.trim().is_empty()
            && let Err(reason) = Phone::parse(phone, region)
        {
            return Some(GuestProblem::WrongPhone(reason));
        }
        name.trim().is_empty().then_some(GuestProblem::NoName)
    }
}

impl Default for Guest {
    fn default() -> Self {
        Guest::Named(String::new())
    }
}

/// Members of a store that match a name or the digits of a phone number; best matches first.
#[must_use]
pub fn matching(view: &View, text: &str, most: usize) -> Vec<Member> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Vec::new();
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let by_number = digits.len() >= 3 && digits.len() == text.chars().filter(|letter| !letter.is_whitespace()).count();
    let rank = |member: &Member| {
        let name = member.name.value.to_lowercase();
        let number = member.contact.value.phone.as_ref().map_or(member.contact.value.masked.as_str(), Phone::as_str);
        let plain: String = number.chars().filter(char::is_ascii_digit).collect();
        match (by_number, name.starts_with(&text)) {
            (true, _) if plain.ends_with(&digits) => Some(0),
            (true, _) if plain.contains(&digits) => Some(2),
            (_, true) => Some(1),
            _ if name.contains(&text) => Some(3),
            _ => None,
        }
    };
    let mut found: Vec<(i32, &Member)> =
        view.members.values().filter(|member| member.alias_of.is_none()).filter_map(|member| Some((rank(member)?, member))).collect();
    found.sort_by(|(rank, member), (other_rank, other)| (rank, &member.name.value).cmp(&(other_rank, &other.name.value)));
    found.into_iter().take(most).map(|(_, member)| member.clone()).collect()
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
                    Guest::Named(_) => view! { <Search guest /> }.into_any(),
                    Guest::New { .. } => view! { <NewMember guest /> }.into_any(),
                }
            }}
        </section>
    }
}

#[component]
fn Search(guest: RwSignal<Guest>) -> impl IntoView {
    let bench = Workbench::expect();
    let words = || &i18n::desk().form;
    let text = move || guest.with(|guest| if let Guest::Named(name) = guest { name.clone() } else { String::new() });
    let hits = Memo::new(move |_| matching(&bench.replica.view(), &text(), MOST_HITS));
    let register = move |_| {
        let typed = untrack(text);
        let is_number = Phone::parse(&typed, bench.region()).is_ok();
        let (name, phone) = if is_number { (String::new(), typed) } else { (typed, String::new()) };
        guest.set(Guest::New { name, phone, consents: false });
    };
    view! {
        <div class="input-group">
            <Icon name="search" />
            <input class="input" type="search" autocomplete="off" aria-label=move || words().search placeholder=move || words().search_hint prop:value=text on:input=move |event| guest.set(Guest::Named(event_target_value(&event))) />
        </div>
        <Show when=move || hits.with(|hits| !hits.is_empty())>
            <div class="member-list">
                <Rows each=move || hits.get() key=|member| member.id children=move |member| view! { <MemberRow member guest /> } />
            </div>
        </Show>
        <div class="row row--between row--wrap">
            <p class="note">{move || if text().trim().is_empty() { words().as_guest.to_owned() } else { (words().as_named_guest)(text().trim()) }}</p>
            <button class="button button--small" type="button" on:click=register><Icon name="plus" size="small" />{move || words().new_member}</button>
        </div>
    }
}

#[component]
fn MemberRow(member: Member, guest: RwSignal<Guest>) -> impl IntoView {
    let id = member.id;
    let name = member.name.value.clone();
    let number = number_text(&member);
    view! {
        <button class="member-row" type="button" on:click=move |_| guest.set(Guest::Member(id))>
            <Avatar name=Signal::stored(name.clone()) hue=hue_of(id.0) />
            <span class="member-row__text">
                <span class="member-row__name">{name}</span>
                <span class="member-row__note">{number}</span>
            </span>
        </button>
    }
}

fn number_text(member: &Member) -> String {
    let contact = &member.contact.value;
    contact.phone.as_ref().map_or_else(|| contact.masked.clone(), Phone::spaced)
}

#[component]
fn ChosenMember(guest: RwSignal<Guest>) -> impl IntoView {
    let bench = Workbench::expect();
    let member = Memo::new(move |_| {
        let Guest::Member(id) = guest.get() else { return None };
        bench.replica.view().members.get(&id).cloned()
    });
    let name = Signal::derive(move || member.with(|member| member.as_ref().map(|member| member.name.value.clone()).unwrap_or_default()));
    let note = move || member.with(|member| member.as_ref().map(number_text));
    let allergy =
        move || member.with(|member| member.as_ref().map(|member| member.allergies.value.clone()).filter(|text| !text.is_empty()));
    view! {
        <div class="row">
            {move || member.with(|member| member.as_ref().map(|member| hue_of(member.id.0))).map(|hue| view! { <Avatar name hue /> })}
            <span class="member-row__text">
                <span class="member-row__name">{name}</span>
                <span class="member-row__note">{note}</span>
            </span>
            <button class="button button--small" type="button" on:click=move |_| guest.set(Guest::default())>{move || i18n::desk().form.change}</button>
        </div>
        {move || allergy().map(|text| view! { <p class="panel__notice panel__notice--allergy"><Icon name="allergy" /><span>{text}</span></p> })}
    }
}

#[component]
fn NewMember(guest: RwSignal<Guest>) -> impl IntoView {
    let words = || &i18n::desk().form;
    let read = move |part: usize| {
        move || guest.with(|guest| if let Guest::New { name, phone, .. } = guest { [name, phone][part].clone() } else { String::new() })
    };
    let write = move |change: fn(&mut String, &mut String, String)| {
        move |event| {
            let text = event_target_value(&event);
            guest.update(|guest| {
                if let Guest::New { name, phone, .. } = guest {
                    change(name, phone, text)
                }
            });
        }
    };
    let bench = Workbench::expect();
    let problem = Memo::new(move |_| guest.with(|guest| guest.problem(bench.region())));
    let is_wrong = move || problem.with(|problem| matches!(problem, Some(GuestProblem::WrongPhone(_)))).to_string();
    let note = move || match problem.get() {
        Some(GuestProblem::WrongPhone(reason)) => (i18n::refusals().phone)(&reason),
        Some(GuestProblem::NoName) => words().name_missing.to_owned(),
        None => words().new_member_note.to_owned(),
    };
    view! {
        <div class="field-row">
            <div class="field">
                <label class="field__label" for="new-name">{move || words().name}</label>
                <input class="input" id="new-name" type="text" autocomplete="off" required aria-describedby="new-note" prop:value=read(0) on:input=write(|name, _, text| *name = text) />
            </div>
            <div class="field">
                <label class="field__label" for="new-phone">{move || words().phone}</label>
                <input class="input input--phone" id="new-phone" type="tel" inputmode="tel" autocomplete="off" aria-invalid=is_wrong aria-describedby="new-note" prop:value=read(1) on:input=write(|_, phone, text| *phone = text) />
            </div>
        </div>
        <Consents guest />
        <div class="row row--between">
            <p class="note" id="new-note" class:field__error=move || problem.with(|problem| matches!(problem, Some(GuestProblem::WrongPhone(_)))) aria-live="polite">{note}</p>
            <button class="button button--small" type="button" on:click=move |_| guest.set(Guest::default())>{move || i18n::common().actions.back}</button>
        </div>
    }
}

/// The privacy notice is told at the desk; whether they agreed is written down with the version.
#[component]
fn Consents(guest: RwSignal<Guest>) -> impl IntoView {
    let is_given = move || guest.with(|guest| matches!(guest, Guest::New { consents: true, .. }));
    let give = move |event| {
        let is_ticked = event_target_checked(&event);
        guest.update(|guest| {
            if let Guest::New { consents, .. } = guest {
                *consents = is_ticked;
            }
        });
    };
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=is_given on:change=give />
            <span class="check__text">{move || i18n::people().consent}</span>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_member(name: &str, phone: &str) -> Guest {
        Guest::New { name: name.to_owned(), phone: phone.to_owned(), consents: false }
    }

    #[test]
    fn a_new_member_needs_a_name_and_a_phone_that_is_one_or_none() {
        assert_eq!(new_member("林小满", "138 0013 8000").problem(Region::Cn), None);
        assert_eq!(new_member("林小满", " ").problem(Region::Cn), None);
        assert!(matches!(new_member("林小满", "138").problem(Region::Cn), Some(GuestProblem::WrongPhone(NotRead::TooShort { .. }))));
        assert_eq!(new_member("  ", "").problem(Region::Cn), Some(GuestProblem::NoName));
        assert_eq!(Guest::default().problem(Region::Cn), None);
    }
}
