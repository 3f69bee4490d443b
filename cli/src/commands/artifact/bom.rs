//! `tally artifact bom`: an artifact with its lineage as a bill of materials, in the formats of others.

use super::{
	ancestry::{self, Lineage},
	kind_name, terms, version,
};
use crate::{
	account::{self, AccountId},
	commands::{raw, Context},
	output::{facts, hex0x, Failure, Outcome, Report},
};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::PathBuf;
use tallystick_formats::{
	bill::{self, Bill},
	cyclonedx, spdx, text,
};
use tallystick_primitives::{
	licence::Licence,
	lineage::Relation,
	provenance::Locators,
	runtime_api::{ArtifactView, VersionView},
	ArtifactId, ArtifactKind, Digest,
};

/// Write an artifact with its lineage, hashes and licences as a bill of materials.
#[derive(Args)]
#[command(after_help = "\
The same artifact at the same block always gives the same document. What an owner claims on chain without proof, such as \
a name, is a claim there as well.
Examples:
  tally artifact bom 3 --format cyclonedx --out bom.cdx.json
  tally artifact bom 3 --format spdx")]
pub struct Options {
	/// The artifact.
	artifact: ArtifactId,
	/// CycloneDX 1.6 (ML-BOM), or SPDX 3.0.1 (AI and Dataset profiles).
	#[arg(long, default_value = "cyclonedx")]
	format: Format,
	/// Write it to this file, instead of showing it.
	#[arg(long, value_name = "FILE")]
	out: Option<PathBuf>,
	/// The most artifacts that are looked up. A bill of a part of a lineage is refused.
	#[arg(long, value_name = "NUMBER", default_value_t = ancestry::MOST)]
	most: u32,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
	Cyclonedx,
	Spdx,
}

/// Writes it.
pub async fn run(options: Options, context: &Context) -> Outcome {
	let client = context.connect().await?;
	let at = client.best().await?;
	let moment = client.moment(&at).await?;
	let lineage = Lineage::of(&client, &at, options.artifact, options.most).await?;
	if !lineage.left_out.is_empty() {
		return Err(Failure::new(format!("the lineage has more than {} artifacts", options.most))
			.code("LineageTooLong")
			.hint("ask for more of them: --most"));
	}
	let Lineage { root, mut artifacts, .. } = lineage;
	let root_view = artifacts.remove(&root).ok_or_else(|| Failure::new("there is no lineage"))?;
	let bill = Bill {
		genesis: client.genesis().0,
		block: bill::Block { number: moment.block, hash: moment.hash.0, time: moment.time },
		root: artifact(root, root_view),
		lineage: artifacts.into_iter().map(|(id, view)| artifact(id, view)).collect(),
	};
	let (document, media_type) = match options.format {
		Format::Cyclonedx => (cyclonedx::document(&bill), cyclonedx::MEDIA_TYPE),
		Format::Spdx => (spdx::document(&bill), spdx::MEDIA_TYPE),
	};
	let document = document
		.map_err(|error| Failure::new(error.to_string()).code(error.code()).hint(error.hint()))?;
	let Some(path) = options.out else {
		return Ok(Report::new(text::json(&document), document));
	};
	let mut bytes = text::json(&document).into_bytes();
	bytes.push(b'\n');
	std::fs::write(&path, &bytes)
		.map_err(|error| Failure::new(format!("cannot write {}: {error}", path.display())))?;
	let digest = crate::digest::sha256(&bytes);
	let number = bill.lineage.len() + 1;
	let words = format!(
		"artifact {} and {} ancestors are in {}\n{}",
		options.artifact,
		number - 1,
		path.display(),
		facts([
			("media type", media_type.to_owned()),
			("digest", hex0x(digest)),
			("as of", moment.words())
		])
	);
	let json = json!({
		"artifact": options.artifact,
		"artifacts": number,
		"file": path.display().to_string(),
		"media_type": media_type,
		"digest": hex0x(digest),
		"as_of": moment.json(),
	});
	Ok(Report::new(words, json))
}

fn artifact(id: ArtifactId, view: ArtifactView<AccountId>) -> bill::Artifact {
	bill::Artifact {
		id,
		kind: match view.kind {
			ArtifactKind::Model => bill::Kind::Model,
			ArtifactKind::Adapter => bill::Kind::Adapter,
			ArtifactKind::Dataset => bill::Kind::Dataset,
			ArtifactKind::Code => bill::Kind::Code,
		},
		name: raw(&view.name),
		description: format!(
			"A {} on a Tallystick chain, registered in block {}. Metadata document: SHA-256 {}.",
			kind_name(view.kind),
			view.registered_at,
			hex::encode(view.metadata_digest)
		),
		owner: account::show(&view.owner),
		status: if view.withdrawn { "withdrawn" } else { "active" }.into(),
		// The chain has blocks: their times would be a request each.
		registered: None,
		licence: licence(&view.licence),
		locators: places(&view.metadata_locators),
		versions: view
			.versions
			.iter()
			.map(|its| self::version(its, view.serving == Some(its.digest)))
			.collect(),
		parents: view
			.parents
			.iter()
			.map(|parent| bill::Parent {
				id: parent.artifact,
				relation: match parent.relation {
					Relation::FineTunedFrom => bill::Relation::FineTunedFrom,
					Relation::TrainedOn => bill::Relation::TrainedOn,
					Relation::DistilledFrom => bill::Relation::DistilledFrom,
					Relation::QuantizedFrom => bill::Relation::QuantizedFrom,
					Relation::MergedFrom => bill::Relation::MergedFrom,
					Relation::UsesCode => bill::Relation::UsesCode,
				},
				share: parent.share.deconstruct(),
				confirmed: parent.confirmed,
			})
			.collect(),
	}
}

fn version(view: &VersionView<AccountId>, serving: bool) -> bill::Version {
	let status = match version::status_words(&view.status) {
		words if words.is_empty() => "published".into(),
		words => words,
	};
	bill::Version {
		number: view.number,
		root: view.digest.0,
		format: raw(&view.format),
		files: view.files,
		bytes: view.bytes,
		status,
		serving,
		published: None,
		locators: places(&view.locators),
	}
}

fn places(locators: &Locators) -> Vec<String> {
	locators.iter().map(|place| raw(place)).collect()
}

fn licence(licence: &Licence<u32>) -> bill::Licence {
	let conditions = terms::json(licence);
	let conditions = conditions.as_object().into_iter().flatten();
	let conditions = conditions
		.filter(|(name, value)| !matches!(name.as_str(), "spdx" | "terms") && !value.is_null())
		.map(|(name, value)| {
			let value = match value {
				serde_json::Value::String(text) => text.clone(),
				serde_json::Value::Bool(allowed) => if *allowed { "yes" } else { "no" }.into(),
				other => other.to_string(),
			};
			(name.replace('_', " "), value)
		});
	bill::Licence {
		name: raw(&licence.spdx),
		terms: (licence.terms != Digest::zero()).then_some(licence.terms.0),
		locators: Vec::new(),
		conditions: conditions.collect(),
	}
}
