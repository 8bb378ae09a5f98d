//! Staff logins: what their names and secrets may be, who may give which role and manage whose login.

use crate::role::{Actor, Grant, Permission, Role};

/// Shortest password people may choose, in characters.
pub const SHORTEST_PASSWORD: usize = 12;
/// Longest password that is looked at, in characters.
pub const LONGEST_PASSWORD: usize = 200;
/// Longest name of a login, and of the person behind it, in characters.
pub const LONGEST_NAME: usize = 80;

/// Whether somebody may sign in with a name of these letters: a to z, digits, a few signs, and those of Chinese, Japanese and Korean. Of
/// them no two look alike, and all programs agree about their small letters.
#[must_use]
pub fn is_login_name(name: &str) -> bool {
    let is_cjk = |letter| matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    let may_be = |letter: char| letter.is_ascii_alphanumeric() || " .-_@+".contains(letter) || is_cjk(letter);
    !name.is_empty() && name.chars().all(may_be)
}

/// Whether a PIN is among those that everybody tries first: one digit, a row of digits up or down, or a piece of it said again.
#[must_use]
pub fn is_guessable_pin(pin: &str) -> bool {
    let digits: Vec<u8> = pin.bytes().map(|digit| digit.wrapping_sub(b'0') % 10).collect();
    let steps_by = |by: u8| digits.windows(2).all(|pair| (pair[0] + by) % 10 == pair[1]);
    let repeats = |length: usize| {
        digits.len() > length
            && digits.len().is_multiple_of(length)
            && digits.iter().zip(digits.iter().skip(length)).all(|(one, other)| one == other)
    };
    [0, 1, 9].into_iter().any(steps_by) || [2, 3].into_iter().any(repeats)
}

impl Actor {
    /// Whether the actor may give a role: one below their own, within their own stores. Only an owner of the whole brand gives their own
    /// role and the auditor's, who sees everything.
    #[must_use]
    pub fn may_give(&self, wanted: Grant) -> bool {
        self.grants.iter().any(|own| {
            let covers = own.store.is_none() || own.store == wanted.store;
            let is_below = wanted.role < own.role && wanted.role != Role::Member;
            let is_owner = own.role == Role::Owner && own.store.is_none() && wanted.role != Role::Member;
            own.role.may(Permission::ManageStore) && covers && (is_owner || is_below && wanted.role != Role::Auditor)
        })
    }

    /// Whether the actor may manage a login that has these roles: each of them must be theirs to give. A login without any is the
    /// owners'.
    #[must_use]
    pub fn may_manage(&self, grants: &[Grant]) -> bool {
        let is_owner = self.grants.iter().any(|own| own.role == Role::Owner && own.store.is_none());
        if grants.is_empty() { is_owner } else { grants.iter().all(|grant| self.may_give(*grant)) }
    }
}
