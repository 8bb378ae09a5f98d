//! A visit for the person's own calendar, made here: no server is asked.

use shared::time::Timestamp;
use shared::view::View;

use super::visit::Visit;
use super::{paths, spoken};

/// An address that downloads as `.ics`.
pub fn link(view: &View, visit: &Visit, now: Timestamp) -> String {
    let text = file(view, visit, now);
    format!("data:text/calendar;charset=utf-8,{}", String::from(js_sys::encode_uri_component(&text)))
}

fn file(view: &View, visit: &Visit, now: Timestamp) -> String {
    let store = view.catalogue.stores.get(&visit.store);
    let place = store.map(|place| format!("{} {}", spoken::store(view, visit.store), place.address)).unwrap_or_default();
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Huiyue//Member//ZH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@huiyue", visit.id),
        format!("DTSTAMP:{}", stamp(now)),
        format!("DTSTART:{}", stamp(visit.starts_at)),
        format!("DTEND:{}", stamp(visit.ends_at)),
        format!("SUMMARY:{}", escaped(&spoken::what(view, visit))),
        format!("LOCATION:{}", escaped(place.trim())),
        format!("DESCRIPTION:{}", paths::short_number(visit.id)),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        "TRIGGER:-PT2H".to_owned(),
        format!("DESCRIPTION:{}", escaped(&spoken::what(view, visit))),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    let folded: Vec<String> = lines.iter().map(|line| folded(line)).collect();
    folded.join("\r\n") + "\r\n"
}

/// `20261121T063000Z`
fn stamp(at: Timestamp) -> String {
    let minute = at.0.rem_euclid(shared::time::DAY) / shared::time::MINUTE;
    let date = shared::time::LocalDate(at.utc_day()).to_string().replace('-', "");
    format!("{date}T{:02}{:02}00Z", minute / 60, minute % 60)
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Lines longer than 75 octets go on after a line break and a space.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > 73 {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(letter);
        octets += letter.len_utf8();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_reads_instants_in_utc() {
        assert_eq!(stamp(Timestamp(1_795_242_600_000)), "20261121T063000Z");
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let folded = folded(&"会".repeat(40));
        assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(folded.replace("\r\n ", ""), "会".repeat(40));
    }
}
