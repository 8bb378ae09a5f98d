//! How long each imported service takes: the files do not say, so this table does.
//!
//! Read off the distance between consecutive starts of the same staff member (1 906 bookings): the length chosen is one that
//! nearly all such distances respect, so that promises stay free of invented overlaps, and the commonest one where two are equally
//! good. Processing is the time until the same client's next line with somebody else begins. The manager can change all of it.

/// Length of a service: staff time first, then time in which the staff member is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceLength {
    /// Minutes in which the staff member is busy.
    pub active_minutes: u16,
    /// Minutes of processing afterwards; the guest waits, the staff member is free.
    pub processing_minutes: u16,
}

/// Given to a code that the table does not know.
const UNKNOWN: ServiceLength = length(60, 0);

const fn length(active_minutes: u16, processing_minutes: u16) -> ServiceLength {
    ServiceLength { active_minutes, processing_minutes }
}

/// `(code, length)`; in the comments: commonest distances to the next start, and what shaped the choice.
const LENGTHS: [(&str, ServiceLength); 33] = [
    // Cuts and styling: hands on from start to end.
    ("SHCW", length(60, 0)),   // 60 ×212, 70 ×77; under 60 only 47 of 581, 32 of them KELLY
    ("SHCM", length(50, 0)),   // 50 ×121, 60 ×60; under 50 only 27 of 328, 11 of them KELLY
    ("SHCC", length(50, 0)),   // 50 ×3, 40 ×2
    ("SBD", length(40, 0)),    // 50 ×51, 40 ×45; under 40 only 4 of 231
    ("SBD5+1", length(40, 0)), // a blow-dry for which the card was bought
    ("FRI", length(20, 0)),    // too few to read
    ("NECK", length(10, 0)),   // never booked
    ("SDUD", length(60, 0)),   // 60 ×2, 80, 90
    ("SSUD", length(80, 0)),   // never booked: a dry updo and a shampoo
    ("SMO", length(140, 0)),   // 140, 150
    ("EXT", length(120, 0)),   // never booked
    // Small things.
    ("CON", length(20, 0)),       // 20 ×11, 30 ×7; under 20 only 3 of 39
    ("TRE 1", length(10, 0)),     // 20 ×5, 10 ×3: put on within another visit
    ("SMARTBOND", length(20, 0)), // 30 ×2, 20: an addition to a colour
    ("MISC", length(30, 0)),      // 30 ×2, 10
    ("F&F", length(20, 0)),       // never booked
    // Colour: active, then processing. The next line of the same client shows when it ends.
    ("CMT", length(30, 30)),    // 30 ×2, 40 ×2; client goes on after 60–70
    ("CTU", length(30, 40)),    // 30 ×14, 60 ×12; client goes on after 70–80
    ("CFC", length(40, 40)),    // 40 ×11, 30 ×4; client goes on after 80
    ("CT", length(30, 20)),     // 30 ×2, 50 ×2, 20 ×2; client goes on after 50
    ("CCAMO", length(20, 10)),  // 20 ×4, 30 ×2: five minutes of colour for men
    ("CAS", length(30, 0)),     // booked once
    ("CAL", length(30, 40)),    // 30; client goes on after 60–80
    ("CALC", length(50, 40)),   // 50 ×9, 90 ×6; client goes on after 90
    ("CHLPL", length(50, 40)),  // 50 ×7, 60 ×5; client goes on after 90–120
    ("CHLPHC", length(80, 40)), // 90 ×3, 80 ×2; client goes on after 120
    ("CHLHH", length(60, 40)),  // 60, 90
    ("CHLHHC", length(90, 30)), // 120 ×2, 90; client goes on after 120
    ("CHLFH", length(80, 40)),  // 80 ×2, 90 ×2; client goes on after 120–140
    ("CHLFHC", length(90, 40)), // 120
    ("CBAL", length(90, 40)),   // 90 ×4, 140 ×3; client goes on after 130–140
    ("CDPB", length(30, 60)),   // 30 ×3; client goes on after 90
    ("CCO", length(60, 30)),    // booked once
];

/// Where one staff member is faster than the table: `(staff, code, length)`.
const OVERRIDES: [(&str, &str, ServiceLength); 3] = [
    ("KELLY", "SHCW", length(50, 0)), // 50 ×31 of 81
    ("KELLY", "SHCM", length(40, 0)), // 40 ×9 of 39
    ("KELLY", "SHCC", length(40, 0)), // cuts like a man's cut
];

/// The usual length of a service.
pub fn service_length(service: &str) -> ServiceLength {
    LENGTHS.iter().find(|(code, _)| *code == service).map_or(UNKNOWN, |(_, length)| *length)
}

/// The length of a service with this staff member, when it differs from the usual one.
pub fn staff_override(staff: &str, service: &str) -> Option<ServiceLength> {
    OVERRIDES.iter().find(|(who, code, _)| *who == staff && *code == service).map(|(_, _, length)| *length)
}

/// The length of a service with this staff member.
pub fn length_with(staff: &str, service: &str) -> ServiceLength {
    staff_override(staff, service).unwrap_or_else(|| service_length(service))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_may_be_faster_than_the_table() {
        assert_eq!(length_with("JJ", "SHCW"), length(60, 0));
        assert_eq!(length_with("KELLY", "SHCW"), length(50, 0));
        assert_eq!(length_with("KELLY", "CTU"), length(30, 40));
        assert_eq!(service_length("NEW"), UNKNOWN);
    }

    #[test]
    fn every_length_is_on_the_ten_minute_grid_and_stands_once() {
        for (at, (code, length)) in LENGTHS.iter().enumerate() {
            assert_eq!(length.active_minutes % 10, 0, "{code}");
            assert_eq!(length.processing_minutes % 10, 0, "{code}");
            assert!(!LENGTHS[..at].iter().any(|(other, _)| other == code), "{code}");
        }
    }
}
