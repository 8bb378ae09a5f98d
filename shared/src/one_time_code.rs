//! A one-time code as people enter it: typed digit by digit, with full-width digits, or pasted with the whole message around it.

use crate::text::plain_digit;

/// How many digits a code has.
pub const LENGTH: usize = 6;

/// The code in a text, or as much of one as is there: at most [`LENGTH`] ASCII digits.
///
/// A message may name other numbers, so a run of exactly six digits counts before anything else; without one, all digits in order.
#[must_use]
pub fn read(text: &str) -> String {
    let mut runs: Vec<String> = vec![String::new()];
    for letter in text.chars() {
        match (plain_digit(letter), runs.last_mut()) {
            (Some(digit), Some(run)) => run.push(digit),
            _ => runs.push(String::new()),
        }
    }
    let whole = runs.iter().find(|run| run.len() == LENGTH);
    whole.cloned().unwrap_or_else(|| runs.concat().chars().take(LENGTH).collect())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_member_pastes_the_whole_message_and_the_code_is_found() {
        assert_eq!(read("您的验证码是 １２３４５６"), "123456");
        assert_eq!(read("【会约】验证码 482913，5 分钟内有效。2026-11-27 回 T 退订"), "482913");
        assert_eq!(read("您的验证码是 １２３ ４５６。"), "123456");
        assert_eq!(read("رمزك ١٢٣٤٥٦"), "123456");
        assert_eq!(read("รหัส ๑๒๓๔๕๖"), "123456");
        assert_eq!(read("Your code: 004213. Valid for 10 minutes."), "004213");
    }

    #[test]
    fn a_member_types_digit_by_digit_with_whatever_keyboard() {
        assert_eq!(read("1"), "1");
        assert_eq!(read("１２ 3"), "123");
        assert_eq!(read("123 456"), "123456");
        assert_eq!(read("1234567"), "123456");
        assert_eq!(read("验证码"), "");
    }
}
