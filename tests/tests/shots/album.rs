//! Pictures of one person's screens, each in light and dark.

use anyhow::Result;
use serde_json::json;
use tests::Actor;

/// Where pictures of one device in one language go.
pub struct Album<'a> {
    pub actor: &'a Actor,
    name: String,
}

impl<'a> Album<'a> {
    pub fn new(actor: &'a Actor, name: String) -> Self {
        Album { actor, name }
    }

    /// The screen as it is, in light and in dark.
    pub async fn takes(&self, screen: &str) -> Result<()> {
        for theme in ["dark", "light"] {
            let feature = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
            self.actor.browser.cdp().send_raw("Emulation.setEmulatedMedia", feature).await?;
            self.actor.settles().await?;
            self.actor.shot(&format!("{}-{screen}-{theme}", self.name)).await?;
        }
        Ok(())
    }

    /// A page, once these words are on it.
    pub async fn opens(&self, path: &str, words: &str, screen: &str) -> Result<()> {
        self.actor.open(path).await?;
        self.actor.sees(words).await?;
        self.takes(screen).await
    }
}

/// The word in the language of the album.
pub fn word<'a>(language: &str, zh: &'a str, en: &'a str) -> &'a str {
    if language == "zh" { zh } else { en }
}
