//! A [`Bill`] as a CycloneDX 1.6 ML-BOM in JSON (<https://cyclonedx.org/docs/1.6/json/>).
//!
//! | in the chain | in the document |
//! |---|---|
//! | model, adapter | component `machine-learning-model`, with a model card that names the datasets |
//! | dataset | component `data` |
//! | code | component `library` |
//! | owner | `supplier` |
//! | version | `version`, `hashes`; other versions as components inside |
//! | licence | `licenses`: an SPDX expression, or a name with what is known of its text |
//! | locators | `externalReferences` |
//! | parents | `dependencies`, `pedigree.ancestors` for those whose weights or outputs went in, and properties with relation, share and whether the parent's owner confirmed it |
//!
//! The hash of a component is the root digest of its version: SHA-256 over the files' digests, by
//! OpenSSF Model Signing. A property says so beside it. All other properties begin with `tallystick:`
//! as well. The serial number is made from the bill's content.

use crate::bill::{
	percent, rfc3339, uri, Artifact, Bill, Error, Kind, Licence, Relation, Terms, Version,
};
use serde_json::{json, Map, Value};

/// The media type of the document.
pub const MEDIA_TYPE: &str = "application/vnd.cyclonedx+json; version=1.6";

/// The document.
pub fn document(bill: &Bill) -> Result<Value, Error> {
	let artifacts = bill.artifacts()?;
	let components: Vec<_> =
		artifacts.iter().map(|artifact| component(bill, artifact, &artifacts)).collect();
	let dependencies: Vec<_> = artifacts
		.iter()
		.map(|artifact| {
			let parents = artifact.parents.iter().map(|parent| bill.urn(parent.id));
			let mut dependency = Map::from_iter([("ref".into(), json!(bill.urn(artifact.id)))]);
			put_list(&mut dependency, "dependsOn", parents.map(Value::from).collect());
			Value::Object(dependency)
		})
		.collect();
	let mut components = components.into_iter();
	let properties = vec![
		property("genesis", hex::encode(bill.genesis)),
		property("block:number", bill.block.number.to_string()),
		property("block:hash", hex::encode(bill.block.hash)),
	];
	let mut document = Map::from_iter([
		("$schema".into(), json!("http://cyclonedx.org/schema/bom-1.6.schema.json")),
		("bomFormat".into(), json!("CycloneDX")),
		("specVersion".into(), json!("1.6")),
		("serialNumber".into(), json!(format!("urn:uuid:{}", bill.uuid("CycloneDX", &artifacts)))),
		("version".into(), json!(1)),
		(
			"metadata".into(),
			json!({
				"timestamp": rfc3339(bill.block.time),
				"tools": { "components": [{
					"type": "application",
					"name": "tally",
					"version": env!("CARGO_PKG_VERSION"),
				}] },
				"component": components.next(),
				"properties": properties,
			}),
		),
		("dependencies".into(), json!(dependencies)),
	]);
	put_list(&mut document, "components", components.collect());
	Ok(document.into())
}

fn component(bill: &Bill, artifact: &Artifact, all: &[&Artifact]) -> Value {
	let (version, others) = artifact.versions();
	let mut component = named(artifact);
	component.insert("bom-ref".into(), bill.urn(artifact.id).into());
	component.insert("supplier".into(), json!({ "name": artifact.owner }));
	if !artifact.description.is_empty() {
		component.insert("description".into(), artifact.description.as_str().into());
	}
	let mut properties = vec![
		property("artifact", artifact.id.to_string()),
		property("owner", artifact.owner.clone()),
		property("status", artifact.status.clone()),
	];
	properties.extend(artifact.registered.map(|time| property("registered", rfc3339(time))));
	let mut references = references(&artifact.locators, "website", &mut properties);
	if let Some(version) = version {
		put_version(&mut component, version, &mut properties, &mut references);
	}
	put_licence(&mut component, &artifact.licence, &mut properties, &mut references);
	for parent in &artifact.parents {
		let about = |what: &str| format!("parent:{}:{what}", parent.id);
		properties.push(property(&about("relation"), parent.relation.name().into()));
		properties.push(property(&about("share"), percent(parent.share)));
		properties.push(property(&about("confirmed"), parent.confirmed.to_string()));
	}
	put_list(&mut component, "externalReferences", references);
	component.insert("properties".into(), properties.into());

	let versions = others.iter().map(|version| {
		let mut component = named(artifact);
		let urn = format!("{}:version:{}", bill.urn(artifact.id), version.number);
		component.insert("bom-ref".into(), urn.into());
		let (mut properties, mut references) = (Vec::new(), Vec::new());
		put_version(&mut component, version, &mut properties, &mut references);
		put_list(&mut component, "externalReferences", references);
		put_list(&mut component, "properties", properties);
		Value::Object(component)
	});
	put_list(&mut component, "components", versions.collect());

	let parents = |wanted: fn(Relation) -> bool| {
		artifact.parents.iter().filter(move |parent| wanted(parent.relation))
	};
	// Ancestors are repeated in short: the whole of each is a component of its own.
	let ancestors =
		parents(|relation| !matches!(relation, Relation::TrainedOn | Relation::UsesCode))
			.filter_map(|parent| {
				let mut ancestor = named(all.iter().find(|artifact| artifact.id == parent.id)?);
				let properties = vec![property("artifact", parent.id.to_string())];
				ancestor.insert("properties".into(), properties.into());
				Some(Value::Object(ancestor))
			});
	let ancestors: Vec<_> = ancestors.collect();
	if !ancestors.is_empty() {
		component.insert("pedigree".into(), json!({ "ancestors": ancestors }));
	}
	match artifact.kind {
		Kind::Model | Kind::Adapter => {
			let datasets = parents(|relation| relation == Relation::TrainedOn)
				.map(|parent| json!({ "ref": bill.urn(parent.id) }));
			let mut parameters = Map::new();
			put_list(&mut parameters, "datasets", datasets.collect());
			component.insert("modelCard".into(), json!({ "modelParameters": parameters }));
		}
		Kind::Dataset => {
			let mut data = Map::from_iter([
				("type".into(), json!("dataset")),
				("name".into(), artifact.title().into()),
				(
					"governance".into(),
					json!({ "owners": [{ "organization": { "name": artifact.owner } }] }),
				),
			]);
			let locators = version.into_iter().flat_map(|version| &version.locators);
			if let Some(url) = locators.chain(&artifact.locators).find_map(|locator| uri(locator)) {
				data.insert("contents".into(), json!({ "url": url }));
			}
			component.insert("data".into(), json!([data]));
		}
		Kind::Code => (),
	}
	component.into()
}

/// The least that a component has.
fn named(artifact: &Artifact) -> Map<String, Value> {
	let kind = match artifact.kind {
		Kind::Model | Kind::Adapter => "machine-learning-model",
		Kind::Dataset => "data",
		Kind::Code => "library",
	};
	Map::from_iter([("type".into(), json!(kind)), ("name".into(), artifact.title().into())])
}

fn put_version(
	component: &mut Map<String, Value>,
	version: &Version,
	properties: &mut Vec<Value>,
	references: &mut Vec<Value>,
) {
	component.insert("version".into(), version.number.to_string().into());
	let hash = json!({ "alg": "SHA-256", "content": hex::encode(version.root) });
	component.insert("hashes".into(), json!([hash]));
	properties.push(property("hash", "root digest of OpenSSF Model Signing v1.0".into()));
	for (name, value) in [
		("version:status", version.status.clone()),
		("version:serving", version.serving.to_string()),
		("version:format", version.format.clone()),
		("version:files", version.files.to_string()),
		("version:bytes", version.bytes.to_string()),
		("version:published", version.published.map(rfc3339).unwrap_or_default()),
	] {
		if !value.is_empty() {
			properties.push(property(name, value));
		}
	}
	references.extend(self::references(&version.locators, "distribution", properties));
}

fn put_licence(
	component: &mut Map<String, Value>,
	licence: &Licence,
	properties: &mut Vec<Value>,
	references: &mut Vec<Value>,
) {
	let licenses = match licence.terms() {
		Terms::Expression { text, .. } => Some(json!([{ "expression": text }])),
		Terms::Named(name) => {
			let mut license = Map::from_iter([("name".into(), Value::from(name))]);
			let words = licence.words();
			if !words.is_empty() {
				let text = json!({ "contentType": "text/plain", "content": words });
				license.insert("text".into(), text);
			}
			if let Some(url) = licence.locators.iter().find_map(|locator| uri(locator)) {
				license.insert("url".into(), url.into());
			}
			Some(json!([{ "license": license }]))
		}
		Terms::Nothing => None,
	};
	component.extend(licenses.map(|licenses| ("licenses".into(), licenses)));
	properties.extend(licence.terms.map(|terms| property("licence:terms", hex::encode(terms))));
	for (name, value) in &licence.conditions {
		properties.push(property(&format!("licence:{name}"), value.clone()));
	}
	references.extend(self::references(&licence.locators, "license", properties));
}

/// References to what is at `locators`. Those that are no URIs are properties.
fn references(locators: &[String], kind: &str, properties: &mut Vec<Value>) -> Vec<Value> {
	let reference = |locator: &String| match uri(locator) {
		Some(url) => Some(json!({ "type": kind, "url": url })),
		None => {
			properties.push(property("locator", locator.clone()));
			None
		}
	};
	let mut references: Vec<_> = locators.iter().filter_map(reference).collect();
	// The list is one of different things.
	let mut seen = Vec::new();
	references.retain(|reference| {
		let new = !seen.contains(reference);
		seen.push(reference.clone());
		new
	});
	references
}

fn property(name: &str, value: String) -> Value {
	json!({ "name": format!("tallystick:{name}"), "value": value })
}

/// Puts `list` under `key`, unless it is empty.
fn put_list(into: &mut Map<String, Value>, key: &str, list: Vec<Value>) {
	if !list.is_empty() {
		into.insert(key.into(), list.into());
	}
}
