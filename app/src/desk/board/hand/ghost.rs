//! The box in the hand: where it would go, and what stands in its way there.

use leptos::prelude::*;

use super::blocked::blocked_words;
use super::outlook::Outlook;
use crate::components::icon::Icon;
use crate::desk::board::drag::Drag;
use crate::desk::board::drag::aim::Aim;
use crate::i18n::format;

/// See above; heard by those who do not see it.
#[component]
pub(super) fn Ghost(outlook: Memo<Option<Outlook>>) -> impl IntoView {
    let drag = Drag::expect();
    let is_there = Memo::new(move |_| outlook.with(Option::is_some));
    let aim = move || drag.in_hand().map(|(_, aim)| aim);
    let row = move |of: fn(&Aim) -> shared::time::Timestamp| {
        move || aim().map(|aim| drag.day.with(|day| day.frame.row(of(&aim)))).unwrap_or_default()
    };
    let (start, end) = (row(|aim| aim.starts_at), row(|aim| aim.ends_at));
    let why = move || match outlook.get() {
        Some(Outlook::Blocked(refusal)) => Some(blocked_words(drag.bench, &refusal)),
        _ => None,
    };
    view! {
        <Show when=move || is_there.get()>
            <div
                class="ghost"
                class:ghost--blocked=move || why().is_some()
                style:--column=move || aim().map_or(0, |aim| aim.column).to_string()
                style:--row-start=move || start().to_string()
                style:--row-span=move || (end() - start()).to_string()
            >
                <p class="ghost__when" role="status">{move || place(drag)}</p>
                {move || why().map(|text| view! { <p class="ghost__why"><Icon name="attention" size="small" />{text}</p> })}
            </div>
        </Show>
    }
}

/// `16:15–17:15 · 凯莉`
fn place(drag: Drag) -> Option<String> {
    let (_, aim) = drag.in_hand()?;
    let store = drag.bench.store()?;
    let name = drag.day.with(|day| day.columns.get(aim.column).map(|column| column.name.clone())).unwrap_or_default();
    let time = format!("{}–{}", format::time(&store.zone, aim.starts_at), format::time(&store.zone, aim.ends_at));
    Some(if name.is_empty() { time } else { format!("{time} · {name}") })
}
