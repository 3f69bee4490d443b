//! Everything that the node keeps for the worker, in one place: backends, memory, files. The
//! worker reaches it through [`NodeStorage`](super::NodeStorage), the RPC directly.

use super::{
	config::InferenceConfig,
	memory::Memory,
	metrics::Metrics,
	store::{Class, PutError, Store},
	LOG_TARGET,
};
use codec::{Decode, Encode};
use std::{
	io,
	path::Path,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
	thread,
	time::{Duration, Instant},
};
use substrate_prometheus_endpoint::{PrometheusError, Registry};
use tallystick_primitives::{
	commitment::{commit, Kind},
	offchain::{Input, Output, BACKENDS, INPUT, OBSERVATION, OUTPUT, PREFIX, RECEIPT},
	Digest, JobId,
};

/// How long the node waits at its end for runs of the worker to notice it.
const STOP_PATIENCE: Duration = Duration::from_secs(5);

/// What the node keeps for the worker.
pub struct Local {
	/// SCALE of the backends. Never on disk.
	backends: Vec<u8>,
	memory: Memory,
	store: Arc<Store>,
	metrics: Metrics,
	stopped: AtomicBool,
}

/// Where the value of a key is.
#[derive(PartialEq, Eq, Debug)]
enum Place<'a> {
	Backends,
	Observation,
	File(Class, &'a [u8]),
	Memory,
}

/// Whether `key` is the worker's, so that the chain's database must not see it.
pub fn is_ours(key: &[u8]) -> bool {
	key.starts_with(PREFIX)
}

fn place(key: &[u8]) -> Place<'_> {
	if key == BACKENDS {
		return Place::Backends;
	}
	if key == OBSERVATION {
		return Place::Observation;
	}
	[(INPUT, Class::Input), (OUTPUT, Class::Output), (RECEIPT, Class::Receipt)]
		.into_iter()
		.find_map(|(prefix, class)| Some(Place::File(class, key.strip_prefix(prefix)?)))
		.unwrap_or(Place::Memory)
}

impl Local {
	/// Opens the store in `folder`.
	pub fn open(folder: &Path, config: &InferenceConfig) -> io::Result<Self> {
		Ok(Self {
			backends: config.backends.encode(),
			memory: Memory::default(),
			store: Arc::new(Store::open(folder, config.limits)?),
			metrics: Metrics::new(&config.backends).map_err(io::Error::other)?,
			stopped: AtomicBool::new(false),
		})
	}

	/// Lets `registry` show the worker's metrics.
	pub fn register(&self, registry: &Registry) -> Result<(), PrometheusError> {
		self.metrics.register(&self.store, registry)
	}

	/// The value at `key`.
	pub fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
		match place(key) {
			Place::Backends => Some(self.backends.clone()),
			Place::Observation => None,
			Place::File(class, id) => self.store.get(class, id),
			Place::Memory => self.memory.get(key),
		}
	}

	/// Sets the value at `key`.
	pub fn set(&self, key: &[u8], value: &[u8]) {
		if self.is_stopped() {
			return;
		}
		match place(key) {
			Place::Backends => {}
			Place::Observation => self.metrics.observe(value),
			Place::File(class, id) => {
				Self::report(key, self.store.put(class, id, value));
			}
			Place::Memory => {
				if !self.memory.set(key, value) {
					log::error!(target: LOG_TARGET, "event=value_too_large key={}", shown(key));
				}
			}
		}
	}

	/// Removes `key`.
	pub fn remove(&self, key: &[u8]) {
		if self.is_stopped() {
			return;
		}
		match place(key) {
			Place::Backends | Place::Observation => {}
			Place::File(class, id) => self.store.remove(class, id),
			Place::Memory => self.memory.remove(key),
		}
	}

	/// Sets `key` to `new` if it holds `old`, as one step. Returns whether it did.
	pub fn compare_and_set(&self, key: &[u8], old: Option<&[u8]>, new: &[u8]) -> bool {
		if self.is_stopped() {
			return false;
		}
		match place(key) {
			Place::Backends | Place::Observation => false,
			Place::File(class, id) => {
				Self::report(key, self.store.compare_and_put(class, id, old, new)).unwrap_or(false)
			}
			Place::Memory => self.memory.compare_and_set(key, old, new),
		}
	}

	/// Takes in an input. Returns its commitments to request and parameters.
	pub fn take_in(&self, input: &Input) -> Result<(Digest, Digest), PutError> {
		let request = commit(Kind::Request, &input.salt, &input.request);
		let parameters = commit(Kind::Parameters, &input.salt, &input.parameters);
		// The same input again renews the promise, so it is written again.
		let result = self.store.put(Class::Input, request.as_bytes(), &input.encode());
		self.metrics.handed_in(&result);
		result?;
		Ok((request, parameters))
	}

	/// What the worker left for the consumer of `job`.
	pub fn output(&self, job: JobId) -> Option<Output> {
		let bytes = self.store.get(Class::Output, &job.to_be_bytes())?;
		Output::decode(&mut &bytes[..]).ok()
	}

	/// SCALE of the signed receipt of `job`.
	pub fn receipt(&self, job: JobId) -> Option<Vec<u8>> {
		self.store
			.get(Class::Receipt, &job.to_be_bytes())
			.or_else(|| self.output(job).map(|output| output.receipt))
	}

	/// Removes what is too old.
	pub fn sweep(&self) {
		self.store.sweep();
	}

	/// From here on nothing is written, and locks and lease are gone: the worker's calls are about to
	/// fail because the node ends, which no receipt may say.
	fn stop(&self) {
		self.stopped.store(true, Ordering::SeqCst);
		self.memory.clear();
	}

	fn is_stopped(&self) -> bool {
		self.stopped.load(Ordering::SeqCst)
	}

	fn report<T>(key: &[u8], result: Result<T, PutError>) -> Option<T> {
		result
			.inspect_err(
				|error| log::error!(target: LOG_TARGET, "event=not_stored key={} error={:?}", shown(key), error.to_string()),
			)
			.ok()
	}
}

/// A key as the log shows it.
fn shown(key: &[u8]) -> String {
	let name = key.strip_prefix(PREFIX).unwrap_or_default();
	let text = name.split(|byte| *byte == b'/').next().unwrap_or_default();
	format!("{}/{}", String::from_utf8_lossy(text), hex::encode(&name[text.len()..]))
}

/// Ends the worker's runs when the node ends.
///
/// Runs are threads of the SDK's own and hold the client: as long as one is there, the chain's
/// database is not closed, and what it has not written yet would be lost.
pub struct StopGuard {
	local: Arc<Local>,
	/// Each run holds a clone, the workers' task another, this guard a third.
	runs: Arc<()>,
}

impl StopGuard {
	/// A guard over the runs that hold clones of `runs`.
	pub fn new(local: Arc<Local>, runs: Arc<()>) -> Self {
		Self { local, runs }
	}
}

impl Drop for StopGuard {
	fn drop(&mut self) {
		self.local.stop();
		let start = Instant::now();
		while Arc::strong_count(&self.runs) > 1 {
			if start.elapsed() > STOP_PATIENCE {
				log::warn!(target: LOG_TARGET, "event=run_not_ended seconds={}", STOP_PATIENCE.as_secs());
				break;
			}
			thread::sleep(Duration::from_millis(20));
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use tallystick_primitives::offchain::{
		input_key, lock_key, output_key, queue_key, receipt_key, LEASE,
	};

	#[test]
	fn keys_have_their_places() {
		let digest = Digest::repeat_byte(3);
		assert_eq!(place(BACKENDS), Place::Backends);
		assert_eq!(place(OBSERVATION), Place::Observation);
		assert_eq!(place(&input_key(&digest)), Place::File(Class::Input, digest.as_bytes()));
		assert_eq!(place(&output_key(1)), Place::File(Class::Output, &1u64.to_be_bytes()));
		assert_eq!(place(&receipt_key(1)), Place::File(Class::Receipt, &1u64.to_be_bytes()));
		for key in [LEASE, &lock_key(1), &queue_key(2), b"tallystick/new"] {
			assert_eq!(place(key), Place::Memory);
		}
	}

	#[test]
	fn the_log_shows_no_raw_key() {
		assert_eq!(shown(&output_key(1)), "output/2f0000000000000001");
		assert_eq!(shown(LEASE), "lease/");
	}
}
