//! Small invented days: several rows, no-shows, cancellations, the till.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::*;
use crate::import::rows::{CancellationRow, NoShowRow, read_bookings, read_cancellations, read_no_shows};
use crate::import::visits::visit::ClientDay;
use crate::said::FileKind;

const BOOKINGS: &str = "\
Code,Staff,Service,Date,Time,TimeInt
MEIA01,ANNA,COL,05/01/2018,9:00:00 AM,540
MEIA01,BEN,CUT,05/01/2018,10:10:00 AM,610
,BEN,CUT,05/02/2018,9:00:00 AM,540
,BEN,CUT,05/02/2018,11:00:00 AM,660
LINB01,HOUSE,SBD5+1,05/02/2018,11:00:00 AM,660
LINC01,ANNA,SBD5+1,05/02/2018,11:00:00 AM,660
LIND01,HOUSE,CUT,05/02/2018,12:00:00 PM,720
LINE01,ANNA,PERM,05/02/2018,1:00:00 PM,780
MEIA01,ANNA,COL,05/01/2018,9:00:00 AM,540
";

/// The lists as parsed rows, so that each test changes only what it is about.
struct Lists {
    bookings: Vec<BookingRow>,
    no_shows: Vec<NoShowRow>,
    cancellations: Vec<CancellationRow>,
    charged: BTreeSet<ClientDay>,
}

impl Lists {
    fn new(no_shows: &str, cancellations: &str) -> Self {
        let no_shows = format!("Date,Code,Service,Staff\n{no_shows}");
        let header = "Cancel Date,Code,Service,Staff,Booking Date,Canceled By,Days\n";
        let cancellations = format!("{header}{cancellations}");
        Self {
            bookings: read_bookings(BOOKINGS.as_bytes()).expect("bookings"),
            no_shows: read_no_shows(no_shows.as_bytes()).expect("no-shows"),
            cancellations: read_cancellations(cancellations.as_bytes()).expect("cancellations"),
            charged: BTreeSet::new(),
        }
    }

    fn charge(mut self, code: &str, date: Date) -> Self {
        self.charged.insert((Client::Known(code.to_owned()), date));
        self
    }

    fn joined_on(&self, today: Date) -> (BookedDays, Report) {
        let mut report = Report::default();
        report.read(FileKind::Bookings, self.bookings.len());
        report.read(FileKind::NoShows, self.no_shows.len());
        report.read(FileKind::Cancellations, self.cancellations.len());
        let lists = BookingLists {
            bookings: &self.bookings,
            no_shows: &self.no_shows,
            cancellations: &self.cancellations,
            charged: &self.charged,
            services: &["COL", "CUT", "SBD5+1"].map(str::to_owned).into(),
            today,
        };
        let days = join_bookings(&lists, &mut report);
        assert!(report.balances(), "{report}");
        (days, report)
    }
}

fn joined(no_shows: &str, cancellations: &str) -> (BookedDays, Report) {
    Lists::new(no_shows, cancellations).joined_on(date(2018, 5, 1))
}

fn outcomes(days: &BookedDays) -> Vec<(&str, Outcome)> {
    let mut outcomes: Vec<(&str, Outcome)> = days.visits.iter().map(|visit| (visit.client.code(), visit.outcome)).collect();
    outcomes.sort_unstable();
    outcomes
}

#[test]
fn rows_of_one_client_on_one_day_are_one_visit_and_nameless_rows_are_not() {
    let (days, report) = joined("", "");
    let sizes: Vec<(&str, usize)> = days.visits.iter().map(|visit| (visit.client.code(), visit.lines.len())).collect();
    assert_eq!(sizes.len(), 5);
    assert_eq!(sizes[0], ("MEIA01", 2));
    assert_eq!(sizes.iter().filter(|(code, _)| code.is_empty()).count(), 2);
    let account = report.account(FileKind::Bookings);
    assert_eq!(account.columns(), [6, 1, 1, 0, 1]);
}

#[test]
fn the_till_sells_cards_and_books_for_nobody_in_particular() {
    let (days, _) = joined("", "");
    assert_eq!(days.card_sales.len(), 1);
    assert_eq!(days.card_sales[0].client.code(), "LINB01");
    let staff_of = |code: &str| {
        let visit = days.visits.iter().find(|visit| visit.client.code() == code);
        visit.and_then(|visit| visit.lines[0].staff.clone())
    };
    assert_eq!(staff_of("LINC01").as_deref(), Some("ANNA"));
    assert_eq!(staff_of("LIND01"), None);
}

#[test]
fn a_no_show_sets_the_status_of_its_booking_even_without_a_code() {
    let (days, report) = joined("05/02/2018,,CUT,BEN\n05/03/2018,MEIA01,CUT,BEN\n", "");
    // Two nameless bookings have this key: the first is taken, one and not both.
    let missed = outcomes(&days).into_iter().filter(|(_, outcome)| *outcome == Outcome::NoShow);
    assert_eq!(missed.collect::<Vec<_>>(), [("", Outcome::NoShow)]);
    let account = report.account(FileKind::NoShows);
    assert_eq!(account.columns(), [0, 1, 0, 0, 1]);
}

#[test]
fn a_cancelled_booking_that_was_made_again_is_kept_and_the_others_are_history() {
    let again = "04/30/2018,MEIA01,CUT,BEN,05/01/2018,BEN,1\n";
    let gone = "04/30/2018,LINZ01,CUT,BEN,05/01/2018,BEN,\n";
    let (days, report) = joined("", &format!("{again}{again}{gone}"));
    assert_eq!(days.cancellations.len(), 1);
    assert_eq!(days.cancellations[0].client.code(), "LINZ01");
    let account = report.account(FileKind::Cancellations);
    assert_eq!(account.columns(), [1, 2, 0, 0, 0]);
}

#[test]
fn the_past_is_completed_missed_or_unresolved_and_the_rest_is_promised() {
    let lists = Lists::new("05/01/2018,MEIA01,COL,ANNA\n05/01/2018,MEIA01,CUT,BEN\n", "")
        .charge("MEIA01", date(2018, 5, 1))
        .charge("LINC01", date(2018, 5, 2));
    let (days, report) = lists.joined_on(date(2018, 5, 3));
    let expected = [
        ("", Outcome::Unresolved),
        ("", Outcome::Unresolved),
        ("LINC01", Outcome::Completed),
        ("LIND01", Outcome::Unresolved),
        ("MEIA01", Outcome::NoShow),
    ];
    assert_eq!(outcomes(&days), expected);
    assert_eq!(report.account(FileKind::NoShows).columns(), [0, 0, 0, 2, 0]);
    assert_eq!(report.attention.len(), 5);
    let (days, _) = lists.joined_on(date(2018, 5, 2));
    assert_eq!(outcomes(&days)[0], ("", Outcome::Promised));
}

#[test]
fn ids_do_not_depend_on_the_order_of_the_rows() {
    let mut lists = Lists::new("", "");
    let ids = |lists: &Lists| -> BTreeSet<Uuid> {
        let (days, _) = lists.joined_on(date(2018, 5, 1));
        days.visits.iter().map(|visit| visit.id).collect()
    };
    let usual = ids(&lists);
    lists.bookings.reverse();
    assert_eq!(usual, ids(&lists));
}

#[test]
fn two_equal_walk_ins_are_two_guests_and_one_no_show_marks_one_of_them() {
    let guest = "WALK_IN,BEN,CUT,05/02/2018,9:00:00 AM,540\n";
    let missed = "05/02/2018,WALK_IN,CUT,BEN\n";
    let header = "Code,Staff,Service,Date,Time,TimeInt\n";
    let no_shows_of = |no_shows: &str, line_end: &str| {
        let mut lists = Lists::new(no_shows, "");
        let text = format!("{header}{guest}{guest}").replace('\n', line_end);
        lists.bookings = read_bookings(text.as_bytes()).expect("bookings");
        let (days, _) = lists.joined_on(date(2018, 5, 1));
        assert_eq!(days.visits.len(), 2);
        days.visits.iter().filter(|visit| visit.outcome == Outcome::NoShow).count()
    };
    for line_end in ["\n", "\r", "\r\n"] {
        assert_eq!(no_shows_of(missed, line_end), 1);
        assert_eq!(no_shows_of(&format!("{missed}{missed}"), line_end), 2);
    }
}
