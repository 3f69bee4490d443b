//! Keys that were not made for this chain, and the cross-signatures that bind them to an account.
//!
//! A key with which somebody signs models elsewhere says, once, that a chain account speaks for it
//! until a given time. What it signs are the 93 bytes of [`binding_message`], in a form that stock
//! tools can write and sign; docs/provenance.md has the commands.
//!
//! A key is known by its *fingerprint*: SHA-256 of its public key's PEM file, as OpenSSL writes it
//! (`SubjectPublicKeyInfo`, RFC 7468, lines of 64 characters, each with its line feed). This is what
//! OpenSSF Model Signing puts into its bundles as `publicKey.hint`, and what `sha256sum key.pub`
//! prints.

use crate::Digest;
use alloc::{string::String, vec::Vec};
use base64::{engine::general_purpose::STANDARD, Engine};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use p256::ecdsa::{signature::Verifier, Signature, VerifyingKey};
use scale_info::TypeInfo;
use sp_core::{ed25519, H256};
use sp_io::hashing::sha2_256;

/// SHA-256 of an outside key's PEM file.
pub type Fingerprint = Digest;
/// The two halves of a signature, one after the other: `R ‖ S` of Ed25519 as RFC 8032 has it, and
/// `r ‖ s` of ECDSA, 32 bytes big-endian each.
pub type OutsideSignature = [u8; 64];

/// The tag that keeps a cross-signature from standing for anything else.
const BINDING_TAG: &[u8] = b"tallystick/bind-key/1";

/// What comes before the 32 bytes of an Ed25519 key in its `SubjectPublicKeyInfo` (RFC 8410).
const ED25519_SPKI: &[u8] = &[0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0];
/// What comes before the 65 bytes of an uncompressed P-256 point in its `SubjectPublicKeyInfo`
/// (RFC 5480).
const P256_SPKI: &[u8] = &[
	0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
	0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0,
];

/// A public key from outside the chain.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum OutsideKey {
	/// Ed25519 (RFC 8032).
	Ed25519([u8; 32]),
	/// ECDSA with SHA-256 on NIST P-256: the compressed point (SEC 1), whose first byte is 2 or 3.
	P256([u8; 33]),
}

impl OutsideKey {
	/// The name of the algorithm.
	pub fn algorithm(&self) -> &'static str {
		match self {
			Self::Ed25519(_) => "ed25519",
			Self::P256(_) => "ecdsa-p256-sha256",
		}
	}

	/// The key's `SubjectPublicKeyInfo` in DER. `None` where a P-256 key is no point of the curve.
	pub fn to_der(&self) -> Option<Vec<u8>> {
		Some(match self {
			Self::Ed25519(key) => [ED25519_SPKI, key].concat(),
			Self::P256(key) => [P256_SPKI, p256(key)?.to_encoded_point(false).as_bytes()].concat(),
		})
	}

	/// The key that a `SubjectPublicKeyInfo` in DER has. `None` where it is of another kind, or no
	/// point of the curve.
	pub fn from_der(der: &[u8]) -> Option<Self> {
		if let Some(key) = der.strip_prefix(ED25519_SPKI) {
			return Some(Self::Ed25519(key.try_into().ok()?));
		}
		let point = VerifyingKey::from_sec1_bytes(der.strip_prefix(P256_SPKI)?).ok()?;
		Some(Self::P256(point.to_encoded_point(true).as_bytes().try_into().ok()?))
	}

	/// The key's PEM file, whose SHA-256 is the fingerprint. `None` where a P-256 key is no point of
	/// the curve.
	pub fn to_pem(&self) -> Option<String> {
		let encoded = STANDARD.encode(self.to_der()?);
		let mut pem = String::from("-----BEGIN PUBLIC KEY-----\n");
		let mut rest = encoded.as_str();
		while !rest.is_empty() {
			let (line, after) = rest.split_at_checked(64).unwrap_or((rest, ""));
			pem.push_str(line);
			pem.push('\n');
			rest = after;
		}
		pem.push_str("-----END PUBLIC KEY-----\n");
		Some(pem)
	}

	/// What the key is known by. `None` where a P-256 key is no point of the curve: nobody can sign
	/// with it.
	pub fn fingerprint(&self) -> Option<Fingerprint> {
		Some(sha2_256(self.to_pem()?.as_bytes()).into())
	}

	/// Whether `signature` is the key's, of `message`. Both forms of an ECDSA signature are, with a
	/// low and with a high `s`: stock tools make either, and nothing is known by a signature here.
	pub fn has_signed(&self, message: &[u8], signature: &OutsideSignature) -> bool {
		match self {
			Self::Ed25519(key) => sp_io::crypto::ed25519_verify(
				&ed25519::Signature::from_raw(*signature),
				message,
				&ed25519::Public::from_raw(*key),
			),
			Self::P256(key) => match (p256(key), Signature::from_slice(signature)) {
				(Some(key), Ok(signature)) => key.verify(message, &signature).is_ok(),
				_ => false,
			},
		}
	}
}

/// The point of a compressed P-256 key. The one form only: others of the same length would give a
/// key two names.
fn p256(key: &[u8; 33]) -> Option<VerifyingKey> {
	matches!(key, [2 | 3, ..]).then(|| VerifyingKey::from_sec1_bytes(key).ok()).flatten()
}

/// What an outside key signs to say that `account` speaks for it until `expires_at`, milliseconds
/// since the Unix epoch, on the chain with this genesis hash:
/// `"tallystick/bind-key/1" ‖ genesis hash ‖ account ‖ expires_at (u64, little-endian)`, which are
/// 21 + 32 + 32 + 8 bytes.
pub fn binding_message<AccountId: Encode>(
	genesis: &H256,
	account: &AccountId,
	expires_at: u64,
) -> Vec<u8> {
	let account = account.encode();
	[BINDING_TAG, genesis.as_bytes(), &account, &expires_at.to_le_bytes()].concat()
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_core::{crypto::AccountId32, hex2array};

	/// Made by OpenSSL 3.0 as docs/provenance.md says.
	const ED25519_PEM: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAvHJg7UKdXqTLXTo4wvrT+fSSgXsVj6fsv2+czHfP4k0=
-----END PUBLIC KEY-----
";
	const P256_PEM: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5xCEq/EIk1QC9S/WHx17pR6tsQkc
rZ0IHPi9UpPKxH9h8Y4KbL7uWuhj7Y7euEDiAZu7AuDVdu+WGMnUq04WrA==
-----END PUBLIC KEY-----
";
	const ED25519: OutsideKey = OutsideKey::Ed25519(hex2array!(
		"bc7260ed429d5ea4cb5d3a38c2fad3f9f492817b158fa7ecbf6f9ccc77cfe24d"
	));
	const P256: OutsideKey = OutsideKey::P256(hex2array!(
		"02e71084abf108935402f52fd61f1d7ba51eadb1091cad9d081cf8bd5293cac47f"
	));

	fn message() -> Vec<u8> {
		binding_message(&H256([0x11; 32]), &AccountId32::new([0x22; 32]), 1_900_000_000_000)
	}

	#[test]
	fn the_message_has_the_documented_bytes() {
		let (tag, rest) = (b"tallystick/bind-key/1".as_slice(), message());
		let rest = rest.strip_prefix(tag).unwrap();
		let rest = rest.strip_prefix([0x11; 32].as_slice()).unwrap();
		let rest = rest.strip_prefix([0x22; 32].as_slice()).unwrap();
		assert_eq!(rest, [0, 0x38, 0xd3, 0x60, 0xba, 1, 0, 0]);
	}

	#[test]
	fn keys_are_written_as_openssl_writes_them() {
		assert_eq!(ED25519.to_pem().unwrap(), ED25519_PEM);
		assert_eq!(P256.to_pem().unwrap(), P256_PEM);
		for key in [ED25519, P256] {
			assert_eq!(OutsideKey::from_der(&key.to_der().unwrap()), Some(key));
		}
	}

	#[test]
	fn the_fingerprint_is_what_sha256sum_and_model_signing_say() {
		// `sha256sum` of the files above; the second is the `hint` of model_signing 1.1.1 for the key.
		assert_eq!(
			ED25519.fingerprint().unwrap().0,
			hex2array!("1a73ca57baaebb4b588bd79f4a605144fcce49883f18a97f0e25137dcdd137e3")
		);
		assert_eq!(
			P256.fingerprint().unwrap().0,
			hex2array!("b04af7542be8006dcdf6e58d9481bcda585ad2e07b6da452f4329186bb7301b3")
		);
	}

	#[test]
	fn signatures_of_openssl_are_verified() {
		// `openssl pkeyutl -sign -rawin`, and `openssl dgst -sha256 -sign` with its DER taken off.
		let ed25519 = hex2array!(concat!(
			"ddb1cd15a4a641584fd50efbdcea4664c041136cfda6d16612a1c74e9d1e159c",
			"b07ec255d512ef463fc549fb048183d9e610a5a30ce6137c1707fe12f2475a00"
		));
		let p256 = hex2array!(concat!(
			"28535a7e3da899575362d6c004b1bdac1ac2b315a4b51762a0d02d2651f71f9f",
			"98bbd8517de8d2a00d258ba4bd88216adf47ccf1d21b7e431083ec67f5064da7"
		));
		// The same with n − s for s: the one above is high.
		let low_s = hex2array!(concat!(
			"28535a7e3da899575362d6c004b1bdac1ac2b315a4b51762a0d02d2651f71f9f",
			"674427ad82172d60f2da745b4277de94dd9f2dbbd4fc2041e335de5b075cd7aa"
		));
		let mut other = message();
		other.push(0);
		for (key, signature) in [(ED25519, ed25519), (P256, p256), (P256, low_s)] {
			assert!(key.has_signed(&message(), &signature));
			assert!(!key.has_signed(&other, &signature));
			let mut forged = signature;
			forged[40] ^= 1;
			assert!(!key.has_signed(&message(), &forged));
		}
		assert!(!P256.has_signed(&message(), &ed25519));
		assert!(!ED25519.has_signed(&message(), &p256));
	}

	#[test]
	fn what_is_no_key_has_no_fingerprint_and_signs_nothing() {
		let OutsideKey::P256(point) = P256 else { unreachable!() };
		// No point has this x; and the other forms that SEC 1 tools read.
		let off_curve = [&[2], [0xff; 32].as_slice()].concat().try_into().unwrap();
		let with_first = |byte| {
			let mut key = point;
			key[0] = byte;
			key
		};
		for key in [off_curve, with_first(0), with_first(4), with_first(5)] {
			assert_eq!(OutsideKey::P256(key).fingerprint(), None);
			assert!(!OutsideKey::P256(key).has_signed(&message(), &[1; 64]));
		}
		assert!(!P256.has_signed(&message(), &[0; 64]));
		assert!(!P256.has_signed(&message(), &[0xff; 64]));
		assert_eq!(OutsideKey::from_der(&[]), None);
		assert_eq!(OutsideKey::from_der(ED25519_SPKI), None);
		assert_eq!(OutsideKey::from_der(P256_SPKI), None);
	}
}
