//! From the user's words to the model's numbers.
//!
//! Two forms are understood:
//!
//! - all numbers, in the order of the features, separated by commas, semicolons or white space,
//!   with or without square brackets around them;
//! - `name=value` (or `name: value`), separated by commas, semicolons or white space. In names,
//!   case does not matter, and `_` and `-` stand for a space. Features without a value get their
//!   mean.

use super::Classifier;
use std::fmt::Write;

/// What a model is asked.
#[derive(Debug, PartialEq)]
pub struct Question {
	/// A number for each feature.
	pub values: Vec<f64>,
	/// The indices of the features that were not given.
	pub assumed: Vec<usize>,
}

impl Question {
	/// Reads `text`. The error is for the user.
	pub fn parse(text: &str, model: &Classifier) -> Result<Self, String> {
		let result =
			if text.contains(['=', ':']) { named(text, model) } else { plain(text, model) };
		result.map_err(|why| {
			let mut message = format!(
				"The last user message is no question to this model, which is a classifier: {why} \
				 It takes {} numbers in the order of the data set, separated by commas or spaces, \
				 or name=value pairs. Examples: \"",
				model.feature_names.len(),
			);
			for (index, mean) in model.means.iter().enumerate() {
				let comma = if index == 0 { "" } else { ", " };
				let _ = write!(message, "{comma}{}", example(*mean));
			}
			message.push_str("\" or \"");
			let pairs = model.feature_names.iter().zip(&model.means).take(2).enumerate();
			for (index, (name, mean)) in pairs {
				let comma = if index == 0 { "" } else { ", " };
				let _ = write!(message, "{comma}{name}={}", example(*mean));
			}
			message.push_str("\".");
			message
		})
	}
}

/// A number with some four digits.
fn example(number: f64) -> f64 {
	let digits = (4.0 - number.abs().max(1e-6).log10().ceil()).clamp(0.0, 9.0) as usize;
	format!("{number:.digits$}").parse().unwrap_or(number)
}

fn separator(c: char) -> bool {
	matches!(c, ',' | ';') || c.is_whitespace()
}

/// A finite number.
fn number(text: &str) -> Result<f64, String> {
	let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
	number.ok_or_else(|| format!("{} is not a number.", quoted(text)))
}

/// The user's words in an error message: not endless.
fn quoted(text: &str) -> String {
	const MOST: usize = 40;
	let mut short: String = text.chars().take(MOST).collect();
	if short.len() < text.len() {
		short.push('…');
	}
	format!("{short:?}")
}

fn plain(text: &str, model: &Classifier) -> Result<Question, String> {
	let text = text.trim();
	let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
	let numbers = inner.split(separator).filter(|part| !part.is_empty());
	let values = numbers.map(number).collect::<Result<Vec<_>, _>>()?;
	if values.len() != model.feature_names.len() {
		return Err(format!("it has {} numbers.", values.len()));
	}
	Ok(Question { values, assumed: Vec::new() })
}

fn named(text: &str, model: &Classifier) -> Result<Question, String> {
	let mut values = vec![None; model.feature_names.len()];
	let mut rest = text;
	while let Some((name, after)) = rest.split_once(['=', ':']) {
		let name = name.trim_matches(separator);
		let index = model.feature_names.iter().position(|feature| normal(feature) == normal(name));
		let index = index.ok_or_else(|| format!("{} is not a feature.", quoted(name)))?;
		let after = after.trim_start();
		let end = after.find(separator).unwrap_or(after.len());
		let (value, after) = after.split_at(end);
		if values[index].replace(number(value)?).is_some() {
			return Err(format!("{} has two values.", quoted(name)));
		}
		rest = after;
	}
	let rest = rest.trim_matches(separator);
	if !rest.is_empty() {
		return Err(format!("{} has no value.", quoted(rest)));
	}
	let assumed = values.iter().enumerate().filter(|(_, value)| value.is_none());
	Ok(Question {
		assumed: assumed.map(|(index, _)| index).collect(),
		values: values
			.iter()
			.zip(&model.means)
			.map(|(value, mean)| value.unwrap_or(*mean))
			.collect(),
	})
}

/// A name with one spelling.
fn normal(name: &str) -> String {
	let words = name.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-'));
	words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::files::Files;

	fn model() -> Classifier {
		Classifier::base(&Files::embedded_model()).unwrap()
	}

	fn parse(text: &str) -> Result<Question, String> {
		Question::parse(text, &model())
	}

	fn error(text: &str) -> String {
		parse(text).unwrap_err()
	}

	fn numbers(separator: &str) -> String {
		(0..30).map(|n| format!("{n}.5")).collect::<Vec<_>>().join(separator)
	}

	#[test]
	fn thirty_numbers_are_taken_in_their_order() {
		let expected =
			Question { values: (0..30).map(|n| f64::from(n) + 0.5).collect(), assumed: vec![] };
		for separator in [",", ", ", " ", "\n", "\t", ";", " ; ", "\r\n", ",\n"] {
			assert_eq!(parse(&numbers(separator)).as_ref(), Ok(&expected), "{separator:?}");
		}
		assert_eq!(parse(&format!(" [{}]\n", numbers(", "))).as_ref(), Ok(&expected));
		assert_eq!(parse(&format!("{},", numbers(","))).as_ref(), Ok(&expected));
	}

	#[test]
	fn signs_and_exponents_are_numbers() {
		let text = vec!["-1.5e-3"; 30].join(" ");
		assert_eq!(parse(&text).unwrap().values, [-0.0015; 30]);
	}

	#[test]
	fn pairs_fill_the_rest_with_means() {
		let model = model();
		for text in [
			"mean radius=17.99, worst fractal dimension=0.1",
			"mean_radius=17.99 worst_fractal_dimension=0.1",
			"Mean Radius: 17.99\nWORST-fractal-dimension: 0.1\n",
			"mean radius = 17.99; worst fractal dimension = 0.1;",
		] {
			let question = parse(text).unwrap();
			assert_eq!(question.values[0], 17.99, "{text}");
			assert_eq!(question.values[29], 0.1, "{text}");
			assert_eq!(question.values[1..29], model.means[1..29], "{text}");
			assert_eq!(question.assumed, (1..29).collect::<Vec<_>>(), "{text}");
		}
	}

	#[test]
	fn all_pairs_are_the_same_as_all_numbers() {
		let names = model().feature_names;
		let pairs = names.iter().enumerate().rev().map(|(n, name)| format!("{name}={n}.5"));
		let text = pairs.collect::<Vec<_>>().join("\n");
		assert_eq!(parse(&text), parse(&numbers(" ")));
	}

	#[test]
	fn what_is_no_question_is_named() {
		assert!(error("").contains("it has 0 numbers."));
		assert!(error("1, 2, 3").contains("it has 3 numbers."));
		assert!(error(&format!("{} 1", numbers(" "))).contains("it has 31 numbers."));
		assert!(error("Is it benign?").contains("\"Is\" is not a number."));
		for odd in ["nan", "inf", "-infinity", "1e999", "0x10", "1_000"] {
			let text = format!("{odd} {}", numbers(" "));
			assert!(error(&text).contains(&format!("{odd:?} is not a number.")), "{odd}");
		}
		assert!(error("radius=1").contains("\"radius\" is not a feature."));
		assert!(error("=1").contains("\"\" is not a feature."));
		assert!(error("mean radius=").contains("\"\" is not a number."));
		assert!(error("mean radius=big").contains("\"big\" is not a number."));
		assert!(error("mean radius=1 mean_radius=2").contains("\"mean_radius\" has two values."));
		assert!(error("mean radius=1, mean texture").contains("\"mean texture\" has no value."));
		assert!(error(&"x".repeat(100)).contains(&format!("\"{}…\"", "x".repeat(40))));
	}

	#[test]
	fn the_examples_in_the_message_are_questions() {
		let message = error("hello");
		let examples: Vec<_> = message.split_once("Examples: ").unwrap().1.split('"').collect();
		assert_eq!(parse(examples[1]).unwrap().assumed, Vec::<usize>::new(), "{message}");
		assert_eq!(parse(examples[3]).unwrap().assumed.len(), 28, "{message}");
	}
}
