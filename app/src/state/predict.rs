//! What the waiting commands will do, by the same `decide` as the server's. Pure.

use std::sync::Arc;

use shared::api::sign_in::Session;
use shared::command::{Command, CommandSet, RuleSet};
use shared::context::Context;
use shared::envelope::Envelope;
use shared::id::ReplicaId;
use shared::member::Member;
use shared::noun::Noun;
use shared::refusal::Refusal;
use shared::role::{Actor, Channel, Principal};
use shared::time::Timestamp;
use shared::view::View;

use super::work::{Prediction, Waiting};
use crate::App;

/// What predictions are made with.
#[derive(Clone, Debug)]
pub(super) struct Surroundings {
    pub(super) app: App,
    pub(super) commands: CommandSet,
    /// `None` while their file is not here: nothing is predicted.
    pub(super) rules: Option<RuleSet>,
    /// Something is missing that this program cannot read: nothing is predicted.
    pub(super) is_outdated: bool,
    pub(super) session: Option<Session>,
    pub(super) replica: ReplicaId,
    pub(super) now: Timestamp,
    pub(super) clock_offset: i64,
}

impl Surroundings {
    /// The context the server will make, as far as this device can tell.
    pub(super) fn context(&self, envelope: &Envelope) -> Context {
        Context {
            now: self.now,
            stamp: envelope.hlc.corrected(self.clock_offset, self.now),
            moment: envelope.hlc.corrected(self.clock_offset, self.now).at,
            actor: self.actor(envelope),
            channel: match self.app {
                App::Member => Channel::MemberApp,
                App::Desk => Channel::Desk,
            },
            command: envelope.uuid,
            replica: self.replica,
            number: envelope.number,
            base: envelope.base,
            base_raised: false,
            // A desk that decides is there; a phone cannot know and must not promise.
            desk_heard_at: (self.app == App::Desk).then_some(self.now),
            proven: None,
            member_use: Default::default(),
        }
    }

    fn actor(&self, envelope: &Envelope) -> Actor {
        let Some(session) = &self.session else {
            return Actor { principal: Principal::Anonymous, grants: Vec::new(), staff: None };
        };
        let mut actor = session.actor();
        if envelope.actor.is_some() {
            actor.staff = envelope.actor;
        }
        actor
    }
}

/// The view with all waiting commands on top, and what is expected of each.
pub(super) fn predict(confirmed: &Arc<View>, outbox: &[Envelope], surroundings: &Surroundings) -> (Arc<View>, Vec<Waiting>) {
    let mut view = Arc::clone(confirmed);
    let mut waiting = Vec::with_capacity(outbox.len());
    for envelope in outbox {
        // Written by a program that knew more: it is sent all the same, but nothing can be shown of it.
        let Ok(command) = surroundings.commands.open(envelope) else { continue };
        let context = surroundings.context(envelope);
        let prediction = match surroundings.rules.filter(|_| !surroundings.is_outdated) {
            Some(rules) => predict_one(&mut view, &command, &context, rules),
            None => Prediction::Undecided,
        };
        waiting.push(Waiting { uuid: envelope.uuid, number: envelope.number, command, given_at: context.stamp.at, prediction });
    }
    (view, waiting)
}

fn predict_one(view: &mut Arc<View>, command: &Command, context: &Context, rules: RuleSet) -> Prediction {
    if let Command::RegisterMember(new) = command
        && !view.members.contains_key(&new.member)
    {
        // The id was made here a moment ago: nobody else can have it, and what follows may already name it.
        Arc::make_mut(view).known.absent.insert(Member::key_of(new.member));
    }
    match rules.decide(command, context, view) {
        Ok(decision) => {
            let changed = Arc::make_mut(view);
            decision.changes.iter().for_each(|change| changed.apply(change));
            Prediction::Expected
        }
        Err(Refusal::Undecided) => Prediction::Undecided,
        Err(refusal) => Prediction::Unlikely(refusal),
    }
}
