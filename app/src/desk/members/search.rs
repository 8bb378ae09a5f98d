//! Which members fit what was typed: part of the name, or the end of the phone number. Pure; works on what the tablet has.
//! Another way to find somebody (by sound, by card) is one more arm of [`fits`].

use std::collections::BTreeMap;

use shared::id::{MemberId, StoreId};
use shared::member::Member;
use shared::sort;
use shared::state_kind::StateKind;
use shared::time::Timestamp;
use shared::view::View;

/// A member that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Who.
    pub(super) member: Member,
    /// Last time they were here.
    pub(super) last_visit: Option<Timestamp>,
    /// What of the name was matched: first letter and how many.
    pub(super) hit: Option<(usize, usize)>,
}

/// Those who fit, the latest visitors first, then by name.
pub(super) fn find(query: &str, view: &View, store: StoreId) -> Vec<Found> {
    let query: Vec<char> = folded(query).collect();
    let visits = last_visits(view, store);
    let own = view.members.values().filter(|member| member.alias_of.is_none() && member.is_bookable_at(store));
    let mut found: Vec<Found> = own
        .filter_map(|member| {
            let hit = fits(&query, member)?;
            let hit = (hit.1 > 0).then_some(hit);
            Some(Found { member: member.clone(), last_visit: visits.get(&member.id).copied(), hit })
        })
        .collect();
    sort::sort_by(&mut found, |a, b| b.last_visit.cmp(&a.last_visit).then_with(|| a.member.name.value.cmp(&b.member.name.value)));
    found
}

/// First letter and length of what matched in the name; length 0 when something else did.
fn fits(query: &[char], member: &Member) -> Option<(usize, usize)> {
    if query.is_empty() {
        return Some((0, 0));
    }
    let name: Vec<char> = member.name.value.chars().flat_map(char::to_lowercase).collect();
    if let Some(at) = name.windows(query.len()).position(|part| part == query) {
        return Some((at, query.len()));
    }
    let spaceless: Vec<char> = name.iter().copied().filter(|letter| !letter.is_whitespace()).collect();
    if spaceless.windows(query.len()).any(|part| part == query) {
        return Some((0, 0));
    }
    let digits: String = query.iter().filter(|letter| letter.is_ascii_digit()).collect();
    let is_number = digits.len() >= 2 && digits.len() == query.len();
    (is_number && number_fits(&digits, member)).then_some((0, 0))
}

fn number_fits(digits: &str, member: &Member) -> bool {
    member.each_number().any(|contact| match &contact.phone {
        Some(phone) => phone.as_str().contains(digits),
        None => contact.masked.ends_with(digits) || (digits.len() >= 3 && contact.masked.starts_with(digits)),
    })
}

/// Lower case, full-width digits as digits, no spaces: a number may be typed in groups.
fn folded(query: &str) -> impl Iterator<Item = char> + '_ {
    query.trim().chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).map(|letter| match letter {
        '０'..='９' => char::from_u32(letter as u32 - '０' as u32 + '0' as u32).unwrap_or(letter),
        other => other,
    })
}

fn last_visits(view: &View, store: StoreId) -> BTreeMap<MemberId, Timestamp> {
    let mut last: BTreeMap<MemberId, Timestamp> = BTreeMap::new();
    let came = |kind| matches!(kind, StateKind::CheckedIn | StateKind::InService | StateKind::Completed);
    for booking in view.bookings.values().filter(|booking| booking.store == store && came(booking.state.kind())) {
        for member in booking.members() {
            let at = last.entry(member).or_insert(booking.starts_at);
            *at = (*at).max(booking.starts_at);
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use shared::member::{Contact, Group, Profile};
    use shared::phone::Phone;
    use shared::region::Region;
    use shared::role::Channel;
    use uuid::Uuid;

    use super::*;

    fn member(name: &str, phone: Option<&str>) -> Member {
        let phone = phone.map(|phone| Phone::parse(phone, Region::Cn).expect("a phone"));
        Member {
            id: MemberId(Uuid::from_u128(1)),
            account: None,
            name: Group::new(name.to_owned()),
            contact: Group::new(Contact::of(phone)),
            verified: None,
            profile: Group::new(Profile::default()),
            notes: Group::new(String::new()),
            allergies: Group::new(String::new()),
            tags: Group::new(Vec::new()),
            tier: 0,
            stores: Vec::new(),
            introduced: Vec::new(),
            registered_at: Timestamp(0),
            channel: Channel::Desk,
            consent: None,
            alias_of: None,
        }
    }

    fn is_found(query: &str, member: &Member) -> bool {
        fits(&folded(query).collect::<Vec<_>>(), member).is_some()
    }

    #[test]
    fn somebody_is_found_by_part_of_the_name_in_either_script() {
        assert!(is_found("小满", &member("林小满", None)));
        assert!(is_found("xiaoMAN", &member("Lin Xiaoman", None)));
        assert!(is_found("lin xiao", &member("Lin Xiaoman", None)));
        assert!(!is_found("陈", &member("林小满", None)));
    }

    #[test]
    fn a_phone_tail_is_enough_even_where_only_the_mask_is_known() {
        let mut lin = member("林小满", Some("13800138000"));
        assert!(is_found("8000", &lin) && is_found("１３８ 0013", &lin));
        lin.contact.value = lin.contact.value.without_number().into();
        assert!(is_found("8000", &lin) && is_found("138", &lin));
        assert!(!is_found("0013", &lin));
    }
}
