//! At the door of the desk: signing in, enrolling a tablet, the change of person, roles.

use crate::i18n::door::Words;
use shared::role::Role;

pub(in crate::i18n) const WORDS: Words = Words {
    title: "Huiyue Desk",
    lead: "Sign in with the login your store gave you",
    again: "Please sign in again",
    tablet_revoked: "This tablet is no longer enrolled. Ask a manager to sign in and enrol it again; what has not been sent is still here.",
    name: "Login",
    password: "Password",
    enter: "Sign in",
    forgot: "Forgot it? A manager or owner invites you again. An owner who forgot it runs on the server: huiyue create-user LOGIN",
    language: "Language",
    enrol_title: "Enrol this tablet",
    enrol_note: "From then on people change by PIN",
    enrol_lead: "Once enrolled, this tablet belongs to the store: no more passwords, people say who they are with a PIN of 4–6 digits. \
        Your own login leaves this tablet.",
    enrol_store: "Which store",
    enrol_name: "Name of the tablet",
    enrol_name_default: "Front desk",
    enrol_not_allowed: "Only a manager's or owner's login can enrol a tablet",
    first_pin: "A PIN first",
    first_pin_text: "Once enrolled, only a PIN unlocks the tablet. Set one for at least one person: tap the name, type 4–6 digits.",
    has_pin: "Somebody here has a PIN already",
    sign_in_instead: "Sign in with an account",
    sign_in_instead_text: "The tablet is yours until you sign out; then it is the store’s tablet again, and people change by PIN as \
        before.",
    tablet_sends_later: |count| format!("{count} not sent yet on this tablet; they go on once you sign out."),
    leaving: |count| match count {
        0 => "Nobody has touched this for a while: the tablet is going back to the store. Sign in again to go on.".to_owned(),
        count => format!(
            "Nobody has touched this for a while. {count} not sent yet; then the tablet goes back to the store. Sign in again to go on."
        ),
    },
    back_to_tablet: "The tablet goes back to PINs",
    enrol_unsent: |count| format!("{count} still to be sent: wait for them, then enrol"),
    enrol: "Enrol",
    who_title: "Who is at the desk",
    nobody_here: "No staff in this store yet: add them in Set-up first",
    typed: |count| format!("{count} digits typed"),
    offline_pin: "PINs cannot be checked without network",
    go_on_as: |name| if name.is_empty() { "Go on for now".to_owned() } else { format!("Go on as {name}") },
    lock_after: "Lock when untouched for",
    never: "Never",
    sign_out_note: "You are told first if something has not been sent",
    role: |role| match role {
        Role::Member => "Member",
        Role::Technician => "Technician",
        Role::Receptionist => "Receptionist",
        Role::StoreManager => "Store manager",
        Role::RegionManager => "Region manager",
        Role::BrandManager => "Brand manager",
        Role::Owner => "Owner",
        Role::Auditor => "Auditor",
    },
};
