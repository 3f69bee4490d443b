//! Keys from outside the chain, in the files that stock tools write: PEM public and private keys, and
//! signatures, raw or in DER.

use crate::output::Failure;
use base64::{engine::general_purpose::STANDARD, Engine};
use p256::{
	ecdsa::{signature::Signer, Signature, SigningKey},
	SecretKey,
};
use sp_core::{ed25519, Pair};
use std::path::Path;
use tallystick_primitives::outside_key::{OutsideKey, OutsideSignature};

/// What comes before the 32 bytes of an Ed25519 seed in its `PrivateKeyInfo` (RFC 8410).
const ED25519_PKCS8: &[u8] = &[
	0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// A private key that can sign for its public one.
pub enum PrivateKey {
	Ed25519(Box<ed25519::Pair>),
	P256(SigningKey),
}

impl PrivateKey {
	/// Reads an unencrypted PEM file: PKCS #8, or SEC 1 as `openssl ecparam -genkey` writes it.
	pub fn read(path: &Path) -> Result<Self, Failure> {
		let pem = read_text(path)?;
		// The key itself stays out of messages: they end up in logs.
		Self::from_pem(&pem).ok_or_else(|| {
			Failure::new(format!("{} has no private key that can be used", path.display()))
				.code("BadKey")
				.hint(
					"an unencrypted PEM file with an Ed25519 or P-256 key can; a key that is kept elsewhere \
					 signs by itself: see --message in `tally key bind --help`",
				)
		})
	}

	fn from_pem(pem: &str) -> Option<Self> {
		if let Some(der) = body(pem, "EC PRIVATE KEY") {
			return Some(Self::P256(SecretKey::from_sec1_der(&der).ok()?.into()));
		}
		let der = body(pem, "PRIVATE KEY")?;
		if let Some(seed) = der.strip_prefix(ED25519_PKCS8) {
			return Some(Self::Ed25519(ed25519::Pair::from_seed_slice(seed).ok()?.into()));
		}
		use p256::pkcs8::DecodePrivateKey;
		Some(Self::P256(SecretKey::from_pkcs8_der(&der).ok()?.into()))
	}

	/// The public key.
	pub fn public(&self) -> OutsideKey {
		match self {
			Self::Ed25519(pair) => OutsideKey::Ed25519(pair.public().0),
			Self::P256(key) => {
				let point = key.verifying_key().to_encoded_point(true);
				OutsideKey::P256(
					point.as_bytes().try_into().expect("a compressed point has 33 bytes"),
				)
			}
		}
	}

	/// Signs `message`.
	pub fn sign(&self, message: &[u8]) -> OutsideSignature {
		match self {
			Self::Ed25519(pair) => pair.sign(message).0,
			Self::P256(key) => {
				let signature: Signature = key.sign(message);
				signature.to_bytes().into()
			}
		}
	}
}

/// Reads a public key's PEM file.
pub fn read_public(path: &Path) -> Result<OutsideKey, Failure> {
	let der = body(&read_text(path)?, "PUBLIC KEY");
	der.and_then(|der| OutsideKey::from_der(&der)).ok_or_else(|| {
		Failure::new(format!("{} has no public key that can be bound", path.display()))
			.code("BadKey")
			.hint(
				"a PEM file with an Ed25519 or P-256 key can: `openssl pkey -in key.pem -pubout` writes it",
			)
	})
}

/// Reads a signature's file: 64 bytes, or for P-256 the DER that OpenSSL writes.
pub fn read_signature(path: &Path, key: &OutsideKey) -> Result<OutsideSignature, Failure> {
	let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
	let der = match key {
		OutsideKey::Ed25519(_) => None,
		OutsideKey::P256(_) => Signature::from_der(&bytes).ok(),
	};
	let raw = || bytes.as_slice().try_into().ok();
	der.map(|signature| signature.to_bytes().into()).or_else(raw).ok_or_else(|| {
		let length = bytes.len();
		Failure::new(format!("{} is no signature: it has {length} bytes", path.display()))
			.code("BadSignature")
			.hint("64 bytes are one, and for P-256 what `openssl dgst -sha256 -sign` writes")
	})
}

/// What stands between the lines of a PEM file that have this label.
fn body(pem: &str, label: &str) -> Option<Vec<u8>> {
	let (_, rest) = pem.split_once(&format!("-----BEGIN {label}-----"))?;
	let (encoded, _) = rest.split_once(&format!("-----END {label}-----"))?;
	let encoded: String = encoded.split_whitespace().collect();
	STANDARD.decode(encoded).ok()
}

fn read_text(path: &Path) -> Result<String, Failure> {
	std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
	Failure::new(format!("cannot read {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
	use super::*;
	use p256::pkcs8::EncodePrivateKey;

	/// A file of a private key, in the three forms that OpenSSL writes.
	fn pem(label: &str, der: &[u8]) -> String {
		let encoded = STANDARD.encode(der);
		format!("-----BEGIN {label}-----\n{encoded}\n-----END {label}-----\n")
	}

	fn ed25519() -> String {
		pem("PRIVATE KEY", &[ED25519_PKCS8, &[7; 32]].concat())
	}

	fn sec1() -> String {
		let key = SecretKey::from_slice(&[7; 32]).unwrap();
		pem("EC PRIVATE KEY", &key.to_sec1_der().unwrap())
	}

	fn pkcs8() -> String {
		let key = SecretKey::from_slice(&[7; 32]).unwrap();
		pem("PRIVATE KEY", key.to_pkcs8_der().unwrap().as_bytes())
	}

	#[test]
	fn private_keys_are_read_and_sign() {
		for pem in [ed25519(), sec1(), pkcs8()] {
			let key = PrivateKey::from_pem(&pem).unwrap();
			assert!(key.public().has_signed(b"x", &key.sign(b"x")));
		}
		let public = |pem: String| PrivateKey::from_pem(&pem).unwrap().public();
		assert_eq!(public(sec1()), public(pkcs8()));
		assert_ne!(public(sec1()), public(ed25519()));
		for pem in [pem("PRIVATE KEY", &[0; 3]), pem("EC PRIVATE KEY", &[0; 3]), String::new()] {
			assert!(PrivateKey::from_pem(&pem).is_none());
		}
	}

	#[test]
	fn public_keys_and_signatures_are_read_from_files() {
		let dir = tempfile::tempdir().unwrap();
		let file = |name: &str, bytes: &[u8]| {
			let path = dir.path().join(name);
			std::fs::write(&path, bytes).unwrap();
			path
		};
		for (name, pem) in [("ed25519", ed25519()), ("p256", pkcs8())] {
			let secret = PrivateKey::from_pem(&pem).unwrap();
			let (key, raw) = (secret.public(), secret.sign(b"x"));
			assert_eq!(read_public(&file(name, key.to_pem().unwrap().as_bytes())).unwrap(), key);
			assert_eq!(read_signature(&file("raw", &raw), &key).unwrap(), raw);
			assert!(read_signature(&file("short", &raw[1..]), &key).is_err());
		}
		let secret = PrivateKey::from_pem(&pkcs8()).unwrap();
		let raw = secret.sign(b"x");
		let der = Signature::from_slice(&raw).unwrap().to_der();
		assert_eq!(read_signature(&file("der", der.as_bytes()), &secret.public()).unwrap(), raw);
		let failure = read_public(&file("none", b"nothing")).unwrap_err();
		assert_eq!(failure.name(), "BadKey");
		assert!(read_public(&dir.path().join("missing")).is_err());
	}
}
