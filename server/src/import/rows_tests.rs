//! Times, dates, numbers and prices as the files write them, and how wrong ones are refused.

use shared::name::Language;

use super::*;

#[test]
fn an_impossible_date_is_refused_with_its_line() {
    let text = "Code,Staff,Service,Date,Time,TimeInt\nA,MAY,CUT,02/30/2018,9:00:00 AM,540\n";
    let bad = read_bookings(text.as_bytes()).expect_err("refused");
    assert_eq!((bad.line, bad.file.as_str()), (2, "future-bookings.csv"));
    assert!(bad.to_string().contains("02/30/2018"));
}

#[test]
fn two_notations_of_one_time_must_agree() {
    let text = "Code,Staff,Service,Date,Time,TimeInt\nA,MAY,CUT,05/01/2018,9:00:00 AM,541\n";
    let bad = read_bookings(text.as_bytes()).expect_err("refused");
    assert_eq!(bad.problem.words(Language::English), "“Time” is minute 540 of the day, “TimeInt” says 541; correct the wrong one");
}

#[test]
fn a_wrong_number_and_a_fraction_of_a_cent_are_refused() {
    let header = "Receipt,Date,Description,Client,Staff,Quantity,Amount,GST,PST\n";
    for (row, reason) in [
        ("1,05/01/2018,Cut,A,MAY,1,12.x,0,0", "“Amount” is not a number: “12.x”"),
        ("1,05/01/2018,Cut,A,MAY,one,12,0,0", "“Quantity” is not a whole number: “one”"),
        ("1,05/01/2018,Cut,A,MAY,1,12.345,0,0", "“Amount” has fractions of a cent: “12.345”"),
        ("1,05/01/2018,Cut,A,,1,12,0,0", "“Staff” is empty"),
    ] {
        let bad = read_receipts(format!("{header}{row}\n").as_bytes()).expect_err("refused");
        assert_eq!(bad.line, 2);
        assert!(bad.problem.words(Language::English).starts_with(reason), "{bad}");
    }
}

#[test]
fn a_price_of_zero_means_on_consultation() {
    let text = "IsActive,Code,Desc,Cate,Price,Cost\nTRUE,CUT,Cut,STYLE,52,5\nTRUE,COL,Colour,COLOR,0,10\n";
    let services = read_services(text.as_bytes()).expect("reads");
    assert_eq!(services[0].price_cents, Some(5_200));
    assert_eq!(services[1].price_cents, None);
}

#[test]
fn a_service_may_not_stand_twice() {
    let text = "IsActive,Code,Desc,Cate,Price,Cost\nTRUE,CUT,Cut,STYLE,52,5\nTRUE,CUT,Cut,STYLE,60,5\n";
    let bad = read_services(text.as_bytes()).expect_err("refused");
    assert_eq!((bad.line, bad.problem.words(Language::English).as_str()), (3, "service “CUT” stands twice; delete one of the rows"));
}

#[test]
fn a_text_that_has_no_room_is_refused_with_its_line() {
    let services = format!("IsActive,Code,Desc,Cate,Price,Cost\nTRUE,CUT,Cut,STYLE,52,5\nTRUE,PERM,{},STYLE,60,5\n", "长".repeat(81));
    let bad = read_services(services.as_bytes()).expect_err("refused");
    assert_eq!(
        (bad.line, bad.problem.words(Language::English).as_str()),
        (3, "“Desc” has 81 characters, at most 80 are possible; shorten it")
    );
    let bookings = |code: &str| format!("Code,Staff,Service,Date,Time,TimeInt\n{code},MAY,CUT,05/01/2018,9:00:00 AM,540\n");
    assert!(read_bookings(bookings(&"A".repeat(40)).as_bytes()).is_ok());
    let bad = read_bookings(bookings(&"A".repeat(41)).as_bytes()).expect_err("refused");
    assert_eq!(
        (bad.line, bad.problem.words(Language::English).as_str()),
        (2, "“Code” has 41 characters, at most 40 are possible; shorten it")
    );
}
