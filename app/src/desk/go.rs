//! Going to another page of the desk from a handler. Links stay links.

use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// Goes to an address like `/desk/members`. Call in a component, use in its handlers.
pub fn use_go() -> impl Fn(&str) + Clone + 'static {
    let navigate = use_navigate();
    move |path: &str| navigate(path, NavigateOptions { resolve: false, ..NavigateOptions::default() })
}

/// The same in place of the address there is: the back button does not return to it.
pub fn use_go_instead() -> impl Fn(&str) + Clone + 'static {
    let navigate = use_navigate();
    move |path: &str| navigate(path, NavigateOptions { resolve: false, replace: true, ..NavigateOptions::default() })
}
