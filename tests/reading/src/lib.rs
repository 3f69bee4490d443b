//! What a part of a pallet's test reads of the state: counted, so that tests compare what is looked up
//! and not how long it takes; and proved, as it is shown to who trusts no node.

use codec::Decode;
use sp_core::H256;
use sp_io::TestExternalities;
use sp_runtime::traits::BlakeTwo256;
use sp_state_machine::{read_proof_check, StorageProof};
use sp_trie::recorder::Recorder;

/// Branches between the root of a list of a hundred thousand and an entry. The state is a trie with
/// sixteen branches at a node, under hashed keys: such a list is log16 of that deep, which is between
/// four and five, and one of ten is one.
const LEVELS: u32 = 5;
/// The most bytes of a branch: a hash of 32 bytes and its length for each of sixteen children, and
/// its header, with what the keys below it have in common.
const BRANCH: usize = 16 * 33 + 50;

/// All that a part of a test has read.
pub struct Reading {
	/// How many keys of the state were looked up.
	pub keys: usize,
	root: H256,
	proof: StorageProof,
}

impl Reading {
	/// Runs a part of a test on what `ext` has committed, and says what it took to read.
	pub fn of<R>(ext: &mut TestExternalities, part: impl FnOnce() -> R) -> (R, Self) {
		let recorder = Recorder::default();
		let result = ext.execute_with_recorder(recorder.clone(), part);
		let keys = recorder.recorded_keys().values().map(|keys| keys.len()).sum();
		let root = *ext.backend.root();
		(result, Self { keys, root, proof: recorder.drain_storage_proof() })
	}

	/// How many nodes of the state's trie lie on the way to what was read.
	pub fn nodes(&self) -> usize {
		self.proof.len()
	}

	/// The length of these nodes.
	pub fn bytes(&self) -> usize {
		self.proof.iter_nodes().map(Vec::len).sum()
	}

	/// What was read under a key, by the root of the state and the proof alone.
	pub fn value<T: Decode>(&self, key: &[u8]) -> Option<T> {
		let shown = read_proof_check::<BlakeTwo256, _>(self.root, self.proof.clone(), [key]);
		let value = shown.unwrap().remove(key).unwrap();
		value.map(|bytes| T::decode(&mut &bytes[..]).unwrap())
	}

	/// That a page with so many places of a list of a hundred thousand, which this was, took what one
	/// of a list of ten takes, but for the depth of the longer list.
	pub fn assert_costs_what_few_cost(&self, few: &Self, places: u32) {
		println!(
			"{} keys, {} nodes with {} bytes of many; {} nodes with {} of few",
			self.keys,
			self.nodes(),
			self.bytes(),
			few.nodes(),
			few.bytes()
		);
		// What the entries lead to lies in the same maps for both lists, as deep on the average; one
		// page's can be deeper by chance, so there is room for two levels more.
		let deeper = (places * (LEVELS + 2)) as usize;
		assert_eq!(self.keys, few.keys, "a page looks up more in a longer list");
		assert!(self.nodes() <= few.nodes() + deeper, "a page got dearer");
		assert!(self.bytes() <= few.bytes() + deeper * BRANCH, "a page got dearer");
	}
}
