//! Submissions that wait for the same store are taken together: one transaction and one commit for all, in the order they came. They
//! would wait for the store's row anyway; so a busy store writes to the disk once for many, and holds no connection that other stores
//! could use. The row stays the arbiter, between processes too.

use std::sync::Arc;

use shared::id::StoreId;
use tokio::sync::oneshot;
use tokio::task::JoinError;

use crate::apply::transaction::together;
use crate::error::problem::Problem;
use crate::error::{Error, Result};
use crate::state::AppState;
use crate::store_queues::{BatchResult, Submission, Waiting};

/// Beyond so many the next is told to come back: a queue that nobody sees the end of helps nobody.
const MOST_WAITING: usize = 1_000;

/// Takes a submission when its store's turn comes.
pub(crate) async fn enqueue(state: &AppState, store: StoreId, submission: Submission) -> Result<BatchResult> {
    if state.store_queues.waiting(store) >= MOST_WAITING {
        return Err(Problem::UNAVAILABLE.into());
    }
    let (answer, taken) = oneshot::channel();
    if state.store_queues.join(store, Waiting { submission, answer }) {
        // A task of its own: whoever came first may go away, the others still wait.
        tokio::spawn(work(state.clone(), store));
    }
    taken.await.unwrap_or_else(|_| Err(Error::Fault("a submission was dropped".into())))
}

async fn work(state: AppState, store: StoreId) {
    while let Some(group) = state.store_queues.next(store) {
        let (submissions, waiting): (Vec<Submission>, Vec<_>) =
            group.into_iter().map(|waiting| (waiting.submission, waiting.answer)).unzip();
        let submissions: Arc<[Submission]> = submissions.into();
        let answers = match guarded(&state, Arc::clone(&submissions)).await {
            Ok(answers) => answers.into_iter().map(Some).collect(),
            Err(_) => one_by_one(&state, &submissions).await,
        };
        for (waiting, taken) in waiting.into_iter().zip(answers) {
            let Some(taken) = taken else { continue };
            drop(waiting.send(taken)); // Whoever asked may have gone; what is decided is decided.
        }
    }
}

/// Takes a submission that is about no store: it waits for nobody, and ends even if whoever asked goes away.
pub(crate) async fn at_once(state: &AppState, submission: Submission) -> Result<BatchResult> {
    let answers = guarded(state, Arc::from([submission])).await;
    answers.ok().and_then(|answers| answers.into_iter().next()).unwrap_or_else(|| Err(Error::Fault("a submission was dropped".into())))
}

/// In a task of its own: a panic must not end the work for the store.
async fn guarded(state: &AppState, submissions: Arc<[Submission]>) -> Result<Vec<Result<BatchResult>>, JoinError> {
    let state = state.clone();
    tokio::spawn(async move { together(&state, &submissions).await }).await
}

/// After a panic: only the submission that causes it stays without an answer.
async fn one_by_one(state: &AppState, submissions: &[Submission]) -> Vec<Option<Result<BatchResult>>> {
    let mut answers = Vec::with_capacity(submissions.len());
    for submission in submissions {
        answers.push(guarded(state, Arc::from([submission.clone()])).await.ok().and_then(|answers| answers.into_iter().next()));
    }
    answers
}
