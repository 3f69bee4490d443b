//! The pallets' settings, one file per concern.

pub mod access;
pub mod consensus;
pub mod credits;
pub mod inference;
pub mod ledger;
pub mod money;
pub mod nfts;
pub mod provenance;
pub mod providers;
pub mod registry;
pub mod royalties;
pub mod system;
