//! The board on a slow tablet: thirty people, fourteen hours, everybody booked. How long frames take while it is scrolled from end to end,
//! and how long until another day stands there.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use shared::booking::Subject;
use shared::command::{Book, Command, PutShift, PutStaff};
use shared::id::{BookingId, ShiftId, StaffId};
use shared::money::Money;
use shared::name::Name;
use shared::roster::{Shift, ShiftDay};
use shared::staff::Staff;
use shared::staff_preference::StaffPreference;
use shared::sync::Outcome;
use shared::time::LocalSpan;
use shared::visit_request::RequestedLine;
use tests::salon::{COLOUR, CUT, STORE, noon_zone};
use tests::{Actor, World};
use uuid::Uuid;

/// Columns of the board, the three of the salon among them.
const PEOPLE: u128 = 30;

/// Full hours at which everybody has a guest.
const HOURS: [u16; 9] = [8, 9, 11, 12, 14, 15, 17, 18, 20];

/// The processor does so many times less than it could.
const SLOWER: u32 = 4;

/// From end to end and back, and answers how long each frame took.
const SCROLL: &str = r"
const [selector, done] = arguments;
const board = document.querySelector(selector);
const ways = [[48, 0], [0, 48], [-48, 0], [0, -48]];
const frames = [];
let way = 0, before = null;
board.scrollTo(0, 0);
const frame = at => {
    if (before !== null) frames.push(at - before);
    before = at;
    const [left, top] = [board.scrollLeft, board.scrollTop];
    board.scrollBy(...ways[way]);
    if (board.scrollLeft === left && board.scrollTop === top) way += 1;
    if (way < ways.length) requestAnimationFrame(frame); else done(frames);
};
requestAnimationFrame(frame);";

/// Taps the arrow to the day before (0) or after (1), and answers after how long that day stands on the screen.
const ANOTHER_DAY: &str = r"
const [arrow, done] = arguments;
const said = () => { const board = document.querySelector('.board'); return board && board.getAttribute('aria-label'); };
const [before, begun] = [said(), performance.now()];
document.querySelectorAll('.top-bar__date > .button--icon')[arrow].click();
const painted = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
const frame = () => {
    const is_there = said() && said() !== before && document.querySelectorAll('.board .visit').length > 200;
    if (is_there) painted(); else requestAnimationFrame(frame);
};
requestAnimationFrame(frame);";

/// The baseline: a page of as many boxes in as many columns, without anything else. Answers after how long it stands on the screen.
const PLAIN: &str = r"
const [columns, rows, done] = arguments;
const begun = performance.now();
const board = document.createElement('div');
board.id = 'plain';
Object.assign(board.style, { position: 'fixed', inset: '0', overflow: 'auto', contain: 'strict', zIndex: '9999', background: 'white' });
const box = (column, row) => {
    const made = document.createElement('div');
    const place = { left: column * 140 + 'px', top: row * 140 + 'px', width: '132px', height: '120px' };
    Object.assign(made.style, { position: 'absolute', background: '#dde', borderRadius: '8px', ...place });
    made.textContent = `客人 ${row} 精剪 ${column}`;
    board.append(made);
};
for (let column = 0; column < columns; column++) for (let row = 0; row < rows; row++) box(column, row);
document.body.replaceChildren(board);
requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));";

/// What was measured, in milliseconds.
pub struct Measured {
    /// Frames of the first time that the board is scrolled through.
    pub first: Vec<f64>,
    /// Frames of the times after.
    pub later: Vec<f64>,
    /// Changes of the day.
    pub days: Vec<f64>,
    /// Frames of the plain page, and how long it took to be there.
    pub plain: Vec<f64>,
    pub plain_day: f64,
}

/// Opens the board and drives it.
pub async fn measure() -> Result<Measured> {
    let world = World::salon().await?;
    fill(&world).await?;
    let desk = world.desk().await?;
    desk.browser.cdp().send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await?;
    // Today is half over; the days that follow are full.
    another_day(&desk, 1).await?;
    let first = scroll(&desk, ".board").await?;
    let mut later = scroll(&desk, ".board").await?;
    let mut days = Vec::new();
    for _ in 0..5 {
        days.push(another_day(&desk, 1).await?);
        days.push(another_day(&desk, 0).await?);
    }
    later.extend(scroll(&desk, ".board").await?);
    let plain_day = desk.browser.execute_async(PLAIN, vec![json!(PEOPLE), json!(HOURS.len())]).await?;
    let plain_day = plain_day.json().as_f64().context("milliseconds")?;
    scroll(&desk, "#plain").await?;
    let plain = scroll(&desk, "#plain").await?;
    world.ends(vec![desk]).await?;
    Ok(Measured { first, later, days, plain, plain_day })
}

async fn scroll(desk: &Actor, what: &str) -> Result<Vec<f64>> {
    let frames = desk.browser.execute_async(SCROLL, vec![json!(what)]).await?;
    let frames: Vec<f64> = serde_json::from_value(frames.json().clone())?;
    ensure!(frames.len() > 60, "{what} was scrolled by {} frames only", frames.len());
    Ok(frames)
}

async fn another_day(desk: &Actor, arrow: u8) -> Result<f64> {
    desk.browser.execute_async(ANOTHER_DAY, vec![json!(arrow)]).await?.json().as_f64().context("milliseconds")
}

/// Everybody works all day, and has nine guests on each of the next two days.
async fn fill(world: &World) -> Result<()> {
    let mut commands = Vec::new();
    let everybody: Vec<StaffId> = (0..PEOPLE).map(|number| StaffId(Uuid::from_u128(0x61 + number))).collect();
    for (number, id) in (1..).zip(&everybody).skip(3) {
        commands.push(Command::PutStaff(PutStaff::of(somebody(*id, number), 0)));
        commands.extend((0..7).map(|weekday| Command::PutShift(PutShift::of(shift(*id, weekday), 0))));
    }
    let zone = noon_zone()?;
    let today = world.today()?;
    for (day, staff, hour) in (1..3).flat_map(|day| everybody.iter().flat_map(move |staff| HOURS.map(|hour| (day, *staff, hour)))) {
        commands.push(visit(staff, zone.instant(today.plus_days(day), hour * 60)));
    }
    for outbox in commands.chunks(100) {
        let outcomes = world.owner.sends_all(outbox).await?;
        let refused = outcomes.iter().find(|outcome| **outcome != Outcome::Applied);
        ensure!(outcomes.len() == outbox.len() && refused.is_none(), "{refused:?}");
    }
    Ok(())
}

fn somebody(id: StaffId, number: u32) -> Staff {
    Staff {
        id,
        name: Name::new(&format!("技师 {number}"), &format!("Stylist {number}")),
        level: 2,
        title: Name::new("资深", "Senior"),
        gender: None,
        stores: vec![STORE],
        skills: vec![CUT, COLOUR],
        online: true,
        active: true,
        written: None,
    }
}

fn shift(staff: StaffId, weekday: u8) -> Shift {
    let id = ShiftId(Uuid::from_u128(0xf000_0000 + staff.0.as_u128() * 0x100 + u128::from(weekday)));
    Shift {
        id,
        store: STORE,
        staff,
        day: ShiftDay::Weekly(weekday),
        spans: vec![LocalSpan { from: 8 * 60, until: 22 * 60 }],
        written: None,
    }
}

fn visit(staff: StaffId, starts_at: shared::time::Timestamp) -> Command {
    let seen_price = Some(Money(if staff == tests::salon::JJ { 26_800 } else { 16_800 }));
    let (subject, staff_preference) = (Subject::Guest { name: "王阿姨".into() }, StaffPreference::Requested(staff));
    Command::Book(Book {
        store: STORE,
        booking: BookingId(Uuid::new_v4()),
        account: None,
        lines: vec![RequestedLine { service: CUT, subject, payer: None, staff_preference, starts_at, seen_price }],
        note: "".into(),
        terms_version: 1,
        by_phone: true,
        override_reason: None,
    })
}
