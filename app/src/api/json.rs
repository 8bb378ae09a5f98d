//! JSON by the browser's own parser: no second one in the download.

mod reader;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::ApiError;
use reader::Reader;

pub(super) fn write<T: Serialize>(value: &T) -> Result<String, ApiError> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(|_| ApiError::Unreadable)?;
    js_sys::JSON::stringify(&value).map(String::from).map_err(|_| ApiError::Unreadable)
}

pub(crate) fn read<T: DeserializeOwned>(bytes: Vec<u8>) -> Result<T, ApiError> {
    let text = String::from_utf8(bytes).map_err(|_| ApiError::Unreadable)?;
    let value = js_sys::JSON::parse(&text).map_err(|_| ApiError::Unreadable)?;
    T::deserialize(Reader(value)).map_err(|_| ApiError::Unreadable)
}
