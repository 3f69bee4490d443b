//! The chain's types, made from `metadata/tallystick.scale` at build time. `scripts/metadata.sh` writes
//! that file anew when the runtime has changed; a test says when it must.

use codec::Decode;

/// The metadata that this tally was built with.
pub const METADATA: &[u8] = include_bytes!("../metadata/tallystick.scale");

/// The name by which a runtime says that it is Tallystick.
pub const SPEC_NAME: &str = "tallystick";

/// The pallets that tally uses. Whether a chain of another spec version can be used is decided on
/// these alone.
pub const PALLETS: [&str; 13] = [
	"System",
	"Balances",
	"TransactionPayment",
	"Utility",
	"Assets",
	"Nfts",
	"Ledger",
	"Registry",
	"Provenance",
	"Credits",
	"Royalties",
	"Providers",
	"Inference",
];

/// Types of the runtime. Those that the project's own crates define are these crates' types, so
/// that commitments, charges and signatures are computed by the code that the chain runs.
#[subxt::subxt(
	runtime_metadata_path = "metadata/tallystick.scale",
	substitute_type(
		path = "tallystick_primitives::receipt::Receipt<A>",
		with = "::subxt::utils::Static<::tallystick_primitives::Receipt<A>>"
	),
	substitute_type(
		path = "tallystick_primitives::receipt::EndpointKind",
		with = "::subxt::utils::Static<::tallystick_primitives::EndpointKind>"
	),
	substitute_type(
		path = "tallystick_primitives::tariff::Tariff",
		with = "::subxt::utils::Static<::tallystick_primitives::Tariff>"
	),
	substitute_type(
		path = "tallystick_primitives::lineage::ArtifactKind",
		with = "::subxt::utils::Static<::tallystick_primitives::ArtifactKind>"
	),
	substitute_type(
		path = "tallystick_primitives::lineage::Relation",
		with = "::subxt::utils::Static<::tallystick_primitives::lineage::Relation>"
	),
	substitute_type(
		path = "tallystick_primitives::lineage::WithdrawalKind",
		with = "::subxt::utils::Static<::tallystick_primitives::lineage::WithdrawalKind>"
	),
	substitute_type(
		path = "tallystick_primitives::licence::Licence<B>",
		with = "::subxt::utils::Static<::tallystick_primitives::licence::Licence<u32>>"
	),
	substitute_type(
		path = "tallystick_primitives::money::Bucket<A>",
		with = "::subxt::utils::Static<::tallystick_primitives::Bucket<A>>"
	),
	substitute_type(
		path = "tallystick_primitives::provenance::AnchorInfo",
		with = "::subxt::utils::Static<::tallystick_primitives::provenance::AnchorInfo>"
	),
	substitute_type(
		path = "tallystick_primitives::provenance::AnchorKind",
		with = "::subxt::utils::Static<::tallystick_primitives::provenance::AnchorKind>"
	),
	substitute_type(
		path = "tallystick_primitives::outside_key::OutsideKey",
		with = "::subxt::utils::Static<::tallystick_primitives::outside_key::OutsideKey>"
	),
	substitute_type(
		path = "tallystick_primitives::service_key::app::Public",
		with = "::subxt::utils::Static<::tallystick_primitives::service_key::ServiceKey>"
	),
	substitute_type(
		path = "tallystick_primitives::service_key::app::Signature",
		with = "::subxt::utils::Static<::tallystick_primitives::service_key::ServiceSignature>"
	),
	substitute_type(
		path = "frame_support::traits::tokens::fungible::union_of::NativeOrWithId<A>",
		with = "::subxt::utils::Static<::tallystick_primitives::CurrencyId>"
	),
	substitute_type(
		path = "sp_arithmetic::per_things::Perbill",
		with = "::subxt::utils::Static<::tallystick_primitives::Share>"
	)
)]
mod codegen {}

pub use codegen::*;

/// What tells whether a chain's runtime is the one that this tally was built for.
pub struct BuiltFor {
	/// The runtime's spec version.
	pub spec_version: u32,
	/// See [`fingerprint`].
	pub fingerprint: [u8; 32],
}

/// A hash of all that tally uses of a runtime: calls, storage, events and errors of [`PALLETS`], and
/// how transactions are made. Words of documentation do not count.
pub fn fingerprint(metadata: &subxt::Metadata) -> [u8; 32] {
	metadata
		.hasher()
		.only_these_pallets(&PALLETS)
		.only_these_runtime_apis(&["TallystickApi"])
		.hash()
}

/// The runtime that this tally was built for.
pub fn built_for() -> BuiltFor {
	let metadata = subxt::Metadata::decode(&mut &METADATA[..]);
	let metadata = metadata.expect("the build has read the same bytes");
	BuiltFor { spec_version: spec_version(&metadata), fingerprint: fingerprint(&metadata) }
}

/// The spec version that a runtime's metadata states.
fn spec_version(metadata: &subxt::Metadata) -> u32 {
	/// The beginning of `sp_version::RuntimeVersion`.
	#[derive(Decode)]
	struct Beginning {
		_spec_name: String,
		_impl_name: String,
		_authoring_version: u32,
		spec_version: u32,
	}
	let system = metadata.pallet_by_name("System");
	let version = system.and_then(|system| system.constant_by_name("Version"));
	let beginning = version.and_then(|version| Beginning::decode(&mut version.value()).ok());
	beginning.map_or(0, |beginning| beginning.spec_version)
}
