//! A regular week with one odd day, a rare day, and somebody who left.

use jiff::ToSpan;
use jiff::civil::date;

use super::*;
use crate::import::identity::RowIdentity;
use crate::import::rows::Client;
use crate::import::visits::visit::{Outcome, VisitLine};
use crate::said::FileKind;

fn visit(staff: &str, day: Date, start_minute: u16) -> Visit {
    let identity =
        RowIdentity { kind: FileKind::Bookings, line: 2, key: format!("{staff}{day}{start_minute}"), occurrence: 0, repetition: 0 };
    Visit {
        id: identity.uuid(),
        client: Client::Nameless,
        date: day,
        lines: vec![VisitLine { identity, staff: Some(staff.to_owned()), service: "SHCW".to_owned(), start_minute, no_show: None }],
        outcome: Outcome::Completed,
    }
}

/// Ten Tuesdays from 10:00 to 18:00, one of them from 7:00; one Wednesday.
fn ten_weeks(staff: &str) -> Vec<Visit> {
    let tuesday = date(2018, 5, 1);
    let mut visits = Vec::new();
    for week in 0..10 {
        let day = tuesday + (week * 7).days();
        visits.push(visit(staff, day, if week == 4 { 420 } else { 600 }));
        visits.push(visit(staff, day, 1_020));
    }
    visits.push(visit(staff, date(2018, 5, 2), 700));
    visits
}

#[test]
fn one_early_day_does_not_make_an_early_shift_and_one_wednesday_no_rule() {
    let roster = derive_roster(&ten_weeks("ANNA"), date(2018, 7, 4));
    let expected = WeekdayShift { weekday: Weekday::Tuesday, from_minute: 600, until_minute: 1_080, days_seen: 10 };
    assert_eq!(roster[0].shifts, [expected]);
    assert_eq!(roster[0].exceptions, [(Weekday::Wednesday, 1)]);
    assert!(roster[0].active);
    assert_eq!(derive_hours(&roster), [(Weekday::Tuesday, 600, 1_080)]);
    let words = describe(&roster);
    let read = |language| words.iter().map(|line| line.get(language)).collect::<Vec<_>>();
    let expected =
        ["hours  Tuesday: 10:00–18:00", "shifts ANNA: Tuesday 10:00–18:00 (10×)", "       ANNA rarely, not a rule: Wednesday 1×"];
    assert_eq!(read(Language::English), expected);
    let expected = ["营业时间  周二：10:00–18:00", "班次 ANNA：周二 10:00–18:00 (10×)", "       ANNA 偶尔上班，不作为规律：周三 1×"];
    assert_eq!(read(Language::Chinese), expected);
}

#[test]
fn who_has_no_recent_work_and_no_promise_has_left_and_opens_no_door() {
    let mut visits = ten_weeks("BEN");
    let roster = derive_roster(&visits, date(2018, 9, 1));
    assert!(!roster[0].active);
    assert!(derive_hours(&roster).is_empty());
    visits.push(visit("BEN", date(2018, 9, 11), 600));
    assert!(derive_roster(&visits, date(2018, 9, 1))[0].active);
}

#[test]
fn without_history_the_promises_show_the_week() {
    let roster = derive_roster(&ten_weeks("ANNA"), date(2018, 4, 1));
    assert_eq!(roster[0].shifts.len(), 1);
}
