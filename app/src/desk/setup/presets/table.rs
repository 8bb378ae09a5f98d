//! The table of presets, one row per industry. Order counts: a device remembers the place of its choice.

use shared::part::PartKind::{Active, After, Before, Processing};

use crate::desk::setup::presets::preset::{Preset, PresetService};

/// 美容 美发 美甲 健身 家政 汽修 培训 会所 餐饮
pub(super) static TABLE: [Preset; 9] = [
    Preset {
        name: ("美容", "Beauty"),
        note: ("护理、面部、身体", "Facials and body care"),
        open: (10, 21),
        closed: &[],
        cutoff_minutes: 120,
        services: &[
            PresetService {
                name: ("基础清洁护理", "Deep cleansing facial"),
                category: ("面部", "Face"),
                parts: &[(Active, 60), (After, 10)],
                price: 198,
            },
            PresetService {
                name: ("补水护理", "Hydrating facial"),
                category: ("面部", "Face"),
                parts: &[(Active, 40), (Processing, 20), (Active, 15), (After, 10)],
                price: 298,
            },
            PresetService {
                name: ("肩颈护理", "Shoulder and neck care"),
                category: ("身体", "Body"),
                parts: &[(Active, 45), (After, 10)],
                price: 228,
            },
            PresetService {
                name: ("睫毛嫁接", "Lash extensions"),
                category: ("眉眼", "Brows and lashes"),
                parts: &[(Active, 90)],
                price: 268,
            },
            PresetService { name: ("修眉", "Brow shaping"), category: ("眉眼", "Brows and lashes"), parts: &[(Active, 20)], price: 58 },
        ],
    },
    Preset {
        name: ("美发", "Hair"),
        note: ("剪、烫、染，含静置时间", "Cut, perm, colour, with processing time"),
        open: (10, 21),
        closed: &[],
        cutoff_minutes: 120,
        services: &[
            PresetService { name: ("精剪", "Cut and finish"), category: ("剪发", "Cut"), parts: &[(Active, 50)], price: 168 },
            PresetService { name: ("洗吹", "Blow-dry"), category: ("造型", "Styling"), parts: &[(Active, 40)], price: 68 },
            PresetService {
                name: ("染发", "Colour"),
                category: ("烫染", "Colour and perm"),
                parts: &[(Active, 45), (Processing, 35), (Active, 30)],
                price: 498,
            },
            PresetService {
                name: ("烫发", "Perm"),
                category: ("烫染", "Colour and perm"),
                parts: &[(Active, 60), (Processing, 40), (Active, 40)],
                price: 598,
            },
            PresetService { name: ("头皮护理", "Scalp care"), category: ("护理", "Care"), parts: &[(Active, 40)], price: 198 },
            PresetService { name: ("儿童剪发", "Children's cut"), category: ("剪发", "Cut"), parts: &[(Active, 30)], price: 88 },
        ],
    },
    Preset {
        name: ("美甲", "Nails"),
        note: ("手部、足部、延长", "Hands, feet, extensions"),
        open: (10, 22),
        closed: &[],
        cutoff_minutes: 120,
        services: &[
            PresetService { name: ("纯色美甲", "Plain gel"), category: ("手部", "Hands"), parts: &[(Active, 60)], price: 128 },
            PresetService { name: ("款式美甲", "Nail art"), category: ("手部", "Hands"), parts: &[(Active, 90)], price: 228 },
            PresetService { name: ("延长甲", "Extensions"), category: ("手部", "Hands"), parts: &[(Active, 120)], price: 328 },
            PresetService { name: ("足部美甲", "Pedicure gel"), category: ("足部", "Feet"), parts: &[(Active, 60)], price: 158 },
            PresetService { name: ("卸甲", "Removal"), category: ("手部", "Hands"), parts: &[(Active, 30)], price: 38 },
        ],
    },
    Preset {
        name: ("健身", "Fitness"),
        note: ("私教、体测", "Personal training"),
        open: (7, 22),
        closed: &[],
        cutoff_minutes: 240,
        services: &[
            PresetService {
                name: ("私教课", "Personal training"), category: ("私教", "Personal"), parts: &[(Active, 60)], price: 300
            },
            PresetService { name: ("体验课", "Trial session"), category: ("私教", "Personal"), parts: &[(Active, 45)], price: 99 },
            PresetService { name: ("体测", "Body check"), category: ("评估", "Assessment"), parts: &[(Active, 20)], price: 0 },
            PresetService { name: ("拉伸放松", "Stretching"), category: ("恢复", "Recovery"), parts: &[(Active, 45)], price: 200 },
        ],
    },
    Preset {
        name: ("家政", "Home services"),
        note: ("上门保洁、收纳", "Cleaning and tidying at home"),
        open: (8, 20),
        closed: &[],
        cutoff_minutes: 1440,
        services: &[
            PresetService {
                name: ("日常保洁", "Regular cleaning"),
                category: ("保洁", "Cleaning"),
                parts: &[(Before, 30), (Active, 120), (After, 30)],
                price: 160,
            },
            PresetService {
                name: ("深度保洁", "Deep cleaning"),
                category: ("保洁", "Cleaning"),
                parts: &[(Before, 30), (Active, 240), (After, 30)],
                price: 480,
            },
            PresetService {
                name: ("擦玻璃", "Windows"),
                category: ("保洁", "Cleaning"),
                parts: &[(Before, 30), (Active, 90), (After, 30)],
                price: 180,
            },
            PresetService {
                name: ("整理收纳", "Tidying"),
                category: ("收纳", "Tidying"),
                parts: &[(Before, 30), (Active, 180), (After, 30)],
                price: 600,
            },
        ],
    },
    Preset {
        name: ("汽修", "Car repair"),
        note: ("保养、轮胎、检测", "Service, tyres, checks"),
        open: (9, 18),
        closed: &[6],
        cutoff_minutes: 240,
        services: &[
            PresetService { name: ("小保养", "Oil service"), category: ("保养", "Service"), parts: &[(Active, 45)], price: 398 },
            PresetService { name: ("轮胎更换", "Tyre change"), category: ("轮胎", "Tyres"), parts: &[(Active, 60)], price: 120 },
            PresetService { name: ("四轮定位", "Wheel alignment"), category: ("轮胎", "Tyres"), parts: &[(Active, 60)], price: 200 },
            PresetService { name: ("全车检测", "Full check"), category: ("检测", "Checks"), parts: &[(Active, 90)], price: 0 },
            PresetService {
                name: ("精洗", "Detailing"),
                category: ("美容", "Detailing"),
                parts: &[(Active, 90), (Processing, 30), (Active, 30)],
                price: 298,
            },
        ],
    },
    Preset {
        name: ("培训", "Lessons"),
        note: ("一对一课程、试听", "One-to-one lessons"),
        open: (9, 21),
        closed: &[],
        cutoff_minutes: 720,
        services: &[
            PresetService {
                name: ("一对一课", "One-to-one lesson"), category: ("课程", "Lessons"), parts: &[(Active, 60)], price: 260
            },
            PresetService { name: ("试听课", "Trial lesson"), category: ("课程", "Lessons"), parts: &[(Active, 30)], price: 0 },
            PresetService { name: ("水平测试", "Level test"), category: ("评估", "Assessment"), parts: &[(Active, 45)], price: 0 },
        ],
    },
    Preset {
        name: ("会所", "Club"),
        note: ("足疗、按摩、水疗", "Foot care, massage, spa"),
        open: (11, 26),
        closed: &[],
        cutoff_minutes: 120,
        services: &[
            PresetService {
                name: ("足疗", "Foot massage"), category: ("足疗", "Feet"), parts: &[(Active, 60), (After, 10)], price: 168
            },
            PresetService {
                name: ("全身按摩", "Full body massage"),
                category: ("按摩", "Massage"),
                parts: &[(Active, 90), (After, 10)],
                price: 298,
            },
            PresetService {
                name: ("精油水疗", "Oil spa"),
                category: ("水疗", "Spa"),
                parts: &[(Before, 10), (Active, 90), (After, 15)],
                price: 398,
            },
            PresetService { name: ("采耳", "Ear care"), category: ("小项", "Small"), parts: &[(Active, 30)], price: 98 },
        ],
    },
    Preset {
        name: ("餐饮", "Dining"),
        note: ("包间、桌位、宴席", "Rooms, tables, banquets"),
        open: (11, 22),
        closed: &[],
        cutoff_minutes: 120,
        services: &[
            PresetService {
                name: ("两人桌", "Table for two"),
                category: ("桌位", "Tables"),
                parts: &[(Active, 90), (After, 10)],
                price: 0,
            },
            PresetService {
                name: ("四人桌", "Table for four"),
                category: ("桌位", "Tables"),
                parts: &[(Active, 90), (After, 10)],
                price: 0,
            },
            PresetService {
                name: ("包间", "Private room"),
                category: ("包间", "Rooms"),
                parts: &[(Before, 10), (Active, 150), (After, 20)],
                price: 0,
            },
        ],
    },
];
