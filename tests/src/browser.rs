//! Chromium, one for each person, driven through one ChromeDriver per test program.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::json;
use thirtyfour::prelude::*;
use tokio::process::{Child, Command};

/// What somebody looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Device {
    /// 390×844, touch.
    Phone,
    /// 1180×820.
    Tablet,
}

impl Device {
    fn size(self) -> (u32, u32) {
        match self {
            Device::Phone => (390, 844),
            Device::Tablet => (1180, 820),
        }
    }

    fn pixel_ratio(self) -> f64 {
        match self {
            Device::Phone => 2.0,
            Device::Tablet => 1.0,
        }
    }
}

/// A ChromeDriver process.
pub struct Driver {
    _child: Child,
    url: String,
}

impl Driver {
    /// Starts one and waits until it answers.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start() -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        crate::client::with_ciphers();
        let program = std::env::var_os("HUIYUE_CHROMEDRIVER").map_or_else(|| PathBuf::from("/usr/bin/chromedriver"), PathBuf::from);
        let child = Command::new(program)
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("starting chromedriver")?;
        let url = format!("http://127.0.0.1:{port}");
        for _ in 0..200 {
            if reqwest::get(format!("{url}/status")).await.is_ok() {
                return Ok(Driver { _child: child, url });
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("chromedriver does not answer")
    }

    /// A fresh browser with a fresh profile.
    ///
    /// # Errors
    /// When Chromium does not start.
    pub async fn browser(&self, device: Device, language: &str) -> Result<WebDriver> {
        let (width, height) = device.size();
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ] {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_arg(&format!("--window-size={width},{height}"))?;
        capabilities.add_arg(&format!("--lang={language}"))?;
        capabilities.add_experimental_option("prefs", json!({ "intl.accept_languages": language }))?;
        // Both are touched; the metrics are those of the page, not of the window around it.
        let metrics = json!({ "width": width, "height": height, "pixelRatio": device.pixel_ratio(), "touch": true });
        capabilities.add_experimental_option("mobileEmulation", json!({ "deviceMetrics": metrics }))?;
        if let Some(binary) = std::env::var_os("HUIYUE_CHROMIUM") {
            capabilities.set_binary(&binary.to_string_lossy())?;
        }
        let browser = WebDriver::new(&self.url, capabilities).await.context("starting Chromium")?;
        browser.set_window_rect(0, 0, width, height).await?;
        // Without a network a page that is not on the device must fail, not hang.
        let patience = Duration::from_secs(20);
        browser.set_page_load_timeout(patience).await?;
        browser.set_script_timeout(patience).await?;
        Ok(browser)
    }
}
