//! How the day is shown: as a board or as a list, how close together, and whose columns. A tablet remembers it. Pure.

use shared::id::ResourceId;

/// What the day looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayShape {
    /// A column for everybody.
    #[default]
    Board,
    /// One visit below the other.
    List,
    /// The same of a week.
    Week,
}

/// How much room an hour and a column have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// A whole day at a glance.
    Narrow,
    /// As usual.
    #[default]
    Usual,
    /// Much to read.
    Wide,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Display {
    /// Board or list.
    pub shape: DayShape,
    /// How close together.
    pub density: Density,
    /// Whose columns are not shown.
    pub hidden: Vec<ResourceId>,
}

impl DayShape {
    /// In the order in which they are offered.
    pub const ALL: [DayShape; 3] = [DayShape::Board, DayShape::List, DayShape::Week];
}

impl Density {
    /// In the order in which they are offered.
    pub const ALL: [Density; 3] = [Density::Narrow, Density::Usual, Density::Wide];
}

impl Display {
    /// Reads what [`Display::text`] wrote; whatever is not understood is as usual.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut parts = text.split(' ');
        let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok()).unwrap_or(usize::MAX);
        let (shape, density) = (number(), number());
        Display {
            shape: DayShape::ALL.get(shape).copied().unwrap_or_default(),
            density: Density::ALL.get(density).copied().unwrap_or_default(),
            hidden: parts.filter_map(|part| part.parse().ok()).collect(),
        }
    }

    /// As it is kept: `0 1 <id> <id>`.
    #[must_use]
    pub fn text(&self) -> String {
        let place = |found: Option<usize>| found.unwrap_or_default().to_string();
        let shape = place(DayShape::ALL.iter().position(|shape| *shape == self.shape));
        let density = place(Density::ALL.iter().position(|density| *density == self.density));
        [shape, density].into_iter().chain(self.hidden.iter().map(ResourceId::to_string)).collect::<Vec<_>>().join(" ")
    }

    /// Shows a column again, or does not any more.
    pub fn turn(&mut self, whose: ResourceId) {
        match self.hidden.iter().position(|hidden| *hidden == whose) {
            Some(place) => drop(self.hidden.remove(place)),
            None => self.hidden.push(whose),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_tablet_remembers_how_its_day_looked() {
        let display = Display { shape: DayShape::Week, density: Density::Narrow, hidden: vec![ResourceId(Uuid::from_u128(7))] };
        assert_eq!(Display::read(&display.text()), display);
        for text in ["", "9 9 nonsense", "board"] {
            assert_eq!(Display::read(text), Display::default(), "{text}");
        }
    }

    #[test]
    fn whoever_is_hidden_is_shown_again_by_the_second_tap() {
        let mut display = Display::default();
        let kelly = ResourceId(Uuid::from_u128(7));
        display.turn(kelly);
        assert_eq!(display.hidden, [kelly]);
        display.turn(kelly);
        assert!(display.hidden.is_empty());
    }
}
