//! A time of day as spreadsheets write it: `3:50:00 PM`, `3:50 pm`, `15:50`.

/// Minutes from midnight; whole minutes only. Any white space may stand before AM or PM: newer systems write U+202F or U+00A0.
pub fn parse_minute(text: &str) -> Option<u16> {
    let clock = text.trim_end_matches(|character: char| character.is_alphabetic() || character == '.');
    let half: String = text.get(clock.len()..)?.chars().filter(|character| *character != '.').collect();
    let mut parts = clock.trim().split(':');
    let hour = number(parts.next()?)?;
    let minute = number(parts.next()?)?;
    let second = parts.next().map_or(Some(0), number)?;
    if parts.next().is_some() || minute > 59 || second != 0 {
        return None;
    }
    let hour = match half.to_ascii_uppercase().as_str() {
        "" if hour < 24 => hour,
        "AM" if (1..=12).contains(&hour) => hour % 12,
        "PM" if (1..=12).contains(&hour) => hour % 12 + 12,
        _ => return None,
    };
    Some(hour * 60 + minute)
}

fn number(digits: &str) -> Option<u16> {
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_however_the_salons_computer_writes_it() {
        let same = ["3:50:00 PM", "3:50 PM", "3:50:00\u{202f}PM", "3:50\u{a0}pm", "3:50PM", "3:50 p.m.", "15:50", "15:50:00", "03:50 PM"];
        for text in same {
            assert_eq!(parse_minute(text), Some(950), "{text}");
        }
        assert_eq!(parse_minute("12:00:00 AM"), Some(0));
        assert_eq!(parse_minute("12:10:00 PM"), Some(730));
        assert_eq!(parse_minute("0:05"), Some(5));
        for wrong in ["13:00:00 PM", "0:00:00 AM", "3:60:00 PM", "24:00", "3:50:30 PM", "3", "+3:50", "3:50 XM", "3:50:00:00", ""] {
            assert_eq!(parse_minute(wrong), None, "{wrong}");
        }
    }
}
