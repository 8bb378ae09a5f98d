//! Words for every no: of the rules ([`Refusal`]), of the server's doors, of this device.

use shared::phone::NotRead;
use shared::refusal::Refusal;
use shared::sync::Outcome;

use crate::api::ApiError;
use crate::local_db::error::StoreError;
use crate::state::SubmitError;

/// Words for every no.
#[derive(Debug)]
pub struct Words {
    /// What the rules say, and what to do next.
    pub refusal: fn(&Refusal) -> String,
    /// Why no phone number was read, and what to add.
    pub phone: fn(&NotRead) -> String,
    /// Why there is no answer.
    pub api: fn(&ApiError) -> String,
    /// Why it could not be kept.
    pub store: fn(&StoreError) -> &'static str,
    /// Nobody is signed in.
    pub signed_out: &'static str,
    /// This browser keeps nothing, and the server cannot be reached.
    pub not_kept: &'static str,
    /// The payload could not be read, or set aside for a person.
    pub set_aside: &'static str,
    /// Taken back.
    pub withdrawn: &'static str,
}

impl Words {
    /// Words for a command that was not taken.
    #[must_use]
    pub fn submit(&self, error: &SubmitError) -> String {
        match error {
            SubmitError::Refused(refusal) => (self.refusal)(refusal),
            SubmitError::RefusedByServer(outcome) => self.outcome(outcome).unwrap_or_default(),
            SubmitError::SignedOut => self.signed_out.to_owned(),
            SubmitError::NotKept(ApiError::Offline) => self.not_kept.to_owned(),
            SubmitError::NotKept(error) => (self.api)(error),
            SubmitError::Storage(error) => (self.store)(error).to_owned(),
            SubmitError::NotFetched => super::common().device.page_missing_text.to_owned(),
        }
    }

    /// Words for an outcome; `None` when it was applied.
    #[must_use]
    pub fn outcome(&self, outcome: &Outcome) -> Option<String> {
        match outcome {
            Outcome::Applied => None,
            Outcome::Refused { refusal, .. } => Some((self.refusal)(refusal)),
            Outcome::Unreadable | Outcome::Poison => Some(self.set_aside.to_owned()),
            Outcome::Withdrawn => Some(self.withdrawn.to_owned()),
        }
    }
}

/// A word for a field of a form; whatever has none is "what was entered".
pub(super) fn field(field: &str, chinese: bool) -> &'static str {
    let (zh, en) = match field {
        "name" => ("姓名", "name"),
        "phone" | "contact" => ("手机号", "phone"),
        "address" => ("地址或电话", "address or phone"),
        "note" | "notes" => ("备注", "note"),
        "tags" => ("标签", "tags"),
        "reason" | "override_reason" => ("理由", "reason"),
        "lines" | "services" => ("项目", "services"),
        "birthday" => ("生日", "birthday"),
        "consent" => ("隐私说明", "privacy notice"),
        "terms_version" => ("预约条款", "booking terms"),
        "subject" => ("客人", "guest"),
        "starts_at" | "range" | "from" => ("时间", "time"),
        "staff" => ("员工", "staff"),
        "store" | "stores" => ("门店", "store"),
        "spans" | "hours" => ("时段", "hours"),
        "needs" | "resource_type" | "resource_types" | "resources" => ("资源", "resources"),
        "special_days" => ("特殊日期", "special days"),
        "zone" => ("时区", "time zone"),
        "minutes" | "parts" | "terms" => ("时长", "duration"),
        "price" => ("价格", "price"),
        "grid_minutes" => ("时间间隔", "time grid"),
        "horizon_days" | "days" => ("天数", "number of days"),
        "hold_minutes" => ("保留时间", "hold time"),
        "lead_minutes" => ("提前时间", "lead time"),
        _ => ("填写的内容", "what was entered"),
    };
    if chinese { zh } else { en }
}
