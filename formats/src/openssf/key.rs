//! Public keys on the curves P-256 and P-384.

use super::Error;
use crate::{digest::sha256, Digest};
use p256::pkcs8::{
	der::pem::PemLabel, spki::SubjectPublicKeyInfoRef, DecodePublicKey, EncodePublicKey, LineEnding,
};
use p384::ecdsa::signature::hazmat::PrehashVerifier;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// How a message is hashed before it is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
	Sha256,
	Sha384,
	Sha512,
}

/// A public key for ECDSA.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
	/// On NIST P-256; signs with SHA-256.
	P256(p256::ecdsa::VerifyingKey),
	/// On NIST P-384; signs with SHA-384.
	P384(p384::ecdsa::VerifyingKey),
}

impl PublicKey {
	/// Reads a PEM file of the kind `PUBLIC KEY`, such as `openssl ec -pubout` writes.
	pub fn from_pem(pem: &[u8]) -> Result<Self, Error> {
		let malformed = |why: &dyn ToString| Error::malformed("public key in PEM", why.to_string());
		let text = std::str::from_utf8(pem).map_err(|error| malformed(&error))?;
		let (label, der) =
			p256::pkcs8::Document::from_pem(text).map_err(|error| malformed(&error))?;
		if label != SubjectPublicKeyInfoRef::PEM_LABEL {
			return Err(malformed(&format!("it holds a {}", crate::text::shown(label))));
		}
		Self::from_der(der.as_bytes())
	}

	/// Reads a `SubjectPublicKeyInfo` (RFC 5280).
	pub fn from_der(der: &[u8]) -> Result<Self, Error> {
		let info = SubjectPublicKeyInfoRef::try_from(der)
			.map_err(|error| Error::malformed("public key", error))?;
		if let Ok(key) = p256::ecdsa::VerifyingKey::from_public_key_der(der) {
			return Ok(Self::P256(key));
		}
		if let Ok(key) = p384::ecdsa::VerifyingKey::from_public_key_der(der) {
			return Ok(Self::P384(key));
		}
		let parameters = info.algorithm.parameters_oid().map(|oid| format!(", {oid}"));
		Err(Error::Unsupported(format!(
			"keys on P-256 and P-384 are known, and this one is of the kind {}{}",
			info.algorithm.oid,
			parameters.unwrap_or_default()
		)))
	}

	/// The curve's name.
	pub fn curve(&self) -> &'static str {
		match self {
			Self::P256(_) => "P-256",
			Self::P384(_) => "P-384",
		}
	}

	/// The key's `SubjectPublicKeyInfo` in DER.
	pub fn to_der(&self) -> Vec<u8> {
		let der = match self {
			Self::P256(key) => key.to_public_key_der(),
			Self::P384(key) => key.to_public_key_der(),
		};
		der.expect("a point of the curve has an encoding").into_vec()
	}

	/// The key's PEM file, as OpenSSL writes it.
	pub fn to_pem(&self) -> String {
		let pem = match self {
			Self::P256(key) => key.to_public_key_pem(LineEnding::LF),
			Self::P384(key) => key.to_public_key_pem(LineEnding::LF),
		};
		pem.expect("a point of the curve has an encoding")
	}

	/// SHA-256 of the PEM file: `publicKey.hint` in a bundle, what `sha256sum key.pub` prints, and the
	/// name by which the chain knows a key on P-256 that was bound to an account.
	pub fn fingerprint(&self) -> Digest {
		sha256(self.to_pem().as_bytes())
	}

	/// The hash that goes with the curve.
	pub(super) fn hash(&self) -> Hash {
		match self {
			Self::P256(_) => Hash::Sha256,
			Self::P384(_) => Hash::Sha384,
		}
	}

	/// Whether `signature`, in DER, is the key's, of `message`.
	pub(super) fn has_signed(&self, hash: Hash, message: &[u8], signature: &[u8]) -> bool {
		let hashed = match hash {
			Hash::Sha256 => Sha256::digest(message).to_vec(),
			Hash::Sha384 => Sha384::digest(message).to_vec(),
			Hash::Sha512 => Sha512::digest(message).to_vec(),
		};
		match self {
			Self::P256(key) => p256::ecdsa::Signature::from_der(signature)
				.is_ok_and(|signature| key.verify_prehash(&hashed, &signature).is_ok()),
			Self::P384(key) => p384::ecdsa::Signature::from_der(signature)
				.is_ok_and(|signature| key.verify_prehash(&hashed, &signature).is_ok()),
		}
	}
}
