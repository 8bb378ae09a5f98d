//! One field group of a member: what it says, the pencil, and the value that lost a concurrent edit.

use leptos::prelude::*;
use shared::member::{Member, MemberGroup};
use shared::role::Permission;
use shared::stamp::Written;

use super::group_form::GroupForm;
use super::superseded::Lost;
use crate::components::icon::Icon;
use crate::desk::member_card::group_text::{current_text, lost};
use crate::desk::workbench::Workbench;
use crate::i18n;

/// Reads, or edits while it is the one being edited.
#[component]
pub(super) fn GroupBlock(record: Memo<Option<Member>>, group: MemberGroup, editing: RwSignal<Option<MemberGroup>>) -> impl IntoView {
    let bench = Workbench::expect();
    let is_edited = Memo::new(move |_| editing.get() == Some(group));
    let text = move || record.with(|member| member.as_ref().map(|member| current_text(member, group)).unwrap_or_default());
    let shown = move || {
        let text = text();
        if text.is_empty() { i18n::people().nothing.to_owned() } else { text }
    };
    let has_lost = Memo::new(move |_| record.with(|member| member.as_ref().is_some_and(|member| lost(member, group).is_some())));
    // A number of which only the mask is shown cannot be edited: the form would begin without it.
    let is_masked = Memo::new(move |_| {
        let hides = |member: &Member| member.contact.value.phone.is_none() && !member.contact.value.masked.is_empty();
        group == MemberGroup::Contact && record.with(|member| member.as_ref().is_some_and(hides))
    });
    let label = move || (i18n::people().group)(group);
    let edit_label = move || format!("{} {}", i18n::common().actions.edit, label());
    view! {
        <div class="list__item">
            <Show
                when=move || is_edited.get()
                fallback=move || {
                    view! {
                        <div class="list__text">
                            <span class="list__note">{label}</span>
                            <span class="list__title" class:muted=move || text().is_empty()>{shown}</span>
                            <Show when=move || has_lost.get()><Lost record group /></Show>
                        </div>
                        <Show when=move || bench.may(Permission::EditMembers) && !is_masked.get()>
                            <button
                                class="button button--icon"
                                type="button"
                                aria-label=edit_label
                                on:click=move |_| editing.set(Some(group))
                            >
                                <Icon name="edit" />
                            </button>
                        </Show>
                    }
                }
            >
                <GroupForm record group editing />
            </Show>
        </div>
    }
}

/// Who wrote a group last.
#[must_use]
pub fn current_written(member: &Member, group: MemberGroup) -> Option<Written> {
    match group {
        MemberGroup::Name => member.name.written,
        MemberGroup::Contact => member.contact.written,
        MemberGroup::Profile => member.profile.written,
        MemberGroup::Notes => member.notes.written,
        MemberGroup::Allergies => member.allergies.written,
        MemberGroup::Tags => member.tags.written,
    }
}
