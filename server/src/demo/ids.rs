//! Names that several parts of the demo mean.

use uuid::Uuid;

pub(crate) const JADE: &str = "store/jade";

pub(crate) const WUTONG: &str = "store/wutong";

/// Namespace of all ids of the demo.
pub(crate) const NAMESPACE: Uuid = Uuid::from_u128(0x6875_6979_7565_4064_656d_6f00_0000_0001);

/// The id of a thing of the demo, by its name: `id("store/jade")`.
#[must_use]
pub fn id<T: From<Uuid>>(name: &str) -> T {
    T::from(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
}
