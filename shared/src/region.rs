//! Countries and regions whose phone numbers are read as people write them at home.

use serde::{Deserialize, Serialize};

/// A country or region, by its ISO 3166 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Region {
    /// 中国大陆
    Cn,
    /// 香港
    Hk,
    /// 澳门
    Mo,
    /// 台湾
    Tw,
    /// 日本
    Jp,
    /// 韩国
    Kr,
    /// 新加坡
    Sg,
    /// 马来西亚
    My,
    /// 泰国
    Th,
    /// 加拿大
    Ca,
    /// 美国
    Us,
    /// 英国
    Gb,
    /// 德国
    De,
    /// 法国
    Fr,
    /// 澳大利亚
    Au,
    /// 新西兰
    Nz,
}

impl Region {
    /// All of them.
    pub const ALL: [Region; 16] = [
        Region::Cn,
        Region::Hk,
        Region::Mo,
        Region::Tw,
        Region::Jp,
        Region::Kr,
        Region::Sg,
        Region::My,
        Region::Th,
        Region::Ca,
        Region::Us,
        Region::Gb,
        Region::De,
        Region::Fr,
        Region::Au,
        Region::Nz,
    ];

    /// By its ISO code in either case.
    #[must_use]
    pub fn parse(code: &str) -> Option<Region> {
        Region::ALL.into_iter().find(|region| region.code().eq_ignore_ascii_case(code))
    }

    /// ISO 3166 code, upper case.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Region::Cn => "CN",
            Region::Hk => "HK",
            Region::Mo => "MO",
            Region::Tw => "TW",
            Region::Jp => "JP",
            Region::Kr => "KR",
            Region::Sg => "SG",
            Region::My => "MY",
            Region::Th => "TH",
            Region::Ca => "CA",
            Region::Us => "US",
            Region::Gb => "GB",
            Region::De => "DE",
            Region::Fr => "FR",
            Region::Au => "AU",
            Region::Nz => "NZ",
        }
    }

    /// Code that is dialled from abroad, without the plus sign.
    #[must_use]
    pub fn calling_code(self) -> &'static str {
        match self {
            Region::Cn => "86",
            Region::Hk => "852",
            Region::Mo => "853",
            Region::Tw => "886",
            Region::Jp => "81",
            Region::Kr => "82",
            Region::Sg => "65",
            Region::My => "60",
            Region::Th => "66",
            Region::Ca | Region::Us => "1",
            Region::Gb => "44",
            Region::De => "49",
            Region::Fr => "33",
            Region::Au => "61",
            Region::Nz => "64",
        }
    }

    /// The region of a store, from the IANA name of its time zone. `None` where the zone does not tell.
    #[must_use]
    pub fn of_zone(zone: &str) -> Option<Region> {
        let region = match zone {
            "Asia/Shanghai" | "Asia/Urumqi" | "Asia/Chongqing" | "Asia/Harbin" | "PRC" => Region::Cn,
            "Asia/Hong_Kong" | "Hongkong" => Region::Hk,
            "Asia/Macau" | "Asia/Macao" => Region::Mo,
            "Asia/Taipei" | "ROC" => Region::Tw,
            "Asia/Tokyo" | "Japan" => Region::Jp,
            "Asia/Seoul" | "ROK" => Region::Kr,
            "Asia/Singapore" | "Singapore" => Region::Sg,
            "Asia/Kuala_Lumpur" | "Asia/Kuching" => Region::My,
            "Asia/Bangkok" => Region::Th,
            "Europe/London" | "GB" => Region::Gb,
            "Europe/Berlin" | "Europe/Busingen" => Region::De,
            "Europe/Paris" => Region::Fr,
            "Pacific/Auckland" | "Pacific/Chatham" | "NZ" => Region::Nz,
            _ if zone.starts_with("Australia/") => Region::Au,
            _ if zone.starts_with("Canada/") || CANADIAN.contains(&zone) => Region::Ca,
            _ if zone.starts_with("US/") || AMERICAN.contains(&zone) => Region::Us,
            _ => return None,
        };
        Some(region)
    }
}

/// Zones of Canada that stores are likely to name.
const CANADIAN: [&str; 13] = [
    "America/Vancouver",
    "America/Edmonton",
    "America/Winnipeg",
    "America/Toronto",
    "America/Montreal",
    "America/Halifax",
    "America/Moncton",
    "America/St_Johns",
    "America/Regina",
    "America/Whitehorse",
    "America/Yellowknife",
    "America/Iqaluit",
    "America/Dawson_Creek",
];

/// Zones of the United States that stores are likely to name.
const AMERICAN: [&str; 10] = [
    "America/New_York",
    "America/Detroit",
    "America/Chicago",
    "America/Denver",
    "America/Boise",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Indiana/Indianapolis",
    "Pacific/Honolulu",
];
