//! Anchors and outside keys to test and to measure with.

use crate::*;
use alloc::vec;
use p256::ecdsa::{signature::Signer as _, Signature, SigningKey};
use sp_core::{crypto::KeyTypeId, ed25519};
use sp_io::crypto::{ed25519_generate, ed25519_sign};
use tallystick_primitives::{
	genesis_hash,
	outside_key::{binding_message, Fingerprint, OutsideKey, OutsideSignature},
	provenance::{
		AnchorInfo, AnchorKind, DigestAlgorithm, Document, DocumentKind, Locator, SoftBinding,
		MAX_LOCATORS,
	},
	Digest,
};

/// Where the keystore keeps Ed25519 keys.
const KEY_TYPE: KeyTypeId = KeyTypeId(*b"outs");

/// A model version with a document, and the longest strings that an anchor can have, without
/// relations and soft bindings.
pub(crate) fn longest_info() -> AnchorInfo {
	let locator = Locator::truncate_from(vec![b'u'; 256]);
	let locators = vec![locator; usize::try_from(MAX_LOCATORS).unwrap_or_default()];
	AnchorInfo {
		algorithm: DigestAlgorithm::Sha256,
		kind: AnchorKind::ModelVersion,
		document: Some(Document {
			kind: DocumentKind::ModelSigning,
			digest: Digest::repeat_byte(2),
		}),
		bytes: 1_000,
		media_type: vec![b'm'; 64].try_into().unwrap_or_default(),
		locators: locators.try_into().unwrap_or_default(),
		relations: Default::default(),
		soft: Default::default(),
	}
}

/// A soft binding of the largest size.
pub(crate) fn soft_binding(algorithm: u16) -> SoftBinding {
	SoftBinding { algorithm, value: vec![b's'; 64].try_into().unwrap_or_default() }
}

/// The secret half of an outside key.
pub(crate) enum Signer {
	Ed25519(ed25519::Public),
	P256(SigningKey),
}

impl Signer {
	/// A new Ed25519 key.
	pub(crate) fn ed25519() -> Self {
		Self::Ed25519(ed25519_generate(KEY_TYPE, None))
	}

	/// The P-256 key with this number. `None` for zero, which is none.
	pub(crate) fn p256(number: u8) -> Option<Self> {
		SigningKey::from_slice(&[number; 32]).ok().map(Self::P256)
	}

	/// The public key.
	pub(crate) fn key(&self) -> OutsideKey {
		match self {
			Self::Ed25519(key) => OutsideKey::Ed25519(key.0),
			Self::P256(key) => {
				let point = key.verifying_key().to_encoded_point(true);
				OutsideKey::P256(point.as_bytes().try_into().unwrap_or([0; 33]))
			}
		}
	}

	/// What the key is known by.
	pub(crate) fn fingerprint(&self) -> Fingerprint {
		self.key().fingerprint().unwrap_or_default()
	}

	/// Signs anything.
	pub(crate) fn sign(&self, message: &[u8]) -> OutsideSignature {
		match self {
			Self::Ed25519(key) => {
				ed25519_sign(KEY_TYPE, key, message).map_or([0; 64], |signature| signature.0)
			}
			Self::P256(key) => {
				let signature: Signature = key.sign(message);
				signature.to_bytes().into()
			}
		}
	}

	/// Says that `account` speaks for the key until `expires_at`, on this chain.
	pub(crate) fn vouch<T: Config>(
		&self,
		account: &T::AccountId,
		expires_at: u64,
	) -> OutsideSignature {
		self.sign(&binding_message(&genesis_hash::<T>(), account, expires_at))
	}
}
