//! With a network.

use anyhow::Result;
use tests::World;

use super::steps::{chooses_a_haircut, proves_who_she_is};

#[tokio::test]
async fn a_phone_books_and_the_board_shows_it_by_itself() -> Result<()> {
    let world = World::salon().await?;
    let desk = world.desk().await?;
    let xiaoman = world.phone("小满").await?;
    chooses_a_haircut(&xiaoman, "阿杰", "14:00").await?;
    proves_who_she_is(&world, &xiaoman).await?;
    xiaoman.sees("约好了").await?;
    desk.sees("林小满").await?;
    world.ends(vec![desk, xiaoman]).await
}
