//! The key with which a provider signs receipts and acknowledgements: sr25519, in the node's
//! keystore under its own key type, so that it can do nothing else.

use sp_core::crypto::KeyTypeId;

/// The key type of service keys: `tlys`.
pub const KEY_TYPE: KeyTypeId = KeyTypeId(*b"tlys");

mod app {
	use sp_application_crypto::{app_crypto, sr25519};
	app_crypto!(sr25519, super::KEY_TYPE);
}

/// A provider's service key.
pub type ServiceKey = app::Public;
/// A signature by a service key.
pub type ServiceSignature = app::Signature;
#[cfg(feature = "std")]
pub use app::Pair as ServicePair;
