//! Files of a salon to import, changed a little; and everything an import writes, counted.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use server::clock::Clock;
use server::import::report::Report;
use server::import::run::ImportOptions;
use server::import::salon::Salon;
use server::said::FileKind;
use server::sealed::Sealer;
use server::state::AppState;
use shared::attention::Attention;
use shared::name::Language;
use shared::noun::{Kind, RecordKind};
use shared::roster::Shift;
use shared::service::Service;
use shared::staff::Staff;
use shared::store::Store;
use shared::time::Timestamp;
use sqlx::PgPool;

/// 2018-07-30T16:00Z, nine in the morning in the salon.
pub const MONDAY_MORNING: Timestamp = Timestamp(1_532_966_400_000);

/// Everything an import writes, counted; and one number over the contents, so that a change of any row shows.
pub type Counted = Vec<(String, i64, i64)>;

pub fn state(pool: PgPool) -> AppState {
    AppState::new(pool, Clock::manual(MONDAY_MORNING), Sealer::from_key(&[7; 32]))
}

pub fn options(folder: impl AsRef<Path>) -> ImportOptions {
    ImportOptions { folder: folder.as_ref().to_owned(), ..ImportOptions::default() }
}

/// The same, with changed facts taken over.
pub fn applying(folder: impl AsRef<Path>) -> ImportOptions {
    ImportOptions { apply_changes: true, ..options(folder) }
}

pub fn of_salon(name: &str, folder: impl AsRef<Path>) -> ImportOptions {
    ImportOptions { salon: Some(Salon::named(name).expect("a name")), ..options(folder) }
}

/// The small invented salon that the unit tests use, too.
pub fn small_salon() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/import/small")
}

pub fn real_salon() -> Option<PathBuf> {
    let folder = std::env::var_os("HUIYUE_SALON_DIR").map(PathBuf::from);
    if folder.is_none() {
        // Written past the test harness, which would swallow the line of a test that passes.
        let _ = writeln!(std::io::stdout(), "not available: HUIYUE_SALON_DIR is not set, the real salon was not imported");
    }
    folder
}

/// A salon's six files in a folder of their own, which goes with them.
pub struct Files(PathBuf);

impl Files {
    pub fn small() -> Self {
        Self::copied_from(&small_salon())
    }

    pub fn copied_from(folder: &Path) -> Self {
        static COPIES: AtomicU32 = AtomicU32::new(0);
        let number = COPIES.fetch_add(1, Ordering::Relaxed);
        let copy = std::env::temp_dir().join(format!("huiyue-salon-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&copy).expect("a folder");
        let files = Self(copy);
        FileKind::ALL.into_iter().for_each(|kind| files.write(kind, std::fs::read(folder.join(kind.file_name())).expect("the file")));
        files
    }

    /// With more lines at the end of one file.
    pub fn and(self, kind: FileKind, more: &str) -> Self {
        self.rewritten(kind, |text| text + more)
    }

    /// With other words in one file; they must be there.
    pub fn but(self, kind: FileKind, from: &str, to: &str) -> Self {
        self.rewritten(kind, |text| {
            assert!(text.contains(from), "{from} is in {}", kind.file_name());
            text.replacen(from, to, 1)
        })
    }

    /// With other words in all files.
    pub fn with_all(self, replaced: &[(&str, &str)]) -> Self {
        let replace = |text: String| replaced.iter().fold(text, |text, (from, to)| text.replace(from, to));
        FileKind::ALL.into_iter().fold(self, |files, kind| files.rewritten(kind, replace))
    }

    pub fn rewritten(self, kind: FileKind, rewrite: impl FnOnce(String) -> String) -> Self {
        let text = std::fs::read_to_string(self.0.join(kind.file_name())).expect("the file");
        self.write(kind, rewrite(text).into_bytes());
        self
    }

    fn write(&self, kind: FileKind, bytes: Vec<u8>) {
        std::fs::write(self.0.join(kind.file_name()), bytes).expect("the file");
    }
}

impl AsRef<Path> for Files {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub async fn counted(pool: &PgPool) -> Counted {
    let of_kind = |kind: RecordKind| format!("(select * from records where kind = {})", kind.0);
    let kinds = [("stores", Store::KIND), ("services", Service::KIND), ("staff", Staff::KIND), ("shifts", Shift::KIND)];
    let kinds = kinds.into_iter().chain([("attention", Attention::KIND)]).map(|(name, kind)| (name, of_kind(kind)));
    let tables = ["members", "bookings", "occupancy", "imported_sales", "imported_salons", "imported_facts", "commands", "feed"];
    let mut counted = Vec::new();
    for (name, table) in kinds.chain(tables.map(|name| (name, name.to_owned()))) {
        let sql = format!("select count(*), coalesce(sum(hashtext(t::text)::bigint), 0)::bigint from {table} t");
        let (rows, contents): (i64, i64) =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.expect("the table can be counted");
        counted.push((name.to_owned(), rows, contents));
    }
    counted
}

/// Without the inbox, where each import that finds something else leaves an entry.
pub fn beside_the_inbox(counted: Counted) -> Counted {
    counted.into_iter().filter(|(table, ..)| !["attention", "commands", "feed"].contains(&table.as_str())).collect()
}

pub fn rows(counted: &Counted, table: &str) -> i64 {
    counted.iter().find(|(name, _, _)| name == table).map_or(-1, |(_, rows, _)| *rows)
}

pub async fn number(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.expect("a number")
}

pub fn has_told(report: &Report, text: &str) -> bool {
    report.in_language(Language::English).contains(text)
}

/// What the report says of changed facts.
pub fn changed(report: &Report) -> Vec<&str> {
    report.changed.iter().map(|line| line.get(Language::English)).collect()
}
