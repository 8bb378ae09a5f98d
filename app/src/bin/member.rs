//! The member app: what the first visit needs, and its other pages in files of their own.

use app::member::chunks::Chunks;
use app::{chunk, member};

chunk!(booking, member::booking_pages);
chunk!(visits, member::visit_pages);
chunk!(person, member::person_pages);
chunk!(cards, member::home_cards);

fn main() {
    member::start(Chunks { booking: booking(), visits: visits(), person: person(), cards: cards() });
}
