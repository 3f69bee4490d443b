//! What the calls cost.

use crate::Batch;
use frame_support::weights::Weight;
use tallystick_primitives::{provenance::AnchorInfo, weights::estimate};

/// Weights of the calls. A runtime measures its own; `()` has estimates for tests.
pub trait WeightInfo {
	/// An anchor with `r` relations and `s` soft bindings, with a document, under a key, with a
	/// reservation, and all strings at their longest.
	fn anchor(r: u32, s: u32) -> Weight;
	/// `n` such anchors in a batch, without relations, soft bindings and reservations.
	fn anchor_batch(n: u32) -> Weight;
	/// An anchor as large as can be.
	fn revoke() -> Weight;
	/// Two anchors as large as can be.
	fn supersede() -> Weight;
	/// A reservation.
	fn reserve() -> Weight;
	/// A reservation.
	fn release_reservation() -> Weight;
	/// An Ed25519 key.
	fn bind_key_ed25519() -> Weight;
	/// A P-256 key.
	fn bind_key_p256() -> Weight;
	/// A key.
	fn unbind_key() -> Weight;
	/// An anchor as large as can be.
	fn confirm() -> Weight;
}

/// The weight of anchoring what `info` says.
pub(crate) fn anchor<W: WeightInfo>(info: &AnchorInfo) -> Weight {
	let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
	W::anchor(length(info.relations.len()), length(info.soft.len()))
}

/// The weight of anchoring a batch: of its anchors, and for each of its relations and soft bindings
/// what one adds to an anchor.
pub(crate) fn anchor_batch<W: WeightInfo>(batch: &Batch) -> Weight {
	let plain = W::anchor(0, 0);
	let number = u32::try_from(batch.len()).unwrap_or(u32::MAX);
	batch.iter().fold(W::anchor_batch(number), |sum, (_, info)| {
		sum.saturating_add(anchor::<W>(info).saturating_sub(plain))
	})
}

impl WeightInfo for () {
	// Reads and writes: the claim, the next id; the reservation, the number of them, the account and
	// its holds; of the ledger the bucket, the sum of the books and the vault; seven counts of lists.
	// Read only: the time, the key, currency info. Written only: the anchor and seven places in lists.
	fn anchor(r: u32, s: u32) -> Weight {
		let entries = u64::from(r).saturating_add(s.into());
		estimate(160, 19, 24).saturating_add(estimate(10, 1, 2).saturating_mul(entries))
	}

	fn anchor_batch(n: u32) -> Weight {
		estimate(60, 10, 8).saturating_add(estimate(90, 6, 12).saturating_mul(n.into()))
	}

	fn revoke() -> Weight {
		estimate(15, 1, 1)
	}

	fn supersede() -> Weight {
		estimate(20, 2, 1)
	}

	fn reserve() -> Weight {
		estimate(40, 4, 4)
	}

	fn release_reservation() -> Weight {
		estimate(40, 4, 4)
	}

	fn bind_key_ed25519() -> Weight {
		estimate(120, 5, 3)
	}

	fn bind_key_p256() -> Weight {
		estimate(2_000, 5, 3)
	}

	fn unbind_key() -> Weight {
		estimate(40, 3, 3)
	}

	fn confirm() -> Weight {
		estimate(90, 10, 11)
	}
}
