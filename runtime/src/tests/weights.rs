//! Every call has a weight that was measured on this runtime.

use super::*;
use codec::{Decode, Input};
use frame_support::{
	dispatch::GetDispatchInfo,
	traits::{Get, GetCallMetadata, PalletsInfoAccess},
	weights::Weight,
};
use std::{collections::BTreeSet, fs, path::Path};

/// Calls that are weighed by the benchmark of another name: pallet, call, benchmarks.
const WEIGHED_BY: &[(&str, &str, &[&str])] = &[
	("System", "set_code_without_checks", &["set_code"]),
	("System", "authorize_upgrade_without_checks", &["authorize_upgrade"]),
	("Babe", "report_equivocation_unsigned", &["report_equivocation"]),
	("Balances", "force_set_balance", &["force_set_balance_creating", "force_set_balance_killing"]),
	("Balances", "burn", &["burn_allow_death", "burn_keep_alive"]),
	("Grandpa", "report_equivocation_unsigned", &["report_equivocation"]),
	("Multisig", "as_multi", &["as_multi_create", "as_multi_approve", "as_multi_complete"]),
	("Multisig", "approve_as_multi", &["approve_as_multi_create", "approve_as_multi_approve"]),
	("Provenance", "bind_key", &["bind_key_ed25519", "bind_key_p256"]),
	("Royalties", "distribute", &["look", "visit", "payout"]),
];

/// Calls for root alone, which says what they weigh.
const WEIGHED_BY_ROOT: &[(&str, &str)] =
	&[("Sudo", "sudo_unchecked_weight"), ("Utility", "with_weight")];

/// What `scripts/weights.sh` writes into the head of a file that it made.
const MEASURED: &str = "measured by `scripts/weights.sh`";

/// The file with the weights of `module`.
fn weights_of(module: &str) -> Option<String> {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/weights").join(module);
	fs::read_to_string(path.with_extension("rs")).ok()
}

#[test]
fn every_call_has_a_benchmark() {
	let mut missing = Vec::new();
	let mut named = BTreeSet::new();
	for pallet in AllPalletsWithSystem::infos() {
		let (name, module) = (pallet.name, pallet.module_name);
		if !RuntimeCall::get_module_names().contains(&name) {
			continue;
		}
		// By hand is not measured.
		let weights = weights_of(module).filter(|text| text.contains(MEASURED));
		for call in RuntimeCall::get_call_names(name) {
			if WEIGHED_BY_ROOT.contains(&(name, call)) {
				continue;
			}
			let other = WEIGHED_BY.iter().find(|(of, other, _)| *of == name && other == call);
			named.extend(other.map(|(of, call, _)| (*of, *call)));
			let benchmarks = other.map_or(std::slice::from_ref(call), |(_, _, other)| *other);
			let has = |benchmark: &&str| {
				weights.as_ref().is_some_and(|text| text.contains(&format!("\tfn {benchmark}(")))
			};
			if benchmarks.is_empty() || !benchmarks.iter().all(has) {
				missing.push(format!("{name}.{call}"));
			}
		}
	}
	assert!(missing.is_empty(), "without a benchmark: {missing:?}");
	assert_eq!(named.len(), WEIGHED_BY.len(), "a call in WEIGHED_BY is gone");
}

/// Zeros without end: most calls with nothing in them.
struct Zeros(Vec<u8>);

impl Input for Zeros {
	fn remaining_len(&mut self) -> Result<Option<usize>, codec::Error> {
		Ok(None)
	}

	fn read(&mut self, into: &mut [u8]) -> Result<(), codec::Error> {
		into.fill(0);
		let start = self.0.len().min(into.len());
		for (to, from) in into.iter_mut().zip(self.0.drain(..start)) {
			*to = from;
		}
		Ok(())
	}
}

#[test]
fn no_call_is_for_nothing() {
	let mut seen = 0;
	for pallet in AllPalletsWithSystem::infos() {
		let name = pallet.name;
		let calls = match RuntimeCall::get_module_names().contains(&name) {
			true => RuntimeCall::get_call_names(name).len(),
			false => 0,
		};
		let index = u8::try_from(pallet.index).unwrap();
		let decoded: Vec<RuntimeCall> = (0..=u8::MAX)
			.filter_map(|call| {
				// Some first arguments have no zeroth variant.
				RuntimeCall::decode(&mut Zeros(vec![index, call]))
					.or_else(|_| RuntimeCall::decode(&mut Zeros(vec![index, call, 1])))
					.ok()
			})
			.collect();
		assert_eq!(decoded.len(), calls, "{name}: each call is one of zeros");
		for call in decoded {
			let weight = call.get_dispatch_info().call_weight;
			let about = call.get_call_metadata();
			let by_root = WEIGHED_BY_ROOT.contains(&(about.pallet_name, about.function_name));
			assert!(by_root || weight.ref_time() > 0, "{call:?}");
			seen += 1;
		}
	}
	assert!(seen > 100, "{seen}");
}

/// A receipt, with all that its transaction counts.
pub fn receipt() -> Weight {
	use frame_system::ExtensionsWeightInfo as _;
	use pallet_inference::WeightInfo as _;
	use pallet_transaction_payment::WeightInfo as _;
	type Weights = <Runtime as pallet_inference::Config>::WeightInfo;
	// A receipt has neither nonce nor fee: what these two weigh is given back.
	let transaction = signed()
		- crate::weights::SystemExtensions::check_nonce()
		- crate::weights::TransactionPayment::charge_transaction_payment();
	Weights::submit_receipt() + Weights::authorize_submit_receipt() + transaction
}

/// A signed transaction, without its call.
pub fn signed() -> Weight {
	// With all its extensions; what these read and write is counted beside.
	crate::weights::overhead::TRANSACTION
		+ <Runtime as frame_system::Config>::DbWeight::get().reads_writes(1, 1)
}

#[test]
fn the_agenda_keeps_up_with_blocks_that_are_full_of_jobs() {
	use pallet_inference::{Config, WeightInfo};
	type Weights = <Runtime as Config>::WeightInfo;
	// Without an input on chain: the lightest, should its size ever count.
	let job = Weights::request(0) + signed() + receipt();
	let jobs = normal_weight().ref_time() / job.ref_time();
	let slice = <Runtime as Config>::SliceWeight::get();
	assert!(((Weights::mature() + Weights::forget()) * jobs).all_lte(slice), "{jobs} a block");
	let lapses: u32 = <Runtime as Config>::MaxJobsPerBlock::get();
	assert!((Weights::lapse() * u64::from(lapses)).all_lte(slice));
}

#[test]
fn nothing_in_the_runtime_has_weights_from_elsewhere() {
	let weights = weights_of("mod").unwrap();
	for line in weights.lines().filter(|line| line.starts_with("pub type")) {
		let (_, of) = line.split_once(" = ").unwrap();
		let is_own = of.ends_with("::WeightInfo<Runtime>;") && !of.starts_with("::");
		assert!(is_own, "{line}");
	}
	// The time of extensions is a part of the measured transaction, and not all of it.
	assert!(crate::weights::transaction_base().ref_time() > 10_000_000);
}
