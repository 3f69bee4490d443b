//! What operators see of the worker: Prometheus metrics.
//!
//! The worker is a part of the runtime and tells the node what it does as
//! [observations](tallystick_primitives::observation); they are counted here. Labels are names of
//! the config's backends and words of our own, so that the number of series is bounded: whatever an
//! observation names that the config does not is dropped. Counters are there from the start, at 0.

use super::store::{Class, PutError, Store};
use codec::Decode;
use parking_lot::Mutex;
use std::{
	collections::{BTreeSet, HashMap},
	sync::Arc,
	time::{Duration, Instant},
};
use substrate_prometheus_endpoint::{
	register, Counter, CounterVec, GaugeVec, HistogramOpts, HistogramVec, MetricSource, Opts,
	PrometheusError, Registry, SourcedGauge, U64,
};
use tallystick_primitives::{
	observation::{Observation, Outcome},
	offchain::Backend,
	FinishReason,
};

/// Upper bounds of the histogram of calls, in seconds: a call can take ten minutes.
const SECONDS: [f64; 14] =
	[0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 600.0];
/// A run that was not heard of for so long is dead: it says where it is every three seconds.
const RUN_TERM: Duration = Duration::from_secs(15);

/// What became of an input that was handed in: labels.
const TAKEN: &str = "taken";
const REFUSED: &str = "refused";
const FAILED: &str = "failed";

/// Counters and gauges.
pub struct Metrics {
	work: Arc<Work>,
	calls: CounterVec<U64>,
	seconds: HistogramVec,
	bytes: CounterVec<U64>,
	concurrency: GaugeVec<U64>,
	receipts: CounterVec<U64>,
	resubmitted: Counter<U64>,
	failures: CounterVec<U64>,
	units: Counter<U64>,
	tokens: CounterVec<U64>,
	inputs: CounterVec<U64>,
}

impl Metrics {
	/// Everything at zero.
	pub fn new(backends: &[Backend]) -> Result<Self, PrometheusError> {
		let name = |name: &str| format!("tallystick_inference_{name}");
		let counter = |of: &str, help: &str| Counter::new(name(of), help);
		let counters = |of: &str, help: &str, labels: &[&str]| {
			CounterVec::new(Opts::new(name(of), help), labels)
		};
		let this = Self {
			work: Arc::new(Work {
				backends: backends.iter().map(|backend| backend.name.clone()).collect(),
				seen: Mutex::default(),
			}),
			calls: counters(
				"calls_total",
				"Calls to backends that have ended, by how they ended",
				&["backend", "outcome"],
			)?,
			seconds: HistogramVec::new(
				HistogramOpts::new(
					name("call_duration_seconds"),
					"Time of the calls that brought an answer",
				)
				.buckets(SECONDS.to_vec()),
				&["backend"],
			)?,
			bytes: counters("answer_bytes_total", "Bytes of backends' answers", &["backend"])?,
			concurrency: GaugeVec::new(
				Opts::new(
					name("backend_concurrency"),
					"Calls that may be under way at once, by the config",
				),
				&["backend"],
			)?,
			receipts: counters(
				"receipts_total",
				"Receipts signed and handed in, without repetitions",
				&["finish"],
			)?,
			resubmitted: counter(
				"receipts_resubmitted_total",
				"Receipts handed in again, because the chain did not have them yet",
			)?,
			failures: counters("failures_total", "Jobs that ended without an answer", &["cause"])?,
			units: counter("units_total", "Units charged by receipts")?,
			tokens: counters(
				"tokens_total",
				"Tokens of receipts; prompt includes cached, completion includes reasoning",
				&["kind"],
			)?,
			inputs: counters("inputs_total", "Inputs handed in by RPC", &["result"])?,
		};
		for backend in backends {
			let label = &[backend.name.as_str()];
			for outcome in Outcome::CALLS {
				this.calls.with_label_values(&[label[0], outcome.name()]);
			}
			this.seconds.with_label_values(label);
			this.bytes.with_label_values(label);
			this.concurrency.with_label_values(label).set(backend.concurrency.into());
		}
		for finish in FinishReason::ALL {
			this.receipts.with_label_values(&[finish.name()]);
		}
		for cause in Outcome::CAUSES {
			this.failures.with_label_values(&[cause.name()]);
		}
		for result in [TAKEN, REFUSED, FAILED] {
			this.inputs.with_label_values(&[result]);
		}
		this.count_tokens(0, 0, 0, 0);
		Ok(this)
	}

	/// Lets `registry` show all of it, and how full `store` is.
	pub fn register(&self, store: &Arc<Store>, registry: &Registry) -> Result<(), PrometheusError> {
		for counters in
			[&self.calls, &self.bytes, &self.receipts, &self.failures, &self.tokens, &self.inputs]
		{
			register(counters.clone(), registry)?;
		}
		register(self.seconds.clone(), registry)?;
		register(self.concurrency.clone(), registry)?;
		register(self.resubmitted.clone(), registry)?;
		register(self.units.clone(), registry)?;
		let gauge = |name: &str, help: &str| {
			Opts::new(format!("tallystick_inference_{name}"), help.to_owned())
		};
		let work = || self.work.clone();
		let opts = gauge("open_jobs", "Open jobs of this node's service keys, at the best block");
		register(SourcedGauge::new(&opts, Open(work()))?, registry)?;
		let opts = gauge("jobs", "Open jobs, by where they are; those in none wait for the chain")
			.variable_label("state");
		register(SourcedGauge::new(&opts, States(work()))?, registry)?;
		let opts = gauge("backend_calls", "Calls under way, those included that were given up")
			.variable_label("backend");
		register(SourcedGauge::new(&opts, Calls(work()))?, registry)?;
		let opts = gauge("store_bytes", "Bytes in the inference store").variable_label("class");
		register(SourcedGauge::new(&opts, Used(store.clone()))?, registry)?;
		let opts = gauge("store_max_bytes", "Bytes that the inference store may hold")
			.variable_label("class");
		register(SourcedGauge::new(&opts, Room(store.clone()))?, registry)?;
		Ok(())
	}

	/// Counts what the worker says. What this release does not know, it drops.
	pub fn observe(&self, mut bytes: &[u8]) {
		let Ok(observation) = Observation::decode(&mut bytes) else { return };
		match observation {
			Observation::Call { backend, outcome, ms, bytes } => {
				if !self.work.backends.contains(&backend) {
					return;
				}
				self.calls.with_label_values(&[&backend, outcome.name()]).inc();
				self.bytes.with_label_values(&[&backend]).inc_by(bytes.into());
				if outcome == Outcome::Answer {
					let seconds = Duration::from_millis(ms).as_secs_f64();
					self.seconds.with_label_values(&[&backend]).observe(seconds);
				}
			}
			Observation::Receipt { finish, units, tokens } => {
				self.receipts.with_label_values(&[finish.name()]).inc();
				self.units.inc_by(units.try_into().unwrap_or(u64::MAX));
				self.count_tokens(
					tokens.prompt,
					tokens.cached,
					tokens.completion,
					tokens.reasoning,
				);
			}
			Observation::Failure { cause } => {
				self.failures.with_label_values(&[cause.name()]).inc();
			}
			Observation::Resubmitted => self.resubmitted.inc(),
			Observation::Jobs { open, no_input, unserved, queued } => {
				self.work.seen.lock().jobs = Jobs { open, no_input, unserved, queued };
			}
			Observation::Run { run, calling, pausing, calls } => {
				let now = Instant::now();
				self.work.heard(run, Run { heard_at: now, calling, pausing, calls }, now);
			}
		}
	}

	/// Counts an input that was handed in.
	pub fn handed_in<T>(&self, result: &Result<T, PutError>) {
		let result = match result {
			Ok(_) => TAKEN,
			Err(PutError::TooLarge | PutError::Full) => REFUSED,
			Err(PutError::Io(_)) => FAILED,
		};
		self.inputs.with_label_values(&[result]).inc();
	}

	fn count_tokens(&self, prompt: u32, cached: u32, completion: u32, reasoning: u32) {
		for (kind, tokens) in [
			("prompt", prompt),
			("cached", cached),
			("completion", completion),
			("reasoning", reasoning),
		] {
			self.tokens.with_label_values(&[kind]).inc_by(tokens.into());
		}
	}
}

/// What the worker has under way.
struct Work {
	/// The backends of the config.
	backends: BTreeSet<String>,
	seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
	jobs: Jobs,
	/// Two at most, if all goes well: one that takes jobs in, and one that finishes.
	runs: HashMap<u64, Run>,
}

#[derive(Default)]
struct Jobs {
	open: u32,
	no_input: u32,
	unserved: u32,
	queued: u32,
}

struct Run {
	heard_at: Instant,
	calling: u32,
	pausing: u32,
	calls: Vec<(String, u32)>,
}

impl Run {
	fn is_alive(&self, now: Instant) -> bool {
		now.saturating_duration_since(self.heard_at) < RUN_TERM
	}
}

impl Work {
	fn heard(&self, id: u64, run: Run, now: Instant) {
		let runs = &mut self.seen.lock().runs;
		runs.retain(|_, run| run.is_alive(now));
		if run.calling == 0 && run.pausing == 0 && run.calls.is_empty() {
			runs.remove(&id);
		} else {
			runs.insert(id, run);
		}
	}

	/// The sum of `count` over the runs that are alive.
	fn sum(&self, now: Instant, count: impl Fn(&Run) -> u32) -> u64 {
		let seen = self.seen.lock();
		seen.runs.values().filter(|run| run.is_alive(now)).map(|run| u64::from(count(run))).sum()
	}

	fn states(&self, now: Instant) -> [(&'static str, u64); 5] {
		let (calling, pausing) =
			(self.sum(now, |run| run.calling), self.sum(now, |run| run.pausing));
		let Jobs { no_input, unserved, queued, .. } = self.seen.lock().jobs;
		[
			("no_input", no_input.into()),
			("unserved", unserved.into()),
			("queued", queued.into()),
			("calling", calling),
			("pausing", pausing),
		]
	}

	fn calls(&self, backend: &str, now: Instant) -> u64 {
		self.sum(now, |run| {
			run.calls.iter().find(|(name, _)| name == backend).map_or(0, |(_, calls)| *calls)
		})
	}
}

/// The sources of gauges: read when the metrics are.
macro_rules! sources {
	($($name:ident($of:ty) = |$this:ident, $set:ident| $collect:expr;)*) => {$(
		#[derive(Clone)]
		struct $name(Arc<$of>);

		impl MetricSource for $name {
			type N = u64;

			fn collect(&self, mut $set: impl FnMut(&[&str], u64)) {
				let $this = &self.0;
				$collect
			}
		}
	)*};
}

sources! {
	Open(Work) = |work, set| set(&[], work.seen.lock().jobs.open.into());
	States(Work) = |work, set| {
		work.states(Instant::now()).into_iter().for_each(|(state, jobs)| set(&[state], jobs))
	};
	Calls(Work) = |work, set| {
		let now = Instant::now();
		work.backends.iter().for_each(|backend| set(&[backend], work.calls(backend, now)))
	};
	Used(Store) = |store, set| {
		Class::ALL.into_iter().for_each(|class| set(&[class.name()], store.used(class)))
	};
	Room(Store) = |store, set| {
		Class::ALL.into_iter().for_each(|class| set(&[class.name()], store.room(class)))
	};
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::inference::{InferenceConfig, Local};
	use codec::Encode;
	use std::fs;
	use substrate_prometheus_endpoint::prometheus::{Encoder, TextEncoder};
	use tallystick_primitives::{
		offchain::{input_key, Input, OBSERVATION},
		Tokens,
	};
	use tempfile::TempDir;

	const KEY: &str = "sk-0123456789abcdef0123456789abcdef";

	/// A node's store with two backends, and its registry.
	fn node(folder: &TempDir) -> (Local, Registry) {
		let path = folder.path().join("config.toml");
		fs::write(folder.path().join("backend.key"), KEY).unwrap();
		let section = "base_url = \"http://localhost:1/v1\"\napi = \"chat-completions\"\n\
			model = \"m\"\napi_key_file = \"backend.key\"\n";
		fs::write(&path, format!("[backends.one]\n{section}[backends.two]\n{section}")).unwrap();
		let config = InferenceConfig::load(&path).unwrap();
		let local = Local::open(&folder.path().join("inference"), &config).unwrap();
		let registry = Registry::new();
		local.register(&registry).unwrap();
		(local, registry)
	}

	fn shown(registry: &Registry) -> String {
		let mut text = Vec::new();
		TextEncoder::new().encode(&registry.gather(), &mut text).unwrap();
		String::from_utf8(text).unwrap()
	}

	/// The value of a series, as `name{labels}`.
	fn value(registry: &Registry, series: &str) -> Option<f64> {
		let text = shown(registry);
		let series = format!("tallystick_inference_{series} ");
		text.lines().find_map(|line| line.strip_prefix(&series)?.parse().ok())
	}

	fn tell(local: &Local, observation: &Observation) {
		local.set(OBSERVATION, &observation.encode());
	}

	fn call(backend: &str, outcome: Outcome, ms: u64) -> Observation {
		Observation::Call { backend: backend.into(), outcome, ms, bytes: 100 }
	}

	/// Checks values, in the order given.
	fn assert_values(registry: &Registry, expected: &[(&str, f64)]) {
		for (series, expected) in expected {
			assert_eq!(value(registry, series), Some(*expected), "{series}");
		}
	}

	#[test]
	fn everything_is_there_from_the_start() {
		let folder = TempDir::new().unwrap();
		let (_local, registry) = node(&folder);
		assert_values(
			&registry,
			&[
				("calls_total{backend=\"two\",outcome=\"credentials\"}", 0.0),
				("call_duration_seconds_count{backend=\"one\"}", 0.0),
				("backend_concurrency{backend=\"one\"}", 16.0),
				("backend_calls{backend=\"two\"}", 0.0),
				("receipts_total{finish=\"content_filter\"}", 0.0),
				("receipts_resubmitted_total", 0.0),
				("failures_total{cause=\"too_late\"}", 0.0),
				("units_total", 0.0),
				("tokens_total{kind=\"reasoning\"}", 0.0),
				("inputs_total{result=\"refused\"}", 0.0),
				("open_jobs", 0.0),
				("jobs{state=\"queued\"}", 0.0),
				("store_bytes{class=\"outputs\"}", 0.0),
				("store_max_bytes{class=\"inputs\"}", 134_217_728.0),
			],
		);
	}

	#[test]
	fn calls_are_counted_by_backend_and_outcome() {
		let folder = TempDir::new().unwrap();
		let (local, registry) = node(&folder);
		tell(&local, &call("one", Outcome::Answer, 300));
		tell(&local, &call("one", Outcome::Answer, 700));
		tell(&local, &call("one", Outcome::TimedOut, 120_000));
		tell(&local, &call("two", Outcome::Busy, 10));
		assert_values(
			&registry,
			&[
				("calls_total{backend=\"one\",outcome=\"answer\"}", 2.0),
				("calls_total{backend=\"one\",outcome=\"timed_out\"}", 1.0),
				("calls_total{backend=\"two\",outcome=\"busy\"}", 1.0),
				("answer_bytes_total{backend=\"one\"}", 300.0),
				// What brought no answer says nothing of how long answers take.
				("call_duration_seconds_count{backend=\"one\"}", 2.0),
				("call_duration_seconds_sum{backend=\"one\"}", 1.0),
				("call_duration_seconds_bucket{backend=\"one\",le=\"0.25\"}", 0.0),
				("call_duration_seconds_bucket{backend=\"one\",le=\"0.5\"}", 1.0),
				("call_duration_seconds_bucket{backend=\"one\",le=\"1\"}", 2.0),
				("call_duration_seconds_count{backend=\"two\"}", 0.0),
			],
		);
	}

	#[test]
	fn receipts_units_and_failures_are_counted() {
		let folder = TempDir::new().unwrap();
		let (local, registry) = node(&folder);
		let tokens = Tokens { prompt: 20, cached: 5, completion: 9, reasoning: 2 };
		let receipt = |finish, units, tokens| Observation::Receipt { finish, units, tokens };
		tell(&local, &receipt(FinishReason::Stop, 30, tokens));
		tell(&local, &receipt(FinishReason::Length, 12, tokens));
		tell(&local, &receipt(FinishReason::Error, 0, Tokens::default()));
		tell(&local, &Observation::Failure { cause: Outcome::TimedOut });
		tell(&local, &Observation::Resubmitted);
		assert_values(
			&registry,
			&[
				("receipts_total{finish=\"stop\"}", 1.0),
				("receipts_total{finish=\"length\"}", 1.0),
				("receipts_total{finish=\"error\"}", 1.0),
				("receipts_resubmitted_total", 1.0),
				("units_total", 42.0),
				("tokens_total{kind=\"prompt\"}", 40.0),
				("tokens_total{kind=\"cached\"}", 10.0),
				("tokens_total{kind=\"completion\"}", 18.0),
				("tokens_total{kind=\"reasoning\"}", 4.0),
				("failures_total{cause=\"timed_out\"}", 1.0),
			],
		);
	}

	#[test]
	fn states_of_jobs_are_those_of_all_runs_together() {
		let folder = TempDir::new().unwrap();
		let (local, registry) = node(&folder);
		let run = |run, calling, pausing, calls: &[(&str, u32)]| Observation::Run {
			run,
			calling,
			pausing,
			calls: calls.iter().map(|(name, calls)| ((*name).into(), *calls)).collect(),
		};
		tell(&local, &Observation::Jobs { open: 9, no_input: 1, unserved: 2, queued: 3 });
		tell(&local, &run(1, 2, 1, &[("one", 3)]));
		tell(&local, &run(2, 4, 0, &[("one", 1), ("two", 3)]));
		assert_values(
			&registry,
			&[
				("open_jobs", 9.0),
				("jobs{state=\"no_input\"}", 1.0),
				("jobs{state=\"unserved\"}", 2.0),
				("jobs{state=\"queued\"}", 3.0),
				("jobs{state=\"calling\"}", 6.0),
				("jobs{state=\"pausing\"}", 1.0),
				("backend_calls{backend=\"one\"}", 4.0),
				("backend_calls{backend=\"two\"}", 3.0),
			],
		);
		tell(&local, &run(1, 0, 0, &[]));
		assert_values(
			&registry,
			&[("jobs{state=\"calling\"}", 4.0), ("backend_calls{backend=\"one\"}", 1.0)],
		);
	}

	#[test]
	fn a_run_that_died_is_forgotten() {
		let work = Work { backends: BTreeSet::new(), seen: Mutex::default() };
		let start = Instant::now();
		let run = |heard_at| Run { heard_at, calling: 1, pausing: 0, calls: vec![] };
		work.heard(1, run(start), start);
		let sum = |after| work.sum(start + after, |run| run.calling);
		assert_eq!((sum(Duration::from_secs(14)), sum(RUN_TERM)), (1, 0));
		work.heard(2, run(start + RUN_TERM), start + RUN_TERM);
		assert_eq!(work.seen.lock().runs.keys().collect::<Vec<_>>(), [&2]);
	}

	#[test]
	fn inputs_and_the_bytes_of_the_store_are_counted() {
		let folder = TempDir::new().unwrap();
		let (local, registry) = node(&folder);
		let request = vec![b' '; 10_000];
		let input = Input { consumer: vec![1], salt: [2; 32], request, parameters: vec![] };
		let (request, _) = local.take_in(&input).unwrap();
		let bytes = input.encode().len() as f64;
		assert_values(
			&registry,
			&[("inputs_total{result=\"taken\"}", 1.0), ("store_bytes{class=\"inputs\"}", bytes)],
		);
		local.remove(&input_key(&request));
		let too_large = Input { request: vec![b' '; 134_217_729], ..input };
		local.take_in(&too_large).unwrap_err();
		assert_values(
			&registry,
			&[("inputs_total{result=\"refused\"}", 1.0), ("store_bytes{class=\"inputs\"}", 0.0)],
		);
	}

	#[test]
	fn observations_are_counted_and_forgotten() {
		let folder = TempDir::new().unwrap();
		let (local, registry) = node(&folder);
		tell(&local, &Observation::Resubmitted);
		assert_eq!(local.get(OBSERVATION), None);
		assert!(!local.compare_and_set(OBSERVATION, None, &Observation::Resubmitted.encode()));
		local.remove(OBSERVATION);
		assert_values(&registry, &[("receipts_resubmitted_total", 1.0)]);
	}

	#[test]
	fn what_another_release_says_is_read_as_far_as_it_is_known() {
		let folder = TempDir::new().unwrap();
		let (local, registry) = node(&folder);
		let before = shown(&registry);
		for unknown in [&b""[..], &[0], &[0, 255], &[200, 1, 2, 3], &[255; 1_000]] {
			local.set(OBSERVATION, unknown);
		}
		assert_eq!(shown(&registry), before);
		let longer = [Observation::Resubmitted.encode(), b"a new field".to_vec()].concat();
		local.set(OBSERVATION, &longer);
		assert_values(&registry, &[("receipts_resubmitted_total", 1.0)]);
	}

	#[test]
	fn labels_are_those_of_the_config_and_hold_no_secret() {
		let folder = TempDir::new().unwrap();
		let (local, registry) = node(&folder);
		let series = |text: &str| text.lines().filter(|line| !line.starts_with('#')).count();
		let before = series(&shown(&registry));
		let prompt = "a prompt that somebody wrote";
		for stranger in [KEY, prompt, "", "three", "one\",outcome=\"x", "http://localhost:1/v1"] {
			for outcome in Outcome::CALLS {
				tell(&local, &call(stranger, outcome, 1));
			}
			let calls = vec![(stranger.to_owned(), 7)];
			tell(&local, &Observation::Run { run: 1, calling: 7, pausing: 0, calls });
		}
		for cause in Outcome::CAUSES {
			tell(&local, &Observation::Failure { cause });
		}
		for outcome in Outcome::CALLS {
			tell(&local, &call("one", outcome, 1));
		}
		let (request, parameters) = (prompt.as_bytes().to_vec(), KEY.as_bytes().to_vec());
		let input = Input { consumer: vec![1], salt: [2; 32], request, parameters };
		local.take_in(&input).unwrap();

		let after = shown(&registry);
		assert_eq!(series(&after), before, "no series comes from what was observed");
		for secret in [KEY, prompt, "three", "localhost", "outcome=\"x"] {
			assert!(!after.contains(secret), "{secret}");
		}
		assert_eq!(value(&registry, "calls_total{backend=\"two\",outcome=\"answer\"}"), Some(0.0));
		assert_eq!(value(&registry, "backend_calls{backend=\"one\"}"), Some(0.0));
	}

	#[test]
	fn nothing_is_counted_once_the_node_ends() {
		let folder = TempDir::new().unwrap();
		let (local, registry) = node(&folder);
		let local = Arc::new(local);
		drop(crate::inference::StopGuard::new(local.clone(), Arc::default()));
		tell(&local, &call("one", Outcome::Broken, 1));
		let broken = value(&registry, "calls_total{backend=\"one\",outcome=\"broken\"}");
		assert_eq!(broken, Some(0.0));
	}
}
