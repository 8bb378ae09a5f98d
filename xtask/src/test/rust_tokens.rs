//! The words, marks and string literals of Rust source, as far as our own checks need them: without comments, and inside macros too.

/// A part of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A keyword, a name or a number.
    Word(&'a str),
    /// What stands between the quotes of a string literal, escapes as they are written.
    Text(&'a str),
    /// Any other character but white space.
    Mark(char),
}

/// The tokens of a source, each with the number of its line.
pub fn tokens(source: &str) -> Vec<(usize, Token<'_>)> {
    let mut found = Vec::new();
    let mut rest = source;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (token, length) = next(rest, first);
        found.extend(token.map(|token| (line, token)));
        let (taken, after) = rest.split_at(length);
        line += taken.matches('\n').count();
        rest = after;
    }
    found
}

/// The token at the start, if it is one, and how many bytes it takes.
fn next(rest: &str, first: char) -> (Option<Token<'_>>, usize) {
    if first.is_whitespace() {
        return (None, first.len_utf8());
    }
    if rest.starts_with("//") {
        return (None, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (None, block_comment(rest));
    }
    let quote = rest.trim_start_matches(['b', 'r']);
    let fence = &quote[..quote.len() - quote.trim_start_matches('#').len()];
    let prefix = &rest[..rest.len() - quote.len()];
    if quote[fence.len()..].starts_with('"') && ["", "b", "r", "br"].contains(&prefix) && (fence.is_empty() || prefix.ends_with('r')) {
        return text(rest, prefix.len() + fence.len() + 1, fence, prefix.ends_with('r'));
    }
    if first == '\'' {
        return (None, quoted_character(rest));
    }
    let word = rest.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(rest.len());
    match word {
        0 => (Some(Token::Mark(first)), first.len_utf8()),
        length => (Some(Token::Word(&rest[..length])), length),
    }
}

/// A string literal whose text starts at `start`.
fn text<'a>(rest: &'a str, start: usize, fence: &str, is_raw: bool) -> (Option<Token<'a>>, usize) {
    let close = format!("\"{fence}");
    let mut at = start;
    while let Some(character) = rest[at..].chars().next() {
        if rest[at..].starts_with(&close) {
            return (Some(Token::Text(&rest[start..at])), at + close.len());
        }
        at += character.len_utf8();
        if character == '\\' && !is_raw {
            at += rest[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    (None, rest.len())
}

/// The length of a block comment; they nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while let Some(character) = rest[at..].chars().next() {
        let (change, length) = match rest.get(at..at + 2) {
            Some("/*") => (1, 2),
            Some("*/") => (-1, 2),
            _ => (0, character.len_utf8()),
        };
        depth += change;
        at += length;
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of `'a'`, `'\n'` or `'\''`, or of a lifetime or label.
fn quoted_character(rest: &str) -> usize {
    let mut characters = rest.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => rest[3..].find('\'').map_or(rest.len(), |end| 3 + end + 1),
        Some((start, _)) => match characters.next() {
            Some((end, '\'')) => end + 1,
            _ => {
                start + rest[start..].find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(rest.len() - start)
            }
        },
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    fn plain(source: &str) -> Vec<Token<'_>> {
        tokens(source).into_iter().map(|(_, token)| token).collect()
    }

    #[test]
    fn words_marks_and_texts_are_told_apart() {
        let found = plain("class=(\"day--none\", x)");
        let expected = [
            Token::Word("class"),
            Token::Mark('='),
            Token::Mark('('),
            Token::Text("day--none"),
            Token::Mark(','),
            Token::Word("x"),
            Token::Mark(')'),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn comments_and_characters_hide_no_quotes() {
        assert_eq!(plain("// \"a\"\n/* /* \"b\" */ */ '\"' '\\'' 'x' b'y' \"c\""), [Token::Word("b"), Token::Text("c")]);
        assert_eq!(plain("&'a str"), [Token::Mark('&'), Token::Word("str")]);
    }

    #[test]
    fn texts_end_where_they_end() {
        assert_eq!(plain(r##""a\"b" r"c\" r#"d"e"# b"f""##), ["a\\\"b", "c\\", "d\"e", "f"].map(Token::Text));
        assert_eq!(plain("\"never closed"), []);
    }

    #[test]
    fn lines_are_counted_through_everything() {
        let lines: Vec<usize> = tokens("a\n/* \n */ \"b\nc\" d").into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 3, 4]);
    }
}
