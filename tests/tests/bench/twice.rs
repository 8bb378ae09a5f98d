//! What the load has left: no time of anybody given away twice, and nothing that only the database has noticed.

use anyhow::Result;

use super::load::BigSalon;
use super::sql;

/// Rows of time in the first lane that begin before an earlier one of the same person or thing has ended. A window and no join: there are
/// many rows, and each is compared with those before it only.
const OVERSOLD: &str = "select count(*) from (
    select lower(during) as starts, max(upper(during)) over (
        partition by store_id, resource_id order by lower(during), upper(during) rows between unbounded preceding and 1 preceding) as until
    from occupancy where lane = 0) held
    where starts < until";

/// How many rows are sold twice; and how often the exclusion constraint had to say so.
pub fn counted(salon: &BigSalon) -> Result<(f64, f64)> {
    let log = std::fs::read_to_string(salon.place.join("postgres/log"))?;
    #[expect(clippy::cast_precision_loss, reason = "none, or a few")]
    let hits = log.lines().filter(|line| line.contains("occupancy_backstop")).count() as f64;
    Ok((sql::number(&salon.database, OVERSOLD)?, hits))
}
