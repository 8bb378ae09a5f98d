//! Facts that are others than before, and how they are taken over.

use shared::command::CorrectVisit;
use shared::id::BookingId;
use shared::name::Language;
use shared::service::Service;
use uuid::Uuid;

use crate::import::words::{Sentence, Words};
use crate::said::{ImportedSale, Place, Said};

/// One fact that is another than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it is said.
    pub place: Place,
    /// The column, as the file names it; other facts in words.
    pub column: Words,
    /// Which row it is about.
    pub about: String,
    /// What was said before.
    pub old: Sentence,
    /// What is said now.
    pub new: Sentence,
    /// What is here, where somebody has changed it since: then it stays.
    pub here: Option<Sentence>,
}

/// What is taken over together, or left.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Its facts; none where only something derived is another.
    pub changes: Vec<Change>,
    /// What takes it over; `None` where nothing can.
    pub correction: Option<Correction>,
    /// What to remember as said once it is taken over.
    pub said: Vec<(Uuid, Said)>,
}

/// How changed facts are taken over.
#[derive(Debug, Clone)]
pub enum Correction {
    /// The visit, unless somebody has touched it.
    Visit(Box<CorrectVisit>),
    /// The service with the new facts in place of the old ones.
    Service(Box<Service>),
    /// The line of the sales history.
    Sale(Box<ImportedSale>),
}

/// All that differs between the files and the last import of the same salon.
#[derive(Debug, Default)]
pub struct Comparison {
    /// What differs.
    pub changed: Vec<Changed>,
    /// What is as it was, but was not remembered yet.
    pub agreed: Vec<(Uuid, Said)>,
    /// Rows that say something about a known visit and are no visits of their own.
    pub merged: Vec<BookingId>,
    /// Promises that no file names any more.
    pub missing: Vec<Sentence>,
}

impl Change {
    /// File, line, column, old and new, and what stands in the way.
    pub fn in_words(&self) -> Sentence {
        let words = |language| self.in_language(language);
        Sentence::new(words(Language::Chinese), words(Language::English))
    }

    fn in_language(&self, language: Language) -> String {
        let (file, column, about) = (self.place.kind.file_name(), self.column.get(language), &self.about);
        let (old, new) = (self.old.get(language), self.new.get(language));
        let place = match (language, self.place.line) {
            (_, None) => file.to_owned(),
            (Language::Chinese, Some(line)) => format!("{file} 第 {line} 行"),
            (Language::English, Some(line)) => format!("{file}, line {line}"),
        };
        let here = self.here.as_ref().map(|here| here.get(language));
        match language {
            Language::Chinese => {
                let here = here.map(|here| format!("；这里已另改为 {here}，保持不变")).unwrap_or_default();
                format!("{place}“{column}”（{about}）：{old} → {new}{here}")
            }
            Language::English => {
                let here = here.map(|here| format!("; here it has been changed to {here} since, and stays")).unwrap_or_default();
                format!("{place}, “{column}” ({about}): {old} → {new}{here}")
            }
        }
    }
}
