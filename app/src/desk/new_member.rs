//! Somebody becomes a member: the one form for it, in the list of members and in a booking. Who goes by the number already is shown before
//! anybody is made twice, and nobody is registered who has not agreed.

use leptos::prelude::*;
use shared::command::{Command, RegisterMember};
use shared::id::{MemberId, StoreId};
use shared::member::{Contact, Member, PRIVACY_VERSION};
use shared::phone::{NotRead, Phone};
use shared::region::Region;
use shared::view::View;

use super::workbench::Workbench;
use crate::components::avatar::{Avatar, hue_of};
use crate::desk::contact_text::phone_text;
use crate::desk::unverified::Unverified;
use crate::i18n;

/// Most people with one number that are offered.
const MOST_ALIKE: usize = 4;

/// A new member as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewMember {
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// They were told how their data is used, and agree.
    pub consents: bool,
}

/// What is wrong with a new member as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewMemberProblem {
    /// Nothing but spaces.
    NoName,
    /// No phone number of this region.
    WrongPhone(NotRead),
    /// They have not agreed.
    NoConsent,
}

impl NewMemberProblem {
    /// What to do about it.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            NewMemberProblem::WrongPhone(reason) => (i18n::refusals().phone)(reason),
            NewMemberProblem::NoName => i18n::people().name_missing.to_owned(),
            NewMemberProblem::NoConsent => i18n::people().consent_needed.to_owned(),
        }
    }
}

impl NewMember {
    /// From what was typed into a search: a number or a name.
    #[must_use]
    pub fn searched(text: String, region: Region) -> Self {
        let is_number = Phone::parse(&text, region).is_ok();
        let (name, phone) = if is_number { (String::new(), text) } else { (text, String::new()) };
        NewMember { name, phone, consents: false }
    }

    /// From a registration that was refused.
    #[must_use]
    pub fn again(given: &RegisterMember) -> Self {
        let phone = given.phone.as_ref().map(Phone::spaced).unwrap_or_default();
        NewMember { name: given.name.0.clone(), phone, consents: given.consent.is_some() }
    }

    /// Why they cannot be registered yet.
    #[must_use]
    pub fn problem(&self, region: Region) -> Option<NewMemberProblem> {
        if !self.phone.trim().is_empty()
            && let Err(reason) = Phone::parse(&self.phone, region)
        {
            return Some(NewMemberProblem::WrongPhone(reason));
        }
        if self.name.trim().is_empty() {
            return Some(NewMemberProblem::NoName);
        }
        (!self.consents).then_some(NewMemberProblem::NoConsent)
    }

    /// The number, if it is one.
    #[must_use]
    pub fn number(&self, region: Region) -> Option<Phone> {
        Phone::parse(&self.phone, region).ok()
    }

    /// The command that registers them.
    #[must_use]
    pub fn command(&self, member: MemberId, store: StoreId, region: Region) -> Command {
        Command::RegisterMember(RegisterMember {
            member,
            account: None,
            store: Some(store),
            name: self.name.trim().to_owned().into(),
            phone: self.number(region),
            consent: self.consents.then_some(PRIVACY_VERSION),
        })
    }
}

/// Members of a store who go by a number, as far as it is to be seen here. A number is not a person, so they are only offered.
#[must_use]
pub fn alike(view: &View, store: StoreId, number: &Phone) -> Vec<Member> {
    let typed = Contact::of(Some(number.clone()));
    let has = |member: &&Member| {
        member.alias_of.is_none() && member.is_known_at(store) && member.each_number().any(|known| known.is_same(&typed))
    };
    view.members.values().filter(has).take(MOST_ALIKE).cloned().collect()
}

/// Name, phone, consent, and whoever is known by that number.
#[component]
pub fn NewMemberFields(
    /// Begins the ids of the controls.
    id: &'static str,
    /// What is typed.
    #[prop(into)]
    new: Signal<NewMember>,
    /// Something else is typed.
    on_change: Callback<NewMember>,
    /// It is somebody who is known.
    on_known: Callback<MemberId>,
) -> impl IntoView {
    let words = i18n::people;
    let change = move |write: fn(&mut NewMember, String)| {
        move |event| {
            let mut typed = new.get_untracked();
            write(&mut typed, event_target_value(&event));
            on_change.run(typed);
        }
    };
    let bench = Workbench::expect();
    let problem = Memo::new(move |_| new.with(|new| new.problem(bench.region())));
    let is_wrong = move || problem.with(|problem| matches!(problem, Some(NewMemberProblem::WrongPhone(_))));
    let (name_id, phone_id, note_id) = (format!("{id}-name"), format!("{id}-phone"), format!("{id}-note"));
    view! {
        <div class="field-row">
            <div class="field">
                <label class="field__label" for=name_id.clone()>{move || words().name}</label>
                <input
                    class="input"
                    id=name_id
                    type="text"
                    autocomplete="off"
                    required
                    prop:value=move || new.with(|new| new.name.clone())
                    on:input=change(|new, text| new.name = text)
                />
            </div>
            <div class="field">
                <label class="field__label" for=phone_id.clone()>
                    {move || words().phone} " " <span class="field__optional">{move || words().optional}</span>
                </label>
                <input
                    class="input input--phone"
                    id=phone_id
                    type="tel"
                    inputmode="tel"
                    autocomplete="off"
                    aria-invalid=move || is_wrong().to_string()
                    aria-describedby=note_id.clone()
                    prop:value=move || new.with(|new| new.phone.clone())
                    on:input=change(|new, text| new.phone = text)
                />
            </div>
        </div>
        <Alike new on_known />
        <Consents new on_change />
        <p class="note" id=note_id class:field__error=is_wrong aria-live="polite">
            {move || problem.with(|problem| problem.as_ref().map(NewMemberProblem::words))}
        </p>
    }
}

/// The privacy notice is told at the desk; that they agreed is written down with its version.
#[component]
fn Consents(new: Signal<NewMember>, on_change: Callback<NewMember>) -> impl IntoView {
    let words = i18n::people;
    let give = move |event| on_change.run(NewMember { consents: event_target_checked(&event), ..new.get_untracked() });
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || new.with(|new| new.consents) on:change=give />
            <span class="check__text">{move || words().consent}<br /><span class="small muted">{move || words().consent_note}</span></span>
        </label>
    }
}

/// Who is known by the number that was typed: perhaps the same person.
#[component]
fn Alike(new: Signal<NewMember>, on_known: Callback<MemberId>) -> impl IntoView {
    let bench = Workbench::expect();
    let found = Memo::new(move |_| {
        let (number, store) = (new.with(|new| new.number(bench.region())), bench.store());
        let view = bench.replica.view();
        number.zip(store).map(|(number, store)| alike(&view, store.id, &number)).unwrap_or_default()
    });
    view! {
        <Show when=move || !found.with(Vec::is_empty)>
            <p class="note" role="status">{move || i18n::people().known_already}</p>
            <div class="member-list">
                {move || found.get().into_iter().map(|member| view! { <KnownMember member on_known /> }).collect_view()}
            </div>
        </Show>
    }
}

#[component]
fn KnownMember(member: Member, on_known: Callback<MemberId>) -> impl IntoView {
    let (id, name, number) = (member.id, member.name.value.0.clone(), phone_text(&member));
    view! {
        <button class="member-row" type="button" on:click=move |_| on_known.run(id)>
            <Avatar name=Signal::stored(name.clone()) hue=hue_of(id.0) />
            <span class="member-row__text">
                <span class="member-row__name">{name} <Unverified is_so=member.has_unverified_number() /></span>
                <span class="member-row__note">{number}</span>
            </span>
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(name: &str, phone: &str, consents: bool) -> NewMember {
        NewMember { name: name.to_owned(), phone: phone.to_owned(), consents }
    }

    #[test]
    fn a_new_member_needs_a_name_consent_and_a_phone_that_is_one_or_none() {
        assert_eq!(new("林小满", "138 0013 8000", true).problem(Region::Cn), None);
        assert_eq!(new("林小满", " ", true).problem(Region::Cn), None);
        assert!(matches!(new("林小满", "138", true).problem(Region::Cn), Some(NewMemberProblem::WrongPhone(_))));
        assert_eq!(new("  ", "", true).problem(Region::Cn), Some(NewMemberProblem::NoName));
        assert_eq!(new("林小满", "", false).problem(Region::Cn), Some(NewMemberProblem::NoConsent));
    }

    #[test]
    fn what_was_typed_into_the_search_goes_where_it_belongs() {
        assert_eq!(NewMember::searched("138 0013 8000".to_owned(), Region::Cn).phone, "138 0013 8000");
        assert_eq!(NewMember::searched("林小满".to_owned(), Region::Cn).name, "林小满");
    }
}
