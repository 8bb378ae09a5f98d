//! Every JSON shape that both programs speak, once. What is asked is strict: a field the server does not know is a mistake. What is
//! answered is tolerant: an app passes over what a newer server says more. Records and commands travel by `sync.rs`, as postcard.

pub mod devices;
pub mod logins;
pub mod problem;
pub mod sign_in;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::devices::EnrolDevice;
    use super::problem::Problem;
    use super::sign_in::Session;

    #[test]
    fn an_app_passes_over_what_a_newer_server_says_more() {
        let problem: Problem = serde_json::from_value(json!({ "type": "/problems/time_taken", "colour": "red" })).expect("a problem");
        assert_eq!(problem.code(), "time_taken");
        let session: Session = serde_json::from_value(json!({
            "principal": "Anonymous", "account": null, "staff": null, "name": "阿美", "grants": [], "scopes": [], "store": null,
            "language": "zh", "phone_masked": null, "birthday": "03-08",
        }))
        .expect("a session");
        assert_eq!(session.name, "阿美");
    }

    #[test]
    fn a_server_refuses_what_it_does_not_know() {
        let asked = json!({ "store": uuid::Uuid::nil(), "name": "前台", "colour": "red" });
        assert!(serde_json::from_value::<EnrolDevice>(asked).is_err());
    }
}
