//! A signed bundle beside files: whose key signed it, and whether that is so.
//!
//! A bundle of a bare key says by which key it was signed, and does not hold the key. The chain does,
//! where the key is bound to an account: so it is taken from there, from the bundle's certificate, or from
//! a file of the user's. Without it the signature cannot be checked, and proves nothing.

use crate::{
	account::{to_subxt, AccountId},
	chain,
	client::{failed, At, Client},
	manifest,
	output::{hex0x, Failure},
};
use codec::Decode;
use std::path::{Path, PathBuf};
use tallystick_formats::openssf::{Bundle, PublicKey, Signer};
use tallystick_primitives::{
	outside_key::{Fingerprint, OutsideKey},
	Digest,
};

/// What pallet-provenance stores of a key that is bound, as far as it matters here.
#[derive(Decode)]
struct Stored {
	key: OutsideKey,
	expires_at: u64,
}

/// A key that is bound to an account.
#[derive(Clone, Debug)]
pub struct Bound {
	pub account: AccountId,
	pub key: OutsideKey,
	/// Until when, in milliseconds since the Unix epoch.
	pub expires_at: u64,
}

/// A bundle that was found or named.
pub struct Found {
	pub path: PathBuf,
	pub bundle: Bundle,
	/// Whether the user named it. One that was only found is told of.
	pub named: bool,
}

/// What is known of a bundle's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signature {
	/// It is this key's.
	Good(Fingerprint),
	/// The bundle says that it is this key's, and the key is not at hand.
	Unchecked(Option<Fingerprint>),
	/// It is not the key's.
	Bad(String),
}

impl Signature {
	/// The key, where the signature is known to be its.
	pub fn good(&self) -> Option<Fingerprint> {
		match self {
			Self::Good(key) => Some(*key),
			_ => None,
		}
	}

	/// For people.
	pub fn words(&self) -> String {
		match self {
			Self::Good(key) => format!("signed by the key {}", hex0x(key)),
			Self::Unchecked(Some(key)) => format!(
				"it says that it is signed by the key {}, which no claimant has bound: not checked (--key \
				 FILE checks it)",
				hex0x(key)
			),
			Self::Unchecked(None) => {
				"it does not say whose key signed it: not checked (--key FILE checks it)".into()
			}
			Self::Bad(why) => format!("not good: {why}"),
		}
	}

	/// For programs.
	pub fn name(&self) -> &'static str {
		match self {
			Self::Good(_) => "good",
			Self::Unchecked(_) => "unchecked",
			Self::Bad(_) => "bad",
		}
	}
}

/// The bundle of the version in `path`: the one that is named, or else one that is beside or in it. What
/// is there and cannot be read is told of in `remarks`, unless it is named: then it is a failure.
pub fn find(
	path: &Path,
	named: Option<&Path>,
	remarks: &mut Vec<String>,
) -> Result<Option<Found>, Failure> {
	if let Some(named) = named {
		let bundle = manifest::read_bundle(named)?;
		return Ok(Some(Found { path: named.to_owned(), bundle, named: true }));
	}
	for place in manifest::bundle_places(path) {
		if !place.is_file() || place == path {
			continue;
		}
		match manifest::read_bundle(&place) {
			Ok(bundle) => return Ok(Some(Found { path: place, bundle, named: false })),
			Err(failure) => remarks.push(failure.message().to_owned()),
		}
	}
	Ok(None)
}

impl Found {
	/// What has to be left out of the files that it is compared with: what its signer left out, and the
	/// bundle itself where it is among them.
	pub fn ignored(&self, dir: &Path) -> Vec<String> {
		let mut ignored = self.bundle.manifest.ignored();
		let within = |path: &Path| {
			let (path, dir) = (path.canonicalize().ok()?, dir.canonicalize().ok()?);
			path.strip_prefix(dir).ok()?.to_str().map(str::to_owned)
		};
		ignored.extend(within(&self.path).filter(|name| !name.is_empty()));
		// Paths that the signer named from elsewhere cannot be among these files.
		ignored.retain(|name| !name.starts_with('/') && !name.split('/').any(|part| part == ".."));
		ignored
	}

	/// The key that the bundle says it was signed by.
	pub fn fingerprint(&self) -> Result<Option<Fingerprint>, Failure> {
		let fingerprint = self.bundle.fingerprint().map_err(|error| {
			Failure::new(format!("{}: {error}", self.path.display()))
				.code("BadBundle")
				.hint(error.hint())
		})?;
		Ok(fingerprint.map(Digest::from))
	}

	/// Whether the signature is that of the key: one of the user's, the certificate's, or one that is
	/// bound on chain.
	pub fn check(&self, users: Option<&PublicKey>, bound: &[Bound]) -> Signature {
		let said = self.bundle.fingerprint().ok().flatten().map(Digest::from);
		let by = |key: &PublicKey| match self.bundle.verify(key) {
			Ok(()) => Signature::Good(Digest::from(key.fingerprint())),
			Err(error) => Signature::Bad(error.to_string()),
		};
		if let Some(key) = users {
			return by(key);
		}
		if let Some(certificate) = self.bundle.certificate() {
			return match certificate.key() {
				Ok(key) => by(&key),
				Err(error) => Signature::Bad(error.to_string()),
			};
		}
		let on_chain = bound.iter().filter_map(|bound| public_key(&bound.key));
		let on_chain: Vec<_> =
			on_chain.filter(|key| said.is_none_or(|said| said.0 == key.fingerprint())).collect();
		// An old bundle does not say which key it was: any of them can be.
		let good = on_chain.iter().map(by).find(|signature| signature.good().is_some());
		match (good, on_chain.first(), said) {
			(Some(good), ..) => good,
			(None, Some(key), Some(_)) => by(key),
			(None, _, said) => Signature::Unchecked(said),
		}
	}

	/// Whom the bundle names as its signer, beside the key. Nobody has checked it here.
	pub fn identity(&self) -> Option<String> {
		match &self.bundle.signer {
			Signer::Key { .. } => None,
			Signer::Certificates(chain) => chain.first().map(|certificate| certificate.subject()),
			Signer::Keyless { identity, .. } => Some(identity.to_string()),
		}
	}
}

/// A bound key as bundles are checked with it. Ed25519 signs no bundles.
fn public_key(key: &OutsideKey) -> Option<PublicKey> {
	PublicKey::from_der(&key.to_der()?).ok()
}

/// Which of these accounts a key is bound to: one request for all.
pub async fn bound_to(
	client: &Client,
	at: &At,
	accounts: &[AccountId],
	key: Fingerprint,
) -> Result<Vec<Bound>, Failure> {
	let entry = at.storage().entry(chain::storage().provenance().key_bindings()).map_err(failed)?;
	let keys: Result<Vec<_>, _> =
		accounts.iter().map(|account| entry.fetch_key((to_subxt(account), key))).collect();
	let values = client.values(at, &keys.map_err(failed)?).await?;
	let mut bound = Vec::new();
	for (account, value) in accounts.iter().zip(values) {
		let Some(value) = value else { continue };
		let Stored { key, expires_at } = Stored::decode(&mut &value[..]).map_err(|error| {
			Failure::new(format!("the chain's answer cannot be read: {error}")).code("WrongSpec")
		})?;
		bound.push(Bound { account: account.clone(), key, expires_at });
	}
	Ok(bound)
}

/// Reads a public key with which bundles are signed.
pub fn read_key(path: &Path) -> Result<PublicKey, Failure> {
	let pem = std::fs::read(path)
		.map_err(|error| Failure::new(format!("cannot read {}: {error}", path.display())))?;
	PublicKey::from_pem(&pem).map_err(|error| {
		Failure::new(format!("{}: {error}", path.display()))
			.code("BadKey")
			.hint("a PEM file with a P-256 or P-384 key can check bundles: `openssl ec -pubout` writes it")
	})
}
