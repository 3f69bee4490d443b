//! The key with which a provider signs receipts and acknowledgements: sr25519, in the node's
//! keystore under its own key type, so that it can do nothing else.

use codec::Encode;
use sp_core::{crypto::KeyTypeId, H256};
use sp_io::hashing::blake2_256;

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

/// The tag of proofs of ownership.
const OWNERSHIP_TAG: &[u8] = b"tallystick/service-key";

/// The 32 bytes that a service key signs to show that `account` holds it: what keeps an account
/// from registering somebody else's key.
pub fn ownership_hash<AccountId: Encode>(genesis: &H256, account: &AccountId) -> [u8; 32] {
	(OWNERSHIP_TAG, genesis, account).using_encoded(blake2_256)
}
