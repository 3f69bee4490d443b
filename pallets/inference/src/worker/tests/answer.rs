use super::{answer_body, completion, USAGE};
use crate::worker::answer::{fit, parse, tokens, Answer, Usage};
use tallystick_primitives::{Balance, CountedBy, FinishReason, Tariff, Tokens};

fn with_choice(choice: &str) -> Option<Answer> {
	parse(format!(r#"{{"choices":[{choice}],"usage":{USAGE}}}"#).as_bytes())
}

fn usage(usage: &str) -> Usage {
	parse(&completion("x", usage)).unwrap().usage
}

fn count(of_usage: &str, request_bytes: u32, response_bytes: u32) -> (Tokens, CountedBy) {
	let answer =
		Answer { finish: FinishReason::Stop, is_empty: false, words: 5, usage: usage(of_usage) };
	tokens(&answer, request_bytes, response_bytes, || 7)
}

fn counts(prompt: u32, cached: u32, completion: u32, reasoning: u32) -> Tokens {
	Tokens { prompt, cached, completion, reasoning }
}

#[test]
fn a_usual_answer_is_read() {
	let answer = parse(&answer_body()).unwrap();
	assert_eq!(answer.finish, FinishReason::Stop);
	assert!(!answer.is_empty);
	assert_eq!(answer.words, 10);
	assert_eq!(
		tokens(&answer, 100, 300, || unreachable!()),
		(counts(20, 0, 9, 0), CountedBy::Backend)
	);
}

#[test]
fn reasons_to_finish_are_mapped() {
	let finish = |reason: &str| {
		with_choice(&format!(r#"{{"message":{{"content":"x"}},"finish_reason":{reason}}}"#))
			.unwrap()
			.finish
	};
	assert_eq!(finish(r#""stop""#), FinishReason::Stop);
	assert_eq!(finish(r#""eos""#), FinishReason::Stop);
	assert_eq!(finish("null"), FinishReason::Stop);
	assert_eq!(finish("17"), FinishReason::Stop);
	assert_eq!(finish(r#"{"type":"stop"}"#), FinishReason::Stop);
	assert_eq!(finish("[]"), FinishReason::Stop);
	assert_eq!(finish(r#""length""#), FinishReason::Length);
	assert_eq!(finish(r#""max_tokens""#), FinishReason::Length);
	assert_eq!(finish(r#""content_filter""#), FinishReason::ContentFilter);
	assert_eq!(finish(r#""tool_calls""#), FinishReason::ToolCalls);
	assert_eq!(finish(r#""function_call""#), FinishReason::ToolCalls);
	assert_eq!(finish(r#""abort""#), FinishReason::Error);
	assert_eq!(with_choice(r#"{"message":{"content":"x"}}"#).unwrap().finish, FinishReason::Stop);
}

#[test]
fn what_is_nothing_is_empty() {
	let is_empty =
		|message: &str| with_choice(&format!(r#"{{"message":{message}}}"#)).unwrap().is_empty;
	for message in [
		"{}",
		r#"{"content":null}"#,
		r#"{"content":""}"#,
		r#"{"content":" \n"}"#,
		r#"{"content":[]}"#,
		r#"{"content":"","tool_calls":[]}"#,
		r#"{"content":"","tool_calls":null,"function_call":null,"audio":null,"refusal":null}"#,
		r#"{"content":null,"reasoning_content":"thinking, and then nothing"}"#,
	] {
		assert!(is_empty(message), "{message}");
	}
	for message in [
		r#"{"content":"x"}"#,
		r#"{"content":[{"type":"text","text":"x"}]}"#,
		r#"{"content":[{"type":"image","url":"x"}]}"#,
		r#"{"content":null,"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}"#,
		r#"{"content":null,"function_call":{"name":"f"}}"#,
		r#"{"content":null,"refusal":"I will not"}"#,
		r#"{"content":null,"audio":{"id":"x"}}"#,
	] {
		assert!(!is_empty(message), "{message}");
	}
}

#[test]
fn what_is_no_completion_is_none() {
	for body in [
		"",
		"<html>log in</html>",
		"null",
		"[]",
		"{}",
		r#"{"choices":[]}"#,
		r#"{"choices":null}"#,
		r#"{"choices":[{}]}"#,
		r#"{"choices":[{"message":null}]}"#,
		r#"{"choices":[{"text":"legacy"}]}"#,
		r#"{"error":{"message":"overloaded"}}"#,
		r#"{"choices":[{"message":{"content":"x"}}]"#,
		"data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: [DONE]\n\n",
		r#"{"choices":[{"message":{"content":"x"}}]} trailing"#,
	] {
		assert_eq!(parse(body.as_bytes()), None, "{body}");
	}
	assert_eq!(parse(b"\xff\xfe"), None);
	let deep = format!(
		r#"{{"choices":[{{"message":{{"content":{}{}}}}}]}}"#,
		"[".repeat(9_999),
		"]".repeat(9_999)
	);
	assert_eq!(parse(deep.as_bytes()), None);
}

#[test]
fn the_first_choice_counts() {
	let answer =
		parse(br#"{"choices":[{"message":{"content":"a b"}},{"message":{"content":"c"}}]}"#);
	assert_eq!(answer.unwrap().words, 2);
}

#[test]
fn details_of_the_usage_are_taken() {
	let of_usage = r#"{"prompt_tokens":50,"completion_tokens":40,
		"prompt_tokens_details":{"cached_tokens":30,"audio_tokens":0},
		"completion_tokens_details":{"reasoning_tokens":25}}"#;
	assert_eq!(count(of_usage, 100, 100), (counts(50, 30, 40, 25), CountedBy::Backend));
	let without = r#"{"prompt_tokens":50,"completion_tokens":40,"prompt_tokens_details":null,"completion_tokens_details":{}}"#;
	assert_eq!(count(without, 100, 100), (counts(50, 0, 40, 0), CountedBy::Backend));
}

#[test]
fn bounds_are_taken_exactly() {
	let of_usage = |prompt: u32, completion: u32, reasoning: u32| {
		format!(
			r#"{{"prompt_tokens":{prompt},"completion_tokens":{completion},"completion_tokens_details":{{"reasoning_tokens":{reasoning}}}}}"#
		)
	};
	assert_eq!(count(&of_usage(10, 20, 0), 10, 20).1, CountedBy::Backend);
	assert_eq!(count(&of_usage(11, 20, 0), 10, 20), (counts(7, 0, 20, 0), CountedBy::Gateway));
	assert_eq!(count(&of_usage(10, 21, 0), 10, 20), (counts(10, 0, 5, 0), CountedBy::Gateway));
	// Reasoning need not be in the answer.
	assert_eq!(count(&of_usage(10, 21, 1), 10, 20), (counts(10, 0, 21, 1), CountedBy::Backend));
}

#[test]
fn a_missing_or_absurd_usage_is_counted_here() {
	let own = (counts(7, 0, 5, 0), CountedBy::Gateway);
	for of_usage in [
		"null",
		"{}",
		"[]",
		"\"lots\"",
		r#"{"prompt_tokens":null,"completion_tokens":null}"#,
		r#"{"prompt_tokens":-1,"completion_tokens":5}"#,
		r#"{"prompt_tokens":1.5,"completion_tokens":5}"#,
		r#"{"prompt_tokens":"12","completion_tokens":5}"#,
		r#"{"prompt_tokens":4294967296,"completion_tokens":18446744073709551615}"#,
		r#"{"prompt_tokens":4294967295,"completion_tokens":4294967295}"#,
		r#"{"prompt_tokens":1e300,"completion_tokens":1}"#,
		r#"{"input_tokens":12,"output_tokens":5}"#,
	] {
		assert_eq!(count(of_usage, 100, 100), own, "{of_usage}");
	}
}

#[test]
fn one_absurd_number_spoils_no_other() {
	let of_usage = r#"{"prompt_tokens":999999,"completion_tokens":40}"#;
	assert_eq!(count(of_usage, 100, 100), (counts(7, 0, 40, 0), CountedBy::Gateway));
	let of_usage = r#"{"prompt_tokens":50}"#;
	assert_eq!(count(of_usage, 100, 100), (counts(50, 0, 5, 0), CountedBy::Gateway));
}

#[test]
fn absurd_details_are_clamped() {
	let of_usage = r#"{"prompt_tokens":50,"completion_tokens":40,"prompt_tokens_details":{"cached_tokens":51},"completion_tokens_details":{"reasoning_tokens":99999999999}}"#;
	assert_eq!(count(of_usage, 100, 100), (counts(50, 50, 40, 40), CountedBy::Gateway));
}

#[test]
fn own_counts_stay_within_the_bounds() {
	assert_eq!(count("null", 3, 2), (counts(3, 0, 2, 0), CountedBy::Gateway));
	assert_eq!(count("null", 0, 0), (counts(0, 0, 0, 0), CountedBy::Gateway));
}

#[test]
fn counts_that_fit_stay() {
	let tariff =
		Tariff { per_call: 1, per_1k_input: 1_000, per_1k_cached: 500, per_1k_output: 2_000 };
	let counted = counts(10, 4, 3, 1);
	let charge = tariff.charge(&counted);
	assert_eq!(charge, 1 + 6 + 2 + 6);
	assert_eq!(fit(&tariff, charge, counted), Some(counted));
}

#[test]
fn output_is_lowered_first() {
	let tariff =
		Tariff { per_call: 1, per_1k_input: 1_000, per_1k_cached: 500, per_1k_output: 2_000 };
	let counted = counts(10, 4, 3, 1);
	assert_eq!(fit(&tariff, 14, counted), Some(counts(10, 4, 2, 1)));
	assert_eq!(fit(&tariff, 9, counted), Some(counts(10, 4, 0, 0)));
	assert_eq!(fit(&tariff, 8, counted), Some(counts(9, 4, 0, 0)));
	assert_eq!(fit(&tariff, 3, counted), Some(counts(4, 4, 0, 0)));
	assert_eq!(fit(&tariff, 2, counted), Some(counts(2, 2, 0, 0)));
	assert_eq!(fit(&tariff, 1, counted), Some(counts(0, 0, 0, 0)));
	assert_eq!(fit(&tariff, 0, counted), None);
}

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
	fn next(&mut self) -> u64 {
		self.0 ^= self.0 << 13;
		self.0 ^= self.0 >> 7;
		self.0 ^= self.0 << 17;
		self.0
	}

	/// Small and large ones.
	fn any(&mut self) -> u64 {
		let shift = self.next() % 64;
		self.next() >> shift
	}
}

#[test]
fn whatever_is_counted_the_charge_is_within_the_hold_and_wastes_little() {
	let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
	for _ in 0..200_000 {
		let tariff = Tariff {
			per_call: numbers.any(),
			per_1k_input: numbers.any(),
			per_1k_cached: numbers.any(),
			per_1k_output: numbers.any(),
		};
		let prompt = numbers.any() as u32;
		let completion = numbers.any() as u32;
		let counted = counts(
			prompt,
			(numbers.any() as u32).min(prompt),
			completion,
			(numbers.any() as u32).min(completion),
		);
		let held = Balance::from(numbers.any()) << (numbers.next() % 60);
		let visible = counted.completion - counted.reasoning;
		match fit(&tariff, held, counted) {
			Some(fitted) => {
				assert!(tariff.charge(&fitted) <= held);
				assert!(fitted.cached <= fitted.prompt && fitted.prompt <= counted.prompt);
				assert!(fitted.reasoning <= fitted.completion);
				assert!(fitted.completion - fitted.reasoning <= visible);
				if fitted != counted && fitted.completion < counted.completion {
					let more = Tokens { completion: fitted.completion + 1, ..fitted };
					assert!(tariff.charge(&more) > held);
				}
			}
			None => assert!(Balance::from(tariff.per_call) > held),
		}
	}
}
