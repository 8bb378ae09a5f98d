//! `/api/session`: who is signed in; signing in as a member or as staff, saying who stands at a tablet, signing out.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::api::logins::AuditAction;
use shared::api::sign_in::{ClaimStaff, Session, SignInMember, SignInStaff};
use shared::id::AccountId;
use shared::login::LONGEST_NAME;
use shared::role::Principal;
use shared::text::Limit;

use crate::audit::{self, Act, By};
use crate::auth::browser::Browser;
use crate::auth::client::Client;
use crate::auth::{self, attempts, code, cookie, password, tablet};
use crate::error::problem::Problem;
use crate::error::{Error, JsonBody, Result};
use crate::identity::{Identity, principal_name};
use crate::peer::{Address, Edge};
use crate::state::AppState;
use crate::{db, phones, text};

/// `GET /api/session`: the session, or 204 when nobody is signed in.
pub async fn show(State(state): State<AppState>, identity: Identity, headers: HeaderMap) -> Result<Response> {
    let answer = match auth::session(&state, &headers, identity.app).await? {
        Some(session) => Json(session).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
}

/// `DELETE /api/session`: signs out. Signing out twice is no fault.
pub async fn sign_out(State(state): State<AppState>, identity: Identity, edge: Edge, headers: HeaderMap) -> Result<Response> {
    if let Some(session) = identity.session {
        let act = Act::new(AuditAction::SignedOut, principal_name(identity.actor.principal), None);
        auth::end(&state, session, audit::entry(&state, &By::of(&identity), act)).await?;
    }
    let mut response = (StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::take(identity.app, edge.secure))]).into_response();
    let waits = tablet::waits(&state, &headers).await?;
    tablet::give_back(identity.app, &headers, waits, edge.secure, &mut response);
    Ok(response)
}

/// `POST /api/session/member`: the first time makes the account.
pub async fn sign_in_member(
    State(state): State<AppState>,
    identity: Identity,
    client: Client,
    browser: Browser,
    Address(address): Address,
    headers: HeaderMap,
    JsonBody(asked): JsonBody<SignInMember>,
) -> Result<Response> {
    let phone = phones::read(state.catalogue().await?.as_ref(), &asked.phone)?;
    let given = shared::one_time_code::read(&asked.code);
    let (phone_index, now) = (state.sealer.phone_index(&phone), state.clock.now());
    // A code is good only in the browser that asked for it.
    let asked_here = match browser.id() {
        Some(id) if db::codes::any(&state.pool, &id, &phone_index, now).await? => Some(id),
        _ => None,
    };
    let tries = attempts::code(&state, &browser, &phone_index, &address, asked_here.is_some());
    attempts::record(&state, &tries).await?;
    let hash = state.sealer.code_hash(&phone, &given);
    let good = match asked_here.filter(|_| code::is_code(&given)) {
        Some(id) => db::codes::take(&state.pool, &id, &phone_index, &hash, now).await?,
        None => false,
    };
    if !good {
        return Err(Problem::WRONG_CODE.into());
    }
    attempts::forgive(&state, &tries).await?;
    let fresh = AccountId(state.clock.fresh_id());
    let sealed = state.sealer.seal(fresh.0, phone.as_str().as_bytes());
    let language = asked.language.unwrap_or_else(|| auth::language_of(&headers));
    let account = db::accounts::of_phone(&state.pool, fresh, &phone_index, &sealed, language, now).await?;
    signed_in_as(&state, &identity, Principal::Account(account), &phone_index, &client, browser).await
}

/// `POST /api/session/staff`.
pub async fn sign_in_staff(
    State(state): State<AppState>,
    identity: Identity,
    client: Client,
    browser: Browser,
    Address(address): Address,
    headers: HeaderMap,
    JsonBody(asked): JsonBody<SignInStaff>,
) -> Result<Response> {
    // Cleaned like the names of logins; one that is too long is nobody's.
    let name = text::taken("name", Limit::Line(LONGEST_NAME), &asked.name).unwrap_or_default().to_lowercase();
    let tries = attempts::password(&state, &browser, &name, &address);
    if let Err(refusal) = attempts::record(&state, &tries).await {
        attempts::note_lockout(&state, &name).await?;
        return Err(refusal);
    }
    let found = db::users::by_name(&state.pool, &name).await?;
    let (user, stored) = found.unzip();
    let fits = password::fits(&asked.password, stored).await.map_err(|error| Error::Fault(error.to_string()))?;
    let Some(user) = user.filter(|_| fits) else { return Err(Problem::WRONG_PASSWORD.into()) };
    attempts::forgive(&state, &tries).await?;
    let before = tablet::replaced(&identity);
    let mut response = signed_in_as(&state, &before, Principal::User(user), name.as_bytes(), &client, browser).await?;
    tablet::keep_behind(&identity, &headers, client.secure, &mut response);
    Ok(response)
}

/// `POST /api/session/pin`: on an enrolled tablet, who is at the desk now.
pub async fn claim_staff(
    State(state): State<AppState>,
    identity: Identity,
    headers: HeaderMap,
    JsonBody(asked): JsonBody<ClaimStaff>,
) -> Result<Json<Session>> {
    let (Principal::Device(device), Some(session)) = (identity.actor.principal, identity.session) else {
        return Err(if identity.is_signed_in() { Problem::NOT_ALLOWED } else { Problem::NOT_SIGNED_IN }.into());
    };
    let tries = attempts::pin(asked.staff, device);
    attempts::record(&state, &tries).await?;
    let stored = db::pins::of(&state.pool, asked.staff).await?;
    let fits = password::fits(&asked.pin, stored).await.map_err(|error| Error::Fault(error.to_string()))?;
    let catalogue = state.catalogue().await?;
    let own = identity.actor.grants.iter().filter_map(|grant| grant.store);
    let works_here =
        catalogue.staff.get(&asked.staff).is_some_and(|staff| staff.active && own.clone().any(|store| staff.stores.contains(&store)));
    if !fits || !works_here {
        return Err(Problem::WRONG_PIN.into());
    }
    attempts::forgive(&state, &tries).await?;
    let by = By { staff: Some(asked.staff), ..By::of(&identity) };
    let store = identity.actor.grants.iter().find_map(|grant| grant.store);
    let entry = audit::entry(&state, &by, Act::new(AuditAction::PinClaimed, format!("staff:{}", asked.staff), store));
    let (staff, now) = (asked.staff, state.clock.now());
    let claimed = db::transaction(&state.pool, move |connection| {
        Box::pin(async move {
            db::pin_claims::note(&mut *connection, device, staff, now).await?;
            db::sessions::claim(&mut *connection, session, Some(staff)).await?;
            db::audit::record(connection, &entry).await
        })
    });
    claimed.await?;
    let session = auth::session(&state, &headers, identity.app).await?.ok_or(Problem::NOT_SIGNED_IN)?;
    Ok(Json(session))
}

/// Begins a session and answers it; from now on the browser is known as one of `subject`'s.
pub(super) async fn signed_in_as(
    state: &AppState,
    before: &Identity,
    principal: Principal,
    subject: &[u8],
    client: &Client,
    mut browser: Browser,
) -> Result<Response> {
    let (session, cookie) = auth::begin(state, before, principal, client).await?;
    let mut response = signed_in(session, cookie);
    for cookie in browser.remember(&state.sealer, subject, client.secure) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The answer to a sign-in: the session and its cookie.
pub(super) fn signed_in(session: Session, cookie: HeaderValue) -> Response {
    ([(header::SET_COOKIE, cookie), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(session)).into_response()
}
