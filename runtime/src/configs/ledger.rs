//! The vault and its books.

use crate::{configs::money::Tokens, weights, AccountId, CurrencyId, Runtime};
use frame_support::{
	parameter_types,
	traits::{ConstU32, Contains},
	PalletId,
};
use frame_system::EnsureRoot;

parameter_types! {
	/// The vault: all money on its way.
	pub const VaultId: PalletId = PalletId(*b"tly/vlt0");
}

/// What prices may ever be in: anything but credits, which are claims themselves.
pub struct NoCredits;

impl Contains<CurrencyId> for NoCredits {
	fn contains(currency: &CurrencyId) -> bool {
		match currency {
			CurrencyId::Native => true,
			CurrencyId::WithId(class) => !is_credit(*class),
		}
	}
}

/// Whether an asset class is one of credits.
pub fn is_credit(class: tallystick_primitives::AssetId) -> bool {
	pallet_credits::Plans::<Runtime>::contains_key(class)
}

/// The most currencies. What an artifact has earned in all of them is split in one transaction, before
/// the artifact changes hands.
pub type MaxCurrencies = ConstU32<16>;

impl pallet_ledger::Config for Runtime {
	type AdmitOrigin = EnsureRoot<AccountId>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Lineage;
	type MaxCurrencies = MaxCurrencies;
	type MayBeCurrency = NoCredits;
	type SpendOrigin = EnsureRoot<AccountId>;
	type Tokens = Tokens;
	type VaultId = VaultId;
	type WeightInfo = weights::Ledger;
}
