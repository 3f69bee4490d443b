//! A host for runs, with a clock of its own: time passes only while all runs wait. Runs are threads,
//! as many at once as the simulated machine has cores; backends are a script.

use super::{TestChain, View, World};
use crate::worker;
use codec::{Decode, Encode};
use sp_core::{
	offchain::{
		DbExternalities, Externalities, HttpError, HttpRequestId, HttpRequestStatus, OffchainDbExt,
		OffchainWorkerExt, OpaqueNetworkState, StorageKind, Timestamp,
	},
	OpaquePeerId,
};
use sp_io::TestExternalities;
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use std::{
	collections::{BTreeMap, HashMap, VecDeque},
	sync::{Arc, Condvar, Mutex, MutexGuard},
	thread,
};
use tallystick_primitives::{
	observation::Observation,
	offchain::{Backend, BACKENDS, OBSERVATION},
	service_key::{ServiceKey, KEY_TYPE},
};

/// Milliseconds between blocks.
pub const BLOCK_MS: u64 = 3_000;
/// When tests begin.
pub const START: u64 = 1_700_000_000_000;

/// What a backend does with a call.
#[derive(Clone)]
pub struct Reply {
	/// Until the head of the answer.
	pub after_ms: u64,
	/// `None`: the connection breaks instead.
	pub status: Option<u16>,
	pub headers: Vec<(&'static str, String)>,
	/// Pieces of the body, each so long after the one before.
	pub pieces: Vec<(u64, Vec<u8>)>,
	pub end: End,
}

/// How a body ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum End {
	Proper,
	Reset,
	Never,
	/// It goes on and on.
	Endless,
}

impl Reply {
	pub fn new(after_ms: u64, status: u16, body: impl Into<Vec<u8>>) -> Self {
		let pieces = vec![(0, body.into())];
		Self { after_ms, status: Some(status), headers: vec![], pieces, end: End::Proper }
	}

	/// An answer as it should be.
	pub fn good(after_ms: u64) -> Self {
		Self::new(after_ms, 200, super::answer_body())
	}

	pub fn hangs() -> Self {
		Self::new(u64::MAX / 2, 200, "")
	}

	pub fn breaks(after_ms: u64) -> Self {
		Self { status: None, ..Self::new(after_ms, 0, "") }
	}

	pub fn header(mut self, name: &'static str, value: impl ToString) -> Self {
		self.headers.push((name, value.to_string()));
		self
	}
}

/// A call, as the backend has it.
#[derive(Clone, Debug, Default)]
pub struct Sent {
	pub at: u64,
	pub url: String,
	pub headers: Vec<(String, String)>,
	pub body: Vec<u8>,
	/// How many calls to the same place were open at the host, this one included: a call is, from
	/// when it is sent to the end of its body or of its run.
	pub at_once: usize,
}

impl Sent {
	pub fn json(&self) -> serde_json::Value {
		serde_json::from_slice(&self.body).unwrap()
	}

	pub fn header(&self, name: &str) -> Option<&str> {
		self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
	}
}

struct Flight {
	url: String,
	head_at: u64,
	status: Option<u16>,
	headers: Vec<(&'static str, String)>,
	pieces: VecDeque<(u64, Vec<u8>)>,
	end: End,
}

type Script = Box<dyn FnMut(&Sent) -> Reply + Send>;

struct State {
	now: u64,
	/// Threads that do not wait.
	running: usize,
	sleepers: BTreeMap<u64, u64>,
	next_sleeper: u64,
	db: HashMap<Vec<u8>, Vec<u8>>,
	flights: HashMap<(u64, u16), Flight>,
	script: Script,
	sent: Vec<Sent>,
	observed: Vec<Observation>,
	seed: u64,
	/// Values under keys with this beginning are not taken if they are longer.
	most: (Vec<u8>, usize),
	free_cores: usize,
	waiting: VecDeque<(u64, View)>,
	/// Most runs at once.
	most_runs: usize,
	runs: usize,
}

/// The simulation.
pub struct Host {
	state: Mutex<State>,
	wake: Condvar,
	keystore: Arc<MemoryKeystore>,
	/// The key in the keystore.
	pub key: ServiceKey,
	pub world: Arc<Mutex<World>>,
}

impl Host {
	/// A machine with so many cores, the worker on, and these backends.
	pub fn new(
		cores: usize,
		backends: Vec<Backend>,
		script: impl FnMut(&Sent) -> Reply + Send + 'static,
	) -> Arc<Self> {
		let keystore = Arc::new(MemoryKeystore::new());
		let key = keystore.sr25519_generate_new(KEY_TYPE, Some("//provider")).unwrap().into();
		let mut db = HashMap::new();
		if !backends.is_empty() {
			db.insert(BACKENDS.to_vec(), backends.encode());
		}
		let state = State {
			now: START,
			running: 1,
			sleepers: BTreeMap::new(),
			next_sleeper: 0,
			db,
			flights: HashMap::new(),
			script: Box::new(script),
			sent: vec![],
			observed: vec![],
			seed: 0,
			most: (vec![], usize::MAX),
			free_cores: cores,
			waiting: VecDeque::new(),
			most_runs: 0,
			runs: 0,
		};
		let world = World { time: START, ..Default::default() };
		Arc::new(Self {
			state: Mutex::new(state),
			wake: Condvar::new(),
			keystore,
			key,
			world: Arc::new(Mutex::new(world)),
		})
	}

	fn state(&self) -> MutexGuard<'_, State> {
		self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
	}

	pub fn now(&self) -> u64 {
		self.state().now
	}

	/// All calls that backends got.
	pub fn sent(&self) -> Vec<Sent> {
		self.state().sent.clone()
	}

	/// What the node was told.
	pub fn observed(&self) -> Vec<Observation> {
		self.state().observed.clone()
	}

	/// The most runs that there were at once.
	pub fn most_runs(&self) -> usize {
		self.state().most_runs
	}

	pub fn get<T: Decode>(&self, key: &[u8]) -> Option<T> {
		self.state().db.get(key).map(|bytes| T::decode(&mut bytes.as_slice()).unwrap())
	}

	pub fn has(&self, key: &[u8]) -> bool {
		self.state().db.contains_key(key)
	}

	pub fn set(&self, key: &[u8], value: &impl Encode) {
		self.state().db.insert(key.to_vec(), value.encode());
	}

	pub fn forget(&self, key: &[u8]) {
		self.state().db.remove(key);
	}

	/// From now on, values under keys with this beginning are not taken if they are longer.
	pub fn bound(&self, prefix: &[u8], most: usize) {
		self.state().most = (prefix.to_vec(), most);
	}

	/// How many keys there are in the store with this beginning.
	pub fn keys(&self, prefix: &[u8]) -> usize {
		let is_there =
			|(key, value): &(&Vec<u8>, &Vec<u8>)| key.starts_with(prefix) && !value.is_empty();
		self.state().db.iter().filter(is_there).count()
	}

	/// Adds an open job, which expires in so many milliseconds.
	pub fn open(&self, job: crate::Assignment<u64>, expires_in_ms: u64) {
		let now = self.now();
		let job = crate::Assignment { requested_at_ms: now, ..job };
		self.world.lock().unwrap().open.push((job, now + expires_in_ms));
	}

	/// Does `work` as a run would, without being one.
	pub fn within<R>(self: &Arc<Self>, work: impl FnOnce() -> R) -> R {
		let run = {
			let mut state = self.state();
			state.seed += 1;
			state.seed
		};
		let ext = Ext { host: self.clone(), run, next: 0, unsent: HashMap::new() };
		let db = Db { host: self.clone() };
		let mut externalities = TestExternalities::default();
		externalities.register_extension(OffchainWorkerExt::new(ext));
		externalities.register_extension(OffchainDbExt::new(db));
		externalities.register_extension(KeystoreExt::from(self.keystore.clone()));
		let result = externalities.execute_with(work);
		// The SDK ends what a run leaves open.
		self.state().flights.retain(|(of, _), _| *of != run);
		result
	}

	/// So many blocks, and then until all runs have ended. `each` happens before each block, and is
	/// told its number, from 1.
	pub fn blocks(self: &Arc<Self>, from: u64, blocks: u64, mut each: impl FnMut(u64)) {
		let mut threads = vec![];
		for block in from..from + blocks {
			each(block);
			self.world.lock().unwrap().next_block(self.now());
			threads.extend(self.start(block));
			self.sleep_until(self.now() + BLOCK_MS);
		}
		self.pause();
		for thread in threads {
			thread.join().unwrap();
		}
		self.state().running += 1;
	}

	fn start(self: &Arc<Self>, block: u64) -> Option<thread::JoinHandle<()>> {
		let view = View::of(&self.world);
		let mut state = self.state();
		if state.free_cores == 0 {
			state.waiting.push_back((block, view));
			return None;
		}
		state.free_cores -= 1;
		state.running += 1;
		drop(state);
		let host = self.clone();
		Some(thread::spawn(move || {
			let _stops = Stops(&host);
			let mut next = Some((block, view));
			while let Some((block, view)) = next {
				view.enter();
				let mut state = host.state();
				state.runs += 1;
				state.most_runs = state.most_runs.max(state.runs);
				drop(state);
				host.within(|| worker::run_at::<TestChain>(block));
				let mut state = host.state();
				state.runs -= 1;
				next = state.waiting.pop_front();
				if next.is_none() {
					state.free_cores += 1;
				}
			}
		}))
	}

	/// This thread waits until `at`.
	pub fn sleep_until(&self, at: u64) {
		let mut state = self.state();
		if at <= state.now {
			return;
		}
		let id = state.next_sleeper;
		state.next_sleeper += 1;
		state.sleepers.insert(id, at);
		drop(state);
		self.pause();
		let mut state = self.state();
		while state.sleepers.contains_key(&id) {
			state = self.wake.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner());
		}
	}

	/// This thread stops to count as running. The last one that does moves the clock to when the
	/// next one wakes.
	fn pause(&self) {
		let mut state = self.state();
		state.running -= 1;
		if state.running > 0 {
			return;
		}
		let Some(next) = state.sleepers.values().min().copied() else { return };
		state.now = state.now.max(next);
		let now = state.now;
		let before = state.sleepers.len();
		state.sleepers.retain(|_, at| *at > now);
		state.running += before - state.sleepers.len();
		drop(state);
		self.wake.notify_all();
	}
}

struct Stops<'a>(&'a Host);

impl Drop for Stops<'_> {
	fn drop(&mut self) {
		self.0.pause();
	}
}

struct Ext {
	host: Arc<Host>,
	run: u64,
	next: u16,
	unsent: HashMap<u16, Sent>,
}

impl Ext {
	/// Sends what is complete.
	fn dispatch(&mut self, id: u16) {
		let Some(mut sent) = self.unsent.remove(&id) else { return };
		let mut state = self.host.state();
		let now = state.now;
		let others = state.flights.values().filter(|flight| flight.url == sent.url).count();
		sent.at = now;
		sent.at_once = others + 1;
		let reply = (state.script)(&sent);
		let head_at = now + reply.after_ms;
		let mut at = head_at;
		let pieces = reply
			.pieces
			.into_iter()
			.map(|(after, piece)| {
				at += after;
				(at, piece)
			})
			.collect();
		let flight = Flight {
			url: sent.url.clone(),
			head_at,
			status: reply.status,
			headers: reply.headers,
			pieces,
			end: reply.end,
		};
		state.sent.push(sent);
		state.flights.insert((self.run, id), flight);
	}
}

impl Externalities for Ext {
	fn is_validator(&self) -> bool {
		false
	}

	fn network_state(&self) -> Result<OpaqueNetworkState, ()> {
		Err(())
	}

	fn timestamp(&mut self) -> Timestamp {
		Timestamp::from_unix_millis(self.host.now())
	}

	fn sleep_until(&mut self, deadline: Timestamp) {
		self.host.sleep_until(deadline.unix_millis());
	}

	fn random_seed(&mut self) -> [u8; 32] {
		let mut seed = [0; 32];
		seed[..8].copy_from_slice(&self.run.to_le_bytes());
		seed
	}

	fn http_request_start(
		&mut self,
		method: &str,
		uri: &str,
		meta: &[u8],
	) -> Result<HttpRequestId, ()> {
		assert_eq!((method, meta), ("POST", &[][..]));
		if !uri.starts_with("http") {
			return Err(());
		}
		let id = self.next;
		self.next += 1;
		self.unsent.insert(id, Sent { url: uri.into(), ..Default::default() });
		Ok(HttpRequestId(id))
	}

	fn http_request_add_header(
		&mut self,
		id: HttpRequestId,
		name: &str,
		value: &str,
	) -> Result<(), ()> {
		if value.contains('\n') {
			return Err(());
		}
		let sent = self.unsent.get_mut(&id.0).unwrap();
		sent.headers.push((name.into(), value.into()));
		Ok(())
	}

	fn http_request_write_body(
		&mut self,
		id: HttpRequestId,
		chunk: &[u8],
		deadline: Option<Timestamp>,
	) -> Result<(), HttpError> {
		assert!(deadline.is_some(), "nothing waits for ever");
		if chunk.is_empty() {
			self.dispatch(id.0);
			return Ok(());
		}
		let sent = self.unsent.get_mut(&id.0).unwrap();
		assert!(sent.body.is_empty(), "a second piece would wait for the connection");
		sent.body = chunk.to_vec();
		Ok(())
	}

	fn http_response_wait(
		&mut self,
		ids: &[HttpRequestId],
		deadline: Option<Timestamp>,
	) -> Vec<HttpRequestStatus> {
		let deadline = deadline.expect("nothing waits for ever").unix_millis();
		loop {
			let mut state = self.host.state();
			let now = state.now;
			let mut next = None;
			let statuses: Vec<_> = ids
				.iter()
				.map(|id| match state.flights.get(&(self.run, id.0)) {
					None => HttpRequestStatus::Invalid,
					Some(flight) if flight.head_at > now => {
						next = Some(next.unwrap_or(u64::MAX).min(flight.head_at));
						HttpRequestStatus::DeadlineReached
					}
					Some(flight) => match flight.status {
						Some(status) => HttpRequestStatus::Finished(status),
						None => HttpRequestStatus::IoError,
					},
				})
				.collect();
			let Some(next) = next.filter(|_| now < deadline) else {
				for (id, status) in ids.iter().zip(&statuses) {
					if *status == HttpRequestStatus::IoError {
						state.flights.remove(&(self.run, id.0));
					}
				}
				return statuses;
			};
			drop(state);
			self.host.sleep_until(next.min(deadline));
		}
	}

	fn http_response_headers(&mut self, id: HttpRequestId) -> Vec<(Vec<u8>, Vec<u8>)> {
		let state = self.host.state();
		let headers = state.flights.get(&(self.run, id.0)).map(|flight| flight.headers.clone());
		let bytes = |(name, value): (&str, String)| (name.as_bytes().to_vec(), value.into_bytes());
		headers.unwrap_or_default().into_iter().map(bytes).collect()
	}

	fn http_response_read_body(
		&mut self,
		id: HttpRequestId,
		buffer: &mut [u8],
		deadline: Option<Timestamp>,
	) -> Result<usize, HttpError> {
		let mut state = self.host.state();
		let now = state.now;
		assert!(deadline.unwrap().unix_millis() <= now, "reading does not wait");
		let key = (self.run, id.0);
		let Some(flight) = state.flights.get_mut(&key) else { return Err(HttpError::Invalid) };
		if flight.end == End::Endless {
			buffer.fill(b'x');
			return Ok(buffer.len());
		}
		loop {
			match flight.pieces.front_mut() {
				Some((at, _)) if *at > now => return Err(HttpError::DeadlineReached),
				Some((_, piece)) if piece.is_empty() => {
					flight.pieces.pop_front();
				}
				Some((_, piece)) => {
					let length = piece.len().min(buffer.len());
					buffer[..length].copy_from_slice(&piece[..length]);
					piece.drain(..length);
					return Ok(length);
				}
				None => break,
			}
		}
		let end = flight.end;
		if end == End::Never {
			return Err(HttpError::DeadlineReached);
		}
		state.flights.remove(&key);
		match end {
			End::Reset => Err(HttpError::IoError),
			_ => Ok(0),
		}
	}

	fn set_authorized_nodes(&mut self, _: Vec<OpaquePeerId>, _: bool) {
		unreachable!()
	}
}

struct Db {
	host: Arc<Host>,
}

impl DbExternalities for Db {
	fn local_storage_set(&mut self, kind: StorageKind, key: &[u8], value: &[u8]) {
		assert!(kind == StorageKind::PERSISTENT);
		if key == OBSERVATION {
			let observation = Observation::decode(&mut &*value).unwrap();
			assert_eq!(observation.encode(), value);
			self.host.state().observed.push(observation);
			return;
		}
		self.host.state().db.insert(key.to_vec(), value.to_vec());
	}

	fn local_storage_clear(&mut self, kind: StorageKind, key: &[u8]) {
		assert!(kind == StorageKind::PERSISTENT);
		self.host.state().db.remove(key);
	}

	fn local_storage_compare_and_set(
		&mut self,
		kind: StorageKind,
		key: &[u8],
		old: Option<&[u8]>,
		new: &[u8],
	) -> bool {
		assert!(kind == StorageKind::PERSISTENT);
		let mut state = self.host.state();
		let is_too_long = key.starts_with(&state.most.0) && new.len() > state.most.1;
		if is_too_long || state.db.get(key).map(Vec::as_slice) != old {
			return false;
		}
		state.db.insert(key.to_vec(), new.to_vec());
		true
	}

	fn local_storage_get(&mut self, kind: StorageKind, key: &[u8]) -> Option<Vec<u8>> {
		assert!(kind == StorageKind::PERSISTENT);
		self.host.state().db.get(key).cloned()
	}
}
