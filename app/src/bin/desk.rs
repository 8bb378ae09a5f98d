//! The desk app: the board, and in files of their own its rules and its other places.

use app::desk::{self, Chunks};
use app::{chunk, rules};
use shared::command::RuleSet;

rules!(desk_rules, RuleSet::DESK);
chunk!(forms, desk::form_sheets, by desk_rules);
chunk!(sheets, desk::record_sheets, by desk_rules);
chunk!(board_parts, desk::board_parts, by desk_rules);
chunk!(waitlist, desk::waitlist_sheets, by desk_rules);
chunk!(rotation, desk::rotation_sheets);
chunk!(attention, desk::attention_pages);
chunk!(members, desk::member_pages);
chunk!(device, desk::device_pages);
chunk!(set_up, desk::set_up_pages);
chunk!(services, desk::services_pages);
chunk!(team, desk::team_pages);
chunk!(access, desk::access_pages);
chunk!(guided, desk::guided_pages);

fn main() {
    desk::start(Chunks {
        rules: desk_rules(),
        forms: forms(),
        sheets: sheets(),
        board_parts: board_parts(),
        waitlist: waitlist(),
        rotation: rotation(),
        attention: attention(),
        members: members(),
        device: device(),
        set_up: set_up(),
        services: services(),
        team: team(),
        access: access(),
        guided: guided(),
    });
}
