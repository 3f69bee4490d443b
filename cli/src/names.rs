//! Names that others chose. They are never trusted: two artifacts can have the same name, and names can
//! look alike without being the same. What is shown is what a terminal can show safely, and beside it
//! what makes a name suspicious.

use tallystick_formats::text;

/// A name, such that a terminal prints it and does not obey it.
pub fn show(name: &[u8]) -> String {
	text::shown(&String::from_utf8_lossy(name))
}

/// What makes `name` suspicious, by itself and beside these `others`: each with whose it is, in words.
pub fn warnings<'a>(
	name: &[u8],
	others: impl IntoIterator<Item = (String, &'a [u8])>,
) -> Vec<String> {
	let name = String::from_utf8_lossy(name);
	let shown = text::shown(&name);
	let odd =
		text::warnings(&name).into_iter().map(|warning| format!("the name {shown}: {warning}"));
	let alike = others.into_iter().filter_map(|(whose, other)| {
		let other = String::from_utf8_lossy(other);
		if other == name {
			Some(format!("the name {shown} is also that of {whose}"))
		} else if text::looks_like(&name, &other) {
			Some(format!("the name {shown} looks like that of {whose}, {}", text::shown(&other)))
		} else {
			None
		}
	});
	odd.chain(alike).collect()
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
}
