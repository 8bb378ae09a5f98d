//! Counting tests from what test programs print.

use std::fmt;
use std::ops::AddAssign;

/// How many tests (or checks, each one) passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Passed.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
    /// Not run: by their author's wish, or for lack of something that is not part of the project.
    pub ignored: u32,
}

impl Count {
    /// A check that passed.
    pub const PASSED: Self = Self { passed: 1, failed: 0, ignored: 0 };
    /// A check that failed.
    pub const FAILED: Self = Self { passed: 0, failed: 1, ignored: 0 };

    /// Adds up lines like `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; …`. A test that says what it lacked has
    /// checked nothing, though its program counts it as passed.
    pub fn in_output(output: &str) -> Self {
        let mut total = Self::default();
        for line in output.lines() {
            let Some((_, result)) = line.split_once("test result: ") else { continue };
            let number = |word: &str| {
                let mut parts = result.split([';', '.']).map(str::trim);
                parts.find_map(|part| part.strip_suffix(word)?.trim().parse().ok()).unwrap_or(0)
            };
            total += Self { passed: number("passed"), failed: number("failed"), ignored: number("ignored") };
        }
        let lacking = u32::try_from(not_available(output).count()).unwrap_or(u32::MAX).min(total.passed);
        total += Self { passed: 0, failed: 0, ignored: lacking };
        total.passed -= lacking;
        total
    }

    /// The same, but a program that failed without telling of a failed test counts as one failure.
    pub fn of_run(output: &str, success: bool) -> Self {
        let mut count = Self::in_output(output);
        if !success && count.failed == 0 {
            count += Self::FAILED;
        }
        count
    }
}

/// What tests say that could not check anything, one line each: `not available: HUIYUE_SALON_DIR …`.
pub fn not_available(output: &str) -> impl Iterator<Item = &str> {
    /// The variable that would have said where to find it; without its prefix it is a line of some log.
    const SAID: &str = "not available: HUIYUE_";
    output.lines().filter_map(|line| line.find(SAID).map(|at| &line[at..]))
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if self.ignored > 0 {
            write!(formatter, ", {} ignored", self.ignored)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, not_available};

    #[test]
    fn the_results_of_several_programs_add_up() {
        let output = "running 2 tests\ntest result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; \
                      finished in 0.1s\n\ntest result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured\n";
        assert_eq!(Count::in_output(output), Count { passed: 15, failed: 2, ignored: 1 });
    }

    #[test]
    fn a_test_without_its_files_is_not_counted_as_passed() {
        let output = "test one ... ok\nWARN the database is not available\ntest two ... not available: HUIYUE_SALON_DIR is not set\nok\n\
                      not available: HUIYUE_SALON_DIR is not set\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n";
        assert_eq!(Count::in_output(output), Count { passed: 1, failed: 0, ignored: 3 });
        assert_eq!(not_available(output).collect::<Vec<_>>(), ["not available: HUIYUE_SALON_DIR is not set"; 2]);
    }

    #[test]
    fn a_program_that_died_is_a_failure() {
        assert_eq!(Count::of_run("running 3 tests\n", false), Count::FAILED);
        assert_eq!(Count::of_run("", true), Count::default());
    }
}
