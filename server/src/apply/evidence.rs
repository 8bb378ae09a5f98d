//! What a message says about its own sender, weighed against what the server knows: such words never count against somebody else.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::{DeviceId, ReplicaId, StaffId, StoreId};
use shared::role::Principal;
use sqlx::PgConnection;

use crate::db::{desk_reads, pin_claims};
use crate::identity::principal_name;
use crate::received_command::ReceivedCommand;

/// Settles for the commands of one transaction who gave them and what they had seen. `head` is that of the store's desk feed.
pub(crate) async fn weigh(
    connection: &mut PgConnection,
    store: Option<StoreId>,
    head: u64,
    orders: &mut [ReceivedCommand],
) -> sqlx::Result<()> {
    let claims: BTreeSet<(DeviceId, StaffId)> = orders.iter().filter_map(claim).collect();
    let proved = if claims.is_empty() { BTreeSet::new() } else { pin_claims::proved(&mut *connection, &claims).await? };
    for order in orders.iter_mut() {
        if claim(order).is_some_and(|claim| proved.contains(&claim)) {
            order.actor.staff = order.claimed_staff;
        }
    }
    if let Some(store) = store {
        let reads = reads(connection, store, orders).await?;
        for order in orders {
            // Nobody can work at a desk of which nothing was ever read: signing in needs the network, and what comes then is the whole
            // feed. So who has no reading to show has hidden it, and counts as having seen everything. Of members nothing is kept, or
            // asked.
            let unread = if order.actor.grants.is_empty() { 0 } else { head };
            let read = reads.get(&order.replica).copied().unwrap_or(unread);
            (order.base, order.base_raised) = base(order.claimed_base, read, head);
        }
    }
    Ok(())
}

fn claim(order: &ReceivedCommand) -> Option<(DeviceId, StaffId)> {
    match order.actor.principal {
        Principal::Device(device) => Some((device, order.claimed_staff?)),
        _ => None,
    }
}

/// How far those who work at desks had read. Members displace nobody, so that nobody asks what they have seen.
async fn reads(connection: &mut PgConnection, store: StoreId, orders: &[ReceivedCommand]) -> sqlx::Result<BTreeMap<ReplicaId, u64>> {
    let from_desk = |order: &&ReceivedCommand| order.claimed_base.is_some() && !order.actor.grants.is_empty();
    let senders: BTreeSet<(String, ReplicaId)> =
        orders.iter().filter(from_desk).map(|order| (principal_name(order.actor.principal), order.replica)).collect();
    if senders.is_empty() {
        return Ok(BTreeMap::new());
    }
    desk_reads::of_senders(connection, store, &senders.into_iter().collect::<Vec<_>>()).await
}

/// What counts as seen, and whether the message's word did not: less than its sender had read, or more than there is, as from a device
/// that knows a life of the database which a restore has ended.
fn base(claimed: Option<u64>, read: u64, head: u64) -> (u64, bool) {
    let read = read.min(head);
    match claimed {
        None => (head, false),
        Some(claimed) if claimed < read => (read, true),
        Some(claimed) if claimed > head => (head, true),
        Some(claimed) => (claimed, false),
    }
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn who_claims_to_have_seen_less_than_they_read_is_not_believed() {
        assert_eq!(base(Some(0), 7, 9), (7, true));
        assert_eq!(base(Some(7), 7, 9), (7, false), "the honest word of a tablet");
        assert_eq!(base(Some(8), 7, 9), (8, false), "it may have read more than we heard of");
        assert_eq!(base(Some(0), 9, 9), (9, true), "nothing was heard of: everything counts as read");
    }

    #[test]
    fn nobody_has_seen_more_than_there_is() {
        assert_eq!(base(Some(12), 0, 9), (9, true));
        assert_eq!(base(Some(3), 12, 9), (9, true));
        assert_eq!(base(None, 0, 9), (9, false), "what is given now has seen everything");
    }
}
