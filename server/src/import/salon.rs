//! Which salon the files are of: its name belongs to the identity of everything in them, so that the rows of two salons never meet.

use shared::id::{LegalEntityId, MemberId, ServiceId, ShiftId, StaffId, StoreId};
use shared::name::Name;
use shared::refusal::Refusal;
use shared::text::Limit;
use uuid::Uuid;

use super::identity::import_id;

/// Most letters of a salon's name, which becomes the store's.
const NAME: Limit = Limit::Line(80);

/// A salon by the name its owner gives with every import; the files do not say it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salon {
    name: Option<String>,
}

impl Salon {
    /// The salon that was imported without a name.
    pub const fn unnamed() -> Self {
        Self { name: None }
    }

    /// # Errors
    /// When nothing of the name can be seen, or it is too long.
    pub fn named(name: &str) -> Result<Self, Refusal> {
        let name = crate::text::taken("salon", NAME, name)?;
        if name.is_empty() { Err(Refusal::Invalid { field: "salon".into() }) } else { Ok(Self { name: Some(name) }) }
    }

    /// The name; empty for the salon without one.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    /// What its store is called until a manager calls it something else.
    pub fn store_name(&self) -> Name {
        self.name.as_deref().map_or_else(|| Name::new("导入的沙龙", "Imported salon"), Name::only)
    }

    /// The id of something in this salon, by its id within the files. Without a name they are the same; capitals do not count.
    pub fn id(&self, within_the_files: Uuid) -> Uuid {
        match &self.name {
            Some(name) => Uuid::new_v5(&import_id("salon", &[&name.to_lowercase()], 0), within_the_files.as_bytes()),
            None => within_the_files,
        }
    }

    fn named_id(&self, kind: &str, facts: &[&str]) -> Uuid {
        self.id(import_id(kind, facts, 0))
    }

    /// Its store.
    pub fn store_id(&self) -> StoreId {
        StoreId(self.named_id("store", &["salon"]))
    }

    /// Whom the store belongs to.
    pub fn legal_entity_id(&self) -> LegalEntityId {
        LegalEntityId(self.named_id("legal entity", &["salon"]))
    }

    /// A service by its code.
    pub fn service_id(&self, code: &str) -> ServiceId {
        ServiceId(self.named_id("service", &[code]))
    }

    /// A staff member by the name in the files.
    pub fn staff_id(&self, name: &str) -> StaffId {
        StaffId(self.named_id("staff", &[name]))
    }

    /// A weekday's shift, Monday 0.
    pub fn shift_id(&self, staff: &str, day: u8) -> ShiftId {
        ShiftId(self.named_id("shift", &[staff, &day.to_string()]))
    }

    /// The member behind a client code.
    pub fn member_id(&self, code: &str) -> MemberId {
        MemberId(self.named_id("member", &[code]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mei_of_two_salons_is_two_people_and_mei_of_one_salon_is_one() {
        let salon = |name: &str| Salon::named(name).expect("a name");
        let mei = |salon: Salon| salon.member_id("MEIA01");
        assert_ne!(mei(salon("West")), mei(salon("East")));
        assert_ne!(mei(salon("West")), mei(Salon::unnamed()));
        assert_eq!(mei(salon("West  Lane")), mei(salon(" west lane")));
        assert_eq!(mei(Salon::unnamed()).0, import_id("member", &["MEIA01"], 0), "as it was before salons had names");
    }

    #[test]
    fn a_name_that_shows_nothing_or_never_ends_is_none() {
        assert!(Salon::named("\u{200b} ").is_err());
        assert!(Salon::named(&"长".repeat(81)).is_err());
        assert!(Salon::named(&"长".repeat(80)).is_ok());
    }
}
