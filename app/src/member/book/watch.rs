//! The confirm page while somebody looks at it: others take times, and the store changes prices.

use leptos::prelude::*;
use shared::refusal::Refusal;
use shared::state_kind::StateKind;
use shared::time::Timestamp;
use shared::view::View;

use super::hold::{Confirming, Holding, Problem};
use crate::i18n;
use crate::member::book::why_gone::reason;
use crate::member::plan::Plan;

impl Confirming {
    /// Follows what others take and what the store changes while the page is open, wherever no hold protects the time.
    pub fn keep_true(self) {
        Effect::new(move |_| {
            let (view, now, holding) = (self.app.view(), self.app.minute.get(), self.holding.get());
            untrack(|| self.look_again(&view, now, holding));
        });
    }

    /// Whoever was told that the time is gone, and signs in, may have held it themselves before they signed out.
    fn give_back_own(self, view: &View, now: Timestamp) {
        if !self.is_perhaps_own.get_value() || !self.app.is_signed_in() || self.plan.with_untracked(Option::is_some) {
            return;
        }
        if let Some(plan) = self.search.with_value(|search| Plan::at(view, search, self.wished.get_untracked(), now)) {
            self.problem.set(None);
            self.plan.set(Some(plan));
        }
    }

    fn look_again(self, view: &View, now: Timestamp, holding: Holding) {
        self.give_back_own(view, now);
        let Some(plan) = self.plan.get_untracked().filter(|_| !self.sending.get_untracked()) else { return };
        match holding {
            Holding::Asking => return,
            Holding::Until(until) if until > self.app.replica.clock() => {
                // Another page of the same account may have taken the hold over.
                let own = self.app.draft.now().booking.and_then(|id| view.bookings.get(&id));
                if own.is_some_and(|own| own.state.kind() == StateKind::Expired) {
                    self.holding.set(Holding::Until(self.app.replica.clock()));
                }
                return;
            }
            Holding::Nothing | Holding::Until(_) => {}
        }
        // Right after signing in, one's own hold looks like somebody else's.
        if self.app.is_signed_in() && self.app.replica.last_sync().is_none() {
            return;
        }
        // A store that is not here yet says nothing about its times.
        if !view.catalogue.stores.contains_key(&plan.store) {
            return;
        }
        match self.search.with_value(|search| Plan::at(view, search, plan.starts_at, now)) {
            Some(found) if found == plan => {}
            Some(found) => {
                if found.price() != plan.price() {
                    let changed = Refusal::PriceChanged { now: found.price() };
                    self.problem.set(Some(Problem::Other((i18n::refusals().refusal)(&changed))));
                }
                self.plan.set(Some(found));
            }
            None => {
                // Whoever is typing a code for it should know at once.
                self.signing_in.set(false);
                self.taken(Vec::new(), self.search.with_value(|search| reason(search, view, plan.starts_at, now)));
            }
        }
    }
}
