//! The rooms: one file for each command or few that belong together, with what it says, what it needs to know and how it is decided.

mod answer;
mod arrive;
mod assignment;
mod attention;
mod bind;
mod blocks;
mod book;
mod cancel;
mod change;
mod change_visit;
mod covering;
mod hold;
mod import;
mod late;
mod member;
mod number;
mod outcome;
mod own_holds;
mod rebook;
mod register;
mod resource;
mod rotation;
mod scope;
mod service;
mod shift;
mod squeeze;
mod staff;
mod store;
mod visit;
mod waitlist;
mod walk_in;
mod written;
mod zone;

/// What each command says.
pub mod payloads {
    pub use super::answer::{Confirm, Decline};
    pub use super::arrive::{CheckIn, NoShow, UndoCheckIn, UndoNoShow};
    pub use super::assignment::PutStaffAssignment;
    pub use super::attention::ResolveAttention;
    pub use super::blocks::{BlockTime, Unblock};
    pub use super::book::Book;
    pub use super::cancel::Cancel;
    pub use super::change::{AcceptAlternative, Move};
    pub use super::change_visit::ChangeVisit;
    pub use super::hold::{Expire, Hold, Release};
    pub use super::import::{CorrectVisit, ImportFindings, ImportVisit, ImportedLine, ImportedStatus};
    pub use super::late::RunningLate;
    pub use super::member::{EditMember, GroupEdit, GroupValue, ProfileForm};
    pub use super::number::{FindMember, ProveNumber};
    pub use super::rebook::AskToRebook;
    pub use super::register::RegisterMember;
    pub use super::resource::{PutResource, PutResourceType};
    pub use super::rotation::{MakeGood, RefuseTurn, ReorderRotation, SignIn, SignOut};
    pub use super::service::{NeedForm, PartForm, PriceOverrideForm, PutService};
    pub use super::shift::PutShift;
    pub use super::squeeze::Squeeze;
    pub use super::staff::PutStaff;
    pub use super::store::{OrderStaff, PutRules, PutStore, RulesForm};
    pub use super::visit::{Finish, Start};
    pub use super::waitlist::{AcceptOffer, DeclineOffer, JoinWaitlist, LeaveWaitlist, OfferTime, OfferedLine, ServeWaitlist};
    pub use super::walk_in::SeatWalkIn;
    pub use super::zone::RenewZone;
}
