//! Makes the WASM of an app small with `wasm-opt`, and mends what old versions of it break.
//!
//! Binaryen 108 (Debian 12) writes every exported table as table 0. The table of JavaScript values is another one, and with
//! the wrong number the app does not start. Trunk's own step is therefore off (`data-wasm-opt="0"`).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::programs::program;
use crate::workspace::{files_below, succeed};

/// The export through which the glue reaches the table of JavaScript values.
const TABLE_OF_VALUES: &[u8] = b"__wbindgen_externrefs";

const TABLE_SECTION: u8 = 4;
const EXPORT_SECTION: u8 = 7;
const TABLE_KIND: u8 = 1;
const EXTERNREF: u8 = 0x6f;

/// What the compiler uses of WASM. Chunks do not say it themselves, and with everything that it knows an old `wasm-opt` breaks types.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Optimises all WASM files of a directory in place.
pub fn shrink(place: &Path) -> Result<()> {
    for file in files_below(place)?.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "wasm")) {
        succeed(program("wasm-opt").arg("-Oz").args(FEATURES).arg(&file).arg("-o").arg(&file))?;
        let mut module = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        mend(&mut module).with_context(|| format!("{} is not as wasm-opt should leave it", file.display()))?;
        fs::write(&file, module).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(())
}

/// Points the export at the table that holds JavaScript values.
fn mend(module: &mut [u8]) -> Result<()> {
    let Some(table) = table_of_values(module)? else { return Ok(()) };
    let Some(place) = place_of_export(module)? else { return Ok(()) };
    let number = module.get_mut(place).context("an export's number")?;
    ensure!(table < 0x80 && *number < 0x80, "more tables than expected");
    *number = table;
    Ok(())
}

/// Number of the first table of JavaScript values. Our modules import no tables.
fn table_of_values(module: &[u8]) -> Result<Option<u8>> {
    let Some((mut at, _)) = section(module, TABLE_SECTION)? else { return Ok(None) };
    let tables = number(module, &mut at)?;
    for table in 0..tables {
        let kind = *module.get(at).context("a table's type")?;
        at += 1;
        let has_maximum = number(module, &mut at)? & 1 == 1;
        number(module, &mut at)?;
        if has_maximum {
            number(module, &mut at)?;
        }
        if kind == EXTERNREF {
            return Ok(u8::try_from(table).ok());
        }
    }
    Ok(None)
}

/// Where the number of the exported table stands.
fn place_of_export(module: &[u8]) -> Result<Option<usize>> {
    let Some((mut at, _)) = section(module, EXPORT_SECTION)? else { return Ok(None) };
    for _ in 0..number(module, &mut at)? {
        let length = number(module, &mut at)?;
        let name = module.get(at..at + length).context("an export's name")?;
        at += length;
        let kind = *module.get(at).context("an export's kind")?;
        at += 1;
        if name == TABLE_OF_VALUES && kind == TABLE_KIND {
            return Ok(Some(at));
        }
        number(module, &mut at)?;
    }
    Ok(None)
}

/// Start and end of a section's content.
fn section(module: &[u8], wanted: u8) -> Result<Option<(usize, usize)>> {
    ensure!(module.starts_with(b"\0asm"), "it is not WASM");
    let mut at = 8;
    while let Some(id) = module.get(at).copied() {
        at += 1;
        let length = number(module, &mut at)?;
        if id == wanted {
            return Ok(Some((at, at + length)));
        }
        at += length;
    }
    Ok(None)
}

/// A LEB128 number.
fn number(module: &[u8], at: &mut usize) -> Result<usize> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let byte = *module.get(*at).context("the module ends early")?;
        *at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    anyhow::bail!("a number is too long")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A function table and a table of values; the export names table 0.
    fn broken() -> Vec<u8> {
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        module.extend([TABLE_SECTION, 8, 2, 0x70, 1, 5, 5, EXTERNREF, 0, 8]);
        let name = TABLE_OF_VALUES.len() as u8;
        module.extend([EXPORT_SECTION, name + 4, 1, name]);
        module.extend(TABLE_OF_VALUES);
        module.extend([TABLE_KIND, 0]);
        module
    }

    #[test]
    fn the_export_of_the_table_of_values_is_mended() {
        let mut module = broken();
        mend(&mut module).unwrap();
        assert_eq!(module.last(), Some(&1));
        let mended = module.clone();
        mend(&mut module).unwrap();
        assert_eq!(module, mended, "a right one stays");
    }

    #[test]
    fn a_module_that_ends_early_is_an_error_and_not_a_panic() {
        let module = broken();
        for length in 8..module.len() {
            let _error_or_nothing_to_do = mend(&mut module[..length].to_vec());
        }
    }
}
