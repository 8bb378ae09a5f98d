//! Acts on logins, one after the other: whoever acts still has the right to in the moment of the act, and two who act on each other at once
//! do not both succeed.

use futures_util::future::BoxFuture;
use shared::id::UserId;
use shared::role::{Actor, Principal};
use sqlx::PgConnection;

use crate::db::users::Login;
use crate::error::problem::Problem;
use crate::error::{Error, Result};
use crate::identity::Identity;
use crate::state::AppState;
use crate::{auth, db};

/// Does something to logins in a transaction of its own, as the actor who gives it is at that moment.
///
/// # Errors
/// 401 when the session has ended meanwhile; those of the work.
pub(super) async fn acting<T: Send + 'static>(
    state: &AppState,
    identity: &Identity,
    work: impl for<'c> FnOnce(&'c mut PgConnection, Actor) -> BoxFuture<'c, Result<T>> + Send + 'static,
) -> Result<T> {
    let (own, identity) = (state.clone(), identity.clone());
    db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            db::users::lock_all(connection).await?;
            let actor = auth::actor_now(&own, connection, &identity).await?.ok_or(Problem::NOT_SIGNED_IN)?;
            work(connection, actor).await
        })
    })
    .await
}

/// The login of an id that the actor may manage and that is not their own; any other does not exist for them.
pub(super) async fn managed(connection: &mut PgConnection, actor: &Actor, id: &str) -> Result<Login> {
    let id: UserId = id.parse().map_err(|_| Problem::NOT_FOUND)?;
    if actor.principal == Principal::User(id) {
        return Err(Problem::OWN_LOGIN.into());
    }
    let login = db::users::list(connection, Some(id)).await?.into_iter().next();
    login.filter(|login| actor.may_manage(&login.grants)).ok_or_else(|| Error::from(Problem::NOT_FOUND))
}
