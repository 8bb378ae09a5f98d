//! What can be wrong in a file, in the reader's language: the column, the value and what to do.

use shared::name::Language;

use crate::said::FileKind;

/// Why a file was refused. Nothing is written when any file is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.in_language(Language::English))]
pub struct BadFile {
    /// The file's name without its folder.
    pub file: String,
    /// Line counted from 1, as a text editor counts.
    pub line: u64,
    /// What is wrong there.
    pub problem: Problem,
}

impl BadFile {
    /// A refusal of the file of this kind at a line.
    pub fn new(kind: FileKind, line: u64, problem: Problem) -> Self {
        Self { file: kind.file_name().to_owned(), line, problem }
    }

    /// File, line, reason and what to do, for a person with the file open.
    pub fn in_language(&self, language: Language) -> String {
        let (file, line, reason) = (&self.file, self.line, self.problem.words(language));
        match language {
            Language::Chinese => format!("{file} 第 {line} 行：{reason}"),
            Language::English => format!("{file}, line {line}: {reason}"),
        }
    }
}

/// One thing that is wrong. Columns are named as the files name them, values are quoted as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the column, the value in it, or what their names say")]
pub enum Problem {
    /// The first byte that fits neither UTF-8 nor GB18030.
    Encoding {
        byte: u8,
    },
    /// The bytes can be read as Chinese and as a Western encoding.
    UnclearEncoding {
        byte: u8,
    },
    /// Half a character in UTF-16.
    BrokenUtf16,
    /// Not a text file.
    ZeroByte,
    /// A `sep=` line that names none of comma, semicolon and tab.
    Separator {
        found: String,
    },
    /// A column an import needs is not there.
    MissingColumn {
        column: String,
    },
    /// One name heads two columns.
    DoubleColumn {
        column: String,
    },
    /// The row is shorter or longer than the header.
    FieldCount {
        found: usize,
        expected: usize,
    },
    /// The CSV reader's own words.
    Unreadable {
        why: String,
    },
    TooLong {
        column: String,
        length: usize,
        most: usize,
    },
    Empty {
        column: String,
    },
    NotWhole {
        column: String,
        value: String,
    },
    NotNumber {
        column: String,
        value: String,
    },
    FractionOfCent {
        column: String,
        value: String,
    },
    NotDate {
        column: String,
        value: String,
    },
    NotTime {
        column: String,
        value: String,
    },
    NotFlag {
        column: String,
        value: String,
    },
    Negative {
        column: String,
        value: String,
    },
    /// `Time` and `TimeInt` disagree.
    TwoTimes {
        minute: u16,
        given: i64,
    },
    /// One service code heads two rows.
    DoubleService {
        code: String,
    },
}

impl Problem {
    /// The reason and what to do.
    pub fn words(&self, language: Language) -> String {
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.english(),
        }
    }

    fn english(&self) -> String {
        match self {
            Problem::Encoding { byte } => format!("byte 0x{byte:02X} is neither UTF-8 nor GB18030; save the file as CSV UTF-8"),
            Problem::UnclearEncoding { byte } => {
                format!("byte 0x{byte:02X} could be Chinese (GB18030) or a Western letter; save the file as CSV UTF-8")
            }
            Problem::BrokenUtf16 => "the file begins as UTF-16 but breaks off within a character; save it as CSV UTF-8".to_owned(),
            Problem::ZeroByte => "a zero byte: this is not a text file; save it as CSV UTF-8".to_owned(),
            Problem::Separator { found } => format!("“{found}” does not separate columns; use a comma, a semicolon or a tab"),
            Problem::MissingColumn { column } => format!("missing column “{column}”; export it too, or correct the first line"),
            Problem::DoubleColumn { column } => format!("column “{column}” appears twice; delete or rename one"),
            Problem::FieldCount { found, expected } => {
                format!(
                    "{found} fields where the header has {expected}; look for a missing value, or quote a text that has a separator in it"
                )
            }
            Problem::Unreadable { why } => format!("{why}; save the file as CSV again"),
            Problem::TooLong { column, length, most } => {
                format!("“{column}” has {length} characters, at most {most} are possible; shorten it")
            }
            Problem::Empty { column } => format!("“{column}” is empty; fill it in"),
            Problem::NotWhole { column, value } => format!("“{column}” is not a whole number: “{value}”; write it with digits only"),
            Problem::NotNumber { column, value } => format!("“{column}” is not a number: “{value}”; write it like 1234.5"),
            Problem::FractionOfCent { column, value } => format!("“{column}” has fractions of a cent: “{value}”; round it"),
            Problem::NotDate { column, value } => {
                format!("“{column}” is not a date (month/day/year): “{value}”; write it like 05/31/2026")
            }
            Problem::NotTime { column, value } => format!("“{column}” is not a time of day: “{value}”; write it like 3:50 PM or 15:50"),
            Problem::NotFlag { column, value } => format!("“{column}” is neither TRUE nor FALSE: “{value}”; write one of them"),
            Problem::Negative { column, value } => format!("“{column}” is negative: “{value}”; write 0 for a price on consultation"),
            Problem::TwoTimes { minute, given } => {
                format!("“Time” is minute {minute} of the day, “TimeInt” says {given}; correct the wrong one")
            }
            Problem::DoubleService { code } => format!("service “{code}” stands twice; delete one of the rows"),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Problem::Encoding { byte } => format!("字节 0x{byte:02X} 既不是 UTF-8 也不是 GB18030；请另存为“CSV UTF-8”"),
            Problem::UnclearEncoding { byte } => {
                format!("字节 0x{byte:02X} 可能是中文（GB18030），也可能是西文字母；请另存为“CSV UTF-8”")
            }
            Problem::BrokenUtf16 => "文件以 UTF-16 开头，但有不完整的字符；请另存为“CSV UTF-8”".to_owned(),
            Problem::ZeroByte => "含有零字节，不是文本文件；请另存为“CSV UTF-8”".to_owned(),
            Problem::Separator { found } => format!("“{found}”不能分隔列；请用逗号、分号或制表符"),
            Problem::MissingColumn { column } => format!("缺少“{column}”列；请一并导出，或更正第一行"),
            Problem::DoubleColumn { column } => format!("“{column}”列出现两次；请删除或改名其中一列"),
            Problem::FieldCount { found, expected } => {
                format!("有 {found} 个字段，而表头有 {expected} 个；请检查是否漏填，含分隔符的文字请加引号")
            }
            Problem::Unreadable { why } => format!("无法读取（{why}）；请重新另存为 CSV"),
            Problem::TooLong { column, length, most } => format!("“{column}”有 {length} 个字符，最多 {most} 个；请缩短"),
            Problem::Empty { column } => format!("“{column}”为空；请填写"),
            Problem::NotWhole { column, value } => format!("“{column}”不是整数：“{value}”；请只用数字"),
            Problem::NotNumber { column, value } => format!("“{column}”不是数字：“{value}”；请写成 1234.5 的样子"),
            Problem::FractionOfCent { column, value } => format!("“{column}”精确到了分以下：“{value}”；请四舍五入到分"),
            Problem::NotDate { column, value } => format!("“{column}”不是日期（月/日/年）：“{value}”；请写成 05/31/2026 的样子"),
            Problem::NotTime { column, value } => format!("“{column}”不是时刻：“{value}”；请写成 3:50 PM 或 15:50 的样子"),
            Problem::NotFlag { column, value } => format!("“{column}”既不是 TRUE 也不是 FALSE：“{value}”；请改成其中之一"),
            Problem::Negative { column, value } => format!("“{column}”为负数：“{value}”；面议的价格请写 0"),
            Problem::TwoTimes { minute, given } => format!("“Time”是当天第 {minute} 分钟，“TimeInt”却是 {given}；请更正其中之一"),
            Problem::DoubleService { code } => format!("项目“{code}”出现两次；请删除其中一行"),
        }
    }
}
