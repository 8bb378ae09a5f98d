//! Words of the desk app, by screen. A field here needs a value in `zh` and `en`: text as `&'static str`, text with values as a
//! `fn` without captures.

pub mod change;
pub mod display;
pub mod form;
pub mod frame;
pub mod rotation;
pub mod visit;

/// All words of the desk app.
#[derive(Debug)]
pub struct Words {
    /// Title of the app.
    pub title: &'static str,
    /// The frame around every page.
    pub shell: frame::Shell,
    /// The day board.
    pub board: frame::Board,
    /// States where the desk says it in other words than a member reads.
    pub states: frame::States,
    /// What a message says afterwards; text takes the name of the guest.
    pub done: frame::Done,
    /// Asking before something is done to others.
    pub ask_first: frame::AskFirst,
    /// Asking why.
    pub reason: frame::Reason,
    /// Why a request is turned down.
    pub decline: frame::Reason,
    /// Why the store calls a visit off.
    pub call_off: frame::Reason,
    /// The panel of a booking.
    pub visit: visit::Visit,
    /// A visit that is edited.
    pub change: change::Change,
    /// How the day is shown.
    pub display: display::Display,
    /// The history of a booking.
    pub steps: visit::Steps,
    /// The form of a new booking.
    pub form: form::Form,
    /// The form of a walk-in.
    pub walk_in: form::WalkIn,
    /// Blocked time.
    pub block: form::Block,
    /// Whose turn it is.
    pub rotation: rotation::Rotation,
}
