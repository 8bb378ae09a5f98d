//! What people read on their phones.

use super::*;
use crate::template::Template;

fn facts() -> Facts {
    serde_json::from_value(serde_json::json!({
        "store": { "zh": "玉门里发型", "en": "Jade Lane Hair" },
        "starts_at": 1_795_227_300_000_i64,
        "local": "2026-11-21 10:15",
        "services": [{ "zh": "女士剪发", "en": "Women's cut" }],
        "staff": [{ "zh": "阿杰", "en": "JJ" }],
        "late_minutes": 15,
        "alternatives": [
            { "at": 1, "local": "2026-11-21 11:30", "staff": [{ "zh": "阿杰", "en": "JJ" }] },
            { "at": 2, "local": "2026-11-22 10:15", "staff": [{ "zh": "凯莉", "en": "Kelly" }] },
        ],
        "remedy": { "zh": "本次护理免费", "en": "The treatment is on us" },
        "note": { "zh": "", "en": "" },
    }))
    .expect("facts")
}

#[test]
fn a_confirmation_says_where_when_what_and_who() {
    let chinese = notice(NoticeKind::Confirmed, Language::Chinese, &facts(), None);
    assert_eq!(chinese, "【玉门里发型】已确认：11月21日周六 10:15，女士剪发，阿杰。");
    let english = notice(NoticeKind::Confirmed, Language::English, &facts(), None);
    assert_eq!(english, "Jade Lane Hair: confirmed for Sat 21 Nov, 10:15, Women's cut with JJ.");
}

#[test]
fn whoever_had_to_give_way_is_offered_times_and_the_remedy() {
    let english = notice(NoticeKind::Displaced, Language::English, &facts(), Some("https://book.example.com"));
    assert!(english.contains("we had to move you from Sat 21 Nov, 10:15"));
    assert!(english.contains("Sat 21 Nov, 11:30 JJ; Sun 22 Nov, 10:15 Kelly"));
    assert!(english.contains("The treatment is on us."));
    assert!(english.ends_with("https://book.example.com/m/"));
    let chinese = notice(NoticeKind::Displaced, Language::Chinese, &facts(), None);
    assert!(chinese.contains("11月21日周六 11:30 阿杰；11月22日周日 10:15 凯莉"));
    let without = notice(NoticeKind::Displaced, Language::Chinese, &Facts { alternatives: vec![], ..facts() }, None);
    assert!(without.contains("另选时间"));
}

#[test]
fn every_notice_has_words_in_both_languages() {
    let kinds = Template::ALL.into_iter().filter_map(|template| if let Template::Notice(kind) = template { Some(kind) } else { None });
    for kind in kinds {
        for language in [Language::Chinese, Language::English] {
            let text = notice(kind, language, &facts(), None);
            assert!(text.len() > 20 && !text.contains("{"), "{kind:?}: {text}");
        }
    }
    assert!(code(Language::Chinese, "042317").contains("042317"));
}
