//! Words of how the day is shown.

use crate::i18n::desk::display::Display;

pub(super) const DISPLAY: Display = Display {
    title: "How the day is shown",
    shape: "Shape",
    board: "Board",
    list: "List",
    week: "Seven days",
    density: "Density",
    narrow: "Compact",
    usual: "Usual",
    wide: "Roomy",
    whose: "Whose columns",
    everybody: "Show everybody",
    nothing: "No bookings",
    nothing_text: "Add a booking, or look at another day.",
};
