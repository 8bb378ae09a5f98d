//! The countries that one-time codes are sent to: messages abroad cost money, and strangers would have the house pay for them.

use shared::phone::Phone;
use shared::record::Catalogue;

use crate::error::Result;
use crate::error::problem::Problem;
use crate::state::AppState;

/// Refuses a number of a country that codes are not sent to.
///
/// # Errors
/// `COUNTRY`.
pub fn check(state: &AppState, catalogue: &Catalogue, phone: &Phone) -> Result<()> {
    if state.limits.code_countries.allow(phone, catalogue.stores.values()) {
        return Ok(());
    }
    state.counters.count_limited("code_countries");
    Err(Problem::COUNTRY.into())
}
