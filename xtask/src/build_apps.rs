//! Both apps: `dist/m` for members, `dist/desk` for the desk. In release, or quickly for whoever changes a screen.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;

use self::sheets::join_sheets;
use self::split::split;
use crate::programs::program;
use crate::stopwatch::Stopwatch;
use crate::workspace::{ensure_dist, files_below, root, succeed};

mod css;
mod sheets;
mod shrink;
mod split;

pub use self::split::CHUNK;

/// The two apps: name, page, directory in `dist`, which is also the path it is served under.
const APPS: [(&str, &str, &str); 2] = [("member", "app/member.html", "m"), ("desk", "app/desk.html", "desk")];

/// In `sw.js`, replaced by the list of the app's files and by a version that changes with any of them.
const PRECACHE_MARK: &str = "/*PRECACHE*/[]";
const BUILD_MARK: &str = "__BUILD__";

/// Text and code; pictures are compressed in themselves.
const COMPRESSED: [&str; 8] = ["wasm", "js", "css", "html", "svg", "json", "webmanifest", "txt"];

/// The options of `cargo xtask build-apps`.
#[derive(Args)]
pub struct Options {
    /// Without optimisation and compression: seconds instead of minutes, for working on screens
    #[arg(long)]
    quick: bool,
}

/// `cargo xtask build-apps`
pub fn build_with(options: &Options) -> Result<()> {
    build(options.quick)
}

/// Builds both as they are served.
pub fn build_apps() -> Result<()> {
    build(false)
}

/// One after the other: the second takes seconds, because the crate is the same.
fn build(quick: bool) -> Result<()> {
    ensure_dist()?;
    for (name, page, place) in APPS {
        let watch = Stopwatch::start();
        let dist = format!("dist/{place}");
        let public_url = format!("/{place}/");
        let mut trunk = program("trunk");
        // Offline: Trunk would otherwise fetch its own copies of the tools we have installed.
        let release = if quick { "--release=false" } else { "--release=true" };
        trunk.args(["build", "--offline", release, "--dist", &dist, "--public-url", &public_url]);
        if !quick {
            trunk.args(["--features", "split"]);
        }
        trunk.arg(page);
        succeed(&mut trunk).with_context(|| format!("building the {name} app"))?;
        let dist = root().join(&dist);
        join_sheets(&dist, &public_url)?;
        if !quick {
            split(name, &dist, &public_url)?;
        }
        list_files_for_offline_use(&dist, &public_url)?;
        if !quick {
            compress(&dist)?;
        }
        eprintln!("built the {name} app ({watch})");
    }
    Ok(())
}

/// A service worker can only keep what it knows: the hashed names exist after the build.
fn list_files_for_offline_use(dist: &Path, public_url: &str) -> Result<()> {
    let worker = dist.join("sw.js");
    let Ok(text) = fs::read_to_string(&worker) else { return Ok(()) };
    let mut files = files_below(dist)?;
    files.retain(|file| *file != worker);
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let mut addresses = Vec::new();
    for file in &files {
        fs::read(file).with_context(|| format!("reading {}", file.display()))?.hash(&mut hasher);
        let name = file.strip_prefix(dist).unwrap_or(file).to_string_lossy().into_owned();
        // The page itself is asked for by its directory.
        addresses.push(format!("{public_url}{}", if name == "index.html" { "" } else { &name }));
    }
    let list = serde_json::to_string(&addresses).context("listing the files")?;
    let text = text.replace(PRECACHE_MARK, &list).replace(BUILD_MARK, &format!("{:016x}", hasher.finish()));
    ensure!(text.contains(&list), "{} has no {PRECACHE_MARK} to fill", worker.display());
    fs::write(&worker, text).with_context(|| format!("writing {}", worker.display()))
}

/// Puts `<name>.br` beside each file that gets smaller. The server sends these as they are, so they may take
/// the seconds that the best compression takes.
fn compress(dist: &Path) -> Result<()> {
    for file in files_below(dist)? {
        let extension = file.extension().and_then(|extension| extension.to_str());
        if !extension.is_some_and(|extension| COMPRESSED.contains(&extension)) {
            continue;
        }
        let open = File::open(&file).with_context(|| format!("opening {}", file.display()))?;
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        let mut packed = Vec::new();
        brotli::BrotliCompress(&mut BufReader::new(open), &mut packed, &parameters)
            .with_context(|| format!("compressing {}", file.display()))?;
        let place = compressed(&file);
        fs::write(&place, packed).with_context(|| format!("writing {}", place.display()))?;
    }
    Ok(())
}

/// Where the compressed form of a file is.
pub fn compressed(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}
