//! Whom a transaction has not locked at its beginning it does not lock later: such a command is decided by the next one, and nobody
//! notices.

use shared::booking::Subject;
use shared::command::{CheckIn, Command, ImportVisit, ImportedLine, ImportedStatus, RegisterMember};
use shared::id::{BookingId, MemberId};
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use shared::time::LocalDate;

use crate::world::*;

fn registers(member: MemberId) -> Command {
    Command::RegisterMember(RegisterMember {
        member, account: None, store: None, name: "王阿姨".into(), phone: None, consent: consent()
    })
}

/// A visit as another system has it: nothing of it can be known before it is there.
fn imports(booking: BookingId, member: MemberId) -> Command {
    let line = ImportedLine {
        service: CUT,
        performed: None,
        subject: Subject::Member(member),
        staff: Some(JJ),
        starts_at: Some(at(0, 10, 0)),
        date: LocalDate(0),
        price: None,
    };
    let (lines, note, status) = (vec![line], "".into(), ImportedStatus::Promised);
    Command::ImportVisit(ImportVisit { store: STORE, booking, lines, status, note, made_at: morning() })
}

#[tokio::test]
async fn who_is_checked_in_with_the_visit_that_has_just_come_in_is_known_in_the_store_from_then_on() {
    let world = World::salon().await;
    let (wang, booking) = (new_member(), new_booking());
    let registered = world.give(vec![registers(wang)]).await;
    assert_eq!(registered, [Outcome::Applied]);
    // Another guest is locked when it shows that Auntie Wang is needed, too.
    let another = new_member();
    let check_in = Command::CheckIn(CheckIn { store: STORE, booking, override_reason: None });
    let together =
        vec![registers(another), imports(booking, wang), check_in, book(new_booking(), None, StaffPreference::Any, at(0, 15, 0))];
    assert_eq!(world.give(together).await, vec![Outcome::Applied; 4]);
    let known = "select count(*) from member_stores";
    assert_eq!(world.count(known).await, 1, "whoever has come is known");
    assert_eq!(world.count("select count(*) from commands where not applied").await, 0);
    assert_eq!(world.backstop_hits(), 0);
}
