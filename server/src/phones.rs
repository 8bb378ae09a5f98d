//! Phone numbers at the doors: read with the regions of the brand's stores, then checked against the numbering plans of the world.

use shared::phone::{NotRead, Phone};
use shared::record::Catalogue;
use shared::region::Region;

use crate::error::Error;
use crate::error::problem::Problem;

/// A number as somebody typed it at a door that knows no store yet. Stores of several regions must agree on it.
///
/// # Errors
/// `PHONE_COUNTRY`, `PHONE_SHORT`, `PHONE_INVALID`.
pub fn read(catalogue: &Catalogue, text: &str) -> Result<Phone, Error> {
    read_in(&regions(catalogue), text)
}

fn read_in(regions: &[Region], text: &str) -> Result<Phone, Error> {
    let mut readings = regions.iter().map(|region| Phone::parse(text, *region));
    let first = readings.next().unwrap_or(Err(NotRead::NeedsCountry)).map_err(|reason| problem(&reason))?;
    // What one store would take for its own number may be another one's elsewhere.
    if readings.any(|other| other.as_ref() != Ok(&first)) {
        return Err(Problem::PHONE_COUNTRY.into());
    }
    if exists(&first) { Ok(first) } else { Err(Problem::PHONE_INVALID.into()) }
}

/// Whether such a number can have been handed out, by the plan of its country.
#[must_use]
pub fn exists(phone: &Phone) -> bool {
    phonenumber::parse(None, phone.as_str()).is_ok_and(|number| number.is_valid())
}

/// The regions of the stores; of a brand without stores, that of its makers.
fn regions(catalogue: &Catalogue) -> Vec<Region> {
    let mut regions: Vec<Region> = catalogue.stores.values().filter_map(|store| Region::of_zone(&store.zone.name)).collect();
    regions.sort_unstable();
    regions.dedup();
    if regions.is_empty() {
        regions.push(Region::Cn);
    }
    regions
}

fn problem(reason: &NotRead) -> Error {
    match reason {
        NotRead::NotANumber => Problem::PHONE_INVALID.into(),
        NotRead::TooShort { digits, .. } => Problem::PHONE_SHORT.detail(format!("a mobile number has {digits} digits")),
        NotRead::NeedsCountry | NotRead::Ambiguous { .. } => Problem::PHONE_COUNTRY.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(regions: &[Region], text: &str) -> String {
        match read_in(regions, text) {
            Ok(phone) => phone.as_str().to_owned(),
            Err(Error::Problem(problem, _)) => problem.code.to_owned(),
            Err(other) => other.to_string(),
        }
    }

    #[test]
    fn somebody_in_vancouver_types_their_number_as_at_home() {
        let vancouver = [Region::Ca];
        assert_eq!(answer(&vancouver, "16045550123"), "+16045550123");
        assert_eq!(answer(&vancouver, "(604) 555-0123"), "+16045550123");
        assert_eq!(answer(&vancouver, "8613800138000"), "+8613800138000");
    }

    #[test]
    fn a_brand_with_stores_in_two_countries_asks_for_the_country() {
        let both = [Region::Cn, Region::Ca];
        assert_eq!(answer(&both, "16045550123"), "phone_country");
        assert_eq!(answer(&both, "+1 604 555 0123"), "+16045550123");
        assert_eq!(answer(&both, "8613800138000"), "+8613800138000");
    }

    #[test]
    fn the_answer_says_what_is_missing() {
        let shanghai = [Region::Cn];
        assert_eq!(answer(&shanghai, "1380013800"), "phone_short");
        assert_eq!(answer(&shanghai, "0912345678"), "phone_country");
        assert_eq!(answer(&shanghai, "91234567"), "phone_country");
        assert_eq!(answer(&shanghai, "hello"), "phone_invalid");
        assert_eq!(answer(&regions(&Catalogue::default()), "13800138000"), "+8613800138000");
    }

    #[test]
    fn a_number_nobody_can_have_gets_no_code() {
        assert_eq!(answer(&[Region::Ca], "+1 222 222 2222"), "phone_invalid");
    }
}
