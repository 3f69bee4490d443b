//! The tables in docs/ that follow from weights and limits: `cargo test -p tallystick-runtime docs` says what
//! they have to be.

use super::{
	weights::{receipt, signed},
	*,
};
use crate::weights;
use frame_support::{traits::Get, weights::Weight};
use std::{fs, path::Path};

/// Fails, with what is missing, unless all of this is in `docs/<page>`.
fn assert_in(page: &str, lines: &[String]) {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(page);
	let text = fs::read_to_string(path).unwrap();
	let missing: Vec<_> = lines.iter().filter(|line| !text.contains(line.as_str())).collect();
	assert!(missing.is_empty(), "docs/{page} should say: {missing:#?}");
}

/// With commas between the thousands.
fn grouped(number: u64) -> String {
	let digits = number.to_string();
	let groups: Vec<_> = digits.as_bytes().rchunks(3).rev().collect();
	groups.iter().map(|group| std::str::from_utf8(group).unwrap()).collect::<Vec<_>>().join(",")
}

/// In whole microseconds.
fn us(weight: Weight) -> String {
	grouped((weight.ref_time() + 500_000) / 1_000_000)
}

#[test]
fn performance_says_what_a_transaction_weighs() {
	use pallet_balances::WeightInfo as _;
	use pallet_credits::WeightInfo as _;
	use pallet_inference::WeightInfo as _;
	use pallet_provenance::WeightInfo as _;
	type Inference = <Runtime as pallet_inference::Config>::WeightInfo;
	let access = <Runtime as frame_system::Config>::DbWeight::get().reads_writes(1, 1);
	let transfer = weights::Balances::transfer_allow_death();
	let largest = pallet_inference::MAX_INLINE_REQUEST + pallet_inference::MAX_INLINE_PARAMETERS;
	assert_in(
		"performance.md",
		&[
			format!("| a transaction that does nothing | {} |", us(weights::overhead::TRANSACTION)),
			format!("| `CheckNonce`: a read and a write | {} |", us(access)),
			format!(
				"| `transfer_allow_death`, the dearest way through it | {} |",
				us(transfer - access)
			),
			format!("| a read and a write | {} |", us(access)),
			format!("| together | {} |", us(signed() + transfer)),
			format!("| `credits.buy` | {} |", us(weights::Credits::buy())),
			format!("| `inference.request` | {} |", us(Inference::request(largest))),
			format!("| `inference.submit_receipt` | {} |", us(Inference::submit_receipt())),
			format!("| its authorization | {} |", us(Inference::authorize_submit_receipt())),
			format!("| the end of a request that was answered | {} |", us(Inference::forget())),
			format!("| the maturing of its money | {} |", us(Inference::mature())),
			format!("| the lapse of a job | {} |", us(Inference::lapse())),
			format!(
				"| `provenance.bind_key`, Ed25519 | {} |",
				us(weights::Provenance::bind_key_ed25519())
			),
			format!(
				"| `provenance.bind_key`, P-256 | {} |",
				us(weights::Provenance::bind_key_p256())
			),
		],
	);
}

#[test]
fn royalties_says_what_distribution_weighs() {
	use pallet_inference::WeightInfo as _;
	use pallet_royalties::WeightInfo as _;
	let visit = weights::Royalties::visit;
	// A half of the slice is for visits, the other for payouts. There is another while the dearest fits.
	let half = <Runtime as pallet_royalties::Config>::SliceWeight::get().ref_time() / 2;
	let blocks = |work: Weight, dearest: Weight, count: u64| {
		let room = half - (weights::Royalties::look() + dearest).ref_time();
		count.div_ceil(room / work.ref_time() + 1)
	};
	let dearest = visit(<Runtime as pallet_royalties::Config>::MaxParts::get());
	let (payout, least) = (weights::Royalties::payout(), visit(1));
	assert_in(
		"royalties.md",
		&[
			format!("most of the maturing's {} µs |", us(weights::Inference::mature())),
			format!("| {} µs, and {} for each payee |", us(visit(0)), us(visit(1) - visit(0))),
			format!("| one for each account | {} µs |", us(payout)),
			format!(
				"| settle one use | {} receipts, {} µs each with the transaction |",
				grouped(normal_weight().ref_time() / receipt().ref_time()),
				us(receipt())
			),
			format!(
				"| pay 500 payees | payouts of {} µs, in the slices of {} blocks |",
				us(payout),
				blocks(payout, payout, 500)
			),
			format!(
				"| pay a lineage of 1,024 | visits of {} µs, one payee each, in the slices of {} blocks; nobody claims |",
				us(least),
				blocks(least, dearest, 1_024)
			),
		],
	);
}
