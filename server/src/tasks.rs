//! Work that is finished once it has begun, also when the client that asked for it goes away in the middle: a sign-in of several
//! statements, a revocation and the streams it ends.

use std::sync::Arc;

use tokio::sync::watch;
use tracing::Instrument;

/// Counts what is under way, so that the program can wait for it at its end.
#[derive(Clone, Debug)]
pub struct Tasks {
    running: Arc<watch::Sender<usize>>,
}

impl Default for Tasks {
    fn default() -> Self {
        Tasks { running: Arc::new(watch::Sender::new(0)) }
    }
}

impl Tasks {
    /// Runs `work` to its end in a task of its own; dropping the caller does not stop it. A panic of the work is the caller's.
    pub(crate) async fn to_the_end<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> T {
        let running = Running::begin(&self.running);
        let task = tokio::spawn(
            async move {
                let _running = running;
                work.await
            }
            .in_current_span(),
        );
        match task.await.map_err(tokio::task::JoinError::try_into_panic) {
            Ok(done) => done,
            Err(Ok(cause)) => std::panic::resume_unwind(cause),
            // Only the end of the program aborts it: nobody is left to answer.
            Err(Err(_ended)) => std::future::pending().await,
        }
    }

    /// Waits until nothing is under way.
    pub(crate) async fn ended(&self) {
        let mut running = self.running.subscribe();
        let _sender_is_ours = running.wait_for(|running| *running == 0).await;
    }
}

struct Running(Arc<watch::Sender<usize>>);

impl Running {
    fn begin(running: &Arc<watch::Sender<usize>>) -> Self {
        running.send_modify(|running| *running += 1);
        Running(Arc::clone(running))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.send_modify(|running| *running -= 1);
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn what_somebody_began_is_finished_after_they_went_away() {
        let tasks = Tasks::default();
        let (go_on, wait) = oneshot::channel::<()>();
        let (done, is_done) = oneshot::channel();
        let impatient = tokio::spawn({
            let tasks = tasks.clone();
            async move {
                let work = async move {
                    wait.await.expect("somebody lets it go on");
                    done.send("finished").expect("somebody looks");
                };
                tasks.to_the_end(work).await;
            }
        });
        while *tasks.running.borrow() == 0 {
            tokio::task::yield_now().await;
        }
        impatient.abort();
        assert!(impatient.await.expect_err("it went away").is_cancelled());
        go_on.send(()).expect("it still waits");
        assert_eq!(is_done.await, Ok("finished"));
        tasks.ended().await;
        assert_eq!(*tasks.running.borrow(), 0);
    }
}
