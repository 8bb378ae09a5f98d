//! Who may manage whose login: the whole matrix of roles and stores.

use shared::id::{StoreId, UserId};
use shared::role::{Actor, Grant, Principal, Role};
use uuid::Uuid;

const HERE: Option<StoreId> = Some(StoreId(Uuid::from_u128(1)));
const THERE: Option<StoreId> = Some(StoreId(Uuid::from_u128(2)));
const ROLES: [Role; 8] = [
    Role::Member,
    Role::Technician,
    Role::Receptionist,
    Role::StoreManager,
    Role::RegionManager,
    Role::BrandManager,
    Role::Owner,
    Role::Auditor,
];

fn actor(role: Role, store: Option<StoreId>) -> Actor {
    Actor { principal: Principal::User(UserId(Uuid::nil())), grants: vec![Grant { role, store }], staff: None }
}

/// What a role may give, written by hand.
fn below(role: Role) -> &'static [Role] {
    match role {
        Role::StoreManager => &[Role::Technician, Role::Receptionist],
        Role::RegionManager => &[Role::Technician, Role::Receptionist, Role::StoreManager],
        Role::BrandManager | Role::Owner => &[Role::Technician, Role::Receptionist, Role::StoreManager, Role::RegionManager],
        Role::Member | Role::Technician | Role::Receptionist | Role::Auditor => &[],
    }
}

#[test]
fn nobody_gives_a_role_that_is_not_below_their_own_or_of_another_store() {
    for own in ROLES {
        for wanted in ROLES {
            let of_the_brand = own == Role::Owner && !matches!(wanted, Role::Member);
            let below_owner = own == Role::Owner && wanted == Role::BrandManager;
            let may = below(own).contains(&wanted);
            let gives = |at, store| actor(own, at).may_give(Grant { role: wanted, store });
            assert_eq!(gives(HERE, HERE), may || below_owner, "{own:?} here gives {wanted:?} here");
            assert!(!gives(HERE, THERE), "{own:?} here gives {wanted:?} there");
            assert!(!gives(HERE, None), "{own:?} here gives {wanted:?} everywhere");
            assert_eq!(gives(None, HERE), may || of_the_brand, "{own:?} everywhere gives {wanted:?} here");
            assert_eq!(gives(None, None), may || of_the_brand, "{own:?} everywhere gives {wanted:?} everywhere");
        }
    }
}

#[test]
fn a_login_with_a_role_elsewhere_is_not_a_store_managers_to_close() {
    let mei = actor(Role::StoreManager, HERE);
    let technician = |store| Grant { role: Role::Technician, store };
    assert!(mei.may_manage(&[technician(HERE)]));
    assert!(!mei.may_manage(&[technician(HERE), technician(THERE)]));
    assert!(!mei.may_manage(&[technician(HERE), Grant { role: Role::StoreManager, store: HERE }]));
    assert!(!mei.may_manage(&[]), "a login without a role is the owner's");
    assert!(actor(Role::Owner, None).may_manage(&[]));
}

#[test]
fn nobody_signs_in_with_a_name_that_only_looks_like_the_owners() {
    for name in ["owner", "Mei.Chen-2", "美姐", "mei@example.com", "かな", "영희"] {
        assert!(shared::login::is_login_name(name), "{name}");
    }
    for name in ["\u{43e}wner", "\u{130}stan", "", "o\u{301}wner", "ｏwner", "own\ner"] {
        assert!(!shared::login::is_login_name(name), "{name}");
    }
}

#[test]
fn a_pin_that_everybody_tries_first_is_known_as_such() {
    for poor in ["1111", "1234", "4321", "7890", "123456", "1212", "123123", "0000", "656565"] {
        assert!(shared::login::is_guessable_pin(poor), "{poor}");
    }
    for good in ["4821", "7305", "1357", "112358", "1221"] {
        assert!(!shared::login::is_guessable_pin(good), "{good}");
    }
}
