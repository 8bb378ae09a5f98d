//! The demo's bookings: a day around now in all states, and the week to come.

use shared::block::BlockKind;
use shared::booking::{CancelledBy, Subject};
use shared::command::{BlockTime, Book, Cancel, CheckIn, Command, Finish, NoShow, SeatWalkIn, Squeeze, Start};
use shared::envelope::Envelope;
use shared::id::{AccountId, BookingId, CommandId};
use shared::role::{Actor, Channel};
use shared::staff_preference::StaffPreference;
use shared::stamp::Stamp;
use shared::sync::Outcome;
use shared::time::{TimeRange, Timestamp};
use shared::visit_request::RequestedLine;

use super::catalogue::{service, staff, store_id};
use super::people::{Accounts, member};
use crate::apply;
use crate::demo::ids::{JADE, WUTONG, id};
use crate::demo::now::Now;
use crate::demo::step::Step;
use crate::error::{Error, Result};
use crate::identity::{App, Identity};
use crate::state::AppState;

/// What becomes of a booking until now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Confirmed,
    Arrived,
    InService,
    Done,
    NoShow,
    Cancelled,
}

use Fate::{Arrived, Cancelled, Confirmed, Done, InService, NoShow as Missed};

/// Start in minutes from the last quarter of an hour, staff, service, guest (a member's key begins with `@`), fate.
type Row = (i64, &'static str, &'static str, &'static str, Fate);

const TODAY: [Row; 16] = [
    (-165, "jj", "women", "张女士", Done),
    (-90, "jj", "men", "老周", Done),
    (-30, "jj", "women", "许小姐", InService),
    (45, "jj", "women", "@lin", Confirmed),
    (180, "jj", "women", "Emma", Confirmed),
    (-180, "kelly", "perm", "何姐", Done),
    (15, "kelly", "women", "@wang", Arrived),
    (90, "kelly", "scalp", "小雅", Confirmed),
    (150, "kelly", "women", "周小姐", Cancelled),
    (-150, "becky", "blowdry", "Sophie", Done),
    (-75, "becky", "women", "刘小姐", Missed),
    (75, "becky", "child", "豆豆", Confirmed),
    (135, "becky", "treatment", "黄女士", Confirmed),
    (-45, "joanne", "roots", "谢女士", InService),
    (75, "joanne", "blowdry", "程程", Confirmed),
    (150, "joanne", "colour", "@chen", Confirmed),
];

/// Days from today, minute of the day, staff, service, guest.
const WEEK: [(i32, u16, &str, &str, &str); 12] = [
    (1, 780, "jj", "women", "许太太"),
    (1, 840, "kelly", "women", "@lin"),
    (1, 900, "joanne", "highlights", "Anna"),
    (2, 750, "becky", "men", "小胡"),
    (2, 870, "jj", "perm", "陆女士"),
    (3, 780, "kelly", "scalp", "@wang"),
    (3, 960, "joanne", "roots", "沈小姐"),
    (4, 840, "jj", "men", "@chen"),
    (4, 900, "becky", "women", "吴小姐"),
    (5, 780, "joanne", "colour", "丁女士"),
    (5, 840, "kelly", "women", "Grace"),
    (6, 900, "jj", "women", "罗小姐"),
];

/// All bookings of Jade Lane, by the channel they came through.
pub(super) fn plan(now: &Now, accounts: &Accounts) -> Vec<(Channel, Vec<Step>)> {
    let mut steps = Vec::new();
    for row in &TODAY {
        visit(now, accounts, row, &mut steps);
    }
    for (days, minute, person, what, guest) in &WEEK {
        // Whoever has the day off is not booked; the roster decides.
        let date = now.today.plus_days(*days);
        let (start, name) = (now.zone.instant(date, *minute), format!("booking/{days}/{minute}/{person}"));
        if works(now, person, *days) {
            steps.push(book(now, accounts, &name, person, what, guest, start));
        }
    }
    steps.push(walk_in(now));
    steps.push(squeeze(now));
    steps.push(emergency(now));
    vec![(Channel::Desk, steps)]
}

fn works(now: &Now, person: &str, days: i32) -> bool {
    let index = super::catalogue::STAFF.iter().position(|(key, ..)| *key == person).unwrap_or(0);
    let off = (usize::from(now.today.weekday()) + 2 + index % 5) % 7;
    usize::from(now.today.plus_days(days).weekday()) != off
}

fn visit(now: &Now, accounts: &Accounts, (offset, person, what, guest, fate): &Row, steps: &mut Vec<Step>) {
    let start = now.quarter().plus_minutes(*offset);
    let name = format!("booking/today/{person}/{offset}");
    let (store, booking) = (store_id(JADE), id::<BookingId>(&name));
    steps.push(book(now, accounts, &name, person, what, guest, start));
    let mut then = |what: &str, at: Timestamp, command: Command| steps.push(Step::new(format!("{name}/{what}"), at.min(now.at), command));
    if matches!(fate, Arrived | InService | Done) {
        then("arrive", start.plus_minutes(-6), Command::CheckIn(CheckIn { store, booking, override_reason: None }));
    }
    if matches!(fate, InService | Done) {
        then("start", start, Command::Start(Start { store, booking, staff: None, override_reason: None }));
    }
    match fate {
        Done => then("finish", start.plus_minutes(length(what) - 5), Command::Finish(Finish { store, booking })),
        Missed => then("missed", start.plus_minutes(20), Command::NoShow(NoShow { store, booking })),
        Cancelled => {
            let command = Cancel { store, booking, by: CancelledBy::Member, reason: "临时有事".into() };
            then("cancel", now.at.plus_minutes(-50), Command::Cancel(command));
        }
        Confirmed | Arrived | InService => {}
    }
}

/// Minutes a finished visit took.
fn length(what: &str) -> i64 {
    match what {
        "men" => 30,
        "perm" => 150,
        "blowdry" => 40,
        _ => 60,
    }
}

fn book(now: &Now, accounts: &Accounts, name: &str, person: &str, what: &str, guest: &str, start: Timestamp) -> Step {
    let (subject, account) = subject(accounts, guest);
    let made = now.at.plus_minutes(-2 * 1440).min(start.plus_minutes(-1440));
    let command = Book {
        store: store_id(JADE),
        booking: id(name),
        account,
        lines: vec![line(what, subject, StaffPreference::Requested(staff(person)), start)],
        note: "".into(),
        terms_version: 1,
        by_phone: guest == "@wang",
        // Just after midnight the visits of the day lie before the hours of today.
        override_reason: (now.zone.local(start).0 < now.today).then(|| "演示".into()),
    };
    Step::new(name, made, Command::Book(command))
}

fn subject(accounts: &Accounts, guest: &str) -> (Subject, Option<AccountId>) {
    match guest.strip_prefix('@') {
        Some("lin") => (Subject::Member(member("lin")), Some(accounts.lin)),
        Some("chen") => (Subject::Member(member("chen")), Some(accounts.chen)),
        Some(key) => (Subject::Member(member(key)), None),
        None => (Subject::Guest { name: guest.to_owned().into() }, None),
    }
}

fn line(what: &str, subject: Subject, staff_preference: StaffPreference, starts_at: Timestamp) -> RequestedLine {
    RequestedLine { service: service(what), subject, payer: None, staff_preference, starts_at, seen_price: None }
}

/// Somebody sits by the door and waits for whoever is free.
fn walk_in(now: &Now) -> Step {
    let guest = Subject::Guest { name: "".into() };
    let lines = vec![line("blowdry", guest, StaffPreference::Any, now.quarter().plus_minutes(15))];
    let command = SeatWalkIn { store: store_id(JADE), booking: id("booking/walk-in"), lines, note: "".into() };
    Step::new("booking/walk-in", now.at.plus_minutes(-4), Command::SeatWalkIn(command))
}

/// 加塞: beside another visit, with a reason.
fn squeeze(now: &Now) -> Step {
    let guest = Subject::Guest { name: "方先生".into() };
    let lines = vec![line("fringe", guest, StaffPreference::Requested(staff("jj")), now.quarter().plus_minutes(60))];
    let command = Squeeze {
        store: store_id(JADE),
        booking: id("booking/squeeze"),
        account: None,
        lines,
        note: "".into(),
        reason: "老客人，赶飞机".into(),
    };
    Step::new("booking/squeeze", now.at.plus_minutes(-20), Command::Squeeze(command))
}

/// The colourist has to leave: one promise must give way and waits for an answer.
fn emergency(now: &Now) -> Step {
    let start = now.quarter().plus_minutes(135);
    let reason = "孩子发烧，需要提前离开".to_owned();
    let command = BlockTime {
        store: store_id(JADE),
        block: id("block/joanne"),
        resource: staff("joanne").into(),
        range: TimeRange::starting(start, 240),
        kind: BlockKind::Emergency,
        override_reason: Some(reason.clone().into()),
        reason: reason.into(),
    };
    Step::new("block/joanne", now.at.plus_minutes(-2), Command::Block(command))
}

/// Two requests of members that wait for the desk of Wutong Road, which confirms by hand.
pub(super) async fn requests(state: &AppState, accounts: &Accounts, now: &Now) -> Result<()> {
    let requests = [("lin", accounts.lin, "leo", "women", 1, 840), ("chen", accounts.chen, "leo", "men", 1, 960)];
    for (key, account, person, what, days, minute) in requests {
        let mut days = days;
        if !works(now, person, days) {
            days += 1;
        }
        let start = now.zone.instant(now.today.plus_days(days), minute);
        let price = price_of(state, what, person).await?;
        let name = format!("booking/request/{key}");
        let line = RequestedLine {
            seen_price: price,
            ..line(what, Subject::Member(member(key)), StaffPreference::Requested(staff(person)), start)
        };
        let command = Command::Book(Book {
            store: store_id(WUTONG),
            booking: id(&name),
            account: Some(account),
            lines: vec![line],
            note: "".into(),
            terms_version: 1,
            by_phone: false,
            override_reason: None,
        });
        let uuid: CommandId = id(&format!("command/{name}"));
        let envelope = Envelope::pack(&command, 0, uuid, None, Stamp { at: now.at, counter: 0 }, 0);
        let identity = Identity { actor: Actor::account(account), ..Identity::anonymous(App::Member) };
        let outcome = apply::direct(state, &identity, None, &envelope).await?;
        if outcome != Outcome::Applied {
            return Err(Error::Fault(format!("the demo's {name} was not accepted: {outcome:?}")));
        }
    }
    Ok(())
}

async fn price_of(state: &AppState, what: &str, person: &str) -> Result<shared::money::Price> {
    let catalogue = state.catalogue().await?;
    let found = catalogue.services.get(&service(what)).zip(catalogue.staff.get(&staff(person)));
    Ok(found.and_then(|(service, staff)| service.price_with(staff, store_id(WUTONG))))
}
