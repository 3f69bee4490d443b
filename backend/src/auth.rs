//! The bearer key that the API asks for.

use crate::error::ApiError;
use anyhow::{ensure, Context};
use axum::http::{header, HeaderMap};
use sha2::{Digest as _, Sha256};
use std::{hint::black_box, path::Path};

/// The environment variable that holds the key where no file is named.
pub const KEY_VARIABLE: &str = "TALLYSTICK_BACKEND_API_KEY";

/// A bearer key. Only its SHA-256 is kept.
#[derive(Clone)]
pub struct ApiKey([u8; 32]);

impl ApiKey {
	/// A key, without the white space around it. It may hold visible ASCII characters, as all of a
	/// header's value.
	pub fn new(key: &str) -> anyhow::Result<Self> {
		let key = key.trim();
		ensure!(!key.is_empty(), "the API key is empty");
		ensure!(
			key.bytes().all(|b| b.is_ascii_graphic()),
			"the API key holds something else than visible ASCII characters"
		);
		Ok(Self(Sha256::digest(key).into()))
	}

	/// The key in a file, or else in [`KEY_VARIABLE`], or else none. An empty one is an error: it
	/// would open the door that somebody meant to shut.
	pub fn load(file: Option<&Path>) -> anyhow::Result<Option<Self>> {
		if let Some(file) = file {
			let what = || format!("cannot read the API key from {}", file.display());
			let key = std::fs::read_to_string(file).with_context(what)?;
			return Self::new(&key).with_context(what).map(Some);
		}
		match std::env::var_os(KEY_VARIABLE) {
			None => Ok(None),
			Some(key) => {
				let what = || format!("cannot take the API key from {KEY_VARIABLE}");
				let key = key.to_str().context("it is not UTF-8").with_context(what)?;
				Self::new(key).with_context(what).map(Some)
			}
		}
	}

	/// Whether `key` is this one, in a time that says nothing about the key: digests are compared,
	/// always all of their bytes.
	fn is(&self, key: &[u8]) -> bool {
		let other: [u8; 32] = Sha256::digest(key).into();
		let different = self.0.iter().zip(other).fold(0, |all, (a, b)| black_box(all | (a ^ b)));
		black_box(different) == 0
	}

	/// Checks `Authorization: Bearer <key>`.
	pub fn check(&self, headers: &HeaderMap) -> Result<(), ApiError> {
		let mut values = headers.get_all(header::AUTHORIZATION).iter();
		let value = values.next().ok_or(ApiError::MissingKey)?;
		let key = value.as_bytes().split_at_checked(7).and_then(|(scheme, key)| {
			scheme.eq_ignore_ascii_case(b"bearer ").then(|| key.trim_ascii())
		});
		match key {
			None | Some([]) => Err(ApiError::MissingKey),
			Some(key) if values.next().is_none() && self.is(key) => Ok(()),
			Some(_) => Err(ApiError::WrongKey),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use axum::http::HeaderValue;

	fn headers(values: &[&'static str]) -> HeaderMap {
		let mut headers = HeaderMap::new();
		for value in values {
			headers.append(header::AUTHORIZATION, HeaderValue::from_static(value));
		}
		headers
	}

	#[test]
	fn the_right_key_passes() {
		let key = ApiKey::new(" secret-1\n").unwrap();
		key.check(&headers(&["Bearer secret-1"])).unwrap();
		key.check(&headers(&["bearer  secret-1 "])).unwrap();
	}

	#[test]
	fn a_missing_key_is_told_from_a_wrong_one() {
		let key = ApiKey::new("secret-1").unwrap();
		for missing in
			[&[][..], &[""], &["Bearer"], &["Bearer "], &["Basic secret-1"], &["secret-1"]]
		{
			assert!(
				matches!(key.check(&headers(missing)), Err(ApiError::MissingKey)),
				"{missing:?}"
			);
		}
		for wrong in [
			&["Bearer secret-2"][..],
			&["Bearer secret-"],
			&["Bearer secret-12"],
			&["Bearer Secret-1"],
			&["Bearer secret-1", "Bearer secret-2"],
		] {
			assert!(matches!(key.check(&headers(wrong)), Err(ApiError::WrongKey)), "{wrong:?}");
		}
	}

	#[test]
	fn a_key_that_no_header_can_carry_is_refused() {
		for key in ["", " \n", "two words", "naïve", "a\u{7f}"] {
			assert!(ApiKey::new(key).is_err(), "{key:?}");
		}
	}

	#[test]
	fn a_file_that_is_missing_or_empty_is_an_error() {
		let file = tempfile::NamedTempFile::new().unwrap();
		assert!(ApiKey::load(Some(file.path())).is_err());
		std::fs::write(file.path(), "secret-1\n").unwrap();
		assert!(ApiKey::load(Some(file.path())).unwrap().unwrap().is(b"secret-1"));
		assert!(ApiKey::load(Some(Path::new("/no/such/file"))).is_err());
	}
}
