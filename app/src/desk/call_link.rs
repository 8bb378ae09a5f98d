//! A number that can be tapped to call.

use leptos::prelude::*;
use shared::member::Member;

use crate::components::icon::Icon;
use crate::i18n;

/// A call, where the number may be seen.
#[component]
pub fn CallLink(
    /// Whom.
    #[prop(into)]
    record: Signal<Option<Member>>,
) -> impl IntoView {
    let number = move || record.with(|member| member.as_ref().and_then(|member| member.number().phone.clone()));
    move || {
        number().map(|phone| {
            view! {
                <a class="button" href=format!("tel:{}", phone.as_str())>
                    <Icon name="phone" size="small" />{move || i18n::people().call}
                </a>
            }
        })
    }
}
