//! What the server knows about numbers, and commands cannot say of themselves: which one an account signs in with, and whether a code that
//! was said at a desk is the one that was sent.

use shared::command::{Command, ProveNumber};
use shared::id::AccountId;
use shared::role::Permission;
use shared::time::Timestamp;
use shared::view::View;
use sqlx::PgConnection;

use crate::auth::code;
use crate::db::{accounts, desk_codes, members};
use crate::received_command::ReceivedCommand;
use crate::state::AppState;

/// Whoever registers is known by the number they sign in with.
pub(crate) async fn own_numbers(
    state: &AppState,
    connection: &mut PgConnection,
    view: &mut View,
    orders: &[ReceivedCommand],
) -> sqlx::Result<()> {
    let registers = |order: &&ReceivedCommand| matches!(order.command, Some(Command::RegisterMember(_)));
    for account in orders.iter().filter(registers).filter_map(|order| order.actor.account_id()) {
        if let Some(number) = members::phone_of_account(connection, &state.sealer, account).await? {
            view.account_numbers.insert(account, number);
        }
    }
    Ok(())
}

/// The account whose number the code in a command proves; it is made if nobody has signed in with that number yet. Only an answer of
/// somebody who may ask takes a try.
pub(crate) async fn by_code(
    state: &AppState,
    connection: &mut PgConnection,
    order: &ReceivedCommand,
    command: &Command,
    now: Timestamp,
) -> sqlx::Result<Option<AccountId>> {
    let Command::ProveNumber(ProveNumber { store, phone, code: said, .. }) = command else { return Ok(None) };
    if order.number != 0 || !code::is_code(said) || !order.actor.may(Permission::EditMembers, *store) {
        return Ok(None);
    }
    let index = state.sealer.phone_index(phone);
    let hash = state.sealer.desk_code_hash(*store, phone, said);
    if !desk_codes::take(connection, *store, &index, &hash, now).await? {
        return Ok(None);
    }
    let fresh = AccountId(state.clock.fresh_id());
    let sealed = state.sealer.seal(fresh.0, phone.as_str().as_bytes());
    accounts::of_proven_phone(connection, fresh, &index, &sealed, now).await.map(Some)
}
