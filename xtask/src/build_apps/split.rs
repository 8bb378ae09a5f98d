//! Cuts an app into what the first visit needs and the files of its other pages.
//!
//! Trunk has compiled the app with the feature `split`, made the page and the assets, and put in a program that is whole. Here the program
//! is cut where the app has a `chunk!`, made usable by `wasm-bindgen`, shrunk, and takes the place of the one that Trunk put in.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use super::shrink::shrink;
use crate::programs::program;
use crate::workspace::{WASM, files_below, scratch, succeed, target};

/// Under this name the program asks for the functions that fetch chunks.
const LINK: &str = "./link.js";

/// In the names of files that are not part of the first visit.
pub const CHUNK: &str = ".chunk.";

/// Replaces the program in `dist` by the first part and the chunks.
pub fn split(name: &str, dist: &Path, public_url: &str) -> Result<()> {
    let work = scratch("split")?.join(name);
    if work.exists() {
        fs::remove_dir_all(&work).with_context(|| format!("emptying {}", work.display()))?;
    }
    cut(name, &work)?;
    shrink(&work)?;
    let parts = Parts::read(name, &work)?;
    parts.write(dist, public_url)
}

/// Leaves `<name>.js`, `<name>_bg.wasm`, the link and the chunks in `work`.
fn cut(name: &str, work: &Path) -> Result<()> {
    let whole = target().join(WASM).join("wasm-release").join(format!("{name}.wasm"));
    let module = fs::read(&whole).with_context(|| format!("reading {}", whole.display()))?;
    let (first, glue) = (work.join("first.wasm"), format!("./{name}.js"));
    let mut options = Options::new(&module);
    (options.output_dir, options.main_out_path) = (work, &first);
    (options.link_name, options.main_module) = (LINK, &glue);
    transform(options).map_err(|error| anyhow!("splitting {}: {error:#}", whole.display()))?;
    // Chunks use what the linker exports; wasm-bindgen would remove it.
    let bindgen = ["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", name, "--out-dir"];
    succeed(program("wasm-bindgen").args(bindgen).arg(work).arg(&first))?;
    fs::remove_file(&first).with_context(|| format!("removing {}", first.display()))
}

/// The files of a split app, not yet under their final names.
struct Parts {
    name: String,
    /// Sorted by name.
    files: Vec<(String, Vec<u8>)>,
}

impl Parts {
    fn read(name: &str, work: &Path) -> Result<Self> {
        let mut files = Vec::new();
        for path in files_below(work)? {
            ensure!(path.parent() == Some(work), "{} is one file more than expected", path.display());
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((file, fs::read(&path).with_context(|| format!("reading {}", path.display()))?));
        }
        Ok(Parts { name: name.to_owned(), files })
    }

    /// All under one hash: a part works only with the others of its build.
    fn write(&self, dist: &Path, public_url: &str) -> Result<()> {
        let hash = self.hash();
        let whole = take_out(&self.name, dist)?;
        for (file, bytes) in &self.files {
            let bytes =
                if file.ends_with(".js") { self.renamed(&String::from_utf8_lossy(bytes), &hash)?.into_bytes() } else { bytes.clone() };
            let place = dist.join(self.final_name(file, &hash));
            fs::write(&place, bytes).with_context(|| format!("writing {}", place.display()))?;
        }
        let page = dist.join("index.html");
        let mut text = fs::read_to_string(&page).with_context(|| format!("reading {}", page.display()))?;
        for (ending, file) in [("_bg.wasm", format!("{}_bg.wasm", self.name)), (".js", format!("{}.js", self.name))] {
            let before = format!("{public_url}{whole}{ending}");
            ensure!(text.contains(&before), "the page does not load {before}");
            text = text.replace(&before, &format!("{public_url}{}", self.final_name(&file, &hash)));
        }
        fs::write(&page, with_link_preloaded(&text, &format!("{public_url}{}", self.final_name("link.js", &hash))))
            .with_context(|| format!("writing {}", page.display()))
    }

    fn hash(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.files.hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    }

    /// `member-0123456789abcdef_bg.wasm`, `member-0123456789abcdef-link.js`, `split_booking-0123456789abcdef.chunk.wasm`.
    fn final_name(&self, file: &str, hash: &str) -> String {
        if let Some(ending) = file.strip_prefix(&self.name) {
            return format!("{}-{hash}{ending}", self.name);
        }
        match file.strip_suffix(".wasm") {
            Some(chunk) => format!("{chunk}-{hash}{CHUNK}wasm"),
            None => format!("{}-{hash}-{file}", self.name),
        }
    }

    /// A script that names the others by their final names.
    fn renamed(&self, script: &str, hash: &str) -> Result<String> {
        // Under its first name the program knows the link; only where the file is fetched from changes.
        let mut text = script.replace(&format!("from '{LINK}'"), &format!("from './{}'", self.final_name("link.js", hash)));
        text = text.replace(&format!("from \"{LINK}\""), &format!("from \"./{}\"", self.final_name("link.js", hash)));
        for (file, _) in &self.files {
            let link = LINK.trim_start_matches("./");
            if file != link {
                text = text.replace(&format!("\"./{file}\""), &format!("\"./{}\"", self.final_name(file, hash)));
            }
        }
        Ok(text)
    }
}

/// Removes the program that Trunk put in; returns its name without ending, `member-0123456789abcdef`.
fn take_out(name: &str, dist: &Path) -> Result<String> {
    let files = files_below(dist)?;
    let is_program = |path: &&PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        file.starts_with(&format!("{name}-")) && file.ends_with("_bg.wasm")
    };
    let program = files.iter().find(is_program).with_context(|| format!("{} has no program", dist.display()))?;
    let file = program.file_name().unwrap_or_default().to_string_lossy();
    let stem = file.trim_end_matches("_bg.wasm").to_owned();
    for path in [program.clone(), dist.join(format!("{stem}.js"))] {
        fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
    }
    Ok(stem)
}

/// The glue asks for the link only when it has been read: the page may ask at once.
fn with_link_preloaded(page: &str, link: &str) -> String {
    page.replacen("</head>", &format!("<link rel=\"modulepreload\" href=\"{link}\">\n</head>"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts {
        let files = ["chunk_1.wasm", "link.js", "member.js", "member_bg.wasm", "split_booking.wasm"];
        Parts { name: "member".to_owned(), files: files.iter().map(|file| ((*file).to_owned(), Vec::new())).collect() }
    }

    #[test]
    fn parts_of_one_build_find_each_other_under_their_final_names() {
        let link = "import { initSync } from \"./member.js\";\nfetch(new URL(\"./split_booking.wasm\", import.meta.url));";
        let renamed = parts().renamed(link, "0123456789abcdef").unwrap();
        assert!(renamed.contains("from \"./member-0123456789abcdef.js\""), "{renamed}");
        assert!(renamed.contains("\"./split_booking-0123456789abcdef.chunk.wasm\""), "{renamed}");
        let glue =
            "import * as import1 from \"./link.js\"\nimports = { \"./link.js\": import1 }; new URL('member_bg.wasm', import.meta.url)";
        let renamed = parts().renamed(glue, "0123456789abcdef").unwrap();
        assert!(renamed.contains("from \"./member-0123456789abcdef-link.js\""), "{renamed}");
        assert!(renamed.contains("{ \"./link.js\": import1 }"), "the program asks under the name it was cut with: {renamed}");
    }

    #[test]
    fn only_chunks_are_named_as_such() {
        let names: Vec<String> =
            parts().files.iter().map(|(file, _)| parts().final_name(file, "00")).filter(|name| name.contains(CHUNK)).collect();
        assert_eq!(names, ["chunk_1-00.chunk.wasm", "split_booking-00.chunk.wasm"]);
    }
}
