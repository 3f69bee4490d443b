//! Anchors, reservations, outside keys.

use crate::{
	time::MINUTES, units::deposit, weights, Balance, Balances, BlockNumber, Ledger, Moment,
	Runtime, RuntimeHoldReason, Timestamp,
};
use frame_support::{parameter_types, traits::ConstU32};

parameter_types! {
	/// What an anchor costs, once: five times the deposit for what it takes of the state, because it
	/// never goes. Its record, its claim, and its places by digest and by issuer with their keys and
	/// counts have some 850 bytes.
	pub const AnchorBasePrice: Balance = 5 * deposit(1, 850);
	/// What a byte of its strings costs: five times the deposit for a byte.
	pub const AnchorBytePrice: Balance = 5 * deposit(0, 1);
	/// What another place in the index costs: with its key, its count and the key of that, some 200
	/// bytes.
	pub const AnchorEntryPrice: Balance = 5 * deposit(0, 200);
	/// What is held for a reservation: account and commitment with their hashes, block, deposit.
	pub const ReservationDeposit: Balance = deposit(1, 116);
	/// More than a claim with a good fee needs into a block, and less than people mind to wait.
	pub const ReservationAge: BlockNumber = MINUTES;
	/// What is held for an outside key: account and fingerprint with their hashes, the key, times,
	/// deposit.
	pub const KeyDeposit: Balance = deposit(1, 158);
	/// About as long as certificates are good for: a key that nobody renews stops to speak for the
	/// account by itself.
	pub const MaxKeyTerm: Moment = 400 * 24 * 60 * 60 * 1_000;
}

impl pallet_provenance::Config for Runtime {
	type BasePrice = AnchorBasePrice;
	type Books = Ledger;
	type BytePrice = AnchorBytePrice;
	type Currency = Balances;
	type EntryPrice = AnchorEntryPrice;
	type KeyDeposit = KeyDeposit;
	type MaxKeyTerm = MaxKeyTerm;
	type MaxReservations = ConstU32<256>;
	type ReservationAge = ReservationAge;
	type ReservationDeposit = ReservationDeposit;
	type RuntimeHoldReason = RuntimeHoldReason;
	type Time = Timestamp;
	type WeightInfo = weights::Provenance;
}
