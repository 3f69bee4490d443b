//! Sigstore bundles around a manifest.

use super::{certificate::check_chain, Certificate, Error, Manifest, PublicKey, MEDIA_TYPE};
use crate::{digest::sha256, text::shown, Digest};
use base64::{engine::general_purpose::STANDARD, Engine};
use serde::Deserialize;
use std::fmt;

/// What a bundle of any version says that it is.
const BUNDLE_TYPES: [&str; 4] = [
	"application/vnd.dev.sigstore.bundle.v0.3+json",
	"application/vnd.dev.sigstore.bundle+json;version=0.3",
	"application/vnd.dev.sigstore.bundle+json;version=0.2",
	"application/vnd.dev.sigstore.bundle+json;version=0.1",
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Json {
	media_type: String,
	verification_material: Material,
	dsse_envelope: Envelope,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Material {
	public_key: Option<KeyJson>,
	x509_certificate_chain: Option<ChainJson>,
	certificate: Option<CertificateJson>,
	/// What a transparency log says: there with keyless bundles alone.
	#[serde(default)]
	tlog_entries: Vec<serde::de::IgnoredAny>,
}

/// `hint` since 1.1; before, the key was told otherwise or not at all.
#[derive(Deserialize)]
struct KeyJson {
	hint: Option<String>,
}

#[derive(Deserialize)]
struct ChainJson {
	certificates: Vec<CertificateJson>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CertificateJson {
	raw_bytes: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
	payload: String,
	payload_type: String,
	signatures: Vec<SignatureJson>,
}

#[derive(Deserialize)]
struct SignatureJson {
	sig: String,
}

/// Whom a certificate of Fulcio names. Nothing here has verified it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
	/// A mail address, or the URI of a workflow.
	pub name: String,
	/// Who vouched for the name, such as `https://accounts.google.com`.
	pub issuer: String,
}

impl fmt::Display for Identity {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} (by {})", shown(&self.name), shown(&self.issuer))
	}
}

/// What a bundle says of its signer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signer {
	/// A bare key: `model_signing sign key`.
	Key {
		/// The key's fingerprint, as the bundle has it. Old bundles do not.
		fingerprint: Option<Digest>,
	},
	/// A key with certificates, the signer's first: `model_signing sign certificate`.
	Certificates(Vec<Certificate>),
	/// A key for a few minutes, and a certificate of it: `model_signing sign sigstore`.
	Keyless {
		/// The certificate.
		certificate: Box<Certificate>,
		/// Whom it names. Not verified.
		identity: Identity,
	},
}

/// A signed bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
	/// What is signed. Its `digest` is that of the whole bundle.
	pub manifest: Manifest,
	/// Who signed, by the bundle's own words.
	pub signer: Signer,
	/// What the signature is over.
	message: Vec<u8>,
	/// In DER.
	signature: Vec<u8>,
}

impl Bundle {
	/// Reads a bundle. Its root digest is that of its files when this succeeds; its signature is not
	/// looked at.
	pub fn read(bytes: &[u8]) -> Result<Self, Error> {
		let malformed =
			|why: &dyn ToString| Error::malformed("bundle of model signing", why.to_string());
		let base64 = |text: &str| STANDARD.decode(text).map_err(|why| malformed(&why));
		let Json { media_type, verification_material: material, dsse_envelope: envelope } =
			serde_json::from_slice(bytes).map_err(|why| malformed(&why))?;
		if !BUNDLE_TYPES.contains(&media_type.as_str()) {
			return Err(malformed(&format!("its media type is {}", shown(&media_type))));
		}
		if envelope.payload_type != MEDIA_TYPE {
			return Err(malformed(&format!("it signs {}", shown(&envelope.payload_type))));
		}
		let [signature] = envelope.signatures.as_slice() else {
			return Err(malformed(&format!("it has {} signatures", envelope.signatures.len())));
		};
		let signature = base64(&signature.sig)?;
		let payload = base64(&envelope.payload)?;
		let manifest = Manifest { digest: sha256(bytes), ..Manifest::of_statement(&payload)? };

		let certificate = |json: &CertificateJson| Certificate::from_der(&base64(&json.raw_bytes)?);
		let signer =
			match (material.public_key, material.x509_certificate_chain, material.certificate) {
				(Some(key), None, None) => Signer::Key { fingerprint: key.fingerprint()? },
				(None, chain, leaf) => {
					let chain = chain.map(|chain| chain.certificates).unwrap_or_default();
					let chain = leaf.iter().chain(&chain).map(certificate);
					let mut chain = chain.collect::<Result<Vec<_>, _>>()?;
					let issuer = chain.first().and_then(Certificate::fulcio_issuer);
					let keyless =
						issuer.is_some() || leaf.is_some() || !material.tlog_entries.is_empty();
					match chain.first() {
						None => return Err(malformed(&"it names no signer")),
						Some(_) if keyless => {
							let certificate = chain.swap_remove(0);
							let name = certificate.subject();
							let issuer = issuer.unwrap_or_else(|| certificate.issuer());
							let identity = Identity { name, issuer };
							Signer::Keyless { certificate: certificate.into(), identity }
						}
						Some(_) => Signer::Certificates(chain),
					}
				}
				_ => return Err(malformed(&"it names a bare key and certificates")),
			};
		Ok(Self { manifest, signer, message: pae(&payload), signature })
	}

	/// The fingerprint of the key that the bundle says it was signed by. Old bundles of bare keys do
	/// not say.
	pub fn fingerprint(&self) -> Result<Option<Digest>, Error> {
		match &self.signer {
			Signer::Key { fingerprint } => Ok(*fingerprint),
			_ => Ok(self
				.certificate()
				.map(Certificate::key)
				.transpose()?
				.map(|key| key.fingerprint())),
		}
	}

	/// The signer's certificate.
	pub fn certificate(&self) -> Option<&Certificate> {
		match &self.signer {
			Signer::Key { .. } => None,
			Signer::Certificates(chain) => chain.first(),
			Signer::Keyless { certificate, .. } => Some(certificate),
		}
	}

	/// Succeeds where `key` has signed the manifest. Whose key it is, is the caller's to know.
	pub fn verify(&self, key: &PublicKey) -> Result<(), Error> {
		let given = key.fingerprint();
		if let Some(signer) = self.fingerprint()?.filter(|signer| *signer != given) {
			return Err(Error::OtherKey { signer, given });
		}
		if key.has_signed(key.hash(), &self.message, &self.signature) {
			return Ok(());
		}
		Err(Error::BadSignature(given))
	}

	/// Succeeds where the signer's certificate leads to one of `roots`, and its key, which is handed
	/// back, has signed the manifest.
	///
	/// Checked are names, signatures (ECDSA), what each certificate may do, and that all of them were
	/// valid when the signer's began to be, as `model_signing` does; not whether it still is
	/// ([`Certificate::validity`]), and not whether it was revoked. A keyless bundle is refused with
	/// [`Error::Keyless`], after its signature was found to be by the key of its certificate.
	pub fn verify_chain(&self, roots: &[Certificate]) -> Result<PublicKey, Error> {
		let key = self.certificate().ok_or(Error::NoCertificates)?.key()?;
		self.verify(&key)?;
		match &self.signer {
			Signer::Key { .. } => Err(Error::NoCertificates),
			Signer::Certificates(chain) => check_chain(chain, roots).map(|()| key),
			Signer::Keyless { identity, .. } => Err(Error::Keyless(identity.clone())),
		}
	}
}

impl KeyJson {
	fn fingerprint(&self) -> Result<Option<Digest>, Error> {
		let Some(hint) = self.hint.as_deref().filter(|hint| !hint.is_empty()) else {
			return Ok(None);
		};
		let fingerprint = hex::decode(hint).ok().and_then(|bytes| Digest::try_from(bytes).ok());
		fingerprint.map(Some).ok_or_else(|| {
			Error::malformed(
				"bundle of model signing",
				format!("its key hint is {}, and no SHA-256", shown(hint)),
			)
		})
	}
}

/// What DSSE signs of a payload: its pre-authentication encoding.
fn pae(payload: &[u8]) -> Vec<u8> {
	let head = format!("DSSEv1 {} {MEDIA_TYPE} {} ", MEDIA_TYPE.len(), payload.len());
	[head.as_bytes(), payload].concat()
}
