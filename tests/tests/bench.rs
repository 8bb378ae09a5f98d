//! `cargo xtask bench`: `bench <name> <value> <unit>` lines. A speed is printed with its baseline from the same run on the same
//! cluster; this is a command, not a check, and asserts only that what it measures really happened, and that no time was given away twice.

#[path = "bench/baseline.rs"]
mod baseline;
#[path = "bench/board.rs"]
mod board;
#[path = "bench/cpu.rs"]
mod cpu;
#[path = "bench/first_visit.rs"]
mod first_visit;
#[path = "bench/frames.rs"]
mod frames;
#[path = "bench/growth.rs"]
mod growth;
#[path = "bench/load.rs"]
mod load;
#[path = "bench/recording.rs"]
mod recording;
#[path = "bench/scattered.rs"]
mod scattered;
#[path = "bench/sql.rs"]
mod sql;
#[path = "bench/twice.rs"]
mod twice;

use std::time::Duration;

use anyhow::{Result, ensure};
use shared::openings::sample::Sample;
use tokio::time::Instant;

fn print(name: &str, value: f64, unit: &str) {
    let decimals = if value >= 100.0 { 0 } else { 2 };
    println!("bench {name} {value:.decimals$} {unit}");
}

/// The middle of some measurements.
fn percentile(mut values: Vec<f64>, percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get((values.len() * percent / 100).min(values.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

/// Microseconds of one search, from free masks to start masks. In rounds so short that most of them are not interrupted.
fn search_micros(sample: &Sample) -> f64 {
    let rounds: Vec<f64> = (0..300)
        .map(|_| {
            let begun = Instant::now();
            for _ in 0..20 {
                std::hint::black_box(sample.search());
            }
            begun.elapsed().as_secs_f64() * 1e6 / 20.0
        })
        .collect();
    percentile(rounds, 50)
}

fn engine() {
    print("openings_engine_us_native", search_micros(&Sample::build()), "us");
    let rooms = search_micros(&Sample::with_rooms());
    print("openings_rooms_us_native", rooms, "us");
    let chain = search_micros(&Sample::chain_of_three());
    print("openings_chain3_us_native", chain, "us");
    print("openings_chain3_to_rooms_ratio", chain / rooms, "ratio");
}

#[tokio::test(flavor = "multi_thread")]
async fn growth_of_the_table() -> Result<()> {
    growth::of_the_table().await
}

/// The board on a slow tablet, beside a plain page of as many boxes.
#[tokio::test(flavor = "multi_thread")]
async fn frames_of_the_board() -> Result<()> {
    let measured = frames::measure().await?;
    let all = [measured.first.clone(), measured.later].concat();
    let (board, plain) = (percentile(all.clone(), 95), percentile(measured.plain, 95));
    print("board_frame_ms_p50", percentile(all, 50), "ms");
    print("board_frame_ms_p95", board, "ms");
    print("board_frame_first_pass_ms_p95", percentile(measured.first, 95), "ms");
    print("board_frame_plain_page_ms_p95", plain, "ms");
    print("board_frame_to_plain_page_ratio", board / plain, "ratio");
    print("board_day_change_ms", percentile(measured.days.clone(), 50), "ms");
    print("board_day_change_ms_max", percentile(measured.days, 100), "ms");
    print("board_day_plain_page_ms", measured.plain_day, "ms");
    Ok(())
}

/// How many small synchronous writes the disk takes now: speeds of different runs compare only beside this.
fn fsync(place: &std::path::Path) -> Result<()> {
    use std::io::Write;
    let mut file = std::fs::File::create(place.join("fsync"))?;
    let begun = Instant::now();
    let mut writes = 0;
    while begun.elapsed() < Duration::from_secs(1) {
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
        writes += 1;
    }
    print("fsync_per_s", f64::from(writes), "per_s");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn bench() -> Result<()> {
    engine();
    let salon = load::BigSalon::open().await?;
    fsync(&salon.place)?;
    let script = recording::record(&salon).await?;
    for clients in [8, 32] {
        let booked = salon.book_for(Duration::from_secs(6), clients).await?;
        print(&format!("booking_http_per_s_c{clients}"), booked.per_second, "per_s");
        let under_load = if clients > 8 { format!("_c{clients}") } else { String::new() };
        print(&format!("cpu_us_per_booking_server{under_load}"), booked.server_micros, "us");
        print(&format!("cpu_us_per_booking_postgres{under_load}"), booked.postgres_micros, "us");
        let replayed = baseline::pgbench(&salon.database, &script, clients, 6)?;
        print(&format!("pgbench_per_s_c{clients}"), replayed, "per_s");
        print(&format!("booking_to_pgbench_ratio_c{clients}"), booked.per_second / replayed, "ratio");
    }
    let times = salon.ask_openings(200).await?;
    print("openings_http_ms_p50", percentile(times.clone(), 50), "ms");
    print("openings_http_ms_p99", percentile(times, 99), "ms");
    let race = salon.race(200).await?;
    ensure!(race.applied == 1 && race.refused == 199, "a race of 200 had {} winners and {} losers", race.applied, race.refused);
    print("race_200_ms", race.took.as_secs_f64() * 1000.0, "ms");
    print("scattered_us_per_command_30k", scattered::micros_per_command(&salon).await?, "us");
    print("server_rss_mb", salon.server_rss_mb()?, "mb");
    let (oversold, backstop_hits) = twice::counted(&salon)?;
    print("oversold", oversold, "rows");
    print("backstop_hits", backstop_hits, "hits");
    ensure!((oversold, backstop_hits) == (0.0, 0.0), "time was given away twice");
    salon.close().await?;
    print("first_visit_kb_member", first_visit::kilobytes().await?, "kb");
    let delays = board::delays().await?;
    print("board_after_commit_ms_p50", percentile(delays.clone(), 50), "ms");
    print("board_after_commit_ms_max", percentile(delays, 100), "ms");
    Ok(())
}
