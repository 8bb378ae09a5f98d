//! Small parts both apps are made of. They are told and they tell: values and signals in, callbacks out; they know neither
//! state nor network.

pub mod alternatives;
pub mod avatar;
pub mod day_part;
pub mod dialog;
pub mod empty_state;
pub mod field;
pub mod fresh;
pub mod icon;
pub mod new_version;
pub mod not_fetched;
pub mod rows;
pub mod segmented;
pub mod sessions;
pub mod status;
pub mod stepper;
pub mod text_field;
pub mod toast;
