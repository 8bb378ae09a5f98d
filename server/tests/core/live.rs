//! Pokes: a desk hears of a booking at once, of its own store only, and streams end when they must.

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use futures_util::StreamExt;
use shared::scope::Scope;
use shared::staff_preference::StaffPreference;
use tower::ServiceExt;

use crate::world::*;

struct Stream(BodyDataStream);

impl Stream {
    async fn open(world: &World, person: &Person, scopes: &[Scope]) -> Stream {
        let names: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        let path = format!("/api/live?scopes={}&app={}", names.join(","), person.app());
        let request = Request::builder().uri(path).header("cookie", person.cookie()).body(Body::empty()).expect("a request");
        let response = world.router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Stream(response.into_body().into_data_stream())
    }

    /// The next line with data; `None` when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        loop {
            let bytes = self.0.next().await?.expect("a frame");
            let text = String::from_utf8(bytes.to_vec()).expect("text");
            if let Some(data) = text.lines().find_map(|line| line.strip_prefix("data: ")) {
                return Some(data.to_owned());
            }
        }
    }
}

#[tokio::test]
async fn a_desk_hears_of_a_booking_and_a_stream_ends_with_the_session() {
    let world = World::salon().await;
    let (desk, member) = (world.desk(STORE).await, world.member("13800138000").await);
    let mut stream = Stream::open(&world, &desk, &[Scope::Desk(STORE), Scope::Desk(OTHER_STORE)]).await;
    let mut own = Stream::open(&world, &member, &[Scope::User(member.account())]).await;
    world.direct(&member, &book(new_booking(), Some(member.account()), StaffPreference::Any, at(1, 14, 0))).await;
    assert_eq!(stream.next().await, Some(Scope::Desk(STORE).to_string()));
    assert_eq!(own.next().await, Some(Scope::User(member.account()).to_string()));
    world.state.live.revoke(member.session);
    assert_eq!(own.next().await, None);
    world.state.live.shut_down();
    assert_eq!(stream.next().await, None);
}
