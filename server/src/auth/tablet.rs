//! A tablet stays enrolled while somebody signs in on it with an account: its own session waits behind theirs, in a cookie of its own, and
//! is back when they sign out.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use shared::role::Principal;

use super::{cookie, lifetime, token};
use crate::db::{self, sessions::Found};
use crate::identity::{App, Identity};
use crate::state::AppState;

/// The cookie in which the tablet's session waits.
const NAME: &str = "hy_tablet";

/// Whose session a new one takes the place of: that of a tablet lives on behind it.
#[must_use]
pub fn replaced(identity: &Identity) -> Identity {
    match identity.actor.principal {
        Principal::Device(_) => Identity::anonymous(identity.app),
        _ => identity.clone(),
    }
}

/// Keeps the session of the tablet, if the request came with one, behind the one that begins.
pub fn keep_behind(identity: &Identity, headers: &HeaderMap, secure: bool, response: &mut Response) {
    let token = cookie::token(headers, identity.app);
    if let (principal @ Principal::Device(_), Some(token)) = (identity.actor.principal, token) {
        add(response, cookie::set(NAME, token, lifetime::of(principal).absolute / 1000, secure));
    }
}

/// Whether the session that waits is that of a tablet, which still lives: nothing else is given back.
///
/// # Errors
/// Of the database.
pub async fn waits(state: &AppState, headers: &HeaderMap) -> sqlx::Result<bool> {
    let Some(token) = cookie::value(headers, NAME) else { return Ok(false) };
    let found = db::sessions::find(&state.pool, &token::hash(token), state.clock.now()).await?;
    Ok(matches!(found, Found::Active(active) if matches!(active.principal, Principal::Device(_))))
}

/// Gives the tablet its session back, if one [`waits`], in place of the one that ends.
pub fn give_back(app: App, headers: &HeaderMap, waits: bool, secure: bool, response: &mut Response) {
    let Some(token) = cookie::value(headers, NAME).filter(|_| app == App::Desk) else { return };
    if waits {
        response.headers_mut().remove(header::SET_COOKIE);
        // The server ends the session by its own clock; the cookie may stay longer.
        add(response, cookie::give(app, token, lifetime::longest() / 1000, secure));
    }
    forget(headers, secure, response);
}

/// Forgets the session that waits, if one does: another tablet begins.
pub fn forget(headers: &HeaderMap, secure: bool, response: &mut Response) {
    if cookie::value(headers, NAME).is_some() {
        add(response, cookie::set(NAME, "", 0, secure));
    }
}

fn add(response: &mut Response, cookie: HeaderValue) {
    response.headers_mut().append(header::SET_COOKIE, cookie);
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;
    use shared::id::DeviceId;
    use shared::role::Actor;
    use uuid::Uuid;

    use super::*;

    fn given(response: &Response) -> Vec<&str> {
        response.headers().get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()?.split(';').next()).collect()
    }

    #[test]
    fn a_manager_who_signs_in_on_a_tablet_and_out_again_leaves_it_enrolled() {
        let actor = Actor { principal: Principal::Device(DeviceId(Uuid::from_u128(1))), grants: Vec::new(), staff: None };
        let tablet = Identity { actor, session: Some(Uuid::from_u128(2)), ..Identity::anonymous(App::Desk) };
        assert_eq!(replaced(&tablet).session, None, "the session of the tablet is not ended");
        let cookies = |text: &'static str| HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(text))]);
        let mut signed_in = ().into_response();
        keep_behind(&tablet, &cookies("hy_desk=tablet"), false, &mut signed_in);
        assert_eq!(given(&signed_in), ["hy_tablet=tablet"]);
        let mut signed_out = ([(header::SET_COOKIE, cookie::take(App::Desk, false))], ()).into_response();
        give_back(App::Desk, &cookies("hy_desk=manager; hy_tablet=tablet"), true, false, &mut signed_out);
        assert_eq!(given(&signed_out), ["hy_desk=tablet", "hy_tablet="]);
        let mut signed_out = ([(header::SET_COOKIE, cookie::take(App::Desk, false))], ()).into_response();
        give_back(App::Desk, &cookies("hy_desk=manager; hy_tablet=other"), false, false, &mut signed_out);
        assert_eq!(given(&signed_out), ["hy_desk=", "hy_tablet="], "what is no tablet's is not given back");
    }

    #[test]
    fn whoever_signs_out_elsewhere_is_signed_out() {
        let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static("hy_desk=manager"))]);
        let mut signed_out = ([(header::SET_COOKIE, cookie::take(App::Desk, false))], ()).into_response();
        give_back(App::Desk, &headers, false, false, &mut signed_out);
        assert_eq!(given(&signed_out), ["hy_desk="]);
    }
}
