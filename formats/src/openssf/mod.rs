//! Files that are signed by the rules of OpenSSF Model Signing v1.0, with or without its tool.
//!
//! **Words.** A [`Manifest`] lists a version's files with their digests: an in-toto statement, whose
//! subject has the root digest of all of them. A [`Bundle`] is a Sigstore bundle (JSON) around a
//! manifest: a DSSE envelope with one signature, and what is known of the signer.
//!
//! **Flow.** [`Bundle::read`] reads a bundle and recomputes its root digest. [`Bundle::verify`] holds
//! the signature against a [`PublicKey`], whose fingerprint is the one by which the chain knows
//! outside keys; [`Bundle::verify_chain`] holds a certificate chain against roots that the caller
//! trusts. [`Manifest::compare`] tells which files at hand differ, each by name; they are hashed
//! with what the bundle leaves out, [`Manifest::ignored`].
//!
//! **What is checked.** All that the specification asks for, for the method `files` with SHA-256, and
//! keys on the curves P-256 and P-384. Order of resources: that of the specification, and that of the
//! tool (see [`digest`](crate::digest)).
//!
//! **What is not.** Shards, BLAKE hashes, symbolic links that were followed, P-521, RSA, and bundles
//! from before 1.0 are refused by name. A *keyless* bundle (`sign sigstore`) is read, its signature is
//! held against the key in its certificate, and the identity in the certificate is told; whether
//! Fulcio gave the certificate, and whether Rekor logged it, is **not** verified.
//!
//! Sources: <https://github.com/ossf/model-signing-spec> (`spec/v1.0.md`),
//! <https://github.com/secure-systems-lab/dsse> (`protocol.md`),
//! <https://github.com/in-toto/attestation> (`spec/v1`), <https://docs.sigstore.dev/about/bundle/>,
//! <https://github.com/sigstore/fulcio> (`docs/oid-info.md`), RFC 5280, and PyPI `model-signing` 1.1.1.

mod bundle;
mod certificate;
mod key;
mod manifest;

pub use bundle::{Bundle, Identity, Signer};
pub use certificate::Certificate;
pub use key::PublicKey;
pub use manifest::{Difference, Manifest, Renamed, MEDIA_TYPE, PREDICATE_TYPE};

use crate::text::shown;
use thiserror::Error;

/// Why a manifest, a bundle, a key or a certificate is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
	/// It is something else, or broken.
	#[error("it is no {what}: {why}")]
	Malformed {
		/// What it should be.
		what: &'static str,
		/// Where that ends.
		why: String,
	},
	/// It is well made, in a way that is not known here.
	#[error("{0}")]
	Unsupported(String),
	/// A file that no version could have, or that is listed twice.
	#[error("it lists the file {}, {why}", shown(.name))]
	Resource {
		/// The file.
		name: String,
		/// What is wrong with it.
		why: &'static str,
	},
	/// What it says of itself is not so.
	#[error(
		"the root digest that it states, {}, is not that of its files, {}: it was changed",
		shown(.stated), hex::encode(.computed)
	)]
	OtherRoot {
		/// The subject's digest.
		stated: String,
		/// The root digest of its resources.
		computed: crate::Digest,
	},
	/// It was signed by another key than the one that it is held against.
	#[error(
		"it says that it was signed by the key {}, and the key at hand is {}",
		hex::encode(.signer), hex::encode(.given)
	)]
	OtherKey {
		/// The fingerprint in the bundle.
		signer: crate::Digest,
		/// The fingerprint of the key that was given.
		given: crate::Digest,
	},
	/// The signature is not the key's, or not of this content.
	#[error("its signature is not by the key {}: it, or what it signs, was changed", hex::encode(.0))]
	BadSignature(crate::Digest),
	/// There is no way from the signer to a certificate that the caller trusts.
	#[error("the certificate of {}: {why}", shown(.subject))]
	Chain {
		/// Whose certificate it is.
		subject: String,
		/// What is wrong with it.
		why: String,
	},
	/// It has no certificates to be checked.
	#[error("it was signed with a bare key, and has no certificates")]
	NoCertificates,
	/// It was signed without a lasting key.
	#[error(
		"it was signed without a lasting key: its certificate names {}, and whether Sigstore gave it \
		 and logged it is not verified here", .0
	)]
	Keyless(Identity),
}

impl Error {
	/// A name that programs can rely on.
	pub fn code(&self) -> &'static str {
		match self {
			Self::Malformed { .. } => "Malformed",
			Self::Unsupported(_) => "Unsupported",
			Self::Resource { .. } => "BadResource",
			Self::OtherRoot { .. } => "OtherRoot",
			Self::OtherKey { .. } => "OtherKey",
			Self::BadSignature(_) => "BadSignature",
			Self::Chain { .. } => "BadChain",
			Self::NoCertificates => "NoCertificates",
			Self::Keyless(_) => "Keyless",
		}
	}

	/// What to do about it.
	pub fn hint(&self) -> &'static str {
		match self {
			Self::Malformed { .. } | Self::Resource { .. } | Self::OtherRoot { .. } => {
				"get it again from whoever published the version"
			}
			Self::Unsupported(_) => {
				"sign the files again with model_signing 1.0 or newer, file by file (its default), with \
				 SHA-256 and a key on P-256 or P-384"
			}
			Self::OtherKey { .. } | Self::BadSignature(_) => {
				"do not use the files before you know whose key it is: ask the publisher on another way"
			}
			Self::Chain { .. } => "name the certificates of the authority that you trust, as PEM",
			Self::NoCertificates => "name the signer's public key",
			Self::Keyless(_) => {
				"check it with `model_signing verify sigstore`, which asks Sigstore, and tell it whom \
				 you expect"
			}
		}
	}

	fn malformed(what: &'static str, why: impl ToString) -> Self {
		Self::Malformed { what, why: why.to_string() }
	}
}
