//! Where the files of the apps are: in the program, or in a directory.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Bytes;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// The built apps. A debug build reads them from the directory at run time; without a build there are none.
#[derive(RustEmbed)]
#[folder = "../dist"]
#[allow_missing = true]
struct BuiltIn;

/// Where to look.
#[derive(Clone, Debug)]
pub enum Place {
    /// In the program.
    BuiltIn,
    /// In a directory with `m` and `desk`, read anew each time.
    Directory(Arc<PathBuf>),
}

/// A file that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// What is in it.
    pub bytes: Bytes,
    /// Its entity tag, with quotes.
    pub tag: String,
}

impl Place {
    /// The directory, or what is built in.
    #[must_use]
    pub fn new(directory: Option<PathBuf>) -> Self {
        directory.map_or(Place::BuiltIn, |directory| Place::Directory(Arc::new(directory)))
    }

    /// A file by its name, `m/index.html`.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Found> {
        match self {
            Place::BuiltIn => {
                let file = BuiltIn::get(name)?;
                let tag = tag(&file.metadata.sha256_hash());
                let bytes = match file.data {
                    Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                    Cow::Owned(bytes) => Bytes::from(bytes),
                };
                Some(Found { bytes, tag })
            }
            Place::Directory(directory) => {
                let bytes = std::fs::read(directory.join(name)).ok()?;
                Some(Found { tag: tag(&Sha256::digest(&bytes)), bytes: Bytes::from(bytes) })
            }
        }
    }
}

fn tag(hash: &[u8]) -> String {
    let hex: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}
