//! Acting for others, together, and as root.

use crate::{
	units::deposit, weights, Balance, Balances, OriginCaller, Runtime, RuntimeCall, RuntimeEvent,
	System,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

parameter_types! {
	/// One item with the delegate's 32 bytes.
	pub const ProxyDepositBase: Balance = deposit(1, 8);
	/// 32 bytes of account, one of type, four of delay.
	pub const ProxyDepositFactor: Balance = deposit(0, 37);
	/// One item with a balance.
	pub const AnnouncementDepositBase: Balance = deposit(1, 16);
	/// Two accounts' hashes and a block.
	pub const AnnouncementDepositFactor: Balance = deposit(0, 68);
	/// One item with 88 bytes.
	pub const MultisigDepositBase: Balance = deposit(1, 88);
	/// An account.
	pub const MultisigDepositFactor: Balance = deposit(0, 32);
}

/// What a proxy may do for its principal. Nested calls are judged one by one; what acts as yet another
/// account, such as a multisig or a further proxy, is for [`ProxyType::Any`] alone.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	Any,
	/// What neither moves money or property nor decides who gets it: no registrations, versions, plans,
	/// offerings, licences, gifts, shares, keys or bonds; and nothing that takes back for ever what the
	/// principal said or sells. Deposits for longer descriptions, and for asking for leave to derive,
	/// are held from the principal.
	NonTransfer,
	/// An artifact owner's daily work: registering, publishing, licences, plans, offerings. Gifts and
	/// shares are no daily work.
	Owner,
	/// A provider's work: its bond, its service key, its endpoints, its offerings.
	Provider,
}

/// Calls of the same principal: each is judged by itself when it is made.
fn is_batch(call: &RuntimeCall) -> bool {
	use pallet_utility::Call;
	matches!(
		call,
		RuntimeCall::Utility(
			Call::batch { .. }
				| Call::batch_all { .. }
				| Call::force_batch { .. }
				| Call::if_else { .. }
		)
	)
}

/// The care of what is registered. By name, so that a call that comes later is let in on purpose.
fn is_care(call: &RuntimeCall) -> bool {
	use pallet_registry::Call;
	matches!(
		call,
		RuntimeCall::Registry(
			Call::confirm_parent { .. }
				| Call::update_metadata { .. }
				| Call::update_locators { .. }
				| Call::set_deprecated { .. }
				| Call::request_derivative { .. }
				| Call::close_derivative_request { .. }
				| Call::cancel_gift { .. }
		)
	)
}

fn is_for_owners(call: &RuntimeCall) -> bool {
	use pallet_credits::Call as Credits;
	use pallet_providers::Call as Providers;
	use pallet_registry::Call as Registry;
	matches!(
		call,
		RuntimeCall::Credits(Credits::create_plan { .. } | Credits::retire_plan { .. })
			| RuntimeCall::Providers(
				Providers::accept_offering { .. } | Providers::withdraw_offering { .. }
			) | RuntimeCall::Registry(
			Registry::register { .. }
				| Registry::publish { .. }
				| Registry::withdraw_version { .. }
				| Registry::set_serving { .. }
				| Registry::update_licence { .. }
				| Registry::approve_derivative { .. }
		)
	) || is_care(call)
}

fn is_for_providers(call: &RuntimeCall) -> bool {
	use pallet_inference::Call as Inference;
	use pallet_providers::Call as Providers;
	matches!(
		call,
		RuntimeCall::Inference(Inference::decline { .. })
			| RuntimeCall::Providers(
				Providers::register { .. }
					| Providers::update { .. }
					| Providers::leave { .. }
					| Providers::offer { .. }
					| Providers::withdraw_offering { .. }
			)
	)
}

/// What ends something, and gives nothing to anybody: jobs that are declined give their units back.
fn is_harmless(call: &RuntimeCall) -> bool {
	use pallet_inference::Call as Inference;
	use pallet_provenance::Call as Provenance;
	use pallet_providers::Call as Providers;
	use pallet_proxy::Call as Proxy;
	matches!(
		call,
		RuntimeCall::System(
			frame_system::Call::remark { .. } | frame_system::Call::remark_with_event { .. }
		) | RuntimeCall::Provenance(
			Provenance::release_reservation { .. } | Provenance::unbind_key { .. }
		) | RuntimeCall::Credits(pallet_credits::Call::retire_plan { .. })
			| RuntimeCall::Inference(Inference::decline { .. })
			| RuntimeCall::Providers(Providers::withdraw_offering { .. })
			| RuntimeCall::Proxy(
				Proxy::remove_proxy { .. }
					| Proxy::remove_proxies { .. }
					| Proxy::reject_announcement { .. }
			)
	)
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		match self {
			Self::Any => true,
			Self::NonTransfer => is_batch(call) || is_harmless(call) || is_care(call),
			Self::Owner => is_batch(call) || is_for_owners(call),
			Self::Provider => is_batch(call) || is_for_providers(call),
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		matches!(self, Self::Any) || self == other
	}
}

impl pallet_utility::Config for Runtime {
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::Utility;
}

impl pallet_proxy::Config for Runtime {
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
	type CallHasher = BlakeTwo256;
	type Currency = Balances;
	type MaxPending = ConstU32<32>;
	type MaxProxies = ConstU32<32>;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type ProxyType = ProxyType;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::Proxy;
}

impl pallet_multisig::Config for Runtime {
	type BlockNumberProvider = System;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<100>;
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::Multisig;
}

impl pallet_sudo::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::Sudo;
}

impl pallet_skip_feeless_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
}
