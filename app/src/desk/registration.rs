//! A new member: name, phone, and that they agree. The same from the list of members and from the booking form; somebody who is known is
//! named before they are made twice, and nobody becomes a member without having been asked.

use leptos::prelude::*;
use shared::command::{Command, RegisterMember};
use shared::id::{MemberId, StoreId};
use shared::member::Consent;
use shared::phone::{NotRead, Phone};
use shared::region::Region;

use super::members::phone_text;
use super::workbench::Workbench;
use crate::components::icon::Icon;
use crate::components::text_field::{TextField, TextKind};
use crate::i18n;

/// Version of the privacy notice that is told: the one that the member app shows.
const PRIVACY_VERSION: u16 = 1;

/// What is typed so far. `Copy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registration {
    region: Region,
    /// Who they will be: a second tap makes nobody twice.
    pub member: MemberId,
    /// Name.
    pub name: RwSignal<String>,
    phone: RwSignal<String>,
    consents: RwSignal<bool>,
}

/// Why nobody can be registered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistrationProblem {
    /// Nothing but spaces.
    NoName,
    /// What is typed is no phone number of this region.
    WrongPhone(NotRead),
    /// They have not agreed.
    NoConsent,
}

impl RegistrationProblem {
    /// What to do about it.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            RegistrationProblem::NoName => i18n::desk().form.name_missing.to_owned(),
            RegistrationProblem::WrongPhone(reason) => (i18n::refusals().phone)(reason),
            RegistrationProblem::NoConsent => i18n::people().consent_needed.to_owned(),
        }
    }
}

impl Registration {
    /// Begins with what was searched for: a number or a name.
    #[must_use]
    pub fn begun(bench: Workbench, typed: &str) -> Self {
        let is_number = Phone::parse(typed, bench.region()).is_ok();
        let (name, phone) = if is_number { ("", typed) } else { (typed, "") };
        Registration {
            region: bench.region(),
            member: bench.replica.new_id(),
            name: RwSignal::new(name.to_owned()),
            phone: RwSignal::new(phone.to_owned()),
            consents: RwSignal::new(false),
        }
    }

    /// One that was refused, filled in again: a booking that was given with it still means the same member.
    #[must_use]
    pub fn again(bench: Workbench, wish: &RegisterMember) -> Self {
        Registration {
            region: bench.region(),
            member: wish.member,
            name: RwSignal::new(wish.name.clone()),
            phone: RwSignal::new(wish.phone.as_ref().map(Phone::spaced).unwrap_or_default()),
            consents: RwSignal::new(wish.consent.is_some()),
        }
    }

    /// Tracked: why they cannot be registered yet.
    #[must_use]
    pub fn problem(self) -> Option<RegistrationProblem> {
        self.name.with(|name| self.phone.with(|phone| problem_of(name, (phone, self.region), self.consents.get())))
    }

    /// The command that makes the member.
    #[must_use]
    pub fn command(self, bench: Workbench, store: StoreId) -> Command {
        let at = bench.replica.clock();
        Command::RegisterMember(RegisterMember {
            member: self.member,
            account: None,
            store: Some(store),
            name: self.name.get_untracked().trim().to_owned(),
            phone: self.phone.with_untracked(|phone| Phone::parse(phone, self.region).ok()),
            consent: self.consents.get_untracked().then_some(Consent { version: PRIVACY_VERSION, at }),
        })
    }
}

fn problem_of(name: &str, (phone, region): (&str, Region), consents: bool) -> Option<RegistrationProblem> {
    if !phone.trim().is_empty()
        && let Err(reason) = Phone::parse(phone, region)
    {
        return Some(RegistrationProblem::WrongPhone(reason));
    }
    if name.trim().is_empty() {
        return Some(RegistrationProblem::NoName);
    }
    (!consents).then_some(RegistrationProblem::NoConsent)
}

/// The fields, and who has the number already.
#[component]
pub fn RegistrationFields(
    /// What is typed.
    registration: Registration,
    /// Takes somebody who has the number already; otherwise their card is offered.
    #[prop(optional, into)]
    on_known: Option<Callback<MemberId>>,
) -> impl IntoView {
    let Registration { name, phone, consents, .. } = registration;
    let words = i18n::people;
    let problem = Memo::new(move |_| registration.problem());
    let note = move || problem.with(|problem| problem.as_ref().map(RegistrationProblem::words));
    let is_wrong = move || problem.with(|problem| matches!(problem, Some(RegistrationProblem::WrongPhone(_))));
    view! {
        <TextField name="member-name" label=i18n::text(|| i18n::people().name) value=name />
        <TextField
            name="member-phone"
            label=i18n::text(|| i18n::people().phone)
            value=phone
            kind=TextKind::Phone
            note=i18n::text(|| i18n::people().optional)
        />
        <Alike phone on_known />
        <label class="check">
            <input type="checkbox" prop:checked=move || consents.get() on:change=move |event| consents.set(event_target_checked(&event)) />
            <span class="check__text">{move || words().consent}<br /><span class="small muted">{move || words().consent_note}</span></span>
        </label>
        <p class="note" class:field__error=is_wrong aria-live="polite">{note}</p>
    }
}

/// Somebody with that number is known: perhaps the same person. A number is not a person, so it is only said.
#[component]
fn Alike(phone: RwSignal<String>, on_known: Option<Callback<MemberId>>) -> impl IntoView {
    let bench = Workbench::expect();
    let alike = Memo::new(move |_| {
        let number = phone.with(|phone| Phone::parse(phone, bench.region()).ok())?;
        let view = bench.replica.view();
        let masked = number.masked();
        let same = |contact: &shared::member::Contact| contact.phone.as_ref().map_or(contact.masked == masked, |known| *known == number);
        view.members.values().find(|member| member.alias_of.is_none() && same(&member.contact.value)).cloned()
    });
    move || {
        alike.get().map(|member| {
            let id = member.id;
            let line = format!("{} · {}", member.name.value, phone_text(&member));
            let inside = view! {
                <Icon name="person" />
                <span class="list__text">
                    <span class="list__title">{move || i18n::people().known_already}</span><span class="list__note">{line}</span>
                </span>
                <Icon name="forward" />
            };
            match on_known {
                Some(known) => {
                    view! { <button class="list__item surface" type="button" on:click=move |_| known.run(id)>{inside}</button> }.into_any()
                }
                None => view! { <a class="list__item surface" href=format!("/desk/members/{id}")>{inside}</a> }.into_any(),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_becomes_a_member_without_a_name_a_sound_number_and_their_consent() {
        let problem = |name, phone, consents| problem_of(name, (phone, Region::Cn), consents);
        assert_eq!(problem("林小满", "138 0013 8000", true), None);
        assert_eq!(problem("林小满", " ", true), None);
        assert_eq!(problem("林小满", "138 0013 8000", false), Some(RegistrationProblem::NoConsent));
        assert!(matches!(problem("林小满", "138", true), Some(RegistrationProblem::WrongPhone(_))));
        assert_eq!(problem("  ", "", true), Some(RegistrationProblem::NoName));
    }
}
