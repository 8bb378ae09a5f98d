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

/// A visit on the board by its words, scrolled to, and so many pixels as an hour is high: `[x, upper edge, lower edge, pixels]`.
const VISIT: &str = r"
const found = [...document.querySelectorAll('.visit')].find(visit => visit.innerText.includes(arguments[0]));
const body = document.querySelector('.board__body');
if (!found || document.documentElement.hasAttribute('data-fresh')) return null;
found.scrollIntoView({ block: 'center', behavior: 'instant' });
const [box, rows, per] = [found.getBoundingClientRect(), ...['--rows', '--rows-per-hour'].map(name =>
    parseFloat(getComputedStyle(body).getPropertyValue(name)))];
const [x, y] = [box.x + box.width / 2, box.y + 12];
const hit = document.elementFromPoint(x, y);
return hit && found.contains(hit) ? [x, box.y, box.bottom, body.offsetHeight / rows * per] : null;";

/// The middle of the column of a person.
const COLUMN: &str = r"
const found = document.querySelector(`.board__column[aria-label='${arguments[0]}']`);
const box = found && found.getBoundingClientRect();
return found ? box.x + box.width / 2 : null;";

/// What carries a visit over the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Presses and pulls.
    Mouse,
    /// Rests until the visit is taken up, and pulls.
    Finger,
}

/// A visit in the hand.
#[derive(Clone, Copy, Debug)]
pub struct InHand {
    hand: Hand,
    at: (f64, f64),
    hour_pixels: f64,
}

impl Actor {
    /// Takes up a visit on the board by its words; by its lower edge where it is to be made longer.
    ///
    /// # Errors
    /// When there is none.
    pub async fn takes_up(&self, words: &str, hand: Hand, by_edge: bool) -> Result<InHand> {
        let visit = || async {
            let found = self.browser.execute(VISIT, vec![json!(words)]).await?;
            Ok(found.json().as_array().map(|place| place.iter().filter_map(Value::as_f64).collect::<Vec<f64>>()))
        };
        let place = self.until(&format!("finds the visit {words}"), visit).await?;
        let [x, top, bottom, hour_pixels] = place[..] else { anyhow::bail!("four numbers, not {place:?}") };
        let held = InHand { hand, at: (x, if by_edge { bottom - 4.0 } else { top + 12.0 }), hour_pixels };
        self.points("mousePressed", "touchStart", held).await?;
        if hand == Hand::Mouse {
            let nudged = InHand { at: (held.at.0, held.at.1 + 9.0), ..held };
            self.points("mouseMoved", "touchMove", nudged).await?;
        }
        self.has(".visit--held").await?;
        Ok(held)
    }

    /// Carries it so many hours further down, into the column of somebody.
    ///
    /// # Errors
    /// When there is no such column.
    pub async fn carries(&self, held: InHand, hours: f64, column: Option<&str>) -> Result<InHand> {
        let x = match column {
            None => held.at.0,
            Some(name) => {
                let found = self.browser.execute(COLUMN, vec![json!(name)]).await?;
                found.json().as_f64().with_context(|| format!("the column of {name}"))?
            }
        };
        let to = InHand { at: (x, held.at.1 + hours * held.hour_pixels), ..held };
        for share in [0.3, 0.7, 1.0] {
            let between = |from: f64, to: f64| from + (to - from) * share;
            let at = (between(held.at.0, to.at.0), between(held.at.1, to.at.1));
            self.points("mouseMoved", "touchMove", InHand { at, ..held }).await?;
        }
        Ok(to)
    }

    /// Puts it down.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn puts_down(&self, held: InHand) -> Result<()> {
        self.points("mouseReleased", "touchEnd", held).await
    }

    async fn points(&self, mouse: &str, touch: &str, held: InHand) -> Result<()> {
        let (x, y) = held.at;
        let cdp = self.browser.cdp();
        match held.hand {
            Hand::Mouse => {
                let event = json!({ "type": mouse, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
                cdp.send_raw("Input.dispatchMouseEvent", event).await?;
            }
            Hand::Finger => {
                let points = if touch == "touchEnd" { json!([]) } else { json!([{ "x": x, "y": y }]) };
                cdp.send_raw("Input.dispatchTouchEvent", json!({ "type": touch, "touchPoints": points })).await?;
            }
        }
        Ok(())
    }

    /// Presses keys, one after another, on whatever has the focus: `ArrowDown`, `m`.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn presses(&self, keys: &[&str]) -> Result<()> {
        for key in keys {
            for kind in ["keyDown", "keyUp"] {
                let text = (kind == "keyDown" && key.chars().count() == 1).then_some(*key);
                let event = json!({ "type": kind, "key": key, "text": text.unwrap_or_default() });
                self.browser.cdp().send_raw("Input.dispatchKeyEvent", event).await?;
            }
        }
        Ok(())
    }

    /// Gives the focus to a visit on the board by its words.
    ///
    /// # Errors
    /// When there is none.
    pub async fn focuses_visit(&self, words: &str) -> Result<()> {
        let script = "const found = [...document.querySelectorAll('.visit')].find(visit => visit.innerText.includes(arguments[0]));\
                      if (found) found.focus(); return Boolean(found)";
        let focused = || async {
            let found = self.browser.execute(script, vec![json!(words)]).await?;
            Ok((found.json() == &json!(true)).then_some(()))
        };
        self.until(&format!("focuses {words}"), focused).await
    }

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
