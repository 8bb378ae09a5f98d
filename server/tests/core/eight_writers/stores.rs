//! Two stores that share four people; rooms, basins and a machine in each; three services that need them.

use shared::command::{Command, PutResource, PutResourceType, PutService, PutShift, PutStaff, PutStore};
use shared::id::{ResourceId, ResourceTypeId, ServiceId, ShiftId, StaffId, StoreId};
use shared::name::Name;
use shared::part::{Part, PartKind};
use shared::resource::ResourceNeed;
use shared::resource_type::ResourceKind;
use shared::roster::Shift;
use shared::service::Service;
use shared::staff::Staff;
use shared::store::{Rules, Store};
use shared::sync::Outcome;
use uuid::Uuid;

use crate::world::*;

pub const BOTH: [StoreId; 2] = [STORE, OTHER_STORE];
pub const SERVICES: [ServiceId; 3] = [CUT, ServiceId(Uuid::from_u128(0x21)), ServiceId(Uuid::from_u128(0x22))];

/// Of each store: two basins, two rooms, one machine.
const THINGS: [(usize, ResourceKind); 5] = [
    (0, ResourceKind::Station),
    (0, ResourceKind::Station),
    (1, ResourceKind::Room),
    (1, ResourceKind::Room),
    (2, ResourceKind::Equipment),
];

/// The first four work in both stores, one in the first, two in the second.
pub fn people() -> Vec<(StaffId, Vec<StoreId>)> {
    let stores = |number: u128| match number {
        0..4 => BOTH.to_vec(),
        4 => vec![STORE],
        _ => vec![OTHER_STORE],
    };
    (0..7).map(|number| (StaffId(Uuid::from_u128(0x30 + number)), stores(number))).collect()
}

/// The things of a store.
pub fn things(store: StoreId) -> Vec<ResourceId> {
    (0..THINGS.len()).map(|number| thing(store, number)).collect()
}

fn thing(store: StoreId, number: usize) -> ResourceId {
    ResourceId(Uuid::from_u128(0x4000 + store.0.as_u128() * 16 + number as u128))
}

fn type_of(kind: usize) -> ResourceTypeId {
    ResourceTypeId(Uuid::from_u128(0x50 + kind as u128))
}

/// Puts all of it into an empty database.
pub async fn open(world: &World) {
    let rules = Rules { silent_after_minutes: 0, lead_minutes: 0, ..Rules::default() };
    let mut commands: Vec<Command> =
        BOTH.iter().map(|id| Command::PutStore(PutStore::of(Store { rules: rules.clone(), ..store(*id) }, 0))).collect();
    for kind in [0, 2, 4] {
        let (number, kind) = THINGS[kind];
        let name = Name::only(["Basin", "Room", "Machine"][number]);
        commands.push(Command::PutResourceType(PutResourceType { resource_type: type_of(number), name, kind, active: true, base: 0 }));
    }
    for store in BOTH {
        for (number, (kind, _)) in THINGS.iter().enumerate() {
            let (resource, name) = (thing(store, number), Name::only(&format!("{number}")));
            commands.push(Command::PutResource(PutResource {
                resource,
                store,
                resource_type: type_of(*kind),
                name,
                active: true,
                base: 0,
            }));
        }
    }
    commands.extend(services().into_iter().map(|service| Command::PutService(PutService::of(service, 0))));
    for (id, stores) in people() {
        let somebody = Staff { stores: stores.clone(), skills: SERVICES.to_vec(), ..staff(id) };
        commands.push(Command::PutStaff(PutStaff::of(somebody, 0)));
        for (store, day) in stores.iter().flat_map(|store| (0..7).map(move |day| (*store, day))) {
            let own = ShiftId(Uuid::new_v5(&store.0, shift(id, day).id.0.as_bytes()));
            commands.push(Command::PutShift(PutShift::of(Shift { id: own, store, ..shift(id, day) }, 0)));
        }
    }
    let outcomes = world.give(commands).await;
    assert!(outcomes.iter().all(|outcome| *outcome == Outcome::Applied), "{outcomes:?}");
}

/// A cut; a colour that is washed out at a basin while its stylist was free before; a treatment in a room, with the machine in the middle.
fn services() -> [Service; 3] {
    use PartKind::{Active, After, Before, Processing};
    let part = |(kind, minutes)| Part { kind, minutes };
    let need = |kind, parts: &[u8]| ResourceNeed { resource_type: type_of(kind), parts: parts.to_vec() };
    let service = |number: usize, parts: &[(PartKind, u16)], needs: Vec<ResourceNeed>| Service {
        id: SERVICES[number],
        price: None,
        parts: parts.iter().copied().map(part).collect(),
        needs,
        ..cut()
    };
    [
        service(0, &[(Active, 45)], Vec::new()),
        service(1, &[(Active, 30), (Processing, 40), (Active, 20), (After, 5)], vec![need(0, &[2])]),
        service(2, &[(Before, 10), (Active, 60), (After, 10)], vec![need(1, &[]), need(2, &[1])]),
    ]
}
