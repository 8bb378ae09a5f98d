//! The year's holidays: from a file, for the store, in one go.

use anyhow::Result;
use serde_json::json;
use tests::World;

use super::steps::the_owner;

/// As when somebody chooses a file.
const CHOOSES: &str = "const input = document.querySelector('#holidays-file');
    const files = new DataTransfer();
    files.items.add(new File([arguments[0]], 'holidays.csv'));
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }))";

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_takes_the_new_years_holidays_from_a_file_and_closes_on_them() -> Result<()> {
    let world = World::salon().await?;
    let owner = the_owner(&world).await?;
    owner.open("/desk/set-up/days").await?;
    owner.sees("法定节假日和调休").await?;
    owner.browser.execute(CHOOSES, vec![json!("date,kind,name\n2099-01-01,rest,元旦\n2099-01-32,rest,元旦")]).await?;
    owner.sees("第 3 行读不懂").await?;
    let year = "date,kind,name\n2099-01-01,rest,元旦\n2099-01-02,rest,元旦\n2099-01-03,make-up workday,元旦";
    owner.browser.execute(CHOOSES, vec![json!(year)]).await?;
    owner.sees("元旦 2099").await?;
    owner.no_longer_sees("读不懂").await?;
    owner.taps("休息").await?;
    owner.settles().await?;
    owner.shot("holidays").await?;
    owner.taps("用到这家店（2 天）").await?;
    owner.sees("已保存").await?;
    owner.reloads().await?;
    owner.sees("2099年1月1日").await?;
    owner.sees("2099年1月2日").await?;
    owner.no_longer_sees("2099年1月3日").await?;
    world.ends(vec![owner]).await
}
