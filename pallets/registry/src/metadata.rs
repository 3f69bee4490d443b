//! What artifacts are called, and where their metadata documents are.

use crate::*;
use frame_support::ensure;
use sp_runtime::DispatchResult;
use tallystick_primitives::{provenance::Locators, ArtifactId};

impl<T: Config> Pallet<T> {
	/// Puts `metadata` in the place of that of `artifact`, which `who` owns.
	pub(crate) fn do_update_metadata(
		who: T::AccountId,
		artifact: ArtifactId,
		metadata: Metadata,
	) -> DispatchResult {
		Self::ensure_owner(artifact, &who)?;
		Self::check_metadata(&metadata)?;
		let metadata_digest = metadata.digest;
		let mut stored = Artifacts::<T>::get(artifact).ok_or(Error::<T>::ArtifactNotFound)?;
		let before = stored.stored_bytes();
		let old = core::mem::replace(&mut stored.metadata, metadata);
		Self::adjust_deposit(artifact, &who, before, stored.stored_bytes())?;
		Self::describe(artifact, &stored.metadata, Some(&old))?;
		Artifacts::<T>::insert(artifact, stored);
		Self::deposit_event(Event::MetadataUpdated { artifact, metadata_digest });
		Ok(())
	}

	/// That it can be an artifact's metadata.
	pub(crate) fn check_metadata(metadata: &Metadata) -> DispatchResult {
		ensure!(is_name(&metadata.name), Error::<T>::BadName);
		ensure!(!metadata.digest.is_zero(), Error::<T>::MissingMetadata);
		Self::check_locators(&metadata.locators)
	}

	/// That each locator says something. What it says is for its readers to judge.
	pub(crate) fn check_locators(locators: &Locators) -> DispatchResult {
		ensure!(locators.iter().all(|locator| !locator.is_empty()), Error::<T>::EmptyLocator);
		Ok(())
	}
}

/// Whether the bytes are a name: UTF-8, not blank, and nothing in it that does more than show.
fn is_name(bytes: &[u8]) -> bool {
	core::str::from_utf8(bytes)
		.is_ok_and(|name| !name.trim().is_empty() && name.chars().all(is_shown))
}

/// Whether a character shows, rather than acting on those around it: controls, line and paragraph
/// separators, and marks that change the direction of text can make a list say what is not in it.
fn is_shown(c: char) -> bool {
	!c.is_control()
		&& !matches!(
			c,
			'\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
		)
}

#[cfg(test)]
mod tests {
	use super::is_name;

	#[test]
	fn names_are_in_any_script() {
		for name in ["a", "Llama 3.1", "Größe", "モデル", "نموذج", "🦙"] {
			assert!(is_name(name.as_bytes()), "{name}");
		}
	}

	#[test]
	fn what_acts_on_a_reader_is_no_name() {
		for name in ["", "  ", "a\nb", "\u{1b}[2J", "a\u{7f}", "a\u{202e}b", "a\u{2066}b", "\u{85}"]
		{
			assert!(!is_name(name.as_bytes()), "{name:?}");
		}
		assert!(!is_name(&[0xff]));
	}
}
