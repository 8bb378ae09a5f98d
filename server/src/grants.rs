//! From roles to scopes: what a session may read, each scope with the id of the right it is read by.
//!
//! That id follows from the epoch of the database, the stored grant and the scope: it stays the same while the role stays, and a role taken
//! away and given again later is another one, as is everything after a restore, so that a device starts the scope afresh.

use shared::id::{EpochId, GrantId, StoreId};
use shared::role::{Actor, Grant, Principal};
use shared::scope::{Scope, may_read};
use uuid::Uuid;

/// The right everybody has, from which the public scopes are read.
const PUBLIC: Uuid = Uuid::from_u128(0x6875_6979_7565_5075_626c_6963_0000_0001);

/// A role as it was given: the stored row's id and what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenGrant {
    /// Id of the grant; for a tablet its device id.
    pub id: Uuid,
    /// Role and store.
    pub grant: Grant,
}

/// The scopes of a session, in the order of [`Scope`].
#[must_use]
pub fn scopes(epoch: EpochId, principal: Principal, given: &[GivenGrant], stores: &[StoreId]) -> Vec<(Scope, GrantId)> {
    let grant_id = |root, scope| grant_id(epoch, root, scope);
    let mut scopes = vec![(Scope::BrandPublic, grant_id(PUBLIC, Scope::BrandPublic))];
    scopes.extend(stores.iter().map(|store| Scope::Busy(*store)).map(|scope| (scope, grant_id(PUBLIC, scope))));
    if let Principal::Account(account) = principal {
        scopes.push((Scope::User(account), grant_id(account.0, Scope::User(account))));
    }
    let of_store = |store: &StoreId| [Scope::Desk(*store), Scope::Members(*store), Scope::Contacts(*store)];
    let by_role = std::iter::once(Scope::BrandInternal).chain(stores.iter().flat_map(of_store));
    scopes.extend(by_role.filter_map(|scope| {
        let root = given.iter().find(|given| opens(principal, given.grant, scope))?;
        Some((scope, grant_id(root.id, scope)))
    }));
    scopes.sort_unstable();
    scopes
}

/// What somebody who has not signed in may read.
#[must_use]
pub fn public_scopes(epoch: EpochId, stores: &[StoreId]) -> Vec<(Scope, GrantId)> {
    scopes(epoch, Principal::Anonymous, &[], stores)
}

fn opens(principal: Principal, grant: Grant, scope: Scope) -> bool {
    may_read(&Actor { principal, grants: vec![grant], staff: None }, scope)
}

fn grant_id(epoch: EpochId, root: Uuid, scope: Scope) -> GrantId {
    GrantId(Uuid::new_v5(&root, format!("{epoch}/{scope}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use shared::id::{AccountId, UserId};
    use shared::role::Role;

    use super::*;

    const EPOCH: EpochId = EpochId(Uuid::from_u128(1));

    fn store(number: u128) -> StoreId {
        StoreId(Uuid::from_u128(number))
    }

    fn given(id: u128, role: Role, store: Option<StoreId>) -> GivenGrant {
        GivenGrant { id: Uuid::from_u128(id), grant: Grant { role, store } }
    }

    fn names(scopes: &[(Scope, GrantId)]) -> Vec<Scope> {
        scopes.iter().map(|(scope, _)| *scope).collect()
    }

    #[test]
    fn a_member_reads_the_public_and_their_own() {
        let account = AccountId(Uuid::from_u128(9));
        let scopes = scopes(EPOCH, Principal::Account(account), &[], &[store(1)]);
        assert_eq!(names(&scopes), [Scope::BrandPublic, Scope::Busy(store(1)), Scope::User(account)]);
    }

    #[test]
    fn a_technician_sees_no_contacts_and_no_other_store() {
        let user = Principal::User(UserId(Uuid::from_u128(3)));
        let scopes = names(&scopes(EPOCH, user, &[given(5, Role::Technician, Some(store(1)))], &[store(1), store(2)]));
        assert!(scopes.contains(&Scope::Desk(store(1))) && scopes.contains(&Scope::Members(store(1))));
        assert!(!scopes.contains(&Scope::Contacts(store(1))) && !scopes.contains(&Scope::Desk(store(2))));
    }

    #[test]
    fn a_role_given_again_is_another_grant() {
        let user = Principal::User(UserId(Uuid::from_u128(3)));
        let grant_of = |id| scopes(EPOCH, user, &[given(id, Role::Receptionist, Some(store(1)))], &[store(1)]);
        let desk = |scopes: Vec<(Scope, GrantId)>| scopes.into_iter().find(|(scope, _)| *scope == Scope::Desk(store(1)));
        assert_eq!(desk(grant_of(5)), desk(grant_of(5)));
        assert_ne!(desk(grant_of(5)), desk(grant_of(6)));
    }

    #[test]
    fn the_public_scopes_have_the_same_grant_for_everybody() {
        let user = Principal::User(UserId(Uuid::from_u128(3)));
        let manager = scopes(EPOCH, user, &[given(5, Role::Owner, None)], &[store(1)]);
        assert!(public_scopes(EPOCH, &[store(1)]).iter().all(|public| manager.contains(public)));
    }

    #[test]
    fn after_a_restore_every_right_is_another_one() {
        let epoch = |number| public_scopes(EpochId(Uuid::from_u128(number)), &[store(1)]);
        assert!(epoch(1).iter().all(|grant| !epoch(2).contains(grant)));
    }
}
