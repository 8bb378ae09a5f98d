//! The salon of the stories: 玉门里发型 Jade Lane Hair with 阿杰 JJ, 凯莉 Kelly and 小贝 Becky. It lies in a time zone in which it is
//! 11:30 when a story begins, so that the stories play during opening hours whenever they are told.

use anyhow::{Context, Result, ensure};
use shared::command::{Command, PutService, PutShift, PutStaff, PutStore};
use shared::id::{LegalEntityId, ServiceId, ShiftId, StaffId, StoreId};
use shared::money::{Currency, Money};
use shared::name::Name;
use shared::part::{Part, PartKind};
use shared::roster::{Shift, ShiftDay};
use shared::service::{PriceOverride, Service, Whom};
use shared::staff::{Gender, Staff};
use shared::store::{Rules, StaffOrder, Store};
use shared::sync::Outcome;
use shared::time::LocalSpan;
use shared::zone::Zone;
use uuid::Uuid;

use crate::client::Client;

/// The store.
pub const STORE: StoreId = StoreId(Uuid::from_u128(0x51));
/// 阿杰 JJ, director: level 3.
pub const JJ: StaffId = StaffId(Uuid::from_u128(0x61));
/// 凯莉 Kelly, level 2.
pub const KELLY: StaffId = StaffId(Uuid::from_u128(0x62));
/// 小贝 Becky, level 2.
pub const BECKY: StaffId = StaffId(Uuid::from_u128(0x63));
/// 剪发: 60 minutes, ¥168; ¥268 with the director.
pub const CUT: ServiceId = ServiceId(Uuid::from_u128(0x71));
/// 染发: 60 + 40 processing + 20 minutes, ¥688.
pub const COLOUR: ServiceId = ServiceId(Uuid::from_u128(0x72));

/// Opens the salon: through commands, like anybody.
///
/// # Errors
/// When the server refuses.
pub async fn open(owner: &Client) -> Result<()> {
    let zone = noon_zone()?;
    let mut commands = vec![Command::PutStore(PutStore::of(store(zone), 0))];
    commands.extend([cut(), colour()].map(|service| Command::PutService(PutService::of(service, 0))));
    for (id, name, level) in
        [(JJ, Name::new("阿杰", "JJ"), 3), (KELLY, Name::new("凯莉", "Kelly"), 2), (BECKY, Name::new("小贝", "Becky"), 2)]
    {
        commands.push(Command::PutStaff(PutStaff::of(person(id, name, level), 0)));
        commands.extend((0..7).map(|weekday| Command::PutShift(PutShift::of(shift(id, weekday), 0))));
    }
    for command in commands {
        let outcome = owner.gives(&command).await?;
        ensure!(outcome == Outcome::Applied, "{}: {outcome:?}", command.name());
    }
    Ok(())
}

/// A zone of our own in which it is between 11:30 and 11:45 now; like real zones it lies quarters of hours from Greenwich.
///
/// # Errors
/// When the clock stands before 1970.
pub fn noon_zone() -> Result<Zone> {
    let minute = i64::try_from(std::time::UNIX_EPOCH.elapsed().context("the clock")?.as_secs() / 60 % 1440)?;
    let east = (11 * 60 + 30 - minute / 15 * 15 + 720).rem_euclid(1440) - 720;
    Ok(Zone::fixed("Etc/Story", i32::try_from(east * 60)?))
}

fn spans() -> Vec<LocalSpan> {
    vec![LocalSpan { from: 8 * 60, until: 22 * 60 }]
}

fn store(zone: Zone) -> Store {
    Store {
        id: STORE,
        name: Name::new("玉门里发型", "Jade Lane Hair"),
        address: "上海市玉门里 8 号".into(),
        phone: "021 5555 0100".into(),
        legal_entity: LegalEntityId(Uuid::from_u128(0x41)),
        currency: Currency::CNY,
        zone,
        hours: core::array::from_fn(|_| spans()),
        special_days: std::collections::BTreeMap::new(),
        staff_order: StaffOrder::default(),
        rules: Rules { lead_minutes: 0, late_tolerance_minutes: 5, ..Rules::default() },
        written: None,
        rules_written: None,
    }
}

fn service(id: ServiceId, name: Name, category: Name, price: i64, parts: Vec<Part>, terms: Vec<PriceOverride>) -> Service {
    Service {
        id,
        code: String::new(),
        name,
        category,
        parts,
        needs: Vec::new(),
        price: Some(Money(price)),
        terms,
        online: true,
        active: true,
        lead_minutes: None,
        cutoff_minutes: None,
        written: None,
    }
}

fn cut() -> Service {
    let director = PriceOverride { whom: Whom::Level(3), store: None, price: Some(Some(Money(26_800))), minutes: None };
    let parts = vec![Part { kind: PartKind::Active, minutes: 60 }];
    service(CUT, Name::new("精剪", "Haircut"), Name::new("剪发", "Cut"), 16_800, parts, vec![director])
}

fn colour() -> Service {
    let part = |kind, minutes| Part { kind, minutes };
    let parts = vec![part(PartKind::Active, 60), part(PartKind::Processing, 40), part(PartKind::Active, 20)];
    service(COLOUR, Name::new("染发", "Colour"), Name::new("染烫", "Colour and perm"), 68_800, parts, Vec::new())
}

fn person(id: StaffId, name: Name, level: u8) -> Staff {
    Staff {
        id,
        name,
        level,
        title: Name::new(if level == 3 { "总监" } else { "资深" }, if level == 3 { "Director" } else { "Senior" }),
        gender: Some(if level == 3 { Gender::Male } else { Gender::Female }),
        stores: vec![STORE],
        skills: vec![CUT, COLOUR],
        online: true,
        active: true,
        written: None,
    }
}

fn shift(staff: StaffId, weekday: u8) -> Shift {
    let id = ShiftId(Uuid::from_u128(staff.0.as_u128() * 0x100 + u128::from(weekday)));
    Shift { id, store: STORE, staff, day: ShiftDay::Weekly(weekday), spans: spans(), written: None }
}
