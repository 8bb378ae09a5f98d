//! What the steps of one run share.

use anyhow::Result;

use super::program::TestProgram;
use crate::postgres::Postgres;

/// What the steps share.
#[derive(Default)]
pub struct Session {
    postgres: Option<Postgres>,
    /// Every compiled test program, once they are compiled.
    pub programs: Option<Vec<TestProgram>>,
    /// Whether what can take long shall.
    pub long: bool,
    /// Stories that passed only at the second try.
    pub unsteady: Vec<String>,
}

impl Session {
    /// Nothing compiled, no database started.
    pub fn new(long: bool) -> Self {
        Self { long, ..Self::default() }
    }

    /// One private Postgres for all steps that need one.
    pub fn database(&mut self) -> Result<&Postgres> {
        let postgres = match self.postgres.take() {
            Some(running) => running,
            None => Postgres::temporary()?,
        };
        Ok(self.postgres.insert(postgres))
    }
}
