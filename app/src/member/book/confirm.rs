//! One page before the tap: when, what, with whom, for how much, and the rules in plain words.

mod details;
mod rules;
mod same_time;
mod trouble;

use leptos::prelude::*;
use shared::time::Timestamp;

use super::hold::{Confirming, Holding};
use super::parts::ChosenBar;
use super::submit;
use crate::components::dialog::Dialog;
use crate::i18n::{self, format};
use crate::member::frame::Page;
use crate::member::member_app::MemberApp;
use crate::member::plan::Plan;
use crate::member::sign_in::SignIn;
use crate::member::{labels, paths};
use crate::reactive::memo;

use details::{Note, Subjects, Summary};
use rules::RuleList;
use trouble::Trouble;

pub use same_time::SameTime;

/// The last step.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let app = MemberApp::expect();
    let Some(page) = Confirming::open(app) else {
        return app.way.elsewhere(paths::STORES);
    };
    page.keep_held();
    page.keep_true();
    let on_submit = Callback::new(move |()| submit::submit(page));
    // A time that is gone leaves one thing to do: choosing another.
    let on_go =
        Callback::new(move |()| if page.plan.with_untracked(Option::is_some) { submit::submit(page) } else { app.way.go(paths::TIME) });
    let bar = move || {
        let enabled = Signal::derive(move || !page.sending.get());
        view! { <ChosenBar word=Signal::derive(move || submit::word(page)) enabled on_go plan=page.plan is_last=true /> }
    };
    view! {
        <Page title=Signal::derive(|| i18n::member().booking.confirm.to_owned()) back=paths::TIME step="4 / 4" bar=bar>
            <Trouble page />
            {move || page.plan.get().map(|plan| view! {
                <div class="confirm">
                    <When plan=plan.clone() />
                    <HoldLine page />
                    <SameTime range=Signal::stored(Some(plan.range())) />
                    <Summary plan=plan.clone() />
                    <Subjects />
                    <Note />
                    <RuleList plan />
                </div>
            })}
            <SignInOnTop page on_done=on_submit />
        </Page>
    }
    .into_any()
}

#[component]
fn When(plan: Plan) -> impl IntoView {
    let app = MemberApp::expect();
    let day = move || labels::day(&app.view(), plan.store, plan.starts_at, app.minute.get());
    let (start, end) = (plan.starts_at, plan.ends_at);
    let at = move |at: Timestamp| labels::time(&app.view(), plan.store, at);
    view! {
        <div class="confirm__when">
            <p class="confirm__day">{move || labels::or_waiting(day())}</p>
            <time class="time time--hero">
                {move || labels::or_waiting(at(start))}
                <span class="time__until">{move || at(end).map(|end| format!("–{end}"))}</span>
            </time>
        </div>
    }
}

/// "This time is held for you", and for how much longer.
#[component]
fn HoldLine(page: Confirming) -> impl IntoView {
    let app = page.app;
    let left = memo(move || match page.holding.get() {
        Holding::Until(until) => Some(until.0.saturating_sub(app.replica.now().0).max(0)),
        _ => None,
    });
    let is_over = memo(move || left.get() == Some(0));
    let share = move || {
        let minutes =
            page.plan.with(|plan| plan.as_ref().and_then(|plan| Some(app.view().catalogue.stores.get(&plan.store)?.rules.hold_minutes)));
        format::share(left.get().unwrap_or(0), i64::from(minutes.unwrap_or(5)) * 60_000)
    };
    let words = || &i18n::member().booking;
    view! {
        <Show when=move || left.get().is_some() && !is_over.get()>
            <div class="hold" class=("hold--ending", move || left.get().is_some_and(|left| left < 60_000)) role="timer">
                <span class="hold__ring" style:--hold=share aria-hidden="true"></span>
                {move || words().holding}
                <span class="hold__left">{move || format::countdown(Timestamp(left.get().unwrap_or(0)), Timestamp(0))}</span>
            </div>
        </Show>
        <Show when=move || page.holding.get() == Holding::Asking>
            <div class="hold" role="status">
                <span class="hold__ring" style:--hold="1" aria-hidden="true"></span>
                {move || words().asking}
            </div>
        </Show>
        <Show when=move || is_over.get()>
            <div class="row row--between">
                <p class="muted" role="status">{move || words().hold_over}</p>
                <button class="button button--small" type="button" on:click=move |_| page.ask()>{move || words().hold_again}</button>
            </div>
        </Show>
    }
}

/// Signing in without leaving the page; then the tap goes on.
#[component]
fn SignInOnTop(page: Confirming, on_done: Callback<()>) -> impl IntoView {
    let close = Callback::new(move |()| page.signing_in.set(false));
    let signed_in = Callback::new(move |()| {
        page.signing_in.set(false);
        on_done.run(());
    });
    view! {
        <Show when=move || page.signing_in.get()>
            <Dialog title=Signal::derive(|| i18n::person().sign_in_title.to_owned()) on_close=close>
                <SignIn on_done=signed_in />
            </Dialog>
        </Show>
    }
}
