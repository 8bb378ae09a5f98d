//! Passwords and PINs: argon2id, the same time for names that do not exist, and generated passwords one can read out.

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use shared::login::{LONGEST_PASSWORD, SHORTEST_PASSWORD};
use tokio::sync::Semaphore;

use super::token::random_below;
use crate::clock::random_bytes;

/// Hashing takes 19 MiB and a core; more at once would only be an invitation to exhaust the machine.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Something to compare with when there is no such name, so that both take as long.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this password").ok());

/// Hashing failed: the parameters or a stored hash were refused.
#[derive(Clone, Debug, thiserror::Error)]
#[error("argon2: {0}")]
pub struct PasswordError(String);

/// Whether a password may be chosen: 12 to 200 characters, not one of the commonest nor put together from them, and not made of the
/// words `about` the person. `zxcvbn` knows the 30,000 commonest, names, dates, rows of keys and the usual ways to disguise them.
#[must_use]
pub fn is_acceptable(password: &str, about: &[&str]) -> bool {
    let about: Vec<&str> = about.iter().copied().chain(["huiyue", "会约"]).collect();
    let is_sane = (SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&password.chars().count());
    is_sane && zxcvbn::zxcvbn(password, &about).score() >= zxcvbn::Score::Three
}

/// Whether a PIN may be chosen: four to six digits.
#[must_use]
pub fn is_pin(pin: &str) -> bool {
    (4..=6).contains(&pin.len()) && pin.bytes().all(|digit| digit.is_ascii_digit())
}

/// The argon2id hash of a password or PIN, in the usual text form.
///
/// # Errors
/// See [`PasswordError`].
pub async fn hash(password: &str) -> Result<String, PasswordError> {
    let password = password.to_owned();
    in_background(move || hash_now(&password)).await
}

/// Whether a password fits its hash; with no hash (no such name) the answer is no and takes as long.
///
/// # Errors
/// See [`PasswordError`].
pub async fn fits(password: &str, stored: Option<String>) -> Result<bool, PasswordError> {
    let password: String = password.chars().take(LONGEST_PASSWORD + 1).collect();
    in_background(move || {
        let known = stored.is_some();
        let Some(against) = stored.or_else(|| NOBODY.clone()) else { return Ok(false) };
        let parsed = PasswordHash::new(&against).map_err(|error| PasswordError(error.to_string()))?;
        Ok(argon2()?.verify_password(password.as_bytes(), &parsed).is_ok() && known)
    })
    .await
}

/// A generated password of five groups, easy to type and to read out: `kobe-tuna-riso-mepa-27`.
#[must_use]
pub fn generate() -> String {
    let pick = |letters: &[u8]| {
        let index = random_below(u32::try_from(letters.len()).unwrap_or(1));
        letters.get(index as usize).map_or('a', |letter| char::from(*letter))
    };
    let mut password = String::new();
    for _ in 0..4 {
        for _ in 0..2 {
            password.push(pick(b"bdfghjkmnprstvz"));
            password.push(pick(b"aeiou"));
        }
        password.push('-');
    }
    format!("{password}{}", 10 + random_below(90))
}

async fn in_background<T: Send + 'static>(work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static) -> Result<T, PasswordError> {
    let _turn = AT_ONCE.acquire().await.map_err(|error| PasswordError(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| PasswordError(error.to_string()))?
}

fn hash_now(password: &str) -> Result<String, PasswordError> {
    let told = |error: argon2::password_hash::Error| PasswordError(error.to_string());
    let salt = SaltString::encode_b64(&random_bytes::<16>()).map_err(told)?;
    Ok(argon2()?.hash_password(password.as_bytes(), &salt).map_err(told)?.to_string())
}

/// The parameters OWASP recommends: 19 MiB, two passes, one lane.
fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| PasswordError(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let stored = hash("correct horse").await.expect("a hash");
        assert!(stored.starts_with("$argon2id$"));
        assert!(fits("correct horse", Some(stored.clone())).await.expect("an answer"));
        assert!(!fits("correct house", Some(stored)).await.expect("an answer"));
        assert!(!fits("nobody has this password", None).await.expect("an answer"), "a name that does not exist never fits");
    }

    #[test]
    fn a_generated_password_is_acceptable_and_can_be_read_out() {
        let password = generate();
        assert!(is_acceptable(&password, &[]), "{password}");
        assert_eq!(password.split('-').count(), 5);
    }

    #[test]
    fn a_password_that_many_have_is_nobodys() {
        for guessed in [
            "12345678",
            "password1234",
            "passwordpassword",
            "qwertyuiop123",
            "1q2w3e4r5t6y",
            "iloveyou2024",
            "abcdefghijkl",
            "aaaaaaaaaaaa",
        ] {
            assert!(!is_acceptable(guessed, &[]), "{guessed}");
        }
        assert!(!is_acceptable("chenmeiling1", &["chenmeiling"]), "her own name");
        for good in ["violet-harbour-nine-trams", "窗边那把蓝椅子从来不会说话", "r7#Kd0vw!Zq2"] {
            assert!(is_acceptable(good, &["mei"]), "{good}");
        }
    }

    #[test]
    fn a_pin_is_four_to_six_digits() {
        assert!(is_pin("1234") && is_pin("123456"));
        assert!(!is_pin("123") && !is_pin("1234567") && !is_pin("12a4") && !is_pin("１２３４"));
    }
}
