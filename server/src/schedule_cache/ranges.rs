//! Which stretches of time are known: a set of ranges that never touch each other.

use shared::time::TimeRange;

/// Stretches of time, in order and apart from each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TimeRanges(Vec<TimeRange>);

impl TimeRanges {
    /// Adds a range; what it touches grows together with it.
    pub(crate) fn add(&mut self, range: TimeRange) {
        if range.is_empty() {
            return;
        }
        let touches = |known: &TimeRange| known.start <= range.end && range.start <= known.end;
        let grown = self.0.iter().filter(|known| touches(known)).fold(range, |grown, known| grown.hull(known));
        self.0.retain(|known| !touches(known));
        let place = self.0.partition_point(|known| known.start < grown.start);
        self.0.insert(place, grown);
    }

    /// Whether a range lies wholly inside.
    pub(crate) fn covers(&self, range: &TimeRange) -> bool {
        range.is_empty() || self.0.iter().any(|known| known.covers(range))
    }

    /// Whether a range shares any time with these.
    pub(crate) fn overlap(&self, range: &TimeRange) -> bool {
        self.0.iter().any(|known| known.overlaps(range))
    }

    /// The parts of a range that are not inside.
    pub(crate) fn missing(&self, range: &TimeRange) -> Vec<TimeRange> {
        let (mut missing, mut from) = (Vec::new(), range.start);
        for known in self.0.iter().filter(|known| known.overlaps(range)) {
            if from < known.start {
                missing.push(TimeRange { start: from, end: known.start });
            }
            from = from.max(known.end);
        }
        if from < range.end {
            missing.push(TimeRange { start: from, end: range.end });
        }
        missing
    }

    /// Forgets what lies outside of a range.
    pub(crate) fn keep_within(&mut self, range: &TimeRange) {
        let inside = |known: &TimeRange| TimeRange { start: known.start.max(range.start), end: known.end.min(range.end) };
        self.0 = self.0.iter().map(inside).filter(|known| !known.is_empty()).collect();
    }

    /// How long they are together.
    pub(crate) fn minutes(&self) -> i64 {
        self.0.iter().map(TimeRange::minutes).sum()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &TimeRange> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use shared::time::Timestamp;

    use super::*;

    fn range(start: i64, end: i64) -> TimeRange {
        TimeRange { start: Timestamp(start), end: Timestamp(end) }
    }

    fn known(ranges: &[(i64, i64)]) -> TimeRanges {
        let mut known = TimeRanges::default();
        ranges.iter().for_each(|(start, end)| known.add(range(*start, *end)));
        known
    }

    #[test]
    fn days_that_meet_are_one_stretch_and_days_apart_stay_apart() {
        assert_eq!(known(&[(20, 30), (0, 10), (10, 20)]), known(&[(0, 30)]));
        assert_eq!(known(&[(40, 50), (0, 10)]).iter().copied().collect::<Vec<_>>(), [range(0, 10), range(40, 50)]);
        assert_eq!(known(&[(0, 10), (20, 30), (40, 50), (5, 45)]), known(&[(0, 50)]));
        assert_eq!(known(&[(10, 10), (9, 3)]), TimeRanges::default());
    }

    #[test]
    fn only_what_is_not_known_is_missing() {
        let known = known(&[(10, 20), (30, 40)]);
        assert_eq!(known.missing(&range(0, 50)), [range(0, 10), range(20, 30), range(40, 50)]);
        assert_eq!(known.missing(&range(12, 18)), []);
        assert_eq!(known.missing(&range(15, 35)), [range(20, 30)]);
        assert!(known.covers(&range(10, 20)) && !known.covers(&range(15, 35)));
        assert_eq!(TimeRanges(vec![range(0, 60_000), range(120_000, 300_000)]).minutes(), 4);
        assert!(known.overlap(&range(0, 11)) && !known.overlap(&range(20, 30)));
    }

    #[test]
    fn what_lies_far_away_can_be_forgotten() {
        let mut known = known(&[(0, 10), (20, 30), (40, 50)]);
        known.keep_within(&range(5, 45));
        assert_eq!(known.iter().copied().collect::<Vec<_>>(), [range(5, 10), range(20, 30), range(40, 45)]);
    }
}
