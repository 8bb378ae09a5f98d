//! The stories: a phone, a tablet, a server, and a network that goes away.

#[path = "stories/answer_lost.rs"]
mod answer_lost;
#[path = "stories/bare_browser.rs"]
mod bare_browser;
#[path = "stories/cold_start.rs"]
mod cold_start;
#[path = "stories/covering.rs"]
mod covering;
#[path = "stories/day_off.rs"]
mod day_off;
#[path = "stories/desk_lock.rs"]
mod desk_lock;
#[path = "stories/desk_truth.rs"]
mod desk_truth;
#[path = "stories/desk_undo.rs"]
mod desk_undo;
#[path = "stories/devices.rs"]
mod devices;
#[path = "stories/display.rs"]
mod display;
#[path = "stories/doors.rs"]
mod doors;
#[path = "stories/editing.rs"]
mod editing;
#[path = "stories/elsewhere.rs"]
mod elsewhere;
#[path = "stories/first_run.rs"]
mod first_run;
#[path = "stories/first_visit.rs"]
mod first_visit;
#[path = "stories/holidays.rs"]
mod holidays;
#[path = "stories/member_pages.rs"]
mod member_pages;
#[path = "stories/member_truth.rs"]
mod member_truth;
#[path = "stories/moving.rs"]
mod moving;
#[path = "stories/new_version.rs"]
mod new_version;
#[path = "stories/online.rs"]
mod online;
#[path = "stories/own_number.rs"]
mod own_number;
#[path = "stories/request.rs"]
mod request;
#[path = "stories/resources.rs"]
mod resources;
#[path = "stories/rotation.rs"]
mod rotation;
#[path = "stories/same_member.rs"]
mod same_member;
#[path = "stories/same_time.rs"]
mod same_time;
#[path = "stories/sign_out.rs"]
mod sign_out;
#[path = "stories/staff_order.rs"]
mod staff_order;
#[path = "stories/steps.rs"]
mod steps;
#[path = "stories/tablet.rs"]
mod tablet;
#[path = "stories/waiting_to_send.rs"]
mod waiting_to_send;
#[path = "stories/waitlist.rs"]
mod waitlist;
#[path = "stories/walk_in.rs"]
mod walk_in;
#[path = "stories/why_not.rs"]
mod why_not;
