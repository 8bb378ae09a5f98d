//! The signals of the form, and what would become of the visit.

use std::sync::Arc;

use leptos::prelude::*;
use shared::booking::{Booking, Subject};
use shared::command::{ChangeVisit, Command};
use shared::decision::Change;
use shared::id::{MemberId, ServiceId};
use shared::refusal::Refusal;
use shared::time::LocalDate;

use super::draft::{ChangeDraft, LineEdit, LineKey};
use crate::desk::booking_form::guest::Guest;
use crate::desk::business_day;
use crate::desk::change_back::change_back;
use crate::desk::panel::shown::Panel;

/// The form's signals, `Copy`.
#[derive(Clone, Copy)]
pub(super) struct ChangeFields {
    pub(super) panel: Panel,
    pub(super) draft: RwSignal<ChangeDraft>,
    pub(super) added: RwSignal<Vec<ServiceId>>,
    /// Somebody else is to be served: `guest`.
    pub(super) is_for_other: RwSignal<bool>,
    pub(super) guest: RwSignal<Guest>,
    /// Who a new member will be.
    pub(super) new_member: MemberId,
    /// The server is being asked.
    pub(super) is_busy: RwSignal<bool>,
    pub(super) note: RwSignal<String>,
    pub(super) date: RwSignal<LocalDate>,
    pub(super) foreseen: Memo<Foreseen>,
}

/// What would become of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Foreseen {
    /// Nothing was changed.
    #[default]
    Same,
    /// The visit as it would be, and what happens to others, a sentence each.
    Changed(Arc<Booking>, Vec<String>),
    /// It would be refused.
    Refused(Refusal),
}

impl ChangeFields {
    pub(super) fn new(panel: Panel) -> Self {
        let now = panel.now();
        let note = now.as_ref().map(|booking| booking.note.0.clone()).unwrap_or_default();
        let store = panel.bench.store_now();
        let day = now.zip(store).map(|(booking, store)| business_day::day_of(&store, booking.starts_at));
        let date = RwSignal::new(day.unwrap_or_else(|| untrack(|| panel.bench.today())));
        let fields = ChangeFields {
            panel,
            draft: RwSignal::new(ChangeDraft::default()),
            added: RwSignal::new(Vec::new()),
            is_for_other: RwSignal::new(false),
            guest: RwSignal::new(Guest::default()),
            new_member: panel.bench.replica.new_id(),
            is_busy: RwSignal::new(false),
            note: RwSignal::new(note),
            date,
            foreseen: Memo::new(|_| Foreseen::Same),
        };
        // Who is not registered yet is not known to the rules: the visit is foreseen with whoever it is for now.
        let foreseen = Memo::new(move |_| fields.command(false).map(|command| foresee(panel, command)).unwrap_or_default());
        ChangeFields { foreseen, ..fields }
    }

    /// Tracked: what was changed of a line.
    pub(super) fn edit(self, key: LineKey) -> LineEdit {
        self.draft.with(|draft| draft.edit(key))
    }

    pub(super) fn change(self, key: LineKey, change: impl FnOnce(&mut LineEdit)) {
        self.draft.update(|draft| draft.change(key, change));
    }

    /// Tracked: the lines that are shown.
    pub(super) fn keys(self) -> Vec<LineKey> {
        let count = self.panel.with(|booking| booking.lines.len());
        let kept = (0u8..).take(count).map(LineKey::Kept).filter(|key| !self.edit(*key).is_gone);
        kept.chain(self.added.get().into_iter().map(LineKey::Added)).collect()
    }

    /// The edit, and what takes it back.
    pub(super) fn commands(self) -> Option<(Command, Option<Command>)> {
        untrack(|| {
            let edit = self.command(true)?;
            let back = match self.foreseen.get() {
                Foreseen::Changed(after, _) => change_back(&*self.panel.booking.get()?, &after, &edit.lines),
                _ => None,
            };
            Some((Command::ChangeVisit(edit), back))
        })
    }

    /// Tracked; with whoever is new only where they are known by the time it is given.
    fn command(self, with_new: bool) -> Option<ChangeVisit> {
        let (view, booking) = (self.panel.bench.replica.view(), self.panel.booking.get()?);
        let subject = self.subject().filter(|_| with_new || !matches!(self.guest.get(), Guest::New(_)));
        let lines = self.draft.with(|draft| draft.lines(&view, &booking, &self.added.get(), subject.as_ref()));
        let note = self.note.get();
        Some(ChangeVisit {
            store: booking.store,
            booking: booking.id,
            lines_seen: u8::try_from(booking.lines.len()).ok()?,
            lines,
            starts_at: None,
            note: (note.trim() != booking.note.0).then(|| note.into()),
            override_reason: None,
        })
    }

    /// Tracked: who is to be served instead; nobody is named while the field is empty.
    fn subject(self) -> Option<Subject> {
        match self.guest.get() {
            _ if !self.is_for_other.get() => None,
            Guest::Member(id) => Some(Subject::Member(id)),
            Guest::Named { name, .. } if name.trim().is_empty() => None,
            Guest::Named { name, .. } => Some(Subject::Guest { name: name.trim().to_owned().into() }),
            Guest::New(_) => Some(Subject::Member(self.new_member)),
        }
    }
}

fn foresee(panel: Panel, edit: ChangeVisit) -> Foreseen {
    let id = edit.booking;
    match panel.bench.replica.foresee(&[Command::ChangeVisit(edit)]) {
        Err(Refusal::Undecided) => Foreseen::Same,
        Err(refusal) => Foreseen::Refused(refusal),
        Ok((_, decision)) => {
            let own = decision.changes.iter().filter_map(Change::put_of::<Booking>).find(|booking| booking.id == id);
            own.map_or(Foreseen::Same, |own| Foreseen::Changed(Arc::new(own.clone()), panel.bench.hit_by_change(id, &decision)))
        }
    }
}
