//! Numbering plans: which digits make a number at home, without the prefix dialled before them there.

use crate::region::Region;

/// Whether the digits after the calling code are a number of the region.
pub(super) fn fits(region: Region, digits: &str) -> bool {
    let first = digits.bytes().next().unwrap_or(b'0');
    let length = digits.len();
    match region {
        Region::Cn => is_mainland_mobile(digits) || is_mainland_fixed(digits),
        Region::Hk => length == 8 && first >= b'2',
        Region::Mo => length == 8 && matches!(first, b'2' | b'6' | b'8'),
        Region::Tw => (length == 9 && first == b'9') || ((8..=9).contains(&length) && (b'2'..=b'8').contains(&first)),
        Region::Jp => (length == 10 && starts(digits, &["70", "80", "90", "50", "20"])) || (length == 9 && first >= b'1'),
        Region::Kr => (length == 10 && starts(digits, &["10"])) || ((8..=10).contains(&length) && (b'2'..=b'6').contains(&first)),
        Region::Sg => length == 8 && matches!(first, b'3' | b'6' | b'8' | b'9'),
        Region::My => ((9..=10).contains(&length) && first == b'1') || ((8..=9).contains(&length) && first >= b'3'),
        Region::Th => (length == 9 && matches!(first, b'6' | b'8' | b'9')) || (length == 8 && (b'2'..=b'7').contains(&first)),
        Region::Ca | Region::Us => is_north_american(digits),
        Region::Gb => (9..=10).contains(&length) && matches!(first, b'1' | b'2' | b'3' | b'7' | b'8' | b'9'),
        Region::De => ((10..=11).contains(&length) && starts(digits, &["15", "16", "17"])) || ((6..=11).contains(&length) && first >= b'2'),
        Region::Fr => length == 9 && first >= b'1',
        Region::Au => length == 9 && matches!(first, b'2' | b'3' | b'4' | b'7' | b'8'),
        Region::Nz => ((8..=10).contains(&length) && first == b'2') || (length == 8 && matches!(first, b'3' | b'4' | b'6' | b'7' | b'9')),
    }
}

/// What people dial before a number at home, and drop after the calling code.
pub(super) fn trunk(region: Region) -> &'static str {
    match region {
        Region::Ca | Region::Us => "1",
        Region::Hk | Region::Mo | Region::Sg => "",
        _ => "0",
    }
}

/// Whether a number at home is complete without the trunk prefix: mobiles of the mainland are, its landlines are not.
pub(super) fn is_complete_without_trunk(region: Region, digits: &str) -> bool {
    region != Region::Cn || is_mainland_mobile(digits)
}

/// How many digits people of the region count in a mobile number at home.
#[must_use]
pub(super) fn mobile_length(region: Region) -> u8 {
    match region {
        Region::Cn | Region::Jp | Region::Kr | Region::Gb | Region::De => 11,
        Region::Hk | Region::Mo | Region::Sg => 8,
        _ => 10,
    }
}

/// Mobiles by the blocks that are handed out; 160 or 140 are none.
fn is_mainland_mobile(digits: &str) -> bool {
    let block = |known: &str| digits.get(1..3).is_some_and(|block| known.split(' ').any(|one| one == block));
    digits.len() == 11
        && digits.starts_with('1')
        && (starts(digits, &["13", "18", "19"])
            || block("45 46 47 48 49 50 51 52 53 55 56 57 58 59 62 65 66 67 70 71 72 73 74 75 76 77 78"))
}

pub(super) fn is_mainland_fixed(digits: &str) -> bool {
    let rest = |area: usize| digits.len().saturating_sub(area);
    (starts(digits, &["10", "2"]) && rest(2) == 8) || (starts(digits, &["3", "4", "5", "6", "7", "8", "9"]) && (7..=8).contains(&rest(3)))
}

/// Ten digits; neither the area nor the exchange begins with 0 or 1.
fn is_north_american(digits: &str) -> bool {
    let from_two = |place: usize| digits.as_bytes().get(place).is_some_and(|digit| *digit >= b'2');
    digits.len() == 10 && from_two(0) && from_two(3) && !digits[1..3].eq("11")
}

fn starts(digits: &str, heads: &[&str]) -> bool {
    heads.iter().any(|head| digits.starts_with(head))
}
