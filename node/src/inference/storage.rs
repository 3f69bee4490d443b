//! The off-chain storage that the worker sees: its own keys come from [`Local`], all others from
//! the chain's database as ever.
//!
//! The SDK's worker passes its keys with a fixed prefix (`sp_core::offchain::STORAGE_PREFIX`); ours
//! are told apart by the key itself. The RPC `offchain_localStorageGet` reads the database's own
//! storage, not this one, so it cannot see them; what `offchain_localStorageSet` or offchain
//! indexing may write under such a key is never read.

use super::local::{is_ours, Local};
use sp_core::offchain::OffchainStorage;
use std::sync::Arc;

/// The chain's off-chain storage `S` with the worker's keys taken out of it.
#[derive(Clone)]
pub struct NodeStorage<S> {
	chain: S,
	local: Option<Arc<Local>>,
	/// One clone per run of the worker: how [`StopGuard`](super::StopGuard) counts them.
	_run: Arc<()>,
}

impl<S> NodeStorage<S> {
	/// Without `local` the worker's keys hold nothing, and nothing can be put there.
	pub fn new(chain: S, local: Option<Arc<Local>>, runs: Arc<()>) -> Self {
		Self { chain, local, _run: runs }
	}
}

impl<S: OffchainStorage> OffchainStorage for NodeStorage<S> {
	fn set(&mut self, prefix: &[u8], key: &[u8], value: &[u8]) {
		if !is_ours(key) {
			self.chain.set(prefix, key, value)
		} else if let Some(local) = &self.local {
			local.set(key, value)
		}
	}

	fn remove(&mut self, prefix: &[u8], key: &[u8]) {
		if !is_ours(key) {
			self.chain.remove(prefix, key)
		} else if let Some(local) = &self.local {
			local.remove(key)
		}
	}

	fn get(&self, prefix: &[u8], key: &[u8]) -> Option<Vec<u8>> {
		if !is_ours(key) {
			self.chain.get(prefix, key)
		} else {
			self.local.as_ref()?.get(key)
		}
	}

	fn compare_and_set(
		&mut self,
		prefix: &[u8],
		key: &[u8],
		old_value: Option<&[u8]>,
		new_value: &[u8],
	) -> bool {
		if !is_ours(key) {
			self.chain.compare_and_set(prefix, key, old_value, new_value)
		} else {
			self.local
				.as_ref()
				.is_some_and(|local| local.compare_and_set(key, old_value, new_value))
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::inference::{InferenceConfig, StopGuard};
	use codec::Decode;
	use parking_lot::Mutex;
	use sp_core::offchain::{storage::InMemOffchainStorage, STORAGE_PREFIX};
	use std::{
		fs,
		path::Path,
		sync::atomic::{AtomicBool, Ordering},
	};
	use tallystick_primitives::{
		commitment::{commit, Kind},
		offchain::{
			input_key, lock_key, output_key, receipt_key, Backend, Input, Output, BACKENDS, LEASE,
			OBSERVATION,
		},
	};
	use tempfile::TempDir;

	/// The chain's storage, shared so that a test sees what reached it.
	#[derive(Clone, Default)]
	struct Chain(Arc<Mutex<InMemOffchainStorage>>);

	impl OffchainStorage for Chain {
		fn set(&mut self, prefix: &[u8], key: &[u8], value: &[u8]) {
			self.0.lock().set(prefix, key, value)
		}
		fn remove(&mut self, prefix: &[u8], key: &[u8]) {
			self.0.lock().remove(prefix, key)
		}
		fn get(&self, prefix: &[u8], key: &[u8]) -> Option<Vec<u8>> {
			self.0.lock().get(prefix, key)
		}
		fn compare_and_set(
			&mut self,
			prefix: &[u8],
			key: &[u8],
			old: Option<&[u8]>,
			new: &[u8],
		) -> bool {
			self.0.lock().compare_and_set(prefix, key, old, new)
		}
	}

	fn local(folder: &TempDir) -> Arc<Local> {
		let path = folder.path().join("config.toml");
		fs::write(folder.path().join("backend.key"), "sk-secret").unwrap();
		fs::write(
			&path,
			"[backends.one]\nbase_url = \"http://localhost:1/v1\"\napi = \"chat-completions\"\n\
			model = \"m\"\napi_key_file = \"backend.key\"",
		)
		.unwrap();
		let config = InferenceConfig::load(&path).unwrap();
		Arc::new(Local::open(&folder.path().join("inference"), &config).unwrap())
	}

	fn storage(folder: &TempDir) -> (NodeStorage<Chain>, Chain, Arc<Local>) {
		let (chain, local) = (Chain::default(), local(folder));
		(NodeStorage::new(chain.clone(), Some(local.clone()), Arc::default()), chain, local)
	}

	fn our_keys() -> Vec<Vec<u8>> {
		vec![
			input_key(&Default::default()),
			output_key(1),
			receipt_key(1),
			lock_key(1),
			LEASE.to_vec(),
			OBSERVATION.to_vec(),
			BACKENDS.to_vec(),
		]
	}

	fn is_empty(chain: &Chain) -> bool {
		our_keys().iter().all(|key| chain.get(STORAGE_PREFIX, key).is_none())
	}

	#[test]
	fn other_keys_go_to_the_chain() {
		let folder = TempDir::new().unwrap();
		let (mut storage, chain, _) = storage(&folder);
		storage.set(STORAGE_PREFIX, b"tallystic", b"1");
		assert!(storage.compare_and_set(STORAGE_PREFIX, b"tallystic", Some(b"1"), b"2"));
		assert_eq!(chain.get(STORAGE_PREFIX, b"tallystic").unwrap(), b"2");
		assert_eq!(storage.get(STORAGE_PREFIX, b"tallystic").unwrap(), b"2");
		storage.remove(STORAGE_PREFIX, b"tallystic");
		assert_eq!(chain.get(STORAGE_PREFIX, b"tallystic"), None);
	}

	#[test]
	fn the_workers_keys_never_reach_the_chain() {
		let folder = TempDir::new().unwrap();
		let (mut storage, chain, _) = storage(&folder);
		for key in our_keys() {
			storage.set(STORAGE_PREFIX, &key, b"1");
			storage.compare_and_set(STORAGE_PREFIX, &key, Some(b"1"), b"2");
			assert!(is_empty(&chain));
			if key != BACKENDS && key != OBSERVATION {
				assert_eq!(storage.get(STORAGE_PREFIX, &key).unwrap(), b"2");
				storage.remove(STORAGE_PREFIX, &key);
				assert_eq!(storage.get(STORAGE_PREFIX, &key), None);
			}
		}
	}

	#[test]
	fn what_the_chain_holds_under_the_workers_keys_is_not_read() {
		let folder = TempDir::new().unwrap();
		let (mut storage, mut chain, _) = storage(&folder);
		for key in our_keys().into_iter().filter(|key| key != BACKENDS) {
			chain.set(STORAGE_PREFIX, &key, b"forged");
			assert_eq!(storage.get(STORAGE_PREFIX, &key), None);
			assert!(!storage.compare_and_set(STORAGE_PREFIX, &key, Some(b"forged"), b"x"));
		}
	}

	#[test]
	fn backends_are_answered_from_memory_and_cannot_be_changed() {
		let folder = TempDir::new().unwrap();
		let (mut storage, _, _) = storage(&folder);
		storage.set(STORAGE_PREFIX, BACKENDS, b"forged");
		storage.remove(STORAGE_PREFIX, BACKENDS);
		assert!(!storage.compare_and_set(STORAGE_PREFIX, BACKENDS, None, b"forged"));
		let bytes = storage.get(STORAGE_PREFIX, BACKENDS).unwrap();
		let [backend] = &Vec::<Backend>::decode(&mut &bytes[..]).unwrap()[..] else { panic!() };
		assert_eq!(backend.api_key.as_deref(), Some("sk-secret"));
		assert!(!holds(&folder.path().join("inference"), b"sk-secret"));
	}

	/// Whether a file below `path` has `needle` in it.
	fn holds(path: &Path, needle: &[u8]) -> bool {
		fs::read_dir(path).unwrap().any(|entry| {
			let path = entry.unwrap().path();
			if path.is_dir() {
				holds(&path, needle)
			} else {
				fs::read(path).unwrap().windows(needle.len()).any(|part| part == needle)
			}
		})
	}

	#[test]
	fn without_a_config_the_workers_keys_hold_nothing() {
		let mut chain = Chain::default();
		let mut storage = NodeStorage::new(chain.clone(), None, Arc::default());
		for key in our_keys() {
			chain.set(STORAGE_PREFIX, &key, b"forged");
			storage.set(STORAGE_PREFIX, &key, b"1");
			storage.remove(STORAGE_PREFIX, &key);
			assert_eq!(storage.get(STORAGE_PREFIX, &key), None);
			assert!(!storage.compare_and_set(STORAGE_PREFIX, &key, None, b"1"));
			assert_eq!(chain.get(STORAGE_PREFIX, &key).unwrap(), b"forged");
		}
	}

	#[test]
	fn a_restart_keeps_files_and_frees_locks() {
		let folder = TempDir::new().unwrap();
		let (mut storage, _, _) = storage(&folder);
		storage.set(STORAGE_PREFIX, &receipt_key(1), b"receipt");
		assert!(storage.compare_and_set(STORAGE_PREFIX, &lock_key(1), None, b"locked"));
		drop(storage);
		let (mut storage, _, _) = self::storage(&folder);
		assert_eq!(storage.get(STORAGE_PREFIX, &receipt_key(1)).unwrap(), b"receipt");
		assert!(storage.compare_and_set(STORAGE_PREFIX, &lock_key(1), None, b"locked"));
	}

	#[test]
	fn the_worker_finds_what_was_handed_in_and_the_consumer_what_it_left() {
		let folder = TempDir::new().unwrap();
		let (mut storage, _, local) = storage(&folder);
		let input = Input {
			consumer: vec![11; 32],
			salt: [9; 32],
			request: b"{}".to_vec(),
			parameters: b"{}".to_vec(),
		};
		let (request, parameters) = local.take_in(&input).unwrap();
		assert_eq!(request, commit(Kind::Request, &[9; 32], b"{}"));
		assert_eq!(parameters, commit(Kind::Parameters, &[9; 32], b"{}"));
		let bytes = storage.get(STORAGE_PREFIX, &input_key(&request)).unwrap();
		assert_eq!(Input::decode(&mut &bytes[..]).unwrap(), input);

		let output =
			Output { consumer: vec![1; 32], response: b"yes".to_vec(), receipt: b"r".to_vec() };
		storage.set(STORAGE_PREFIX, &output_key(5), &codec::Encode::encode(&output));
		assert_eq!(local.output(5).unwrap(), output);
		assert_eq!(local.receipt(5).unwrap(), b"r");
		storage.set(STORAGE_PREFIX, &receipt_key(5), b"newer");
		assert_eq!(local.receipt(5).unwrap(), b"newer");
		assert_eq!(local.output(6), None);
		assert_eq!(local.receipt(6), None);
	}

	#[test]
	fn the_end_of_the_node_frees_the_lease_and_stops_all_writing() {
		let folder = TempDir::new().unwrap();
		let (chain, local, runs) = (Chain::default(), local(&folder), Arc::new(()));
		let mut storage = NodeStorage::new(chain, Some(local.clone()), runs.clone());
		let guard = StopGuard::new(local, runs);
		storage.set(STORAGE_PREFIX, &receipt_key(1), b"kept");
		assert!(storage.compare_and_set(STORAGE_PREFIX, LEASE, None, b"mine"));

		let ended = Arc::new(AtomicBool::new(false));
		let at_its_end = ended.clone();
		let run = std::thread::spawn(move || {
			// A long run: it goes on for as long as it has the lease.
			while storage.compare_and_set(STORAGE_PREFIX, LEASE, Some(b"mine"), b"mine") {
				std::thread::yield_now();
			}
			storage.set(STORAGE_PREFIX, &receipt_key(2), b"an error that is none");
			storage.remove(STORAGE_PREFIX, &receipt_key(1));
			assert_eq!(storage.get(STORAGE_PREFIX, LEASE), None);
			assert_eq!(storage.get(STORAGE_PREFIX, &receipt_key(1)).unwrap(), b"kept");
			assert_eq!(storage.get(STORAGE_PREFIX, &receipt_key(2)), None);
			at_its_end.store(true, Ordering::SeqCst);
		});
		drop(guard);
		assert!(ended.load(Ordering::SeqCst), "the guard waits for the run");
		run.join().unwrap();
	}
}
