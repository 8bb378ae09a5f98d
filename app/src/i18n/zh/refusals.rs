//! 每一种“不行”的说法：为什么，接下来怎么办。

use shared::phone::{NotRead, Phone};
use shared::refusal::{MemberLimit, Refusal};
use shared::region::Region;

use crate::api::ApiError;
use crate::i18n::refusals::Words;
use crate::local_db::error::StoreError;

pub(in crate::i18n) const WORDS: Words = Words {
    refusal,
    phone,
    api,
    store: |error| match error {
        StoreError::Absent => "这个浏览器不能保存数据",
        StoreError::Full => "存储空间已满，这次操作没有保存，请先联网同步或清理空间",
        StoreError::Newer => "另一个页面已更新到新版本，请刷新后再试",
        StoreError::Lost | StoreError::Failed(_) => "没能保存到本机，请刷新后再试",
    },
    signed_out: "请先登录",
    not_kept: "现在连不上，而这个浏览器不能保存待发送的操作：请稍后再点一次",
    set_aside: "服务器无法处理这项操作，已留待人工查看",
    withdrawn: "已撤回",
};

fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Undecided => "要等服务器答复".to_owned(),
        Refusal::NotAllowed => "你没有权限这样做".to_owned(),
        Refusal::NotFound { .. } => "找不到了，可能已被删除".to_owned(),
        Refusal::Invalid { field } => format!("填写有误：{}", super::super::refusals::field(field, true)),
        Refusal::AlreadyExists => "已经存在".to_owned(),
        Refusal::WrongState { state } => format!("当前状态是“{}”，不能这样做", (super::common::WORDS.states.of)(*state)),
        Refusal::TimeTaken { .. } => "这个时间刚被约走了".to_owned(),
        Refusal::StoreClosed => "这个时间门店不营业".to_owned(),
        Refusal::NotOnShift { .. } => "这位员工这个时间不上班".to_owned(),
        Refusal::NotSkilled { .. } => "这位员工不做这个项目".to_owned(),
        Refusal::NobodyFree => "这个时间没有空闲的员工".to_owned(),
        Refusal::NoResource { .. } => "这个时间没有空的房间、工位或设备".to_owned(),
        Refusal::TooSoon { lead_minutes: 0 } => "这个时间已经过去了".to_owned(),
        Refusal::TooSoon { lead_minutes } => format!("太近了，请至少提前{}预约", super::common::WORDS.minutes(*lead_minutes)),
        Refusal::TooFarAhead { days } => format!("最多只能提前 {days} 天预约"),
        Refusal::AfterCutoff { cutoff_minutes: 0 } => "已经到了开始时间，请联系门店".to_owned(),
        Refusal::AfterCutoff { cutoff_minutes } => {
            format!("开始前{}内不能改约或取消，请致电门店", super::common::WORDS.minutes(*cutoff_minutes))
        }
        Refusal::PriceChanged { .. } => "价格有变，请确认新的价格".to_owned(),
        Refusal::NotOnline => "这个项目请致电门店预约".to_owned(),
        Refusal::NeedsOverride { .. } => "会影响已答应的预约，需要说明理由".to_owned(),
        Refusal::HoldExpired { .. } => "保留已过期，这个时间被约走了".to_owned(),
        Refusal::DoesNotFit { .. } => "这个时间放不下，请换一个时间".to_owned(),
        Refusal::Superseded => "别人刚刚也改了这里，以对方的为准，你的改动另外保留着".to_owned(),
        Refusal::NumberKnown { .. } => "这个号码已由一位会员验证过，请选择那位会员".to_owned(),
        Refusal::WrongCode => "验证码不对、已过期或试得太多，请重新发送".to_owned(),
        Refusal::NumberDiffers => "档案上是另一个号码，可能是另一位：确定是本人就先把档案的号码改对，再重新发送验证码".to_owned(),
        Refusal::TooLong { field, most } => format!("{}太长了，最多 {most} 个字", super::super::refusals::field(field, true)),
        Refusal::ConsentMissing => "需要先同意隐私说明".to_owned(),
        Refusal::OfferOver => "这个空位已经不在了：过期、答复过或已退出".to_owned(),
        Refusal::TooMany { of, most } => too_many(*of, *most),
    }
}

fn too_many(of: MemberLimit, most: u16) -> String {
    match of {
        MemberLimit::VisitsAhead => format!("你在这家店已有 {most} 个预约：先取消一个，或致电门店"),
        MemberLimit::VisitsADay => format!("你这一天已有 {most} 个预约：请换一天，或致电门店"),
        MemberLimit::LinesAVisit => format!("线上一次最多约 {most} 个项目，更多请致电门店"),
        MemberLimit::MinutesAVisit => format!("线上一次最多约{}，更长请致电门店", super::common::WORDS.minutes(most)),
        MemberLimit::MinutesOfAHold => format!("这个时间已为你保留了 {most} 分钟：请直接预约，或重新选择"),
        MemberLimit::BegunAnHour => "你一小时内预约的次数太多：请稍后再试，或致电门店".to_owned(),
        MemberLimit::Waiting => format!("你在这家店已排 {most} 个候补：先退出一个，或致电门店"),
        MemberLimit::WaitingADay => format!("你这一天已排 {most} 个候补：请换一天，或致电门店"),
        MemberLimit::People => format!("一个账号最多登记 {most} 人：更多的人请致电门店登记"),
    }
}

fn phone(reason: &NotRead) -> String {
    match reason {
        NotRead::NotANumber => "这不像电话号码，请检查".to_owned(),
        NotRead::TooShort { region: Region::Cn, digits } => format!("位数不够：手机号是 {digits} 位，固定电话请带区号"),
        NotRead::TooShort { digits, .. } => format!("位数不够：手机号一般是 {digits} 位"),
        NotRead::NeedsCountry => "请在前面加上国家或地区代码，例如 +86".to_owned(),
        NotRead::Ambiguous { between } => {
            let numbers: Vec<String> = between.iter().map(Phone::spaced).collect();
            format!("可能是 {}：请在前面加上国家或地区代码", numbers.join(" 或 "))
        }
    }
}

fn api(error: &ApiError) -> String {
    match error {
        ApiError::Offline => "暂时连不上，请检查网络或稍后再试".to_owned(),
        ApiError::SignedOut => WORDS.signed_out.to_owned(),
        ApiError::AccessEnded => "你的登录已被停用，请重新登录".to_owned(),
        ApiError::Outdated => "需要更新，请刷新".to_owned(),
        ApiError::Problem(problem) if !problem.title_zh.is_empty() => problem.title_zh.clone(),
        ApiError::Problem(_) | ApiError::Unreadable => "出了点问题，请稍后再试".to_owned(),
    }
}
