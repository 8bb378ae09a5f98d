//! The demo's stores, services, staff and roster.

use shared::command::{Command, PutService, PutShift, PutStaff, PutStore};
use shared::id::{ServiceId, StaffId, StoreId};
use shared::money::{Currency, Money, Price};
use shared::name::Name;
use shared::part::{Part, PartKind};
use shared::roster::{Shift, ShiftDay};
use shared::service::{PriceOverride, Service, Whom};
use shared::staff::{Gender, Staff};
use shared::store::{Confirmation, Rules, StaffOrder, Store};
use shared::time::LocalSpan;

use super::resources::{self, needs_of};
use crate::demo::ids::id;
use crate::demo::now::Now;
use crate::demo::step::Step;

/// Key, 中文, English, category, parts, price at level 1 in yuan (0: on consultation), offered online.
type ServiceRow = (&'static str, &'static str, &'static str, Category, &'static [(PartKind, u16)], i64);

#[derive(Clone, Copy)]
enum Category {
    Cut,
    Colour,
    Care,
    Style,
}

use crate::demo::ids::{JADE, WUTONG};
use crate::demo::now::HOURS;
use PartKind::{Active, After, Processing};

const SERVICES: [ServiceRow; 12] = [
    ("women", "女士剪发", "Women's cut", Category::Cut, &[(Active, 60)], 168),
    ("men", "男士剪发", "Men's cut", Category::Cut, &[(Active, 45)], 98),
    ("child", "儿童剪发", "Children's cut", Category::Cut, &[(Active, 30)], 68),
    ("fringe", "刘海修剪", "Fringe trim", Category::Cut, &[(Active, 15)], 30),
    ("colour", "全头染发", "Full colour", Category::Colour, &[(Active, 45), (Processing, 35), (Active, 30), (After, 5)], 480),
    ("roots", "补染发根", "Root touch-up", Category::Colour, &[(Active, 30), (Processing, 35), (Active, 20), (After, 5)], 320),
    ("highlights", "挑染", "Highlights", Category::Colour, &[(Active, 60), (Processing, 40), (Active, 40), (After, 10)], 680),
    ("perm", "烫发", "Perm", Category::Colour, &[(Active, 60), (Processing, 45), (Active, 45), (After, 5)], 580),
    ("treatment", "深层护理", "Deep treatment", Category::Care, &[(Active, 15), (Processing, 20), (Active, 15)], 198),
    ("scalp", "头皮护理", "Scalp care", Category::Care, &[(Active, 45)], 228),
    ("blowdry", "吹风造型", "Blow-dry", Category::Style, &[(Active, 40)], 68),
    ("bridal", "新娘造型", "Bridal styling", Category::Style, &[(Active, 120), (After, 15)], 0),
];

/// Key, 中文, English, level, gender, store, skills.
type StaffRow = (&'static str, &'static str, &'static str, u8, Gender, &'static str, &'static [&'static str]);

pub(super) const STAFF: [StaffRow; 6] = [
    ("jj", "阿杰", "JJ", 3, Gender::Male, JADE, &["women", "men", "child", "fringe", "perm", "highlights", "blowdry", "bridal"]),
    (
        "kelly",
        "凯莉",
        "Kelly",
        2,
        Gender::Female,
        JADE,
        &["women", "men", "child", "fringe", "perm", "treatment", "scalp", "blowdry", "bridal"],
    ),
    ("becky", "小贝", "Becky", 1, Gender::Female, JADE, &["women", "men", "child", "fringe", "treatment", "scalp", "blowdry"]),
    ("joanne", "乔安", "Joanne", 2, Gender::Female, JADE, &["colour", "roots", "highlights", "treatment", "blowdry"]),
    ("leo", "小陆", "Leo", 2, Gender::Male, WUTONG, &["women", "men", "child", "fringe", "perm", "colour", "roots", "blowdry"]),
    ("cici", "思思", "Cici", 1, Gender::Female, WUTONG, &["women", "child", "fringe", "treatment", "scalp", "blowdry", "roots"]),
];

pub(super) fn commands(now: &Now) -> Vec<Step> {
    let mut steps = vec![step(now, JADE, put_store(jade(now))), step(now, WUTONG, put_store(wutong(now)))];
    steps.extend(resources::commands(now));
    steps.extend(SERVICES.iter().map(|row| step(now, &format!("service/{}", row.0), put_service(row))));
    steps.extend(STAFF.iter().map(|row| step(now, &format!("staff/{}", row.0), put_staff(row))));
    steps.extend(roster(now));
    steps
}

fn step(now: &Now, name: &str, command: Command) -> Step {
    Step::new(name, now.at, command)
}

fn put_store(store: Store) -> Command {
    Command::PutStore(PutStore::of(store, 0))
}

fn jade(now: &Now) -> Store {
    let rules = Rules {
        remedy: Name::new("本次护理免费", "The treatment is on us"),
        booking_note: Name::new("请提前 5 分钟到店", "Please come five minutes early"),
        ..Rules::default()
    };
    store(now, JADE, Name::new("玉门里发型", "Jade Lane Hair"), "上海市静安区玉门路 18 号 1 楼", "021 6255 0018", rules)
}

fn wutong(now: &Now) -> Store {
    let rules = Rules { confirmation: Confirmation::ByDesk, horizon_days: 14, ..Rules::default() };
    store(now, WUTONG, Name::new("梧桐路店", "Wutong Road"), "上海市徐汇区梧桐路 66 号", "021 5465 0066", rules)
}

fn store(now: &Now, key: &str, name: Name, address: &str, phone: &str, rules: Rules) -> Store {
    let usual = LocalSpan { from: HOURS.0, until: HOURS.1 };
    let today = now.hours_today();
    let special_days = if today == HOURS { vec![] } else { vec![(now.today, vec![LocalSpan { from: today.0, until: today.1 }])] };
    Store {
        id: id(key),
        name,
        address: address.to_owned(),
        phone: phone.to_owned(),
        legal_entity: id("legal/jade"),
        currency: Currency::CNY,
        zone: now.zone.clone(),
        hours: std::array::from_fn(|_| vec![usual]),
        special_days: special_days.into_iter().collect(),
        staff_order: StaffOrder::default(),
        rules,
        written: None,
        rules_written: None,
    }
}

fn put_service((key, zh, en, category, parts, yuan): &ServiceRow) -> Command {
    let category = match category {
        Category::Cut => Name::new("剪发", "Cut"),
        Category::Colour => Name::new("染烫", "Colour and perm"),
        Category::Care => Name::new("护理", "Care"),
        Category::Style => Name::new("造型", "Styling"),
    };
    let service = Service {
        id: service(key),
        code: String::new(),
        name: Name::new(zh, en),
        category,
        parts: parts.iter().map(|(kind, minutes)| Part { kind: *kind, minutes: *minutes }).collect(),
        needs: needs_of(key),
        price: price(*yuan),
        terms: terms(key, *yuan),
        // What has no price is talked about first.
        online: *yuan > 0,
        active: true,
        lead_minutes: None,
        cutoff_minutes: None,
        written: None,
    };
    Command::PutService(PutService::of(service, 0))
}

/// A third more at level 2, twice as much at level 3, rounded to what stands on a price list.
fn terms(key: &str, yuan: i64) -> Vec<PriceOverride> {
    let level = |level, yuan: i64| PriceOverride { whom: Whom::Level(level), store: None, price: Some(price(yuan)), minutes: None };
    let mut terms = if yuan > 0 { vec![level(2, (yuan * 4 / 3) / 10 * 10 + 8), level(3, (yuan * 2) / 10 * 10 - 8)] } else { vec![] };
    if key == "men" {
        // His own speed.
        terms.push(PriceOverride { whom: Whom::Staff(staff("jj")), store: None, price: None, minutes: Some(vec![30]) });
    }
    terms
}

fn price(yuan: i64) -> Price {
    (yuan > 0).then_some(Money(yuan * 100))
}

fn put_staff((key, zh, en, level, gender, store, skills): &StaffRow) -> Command {
    let title = match level {
        3 => Name::new("总监", "Director"),
        2 => Name::new("资深发型师", "Senior stylist"),
        _ => Name::new("发型师", "Stylist"),
    };
    let title = if *key == "joanne" { Name::new("染发师", "Colourist") } else { title };
    let staff = Staff {
        id: staff(key),
        name: Name::new(zh, en),
        level: *level,
        title,
        gender: Some(*gender),
        stores: vec![id(store)],
        skills: skills.iter().map(|key| service(key)).collect(),
        online: true,
        active: true,
        written: None,
    };
    Command::PutStaff(PutStaff::of(staff, 0))
}

/// Everybody has one day off a week, and nobody today.
fn roster(now: &Now) -> Vec<Step> {
    let today = now.hours_today();
    let mut steps = Vec::new();
    for (index, (key, .., store, _)) in (0u8..).zip(&STAFF) {
        let off = (now.today.weekday() + 2 + index % 5) % 7;
        for weekday in 0..7 {
            let late = (index + weekday) % 2 == 1;
            let span = if late { LocalSpan { from: 720, until: HOURS.1 } } else { LocalSpan { from: HOURS.0, until: 1200 } };
            let spans = if weekday == off { vec![] } else { vec![span] };
            steps.push(shift(now, key, store, ShiftDay::Weekly(weekday), spans));
        }
        let whole = vec![LocalSpan { from: today.0, until: today.1 }];
        steps.push(shift(now, key, store, ShiftDay::Date(now.today), whole));
    }
    steps
}

fn shift(now: &Now, key: &str, store: &str, day: ShiftDay, spans: Vec<LocalSpan>) -> Step {
    let name = format!("shift/{key}/{day:?}");
    let shift = Shift { id: id(&name), store: id(store), staff: staff(key), day, spans, written: None };
    Step::new(name, now.at, Command::PutShift(PutShift::of(shift, 0)))
}

pub(super) fn service(key: &str) -> ServiceId {
    id(&format!("service/{key}"))
}

pub(super) fn staff(key: &str) -> StaffId {
    id(&format!("staff/{key}"))
}

pub(super) fn store_id(key: &str) -> StoreId {
    id(key)
}
