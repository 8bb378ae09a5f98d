//! The first letter of a name on a colour of its own.

use leptos::prelude::*;
use uuid::Uuid;

/// Hue of a person, 0–360, always the same for the same id.
#[must_use]
pub fn hue_of(id: Uuid) -> u16 {
    let sum = id.as_bytes().iter().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    u16::try_from(sum % 360).unwrap_or(0)
}

/// Decoration only: the name stands beside it. `size` is `small` or `large`.
#[component]
pub fn Avatar(
    /// Name; its first letter shows.
    #[prop(into)]
    name: Signal<String>,
    /// See [`hue_of`].
    hue: u16,
    /// Another size than usual.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    let class = if size.is_empty() { "avatar".to_owned() } else { format!("avatar avatar--{size}") };
    let letter = move || name.with(|name| name.chars().next().map(String::from).unwrap_or_default());
    view! { <span class=class style:--avatar-hue=hue.to_string() aria-hidden="true">{letter}</span> }
}
