//! Every way a file can be wrong is refused with file, line and reason.

use super::*;

const HEADER: &str = "Code,Staff,Service,Date,Time,TimeInt\n";

fn refusal(text: &[u8]) -> BadFile {
    read_rows(FileKind::Bookings, text).expect_err("the file must be refused")
}

#[test]
fn a_file_with_and_without_byte_order_mark_reads_the_same() {
    let plain = format!("{HEADER}ABCD01,MAY,CUT,05/01/2018,9:00:00 AM,540");
    let marked = format!("\u{feff}{plain}\n");
    let a = read_rows(FileKind::Bookings, plain.as_bytes()).expect("plain");
    let b = read_rows(FileKind::Bookings, marked.as_bytes()).expect("marked");
    assert_eq!(a[0].identity, b[0].identity);
    assert_eq!(a[0].text("Code"), "ABCD01");
    assert_eq!(a[0].identity.line, 2);
}

#[test]
fn columns_are_found_by_name_in_any_order_and_more_are_ignored() {
    let text = "Note,TimeInt,Time,Date,Service,Staff,Code\nx,540,9:00:00 AM,05/01/2018,CUT,MAY,ABCD01\n";
    let moved = read_rows(FileKind::Bookings, text.as_bytes()).expect("reads");
    let plain = format!("{HEADER}ABCD01,MAY,CUT,05/01/2018,9:00:00 AM,540\n");
    let usual = read_rows(FileKind::Bookings, plain.as_bytes()).expect("reads");
    assert_eq!(moved[0].identity.uuid(), usual[0].identity.uuid());
}

#[test]
fn a_missing_column_is_named() {
    let bad = refusal(b"Code,Staff,Service,Date,Time\n");
    assert_eq!(bad.to_string(), "future-bookings.csv, line 1: missing column “TimeInt”");
}

#[test]
fn a_column_given_twice_is_refused() {
    let bad = refusal(b"Code,Code,Staff,Service,Date,Time,TimeInt\n");
    assert_eq!(bad.reason, "column “Code” appears twice");
}

#[test]
fn a_wrong_encoding_is_refused_at_its_line() {
    let mut text = HEADER.as_bytes().to_vec();
    text.extend_from_slice(b"A,B,C,05/01/2018,9:00:00 AM,540\nRen\xe9,B,C,05/01/2018,9:00:00 AM,540\n");
    let bad = refusal(&text);
    assert_eq!((bad.line, bad.reason.contains("0xE9")), (3, true));
    let utf16 = refusal(b"\xff\xfeC\0o\0d\0e\0");
    assert!(utf16.reason.contains("UTF-16"));
    let binary = refusal(b"Code,Staff\n\0\0");
    assert_eq!(binary.line, 2);
}

#[test]
fn a_row_with_too_few_fields_is_refused_at_its_line() {
    let bad = refusal(format!("{HEADER}A,B,C,05/01/2018,9:00:00 AM,540\nA,B,C\n").as_bytes());
    assert_eq!(bad.line, 3);
    assert_eq!(bad.reason, "3 fields where the header has 6");
}

#[test]
fn equal_rows_are_told_apart_by_occurrence() {
    let row = "A,B,C,05/01/2018,9:00:00 AM,540\n";
    let rows = read_rows(FileKind::Bookings, format!("{HEADER}{row}{row}").as_bytes()).expect("reads");
    assert!(!rows[0].identity.is_duplicate());
    assert!(rows[1].identity.is_duplicate());
    assert_ne!(rows[0].identity.uuid(), rows[1].identity.uuid());
}

#[test]
fn decimals_are_exact_and_nonsense_is_none() {
    assert_eq!(parse_ten_thousandths("4.1"), Some(41_000));
    assert_eq!(parse_ten_thousandths("-0.8625"), Some(-8_625));
    assert_eq!(parse_ten_thousandths("82"), Some(820_000));
    for wrong in ["", "-", ".5", "1.23456", "1e3", "12,5", "9223372036854775807", "１"] {
        assert_eq!(parse_ten_thousandths(wrong), None, "{wrong}");
    }
}

#[test]
fn impossible_dates_are_none() {
    assert_eq!(parse_date("02/28/2018"), Date::new(2018, 2, 28).ok());
    for wrong in ["02/29/2018", "13/01/2018", "2018-05-01", "5/1/18", "05/01/2018/1", "//", "00/10/2018"] {
        assert_eq!(parse_date(wrong), None, "{wrong}");
    }
}
