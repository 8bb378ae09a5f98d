//! Why an import did not happen, in its reader's language.

use shared::name::Language;

use super::problem::BadFile;

/// Why an import did not happen. Nothing has been written.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.in_language(Language::English))]
pub enum ImportError {
    /// A file says something impossible.
    BadFile(#[from] BadFile),
    /// The files are of other people than those that were imported under the same name.
    AnotherSalon,
    /// Only salons with names were imported, and none was named.
    WhichSalon {
        /// Their names.
        names: Vec<String>,
    },
    /// The same rows were imported without a salon's name.
    KnownWithoutName,
    /// There is no such zone, or the clock is beyond use.
    NoZone(String),
    /// The salon was imported with another zone or currency.
    OtherPlace {
        /// Its zone and its currency.
        known: String,
    },
    /// The database.
    NotWritten(#[from] crate::error::Error),
    /// A file is missing or cannot be opened.
    Unreadable {
        /// The file's name without its folder.
        file: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
}

impl ImportError {
    /// What is wrong and what to do.
    pub fn in_language(&self, language: Language) -> String {
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.english(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            ImportError::BadFile(bad) => bad.in_language(Language::Chinese),
            ImportError::AnotherSalon => "这些文件似乎属于另一家沙龙：几乎没有一位顾客是之前导入过的，什么都没有写入；\
                请用 --salon 写明沙龙的名称，它会有自己的门店"
                .to_owned(),
            ImportError::WhichSalon { names } => {
                format!("请用 --salon 写明是哪一家沙龙：已导入过“{}”；写新的名称则另建门店", names.join("”“"))
            }
            ImportError::KnownWithoutName => {
                "这些内容之前导入时没有写沙龙的名称，什么都没有写入；同一家沙龙请不加 --salon 再导入".to_owned()
            }
            ImportError::NoZone(zone) => format!("时区 {zone} 无法使用；请写成 Asia/Shanghai 这样的名称"),
            ImportError::OtherPlace { known } => {
                format!("这家沙龙之前是按 {known} 导入的，什么都没有写入；请不加 --zone 和 --currency 再导入")
            }
            ImportError::NotWritten(error) => format!("数据库出错：{error}"),
            ImportError::Unreadable { file, source } => format!("{file} 无法打开：{source}"),
        }
    }

    fn english(&self) -> String {
        match self {
            ImportError::BadFile(bad) => bad.in_language(Language::English),
            ImportError::AnotherSalon => "these files seem to be of another salon: hardly any of their clients were imported before, and \
                nothing was written; name the salon with --salon, and it gets a store of its own"
                .to_owned(),
            ImportError::WhichSalon { names } => {
                format!("say with --salon which salon it is: “{}” was imported before; a new name makes a new store", names.join("”, “"))
            }
            ImportError::KnownWithoutName => "these rows were imported without a salon's name before, and nothing was written; import the \
                same salon again without --salon"
                .to_owned(),
            ImportError::NoZone(zone) => format!("the zone {zone} cannot be used; give a name like Asia/Shanghai"),
            ImportError::OtherPlace { known } => {
                format!("this salon was imported with {known} before, and nothing was written; import it without --zone and --currency")
            }
            ImportError::NotWritten(error) => format!("of the database: {error}"),
            ImportError::Unreadable { file, source } => format!("{file}: {source}"),
        }
    }
}
