//! From stores to done. Every step reads and writes the draft; none needs the network until the last tap.

mod confirm;
mod done;
mod hold;
mod parts;
mod services;
mod staff;
mod stores;
mod submit;
mod times;
mod watch;
pub(crate) mod why_gone;
mod wider;

pub use confirm::{ConfirmPage, SameTime};
pub use done::DonePage;
pub use done::Tools;
pub use services::ServicesPage;
pub use staff::StaffPage;
pub use stores::{StoreList, StoresPage};
pub use times::{TimePage, TimePicker};
