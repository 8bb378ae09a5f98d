//! What the desk says is what is so: saved, confirmed and refused; the price and the person of the chosen time; forms that wait for their
//! record.

use anyhow::{Result, ensure};
use shared::money::Money;
use shared::record::Record;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use tests::salon::{BECKY, CUT, KELLY, STORE};
use tests::{Actor, Device, World};

use super::steps::{signs_in_as_owner, the_owner};

/// The form of a new booking, with a haircut and a guest.
async fn begins_a_booking(desk: &Actor, guest: &str) -> Result<()> {
    desk.taps("新预约").await?;
    desk.types("搜索会员", guest).await?;
    desk.taps("精剪").await
}

/// Chooses among the openings of the form.
async fn chooses_a_time(desk: &Actor, time: &str) -> Result<()> {
    let script = "const chips = [...document.querySelectorAll('#booking-form .opening')]; \
                  const chip = chips.find(chip => chip.innerText.includes(arguments[0])); \
                  if (chip) { chip.scrollIntoView({ block: 'center' }); chip.click(); } return !!chip";
    let choose = || async {
        let found = desk.browser.execute(script, vec![serde_json::json!(time)]).await?;
        Ok(found.json().as_bool().unwrap_or(false).then_some(()))
    };
    desk.until(&format!("chooses {time}"), choose).await
}

/// Whether an opening is offered.
async fn is_offered(desk: &Actor, time: &str) -> Result<bool> {
    let script = "return [...document.querySelectorAll('#booking-form .opening .time')].some(chip => chip.innerText === arguments[0])";
    Ok(desk.browser.execute(script, vec![serde_json::json!(time)]).await?.json().as_bool().unwrap_or(false))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_saved_offline_is_not_called_booked_and_its_refusal_is_told_with_times_to_take() -> Result<()> {
    let world = World::salon().await?;
    let (first, second) = (world.desk().await?, world.desk().await?);
    second.is_installed().await?;
    second.wire.cut();
    begins_a_booking(&first, "王阿姨").await?;
    first.taps("阿杰").await?;
    chooses_a_time(&first, "14:00").await?;
    first.taps("约好").await?;
    first.sees("约好了 · 王阿姨 · 今天 14:00 · 阿杰").await?;
    second.sees("离线").await?;
    begins_a_booking(&second, "李叔").await?;
    second.taps("阿杰").await?;
    chooses_a_time(&second, "14:00").await?;
    second.taps("约好").await?;
    second.sees("记下了 · 还没约上 · 李叔 · 今天 14:00 · 阿杰").await?;
    ensure!(!second.text().await?.contains("约好了"), "nothing is called booked before the server has said so");
    second.wire.mend();
    // Corrected where it was said, above the board, and where it would have been.
    second.sees("没有成功").await?;
    second.sees("这个时间刚被约走了").await?;
    second.has(".visit[data-status=refused]").await?;
    let offered = second.count(".notice--decide .button--small").await?;
    ensure!(offered >= 3, "three times are offered, and the ways out: {offered}");
    second.taps_on(".notice--decide .button--small").await?;
    second.sees("已重新提交 · 李叔").await?;
    second.no_longer_sees("这个时间刚被约走了").await?;
    first.sees("李叔").await?;
    world.ends(vec![first, second]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_who_takes_anybody_is_booked_at_the_price_and_with_the_person_on_the_screen() -> Result<()> {
    let world = World::salon().await?;
    world.desk_books("别人", KELLY, 14).await?;
    world.desk_books("别人", BECKY, 14).await?;
    let desk = world.desk().await?;
    desk.sees("别人").await?;
    begins_a_booking(&desk, "王阿姨").await?;
    chooses_a_time(&desk, "15:00").await?;
    desk.sees("¥168").await?;
    ensure!(!is_offered(&desk, "14:00").await?, "only the dearer person has that time");
    desk.taps("价位更高的也可以（最高 ¥268）").await?;
    chooses_a_time(&desk, "14:00").await?;
    desk.sees("14:00 今天 · 阿杰").await?;
    desk.sees("¥268").await?;
    desk.taps("约好").await?;
    desk.sees("约好了 · 王阿姨 · 今天 14:00 · 阿杰").await?;
    let booked = world.owner.reads(Scope::Desk(STORE)).await?.into_iter().find_map(|record| match record {
        Record::Booking(booking) if booking.lines[0].staff_preference == StaffPreference::Any => {
            booking.lines.first().and_then(|line| line.price)
        }
        _ => None,
    });
    ensure!(booked == Some(Money(26_800)), "the price that was shown: {booked:?}");
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_tail_that_nobody_picked_books_no_guest_of_that_name() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    begins_a_booking(&desk, "8000").await?;
    chooses_a_time(&desk, "14:00").await?;
    desk.sees("像是号码").await?;
    desk.has("button[form=booking-form][disabled]").await?;
    desk.taps("就叫“8000”").await?;
    desk.taps("约好").await?;
    desk.sees("约好了 · 8000").await?;
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tap_on_free_time_books_the_time_that_is_marked() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    for time in ["14:15", "14:30", "14:45"] {
        desk.taps(&format!("{time} 新预约")).await?;
        desk.has(".panel__when").await?;
        desk.taps("精剪").await?;
        desk.sees(&format!("{time} 今天")).await?;
        desk.taps("关闭").await?;
    }
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_came_first_is_named_before_a_guest_is_seated_ahead_of_them() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    desk.taps("散客").await?;
    desk.taps("精剪").await?;
    desk.taps("阿杰").await?;
    desk.types("称呼", "王阿姨").await?;
    desk.taps("先等位").await?;
    desk.sees("已登记等候 · 王阿姨").await?;
    desk.taps("散客").await?;
    desk.taps("精剪").await?;
    desk.taps("阿杰").await?;
    desk.types("称呼", "李叔").await?;
    desk.taps("马上入座").await?;
    desk.sees("王阿姨 已经等了").await?;
    desk.taps("先等位").await?;
    desk.sees("已登记等候 · 李叔").await?;
    world.ends(vec![desk]).await
}

/// The value of a field, once it is there.
async fn value_of(desk: &Actor, field: &str) -> Result<String> {
    let script = "const field = document.querySelector(arguments[0]); return field ? field.value : null";
    let read = || async {
        let value = desk.browser.execute(script, vec![serde_json::json!(field)]).await?;
        Ok(value.json().as_str().map(str::to_owned))
    };
    desk.until(&format!("finds {field}"), read).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_who_reloads_a_page_of_set_up_finds_the_record_and_makes_no_second_one() -> Result<()> {
    let world = World::salon().await?;
    let owner = the_owner(&world).await?;
    // Opened afresh, as a reload does.
    owner.open("/desk/set-up/store").await?;
    ensure!(value_of(&owner, "#store-name").await? == "玉门里发型", "the form waits for the store");
    owner.taps("保存").await?;
    owner.sees("已保存").await?;
    let stores = world.owner.reads(Scope::BrandPublic).await?.into_iter().filter(|record| matches!(record, Record::Store(_))).count();
    ensure!(stores == 1, "one store, not {stores}");
    owner.open(&format!("/desk/set-up/services/{CUT}")).await?;
    ensure!(value_of(&owner, "#service-name").await? == "精剪", "the form waits for the service");
    owner.open(&format!("/desk/set-up/staff/{KELLY}")).await?;
    ensure!(value_of(&owner, "#staff-zh").await? == "凯莉", "the form waits for the person");
    owner.open("/desk/set-up/rules").await?;
    owner.sees("保存").await?;
    owner.open("/desk/enrol").await?;
    owner.sees("阿杰").await?;
    world.ends(vec![owner]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_declares_an_emergency_reads_whom_it_hits_before_it_is_given() -> Result<()> {
    let world = World::salon().await?;
    world.desk_books("张敏", KELLY, 16).await?;
    let desk = world.desk().await?;
    desk.sees("张敏").await?;
    desk.taps("凯莉").await?;
    desk.types("从", "15:30").await?;
    desk.types("到", "16:30").await?;
    ensure!(!desk.text().await?.contains("会影响这些客人"), "a break gives way to promises");
    desk.taps("紧急").await?;
    desk.sees("会影响这些客人").await?;
    ensure!(desk.text_of("#block-form [role=status]").await?.contains("张敏"), "{}", desk.text_of("#block-form").await?);
    desk.settles().await?;
    desk.shot("emergency-desk").await?;
    desk.types("原因", "手受伤了").await?;
    desk.taps("占住这段时间").await?;
    desk.sees("需改约").await?;
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_no_part_of_the_booking_form_lies_over_another() -> Result<()> {
    let world = World::salon().await?;
    let owner = world.person("老板", Device::Phone, "zh-CN").await?;
    owner.open("/desk/").await?;
    signs_in_as_owner(&world, &owner).await?;
    owner.taps("新预约").await?;
    owner.taps_on("#booking-form .choices .choice").await?;
    owner.taps_on("#booking-form [aria-label=后一天]").await?;
    owner.taps_on("#booking-form .opening").await?;
    let script = "const box = (part) => part.getBoundingClientRect();
        const parts = [...document.querySelector('#booking-form').children];
        const follow = parts.every((part, at) => at === 0 || box(parts[at - 1]).bottom <= box(part).top);
        return follow && parts.every((part) => [...part.children].every((inner) => box(inner).bottom <= box(part).bottom + 1));";
    ensure!(owner.browser.execute(script, Vec::new()).await?.json().as_bool() == Some(true), "parts lie over each other");
    world.ends(vec![owner]).await
}
