//! Numbers of members: a record of their own, because fewer may see them, and part of their member where both are here.

use super::Records;
use crate::id::MemberId;

/// Fills in the numbers that another feed has brought, where the member stands as they say.
pub(super) fn join(records: &mut Records, id: MemberId) {
    let Some(numbers) = records.numbers.get_shared(&id) else { return };
    let Some(member) = records.members.get_mut(&id) else { return };
    if member.contact.value.is_same(&numbers.typed) {
        member.contact.value = numbers.typed.clone();
    }
    if let (Some(masked), Some(whole)) = (&mut member.verified, &numbers.verified)
        && masked.is_same(whole)
    {
        *masked = whole.clone();
    }
}
