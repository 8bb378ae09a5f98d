//! The rules in plain words, before the tap (B13).

use leptos::prelude::*;

use crate::components::icon::Icon;
use crate::i18n::{self, format};
use crate::member::member_app::MemberApp;
use crate::member::plan::{self, Plan};
use crate::reactive::memo;

/// Free until, being late, who confirms, what the store promises, terms.
#[component]
pub fn RuleList(plan: Plan) -> impl IntoView {
    let app = MemberApp::expect();
    let rules = memo(move || rules(app, &plan));
    view! {
        <ul class="rules">
            {move || rules.get().into_iter().map(|(icon, text)| view! {
                <li class="rules__item"><Icon name=icon /><span>{text}</span></li>
            }).collect_view()}
        </ul>
    }
}

fn rules(app: MemberApp, plan: &Plan) -> Vec<(&'static str, String)> {
    let (view, words) = (app.view(), &i18n::member().booking);
    let Some(store) = view.catalogue.stores.get(&plan.store) else { return Vec::new() };
    let services: Vec<_> = plan.lines.iter().map(|line| line.service).collect();
    let free_until = plan::free_until(&view, store, &services, plan.starts_at, plan.minutes());
    let mut rules = Vec::new();
    if app.is_offline() {
        let rule = if app.is_signed_in() { words.rule_offline } else { words.rule_kept };
        rules.push(("cloud-off", rule.to_owned()));
    }
    if free_until > app.minute.get() {
        rules.push(("check-circle", (words.rule_free)(&format::date_time(&store.zone, free_until))));
    } else {
        rules.push(("attention", words.rule_no_change.to_owned()));
    }
    if plan::needs_the_desk(store) {
        rules.push(("hourglass", words.rule_request.to_owned()));
    }
    if store.rules.late_tolerance_minutes > 0 {
        rules.push(("clock", (words.rule_late)(store.rules.late_tolerance_minutes)));
    }
    let remedy = i18n::name(&store.rules.remedy);
    if !remedy.is_empty() {
        rules.push(("shield", (words.rule_remedy)(&remedy)));
    }
    let note = i18n::name(&store.rules.booking_note);
    if !note.is_empty() {
        rules.push(("note", note));
    }
    rules.push(("stamp", (words.rule_terms)(store.rules.terms_version)));
    rules
}
