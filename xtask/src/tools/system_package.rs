//! What the system's package manager brings: apt on Debian and Ubuntu; for others we say what to install.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;

use crate::postgres;
use crate::workspace::{line, succeed};

/// Something of the system, in any version.
pub struct SystemPackage {
    /// What it is called here.
    pub name: &'static str,
    /// Whether it is on this machine.
    pub is_there: fn() -> bool,
    apt: &'static str,
    brew: &'static str,
}

/// Makes WASM a quarter smaller.
pub const WASM_OPT: SystemPackage =
    SystemPackage { name: "wasm-opt", is_there: || find(&["wasm-opt"]).is_some(), apt: "binaryen", brew: "binaryen" };

/// The database.
pub const POSTGRES: SystemPackage =
    SystemPackage { name: "Postgres", is_there: postgres::is_installed, apt: "postgresql", brew: "postgresql@17" };

/// The browser of the stories.
pub const CHROMIUM: SystemPackage =
    SystemPackage { name: "Chromium", is_there: || chromium().is_some(), apt: "chromium", brew: "--cask chromium" };

/// What drives it.
pub const CHROMEDRIVER: SystemPackage =
    SystemPackage { name: "chromedriver", is_there: || chromedriver().is_some(), apt: "chromium-driver", brew: "--cask chromedriver" };

/// Without them every Chinese character on a screenshot is an empty box.
pub const CHINESE_FONTS: SystemPackage =
    SystemPackage { name: "Chinese fonts", is_there: has_chinese_fonts, apt: "fonts-noto-cjk", brew: "--cask font-noto-sans-cjk-sc" };

impl SystemPackage {
    /// The commands a person would type on this system.
    pub fn install_lines(&self) -> Vec<String> {
        if can_install() {
            return vec![line(&self.apt_install())];
        }
        if cfg!(target_os = "macos") {
            return vec![format!("brew install {}", self.brew)];
        }
        vec![format!("# {} (Debian's package {}) by your system's package manager", self.name, self.apt)]
    }

    /// Installs it by apt.
    pub fn install(&self) -> Result<()> {
        static LISTS_ARE_FRESH: AtomicBool = AtomicBool::new(false);
        if !LISTS_ARE_FRESH.swap(true, Ordering::Relaxed) {
            succeed(&mut apt_update())?;
        }
        succeed(&mut self.apt_install())
    }

    fn apt_install(&self) -> Command {
        let mut command = apt_get();
        command.args(["install", "--yes", "--quiet", "--quiet", "--no-install-recommends", self.apt]);
        command
    }
}

/// What comes before the first package: without fresh lists apt may know none.
pub fn update_line() -> Option<String> {
    can_install().then(|| line(&apt_update()))
}

fn apt_update() -> Command {
    let mut command = apt_get();
    command.args(["update", "--quiet", "--quiet"]);
    command
}

/// Whether this system has a package manager we can talk to.
pub fn can_install() -> bool {
    find(&["apt-get"]).is_some()
}

/// The browser, or the one named by HUIYUE_CHROMIUM.
pub fn chromium() -> Option<PathBuf> {
    named("HUIYUE_CHROMIUM")
        .or_else(|| find(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]))
        .or_else(|| Some(PathBuf::from("/Applications/Chromium.app/Contents/MacOS/Chromium")).filter(|path| path.is_file()))
}

/// The browser's driver, or the one named by HUIYUE_CHROMEDRIVER.
pub fn chromedriver() -> Option<PathBuf> {
    named("HUIYUE_CHROMEDRIVER").or_else(|| find(&["chromedriver"]))
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn has_chinese_fonts() -> bool {
    let listed = Command::new("fc-list").args([":lang=zh", "family"]).output();
    listed.is_ok_and(|output| !output.stdout.is_empty()) || Path::new("/System/Library/Fonts/PingFang.ttc").exists()
}

fn apt_get() -> Command {
    let mut command = if is_root() { Command::new("apt-get") } else { Command::new("sudo") };
    if !is_root() {
        command.arg("apt-get");
    }
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let places: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| places.iter().map(|place| place.join(name)).find(|program| program.is_file()))
}

/// Whether we may do anything.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
