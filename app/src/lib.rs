//! The two installable apps of Huiyue 会约 from one crate: `member` for phones, `desk` for tablets and managers.
//!
//! Pages read and act through [`state::Replica`]; `state` drives `sync`, `sync` drives `store` (IndexedDB) and `api` (network);
//! `browser` is the only room with clock, randomness and other powers of the browser. Nobody skips a step.

pub mod api;
pub mod browser;
pub mod chunk;
pub mod components;
pub mod desk;
pub mod i18n;
pub mod local_db;
pub mod member;
pub mod phones;
pub mod pwa;
pub mod reactive;
pub mod state;
pub mod sync;
pub mod theme;

/// Which of the two apps this program is. Decides cookies, cache names, scopes and the channel of predictions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum App {
    /// 会员端, at `/m/`.
    Member,
    /// 前台, at `/desk/`.
    Desk,
}

impl App {
    /// `member` or `desk`: header, query and name prefix.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            App::Member => "member",
            App::Desk => "desk",
        }
    }

    /// Where the app lives: `/m/` or `/desk/`; the scope of its service worker.
    #[must_use]
    pub fn base(self) -> &'static str {
        match self {
            App::Member => "/m/",
            App::Desk => "/desk/",
        }
    }
}
