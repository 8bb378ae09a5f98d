//! The places beside the board. Their code comes in files of its own: the board does not wait for it, and a service worker keeps it for
//! days without network.

use leptos::prelude::*;

use super::account::Account;
use super::attention::{AttentionPage, RefusedSheet};
use super::block_form::BlockForm;
use super::block_panel::BlockPanel;
use super::booking_form::BookingForm;
use super::display_sheet::DisplaySheet;
use super::enrol::Enrol;
use super::members::Members;
use super::panel::VisitPanel;
use super::pin::Who;
use super::rotation::RotationSheet;
use super::setup::SetUp;
use super::sync_page::SyncPage;
use super::waitlist::WaitlistSheet;
use super::waitlist::join_form::JoinForm;
use super::walk_in::WalkInForm;
use super::workbench::{Sheet, Workbench};
use crate::chunk::{Chunk, Stand};
use crate::desk::fetching::{Fetching, Missing};

/// A place, once its file is here.
pub fn place(chunk: Chunk, path: &'static str) -> AnyView {
    let waiting = || view! { <Fetching /> }.into_any();
    let missing = |again| view! { <Missing again /> }.into_any();
    chunk.view(path.to_owned(), Stand { waiting, missing })
}

/// The forms that lie over the board; the workbench says which.
pub fn form_sheets(_: &str) -> AnyView {
    let bench = Workbench::expect();
    match untrack(|| bench.sheet()) {
        Sheet::Book(prefill) => view! { <BookingForm prefill /> }.into_any(),
        Sheet::WalkIn => view! { <WalkInForm /> }.into_any(),
        Sheet::BlockTime(whose) => view! { <BlockForm whose /> }.into_any(),
        Sheet::Display => view! { <DisplaySheet /> }.into_any(),
        Sheet::JoinWaitlist(prefill) => view! { <JoinForm prefill /> }.into_any(),
        _ => ().into_any(),
    }
}

/// Those who wait for a time.
pub fn waitlist_sheets(_: &str) -> AnyView {
    view! { <WaitlistSheet /> }.into_any()
}

/// What lies over the board about one visit, block or refused command.
pub fn record_sheets(_: &str) -> AnyView {
    match untrack(|| Workbench::expect().sheet()) {
        Sheet::Visit(booking) => view! { <VisitPanel booking /> }.into_any(),
        Sheet::Block(block) => view! { <BlockPanel block /> }.into_any(),
        Sheet::Refused(command) => view! { <RefusedSheet command /> }.into_any(),
        _ => ().into_any(),
    }
}

/// Whose turn it is.
pub fn rotation_sheets(_: &str) -> AnyView {
    view! { <RotationSheet /> }.into_any()
}

/// The inbox.
pub fn attention_pages(_: &str) -> AnyView {
    view! { <AttentionPage /> }.into_any()
}

/// Members, and one of them; the address says which.
pub fn member_pages(_: &str) -> AnyView {
    view! { <Members /> }.into_any()
}

/// This device and who is at it.
pub fn device_pages(path: &str) -> AnyView {
    match path {
        WHO => view! { <Who /> }.into_any(),
        ENROL => view! { <Enrol /> }.into_any(),
        _ => view! { <SyncPage /> }.into_any(),
    }
}

/// One's own login, and everything that is set up; the address says what.
pub fn set_up_pages(path: &str) -> AnyView {
    match path {
        ACCOUNT => view! { <Account /> }.into_any(),
        _ => view! { <SetUp /> }.into_any(),
    }
}

/// One's own login.
pub const ACCOUNT: &str = "account";
/// Who is at the desk.
pub const WHO: &str = "who";
/// This tablet becomes a desk.
pub const ENROL: &str = "enrol";
/// What has not been sent.
pub const SYNC: &str = "sync";
