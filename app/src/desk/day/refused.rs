//! What was refused and waits for a person: a booking that never came about shows where it was wished, beside who has the time.

use shared::id::{CommandId, ResourceId};
use shared::time::TimeRange;
use shared::visit_request::RequestedLine;

use crate::components::status::Status;
use crate::desk::booking_form::staff_preferences::requested;
use crate::desk::day::board_box::{BoxKey, Marks};
use crate::desk::day::piece::{Piece, guest};
use crate::desk::day::query::DayQuery;

/// Where the wished visits would have been.
pub(super) fn pieces(query: &DayQuery<'_>) -> Vec<Piece> {
    let wished = query.refused.wished_in(query.store.id);
    wished.flat_map(|(uuid, lines)| (0u8..).zip(lines).filter_map(move |(number, line)| piece(query, (uuid, number), line))).collect()
}

fn piece(query: &DayQuery<'_>, (uuid, number): (CommandId, u8), line: &RequestedLine) -> Option<Piece> {
    let service = query.view.catalogue.services.get(&line.service)?;
    let range = TimeRange::starting(line.starts_at, i64::from(service.minutes()));
    let staff = requested(line.staff_preference);
    Some(Piece {
        key: BoxKey::Refused(uuid, number),
        whose: staff.map(ResourceId::from),
        range,
        busy: vec![range],
        hatched: Vec::new(),
        status: Status::Refused,
        who: guest(query.view, &line.subject),
        what: service.name.get(query.language).to_owned(),
        marks: Marks { requested: staff.is_some(), refused: true, ..Marks::default() },
    })
}

#[cfg(test)]
mod tests {
    use shared::booking::Subject;
    use shared::command::{Book, Command};
    use shared::id::BookingId;
    use shared::name::Language;
    use shared::refusal::Refusal;
    use shared::staff_preference::StaffPreference;
    use shared::sync::Outcome;
    use uuid::Uuid;

    use super::*;
    use crate::desk::columns::Columns;
    use crate::desk::day::refused_visits::RefusedVisits;
    use crate::desk::day::{Unsent, day_board};
    use crate::desk::fixtures::{self, CUT, LONG_DAY, friday, person};
    use crate::state::Refused;

    #[test]
    fn a_booking_saved_offline_and_refused_later_stays_marked_on_the_board_and_takes_nobodys_time() {
        let (view, store) = (fixtures::view(&[(person(11), &[LONG_DAY])]), fixtures::store());
        let start = store.zone.instant(friday(), 15 * 60);
        let subject = Subject::Guest { name: "王阿姨".into() };
        let staff_preference = StaffPreference::Requested(person(11));
        let line = RequestedLine { service: CUT, subject, payer: None, staff_preference, starts_at: start, seen_price: None };
        let (booking, note) = (BookingId(Uuid::from_u128(5)), String::new());
        let book = Book {
            store: store.id,
            booking,
            account: None,
            lines: vec![line],
            note: note.into(),
            terms_version: 1,
            by_phone: false,
            override_reason: None,
        };
        let refused = Refused {
            uuid: CommandId(Uuid::from_u128(6)),
            command: Some(Command::Book(book)),
            given_at: start,
            answered_at: start,
            outcome: Outcome::Refused { refusal: Refusal::TimeTaken { by: Vec::new() }, alternatives: Vec::new() },
        };
        let (unsent, refused) = (Unsent::default(), RefusedVisits::of(&[refused]));
        let now = start.plus_minutes(-60);
        let language = Language::Chinese;
        let (date, columns) = (friday(), Columns::Staff);
        let board = day_board(&DayQuery { view: &view, store: &store, date, now, language, unsent: &unsent, refused: &refused, columns });
        let column = &board.columns[0];
        assert_eq!(column.boxes.iter().map(|shown| (shown.status, shown.from.as_str())).collect::<Vec<_>>(), [(Status::Refused, "15:00")]);
        assert_eq!(column.visits, 0);
        assert!(column.free.iter().any(|free| free.starts_at == start));
    }
}
