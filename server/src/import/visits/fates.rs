//! What becomes of each row of bookings, no-shows and cancellations.

use jiff::civil::Date;

use crate::import::report::{Fate, Report};
use crate::import::rows::{BookingRow, CARD_SERVICE, Client, TILL, is_duplicate};
use crate::import::visits::visit::BookingLists;
use crate::import::words::{Sentence, Words};

pub(super) const SOLD_CARD: Fate =
    Fate::Merged(Words("收银台售出的 5+1 卡，保留为小票行", "sale of a 5+1 card at the till, kept as its receipt line"));
pub(super) const SOLD_CARD_UNCHARGED: Fate =
    Fate::NotYet(Words("售出 5+1 卡但没有小票：没有可保留的金额", "sale of a 5+1 card without a receipt: no amount to keep"));
pub(super) const VISIT_LINE: Fate = Fate::Imported(Words("到店中的一项", "line of a visit"));
pub(super) const OPEN_LINE: Fate = Fate::Imported(Words("到店中的一项，未写明由谁服务", "line of a visit, no person named"));
pub(super) const UNRESOLVED: Fate = Fate::Attention(Words("已过去，但既没有收款也没有记为爽约", "past, but neither charged nor missed"));
pub(super) const DUPLICATE: Fate = Fate::Merged(Words("与另一行完全重复", "exact duplicate of another row"));
pub(super) const STRANGE_SERVICE: Fate = Fate::Rejected(Words("项目不在价目表中", "service is not in the price list"));
pub(super) const MISSED: Fate = Fate::Merged(Words("所属预约的状态", "status of its booking"));
pub(super) const MISSED_BUT_CHARGED: Fate =
    Fate::Attention(Words("所属预约的状态，但当天有收款", "status of its booking, yet charged on that day"));
pub(super) const NEVER_BOOKED: Fate = Fate::Rejected(Words("没有对应的预约", "no booking matches"));
pub(super) const MADE_AGAIN: Fate = Fate::Merged(Words("后来又重新预约，已保留", "the booking was made again and is kept"));
pub(super) const CANCELLED: Fate =
    Fate::Imported(Words("已取消的到店，时刻不详（历史）", "cancelled visit, time of day unknown (history)"));

pub(super) fn booking_fate(row: &BookingRow, no_show: bool, lists: &BookingLists<'_>) -> Fate {
    let charged = || lists.charged.contains(&(row.client.clone(), row.date));
    if is_duplicate(&row.identity, &row.client) {
        DUPLICATE
    } else if !lists.services.contains(&row.service) {
        STRANGE_SERVICE
    } else if row.staff == TILL && row.service == CARD_SERVICE {
        if charged() { SOLD_CARD } else { SOLD_CARD_UNCHARGED }
    } else if row.date < lists.today && !no_show && !charged() {
        UNRESOLVED
    } else if row.staff == TILL {
        OPEN_LINE
    } else {
        // Three card rows name a person: the blow-dry that came with the card took that person's time.
        VISIT_LINE
    }
}

/// One sentence for a person, when the fate asks for one.
pub(super) fn note(report: &mut Report, fate: Fate, client: &Client, date: Date, service: &str) {
    if let Fate::Attention(Words(zh, en)) = fate {
        let code = client.code();
        report.attention.push(Sentence::new(format!("{date} {code} {service}：{zh}"), format!("{date} {code} {service}: {en}")));
    }
}
