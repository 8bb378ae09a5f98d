//! What a browser loads for each app, compressed as the server sends it, against the budgets.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::build_apps::{compressed, files_below};
use crate::workspace::root;

/// The apps: name in the bench lines, directory in `dist`, and the budget in kB (1,000 bytes).
const APPS: [(&str, &str, f64); 2] = [("member", "m", 350.0), ("desk", "desk", 700.0)];

/// What counts: code, style and page. Icons and the manifest are a few kB and not waited for.
const COUNTED: [&str; 4] = ["wasm", "js", "css", "html"];

/// `cargo xtask size`
pub fn size() -> Result<()> {
    let over: Vec<String> = measure()?.into_iter().filter_map(|app| app.over_budget()).collect();
    if over.is_empty() {
        return Ok(());
    }
    bail!("{}", over.join("; "));
}

/// The compressed size of one app.
pub struct AppSize {
    name: &'static str,
    kilobytes: f64,
    budget: f64,
}

impl AppSize {
    /// A sentence if the app is larger than it may be.
    pub fn over_budget(&self) -> Option<String> {
        let Self { name, kilobytes, budget } = self;
        (kilobytes > budget).then(|| format!("the {name} app has {kilobytes:.1} kB compressed, more than {budget:.0}"))
    }
}

/// Measures both apps and prints the bench lines.
pub fn measure() -> Result<Vec<AppSize>> {
    let mut sizes = Vec::new();
    for (name, place, budget) in APPS {
        let dist = root().join("dist").join(place);
        let files = files_below(&dist).unwrap_or_default();
        let counted = files.iter().filter(|file| {
            let extension = file.extension().and_then(|extension| extension.to_str());
            extension.is_some_and(|extension| COUNTED.contains(&extension))
        });
        let mut bytes = 0;
        for file in counted {
            bytes += compressed_bytes(file)?;
        }
        ensure!(bytes > 0, "{} is empty; run: cargo xtask build-apps", dist.display());
        let kilobytes = bytes as f64 / 1000.0;
        println!("bench size_{name}_kb_br {kilobytes:.1} kb");
        sizes.push(AppSize { name, kilobytes, budget });
    }
    Ok(sizes)
}

fn compressed_bytes(file: &Path) -> Result<u64> {
    let packed = compressed(file);
    let found = fs::metadata(&packed).with_context(|| format!("{} is missing; run: cargo xtask build-apps", packed.display()))?;
    Ok(found.len())
}
