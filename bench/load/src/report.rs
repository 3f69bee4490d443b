//! What was measured: for people, and for programs.

use comfy_table::{presets::UTF8_FULL_CONDENSED, CellAlignment, Table};
use serde::Serialize;
use std::collections::BTreeMap;

/// A block in which something succeeded.
#[derive(Clone, Serialize)]
pub struct Part {
	/// The block.
	pub number: u32,
	/// Its timestamp, in milliseconds since the Unix epoch.
	pub time: u64,
	/// Successes in it.
	pub count: usize,
	/// The part of what normal transactions may weigh that they did.
	pub filled: f64,
}

/// Successes over time.
#[derive(Default)]
pub struct Tally {
	/// The blocks, in their order.
	pub parts: Vec<Part>,
	/// The timestamp of the block before the first of them.
	pub before: u64,
	/// How many blocks each success took.
	pub latencies: Vec<u32>,
}

/// What was measured of one kind of success.
#[derive(Serialize)]
pub struct Measure {
	/// Of what.
	pub what: String,
	/// How many were asked for.
	pub asked: usize,
	/// How many succeeded, in finalized blocks.
	pub succeeded: usize,
	/// How many failed, in finalized blocks.
	pub failed: usize,
	/// How many the pool refused.
	pub refused: usize,
	/// Of how many nothing was heard.
	pub missing: usize,
	/// Successes a second, from the block before the first one to the last one.
	pub per_second: f64,
	/// The blocks from the first to the last success.
	pub blocks: u32,
	/// The most successes in one block.
	pub most_in_a_block: usize,
	/// Half of the successes took no more blocks than this.
	pub latency_p50: Option<u32>,
	/// 95 of 100 took no more blocks than this.
	pub latency_p95: Option<u32>,
	/// How full the fullest block was, of what normal transactions may weigh.
	pub fullest_block: f64,
	/// What the pool said to those that it refused, and why those failed that failed.
	pub reasons: BTreeMap<String, usize>,
	/// Block by block.
	pub parts: Vec<Part>,
}

impl Tally {
	/// Adds what succeeded in a block.
	pub fn add(&mut self, part: Part, before: u64) {
		if part.count > 0 {
			if self.parts.is_empty() {
				self.before = before;
			}
			self.parts.push(part);
		}
	}

	/// How many succeeded.
	pub fn count(&self) -> usize {
		self.parts.iter().map(|part| part.count).sum()
	}

	/// The figures.
	pub fn measure(mut self, what: &str, asked: usize) -> Measure {
		let succeeded = self.count();
		self.latencies.sort_unstable();
		let (first, last) = (self.parts.first(), self.parts.last());
		let seconds =
			last.map_or(0.0, |last| last.time.saturating_sub(self.before) as f64 / 1_000.0);
		Measure {
			what: what.into(),
			asked,
			succeeded,
			failed: 0,
			refused: 0,
			missing: 0,
			per_second: if seconds > 0.0 { succeeded as f64 / seconds } else { 0.0 },
			blocks: match (first, last) {
				(Some(first), Some(last)) => last.number.saturating_sub(first.number) + 1,
				_ => 0,
			},
			most_in_a_block: self.parts.iter().map(|part| part.count).max().unwrap_or(0),
			latency_p50: percentile(&self.latencies, 50),
			latency_p95: percentile(&self.latencies, 95),
			fullest_block: self.parts.iter().map(|part| part.filled).fold(0.0, f64::max),
			reasons: BTreeMap::new(),
			parts: self.parts,
		}
	}
}

/// The least of `sorted` values that is not below `percent` of them.
fn percentile(sorted: &[u32], percent: usize) -> Option<u32> {
	let rank = sorted.len().saturating_mul(percent).div_ceil(100);
	sorted.get(rank.saturating_sub(1)).copied()
}

/// A table.
pub fn table(measures: &[Measure]) -> String {
	let mut table = Table::new();
	table.load_preset(UTF8_FULL_CONDENSED).set_header([
		"what",
		"asked",
		"succeeded",
		"failed",
		"refused",
		"missing",
		"per second",
		"blocks",
		"most in a block",
		"p50 blocks",
		"p95 blocks",
		"fullest block",
	]);
	let blocks = |value: Option<u32>| value.map_or_else(|| "-".into(), |value| value.to_string());
	for measure in measures {
		table.add_row([
			measure.what.clone(),
			measure.asked.to_string(),
			measure.succeeded.to_string(),
			measure.failed.to_string(),
			measure.refused.to_string(),
			measure.missing.to_string(),
			format!("{:.1}", measure.per_second),
			measure.blocks.to_string(),
			measure.most_in_a_block.to_string(),
			blocks(measure.latency_p50),
			blocks(measure.latency_p95),
			format!("{:.0} %", measure.fullest_block * 100.0),
		]);
	}
	for column in table.column_iter_mut().skip(1) {
		column.set_cell_alignment(CellAlignment::Right);
	}
	let mut text = table.to_string();
	for measure in measures {
		for (reason, count) in &measure.reasons {
			text.push_str(&format!("\n{}: {count} × {reason}", measure.what));
		}
	}
	text
}

#[cfg(test)]
mod tests {
	use super::*;

	fn part(number: u32, time: u64, count: usize) -> Part {
		Part { number, time, count, filled: 0.5 }
	}

	#[test]
	fn a_rate_is_over_the_time_from_the_block_before_the_first_success() {
		let mut tally = Tally::default();
		tally.add(part(7, 10_000, 0), 7_000);
		tally.add(part(8, 13_000, 30), 10_000);
		tally.add(part(10, 19_000, 60), 16_000);
		let measure = tally.measure("things", 100);
		assert_eq!((measure.succeeded, measure.blocks, measure.most_in_a_block), (90, 3, 60));
		assert!((measure.per_second - 10.0).abs() < 1e-9);
	}

	#[test]
	fn percentiles_are_the_nearest_rank() {
		let values: Vec<u32> = (1..=100).collect();
		assert_eq!(percentile(&values, 50), Some(50));
		assert_eq!(percentile(&values, 95), Some(95));
		assert_eq!(percentile(&[3], 95), Some(3));
		assert_eq!(percentile(&[], 50), None);
	}
}
