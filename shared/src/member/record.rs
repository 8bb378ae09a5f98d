//! A member as a record: which stores hear of it, and what each reader sees. The numbers travel apart, because fewer may see them.

use super::{Contact, Group, Member, Numbers, Superseded};
use crate::id::{MemberId, StoreId};
use crate::noun::{Home, Noun, RecordKey, Search};
use crate::scope::Scope;
use crate::versioned::Versioned;

impl Member {
    /// As the desk of a store sees them: all but the number of those it knows, next to nothing of those it has only found.
    fn at_desk(self, store: StoreId) -> Option<Self> {
        match (self.is_known_at(store), self.is_bookable_at(store)) {
            (true, _) => Some(self.masked()),
            (false, true) => Some(self.glimpse(store)),
            (false, false) => None,
        }
    }

    /// For desks: without the number.
    fn masked(mut self) -> Self {
        let lost = |lost: Superseded<Contact>| Superseded { value: lost.value.without_number().into(), ..lost };
        self.contact.value = self.contact.value.without_number().into();
        self.contact.superseded = self.contact.superseded.into_iter().map(lost).collect();
        self.verified = self.verified.as_ref().map(|verified| verified.without_number().into());
        self
    }

    /// For the person: notes and tags of the staff stay with the staff, and so does who wrote on which device, and which other record they
    /// take for the same person.
    fn for_the_person(mut self) -> Self {
        self.name = self.name.without_writers();
        self.contact = self.contact.without_writers();
        self.profile = self.profile.without_writers();
        self.allergies = self.allergies.without_writers();
        self.notes = Group::new(String::new());
        self.tags = Group::new(Vec::new());
        self.alias_of = None;
        self
    }

    /// A store that has only found them tells less than one that knows them.
    fn merged(self, known: &Self) -> Self {
        if self.stores.is_empty() && !known.stores.is_empty() { Member { introduced: self.introduced, ..known.clone() } } else { self }
    }
}

impl Versioned for Member {}

impl Noun for Member {
    const MERGED: Option<fn(Self, &Self) -> Self> = Some(Member::merged);

    fn id(&self) -> MemberId {
        self.id
    }

    fn home(&self) -> Home {
        Home::Brand
    }

    /// Stores that have only found them by their number see less, but hear of it, too.
    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        let numbers = Numbers::key_of(self.id);
        let seen = self.stores.iter().chain(&self.introduced).map(|store| (Scope::Members(*store), self.key()));
        let known = self.stores.iter().map(|store| (Scope::Contacts(*store), numbers));
        let account = self.account.map(|account| (Scope::User(account), self.key()));
        seen.chain(known).chain(account).collect()
    }

    fn search(&self) -> Search {
        Search { owner: self.account.map(|account| account.0), ..Search::default() }
    }

    fn shown_in(self, scope: Scope, _to_staff: bool) -> Option<Self> {
        match scope {
            Scope::Members(store) => self.at_desk(store),
            Scope::User(account) => (self.account == Some(account)).then(|| self.for_the_person()),
            _ => Some(self),
        }
    }
}

impl Versioned for Numbers {}

impl Noun for Numbers {
    fn id(&self) -> MemberId {
        self.member
    }

    fn home(&self) -> Home {
        Home::Brand
    }

    /// Told with the member they belong to.
    fn feeds(&self) -> Vec<(Scope, RecordKey)> {
        Vec::new()
    }
}
