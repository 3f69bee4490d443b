//! The shared vocabulary of Tallystick: ids, digests, receipts, money, and the narrow traits by
//! which the pallets talk. Nothing here holds state.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod commitment;
mod genesis;
pub mod job;
pub mod licence;
pub mod lineage;
pub mod money;
pub mod observation;
pub mod offchain;
pub mod outside_key;
pub mod provenance;
pub mod provider;
pub mod receipt;
pub mod runtime_api;
pub mod service_key;
pub mod tariff;
pub mod weights;

pub use genesis::genesis_hash;
pub use lineage::{
	ArtifactInspect, ArtifactKind, Relation, SettleRoyalties, Split, VersionInspect,
};
pub use money::{Books, Bucket, CurrencyId, ExitOutcome};
pub use provider::{ProviderInspect, ProviderShares, ProviderWork};
pub use receipt::{CountedBy, EndpointKind, FinishReason, Receipt, Tokens};
pub use tariff::Tariff;

use sp_core::H256;

/// An amount of money in the smallest unit of its currency (native token: 1 TLY = 10^12 plancks),
/// or a number of credit units.
pub type Balance = u128;
/// An artifact: the item id of its NFT in the registry's collection. Parents have smaller ids than
/// their children.
pub type ArtifactId = u32;
/// A class of pallet-assets.
pub type AssetId = u32;
/// A plan: the id of the asset class of its credits.
pub type PlanId = AssetId;
/// An inference asked for on chain.
pub type JobId = u64;
/// A record of provenance.
pub type AnchorId = u64;
/// A 32-byte digest. The algorithm stands beside it where more than one is possible.
pub type Digest = H256;
/// A part of a payment, in parts per billion.
pub type Share = sp_runtime::Perbill;
