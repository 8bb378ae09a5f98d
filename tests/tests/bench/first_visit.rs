//! What a phone loads when somebody opens the members' app for the first time.

use std::time::Duration;

use anyhow::Result;
use tests::World;

/// When nothing more has come for so long, everything is there.
const QUIET: Duration = Duration::from_secs(3);

/// Kilobytes that pass the wire until the app is there and installed for use without a network.
pub async fn kilobytes() -> Result<f64> {
    let world = World::salon().await?;
    let phone = world.phone("小满").await?;
    phone.open("/m/").await?;
    phone.is_installed().await?;
    let mut before = 0;
    while phone.wire.received() > before {
        before = phone.wire.received();
        tokio::time::sleep(QUIET).await;
    }
    world.ends(vec![phone]).await?;
    #[expect(clippy::cast_precision_loss, reason = "less than a gigabyte")]
    Ok(before as f64 / 1024.0)
}
