//! A store: where it is, when it is open, and the rules it declares.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{LegalEntityId, StaffId, StoreId};
use crate::member::MemberGroup;
use crate::money::Currency;
use crate::name::Name;
use crate::noun::{Home, Noun, RecordKey};
use crate::refusal::Refusal;
use crate::role::Channel;
use crate::scope::Scope;
use crate::stamp::Written;
use crate::time::{LocalDate, LocalSpan};
use crate::versioned::Versioned;
use crate::zone::Zone;

/// A store 门店.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Store {
    /// Id.
    pub id: StoreId,
    /// Name on the door.
    pub name: Name,
    /// Address line.
    pub address: String,
    /// Public phone number, as printed on the card.
    pub phone: String,
    /// Own store or franchise: matters for money and consent later.
    pub legal_entity: LegalEntityId,
    /// Currency of all its prices.
    pub currency: Currency,
    /// Zone table.
    pub zone: Zone,
    /// Opening hours, Monday first; several spans a day are allowed, none means closed.
    pub hours: [Vec<LocalSpan>; 7],
    /// Days that differ from the week: holidays, make-up workdays 调休.
    pub special_days: BTreeMap<LocalDate, Vec<LocalSpan>>,
    /// In which order its people are shown.
    #[serde(default)]
    pub staff_order: StaffOrder,
    /// Declared rules.
    pub rules: Rules,
    /// Last write of everything but the order of its people and the rules; `None` while it is new.
    pub written: Option<Written>,
    /// Last write of the rules.
    pub rules_written: Option<Written>,
}

/// The order in which a store shows its people, as its manager has set it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffOrder {
    /// The first comes first; whoever is not named follows, by whatever else a list goes by.
    pub people: Vec<StaffId>,
    /// Last write; `None` while nobody has set one.
    pub written: Option<Written>,
}

impl StaffOrder {
    /// Where somebody stands; those who are not named share the last place.
    #[must_use]
    pub fn place(&self, staff: StaffId) -> usize {
        self.people.iter().position(|other| *other == staff).unwrap_or(usize::MAX)
    }
}

/// Most opening spans of one day.
const MOST_SPANS: usize = 6;

impl Store {
    /// Opening hours of a date.
    #[must_use]
    pub fn hours_on(&self, date: LocalDate) -> &[LocalSpan] {
        self.special_days.get(&date).map_or_else(|| self.hours[usize::from(date.weekday() % 7)].as_slice(), Vec::as_slice)
    }

    /// # Errors
    /// `Invalid` with the field at fault.
    pub fn check(&self) -> Result<(), Refusal> {
        self.name.check()?;
        let sound =
            |spans: &Vec<LocalSpan>| spans.iter().all(LocalSpan::is_sound) && spans.windows(2).all(|pair| pair[0].until <= pair[1].from);
        let days = || self.hours.iter().chain(self.special_days.values());
        if !days().all(sound) || days().any(|spans| spans.len() > MOST_SPANS) {
            return Err(Refusal::Invalid { field: "hours".into() });
        }
        if self.special_days.len() > 1000 {
            return Err(Refusal::Invalid { field: "special_days".into() });
        }
        if !self.zone.is_sound() {
            return Err(Refusal::Invalid { field: "zone".into() });
        }
        self.rules.check()
    }
}

/// The rules a store declares. Published, so that a price or a refusal depends on nothing hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Offered starts lie on this grid: 5, 10, 15, 20 or 30 minutes. Limits what is offered, never what is admitted.
    pub grid_minutes: u16,
    /// Shortest notice for online bookings (A3).
    pub lead_minutes: u16,
    /// How far ahead members may book (A3).
    pub horizon_days: u16,
    /// Members may cancel or move until so long before (A3; 2 h for hair and nails).
    pub cutoff_minutes: u16,
    /// The same for services of two hours and more (24 h).
    pub long_cutoff_minutes: u16,
    /// How long a hold protects the person who is confirming.
    pub hold_minutes: u16,
    /// An overlap up to this long is accepted as running late before anybody is displaced.
    pub late_tolerance_minutes: u16,
    /// Whether online bookings are confirmed at once or by the desk (B7).
    pub confirmation: Confirmation,
    /// When the desk has not been heard for so long … (0: never)
    pub silent_after_minutes: u16,
    /// … online bookings for the next so many hours become requests.
    pub silent_hours: u16,
    /// Rank of each channel, in the order of [`Channel::ALL`]; a channel beyond its end has none.
    pub channel_ranks: Vec<u8>,
    /// Member field groups in which the channel with the higher rank wins a concurrent edit; in all others the last writer.
    pub priority_groups: Vec<MemberGroup>,
    /// What the store promises when it breaks a promise, in plain words.
    pub remedy: Name,
    /// What to bring, cautions, directions: printed on the slip (B6).
    pub booking_note: Name,
    /// Version of the booking terms shown before the tap (B13). It only grows: all versions from 1 on have been published.
    pub terms_version: u16,
    /// Whether the other stores of the brand may find this one's members by their whole number. They see name and tier until there is a
    /// visit; off unless the brand says so.
    pub shares_members: bool,
}

/// Who confirms an online booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confirmation {
    /// At once, by the rules.
    AtOnce,
    /// The desk.
    ByDesk,
}

impl Default for Rules {
    /// The preset for hair and nails (A3).
    fn default() -> Self {
        Rules {
            grid_minutes: 15,
            lead_minutes: 30,
            horizon_days: 30,
            cutoff_minutes: 120,
            long_cutoff_minutes: 1440,
            hold_minutes: 5,
            late_tolerance_minutes: 15,
            confirmation: Confirmation::AtOnce,
            silent_after_minutes: 10,
            silent_hours: 3,
            channel_ranks: vec![60, 50, 50, 40, 10, 50, 50, 50],
            priority_groups: Vec::new(),
            remedy: Name::default(),
            booking_note: Name::default(),
            terms_version: 1,
            shares_members: false,
        }
    }
}

impl Rules {
    /// Rank of a channel.
    #[must_use]
    pub fn rank(&self, channel: Channel) -> u8 {
        self.channel_ranks.get(channel.index()).copied().unwrap_or(0)
    }

    /// # Errors
    /// `Invalid` with the field at fault.
    pub fn check(&self) -> Result<(), Refusal> {
        let invalid = |field: &str| Err(Refusal::Invalid { field: field.into() });
        if ![5, 10, 15, 20, 30].contains(&self.grid_minutes) {
            return invalid("grid_minutes");
        }
        if self.horizon_days == 0 || self.horizon_days > 366 {
            return invalid("horizon_days");
        }
        if self.hold_minutes == 0 || self.hold_minutes > 60 {
            return invalid("hold_minutes");
        }
        if self.terms_version == 0 {
            return invalid("terms_version");
        }
        if self.channel_ranks.len() > Channel::ALL.len() {
            return invalid("channel_ranks");
        }
        if self.priority_groups.len() > 12 {
            return invalid("priority_groups");
        }
        if self.late_tolerance_minutes > 120 || self.lead_minutes > 7 * 1440 || self.silent_hours > 72 {
            return invalid("lead_minutes");
        }
        Ok(())
    }
}

impl Versioned for Store {}

impl Noun for Store {
    fn id(&self) -> StoreId {
        self.id
    }

    fn home(&self) -> Home {
        Home::Brand
    }

    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        vec![(Scope::BrandPublic, self.key())]
    }

    /// Who wrote it, when, and on which device is for those who work here.
    fn shown_in(mut self, _scope: Scope, to_staff: bool) -> Option<Self> {
        if !to_staff {
            for written in [&mut self.written, &mut self.rules_written, &mut self.staff_order.written] {
                *written = written.map(Written::version_only);
            }
        }
        Some(self)
    }
}
