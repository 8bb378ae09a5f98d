//! Which attempts a sign-in counts as, and counting them. A stranger's failures never lock anybody out for long: what one device got
//! wrong counts first, all of one subject far later, all of one address later still; a device that was signed in before as the same
//! subject counts only for itself.

use shared::api::logins::AuditAction;
use shared::role::Principal;

use super::browser::Browser;
use crate::audit::{self, Act, By};
use crate::db;
use crate::error::problem::Problem;
use crate::error::{Error, Result};
use crate::identity::principal_name;
use crate::rate_limit::Counter;
use crate::state::AppState;

/// One counter and its subject.
pub type Attempt = (Counter, Vec<u8>);

/// A code for a number. Without a code of its own a browser can only guess wrong: that says nothing about the number.
#[must_use]
pub fn code(state: &AppState, browser: &Browser, phone_index: &[u8], address: &[u8], has_code: bool) -> Vec<Attempt> {
    let mut attempts = vec![(Counter::CodePair, device_key(phone_index, browser, address))];
    if !browser.knows(&state.sealer, phone_index) {
        if has_code {
            attempts.push((Counter::CodeNumber, phone_index.to_vec()));
        }
        attempts.push((Counter::CodeAddress, address.to_vec()));
    }
    attempts
}

/// A password for a name.
#[must_use]
pub fn password(state: &AppState, browser: &Browser, name: &str, address: &[u8]) -> Vec<Attempt> {
    if browser.knows(&state.sealer, name.as_bytes()) {
        return vec![(Counter::PasswordPair, device_key(name.as_bytes(), browser, address))];
    }
    // By address here: whoever guesses passwords could take a new browser each time.
    let pair = key(name.as_bytes(), b"address", address);
    vec![(Counter::PasswordPair, pair), (Counter::PasswordName, name.as_bytes().to_vec()), (Counter::PasswordAddress, address.to_vec())]
}

/// A PIN of somebody on a tablet.
#[must_use]
pub fn pin(staff: shared::id::StaffId, device: shared::id::DeviceId) -> Vec<Attempt> {
    let tablet = device.0.as_bytes();
    vec![(Counter::PinPair, key(staff.0.as_bytes(), b"tablet", tablet)), (Counter::PinTablet, tablet.to_vec())]
}

/// A look for members of other stores, by whoever is signed in.
#[must_use]
pub fn find_member(seeker: Principal) -> Vec<Attempt> {
    vec![(Counter::FindMember, principal_name(seeker).into_bytes())]
}

/// A wish for a code. A browser that was signed in with this number before counts only for itself: whatever strangers ask for, it gets
/// its codes. All others count by their addresses, too: whoever takes a new browser each time asks no more often than others.
#[must_use]
pub fn ask(state: &AppState, browser: &Browser, phone_index: &[u8], address: &[u8]) -> Vec<Attempt> {
    let mut attempts = vec![(Counter::AskPair, device_key(phone_index, browser, address))];
    if let Some(id) = browser.id() {
        attempts.push((Counter::AskBrowser, id.to_vec()));
        if browser.knows(&state.sealer, phone_index) {
            attempts.push((Counter::AskOwnDay, key(phone_index, b"browser", &id)));
            return attempts;
        }
    }
    let pair = key(phone_index, b"address", address);
    attempts.extend([
        (Counter::AskPair, pair.clone()),
        (Counter::AskPairDay, pair),
        (Counter::AskAddress, address.to_vec()),
        (Counter::AskAddressDay, address.to_vec()),
        (Counter::AskNumber, phone_index.to_vec()),
        (Counter::AskNumberDay, phone_index.to_vec()),
    ]);
    attempts
}

/// A code that a desk sends to the phone of somebody who stands there.
#[must_use]
pub fn desk_code(store: shared::id::StoreId, phone_index: &[u8]) -> Vec<Attempt> {
    vec![(Counter::DeskCodeNumber, phone_index.to_vec()), (Counter::DeskCodeStore, store.0.as_bytes().to_vec())]
}

/// The browser where it is known, else the address.
fn device_key(subject: &[u8], browser: &Browser, address: &[u8]) -> Vec<u8> {
    match browser.id() {
        Some(id) => key(subject, b"browser", &id),
        None => key(subject, b"address", address),
    }
}

fn key(subject: &[u8], kind: &[u8], device: &[u8]) -> Vec<u8> {
    let length = u32::try_from(subject.len()).unwrap_or(u32::MAX).to_be_bytes();
    [length.as_slice(), subject, kind, device].concat()
}

/// Counts one more attempt each, before what was tried is looked at: so many at once change nothing.
///
/// # Errors
/// When one of them has had enough, with the time to wait; then none is counted.
pub async fn record(state: &AppState, attempts: &[Attempt]) -> Result<()> {
    let (state, now, attempts) = (state.clone(), state.clock.now(), attempts.to_vec());
    let pool = state.pool.clone();
    let recorded = db::transaction(&pool, move |connection| {
        Box::pin(async move {
            let mut is_new_there = false;
            for (counter, subject) in &attempts {
                let limit = |counter: Counter| counter.limit(&state.limits);
                let mut counted = db::attempts::record(&mut *connection, *counter, subject, limit(*counter), now).await?;
                if let (Err(_), true, Some(reserve)) = (&counted, is_new_there, counter.reserve()) {
                    counted = db::attempts::record(&mut *connection, reserve, subject, limit(reserve), now).await?;
                }
                let count = counted.map_err(|seconds| refusal(&state, *counter, seconds))?;
                is_new_there |= *counter == Counter::AskPairDay && count == 1;
            }
            Ok(())
        })
    });
    recorded.await
}

fn refusal(state: &AppState, counter: Counter, seconds: u64) -> Error {
    state.counters.count_limited(counter.name());
    match counter {
        Counter::AskNumberDay | Counter::AskAddressDay | Counter::AskPairDay | Counter::AskOwnDay => {
            Error::Limited(Problem::TOO_MANY_CODES, seconds)
        }
        Counter::FindMember => Error::Limited(Problem::TOO_MANY_SEARCHES, seconds),
        _ => Error::TooMany(seconds),
    }
}

/// A login has had so many wrong passwords that it has to wait: the audit tells so, once while that lasts.
///
/// # Errors
/// Of the database.
pub async fn note_lockout(state: &AppState, name: &str) -> Result<()> {
    let Some(user) = db::users::named(&state.pool, name).await? else { return Ok(()) };
    let nobody = By { principal: principal_name(Principal::Anonymous), staff: None };
    let entry = audit::entry(state, &nobody, Act::new(AuditAction::LockedOut, principal_name(Principal::User(user)), None));
    let (counter, limit, now) = (Counter::LockoutNoted, Counter::LockoutNoted.limit(&state.limits), state.clock.now());
    db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            if db::attempts::record(&mut *connection, counter, user.0.as_bytes(), limit, now).await?.is_ok() {
                db::audit::record(connection, &entry).await?;
            }
            Ok(())
        })
    })
    .await
}

/// What was tried was right: the device starts anew, and everybody else's counters forget this one attempt.
///
/// # Errors
/// Of the database.
pub async fn forgive(state: &AppState, attempts: &[Attempt]) -> Result<()> {
    for (counter, subject) in attempts {
        if counter.is_of_one_device() {
            db::attempts::forgive_all(&state.pool, *counter, subject).await?;
        } else {
            db::attempts::forgive_last(&state.pool, *counter, subject).await?;
        }
    }
    Ok(())
}
