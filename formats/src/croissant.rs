//! Reads a dataset's description in the Croissant format, 1.0 or 1.1
//! (<https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html>): JSON-LD on schema.org.
//!
//! What is read is what a dataset's metadata and licence on chain need, and its files with their
//! digests. Record sets, fields and how they are extracted are the dataset's own, and not looked at.
//!
//! **Tolerant** where JSON-LD is: a context by URL, by prefixes or by terms; names with a prefix, as a
//! whole IRI or bare; one value or a list; text as it is, with `@value` or with a language. **Strict**
//! about what is claimed: it has to say that it conforms to Croissant; what is required has to be
//! there; a digest has to be SHA-256; a file has to have a place, and what it is contained in has to be
//! described as well. All that is missing is named at once.

use crate::{text::shown, Digest};
use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

/// The media type of a Croissant file.
pub const MEDIA_TYPE: &str = "application/ld+json; profile=\"http://mlcommons.org/croissant/1.1\"";
/// What `conformsTo` says, with a version after it.
const CROISSANT: &str = "mlcommons.org/croissant/";
const VERSIONS: [&str; 2] = ["1.0", "1.1"];
/// The vocabularies whose names are known here, as a bare name.
const VOCABULARIES: [&str; 3] = ["schema.org/", "mlcommons.org/croissant/", "purl.org/dc/terms/"];
/// The prefixes that files use for them without saying so.
const PREFIXES: [&str; 5] = ["sc", "schema", "cr", "dct", "dcterms"];

/// Why a file is no description of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
	/// It is no JSON.
	#[error("it is no JSON: {0}")]
	NotJson(String),
	/// It is another kind of JSON.
	#[error("it is no Croissant file: {0}")]
	NotCroissant(String),
	/// What every dataset has to have.
	#[error("it lacks what Croissant requires: {}", .0.join(", "))]
	Missing(Vec<&'static str>),
	/// A property with a value that it cannot have.
	#[error("{property} of {} is {}: {why}", shown(.of), shown(.value))]
	BadValue {
		/// The property.
		property: &'static str,
		/// Whose: the dataset, or the id of a file.
		of: String,
		/// What it says.
		value: String,
		/// What is wrong with it.
		why: &'static str,
	},
	/// Two files with one id.
	#[error("two files have the id {}", shown(.0))]
	Twice(String),
}

impl Error {
	/// A name that programs can rely on.
	pub fn code(&self) -> &'static str {
		match self {
			Self::NotJson(_) => "NotJson",
			Self::NotCroissant(_) => "NotCroissant",
			Self::Missing(_) => "MissingProperty",
			Self::BadValue { .. } => "BadValue",
			Self::Twice(_) => "FileTwice",
		}
	}

	/// What to do about it.
	pub fn hint(&self) -> &'static str {
		match self {
			Self::NotJson(_) | Self::NotCroissant(_) => {
				"name the dataset's Croissant file (croissant.json), version 1.0 or 1.1"
			}
			Self::Missing(_) | Self::BadValue { .. } | Self::Twice(_) => {
				"correct the file, and check it with `mlcroissant validate`"
			}
		}
	}
}

/// What a Croissant file says of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Description {
	/// The version of Croissant.
	pub croissant: String,
	/// The dataset's name.
	pub name: String,
	/// What it is.
	pub description: String,
	/// Its page.
	pub url: String,
	/// Its version, as its makers count.
	pub version: Option<String>,
	/// Its licences. At least one.
	pub licences: Vec<Licence>,
	/// Who made it, by name.
	pub creators: Vec<String>,
	/// When it was published.
	pub published: Option<String>,
	/// How to cite it: `citeAs`, or else `citation`.
	pub citation: Option<String>,
	/// Words for it.
	pub keywords: Vec<String>,
	/// Whether it changes all the time.
	pub live: bool,
	/// Its files: `FileObject`.
	pub files: Vec<File>,
	/// Its sets of files: `FileSet`.
	pub sets: Vec<FileSet>,
}

/// A licence, by what is said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Licence {
	/// A name, or a URL.
	pub text: String,
	/// Where its text is.
	pub url: Option<String>,
	/// The SPDX id or expression that it stands for, where that is known.
	pub spdx: Option<String>,
}

/// A file of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct File {
	/// Its id in the description.
	pub id: String,
	/// Where it is; inside of what it is contained in, where it is.
	pub url: Option<String>,
	/// The SHA-256 of its content.
	#[serde(serialize_with = "as_hex")]
	pub sha256: Option<Digest>,
	/// Its bytes; where only a rounded size is told, none.
	pub bytes: Option<u64>,
	/// The media types of its content.
	pub formats: Vec<String>,
	/// The ids of what it is contained in.
	pub contained_in: Vec<String>,
}

/// A set of files of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileSet {
	/// Its id in the description.
	pub id: String,
	/// Which files, by pattern.
	pub includes: Vec<String>,
	/// The ids of what it is contained in.
	pub contained_in: Vec<String>,
}

fn as_hex<S: serde::Serializer>(digest: &Option<Digest>, into: S) -> Result<S::Ok, S::Error> {
	digest.map(hex::encode).serialize(into)
}

impl Description {
	/// Reads a Croissant file.
	pub fn read(bytes: &[u8]) -> Result<Self, Error> {
		let json: Value =
			serde_json::from_slice(bytes).map_err(|error| Error::NotJson(error.to_string()))?;
		let terms = Terms::of(&json["@context"]);
		let dataset = dataset(&json, &terms)?;
		let croissant = version_of_croissant(&dataset)?;

		let creators = dataset.all("creator").filter_map(|value| named(value, &terms)).collect();
		let licences: Vec<_> =
			dataset.all("license").filter_map(|value| Licence::of(value, &terms)).collect();
		let mut missing = Vec::new();
		let mut required = |property: &'static str| {
			let text = dataset.text(property).filter(|text| !text.trim().is_empty());
			if text.is_none() {
				missing.push(property);
			}
			text.unwrap_or_default()
		};
		let (name, description, url) = (required("name"), required("description"), required("url"));
		if licences.is_empty() {
			missing.push("license");
		}
		let resources: Vec<_> = dataset.all("distribution").collect();
		if resources.is_empty() {
			missing.push("distribution");
		}
		if !missing.is_empty() {
			return Err(Error::Missing(missing));
		}
		// A reference by URL is as good a name as a page.
		if crate::bill::uri(&url).is_none() {
			let why = "it is no URL";
			let of = "the dataset".into();
			return Err(Error::BadValue { property: "url", of, value: url, why });
		}
		let (mut files, mut sets) = (Vec::new(), Vec::new());
		for resource in resources {
			let node = Node::of(resource, &terms).ok_or_else(|| {
				Error::NotCroissant("its distribution holds what is no object".into())
			})?;
			match (node.is_a("FileObject"), node.is_a("FileSet")) {
				(true, _) => files.push(File::of(&node)?),
				(_, true) => sets.push(FileSet::of(&node)?),
				_ => {
					let of = node.id().unwrap_or("a part of distribution".into());
					let value =
						node.all("@type").map(Value::to_string).collect::<Vec<_>>().join(", ");
					let why = "Croissant has FileObject and FileSet";
					return Err(Error::BadValue { property: "@type", of, value, why });
				}
			}
		}
		check_ids(&files, &sets)?;
		Ok(Self {
			croissant,
			name,
			description,
			url,
			version: dataset.text("version"),
			licences,
			creators,
			published: dataset.text("datePublished"),
			citation: dataset.text("citeAs").or_else(|| dataset.text("citation")),
			keywords: dataset.all("keywords").filter_map(|value| named(value, &terms)).collect(),
			live: dataset.all("isLiveDataset").any(|value| *value == Value::Bool(true)),
			files,
			sets,
		})
	}

	/// What the specification wants besides, or recommends, and is not there.
	pub fn advice(&self) -> Vec<String> {
		let mut advice = Vec::new();
		for (missing, what) in [
			(self.creators.is_empty(), "creator (required)"),
			(self.published.is_none(), "datePublished (required)"),
			(self.version.is_none(), "version"),
			(self.citation.is_none(), "citeAs"),
			(self.keywords.is_empty(), "keywords"),
		] {
			if missing {
				advice.push(format!("it does not tell its {what}"));
			}
		}
		// What lies in another file is covered by that one's digest.
		let bare = |file: &&File| file.sha256.is_none() && file.contained_in.is_empty();
		if !self.live {
			let files = self.files.iter().filter(bare);
			advice.extend(files.map(|file| format!("{} has no sha256", shown(&file.id))));
		}
		advice
	}
}

/// The prefixes and terms that a context declares.
struct Terms(Vec<(String, String)>);

impl Terms {
	fn of(context: &Value) -> Self {
		let mut terms = Vec::new();
		let parts = match context {
			Value::Array(parts) => parts.as_slice(),
			one => std::slice::from_ref(one),
		};
		for (term, meaning) in parts.iter().filter_map(Value::as_object).flatten() {
			let meaning = match meaning {
				Value::Object(meaning) => meaning.get("@id").and_then(Value::as_str),
				meaning => meaning.as_str(),
			};
			if let Some(meaning) = meaning.filter(|_| !term.starts_with('@')) {
				terms.push((term.clone(), meaning.to_owned()));
			}
		}
		Self(terms)
	}

	fn meaning(&self, term: &str) -> Option<&str> {
		self.0.iter().find(|(known, _)| known == term).map(|(_, meaning)| meaning.as_str())
	}

	/// A name of the known vocabularies, bare. `None` for a name of another one.
	fn bare<'a>(&'a self, name: &'a str) -> Option<&'a str> {
		if name.starts_with('@') {
			return Some(name);
		}
		let name = match self.meaning(name) {
			// A term for itself, or for a keyword of JSON-LD.
			Some(meaning) => meaning,
			None => name,
		};
		let Some((prefix, local)) = name.split_once(':') else { return Some(name) };
		if local.starts_with("//") {
			return bare_iri(name);
		}
		match self.meaning(prefix) {
			Some(vocabulary) => bare_iri(vocabulary).filter(|rest| rest.is_empty()).map(|_| local),
			None => PREFIXES.contains(&prefix).then_some(local),
		}
	}
}

/// What an IRI has after a known vocabulary's.
fn bare_iri(iri: &str) -> Option<&str> {
	let rest = iri.strip_prefix("http://").or_else(|| iri.strip_prefix("https://"))?;
	let rest = rest.strip_prefix("www.").unwrap_or(rest);
	VOCABULARIES.iter().find_map(|vocabulary| rest.strip_prefix(vocabulary))
}

/// An object, with bare names.
struct Node<'a>(Vec<(&'a str, &'a Value)>);

impl<'a> Node<'a> {
	fn of(value: &'a Value, terms: &'a Terms) -> Option<Self> {
		let object: &Map<_, _> = value.as_object()?;
		let known = object.iter().filter_map(|(name, value)| Some((terms.bare(name)?, value)));
		let node = Self(known.collect());
		Some(node)
	}

	/// The values of a property, in one list whatever their form.
	fn all(&self, property: &str) -> std::vec::IntoIter<&'a Value> {
		let values: Vec<_> = self
			.0
			.iter()
			.filter(|(name, _)| *name == property)
			.flat_map(|(_, value)| match value {
				Value::Array(values) => values.as_slice(),
				Value::Null => &[],
				one => std::slice::from_ref(*one),
			})
			.collect();
		values.into_iter()
	}

	/// The first value of a property, as text.
	fn text(&self, property: &str) -> Option<String> {
		self.all(property).find_map(text_of)
	}

	fn texts(&self, property: &str) -> Vec<String> {
		self.all(property).filter_map(text_of).collect()
	}

	fn id(&self) -> Option<String> {
		self.text("@id").or_else(|| self.text("name"))
	}

	/// Whether it is of the class, under any of its names.
	fn is_a(&self, class: &str) -> bool {
		let name = |value: &Value| {
			let text = value.as_str()?;
			let bare = bare_iri(text).or_else(|| text.split_once(':').map(|(_, local)| local));
			Some(bare.unwrap_or(text) == class)
		};
		self.all("@type").any(|value| name(value) == Some(true))
	}
}

/// Text in any of its forms: as it is, as a number, as a value object, as a reference.
fn text_of(value: &Value) -> Option<String> {
	match value {
		Value::String(text) => Some(text.clone()),
		Value::Number(number) => Some(number.to_string()),
		Value::Object(object) => {
			object.get("@value").or_else(|| object.get("@id")).and_then(text_of)
		}
		_ => None,
	}
}

/// What something is called: text, or an object with a name.
fn named(value: &Value, terms: &Terms) -> Option<String> {
	let name = Node::of(value, terms).and_then(|node| node.text("name"));
	name.or_else(|| text_of(value))
}

/// The dataset in the file: the whole of it, or the one in its graph.
fn dataset<'a>(json: &'a Value, terms: &'a Terms) -> Result<Node<'a>, Error> {
	let no = |why: &str| Err(Error::NotCroissant(why.into()));
	let all: Vec<_> = match (&json["@graph"], json) {
		(Value::Array(graph), _) => graph.iter().collect(),
		(_, json) => vec![json],
	};
	let nodes = all.into_iter().filter_map(|value| Node::of(value, terms));
	let mut datasets: Vec<_> = nodes.filter(|node| node.is_a("Dataset")).collect();
	match (datasets.pop(), datasets.len()) {
		(Some(dataset), 0) => Ok(dataset),
		(None, _) => no("it describes no schema.org/Dataset"),
		_ => no("it describes several datasets"),
	}
}

fn version_of_croissant(dataset: &Node) -> Result<String, Error> {
	let stated = dataset.texts("conformsTo");
	let version = stated.iter().find_map(|iri| {
		let rest = iri.strip_prefix("http://").or_else(|| iri.strip_prefix("https://"))?;
		Some(rest.strip_prefix(CROISSANT)?.trim_end_matches('/'))
	});
	match version {
		// Extensions have the same beginning, and a name instead of a version.
		Some(version) if VERSIONS.contains(&version) => Ok(version.to_owned()),
		Some(version) => Err(Error::NotCroissant(format!(
			"it conforms to version {}, and 1.0 and 1.1 are known here",
			shown(version)
		))),
		None => Err(Error::NotCroissant(
			"it does not say that it conforms to it (dct:conformsTo)".into(),
		)),
	}
}

impl Licence {
	fn of(value: &Value, terms: &Terms) -> Option<Self> {
		let node = Node::of(value, terms);
		let property = |name: &str| node.as_ref().and_then(|node| node.text(name));
		let text = property("name").or_else(|| property("url")).or_else(|| text_of(value))?;
		let text = text.trim().to_owned();
		if text.is_empty() {
			return None;
		}
		let url =
			property("url").or_else(|| Some(text.clone()).filter(|text| text.contains("://")));
		let spdx = spdx_of(&text).or_else(|| spdx_of(url.as_deref()?));
		Some(Self { text, url, spdx })
	}
}

/// The SPDX id or expression that a licence's name or URL stands for.
fn spdx_of(text: &str) -> Option<String> {
	let is_id = |id: &str| spdx::license_id(id).map(|id| id.name.to_owned());
	let Some((_, place)) = text.split_once("://") else {
		let parsed = spdx::Expression::parse(text).ok()?;
		return Some(parsed.to_string());
	};
	let place = place.strip_prefix("www.").unwrap_or(place).trim_end_matches('/');
	if let Some(id) = place.strip_prefix("spdx.org/licenses/") {
		return is_id(id.trim_end_matches(".html").trim_end_matches(".json"));
	}
	if let Some(id) = place.strip_prefix("opensource.org/licenses/") {
		return is_id(id);
	}
	if let Some(id) = place.strip_prefix("apache.org/licenses/LICENSE-") {
		return is_id(&format!("Apache-{}", id.trim_end_matches(".txt").trim_end_matches(".html")));
	}
	let place = place.strip_prefix("creativecommons.org/")?;
	let place =
		place.trim_end_matches("/legalcode").trim_end_matches("/deed.en").trim_end_matches("/deed");
	match place.split('/').collect::<Vec<_>>().as_slice() {
		["licenses", kind, version] => {
			is_id(&format!("CC-{}-{version}", kind.to_ascii_uppercase()))
		}
		["publicdomain", "zero", version] => is_id(&format!("CC0-{version}")),
		_ => None,
	}
}

impl File {
	fn of(node: &Node) -> Result<Self, Error> {
		let id = resource_id(node)?;
		let bad = |property, value: &str, why| Error::BadValue {
			property,
			of: id.clone(),
			value: value.to_owned(),
			why,
		};
		let sha256 = node.text("sha256").map(|text| {
			let digest = hex::decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
			digest.ok_or_else(|| bad("sha256", &text, "64 hexadecimal digits are one"))
		});
		let bytes = node.text("contentSize").map(|text| {
			bytes_of(&text).ok_or_else(|| bad("contentSize", &text, "it is no size in bytes"))
		});
		let file = Self {
			url: node.text("contentUrl"),
			sha256: sha256.transpose()?,
			bytes: bytes.transpose()?.flatten(),
			formats: node.texts("encodingFormat"),
			contained_in: containers(node),
			id: id.clone(),
		};
		if file.url.is_none() && file.contained_in.is_empty() {
			return Err(bad("contentUrl", "missing", "a file has to be somewhere"));
		}
		Ok(file)
	}
}

impl FileSet {
	fn of(node: &Node) -> Result<Self, Error> {
		Ok(Self {
			id: resource_id(node)?,
			includes: node.texts("includes"),
			contained_in: containers(node),
		})
	}
}

fn resource_id(node: &Node) -> Result<String, Error> {
	node.id().ok_or_else(|| Error::BadValue {
		property: "@id",
		of: "a part of distribution".into(),
		value: "missing".into(),
		why: "every file and set has one",
	})
}

/// The ids of what holds a file: references, or a data source that refers to it.
fn containers(node: &Node) -> Vec<String> {
	let refers = |value: &Value| {
		let source = value.as_object().and_then(|object| {
			["fileObject", "cr:fileObject", "fileSet", "cr:fileSet"]
				.iter()
				.find_map(|name| object.get(*name))
		});
		text_of(source.unwrap_or(value))
	};
	node.all("containedIn").filter_map(refers).collect()
}

/// A size: bytes, or nothing where it is rounded to a larger unit. `None` where it is no size.
fn bytes_of(text: &str) -> Option<Option<u64>> {
	let text = text.trim();
	let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
	let (number, unit) = text.split_at(end);
	let number_is_one = !number.is_empty() && number.parse::<f64>().is_ok();
	match unit.trim().to_ascii_lowercase().as_str() {
		"" | "b" | "byte" | "bytes" => number.parse().ok().map(Some),
		"kb" | "mb" | "gb" | "tb" | "pb" | "kib" | "mib" | "gib" | "tib" | "pib" => {
			number_is_one.then_some(None)
		}
		_ => None,
	}
}

/// Ids are used once, and those that are referred to are there.
fn check_ids(files: &[File], sets: &[FileSet]) -> Result<(), Error> {
	let of_files = files.iter().map(|file| (&file.id, &file.contained_in));
	let all: Vec<_> = of_files.chain(sets.iter().map(|set| (&set.id, &set.contained_in))).collect();
	let mut ids: Vec<_> = all.iter().map(|(id, _)| *id).collect();
	ids.sort_unstable();
	if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
		return Err(Error::Twice(pair[0].clone()));
	}
	for (id, containers) in all {
		if let Some(value) = containers.iter().find(|id| ids.binary_search(id).is_err()) {
			return Err(Error::BadValue {
				property: "containedIn",
				of: id.clone(),
				value: value.clone(),
				why: "nothing with this id is described",
			});
		}
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	/// A dataset with a file, a file in it, and a set of files, in the specification's own form;
	/// mlcroissant 1.1.1 finds nothing wrong with it.
	fn example() -> Value {
		serde_json::from_str(include_str!("../tests/croissant.json")).unwrap()
	}

	fn read(json: &Value) -> Result<Description, Error> {
		Description::read(json.to_string().as_bytes())
	}

	fn with(change: impl FnOnce(&mut Value)) -> Result<Description, Error> {
		let mut json = example();
		change(&mut json);
		read(&json)
	}

	#[test]
	fn the_facts_of_a_dataset_are_read() {
		let dataset = read(&example()).unwrap();
		assert_eq!(dataset.croissant, "1.1");
		assert_eq!(dataset.name, "Tally marks");
		assert_eq!(dataset.description, "Pictures of tally sticks.");
		assert_eq!(dataset.url, "https://example.org/tally-marks");
		assert_eq!(dataset.version.as_deref(), Some("1.2.0"));
		assert_eq!(dataset.citation.as_deref(), Some("@misc{tally}"));
		assert_eq!(dataset.published.as_deref(), Some("2026-01-29"));
		assert_eq!(dataset.creators, ["Example"]);
		assert_eq!(dataset.keywords, ["tally", "stick"]);
		assert_eq!(dataset.licences.len(), 1);
		assert_eq!(dataset.licences[0].spdx.as_deref(), Some("CC-BY-4.0"));
		let zip = &dataset.files[0];
		assert_eq!((zip.id.as_str(), zip.bytes), ("marks.zip", Some(25_585_843)));
		assert_eq!(zip.sha256.unwrap()[..4], [0xb8, 0xb0, 0xb7, 0x67]);
		assert_eq!(dataset.files[1].contained_in, ["marks.zip"]);
		assert_eq!(dataset.sets[0].contained_in, ["marks.zip"]);
		assert_eq!(dataset.sets[0].includes, ["*.png"]);
		assert_eq!(dataset.advice(), [""; 0]);
		let text = serde_json::to_string(&dataset).unwrap();
		assert!(text.contains("\"sha256\":\"b8b0b767"));
	}

	#[test]
	fn every_form_of_a_context_gives_the_same_facts() {
		let expected = read(&example()).unwrap();
		let rename = |json: &Value, names: &dyn Fn(&str) -> String| -> Value {
			let object = json.as_object().unwrap().iter();
			object.map(|(name, value)| (names(name), value.clone())).collect()
		};
		let own = |name: &str| {
			matches!(name, "conformsTo" | "citeAs" | "recordSet") || name.starts_with('@')
		};
		let mut forms = vec![
			// By URL; a graph; a list of contexts.
			with(|json| json["@context"] = json!("https://w3id.org/croissant/context/v1")),
			with(|json| *json = json!({ "@context": json["@context"], "@graph": [json.clone()] })),
			with(|json| json["@context"] = json!(["https://schema.org/", json["@context"]])),
		];
		// Prefixed, under names that only the context explains; and whole.
		let prefixed = rename(&example(), &|name| match own(name) {
			true => name.into(),
			false => format!("s:{name}"),
		});
		let mut prefixed = prefixed;
		prefixed["@context"]["s"] = json!("http://schema.org/");
		forms.push(read(&prefixed));
		let whole = rename(&example(), &|name| match own(name) {
			true => name.into(),
			false => format!("https://schema.org/{name}"),
		});
		forms.push(read(&whole));
		for form in forms {
			assert_eq!(form.unwrap(), expected);
		}
		let tagged = with(|json| {
			json["name"] = json!({ "@value": "Tally marks", "@language": "en" });
			json["license"] = json!({ "@id": "https://spdx.org/licenses/CC-BY-4.0.html" });
			json["distribution"][0]["contentSize"] = json!(25_585_843);
			json["@type"] = json!(["https://schema.org/Dataset"]);
			json["creator"] = json!("Example");
			json["keywords"][1] = json!({ "@type": "sc:DefinedTerm", "name": "stick" });
			let set = &mut json["distribution"][2];
			set["containedIn"] =
				json!({ "@type": "cr:DataSource", "fileObject": set["containedIn"] });
		});
		assert_eq!(tagged.unwrap(), expected);
	}

	#[test]
	fn names_of_other_vocabularies_are_not_taken_for_its_own() {
		let dataset = with(|json| {
			json["@context"]["x"] = json!("https://example.org/terms/");
			json["x:name"] = json!("Something else");
			json["https://example.org/terms/version"] = json!("9");
		});
		let dataset = dataset.unwrap();
		assert_eq!(
			(dataset.name.as_str(), dataset.version.as_deref()),
			("Tally marks", Some("1.2.0"))
		);
	}

	#[test]
	fn all_that_is_missing_is_named() {
		let error = with(|json| {
			for name in ["name", "license", "distribution"] {
				json.as_object_mut().unwrap().remove(name);
			}
			json["description"] = json!(" ");
		});
		let error = error.unwrap_err();
		assert_eq!(
			error.to_string(),
			"it lacks what Croissant requires: name, description, license, distribution"
		);
		assert_eq!(error.code(), "MissingProperty");
		let dataset = with(|json| {
			for name in ["creator", "datePublished", "version", "citeAs", "keywords"] {
				json.as_object_mut().unwrap().remove(name);
			}
			json["distribution"][0].as_object_mut().unwrap().remove("sha256");
		});
		let advice = dataset.unwrap().advice();
		assert_eq!(advice.len(), 6);
		assert_eq!(advice[0], "it does not tell its creator (required)");
		assert_eq!(advice[5], "marks.zip has no sha256");
	}

	#[test]
	fn what_cannot_be_so_is_refused_by_name() {
		let file = |property: &'static str, value: Value| {
			with(|json| json["distribution"][0][property] = value).unwrap_err().to_string()
		};
		assert!(file("sha256", json!("b8b0b7")).contains("sha256 of marks.zip is b8b0b7"));
		assert!(file("contentSize", json!("large")).contains("contentSize of marks.zip is large"));
		assert!(file("contentUrl", Value::Null).contains("contentUrl of marks.zip is missing"));
		assert!(file("@type", json!("sc:DataDownload")).contains("FileObject and FileSet"));
		assert!(file("@id", json!("other.zip")).contains("containedIn of labels.csv is marks.zip"));
		assert_eq!(file("@id", json!("pictures")), "two files have the id pictures");
		let dataset = |property: &'static str, value: Value| {
			with(|json| json[property] = value).unwrap_err().to_string()
		};
		assert!(dataset("conformsTo", Value::Null).contains("does not say that it conforms"));
		assert!(dataset("conformsTo", json!("http://mlcommons.org/croissant/2.0")).contains("2.0"));
		assert!(dataset("@type", json!("sc:Thing")).contains("no schema.org/Dataset"));
		assert!(dataset("url", json!("nowhere")).contains("url of the dataset is nowhere"));
		assert_eq!(Description::read(b"{").unwrap_err().code(), "NotJson");
		assert_eq!(Description::read(b"[1]").unwrap_err().code(), "NotCroissant");
		assert_eq!(Description::read(b"{}").unwrap_err().code(), "NotCroissant");
	}

	#[test]
	fn rounded_sizes_are_no_bytes() {
		for (text, bytes) in [
			("12", Some(Some(12))),
			("12 B", Some(Some(12))),
			("1.5 GB", Some(None)),
			("3 MiB", Some(None)),
			("1.5", None),
			("GB", None),
			("-1", None),
			("12 apples", None),
		] {
			assert_eq!(bytes_of(text), bytes, "{text}");
		}
	}

	#[test]
	fn licences_are_known_by_their_usual_urls() {
		for (text, id) in [
			("https://spdx.org/licenses/MIT", Some("MIT")),
			("http://spdx.org/licenses/MIT.json", Some("MIT")),
			("https://creativecommons.org/licenses/by-nc-sa/4.0/", Some("CC-BY-NC-SA-4.0")),
			("https://creativecommons.org/licenses/by/4.0/legalcode", Some("CC-BY-4.0")),
			("https://creativecommons.org/publicdomain/zero/1.0/", Some("CC0-1.0")),
			("https://www.apache.org/licenses/LICENSE-2.0.txt", Some("Apache-2.0")),
			("https://opensource.org/licenses/MIT", Some("MIT")),
			("Apache-2.0 OR MIT", Some("Apache-2.0 OR MIT")),
			("https://example.org/licence", None),
			("https://creativecommons.org/licenses/x/4.0/", None),
			("our own", None),
		] {
			assert_eq!(spdx_of(text).as_deref(), id, "{text}");
		}
		let work = json!({ "@type": "sc:CreativeWork", "name": "Ours", "url": "https://x.org/l" });
		let dataset = with(|json| json["license"] = work).unwrap();
		let expected =
			Licence { text: "Ours".into(), url: Some("https://x.org/l".into()), spdx: None };
		assert_eq!(dataset.licences, [expected]);
	}
}
