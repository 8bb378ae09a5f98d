//! Every text in a command, with its limit: cleaned and measured where the command is given, before anything is decided.

use crate::booking::Subject;
use crate::name::Name;
use crate::personal::Personal;
use crate::refusal::Refusal;
use crate::text::Limit;
use crate::visit_request::RequestedLine;

/// A person's name.
pub const PERSON: Limit = Limit::Line(40);
/// What a store calls itself, a service or a level.
pub(super) const TITLE: Limit = Limit::Line(80);
pub(super) const ADDRESS: Limit = Limit::Line(200);
/// A code, a number as printed, the name of a time zone.
pub(super) const SHORT: Limit = Limit::Line(64);
/// A note or a reason.
pub const NOTE: Limit = Limit::Lines(500);
/// What the staff keep about a person, and what an older system knew.
pub const RECORD: Limit = Limit::Lines(2000);
/// A tag 标签.
pub const TAG: Limit = Limit::Line(20);

/// Composes a text (NFC) by the means of the program: see [`crate::text`].
pub type Compose = fn(&str) -> String;

/// Cleans the texts one after another until one is too long.
pub(crate) struct Cleaning {
    compose: Compose,
    result: Result<(), Refusal>,
}

impl Cleaning {
    pub(super) fn new(compose: Compose) -> Self {
        Cleaning { compose, result: Ok(()) }
    }

    pub(super) fn result(self) -> Result<(), Refusal> {
        self.result
    }

    pub(super) fn text(&mut self, field: &str, limit: Limit, text: &mut String) {
        if self.result.is_ok() {
            // Measured twice: composing a megabyte would be work for nothing.
            self.result = limit.check_bytes(field, text).and_then(|()| {
                *text = limit.clean(&(self.compose)(text));
                limit.check(field, text)
            });
        }
    }

    pub(super) fn reason(&mut self, field: &str, reason: &mut Option<Personal<String>>) {
        if let Some(reason) = reason {
            self.text(field, NOTE, reason);
        }
    }

    pub(super) fn name(&mut self, field: &str, limit: Limit, name: &mut Name) {
        self.text(field, limit, &mut name.zh);
        self.text(field, limit, &mut name.en);
    }

    pub(super) fn lines(&mut self, lines: &mut [RequestedLine]) {
        lines.iter_mut().for_each(|line| self.subject(&mut line.subject));
    }

    pub(super) fn subject(&mut self, subject: &mut Subject) {
        if let Subject::Guest { name } = subject {
            self.text("subject", PERSON, name);
        }
    }
}
