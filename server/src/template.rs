//! What messages there are. Each has words in every language (`words.rs`).

use shared::decision::NoticeKind;

/// What a message says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// A code for signing in.
    Code,
    /// A code to be said at the desk of a store.
    DeskCode,
    /// What became of a booking.
    Notice(NoticeKind),
}

impl Template {
    /// All of them.
    pub const ALL: [Template; 13] = [
        Template::Code,
        Template::DeskCode,
        Template::Notice(NoticeKind::Confirmed),
        Template::Notice(NoticeKind::Requested),
        Template::Notice(NoticeKind::Moved),
        Template::Notice(NoticeKind::Changed),
        Template::Notice(NoticeKind::Cancelled),
        Template::Notice(NoticeKind::Declined),
        Template::Notice(NoticeKind::MoveDeclined),
        Template::Notice(NoticeKind::Displaced),
        Template::Notice(NoticeKind::Reassigned),
        Template::Notice(NoticeKind::Delayed),
        Template::Notice(NoticeKind::Offered),
    ];

    /// Its name in the database and towards gateways.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Template::Code => "code",
            Template::DeskCode => "desk_code",
            Template::Notice(NoticeKind::Confirmed) => "confirmed",
            Template::Notice(NoticeKind::Requested) => "requested",
            Template::Notice(NoticeKind::Moved) => "moved",
            Template::Notice(NoticeKind::Changed) => "changed",
            Template::Notice(NoticeKind::Cancelled) => "cancelled",
            Template::Notice(NoticeKind::Declined) => "declined",
            Template::Notice(NoticeKind::MoveDeclined) => "move_declined",
            Template::Notice(NoticeKind::Displaced) => "displaced",
            Template::Notice(NoticeKind::Reassigned) => "reassigned",
            Template::Notice(NoticeKind::Delayed) => "delayed",
            Template::Notice(NoticeKind::Offered) => "offered",
        }
    }

    /// The template of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Template> {
        Template::ALL.into_iter().find(|template| template.name() == name)
    }

    /// Whether it goes before all others and by a worker of its own, and nothing of it is kept once it has left.
    #[must_use]
    pub fn is_code(self) -> bool {
        matches!(self, Template::Code | Template::DeskCode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_found_by_its_name() {
        assert!(Template::ALL.into_iter().all(|template| Template::named(template.name()) == Some(template)));
        assert_eq!(Template::named("birthday"), None);
    }
}
