//! The calls that nobody may make directly, in a batch, or through a proxy or multisig. Root is not
//! filtered.

use crate::{configs::ledger::is_credit, Runtime, RuntimeCall};
use frame_support::traits::Contains;
use tallystick_primitives::AssetId;

/// Refuses:
///
/// - every call of pallet-nfts: artifacts are made and moved by our own calls, which know their licence
///   and split;
/// - `session.purge_keys`: a validator without keys drops out of the set, whatever its floor says. The
///   validator set purges the keys of those who leave it;
/// - what changes how many credits there are, or who may have them, otherwise than by our own calls: a
///   credit is a claim on escrow.
pub struct CallFilter;

impl Contains<RuntimeCall> for CallFilter {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Nfts(_) => false,
			RuntimeCall::Session(pallet_session::Call::purge_keys { .. }) => false,
			RuntimeCall::Assets(call) => assets_call_is_allowed(call, is_credit),
			_ => true,
		}
	}
}

/// Whether a call of pallet-assets may be made, where `is_credit` tells credit classes from others.
fn assets_call_is_allowed(
	call: &pallet_assets::Call<Runtime>,
	is_credit: impl Fn(AssetId) -> bool,
) -> bool {
	use pallet_assets::Call;
	match call {
		// Moving what one has, and making room for it.
		Call::transfer { .. }
		| Call::transfer_keep_alive { .. }
		| Call::transfer_all { .. }
		| Call::transfer_approved { .. }
		| Call::approve_transfer { .. }
		| Call::cancel_approval { .. }
		| Call::touch { .. } => true,
		// Gives back the deposit of an empty account, and burns nothing.
		Call::refund { allow_burn: false, .. } | Call::refund_other { .. } => true,
		// The next free id: no credit class has it.
		Call::create { .. } => true,
		Call::refund { id, .. }
		| Call::force_create { id, .. }
		| Call::start_destroy { id }
		| Call::destroy_accounts { id }
		| Call::destroy_approvals { id }
		| Call::finish_destroy { id }
		| Call::mint { id, .. }
		| Call::burn { id, .. }
		| Call::force_transfer { id, .. }
		| Call::freeze { id, .. }
		| Call::thaw { id, .. }
		| Call::freeze_asset { id }
		| Call::thaw_asset { id }
		| Call::transfer_ownership { id, .. }
		| Call::set_team { id, .. }
		| Call::set_metadata { id, .. }
		| Call::clear_metadata { id }
		| Call::force_set_metadata { id, .. }
		| Call::force_clear_metadata { id }
		| Call::force_asset_status { id, .. }
		| Call::force_cancel_approval { id, .. }
		| Call::set_min_balance { id, .. }
		| Call::touch_other { id, .. }
		| Call::block { id, .. } => !is_credit(id.0),
		// Reserves on other chains, and whatever a later SDK adds, until somebody has looked at it.
		_ => false,
	}
}
