//! What was found out about backends: a table for people, JSON for programs.

use super::problem::Problem;
use comfy_table::{presets, ContentArrangement, Table};
use serde_json::{json, Value};
use tallystick_primitives::offchain::Backend;

/// Whether a backend lists the model.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Listed {
	/// It does.
	Yes,
	/// It lists others.
	No {
		/// What they are called.
		others: Vec<String>,
	},
	/// It lists nothing.
	Unknown,
}

/// What was found out about a backend.
pub struct Report {
	name: String,
	base_url: String,
	model: String,
	/// Whether it lists the model.
	pub listed: Listed,
	/// The HTTP status of the chat completion.
	pub status: Option<u16>,
	/// How long that took, in milliseconds.
	pub ms: Option<u128>,
	/// Whether the backend counted tokens.
	pub usage: Option<bool>,
	/// What is wrong.
	pub problem: Option<Problem>,
}

impl Report {
	/// Nothing is known yet.
	pub fn new(backend: &Backend) -> Self {
		Self {
			name: backend.name.clone(),
			base_url: backend.base_url.clone(),
			model: backend.model.clone(),
			listed: Listed::Unknown,
			status: None,
			ms: None,
			usage: None,
			problem: None,
		}
	}

	/// Whether jobs would not be answered.
	pub fn has_failed(&self) -> bool {
		self.problem.as_ref().is_some_and(|problem| !problem.is_bearable())
	}

	fn result(&self) -> &'static str {
		match &self.problem {
			None => "ok",
			Some(problem) if problem.is_bearable() => "warning",
			Some(_) => "failed",
		}
	}

	fn json(&self) -> Value {
		let problem = self.problem.as_ref().map(|problem| {
			json!({
				"code": problem.code(),
				"message": problem.to_string(),
				"advice": problem.advice(),
			})
		});
		json!({
			"backend": self.name,
			"base_url": self.base_url,
			"model": self.model,
			"result": self.result(),
			"listed": match self.listed {
				Listed::Yes => Some(true),
				Listed::No { .. } => Some(false),
				Listed::Unknown => None,
			},
			"status": self.status,
			"ms": self.ms.and_then(|ms| u64::try_from(ms).ok()),
			"usage": self.usage,
			"problem": problem,
		})
	}
}

/// For programs.
pub fn json(reports: &[Report]) -> String {
	let ok = !reports.iter().any(Report::has_failed);
	let backends: Vec<_> = reports.iter().map(Report::json).collect();
	format!("{:#}", json!({ "ok": ok, "backends": backends }))
}

/// For people: a line for each backend.
pub fn table(reports: &[Report]) -> String {
	let mut table = Table::new();
	table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
	table.set_header(["backend", "result", "listed", "ms", "what is wrong, and what to do"]);
	for report in reports {
		let listed = match report.listed {
			Listed::Yes => "yes",
			Listed::No { .. } => "no",
			Listed::Unknown => "-",
		};
		let problem = report.problem.as_ref();
		table.add_row([
			report.name.clone(),
			report.result().into(),
			listed.into(),
			report.ms.map_or_else(|| "-".into(), |ms| ms.to_string()),
			problem.map_or_else(String::new, |it| format!("{it}: {}", it.advice())),
		]);
	}
	let lines: Vec<_> = table
		.lines()
		.map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned())
		.collect();
	lines.join("\n")
}
