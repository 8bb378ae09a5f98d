//! What is edited of a visit, line by line, and the command that follows from it. Pure.

use shared::booking::{Booking, Subject};
use shared::id::ServiceId;
use shared::line_change::{LineChange, SeenLine};
use shared::money::Price;
use shared::part::Part;
use shared::placement::changed;
use shared::staff_preference::StaffPreference;
use shared::view::View;

/// Which line of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKey {
    /// One that the visit has, by its number.
    Kept(u8),
    /// One that is added.
    Added(ServiceId),
}

/// What was changed of one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineEdit {
    /// Taken away.
    pub is_gone: bool,
    /// Whom the guest asks for.
    pub staff_preference: Option<StaffPreference>,
    /// Minutes of each part.
    pub minutes: Option<Vec<u16>>,
    /// A price by hand.
    pub price: Option<Price>,
    /// Begins with the visit.
    pub is_beside: bool,
}

/// All that was changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeDraft {
    edits: Vec<(LineKey, LineEdit)>,
}

impl ChangeDraft {
    /// What was changed of a line.
    #[must_use]
    pub fn edit(&self, key: LineKey) -> LineEdit {
        self.edits.iter().find(|(own, _)| *own == key).map(|(_, edit)| edit.clone()).unwrap_or_default()
    }

    /// Changes something of a line.
    pub fn change(&mut self, key: LineKey, change: impl FnOnce(&mut LineEdit)) {
        match self.edits.iter_mut().find(|(own, _)| *own == key) {
            Some((_, edit)) => change(edit),
            None => {
                let mut edit = LineEdit::default();
                change(&mut edit);
                self.edits.push((key, edit));
            }
        }
    }

    /// The lines as they are to be: those of the visit in their order, then what is added for its first guest, whom `subject` replaces.
    #[must_use]
    pub fn lines(&self, view: &View, booking: &Booking, added: &[ServiceId], subject: Option<&Subject>) -> Vec<LineChange> {
        let first = booking.lines.first().map(|line| line.subject.clone());
        let of_first = |line: &Subject| Some(line) == first.as_ref();
        let kept = (0u8..).zip(&booking.lines).filter_map(|(number, line)| {
            let edit = self.edit(LineKey::Kept(number));
            let mut change = LineChange::unchanged(number, line);
            if let Some(subject) = subject.filter(|_| of_first(&line.subject)) {
                change.subject.clone_from(subject);
            }
            (!edit.is_gone).then(|| edited(view, booking, change, edit))
        });
        let new = added.iter().filter_map(|service| {
            let change = LineChange {
                was: None::<SeenLine>,
                service: *service,
                subject: subject.cloned().or_else(|| first.clone())?,
                payer: None,
                staff_preference: StaffPreference::Any,
                staff: None,
                minutes: None,
                seen_price: None,
                is_own_price: false,
                is_beside: false,
            };
            Some(edited(view, booking, change, self.edit(LineKey::Added(*service))))
        });
        kept.chain(new).collect()
    }
}

/// The price is what it costs with whoever is to do it, unless it was written by hand.
fn edited(view: &View, booking: &Booking, mut change: LineChange, edit: LineEdit) -> LineChange {
    if let Some(staff_preference) = edit.staff_preference {
        change.staff_preference = staff_preference;
    }
    (change.minutes, change.is_beside) = (edit.minutes, edit.is_beside);
    if let Some(price) = edit.price {
        (change.seen_price, change.is_own_price) = (price, true);
    }
    change.seen_price = changed::price_now(view, booking.store, change.agreed(&booking.lines), &change);
    change
}

/// The parts of a line of the form: as agreed, or as the menu says, with the minutes that were written.
#[must_use]
pub fn parts_of(view: &View, booking: &Booking, key: LineKey, edit: &LineEdit) -> Vec<Part> {
    let parts = match key {
        LineKey::Kept(number) => booking.lines.get(usize::from(number)).map(|line| line.parts.clone()),
        LineKey::Added(service) => view.catalogue.services.get(&service).map(|service| service.parts.clone()),
    };
    let parts = parts.unwrap_or_default();
    edit.minutes.as_deref().and_then(|minutes| shared::line_change::with_minutes(&parts, minutes)).unwrap_or(parts)
}
