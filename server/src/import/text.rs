//! The bytes of a CSV file as text whose lines end in `\n`, and the separator of its columns.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::problem::{BadFile, Problem};
use crate::said::FileKind;

/// What separates columns, the likeliest first.
pub const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// UTF-8 with or without byte order mark, UTF-16 with one, or GB18030 where that is the only reading.
///
/// # Errors
/// The first byte that can be read in none or in several ways.
pub fn decode(kind: FileKind, bytes: &[u8]) -> Result<String, BadFile> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            utf_16(kind, encoding, bytes.get(mark..).unwrap_or_default())
        }
        Some((_, mark)) => {
            let bytes = bytes.get(mark..).unwrap_or_default();
            std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| wrong_byte(kind, bytes, &error, false))
        }
        None => std::str::from_utf8(bytes).map(str::to_owned).or_else(|error| gb18030(kind, bytes, &error)),
    }?;
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    match text.find('\0') {
        Some(at) => Err(BadFile::new(kind, line_at(text.as_bytes(), at), Problem::ZeroByte)),
        None => Ok(text),
    }
}

/// The separator that a first line `sep=;` names, and the text with that line emptied, so that lines keep their numbers.
///
/// # Errors
/// When it names something that separates nothing.
pub fn take_separator_line(kind: FileKind, text: String) -> Result<(Option<u8>, String), BadFile> {
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    // A tab is white space: only the quotes and the spaces around them go.
    let line = first.trim_matches(|character| character == '"' || character == ' ');
    let Some(named) = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and_then(|_| line.get(4..)) else {
        return Ok((None, text));
    };
    // Spreadsheets pad the line with the separators of the other columns.
    let found = named.bytes().next().filter(|byte| SEPARATORS.contains(byte));
    match found.filter(|byte| named.bytes().all(|other| other == *byte)) {
        Some(separator) => Ok((Some(separator), format!("\n{rest}"))),
        None => Err(BadFile::new(kind, 1, Problem::Separator { found: named.to_owned() })),
    }
}

/// The line, counted from 1, in which a byte stands; line ends are `\n`, `\r` or both.
pub fn line_at(bytes: &[u8], at: usize) -> u64 {
    let before = bytes.get(..at).unwrap_or(bytes);
    let ends = before.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    1 + ends.count() as u64
}

fn utf_16(kind: FileKind, encoding: &'static Encoding, bytes: &[u8]) -> Result<String, BadFile> {
    match encoding.decode_without_bom_handling(bytes) {
        (text, false) => Ok(text.into_owned()),
        (text, true) => {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            let at = text.find(char::REPLACEMENT_CHARACTER).unwrap_or_default();
            Err(BadFile::new(kind, line_at(text.as_bytes(), at), Problem::BrokenUtf16))
        }
    }
}

fn gb18030(kind: FileKind, bytes: &[u8], error: &std::str::Utf8Error) -> Result<String, BadFile> {
    let Some(text) = GB18030.decode_without_bom_handling_and_without_replacement(bytes) else {
        return Err(wrong_byte(kind, bytes, error, false));
    };
    if is_clearly_chinese(bytes) { Ok(text.into_owned()) } else { Err(wrong_byte(kind, bytes, error, true)) }
}

/// Common Chinese characters are two high bytes. A Western letter is one, with plain ASCII after it: read as GB18030 it would
/// swallow its neighbour without an error.
fn is_clearly_chinese(bytes: &[u8]) -> bool {
    let (mut pairs, mut lonely) = (0_usize, 0_usize);
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        if !byte.is_ascii() {
            let is_pair = rest.next().is_some_and(|next| !next.is_ascii());
            *(if is_pair { &mut pairs } else { &mut lonely }) += 1;
        }
    }
    pairs > lonely
}

fn wrong_byte(kind: FileKind, bytes: &[u8], error: &std::str::Utf8Error, readable: bool) -> BadFile {
    let at = error.valid_up_to();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let problem = if readable { Problem::UnclearEncoding { byte } } else { Problem::Encoding { byte } };
    BadFile::new(kind, line_at(bytes, at), problem)
}
