//! The order of the people is the manager's, on the board, in the lists and on members' phones.

use anyhow::{Result, ensure};
use serde_json::Value;
use tests::{Actor, World};

use super::steps::the_owner;

/// What a selector finds, in its order, once it is as it should be.
async fn sees_in_order(person: &Actor, selector: &str, names: &[&str]) -> Result<()> {
    let script = "return [...document.querySelectorAll(arguments[0])].map(element => element.innerText.trim().split(/\\s/)[0])";
    let in_order = || async {
        let found = person.browser.execute(script, vec![serde_json::json!(selector)]).await?;
        let found: Vec<String> = found.json().as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        Ok((found == names).then_some(()))
    };
    person.until(&format!("sees {names:?} in this order"), in_order).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_puts_people_in_order_by_keyboard_and_board_and_phones_follow() -> Result<()> {
    let world = World::salon().await?;
    let (desk, phone) = (world.desk().await?, world.phone("小满").await?);
    sees_in_order(&desk, ".board__who", &["阿杰", "凯莉", "小贝"]).await?;
    let owner = the_owner(&world).await?;
    owner.open("/desk/set-up/staff").await?;
    owner.taps("调整顺序").await?;
    sees_in_order(&owner, ".list .list__title", &["阿杰", "凯莉", "小贝"]).await?;
    owner.taps("小贝 往前").await?;
    sees_in_order(&owner, ".list .list__title", &["阿杰", "小贝", "凯莉"]).await?;
    // The button has moved with its row, and still has the focus.
    let focused = || async {
        let label = owner.browser.execute("return document.activeElement.getAttribute('aria-label')", Vec::<Value>::new()).await?;
        Ok((label.json().as_str() == Some("小贝 往前")).then_some(()))
    };
    owner.until("keeps the focus on the button", focused).await?;
    owner.browser.active_element().await?.send_keys(thirtyfour::Key::Enter + "").await?;
    sees_in_order(&owner, ".list .list__title", &["小贝", "阿杰", "凯莉"]).await?;
    ensure!(owner.text_of("form [role=status]").await?.contains("小贝：第 1 位，共 3 位"), "said aloud");
    owner.shot("staff-order").await?;
    owner.taps("保存").await?;
    owner.sees("已保存").await?;
    owner.shot("staff-list").await?;
    sees_in_order(&desk, ".board__who", &["小贝", "阿杰", "凯莉"]).await?;
    phone.open("/m/book").await?;
    phone.taps("玉门里发型").await?;
    phone.taps("精剪").await?;
    phone.taps("下一步").await?;
    phone.sees("都可以").await?;
    sees_in_order(&phone, ".staff__name", &["都可以", "小贝", "阿杰", "凯莉"]).await?;
    world.ends(vec![desk, owner, phone]).await
}
