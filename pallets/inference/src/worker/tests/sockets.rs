//! The worker in the SDK's own off-chain machinery (`sc_offchain`: its threads, its HTTP client),
//! against backends on real sockets that misbehave on purpose.
//!
//! All scenarios are jobs of one world and run at once: a backend that hangs must not be felt by the
//! others.

use super::{answer_body, backend, job_with, World, API_KEY};
use crate::{
	worker::{
		run_at,
		tests::{TestChain, View},
	},
	Assignment,
};
use codec::{Decode, Encode};
use sc_client_api::{BlockImportNotification, BlockchainEvents};
use sc_network::{
	config::MultiaddrWithPeerId, types::ProtocolName, Multiaddr, NetworkPeers, NetworkStateInfo,
	ObservedRole, PeerId, ReputationChange,
};
use sc_offchain::{OffchainWorkerApi, OffchainWorkerOptions, OffchainWorkers};
use sc_utils::mpsc::{tracing_unbounded, TracingUnboundedReceiver, TracingUnboundedSender};
use socket2::SockRef;
use sp_api::{
	// What its macros use, and its traits are written in.
	__private::{Extension, HashingFor, OverlayedChanges, RuntimeVersion, StateBackend as Backing},
	ApiError,
	ApiExt,
	ApiRef,
	CallContext,
	ProofRecorder,
	ProvideRuntimeApi,
	RuntimeApiInfo,
	StorageChanges,
	StorageProof,
	TransactionOutcome,
};
use sp_core::{
	offchain::{testing::TestPersistentOffchainDB, OffchainStorage, STORAGE_PREFIX},
	traits::SpawnNamed,
};
use sp_io::TestExternalities;
use sp_keystore::{testing::MemoryKeystore, Keystore};
use sp_runtime::{
	generic,
	traits::{BlakeTwo256, Header as _},
	OpaqueExtrinsic,
};
use std::{
	cell::RefCell,
	collections::{BTreeMap, HashSet},
	future::Future,
	io::{BufRead, BufReader, Read, Write},
	net::{Shutdown, TcpListener, TcpStream},
	pin::Pin,
	sync::{
		atomic::{AtomicUsize, Ordering},
		Arc, Mutex,
	},
	thread,
	time::{Duration, Instant, SystemTime},
};
use tallystick_primitives::{
	offchain::{input_key, output_key, Backend, Input, Output, BACKENDS},
	service_key::{ServiceKey, KEY_TYPE},
	FinishReason, JobId, Receipt,
};

type Header = generic::Header<u32, BlakeTwo256>;
type Block = generic::Block<Header, OpaqueExtrinsic>;

/// Between blocks, in milliseconds.
const BLOCK_MS: u64 = 400;
/// The largest body that the backends here may answer with.
const CAP: u32 = 1_048_576;

// ---------------------------------------------------------------------------------------------------
// The chain, as far as `sc_offchain` looks at it.

struct Client {
	world: Arc<Mutex<World>>,
	imports: Mutex<Option<TracingUnboundedReceiver<BlockImportNotification<Block>>>>,
}

struct Api {
	world: Arc<Mutex<World>>,
	externalities: RefCell<TestExternalities>,
}

impl ProvideRuntimeApi<Block> for Client {
	type Api = Api;

	fn runtime_api(&self) -> ApiRef<'_, Api> {
		Api { world: self.world.clone(), externalities: Default::default() }.into()
	}
}

type Hash = sp_core::H256;

impl ApiExt<Block> for Api {
	fn execute_in_transaction<F: FnOnce(&Self) -> TransactionOutcome<R>, R>(&self, call: F) -> R {
		call(self).into_inner()
	}

	fn has_api<A: RuntimeApiInfo + ?Sized>(&self, _: Hash) -> Result<bool, ApiError> {
		Ok(true)
	}

	fn has_api_with<A: RuntimeApiInfo + ?Sized, P: Fn(u32) -> bool>(
		&self,
		_: Hash,
		predicate: P,
	) -> Result<bool, ApiError> {
		Ok(predicate(2))
	}

	fn api_version<A: RuntimeApiInfo + ?Sized>(&self, _: Hash) -> Result<Option<u32>, ApiError> {
		Ok(Some(2))
	}

	fn record_proof(&mut self) {
		unreachable!()
	}

	fn record_proof_with_recorder(&mut self, _: ProofRecorder<Block>) {
		unreachable!()
	}

	fn extract_proof(&mut self) -> Option<StorageProof> {
		unreachable!()
	}

	fn proof_recorder(&self) -> Option<ProofRecorder<Block>> {
		unreachable!()
	}

	fn into_storage_changes<B: Backing<HashingFor<Block>>>(
		&self,
		_: &B,
		_: Hash,
	) -> Result<StorageChanges<Block>, String> {
		unreachable!()
	}

	fn set_call_context(&mut self, _: CallContext) {
		unreachable!()
	}

	fn register_extension<E: Extension>(&mut self, extension: E) {
		self.externalities.borrow_mut().register_extension(extension);
	}

	fn set_overlayed_changes(&mut self, _: OverlayedChanges<HashingFor<Block>>) {
		unreachable!()
	}
}

impl sp_api::Core<Block> for Api {
	fn __runtime_api_internal_call_api_at(
		&self,
		_: Hash,
		_: Vec<u8>,
		_: &dyn Fn(RuntimeVersion) -> &'static str,
	) -> Result<Vec<u8>, ApiError> {
		unreachable!()
	}
}

impl OffchainWorkerApi<Block> for Api {
	fn __runtime_api_internal_call_api_at(
		&self,
		_: Hash,
		header: Vec<u8>,
		_: &dyn Fn(RuntimeVersion) -> &'static str,
	) -> Result<Vec<u8>, ApiError> {
		let header = Header::decode(&mut header.as_slice()).unwrap();
		View::of(&self.world).enter();
		let mut externalities = self.externalities.borrow_mut();
		externalities.execute_with(|| run_at::<TestChain>(u64::from(header.number)));
		Ok(vec![])
	}
}

impl BlockchainEvents<Block> for Client {
	fn import_notification_stream(&self) -> sc_client_api::ImportNotifications<Block> {
		self.imports.lock().unwrap().take().unwrap()
	}

	fn every_import_notification_stream(&self) -> sc_client_api::ImportNotifications<Block> {
		unreachable!()
	}

	fn finality_notification_stream(&self) -> sc_client_api::FinalityNotifications<Block> {
		unreachable!()
	}

	fn storage_changes_notification_stream(
		&self,
		_: Option<&[sc_client_api::StorageKey]>,
		_: Option<&[(sc_client_api::StorageKey, Option<Vec<sc_client_api::StorageKey>>)]>,
	) -> sp_blockchain::Result<sc_client_api::StorageEventStream<Hash>> {
		unreachable!()
	}
}

struct NoNetwork;

impl NetworkStateInfo for NoNetwork {
	fn external_addresses(&self) -> Vec<Multiaddr> {
		unreachable!()
	}

	fn listen_addresses(&self) -> Vec<Multiaddr> {
		unreachable!()
	}

	fn local_peer_id(&self) -> PeerId {
		unreachable!()
	}
}

impl NetworkPeers for NoNetwork {
	fn set_authorized_peers(&self, _: HashSet<PeerId>) {
		unreachable!()
	}

	fn set_authorized_only(&self, _: bool) {
		unreachable!()
	}

	fn add_known_address(&self, _: PeerId, _: Multiaddr) {
		unreachable!()
	}

	fn report_peer(&self, _: PeerId, _: ReputationChange) {
		unreachable!()
	}

	fn peer_reputation(&self, _: &PeerId) -> i32 {
		unreachable!()
	}

	fn disconnect_peer(&self, _: PeerId, _: ProtocolName) {
		unreachable!()
	}

	fn accept_unreserved_peers(&self) {
		unreachable!()
	}

	fn deny_unreserved_peers(&self) {
		unreachable!()
	}

	fn add_reserved_peer(&self, _: MultiaddrWithPeerId) -> Result<(), String> {
		unreachable!()
	}

	fn remove_reserved_peer(&self, _: PeerId) {
		unreachable!()
	}

	fn set_reserved_peers(&self, _: ProtocolName, _: HashSet<Multiaddr>) -> Result<(), String> {
		unreachable!()
	}

	fn add_peers_to_reserved_set(
		&self,
		_: ProtocolName,
		_: HashSet<Multiaddr>,
	) -> Result<(), String> {
		unreachable!()
	}

	fn remove_peers_from_reserved_set(
		&self,
		_: ProtocolName,
		_: Vec<PeerId>,
	) -> Result<(), String> {
		unreachable!()
	}

	fn sync_num_connected(&self) -> usize {
		unreachable!()
	}

	fn peer_role(&self, _: PeerId, _: Vec<u8>) -> Option<ObservedRole> {
		unreachable!()
	}

	/// An `async fn` of a trait, as `async_trait` writes it.
	fn reserved_peers<'life, 'async_trait>(
		&'life self,
	) -> Pin<Box<dyn Future<Output = Result<Vec<PeerId>, ()>> + Send + 'async_trait>>
	where
		'life: 'async_trait,
		Self: 'async_trait,
	{
		unreachable!()
	}
}

#[derive(Clone)]
struct Tokio(tokio::runtime::Handle);

impl SpawnNamed for Tokio {
	fn spawn_blocking(
		&self,
		_: &'static str,
		_: Option<&'static str>,
		future: futures::future::BoxFuture<'static, ()>,
	) {
		self.0.spawn(future);
	}

	fn spawn(
		&self,
		_: &'static str,
		_: Option<&'static str>,
		future: futures::future::BoxFuture<'static, ()>,
	) {
		self.0.spawn(future);
	}
}

/// A node's off-chain machinery, and blocks for it.
struct Node {
	world: Arc<Mutex<World>>,
	db: TestPersistentOffchainDB,
	key: ServiceKey,
	imports: TracingUnboundedSender<BlockImportNotification<Block>>,
	number: u32,
	_runtime: tokio::runtime::Runtime,
}

fn now() -> u64 {
	SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis() as u64
}

impl Node {
	fn new(backends: &[Backend]) -> Self {
		let runtime = tokio::runtime::Builder::new_multi_thread()
			.worker_threads(2)
			.enable_all()
			.build()
			.unwrap();
		let keystore = Arc::new(MemoryKeystore::new());
		let key = keystore.sr25519_generate_new(KEY_TYPE, Some("//provider")).unwrap().into();
		let db = TestPersistentOffchainDB::new();
		db.clone().set(STORAGE_PREFIX, BACKENDS, &backends.encode());
		let world = Arc::new(Mutex::new(World { time: now(), ..Default::default() }));
		let (imports, receiver) = tracing_unbounded("imports", 1_000);
		let client = Arc::new(Client { world: world.clone(), imports: Mutex::new(Some(receiver)) });
		let workers = OffchainWorkers::new(OffchainWorkerOptions {
			runtime_api_provider: client.clone(),
			keystore: Some(keystore),
			offchain_db: Some(db.clone()),
			transaction_pool: None,
			network_provider: Arc::new(NoNetwork),
			is_validator: false,
			enable_http_requests: true,
			custom_extensions: |_| vec![],
		})
		.unwrap();
		let spawner = Tokio(runtime.handle().clone());
		runtime.spawn(workers.run(client, spawner));
		Self { world, db, key, imports, number: 0, _runtime: runtime }
	}

	fn open(&self, job: Assignment<u64>, expires_in_ms: u64) {
		let now = now();
		let job = Assignment { requested_at_ms: now, ..job };
		self.world.lock().unwrap().open.push((job, now + expires_in_ms));
	}

	/// Blocks, until no job is open.
	fn run(&mut self, at_most: Duration) {
		let began_at = Instant::now();
		loop {
			self.world.lock().unwrap().next_block(now());
			if self.world.lock().unwrap().open.is_empty() {
				return;
			}
			let open: Vec<_> =
				self.world.lock().unwrap().open.iter().map(|(job, _)| job.job).collect();
			assert!(began_at.elapsed() < at_most, "jobs {open:?} are still open");
			self.number += 1;
			let header = Header::new(
				self.number,
				Hash::zero(),
				Hash::zero(),
				Hash::zero(),
				Default::default(),
			);
			let (unpin, _) = tracing_unbounded("unpin", 1_000);
			let origin = sp_consensus::BlockOrigin::Own;
			let block =
				BlockImportNotification::new(header.hash(), origin, header, true, None, unpin);
			self.imports.unbounded_send(block).unwrap();
			thread::sleep(Duration::from_millis(BLOCK_MS));
		}
	}

	fn outcome(&self, job: JobId) -> (Receipt<u64>, Vec<u8>) {
		let receipt = self.world.lock().unwrap().receipts(job)[0].clone();
		let output = self.db.get_raw(&output_key(job)).unwrap();
		(receipt, Output::decode(&mut output.as_slice()).unwrap().response)
	}
}

trait GetRaw {
	fn get_raw(&self, key: &[u8]) -> Option<Vec<u8>>;
}

impl GetRaw for TestPersistentOffchainDB {
	fn get_raw(&self, key: &[u8]) -> Option<Vec<u8>> {
		OffchainStorage::get(self, STORAGE_PREFIX, key)
	}
}

// ---------------------------------------------------------------------------------------------------
// The backends.

/// A call, as it came over the wire.
#[derive(Clone, Default)]
struct Wire {
	head: String,
	body: Vec<u8>,
}

impl Wire {
	fn header(&self, name: &str) -> Option<&str> {
		self.head.lines().skip(1).find_map(|line| {
			let (key, value) = line.split_once(':')?;
			key.eq_ignore_ascii_case(name).then_some(value.trim())
		})
	}
}

/// What a backend does with its `n`th call (from 0). `false`: the connection is closed.
type Act = Box<dyn Fn(&mut TcpStream, &Wire, usize) -> bool + Send + Sync>;

struct Server {
	url: String,
	calls: Arc<Mutex<Vec<(u64, Wire)>>>,
	/// The most calls that were answered at once.
	most: Arc<AtomicUsize>,
}

impl Server {
	fn new(act: impl Fn(&mut TcpStream, &Wire, usize) -> bool + Send + Sync + 'static) -> Self {
		let act: Arc<Act> = Arc::new(Box::new(act));
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let url = format!("http://{}/v1", listener.local_addr().unwrap());
		let calls = Arc::new(Mutex::new(vec![]));
		let at_once = Arc::new(AtomicUsize::new(0));
		let most = Arc::new(AtomicUsize::new(0));
		let (calls_, most_) = (calls.clone(), most.clone());
		thread::spawn(move || {
			for stream in listener.incoming().flatten() {
				let (act, calls) = (act.clone(), calls_.clone());
				let (at_once, most) = (at_once.clone(), most_.clone());
				thread::spawn(move || {
					let mut writer = stream.try_clone().unwrap();
					let mut reader = BufReader::new(stream);
					while let Some(wire) = read(&mut reader) {
						let n = {
							let mut calls = calls.lock().unwrap();
							calls.push((now(), wire.clone()));
							calls.len() - 1
						};
						most.fetch_max(
							at_once.fetch_add(1, Ordering::SeqCst) + 1,
							Ordering::SeqCst,
						);
						let goes_on = act(&mut writer, &wire, n);
						at_once.fetch_sub(1, Ordering::SeqCst);
						if !goes_on {
							return;
						}
					}
				});
			}
		});
		Self { url, calls, most }
	}

	fn calls(&self) -> Vec<(u64, Wire)> {
		self.calls.lock().unwrap().clone()
	}
}

/// Reads one call: a head, and a body of stated length or in chunks.
fn read(reader: &mut BufReader<TcpStream>) -> Option<Wire> {
	let mut wire = Wire::default();
	loop {
		let mut line = String::new();
		if reader.read_line(&mut line).ok()? == 0 {
			return None;
		}
		if line == "\r\n" {
			break;
		}
		wire.head.push_str(&line);
	}
	match wire.header("content-length").map(|length| length.parse::<usize>().unwrap()) {
		Some(length) => {
			wire.body.resize(length, 0);
			reader.read_exact(&mut wire.body).ok()?;
		}
		None => loop {
			let mut line = String::new();
			reader.read_line(&mut line).ok()?;
			let length = usize::from_str_radix(line.trim(), 16).ok()?;
			let mut chunk = vec![0; length + 2];
			reader.read_exact(&mut chunk).ok()?;
			if length == 0 {
				break;
			}
			wire.body.extend_from_slice(&chunk[..length]);
		},
	}
	Some(wire)
}

fn answer(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> bool {
	let head = format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n", body.len());
	stream.write_all(&[head.as_bytes(), body].concat()).is_ok()
}

fn good(stream: &mut TcpStream) -> bool {
	answer(stream, "200 OK", "content-type: application/json\r\n", &answer_body())
}

/// Begins a good answer, and is in the middle of it.
fn begin(stream: &mut TcpStream) {
	let body = answer_body();
	let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
	stream.write_all(&[head.as_bytes(), &body[..50]].concat()).unwrap();
}

/// Misbehaves at the first call, and is good from the second.
fn at_first(
	act: impl Fn(&mut TcpStream) -> bool + Send + Sync + 'static,
) -> impl Fn(&mut TcpStream, &Wire, usize) -> bool + Send + Sync + 'static {
	move |stream, _, n| if n == 0 { act(stream) } else { good(stream) }
}

/// Ends the connection in order.
fn close(stream: &mut TcpStream) -> bool {
	let _ = stream.shutdown(Shutdown::Both);
	false
}

/// Ends the connection with a reset: what is closed without lingering sends no end.
fn reset(stream: &mut TcpStream) -> bool {
	SockRef::from(&*stream).set_linger(Some(Duration::ZERO)).unwrap();
	false
}

fn hang(stream: &mut TcpStream) -> bool {
	// Until the client lets go.
	let _ = stream.read(&mut [0; 1]);
	false
}

fn millis(ms: u64) {
	thread::sleep(Duration::from_millis(ms));
}

/// What is expected of a scenario.
enum Expect {
	/// The answer, after so many calls.
	Answer(usize),
	/// An error with these words, after so many calls.
	Error(usize, &'static str),
	/// An error with this body, after so many calls.
	Body(usize, &'static str),
}

#[test]
fn backends_that_misbehave_are_survived_together() {
	use Expect::*;
	let large = {
		let mut body = answer_body();
		body.resize(CAP as usize, b' ');
		body
	};
	let large_too = large.clone();
	let hung_up_on = Arc::new(AtomicUsize::new(0));
	let hung_up_on_ = hung_up_on.clone();
	let elsewhere = Server::new(|stream, _, _| good(stream));
	let location = format!("location: {}/chat/completions\r\n", elsewhere.url);
	let refused = {
		// A port that nobody listens at.
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		format!("http://{}/v1", listener.local_addr().unwrap())
	};

	let scenarios: Vec<(&str, Server, Expect)> = vec![
		("good", Server::new(|stream, _, _| good(stream)), Answer(1)),
		(
			"slow",
			Server::new(|stream, _, _| {
				millis(1_200);
				good(stream)
			}),
			Answer(1),
		),
		(
			"in chunks, slowly",
			Server::new(|stream, _, _| {
				let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
				stream.write_all(head.as_bytes()).unwrap();
				for piece in answer_body().chunks(20) {
					millis(50);
					let chunk = format!("{:x}\r\n", piece.len());
					stream.write_all(&[chunk.as_bytes(), piece, b"\r\n"].concat()).unwrap();
				}
				stream.write_all(b"0\r\n\r\n").is_ok()
			}),
			Answer(1),
		),
		(
			"until the connection ends",
			Server::new(|stream, _, _| {
				let head = b"HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n";
				stream.write_all(&[&head[..], &answer_body()].concat()).unwrap();
				close(stream)
			}),
			Answer(1),
		),
		("large", Server::new(move |stream, _, _| answer(stream, "200 OK", "", &large)), Answer(1)),
		(
			"wants a length",
			Server::new(|stream, wire, _| {
				let is_plain = wire.header("transfer-encoding").is_none();
				if is_plain && wire.header("content-length").is_some() {
					good(stream)
				} else {
					answer(stream, "411 Length Required", "", b"")
				}
			}),
			Answer(1),
		),
		(
			"hangs",
			Server::new(at_first(move |stream| {
				hang(stream);
				hung_up_on_.fetch_add(1, Ordering::SeqCst);
				false
			})),
			Answer(2),
		),
		(
			"hangs in the middle",
			Server::new(at_first(|stream| {
				begin(stream);
				hang(stream)
			})),
			Answer(2),
		),
		("ends at once", Server::new(at_first(close)), Answer(2)),
		("resets at once", Server::new(at_first(reset)), Answer(2)),
		(
			"resets in the middle",
			Server::new(at_first(|stream| {
				begin(stream);
				// What is under way would be lost with the connection.
				millis(100);
				reset(stream)
			})),
			Answer(2),
		),
		(
			"ends in the middle",
			Server::new(at_first(|stream| {
				begin(stream);
				close(stream)
			})),
			Answer(2),
		),
		(
			"is not HTTP",
			Server::new(at_first(|stream| {
				stream.write_all(b"SSH-2.0-OpenSSH_9.6\r\n").unwrap();
				close(stream)
			})),
			Answer(2),
		),
		(
			"fails",
			Server::new(at_first(|stream| answer(stream, "500 Oops", "", b"trace"))),
			Answer(2),
		),
		(
			"is busy",
			Server::new(at_first(|stream| {
				answer(stream, "429 Too Many Requests", "Retry-After: 2\r\n", b"{}")
			})),
			Answer(2),
		),
		(
			"says nothing of use",
			Server::new(at_first(|stream| {
				answer(stream, "200 OK", "content-type: text/html\r\n", b"<html></html>")
			})),
			Answer(2),
		),
		(
			"calls it something else",
			Server::new(|stream, _, _| {
				answer(stream, "200 OK", "content-type: text/html\r\n", &answer_body())
			}),
			Answer(1),
		),
		(
			"knows no key",
			Server::new(|stream, _, _| answer(stream, "401 Unauthorized", "", b"who?")),
			Error(1, "the backend does not serve the provider"),
		),
		(
			"knows no model",
			Server::new(|stream, _, _| answer(stream, "404 Not Found", "", b"no such model")),
			Body(1, "no such model"),
		),
		(
			"is elsewhere",
			Server::new(move |stream, _, _| answer(stream, "307 Elsewhere", &location, b"")),
			Error(1, "the backend redirects, which is not followed"),
		),
		(
			"never ends",
			Server::new(|stream, _, _| {
				stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
				while stream.write_all(&[b'x'; 65_536]).is_ok() {}
				false
			}),
			Error(1, "the backend's answer is larger than the provider allows"),
		),
		(
			"is too large",
			Server::new(|stream, _, _| answer(stream, "200 OK", "", &[b'x'; CAP as usize + 1])),
			Error(1, "the backend's answer is larger than the provider allows"),
		),
		(
			"echoes the key",
			Server::new(|stream, wire, _| {
				let key = wire.header("authorization").unwrap().trim_start_matches("Bearer ");
				answer(stream, "400 Bad Request", "", format!("bad key {key}").as_bytes())
			}),
			Error(1, "the backend's answer is withheld"),
		),
		(
			"is not there",
			Server { url: refused, ..Server::new(|_, _, _| false) },
			Error(0, "the connection to the backend failed"),
		),
	];

	let backends: Vec<_> = scenarios
		.iter()
		.enumerate()
		.map(|(at, (name, server, _))| Backend {
			artifacts: vec![at as u32],
			max_body_bytes: CAP,
			timeout_ms: 2_500,
			..backend(name, &server.url)
		})
		.collect();
	let mut node = Node::new(&backends);
	let request = br#"{"messages":[{"role":"user","content":"What is a tally stick?"}]}"#;
	for (at, (name, ..)) in scenarios.iter().enumerate() {
		let job = job_with(at as u64, &node.key, request, b"{\"seed\":7}");
		let expires_in_ms = if *name == "is not there" { 9_000 } else { 60_000 };
		node.open(Assignment { artifact: at as u32, ..job }, expires_in_ms);
	}
	let began_at = now();
	node.run(Duration::from_secs(40));

	for (at, (name, server, expect)) in scenarios.iter().enumerate() {
		let (receipt, response) = node.outcome(at as u64);
		let calls = server.calls();
		let (expected_calls, is_answer) = match expect {
			Answer(calls) => (*calls, true),
			Error(calls, _) | Body(calls, _) => (*calls, false),
		};
		assert_eq!(calls.len(), expected_calls, "{name}");
		if is_answer {
			assert_eq!((receipt.finish, receipt.units), (FinishReason::Stop, 30), "{name}");
			let expected = if *name == "large" { &large_too } else { &answer_body() };
			assert_eq!(&response, expected, "{name}");
		} else {
			assert_eq!((receipt.finish, receipt.units), (FinishReason::Error, 0), "{name}");
		}
		match expect {
			Answer(_) => {}
			Error(_, says) => {
				let value: serde_json::Value = serde_json::from_slice(&response).unwrap();
				assert_eq!(value["error"]["message"], *says, "{name}");
			}
			Body(_, body) => assert_eq!(response, body.as_bytes(), "{name}"),
		}
		for (_, wire) in calls {
			assert!(wire.head.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"), "{name}");
			assert_eq!(wire.header("authorization"), Some(&*format!("Bearer {API_KEY}")));
			assert_eq!(wire.header("content-type"), Some("application/json"));
			assert_eq!(wire.header("transfer-encoding"), None, "{name}");
			assert_eq!(wire.header("content-length"), Some(&*wire.body.len().to_string()));
			let body: serde_json::Value = serde_json::from_slice(&wire.body).unwrap();
			assert_eq!(body["messages"][0]["content"], "What is a tally stick?");
			assert_eq!((&body["model"], &body["seed"]), (&"tally-1".into(), &7.into()));
		}
	}
	assert!(elsewhere.calls().is_empty());
	// Nobody waited for those who hang: what is good was answered at once.
	let latency = |name: &str| {
		let at = scenarios.iter().position(|(of, ..)| *of == name).unwrap();
		node.outcome(at as u64).0.ended_at - began_at
	};
	assert!(latency("good") < 1_500, "{}", latency("good"));
	assert!(latency("in chunks, slowly") < 3_500);
	let busy = &scenarios.iter().find(|(of, ..)| *of == "is busy").unwrap().1.calls();
	assert!((2_000..4_500).contains(&(busy[1].0 - busy[0].0)));
	// The end of the run has let go of what hung.
	millis(500);
	assert_eq!(hung_up_on.load(Ordering::SeqCst), 1);
}

#[test]
fn many_calls_are_under_way_at_once_and_no_more_than_allowed() {
	let server = Server::new(|stream, _, _| {
		millis(200);
		good(stream)
	});
	let backends = [Backend { concurrency: 8, ..backend("a", &server.url) }];
	let mut node = Node::new(&backends);
	let jobs = 64;
	for id in 0..jobs {
		let request = format!(r#"{{"messages":[{{"role":"user","content":"{id}"}}]}}"#);
		node.open(job_with(id, &node.key, request.as_bytes(), b""), 60_000);
	}
	let began_at = Instant::now();
	node.run(Duration::from_secs(30));
	assert!(began_at.elapsed() < Duration::from_secs(8), "{:?}", began_at.elapsed());
	assert_eq!(server.most.load(Ordering::SeqCst), 8);
	let mut asked = BTreeMap::<String, usize>::new();
	for (_, wire) in server.calls() {
		let body: serde_json::Value = serde_json::from_slice(&wire.body).unwrap();
		let content = body["messages"][0]["content"].as_str().unwrap().to_string();
		*asked.entry(content).or_default() += 1;
	}
	assert_eq!(asked.len() as u64, jobs);
	assert!(asked.values().all(|calls| *calls == 1));
	for id in 0..jobs {
		assert_eq!(node.outcome(id).0.finish, FinishReason::Stop);
	}
}

#[test]
fn a_failure_that_comes_slowly_takes_the_place_of_a_call_until_its_end() {
	let jobs = 3;
	let server = Server::new(move |stream, _, n| {
		if n >= jobs {
			return good(stream);
		}
		let head = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 8\r\n\r\n";
		stream.write_all(head).unwrap();
		for _ in 0..8 {
			millis(100);
			stream.write_all(b"x").unwrap();
		}
		true
	});
	let mut node = Node::new(&[Backend { concurrency: 1, ..backend("a", &server.url) }]);
	for id in 0..jobs as u64 {
		let request = format!(r#"{{"messages":[{{"role":"user","content":"{id}"}}]}}"#);
		node.open(job_with(id, &node.key, request.as_bytes(), b""), 60_000);
	}
	node.run(Duration::from_secs(20));
	assert_eq!(server.most.load(Ordering::SeqCst), 1);
	assert_eq!(server.calls().len(), 2 * jobs);
	for id in 0..jobs as u64 {
		assert_eq!(node.outcome(id).0.finish, FinishReason::Stop);
	}
}

#[test]
fn a_large_request_arrives_as_it_was_handed_in() {
	let server = Server::new(|stream, _, _| good(stream));
	let mut node = Node::new(&[backend("a", &server.url)]);
	let text = "算木は tally stick ".repeat(100_000);
	let request = format!(r#"{{"messages":[{{"role":"user","content":"{text}"}}]}}"#);
	let job = job_with(1, &node.key, request.as_bytes(), b"{}");
	let input = Input { request: request.clone().into(), ..job.inline.clone().unwrap() };
	node.db.clone().set(STORAGE_PREFIX, &input_key(&job.request), &input.encode());
	node.open(Assignment { inline: None, units_held: 10_000_000, ..job }, 60_000);
	node.run(Duration::from_secs(20));
	let body: serde_json::Value = serde_json::from_slice(&server.calls()[0].1.body).unwrap();
	assert_eq!(body["messages"][0]["content"], text);
	let (receipt, _) = node.outcome(1);
	assert_eq!(receipt.request_bytes as usize, request.len());
	assert_eq!(receipt.finish, FinishReason::Stop);
}
