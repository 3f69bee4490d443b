//! Bills of materials, held against other people's libraries: `cyclonedx-python-lib`, strictly, and
//! SPDX's own model in Python.

use serde_json::{json, Value};
use std::{collections::BTreeSet, fs};
use tallystick_formats::{
	bill::{Artifact, Bill, Block, Kind, Licence, Parent, Relation, Version},
	cyclonedx, spdx,
};
use tallystick_outside_tools::{printed, run};

const RELATIONS: [Relation; 6] = [
	Relation::FineTunedFrom,
	Relation::TrainedOn,
	Relation::DistilledFrom,
	Relation::QuantizedFrom,
	Relation::MergedFrom,
	Relation::UsesCode,
];

fn artifact(id: u32, kind: Kind, parents: Vec<Parent>) -> Artifact {
	Artifact {
		id,
		kind,
		name: format!("thing {id}"),
		description: "What it is.".into(),
		owner: format!("5Owner{}", id % 3),
		status: "active".into(),
		registered: Some(1_790_000_000_000),
		licence: Licence {
			name: "Apache-2.0".into(),
			conditions: vec![("commercial use".into(), "yes".into())],
			..Licence::default()
		},
		locators: vec![format!("https://example.org/{id}")],
		versions: vec![version(0, false), version(1, true), version(2, false)],
		parents,
	}
}

fn version(number: u32, serving: bool) -> Version {
	Version {
		number,
		root: [number as u8 + 1; 32],
		format: "safetensors".into(),
		files: 3,
		bytes: 1 << 40,
		status: "published".into(),
		serving,
		published: Some(1_790_000_000_000 + u64::from(number) * 86_400_000),
		locators: vec![format!("ipfs://bafy/{number}"), format!("https://example.org/{number}")],
	}
}

fn parent(id: u32, relation: Relation) -> Parent {
	Parent { id, relation, share: 62_500_000, confirmed: id.is_multiple_of(2) }
}

fn bill(root: Artifact, lineage: Vec<Artifact>) -> Bill {
	let block = Block { number: 1_234, hash: [9; 32], time: 1_796_000_000_999 };
	Bill { genesis: [7; 32], block, root, lineage }
}

/// One of each kind, by every relation.
fn mixed() -> Bill {
	let parents = RELATIONS.iter().zip(1..).map(|(&relation, id)| parent(id, relation));
	let kind = |relation| match relation {
		Relation::TrainedOn => Kind::Dataset,
		Relation::UsesCode => Kind::Code,
		_ => Kind::Model,
	};
	let lineage = RELATIONS.iter().zip(1..).map(|(&relation, id)| {
		let parents = match relation {
			// Data made from other data, and with code.
			Relation::TrainedOn => {
				vec![parent(1, Relation::TrainedOn), parent(6, Relation::UsesCode)]
			}
			_ => vec![],
		};
		artifact(id, kind(relation), parents)
	});
	bill(artifact(7, Kind::Adapter, parents.collect()), lineage.collect())
}

/// Each made from the one before.
fn deep(depth: u32) -> Bill {
	let one = |id: u32| {
		let parents = (id > 0).then(|| parent(id - 1, RELATIONS[(id % 6) as usize]));
		artifact(id, Kind::Model, parents.into_iter().collect())
	};
	bill(one(depth), (0..depth).map(one).collect())
}

/// Levels of 16, each made from all of the level below.
fn wide(levels: u32) -> Bill {
	let of_level = |level: u32| -> Vec<Parent> {
		let ids = (level * 16..).take(if level < levels { 16 } else { 0 });
		ids.map(|id| parent(id, Relation::MergedFrom)).collect()
	};
	let lineage = (0..levels * 16).map(|id| {
		let parents = match id / 16 {
			0 => vec![],
			level => of_level(level - 1),
		};
		artifact(id, Kind::Model, parents)
	});
	bill(artifact(levels * 16, Kind::Model, of_level(levels - 1)), lineage.collect())
}

/// Everything empty that can be, and everything odd that people may write.
fn odd() -> Bill {
	let names = [
		"",
		" ",
		"\u{1b}[2J\u{202e}evil\0",
		"\"quoted\" <b>&amp;</b> \\ / {x}",
		"模型 🦙 p\u{430}ypal",
		"\u{feff}\u{d7ff}\u{10ffff}\n\r\t",
	];
	let licences = [
		"",
		"MIT OR (GPL-2.0 WITH Classpath-exception-2.0)",
		"LicenseRef-Ours AND MIT",
		"no SPDX \u{1b} licence",
		"MIT OR",
		"GPL-3.0+",
	];
	let locators = [
		"",
		"weights.bin",
		"https://example.org/a b|c^{d}[e]?f=\\#g#h",
		"not a uri",
		"javascript:alert(1)",
		"urn:x:\u{202e}",
		"https://[::1]:80/%zz",
		"ar://Tx",
		"ar://Tx",
		"http://user:pass@exämple.org/ü",
	];
	let all = names.iter().zip(licences).enumerate().map(|(id, (name, licence))| Artifact {
		name: name.to_string(),
		description: name.to_string(),
		owner: name.to_string(),
		status: name.to_string(),
		registered: None,
		licence: Licence {
			name: licence.into(),
			terms: (id % 2 == 0 && id > 0).then_some([id as u8; 32]),
			locators: if id < 4 { locators.map(str::to_owned).into() } else { vec![] },
			conditions: vec![(name.to_string(), name.to_string())],
		},
		locators: locators.map(str::to_owned).into(),
		versions: match id % 3 {
			0 => vec![],
			_ => vec![Version {
				format: name.to_string(),
				status: String::new(),
				published: None,
				number: u32::MAX,
				files: u32::MAX,
				bytes: u64::MAX,
				locators: locators.map(str::to_owned).into(),
				..version(0, false)
			}],
		},
		parents: (0..id as u32).map(|id| parent(id, Relation::UsesCode)).collect(),
		..artifact(
			id as u32,
			[Kind::Model, Kind::Adapter, Kind::Dataset, Kind::Code][id % 4],
			vec![],
		)
	});
	let mut all: Vec<_> = all.collect();
	let root = all.pop().unwrap();
	Bill { block: Block { number: u64::MAX, hash: [0xff; 32], time: 0 }, ..bill(root, all) }
}

fn bills() -> Vec<(&'static str, Bill)> {
	vec![
		("single", bill(artifact(0, Kind::Model, vec![]), vec![])),
		("dataset", bill(artifact(0, Kind::Dataset, vec![]), vec![])),
		("mixed", mixed()),
		("deep", deep(64)),
		("wide", wide(3)),
		("odd", odd()),
	]
}

/// Writes a document for each bill, and hands their paths to a script.
fn written(make: impl Fn(&Bill) -> Value) -> (tempfile::TempDir, Vec<String>) {
	let dir = tempfile::tempdir().unwrap();
	let paths = bills().into_iter().map(|(name, bill)| {
		let path = dir.path().join(name);
		fs::write(&path, make(&bill).to_string()).unwrap();
		path.to_str().unwrap().to_owned()
	});
	let paths = paths.collect();
	(dir, paths)
}

const VALIDATE_CYCLONEDX: &str = "
import json, sys
from cyclonedx.model.bom import Bom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
validator = JsonStrictValidator(SchemaVersion.V1_6)
for path in sys.argv[1:]:
	text = open(path, encoding='utf-8').read()
	errors = validator.validate_str(text, all_errors=True)
	assert not errors, (path, [str(error)[:500] for error in errors][:5])
	bom = Bom.from_json(json.loads(text))
	assert bom.metadata.component.bom_ref.value, path
	print(len(bom.components))
";

#[test]
fn cyclonedx_is_valid_strictly() {
	let (dir, paths) = written(|bill| cyclonedx::document(bill).unwrap());
	let counts =
		printed(["-c", VALIDATE_CYCLONEDX].into_iter().chain(paths.iter().map(String::as_str)));
	assert_eq!(counts.lines().collect::<Vec<_>>(), ["0", "0", "6", "64", "48", "5"]);

	// The validator is one that finds what is wrong.
	for (change, why) in [
		(json!({ "type": "model" }), "is not one of"),
		(json!({ "hashes": [{ "alg": "SHA-256", "content": "0g" }] }), "0g"),
		(json!({ "externalReferences": [{ "type": "website", "url": "a b" }] }), "iri-reference"),
	] {
		let mut document = cyclonedx::document(&bills()[0].1).unwrap();
		let component = document["metadata"]["component"].as_object_mut().unwrap();
		component.extend(change.as_object().unwrap().clone());
		let path = dir.path().join("wrong");
		fs::write(&path, document.to_string()).unwrap();
		let output = run(["-c", VALIDATE_CYCLONEDX, path.to_str().unwrap()]);
		let said = String::from_utf8_lossy(&output.stderr).into_owned();
		assert!(!output.status.success() && said.contains(why), "{said}");
	}
}

#[test]
fn cyclonedx_says_what_the_chain_says() {
	let document = cyclonedx::document(&mixed()).unwrap();
	let root = &document["metadata"]["component"];
	let urn = |id: u32| format!("urn:tallystick:{}:artifact:{id}", "07".repeat(32));
	assert_eq!(root["bom-ref"], urn(7));
	assert_eq!(root["type"], "machine-learning-model");
	assert_eq!(root["supplier"]["name"], "5Owner1");
	assert_eq!(root["version"], "1");
	assert_eq!(root["hashes"], json!([{ "alg": "SHA-256", "content": "02".repeat(32) }]));
	assert_eq!(root["licenses"], json!([{ "expression": "Apache-2.0" }]));
	assert_eq!(root["modelCard"]["modelParameters"]["datasets"], json!([{ "ref": urn(2) }]));
	assert_eq!(root["pedigree"]["ancestors"].as_array().unwrap().len(), 4);
	assert_eq!(root["components"].as_array().unwrap().len(), 2);
	assert_eq!(root["components"][1]["version"], "2");
	assert_eq!(document["metadata"]["timestamp"], "2026-11-30T00:53:20Z");
	let urls: Vec<_> = root["externalReferences"].as_array().unwrap().iter().collect();
	assert_eq!(urls[0], &json!({ "type": "website", "url": "https://example.org/7" }));
	assert_eq!(urls[1], &json!({ "type": "distribution", "url": "ipfs://bafy/1" }));
	let properties = root["properties"].as_array().unwrap();
	for (name, value) in [
		("parent:2:relation", "TrainedOn"),
		("parent:2:share", "6.25%"),
		("parent:2:confirmed", "true"),
		("parent:3:confirmed", "false"),
		("licence:commercial use", "yes"),
		("version:bytes", "1099511627776"),
	] {
		let property = json!({ "name": format!("tallystick:{name}"), "value": value });
		assert!(properties.contains(&property), "{name}");
	}
	let all = document["components"].as_array().unwrap();
	let kinds: Vec<_> = all.iter().map(|component| component["type"].as_str().unwrap()).collect();
	let model = "machine-learning-model";
	assert_eq!(kinds, ["library", model, model, model, "data", model]);
	assert_eq!(all[4]["data"][0]["contents"]["url"], "ipfs://bafy/1");
	let edges = &document["dependencies"];
	assert_eq!(edges[0]["ref"], urn(7));
	assert_eq!(edges[0]["dependsOn"].as_array().unwrap().len(), 6);
	assert_eq!(edges[5], json!({ "ref": urn(2), "dependsOn": [urn(1), urn(6)] }));
}

#[test]
fn a_bill_always_gives_the_same_documents_and_another_bill_others() {
	let documents = |bill: &Bill| {
		(cyclonedx::document(bill).unwrap().to_string(), spdx::document(bill).unwrap().to_string())
	};
	let mut shuffled = mixed();
	shuffled.lineage.reverse();
	assert_eq!(documents(&mixed()), documents(&shuffled));
	assert_eq!(documents(&mixed()), documents(&mixed()));
	let serials: BTreeSet<_> = bills()
		.iter()
		.map(|(_, bill)| cyclonedx::document(bill).unwrap()["serialNumber"].to_string())
		.collect();
	assert_eq!(serials.len(), bills().len());
	let mut later = mixed();
	later.block.time += 1_000;
	assert_ne!(documents(&mixed()), documents(&later));
}

#[test]
fn a_lineage_with_a_hole_gives_no_bill() {
	let mut bill = mixed();
	bill.lineage.pop();
	let why = "artifact 7 names the parent 6, which is not in the lineage";
	assert_eq!(cyclonedx::document(&bill).unwrap_err().to_string(), why);
	assert_eq!(spdx::document(&bill).unwrap_err().to_string(), why);
}

/// Loads each document, follows everything that it refers to, and writes it again: what the model
/// requires of a property is checked where it is written.
const LOAD_SPDX: &str = "
import io, sys, pathlib, spdx_python_model
for path in sys.argv[1:]:
	model, objects = spdx_python_model.load(pathlib.Path(path))
	missing = objects.link()
	assert not missing, (path, missing)
	model.JSONLDSerializer().write(objects, io.BytesIO())
	[document] = objects.foreach_type(model.SpdxDocument)
	[sbom] = document.rootElement
	[root] = sbom.rootElement
	assert isinstance(root, (model.ai_AIPackage, model.dataset_DatasetPackage, model.software_Package)), root
	count = lambda kind: len(list(objects.foreach_type(kind)))
	for package in objects.foreach_type(model.software_Package):
		assert package.suppliedBy and package.releaseTime and package.software_packageVersion
		assert package.software_downloadLocation and package.software_primaryPurpose
	for dataset in objects.foreach_type(model.dataset_DatasetPackage):
		assert dataset.originatedBy and dataset.builtTime and dataset.dataset_datasetType
	print(root.name if len(sys.argv) == 2 else '', count(model.ai_AIPackage),
		count(model.dataset_DatasetPackage), count(model.Relationship))
";

#[test]
fn spdx_is_loaded_by_its_model() {
	let (dir, paths) = written(|bill| spdx::document(bill).unwrap());
	let counts = printed(["-c", LOAD_SPDX].into_iter().chain(paths.iter().map(String::as_str)));
	let counts: Vec<_> = counts.lines().map(str::trim).collect();
	assert_eq!(
		counts,
		[
			// Three versions each; a licence and two variants each, and the parents.
			"3 0 3",
			"0 3 3",
			"15 3 29",
			"195 0 259",
			"147 0 675",
			"4 1 21",
		]
	);

	// The model is one that finds what is wrong.
	for (pointer, value) in [
		("/@graph/0/created", json!("yesterday")),
		("/@graph/2/software_primaryPurpose", json!("weights")),
		("/@graph/2/suppliedBy", json!("urn:nobody")),
		("/@graph/2/creationInfo", Value::Null),
	] {
		let mut document = spdx::document(&bills()[0].1).unwrap();
		*document.pointer_mut(pointer).unwrap() = value;
		let path = dir.path().join("wrong");
		fs::write(&path, document.to_string()).unwrap();
		assert!(!run(["-c", LOAD_SPDX, path.to_str().unwrap()]).status.success(), "{pointer}");
	}
}

#[test]
fn spdx_says_what_the_chain_says() {
	let document = spdx::document(&mixed()).unwrap();
	let graph = document["@graph"].as_array().unwrap();
	let of_type = |kind: &str| graph.iter().filter(|e| e["type"] == kind).collect::<Vec<_>>();
	let root = of_type("ai_AIPackage")[0];
	assert_eq!(root["name"], "thing 7");
	assert_eq!(root["software_packageVersion"], "1");
	assert_eq!(root["software_downloadLocation"], "ipfs://bafy/1");
	assert_eq!(root["verifiedUsing"][0]["hashValue"], "02".repeat(32));
	assert_eq!(root["releaseTime"], "2026-09-22T14:13:20Z");
	assert_eq!(root["externalRef"][0]["locator"].as_array().unwrap().len(), 2);
	let from_root: BTreeSet<_> = of_type("Relationship")
		.into_iter()
		.filter(|edge| edge["from"] == root["spdxId"])
		.map(|edge| edge["relationshipType"].as_str().unwrap())
		.collect();
	let expected = ["dependsOn", "descendantOf", "hasDeclaredLicense", "hasVariant", "trainedOn"];
	assert_eq!(from_root, BTreeSet::from(expected));
	let trained = of_type("Relationship");
	let trained = trained.iter().find(|edge| edge["relationshipType"] == "trainedOn").unwrap();
	assert_eq!(
		trained["comment"],
		"TrainedOn, with a share of 6.25%, confirmed by the parent's owner"
	);
	// Seven artifacts with one licence and three owners.
	assert_eq!(of_type("simplelicensing_LicenseExpression").len(), 1);
	assert_eq!(of_type("Agent").len(), 3);
	// What is no SPDX licence is one of its own.
	let odd = spdx::document(&odd()).unwrap();
	let graph = odd["@graph"].as_array().unwrap();
	let custom = graph.iter().filter(|e| e["type"] == "expandedlicensing_CustomLicense");
	let names: Vec<_> = custom.map(|licence| licence["name"].as_str().unwrap()).collect();
	assert_eq!(names, ["MIT OR", "no SPDX \u{1b} licence", "LicenseRef-Ours"]);
}
