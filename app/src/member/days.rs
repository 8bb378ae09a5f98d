//! The days of the strip with their times; of a day without any the true reason, and who else has time then. Pure. Reasons are read from
//! hours, roster and rules, only for the days that need one: no search is made for them.

use shared::id::StaffId;
use shared::money::Price;
use shared::openings::{self, Schedule, notice};
use shared::part::total_minutes;
use shared::roster::spans_on;
use shared::service::Service;
use shared::sort;
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::store::Store;
use shared::time::{LocalDate, LocalSpan, TimeRange, Timestamp};
use shared::view::View;
use shared::visit_request::{Audience, RequestedService};

use super::find::{STRIP_DAYS, Search, lowest_price, staff_for, strip, total};

/// The times of one local day.
#[derive(Clone, Debug, PartialEq)]
pub struct DayTimes {
    /// Day, where the store is.
    pub date: LocalDate,
    /// In order.
    pub starts: Vec<Timestamp>,
    /// Why there are none.
    pub why_none: WhyNone,
}

/// Why a day has no times, as far as a phone knows: of what is taken it cannot tell guests from absences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhyNone {
    /// The store is closed 店休.
    Closed,
    /// Whoever was asked for does not work 休息; nobody who would do where nobody was.
    Off(Option<StaffId>),
    /// What is left of the day begins too soon: bookings are taken so many minutes ahead.
    TooSoon(u16),
    /// Bookings are taken so many days ahead.
    TooFar(u16),
    /// They work, and nothing is left.
    Full(Option<StaffId>),
}

impl WhyNone {
    /// Whose reason it is.
    pub fn person(self) -> Option<StaffId> {
        match self {
            WhyNone::Off(person) | WhyNone::Full(person) => person,
            WhyNone::Closed | WhyNone::TooSoon(_) | WhyNone::TooFar(_) => None,
        }
    }

    /// Whether others may have time on such a day.
    pub fn is_of_people(self) -> bool {
        matches!(self, WhyNone::Off(_) | WhyNone::Full(_))
    }
}

/// Somebody else who has time on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// Who.
    pub staff: StaffId,
    /// What finds them.
    pub search: Search,
    /// Their first time.
    pub first: Timestamp,
    /// What it costs with them; not said of a visit that moves.
    pub price: Option<Price>,
}

impl Search {
    /// The days of the strip.
    pub fn days(&self, view: &View, now: Timestamp) -> Vec<DayTimes> {
        let Some(store) = view.catalogue.stores.get(&self.store) else { return Vec::new() };
        let today = store.zone.local(now).0;
        let whole = WhyNone::Full(self.staff_preference.person());
        let day = |day| DayTimes { date: today.plus_days(day), starts: Vec::new(), why_none: whole };
        let mut days: Vec<DayTimes> = (0..i32::from(STRIP_DAYS)).map(day).collect();
        let Some(found) = self.within(view, strip(store, now), now) else { return days };
        for start in found.starts() {
            let day = store.zone.local(start).0.0 - today.0;
            if let Some(day) = usize::try_from(day).ok().and_then(|day| days.get_mut(day)) {
                day.starts.push(start);
            }
        }
        if days.iter().any(|day| day.starts.is_empty())
            && let Some(need) = Need::of(self, view, store, now)
        {
            days.iter_mut().filter(|day| day.starts.is_empty()).for_each(|day| day.why_none = need.why_none(day.date));
        }
        days
    }

    /// Others who have time on a day, as the store orders its people. One search of one day each: for the day that is looked at.
    pub fn others(&self, view: &View, day: &DayTimes, now: Timestamp) -> Vec<Other> {
        let Some(store) = view.catalogue.stores.get(&self.store).filter(|_| day.why_none.is_of_people()) else { return Vec::new() };
        let mut range = store.zone.day(day.date);
        range.start = range.start.max(now);
        let other = |staff: &Staff| {
            let search = self.with_instead(view, day.why_none.person(), staff.id)?;
            let first = search.within(view, range, now)?.next_start(now)?;
            let price = self.moving.is_none().then(|| search.price(view));
            Some(Other { staff: staff.id, search, first, price })
        };
        let mut others: Vec<Other> = staff_for(view, self.store, &[]).filter_map(other).collect();
        sort::sort_by_key(&mut others, |other| (store.staff_order.place(other.staff), other.staff));
        others
    }

    /// The same with another person wherever one was asked for; everywhere, where nobody was. `None` where that changes nothing, or where
    /// they cannot do what was asked of the other.
    fn with_instead(&self, view: &View, instead_of: Option<StaffId>, staff: StaffId) -> Option<Search> {
        let mut search = Search { widened: false, ..self.clone() };
        for staff_preference in std::iter::once(&mut search.staff_preference).chain(&mut search.each) {
            if instead_of.is_none_or(|person| staff_preference.person() == Some(person)) {
                *staff_preference = StaffPreference::Requested(staff);
            }
        }
        let (before, after) = (self.staff_preferences(view), search.staff_preferences(view));
        let takes_over = before.iter().zip(&after).all(|(before, after)| before == after || after.staff_preference.person() == Some(staff));
        (before != after && takes_over).then_some(search)
    }

    /// What it costs from.
    fn price(&self, view: &View) -> Price {
        let prices = self.staff_preferences(view).into_iter().map(|wanted| {
            let service = view.catalogue.services.get(&wanted.service)?;
            lowest_price(view, self.store, service, wanted.staff_preference).0
        });
        total(prices.collect::<Vec<_>>().into_iter())
    }
}

/// What a visit needs of a day.
struct Need<'a> {
    /// The store with its people and their roster; what is taken does not matter here.
    schedule: Schedule<'a>,
    lines: Vec<LineNeed<'a>>,
    lead_minutes: u16,
    /// The starts that may be booked now.
    starts: TimeRange,
}

/// A line, and at what price somebody may do it.
struct LineNeed<'a> {
    service: &'a Service,
    staff_preference: StaffPreference,
    price: Option<Price>,
}

impl<'a> Need<'a> {
    fn of(search: &Search, view: &'a View, store: &'a Store, now: Timestamp) -> Option<Self> {
        let prices = match (search.moving.is_some(), search.widened) {
            (true, _) => openings::prices_to_keep(view, &search.query(view, TimeRange::starting(now, 1))),
            (false, true) => Vec::new(),
            (false, false) => search.lowest_prices(view),
        };
        let line = |(number, wanted): (usize, RequestedService)| {
            let service = view.catalogue.services.get(&wanted.service)?;
            Some(LineNeed { service, staff_preference: wanted.staff_preference, price: prices.get(number).copied().flatten() })
        };
        let lines: Vec<LineNeed> = search.staff_preferences(view).into_iter().enumerate().map(line).collect::<Option<_>>()?;
        let services: Vec<&Service> = lines.iter().map(|line| line.service).collect();
        let staff = view.staff_of(store.id).collect();
        let shifts = view.catalogue.shifts.values().filter(|shift| shift.store == store.id).collect();
        Some(Need {
            lead_minutes: notice::lead_minutes(store, &services),
            starts: notice::online_starts(store, &services, now),
            schedule: Schedule { staff, shifts, ..Schedule::of(store) },
            lines,
        })
    }

    fn why_none(&self, date: LocalDate) -> WhyNone {
        let store = self.schedule.store;
        if store.zone.day(date).start >= self.starts.end {
            return WhyNone::TooFar(store.rules.horizon_days);
        }
        if store.hours_on(date).is_empty() {
            return WhyNone::Closed;
        }
        let mut last_start = None;
        for (number, line) in self.lines.iter().enumerate() {
            let after: i64 = self.lines.iter().skip(number + 1).map(|line| i64::from(line.service.minutes())).sum();
            let last = self.able(line).filter_map(|staff| {
                let own = i64::from(total_minutes(&line.service.parts_with(staff, store.id)));
                Some(self.end_of_work(staff.id, date)?.plus_minutes(-own - after))
            });
            let Some(last) = last.max() else { return WhyNone::Off(line.staff_preference.person()) };
            last_start.get_or_insert(last);
        }
        if last_start.is_some_and(|last| last < self.starts.start) {
            return WhyNone::TooSoon(self.lead_minutes);
        }
        WhyNone::Full(self.lines.iter().find_map(|line| line.staff_preference.person()))
    }

    /// Who would do a line.
    fn able<'b>(&'b self, line: &'b LineNeed<'a>) -> impl Iterator<Item = &'a Staff> + 'b {
        let store = self.schedule.store.id;
        let affordable = move |staff: &&Staff| line.price.is_none_or(|price| line.service.price_with(staff, store) == price);
        self.schedule.able(line.service, line.staff_preference, Audience::Online).filter(affordable)
    }

    /// Until when somebody works on a day, while the store is open; `None` when not at all.
    fn end_of_work(&self, staff: StaffId, date: LocalDate) -> Option<Timestamp> {
        let store = self.schedule.store;
        let spans = spans_on(self.schedule.shifts.iter().copied(), store.id, staff, date);
        let within = |open: &LocalSpan| {
            let both = spans.iter().map(|span| LocalSpan { from: span.from.max(open.from), until: span.until.min(open.until) });
            both.filter(|span| span.from < span.until).map(|span| store.zone.range(date, span).end).max()
        };
        store.hours_on(date).iter().filter_map(within).max()
    }
}

#[cfg(test)]
mod tests {
    use shared::decision::Change;
    use shared::id::ShiftId;
    use shared::roster::{Shift, ShiftDay};
    use uuid::Uuid;

    use super::*;
    use crate::desk::fixtures::{self, CUT, LONG_DAY, friday, person};

    const JJ: u128 = 11;
    const KELLY: u128 = 12;

    /// Two people. On Saturday Kelly is off, on Sunday it is closed, on Monday she has half an hour, and seven days ahead may be booked.
    fn salon() -> View {
        let mut view = fixtures::view(&[(person(JJ), &[LONG_DAY]), (person(KELLY), &[LONG_DAY])]);
        let mut store = fixtures::store();
        store.special_days.insert(friday().plus_days(2), Vec::new());
        (store.rules.lead_minutes, store.rules.horizon_days) = (24 * 60, 7);
        view.apply(&Change::put(store.clone()));
        let half_an_hour = LocalSpan { from: 12 * 60, until: 12 * 60 + 30 };
        for (number, day, spans) in [(1, 1, Vec::new()), (2, 3, vec![half_an_hour])] {
            let (id, day) = (ShiftId(Uuid::from_u128(number)), ShiftDay::Date(friday().plus_days(day)));
            view.apply(&Change::put(Shift { id, store: store.id, staff: person(KELLY), day, spans, written: None }));
        }
        view
    }

    fn haircut(staff_preference: StaffPreference) -> Search {
        Search { store: fixtures::store().id, services: vec![CUT], staff_preference, each: Vec::new(), widened: false, moving: None }
    }

    fn noon() -> Timestamp {
        fixtures::store().zone.instant(friday(), 12 * 60)
    }

    #[test]
    fn who_asks_for_kelly_reads_of_each_day_without_her_why_there_is_none() {
        let kelly = person(KELLY);
        let days = haircut(StaffPreference::Requested(kelly)).days(&salon(), noon());
        let reasons: Vec<Option<WhyNone>> = days.iter().map(|day| day.starts.is_empty().then_some(day.why_none)).collect();
        let first = [WhyNone::TooSoon(24 * 60), WhyNone::Off(Some(kelly)), WhyNone::Closed, WhyNone::Full(Some(kelly))];
        assert_eq!(reasons[..4], first.map(Some));
        assert_eq!(reasons[4..8], [None; 4]);
        assert_eq!(reasons[8..], [Some(WhyNone::TooFar(7)); 6]);
    }

    #[test]
    fn who_may_be_anybody_comes_on_the_day_that_kelly_is_off() {
        let days = haircut(StaffPreference::Any).days(&salon(), noon());
        assert!(!days[1].starts.is_empty() && !days[3].starts.is_empty());
        // Saturday goes on past midnight; on Sunday itself nobody comes.
        let until_one = fixtures::store().zone.instant(days[2].date, 60);
        assert!(days[2].starts.iter().all(|start| *start <= until_one));
    }

    #[test]
    fn on_the_day_that_kelly_is_off_jj_is_offered_and_nobody_where_it_is_closed() {
        let (view, search) = (salon(), haircut(StaffPreference::Requested(person(KELLY))));
        let days = search.days(&view, noon());
        let offered =
            |day: &DayTimes| search.others(&view, day, noon()).into_iter().map(|other| (other.staff, other.first)).collect::<Vec<_>>();
        assert_eq!(offered(&days[1]), [(person(JJ), noon().plus_minutes(24 * 60))]);
        assert_eq!(offered(&days[2]), []);
        assert_eq!(offered(&days[8]), []);
    }
}
