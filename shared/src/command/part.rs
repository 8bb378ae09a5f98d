//! Which commands a program reads and predicts. A phone predicts what a member may do, and nothing more: the desk's rules, and
//! who gives way to whom in a schedule it never sees, stay out of its download. The rules themselves are the same rooms.

use super::kind::{Numbered, Unreadable, read};
use super::texts::Compose;
use super::{AcceptAlternative, Book, Cancel, Command, Context, EditMember, Hold, Move, RegisterMember, Release, decide, texts};
use crate::decision::Decision;
use crate::refusal::Refusal;
use crate::sync::Envelope;
use crate::view::View;

/// What a program can do with commands.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    read: fn(u16, u8, &[u8]) -> Result<Command, Unreadable>,
    clean: fn(&mut Command, Compose) -> Result<(), Refusal>,
    decide: fn(&Command, &Context, &View) -> Result<Decision, Refusal>,
}

/// The desk and the server: every command.
pub const EVERYTHING: Part = Part { read: Command::from_payload, clean: Command::clean_texts, decide: decide::decide };

/// Phones of members. Where a schedule would have to be known the prediction is `Undecided`.
pub const OF_MEMBERS: Part = Part { read: read_of_members, clean: texts::clean_texts_of_members, decide: decide::decide_of_members };

impl Part {
    /// Unpacks a command.
    ///
    /// # Errors
    /// [`Unreadable`], also for a command that is not of this part.
    pub fn open(&self, envelope: &Envelope) -> Result<Command, Unreadable> {
        (self.read)(envelope.kind, envelope.version, &envelope.payload)
    }

    /// As [`Command::clean_texts`].
    ///
    /// # Errors
    /// As there.
    pub fn clean(&self, command: &mut Command, compose: Compose) -> Result<(), Refusal> {
        (self.clean)(command, compose)
    }

    /// As [`Command::decide`], for a view without schedules.
    ///
    /// # Errors
    /// As there; `Undecided` also for a command that is not of this part.
    pub fn decide(&self, command: &Command, context: &Context, view: &View) -> Result<Decision, Refusal> {
        (self.decide)(command, context, view)
    }
}

fn read_of_members(kind: u16, version: u8, payload: &[u8]) -> Result<Command, Unreadable> {
    match (kind, version) {
        (Hold::NUMBER, 1) => read(payload).map(Command::Hold),
        (Release::NUMBER, 1) => read(payload).map(Command::Release),
        (Book::NUMBER, 1) => read(payload).map(Command::Book),
        (Move::NUMBER, 1) => read(payload).map(Command::Move),
        (Cancel::NUMBER, 1) => read(payload).map(Command::Cancel),
        (AcceptAlternative::NUMBER, 1) => read(payload).map(Command::AcceptAlternative),
        (RegisterMember::NUMBER, 1) => read(payload).map(Command::RegisterMember),
        (EditMember::NUMBER, 1) => read(payload).map(Command::EditMember),
        _ => Err(Unreadable::Unknown { kind, version }),
    }
}
