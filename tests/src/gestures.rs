//! What impatient people do with a page: tap twice, reload, go back, open it once more beside itself.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::actor::Actor;

/// Between the two halves of a double tap.
const DOUBLE_TAP: Duration = Duration::from_millis(80);

/// Where the app keeps a booking in the making.
const DRAFT: &str = "huiyue-member-draft";

/// The middle of the first element of a selector that can be seen, scrolled to.
const MIDDLE: &str = r"
const found = [...document.querySelectorAll(arguments[0])].find(element => element.getClientRects().length > 0 && !element.disabled);
if (!found || document.documentElement.hasAttribute('data-fresh')) return null;
found.scrollIntoView({ block: 'center', behavior: 'instant' });
const box = found.getBoundingClientRect();
const [x, y] = [box.x + Math.min(box.width / 2, 60), box.y + box.height / 2];
const hit = document.elementFromPoint(x, y);
return hit && found.contains(hit) ? [x, y] : null;";

/// The times that are shown, `14:30`, and whether everything has come.
const TIMES: &str = r"
if (document.documentElement.hasAttribute('data-fresh') || document.querySelector('main .skeleton')) return null;
const times = [...document.querySelectorAll('main .time')].map(time => time.innerText.match(/^\s*(\d\d:\d\d)/));
return times.filter(found => found).map(found => found[1]);";

impl Actor {
    /// Taps an element twice, as a finger does that is not sure.
    ///
    /// # Errors
    /// When there is no such element.
    pub async fn taps_twice(&self, selector: &str) -> Result<()> {
        let middle = || async {
            let found = self.browser.execute(MIDDLE, vec![json!(selector)]).await?;
            Ok(found.json().as_array().cloned())
        };
        let point = self.until(&format!("can tap {selector}"), middle).await?;
        let (x, y) = (&point[0], &point[1]);
        let touch = async |kind: &str, points: Value| {
            self.browser.cdp().send_raw("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await
        };
        for half in 0..2 {
            if half > 0 {
                tokio::time::sleep(DOUBLE_TAP).await;
            }
            touch("touchStart", json!([{ "x": x, "y": y }])).await?;
            touch("touchEnd", json!([])).await?;
        }
        Ok(())
    }

    /// Waits until the address is this one and what came with it takes taps.
    ///
    /// # Errors
    /// When it never is.
    pub async fn is_at(&self, path: &str) -> Result<()> {
        let there = || async {
            let script = "return document.documentElement.hasAttribute('data-fresh') ? '' : location.pathname";
            let found = self.browser.execute(script, Vec::<Value>::new()).await?;
            Ok((found.json().as_str() == Some(path)).then_some(()))
        };
        self.until(&format!("is at {path}"), there).await
    }

    /// Remembers what has been chosen so far, for [`Actor::brings_its_draft_back`].
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn keeps_its_draft(&self) -> Result<()> {
        let script = format!("localStorage.setItem('story-draft', localStorage.getItem('{DRAFT}'))");
        self.browser.execute(script, Vec::<Value>::new()).await?;
        Ok(())
    }

    /// Chosen is again what was remembered, whatever the last page made of it.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn brings_its_draft_back(&self) -> Result<()> {
        let script =
            format!("for (const kept of [localStorage, sessionStorage]) kept.setItem('{DRAFT}', localStorage.getItem('story-draft'))");
        self.browser.execute(script, Vec::<Value>::new()).await?;
        Ok(())
    }

    /// Reloads the page.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn reloads(&self) -> Result<()> {
        self.browser.refresh().await.with_context(|| format!("{} reloads", self.name))
    }

    /// Goes back.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn goes_back(&self) -> Result<()> {
        self.browser.back().await.with_context(|| format!("{} goes back", self.name))
    }

    /// The tab that is in front.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn tab(&self) -> Result<WindowHandle> {
        Ok(self.browser.window().await?)
    }

    /// Opens a page in a tab of its own, which comes to the front.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn opens_beside(&self, path: &str) -> Result<WindowHandle> {
        let tab = self.browser.new_tab().await?;
        self.turns_to(&tab).await?;
        self.open(path).await?;
        Ok(tab)
    }

    /// Brings a tab to the front.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn turns_to(&self, tab: &WindowHandle) -> Result<()> {
        self.browser.switch_to_window(tab.clone()).await?;
        self.browser.cdp().send_raw("Page.bringToFront", json!({})).await?;
        Ok(())
    }

    /// Every time on the page, once it is all there, lies within the day: one told in another zone would not.
    ///
    /// # Errors
    /// When one does not, or the page never comes to rest.
    pub async fn sees_times_within(&self, from: &str, until: &str) -> Result<()> {
        let rest = || async {
            let found = self.browser.execute(TIMES, Vec::<Value>::new()).await?;
            Ok(found.json().as_array().cloned())
        };
        let times = self.until("sees all times of the page", rest).await?;
        for time in times.iter().filter_map(Value::as_str) {
            ensure!((from..=until).contains(&time), "{} sees {time} on:\n{}", self.name, self.text().await?);
        }
        Ok(())
    }
}
