//! The value that lost a concurrent edit, and the one tap that brings it back.

use leptos::prelude::*;
use shared::command::{Command, EditMember, GroupEdit};
use shared::id::MemberId;
use shared::member::{Member, MemberGroup};
use shared::role::Channel;
use shared::stamp::Written;
use shared::store::Store;

use crate::desk::done::{About, Done};
use crate::desk::member_card::group_text::{lost, lost_text, version};
use crate::desk::words::channel_word;
use crate::desk::workbench::Workbench;
use crate::i18n::{self, format};

/// Beside the value that holds: the other one.
#[component]
pub(super) fn Lost(record: Memo<Option<Member>>, group: MemberGroup) -> impl IntoView {
    let bench = Workbench::expect();
    let other = Memo::new(move |_| record.with(|member| member.as_ref().and_then(|member| lost_text(member, group))));
    let who = move || other.get().zip(bench.store()).map(|((_, written), store)| written_by(&store, written));
    view! {
        <div class="version">
            <span class="version__label">{move || i18n::inbox().other}</span>
            <span class="version__value">{move || other.get().map(|(text, _)| text)}</span>
            <span class="version__who">{who}</span>
            {move || record.with(|member| member.as_ref().map(|member| member.id)).map(|member| view! { <UseMine member group /> })}
        </div>
    }
}

/// 恢复这个值: writes the value that lost again, on top of what is there now.
#[component]
pub fn UseMine(
    /// Whose.
    member: MemberId,
    /// Which group.
    group: MemberGroup,
) -> impl IntoView {
    let bench = Workbench::expect();
    let restore = move |_| {
        let view = bench.replica.view_now();
        let (Some(record), Some(store)) = (view.members.get(&member), bench.store_now()) else { return };
        let Some((value, _)) = lost(record, group) else { return };
        let edits = vec![GroupEdit { base: version(record, group), value }];
        let command = Command::EditMember(EditMember { store: Some(store.id), member, edits });
        bench.give_aloud(
            command,
            Done::new("check", |name| format!("{} · {name}", i18n::inbox().restored), About::words(record.name.value.0.clone())),
        );
    };
    view! { <button class="button button--decide" type="button" on:click=restore>{move || i18n::inbox().use_other}</button> }
}

/// Through which channel and when a value was written. Ranks tell channels apart as far as the store ranks them apart.
#[must_use]
pub fn written_by(store: &Store, written: Written) -> String {
    let channel = [Channel::Desk, Channel::MemberApp, Channel::Partner, Channel::Import];
    let same = channel.into_iter().find(|channel| store.rules.rank(*channel) == written.rank);
    let who = same.map_or(i18n::inbox().other_device, channel_word);
    format!("{who} · {}", format::date_time(&store.zone, written.stamp.at))
}
