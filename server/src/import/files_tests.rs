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
    assert!(bad.to_string().starts_with("future-bookings.csv, line 1: missing column “TimeInt”"), "{bad}");
}

#[test]
fn a_column_given_twice_is_refused() {
    let bad = refusal(b"Code,Code,Staff,Service,Date,Time,TimeInt\n");
    assert_eq!(bad.problem, Problem::DoubleColumn { column: "Code".to_owned() });
}

#[test]
fn a_wrong_encoding_is_refused_at_its_line() {
    let mut text = HEADER.as_bytes().to_vec();
    text.extend_from_slice(b"A,B,C,05/01/2018,9:00:00 AM,540\nRen\xe9,B,C,05/01/2018,9:00:00 AM,540\n");
    let bad = refusal(&text);
    assert_eq!((bad.line, bad.problem), (3, Problem::Encoding { byte: 0xe9 }));
    let binary = refusal(b"Code,Staff\n\0\0");
    assert_eq!(binary.line, 2);
}

#[test]
fn a_row_with_too_few_fields_is_refused_at_its_line() {
    let bad = refusal(format!("{HEADER}A,B,C,05/01/2018,9:00:00 AM,540\nA,B,C\n").as_bytes());
    assert_eq!(bad.line, 3);
    assert_eq!(bad.problem, Problem::FieldCount { found: 3, expected: 6 });
}

#[test]
fn equal_rows_are_told_apart_by_occurrence() {
    let row = "A,B,C,05/01/2018,9:00:00 AM,540\n";
    let rows = read_rows(FileKind::Bookings, format!("{HEADER}{row}{row}").as_bytes()).expect("reads");
    assert_eq!((rows[0].identity.repetition, rows[1].identity.repetition), (0, 1));
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

const MAY: &str = "美01,MAY,CUT,05/01/2018,9:00:00 AM,540\n";

fn read(bytes: &[u8]) -> Vec<Row> {
    read_rows(FileKind::Bookings, bytes).expect("the file is readable")
}

fn utf_16(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn the_same_guest_is_read_from_every_unambiguous_way_to_save_the_file() {
    let plain = format!("{HEADER}{MAY}");
    let usual = read(plain.as_bytes());
    let big_endian: Vec<u8> = utf_16(&plain).chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
    let shouted = plain.replace("Code,Staff", " code ,STAFF");
    let ways = [
        ("semicolons", plain.replace(',', ";").into_bytes()),
        ("tabs", plain.replace(',', "\t").into_bytes()),
        ("a named separator", format!("sep=;\r\n{}", plain.replace(',', ";")).into_bytes()),
        ("a named tab", format!("sep=\t\n{}", plain.replace(',', "\t")).into_bytes()),
        ("old line ends", plain.replace('\n', "\r").into_bytes()),
        ("UTF-16", utf_16(&plain)),
        ("UTF-16, big end first", big_endian),
        ("GB18030", encoding_rs::GB18030.encode(&plain).0.into_owned()),
        ("a header in capitals", shouted.into_bytes()),
        ("blank rows", format!("{plain}\n,,,,,\n , ,,,,\n,\n").into_bytes()),
    ];
    for (way, bytes) in ways {
        let rows = read(&bytes);
        assert_eq!(rows.len(), 1, "{way}");
        assert_eq!(rows[0].identity.uuid(), usual[0].identity.uuid(), "{way}");
        assert_eq!(rows[0].text("Code"), "美01", "{way}");
    }
}

#[test]
fn a_person_finds_the_wrong_row_on_the_line_their_editor_shows() {
    let wrong = format!("sep=,\n{HEADER}{MAY}\n\n,,,,,\nA,B,C\n");
    for text in [wrong.clone(), wrong.replace('\n', "\r"), wrong.replace('\n', "\r\n")] {
        assert_eq!(refusal(text.as_bytes()).line, 7, "{text:?}");
    }
    let rows = read(format!("{HEADER}{MAY}{MAY}").replace('\n', "\r").as_bytes());
    assert_eq!(rows.iter().map(|row| row.identity.line).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn renee_is_not_turned_into_a_chinese_character() {
    let mut text = HEADER.as_bytes().to_vec();
    text.extend_from_slice(b"Ren\xe9e,B,C,05/01/2018,9:00:00 AM,540\n");
    let bad = refusal(&text);
    assert_eq!((bad.line, bad.problem), (2, Problem::UnclearEncoding { byte: 0xe9 }));
}

#[test]
fn an_owner_reads_in_their_language_what_is_wrong_where_and_what_to_do() {
    use shared::name::Language;
    let bad = refusal(b"sep=|\nCode|Staff\n");
    assert_eq!(bad.in_language(Language::Chinese), "future-bookings.csv 第 1 行：“|”不能分隔列；请用逗号、分号或制表符");
    let english = "future-bookings.csv, line 1: “|” does not separate columns; use a comma, a semicolon or a tab";
    assert_eq!(bad.in_language(Language::English), english);
}

#[test]
fn a_changed_fact_and_another_order_leave_every_row_the_row_it_was() {
    let ids = |text: &str| -> std::collections::BTreeSet<_> {
        let text = format!("Receipt,Date,Description,Client,Staff,Quantity,Amount,GST,PST\n{text}");
        let rows = read_rows(FileKind::Receipts, text.as_bytes()).expect("reads");
        rows.iter().map(|row| row.identity.uuid()).collect()
    };
    let (cut, wax) = ("1,05/01/2018,Cut,MEIA01,ANNA,1,82,4.1,6.56\n", "1,5/1/2018,Wax,MEIA01,ANNA,1,20,1,1.6\n");
    let usual = ids(&format!("{cut}{wax}"));
    assert_eq!(usual, ids(&format!("{wax}{cut}")));
    assert_eq!(usual, ids(&format!("{}{wax}", cut.replace(",82,", ",90,"))));
}
