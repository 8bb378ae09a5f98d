//! The demo's basins and treatment rooms, and which services need them.

use shared::command::{Command, PutResource, PutResourceType};
use shared::id::ResourceTypeId;
use shared::name::Name;
use shared::resource::{Resource, ResourceNeed};
use shared::resource_type::{ResourceKind, ResourceType};

use crate::demo::ids::{JADE, WUTONG, id};
use crate::demo::now::Now;
use crate::demo::step::Step;

/// Key, 中文, English, sort, how many there are in each store.
type TypeRow = (&'static str, &'static str, &'static str, ResourceKind, [(&'static str, usize); 2]);

const TYPES: [TypeRow; 2] = [
    ("basin", "洗头床", "Basin", ResourceKind::Station, [(JADE, 3), (WUTONG, 2)]),
    ("room", "护理房", "Treatment room", ResourceKind::Room, [(JADE, 2), (WUTONG, 1)]),
];

pub(super) fn commands(now: &Now) -> Vec<Step> {
    let mut steps = Vec::new();
    for (key, zh, en, kind, stores) in &TYPES {
        let put = ResourceType { id: resource_type(key), name: Name::new(zh, en), kind: *kind, active: true, written: None };
        steps.push(Step::new(format!("type/{key}"), now.at, Command::PutResourceType(PutResourceType::of(put, 0))));
        for (store, count) in stores {
            for number in 1..=*count {
                let name = format!("resource/{store}/{key}/{number}");
                let resource = Resource {
                    id: id(&name),
                    store: id(store),
                    resource_type: resource_type(key),
                    name: Name::new(&format!("{zh} {number}"), &format!("{en} {number}")),
                    active: true,
                    written: None,
                };
                steps.push(Step::new(name, now.at, Command::PutResource(PutResource::of(resource, 0))));
            }
        }
    }
    steps
}

/// Colour is washed out at a basin, a scalp is cared for at one all the time; a treatment takes a room.
pub(super) fn needs_of(service: &str) -> Vec<ResourceNeed> {
    let need = |key, parts: &[u8]| vec![ResourceNeed { resource_type: resource_type(key), parts: parts.to_vec() }];
    match service {
        "colour" | "roots" | "highlights" | "perm" => need("basin", &[2]),
        "scalp" => need("basin", &[]),
        "treatment" => need("room", &[]),
        _ => Vec::new(),
    }
}

fn resource_type(key: &str) -> ResourceTypeId {
    id(&format!("type/{key}"))
}
