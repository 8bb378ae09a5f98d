//! Times of day as people type them, 24 hours; spans that end after midnight. Pure.

use shared::sort;
use shared::time::{LocalSpan, MinuteOfDay};

/// Two typed times.
pub(super) type SpanText = (String, String);

/// Reads `9`, `930`, `9:30`, `09：30`, `24:00`.
pub(super) fn minute_of(text: &str) -> Option<MinuteOfDay> {
    let text = text.trim().replace('：', ":");
    let (hours, minutes) = match text.split_once(':') {
        Some((hours, minutes)) => (hours.to_owned(), minutes.to_owned()),
        None if text.len() > 2 && text.is_ascii() => (text[..text.len() - 2].to_owned(), text[text.len() - 2..].to_owned()),
        None => (text, "0".to_owned()),
    };
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// The spans of a day in order; one that ends before it starts ends on the next day. `None` when something is no time, or
/// spans overlap.
pub(super) fn spans_of(texts: &[SpanText]) -> Option<Vec<LocalSpan>> {
    let mut spans = texts.iter().map(|(from, until)| span_of(from, until)).collect::<Option<Vec<_>>>()?;
    sort::sort_by_key(&mut spans, |span| span.from);
    spans.windows(2).all(|pair| pair[0].until <= pair[1].from).then_some(spans)
}

fn span_of(from: &str, until: &str) -> Option<LocalSpan> {
    let (from, until) = (minute_of(from)?, minute_of(until)?);
    let until = if until <= from { until + 1440 } else { until };
    let span = LocalSpan { from, until };
    span.is_sound().then_some(span)
}

/// As it is typed.
pub(super) fn texts_of(spans: &[LocalSpan]) -> Vec<SpanText> {
    spans.iter().map(|span| (clock(span.from), clock(span.until))).collect()
}

fn clock(minute: MinuteOfDay) -> String {
    let minute = if minute == 1440 { minute } else { minute % 1440 };
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[(&str, &str)]) -> Vec<SpanText> {
        texts.iter().map(|(from, until)| ((*from).to_owned(), (*until).to_owned())).collect()
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        assert_eq!(["9", "930", "9:30", "09：30", "24:00"].map(minute_of), [Some(540), Some(570), Some(570), Some(570), Some(1440)]);
        assert_eq!(["", "nine", "25:00", "9:75"].map(minute_of), [None; 4]);
    }

    #[test]
    fn a_bar_that_closes_at_two_closes_on_the_next_day() {
        let spans = spans_of(&texts(&[("18:00", "2:00")])).expect("a span");
        assert_eq!(spans, [LocalSpan { from: 1080, until: 1560 }]);
        assert_eq!(texts_of(&spans), texts(&[("18:00", "02:00")]));
    }

    #[test]
    fn spans_come_in_order_and_do_not_overlap() {
        assert_eq!(spans_of(&texts(&[("14:00", "20:00"), ("9:00", "12:00")])).map(|spans| spans[0].from), Some(540));
        assert_eq!(spans_of(&texts(&[("9:00", "13:00"), ("12:00", "20:00")])), None);
    }
}
