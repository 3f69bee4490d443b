//! Names that others chose. They are never trusted: two artifacts can have the same name, and names can
//! look alike without being the same. What is shown is what a terminal can show safely, and beside it
//! what makes a name suspicious.

use tallystick_formats::text;

/// A name, such that a terminal prints it and does not obey it.
pub fn show(name: &[u8]) -> String {
	text::shown(&String::from_utf8_lossy(name))
}

/// How many names that one is taken for are told of. Somebody could register thousands.
const ALIKE: usize = 3;

/// What makes `name` suspicious, by itself and beside these `others`: each with whose it is, in words.
/// Of many others that it looks like, the first are named, and the rest counted.
pub fn warnings<'a>(
	name: &[u8],
	others: impl IntoIterator<Item = (String, &'a [u8])>,
) -> Vec<String> {
	let name = String::from_utf8_lossy(name);
	let shown = text::shown(&name);
	let odd =
		text::warnings(&name).into_iter().map(|warning| format!("the name {shown}: {warning}"));
	let mut alike = others.into_iter().filter_map(|(whose, other)| {
		let other = String::from_utf8_lossy(other);
		if other == name {
			Some(format!("the name {shown} is also that of {whose}"))
		} else if text::looks_like(&name, &other) {
			Some(format!("the name {shown} looks like that of {whose}, {}", text::shown(&other)))
		} else {
			None
		}
	});
	let mut warnings: Vec<_> = odd.collect();
	warnings.extend(alike.by_ref().take(ALIKE));
	let more = alike.count();
	if more > 0 {
		warnings.push(format!("the name {shown} is, or looks like, that of {more} others"));
	}
	warnings
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn names_that_imitate_others_are_told() {
		let others = || [("artifact 0".to_owned(), "llama".as_bytes())];
		assert!(warnings(b"falcon", others()).is_empty());
		let said = |name: &str| warnings(name.as_bytes(), others()).join("; ");
		assert_eq!(said("llama"), "the name llama is also that of artifact 0");
		assert!(said("ll\u{430}ma").contains("looks like that of artifact 0, llama"));
		assert!(said("x\u{1b}[2J").contains("U+001B") && !said("x\u{1b}[2J").contains('\u{1b}'));
		assert_eq!(show(b"x\x1b[2J"), "x\\u{1b}[2J");
	}

	#[test]
	fn of_many_names_that_are_alike_the_first_are_told_and_the_rest_counted() {
		let others = (0..1_000).map(|id| (format!("artifact {id}"), "llama".as_bytes()));
		let said = warnings(b"Llama", others);
		assert_eq!(said.len(), 4);
		assert!(said[0].contains("that of artifact 0, llama"), "{said:?}");
		assert!(said[3].ends_with("that of 997 others"), "{said:?}");
	}
}
