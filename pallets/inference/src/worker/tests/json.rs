use crate::worker::json::{members, Elements, Text};

fn names(json: &str) -> Option<Vec<(String, String)>> {
	let members = members(json.as_bytes())?;
	Some(members.into_iter().map(|(name, value)| (name, value.to_string())).collect())
}

fn pair(name: &str, value: &str) -> (String, String) {
	(name.into(), value.into())
}

#[test]
fn values_stay_as_they_are_written() {
	let json = " {\"a\" : 1.50 ,\n\"b\":[1, {\"c\":\"}],\\\"\"}],\t\"d\":{}, \"e\":\"x:y,z\"} ";
	assert_eq!(
		names(json).unwrap(),
		vec![
			pair("a", "1.50"),
			pair("b", "[1, {\"c\":\"}],\\\"\"}]"),
			pair("d", "{}"),
			pair("e", "\"x:y,z\""),
		]
	);
}

#[test]
fn an_empty_object_has_no_members() {
	assert_eq!(names("{}").unwrap(), vec![]);
	assert_eq!(names(" { } ").unwrap(), vec![]);
}

#[test]
fn names_are_compared_after_their_escapes() {
	assert_eq!(names(r#"{"mod\u0065l":"x"}"#).unwrap(), vec![pair("model", "\"x\"")]);
	assert_eq!(names(r#"{"a:\",b":1}"#).unwrap(), vec![pair("a:\",b", "1")]);
}

#[test]
fn of_two_members_with_a_name_the_last_counts() {
	assert_eq!(names(r#"{"a":1,"a":2}"#).unwrap(), vec![pair("a", "2")]);
}

#[test]
fn what_is_no_object_has_no_members() {
	for json in [
		"",
		" ",
		"null",
		"[]",
		"1",
		"\"{}\"",
		"{",
		"}",
		"{\"a\"}",
		"{\"a\":}",
		"{\"a\":1,}",
		"{a:1}",
		"{\"a\":1}{}",
		"{\"a\":1} x",
		"{'a':1}",
		"[{\"a\":1}]",
		"{\"a\":\"\n\"}",
		"{\"a\":01}",
		"\u{feff}{}",
	] {
		assert_eq!(names(json), None, "{json}");
	}
	assert!(members(b"{\"a\":\"\xff\"}").is_none());
}

#[test]
fn depth_and_number_are_bounded() {
	let nested = |depth| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
	assert!(names(&nested(64)).is_some());
	assert!(names(&nested(65)).is_none());
	// This deep, a recursive parser would be in trouble.
	assert!(names(&nested(500_000)).is_none());
	let wide = |members| {
		let members: Vec<_> = (0..members).map(|at| format!("\"{at}\":0")).collect();
		format!("{{{}}}", members.join(","))
	};
	assert!(names(&wide(256)).is_some());
	assert!(names(&wide(257)).is_none());
}

#[test]
fn text_is_counted_wherever_messages_have_it() {
	let text = |json: &str| serde_json::from_str::<Text>(json).unwrap();
	let words = |words, bytes, others| Text { words, bytes, others };
	assert_eq!(text(r#""two words""#), words(2, 9, 0));
	assert_eq!(text("null"), words(0, 0, 0));
	assert_eq!(text(r#"" \n\t ""#), words(0, 4, 0));
	assert_eq!(
		text(r#"[{"type":"text","text":"a b"},{"type":"image_url","image_url":{"url":"x"}}]"#),
		words(2, 3, 1)
	);
	assert_eq!(
		text(
			r#"[{"role":"user","content":"a b"},{"role":"assistant","content":null,"tool_calls":[{}]}]"#
		),
		words(2, 3, 0)
	);
	assert_eq!(text(r#"[{"content":[{"text":"a"},{"text":"b"}],"refusal":"c"}]"#), words(3, 3, 0));
	assert_eq!(text("[1, 2.5, -3, true, {}]"), words(0, 0, 5));
	// As many bytes as UTF-8 has, and one word where no space is.
	assert_eq!(text(r#""算木は""#), words(1, 9, 0));
}

#[test]
fn elements_are_counted_whatever_they_are() {
	let elements = |json: &str| serde_json::from_str::<Elements>(json).unwrap().0;
	assert_eq!(elements("null"), 0);
	assert_eq!(elements("[]"), 0);
	assert_eq!(elements("[{},{}]"), 2);
	for json in ["{\"name\":\"f\"}", "\"x\"", "1", "-1", "1.5", "true"] {
		assert_eq!(elements(json), 1, "{json}");
	}
}
