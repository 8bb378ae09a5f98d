//! What has not been sent, how old it is, what came back, and what can be done about it; this tablet; signing out.

mod queue;
mod sign_out;

use leptos::prelude::*;

use super::command_words::command_words;
use super::pin::{LockSetting, role_word};
use super::workbench::Workbench;
use crate::components::icon::Icon;
use crate::desk::page_bar::PageBar;
use crate::i18n::{self, format};
use crate::state::{Link, Storage};
use crate::{api, browser};

use queue::Queue;
use sign_out::SignOut;

/// `/desk/sync`
#[component]
pub fn SyncPage() -> impl IntoView {
    view! {
        <PageBar title=i18n::text(|| i18n::inbox().sync_title) />
        <main class="desk__content" id="main">
            <div class="desk__page" style:--page-width="52rem">
                <StorageTrouble />
                <SyncHead />
                <Queue />
                <ThisTablet />
                <SignOut />
            </div>
        </main>
    }
}

#[component]
fn SyncHead() -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::inbox;
    let link = Memo::new(move |_| bench.replica.link());
    let waiting = Memo::new(move |_| bench.replica.waiting().len());
    let refused = Memo::new(move |_| bench.replica.refused().len());
    let is_off = move || matches!(link.get(), Link::Offline { .. } | Link::SignedOut | Link::Outdated);
    let icon = move || {
        if is_off() {
            view! { <Icon name="cloud-off" /> }
        } else {
            view! { <Icon name="cloud" /> }
        }
    };
    let state = move || {
        let word = (i18n::common().device.link)(link.get());
        if waiting.get() == 0 {
            format!("{word} · {}", words().all_sent)
        } else {
            format!("{word} · {}", (words().waiting)(waiting.get()))
        }
    };
    let last = move || bench.replica.last_sync().map_or_else(|| "–".to_owned(), format::device_time);
    let oldest = move || {
        let minute = bench.minute();
        bench
            .replica
            .waiting()
            .first()
            .map_or_else(|| "–".to_owned(), |first| format::duration(minute.minutes_since(first.given_at).max(0)))
    };
    view! {
        <section class="sync-head">
            <p class="sync-head__state" class:sync-head__state--offline=is_off role="status">{icon}{state}</p>
            <span class="grow"></span>
            <div class="figures">
                <span class="figure"><strong>{last}</strong>{move || words().last_sync}</span>
                <span class="figure"><strong>{oldest}</strong>{move || words().longest_wait}</span>
                <Show when=move || { refused.get() > 0 }>
                    <a class="figure" href="/desk/attention"><strong>{refused}</strong>{move || words().refused_count}</a>
                </Show>
            </div>
            <div class="button-group">
                <ExportLink />
                <button class="button button--primary" type="button" on:click=move |_| bench.replica.sync_now()>
                    <Icon name="sync" size="small" />
                    {move || i18n::common().actions.send_now}
                </button>
            </div>
        </section>
    }
}

/// What an exported file holds of a command: words for people, the command for machines.
#[derive(serde::Serialize)]
struct Exported<'a> {
    number: u64,
    id: shared::id::CommandId,
    given_at: shared::time::Timestamp,
    words: String,
    command: &'a shared::command::Command,
}

/// The queue as a file; nothing to do while it is empty.
#[component]
fn ExportLink() -> impl IntoView {
    let bench = Workbench::expect();
    let href = move || {
        let (view, waiting) = (bench.replica.view(), bench.replica.waiting());
        let rows: Vec<Exported<'_>> = waiting
            .iter()
            .map(|row| Exported {
                number: row.number,
                id: row.uuid,
                given_at: row.given_at,
                words: command_words(&row.command, &view),
                command: &row.command,
            })
            .collect();
        let text = api::to_json(&rows).unwrap_or_default();
        format!("data:application/json;charset=utf-8,{}", String::from(js_sys::encode_uri_component(&text)))
    };
    let is_any = Memo::new(move |_| !bench.replica.waiting().is_empty());
    view! {
        <Show when=move || is_any.get()>
            <a class="button" download="huiyue-queue.json" href=href><Icon name="download" size="small" />{move || i18n::inbox().export}</a>
        </Show>
    }
}

/// Whether what is done here is kept.
#[component]
fn StorageTrouble() -> impl IntoView {
    let bench = Workbench::expect();
    let trouble = Memo::new(move |_| {
        let storage = bench.replica.storage();
        (!matches!(storage, Storage::Opening | Storage::Durable)).then_some(storage)
    });
    move || {
        trouble.get().map(|storage| {
            let is_loss = matches!(storage, Storage::Evicted { .. });
            view! {
                <div class="banner banner--decide banner--inline" role="alert">
                    <Icon name="attention" />
                    <span class="banner__text">{move || (i18n::common().device.storage)(storage)}</span>
                    {is_loss.then(|| view! {
                        <button class="banner__action" type="button" on:click=move |_| bench.replica.dismiss_loss()>
                            {move || i18n::common().actions.dismiss}
                        </button>
                    })}
                </div>
            }
        })
    }
}

/// Who works here and in which role, how much room is taken, when it locks.
#[component]
fn ThisTablet() -> impl IntoView {
    let bench = Workbench::expect();
    let words = i18n::inbox;
    let name = move || bench.replica.session().map(|session| session.name);
    let roles = move || {
        let view = bench.replica.view();
        let session = bench.replica.session()?;
        let grants = session.grants.iter().map(|grant| {
            let store = grant.store.and_then(|id| view.catalogue.stores.get(&id)).map(|store| i18n::name(&store.name));
            format!("{} · {}", role_word(grant.role), store.unwrap_or_else(|| words().all_stores.to_owned()))
        });
        Some(grants.collect::<Vec<_>>().join(i18n::people().comma))
    };
    let room = LocalResource::new(browser::storage_estimate);
    let room_text =
        move || room.get().flatten().map_or_else(|| "–".to_owned(), |(used, quota)| (words().room)(megabytes(used), megabytes(quota)));
    let kept = move || if bench.replica.storage() == Storage::Durable { words().kept_here } else { words().not_kept_here };
    view! {
        <section class="section" aria-labelledby="this-tablet">
            <h2 id="this-tablet">{move || words().this_tablet}</h2>
            <div class="surface stack">
                <dl class="facts">
                    <dt>{move || words().signed_in}</dt><dd>{name}</dd>
                    <dt>{move || words().roles}</dt><dd>{roles}</dd>
                    <dt>{move || words().storage}</dt><dd>{kept}" · "{room_text}</dd>
                </dl>
                <Show when=move || super::pin::is_tablet(bench)><LockSetting /></Show>
            </div>
        </section>
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of megabytes, rounded")]
fn megabytes(bytes: f64) -> u64 {
    (bytes / 1_048_576.0).ceil().max(0.0) as u64
}
