//! What the run says: to the log, and to the node for its metrics.

use super::{
	station::Station,
	task::{Running, Task},
	LongRun,
};
use crate::worker::{observe, Chain, TARGET};
use alloc::vec::Vec;
use tallystick_primitives::{
	observation::{Observation, Outcome},
	CountedBy, Receipt,
};

/// What a run has under way.
#[derive(Clone, PartialEq, Eq, Default)]
pub(super) struct UnderWay {
	pub(super) calling: u32,
	pub(super) pausing: u32,
	/// Calls, by backend.
	pub(super) calls: Vec<u32>,
}

impl<C: Chain> LongRun<C> {
	/// Tells the node what is under way, where it has changed.
	pub(super) fn tell_changes(&mut self) {
		let is_called = |task: &&Task<_>| task.call().is_some();
		let all = count(self.tasks.len());
		let calling = count(self.tasks.iter().filter(is_called).count());
		let under_way = UnderWay {
			calling,
			pausing: all.saturating_sub(calling),
			calls: self.stations.iter().map(Station::under_way).collect(),
		};
		if under_way != self.told {
			self.tell(under_way);
		}
	}

	/// Tells the node what is under way.
	pub(super) fn tell(&mut self, under_way: UnderWay) {
		let calls = self
			.stations
			.iter()
			.zip(&under_way.calls)
			.filter(|(_, calls)| **calls > 0)
			.map(|(station, calls)| (station.backend.name.clone(), *calls))
			.collect();
		let UnderWay { calling, pausing, .. } = under_way;
		observe::tell(&Observation::Run { run: self.run, calling, pausing, calls });
		self.told = under_way;
	}

	/// Logs a call that has ended, and tells the node.
	pub(super) fn report_call(
		&self,
		task: &Task<C::AccountId>,
		call: &Running,
		status: Option<u16>,
		outcome: Outcome,
		bytes: u32,
		now: u64,
	) {
		let Some(Station { backend, .. }) = self.stations.get(call.station) else { return };
		let ms = now.saturating_sub(call.began_at);
		let level = if outcome.is_trouble() { log::Level::Warn } else { log::Level::Info };
		log::log!(
			target: TARGET,
			level,
			"event=call job={} backend={} attempt={} status={} outcome={} ms={ms} bytes={bytes}",
			task.assignment.job,
			backend.name,
			task.attempts,
			status.map_or_else(|| "none".into(), |status| alloc::format!("{status}")),
			outcome.name(),
		);
		observe::tell(&Observation::Call { backend: backend.name.clone(), outcome, ms, bytes });
	}
}

/// Logs a receipt that is about to be handed in.
pub(super) fn log_receipt<AccountId>(receipt: &Receipt<AccountId>) {
	let tokens = receipt.tokens;
	let counted_by = match receipt.counted_by {
		CountedBy::Backend => "backend",
		CountedBy::Gateway => "gateway",
	};
	log::info!(
		target: TARGET,
		"event=receipt job={} artifact={} finish={} units={} prompt={} cached={} completion={} \
		reasoning={} counted_by={counted_by} bytes={} ms={}",
		receipt.job,
		receipt.artifact,
		receipt.finish.name(),
		receipt.units,
		tokens.prompt,
		tokens.cached,
		tokens.completion,
		tokens.reasoning,
		receipt.response_bytes,
		receipt.ended_at.saturating_sub(receipt.started_at),
	);
}

/// A number of tasks: there are never that many.
fn count(tasks: usize) -> u32 {
	u32::try_from(tasks).unwrap_or(u32::MAX)
}
