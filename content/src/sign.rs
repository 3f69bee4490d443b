//! Signing a picture: for those whose model generated it, or whose camera made it.
//!
//! The manifest has one action, `c2pa.created` with the digital source type, and names the
//! registered model in an assertion, as [`provenance`](crate::provenance) says. It is signed
//! without a time stamp, so it is valid while its certificate is: nothing here speaks to a network.

use crate::{
	provenance::{settings, Model, Verdict, MODEL_LABEL},
	Error,
};
use c2pa::{
	create_signer, BoxedSigner, Builder, BuilderIntent, Context, DigitalSourceType, SigningAlg,
};
use serde_json::json;
use std::io::Cursor;

/// How a picture came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
	/// AI made it: `trainedAlgorithmicMedia`.
	Generated,
	/// AI made a part of it, or edited it: `compositeWithTrainedAlgorithmicMedia`.
	PartlyGenerated,
	/// A camera made it: `digitalCapture`.
	Captured,
	/// A person made it, with tools other than AI: `digitalCreation`.
	MadeByHuman,
}

impl Origin {
	/// What a picture of this origin is said to be.
	pub fn verdict(self) -> Verdict {
		match self {
			Self::Generated => Verdict::Generated,
			Self::PartlyGenerated => Verdict::PartlyGenerated,
			Self::Captured => Verdict::Captured,
			Self::MadeByHuman => Verdict::MadeByHuman,
		}
	}
}

/// A key with its certificates.
pub struct Signer(BoxedSigner);

impl Signer {
	/// A signer of a private key (PKCS #8) and its certificates, both in PEM: the key's own
	/// certificate first, then those that lead to an authority, without the authority's own. The
	/// certificate has the key usage `digitalSignature` and an extended key usage that C2PA allows,
	/// such as `emailProtection`. ECDSA on P-256, P-384 and P-521, Ed25519 and RSA (PSS) are tried
	/// in this order.
	pub fn from_pem(key: &str, certificates: &str) -> Result<Self, Error> {
		use SigningAlg::{Ed25519, Es256, Es384, Es512, Ps256};
		let mut why = String::new();
		for algorithm in [Es256, Es384, Es512, Ed25519, Ps256] {
			let (key, certificates) = (key.as_bytes(), certificates.as_bytes());
			let signer = create_signer::from_keys(certificates, key, algorithm, None);
			match signer.and_then(|signer| signer.sign(b"try").map(|_| signer)) {
				Ok(signer) => return Ok(Self(signer)),
				Err(error) => why = error.to_string(),
			}
		}
		Err(Error::Key(why))
	}

	/// A signer of another kind, such as one whose key is in a hardware module.
	pub fn new(signer: BoxedSigner) -> Self {
		Self(signer)
	}
}

pub(crate) fn sign(
	media_type: &str,
	bytes: &[u8],
	signer: &Signer,
	origin: Origin,
	model: Option<&Model>,
) -> Result<Vec<u8>, Error> {
	let signed = || -> c2pa::Result<Vec<u8>> {
		let context = Context::new().with_settings(settings()?)?;
		let generator = json!({ "name": "tallystick", "version": env!("CARGO_PKG_VERSION") });
		let mut builder = Builder::from_context(context)
			.with_definition(json!({ "claim_generator_info": [generator] }))?;
		builder.set_intent(BuilderIntent::Create(match origin {
			Origin::Generated => DigitalSourceType::TrainedAlgorithmicMedia,
			Origin::PartlyGenerated => DigitalSourceType::CompositeWithTrainedAlgorithmicMedia,
			Origin::Captured => DigitalSourceType::DigitalCapture,
			Origin::MadeByHuman => DigitalSourceType::DigitalCreation,
		}));
		if let Some(model) = model {
			builder.add_assertion(MODEL_LABEL, model)?;
		}
		let mut signed = Cursor::new(Vec::new());
		builder.sign(signer.0.as_ref(), media_type, &mut Cursor::new(bytes), &mut signed)?;
		Ok(signed.into_inner())
	};
	signed().map_err(|error| Error::Sign(error.to_string()))
}
