//! What a booking costs: the processor time of a process and everything below it.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Result, ensure};

/// Microseconds in one tick of `/proc`: a hundredth of a second on every Linux.
const TICK_MICROS: u64 = 10_000;
/// No process here is further below another one.
const MOST_GENERATIONS: usize = 20;

/// What `/proc/<pid>/stat` says.
struct Usage {
    parent: u32,
    /// Of all its threads, and of children that have ended.
    ticks: u64,
}

/// Microseconds of processor time that a process and its descendants have used so far.
pub fn used_micros(root: u32) -> Result<u64> {
    let processes = fs::read_dir("/proc")?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let all: BTreeMap<u32, Usage> = processes.filter_map(|pid| Some((pid, usage(pid)?))).collect();
    ensure!(all.contains_key(&root), "there is no process {root}");
    let is_below = |pid: &u32| {
        let ancestors = std::iter::successors(Some(*pid), |pid| all.get(pid).map(|usage| usage.parent));
        ancestors.take(MOST_GENERATIONS).any(|ancestor| ancestor == root)
    };
    let ticks: u64 = all.iter().filter(|(pid, _)| is_below(pid)).map(|(_, usage)| usage.ticks).sum();
    Ok(ticks * TICK_MICROS)
}

/// `None` for a process that ends meanwhile; its parent then knows what it used.
fn usage(pid: u32) -> Option<Usage> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name, in brackets, may contain anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |index: usize| fields.get(index).and_then(|field| field.parse::<u64>().ok());
    let ticks = (11..=14).map(number).sum::<Option<u64>>()?;
    Some(Usage { parent: u32::try_from(number(1)?).ok()?, ticks })
}
