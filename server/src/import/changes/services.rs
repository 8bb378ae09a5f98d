//! The price list against what was said before and what a manager has made of it.

use shared::money::Money;
use shared::service::Service;

use crate::import::catalogue::{category, service_name};
use crate::import::changes::change::{Change, Changed, Comparison, Correction};
use crate::import::known::Known;
use crate::import::plan::Plan;
use crate::import::rows::ServiceRow;
use crate::import::words::{Sentence, Words, amount};
use crate::said::{Said, ServiceFacts};

pub(super) fn compare(plan: &Plan, known: &Known, found: &mut Comparison) {
    for row in &plan.services {
        let id = plan.target.salon.service_id(&row.code);
        let Some(here) = known.catalogue.services.get(&id) else { continue };
        let (now, was) = (ServiceFacts::of(row), known.service(id.0));
        let said = (id.0, Said::Service(now.clone()));
        let before = was.cloned().unwrap_or_else(|| stands_here(row, here));
        let facts = facts(row, &before, &now, here);
        if facts.is_empty() {
            found.agreed.extend((was != Some(&now)).then_some(said));
            continue;
        }
        let mut service = here.clone();
        let open = facts.iter().filter(|fact| fact.change.here.is_none());
        let corrections = open.map(|fact| (fact.take_over)(&mut service, row)).count();
        found.changed.push(Changed {
            correction: (corrections > 0).then(|| Correction::Service(Box::new(service))),
            // Whatever a manager has changed is told again: nothing of this row is settled.
            said: (corrections == facts.len()).then_some(said).into_iter().collect(),
            changes: facts.into_iter().map(|fact| fact.change).collect(),
        });
    }
}

/// A fact that differs, and how the service takes it over.
struct Fact {
    change: Change,
    take_over: fn(&mut Service, &ServiceRow),
}

/// The facts that the file says otherwise than before, and that are not so here already.
fn facts(row: &ServiceRow, was: &ServiceFacts, now: &ServiceFacts, here: &Service) -> Vec<Fact> {
    let fact = |column: &'static str, [old, new, stands]: [Sentence; 3], take_over: fn(&mut Service, &ServiceRow)| {
        if old == new || new == stands {
            return None;
        }
        let here = (stands != old).then_some(stands);
        let (place, about) = (row.identity.place(), row.code.clone());
        Some(Fact { change: Change { place, column: Words(column, column), about, old, new, here }, take_over })
    };
    let name = |facts: &ServiceFacts| Sentence::same(service_name(&row.code, &facts.description).zh);
    let flag = |active: bool| Sentence::same(if active { "TRUE" } else { "FALSE" });
    let shown = |name: &shared::name::Name| Sentence::new(name.zh.clone(), name.get(shared::name::Language::English));
    let of_price = |facts: &ServiceFacts| price(facts.price_cents);
    [
        fact("IsActive", [flag(was.active), flag(now.active), flag(here.active)], |service, row| service.active = row.active),
        fact("Desc", [name(was), name(now), shown(&here.name)], |service, row| service.name = service_name(&row.code, &row.description)),
        fact("Cate", [shown(&category(&was.category)), shown(&category(&now.category)), shown(&here.category)], |service, row| {
            service.category = category(&row.category);
        }),
        fact("Price", [of_price(was), of_price(now), price(here.price.map(|money| money.0))], |service, row| {
            service.price = row.price_cents.map(Money);
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Without a memory of what was said, what is here counts as said.
fn stands_here(row: &ServiceRow, here: &Service) -> ServiceFacts {
    let description = if service_name(&row.code, &row.description) == here.name { row.description.clone() } else { here.name.zh.clone() };
    let category = if category(&row.category) == here.category { row.category.clone() } else { here.category.zh.clone() };
    ServiceFacts { active: here.active, description, category, price_cents: here.price.map(|money| money.0) }
}

fn price(cents: Option<i64>) -> Sentence {
    cents.map_or_else(|| Words("面议", "on consultation").into(), |cents| Sentence::same(amount(cents)))
}
