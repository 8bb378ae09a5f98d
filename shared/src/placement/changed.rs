//! A visit that is edited in place: who does each line then, when, and for how much. What is not touched stays as it was agreed.

use crate::agreed::{Kept, own_parts};
use crate::booking::{Booking, Line};
use crate::id::{StaffId, StoreId};
use crate::line_change::{LineChange, with_minutes};
use crate::money::Price;
use crate::openings::bands;
use crate::part::{Part, total_minutes};
use crate::placement::rules::{PlacementRules, PriceBound};
use crate::placement::{moved, place};
use crate::refusal::Refusal;
use crate::staff::Staff;
use crate::staff_preference::StaffPreference;
use crate::store::Store;
use crate::time::Timestamp;
use crate::view::View;
use crate::visit_request::{Audience, RequestedLine};

/// What an edit is about.
#[derive(Clone, Copy)]
pub struct Edit<'a> {
    /// The visit as it stands.
    pub booking: &'a Booking,
    /// Its lines as they are to be.
    pub lines: &'a [LineChange],
    /// Where it is to begin.
    pub starts_at: Timestamp,
}

/// The lines of an edited visit. Lines that follow one another go on doing so. Whoever does a line keeps it where they can.
///
/// # Errors
/// `Superseded` where a line is not as it was seen, `PriceChanged` where one would cost something else than was seen, `Invalid` for
/// minutes or people that do not fit, and those of [`place::lines`].
pub fn lines(view: &View, store: &Store, edit: Edit<'_>, terms: PlacementRules) -> Result<Vec<Line>, Refusal> {
    let agreed = edit.lines.iter().map(|change| agreed_of(edit.booking, change)).collect::<Result<Vec<_>, _>>()?;
    let mut numbers: Vec<u8> = edit.lines.iter().filter_map(|change| change.was).map(|was| was.number).collect();
    crate::sort::sort_and_dedup(&mut numbers);
    if numbers.len() != agreed.iter().flatten().count() {
        return Err(Refusal::Invalid { field: "lines".into() });
    }
    let changes: Vec<(&LineChange, Option<&Line>)> = edit.lines.iter().zip(agreed).collect();
    let kept = changes.iter().map(|line| kept(view, store, *line)).collect::<Result<Vec<_>, _>>()?;
    let in_a_row = edit.booking.is_in_a_row() && !edit.lines.iter().any(|change| change.is_beside);
    let mut starts = starts(view, edit, &changes, &kept);
    if let Some(first) = starts.first_mut().filter(|_| in_a_row) {
        *first = edit.starts_at;
    }
    let terms = PlacementRules { in_a_row, price_bound: PriceBound::Unasked, ..terms };
    let place = |hands: Hands| {
        let wanted = |((change, agreed), starts_at): (&(&LineChange, Option<&Line>), &Timestamp)| {
            let staff_preference = hands.for_line(view, change, *agreed)?;
            Ok(RequestedLine { staff_preference, seen_price: band(view, store.id, change, *agreed), ..requested(change, *starts_at) })
        };
        let wanted = changes.iter().zip(&starts).map(wanted).collect::<Result<Vec<_>, Refusal>>()?;
        let placed = place::lines_keeping(view, store, (&wanted, &kept), Some(edit.booking.id), terms, &[])?;
        changes.iter().zip(placed).map(|(line, placed)| settled(view, store, *line, placed)).collect::<Result<Vec<Line>, Refusal>>()
    };
    let same = place(Hands::Same);
    let is_free = |lines: &[Line]| place::all_free(view, store, lines, edit.booking.id, terms);
    match &same {
        Ok(lines) if !is_free(lines)? => {}
        Err(refusal) if refusal.is_about_time() => {}
        _ => return same,
    }
    // Whoever did a line cannot any more, and the guest did not ask for them.
    match place(Hands::Any) {
        Ok(lines) if is_free(&lines)? => Ok(lines),
        _ => same,
    }
}

/// Who does lines for which nobody was named anew.
#[derive(Clone, Copy)]
enum Hands {
    /// Whoever did them.
    Same,
    /// Whoever can.
    Any,
}

impl Hands {
    /// Whom the placement is to look for.
    fn for_line(self, view: &View, change: &LineChange, agreed: Option<&Line>) -> Result<StaffPreference, Refusal> {
        let wish = change.staff_preference;
        if let Some(named) = change.staff {
            return if fits(view, wish, named) { Ok(StaffPreference::Requested(named)) } else { invalid("staff") };
        }
        Ok(match self {
            Hands::Same => stays_with(view, change, agreed).map_or(wish, StaffPreference::Requested),
            Hands::Any => wish,
        })
    }
}

fn fits(view: &View, wish: StaffPreference, staff: StaffId) -> bool {
    view.catalogue.staff.get(&staff).is_none_or(|staff: &Staff| wish.fits(staff))
}

fn invalid<T>(field: &str) -> Result<T, Refusal> {
    Err(Refusal::Invalid { field: field.into() })
}

/// The line that a change goes on from.
fn agreed_of<'a>(booking: &'a Booking, change: &LineChange) -> Result<Option<&'a Line>, Refusal> {
    match (change.was, change.agreed(&booking.lines)) {
        (Some(_), None) => Err(Refusal::Superseded),
        (_, agreed) => Ok(agreed),
    }
}

/// How long it takes: as was written, else as was agreed, else as the menu says.
fn kept(view: &View, store: &Store, (change, agreed): (&LineChange, Option<&Line>)) -> Result<Kept, Refusal> {
    let agreed = agreed.filter(|line| line.service == change.service);
    let parts = match (&change.minutes, agreed) {
        (Some(minutes), _) => {
            let service = view.service(change.service).or_refuse("service")?;
            let parts = agreed.map_or(&service.parts, |line| &line.parts);
            let is_sound = |part: &Part| part.minutes > 0 && part.minutes.is_multiple_of(5) && part.minutes <= 1440;
            let parts = with_minutes(parts, minutes).filter(|parts| parts.iter().all(is_sound));
            Some(parts.ok_or(Refusal::Invalid { field: "minutes".into() })?)
        }
        (None, Some(line)) => own_parts(view, store.id, line),
        (None, None) => None,
    };
    Ok(Kept { service: agreed.is_some(), parts })
}

/// When each line is to begin: what is there keeps its distance, what is new begins when the rest is done, or with it.
fn starts(view: &View, edit: Edit<'_>, changes: &[(&LineChange, Option<&Line>)], kept: &[Kept]) -> Vec<Timestamp> {
    let first = edit.booking.lines.iter().map(|line| line.starts_at).min().unwrap_or(edit.starts_at);
    let shifted = |at: Timestamp| Timestamp(edit.starts_at.0.saturating_add(at.0.saturating_sub(first.0)));
    let mut free_at = edit.starts_at;
    let mut starts = Vec::with_capacity(changes.len());
    for ((change, agreed), kept) in changes.iter().zip(kept) {
        let start = match agreed {
            _ if change.is_beside => edit.starts_at,
            Some(line) => shifted(line.starts_at),
            None => free_at,
        };
        let menu = view.catalogue.services.get(&change.service).map(|service| total_minutes(&service.parts));
        let minutes = kept.parts.as_deref().map(total_minutes).or(agreed.map(|line| total_minutes(&line.parts))).or(menu).unwrap_or(0);
        free_at = free_at.max(start.plus_minutes(i64::from(minutes)));
        starts.push(start);
    }
    starts
}

fn requested(change: &LineChange, starts_at: Timestamp) -> RequestedLine {
    RequestedLine {
        service: change.service,
        subject: change.subject.clone(),
        payer: change.payer,
        staff_preference: change.staff_preference,
        starts_at,
        seen_price: change.seen_price,
    }
}

/// What a line costs as far as can be said before it is placed, for the screen: with whoever is named, else with whoever does it, else
/// with the cheapest who can.
#[must_use]
pub fn price_now(view: &View, store: StoreId, agreed: Option<&Line>, change: &LineChange) -> Price {
    if change.is_own_price {
        return change.seen_price;
    }
    let person = change.staff.or(change.staff_preference.person()).or_else(|| stays_with(view, change, agreed));
    match (agreed.filter(|line| line.service == change.service), person) {
        (Some(line), Some(staff)) => moved::price_with(view, store, line, staff),
        (_, Some(_)) => view.menu_price(store, change.service, person).unwrap_or(change.seen_price),
        (_, None) => cheapest(view, store, change).unwrap_or(change.seen_price),
    }
}

/// Whoever does a line, where that is still whom the guest wants.
fn stays_with(view: &View, change: &LineChange, agreed: Option<&Line>) -> Option<StaffId> {
    let staff = agreed.filter(|line| line.service == change.service)?.staff?;
    fits(view, change.staff_preference, staff).then_some(staff)
}

fn cheapest(view: &View, store: StoreId, change: &LineChange) -> Option<Price> {
    let service = view.catalogue.services.get(&change.service)?;
    bands::prices_for(view, store, (service, change.staff_preference), Audience::Desk).first().copied()
}

/// What the menu says of those who may do a line for which nobody is asked: as with whoever did it, else the cheapest.
fn band(view: &View, store: StoreId, change: &LineChange, agreed: Option<&Line>) -> Price {
    let same = stays_with(view, change, agreed).and_then(|staff| view.menu_price(store, change.service, Some(staff)));
    same.or_else(|| cheapest(view, store, change)).unwrap_or(change.seen_price)
}

/// The placed line with the wish of its guest, at the price that was seen.
fn settled(view: &View, store: &Store, (change, agreed): (&LineChange, Option<&Line>), placed: Line) -> Result<Line, Refusal> {
    let agreed = agreed.filter(|line| line.service == change.service);
    let now = match (agreed, placed.staff) {
        (Some(line), Some(staff)) => moved::price_with(view, store.id, line, staff),
        _ => placed.price,
    };
    if now != change.seen_price && !change.is_own_price {
        return Err(Refusal::PriceChanged { now });
    }
    let performed = agreed.and_then(|line| line.performed);
    Ok(Line { staff_preference: change.staff_preference, price: change.seen_price, performed, ..placed })
}
