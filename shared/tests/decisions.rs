//! Stories about decisions: one named test for each command and each step of the ladder, and the properties that hold for all.
#![expect(clippy::unwrap_used, reason = "tests may")]

#[path = "decisions/salon.rs"]
mod salon;

#[path = "decisions/arriving.rs"]
mod arriving;
#[path = "decisions/asking.rs"]
mod asking;
#[path = "decisions/blocking.rs"]
mod blocking;
#[path = "decisions/booking.rs"]
mod booking;
#[path = "decisions/bounds.rs"]
mod bounds;
#[path = "decisions/business_days.rs"]
mod business_days;
#[path = "decisions/changing.rs"]
mod changing;
#[path = "decisions/choosing.rs"]
mod choosing;
#[path = "decisions/converging.rs"]
mod converging;
#[path = "decisions/covering.rs"]
mod covering;
#[path = "decisions/editing.rs"]
mod editing;
#[path = "decisions/edits.rs"]
mod edits;
#[path = "decisions/elsewhere.rs"]
mod elsewhere;
#[path = "decisions/facts.rs"]
mod facts;
#[path = "decisions/golden.rs"]
mod golden;
#[path = "decisions/holding.rs"]
mod holding;
#[path = "decisions/holidays.rs"]
mod holidays;
#[path = "decisions/importing.rs"]
mod importing;
#[path = "decisions/ladder.rs"]
mod ladder;
#[path = "decisions/late.rs"]
mod late;
#[path = "decisions/limits.rs"]
mod limits;
#[path = "decisions/lines.rs"]
mod lines;
#[path = "decisions/members.rs"]
mod members;
#[path = "decisions/moving.rs"]
mod moving;
#[path = "decisions/new_preferences.rs"]
mod new_preferences;
#[path = "decisions/notices.rs"]
mod notices;
#[path = "decisions/numbers.rs"]
mod numbers;
#[path = "decisions/part.rs"]
mod part;
#[path = "decisions/placing.rs"]
mod placing;
#[path = "decisions/properties.rs"]
mod properties;
#[path = "decisions/reading.rs"]
mod reading;
#[path = "decisions/registering.rs"]
mod registering;
#[path = "decisions/resources.rs"]
mod resources;
#[path = "decisions/rosters.rs"]
mod rosters;
#[path = "decisions/rotation.rs"]
mod rotation;
#[path = "decisions/scopes.rs"]
mod scopes;
#[path = "decisions/serving.rs"]
mod serving;
#[path = "decisions/setting_up.rs"]
mod setting_up;
#[path = "decisions/texts.rs"]
mod texts;
#[path = "decisions/three_ways.rs"]
mod three_ways;
#[path = "decisions/two_desks.rs"]
mod two_desks;
#[path = "decisions/versions.rs"]
mod versions;
#[path = "decisions/waiting.rs"]
mod waiting;
#[path = "decisions/wire.rs"]
mod wire;
#[path = "decisions/yielding.rs"]
mod yielding;
