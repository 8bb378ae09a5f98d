//! Reading a number as people type, paste and export it.

use serde::{Deserialize, Serialize};

use super::Phone;
use super::plan::{fits, is_complete_without_trunk, mobile_length, trunk};
use crate::region::Region;

/// Why no number was read, and what would help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum NotRead {
    /// It has letters in it, or no digits.
    #[error("not a phone number")]
    NotANumber,
    /// It has too few digits for the region.
    #[error("digits are missing")]
    TooShort {
        /// Where it was read.
        region: Region,
        /// How many digits a mobile number has there.
        digits: u8,
    },
    /// It is no number of the region, and fits none other: it needs its calling code.
    #[error("needs a country")]
    NeedsCountry,
    /// It fits several countries: ask which is meant.
    #[error("fits several countries")]
    Ambiguous {
        /// The numbers it could be, in the order of the regions.
        between: Vec<Phone>,
    },
}

/// Signs that people put between digits.
const SEPARATORS: [char; 27] = [
    ' ', '-', '(', ')', '.', '/', '（', '）', '－', '．', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}',
    '\u{2212}', '·', '・', '\u{FE63}', '[', ']', '【', '】', '_', '\u{30FC}', '~',
];

impl Phone {
    /// Reads a number as people type, paste and export it, with the region of the store or of the phone. A number written with its calling
    /// code is the same everywhere; one that is complete at home is of home; any other is asked back rather than guessed.
    ///
    /// # Errors
    /// See [`NotRead`].
    pub fn parse(text: &str, region: Region) -> Result<Self, NotRead> {
        read(text, region)
    }
}

/// See [`Phone::parse`].
pub(super) fn read(text: &str, region: Region) -> Result<Phone, NotRead> {
    let (is_international, digits) = clean(text).ok_or(NotRead::NotANumber)?;
    if is_international {
        return international(&digits);
    }
    if let Some(phone) = at_home(region, &digits) {
        return Ok(phone);
    }
    if let Some(rest) = abroad_prefix(region, &digits) {
        return international(rest);
    }
    let coded = with_calling_code(&digits);
    if let Some(own) = coded.iter().find(|phone| is_of(phone, region)) {
        return Ok(own.clone());
    }
    let homes = Region::ALL.into_iter().filter(|other| is_written_as_at_home(*other, &digits)).filter_map(|other| at_home(other, &digits));
    let alike = looks_like_home(region, &digits).then(|| Phone::of(region, &digits));
    let mut between: Vec<Phone> = Vec::new();
    for phone in alike.into_iter().chain(coded.iter().cloned()).chain(homes) {
        if !between.contains(&phone) {
            between.push(phone);
        }
    }
    match between.as_slice() {
        [] => Err(nothing_fits(region, &digits)),
        [only] if coded.contains(only) => Ok(only.clone()),
        _ => Err(NotRead::Ambiguous { between }),
    }
}

fn nothing_fits(region: Region, digits: &str) -> NotRead {
    let wanted = mobile_length(region);
    if digits.len() < usize::from(wanted) { NotRead::TooShort { region, digits: wanted } } else { NotRead::NeedsCountry }
}

/// Whether it begins with a plus sign, and its digits. `None` when it says anything else.
fn clean(text: &str) -> Option<(bool, String)> {
    let line = crate::text::clean_line(text);
    let line = line.trim_start_matches(['\'', '’', '"']).trim_end_matches(['\'', '’', '"']);
    let line = strip_scheme(line);
    let (mut international, mut digits) = (false, String::new());
    for letter in line.chars() {
        match letter {
            '+' | '＋' if digits.is_empty() && !international => international = true,
            _ if SEPARATORS.contains(&letter) => {}
            _ => digits.push(crate::text::plain_digit(letter)?),
        }
    }
    (!digits.is_empty() && digits.len() <= 20).then_some((international, digits))
}

fn strip_scheme(line: &str) -> &str {
    let head = line.get(..4).unwrap_or_default();
    if head.eq_ignore_ascii_case("tel:") { line.get(4..).unwrap_or_default() } else { line }
}

/// A number with its calling code. A trunk prefix kept by mistake, as in `+44 (0)20 …`, is dropped.
fn international(digits: &str) -> Result<Phone, NotRead> {
    let known: Vec<Region> = Region::ALL.into_iter().filter(|region| digits.starts_with(region.calling_code())).collect();
    for region in &known {
        let national = digits.get(region.calling_code().len()..).unwrap_or_default();
        // What is asked back must be readable when it is written out, also where its block is not handed out yet.
        if fits(*region, national) || looks_like_home(*region, national) {
            return Ok(Phone::of(*region, national));
        }
        if let Some(without) =
            national.strip_prefix(trunk(*region)).filter(|without| without.len() < national.len() && fits(*region, without))
        {
            return Ok(Phone::of(*region, without));
        }
    }
    match known.first() {
        Some(region) if digits.len() < region.calling_code().len() + usize::from(mobile_length(*region)) => {
            Err(NotRead::TooShort { region: *region, digits: mobile_length(*region) })
        }
        Some(_) => Err(NotRead::NotANumber),
        // Of other countries only the length is known.
        None => Phone::international(digits).map_err(|_| NotRead::NotANumber),
    }
}

/// As it is written in its own region, with or without the trunk prefix.
fn at_home(region: Region, digits: &str) -> Option<Phone> {
    let prefix = trunk(region);
    let dialled = digits.strip_prefix(prefix).filter(|_| !prefix.is_empty());
    if let Some(national) = dialled.filter(|national| fits(region, national)) {
        return Some(Phone::of(region, national));
    }
    (fits(region, digits) && is_complete_without_trunk(region, digits)).then(|| Phone::of(region, digits))
}

/// Whether people of a region would write it so at home: with the trunk prefix where there is one, but for North America and for mobiles of
/// the mainland.
fn is_written_as_at_home(region: Region, digits: &str) -> bool {
    match region {
        Region::Cn => digits.starts_with('0') || digits.starts_with('1'),
        Region::Ca | Region::Us => true,
        _ => digits.starts_with(trunk(region)),
    }
}

/// What follows the digits that are dialled before a number abroad.
fn abroad_prefix(region: Region, digits: &str) -> Option<&str> {
    let own = match region {
        Region::Ca | Region::Us => "011",
        Region::Au => "0011",
        Region::Jp => "010",
        Region::Hk | Region::Sg | Region::Th | Region::Kr => "001",
        Region::Tw => "002",
        _ => "00",
    };
    [own, "00"].into_iter().find_map(|prefix| digits.strip_prefix(prefix)).filter(|rest| international(rest).is_ok())
}

/// The numbers it is if it begins with a calling code whose plus sign was left out.
fn with_calling_code(digits: &str) -> Vec<Phone> {
    let mut found: Vec<Phone> = Vec::new();
    for region in Region::ALL {
        let national = digits.strip_prefix(region.calling_code()).filter(|national| fits(region, national));
        if let Some(phone) = national.map(|national| Phone::of(region, national)).filter(|phone| !found.contains(phone)) {
            found.push(phone);
        }
    }
    found
}

fn is_of(phone: &Phone, region: Region) -> bool {
    phone.as_str().get(1..).is_some_and(|digits| digits.starts_with(region.calling_code()))
}

/// Eleven digits that begin with 1 look like a mobile of the mainland to whoever lives there, whatever block they are of.
fn looks_like_home(region: Region, digits: &str) -> bool {
    region == Region::Cn && digits.len() == 11 && digits.starts_with('1')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str, region: Region) -> String {
        read(text, region).map_or_else(|no| format!("{no:?}"), |phone| phone.as_str().to_owned())
    }

    #[test]
    fn a_number_pasted_from_anywhere_is_the_same_number() {
        let pasted = [
            "13800138000",
            "138 0013 8000",
            "138-0013-8000",
            "１３８００１３８０００",
            "138－0013－8000",
            "\u{202D}13800138000\u{202C}",
            "138\u{A0}0013\u{A0}8000",
            "\u{200E}138 0013 8000",
            "\u{FEFF}13800138000",
            "（86）138 0013 8000",
            "(+86)138 0013 8000",
            "+86 138-0013-8000",
            "＋86 13800138000",
            "0086 138 0013 8000",
            "8613800138000",
            "tel:13800138000",
            "TEL:+86-138-0013-8000",
            "'13800138000",
            "138\u{2013}0013\u{2013}8000",
            "138.0013.8000",
            "\u{2068}+86 138 0013 8000\u{2069}",
            "١٣٨٠٠١٣٨٠٠٠",
            "+۸۶ ۱۳۸۰۰۱۳۸۰۰۰",
        ];
        for text in pasted {
            assert_eq!(number(text, Region::Cn), "+8613800138000", "{text:?}");
        }
    }

    #[test]
    fn a_number_of_home_is_read_with_the_stores_region() {
        let cases = [
            (Region::Ca, "604 555 0123", "+16045550123"),
            (Region::Ca, "1 (604) 555-0123", "+16045550123"),
            (Region::Us, "16045550123", "+16045550123"),
            (Region::Tw, "0912345678", "+886912345678"),
            (Region::Tw, "02 2345 6789", "+886223456789"),
            (Region::Hk, "9123 4567", "+85291234567"),
            (Region::Mo, "6612 3456", "+85366123456"),
            (Region::Jp, "090-1234-5678", "+819012345678"),
            (Region::Kr, "010-1234-5678", "+821012345678"),
            (Region::Sg, "8123 4567", "+6581234567"),
            (Region::My, "012-345 6789", "+60123456789"),
            (Region::Th, "081 234 5678", "+66812345678"),
            (Region::Gb, "07911 123456", "+447911123456"),
            (Region::De, "0151 23456789", "+4915123456789"),
            (Region::Fr, "06 12 34 56 78", "+33612345678"),
            (Region::Au, "0412 345 678", "+61412345678"),
            (Region::Nz, "021 123 4567", "+64211234567"),
            (Region::Cn, "021 6234 5678", "+862162345678"),
        ];
        for (region, text, expected) in cases {
            assert_eq!(number(text, region), expected, "{text} in {region:?}");
        }
    }

    #[test]
    fn with_its_calling_code_it_is_the_same_in_every_store() {
        for region in Region::ALL {
            assert_eq!(number("+44 (0)20 7946 0958", region), "+442079460958");
            assert_eq!(number("+886 0912 345 678", region), "+886912345678");
            assert_eq!(number("8613800138000", region), "+8613800138000", "{region:?}");
        }
        assert_eq!(number("011 86 138 0013 8000", Region::Ca), "+8613800138000");
        assert_eq!(number("+55 11 91234 5678", Region::Cn), "+5511912345678", "other countries by length alone");
    }

    #[test]
    fn a_number_that_could_be_of_two_countries_is_asked_back() {
        let NotRead::Ambiguous { between } = read("16045550123", Region::Cn).unwrap_err() else { panic!("guessed") };
        assert_eq!(between.iter().map(Phone::as_str).collect::<Vec<_>>(), ["+8616045550123", "+16045550123"]);
        for meant in &between {
            assert_eq!(read(meant.as_str(), Region::Cn).as_ref(), Ok(meant), "what was asked back is read when it is written out");
        }
        let NotRead::Ambiguous { between } = read("91234567", Region::Cn).unwrap_err() else { panic!("guessed") };
        assert!(
            between.iter().any(|phone| phone.as_str() == "+85291234567") && between.iter().any(|phone| phone.as_str() == "+6591234567")
        );
        let NotRead::Ambiguous { between } = read("0912345678", Region::Cn).unwrap_err() else { panic!("guessed") };
        assert!(between.iter().any(|phone| phone.as_str() == "+886912345678"));
    }

    #[test]
    fn the_reason_says_what_to_add() {
        assert_eq!(read("1380013800", Region::Cn), Err(NotRead::TooShort { region: Region::Cn, digits: 11 }));
        assert_eq!(read("+86 1380013800", Region::Ca), Err(NotRead::TooShort { region: Region::Cn, digits: 11 }));
        assert_eq!(read("12345", Region::Hk), Err(NotRead::TooShort { region: Region::Hk, digits: 8 }));
        assert_eq!(read("call me", Region::Cn), Err(NotRead::NotANumber));
        assert_eq!(read("", Region::Cn), Err(NotRead::NotANumber));
        assert_eq!(read("999999999999999999", Region::Cn), Err(NotRead::NeedsCountry));
    }

    #[test]
    fn a_mainland_mobile_is_never_taken_for_a_number_across_the_pacific() {
        // Area 380, exchange 234: also dialled in Ohio, with a 1 before it.
        assert_eq!(number("13802345678", Region::Cn), "+8613802345678");
        let NotRead::Ambiguous { .. } = read("13802345678", Region::Hk).unwrap_err() else { panic!("guessed") };
    }
}
