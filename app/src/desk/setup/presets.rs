//! What the first run proposes per industry: opening hours, services to tick, the cut-off. Only a beginning; all of it can be
//! changed.

use shared::name::Name;
use shared::time::LocalSpan;

use crate::browser;

pub(crate) mod preset;
mod table;

use crate::desk::setup::presets::preset::Preset;
use crate::desk::setup::presets::preset::PresetService;
use table::TABLE;

/// What a store does, as a row of the table of presets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Industry(usize);

/// All of them, in the order in which they are offered.
pub(super) const INDUSTRIES: [Industry; 9] = {
    let mut all = [Industry(0); 9];
    let mut index = 0;
    while index < 9 {
        all[index] = Industry(index);
        index += 1;
    }
    all
};

impl Industry {
    fn preset(self) -> &'static Preset {
        &TABLE[self.0 % TABLE.len()]
    }

    /// 美发, Hair
    pub(super) fn name(self) -> Name {
        let (zh, en) = self.preset().name;
        Name::new(zh, en)
    }

    /// What that is, in a few words.
    pub(super) fn note(self) -> Name {
        let (zh, en) = self.preset().note;
        Name::new(zh, en)
    }

    /// Usual opening hours.
    pub(super) fn hours(self) -> [Vec<LocalSpan>; 7] {
        let preset = self.preset();
        let (from, until) = preset.open;
        std::array::from_fn(
            |day| if preset.closed.contains(&day) { Vec::new() } else { vec![LocalSpan { from: from * 60, until: until * 60 }] },
        )
    }

    /// Usual cut-off.
    pub(super) fn cutoff_minutes(self) -> u16 {
        self.preset().cutoff_minutes
    }

    /// Services to tick.
    pub(super) fn services(self) -> &'static [PresetService] {
        self.preset().services
    }
}

/// Remembered on this device between the steps of the first run.
const PREFERENCE: &str = "huiyue-desk-industry";

/// The one that was chosen; hair unless another was.
pub(super) fn chosen_industry() -> Industry {
    let index = browser::preference(PREFERENCE).and_then(|index| index.parse().ok()).filter(|index| *index < TABLE.len());
    Industry(index.unwrap_or(1))
}

/// Remembers the choice.
pub(super) fn choose_industry(industry: Industry) {
    browser::set_preference(PREFERENCE, Some(&industry.0.to_string()));
}
