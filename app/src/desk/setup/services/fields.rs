//! What is typed of a service so far, and the service it means.

use leptos::prelude::*;
use shared::id::ServiceId;
use shared::name::Name;
use shared::part::{Part, PartKind};
use shared::resource::ResourceNeed;
use shared::service::{PriceOverride, Service, Whom};

use crate::desk::price_text::{price_of, price_text};
use crate::i18n;

/// Levels with prices and durations of their own.
pub(super) const LEVELS: u8 = 4;

/// A part as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartText {
    pub(super) kind: PartKind,
    pub(super) minutes: String,
}

/// Price and hands-on minutes of a level; nothing typed is the standard.
#[derive(Clone, Copy, Debug)]
pub(super) struct LevelText {
    pub(super) price: RwSignal<String>,
    pub(super) minutes: RwSignal<String>,
}

#[derive(Clone, Copy)]
pub(super) struct ServiceFields {
    pub(super) zh: RwSignal<String>,
    pub(super) en: RwSignal<String>,
    pub(super) category: RwSignal<String>,
    pub(super) category_en: RwSignal<String>,
    pub(super) price: RwSignal<String>,
    pub(super) parts: RwSignal<Vec<PartText>>,
    pub(super) needs: RwSignal<Vec<ResourceNeed>>,
    pub(super) levels: [LevelText; LEVELS as usize],
    pub(super) online: RwSignal<bool>,
    pub(super) active: RwSignal<bool>,
}

impl ServiceFields {
    pub(super) fn of(service: Option<&Service>) -> Self {
        let text = |of: fn(&Service) -> String| RwSignal::new(service.map(of).unwrap_or_default());
        let standard = vec![PartText { kind: PartKind::Active, minutes: "60".into() }];
        let parts = service
            .map(|service| service.parts.iter().map(|part| PartText { kind: part.kind, minutes: part.minutes.to_string() }).collect());
        ServiceFields {
            zh: text(|service| service.name.zh.clone()),
            en: text(|service| service.name.en.clone()),
            category: text(|service| service.category.zh.clone()),
            category_en: text(|service| service.category.en.clone()),
            price: text(|service| price_text(service.price)),
            parts: RwSignal::new(parts.unwrap_or(standard)),
            needs: RwSignal::new(service.map(|service| service.needs.clone()).unwrap_or_default()),
            levels: std::array::from_fn(|place| level_text(service, place)),
            online: RwSignal::new(service.is_none_or(|service| service.online)),
            active: RwSignal::new(service.is_none_or(|service| service.active)),
        }
    }

    /// The service, or what is wrong with it.
    pub(super) fn service(self, before: Option<&Service>, id: ServiceId) -> Result<Service, String> {
        let words = i18n::set_up();
        let name = Name::new(self.zh.get_untracked().trim(), self.en.get_untracked().trim());
        if name.check().is_err() {
            return Err(words.name_missing.to_owned());
        }
        let parts = self.parts.get_untracked().iter().map(part_of).collect::<Option<Vec<_>>>().ok_or(words.wrong_minutes)?;
        let price = price_of(&self.price.get_untracked()).map_err(|()| words.wrong_price)?;
        let category = Name::new(self.category.get_untracked().trim(), self.category_en.get_untracked().trim());
        let terms = self.terms(before, &parts)?;
        let (online, active) = (self.online.get_untracked(), self.active.get_untracked());
        let service = Service {
            id,
            code: before.map(|service| service.code.clone()).unwrap_or_default(),
            name,
            category,
            parts,
            needs: self.needs.get_untracked(),
            price,
            terms,
            online,
            active,
            lead_minutes: before.and_then(|service| service.lead_minutes),
            cutoff_minutes: before.and_then(|service| service.cutoff_minutes),
            written: None,
        };
        service.check().map_err(|refusal| (i18n::refusals().refusal)(&refusal))?;
        Ok(service)
    }

    /// Exceptions by level as typed; all others stay as they were, as long as they still fit the parts.
    fn terms(self, before: Option<&Service>, parts: &[Part]) -> Result<Vec<PriceOverride>, String> {
        let is_level = |terms: &&PriceOverride| !(matches!(terms.whom, Whom::Level(level) if level <= LEVELS) && terms.store.is_none());
        let mut terms: Vec<PriceOverride> =
            before.map(|service| service.terms.iter().filter(is_level).cloned().collect()).unwrap_or_default();
        for exception in &mut terms {
            exception.minutes = exception.minutes.take().filter(|minutes| minutes.len() == parts.len());
        }
        for (level, text) in (1..=LEVELS).zip(self.levels) {
            let (price, minutes) = (text.price.get_untracked(), text.minutes.get_untracked());
            let price = price_of(&price).map_err(|()| i18n::set_up().wrong_price)?.map(Some);
            let minutes =
                if minutes.trim().is_empty() { None } else { Some(stretched(parts, &minutes).ok_or(i18n::set_up().wrong_minutes)?) };
            if price.is_some() || minutes.is_some() {
                terms.push(PriceOverride { whom: Whom::Level(level), store: None, price, minutes });
            }
        }
        Ok(terms)
    }
}

fn level_text(service: Option<&Service>, place: usize) -> LevelText {
    let level = u8::try_from(place + 1).unwrap_or(1);
    let own = |terms: &&PriceOverride| terms.whom == Whom::Level(level) && terms.store.is_none();
    let terms = service.and_then(|service| service.terms.iter().find(own).map(|terms| (service, terms)));
    let price = terms.and_then(|(_, terms)| terms.price).map(price_text).unwrap_or_default();
    let minutes = terms.and_then(|(service, terms)| Some((service, terms.minutes.as_ref()?)));
    let minutes = minutes.map(|(service, minutes)| hands_on(&service.parts, minutes).to_string()).unwrap_or_default();
    LevelText { price: RwSignal::new(price), minutes: RwSignal::new(minutes) }
}

fn part_of(text: &PartText) -> Option<Part> {
    let minutes: u16 = text.minutes.trim().parse().ok()?;
    (minutes > 0 && minutes.is_multiple_of(5)).then_some(Part { kind: text.kind, minutes })
}

/// Minutes of hands-on work.
fn hands_on(parts: &[Part], minutes: &[u16]) -> u16 {
    parts.iter().zip(minutes).filter(|(part, _)| part.kind == PartKind::Active).map(|(_, minutes)| minutes).sum()
}

/// The minutes of every part when the hands-on work takes `total`: the first such part takes what is left.
fn stretched(parts: &[Part], total: &str) -> Option<Vec<u16>> {
    let total: u16 = total.trim().parse().ok()?;
    let mut minutes: Vec<u16> = parts.iter().map(|part| part.minutes).collect();
    let first = parts.iter().position(|part| part.kind == PartKind::Active)?;
    let others = hands_on(parts, &minutes) - minutes[first];
    minutes[first] = total.checked_sub(others).filter(|rest| *rest > 0 && total.is_multiple_of(5))?;
    Some(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slower_hand_takes_longer_but_the_colour_does_not() {
        let part = |kind, minutes| Part { kind, minutes };
        let parts = [part(PartKind::Active, 45), part(PartKind::Processing, 35), part(PartKind::Active, 30)];
        assert_eq!(stretched(&parts, "90"), Some(vec![60, 35, 30]));
        assert_eq!(stretched(&parts, "30"), None);
    }
}
