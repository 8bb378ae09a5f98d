//! What a promise keeps when it is placed anew: the service, also where it is not offered any more, and how long it was agreed to take
//! (CASES: a promise stays movable when its service is retired).

use std::borrow::Cow;

use crate::booking::Line;
use crate::id::StoreId;
use crate::part::{Part, total_minutes};
use crate::service::Service;
use crate::view::View;

/// What a line keeps of what was agreed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The service was agreed while it was offered.
    pub service: bool,
    /// Its parts, where they were agreed otherwise than the menu says for whoever does it.
    pub parts: Option<Vec<Part>>,
}

/// What the lines of a visit keep, in order.
#[must_use]
pub fn of_lines(view: &View, store: StoreId, lines: &[Line]) -> Vec<Kept> {
    lines.iter().map(|line| Kept { service: true, parts: own_parts(view, store, line) }).collect()
}

/// A service as a line has agreed on it: with its parts, and still offered.
#[must_use]
pub fn service_of<'a>(view: &View, store: StoreId, line: &Line, menu: &'a Service) -> Cow<'a, Service> {
    let own = own_parts(view, store, line);
    if own.is_none() && menu.active && menu.online {
        return Cow::Borrowed(menu);
    }
    let mut service = Service { active: true, online: true, ..menu.clone() };
    if let Some(parts) = own {
        service.parts = parts;
        service.terms.iter_mut().for_each(|terms| terms.minutes = None);
    }
    Cow::Owned(service)
}

/// The parts of a line where they are not what the menu says for whoever does it.
#[must_use]
pub fn own_parts(view: &View, store: StoreId, line: &Line) -> Option<Vec<Part>> {
    let service = view.catalogue.services.get(&line.service)?;
    let staff = line.staff.and_then(|staff| view.catalogue.staff.get(&staff));
    let is_menu = staff.map_or(service.parts == line.parts, |staff| service.parts_with(staff, store) == line.parts);
    (!is_menu).then(|| line.parts.clone())
}

/// The longest that a line of a visit may take, whoever does it.
#[must_use]
pub fn longest_minutes(view: &View, line: &Line) -> i64 {
    let menu = view.catalogue.services.get(&line.service).map_or(0, Service::longest_minutes);
    menu.max(i64::from(total_minutes(&line.parts)))
}
