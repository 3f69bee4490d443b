//! What the calls cost.

use frame_support::weights::Weight;
use tallystick_primitives::weights::estimate;

/// Weights of the calls. A runtime measures its own; `()` has estimates for tests.
///
/// Everything at its largest: strings and lists at their longest, parents and contributors as many as
/// there can be. What [`SettleRoyalties`](tallystick_primitives::SettleRoyalties) costs comes on top.
pub trait WeightInfo {
	/// With `p` parents, each of which was approved, and `c` contributors.
	fn register(p: u32, c: u32) -> Weight;
	/// [`publish`](crate::Pallet::publish).
	fn publish() -> Weight;
	/// [`confirm_parent`](crate::Pallet::confirm_parent).
	fn confirm_parent() -> Weight;
	/// [`update_metadata`](crate::Pallet::update_metadata).
	fn update_metadata() -> Weight;
	/// [`update_licence`](crate::Pallet::update_licence).
	fn update_licence() -> Weight;
	/// [`update_locators`](crate::Pallet::update_locators).
	fn update_locators() -> Weight;
	/// [`set_deprecated`](crate::Pallet::set_deprecated).
	fn set_deprecated() -> Weight;
	/// [`withdraw_version`](crate::Pallet::withdraw_version).
	fn withdraw_version() -> Weight;
	/// [`set_serving`](crate::Pallet::set_serving).
	fn set_serving() -> Weight;
	/// [`request_derivative`](crate::Pallet::request_derivative).
	fn request_derivative() -> Weight;
	/// [`approve_derivative`](crate::Pallet::approve_derivative).
	fn approve_derivative() -> Weight;
	/// [`close_derivative_request`](crate::Pallet::close_derivative_request).
	fn close_derivative_request() -> Weight;
	/// [`offer_gift`](crate::Pallet::offer_gift).
	fn offer_gift() -> Weight;
	/// [`cancel_gift`](crate::Pallet::cancel_gift).
	fn cancel_gift() -> Weight;
	/// [`accept_gift`](crate::Pallet::accept_gift).
	fn accept_gift() -> Weight;
	/// [`add_contributor`](crate::Pallet::add_contributor).
	fn add_contributor() -> Weight;
	/// [`renounce_share`](crate::Pallet::renounce_share).
	fn renounce_share() -> Weight;
	/// [`transfer_share`](crate::Pallet::transfer_share).
	fn transfer_share() -> Weight;
}

impl WeightInfo for () {
	// Reads and writes: the next id, the collection's id, artifact and deposit; of pallet-nfts the
	// item, its account entry, config, metadata and three attributes, the collection and its config;
	// of the caller the account and its holds. Per parent: the artifact, its NFT and catalogue, the
	// approval, and the place in the list of children.
	fn register(p: u32, c: u32) -> Weight {
		let (p, c) = (u64::from(p), u64::from(c));
		let micros = 150u64.saturating_add(p.saturating_mul(30)).saturating_add(c);
		estimate(
			micros,
			p.saturating_mul(4).saturating_add(13),
			p.saturating_mul(3).saturating_add(13),
		)
	}

	// Reads: the collection's id, the NFT, the version, catalogue, deposit, account and holds.
	fn publish() -> Weight {
		estimate(65, 8, 8)
	}

	fn confirm_parent() -> Weight {
		estimate(30, 3, 1)
	}

	// Reads: the collection's id, the NFT, artifact and deposit, account and holds; of pallet-nfts the
	// collection and its config, the item's config and metadata, two attributes.
	fn update_metadata() -> Weight {
		estimate(90, 12, 8)
	}

	fn update_licence() -> Weight {
		estimate(60, 6, 4)
	}

	fn update_locators() -> Weight {
		estimate(50, 6, 4)
	}

	fn set_deprecated() -> Weight {
		estimate(25, 3, 1)
	}

	fn withdraw_version() -> Weight {
		estimate(30, 5, 2)
	}

	fn set_serving() -> Weight {
		estimate(25, 4, 1)
	}

	fn request_derivative() -> Weight {
		estimate(50, 6, 3)
	}

	fn approve_derivative() -> Weight {
		estimate(25, 3, 1)
	}

	fn close_derivative_request() -> Weight {
		estimate(45, 5, 3)
	}

	fn offer_gift() -> Weight {
		estimate(20, 3, 1)
	}

	fn cancel_gift() -> Weight {
		estimate(20, 3, 1)
	}

	// Reads: the offer, the collection's id, the NFT, the deposit, the accounts and holds of both; of
	// pallet-nfts the collection, its config, the item's config and attributes.
	fn accept_gift() -> Weight {
		estimate(110, 13, 11)
	}

	// Reads: the collection's id, the NFT, the artifact, the dearest provider's share, the deposit,
	// account and holds of the owner.
	fn add_contributor() -> Weight {
		estimate(60, 7, 4)
	}

	fn renounce_share() -> Weight {
		estimate(40, 4, 1)
	}

	fn transfer_share() -> Weight {
		estimate(40, 4, 1)
	}
}
