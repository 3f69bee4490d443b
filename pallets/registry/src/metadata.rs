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

/// Whether the bytes are a name: UTF-8, with something to see in it, and nothing that hides, or does
/// more than show.
fn is_name(bytes: &[u8]) -> bool {
	core::str::from_utf8(bytes)
		.is_ok_and(|name| name.chars().any(is_visible) && name.chars().all(is_shown))
}

/// Whether a character shows, rather than acting on those around it, or hiding. Controls, line and
/// paragraph separators, and marks that change the direction of text can make a list say what is not
/// in it; with characters that Unicode has as default-ignorable, two names are the same to the eye.
/// Of these, scripts need the joiners and the variation selectors.
fn is_shown(c: char) -> bool {
	joins(c)
		|| !c.is_control()
			&& !matches!(
				c,
				'\u{ad}'
					| '\u{34f}' | '\u{61c}'
					| '\u{115f}'..='\u{1160}'
					| '\u{17b4}'..='\u{17b5}'
					| '\u{180e}' | '\u{200b}'..='\u{200f}'
					| '\u{2028}'..='\u{202e}'
					| '\u{2060}'..='\u{206f}'
					| '\u{3164}' | '\u{feff}'
					| '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
					| '\u{1bca0}'..='\u{1bca3}'
					| '\u{1d173}'..='\u{1d17a}'
					| '\u{e0000}'..='\u{e0fff}'
			)
}

/// Whether a character says how its neighbours show, as scripts and emoji need it: joiners and
/// variation selectors.
fn joins(c: char) -> bool {
	matches!(
		c,
		'\u{200c}'..='\u{200d}'
			| '\u{180b}'..='\u{180d}'
			| '\u{180f}' | '\u{fe00}'..='\u{fe0f}'
			| '\u{e0100}'..='\u{e01ef}'
	)
}

/// Whether there is something to see by the character alone.
fn is_visible(c: char) -> bool {
	// Braille's blank is a symbol, not a space.
	!c.is_whitespace() && !joins(c) && c != '\u{2800}'
}

#[cfg(test)]
mod tests {
	use super::is_name;

	#[test]
	fn names_are_in_any_script() {
		for name in [
			"a",
			"Llama 3.1",
			"Größe",
			"モデル",
			"نموذج",
			"🦙",
			"می\u{200c}خواهم",
			"👩\u{200d}💻",
			"❤\u{fe0f}",
		] {
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

	#[test]
	fn what_hides_is_no_name() {
		let hidden = [
			'\u{ad}',
			'\u{34f}',
			'\u{180e}',
			'\u{200b}',
			'\u{2060}',
			'\u{3164}',
			'\u{feff}',
			'\u{ffa0}',
			'\u{fff9}',
			'\u{1d173}',
			'\u{e0000}',
			'\u{e0041}',
			'\u{e007f}',
		];
		for c in hidden {
			assert!(!is_name(format!("Llama{c}").as_bytes()), "{c:?}");
		}
		for blank in ["\u{200d}", "\u{200c} \u{fe0f}", "\u{2800}", "\u{3000}", "\u{e0100}"] {
			assert!(!is_name(blank.as_bytes()), "{blank:?}");
		}
	}
}
