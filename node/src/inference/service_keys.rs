//! The service keys, as the worker and the RPC see them: those of the keystore, nothing else of it,
//! and each derived once.
//!
//! The SDK's keystore holds secrets as text, and derives the key for every signature: of a mnemonic
//! phrase that is 2,048 rounds of PBKDF2, a millisecond for each receipt. Here a key is derived
//! when it signs first, and kept for as long as the keystore has it. A secret that is replaced by another
//! one under the same public key, which makes no sense, is seen after a restart.
//!
//! The worker is a part of the runtime, which the chain can replace: it is not handed what is not a
//! service key, above all what makes and finalizes blocks. That is no wall. `author_rotateKeys` runs the
//! same runtime with the whole keystore, and a worker that has HTTP can call it where the node's RPC takes
//! unsafe methods from its own machine, as it does by default (`--rpc-methods safe` refuses them).

use parking_lot::RwLock;
use sc_keystore::LocalKeystore;
use sp_core::{crypto::KeyTypeId, ecdsa, ed25519, sr25519, Pair};
use sp_keystore::{Error, Keystore};
use std::{collections::HashMap, sync::Arc};
use tallystick_primitives::service_key::{ServiceKey, ServicePair, KEY_TYPE};

/// The service keys of a keystore.
pub struct ServiceKeys {
	keystore: Arc<LocalKeystore>,
	pairs: RwLock<HashMap<sr25519::Public, ServicePair>>,
}

impl ServiceKeys {
	/// Those of `keystore`.
	pub fn new(keystore: Arc<LocalKeystore>) -> Self {
		Self { keystore, pairs: RwLock::default() }
	}

	/// The pair of `public`. `None` if the keystore does not have it (any more), or cannot read it.
	fn pair(&self, public: &sr25519::Public) -> Result<Option<ServicePair>, Error> {
		if !self.keystore.has_keys(&[(public.0.to_vec(), KEY_TYPE)]) {
			self.pairs.write().remove(public);
			return Ok(None);
		}
		if let Some(pair) = self.pairs.read().get(public) {
			return Ok(Some(pair.clone()));
		}
		let pair = self.keystore.key_pair::<ServicePair>(&ServiceKey::from(*public))?;
		if let Some(pair) = &pair {
			self.pairs.write().insert(*public, pair.clone());
		}
		Ok(pair)
	}
}

/// What is not about service keys, or would make one, is refused.
impl Keystore for ServiceKeys {
	fn sr25519_public_keys(&self, key_type: KeyTypeId) -> Vec<sr25519::Public> {
		match key_type {
			KEY_TYPE => {
				let keys = self.keystore.sr25519_public_keys(KEY_TYPE);
				// Who lists them does not sign with one that is gone, so nobody else would forget it.
				self.pairs.write().retain(|public, _| keys.contains(public));
				keys
			}
			_ => Vec::new(),
		}
	}

	fn sr25519_sign(
		&self,
		key_type: KeyTypeId,
		public: &sr25519::Public,
		message: &[u8],
	) -> Result<Option<sr25519::Signature>, Error> {
		match key_type {
			KEY_TYPE => Ok(self.pair(public)?.map(|pair| pair.sign(message).into())),
			_ => Err(Error::KeyNotSupported(key_type)),
		}
	}

	fn keys(&self, key_type: KeyTypeId) -> Result<Vec<Vec<u8>>, Error> {
		match key_type {
			KEY_TYPE => self.keystore.keys(KEY_TYPE),
			_ => Ok(Vec::new()),
		}
	}

	fn has_keys(&self, keys: &[(Vec<u8>, KeyTypeId)]) -> bool {
		keys.iter().all(|(_, key_type)| *key_type == KEY_TYPE) && self.keystore.has_keys(keys)
	}

	fn insert(&self, _: KeyTypeId, _: &str, _: &[u8]) -> Result<(), ()> {
		Err(())
	}

	fn sr25519_generate_new(
		&self,
		key_type: KeyTypeId,
		_: Option<&str>,
	) -> Result<sr25519::Public, Error> {
		Err(Error::KeyNotSupported(key_type))
	}

	fn sr25519_vrf_sign(
		&self,
		key_type: KeyTypeId,
		_: &sr25519::Public,
		_: &sr25519::vrf::VrfSignData,
	) -> Result<Option<sr25519::vrf::VrfSignature>, Error> {
		Err(Error::KeyNotSupported(key_type))
	}

	fn sr25519_vrf_pre_output(
		&self,
		key_type: KeyTypeId,
		_: &sr25519::Public,
		_: &sr25519::vrf::VrfInput,
	) -> Result<Option<sr25519::vrf::VrfPreOutput>, Error> {
		Err(Error::KeyNotSupported(key_type))
	}

	fn ed25519_public_keys(&self, _: KeyTypeId) -> Vec<ed25519::Public> {
		Vec::new()
	}

	fn ed25519_generate_new(
		&self,
		key_type: KeyTypeId,
		_: Option<&str>,
	) -> Result<ed25519::Public, Error> {
		Err(Error::KeyNotSupported(key_type))
	}

	fn ed25519_sign(
		&self,
		key_type: KeyTypeId,
		_: &ed25519::Public,
		_: &[u8],
	) -> Result<Option<ed25519::Signature>, Error> {
		Err(Error::KeyNotSupported(key_type))
	}

	fn ecdsa_public_keys(&self, _: KeyTypeId) -> Vec<ecdsa::Public> {
		Vec::new()
	}

	fn ecdsa_generate_new(
		&self,
		key_type: KeyTypeId,
		_: Option<&str>,
	) -> Result<ecdsa::Public, Error> {
		Err(Error::KeyNotSupported(key_type))
	}

	fn ecdsa_sign(
		&self,
		key_type: KeyTypeId,
		_: &ecdsa::Public,
		_: &[u8],
	) -> Result<Option<ecdsa::Signature>, Error> {
		Err(Error::KeyNotSupported(key_type))
	}

	fn ecdsa_sign_prehashed(
		&self,
		key_type: KeyTypeId,
		_: &ecdsa::Public,
		_: &[u8; 32],
	) -> Result<Option<ecdsa::Signature>, Error> {
		Err(Error::KeyNotSupported(key_type))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::crypto::key_types::{BABE, GRANDPA};
	use std::{fs, path::Path};

	/// From a phrase and a path, as `key insert --suri //Alice//service` leaves it.
	const SECRET: &str = "//Alice//service";

	fn with_key(folder: &Path, key_type: KeyTypeId) -> (ServiceKeys, sr25519::Public) {
		let keystore = LocalKeystore::open(folder, None).unwrap();
		let public = sr25519::Pair::from_string(SECRET, None).unwrap().public();
		keystore.insert(key_type, SECRET, &public.0).unwrap();
		(ServiceKeys::new(Arc::new(keystore)), public)
	}

	fn remove_keys(folder: &Path) {
		for file in fs::read_dir(folder).unwrap() {
			fs::remove_file(file.unwrap().path()).unwrap();
		}
	}

	#[test]
	fn a_key_is_derived_once() {
		let folder = tempfile::tempdir().unwrap();
		let (keys, public) = with_key(folder.path(), KEY_TYPE);
		assert_eq!(keys.sr25519_public_keys(KEY_TYPE), [public]);
		let sign = |message: &[u8]| keys.sr25519_sign(KEY_TYPE, &public, message).unwrap().unwrap();
		assert!(sr25519::Pair::verify(&sign(b"first"), b"first", &public));

		// From this the keystore could not derive it.
		keys.keystore.insert(KEY_TYPE, "//Bob", &public.0).unwrap();
		assert!(keys.keystore.sr25519_sign(KEY_TYPE, &public, b"second").is_err());
		assert!(sr25519::Pair::verify(&sign(b"second"), b"second", &public));
	}

	#[test]
	fn a_key_that_is_gone_does_not_sign() {
		let folder = tempfile::tempdir().unwrap();
		let (keys, public) = with_key(folder.path(), KEY_TYPE);
		assert!(keys.sr25519_sign(KEY_TYPE, &public, b"first").unwrap().is_some());
		assert_eq!(keys.pairs.read().len(), 1);
		remove_keys(folder.path());
		assert!(keys.sr25519_sign(KEY_TYPE, &public, b"second").unwrap().is_none());
		assert!(keys.pairs.read().is_empty());
	}

	#[test]
	fn a_key_that_is_gone_is_forgotten_when_keys_are_listed() {
		let folder = tempfile::tempdir().unwrap();
		let (keys, public) = with_key(folder.path(), KEY_TYPE);
		assert!(keys.sr25519_sign(KEY_TYPE, &public, b"first").unwrap().is_some());
		assert_eq!(keys.sr25519_public_keys(KEY_TYPE), [public]);
		assert_eq!(keys.pairs.read().len(), 1);
		remove_keys(folder.path());
		assert!(keys.sr25519_public_keys(KEY_TYPE).is_empty());
		assert!(keys.pairs.read().is_empty());
	}

	#[test]
	fn other_keys_are_out_of_reach() {
		let folder = tempfile::tempdir().unwrap();
		let (keys, author) = with_key(folder.path(), BABE);
		let voter = keys.keystore.ed25519_generate_new(GRANDPA, None).unwrap();
		let other = keys.keystore.ecdsa_generate_new(KEY_TYPE, None).unwrap();
		assert!(keys.keystore.has_keys(&[(author.0.to_vec(), BABE), (voter.0.to_vec(), GRANDPA)]));

		assert!(keys.sr25519_public_keys(BABE).is_empty());
		assert!(keys.ed25519_public_keys(GRANDPA).is_empty());
		assert!(keys.ecdsa_public_keys(KEY_TYPE).is_empty());
		assert!(keys.keys(BABE).unwrap().is_empty());
		assert!(!keys.has_keys(&[(author.0.to_vec(), BABE)]));

		assert!(keys.sr25519_sign(BABE, &author, b"a block").is_err());
		// Nor as if it were a service key.
		assert!(keys.sr25519_sign(KEY_TYPE, &author, b"a block").unwrap().is_none());
		assert!(keys.ed25519_sign(GRANDPA, &voter, b"a vote").is_err());
		assert!(keys.ecdsa_sign(KEY_TYPE, &other, b"a message").is_err());
		assert!(keys.ecdsa_sign_prehashed(KEY_TYPE, &other, &[0; 32]).is_err());
		let slot = sr25519::vrf::VrfInput::new(b"slot", &[]);
		assert!(keys.sr25519_vrf_pre_output(BABE, &author, &slot).is_err());
		assert!(keys.sr25519_vrf_sign(BABE, &author, &slot.into()).is_err());
	}

	#[test]
	fn it_makes_no_keys() {
		let folder = tempfile::tempdir().unwrap();
		let (keys, public) = with_key(folder.path(), KEY_TYPE);
		assert!(keys.insert(KEY_TYPE, SECRET, &public.0).is_err());
		assert!(keys.sr25519_generate_new(KEY_TYPE, None).is_err());
		assert!(keys.ed25519_generate_new(KEY_TYPE, None).is_err());
		assert!(keys.ecdsa_generate_new(KEY_TYPE, None).is_err());
		assert_eq!(keys.keys(KEY_TYPE).unwrap(), [public.0.to_vec()]);
	}
}
