//! What a picture's manifest says about its origin.
//!
//! A [C2PA manifest] lies in the picture's file. It is a list of assertions, signed together with a
//! hash of the file under an X.509 certificate. Actions among them say what was done
//! (`c2pa.created`, `c2pa.edited` …) and name a [digital source type] (`trainedAlgorithmicMedia`,
//! `digitalCapture` …); ingredients are the pictures it was made of, with their manifests.
//!
//! [C2PA manifest]: https://spec.c2pa.org/specifications/specifications/2.2/specs/C2PA_Specification.html
//! [digital source type]: https://cv.iptc.org/newscodes/digitalsourcetype/
//!
//! # The verdict
//! The first of these that fits:
//!
//! 1. [`Unknown`](Verdict::Unknown): there is no manifest in the file, or its signature cannot be
//!    judged.
//! 2. [`Tampered`](Verdict::Tampered): a hash or signature does not fit, the manifest is broken, or
//!    [bytes that nobody signed](crate::coverage) are shown.
//! 3. [`Generated`](Verdict::Generated): the picture, or one that it was made from by editing, was
//!    created by AI.
//! 4. [`PartlyGenerated`](Verdict::PartlyGenerated): AI was used for an edit or a component.
//! 5. [`Edited`](Verdict::Edited): something was done to the picture other than converting it.
//! 6. [`Captured`](Verdict::Captured), [`MadeByHuman`](Verdict::MadeByHuman).
//! 7. [`Unknown`](Verdict::Unknown) again: the manifest says nothing of this, or something else.
//!
//! A verdict is the word of whoever signed last, who vouches for the ingredients too: a parent's
//! file is not there to be checked again. If the signer found that it did not fit its manifest, it
//! counts as edited. Anybody can make a certificate and sign anything: see [`SignedBy::trusted`]. A
//! picture without a manifest may have had one.
//!
//! # Registered models
//! A manifest names the artifact's version that generated the picture in an assertion
//! `org.tallystick.model`, or in a field of that name in the `softwareAgent` of an action:
//!
//! ```json
//! { "genesis": "0x… 32 bytes", "artifact": 7, "version": "0x… 32 bytes, the root digest" }
//! ```
//!
//! The chain knows whether there is such an artifact and version. That the model made the picture
//! is the signer's word; [`SignedBy::fingerprint`] tells whether the signer's key is bound to an
//! account that may say so.
//!
//! # Limits
//! Nothing is fetched: a manifest that is elsewhere is not looked at, and revocation is known only
//! from what the manifest carries. Source types in other metadata (XMP, IPTC) do not count, since
//! nobody signed them; neither do identities (CAWG).

use crate::{
	coverage::{unsigned, UNSIGNED},
	sha256, Digest, Error, Picture,
};
use c2pa::{
	jumbf_io::load_jumbf_from_memory, settings::Settings, Context, Ingredient, Manifest, Reader,
	Relationship, ValidationState,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{collections::HashSet, io::Cursor};
use x509_cert::{
	der::{pem::LineEnding, DecodePem, EncodePem},
	Certificate,
};

/// The label of the assertion that names a registered model, and of the field of a software agent.
pub const MODEL_LABEL: &str = "org.tallystick.model";

/// What is known of a picture's origin.
///
/// Where the verdict is [`Verdict::Tampered`] or [`Unknown::Unverified`], the rest is what is
/// written there, and not what anybody stands by.
#[derive(Clone, Debug, Serialize)]
pub struct Provenance {
	/// In one word.
	#[serde(flatten)]
	pub verdict: Verdict,
	/// Where the manifest is said to be, if it is not in the file. Not fetched.
	pub remote: Option<String>,
	/// The manifest store in the file.
	pub store: Option<Store>,
	/// The picture's own manifest, if it can be read.
	pub manifest: Option<Statement>,
	/// All digital source types that the manifest and those of the picture's ingredients name, in
	/// the order in which they are met.
	pub source_types: Vec<String>,
	/// Whether something was done to the picture, or to the one it was made from, other than
	/// converting it.
	pub edited: bool,
	/// The registered models that are named.
	pub models: Vec<Model>,
	/// Why it is not valid, or not trusted.
	pub failures: Vec<Status>,
	/// What else was noticed.
	pub remarks: Vec<Status>,
}

/// A picture's origin in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "verdict", content = "why")]
pub enum Verdict {
	/// AI made it.
	Generated,
	/// AI made a part of it, or edited it.
	PartlyGenerated,
	/// It was edited, without AI as far as is said.
	Edited,
	/// A camera or scanner made it.
	Captured,
	/// A person made it, with tools other than AI.
	MadeByHuman,
	/// Nothing can be said.
	Unknown(Unknown),
	/// It is not what was signed, or the manifest is broken.
	Tampered,
}

/// Why nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unknown {
	/// The file has no manifest.
	NoManifest,
	/// The file only says where its manifest is.
	Remote,
	/// The manifest fits the picture, but its certificate is of no use (it is expired, revoked, or
	/// not made for this), or does not cover all of the file.
	Unverified,
	/// The manifest is valid, and says nothing of this, or something else: see the source types.
	NotSaid,
}

/// The manifest store: all manifests of a file, as bytes.
#[derive(Clone, Debug, Serialize)]
pub struct Store {
	/// Its SHA-256, which an anchor has as its document's.
	#[serde(serialize_with = "crate::hex0x")]
	pub digest: Digest,
	/// The bytes.
	#[serde(skip)]
	pub bytes: Vec<u8>,
}

/// What a picture's own manifest says.
#[derive(Clone, Debug, Serialize)]
pub struct Statement {
	/// The manifest's label.
	pub label: Option<String>,
	/// The picture's title.
	pub title: Option<String>,
	/// The programs that made the manifest.
	pub generators: Vec<String>,
	/// Who signed.
	pub signer: Option<SignedBy>,
	/// What was done, in the order of the manifest.
	pub actions: Vec<Action>,
	/// What the picture was made of.
	pub ingredients: Vec<Part>,
}

/// Who signed a manifest, as the certificate says.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SignedBy {
	/// The common name.
	pub name: Option<String>,
	/// The organisation.
	pub organisation: Option<String>,
	/// Who issued the certificate (RFC 4514).
	pub issuer: Option<String>,
	/// The certificate's serial number.
	pub serial: Option<String>,
	/// The signature's algorithm.
	pub algorithm: Option<String>,
	/// When a time stamping authority saw the signature, in RFC 3339. Without one nobody knows.
	pub time: Option<String>,
	/// The SHA-256 of the public key's PEM file, by which the chain knows an outside key.
	#[serde(serialize_with = "hex0x_if_any")]
	pub fingerprint: Option<Digest>,
	/// Whether the certificate leads to one of the trusted ones, and all else is in order.
	pub trusted: bool,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Action {
	/// `c2pa.created`, `c2pa.edited` …
	pub action: String,
	/// When, in RFC 3339, as the signer says.
	pub when: Option<String>,
	/// By which program or model.
	pub agent: Option<String>,
	/// The digital source type, a URI.
	pub source_type: Option<String>,
	/// In words.
	pub description: Option<String>,
}

/// What a picture was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
	/// Its title.
	pub title: Option<String>,
	/// `parentOf`, `componentOf` or `inputTo`.
	pub relationship: String,
	/// The label of its manifest, if it has one.
	pub manifest: Option<String>,
}

/// A status of C2PA's validation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
	/// One of C2PA's codes, such as `assertion.dataHash.mismatch`.
	pub code: String,
	/// What it is about.
	pub url: Option<String>,
	/// In words.
	pub explanation: Option<String>,
}

/// A version of an artifact on a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
	/// The chain's genesis hash.
	#[serde(serialize_with = "crate::hex0x", deserialize_with = "digest")]
	pub genesis: Digest,
	/// The artifact.
	pub artifact: u32,
	/// The root digest of its version.
	#[serde(serialize_with = "crate::hex0x", deserialize_with = "digest")]
	pub version: Digest,
}

fn digest<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Digest, D::Error> {
	let text = String::deserialize(deserializer)?;
	let mut digest = [0; 32];
	hex::decode_to_slice(text.strip_prefix("0x").unwrap_or(&text), &mut digest)
		.map_err(serde::de::Error::custom)?;
	Ok(digest)
}

fn hex0x_if_any<S: serde::Serializer>(
	bytes: &Option<Digest>,
	serializer: S,
) -> Result<S::Ok, S::Error> {
	match bytes {
		Some(bytes) => crate::hex0x(bytes, serializer),
		None => serializer.serialize_none(),
	}
}

impl Provenance {
	/// Of a picture of which only this is known.
	fn unread(verdict: Verdict) -> Self {
		Self {
			verdict,
			remote: None,
			store: None,
			manifest: None,
			source_types: Vec::new(),
			edited: false,
			models: Vec::new(),
			failures: Vec::new(),
			remarks: Vec::new(),
		}
	}

	/// Whether the manifest is valid and its signer trusted.
	pub fn trusted(&self) -> bool {
		self.manifest.iter().flat_map(|statement| &statement.signer).any(|signer| signer.trusted)
	}
}

/// The settings under which manifests are read and written: nothing is fetched.
pub(crate) fn settings() -> c2pa::Result<Settings> {
	Settings::new()
		.with_value("verify.remote_manifest_fetch", false)?
		.with_value("verify.ocsp_fetch", false)?
		.with_value("core.allowed_network_hosts", Vec::<String>::new())?
		.with_value("core.decode_identity_assertions", false)
}

/// Reads and checks the manifest in a file.
pub(crate) fn read(picture: &Picture, anchors: Option<&str>) -> Result<Provenance, Error> {
	let (media_type, bytes) = (picture.media_type(), picture.bytes());
	let wrong = |error: c2pa::Error| Error::Anchors(error.to_string());
	let mut settings = settings().map_err(wrong)?;
	if let Some(anchors) = anchors {
		// C2PA's library would take other things than certificates, too.
		if certificates(anchors).map_err(|error| Error::Anchors(error.to_string()))?.is_empty() {
			return Err(Error::Anchors("there is no certificate".into()));
		}
		settings.set_value("trust.trust_anchors", anchors).map_err(wrong)?;
	}
	let context = Context::new().with_settings(settings).map_err(wrong)?;
	let store = load_jumbf_from_memory(media_type, bytes)
		.ok()
		.map(|bytes| Store { digest: sha256(&bytes), bytes });
	let reader = match Reader::from_context(context).with_stream(media_type, Cursor::new(bytes)) {
		Ok(reader) => reader,
		// A format without a place for manifests has none.
		Err(c2pa::Error::JumbfNotFound | c2pa::Error::UnsupportedType) => {
			return Ok(Provenance::unread(Verdict::Unknown(Unknown::NoManifest)));
		}
		Err(c2pa::Error::RemoteManifestUrl(url)) => {
			let unread = Provenance::unread(Verdict::Unknown(Unknown::Remote));
			return Ok(Provenance { remote: Some(url), ..unread });
		}
		Err(error) => {
			let explanation = Some(error.to_string());
			let broken = Status { code: "manifest.unreadable".into(), url: None, explanation };
			let unread = Provenance::unread(Verdict::Tampered);
			return Ok(Provenance { store, failures: vec![broken], ..unread });
		}
	};

	let mut said = Said::default();
	said.read(&reader);
	let (mut failures, remarks) = statuses(&reader);
	let mut state = reader.validation_state();
	if state != ValidationState::Invalid {
		if let Some(unsigned) = unsigned(picture, &reader) {
			state = ValidationState::Invalid;
			failures.push(unsigned);
		}
	}
	let verdict = match state {
		ValidationState::Invalid if failures.iter().any(|status| !of_credential(&status.code)) => {
			Verdict::Tampered
		}
		ValidationState::Invalid => Verdict::Unknown(Unknown::Unverified),
		ValidationState::Valid | ValidationState::Trusted => said.verdict(),
	};
	let trusted = state == ValidationState::Trusted;
	Ok(Provenance {
		verdict,
		remote: None,
		store,
		manifest: reader.active_manifest().map(|manifest| statement(manifest, trusted)),
		source_types: said.source_types,
		edited: said.edited,
		models: said.models,
		failures,
		remarks,
	})
}

/// Failures and remarks, about the manifest and its ingredients.
fn statuses(reader: &Reader) -> (Vec<Status>, Vec<Status>) {
	let (mut failures, mut remarks) = (Vec::new(), Vec::new());
	let Some(results) = reader.validation_results() else { return (failures, remarks) };
	let deltas = results.ingredient_deltas().into_iter().flatten();
	let all = results.active_manifest().into_iter().chain(deltas.map(|d| d.validation_deltas()));
	for codes in all {
		let status = |status: &c2pa::validation_status::ValidationStatus| Status {
			code: status.code().into(),
			url: status.url().map(Into::into),
			explanation: status.explanation().map(Into::into),
		};
		failures.extend(codes.failure().iter().map(status));
		remarks.extend(codes.informational().iter().map(status));
	}
	(failures, remarks)
}

/// Whether a failure is about the signer's certificate, the time, or what else is in the file, and
/// not about what was signed.
fn of_credential(code: &str) -> bool {
	["signingCredential.", "timeStamp.", "algorithm."].iter().any(|kind| code.starts_with(kind))
		|| ["claimSignature.outsideValidity", UNSIGNED].contains(&code)
}

fn statement(manifest: &Manifest, trusted: bool) -> Statement {
	let infos = manifest.claim_generator_info.iter().flatten();
	let mut generators: Vec<_> = infos
		.map(|info| match &info.version {
			Some(version) => format!("{} {version}", info.name),
			None => info.name.clone(),
		})
		.collect();
	if generators.is_empty() {
		generators.extend(manifest.claim_generator().map(Into::into));
	}
	Statement {
		label: manifest.label().map(Into::into),
		title: manifest.title().map(Into::into),
		generators,
		signer: signer(manifest, trusted),
		actions: actions(manifest).into_iter().map(|(action, _)| action).collect(),
		ingredients: manifest.ingredients().iter().map(part).collect(),
	}
}

fn signer(manifest: &Manifest, trusted: bool) -> Option<SignedBy> {
	let info = manifest.signature_info()?;
	// The signer's own certificate is the first one.
	let chain = certificates(info.cert_chain()).ok();
	let certificate = chain.and_then(|chain| Some(chain.into_iter().next()?.tbs_certificate));
	let pem = certificate
		.as_ref()
		.and_then(|certificate| certificate.subject_public_key_info.to_pem(LineEnding::LF).ok());
	Some(SignedBy {
		name: info.common_name.clone(),
		organisation: info.issuer.clone(),
		issuer: certificate.map(|certificate| certificate.issuer.to_string()),
		serial: info.cert_serial_number.clone(),
		algorithm: info.alg.map(|algorithm| algorithm.to_string()),
		time: info.time.clone(),
		fingerprint: pem.map(|pem| sha256(pem.as_bytes())),
		trusted,
	})
}

/// The certificates in a PEM file, whatever is between them.
fn certificates(pem: &str) -> Result<Vec<Certificate>, x509_cert::der::Error> {
	let (begin, end) = ("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----");
	pem.split_inclusive(end)
		.filter_map(|part| Some(&part[part.find(begin)?..]))
		.map(Certificate::from_pem)
		.collect()
}

fn part(ingredient: &Ingredient) -> Part {
	Part {
		title: ingredient.title().map(Into::into),
		relationship: match ingredient.relationship() {
			Relationship::ParentOf => "parentOf",
			Relationship::ComponentOf => "componentOf",
			Relationship::InputTo => "inputTo",
		}
		.into(),
		manifest: ingredient.active_manifest().map(Into::into),
	}
}

/// The actions of a manifest, with the models that their agents name. What is not of the form that
/// C2PA says is passed over.
fn actions(manifest: &Manifest) -> Vec<(Action, Option<Model>)> {
	let mut actions = Vec::new();
	let assertions = manifest.assertions().iter();
	for assertion in assertions.filter(|assertion| assertion.label().starts_with("c2pa.actions")) {
		let Ok(value) = assertion.value() else { continue };
		let list = |name: &str| value[name].as_array().map(Vec::as_slice).unwrap_or_default();
		for action in list("actions") {
			let text = |from: &Value, name: &str| from[name].as_str().map(String::from);
			let Some(name) = text(action, "action") else { continue };
			// What an action does not say, its template says for all actions of its name.
			let template = list("templates").iter().find(|template| {
				template["action"].as_str().is_some_and(|label| label == "*" || label == name)
			});
			let template = template.unwrap_or(&Value::Null);
			let nth = |from: &Value| {
				list("softwareAgents")
					.get(usize::try_from(from["softwareAgentIndex"].as_u64()?).ok()?)
			};
			let agent = [action, template]
				.into_iter()
				.find_map(|from| from.get("softwareAgent").or_else(|| nth(from)))
				.unwrap_or(&Value::Null);
			let source = "digitalSourceType";
			actions.push((
				Action {
					action: name,
					when: text(action, "when"),
					agent: agent_name(agent),
					source_type: text(action, source).or_else(|| text(template, source)),
					description: text(action, "description"),
				},
				agent.get(MODEL_LABEL).and_then(|model| Model::deserialize(model).ok()),
			));
		}
	}
	actions
}

/// A software agent is a name, or an object that has one.
fn agent_name(agent: &Value) -> Option<String> {
	if let Some(name) = agent.as_str() {
		return Some(name.into());
	}
	let name = agent["name"].as_str()?;
	Some(match agent["version"].as_str() {
		Some(version) => format!("{name} {version}"),
		None => name.into(),
	})
}

/// Whether the signer found that an ingredient does not fit its own manifest.
fn was_broken(ingredient: &Ingredient) -> bool {
	let results = ingredient.validation_results().and_then(|results| results.active_manifest());
	let failures = results.map(|codes| codes.failure().as_slice()).unwrap_or_default();
	let status = ingredient.validation_status().unwrap_or_default();
	failures.iter().chain(status.iter().filter(|s| !s.passed())).any(|s| !of_credential(s.code()))
}

/// What a manifest and those of the ingredients say.
#[derive(Default)]
struct Said {
	source_types: Vec<String>,
	edited: bool,
	models: Vec<Model>,
	generated: bool,
	partly_generated: bool,
	captured: bool,
	made_by_human: bool,
}

impl Said {
	/// Follows the manifests from the picture's own to all that is to be seen in the picture. What
	/// was only an input, such as a sketch that an AI was given, is not.
	fn read(&mut self, reader: &Reader) {
		let mut seen = HashSet::new();
		let mut open: Vec<_> =
			reader.active_manifest().map(|own| (own, true)).into_iter().collect();
		while let Some((manifest, whole)) = open.pop() {
			if !seen.insert((manifest.label().map(String::from), whole)) {
				continue;
			}
			self.read_one(manifest, whole);
			for ingredient in manifest.ingredients() {
				let whole = match ingredient.relationship() {
					Relationship::ParentOf => whole,
					Relationship::ComponentOf => false,
					Relationship::InputTo => continue,
				};
				// It was changed by somebody before the signer took it.
				self.edited |= whole && was_broken(ingredient);
				let label = ingredient.active_manifest();
				open.extend(label.and_then(|label| reader.get_manifest(label)).map(|m| (m, whole)));
			}
		}
	}

	/// Reads a manifest of the picture, or of one it was made from, or of a part of it.
	fn read_one(&mut self, manifest: &Manifest, whole: bool) {
		for (action, model) in actions(manifest) {
			self.models(model);
			if whole && !CONVERTING.contains(&action.action.as_str()) {
				self.edited = true;
			}
			let Some(source_type) = action.source_type else { continue };
			let created = action.action == "c2pa.created";
			match source_type.rsplit('/').next().unwrap_or_default() {
				"trainedAlgorithmicMedia" | "trainedAlgorithmicData" if whole && created => {
					self.generated = true;
				}
				"trainedAlgorithmicMedia"
				| "trainedAlgorithmicData"
				| "compositeWithTrainedAlgorithmicMedia"
				| "compositeSynthetic" => self.partly_generated = true,
				"digitalCapture"
				| "computationalCapture"
				| "compositeCapture"
				| "negativeFilm"
				| "positiveFilm"
				| "print" => self.captured |= whole,
				"digitalCreation" | "digitalArt" | "dataDrivenMedia" | "humanEdits"
				| "minorHumanEdits" => self.made_by_human |= whole,
				_ => {}
			}
			if !self.source_types.contains(&source_type) {
				self.source_types.push(source_type);
			}
		}
		let assertions = manifest.assertions().iter();
		for assertion in assertions.filter(|assertion| assertion.label() == MODEL_LABEL) {
			self.models(assertion.value().ok().and_then(|model| Model::deserialize(model).ok()));
		}
	}

	fn models(&mut self, model: Option<Model>) {
		self.models.extend(model.filter(|model| !self.models.contains(model)));
	}

	fn verdict(&self) -> Verdict {
		if self.generated {
			Verdict::Generated
		} else if self.partly_generated {
			Verdict::PartlyGenerated
		} else if self.edited {
			Verdict::Edited
		} else if self.captured {
			Verdict::Captured
		} else if self.made_by_human {
			Verdict::MadeByHuman
		} else {
			Verdict::Unknown(Unknown::NotSaid)
		}
	}
}

/// Actions after which a picture shows what it showed. Any other one is an edit.
const CONVERTING: [&str; 10] = [
	"c2pa.created",
	"c2pa.opened",
	"c2pa.published",
	"c2pa.converted",
	"c2pa.transcoded",
	"c2pa.repackaged",
	"c2pa.resized.proportional",
	"c2pa.watermarked",
	"c2pa.watermarked.bound",
	"c2pa.watermarked.unbound",
];
