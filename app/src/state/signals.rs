//! What pages may track.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::sign_in::Session;
use shared::time::Timestamp;
use shared::view::View;

use crate::browser;
use crate::state::work::{Refused, Storage, Waiting};
use crate::sync::link::Link;

/// What pages may track.
#[derive(Clone, Copy)]
pub(crate) struct Signals {
    pub(crate) view: RwSignal<Arc<View>>,
    pub(crate) confirmed: RwSignal<Arc<View>>,
    pub(crate) waiting: RwSignal<Arc<Vec<Waiting>>>,
    pub(crate) refused: RwSignal<Arc<Vec<Refused>>>,
    pub(crate) link: RwSignal<Link>,
    pub(crate) storage: RwSignal<Storage>,
    pub(crate) last_sync: RwSignal<Option<Timestamp>>,
    pub(crate) session: RwSignal<Option<Session>>,
    pub(crate) ready: RwSignal<bool>,
    pub(crate) now: RwSignal<Timestamp>,
}

impl Signals {
    pub(crate) fn new() -> Self {
        Signals {
            view: RwSignal::default(),
            confirmed: RwSignal::default(),
            waiting: RwSignal::default(),
            refused: RwSignal::default(),
            link: RwSignal::new(Link::Syncing),
            storage: RwSignal::new(Storage::Opening),
            last_sync: RwSignal::new(None),
            session: RwSignal::new(None),
            ready: RwSignal::new(false),
            now: RwSignal::new(browser::wall_clock()),
        }
    }
}
