//! Every text in a command, with its limit: cleaned and measured where the command is given, before anything is decided.

use super::{Command, EditMember, GroupValue, ImportVisit, NewLine};
use crate::booking::Subject;
use crate::name::Name;
use crate::refusal::Refusal;
use crate::service::Service;
use crate::staff::Staff;
use crate::store::{Rules, Store};
use crate::text::Limit;

/// A person's name.
pub const PERSON: Limit = Limit::Line(40);
/// What a store calls itself, a service or a level.
const TITLE: Limit = Limit::Line(80);
const ADDRESS: Limit = Limit::Line(200);
/// A code, a number as printed, the name of a time zone.
const SHORT: Limit = Limit::Line(64);
/// A note or a reason.
pub const NOTE: Limit = Limit::Lines(500);
/// What the staff keep about a person, and what an older system knew.
pub const RECORD: Limit = Limit::Lines(2000);
/// A tag 标签.
pub const TAG: Limit = Limit::Line(20);

/// Composes a text (NFC) by the means of the program: see [`crate::text`].
pub type Compose = fn(&str) -> String;

/// Cleans the texts one after another until one is too long.
struct Cleaning {
    compose: Compose,
    result: Result<(), Refusal>,
}

impl Cleaning {
    fn text(&mut self, field: &str, limit: Limit, text: &mut String) {
        if self.result.is_ok() {
            // Measured twice: composing a megabyte would be work for nothing.
            self.result = limit.check_bytes(field, text).and_then(|()| {
                *text = limit.clean(&(self.compose)(text));
                limit.check(field, text)
            });
        }
    }

    fn reason(&mut self, field: &str, reason: &mut Option<String>) {
        if let Some(reason) = reason {
            self.text(field, NOTE, reason);
        }
    }

    fn name(&mut self, field: &str, limit: Limit, name: &mut Name) {
        self.text(field, limit, &mut name.zh);
        self.text(field, limit, &mut name.en);
    }

    fn lines(&mut self, lines: &mut [NewLine]) {
        lines.iter_mut().for_each(|line| self.subject(&mut line.subject));
    }

    fn subject(&mut self, subject: &mut Subject) {
        if let Subject::Guest { name } = subject {
            self.text("subject", PERSON, name);
        }
    }

    fn edits(&mut self, edit: &mut EditMember) {
        for edit in &mut edit.edits {
            match &mut edit.value {
                GroupValue::Name(name) => self.text("name", PERSON, name),
                GroupValue::Notes(text) => self.text("notes", RECORD, text),
                GroupValue::Allergies(text) => self.text("allergies", RECORD, text),
                GroupValue::Tags(tags) => tags.iter_mut().for_each(|tag| self.text("tags", TAG, tag)),
                GroupValue::Contact(_) | GroupValue::Profile(_) => {}
            }
        }
    }

    fn store(&mut self, store: &mut Store) {
        self.name("name", TITLE, &mut store.name);
        self.text("address", ADDRESS, &mut store.address);
        self.text("phone", SHORT, &mut store.phone);
        self.text("zone", SHORT, &mut store.zone.name);
        self.rules(&mut store.rules);
    }

    fn rules(&mut self, rules: &mut Rules) {
        self.name("remedy", NOTE, &mut rules.remedy);
        self.name("booking_note", NOTE, &mut rules.booking_note);
    }

    fn service(&mut self, service: &mut Service) {
        self.text("code", SHORT, &mut service.code);
        self.name("name", TITLE, &mut service.name);
        self.name("category", TITLE, &mut service.category);
    }

    fn staff(&mut self, staff: &mut Staff) {
        self.name("name", TITLE, &mut staff.name);
        self.name("title", TITLE, &mut staff.title);
    }

    fn imported(&mut self, visit: &mut ImportVisit) {
        visit.lines.iter_mut().for_each(|line| self.subject(&mut line.subject));
        self.text("note", RECORD, &mut visit.note);
    }
}

impl Command {
    /// Cleans every text in it, the same wherever it is given.
    ///
    /// # Errors
    /// `TooLong` with the field; nothing is ever cut.
    pub fn clean_texts(&mut self, compose: Compose) -> Result<(), Refusal> {
        let mut cleaning = Cleaning { compose, result: Ok(()) };
        match self {
            Command::Squeeze(c) => {
                cleaning.lines(&mut c.lines);
                cleaning.text("note", NOTE, &mut c.note);
                cleaning.text("reason", NOTE, &mut c.reason);
            }
            Command::SeatWalkIn(c) => {
                cleaning.lines(&mut c.lines);
                cleaning.text("note", NOTE, &mut c.note);
            }
            Command::CheckIn(c) => cleaning.reason("over", &mut c.over),
            Command::Start(c) => cleaning.reason("over", &mut c.over),
            Command::Decline(c) => cleaning.text("reason", NOTE, &mut c.reason),
            Command::Block(c) => {
                cleaning.text("reason", NOTE, &mut c.reason);
                cleaning.reason("over", &mut c.over);
            }
            Command::PutStore(c) => cleaning.store(&mut c.store),
            Command::PutRules(c) => cleaning.rules(&mut c.rules),
            Command::PutService(c) => cleaning.service(&mut c.service),
            Command::PutStaff(c) => cleaning.staff(&mut c.staff),
            Command::ImportVisit(c) => cleaning.imported(c),
            Command::CorrectVisit(c) => {
                cleaning.imported(&mut c.was);
                cleaning.imported(&mut c.now);
            }
            _ => return clean_texts_of_members(self, compose),
        }
        cleaning.result
    }
}

/// The same for what members may give; everything else is left alone.
pub(super) fn clean_texts_of_members(command: &mut Command, compose: Compose) -> Result<(), Refusal> {
    let mut cleaning = Cleaning { compose, result: Ok(()) };
    match command {
        Command::Hold(c) => cleaning.lines(&mut c.lines),
        Command::Book(c) => {
            cleaning.lines(&mut c.lines);
            cleaning.text("note", NOTE, &mut c.note);
            cleaning.reason("over", &mut c.over);
        }
        Command::Move(c) => cleaning.reason("over", &mut c.over),
        Command::Cancel(c) => cleaning.text("reason", NOTE, &mut c.reason),
        Command::RegisterMember(c) => cleaning.text("name", PERSON, &mut c.name),
        Command::EditMember(c) => cleaning.edits(c),
        _ => {}
    }
    cleaning.result
}
