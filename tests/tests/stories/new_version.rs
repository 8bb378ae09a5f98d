//! The server has a new version while people are in the middle of something.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use tests::server::built_apps;
use tests::{Actor, World};

/// The apps in a directory of the story's own, which can become a newer version.
struct Apps(PathBuf);

impl Apps {
    fn copy() -> Result<Self> {
        let to = std::env::temp_dir().join(format!("huiyue-apps-{}", uuid::Uuid::new_v4().simple()));
        copy(&built_apps(), &to)?;
        Ok(Apps(to))
    }

    /// The same files under another build number: what a browser takes for a newer version.
    fn become_newer(&self) -> Result<()> {
        for app in ["m", "desk"] {
            let worker = self.0.join(app).join("sw.js");
            let text = std::fs::read_to_string(&worker)?;
            let newer = text.replacen("const VERSION = \"", "const VERSION = \"newer-", 1);
            ensure!(newer != text, "the worker says its version elsewhere");
            std::fs::write(&worker, newer)?;
            drop(std::fs::remove_file(worker.with_file_name("sw.js.br")));
        }
        Ok(())
    }
}

impl Drop for Apps {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| format!("reading {}", from.display()))? {
        let path = entry?.path();
        let target = to.join(path.file_name().context("a name")?);
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            std::fs::copy(&path, &target)?;
        }
    }
    Ok(())
}

/// A browser looks by itself when a tab is shown again, and every hour.
async fn looks_for_a_new_version(person: &Actor) -> Result<()> {
    let script = "navigator.serviceWorker.getRegistration().then((known) => known.update())";
    person.browser.execute(script, vec![]).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_version_is_offered_in_both_tabs_of_the_desk_and_throws_no_form_away() -> Result<()> {
    let apps = Apps::copy()?;
    let world = World::salon_with(&apps.0).await?;
    let desk = world.desk().await?;
    desk.is_installed().await?;
    let first = desk.browser.window().await?;
    // In one tab somebody is writing a guest's name.
    desk.taps("散客").await?;
    desk.types("称呼", "王阿姨").await?;
    let second = desk.browser.new_tab().await?;
    desk.browser.switch_to_window(second.clone()).await?;
    desk.open("/desk/").await?;
    desk.sees("阿杰").await?;
    apps.become_newer()?;
    looks_for_a_new_version(&desk).await?;
    desk.sees("新版本已就绪").await?;
    desk.taps("刷新").await?;
    desk.no_longer_sees("新版本已就绪").await?;
    desk.sees("阿杰").await?;
    // The other tab is offered it too, and keeps what was written.
    desk.browser.switch_to_window(first).await?;
    desk.sees("新版本已就绪").await?;
    let written = "return [...document.querySelectorAll('input')].some((field) => field.value === '王阿姨')";
    let is_there = || async { Ok((desk.browser.execute(written, vec![]).await?.json().as_bool() == Some(true)).then_some(())) };
    desk.until("still has the name in the form", is_there).await?;
    // A place it has not opened yet is there although its version is an old one now.
    desk.taps_on("a[href='/desk/members']").await?;
    desk.no_longer_sees("这一页没有取到").await?;
    // What is written goes only if she says so.
    desk.taps("刷新").await?;
    desk.taps("丢掉并刷新").await?;
    desk.no_longer_sees("新版本已就绪").await?;
    world.ends(vec![desk]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_takes_the_new_version_in_the_middle_of_booking_goes_on_where_she_was() -> Result<()> {
    let apps = Apps::copy()?;
    let world = World::salon_with(&apps.0).await?;
    let xiaoman = world.phone("小满").await?;
    xiaoman.open("/m/book").await?;
    xiaoman.is_installed().await?;
    xiaoman.taps("玉门里发型").await?;
    xiaoman.taps("精剪").await?;
    xiaoman.taps("下一步").await?;
    apps.become_newer()?;
    looks_for_a_new_version(&xiaoman).await?;
    xiaoman.sees("新版本已就绪").await?;
    xiaoman.taps("刷新").await?;
    xiaoman.no_longer_sees("新版本已就绪").await?;
    xiaoman.taps("小贝").await?;
    xiaoman.taps("16:00").await?;
    xiaoman.taps("下一步").await?;
    xiaoman.sees("精剪").await?;
    xiaoman.sees("到店付").await?;
    world.ends(vec![xiaoman]).await
}
