//! How the day is shown: as a board, a list or a week, close together or not, and whose columns.

use anyhow::{Result, ensure};
use tests::World;
use tests::salon::{JJ, KELLY};

#[tokio::test(flavor = "multi_thread")]
async fn the_day_is_a_list_or_a_board_of_those_who_matter_and_the_tablet_remembers() -> Result<()> {
    let world = World::salon().await?;
    world.desk_books("王阿姨", KELLY, 16).await?;
    world.desk_books("陈默", JJ, 15).await?;
    let desk = world.desk().await?;
    desk.sees("王阿姨").await?;
    desk.taps_on("[aria-label='显示方式']").await?;
    desk.taps("紧凑").await?;
    desk.has(".board--narrow").await?;
    desk.settles().await?;
    desk.shot("display-desk").await?;
    // Without Kelly's column her guest is not on the board.
    desk.taps_on(".choices .choice:nth-child(2)").await?;
    desk.no_longer_sees("王阿姨").await?;
    desk.taps("全部显示").await?;
    desk.sees("王阿姨").await?;
    desk.taps("列表").await?;
    desk.sees("15:00–16:00").await?;
    let list = desk.text_of(".day-list").await?;
    ensure!(list.find("陈默") < list.find("王阿姨"), "in the order of their times: {list}");
    desk.settles().await?;
    desk.shot("list-desk").await?;
    desk.reloads().await?;
    desk.has(".day-list").await?;
    desk.taps("王阿姨").await?;
    desk.taps("到店").await?;
    desk.sees("已到店 · 王阿姨").await?;
    desk.has(".day-list [data-status='checked-in']").await?;
    world.ends(vec![desk]).await
}
