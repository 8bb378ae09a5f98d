//! What people type, made comparable: one cleaning for names, numbers, codes and search keys, and one way to count letters.
//!
//! Composition (NFC) is done where text enters a program, because its tables are large: by the browser in the app, by
//! `unicode-normalization` at the server's door. Everything else about text is here and runs on both sides.

use unicode_segmentation::UnicodeSegmentation;

use crate::refusal::Refusal;

/// How much text a field may hold and whether it may have several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// One line of at most so many letters as people see them.
    Line(usize),
    /// Several lines, at most so many letters in all.
    Lines(usize),
}

/// A letter as people see it rarely takes more bytes than this, even with accents. What does is not text.
const MOST_BYTES_PER_LETTER: usize = 32;

/// Marks above and below one letter beyond these are decoration that spills over the lines around it.
const MOST_MARKS_PER_LETTER: usize = 4;

/// A line as it is kept: full-width letters and digits become plain ones, what cannot be seen or turns the direction of writing
/// is dropped, any white space becomes one space, none at the ends.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for letter in visible(text) {
        if !letter.is_whitespace() {
            kept.push(letter);
        } else if !kept.is_empty() && !kept.ends_with(' ') {
            kept.push(' ');
        }
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// The same for text of several lines: line breaks stay, at most one empty line in a row.
#[must_use]
pub fn clean_lines(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let mut kept: Vec<String> = Vec::new();
    for line in unified.split('\n').map(clean_line) {
        let is_gap = line.is_empty() && kept.last().is_none_or(String::is_empty);
        if !is_gap {
            kept.push(line);
        }
    }
    kept.join("\n").trim_end().to_owned()
}

/// Letters as people see them: an emoji family counts as one, as does a letter with its accents.
#[must_use]
pub fn length(text: &str) -> usize {
    text.graphemes(true).count()
}

impl Limit {
    /// The text as it is kept under this limit.
    #[must_use]
    pub fn clean(self, text: &str) -> String {
        match self {
            Limit::Line(_) => clean_line(text),
            Limit::Lines(_) => clean_lines(text),
        }
    }

    /// # Errors
    /// `TooLong` with the field and the most letters it may have.
    pub fn check(self, field: &str, text: &str) -> Result<(), Refusal> {
        self.check_bytes(field, text)?;
        if length(text) > self.most() { Err(self.too_long(field)) } else { Ok(()) }
    }

    /// The cheap bound, for text that is still to be cleaned.
    ///
    /// # Errors
    /// As [`Limit::check`].
    pub fn check_bytes(self, field: &str, text: &str) -> Result<(), Refusal> {
        if text.len() > self.most().saturating_mul(MOST_BYTES_PER_LETTER) { Err(self.too_long(field)) } else { Ok(()) }
    }

    fn most(self) -> usize {
        let (Limit::Line(most) | Limit::Lines(most)) = self;
        most
    }

    fn too_long(self, field: &str) -> Refusal {
        Refusal::TooLong { field: field.into(), most: u32::try_from(self.most()).unwrap_or(u32::MAX) }
    }
}

/// The characters that are kept, folded. Joiners stay only between two visible characters, where they join something.
fn visible(text: &str) -> impl Iterator<Item = char> {
    let mut marks = 0;
    let mut before = None;
    let mut letters = text.chars().filter(|letter| !is_hidden(*letter)).map(folded).peekable();
    std::iter::from_fn(move || {
        loop {
            let letter = letters.next()?;
            let joins = is_joiner(letter);
            if joins
                && (before.is_none_or(char::is_whitespace) || letters.peek().is_none_or(|next| next.is_whitespace() || is_joiner(*next)))
            {
                continue;
            }
            marks = if is_mark(letter) { marks + 1 } else { 0 };
            if marks > MOST_MARKS_PER_LETTER || (marks > 0 && before.is_none_or(char::is_whitespace)) {
                continue;
            }
            before = Some(letter);
            return Some(letter);
        }
    })
}

/// Control characters, marks of direction, and characters that take no ink. White space is not among them.
fn is_hidden(letter: char) -> bool {
    let is_control = letter.is_control() && !letter.is_whitespace();
    is_control
        || matches!(letter,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{2800}' | '\u{3164}'
            | '\u{FFA0}' | '\u{FFFC}' | '\u{FFFE}' | '\u{FFFF}' | '\u{1D159}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'
            | '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FFF0}'..='\u{FFF8}' | '\u{13430}'..='\u{1343F}' | '\u{16FE4}'
            | '\u{1BCA0}'..='\u{1BCA3}')
}

/// Joiners and variation selectors: they change how neighbours look and show nothing by themselves.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}')
}

/// Accents, enclosing marks and variation selectors, which sit on the letter before them.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}')
        || matches!(letter, '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}')
}

/// Full-width letters and digits as plain ones; full-width punctuation belongs to Chinese text and stays.
fn folded(letter: char) -> char {
    match letter {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(letter as u32 - 0xFEE0).unwrap_or(letter),
        _ => letter,
    }
}

/// The plain digit that a digit of another keyboard stands for: full-width, Arabic, Persian, Devanagari, Thai.
pub(crate) fn plain_digit(letter: char) -> Option<char> {
    let zeros = ['0', '０', '٠', '۰', '०', '๐'];
    let digit = zeros.into_iter().find_map(|zero| (letter as u32).checked_sub(zero as u32).filter(|digit| *digit < 10))?;
    char::from_digit(digit, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_shows_nothing_is_empty() {
        for nothing in [
            "\u{200B}",
            "\u{2800}",
            "\u{3164}",
            "\u{AD}",
            " \u{A0}\u{3000}\t",
            "\u{200D}",
            "\u{FE0F}",
            "\u{0301}",
            "\u{202E}\u{2066}",
            "\u{E0041}",
            "\u{FFF1}\u{1BCA0}",
            "\u{16FE4}\u{13430}",
        ] {
            assert_eq!(clean_line(nothing), "", "{nothing:?}");
        }
    }

    #[test]
    fn a_name_cannot_turn_the_line_it_stands_in_nor_break_it() {
        assert_eq!(clean_line("王\u{202E}小\u{2066}明\u{200F}"), "王小明");
        assert_eq!(clean_line("Ann\r\nERROR forged\u{0}\u{7}"), "Ann ERROR forged");
        assert_eq!(clean_line("Ann\u{2028}Lee"), "Ann Lee");
    }

    #[test]
    fn names_of_many_scripts_stay_as_they_are() {
        for name in ["王小明", "Zoé", "ＡＮＮ（安）", "O’Brien", "أحمد", "नीता क्‍ष", "👩‍👩‍👧‍👦", "❤️", "ภูมิ", "José Ñ", "𠮷野家"]
        {
            let expected = name.replace("ＡＮＮ", "ANN");
            assert_eq!(clean_line(name), expected, "{name}");
        }
    }

    #[test]
    fn width_and_white_space_make_no_difference() {
        assert_eq!(clean_line(" ＪＪ陈\u{3000}\u{A0} １２ "), "JJ陈 12");
        assert_eq!(clean_line("Anna\u{202F}Lee"), "Anna Lee");
    }

    #[test]
    fn letters_count_as_people_see_them() {
        assert_eq!(length("👩‍👩‍👧‍👦"), 1);
        assert_eq!(length("Zoe\u{301}"), 3);
        assert!(Limit::Line(2).check("name", "👩‍👩‍👧‍👦王").is_ok());
        assert_eq!(Limit::Line(2).check("name", "王小明"), Err(Refusal::TooLong { field: "name".into(), most: 2 }));
    }

    #[test]
    fn a_tower_of_accents_does_not_reach_the_next_line() {
        let tower = format!("Z{}oe", "\u{301}".repeat(500));
        assert!(clean_line(&tower).chars().count() < 10);
        assert!(Limit::Line(40).check("name", &"\u{301}".repeat(1_000_000)).is_err());
    }

    #[test]
    fn a_note_keeps_its_lines() {
        assert_eq!(clean_lines(" 过敏：花生 \r\n\r\n\r\n\u{200B}轻一点\u{2028}好 \n\n"), "过敏：花生\n\n轻一点\n好");
    }
}
