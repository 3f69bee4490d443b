//! What every command hands back: a report for people and for programs, or a failure in words.

use comfy_table::{presets, ContentArrangement, Table};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{json, Value};
use std::{fmt, time::Duration};

/// What a command found or did.
#[derive(Debug)]
pub struct Report {
	/// For people.
	pub text: String,
	/// For programs: one document.
	pub json: Value,
	/// Whether the exit code says success. A report can be complete and still say "no".
	pub ok: bool,
}

impl Report {
	/// A report of success.
	pub fn new(text: impl Into<String>, json: Value) -> Self {
		Self { text: text.into(), json, ok: true }
	}

	/// The same report, with an exit code that says "no" where `ok` is false.
	pub fn with_ok(mut self, ok: bool) -> Self {
		self.ok = ok;
		self
	}
}

/// Why a command ended without a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
	code: String,
	message: String,
	hint: Option<String>,
	usage: bool,
}

impl Failure {
	/// Something went wrong, in words.
	pub fn new(message: impl Into<String>) -> Self {
		Self { code: "Failed".into(), message: message.into(), hint: None, usage: false }
	}

	/// The command line itself is wrong.
	pub fn usage(message: impl Into<String>) -> Self {
		Self { usage: true, ..Self::new(message) }.code("Usage")
	}

	/// A name that programs can rely on: `Pallet.Error` for what the chain says.
	pub fn code(mut self, code: impl Into<String>) -> Self {
		self.code = code.into();
		self
	}

	/// What to do about it.
	pub fn hint(mut self, hint: impl Into<String>) -> Self {
		self.hint = Some(hint.into());
		self
	}

	/// The hint, only where there is one.
	pub fn maybe_hint(self, hint: Option<impl Into<String>>) -> Self {
		match hint {
			Some(hint) => self.hint(hint),
			None => self,
		}
	}

	/// Puts what was being done in front of the message.
	pub fn context(mut self, doing: impl fmt::Display) -> Self {
		self.message = format!("{doing}: {}", self.message);
		self
	}

	/// The process's exit code: 2 where the command line is wrong, else 1.
	pub fn exit_code(&self) -> u8 {
		if self.usage {
			2
		} else {
			1
		}
	}

	/// Whether it has this code.
	pub fn is(&self, code: &str) -> bool {
		self.code == code
	}

	/// What went wrong, in words.
	pub fn message(&self) -> &str {
		&self.message
	}

	/// The code that programs can rely on.
	#[cfg(test)]
	pub fn name(&self) -> &str {
		&self.code
	}

	/// For programs.
	pub fn json(&self) -> Value {
		json!({ "error": { "code": self.code, "message": self.message, "hint": self.hint } })
	}
}

impl fmt::Display for Failure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "error: {}", self.message)?;
		match &self.hint {
			Some(hint) => write!(f, "\n  what to do: {hint}"),
			None => Ok(()),
		}
	}
}

impl std::error::Error for Failure {}

/// The result of a command.
pub type Outcome = Result<Report, Failure>;

/// A table with a line of headings.
pub fn table<const N: usize>(
	headings: [&str; N],
	rows: impl IntoIterator<Item = [String; N]>,
) -> String {
	let mut table = plain_table();
	table.set_header(headings);
	for row in rows {
		table.add_row(row);
	}
	trimmed(&table)
}

/// A table of names and values. What has no value is left out.
pub fn facts<'a>(rows: impl IntoIterator<Item = (&'a str, String)>) -> String {
	let mut table = plain_table();
	for (name, value) in rows {
		if !value.is_empty() {
			table.add_row([name.to_owned(), value]);
		}
	}
	trimmed(&table)
}

/// Columns apart by spaces alone, so that a digest can be copied with a double click.
fn plain_table() -> Table {
	let mut table = Table::new();
	table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
	table
}

fn trimmed(table: &Table) -> String {
	let lines: Vec<_> = table.lines().map(|line| line.trim_end().to_owned()).collect();
	// Every cell has a space on its left; so has every line, and it is worth nothing.
	let lines: Vec<_> = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
	lines.join("\n")
}

/// Text of others for a terminal: without the control characters that could move its cursor, colour
/// it, or set its title. Line breaks and tabs stay.
pub fn printable(text: &str) -> String {
	let harmless = |character: char| !character.is_control() || matches!(character, '\n' | '\t');
	text.chars().map(|c| if harmless(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

/// A number of units or plancks for programs: a string, because it can be past 2^53.
pub fn big(number: u128) -> Value {
	Value::String(number.to_string())
}

/// 0x and lowercase hexadecimal digits.
pub fn hex0x(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// Reads hexadecimal digits, with or without 0x.
pub fn parse_hex(text: &str) -> Result<Vec<u8>, String> {
	let digits = text.strip_prefix("0x").unwrap_or(text);
	hex::decode(digits).map_err(|error| format!("`{text}` is not hexadecimal: {error}"))
}

/// Reads 32 bytes of hexadecimal digits, with or without 0x.
pub fn parse_hash(text: &str) -> Result<[u8; 32], String> {
	let bytes = parse_hex(text)?;
	<[u8; 32]>::try_from(bytes)
		.map_err(|bytes| format!("`{text}` has {} bytes, and a digest has 32", bytes.len()))
}

/// What a waiting person sees on stderr. Silent where nobody looks.
#[derive(Clone)]
pub struct Progress {
	bar: ProgressBar,
	quiet: bool,
}

impl Progress {
	/// A line that says what is going on. With `quiet`, none.
	pub fn spinner(quiet: bool, message: impl Into<String>) -> Self {
		let bar = ProgressBar::new_spinner();
		if quiet {
			bar.set_draw_target(ProgressDrawTarget::hidden());
		}
		bar.enable_steady_tick(Duration::from_millis(120));
		bar.set_message(message.into());
		Self { bar, quiet }
	}

	/// A bar over `bytes`. With `quiet`, none.
	pub fn bytes(quiet: bool, bytes: u64, message: impl Into<String>) -> Self {
		let bar = ProgressBar::new(bytes);
		if quiet {
			bar.set_draw_target(ProgressDrawTarget::hidden());
		}
		let style = "{msg} [{bar:30}] {bytes}/{total_bytes} {bytes_per_sec} {eta}";
		let style = ProgressStyle::with_template(style);
		bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
		bar.set_message(message.into());
		Self { bar, quiet }
	}

	/// Replaces the line.
	pub fn say(&self, message: impl Into<String>) {
		self.bar.set_message(message.into());
	}

	/// So many bytes more.
	pub fn inc(&self, bytes: u64) {
		self.bar.inc(bytes);
	}

	/// A line that stays, above the moving one. Also where stderr is no terminal.
	pub fn note(&self, line: impl AsRef<str>) {
		if !self.quiet {
			self.bar.suspend(|| eprintln!("{}", line.as_ref()));
		}
	}

	/// Removes the line.
	pub fn done(&self) {
		self.bar.finish_and_clear();
	}
}

/// Milliseconds since the Unix epoch as a date and time.
pub fn utc(millis: u64) -> String {
	let (seconds, days) = (millis / 1_000 % 86_400, (millis / 86_400_000) as i64);
	// Days to a date by H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
	let shifted = days + 719_468;
	let era = shifted.div_euclid(146_097);
	let day_of_era = shifted.rem_euclid(146_097);
	let year_of_era =
		(day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
	let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	let month_index = (5 * day_of_year + 2) / 153;
	let day = day_of_year - (153 * month_index + 2) / 5 + 1;
	let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
	let year = year_of_era + era * 400 + i64::from(month <= 2);
	let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
	format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} UTC")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn times_are_shown_as_dates() {
		assert_eq!(utc(0), "1970-01-01 00:00:00 UTC");
		assert_eq!(utc(951_782_400_000), "2000-02-29 00:00:00 UTC");
		assert_eq!(utc(1_795_175_999_999), "2026-11-20 11:59:59 UTC");
	}

	#[test]
	fn a_failure_says_what_to_do() {
		let failure =
			Failure::new("no such file").code("NoFile").hint("name another").context("publish");
		assert_eq!(failure.to_string(), "error: publish: no such file\n  what to do: name another");
		assert_eq!(failure.exit_code(), 1);
		assert_eq!(
			failure.json(),
			json!({ "error": { "code": "NoFile", "message": "publish: no such file", "hint": "name another" } })
		);
		assert_eq!(Failure::usage("x").exit_code(), 2);
	}

	#[test]
	fn tables_have_no_frame_and_no_trailing_space() {
		let text =
			table(["id", "owner"], [["1".into(), "Alice".into()], ["22".into(), "B".into()]]);
		assert_eq!(text, "id  owner\n1   Alice\n22  B");
		assert_eq!(facts([("id", "1".into()), ("owner", "x".into())]), "id     1\nowner  x");
	}

	#[test]
	fn text_of_others_cannot_control_the_terminal() {
		assert_eq!(printable("a\n\tb é"), "a\n\tb é");
		assert_eq!(printable("\u{1b}[2Jx\r\u{9b}0m"), "\u{fffd}[2Jx\u{fffd}\u{fffd}0m");
	}

	#[test]
	fn hashes_are_read_with_and_without_prefix() {
		assert_eq!(parse_hash(&hex0x([7; 32])), Ok([7; 32]));
		assert_eq!(parse_hash(&hex::encode([7; 32])), Ok([7; 32]));
		assert!(parse_hash("0x00").unwrap_err().contains("1 bytes"));
		assert!(parse_hash("zz").unwrap_err().contains("not hexadecimal"));
	}
}
