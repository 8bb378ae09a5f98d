//! That time is gone: the reason, and big times nearby to tap instead.

use leptos::prelude::*;
use shared::time::Timestamp;

use super::icon::Icon;
use super::rows::Rows;

/// One time to take instead.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NearbyTime {
    /// Start.
    pub starts_at: Timestamp,
    /// 今天, or the date.
    pub day: String,
    /// `14:50`
    pub time: String,
    /// Who would do it.
    pub who: String,
}

/// Three times at most; what was filled in stays.
#[component]
pub fn Alternatives(
    /// Why.
    #[prop(into)]
    title: Signal<String>,
    /// What is kept, what to do.
    #[prop(into)]
    text: Signal<String>,
    /// The times.
    #[prop(into)]
    times: Signal<Vec<NearbyTime>>,
    /// Takes one.
    on_choose: Callback<Timestamp>,
) -> impl IntoView {
    let item = move |time: NearbyTime| {
        let starts_at = time.starts_at;
        view! {
            <li>
                <button class="alternative" type="button" on:click=move |_| on_choose.run(starts_at)>
                    <span class="alternative__day">{time.day}</span>
                    <time class="time">{time.time}</time>
                    <span class="alternative__who">{time.who}</span>
                </button>
            </li>
        }
    };
    view! {
        <section class="alternatives" role="alert" aria-label=title>
            <p class="alternatives__title"><Icon name="attention" />{title}</p>
            <p class="alternatives__text">{text}</p>
            <ul class="alternatives__list">
                <Rows each=move || times.get() key=Clone::clone children=item />
            </ul>
        </section>
    }
}
