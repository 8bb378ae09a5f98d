//! Two people changed one thing about a member: both values, who and when, one tap for the other one.

use leptos::prelude::*;
use shared::id::{AttentionId, MemberId, StoreId};
use shared::member::{Member, MemberGroup};
use shared::time::Timestamp;

use crate::components::icon::Icon;
use crate::desk::attention::entry_frame::{EntryFrame, ResolveButton};
use crate::desk::call_link::CallLink;
use crate::desk::member_card::{UseMine, current_text, current_written, lost_text, written_by};
use crate::desk::workbench::Workbench;
use crate::i18n;

#[component]
pub(super) fn SupersededEdit(entry: (AttentionId, StoreId), member: MemberId, group: MemberGroup, raised_at: Timestamp) -> impl IntoView {
    let bench = Workbench::expect();
    let record = Memo::new(move |_| bench.replica.view().members.get(&member).cloned());
    let title = Signal::derive(move || {
        let name = record.with(|member| member.as_ref().map(|member| member.name.value.0.clone())).unwrap_or_default();
        (i18n::inbox().superseded)(&name, (i18n::people().group)(group))
    });
    view! {
        <EntryFrame title why=i18n::text(|| i18n::inbox().superseded_why) raised_at>
            <Versions record group />
            <div class="attention__actions">
                <UseMine member group />
                <KeepTheirs entry />
                <CallLink record />
                <a class="button" href=format!("/desk/members/{member}")>
                    <Icon name="person" size="small" />
                    {move || i18n::inbox().open_member}
                </a>
            </div>
        </EntryFrame>
    }
}

/// The one that holds, and the other.
#[component]
fn Versions(record: Memo<Option<Member>>, group: MemberGroup) -> impl IntoView {
    let bench = Workbench::expect();
    let kept = move || record.with(|member| member.as_ref().map(|member| current_text(member, group)));
    let kept_by = move || {
        let written = record.with(|member| member.as_ref().and_then(|member| current_written(member, group)))?;
        bench.store().map(|store| written_by(&store, written))
    };
    let other = Memo::new(move |_| record.with(|member| member.as_ref().and_then(|member| lost_text(member, group))));
    let other_by = move || other.get().zip(bench.store()).map(|((_, written), store)| written_by(&store, written));
    view! {
        <div class="versions">
            <div class="version version--kept">
                <span class="version__label"><Icon name="check" size="small" />{move || i18n::inbox().kept}</span>
                <span class="version__value">{kept}</span>
                <span class="version__who">{kept_by}</span>
            </div>
            <div class="version">
                <span class="version__label">{move || i18n::inbox().other}</span>
                <span class="version__value">{move || other.get().map(|(text, _)| text)}</span>
                <span class="version__who">{other_by}</span>
            </div>
        </div>
    }
}

/// 保持现在的: the entry is settled, the value stays.
#[component]
fn KeepTheirs(entry: (AttentionId, StoreId)) -> impl IntoView {
    view! { <ResolveButton entry label=i18n::text(|| i18n::inbox().keep) /> }
}
