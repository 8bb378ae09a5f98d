//! Two desks edit one member's notes and phone while both are offline.

use anyhow::Result;
use tests::{Actor, World};

use super::steps::has_booked;

async fn opens_the_card(desk: &Actor) -> Result<()> {
    desk.open("/desk/members").await?;
    desk.taps("林小满").await?;
    desk.sees("过敏与注意").await
}

async fn edits(desk: &Actor, group: &str, text: &str) -> Result<()> {
    desk.taps(&format!("编辑 {group}")).await?;
    desk.types(group, text).await?;
    desk.taps("保存").await?;
    desk.sees(text).await
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_and_phone_edited_on_two_offline_desks_hold_and_the_later_note_wins() -> Result<()> {
    let world = World::salon().await?;
    let xiaoman = world.phone("小满").await?;
    has_booked(&world, &xiaoman, "凯莉", "14:00").await?;
    let (first, second) = (world.desk().await?, world.desk().await?);
    for desk in [&first, &second] {
        opens_the_card(desk).await?;
        desk.is_installed().await?;
        desk.wire.cut();
    }
    edits(&first, "备注", "喜欢靠窗").await?;
    edits(&first, "手机号", "139 0013 9000").await?;
    edits(&second, "备注", "喜欢安静").await?;
    first.wire.mend();
    second.wire.mend();
    for desk in [&first, &second] {
        desk.sees("139 0013 9000").await?;
        desk.sees("喜欢安静").await?;
        // What lost is kept beside it, with one tap to bring it back.
        desk.sees("喜欢靠窗").await?;
    }
    world.ends(vec![xiaoman, first, second]).await
}
