//! A [`Bill`] as an SPDX 3.0.1 document in JSON-LD with the AI and Dataset profiles
//! (<https://spdx.github.io/spdx-spec/v3.0.1/>).
//!
//! | in the chain | in the document |
//! |---|---|
//! | model, adapter | `ai_AIPackage` |
//! | dataset | `dataset_DatasetPackage` |
//! | code | `software_Package` |
//! | owner | `Agent`, as `suppliedBy`; of a dataset also as `originatedBy` |
//! | version | `software_packageVersion`, `verifiedUsing`; other versions as packages by `hasVariant` |
//! | licence | `hasDeclaredLicense` to an expression or a custom licence |
//! | locators | `software_downloadLocation`, `externalRef` |
//! | TrainedOn (of a model) | `trainedOn` |
//! | UsesCode | `dependsOn` |
//! | all other relations | `descendantOf` |
//!
//! Relation, share and whether the parent's owner confirmed it are the relationship's comment.
//!
//! What the profiles ask for and the chain does not know: a package without a locator is at
//! `NoAssertionElement`; a time that is not known is the block's, at which the artifact was there;
//! a dataset's `builtTime` is that of its publication, at which it was built; its type is
//! `noAssertion`. The hash is the root digest of the version, by OpenSSF Model Signing.
//!
//! Ids are made from the bill's content: the same bill always gives the same ones.

use crate::bill::{percent, rfc3339, uri, Artifact, Bill, Error, Kind, Relation, Terms, Version};
use serde_json::{json, Value};
use std::collections::BTreeMap;

/// The media type of the document.
pub const MEDIA_TYPE: &str = "application/spdx+json";
/// The blank node of the one creation info.
const CREATION: &str = "_:creation";
/// What stands for a place that nobody has told.
const NO_ASSERTION: &str = "https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement";
/// What stands for a licence that nobody has told.
const NO_LICENCE: &str = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense";
/// The version of SPDX's list of licences that expressions are checked against.
const LICENCE_LIST: &str = spdx::identifiers::VERSION;

/// The document.
pub fn document(bill: &Bill) -> Result<Value, Error> {
	let artifacts = bill.artifacts()?;
	let mut graph = Graph {
		bill,
		namespace: format!("urn:uuid:{}#", bill.uuid("SPDX", &artifacts)),
		elements: Vec::new(),
		agents: BTreeMap::new(),
		licences: BTreeMap::new(),
		relationships: 0,
	};
	for artifact in &artifacts {
		graph.artifact(artifact);
	}
	let (root, tool) = (graph.package_id(bill.root.id), graph.id("tally"));
	graph.element(
		"SoftwareAgent",
		&tool,
		[("name", json!(concat!("tally ", env!("CARGO_PKG_VERSION"))))],
	);

	let all: Vec<_> = graph.elements.iter().map(|element| element["spdxId"].clone()).collect();
	let profiles = ["core", "software", "ai", "dataset", "simpleLicensing", "expandedLicensing"];
	let sbom = graph.id("sbom");
	graph.element(
		"software_Sbom",
		&sbom,
		[
			("profileConformance", json!(profiles)),
			("rootElement", json!([root])),
			("element", json!(all)),
		],
	);
	let document = graph.id("document");
	let at = format!(
		"What the chain with genesis hash {} said at block {}, {}.",
		hex::encode(bill.genesis),
		bill.block.number,
		hex::encode(bill.block.hash)
	);
	let everything: Vec<_> = all.into_iter().chain([json!(sbom)]).collect();
	graph.element(
		"SpdxDocument",
		&document,
		[
			("name", json!(format!("{} and its lineage", bill.root.title()))),
			("comment", json!(at)),
			("profileConformance", json!(profiles)),
			("rootElement", json!([sbom])),
			("element", json!(everything)),
		],
	);
	let creation = json!({
		"type": "CreationInfo",
		"@id": CREATION,
		"specVersion": "3.0.1",
		"created": rfc3339(bill.block.time),
		"createdBy": [tool],
	});
	let graph: Vec<_> = std::iter::once(creation).chain(graph.elements).collect();
	Ok(json!({ "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": graph }))
}

/// The elements so far.
struct Graph<'a> {
	bill: &'a Bill,
	/// What every id begins with.
	namespace: String,
	elements: Vec<Value>,
	/// The owners' elements.
	agents: BTreeMap<&'a str, String>,
	/// The licences' elements, by all that they say.
	licences: BTreeMap<(String, String), String>,
	relationships: usize,
}

impl<'a> Graph<'a> {
	fn id(&self, name: &str) -> String {
		format!("{}{name}", self.namespace)
	}

	fn package_id(&self, artifact: u32) -> String {
		self.id(&format!("artifact-{artifact}"))
	}

	fn element(
		&mut self,
		kind: &str,
		id: &str,
		properties: impl IntoIterator<Item = (&'static str, Value)>,
	) {
		let head =
			[("type", json!(kind)), ("spdxId", json!(id)), ("creationInfo", json!(CREATION))];
		let all = head.into_iter().chain(properties).map(|(name, value)| (name.to_owned(), value));
		self.elements.push(Value::Object(all.collect()));
	}

	fn relationship(&mut self, from: &str, kind: &str, to: &str, comment: Option<String>) {
		self.relationships += 1;
		let id = self.id(&format!("relationship-{}", self.relationships));
		let ends = [("from", json!(from)), ("relationshipType", json!(kind)), ("to", json!([to]))];
		let comment = comment.map(|comment| ("comment", json!(comment)));
		self.element("Relationship", &id, ends.into_iter().chain(comment));
	}

	fn agent(&mut self, account: &'a str) -> String {
		if let Some(id) = self.agents.get(account) {
			return id.clone();
		}
		let id = self.id(&format!("agent-{}", self.agents.len() + 1));
		self.agents.insert(account, id.clone());
		self.element("Agent", &id, [("name", json!(account))]);
		id
	}

	fn artifact(&mut self, artifact: &'a Artifact) {
		let id = self.package_id(artifact.id);
		let owner = self.agent(&artifact.owner);
		let (version, others) = artifact.versions();
		self.package(artifact, version, &id, &owner);
		for version in others {
			let other = format!("{id}-version-{}", version.number);
			self.package(artifact, Some(version), &other, &owner);
			self.relationship(&id, "hasVariant", &other, Some("another version of it".into()));
		}
		let licence = self.licence(artifact);
		let conditions = artifact.licence.conditions.iter();
		let conditions: Vec<_> =
			conditions.map(|(name, value)| format!("{name}: {value}")).collect();
		let comment = (!conditions.is_empty()).then(|| conditions.join("; "));
		self.relationship(&id, "hasDeclaredLicense", &licence, comment);

		let is_model = matches!(artifact.kind, Kind::Model | Kind::Adapter);
		for parent in &artifact.parents {
			let kind = match parent.relation {
				Relation::TrainedOn if is_model => "trainedOn",
				Relation::UsesCode => "dependsOn",
				_ => "descendantOf",
			};
			let to = self.package_id(parent.id);
			let comment = format!(
				"{}, with a share of {}, {}",
				parent.relation.name(),
				percent(parent.share),
				match parent.confirmed {
					true => "confirmed by the parent's owner",
					false => "not confirmed by the parent's owner",
				}
			);
			self.relationship(&id, kind, &to, Some(comment));
		}
	}

	fn package(&mut self, artifact: &Artifact, version: Option<&Version>, id: &str, owner: &str) {
		let (kind, purpose) = match artifact.kind {
			Kind::Model | Kind::Adapter => ("ai_AIPackage", "model"),
			Kind::Dataset => ("dataset_DatasetPackage", "data"),
			Kind::Code => ("software_Package", "source"),
		};
		let of_version = version.into_iter().flat_map(|version| &version.locators);
		let mut locators: Vec<_> =
			of_version.chain(&artifact.locators).filter_map(|locator| uri(locator)).collect();
		let first = match locators.is_empty() {
			true => NO_ASSERTION.to_owned(),
			false => locators.remove(0),
		};
		locators.retain(|locator| *locator != first);
		let time = version.and_then(|version| version.published).or(artifact.registered);
		let time = rfc3339(time.unwrap_or(self.bill.block.time));
		let number = version.map_or("NOASSERTION".into(), |version| version.number.to_string());

		let mut comment = vec![format!("status: {}", artifact.status)];
		if let Some(version) = version {
			comment.push(format!("version: {}", version.status));
			if !version.format.is_empty() {
				comment.push(format!("format: {}", version.format));
			}
			comment.push(format!("{} files, {} bytes", version.files, version.bytes));
		}
		let identifier = json!({
			"type": "ExternalIdentifier",
			"externalIdentifierType": "other",
			"identifier": self.bill.urn(artifact.id),
			"comment": "the artifact on its chain",
		});
		let mut properties = vec![
			("name", json!(artifact.title())),
			("comment", json!(comment.join("; "))),
			("externalIdentifier", json!([identifier])),
			("suppliedBy", json!(owner)),
			("releaseTime", json!(time)),
			("software_packageVersion", json!(number)),
			("software_downloadLocation", json!(first)),
			("software_primaryPurpose", json!(purpose)),
		];
		if !artifact.description.is_empty() {
			properties.push(("description", json!(artifact.description)));
		}
		if let Some(version) = version {
			let hash = json!({
				"type": "Hash",
				"algorithm": "sha256",
				"hashValue": hex::encode(version.root),
				"comment": "the root digest of OpenSSF Model Signing v1.0",
			});
			properties.push(("verifiedUsing", json!([hash])));
		}
		if !locators.is_empty() {
			let other = json!({
				"type": "ExternalRef",
				"externalRefType": "altDownloadLocation",
				"locator": locators,
			});
			properties.push(("externalRef", json!([other])));
		}
		if artifact.kind == Kind::Dataset {
			properties.push(("dataset_datasetType", json!(["noAssertion"])));
			properties.push(("builtTime", json!(time)));
			properties.push(("originatedBy", json!([owner])));
		}
		self.element(kind, id, properties);
	}

	/// The licence's element.
	fn licence(&mut self, artifact: &Artifact) -> String {
		let licence = &artifact.licence;
		let words = licence.words();
		match licence.terms() {
			Terms::Nothing => NO_LICENCE.into(),
			Terms::Named(name) => self.custom_licence(name, words),
			Terms::Expression { text, references } => {
				let key = (format!("expression {text}"), words.clone());
				if let Some(id) = self.licences.get(&key) {
					return id.clone();
				}
				let texts: Vec<_> = references
					.into_iter()
					.map(|name| {
						let text = self.custom_licence(name.clone(), words.clone());
						json!({ "type": "DictionaryEntry", "key": name, "value": text })
					})
					.collect();
				let id = self.id(&format!("licence-{}", self.licences.len() + 1));
				self.licences.insert(key, id.clone());
				let mut properties = vec![
					("simplelicensing_licenseExpression", json!(text)),
					("simplelicensing_licenseListVersion", json!(LICENCE_LIST)),
				];
				if !texts.is_empty() {
					properties.push(("simplelicensing_customIdToUri", json!(texts)));
				} else if !words.is_empty() {
					properties.push(("comment", json!(words)));
				}
				self.element("simplelicensing_LicenseExpression", &id, properties);
				id
			}
		}
	}

	/// The element of a licence that is not on SPDX's list.
	fn custom_licence(&mut self, name: String, words: String) -> String {
		let key = (format!("custom {name}"), words);
		if let Some(id) = self.licences.get(&key) {
			return id.clone();
		}
		let id = self.id(&format!("licence-{}", self.licences.len() + 1));
		let text = match key.1.as_str() {
			"" => "The owner has named the licence, and no text of it.",
			words => words,
		};
		let properties = [("name", json!(name)), ("simplelicensing_licenseText", json!(text))];
		self.element("expandedlicensing_CustomLicense", &id, properties);
		self.licences.insert(key, id.clone());
		id
	}
}
