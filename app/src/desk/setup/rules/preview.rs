//! What the rules come to, in the sentences members read.

use leptos::prelude::*;
use shared::store::{Confirmation, Rules};

use crate::components::icon::Icon;
use crate::components::rows::Rows;
use crate::i18n::{self, format};

#[component]
pub(super) fn Preview(rules: RwSignal<Rules>) -> impl IntoView {
    let sentences = move || rules.with(sentences);
    view! {
        <section class="surface stack stack--tight" aria-labelledby="rules-preview">
            <h2 id="rules-preview">{move || i18n::set_up().preview}</h2>
            <ul class="rules">
                <Rows
                    each=sentences
                    key=|sentence| sentence.clone()
                    children=|sentence| view! { <li class="rules__item"><Icon name="check-circle" /><span>{sentence}</span></li> }
                />
            </ul>
        </section>
    }
}

fn sentences(rules: &Rules) -> Vec<String> {
    let words = i18n::set_up();
    let time = |minutes: u16| format::duration(i64::from(minutes));
    let lead = if rules.lead_minutes == 0 { words.say_no_lead.to_owned() } else { (words.say_lead)(&time(rules.lead_minutes)) };
    let cutoff = if rules.cutoff_minutes == 0 {
        words.say_no_cutoff.to_owned()
    } else {
        (words.say_cutoff)(&time(rules.cutoff_minutes), &time(rules.long_cutoff_minutes))
    };
    let confirmation = match rules.confirmation {
        Confirmation::AtOnce => words.say_at_once,
        Confirmation::ByDesk => words.say_by_desk,
    };
    vec![
        (words.say_grid)(&time(rules.grid_minutes)),
        format!("{lead}{}", (words.say_horizon)(rules.horizon_days)),
        cutoff,
        confirmation.to_owned(),
    ]
}
