//! X.509 certificates, as far as a signer of models needs them (RFC 5280).

use super::{key::Hash, Error, PublicKey};
use crate::{text::shown, Digest};
use x509_cert::{
	der::{asn1::ObjectIdentifier, oid::AssociatedOid, Decode, DecodePem, Encode},
	ext::pkix::{name::GeneralName, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAltName},
	Certificate as X509,
};

/// What signs certificates, and with which hash (RFC 5758).
const SIGNATURES: [(ObjectIdentifier, Hash); 3] = [
	(ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2"), Hash::Sha256),
	(ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3"), Hash::Sha384),
	(ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4"), Hash::Sha512),
];
/// The extended usage of certificates that sign code.
const CODE_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.3");
/// What is critical in a certificate and looked at here, or says nothing about a signer of files.
const KNOWN_EXTENSIONS: [ObjectIdentifier; 4] =
	[KeyUsage::OID, ExtendedKeyUsage::OID, BasicConstraints::OID, SubjectAltName::OID];
/// Fulcio's extensions for who vouched for the identity: the text itself, and the text in DER.
const FULCIO_ISSUER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.57264.1.1");
const FULCIO_ISSUER_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.57264.1.8");
/// Fulcio's kind of name for a user of an issuer.
const FULCIO_USERNAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.57264.1.7");

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
	x509: X509,
	/// What the issuer signed, byte for byte.
	signed: Vec<u8>,
	der: Vec<u8>,
}

impl Certificate {
	/// Reads a certificate in DER.
	pub fn from_der(der: &[u8]) -> Result<Self, Error> {
		let malformed = |why| Error::malformed("certificate", why);
		let x509 = X509::from_der(der).map_err(malformed)?;
		let signed = x509.tbs_certificate.to_der().map_err(malformed)?;
		// What is signed has one encoding. Another one that reads the same would not be it.
		if x509.to_der().map_err(malformed)? != der {
			return Err(Error::malformed("certificate", "its encoding is not DER"));
		}
		Ok(Self { x509, signed, der: der.to_vec() })
	}

	/// Reads all certificates of a PEM file.
	pub fn from_pem(pem: &[u8]) -> Result<Vec<Self>, Error> {
		let malformed = |why| Error::malformed("file of certificates in PEM", why);
		let chain = match X509::load_pem_chain(pem) {
			Ok(chain) => chain,
			// One without a line feed at its end.
			Err(_) => vec![X509::from_pem(pem).map_err(malformed)?],
		};
		let read = |x509: X509| Self::from_der(&x509.to_der().map_err(malformed)?);
		chain.into_iter().map(read).collect()
	}

	/// The certificate's key.
	pub fn key(&self) -> Result<PublicKey, Error> {
		let info = self.x509.tbs_certificate.subject_public_key_info.to_der();
		PublicKey::from_der(&info.map_err(|why| Error::malformed("certificate", why))?)
	}

	/// Whom it names, as in RFC 4514; where that is empty, the first of its other names.
	pub fn subject(&self) -> String {
		match self.x509.tbs_certificate.subject.to_string() {
			subject if subject.is_empty() => self.names().into_iter().next().unwrap_or_default(),
			subject => subject,
		}
	}

	/// Who issued it, as in RFC 4514.
	pub fn issuer(&self) -> String {
		self.x509.tbs_certificate.issuer.to_string()
	}

	/// From when until when it is valid, seconds since the Unix epoch. Checking that is the
	/// caller's, who knows when the signature was made, or what time it is.
	pub fn validity(&self) -> (u64, u64) {
		let validity = self.x509.tbs_certificate.validity;
		let seconds = |time: x509_cert::time::Time| time.to_unix_duration().as_secs();
		(seconds(validity.not_before), seconds(validity.not_after))
	}

	/// SHA-256 of the certificate in DER.
	pub fn fingerprint(&self) -> Digest {
		crate::digest::sha256(&self.der)
	}

	/// Mail addresses, URIs and user names that it was issued to.
	pub(super) fn names(&self) -> Vec<String> {
		let Ok(Some(names)) = self.extension::<SubjectAltName>() else { return Vec::new() };
		let name = |name: &GeneralName| match name {
			GeneralName::Rfc822Name(name) => Some(name.to_string()),
			GeneralName::UniformResourceIdentifier(name) => Some(name.to_string()),
			GeneralName::DnsName(name) => Some(name.to_string()),
			GeneralName::OtherName(name) if name.type_id == FULCIO_USERNAME => {
				name.value.decode_as::<String>().ok()
			}
			_ => None,
		};
		names.0.iter().filter_map(name).collect()
	}

	/// Who vouched for the name, in a certificate of Fulcio.
	pub(super) fn fulcio_issuer(&self) -> Option<String> {
		let value = |oid| {
			let extensions = self.x509.tbs_certificate.extensions.as_deref().unwrap_or_default();
			let extension = extensions.iter().find(|extension| extension.extn_id == oid);
			extension.map(|extension| extension.extn_value.as_bytes())
		};
		let newer = value(FULCIO_ISSUER_V2).and_then(|der| String::from_der(der).ok());
		newer.or_else(|| String::from_utf8(value(FULCIO_ISSUER)?.to_vec()).ok())
	}

	fn extension<'a, T: Decode<'a> + AssociatedOid>(&'a self) -> Result<Option<T>, Error> {
		let found = self.x509.tbs_certificate.get::<T>();
		found
			.map(|found| found.map(|(_, value)| value))
			.map_err(|why| self.refused(format!("it has an extension that cannot be read: {why}")))
	}

	fn refused(&self, why: impl Into<String>) -> Error {
		Error::Chain { subject: self.subject(), why: why.into() }
	}

	/// Whether `issuer` may issue certificates, and has issued this one, with `below` authorities
	/// between itself and the signer.
	fn issued_by(&self, issuer: &Self, below: usize) -> Result<(), Error> {
		let (own, above) = (&self.x509.tbs_certificate, &issuer.x509.tbs_certificate);
		if own.issuer != above.subject {
			return Err(self.refused(format!(
				"it was issued by {}, and the next one is that of {}",
				shown(&self.issuer()),
				shown(&issuer.subject())
			)));
		}
		issuer.check_critical()?;
		let constraints = issuer.extension::<BasicConstraints>()?;
		let Some(constraints) = constraints.filter(|constraints| constraints.ca) else {
			return Err(issuer.refused("it may not issue certificates"));
		};
		if constraints.path_len_constraint.is_some_and(|most| below > usize::from(most)) {
			return Err(issuer.refused("there are more authorities below it than it allows"));
		}
		if issuer.extension::<KeyUsage>()?.is_some_and(|usage| !usage.key_cert_sign()) {
			return Err(issuer.refused("its key may not sign certificates"));
		}
		let algorithm = self.x509.signature_algorithm.oid;
		let Some((_, hash)) = SIGNATURES.iter().find(|(oid, _)| *oid == algorithm) else {
			return Err(
				self.refused(format!("it is signed with {algorithm}, and ECDSA is known here"))
			);
		};
		let signature = self.x509.signature.as_bytes().unwrap_or_default();
		if own.signature.oid != algorithm
			|| !issuer.key()?.has_signed(*hash, &self.signed, signature)
		{
			return Err(self.refused(format!(
				"its signature is not by the key of {}",
				shown(&issuer.subject())
			)));
		}
		Ok(())
	}

	/// Whether all that its issuer called critical is known here.
	fn check_critical(&self) -> Result<(), Error> {
		let extensions = self.x509.tbs_certificate.extensions.as_deref().unwrap_or_default();
		let unknown = |oid| !KNOWN_EXTENSIONS.contains(oid);
		match extensions.iter().find(|found| found.critical && unknown(&found.extn_id)) {
			Some(found) => Err(self.refused(format!(
				"its extension {} is critical, and not known here",
				found.extn_id
			))),
			None => Ok(()),
		}
	}

	/// Whether its key may sign files, as `model_signing` asks.
	fn check_signer(&self) -> Result<(), Error> {
		self.check_critical()?;
		let signs = self.extension::<KeyUsage>()?.is_some_and(|usage| usage.digital_signature());
		let signs_code = self
			.extension::<ExtendedKeyUsage>()?
			.is_some_and(|usages| usages.0.contains(&CODE_SIGNING));
		if signs || signs_code {
			return Ok(());
		}
		Err(self.refused("its key may not sign: neither digitalSignature nor code signing"))
	}
}

/// Whether there is a way from the first certificate of `chain`, each issued by the next, to one of
/// `roots`. Each has to be valid when the first one began to be.
pub(super) fn check_chain(chain: &[Certificate], roots: &[Certificate]) -> Result<(), Error> {
	let Some(signer) = chain.first() else { return Err(Error::NoCertificates) };
	signer.check_signer()?;
	let (at, _) = signer.validity();
	let valid = |certificate: &Certificate| {
		let (from, until) = certificate.validity();
		if (from..=until).contains(&at) {
			return Ok(());
		}
		Err(certificate.refused("it was not valid when the signer's began to be"))
	};
	for (below, certificate) in chain.iter().enumerate() {
		valid(certificate)?;
		if roots.contains(certificate) {
			return Ok(());
		}
		let name = &certificate.x509.tbs_certificate.issuer;
		let mut issuers =
			roots.iter().filter(|root| root.x509.tbs_certificate.subject == *name).peekable();
		if issuers.peek().is_some() {
			// Several may have the name; one that has issued it is enough.
			let mut failure = None;
			for root in issuers {
				match certificate.issued_by(root, below).and_then(|()| valid(root)) {
					Ok(()) => return Ok(()),
					Err(why) => failure = Some(why),
				}
			}
			if let Some(why) = failure.filter(|_| below + 1 == chain.len()) {
				return Err(why);
			}
		}
		match chain.get(below + 1) {
			Some(issuer) => certificate.issued_by(issuer, below)?,
			None => {
				return Err(certificate.refused(format!(
					"it was issued by {}, which is none of those that you trust",
					shown(&certificate.issuer())
				)))
			}
		}
	}
	Err(Error::NoCertificates)
}
