//! Overlapping promises, made elsewhere and all kept: the first has the normal lane, the next one opens another.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::durations::length_with;
use crate::import::visits::visit::{Outcome, Visit};

/// A stretch of one staff member's time, half open, in minutes on any common clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Whose time.
    pub staff: String,
    /// First minute.
    pub from: i64,
    /// First minute after it.
    pub until: i64,
}

/// The lane of each stretch, in the given order; earlier ones have the lower lane. Lane 0 is the normal one.
pub fn lanes_of(stretches: &[Stretch]) -> Vec<u16> {
    let mut placed: BTreeMap<&str, Vec<(&Stretch, u16)>> = BTreeMap::new();
    stretches
        .iter()
        .map(|stretch| {
            let of_staff = placed.entry(&stretch.staff).or_default();
            let lane = lowest_free_lane(of_staff, stretch);
            of_staff.push((stretch, lane));
            lane
        })
        .collect()
}

/// How many promised lines overlap an earlier one of the same person. Processing time is free for others.
pub fn overlapping_promises(visits: &[Visit]) -> u32 {
    let mut stretches: Vec<Stretch> = visits
        .iter()
        .filter(|visit| visit.outcome == Outcome::Promised)
        .flat_map(|visit| visit.lines.iter().map(|line| (visit.date, line)))
        .filter_map(|(date, line)| {
            let staff = line.staff.clone()?;
            let from = days_since_epoch(date) * 1_440 + i64::from(line.start_minute);
            let until = from + i64::from(length_with(&staff, &line.service).active_minutes);
            Some(Stretch { staff, from, until })
        })
        .collect();
    stretches.sort_by_key(|stretch| stretch.from);
    let above = lanes_of(&stretches).into_iter().filter(|lane| *lane > 0).count();
    u32::try_from(above).unwrap_or(u32::MAX)
}

fn days_since_epoch(date: Date) -> i64 {
    Date::constant(1970, 1, 1).until(date).map_or(0, |span| i64::from(span.get_days()))
}

fn lowest_free_lane(placed: &[(&Stretch, u16)], newcomer: &Stretch) -> u16 {
    let taken = |lane: u16| placed.iter().any(|(other, at)| *at == lane && overlap(other, newcomer));
    (0..u16::MAX).find(|lane| !taken(*lane)).unwrap_or(u16::MAX)
}

fn overlap(a: &Stretch, b: &Stretch) -> bool {
    a.from < b.until && b.from < a.until
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(staff: &str, from: i64, until: i64) -> Stretch {
        Stretch { staff: staff.to_owned(), from, until }
    }

    #[test]
    fn overlaps_open_the_next_lane_and_neighbours_do_not() {
        let day = [of("ANNA", 540, 600), of("ANNA", 570, 630), of("BEN", 570, 630), of("ANNA", 600, 660), of("ANNA", 590, 600)];
        assert_eq!(lanes_of(&day), [0, 1, 0, 0, 2]);
    }
}
