//! What every page of the member app shares: the replica, the draft, the last message, the bars around the page.

mod banners;
mod page;
mod tab_bar;

pub use page::{Lost, Missing, Page, Waiting};
