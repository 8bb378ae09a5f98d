//! Pages that come in files of their own, so that the first visit does not wait for what it may never open.
//!
//! With the feature `split` (the apps as they are served) `cargo xtask build-apps` cuts the function of a [`chunk!`](crate::chunk!) out of
//! the program, and calling it fetches its file first. Without it (tests, `--quick`) everything is in the program and nothing is fetched.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::RuleSet;

/// The file of a chunk could not be had: no network and not kept, or replaced by a newer version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotFetched;

/// Something out of a chunk.
pub type FromChunk<T> = LocalBoxFuture<'static, Result<T, NotFetched>>;

/// The pages of one file. Made by [`chunk!`](crate::chunk!) in the program of each app.
#[derive(Clone, Copy, Debug)]
pub struct Chunk {
    /// Fetches the file; ready at once where it is here already. A failure may be tried again.
    pub fetch: fn() -> FromChunk<()>,
    /// The page of a path; ready at once after `fetch`.
    pub page: fn(String) -> FromChunk<AnyView>,
}

/// Where the rules of an app are.
#[derive(Clone, Copy, Debug)]
pub struct RulesFile {
    /// Fetches them; ready at once where they are here.
    pub fetch: fn() -> FromChunk<RuleSet>,
}

/// What an app shows around a page that is not here yet.
#[derive(Clone, Copy, Debug)]
pub struct Stand {
    /// While the file is fetched.
    pub waiting: fn() -> AnyView,
    /// When it could not be had; told how to try again.
    pub missing: fn(Callback<()>) -> AnyView,
}

/// How far the file has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fetch {
    Waiting,
    Failed,
    Here,
}

impl Chunk {
    /// The page of a path, once its file is here.
    #[must_use]
    pub fn view(self, path: String, stand: Stand) -> AnyView {
        let fetch = RwSignal::new(Fetch::Waiting);
        self.start(fetch);
        let again = Callback::new(move |()| self.start(fetch));
        let view = move || match fetch.get() {
            Fetch::Waiting => (stand.waiting)(),
            Fetch::Failed => (stand.missing)(again),
            // A page follows signals of its own; it must not be built anew because one of them was read here.
            Fetch::Here => untrack(|| self.page_now(path.clone())).unwrap_or_else(|| (stand.missing)(again)),
        };
        view.into_any()
    }

    fn page_now(self, path: String) -> Option<AnyView> {
        (self.page)(path).now_or_never()?.ok()
    }

    fn start(self, fetch: RwSignal<Fetch>) {
        let outcome = |fetched: Result<(), NotFetched>| if fetched.is_ok() { Fetch::Here } else { Fetch::Failed };
        let mut fetching = (self.fetch)();
        // A file that is here shows its page in the same breath: no flicker.
        if let Some(fetched) = (&mut fetching).now_or_never() {
            fetch.set(outcome(fetched));
            return;
        }
        fetch.set(Fetch::Waiting);
        spawn_local(async move {
            let fetched = outcome(fetching.await);
            // The person may have gone to another page meanwhile.
            let _ = fetch.try_set(fetched);
        });
    }
}

/// Defines `fn $name() -> Chunk`: the pages that `$pages` (a `fn(&str) -> AnyView` from a path) knows, in a file of their own.
///
/// Pages that ask what a command would lead to are there only `by` the rules of the app, which come with them.
///
/// Belongs into the program of an app and not into the library: otherwise each app would carry the chunks of the other.
#[macro_export]
macro_rules! chunk {
    ($name:ident, $pages:path $(, by $rules:ident)?) => {
        fn $name() -> $crate::chunk::Chunk {
            #[cfg(feature = "split")]
            #[wasm_split_helpers::wasm_split($name, fallible, preload(fetch))]
            fn page(path: String) -> Result<leptos::prelude::AnyView, wasm_split_helpers::SplitLoaderError> {
                Ok($pages(&path))
            }
            #[cfg(not(feature = "split"))]
            async fn page(path: String) -> Result<leptos::prelude::AnyView, $crate::chunk::NotFetched> {
                Ok($pages(&path))
            }
            #[cfg(not(feature = "split"))]
            async fn fetch() -> Result<(), $crate::chunk::NotFetched> {
                Ok(())
            }
            $crate::chunk::Chunk {
                fetch: || {
                    Box::pin(async {
                        $(($rules().fetch)().await?;)?
                        fetch().await.map_err(|_| $crate::chunk::NotFetched)
                    })
                },
                page: |path| Box::pin(async { page(path).await.map_err(|_| $crate::chunk::NotFetched) }),
            }
        }
    };
}

/// Defines `fn $name() -> RulesFile`: rules in a file of their own, by the same terms as [`chunk!`](crate::chunk!).
#[macro_export]
macro_rules! rules {
    ($name:ident, $rules:path) => {
        fn $name() -> $crate::chunk::RulesFile {
            #[cfg(feature = "split")]
            #[wasm_split_helpers::wasm_split($name, fallible)]
            fn rules() -> Result<shared::command::RuleSet, wasm_split_helpers::SplitLoaderError> {
                Ok($rules)
            }
            #[cfg(not(feature = "split"))]
            async fn rules() -> Result<shared::command::RuleSet, $crate::chunk::NotFetched> {
                Ok($rules)
            }
            $crate::chunk::RulesFile { fetch: || Box::pin(async { rules().await.map_err(|_| $crate::chunk::NotFetched) }) }
        }
    };
}
